#include "id_map.h"

enum { FIRST_SLOTS = 64, EMPTY = -1 };

/* The slot that holds the key, or the empty one where it belongs. */
static id_map_slot *find_slot(id_map_slot *slots, size_t count, int64_t key) {
    uint64_t hash = (uint64_t)key * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(hash >> 32) & (count - 1);
    while (slots[at].key != key && slots[at].key != EMPTY) at = (at + 1) & (count - 1);
    return &slots[at];
}

/* Keeps at least three of four slots empty, so that most lookups end at the first. */
static bool grow(id_map *map) {
    size_t count = map->slot_count ? map->slot_count * 2 : FIRST_SLOTS;
    id_map_slot *slots = memory_allocate(map->from, count * sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < count; i++) slots[i].key = EMPTY;
    for (size_t i = 0; i < map->slot_count; i++)
        if (map->slots[i].key != EMPTY) *find_slot(slots, count, map->slots[i].key) = map->slots[i];
    memory_free(map->from, map->slots);
    map->slots = slots;
    map->slot_count = count;
    return true;
}

bool id_map_set(id_map *map, int64_t key, int64_t value) {
    if ((map->count + 1) * 4 > map->slot_count && !grow(map)) return false;
    id_map_slot *slot = find_slot(map->slots, map->slot_count, key);
    map->count += slot->key == EMPTY;
    *slot = (id_map_slot){key, value};
    return true;
}

int64_t id_map_follow(const id_map *map, int64_t key) {
    if (map->count == 0) return key;
    const id_map_slot *slot = find_slot(map->slots, map->slot_count, key);
    return slot->key == EMPTY ? key : slot->value;
}

void id_map_free(id_map *map) {
    memory_free(map->from, map->slots);
    *map = (id_map){.from = map->from};
}
