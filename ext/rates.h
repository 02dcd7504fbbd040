/* rates.h - all rolling windows in one pass over the people (R2 to R26).
**
** For each person: find the index events and the run of windows each serves (cohort.h), count what
** follows once for the run (follow_up.h), find the group (breakdown.h) and add to its cells
** (tally.h). No window is gone through twice, and nothing is allocated for a person. With a model,
** each index event is scored in the same pass (expectation.h).
*/
#ifndef REOFFEND_RATES_H
#define REOFFEND_RATES_H

#include "breakdown.h"
#include "cohort.h"
#include "expectation.h"
#include "tally.h"

/* An addition that waits until its cells have come from memory. */
typedef struct rates_pending {
    uint32_t *cells; /* NULL: nothing waits here */
    int32_t first_window, last_window;
    tally_added added;
} rates_pending;

enum { RATES_PENDING = 8 };

typedef struct rates {
    const window_plan *plan;
    const breakdown_plan *breakdowns;
    bool with_previous; /* previous offences are asked for: they cost a sort for each person */
    bool with_months;   /* the month of the first re-offence is asked for */
    bool with_ages;
    bool with_subcohorts;
    follow_up_counter counter;
    proven_days proven;
    tally tally;
    expectation *expected; /* NULL: no model, nothing is scored */
    rates_pending pending[RATES_PENDING]; /* a ring */
    unsigned next_pending;
} rates;

typedef enum rates_result { RATES_ADDED, RATES_NO_MEMORY, RATES_CORRUPT } rates_result;

/* `kept`: the counts asked for. False: no memory; it may be freed. */
bool rates_init(rates *made, const memory *from, const window_plan *plan,
                const breakdown_plan *breakdowns, tally_set kept);
void rates_free(rates *freed);

/* Has every index event scored too; before the first block. `expected` is the caller's. */
void rates_expect(rates *sum, expectation *expected);

/* Counts a block. The tally is complete once rates_finish was called. */
rates_result rates_add_block(rates *sum, const history_block *block);

void rates_finish(rates *sum);

#endif
