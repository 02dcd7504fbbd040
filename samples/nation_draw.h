/* nation_draw.h - the random numbers of the synthetic nation.
**
** Every person has streams of their own, made from (seed, person, stream), so any person can be
** generated alone and the same seed gives the same bytes on any machine. Only additions,
** multiplications and divisions of IEEE doubles are used, no function of libm, because the last
** bit of log() differs between libraries and would move a date now and then.
*/
#ifndef NATION_DRAW_H
#define NATION_DRAW_H

#include <stdbool.h>
#include <stdint.h>

typedef struct draw {
    uint64_t state[4]; /* xoshiro256** (Blackman and Vigna), seeded by splitmix64 */
} draw;

draw draw_stream(uint64_t seed, uint64_t person, uint64_t stream);
uint64_t draw_mix(uint64_t value); /* one step of splitmix64 */

double draw_unit(draw *source);                  /* 0 <= x < 1 */
bool draw_chance(draw *source, double chance);   /* true with that probability */
int draw_below(draw *source, int count);         /* 0 .. count-1; count >= 1 */
int draw_between(draw *source, int low, int high); /* both ends included */
double draw_exponential(draw *source);           /* mean 1 */
int draw_exponential_days(draw *source, double mean); /* whole days, 0 .. 40 means */

/* An index 0 .. count-1 with probability in proportion to its weight; the sum must be above 0. */
int draw_weighted(draw *source, const int *weights, int count);

#endif
