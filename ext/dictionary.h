/* dictionary.h - texts that repeat, each kept once and named by a small number.
**
** One dictionary holds several families (areas, disposals, offence codes ...), each numbered from
** 1 by itself; 0 stands for NULL. Codes are given in order of first appearance and never change,
** so what was packed with them stays readable when texts are added.
*/
#ifndef REOFFEND_DICTIONARY_H
#define REOFFEND_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"

typedef enum dictionary_family {
    DICTIONARY_AREA,
    DICTIONARY_DISPOSAL,
    DICTIONARY_HO_CODE,
    DICTIONARY_EXCLUDED,
    DICTIONARY_PROVEN_BY,
    DICTIONARY_SEX,
    DICTIONARY_ETHNICITY,
    DICTIONARY_SUBCOHORT,
    DICTIONARY_FAMILIES
} dictionary_family;

enum { DICTIONARY_LAST_CODE = 1 << 24 };

/* The first and last eight bytes of a text, which together are all of one of up to 16: most texts
** are told apart by them. */
typedef struct dictionary_ends {
    uint64_t head, tail;
} dictionary_ends;

typedef struct dictionary_entry {
    char *text; /* ends with a zero beyond its length */
    size_t length;
    uint64_t hash;
    dictionary_ends ends;
} dictionary_entry;

typedef struct dictionary_list {
    dictionary_entry *entries; /* code 1 is entries[0] */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* open addressing: codes, 0 is empty */
    size_t slot_count;
    uint32_t recent; /* the code last found: repeats are common */
} dictionary_list;

typedef struct dictionary {
    const memory *from;
    dictionary_list family[DICTIONARY_FAMILIES];
} dictionary;

void dictionary_init(dictionary *made, const memory *from);
void dictionary_free(dictionary *freed);

/* The code of the text, added when it is new. 0: no memory, or more than DICTIONARY_LAST_CODE. */
uint32_t dictionary_add(dictionary *in, dictionary_family family, const char *text, size_t length);

/* The code of the text, or 0 when it is not there. */
uint32_t dictionary_find(const dictionary *in, dictionary_family family, const char *text,
                         size_t length);

size_t dictionary_count(const dictionary *in, dictionary_family family);

/* The entry of a code from 1 to dictionary_count; NULL for any other number. */
const dictionary_entry *dictionary_at(const dictionary *in, dictionary_family family,
                                      uint32_t code);

/* Byte order of two codes' texts; NULL (0) first. */
int dictionary_compare(const dictionary *in, dictionary_family family, uint32_t a, uint32_t b);

/* A sum that other texts, or the same with other codes, do not have. 0: no texts. */
uint64_t dictionary_checksum(const dictionary *in);

/* rank[code] = place of the code's text in byte order, from 1; rank[0] = 0. An array of
** dictionary_count + 1, to be freed with memory_free; NULL: no memory. */
uint32_t *dictionary_ranks(const dictionary *in, dictionary_family family);

#endif
