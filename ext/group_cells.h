/* group_cells.h - memory for the cells of each group, found by the group's key (breakdown.h).
**
** While the keys there can be are few enough each group has its place and is not looked up (dense);
** else those that occur are found by hashing. Cells begin as zeros and stay where they are.
*/
#ifndef REOFFEND_GROUP_CELLS_H
#define REOFFEND_GROUP_CELLS_H

#include <stdint.h>

#include "memory.h"

typedef struct group_cells_entry {
    uint64_t key;
    void *cells;
} group_cells_entry;

typedef struct group_cells {
    const memory *from;
    size_t size;          /* bytes a group, a multiple of what the cells must be aligned to */
    unsigned char *dense; /* the cells of every key there can be, key by key; NULL: hashed */
    group_cells_entry *groups;
    size_t count, capacity;
    uint32_t *slots; /* open addressing: 1 + place in groups, 0 is empty */
    size_t slot_count;
    size_t recent; /* the group found last: neighbours are alike */
} group_cells;

void group_cells_init(group_cells *made, const memory *from, size_t size);
void group_cells_free(group_cells *freed);

/* Makes it dense when keys 0 to keys - 1 take no more than `most` bytes; before anything is looked
** for. False: no memory. */
bool group_cells_lay_dense(group_cells *in, uint64_t keys, size_t most);

/* As group_cells_find, of cells that are not dense. */
void *group_cells_find_hashed(group_cells *in, uint64_t key);

/* The group's cells, made when it is new. NULL: no memory. */
static inline void *group_cells_find(group_cells *in, uint64_t key) {
    return in->dense ? in->dense + key * in->size : group_cells_find_hashed(in, key);
}

/* The group's cells, or NULL when nobody asked for them before. */
const void *group_cells_at(const group_cells *in, uint64_t key);

/* Puts the groups in ascending order of key; nothing can be found afterwards. */
void group_cells_sort(group_cells *finished);

#endif
