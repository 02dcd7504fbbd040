/* tally.h - the counts of R23 by group and window. Every count is additive over disjoint groups
** (R24); ratios are taken from finished counts only.
**
** A cell keeps only the counts a query asks for, side by side, and the cells of one group stand in
** window order: an index event belongs to a run of windows, so it finds its group once and adds
** along the run. A pass over a nation is bound by how many cache lines it touches, not by sums:
** while all groups there can be fit in a few megabytes each has its place and is not looked up
** (dense); else those that occur are found by hashing.
*/
#ifndef REOFFEND_TALLY_H
#define REOFFEND_TALLY_H

#include "follow_up.h"
#include "memory.h"

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

/* Room for every count, in whole vectors of four. */
enum { TALLY_VECTOR = 4, TALLY_WIDEST = 16 };

/* What one offender adds to a cell, in the cell's layout. */
typedef struct tally_added {
    uint32_t count[TALLY_WIDEST];
} tally_added;

typedef struct tally_group {
    uint64_t key;
    uint32_t *cells; /* one for each window, `width` counts each */
} tally_group;

typedef struct tally {
    const memory *from;
    int32_t windows;
    uint32_t *dense;   /* the cells of every key there can be, key by key; NULL: hashed */
    size_t group_size; /* counts of a group: of all its windows */
    tally_set kept;
    int place[TALLY_COUNTS]; /* of a count in its cell; -1: not kept */
    size_t width;            /* counts a cell, a multiple of TALLY_VECTOR */
    tally_group *groups;
    size_t count, capacity;
    uint32_t *slots; /* open addressing: 1 + place in groups, 0 is empty */
    size_t slot_count;
    size_t recent; /* the group found last: neighbours are alike */
} tally;

void tally_init(tally *made, const memory *from, int32_t windows, tally_set kept);

/* Makes it dense when keys 0 to keys - 1 are few enough; before anything is added. False: no
** memory. */
bool tally_lay_dense(tally *in, uint64_t keys);

void tally_free(tally *freed);

/* As tally_find, of a tally that is not dense. */
uint32_t *tally_find_hashed(tally *in, uint64_t key);

/* The cells of the group, made empty when it is new. NULL: no memory. */
static inline uint32_t *tally_find(tally *in, uint64_t key) {
    return in->dense ? in->dense + key * in->group_size : tally_find_hashed(in, key);
}

/* Lays out what one offender with that outcome adds. */
void tally_lay_out(const tally *in, const follow_up_outcome *outcome, uint32_t previous_offences,
                   tally_added *added);

/* Adds to the cells of a run of windows, both ends included. */
void tally_add(const tally *in, uint32_t *cells, int32_t first, int32_t last,
               const tally_added *added);

/* Asks for the cells of a run before they are needed. */
static inline void tally_prefetch(const tally *in, const uint32_t *cells, int32_t first,
                                  int32_t last) {
    __builtin_prefetch(cells + (size_t)first * in->width, 1);
    __builtin_prefetch(cells + ((size_t)last + 1) * in->width - 1, 1);
}

/* A count of a finished cell; 0 when it is not kept. */
uint32_t tally_at(const tally *in, size_t group, int32_t window, tally_count which);

/* Puts the groups in ascending order of key; nothing can be found or added afterwards. */
void tally_sort(tally *finished);

#endif
