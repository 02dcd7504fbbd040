/* tally.h - the counts of R23 by group and window. Everything in a cell is additive over disjoint
** groups (R24); ratios are taken from finished cells only.
**
** The cells of one group lie side by side in window order: an index event belongs to a run of
** windows, so it finds its group once and adds along the run.
*/
#ifndef REOFFEND_TALLY_H
#define REOFFEND_TALLY_H

#include "follow_up.h"
#include "memory.h"

typedef struct tally_cell {
    uint32_t offenders;
    uint32_t reoffenders, reoffences;
    uint32_t reappearing_offenders, reappearances;
    uint32_t violent_sexual_reoffenders, violent_sexual_reoffences;
    uint32_t serious_acquisitive_reoffenders, serious_acquisitive_reoffences;
    uint32_t serious_reoffenders, serious_reoffences;
    uint32_t unclassified_reoffences;
    uint32_t previous_offences;
} tally_cell;

typedef struct tally_group {
    uint64_t key;
    tally_cell *cells; /* one for each window */
} tally_group;

typedef struct tally {
    const memory *from;
    int32_t windows;
    tally_group *groups;
    size_t count, capacity;
    uint32_t *slots; /* open addressing: 1 + place in groups, 0 is empty */
    size_t slot_count;
    size_t recent; /* the group found last: neighbours are alike */
} tally;

void tally_init(tally *made, const memory *from, int32_t windows);
void tally_free(tally *freed);

/* The cells of the group, made empty when it is new. NULL: no memory. */
tally_cell *tally_find(tally *in, uint64_t key);

/* What one offender with that outcome adds to a cell. */
tally_cell tally_cell_of(const follow_up_outcome *outcome, uint32_t previous_offences);

void tally_add(tally_cell *to, const tally_cell *added);

/* Puts the groups in ascending order of key; nothing can be found or added afterwards. */
void tally_sort(tally *finished);

#endif
