#include "nation_draw.h"

#include <stddef.h>

static uint64_t rotate(uint64_t value, int bits) {
    return (value << bits) | (value >> (64 - bits));
}

uint64_t draw_mix(uint64_t value) {
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

draw draw_stream(uint64_t seed, uint64_t person, uint64_t stream) {
    draw source;
    uint64_t value = draw_mix(draw_mix(draw_mix(seed) ^ person) ^ stream);
    for (int i = 0; i < 4; i++) source.state[i] = value = draw_mix(value);
    return source;
}

static uint64_t next(draw *source) {
    uint64_t *s = source->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

double draw_unit(draw *source) {
    return (double)(next(source) >> 11) * (1.0 / 9007199254740992.0);
}

bool draw_chance(draw *source, double chance) {
    return draw_unit(source) < chance;
}

int draw_below(draw *source, int count) {
    return (int)(draw_unit(source) * count);
}

int draw_between(draw *source, int low, int high) {
    return low + draw_below(source, high - low + 1);
}

/* -ln(x) for 0 < x <= 1: halve until x is near 1, then ln x = 2 atanh((x-1)/(x+1)) as a series. */
static double minus_log(double x) {
    double halvings = 0, ratio, square, term, sum = 0;
    while (x < 0.70710678) {
        x *= 2;
        halvings++;
    }
    ratio = (x - 1) / (x + 1);
    square = ratio * ratio;
    term = ratio;
    for (int i = 1; i < 24; i += 2) {
        sum += term / i;
        term *= square;
    }
    return halvings * 0.6931471805599453 - 2 * sum;
}

double draw_exponential(draw *source) {
    return minus_log(1.0 - draw_unit(source));
}

int draw_exponential_days(draw *source, double mean) {
    return (int)(draw_exponential(source) * mean);
}

int draw_weighted(draw *source, const int *weights, int count) {
    int sum = 0, chosen, i;
    for (i = 0; i < count; i++) sum += weights[i];
    chosen = draw_below(source, sum);
    for (i = 0; i < count - 1; i++) {
        if (chosen < weights[i]) break;
        chosen -= weights[i];
    }
    return i;
}
