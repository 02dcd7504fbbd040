#include "follow_up.h"

#define LANE_ONE UINT64_C(1)
#define LANE_TWO (UINT64_C(1) << 32)

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

follow_up_weight follow_up_weight_of(bool violent_or_sexual, bool serious_acquisitive,
                                     bool serious, bool unclassified) {
    return (follow_up_weight){
        (violent_or_sexual ? LANE_ONE : 0) | (serious_acquisitive ? LANE_TWO : 0),
        (serious ? LANE_ONE : 0) | (unclassified ? LANE_TWO : 0),
    };
}

static uint32_t count_reappearances(const history_person *person, uint32_t entry_row,
                                    calendar_day index_date, const window_day *limits) {
    const packed_column *columns = person->block->column;
    uint32_t count = 0;
    for (uint32_t row = entry_row + 1; row < person->appearance_end; row++) {
        int64_t date = column_at(&columns[APPEARANCE_DATE], row);
        if (date > limits->follow_up_end) break;
        count += follow_up_is_reappearance(date, index_date, limits) &&
                 column_at(&columns[APPEARANCE_EXCLUDED], row) == 0;
    }
    return count;
}

/* Conditions 1 to 3 above for an offence whose first day is known to lie in the follow-up; the same
** as follow_up_decide, on packed columns. A column in which nothing differs is not read. */
static inline bool counts(const packed_column *columns, uint32_t row, int64_t date,
                          const window_day *limits) {
    if (column_or(&columns[OFFENCE_PROVEN], row, INT64_MAX) > limits->proof_end) return false;
    if (!column_is_constant(&columns[OFFENCE_EXCLUDED], 0) &&
        column_at(&columns[OFFENCE_EXCLUDED], row) != 0)
        return false;
    return column_is_constant(&columns[OFFENCE_SPAN], 0) ||
           date + column_at(&columns[OFFENCE_SPAN], row) <= limits->follow_up_end;
}

follow_up_outcome follow_up_count(follow_up_counter *counter, const history_person *person,
                                  uint32_t entry_row, calendar_day index_date,
                                  const window_day *limits, uint32_t *from) {
    const packed_column *columns = person->block->column;
    follow_up_outcome outcome = {0};
    follow_up_weight sum = {0, 0};
    uint32_t row = *from;
    while (row < person->dated_end && column_at(&columns[OFFENCE_DATE], row) <= index_date) row++;
    *from = row;
    for (; row < person->dated_end; row++) {
        int64_t date = column_at(&columns[OFFENCE_DATE], row);
        if (date > limits->follow_up_end) break;
        if (!counts(columns, row, date, limits)) continue;
        uint64_t code = (uint64_t)column_at(&columns[OFFENCE_HO_CODE], row);
        if (code >= counter->weight_count) {
            counter->corrupt = true;
            break;
        }
        if (outcome.reoffences++ == 0) outcome.first_date = (calendar_day)date;
        sum.violent_sexual_and_acquisitive += counter->weights[code].violent_sexual_and_acquisitive;
        sum.serious_and_unclassified += counter->weights[code].serious_and_unclassified;
    }
    outcome.violent_sexual = (uint32_t)sum.violent_sexual_and_acquisitive;
    outcome.serious_acquisitive = (uint32_t)(sum.violent_sexual_and_acquisitive >> 32);
    outcome.serious = (uint32_t)sum.serious_and_unclassified;
    outcome.unclassified = (uint32_t)(sum.serious_and_unclassified >> 32);
    if (counter->with_reappearances)
        outcome.reappearances = count_reappearances(person, entry_row, index_date, limits);
    return outcome;
}

int follow_up_month(calendar_day index_date, calendar_day day) {
    int months = calendar_months_between(index_date, day);
    calendar_day reached;
    return calendar_add_months(index_date, months, &reached) && reached >= day ? months
                                                                               : months + 1;
}
