/* history_builder.h - collects people one by one and packs them into a block (history_block.h).
**
** 1. Give each person with history_builder_begin, then their rows in any order, then
**    history_builder_end, which puts the rows in order and drops a person without an appearance or
**    an offence. People must come in ascending order of id.
** 2. history_builder_pack makes the block's bytes and empties the builder; its memory is kept for
**    the next block.
** 3. Every function that may run out of memory returns false then; the builder may only be freed
**    afterwards.
*/
#ifndef REOFFEND_HISTORY_BUILDER_H
#define REOFFEND_HISTORY_BUILDER_H

#include "dictionary.h"
#include "history_block.h"
#include "memory.h"

/* Rows waiting for the end of one person. */
typedef struct history_rows {
    void *items;
    size_t count, capacity;
} history_rows;

typedef struct history_values {
    int64_t *items;
    size_t capacity;
} history_values;

typedef struct history_builder {
    const memory *from;
    const dictionary *texts; /* to order rows that differ in nothing but their texts */
    history_offender person;
    history_rows appearances, offences, memberships;
    history_values column[HISTORY_COLUMNS];
    size_t rows[HISTORY_TABLES];
    int64_t first_id, last_id; /* of the people packed next, when there are any */
    int64_t latest;            /* the latest day among their events, or HISTORY_NULL */
    int64_t *sentences; /* those that differ, ascending, while packing */
    size_t sentence_capacity;
    uint8_t *bytes;
    size_t byte_capacity;
} history_builder;

void history_builder_init(history_builder *made, const memory *from, const dictionary *texts);
void history_builder_free(history_builder *freed);

void history_builder_begin(history_builder *builder, const history_offender *person);
bool history_builder_appearance(history_builder *builder, const history_appearance *row);
bool history_builder_offence(history_builder *builder, const history_offence *row);
bool history_builder_membership(history_builder *builder, const history_membership *row);
bool history_builder_end(history_builder *builder);

/* People and events waiting to be packed. */
size_t history_builder_people(const history_builder *builder);
size_t history_builder_events(const history_builder *builder);

/* The packed block, valid until the builder is used again. False: no memory. */
bool history_builder_pack(history_builder *builder, history_bytes parts[HISTORY_PARTS]);

#endif
