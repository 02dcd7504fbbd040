#include "memory.h"

#include <stdint.h>

enum { FIRST_CAPACITY = 16 };

void *memory_allocate(const memory *from, size_t size) {
    return from->resize(from->user, NULL, size);
}

void memory_free(const memory *from, void *block) {
    if (block) from->resize(from->user, block, 0);
}

bool memory_reserve(const memory *from, void **items, size_t *capacity, size_t needed,
                    size_t item_size) {
    if (needed <= *capacity) return true;
    size_t grown = *capacity + *capacity / 2;
    if (grown < FIRST_CAPACITY) grown = FIRST_CAPACITY;
    if (grown < needed) grown = needed;
    if (grown > SIZE_MAX / item_size) return false;
    void *moved = from->resize(from->user, *items, grown * item_size);
    if (!moved) return false;
    *items = moved;
    *capacity = grown;
    return true;
}

static void *noting_resize(void *user, void *block, size_t size) {
    memory_noting *noting = user;
    void *moved = noting->from->resize(noting->from->user, block, size);
    if (size > 0 && !moved) noting->refused = true;
    return moved;
}

void memory_note(memory_noting *noting, const memory *from) {
    *noting = (memory_noting){{noting_resize, noting}, from, false};
}
