/* kind.h - the four kinds of entry event (S1) and sets of them (rules R6 and R7).
**
** The numbers are the same-day order of R7: a release stands before a conviction, a conviction
** before a caution, a caution before a drug test.
*/
#ifndef REOFFEND_KIND_H
#define REOFFEND_KIND_H

#include <stdbool.h>
#include <stddef.h>

typedef enum kind { KIND_RELEASE, KIND_CONVICTION, KIND_CAUTION, KIND_DRUG_TEST } kind;

enum { KINDS = 4 };

/* Bit 1 << kind for each member. */
typedef unsigned kind_set;

#define KIND_SET_ALL ((kind_set)((1u << KINDS) - 1))

const char *kind_name(kind which);

/* False: the text is none of the four names. */
bool kind_from_name(const char *text, size_t length, kind *which);

/* Reads names joined by commas, blanks around them allowed. False: an unknown name, or none. */
bool kind_set_from_names(const char *text, size_t length, kind_set *set);

#endif
