#include "group_cells.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

void group_cells_init(group_cells *made, const memory *from, size_t size) {
    *made = (group_cells){.from = from, .size = size};
}

void group_cells_free(group_cells *freed) {
    for (size_t i = 0; i < freed->count && !freed->dense; i++)
        memory_free(freed->from, freed->groups[i].cells);
    memory_free(freed->from, freed->dense);
    memory_free(freed->from, freed->groups);
    memory_free(freed->from, freed->slots);
    group_cells_init(freed, freed->from, freed->size);
}

static bool reserve_groups(group_cells *in, size_t count) {
    void *groups = in->groups;
    bool done = memory_reserve(in->from, &groups, &in->capacity, count, sizeof *in->groups);
    in->groups = groups;
    return done;
}

bool group_cells_lay_dense(group_cells *in, uint64_t keys, size_t most) {
    if (in->size == 0 || keys > most / in->size) return true;
    unsigned char *cells = memory_allocate(in->from, keys * in->size);
    if (!cells || !reserve_groups(in, keys)) {
        memory_free(in->from, cells);
        return false;
    }
    memset(cells, 0, keys * in->size);
    in->dense = cells;
    in->count = keys;
    for (size_t key = 0; key < keys; key++)
        in->groups[key] = (group_cells_entry){key, cells + key * in->size};
    return true;
}

/* --- hashing --------------------------------------------------------------------------------- */

/* The slot of the key, or the empty one where it belongs. */
static size_t find_slot(const group_cells *in, const uint32_t *slots, size_t count, uint64_t key) {
    size_t slot = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (count - 1);
    while (slots[slot] && in->groups[slots[slot] - 1].key != key) slot = (slot + 1) & (count - 1);
    return slot;
}

static bool grow_slots(group_cells *in) {
    size_t count = in->slot_count ? in->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = memory_allocate(in->from, count * sizeof *slots);
    if (!slots) return false;
    memset(slots, 0, count * sizeof *slots);
    for (size_t i = 0; i < in->count; i++)
        slots[find_slot(in, slots, count, in->groups[i].key)] = (uint32_t)i + 1;
    memory_free(in->from, in->slots);
    in->slots = slots;
    in->slot_count = count;
    return true;
}

static void *add_group(group_cells *in, uint64_t key, size_t slot) {
    if (!reserve_groups(in, in->count + 1)) return NULL;
    void *cells = memory_allocate(in->from, in->size);
    if (!cells) return NULL;
    memset(cells, 0, in->size);
    in->groups[in->count] = (group_cells_entry){key, cells};
    in->recent = in->count++;
    in->slots[slot] = (uint32_t)in->count;
    return cells;
}

void *group_cells_find_hashed(group_cells *in, uint64_t key) {
    if (in->count && in->groups[in->recent].key == key) return in->groups[in->recent].cells;
    if (in->count * 2 >= in->slot_count && !grow_slots(in)) return NULL;
    size_t slot = find_slot(in, in->slots, in->slot_count, key);
    if (!in->slots[slot]) return add_group(in, key, slot);
    in->recent = in->slots[slot] - 1;
    return in->groups[in->recent].cells;
}

const void *group_cells_at(const group_cells *in, uint64_t key) {
    if (in->dense) return key < in->count ? in->dense + key * in->size : NULL;
    if (in->slot_count == 0) return NULL;
    uint32_t found = in->slots[find_slot(in, in->slots, in->slot_count, key)];
    return found ? in->groups[found - 1].cells : NULL;
}

/* --- order ----------------------------------------------------------------------------------- */

static void sift_down(group_cells_entry *groups, size_t root, size_t count) {
    group_cells_entry moving = groups[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && groups[child].key < groups[child + 1].key) child++;
        if (groups[child].key <= moving.key) break;
        groups[root] = groups[child];
    }
    groups[root] = moving;
}

void group_cells_sort(group_cells *finished) {
    group_cells_entry *groups = finished->groups;
    if (finished->dense) return;
    for (size_t i = finished->count / 2; i-- > 0;) sift_down(groups, i, finished->count);
    for (size_t end = finished->count; end-- > 1;) {
        group_cells_entry last = groups[end];
        groups[end] = groups[0];
        groups[0] = last;
        sift_down(groups, 0, end);
    }
}
