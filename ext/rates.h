/* rates.h - all rolling windows in one pass over the people (R2 to R26).
**
** The people are taken in slices (history_slice.h), and each slice goes through the steps together:
** find the index events and the run of windows each serves (cohort.h), find its group
** (breakdown.h), count what follows once for the run (follow_up.h), and add to the group's cells
** (tally.h). No window is gone through twice, and nothing is allocated for a person. With a model,
** each index event is scored in the same pass (expectation.h).
*/
#ifndef REOFFEND_RATES_H
#define REOFFEND_RATES_H

#include "breakdown.h"
#include "cohort.h"
#include "expectation.h"
#include "tally.h"

/* Of each index event of a slice. */
typedef struct rates_events {
    void *room; /* all of these */
    size_t capacity;
    uint64_t *keys;
    uint32_t **cells; /* of the group */
    follow_up_outcome *outcomes;
    uint32_t *previous_offences;
    uint32_t *added; /* the tally's `width` counts each */
} rates_events;

typedef struct rates {
    const memory *from;
    const window_plan *plan;
    const breakdown_plan *breakdowns;
    breakdown_set wanting; /* breakdowns of which only one group is wanted, sub-cohort aside */
    bool with_previous;    /* previous offences are asked for: they cost a sort for each person */
    bool with_subcohorts;
    history_slice slice;
    history_slice member; /* of one person of the slice, for the sub-cohorts */
    cohort_entries entries;
    follow_up_counter counter;
    proven_days proven;
    rates_events events;
    tally tally;
    expectation *expected; /* NULL: no model, nothing is scored */
} rates;

typedef enum rates_result { RATES_ADDED, RATES_NO_MEMORY, RATES_CORRUPT } rates_result;

/* `kept`: the counts asked for. False: no memory; it may be freed. */
bool rates_init(rates *made, const memory *from, const window_plan *plan,
                const breakdown_plan *breakdowns, tally_set kept);
void rates_free(rates *freed);

/* Has every index event scored too; before the first block. `expected` is the caller's. */
void rates_expect(rates *sum, expectation *expected);

/* Counts a block. The tally is complete once it is finished (tally_finish). */
rates_result rates_add_block(rates *sum, const history_block *block);

#endif
