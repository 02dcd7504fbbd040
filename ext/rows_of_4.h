/* rows_of_4.h - four 32-bit values of an array, gone through together.
**
** Most people have few events, so a loop over one person's would mostly be guessed wrong where it
** ends. Four rows are looked at together instead, those that do not count masked out: a comparison
** gives -1 for yes and 0 for no, in each of the four. Arrays must be readable for three values
** behind their end.
*/
#ifndef REOFFEND_ROWS_OF_4_H
#define REOFFEND_ROWS_OF_4_H

#include <stdint.h>
#include <string.h>

enum { ROWS = 4 };

typedef int32_t rows_of_4 __attribute__((vector_size(ROWS * sizeof(int32_t))));

static inline rows_of_4 rows_load(const int32_t *values) {
    rows_of_4 loaded;
    memcpy(&loaded, values, sizeof loaded);
    return loaded;
}

/* The rows that are left before an end. */
static inline rows_of_4 rows_before_end(int32_t left) {
    const rows_of_4 place = {0, 1, 2, 3};
    return place < left;
}

static inline rows_of_4 rows_lesser(rows_of_4 a, rows_of_4 b) {
    rows_of_4 is_less = a < b;
    return (a & is_less) | (b & ~is_less);
}

static inline uint32_t rows_sum(rows_of_4 values) {
    return (uint32_t)values[0] + (uint32_t)values[1] + (uint32_t)values[2] + (uint32_t)values[3];
}

static inline int32_t rows_least(rows_of_4 values) {
    int32_t least = values[0];
    for (int i = 1; i < ROWS; i++) least = values[i] < least ? values[i] : least;
    return least;
}

#endif
