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
** 4. Cells stand in few lines, so nearly all numbers of the method are 0: rows hold only others.
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

typedef struct attack_term {
    size_t column;
    double value; /* not 0 */
} attack_term;

/* A row of the simplex method: basic unknown + the terms (in ascending order, its own among them,
** 1) is a constant. */
typedef struct attack_row {
    attack_term *terms;
    size_t count, capacity;
    size_t basic;
    size_t stamp; /* when it was met last */
} attack_row;

/* A column: an unknown or, where prices are asked for, a line. */
typedef struct attack_column {
    size_t *rows; /* that may have a term in it, perhaps twice */
    size_t count, capacity;
    size_t row;   /* in which it is basic, ATTACK_NOT_BASIC */
    double value; /* in the solution at hand, above the floor */
} attack_column;

#define ATTACK_NOT_BASIC ((size_t)-1)

/* The equations, solved for their basic unknowns. Start with {.from = memory}; room is kept from
** one attack to the next. */
typedef struct attack_space {
    const memory *from;
    attack_row *rows;
    size_t row_count, rows_made, row_capacity;
    attack_column *columns;
    size_t column_count, columns_made, column_capacity;
    size_t first_line, line_count; /* the columns that are lines */
    attack_term *scratch;
    size_t scratch_capacity;
    attack_unknown *unknowns; /* by column; the caller's */
    size_t stamp;
} attack_space;

void attack_space_free(attack_space *space);

/* Fills the ranges. Where high - low < need afterwards, the range is the whole truth. False: no
** memory. */
bool attack_ranges(attack_space *space, attack_unknown *unknowns, size_t unknown_count,
                   const attack_entry *entries, size_t entry_count, size_t line_count);

/* The same in steps, for many attacks on sums that stay while unknowns are added.
**
** attack_begin sets the equations up. Unknowns are numbered from 0; those added later follow the
** lines, from unknown_count + line_count on, and `unknowns` must have room for them.
** attack_add adds one, known so far, in the lines of the entries (whose `unknown` is not read), and
** returns its number, SIZE_MAX without memory.
** attack_copy makes a copy to work on, with another array of unknowns. `with_lines` keeps what
** prices are read from: most of the terms.
** attack_range fills the range of one unknown; `prices` gets for each line by how much its greatest
** value would grow with the line's sum: where a price is not 0, something known keeps it down. In
** a copy without lines all are 0.
** `moved` is set for each unknown that is not at its true value where the range ends. */
bool attack_begin(attack_space *space, attack_unknown *unknowns, size_t unknown_count,
                  const attack_entry *entries, size_t entry_count, size_t line_count);
size_t attack_add(attack_space *space, const attack_unknown *unknown, const attack_entry *entries,
                  size_t entry_count);
bool attack_copy(attack_space *to, const attack_space *original, attack_unknown *unknowns,
                 bool with_lines);
bool attack_range(attack_space *space, size_t unknown, double *prices, bool *moved);

#endif
