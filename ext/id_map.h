/* id_map.h - whole numbers that stand for others: which PNC id is used in place of one given up.
**
** Open addressing; a lookup that finds nothing usually looks at one slot. Numbers are at least 0.
*/
#ifndef REOFFEND_ID_MAP_H
#define REOFFEND_ID_MAP_H

#include <stdint.h>

#include "memory.h"

typedef struct id_map_slot {
    int64_t key, value; /* key -1: empty */
} id_map_slot;

typedef struct id_map {
    const memory *from;
    id_map_slot *slots; /* a power of two of them, or none */
    size_t slot_count, count;
} id_map;

/* Adds a number or gives it another value. False: no memory, and the map is as it was. */
bool id_map_set(id_map *map, int64_t key, int64_t value);
/* What stands for the number: itself when nothing does. */
int64_t id_map_follow(const id_map *map, int64_t key);
void id_map_free(id_map *map);

#endif
