#include "expectation.h"

#include <math.h>

static const double LEVEL = 0.95;

void expectation_init(expectation *made, const memory *from, const prediction *by,
                      const breakdown_plan *plan, int32_t windows) {
    *made = (expectation){.by = by, .plan = plan};
    group_cells_init(&made->groups, from, (size_t)windows * sizeof(expectation_cell));
}

void expectation_free(expectation *freed) {
    group_cells_free(&freed->groups);
}

/* --- adding ----------------------------------------------------------------------------------- */

void expectation_begin(expectation *to, const breakdown_facts *facts, const history_person *person,
                       const proven_days *proven, bool reoffended) {
    to->facts = *facts;
    to->person = person;
    to->proven = proven;
    to->reoffended = reoffended;
    to->scored_by = NULL;
}

/* The set that scores the people of a group. */
static const prediction_set *set_of(const expectation *in, uint64_t key) {
    const breakdown_plan *plan = in->plan;
    if (!(plan->used >> BREAKDOWN_SUBCOHORT & 1)) return prediction_set_of(in->by, 0);
    uint64_t digit = breakdown_digit(plan, BREAKDOWN_SUBCOHORT, key);
    return prediction_set_of(in->by,
                             digit ? plan->book->order[DICTIONARY_SUBCOHORT][digit] : 0);
}

/* False: the block is corrupt. */
static bool score(expectation *to, const prediction_set *set) {
    criminal_history before = {0};
    if (to->scored_by == set) return true;
    if (to->by->with_record)
        before = criminal_history_at(to->proven, to->person, to->facts.date);
    to->scored_by = set;
    return prediction_score(to->by, set, &to->facts, &before, &to->score);
}

expectation_result expectation_add(expectation *to, uint64_t key, int32_t first, int32_t last) {
    if (!score(to, set_of(to, key))) return EXPECTATION_CORRUPT;
    if (isnan(to->score)) return EXPECTATION_ADDED;
    expectation_cell *cells = group_cells_find(&to->groups, key);
    if (!cells) return EXPECTATION_NO_MEMORY;
    double variance = to->score * (1.0 - to->score);
    for (expectation_cell *cell = cells + first; cell <= cells + last; cell++) {
        cell->expected += to->score;
        cell->variance += variance;
        cell->offenders++;
        cell->reoffenders += to->reoffended;
    }
    return EXPECTATION_ADDED;
}

/* --- reading ---------------------------------------------------------------------------------- */

expectation_cell expectation_at(const expectation *in, uint64_t key, int32_t window) {
    const expectation_cell *cells = group_cells_at(&in->groups, key);
    return cells ? cells[window] : (expectation_cell){0};
}

/* The age group all people of the group are of; 0: of any, or unknown. */
static int age_group_of(const breakdown_plan *plan, uint64_t key) {
    if (plan->used >> BREAKDOWN_AGE_GROUP & 1)
        return (int)breakdown_digit(plan, BREAKDOWN_AGE_GROUP, key);
    if (!(plan->used >> BREAKDOWN_AGE_BAND & 1)) return 0;
    return band_age_group_of((int)breakdown_digit(plan, BREAKDOWN_AGE_BAND, key));
}

expectation_summary expectation_summarise(const expectation *in, uint64_t key,
                                          const expectation_cell *cell) {
    expectation_summary made = {NAN, NAN, NAN, NAN, {NAN, NAN}};
    if (cell->offenders == 0) return made;
    double people = cell->offenders;
    made.predicted = cell->expected / people;
    made.excess = cell->reoffenders / people - made.predicted;
    made.base_proportion = prediction_base(set_of(in, key), age_group_of(in->plan, key));
    made.adjusted = interval_adjusted_rate(cell->reoffenders, cell->offenders, made.predicted,
                                           made.base_proportion);
    made.limits = interval_adjusted(made.adjusted, cell->offenders, cell->variance, LEVEL);
    return made;
}
