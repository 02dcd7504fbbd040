#include "expectation.h"

#include <math.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };
static const double LEVEL = 0.95;

void expectation_init(expectation *made, const memory *from, const prediction *by,
                      const breakdown_plan *plan, int32_t windows) {
    *made = (expectation){.from = from, .by = by, .plan = plan, .windows = windows};
}

void expectation_free(expectation *freed) {
    for (size_t i = 0; i < freed->count; i++) memory_free(freed->from, freed->groups[i].cells);
    memory_free(freed->from, freed->groups);
    memory_free(freed->from, freed->slots);
    expectation_init(freed, freed->from, freed->by, freed->plan, freed->windows);
}

/* --- groups ----------------------------------------------------------------------------------- */

/* The slot of the key, or the empty one where it belongs. */
static size_t find_slot(const expectation *in, const uint32_t *slots, size_t count, uint64_t key) {
    size_t slot = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (count - 1);
    while (slots[slot] && in->groups[slots[slot] - 1].key != key) slot = (slot + 1) & (count - 1);
    return slot;
}

static bool grow_slots(expectation *in) {
    size_t count = in->slot_count ? in->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = memory_allocate(in->from, count * sizeof *slots);
    if (!slots) return false;
    memset(slots, 0, count * sizeof *slots);
    for (size_t i = 0; i < in->count; i++)
        slots[find_slot(in, slots, count, in->groups[i].key)] = (uint32_t)i + 1;
    memory_free(in->from, in->slots);
    in->slots = slots;
    in->slot_count = count;
    return true;
}

static expectation_cell *add_group(expectation *in, uint64_t key, size_t slot) {
    void *groups = in->groups;
    if (!memory_reserve(in->from, &groups, &in->capacity, in->count + 1, sizeof *in->groups))
        return NULL;
    in->groups = groups;
    size_t windows = (size_t)in->windows;
    expectation_cell *cells = memory_allocate(in->from, windows * sizeof *cells);
    if (!cells) return NULL;
    for (size_t i = 0; i < windows; i++) cells[i] = (expectation_cell){0};
    in->groups[in->count++] = (expectation_group){key, cells};
    in->slots[slot] = (uint32_t)in->count;
    return cells;
}

/* The group's cells, made when it is new. NULL: no memory. */
static expectation_cell *find_group(expectation *in, uint64_t key) {
    if (in->count * 2 >= in->slot_count && !grow_slots(in)) return NULL;
    size_t slot = find_slot(in, in->slots, in->slot_count, key);
    if (in->slots[slot]) return in->groups[in->slots[slot] - 1].cells;
    return add_group(in, key, slot);
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
    expectation_cell *cells = find_group(to, key);
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
    if (in->slot_count) {
        size_t slot = find_slot(in, in->slots, in->slot_count, key);
        if (in->slots[slot]) return in->groups[in->slots[slot] - 1].cells[window];
    }
    return (expectation_cell){0};
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
