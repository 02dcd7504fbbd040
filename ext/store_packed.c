#include "store_packed.h"

#include <string.h>

bool store_packed_is_full(const history_builder *builder) {
    return history_builder_people(builder) >= STORE_BLOCK_PEOPLE ||
           history_builder_events(builder) >= STORE_BLOCK_EVENTS;
}

bool store_packed_make(store_packed *made, history_builder *builder) {
    *made = (store_packed){
        .first_id = builder->first_id,
        .people = (int64_t)history_builder_people(builder),
        .events = (int64_t)history_builder_events(builder),
        .latest = builder->latest,
    };
    return history_builder_pack(builder, made->parts);
}

bool store_packed_keep(store_packed_list *list, history_builder *builder) {
    store_packed made;
    void *room = list->blocks;
    if (history_builder_people(builder) == 0) return true;
    if (!memory_reserve(&glue_memory, &room, &list->capacity, list->count + 1,
                        sizeof *list->blocks))
        return false;
    list->blocks = room;
    if (!store_packed_make(&made, builder)) return false;
    size_t first = made.parts[HISTORY_COUNTED].size, second = made.parts[HISTORY_DESCRIBED].size;
    uint8_t *copy = memory_allocate(&glue_memory, first + second);
    if (!copy) return false;
    memcpy(copy, made.parts[HISTORY_COUNTED].bytes, first);
    memcpy(copy + first, made.parts[HISTORY_DESCRIBED].bytes, second);
    made.parts[HISTORY_COUNTED].bytes = copy;
    made.parts[HISTORY_DESCRIBED].bytes = copy + first;
    list->blocks[list->count++] = made;
    return true;
}

void store_packed_free(store_packed_list *freed) {
    for (size_t i = 0; i < freed->count; i++)
        memory_free(&glue_memory,
                    (void *)(uintptr_t)freed->blocks[i].parts[HISTORY_COUNTED].bytes);
    memory_free(&glue_memory, freed->blocks);
    *freed = (store_packed_list){0};
}
