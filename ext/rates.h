/* rates.h - all rolling windows in one pass over the people (R2 to R26).
**
** For each person: find the index events and the run of windows each serves (cohort.h), count what
** follows once for the run (follow_up.h), find the group (breakdown.h) and add to its cells
** (tally.h). No window is gone through twice, and nothing is allocated for a person.
*/
#ifndef REOFFEND_RATES_H
#define REOFFEND_RATES_H

#include "breakdown.h"
#include "cohort.h"
#include "tally.h"

typedef struct rates {
    const window_plan *plan;
    const breakdown_plan *breakdowns;
    bool with_previous; /* count previous offences at all: it costs a sort for each person */
    follow_up_counter counter;
    proven_days proven;
    tally tally;
} rates;

typedef enum rates_result { RATES_ADDED, RATES_NO_MEMORY, RATES_CORRUPT } rates_result;

void rates_init(rates *made, const memory *from, const window_plan *plan,
                const breakdown_plan *breakdowns, bool with_previous);
void rates_free(rates *freed);

rates_result rates_add_block(rates *sum, const history_block *block);

/* R26: a spell overlaps a window. The windows of the plan that it overlaps are *first to *last;
** none when *first > *last. */
void rates_spell_windows(const window_plan *plan, const history_membership *spell, int32_t *first,
                         int32_t *last);

#endif
