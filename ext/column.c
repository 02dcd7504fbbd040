#include "column.h"

static uint32_t bits_for(uint64_t distance) {
    uint32_t width = distance ? 64 - (uint32_t)__builtin_clzll(distance) : 0;
    return width > COLUMN_WIDEST ? 64 : width;
}

static packed_column with_width(uint32_t width, uint64_t base, bool has_null) {
    packed_column made = {.base = base, .width = width, .has_null = has_null};
    made.mask = width == 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
    made.null = has_null ? 0 : UINT64_MAX;
    return made;
}

/* Counted from COLUMN_NULL, which becomes 0 and then, one less, the greatest number there is: so
** one pass without branches finds the ends of what is not NULL. */
packed_column column_plan(const int64_t *values, size_t count) {
    uint64_t least = UINT64_MAX, most = 0, least_of_all = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
        uint64_t raised = (uint64_t)values[i] - (uint64_t)COLUMN_NULL;
        least = raised - 1 < least ? raised - 1 : least;
        least_of_all = raised < least_of_all ? raised : least_of_all;
        most = raised > most ? raised : most;
    }
    bool has_null = count > 0 && least_of_all == 0;
    if (most == 0) return with_width(0, 0, has_null);
    uint64_t base = least + 1 + (uint64_t)COLUMN_NULL - has_null;
    return with_width(bits_for(most + (uint64_t)COLUMN_NULL - base), base, has_null);
}

size_t column_size(const packed_column *planned, size_t count) {
    return (count * planned->width + 7) / 8;
}

static inline void store_8(uint8_t *bytes, uint64_t word) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(bytes, &word, sizeof word);
}

void column_write_header(const packed_column *planned, uint8_t *header) {
    header[0] = (uint8_t)planned->width;
    header[1] = planned->has_null;
    store_8(header + 2, planned->base);
}

bool column_read_header(packed_column *opened, const uint8_t *header) {
    if ((header[0] > COLUMN_WIDEST && header[0] != 64) || header[1] > 1) return false;
    *opened = with_width(header[0], column_load(header + 2), header[1]);
    return true;
}

void column_write(const packed_column *planned, const int64_t *values, size_t count,
                  uint8_t *bits) {
    uint64_t waiting = 0; /* bits not yet in a whole byte */
    uint32_t count_waiting = 0, width = planned->width;
    if (width == 0) return;
    for (size_t i = 0; i < count; i++) {
        uint64_t distance =
            values[i] == COLUMN_NULL ? planned->null : (uint64_t)values[i] - planned->base;
        waiting |= distance << count_waiting;
        count_waiting += width;
        store_8(bits, waiting);
        bits += count_waiting / 8;
        waiting = width == 64 ? 0 : waiting >> (count_waiting & ~UINT32_C(7));
        count_waiting &= 7;
    }
}

bool column_fits_32(const packed_column *opened) {
    int64_t base = (int64_t)opened->base;
    return opened->width < 32 && base >= INT32_MIN && base <= INT32_MAX - (int64_t)opened->mask;
}

/* Values by eights, which begin on a byte whatever their width. The width is known where this is
** compiled, so that every value has its shift and its place in the code: twice as fast as reckoning
** them. */
static inline __attribute__((always_inline)) void
unpack_eights(const uint8_t *bits, size_t eights, uint32_t width, uint32_t base, int32_t *values) {
    const uint32_t mask = (UINT32_C(1) << width) - 1;
    for (size_t i = 0; i < eights; i++, bits += width, values += 8)
        for (uint32_t k = 0, bit = 0; k < 8; k++, bit += width)
            values[k] =
                (int32_t)(base + ((uint32_t)(column_load(bits + bit / 8) >> bit % 8) & mask));
}

#define WIDTH(width)                                                                               \
    case width:                                                                                    \
        unpack_eights(bits, eights, width, base, values);                                          \
        break;
#define WIDTHS_4(w) WIDTH(w) WIDTH(w + 1) WIDTH(w + 2) WIDTH(w + 3)
#define WIDTHS_16(w) WIDTHS_4(w) WIDTHS_4(w + 4) WIDTHS_4(w + 8) WIDTHS_4(w + 12)

static void unpack_width(const uint8_t *bits, size_t eights, uint32_t width, uint32_t base,
                         int32_t *restrict values) {
    switch (width) {
        WIDTHS_16(0)
        WIDTHS_16(16)
    }
}

void column_unpack(const packed_column *from, size_t first, size_t count, int32_t none,
                   int32_t *restrict values) {
    const packed_column column = *from;
    const uint32_t base = (uint32_t)column.base;
    size_t i = 0;
    for (; i < count && (first + i) % 8; i++)
        values[i] = (int32_t)(base + (uint32_t)column_distance(&column, first + i));
    size_t eights = (count - i) / 8;
    unpack_width(column.bits + (first + i) / 8 * column.width, eights, column.width, base,
                 values + i);
    for (i += 8 * eights; i < count; i++)
        values[i] = (int32_t)(base + (uint32_t)column_distance(&column, first + i));
    if (column.has_null)
        for (i = 0; i < count; i++) values[i] = (uint32_t)values[i] == base ? none : values[i];
}
