/* attrition.h - how many people and events fall out at each step from the history to a window's
** result.
**
** Appearances are followed to the index events, then the offences of the people in the cohort to
** the re-offences. A step keeps what passed all steps of its part before it. The rules are those of
** cohort.h and follow_up.h; the last steps are the offenders, re-offenders and re-offences of the
** window (R23).
*/
#ifndef REOFFEND_ATTRITION_H
#define REOFFEND_ATTRITION_H

#include "cohort.h"
#include "follow_up.h"

typedef enum attrition_step {
    ATTRITION_HISTORY,        /* everyone, and all appearances and offences */
    ATTRITION_NEVER_ELIGIBLE, /* of them, those without an eligible appearance at any time */
    ATTRITION_APPEARANCES,
    ATTRITION_IN_WINDOW,
    ATTRITION_CHOSEN_KIND,
    ATTRITION_NOT_EXCLUDED,
    ATTRITION_INDEX_EVENTS,
    ATTRITION_OFFENCES, /* of the cohort; from here each follow_up_decision is one step's loss */
    ATTRITION_REOFFENCES = ATTRITION_OFFENCES + FOLLOW_UP_REOFFENCE,
    ATTRITION_STEPS
} attrition_step;

typedef struct attrition_count {
    int64_t people; /* with at least one such event */
    int64_t events;
} attrition_count;

typedef struct attrition {
    const window_plan *plan; /* of one window */
    attrition_count count[ATTRITION_STEPS];
    history_slice slice;
    cohort_entries entries;
} attrition;

void attrition_init(attrition *made, const memory *from, const window_plan *plan);
void attrition_free(attrition *freed);

/* False: no memory. */
bool attrition_add_block(attrition *sum, const history_block *block);

const char *attrition_what(attrition_step step); /* what is left at the step */
const char *attrition_rule(attrition_step step); /* the rules it applies; NULL: none */

/* The step narrows the one before it: the difference is what was lost. */
bool attrition_narrows(attrition_step step);

#endif
