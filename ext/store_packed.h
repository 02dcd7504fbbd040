/* store_packed.h - packed blocks that are kept in memory. */
#ifndef REOFFEND_STORE_PACKED_H
#define REOFFEND_STORE_PACKED_H

#include "glue.h"
#include "history_builder.h"

/* A block closes when it holds so many. Large enough that what is kept once a block costs nothing,
** small enough that its columns stay in the processor's second cache. */
enum { STORE_BLOCK_PEOPLE = 4096, STORE_BLOCK_EVENTS = 32768 };

/* The builder holds as much as goes into one block. */
bool store_packed_is_full(const history_builder *builder);

typedef struct store_packed {
    history_bytes parts[HISTORY_PARTS];
    int64_t first_id;
    int64_t people, events;
    int64_t latest; /* day, or HISTORY_NULL */
} store_packed;

/* Packs what the builder holds; the bytes stay the builder's. False: no memory. */
bool store_packed_make(store_packed *made, history_builder *builder);

/* Blocks in ascending order of id. */
typedef struct store_packed_list {
    store_packed *blocks;
    size_t count, capacity;
} store_packed_list;

/* Packs what the builder holds and keeps a copy; nothing when it holds nobody. False: no memory. */
bool store_packed_keep(store_packed_list *list, history_builder *builder);
void store_packed_free(store_packed_list *freed);

#endif
