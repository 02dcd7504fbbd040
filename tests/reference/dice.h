/* dice.h - random numbers for made-up cases: splitmix64, the same everywhere. */
#ifndef REOFFEND_TESTS_DICE_H
#define REOFFEND_TESTS_DICE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct dice {
    uint64_t state;
} dice;

static inline uint64_t roll(dice *d) {
    uint64_t mixed = d->state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

/* 0 to below - 1. */
static inline int below(dice *d, int limit) {
    return (int)(roll(d) % (uint64_t)limit);
}

static inline bool chance(dice *d, int percent) {
    return below(d, 100) < percent;
}

#define PICK(d, list) ((list)[below((d), (int)(sizeof(list) / sizeof(list)[0]))])

#endif
