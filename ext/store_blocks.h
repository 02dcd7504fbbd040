/* store_blocks.h - walking the packed people of a history, block by block or person by person.
**
** The people stand in layers, and each in one of them:
**
**   base    h_block: everybody, as a rebuild wrote them
**   patch   h_patch: those who changed since, as the last refresh found them
**   fresh   in memory: those who changed since that, for a history that answers fresh
**
** Whoever stands in a later layer, or left the sources, is left out of the earlier ones
** (history_block.h), so a walk meets everybody once.
*/
#ifndef REOFFEND_STORE_BLOCKS_H
#define REOFFEND_STORE_BLOCKS_H

#include "store_history.h"

typedef enum store_layer { LAYER_BASE, LAYER_PATCH, LAYER_FRESH, STORE_LAYERS } store_layer;

/* The shadow table of a stored layer, without the history's name: "block", "patch". */
const char *store_layer_table(store_layer layer);

typedef struct store_blocks {
    const store_history *history;
    store_layer layer, last;
    bool described;       /* the second part of the blocks is read too */
    bool one;             /* only the block where the person would be */
    int64_t offender_id;  /* that person */
    sqlite3_stmt *stored; /* the layer's blocks; NULL: not begun, or in memory */
    size_t next;          /* the next block in memory */
    bool begun;
} store_blocks;

/* All blocks, layer by layer, each layer in order of id. Without `described` the second part of
** the blocks is not read. Nothing is read yet. */
store_blocks store_blocks_of(const store_history *history, bool described);

/* The blocks of one layer. */
store_blocks store_blocks_of_layer(const store_history *history, store_layer layer);

/* The one block in which a person would be. */
store_blocks store_blocks_for(const store_history *history, int64_t offender_id);

/* The next block, valid until the next call: SQLITE_ROW, SQLITE_DONE or an error. */
int store_blocks_next(store_blocks *blocks, history_block *block, char **error);
void store_blocks_close(store_blocks *blocks);

/* People in ascending order of id, from all layers at once. */
typedef struct store_people {
    store_blocks blocks[STORE_LAYERS];
    history_block block[STORE_LAYERS];
    history_person person[STORE_LAYERS];
    bool standing[STORE_LAYERS]; /* on person[layer] */
    bool begun;
    int given; /* the layer of the person given last */
    bool one;  /* only the one that was asked for */
} store_people;

/* Everybody. Nothing is read yet. */
void store_people_begin(store_people *people, const store_history *history);

/* One person, or nobody when they are not in the history. */
void store_people_begin_for(store_people *people, const store_history *history,
                            int64_t offender_id);

/* The next person, valid until the next call: SQLITE_ROW, SQLITE_DONE or an error. */
int store_people_next(store_people *people, history_person *person, char **error);
void store_people_close(store_people *people);

#endif
