#include "cohort.h"

void cohort_begin(cohort_walk *walk, const window_plan *plan, const history_person *person) {
    walk->plan = plan;
    walk->person = person;
    walk->next = person->appearance;
    walk->served = -1;
    walk->previous_date = INT64_MIN;
}

bool cohort_is_chosen_kind(const history_block *block, uint32_t appearance, kind_set kinds) {
    uint64_t which = (uint64_t)column_at(&block->column[APPEARANCE_KIND], appearance);
    return which < KINDS && (kinds >> which & 1);
}

bool cohort_is_eligible(const history_block *block, uint32_t appearance, kind_set kinds) {
    return cohort_is_chosen_kind(block, appearance, kinds) &&
           column_at(&block->column[APPEARANCE_EXCLUDED], appearance) == 0;
}

bool cohort_next(cohort_walk *walk, cohort_entry *entry) {
    const window_plan *plan = walk->plan;
    const history_block *block = walk->person->block;
    const packed_column *dates = &block->column[APPEARANCE_DATE];
    for (; walk->next < walk->person->appearance_end; walk->next++) {
        int64_t date = column_at(dates, walk->next);
        if (date < plan->first_day) continue;
        if (date >= plan->end_day) return false;
        if (date == walk->previous_date) continue;
        if (!cohort_is_eligible(block, walk->next, plan->options.kinds)) continue;
        const window_day *day = window_plan_day(plan, date);
        int32_t first = day->first_window > walk->served ? day->first_window : walk->served + 1;
        walk->previous_date = date;
        walk->served = day->last_window;
        if (first > day->last_window) continue;
        *entry = (cohort_entry){walk->next++, (calendar_day)date, first, day->last_window};
        return true;
    }
    return false;
}

void cohort_spell_windows(const window_plan *plan, const history_membership *spell, int32_t *first,
                          int32_t *last) {
    *first = 0;
    *last = plan->count - 1;
    if (spell->end != HISTORY_NULL && spell->start != HISTORY_NULL && spell->end < spell->start)
        *last = -1;
    if (spell->start != HISTORY_NULL)
        while (*first <= *last && plan->ends[*first] <= spell->start) ++*first;
    if (spell->end != HISTORY_NULL)
        while (*last >= *first && plan->starts[*last] > spell->end) --*last;
}
