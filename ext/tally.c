#include "tally.h"

#include <string.h>

enum { FIRST_SLOTS = 256 };

void tally_init(tally *made, const memory *from, int32_t windows) {
    *made = (tally){.from = from, .windows = windows};
}

void tally_free(tally *freed) {
    for (size_t i = 0; i < freed->count; i++) memory_free(freed->from, freed->groups[i].cells);
    memory_free(freed->from, freed->groups);
    memory_free(freed->from, freed->slots);
    tally_init(freed, freed->from, freed->windows);
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

static tally_cell *add_group(tally *in, uint64_t key, size_t slot) {
    void *groups = in->groups;
    if (!memory_reserve(in->from, &groups, &in->capacity, in->count + 1, sizeof *in->groups))
        return NULL;
    in->groups = groups;
    size_t size = (size_t)in->windows * sizeof(tally_cell);
    tally_cell *cells = memory_allocate(in->from, size);
    if (!cells) return NULL;
    memset(cells, 0, size);
    in->groups[in->count] = (tally_group){key, cells};
    in->recent = in->count++;
    in->slots[slot] = (uint32_t)in->count;
    return cells;
}

tally_cell *tally_find(tally *in, uint64_t key) {
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

tally_cell tally_cell_of(const follow_up_outcome *outcome, uint32_t previous_offences) {
    return (tally_cell){
        .offenders = 1,
        .reoffenders = outcome->reoffences > 0,
        .reoffences = outcome->reoffences,
        .reappearing_offenders = outcome->reappearances > 0,
        .reappearances = outcome->reappearances,
        .violent_sexual_reoffenders = outcome->violent_sexual > 0,
        .violent_sexual_reoffences = outcome->violent_sexual,
        .serious_acquisitive_reoffenders = outcome->serious_acquisitive > 0,
        .serious_acquisitive_reoffences = outcome->serious_acquisitive,
        .serious_reoffenders = outcome->serious > 0,
        .serious_reoffences = outcome->serious,
        .unclassified_reoffences = outcome->unclassified,
        .previous_offences = previous_offences,
    };
}

/* A cell is thirteen counts of one type; the loop lets the compiler add several at once. */
void tally_add(tally_cell *to, const tally_cell *added) {
    enum { COUNTS = sizeof(tally_cell) / sizeof(uint32_t) };
    uint32_t *sum = &to->offenders;
    const uint32_t *more = &added->offenders;
    for (int i = 0; i < COUNTS; i++) sum[i] += more[i];
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

void tally_sort(tally *finished) {
    tally_group *groups = finished->groups;
    for (size_t i = finished->count / 2; i-- > 0;) sift_down(groups, i, finished->count);
    for (size_t end = finished->count; end-- > 1;) {
        tally_group last = groups[end];
        groups[end] = groups[0];
        groups[0] = last;
        sift_down(groups, 0, end);
    }
}
