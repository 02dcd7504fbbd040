/* codebook.h - what the codes of a history's dictionary mean, worked out once for a query.
**
** A history keeps offence codes as they were given and classifies them when it is asked (R29 to
** R31), so a corrected lookup needs no rebuild.
*/
#ifndef REOFFEND_CODEBOOK_H
#define REOFFEND_CODEBOOK_H

#include "dictionary.h"
#include "follow_up.h"
#include "ogrs3.h"

typedef struct codebook {
    const memory *from;
    const dictionary *texts;
    size_t offence_codes;      /* codes 0 (NULL) to offence_codes - 1 have entries below */
    follow_up_weight *weights; /* by offence code */
    uint8_t *groups;           /* by offence code: offence group, 0 unknown */
    uint32_t *rank[DICTIONARY_FAMILIES];  /* place of a code's text in byte order; or NULL */
    uint32_t *order[DICTIONARY_FAMILIES]; /* the code at a place: the other way round */
} codebook;

/* Works out weights and groups. False: no memory (the codebook may be freed). */
bool codebook_make(codebook *made, const dictionary *texts);
void codebook_free(codebook *freed);

/* What a code of DICTIONARY_SEX says: 'M' or 'F', or it is not known. */
ogrs3_sex codebook_sex(const codebook *book, uint32_t code);

/* Works out the ranks of a family when they are not there yet. False: no memory. */
bool codebook_rank(codebook *book, dictionary_family family);

#endif
