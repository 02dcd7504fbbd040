#include "rates.h"

/* The counts that need more than the number of re-offences. */
enum {
    SEVERITY = 1 << TALLY_VIOLENT_SEXUAL_REOFFENCES | 1 << TALLY_VIOLENT_SEXUAL_REOFFENDERS |
               1 << TALLY_SERIOUS_ACQUISITIVE_REOFFENCES |
               1 << TALLY_SERIOUS_ACQUISITIVE_REOFFENDERS | 1 << TALLY_SERIOUS_REOFFENCES |
               1 << TALLY_SERIOUS_REOFFENDERS | 1 << TALLY_UNCLASSIFIED_REOFFENCES,
    REAPPEARANCES = 1 << TALLY_REAPPEARANCES | 1 << TALLY_REAPPEARING_OFFENDERS
};

static bool is_used(const breakdown_plan *breakdowns, breakdown which) {
    return breakdowns->used >> which & 1;
}

bool rates_init(rates *made, const memory *from, const window_plan *plan,
                const breakdown_plan *breakdowns, tally_set kept) {
    *made = (rates){.from = from, .plan = plan, .breakdowns = breakdowns};
    made->wanting = breakdown_wanting(breakdowns) & ~(1u << BREAKDOWN_SUBCOHORT);
    made->with_previous = (kept >> TALLY_PREVIOUS_OFFENCES & 1) ||
                          is_used(breakdowns, BREAKDOWN_PREVIOUS_OFFENCES_BAND);
    made->with_subcohorts = is_used(breakdowns, BREAKDOWN_SUBCOHORT);
    history_slice_init(&made->slice, from);
    history_slice_init(&made->member, from);
    cohort_entries_init(&made->entries, from);
    follow_up_init(&made->counter, from, breakdowns->book->weights,
                   breakdowns->book->offence_codes);
    made->counter.with_severity = kept & SEVERITY;
    made->counter.with_reappearances = kept & REAPPEARANCES;
    made->counter.with_first_date = is_used(breakdowns, BREAKDOWN_MONTHS_TO_REOFFENCE);
    proven_days_init(&made->proven, from);
    tally_init(&made->tally, from, plan->count, kept);
    return tally_lay_dense(&made->tally, breakdown_keys(breakdowns));
}

void rates_free(rates *freed) {
    history_slice_free(&freed->slice);
    history_slice_free(&freed->member);
    cohort_entries_free(&freed->entries);
    follow_up_free(&freed->counter);
    proven_days_free(&freed->proven);
    memory_free(freed->from, freed->events.room);
    freed->events = (rates_events){0};
    tally_free(&freed->tally);
}

void rates_expect(rates *sum, expectation *expected) {
    sum->expected = expected;
}

/* --- room ------------------------------------------------------------------------------------ */

/* One piece of memory for the arrays of all events, the widest values first. */
static bool reserve_events(rates *sum, size_t count) {
    rates_events *events = &sum->events;
    size_t each = sizeof *events->keys + sizeof *events->cells + sizeof *events->outcomes +
                  sizeof *events->previous_offences + sum->tally.width * sizeof *events->added;
    if (!memory_reserve(sum->from, &events->room, &events->capacity, count, each)) return false;
    events->keys = events->room;
    events->cells = (uint32_t **)(events->keys + events->capacity);
    events->outcomes = (follow_up_outcome *)(events->cells + events->capacity);
    events->previous_offences = (uint32_t *)(events->outcomes + events->capacity);
    events->added = events->previous_offences + events->capacity;
    return true;
}

/* --- steps ----------------------------------------------------------------------------------- */

/* Keeps the events whose key has the wanted digits of those breakdowns. */
static void keep_wanted(rates *sum, breakdown_set wanting) {
    rates_events *events = &sum->events;
    size_t count = 0;
    if (!wanting) return;
    for (size_t i = 0; i < sum->entries.count; i++) {
        if (!breakdown_is_wanted(sum->breakdowns, wanting, events->keys[i])) continue;
        sum->entries.items[count] = sum->entries.items[i];
        events->keys[count] = events->keys[i];
        events->outcomes[count] = events->outcomes[i];
        events->previous_offences[count] = events->previous_offences[i];
        count++;
    }
    sum->entries.count = count;
}

/* --- adding ---------------------------------------------------------------------------------- */

/* Groups lie far apart in memory: all are asked for before the first is added to. */
static rates_result add_events(rates *sum) {
    enum { AHEAD = 16 };
    const cohort_entry *entries = sum->entries.items;
    const uint32_t *added = sum->events.added;
    uint32_t **cells = sum->events.cells;
    size_t count = sum->entries.count, width = sum->tally.width;
    for (size_t i = 0; i < count; i++)
        if (!(cells[i] = tally_find(&sum->tally, sum->events.keys[i]))) return RATES_NO_MEMORY;
    for (size_t i = 0; i < count; i++, added += width) {
        size_t next = i + AHEAD < count ? i + AHEAD : i;
        tally_prefetch(width, cells[next], entries[next].first_window, entries[next].last_window);
        tally_add(width, cells[i], entries[i].first_window, entries[i].last_window, added);
    }
    return RATES_ADDED;
}

static rates_result expect_run(rates *sum, uint64_t key, int32_t first, int32_t last) {
    switch (expectation_add(sum->expected, key, first, last)) {
    case EXPECTATION_ADDED:
        return RATES_ADDED;
    case EXPECTATION_CORRUPT:
        return RATES_CORRUPT;
    default:
        return RATES_NO_MEMORY;
    }
}

/* Adds to each sub-cohort of which a spell overlaps windows of the event's run. A person's spells
** stand by sub-cohort and then by start, so windows already served by an earlier spell of the same
** sub-cohort are those up to `served`; what is left of a spell may still have gaps before it. */
static rates_result add_subcohorts(rates *sum, const history_slice *slice, size_t event) {
    const breakdown_plan *plan = sum->breakdowns;
    const cohort_entry *entry = &sum->entries.items[event];
    uint32_t subcohort = 0,
             row = slice->membership + (uint32_t)slice->membership_from[entry->person],
             end = slice->membership + (uint32_t)slice->membership_from[entry->person + 1];
    int32_t served = -1;
    for (; row < end; row++) {
        history_membership spell = history_membership_at(slice->block, row);
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
        uint64_t key = sum->events.keys[event] + digit * plan->stride[BREAKDOWN_SUBCOHORT];
        uint32_t *cells = tally_find(&sum->tally, key);
        if (!cells) return RATES_NO_MEMORY;
        rates_result result = sum->expected ? expect_run(sum, key, first, last) : RATES_ADDED;
        if (result != RATES_ADDED) return result;
        tally_add(sum->tally.width, cells, first, last,
                  sum->events.added + event * sum->tally.width);
    }
    return RATES_ADDED;
}

/* Tells what the event's score is made of. `person` is whoever the event before was of. */
static bool begin_score(rates *sum, const breakdown_events *known, size_t event,
                        history_person *person) {
    breakdown_facts facts = breakdown_facts_of(known, event);
    if (person->block != facts.block || person->row != facts.person) {
        *person = history_slice_person(known->slice, known->entries->items[event].person, 0);
        if (sum->expected->by->with_record && !proven_days_collect(&sum->proven, person))
            return false;
    }
    expectation_begin(sum->expected, &facts, person, &sum->proven,
                      known->outcomes[event].reoffences > 0);
    return true;
}

/* Adds the events one after the other: to their sub-cohorts, or what is expected of them. */
static rates_result add_one_by_one(rates *sum, const breakdown_events *known) {
    history_person person = {.block = NULL};
    rates_result result = RATES_ADDED;
    for (size_t i = 0; i < sum->entries.count && result == RATES_ADDED; i++) {
        const cohort_entry *entry = &sum->entries.items[i];
        if (sum->expected && !begin_score(sum, known, i, &person)) return RATES_NO_MEMORY;
        result = sum->with_subcohorts ? add_subcohorts(sum, known->slice, i)
                                      : expect_run(sum, sum->events.keys[i], entry->first_window,
                                                   entry->last_window);
    }
    return result;
}

/* --- the pass -------------------------------------------------------------------------------- */

static rates_result follow_events(rates *sum, history_slice *slice) {
    follow_up_result result =
        follow_up_count(&sum->counter, sum->plan, slice, &sum->entries, sum->events.outcomes);
    if (result == FOLLOW_UP_CORRUPT) return RATES_CORRUPT;
    if (result == FOLLOW_UP_NO_MEMORY) return RATES_NO_MEMORY;
    if (sum->with_previous && !criminal_history_previous(&sum->proven, slice, &sum->entries,
                                                         sum->events.previous_offences))
        return RATES_NO_MEMORY;
    return RATES_ADDED;
}

static rates_result add_slice(rates *sum, history_slice *slice) {
    rates_events *events = &sum->events;
    if (!cohort_select(&sum->entries, sum->plan, slice)) return RATES_NO_MEMORY;
    if (sum->entries.count == 0) return RATES_ADDED;
    if (!reserve_events(sum, sum->entries.count)) return RATES_NO_MEMORY;
    const breakdown_events known = {slice, &sum->entries, events->outcomes,
                                    events->previous_offences};
    if (!breakdown_keys_of(sum->breakdowns, &known, events->keys)) return RATES_CORRUPT;
    keep_wanted(sum, sum->wanting & ~BREAKDOWN_FOLLOWED);
    rates_result result = follow_events(sum, slice);
    if (result != RATES_ADDED) return result;
    if (!breakdown_keys_follow(sum->breakdowns, &known, events->keys)) return RATES_CORRUPT;
    keep_wanted(sum, sum->wanting & BREAKDOWN_FOLLOWED);
    tally_lay_out(&sum->tally, events->outcomes, events->previous_offences, sum->entries.count,
                  events->added);
    if (sum->with_subcohorts || sum->expected) result = add_one_by_one(sum, &known);
    return sum->with_subcohorts || result != RATES_ADDED ? result : add_events(sum);
}

/* Only members of anything can be in a sub-cohort. They are few, so each is a slice of one. */
static rates_result add_members(rates *sum) {
    const history_slice *slice = &sum->slice;
    const int32_t *from = slice->membership_from;
    rates_result result = RATES_ADDED;
    for (uint32_t i = 0; i < slice->people && result == RATES_ADDED; i++) {
        if (from[i] == from[i + 1] || slice->is_left_out[i]) continue;
        history_person person = history_slice_person(slice, i, 0);
        result = history_slice_only(&sum->member, &person) == SLICE_READ
                     ? add_slice(sum, &sum->member)
                     : RATES_NO_MEMORY;
    }
    return result;
}

rates_result rates_add_block(rates *sum, const history_block *block) {
    rates_result result = RATES_ADDED;
    slice_result read = SLICE_END;
    if (sum->plan->count > 0) read = history_slice_first(&sum->slice, block);
    while (read == SLICE_READ && result == RATES_ADDED) {
        result = sum->with_subcohorts ? add_members(sum) : add_slice(sum, &sum->slice);
        if (result == RATES_ADDED) read = history_slice_next(&sum->slice);
    }
    return read == SLICE_NO_MEMORY ? RATES_NO_MEMORY : result;
}
