#include "cohort.h"

void cohort_entries_init(cohort_entries *made, const memory *from) {
    *made = (cohort_entries){.from = from};
}

void cohort_entries_free(cohort_entries *freed) {
    memory_free(freed->from, freed->items);
    cohort_entries_init(freed, freed->from);
}

bool cohort_is_chosen_kind(const history_block *block, uint32_t appearance, kind_set kinds) {
    uint64_t which = (uint64_t)column_at(&block->column[APPEARANCE_KIND], appearance);
    return (which < KINDS) & (kinds >> (which & 31) & 1);
}

bool cohort_is_eligible(const history_block *block, uint32_t appearance, kind_set kinds) {
    return cohort_is_chosen_kind(block, appearance, kinds) &
           (column_at(&block->column[APPEARANCE_EXCLUDED], appearance) == 0);
}

/* Room for every appearance, and for one more that is written before it is known whether it
** counts. */
static bool reserve(cohort_entries *found, size_t appearances) {
    void *items = found->items;
    bool done = memory_reserve(found->from, &items, &found->capacity, appearances + 1,
                               sizeof *found->items);
    found->items = items;
    return done;
}

/* Takes the appearances on a day of any window. Every row is written and only counted when it is
** taken: the next overwrites it otherwise. */
static void take_days(cohort_entries *found, const window_plan *plan, const history_slice *slice) {
    const calendar_day first = plan->first_day, end = plan->end_day;
    const int32_t *dates = slice->date;
    const uint32_t appearances = slice->appearances;
    cohort_entry *items = found->items, *next = items;
    for (uint32_t row = 0; row < appearances; row++) {
        calendar_day date = dates[row];
        next->appearance = row;
        next->date = date;
        next += (date >= first) & (date < end);
    }
    found->count = (size_t)(next - items);
}

/* Of those, keeps the eligible ones with the windows they are the first in. `served` is the last
** window that had begun by the eligible appearance before, of the same person. */
static void keep_index_events(cohort_entries *found, const window_plan *plan,
                              const history_slice *slice) {
    const kind_set kinds = plan->options.kinds;
    const int32_t *whose = slice->whose;
    cohort_entry *items = found->items, *next = items, *end = items + found->count;
    uint32_t before = UINT32_MAX;
    int32_t served = -1;
    for (const cohort_entry *each = items; each < end; each++) {
        cohort_entry entry = *each;
        const window_day *day = window_plan_day(plan, entry.date);
        bool eligible =
            cohort_is_eligible(slice->block, slice->appearance + entry.appearance, kinds);
        entry.person = (uint32_t)whose[entry.appearance];
        served = entry.person == before ? served : -1;
        entry.first_window = day->first_window > served ? day->first_window : served + 1;
        entry.last_window = day->last_window;
        *next = entry;
        next += eligible & (entry.first_window <= entry.last_window);
        before = eligible ? entry.person : before;
        served = eligible ? entry.last_window : served;
    }
    found->count = (size_t)(next - items);
}

bool cohort_select(cohort_entries *found, const window_plan *plan, history_slice *slice) {
    found->count = 0;
    if (plan->count == 0) return true;
    if (!reserve(found, slice->appearances) || !history_slice_read_appearances(slice)) return false;
    take_days(found, plan, slice);
    keep_index_events(found, plan, slice);
    return true;
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
