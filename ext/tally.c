#include "tally.h"

#include <string.h>

void tally_init(tally *made, const memory *from, int32_t windows, tally_set kept) {
    *made = (tally){.windows = windows, .kept = kept | 1u << TALLY_OFFENDERS};
    int used = 0;
    for (int i = 0; i < TALLY_COUNTS; i++) made->place[i] = made->kept >> i & 1 ? used++ : -1;
    made->width = (size_t)(used + TALLY_VECTOR - 1) / TALLY_VECTOR * TALLY_VECTOR;
    group_cells_init(&made->groups, from,
                     ((size_t)windows + 1) * made->width * sizeof(uint32_t));
}

bool tally_lay_dense(tally *in, uint64_t keys) {
    enum { DENSE_BYTES = 8 << 20 };
    return group_cells_lay_dense(&in->groups, keys, DENSE_BYTES);
}

void tally_free(tally *freed) {
    group_cells_free(&freed->groups);
}

/* Lays out one count of all offenders. */
#define LAY_OUT(which, value)                                                                      \
    case which:                                                                                    \
        for (size_t i = 0; i < count; i++) added[i * width] = (value);                             \
        break;

static void lay_out_count(tally_count which, const follow_up_outcome *outcomes,
                          const uint32_t *previous_offences, size_t count, size_t width,
                          uint32_t *added) {
    switch (which) {
        LAY_OUT(TALLY_OFFENDERS, 1)
        LAY_OUT(TALLY_REOFFENDERS, outcomes[i].reoffences > 0)
        LAY_OUT(TALLY_REOFFENCES, outcomes[i].reoffences)
        LAY_OUT(TALLY_REAPPEARANCES, outcomes[i].reappearances)
        LAY_OUT(TALLY_REAPPEARING_OFFENDERS, outcomes[i].reappearances > 0)
        LAY_OUT(TALLY_VIOLENT_SEXUAL_REOFFENCES, outcomes[i].violent_sexual)
        LAY_OUT(TALLY_VIOLENT_SEXUAL_REOFFENDERS, outcomes[i].violent_sexual > 0)
        LAY_OUT(TALLY_SERIOUS_ACQUISITIVE_REOFFENCES, outcomes[i].serious_acquisitive)
        LAY_OUT(TALLY_SERIOUS_ACQUISITIVE_REOFFENDERS, outcomes[i].serious_acquisitive > 0)
        LAY_OUT(TALLY_SERIOUS_REOFFENCES, outcomes[i].serious)
        LAY_OUT(TALLY_SERIOUS_REOFFENDERS, outcomes[i].serious > 0)
        LAY_OUT(TALLY_UNCLASSIFIED_REOFFENCES, outcomes[i].unclassified)
        LAY_OUT(TALLY_PREVIOUS_OFFENCES, previous_offences[i])
    case TALLY_COUNTS:
        break;
    }
}

void tally_lay_out(const tally *in, const follow_up_outcome *outcomes,
                   const uint32_t *previous_offences, size_t count, uint32_t *added) {
    memset(added, 0, count * in->width * sizeof *added);
    for (int which = 0; which < TALLY_COUNTS; which++)
        if (in->place[which] >= 0)
            lay_out_count((tally_count)which, outcomes, previous_offences, count, in->width,
                          added + in->place[which]);
}

uint32_t tally_at(const tally *in, size_t group, int32_t window, tally_count which) {
    if (in->place[which] < 0) return 0;
    const uint32_t *cells = in->groups.groups[group].cells;
    return cells[(size_t)window * in->width + (size_t)in->place[which]];
}

void tally_finish(tally *finished) {
    size_t width = finished->width, counts = finished->groups.size / sizeof(uint32_t);
    for (size_t group = 0; group < finished->groups.count; group++) {
        uint32_t *cells = finished->groups.groups[group].cells;
        for (size_t i = width; i < counts; i++) cells[i] += cells[i - width];
    }
    group_cells_sort(&finished->groups);
}
