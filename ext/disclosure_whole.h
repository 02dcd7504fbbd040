/* disclosure_whole.h - is a hidden figure safe, all hidden cells of joined tables looked at? (R35)
**
** The equations of all hidden cells that hang together, solved once for each figure and kept: a
** proof works on a copy, and a cell hidden later is added. This is the last try where a
** neighbourhood (disclosure_proof.h) is too small, and it says what keeps a figure from being
** safe.
*/
#ifndef REOFFEND_DISCLOSURE_WHOLE_H
#define REOFFEND_DISCLOSURE_WHOLE_H

#include "attack.h"
#include "disclosure_set.h"

/* The equations of one figure. */
typedef struct disclosure_system {
    attack_space solved, copy;
    attack_unknown *unknowns, *copied; /* by column */
    size_t *column; /* by cell: NONE where it has none */
    size_t *cell;   /* by column */
} disclosure_system;

typedef struct disclosure_whole {
    const memory *from;
    const disclosure_set *set;
    const disclosure_index *index;
    int64_t threshold;
    bool is_ready;
    /* of the last try: */
    bool is_safe;
    size_t *support; /* the cells the proof does not hold without */
    size_t support_count;
    size_t *also; /* other cells the solutions met on the way prove safe */
    size_t also_count;
    size_t *also_support; /* what their proofs do not hold without */
    size_t also_support_count;
    disclosure_figure priced; /* the figure that is not safe */
    double *prices;           /* by place in lines, of that figure: see attack.h */
    /* for its own use: */
    size_t *lines; /* of the cells */
    size_t line_count;
    size_t *place_of; /* by line: its place in lines, NONE outside */
    disclosure_system systems[DISCLOSURE_FIGURES];
    bool *moved;      /* by column */
    bool *is_support; /* by cell */
    bool *is_also_support;
    int *wide; /* by cell: how many of its figures the solutions met prove safe */
    attack_entry *entries;
    size_t entry_capacity;
} disclosure_whole;

/* Set from, set, index and threshold, the rest 0. False: no memory; free it all the same. */
bool disclosure_whole_start(disclosure_whole *whole);
void disclosure_whole_free(disclosure_whole *whole);

/* Solves the equations of those of the cells that are hidden. False: no memory. */
bool disclosure_whole_solve(disclosure_whole *whole, const size_t *cells, size_t count,
                            const bool *hidden);
/* A cell is hidden as well; does nothing when nothing is solved. False: no memory. */
bool disclosure_whole_add(disclosure_whole *whole, size_t cell);
/* Another set of cells is looked at, or one is shown again. */
void disclosure_whole_forget(disclosure_whole *whole);

/* Sets is_safe, support, also and also_support, or priced and prices, for a hidden cell. False: no
** memory. */
bool disclosure_whole_try(disclosure_whole *whole, size_t cell);

#endif
