#include "tally.h"

#include <string.h>

enum { FIRST_SLOTS = 256, DENSE_BYTES = 8 << 20 };

void tally_init(tally *made, const memory *from, int32_t windows, tally_set kept) {
    *made = (tally){.from = from, .windows = windows, .kept = kept | 1u << TALLY_OFFENDERS};
    int used = 0;
    for (int i = 0; i < TALLY_COUNTS; i++) made->place[i] = made->kept >> i & 1 ? used++ : -1;
    made->width = (size_t)(used + TALLY_VECTOR - 1) / TALLY_VECTOR * TALLY_VECTOR;
    made->group_size = ((size_t)windows + 1) * made->width;
}

bool tally_lay_dense(tally *in, uint64_t keys) {
    size_t size = in->group_size * sizeof *in->dense;
    if (size == 0 || keys > DENSE_BYTES / size) return true;
    void *groups = NULL;
    uint32_t *cells = memory_allocate(in->from, keys * size);
    if (!cells || !memory_reserve(in->from, &groups, &in->capacity, keys, sizeof *in->groups)) {
        memory_free(in->from, cells);
        return false;
    }
    memset(cells, 0, keys * size);
    in->dense = cells;
    in->groups = groups;
    in->count = keys;
    for (size_t key = 0; key < keys; key++)
        in->groups[key] = (tally_group){key, cells + key * in->group_size};
    return true;
}

void tally_free(tally *freed) {
    for (size_t i = 0; i < freed->count && !freed->dense; i++)
        memory_free(freed->from, freed->groups[i].cells);
    memory_free(freed->from, freed->dense);
    memory_free(freed->from, freed->groups);
    memory_free(freed->from, freed->slots);
    tally_init(freed, freed->from, freed->windows, freed->kept);
}

static size_t slot_of(uint64_t key, size_t slot_count) {
    key *= UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(key >> 32) & (slot_count - 1);
}

static bool grow_slots(tally *in) {
    size_t count = in->slot_count ? in->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = memory_allocate(in->from, count * sizeof *slots);
    if (!slots) return false;
    memset(slots, 0, count * sizeof *slots);
    for (size_t i = 0; i < in->count; i++) {
        size_t slot = slot_of(in->groups[i].key, count);
        while (slots[slot]) slot = (slot + 1) & (count - 1);
        slots[slot] = (uint32_t)i + 1;
    }
    memory_free(in->from, in->slots);
    in->slots = slots;
    in->slot_count = count;
    return true;
}

static uint32_t *add_group(tally *in, uint64_t key, size_t slot) {
    void *groups = in->groups;
    if (!memory_reserve(in->from, &groups, &in->capacity, in->count + 1, sizeof *in->groups))
        return NULL;
    in->groups = groups;
    size_t size = in->group_size * sizeof(uint32_t);
    uint32_t *cells = memory_allocate(in->from, size);
    if (!cells) return NULL;
    memset(cells, 0, size);
    in->groups[in->count] = (tally_group){key, cells};
    in->recent = in->count++;
    in->slots[slot] = (uint32_t)in->count;
    return cells;
}

uint32_t *tally_find_hashed(tally *in, uint64_t key) {
    if (in->count && in->groups[in->recent].key == key) return in->groups[in->recent].cells;
    if (in->count * 2 >= in->slot_count && !grow_slots(in)) return NULL;
    size_t slot = slot_of(key, in->slot_count);
    while (in->slots[slot]) {
        size_t group = in->slots[slot] - 1;
        if (in->groups[group].key == key) {
            in->recent = group;
            return in->groups[group].cells;
        }
        slot = (slot + 1) & (in->slot_count - 1);
    }
    return add_group(in, key, slot);
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
    return in->groups[group].cells[(size_t)window * in->width + (size_t)in->place[which]];
}

static void sift_down(tally_group *groups, size_t root, size_t count) {
    tally_group moving = groups[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && groups[child].key < groups[child + 1].key) child++;
        if (groups[child].key <= moving.key) break;
        groups[root] = groups[child];
    }
    groups[root] = moving;
}

static void sort_groups(tally_group *groups, size_t count) {
    for (size_t i = count / 2; i-- > 0;) sift_down(groups, i, count);
    for (size_t end = count; end-- > 1;) {
        tally_group last = groups[end];
        groups[end] = groups[0];
        groups[0] = last;
        sift_down(groups, 0, end);
    }
}

void tally_finish(tally *finished) {
    size_t width = finished->width;
    for (size_t group = 0; group < finished->count; group++) {
        uint32_t *cells = finished->groups[group].cells;
        for (size_t i = width; i < finished->group_size; i++) cells[i] += cells[i - width];
    }
    if (!finished->dense) sort_groups(finished->groups, finished->count);
}
