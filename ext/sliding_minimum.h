/* sliding_minimum.h - the least of the rows in a moving frame, each row added and removed once.
**
** Rows are removed in the order in which they were added, as SQLite's window frames do. A row that
** can never be the least again, because a later one is as small, is forgotten at once; what is left
** stands in ascending order, so the least is always the first. Adding and removing cost a constant
** time on average; the room needed is at most one entry a row (when rows come in ascending order).
**
** A row that takes no part (NULL) is still added, as skipped, and removed in its turn.
*/
#ifndef REOFFEND_SLIDING_MINIMUM_H
#define REOFFEND_SLIDING_MINIMUM_H

#include "memory.h"

#include <stdint.h>

/* Compared by `key`, then by `tie`. */
typedef struct sliding_value {
    int64_t key, tie;
} sliding_value;

typedef struct sliding_entry {
    int64_t row; /* 0 for the first row added */
    sliding_value value;
} sliding_entry;

/* All zero is empty. */
typedef struct sliding_minimum {
    sliding_entry *entries;
    size_t capacity;
    size_t first, end; /* the entries in use */
    int64_t added, removed; /* rows */
} sliding_minimum;

/* False: no memory, and nothing has been added. */
bool sliding_minimum_add(sliding_minimum *rows, const memory *from, sliding_value value);
void sliding_minimum_skip(sliding_minimum *rows);

/* Removes the row added first of those still there. There must be one. */
void sliding_minimum_remove(sliding_minimum *rows);

/* NULL: no row takes part. */
const sliding_value *sliding_minimum_least(const sliding_minimum *rows);

void sliding_minimum_free(sliding_minimum *freed, const memory *from);

#endif
