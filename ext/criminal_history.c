#include "criminal_history.h"

#include <math.h>

#include "rows_of_4.h"

void proven_days_init(proven_days *made, const memory *from) {
    *made = (proven_days){.from = from};
}

void proven_days_free(proven_days *freed) {
    memory_free(freed->from, freed->days);
    proven_days_init(freed, freed->from);
}

static void sift_down(calendar_day *days, size_t root, size_t count) {
    calendar_day moving = days[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && days[child] < days[child + 1]) child++;
        if (days[child] <= moving) break;
        days[root] = days[child];
    }
    days[root] = moving;
}

static void heap_sort(calendar_day *days, size_t count) {
    for (size_t i = count / 2; i-- > 0;) sift_down(days, i, count);
    for (size_t end = count; end-- > 1;) {
        calendar_day last = days[end];
        days[end] = days[0];
        days[0] = last;
        sift_down(days, 0, end);
    }
}

/* Proven days follow offence days closely, so insertion finds its place in a step or two; work
** beyond that is handed to a heap. */
static void sort_days(calendar_day *days, size_t count) {
    size_t steps = 0;
    for (size_t i = 1; i < count; i++) {
        calendar_day moving = days[i];
        size_t to = i;
        for (; to > 0 && days[to - 1] > moving; to--) days[to] = days[to - 1];
        days[to] = moving;
        steps += i - to;
        if (steps > 16 * count) {
            heap_sort(days, count);
            return;
        }
    }
}

bool proven_days_collect(proven_days *proven, const history_person *person) {
    const packed_column *columns = person->block->column;
    size_t most = person->offence_end - person->offence;
    void *days = proven->days;
    if (!memory_reserve(proven->from, &days, &proven->capacity, most, sizeof *proven->days))
        return false;
    proven->days = days;
    size_t count = 0;
    for (uint32_t row = person->offence; row < person->offence_end; row++) {
        int64_t day = column_or(&columns[OFFENCE_PROVEN], row, INT64_MAX);
        bool counted = day != INT64_MAX && column_at(&columns[OFFENCE_EXCLUDED], row) == 0;
        proven->days[count] = (calendar_day)day;
        count += counted;
    }
    proven->count = count;
    sort_days(proven->days, count);
    return true;
}

uint32_t proven_days_before(const proven_days *proven, calendar_day day) {
    size_t low = 0, high = proven->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (proven->days[middle] < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

/* Of a person with few offences it is quicker to look at all of them for each index event than to
** put them in order. What does not count stands in the slice as never proven. */
static uint32_t count_proven_before(const int32_t *proven, int32_t row, int32_t end,
                                    calendar_day day) {
    rows_of_4 count = {0};
    for (; row < end; row += ROWS)
        count -= (rows_load(proven + row) < day) & rows_before_end(end - row);
    return rows_sum(count);
}

bool criminal_history_previous(proven_days *room, history_slice *slice,
                               const cohort_entries *entries, uint32_t *previous) {
    enum { FEW = 128 };
    uint32_t in_order = UINT32_MAX; /* the person whose days are in order in the room */
    if (!history_slice_read_offences(slice)) return false;
    for (size_t i = 0; i < entries->count; i++) {
        const cohort_entry *entry = &entries->items[i];
        int32_t from = slice->offence_from[entry->person];
        int32_t end = slice->offence_from[entry->person + 1];
        if (end - from <= FEW) {
            previous[i] = count_proven_before(slice->proven, from, end, entry->date);
            continue;
        }
        if (entry->person != in_order) {
            history_person person = history_slice_person(slice, entry->person, 0);
            if (!proven_days_collect(room, &person)) return false;
            in_order = entry->person;
        }
        previous[i] = proven_days_before(room, entry->date);
    }
    return true;
}

static uint32_t count_custody(const history_person *person, calendar_day index_date) {
    const packed_column *columns = person->block->column;
    uint32_t count = 0;
    for (uint32_t row = person->appearance; row < person->appearance_end; row++) {
        if (column_at(&columns[APPEARANCE_DATE], row) >= index_date) break;
        count += column_at(&columns[APPEARANCE_KIND], row) == KIND_RELEASE &&
                 column_at(&columns[APPEARANCE_EXCLUDED], row) == 0;
    }
    return count;
}

criminal_history criminal_history_at(const proven_days *proven, const history_person *person,
                                     calendar_day index_date) {
    criminal_history before = {.offences = proven_days_before(proven, index_date)};
    for (uint32_t i = 0; i < before.offences; i++)
        before.sanctions += i == 0 || proven->days[i] != proven->days[i - 1];
    if (before.offences)
        before.years_since_first_sanction = calendar_age(proven->days[0], index_date);
    before.custody = count_custody(person, index_date);
    return before;
}

bool criminal_history_is_previous(const history_offence *offence, calendar_day index_date) {
    return !offence->excluded && offence->proven != HISTORY_NULL && offence->proven < index_date;
}

double criminal_history_copas_rate(const criminal_history *before) {
    return log((1.0 + before->sanctions) / (10.0 + before->years_since_first_sanction));
}
