/* memory.h - the one way this project's core asks for memory.
**
** Core files never call malloc. Whoever calls the core hands it a `memory`: SQLite's allocator in
** the extension, libc's in a tool, one that fails at the n-th request in a test.
**
** 1. resize(user, NULL, n) allocates n bytes; resize(user, block, n) moves a block;
**    resize(user, block, 0) frees it and returns NULL; freeing NULL does nothing.
** 2. A request that fails returns NULL and leaves the old block as it was.
** 3. New bytes are not cleared.
*/
#ifndef REOFFEND_MEMORY_H
#define REOFFEND_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct memory {
    void *(*resize)(void *user, void *block, size_t size);
    void *user;
} memory;

void *memory_allocate(const memory *from, size_t size);
void memory_free(const memory *from, void *block);

/* Makes room for `needed` items of `item_size` bytes in the array `*items` that now has room for
** `*capacity`. Grows by half at least, so that appending is linear in all. False: no memory, and
** the array is as it was. */
bool memory_reserve(const memory *from, void **items, size_t *capacity, size_t needed,
                    size_t item_size);

/* Memory that keeps in mind whether a request failed: what could not be read for want of memory is
** not therefore wrong. */
typedef struct memory_noting {
    memory base; /* to hand on; user is this struct, which must not move */
    const memory *from;
    bool refused;
} memory_noting;

void memory_note(memory_noting *noting, const memory *from);

#endif
