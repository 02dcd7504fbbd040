/* disclosure.h - which figures of a set of tables must be hidden (rule R35).
**
** A cell is one group in one table: so many offenders, so many of them re-offenders. A line says
** that a total cell is the sum of part cells; a cell may stand in many lines. The set is everything
** published together: rows, columns, totals, and cells that several tables share, given once.
**
** 1. Primary: a cell with offenders, of whom, or of whose re-offenders or non-re-offenders, there
**    are fewer than the threshold, is hidden, whole. 0 re-offenders among 40 is hidden as well: a
**    rate of 0 % or 100 % says something about everybody. A group without offenders says nothing
**    about anybody and is shown. Cells without a re-offender figure are judged by offenders alone.
** 2. Secondary: more cells are hidden until nobody who knows all shown cells and all lines can work
**    out a hidden figure to an interval narrower than the threshold (attack.h): not by elimination,
**    not by 0 + 0 = 0, across all tables of the set. Figures are known not to be negative, and
**    hidden groups to have offenders.
** 3. The cell hidden beside one in danger stands in the line that binds it most. It is chosen in
**    three ways (the fewest further cells needed, then the smallest; the fewest needed, then the
**    largest; the smallest); afterwards each secondary cell, the largest first, is shown again
**    where all stays safe without it; and the way that hides the fewest cells, then the
**    fewest offenders, is taken. Sets of more than 2,000 cells go the first way only.
** 4. A withheld cell is published nowhere (people in no sub-cohort: total minus sub-cohort), but
**    could be worked out: the parts beside it are hidden where it is small. A withheld cell that is
**    not small needs no protection.
** 5. The same set gives the same answer; the order of cells breaks ties.
** 6. Rounding, when wanted, is to the nearest multiple of the base, halves up, after hiding.
**
** Publish hidden or not; never which cells are primary, which says that they are small.
*/
#ifndef REOFFEND_DISCLOSURE_H
#define REOFFEND_DISCLOSURE_H

#include "memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DISCLOSURE_NONE ((size_t)-1)
#define DISCLOSURE_NO_FIGURE ((int64_t)-1)

typedef struct disclosure_cell {
    int64_t offenders;
    int64_t reoffenders; /* DISCLOSURE_NO_FIGURE: the cell has none */
    bool withheld;
} disclosure_cell;

typedef struct disclosure_line {
    size_t total;
    size_t first; /* of its parts in `parts` */
    size_t count;
} disclosure_line;

typedef struct disclosure_set {
    const disclosure_cell *cells;
    size_t cell_count;
    const disclosure_line *lines;
    size_t line_count;
    const size_t *parts;
} disclosure_set;

typedef enum disclosure_reason {
    DISCLOSURE_SHOWN,
    DISCLOSURE_FEW_OFFENDERS,
    DISCLOSURE_FEW_REOFFENDERS,
    DISCLOSURE_FEW_OTHERS, /* non-re-offenders */
    DISCLOSURE_SECONDARY,
    DISCLOSURE_WITHHELD
} disclosure_reason;

typedef struct disclosure_verdict {
    disclosure_reason reason;
    size_t line;   /* of a secondary cell: the line in which it hides another, or NONE */
    size_t beside; /* that other cell, or NONE */
} disclosure_verdict;

typedef enum disclosure_status {
    DISCLOSURE_OK,
    DISCLOSURE_NO_MEMORY,
    DISCLOSURE_DOES_NOT_ADD /* *where: the line whose parts are not its total */
} disclosure_status;

/* One verdict a cell. threshold >= 0; 0 hides nothing. */
disclosure_status disclosure_protect(const memory *from, const disclosure_set *set,
                                     int64_t threshold, disclosure_verdict *verdicts,
                                     size_t *where);

/* base >= 1; number >= 0. */
int64_t disclosure_round(int64_t number, int64_t base);

const char *disclosure_reason_text(disclosure_reason reason);

#endif
