/* disclosure_hiding.h - cells hidden so far, the proofs that they are safe, and what to hide next.
**
** A hidden cell needs a proof (disclosure_proof.h). A proof once found stays good while more cells
** are hidden; it falls when a cell it rests on (its support) is shown.
*/
#ifndef REOFFEND_DISCLOSURE_HIDING_H
#define REOFFEND_DISCLOSURE_HIDING_H

#include "disclosure_proof.h"
#include "disclosure_whole.h"

/* The ways to choose what to hide beside a cell: the fewest further cells needed, then the
** smallest; the fewest needed, then the largest; the smallest. */
typedef enum disclosure_way {
    DISCLOSURE_FEWEST_SMALLEST,
    DISCLOSURE_FEWEST_LARGEST,
    DISCLOSURE_SMALLEST,
    DISCLOSURE_WAYS
} disclosure_way;

/* What a proof rests on: `count` cells, from `first` in `supports`. */
typedef struct disclosure_support {
    size_t first;
    size_t count;
} disclosure_support;

typedef struct disclosure_hiding {
    const memory *from;
    const disclosure_set *set;
    int64_t threshold;
    disclosure_verdict *verdicts;
    disclosure_way way;
    disclosure_index index;
    bool *hidden;       /* by cell: its verdict is not SHOWN */
    const size_t *cells; /* that are protected now: cells joined by lines */
    size_t count;
    size_t *fresh; /* cells as they were hidden */
    size_t fresh_count;
    size_t fresh_done; /* of these disclosure_hide_narrow has looked at */
    size_t *proof_of; /* by cell: its proof, NONE when it has none */
    disclosure_support *proofs;
    size_t proof_count, proof_capacity;
    size_t *supports;
    size_t support_count, support_capacity;
    disclosure_proof search;
    disclosure_whole whole;
} disclosure_hiding;


/* Set from, set, threshold and verdicts, the rest 0. False: no memory; free it all the same. */
bool disclosure_hiding_start(disclosure_hiding *hiding);
void disclosure_hiding_free(disclosure_hiding *hiding);

/* Begins with the cells (of `cells`) that are hidden for their own sake, without a proof. */
void disclosure_hide_primary(disclosure_hiding *hiding);

/* A hidden cell, or a small one nobody publishes. */
bool disclosure_needs_proof(const disclosure_hiding *hiding, size_t cell);

/* True when a single line gives the cell away, which is quick to see. */
bool disclosure_is_narrow(const disclosure_hiding *hiding, size_t cell);

/* Looks for a proof of the cell where it has none; proof_of says whether there is one then. Not
** thorough: on small neighbourhoods alone. False: no memory. */
bool disclosure_prove(disclosure_hiding *hiding, size_t cell, bool thorough);

/* Hides beside cells that a single line gives away, until there are none: it looks at those hidden
** since the last time, for a cell is given away less and less. False: no memory. */
bool disclosure_hide_narrow(disclosure_hiding *hiding);

/* Hides until the cell has a proof, or nothing is left that could be hidden. False: no memory. */
bool disclosure_protect_cell(disclosure_hiding *hiding, size_t cell);

#endif
