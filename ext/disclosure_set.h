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

/* What has been decided of a cell elsewhere. */
typedef enum disclosure_decided {
    DISCLOSURE_OPEN,
    DISCLOSURE_KEPT_HIDDEN, /* it is hidden whatever it holds */
    DISCLOSURE_KEPT_SHOWN   /* everybody knows it, so it cannot be hidden */
} disclosure_decided;

typedef struct disclosure_cell {
    int64_t offenders;
    int64_t reoffenders; /* DISCLOSURE_NO_FIGURE: the cell has none */
    bool withheld;       /* published nowhere, but a part of a sum */
    bool outcome;        /* says what people of a group did, so that 0 of them is few as well */
    int64_t least;       /* offenders that everybody knows to be in it, at least; 0: by the rule */
    disclosure_decided decided;
} disclosure_cell;

/* The parts add up to the total, in offenders and, where all have the figure, in re-offenders. */
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

/* The cells of a line: its parts, then its total. */
size_t disclosure_line_size(const disclosure_line *line);
size_t disclosure_line_cell(const disclosure_set *set, const disclosure_line *line, size_t i);

/* What of a cell can move while the rest of it stays as it is, which is how its figures are looked
** at: its re-offenders (of a cell without that figure, its offenders), or its other offenders. In a
** line those of the cells that have the figure add up, to their total or to something known. */
typedef enum disclosure_figure {
    DISCLOSURE_REOFFENDERS,
    DISCLOSURE_OTHERS, /* non-re-offenders */
    DISCLOSURE_FIGURES
} disclosure_figure;

bool disclosure_has_figure(const disclosure_cell *cell, disclosure_figure figure);
int64_t disclosure_value(const disclosure_cell *cell, disclosure_figure figure);

/* The least the figure of a hidden cell can be, as everybody knows, while its other one is what it
** is: `least` offenders are in it, and somebody is in a hidden cell that is published and no
** outcome. */
int64_t disclosure_floor(const disclosure_cell *cell, disclosure_figure figure);

/* True when the parts add up to the total. */
bool disclosure_adds(const disclosure_set *set, const disclosure_line *line);

/* What becomes of a cell. */
typedef enum disclosure_reason {
    DISCLOSURE_SHOWN,
    DISCLOSURE_FEW_OFFENDERS,
    DISCLOSURE_FEW_REOFFENDERS,
    DISCLOSURE_FEW_OTHERS, /* non-re-offenders */
    DISCLOSURE_DECIDED, /* kept hidden */
    DISCLOSURE_SECONDARY,
    DISCLOSURE_WITHHELD
} disclosure_reason;

typedef struct disclosure_verdict {
    disclosure_reason reason;
    size_t line;   /* of a secondary cell: the line in which it hides another, or NONE */
    size_t beside; /* that other cell, or NONE */
    bool exposed;  /* cells kept shown give it away, and nothing is left to hide */
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
