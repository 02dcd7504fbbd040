#include "rates.h"

static bool is_used(const breakdown_plan *breakdowns, breakdown which) {
    return breakdowns->used >> which & 1;
}

bool rates_init(rates *made, const memory *from, const window_plan *plan,
                const breakdown_plan *breakdowns, tally_set kept) {
    *made = (rates){.plan = plan, .breakdowns = breakdowns};
    made->with_previous = (kept >> TALLY_PREVIOUS_OFFENCES & 1) ||
                          is_used(breakdowns, BREAKDOWN_PREVIOUS_OFFENCES_BAND);
    made->with_months = is_used(breakdowns, BREAKDOWN_MONTHS_TO_REOFFENCE);
    made->with_ages =
        is_used(breakdowns, BREAKDOWN_AGE_GROUP) || is_used(breakdowns, BREAKDOWN_AGE_BAND);
    made->with_subcohorts = is_used(breakdowns, BREAKDOWN_SUBCOHORT);
    made->counter.weights = breakdowns->book->weights;
    made->counter.weight_count = breakdowns->book->offence_codes;
    made->counter.with_reappearances =
        kept & (1u << TALLY_REAPPEARANCES | 1u << TALLY_REAPPEARING_OFFENDERS);
    proven_days_init(&made->proven, from);
    tally_init(&made->tally, from, plan->count, kept);
    return tally_lay_dense(&made->tally, breakdown_keys(breakdowns));
}

void rates_free(rates *freed) {
    proven_days_free(&freed->proven);
    tally_free(&freed->tally);
}

void rates_expect(rates *sum, expectation *expected) {
    sum->expected = expected;
    sum->with_ages = true;
    sum->with_previous |= expected->by->with_record;
}

static void add_pending(rates *sum, rates_pending *pending) {
    if (pending->cells)
        tally_add(&sum->tally, pending->cells, pending->first_window, pending->last_window,
                  &pending->added);
    pending->cells = NULL;
}

/* Kept out of the way of those who ask for no prediction. */
static __attribute__((noinline, cold)) rates_result expect_run(rates *sum, uint64_t key,
                                                               int32_t first, int32_t last) {
    switch (expectation_add(sum->expected, key, first, last)) {
    case EXPECTATION_ADDED:
        return RATES_ADDED;
    case EXPECTATION_CORRUPT:
        return RATES_CORRUPT;
    default:
        return RATES_NO_MEMORY;
    }
}

/* Asks for the group's cells from memory and adds to them a few index events later: groups lie far
** apart, and waiting for each would take longer than everything else. */
static rates_result add_run(rates *sum, uint64_t key, int32_t first, int32_t last,
                            const tally_added *added) {
    uint32_t *cells = tally_find(&sum->tally, key);
    if (!cells) return RATES_NO_MEMORY;
    if (sum->expected) {
        rates_result result = expect_run(sum, key, first, last);
        if (result != RATES_ADDED) return result;
    }
    tally_prefetch(&sum->tally, cells, first, last);
    rates_pending *pending = &sum->pending[sum->next_pending++ % RATES_PENDING];
    add_pending(sum, pending);
    *pending = (rates_pending){cells, first, last, *added};
    return RATES_ADDED;
}

void rates_finish(rates *sum) {
    for (int i = 0; i < RATES_PENDING; i++) add_pending(sum, &sum->pending[i]);
}

/* Adds to each sub-cohort of which a spell overlaps windows of the run. A person's spells stand by
** sub-cohort and then by start, so windows already served by an earlier spell of the same
** sub-cohort are those up to `served`; what is left of a spell may still have gaps before it. */
static rates_result add_subcohorts(rates *sum, uint64_t key, const history_person *person,
                                   const cohort_entry *entry, const tally_added *added) {
    const breakdown_plan *plan = sum->breakdowns;
    uint32_t subcohort = 0;
    int32_t served = -1;
    for (uint32_t row = person->membership; row < person->membership_end; row++) {
        history_membership spell = history_membership_at(person->block, row);
        if (spell.subcohort == 0 || spell.subcohort >= plan->size[BREAKDOWN_SUBCOHORT])
            return RATES_CORRUPT;
        uint64_t digit = plan->book->rank[DICTIONARY_SUBCOHORT][spell.subcohort];
        int64_t wanted = plan->wanted[BREAKDOWN_SUBCOHORT];
        if (wanted >= 0 && digit != (uint64_t)wanted) continue;
        if (spell.subcohort != subcohort) served = -1;
        subcohort = spell.subcohort;
        int32_t first, last;
        cohort_spell_windows(sum->plan, &spell, &first, &last);
        if (first < entry->first_window) first = entry->first_window;
        if (first <= served) first = served + 1;
        if (last > entry->last_window) last = entry->last_window;
        if (first > last) continue;
        served = last;
        rates_result result =
            add_run(sum, key + digit * plan->stride[BREAKDOWN_SUBCOHORT], first, last, added);
        if (result != RATES_ADDED) return result;
    }
    return RATES_ADDED;
}

static rates_result add_entry(rates *sum, const history_person *person, int32_t birth_key,
                              const cohort_entry *entry, uint32_t *from) {
    const window_day *day = window_plan_day(sum->plan, entry->date);
    breakdown_facts facts = {.person = person, .appearance = entry->appearance};
    follow_up_outcome outcome =
        follow_up_count(&sum->counter, person, entry->appearance, entry->date, day, from);
    if (sum->counter.corrupt) return RATES_CORRUPT;
    facts.age = birth_key ? calendar_age_between_keys(birth_key, day->age_key) : -1;
    if (sum->with_previous) facts.previous_offences = proven_days_before(&sum->proven, entry->date);
    if (sum->with_months && outcome.reoffences)
        facts.months_to_reoffence = follow_up_month(entry->date, outcome.first_date);
    uint64_t key;
    breakdown_place place = breakdown_key(sum->breakdowns, &facts, &key);
    if (place != BREAKDOWN_WANTED)
        return place == BREAKDOWN_CORRUPT ? RATES_CORRUPT : RATES_ADDED;
    if (sum->expected)
        expectation_begin(sum->expected, facts, &sum->proven, entry->date,
                          outcome.reoffences > 0);
    tally_added added;
    tally_lay_out(&sum->tally, &outcome, (uint32_t)facts.previous_offences, &added);
    if (sum->with_subcohorts) return add_subcohorts(sum, key, person, entry, &added);
    return add_run(sum, key, entry->first_window, entry->last_window, &added);
}

/* Age is only worked out when a breakdown asks for it: 0 stands for not known or not asked. */
static int32_t birth_key_of(const rates *sum, const history_person *person) {
    if (!sum->with_ages) return 0;
    int64_t birth = column_or(&person->block->column[PERSON_BIRTH], person->row, HISTORY_NULL);
    return birth == HISTORY_NULL ? 0 : calendar_age_key((calendar_day)birth);
}

static rates_result add_person(rates *sum, const history_person *person) {
    cohort_walk walk;
    cohort_entry entry;
    cohort_begin(&walk, sum->plan, person);
    if (!cohort_next(&walk, &entry)) return RATES_ADDED;
    if (sum->with_previous && !proven_days_collect(&sum->proven, person)) return RATES_NO_MEMORY;
    int32_t birth_key = birth_key_of(sum, person);
    uint32_t from = person->offence;
    do {
        rates_result result = add_entry(sum, person, birth_key, &entry, &from);
        if (result != RATES_ADDED) return result;
    } while (cohort_next(&walk, &entry));
    return RATES_ADDED;
}

rates_result rates_add_block(rates *sum, const history_block *block) {
    history_person person;
    if (sum->plan->count == 0 || !history_first_person(block, &person)) return RATES_ADDED;
    do {
        rates_result result = add_person(sum, &person);
        if (result != RATES_ADDED) return result;
    } while (history_next_person(&person));
    return RATES_ADDED;
}
