#include "dictionary.h"

#include <string.h>

#include "checksum.h"

enum { FIRST_SLOTS = 64 };

void dictionary_init(dictionary *made, const memory *from) {
    *made = (dictionary){.from = from};
}

void dictionary_free(dictionary *freed) {
    for (int family = 0; family < DICTIONARY_FAMILIES; family++) {
        dictionary_list *list = &freed->family[family];
        for (size_t i = 0; i < list->count; i++) memory_free(freed->from, list->entries[i].text);
        memory_free(freed->from, list->entries);
        memory_free(freed->from, list->slots);
    }
    dictionary_init(freed, freed->from);
}

/* Of a text shorter than eight bytes both ends are all of it. */
static dictionary_ends ends_of(const char *text, size_t length) {
    dictionary_ends ends = {0, 0};
    uint32_t front, back;
    if (length >= sizeof ends.head) {
        memcpy(&ends.head, text, sizeof ends.head);
        memcpy(&ends.tail, text + length - sizeof ends.tail, sizeof ends.tail);
        return ends;
    }
    if (length >= sizeof front) {
        memcpy(&front, text, sizeof front);
        memcpy(&back, text + length - sizeof back, sizeof back);
        ends.tail = (uint64_t)back << 32 | front;
    } else {
        for (size_t i = 0; i < length; i++) ends.tail = ends.tail << 8 | (unsigned char)text[i];
    }
    ends.head = ends.tail;
    return ends;
}

/* The ends and the length, then what lies between, eight bytes a step, each mixed in by an odd
** multiplication. */
static uint64_t hash_text(const char *text, size_t length, dictionary_ends ends) {
    uint64_t hash = (ends.head ^ length) * UINT64_C(0x9E3779B97F4A7C15), word;
    hash = (hash ^ hash >> 32 ^ ends.tail) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t at = sizeof word; at + sizeof word < length; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        hash = (hash ^ hash >> 32 ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    }
    return hash ^ hash >> 32;
}

static bool is_entry(const dictionary_list *list, uint32_t code, const char *text, size_t length,
                     dictionary_ends ends) {
    const dictionary_entry *entry = &list->entries[code - 1];
    return entry->length == length && entry->ends.head == ends.head &&
           entry->ends.tail == ends.tail &&
           (length <= sizeof ends || memcmp(entry->text, text, length) == 0);
}

/* The slot that holds the text's code, or the empty one where it belongs. */
static size_t find_slot(const dictionary_list *list, uint64_t hash, const char *text,
                        size_t length, dictionary_ends ends) {
    size_t mask = list->slot_count - 1, slot = (size_t)hash & mask;
    while (list->slots[slot] && !is_entry(list, list->slots[slot], text, length, ends))
        slot = (slot + 1) & mask;
    return slot;
}

static bool grow_slots(const memory *from, dictionary_list *list) {
    size_t count = list->slot_count ? list->slot_count * 2 : FIRST_SLOTS;
    uint32_t *slots = memory_allocate(from, count * sizeof *slots);
    if (!slots) return false;
    memset(slots, 0, count * sizeof *slots);
    for (size_t i = 0; i < list->count; i++) {
        size_t slot = (size_t)list->entries[i].hash & (count - 1);
        while (slots[slot]) slot = (slot + 1) & (count - 1);
        slots[slot] = (uint32_t)i + 1;
    }
    memory_free(from, list->slots);
    list->slots = slots;
    list->slot_count = count;
    return true;
}

uint32_t dictionary_find(const dictionary *in, dictionary_family family, const char *text,
                         size_t length) {
    const dictionary_list *list = &in->family[family];
    if (list->count == 0) return 0;
    dictionary_ends ends = ends_of(text, length);
    return list->slots[find_slot(list, hash_text(text, length, ends), text, length, ends)];
}

uint32_t dictionary_add(dictionary *in, dictionary_family family, const char *text,
                        size_t length) {
    dictionary_list *list = &in->family[family];
    dictionary_ends ends = ends_of(text, length);
    if (list->recent && is_entry(list, list->recent, text, length, ends)) return list->recent;
    if (list->count * 2 >= list->slot_count && !grow_slots(in->from, list)) return 0;
    uint64_t hash = hash_text(text, length, ends);
    size_t slot = find_slot(list, hash, text, length, ends);
    if (!list->slots[slot]) {
        if (list->count >= DICTIONARY_LAST_CODE) return 0;
        void *entries = list->entries;
        if (!memory_reserve(in->from, &entries, &list->capacity, list->count + 1,
                            sizeof *list->entries))
            return 0;
        list->entries = entries;
        char *copy = memory_allocate(in->from, length + 1);
        if (!copy) return 0;
        memcpy(copy, text, length);
        copy[length] = '\0';
        list->entries[list->count++] = (dictionary_entry){copy, length, hash, ends};
        list->slots[slot] = (uint32_t)list->count;
    }
    return list->recent = list->slots[slot];
}

size_t dictionary_count(const dictionary *in, dictionary_family family) {
    return in->family[family].count;
}

const dictionary_entry *dictionary_at(const dictionary *in, dictionary_family family,
                                      uint32_t code) {
    const dictionary_list *list = &in->family[family];
    return code >= 1 && code <= list->count ? &list->entries[code - 1] : NULL;
}

int dictionary_compare(const dictionary *in, dictionary_family family, uint32_t a, uint32_t b) {
    const dictionary_entry *left = dictionary_at(in, family, a);
    const dictionary_entry *right = dictionary_at(in, family, b);
    if (!left || !right) return (left != NULL) - (right != NULL);
    size_t shorter = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->text, right->text, shorter);
    if (order) return order;
    return (left->length > right->length) - (left->length < right->length);
}

/* Odd multiplications do not commute with the additions, so the order counts. */
uint64_t dictionary_checksum(const dictionary *in) {
    uint64_t sum = 0;
    for (uint64_t family = 0; family < DICTIONARY_FAMILIES; family++) {
        const dictionary_list *list = &in->family[family];
        for (size_t i = 0; i < list->count; i++)
            sum = (sum + checksum((const uint8_t *)list->entries[i].text, list->entries[i].length) +
                   family + 1) * UINT64_C(0x9E3779B97F4A7C15);
    }
    return sum;
}

/* Merge sort of codes by text: stable, and its depth does not depend on the texts. */
static void sort_codes(const dictionary *in, dictionary_family family, uint32_t *codes,
                       uint32_t *spare, size_t count) {
    if (count < 2) return;
    size_t half = count / 2;
    sort_codes(in, family, codes, spare, half);
    sort_codes(in, family, codes + half, spare, count - half);
    memcpy(spare, codes, half * sizeof *codes);
    for (size_t left = 0, right = half, to = 0; left < half; to++) {
        bool take_right = right < count &&
                          dictionary_compare(in, family, codes[right], spare[left]) < 0;
        codes[to] = take_right ? codes[right++] : spare[left++];
    }
}

uint32_t *dictionary_ranks(const dictionary *in, dictionary_family family) {
    size_t count = dictionary_count(in, family);
    uint32_t *ranks = memory_allocate(in->from, (count + 1) * sizeof *ranks);
    uint32_t *codes = memory_allocate(in->from, (2 * count + 1) * sizeof *codes);
    if (ranks && codes) {
        for (size_t i = 0; i < count; i++) codes[i] = (uint32_t)i + 1;
        sort_codes(in, family, codes, codes + count, count);
        ranks[0] = 0;
        for (size_t i = 0; i < count; i++) ranks[codes[i]] = (uint32_t)i + 1;
    } else {
        memory_free(in->from, ranks);
        ranks = NULL;
    }
    memory_free(in->from, codes);
    return ranks;
}
