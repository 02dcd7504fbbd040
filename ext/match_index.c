#include "match_index.h"

#include <string.h>

enum { FIRST_SLOTS = 64, SLOTS_A_KEY = 4 };

/* --- the list --------------------------------------------------------------------------------- */

static bool add_name(match_index *index, const match_name *name) {
    if (!memory_reserve(index->from, (void **)&index->names, &index->names_capacity,
                        index->names_length + name->length, 1))
        return false;
    memcpy(index->names + index->names_length, name->text, name->length);
    index->names_length += name->length;
    return true;
}

bool match_index_add(match_index *index, int64_t id, const match_person *listed) {
    size_t names = index->names_length;
    if (index->count == MATCH_INDEX_MOST ||
        !memory_reserve(index->from, (void **)&index->entries, &index->capacity, index->count + 1,
                        sizeof *index->entries) ||
        !add_name(index, &listed->surname) || !add_name(index, &listed->forename))
        return false;
    index->entries[index->count++] =
        (match_index_entry){.id = id,
                            .birth = listed->birth,
                            .names = names,
                            .surname_length = (uint8_t)listed->surname.length,
                            .forename_length = (uint8_t)listed->forename.length};
    return true;
}

static void copy_name(match_name *name, const char *text, size_t length) {
    memcpy(name->text, text, length);
    name->text[length] = '\0';
    name->length = length;
}

static void read_entry(const match_index *index, const match_index_entry *entry,
                       match_person *listed) {
    const char *names = index->names + entry->names;
    copy_name(&listed->surname, names, entry->surname_length);
    copy_name(&listed->forename, names + entry->surname_length, entry->forename_length);
    listed->birth = entry->birth;
}

static uint32_t *slot_of(const match_index *index, int64_t key) {
    uint64_t hash = (uint64_t)key * UINT64_C(0x9E3779B97F4A7C15);
    return &index->slots[(size_t)(hash >> 32) & (index->slot_count - 1)];
}

bool match_index_seal(match_index *index) {
    size_t keys = index->count * MATCH_BLOCKS;
    index->slot_count = FIRST_SLOTS;
    while (index->slot_count < keys * SLOTS_A_KEY) index->slot_count *= 2;
    index->keys = memory_allocate(index->from, (keys + 1) * sizeof *index->keys);
    index->slots = memory_allocate(index->from, index->slot_count * sizeof *index->slots);
    if (!index->keys || !index->slots) return false;
    memset(index->slots, 0, index->slot_count * sizeof *index->slots);
    for (size_t i = 0; i < keys; i++) {
        match_person listed;
        size_t entry = i / MATCH_BLOCKS;
        read_entry(index, &index->entries[entry], &listed);
        int64_t key = match_block_key((int)(i % MATCH_BLOCKS) + 1, &listed);
        uint32_t *slot = slot_of(index, key);
        index->keys[i + 1] = (match_index_key){key, (uint32_t)entry, *slot};
        *slot = (uint32_t)i + 1;
    }
    return true;
}

/* --- asking ----------------------------------------------------------------------------------- */

void match_index_ask(match_index *index, const match_person *person) {
    index->person = person;
    index->question++;
    index->block = 0;
    index->at = 0;
    for (int i = 0; i < MATCH_BLOCKS; i++) index->person_keys[i] = match_block_key(i + 1, person);
}

bool match_index_next(match_index *index, int64_t *id, double *score) {
    for (;;) {
        while (index->at == 0) {
            if (index->block == MATCH_BLOCKS) return false;
            index->at = *slot_of(index, index->person_keys[index->block++]);
        }
        const match_index_key *key = &index->keys[index->at];
        match_index_entry *entry = &index->entries[key->entry];
        index->at = key->next;
        if (key->key != index->person_keys[index->block - 1] || entry->asked == index->question)
            continue;
        match_person listed;
        entry->asked = index->question;
        read_entry(index, entry, &listed);
        *id = entry->id;
        *score = match_score(&listed, index->person);
        return true;
    }
}

void match_index_free(match_index *index) {
    memory_free(index->from, index->entries);
    memory_free(index->from, index->names);
    memory_free(index->from, index->keys);
    memory_free(index->from, index->slots);
    *index = (match_index){.from = index->from};
}
