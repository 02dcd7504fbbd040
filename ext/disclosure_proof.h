/* disclosure_proof.h - is a hidden figure safe from everybody who knows the rest? (R35)
**
** Safe: each figure of the cell can lie, for somebody who knows all shown cells and all lines, in
** an interval at least as wide as the threshold. Known besides: no figure is negative, a hidden
** cell that is no outcome has somebody in it, and so many as the cell says everybody knows
** (`least`).
**
** 1. A cell is proven on its neighbourhood: the hidden cells it shares lines with, those that
**    these share lines with, and so on, at most `breadth` of a line beside the first and `limit`
**    in all. Every other hidden cell is taken as known. Who knows less can find less, so what is
**    safe there is safe.
** 2. Re-offenders and others are looked at one after the other, the one as if the other were known,
**    for the same reason. Offenders, who are both, move at least as much.
** 3. What is not safe on a neighbourhood may be so on a larger one; in the end among all hidden
**    cells (disclosure_whole.h). Where no cell was left out (`is_whole`) no larger one would do.
** 4. The ranges are those of real numbers, by linear programming (attack.h).
*/
#ifndef REOFFEND_DISCLOSURE_PROOF_H
#define REOFFEND_DISCLOSURE_PROOF_H

#include "attack.h"
#include "disclosure_set.h"

typedef struct disclosure_proof {
    const memory *from;
    const disclosure_set *set;
    const disclosure_index *index;
    const bool *hidden; /* by cell, withheld ones included */
    int64_t threshold;
    /* of the last neighbourhood: */
    size_t *members;
    size_t member_count;
    bool *safe;  /* by member: all its figures are */
    bool *moved; /* by member: the proof does not hold where it is known */
    bool is_whole;
    /* for its own use: */
    size_t *place; /* by cell: its place in members, NONE outside */
    size_t *lines; /* that a member stands in */
    size_t line_count;
    bool *has_line; /* by line */
    attack_unknown *unknowns; /* by member */
    size_t unknown_capacity;
    attack_entry *entries;
    size_t entry_count, entry_capacity;
    attack_space space;
} disclosure_proof;

/* Set from, set, index, hidden and threshold, the rest 0. False: no memory; free it all the
** same. */
bool disclosure_proof_start(disclosure_proof *proof);
void disclosure_proof_free(disclosure_proof *proof);

/* Fills `safe` and `moved` for the neighbourhood of a hidden cell, its member 0. False: no
** memory. Members other than the cell are found safe only by luck. */
bool disclosure_proof_try(disclosure_proof *proof, size_t cell, size_t breadth, size_t limit);

#endif
