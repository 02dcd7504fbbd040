/* attack.h - what somebody can work out about hidden figures from sums that are known (R35).
**
** The unknowns are hidden figures, none below its floor; each line says that a sum of unknowns,
** each counted +1 or -1, is known. The range of an unknown is the interval from the least to the
** greatest value it can have in any solution. It is found by linear programming: the simplex method
** that starts from the true figures, a solution, and takes Bland's rule against cycles.
**
** 1. A figure that elimination alone gives away has a range of width 0, so this finds all that
**    elimination finds, and more: 0 + 0 = 0 gives two figures away to whoever knows that none is
**    negative.
** 2. Ranges are those of real numbers. For tables with rows, columns and totals their ends are
**    whole numbers; where three or more breakdowns cross they may be fractions.
** 3. A search ends when the unknown has shown a range as wide as is needed; each solution met on
**    the way widens the ranges of all unknowns.
*/
#ifndef REOFFEND_ATTACK_H
#define REOFFEND_ATTACK_H

#include "memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct attack_unknown {
    int64_t value; /* the true figure */
    int64_t floor; /* known to be at least this; not above the value */
    double need;   /* the width its range must have */
    double low;    /* out: the least and the greatest value met, true value included */
    double high;   /* INFINITY: without bound */
} attack_unknown;

/* Coefficient `sign` (1 or -1) of `unknown` in `line`. */
typedef struct attack_entry {
    size_t line;
    size_t unknown;
    int sign;
} attack_entry;

/* Fills the ranges. Where high - low < need afterwards, the range is the whole truth. prices, if
** not NULL, gets for each line by how much the greatest value of the first unknown would grow with
** the line's sum: where a price is not 0, something known keeps it down. False: no memory. */
bool attack_ranges(const memory *from, attack_unknown *unknowns, size_t unknown_count,
                   const attack_entry *entries, size_t entry_count, size_t line_count,
                   double *prices);

#endif
