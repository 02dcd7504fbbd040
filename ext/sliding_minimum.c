#include "sliding_minimum.h"

#include <string.h>

static bool is_less(sliding_value a, sliding_value b) {
    return a.key < b.key || (a.key == b.key && a.tie < b.tie);
}

/* Makes room for one entry at the end: moves to the front when half is unused, else grows. */
static bool make_room(sliding_minimum *rows, const memory *from) {
    if (rows->end < rows->capacity) return true;
    if (rows->first > 0 && rows->first >= rows->capacity / 2) {
        size_t count = rows->end - rows->first;
        memmove(rows->entries, rows->entries + rows->first, count * sizeof *rows->entries);
        rows->first = 0;
        rows->end = count;
        return true;
    }
    void *entries = rows->entries;
    if (!memory_reserve(from, &entries, &rows->capacity, rows->end + 1, sizeof *rows->entries))
        return false;
    rows->entries = entries;
    return true;
}

bool sliding_minimum_add(sliding_minimum *rows, const memory *from, sliding_value value) {
    size_t end = rows->end;
    while (end > rows->first && !is_less(rows->entries[end - 1].value, value)) end--;
    if (end == rows->end) {
        if (!make_room(rows, from)) return false;
        end = rows->end;
    }
    rows->entries[end] = (sliding_entry){rows->added++, value};
    rows->end = end + 1;
    return true;
}

void sliding_minimum_skip(sliding_minimum *rows) {
    rows->added++;
}

void sliding_minimum_remove(sliding_minimum *rows) {
    if (rows->first < rows->end && rows->entries[rows->first].row == rows->removed) rows->first++;
    rows->removed++;
    if (rows->first == rows->end) rows->first = rows->end = 0;
}

const sliding_value *sliding_minimum_least(const sliding_minimum *rows) {
    return rows->first < rows->end ? &rows->entries[rows->first].value : NULL;
}

void sliding_minimum_free(sliding_minimum *freed, const memory *from) {
    memory_free(from, freed->entries);
    *freed = (sliding_minimum){0};
}
