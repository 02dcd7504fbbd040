/* expectation.h - sums of predicted probabilities by group and window, beside the tally (R32).
**
** Kept apart from the counts of tally.h so that a query without a model pays nothing for it. Groups
** have the tally's keys. Of each index event it is told once what a score is made of; the score is
** worked out when the event is first added somewhere.
**
** 1. Only who has a probability is in a cell: who has none is neither expected to re-offend nor
**    expected not to.
** 2. Actual and predicted are compared over the same people: `excess` is the share of re-offenders
**    among those with a probability, less the mean of their probabilities.
** 3. Adjusted rate = excess + base-year actual. Given the probabilities, the number of re-offenders
**    varies with the variance sum(p(1-p)); the limits are normal with it, at 95 %.
** 4. The base-year actual is that of the models that score the group: of one age group's model
**    where the group is of one age group or age band, of both together elsewhere.
*/
#ifndef REOFFEND_EXPECTATION_H
#define REOFFEND_EXPECTATION_H

#include "group_cells.h"
#include "interval.h"
#include "prediction.h"

typedef struct expectation_cell {
    double expected;      /* sum of p: the re-offenders to be expected */
    double variance;      /* sum of p (1 - p): the variance of their number, given the p */
    uint32_t offenders;   /* with a probability */
    uint32_t reoffenders; /* among them */
} expectation_cell;

typedef struct expectation {
    const prediction *by;
    const breakdown_plan *plan; /* of the groups */
    group_cells groups; /* of each a cell for each window */
    /* the index event at hand */
    breakdown_facts facts;
    const history_person *person;
    const proven_days *proven;
    bool reoffended;
    const prediction_set *scored_by; /* whose score it has; NULL: none yet */
    double score;
} expectation;

void expectation_init(expectation *made, const memory *from, const prediction *by,
                      const breakdown_plan *plan, int32_t windows);
void expectation_free(expectation *freed);

typedef enum expectation_result {
    EXPECTATION_ADDED,
    EXPECTATION_NO_MEMORY,
    EXPECTATION_CORRUPT
} expectation_result;

/* Begins an index event. The person and their proven days (not looked at unless by->with_record)
** stay as they are while it is added. */
void expectation_begin(expectation *to, const breakdown_facts *facts, const history_person *person,
                       const proven_days *proven, bool reoffended);

/* Adds the event to a group's run of windows, both ends included. */
expectation_result expectation_add(expectation *to, uint64_t key, int32_t first, int32_t last);

/* All zero for a group nobody was added to. */
expectation_cell expectation_at(const expectation *in, uint64_t key, int32_t window);

/* What is made of a cell; NAN where there is none, so all of them when nobody has a probability. */
typedef struct expectation_summary {
    double predicted;       /* mean probability */
    double excess;          /* note 2 */
    double base_proportion; /* note 4 */
    double adjusted;        /* note 3 */
    interval limits;
} expectation_summary;

expectation_summary expectation_summarise(const expectation *in, uint64_t key,
                                          const expectation_cell *cell);

#endif
