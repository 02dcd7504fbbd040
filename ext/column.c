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

packed_column column_plan(const int64_t *values, size_t count) {
    int64_t least = INT64_MAX, most = INT64_MIN;
    bool has_null = false;
    for (size_t i = 0; i < count; i++) {
        if (values[i] == COLUMN_NULL) {
            has_null = true;
        } else {
            if (values[i] < least) least = values[i];
            if (values[i] > most) most = values[i];
        }
    }
    if (least > most) return with_width(0, 0, has_null);
    uint64_t base = (uint64_t)least - has_null;
    return with_width(bits_for((uint64_t)most - base), base, has_null);
}

size_t column_size(const packed_column *planned, size_t count) {
    return (count * planned->width + 7) / 8;
}

static void store(uint8_t *bytes, uint64_t word, size_t size) {
    for (size_t i = 0; i < size; i++) bytes[i] = (uint8_t)(word >> (8 * i));
}

void column_write_header(const packed_column *planned, uint8_t *header) {
    header[0] = (uint8_t)planned->width;
    header[1] = planned->has_null;
    store(header + 2, planned->base, 8);
}

bool column_read_header(packed_column *opened, const uint8_t *header) {
    if ((header[0] > COLUMN_WIDEST && header[0] != 64) || header[1] > 1) return false;
    *opened = with_width(header[0], column_load(header + 2), header[1]);
    return true;
}

void column_write(const packed_column *planned, const int64_t *values, size_t count,
                  uint8_t *bits) {
    if (planned->width == 0) return;
    for (size_t i = 0; i < count; i++) {
        uint64_t distance =
            values[i] == COLUMN_NULL ? planned->null : (uint64_t)values[i] - planned->base;
        size_t bit = i * planned->width;
        uint8_t *place = bits + (bit >> 3);
        store(place, column_load(place) | distance << (bit & 7), 8);
    }
}
