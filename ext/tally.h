/* tally.h - the counts of R23 by group and window. Every count is additive over disjoint groups
** (R24); ratios are taken from finished counts only.
**
** A cell keeps only the counts a query asks for, side by side, and the cells of one group stand in
** window order: an index event belongs to a run of windows, so it finds its group once. It is added
** where the run begins and taken off behind its end; tally_finish adds along the windows, once for
** all.
*/
#ifndef REOFFEND_TALLY_H
#define REOFFEND_TALLY_H

#include "follow_up.h"
#include "group_cells.h"

typedef enum tally_count {
    TALLY_OFFENDERS,
    TALLY_REOFFENDERS,
    TALLY_REOFFENCES,
    TALLY_REAPPEARANCES,
    TALLY_REAPPEARING_OFFENDERS,
    TALLY_VIOLENT_SEXUAL_REOFFENCES,
    TALLY_VIOLENT_SEXUAL_REOFFENDERS,
    TALLY_SERIOUS_ACQUISITIVE_REOFFENCES,
    TALLY_SERIOUS_ACQUISITIVE_REOFFENDERS,
    TALLY_SERIOUS_REOFFENCES,
    TALLY_SERIOUS_REOFFENDERS,
    TALLY_UNCLASSIFIED_REOFFENCES,
    TALLY_PREVIOUS_OFFENCES,
    TALLY_COUNTS
} tally_count;

/* Bit 1 << count for each member. TALLY_OFFENDERS is always kept. */
typedef unsigned tally_set;

/* A cell is whole vectors of so many counts. */
enum { TALLY_VECTOR = 4 };

typedef struct tally {
    int32_t windows;
    tally_set kept;
    int place[TALLY_COUNTS]; /* of a count in its cell; -1: not kept */
    size_t width;            /* counts a cell, a multiple of TALLY_VECTOR */
    group_cells groups;      /* of each its cells: one for each window and one behind */
} tally;

void tally_init(tally *made, const memory *from, int32_t windows, tally_set kept);

/* Gives each group its place when keys 0 to keys - 1 are few enough; before anything is added.
** False: no memory. */
bool tally_lay_dense(tally *in, uint64_t keys);

void tally_free(tally *freed);

/* The cells of the group, made empty when it is new. NULL: no memory. */
static inline uint32_t *tally_find(tally *in, uint64_t key) {
    return group_cells_find(&in->groups, key);
}

/* Lays out what each of `count` offenders adds: `width` counts each. `previous_offences` may be
** NULL when they are not kept. */
void tally_lay_out(const tally *in, const follow_up_outcome *outcomes,
                   const uint32_t *previous_offences, size_t count, uint32_t *added);

typedef uint32_t tally_vector __attribute__((vector_size(TALLY_VECTOR * sizeof(uint32_t))));

static inline tally_vector tally_load(const uint32_t *counts) {
    tally_vector loaded;
    memcpy(&loaded, counts, sizeof loaded);
    return loaded;
}

static inline void tally_store(uint32_t *counts, tally_vector stored) {
    memcpy(counts, &stored, sizeof stored);
}

/* Adds an offender's counts to a run of windows of the group, both ends included. `width` is the
** tally's. */
static inline void tally_add(size_t width, uint32_t *cells, int32_t first, int32_t last,
                             const uint32_t *added) {
    uint32_t *begin = cells + (size_t)first * width, *behind = cells + ((size_t)last + 1) * width;
    do {
        tally_vector more = tally_load(added);
        tally_store(begin, tally_load(begin) + more);
        tally_store(behind, tally_load(behind) - more);
        begin += TALLY_VECTOR;
        behind += TALLY_VECTOR;
        added += TALLY_VECTOR;
        width -= TALLY_VECTOR;
    } while (width);
}

/* Asks for the cells of a run before they are needed. */
static inline void tally_prefetch(size_t width, const uint32_t *cells, int32_t first,
                                  int32_t last) {
    __builtin_prefetch(cells + (size_t)first * width, 1);
    __builtin_prefetch(cells + ((size_t)last + 1) * width, 1);
}

/* Makes counts of what was added and puts the groups in ascending order of key. Nothing can be
** found or added afterwards. */
void tally_finish(tally *finished);

/* A count of a finished cell; 0 when it is not kept. */
uint32_t tally_at(const tally *in, size_t group, int32_t window, tally_count which);

#endif
