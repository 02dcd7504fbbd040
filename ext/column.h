/* column.h - a column of whole numbers, packed with the same number of bits for each value.
**
** 1. A value is stored as its distance from the column's base, in `width` bits; equal values cost
**    nothing (width 0). Any value can be read by itself, without branching and without unpacking
**    its neighbours: that is what makes one pass over a nation cheap.
** 2. Where a column holds NULLs, distance 0 stands for NULL and the base lies one below the least
**    value.
** 3. Reading a value loads eight bytes. Whoever lays columns out leaves COLUMN_PADDING bytes
**    readable behind the last one; column_open checks lengths, so reading never needs to.
** 4. Widths are 0 to 56, or 64. Bytes are little-endian on every machine.
*/
#ifndef REOFFEND_COLUMN_H
#define REOFFEND_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { COLUMN_PADDING = 8, COLUMN_HEADER_SIZE = 10, COLUMN_WIDEST = 56 };

/* NULL among the values given to column_plan. */
#define COLUMN_NULL INT64_MIN

typedef struct packed_column {
    const uint8_t *bits;
    uint64_t mask;
    uint64_t base;  /* added modulo 2^64 */
    uint64_t null;  /* the distance that means NULL; UINT64_MAX when the column has none */
    uint32_t width; /* bits a value */
    bool has_null;
} packed_column;

/* Chooses base and width for the values; COLUMN_NULL marks NULLs. */
packed_column column_plan(const int64_t *values, size_t count);

/* Bytes the values take at the planned width. */
size_t column_size(const packed_column *planned, size_t count);

/* Writes COLUMN_HEADER_SIZE bytes. */
void column_write_header(const packed_column *planned, uint8_t *header);

/* Writes the values. `bits` has column_size() + COLUMN_PADDING bytes; those after the values are
** cleared. */
void column_write(const packed_column *planned, const int64_t *values, size_t count, uint8_t *bits);

/* Reads a header written by column_write_header. False: not one that function writes. */
bool column_read_header(packed_column *opened, const uint8_t *header);

static inline uint64_t column_load(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline uint64_t column_distance(const packed_column *from, size_t row) {
    size_t bit = row * from->width;
    return (column_load(from->bits + (bit >> 3)) >> (bit & 7)) & from->mask;
}

/* The value; COLUMN_NULL's place is not told apart, so only for columns without NULLs. */
static inline int64_t column_at(const packed_column *from, size_t row) {
    return (int64_t)(from->base + column_distance(from, row));
}

/* The value, or `none` for NULL. */
static inline int64_t column_or(const packed_column *from, size_t row, int64_t none) {
    uint64_t distance = column_distance(from, row);
    return distance == from->null ? none : (int64_t)(from->base + distance);
}

/* The column's values lie within int32_t, NULL aside. */
bool column_fits_32(const packed_column *opened);

/* Unpacks `count` values from row `first` on, those of a column that fits 32 bits; NULL as `none`.
** Going through all rows this costs a third of reading each by itself. */
void column_unpack(const packed_column *from, size_t first, size_t count, int32_t none,
                   int32_t *values);

/* True when all values are the same one. */
static inline bool column_is_constant(const packed_column *from, int64_t value) {
    return from->width == 0 && !from->has_null && (int64_t)from->base == value;
}

#endif
