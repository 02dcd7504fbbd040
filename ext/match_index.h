/* match_index.h - a list of descriptions, and those on it worth comparing with somebody: who shares
** a block with them (match.h, note 4), each once, with the score.
**
** 1. The list is added, sealed, and then asked any number of times. Asking costs a look at four
**    slots for somebody who has no block in common with anyone, which nearly everybody has not.
** 2. Memory: some 60 bytes a description and the bytes of its names.
** 3. Candidates come in no particular order. At most MATCH_INDEX_MOST descriptions are taken.
**
**   match_index index = {.from = memory};
**   match_index_add(&index, 7, &listed); …; match_index_seal(&index);
**   match_index_ask(&index, &person);
**   while (match_index_next(&index, &id, &score)) …
*/
#ifndef REOFFEND_MATCH_INDEX_H
#define REOFFEND_MATCH_INDEX_H

#include "match.h"
#include "memory.h"

enum { MATCH_INDEX_MOST = 100000000 };

typedef struct match_index_entry {
    int64_t id;
    uint64_t asked; /* the last question it was a candidate of */
    calendar_day birth;
    size_t names;   /* where its surname and forename stand in `names` */
    uint8_t surname_length, forename_length;
} match_index_entry;

typedef struct match_index_key {
    int64_t key;
    uint32_t entry;
    uint32_t next; /* the next key in the same slot, by number from 1; 0: none */
} match_index_key;

typedef struct match_index {
    const memory *from;
    match_index_entry *entries;
    size_t count, capacity;
    char *names;
    size_t names_length, names_capacity;
    match_index_key *keys;
    uint32_t *slots; /* a power of two; numbers of keys from 1 */
    size_t slot_count;
    const match_person *person; /* who is asked about */
    int64_t person_keys[MATCH_BLOCKS];
    uint64_t question;
    uint32_t at; /* the key to look at next, from 1 */
    int block;
} match_index;

/* Adds a description. False: no memory, or it would be one too many. */
bool match_index_add(match_index *index, int64_t id, const match_person *listed);
bool match_index_seal(match_index *index);

/* Turns to somebody, who must stay until the next. */
void match_index_ask(match_index *index, const match_person *person);
/* The next candidate and its score in bits; false: there is none left. */
bool match_index_next(match_index *index, int64_t *id, double *score);

void match_index_free(match_index *index);

#endif
