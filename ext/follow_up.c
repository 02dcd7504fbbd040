#include "follow_up.h"

#include "rows_of_4.h"

follow_up_decision follow_up_decide(const history_offence *offence, calendar_day index_date,
                                    const window_day *limits) {
    if (offence->excluded) return FOLLOW_UP_EXCLUDED;
    if (offence->date == HISTORY_NULL) return FOLLOW_UP_UNDATED;
    if (offence->end <= index_date) return FOLLOW_UP_BEFORE_INDEX;
    if (offence->date <= index_date) return FOLLOW_UP_STRADDLES;
    if (offence->end > limits->follow_up_end) return FOLLOW_UP_AFTER_END;
    if (offence->proven == HISTORY_NULL) return FOLLOW_UP_NOT_PROVEN;
    if (offence->proven > limits->proof_end) return FOLLOW_UP_PROVEN_LATE;
    return FOLLOW_UP_REOFFENCE;
}

void follow_up_init(follow_up_counter *made, const memory *from, const follow_up_weight *weights,
                    size_t weight_count) {
    *made = (follow_up_counter){.from = from, .weights = weights, .weight_count = weight_count};
}

void follow_up_free(follow_up_counter *freed) {
    memory_free(freed->from, freed->room.values);
    freed->room = (slice_room){0};
}

/* --- severity -------------------------------------------------------------------------------- */

enum { SERIOUS_ACQUISITIVE_AT = 8, SERIOUS_AT = 16, UNCLASSIFIED_AT = 24, BYTE = 255 };

follow_up_weight follow_up_weight_of(bool violent_or_sexual, bool serious_acquisitive, bool serious,
                                     bool unclassified) {
    return (follow_up_weight)violent_or_sexual |
           (follow_up_weight)serious_acquisitive << SERIOUS_ACQUISITIVE_AT |
           (follow_up_weight)serious << SERIOUS_AT |
           (follow_up_weight)unclassified << UNCLASSIFIED_AT;
}

static void add_severity(follow_up_outcome *outcome, follow_up_weight sum) {
    outcome->violent_sexual += sum & BYTE;
    outcome->serious_acquisitive += sum >> SERIOUS_ACQUISITIVE_AT & BYTE;
    outcome->serious += sum >> SERIOUS_AT & BYTE;
    outcome->unclassified += sum >> UNCLASSIFIED_AT;
}

/* Puts the weights of the slice's offences into the room. False: a code is not known. */
static bool weigh(follow_up_counter *asked, const history_slice *slice) {
    const follow_up_weight *weight_of = asked->weights;
    const uint32_t count = slice->offences, known = (uint32_t)asked->weight_count;
    int32_t *weights = asked->room.values;
    bool unknown = false;
    column_unpack(&slice->block->column[OFFENCE_HO_CODE], slice->offence, count, 0, weights);
    for (uint32_t i = 0; i < count; i++) unknown |= (uint32_t)weights[i] >= known;
    if (unknown) return false;
    for (uint32_t i = 0; i < count; i++) weights[i] = (int32_t)weight_of[weights[i]];
    for (uint32_t i = 0; i < HISTORY_SLICE_PADDING; i++) weights[count + i] = 0;
    return true;
}

/* --- re-offences ----------------------------------------------------------------------------- */

/* Of four offences that begin after the index day, those that meet conditions 1 to 3 of
** follow_up.h: the same as follow_up_decide. What is excluded, undated or not proven stands in the
** slice with days that no limit reaches. */
static inline rows_of_4 reoffences_of(const history_slice *slice, int32_t row,
                                      const window_day *limits) {
    return (rows_load(slice->last_day + row) <= limits->follow_up_end) &
           (rows_load(slice->proven + row) <= limits->proof_end);
}

/* Counts the offences from `row` on, the first that begins after the index day, up to `end`. What
** is asked for is known where this is compiled. */
static inline __attribute__((always_inline)) follow_up_outcome
count_reoffences(const follow_up_counter *asked, const history_slice *slice, int32_t row,
                 int32_t end, const window_day *limits, bool with_severity, bool with_first_date) {
    enum { ROUNDS = BYTE / ROWS }; /* so many before a byte of the weights may be full */
    const rows_of_4 never = (rows_of_4){0} + HISTORY_SLICE_NEVER;
    rows_of_4 count = {0}, severity = {0}, first = never;
    follow_up_outcome outcome = {0};
    int rounds = 0;
    do {
        rows_of_4 counts = reoffences_of(slice, row, limits) & rows_before_end(end - row);
        count -= counts;
        if (with_severity) severity += rows_load(asked->room.values + row) & counts;
        if (with_severity && ++rounds == ROUNDS) {
            add_severity(&outcome, rows_sum(severity));
            severity = (rows_of_4){0};
            rounds = 0;
        }
        if (with_first_date)
            first = rows_lesser(first,
                                (rows_load(slice->first_day + row) & counts) | (never & ~counts));
        row += ROWS;
    } while (row < end && slice->first_day[row - 1] <= limits->follow_up_end);
    outcome.reoffences = rows_sum(count);
    if (with_severity) add_severity(&outcome, rows_sum(severity));
    if (with_first_date) outcome.first_date = rows_least(first);
    return outcome;
}

/* There may be nothing to count, which is not asked: it would be guessed wrong as often as right,
** and the slice can be read behind its end. */
static inline __attribute__((always_inline)) void
follow_offences(const follow_up_counter *asked, const window_plan *plan, const history_slice *slice,
                const cohort_entries *entries, bool with_severity, bool with_first_date,
                follow_up_outcome *outcomes) {
    const packed_column begun = slice->block->column[APPEARANCE_OFFENCES];
    for (size_t i = 0; i < entries->count; i++) {
        const cohort_entry *entry = &entries->items[i];
        int32_t from = slice->offence_from[entry->person];
        int32_t end = slice->offence_from[entry->person + 1];
        uint32_t behind = (uint32_t)column_at(&begun, slice->appearance + entry->appearance);
        int32_t row = behind <= (uint32_t)(end - from) ? from + (int32_t)behind : end;
        outcomes[i] = count_reoffences(asked, slice, row, end, window_plan_day(plan, entry->date),
                                       with_severity, with_first_date);
    }
}

static void follow_all_offences(const follow_up_counter *asked, const window_plan *plan,
                                const history_slice *slice, const cohort_entries *entries,
                                follow_up_outcome *outcomes) {
    if (asked->with_severity && asked->with_first_date) {
        follow_offences(asked, plan, slice, entries, true, true, outcomes);
    } else if (asked->with_severity) {
        follow_offences(asked, plan, slice, entries, true, false, outcomes);
    } else if (asked->with_first_date) {
        follow_offences(asked, plan, slice, entries, false, true, outcomes);
    } else {
        follow_offences(asked, plan, slice, entries, false, false, outcomes);
    }
}

/* --- reappearances --------------------------------------------------------------------------- */

/* R22, for the appearances from `row` up to `end`. `excluded` says which are. */
static inline uint32_t count_reappearances(const history_slice *slice, const int32_t *excluded,
                                           int32_t row, int32_t end, calendar_day index_date,
                                           const window_day *limits) {
    rows_of_4 count = {0};
    for (; row < end; row += ROWS) {
        rows_of_4 date = rows_load(slice->date + row);
        count -= (date > index_date) & (date <= limits->follow_up_end) &
                 (rows_load(excluded + row) == 0) & rows_before_end(end - row);
        if (slice->date[row + ROWS - 1] > limits->follow_up_end) break;
    }
    return rows_sum(count);
}

static void follow_appearances(const follow_up_counter *asked, const window_plan *plan,
                               const history_slice *slice, const cohort_entries *entries,
                               follow_up_outcome *outcomes) {
    int32_t *excluded = asked->room.values;
    column_unpack(&slice->block->column[APPEARANCE_EXCLUDED], slice->appearance, slice->appearances,
                  0, excluded);
    for (uint32_t i = 0; i < HISTORY_SLICE_PADDING; i++) excluded[slice->appearances + i] = 1;
    for (size_t i = 0; i < entries->count; i++) {
        const cohort_entry *entry = &entries->items[i];
        outcomes[i].reappearances =
            count_reappearances(slice, excluded, (int32_t)entry->appearance + 1,
                                slice->appearance_from[entry->person + 1], entry->date,
                                window_plan_day(plan, entry->date));
    }
}

/* --- the whole ------------------------------------------------------------------------------- */

static bool reserve(follow_up_counter *asked, const history_slice *slice) {
    void *values = asked->room.values;
    uint32_t most = slice->offences > slice->appearances ? slice->offences : slice->appearances;
    bool done = memory_reserve(asked->from, &values, &asked->room.capacity,
                               most + HISTORY_SLICE_PADDING, sizeof *asked->room.values);
    asked->room.values = values;
    return done;
}

follow_up_result follow_up_count(follow_up_counter *asked, const window_plan *plan,
                                 history_slice *slice, const cohort_entries *entries,
                                 follow_up_outcome *outcomes) {
    if (entries->count == 0) return FOLLOW_UP_COUNTED;
    if (!reserve(asked, slice) || !history_slice_read_offences(slice)) return FOLLOW_UP_NO_MEMORY;
    if (asked->with_severity && !weigh(asked, slice)) return FOLLOW_UP_CORRUPT;
    follow_all_offences(asked, plan, slice, entries, outcomes);
    if (asked->with_reappearances) follow_appearances(asked, plan, slice, entries, outcomes);
    return FOLLOW_UP_COUNTED;
}

int follow_up_month(calendar_day index_date, calendar_day day) {
    int months = calendar_months_between(index_date, day);
    calendar_day reached;
    return calendar_add_months(index_date, months, &reached) && reached >= day ? months
                                                                               : months + 1;
}
