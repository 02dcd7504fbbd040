/* offence.h - what an offence code says: group, severity flags, status (rules R29 to R31).
**
** The tables behind it are generated at build time from sql/lookup/, the one home of the facts.
*/
#ifndef REOFFEND_OFFENCE_H
#define REOFFEND_OFFENCE_H

#include <stddef.h>
#include <stdint.h>

/* A flag that may be unknown: sub-class 00 where the sub-classes differ (R29). */
typedef enum offence_flag { OFFENCE_NO, OFFENCE_YES, OFFENCE_UNKNOWN } offence_flag;

enum { OFFENCE_GROUPS = 20, OFFENCE_GROUPS12 = 12 };

typedef struct offence_class {
    uint8_t group;               /* 1 to 20, 0 unknown; names in offence_group_name */
    uint8_t group12;             /* 1 to 12, 0 unknown */
    uint8_t violent;             /* offence_flag, as are those below */
    uint8_t sexual;
    uint8_t serious_acquisitive;
    uint8_t serious;             /* on the reconstructed serious violent or sexual list */
    uint8_t breach;
    uint8_t recordable;
    uint8_t severity_rank;       /* 1 gravest (R9); 255 unknown */
} offence_class;

/* Classifies a Home Office code in any written form or a CJS code. A text that is no code, or an
** unknown one, gives all unknown. */
offence_class offence_classify(const char *code, size_t length);

const char *offence_group_name(int group);   /* NULL for 0 */
const char *offence_group12_name(int group); /* NULL for 0 */

#endif
