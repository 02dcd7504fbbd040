/* attacker.h - somebody who has the published tables and wants what is hidden in them.
**
** Knows nothing of how figures are hidden: not the sources of ext/, not the reasons, not what is
** small. An unknown is a hidden figure with a known least value; a sum says that some unknowns,
** each counted so many times (a whole number, perhaps negative), make a known number.
**
** 1. Elimination, exactly, over the integers modulo a prime: which unknowns the sums leave one
**    value, and which.
** 2. Bounds from one sum at a time, over and over until they stay.
** 3. The narrowest bounds the sums allow, by linear programming. Of many unknowns only the sums
**    nearest to each are taken (`most_sums`): bounds from fewer sums are wider, never wrong.
*/
#ifndef REOFFEND_TESTS_ATTACKER_H
#define REOFFEND_TESTS_ATTACKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct attacker_term {
    size_t unknown;
    int64_t weight; /* not 0 */
} attacker_term;

typedef struct attacker_sum {
    size_t first; /* of its terms */
    size_t count;
    int64_t value;
} attacker_sum;

typedef struct attacker {
    size_t unknown_count, unknown_capacity;
    int64_t *least;
    bool *ignored;
    bool *solved;        /* after attacker_eliminate */
    int64_t *solution;   /* of a solved one */
    double *low, *high;  /* after attacker_bound, attacker_program; high may be INFINITY */
    attacker_sum *sums;
    size_t sum_count, sum_capacity;
    attacker_term *terms;
    size_t term_count, term_capacity;
    size_t *unknown_sums; /* the sums of each unknown, unknown after unknown */
    size_t *unknown_first;
} attacker;

/* Zero-initialise; free with attacker_free. Out of memory aborts. */
size_t attacker_add_unknown(attacker *a, int64_t least);
void attacker_begin_sum(attacker *a, int64_t value);
/* To the sum begun last. */
void attacker_add_term(attacker *a, size_t unknown, int64_t weight);
void attacker_ignore(attacker *a, size_t unknown); /* its bounds are not wanted */
void attacker_free(attacker *a);

/* How many unknowns are solved for. */
size_t attacker_eliminate(attacker *a);
void attacker_bound(attacker *a);
/* Narrows the bounds of every unknown that is not ignored; call attacker_bound first. False: the
** sums contradict one another, so they have been put together wrongly. */
bool attacker_program(attacker *a, size_t most_sums);

/* How many unknowns lie in an interval narrower than `width`. */
size_t attacker_narrow(const attacker *a, double width);

#endif
