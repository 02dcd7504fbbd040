/* disclosure_set.h - tables published together: their cells, and the sums among them (R35).
**
** A cell is one group in one table: so many offenders, so many of them re-offenders. A line says
** how cells hang together; a cell may stand in many lines. The set is everything published
** together: rows, columns, totals, and cells that several tables share, given once.
*/
#ifndef REOFFEND_DISCLOSURE_SET_H
#define REOFFEND_DISCLOSURE_SET_H

#include "memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DISCLOSURE_NONE ((size_t)-1)
#define DISCLOSURE_NO_FIGURE ((int64_t)-1)

typedef struct disclosure_cell {
    int64_t offenders;
    int64_t reoffenders; /* DISCLOSURE_NO_FIGURE: the cell has none */
    bool withheld;       /* published nowhere, but a part of a sum */
    bool outcome;        /* says what people of a group did, so that 0 of them is few as well */
    bool hidden_before;  /* in an earlier publication */
} disclosure_cell;

typedef enum disclosure_says {
    DISCLOSURE_SUM,            /* the parts add up to the total, in every figure all of them have */
    DISCLOSURE_OF_REOFFENDERS, /* the parts' offenders add up to the total's re-offenders */
    DISCLOSURE_HIDDEN_WITH     /* no sum: the total is hidden where a part is */
} disclosure_says;

typedef struct disclosure_line {
    size_t total;
    size_t first; /* of its parts in `parts` */
    size_t count;
    disclosure_says says;
} disclosure_line;

typedef struct disclosure_set {
    const disclosure_cell *cells;
    size_t cell_count;
    const disclosure_line *lines;
    size_t line_count;
    const size_t *parts;
} disclosure_set;

/* The cells of a line: its parts, then its total. */
size_t disclosure_line_size(const disclosure_line *line);
size_t disclosure_line_cell(const disclosure_set *set, const disclosure_line *line, size_t i);

/* What of a cell can move while the rest of it stays as it is, which is how its figures are looked
** at: its re-offenders (of a cell without that figure, its offenders), or its other offenders. */
typedef enum disclosure_figure {
    DISCLOSURE_REOFFENDERS,
    DISCLOSURE_OTHERS, /* non-re-offenders */
    DISCLOSURE_FIGURES
} disclosure_figure;

bool disclosure_has_figure(const disclosure_cell *cell, disclosure_figure figure);
int64_t disclosure_value(const disclosure_cell *cell, disclosure_figure figure);

/* True when the figure of the line's cell `i` is a term of the sum the line stands for. The parts
** that are terms add up to the total, if it is one, else to something known. */
bool disclosure_is_term(const disclosure_set *set, const disclosure_line *line, size_t i,
                        disclosure_figure figure);

/* True when the parts add up to the total as the line says. */
bool disclosure_adds(const disclosure_set *set, const disclosure_line *line);

/* What becomes of a cell. */
typedef enum disclosure_reason {
    DISCLOSURE_SHOWN,
    DISCLOSURE_FEW_OFFENDERS,
    DISCLOSURE_FEW_REOFFENDERS,
    DISCLOSURE_FEW_OTHERS, /* non-re-offenders */
    DISCLOSURE_HIDDEN_BEFORE,
    DISCLOSURE_TELLS, /* hidden with a hidden cell it says too much about */
    DISCLOSURE_SECONDARY,
    DISCLOSURE_WITHHELD
} disclosure_reason;

typedef struct disclosure_verdict {
    disclosure_reason reason;
    size_t line;   /* of a secondary cell: the line in which it hides another, or NONE */
    size_t beside; /* that other cell, or NONE */
} disclosure_verdict;

/* The lines of every cell: those of `cell` stand in lines[first[cell]] to lines[first[cell+1]-1],
** in ascending order. */
typedef struct disclosure_index {
    size_t *first;
    size_t *lines;
} disclosure_index;

/* False: no memory; free it all the same. */
bool disclosure_index_build(disclosure_index *index, const memory *from,
                            const disclosure_set *set);
void disclosure_index_free(disclosure_index *index, const memory *from);

#endif
