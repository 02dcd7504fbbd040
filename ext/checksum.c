#include "checksum.h"

#include "column.h"

#define MULTIPLIER UINT64_C(0x9E3779B97F4A7C15) /* odd, from the golden ratio: a bijection */

enum { LANES = 4, WORD = 8 };

/* Each step is a bijection of the lane for a given word and of the word for a given lane, so one
** changed word always changes its lane. */
static uint64_t mix(uint64_t lane, uint64_t word) {
    lane = (lane ^ word) * MULTIPLIER;
    return lane ^ lane >> 29;
}

uint64_t checksum(const uint8_t *bytes, size_t size) {
    uint64_t lane[LANES] = {size, 1, 2, 3};
    size_t at = 0;
    for (; at + LANES * WORD <= size; at += LANES * WORD)
        for (int i = 0; i < LANES; i++) lane[i] = mix(lane[i], column_load(bytes + at + i * WORD));
    uint8_t rest[LANES * WORD] = {0};
    memcpy(rest, bytes + at, size - at);
    uint64_t sum = 0;
    for (int i = 0; i < LANES; i++) sum = mix(sum, mix(lane[i], column_load(rest + i * WORD)));
    return sum;
}
