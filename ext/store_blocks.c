#include "store_blocks.h"

#include <string.h>

const char *store_layer_table(store_layer layer) {
    static const char *const names[] = {[LAYER_BASE] = "block", [LAYER_PATCH] = "patch"};
    return names[layer];
}

/* --- block by block -------------------------------------------------------------------------- */

store_blocks store_blocks_of(const store_history *history, bool described) {
    return (store_blocks){.history = history, .last = LAYER_FRESH, .described = described};
}

store_blocks store_blocks_of_layer(const store_history *history, store_layer layer) {
    return (store_blocks){.history = history, .layer = layer, .last = layer, .described = true};
}

store_blocks store_blocks_for(const store_history *history, int64_t offender_id) {
    store_layer layer = store_ids_have(&history->changed, offender_id)    ? LAYER_FRESH
                        : store_ids_have(&history->replaced, offender_id) ? LAYER_PATCH
                                                                          : LAYER_BASE;
    return (store_blocks){.history = history,
                          .layer = layer,
                          .last = layer,
                          .described = true,
                          .one = true,
                          .offender_id = offender_id};
}

void store_blocks_close(store_blocks *blocks) {
    sqlite3_finalize(blocks->stored);
    blocks->stored = NULL;
}

/* The columns behind the parts. The generation is asked for with every block: it names first_id so
** that SQLite does so. */
enum { FIRST_ID = HISTORY_PARTS, GENERATION };

static int begin_stored(store_blocks *blocks, char **error) {
    const store_history *history = blocks->history;
    char *which = blocks->one
                      ? sqlite3_mprintf("WHERE first_id <= %lld ORDER BY first_id DESC LIMIT 1",
                                        (sqlite3_int64)blocks->offender_id)
                      : sqlite3_mprintf("ORDER BY first_id");
    if (!which) return SQLITE_NOMEM;
    int code = store_prepare(history->db, error, &blocks->stored,
                             "SELECT counted, %s, first_id, (SELECT value FROM \"%w\".\"%w_meta\" "
                             "WHERE name = 'generation' AND first_id = first_id) "
                             "FROM \"%w\".\"%w_%s\" %s",
                             blocks->described ? "described" : "NULL", history->schema,
                             history->name, history->schema, history->name,
                             store_layer_table(blocks->layer), which);
    sqlite3_free(which);
    return code;
}

/* What was read before, its texts first of all, goes with blocks of its own generation alone. */
static int check_generation(const store_blocks *blocks, char **error) {
    const store_history *history = blocks->history;
    if (sqlite3_column_int64(blocks->stored, GENERATION) == history->freshness.generation)
        return SQLITE_ROW;
    return store_error(error, SQLITE_ERROR,
                       "history %s was built again while it was being read; ask again",
                       history->name);
}

/* Reads the parts of the stored block the statement stands on. */
static int read_parts(store_blocks *blocks, history_bytes parts[HISTORY_PARTS]) {
    for (int part = 0; part < HISTORY_PARTS; part++) {
        parts[part].bytes = sqlite3_column_blob(blocks->stored, part);
        parts[part].size = (size_t)sqlite3_column_bytes(blocks->stored, part);
        if (parts[part].bytes || sqlite3_column_type(blocks->stored, part) == SQLITE_NULL) continue;
        if (sqlite3_errcode(blocks->history->db) == SQLITE_NOMEM) return SQLITE_NOMEM;
        parts[part].bytes = (const uint8_t *)""; /* an empty blob, so damaged */
    }
    return SQLITE_ROW;
}

static int next_stored(store_blocks *blocks, history_bytes parts[HISTORY_PARTS], char **error) {
    int code = blocks->begun ? SQLITE_OK : begin_stored(blocks, error);
    blocks->begun = true;
    if (code == SQLITE_OK) code = store_step(blocks->stored, error);
    if (code == SQLITE_ROW) code = check_generation(blocks, error);
    return code == SQLITE_ROW ? read_parts(blocks, parts) : code;
}

/* The last block in memory that begins at the person or before. */
static size_t find_fresh(const store_packed_list *fresh, int64_t offender_id) {
    size_t at = fresh->count;
    while (at > 0 && fresh->blocks[at - 1].first_id > offender_id) at--;
    return at > 0 ? at - 1 : fresh->count;
}

static int next_fresh(store_blocks *blocks, history_bytes parts[HISTORY_PARTS]) {
    const store_packed_list *fresh = &blocks->history->fresh;
    if (!blocks->begun) blocks->next = blocks->one ? find_fresh(fresh, blocks->offender_id) : 0;
    if (blocks->next >= fresh->count || (blocks->one && blocks->begun)) return SQLITE_DONE;
    blocks->begun = true;
    memcpy(parts, fresh->blocks[blocks->next++].parts, HISTORY_PARTS * sizeof *parts);
    return SQLITE_ROW;
}

/* Those of later layers, from the block's first person on. */
static void leave_out(const store_blocks *blocks, history_block *block) {
    const store_ids *ids = blocks->layer == LAYER_BASE    ? &blocks->history->replaced
                           : blocks->layer == LAYER_PATCH ? &blocks->history->changed
                                                          : NULL;
    if (!ids) return;
    size_t from = store_ids_from(ids, (int64_t)block->first_id);
    block->left_out = ids->ids + from;
    block->left_out_count = ids->count - from;
}

int store_blocks_next(store_blocks *blocks, history_block *block, char **error) {
    history_bytes parts[HISTORY_PARTS];
    for (;;) {
        int code = blocks->layer == LAYER_FRESH ? next_fresh(blocks, parts)
                                                : next_stored(blocks, parts, error);
        if (code == SQLITE_ROW) break;
        if (code != SQLITE_DONE || blocks->layer >= blocks->last) return code;
        store_blocks_close(blocks);
        blocks->layer++;
        blocks->begun = false;
    }
    const char *wrong =
        parts[HISTORY_COUNTED].bytes ? history_block_open(block, parts) : "a block is missing";
    if (!wrong && blocks->stored &&
        sqlite3_column_int64(blocks->stored, FIRST_ID) != (int64_t)block->first_id)
        wrong = "a block stands in another's place";
    if (wrong) return store_corrupt(blocks->history->name, wrong, error);
    leave_out(blocks, block);
    return SQLITE_ROW;
}

/* --- person by person ------------------------------------------------------------------------ */

void store_people_begin(store_people *people, const store_history *history) {
    memset(people, 0, sizeof *people);
    for (int layer = 0; layer < STORE_LAYERS; layer++)
        people->blocks[layer] = store_blocks_of_layer(history, (store_layer)layer);
}

void store_people_begin_for(store_people *people, const store_history *history,
                            int64_t offender_id) {
    memset(people, 0, sizeof *people);
    people->one = true;
    people->blocks[0] = store_blocks_for(history, offender_id);
}

static int find_one(store_people *people, history_person *person, char **error) {
    store_blocks *blocks = &people->blocks[0];
    if (people->begun) return SQLITE_DONE;
    people->begun = true;
    int code = store_blocks_next(blocks, &people->block[0], error);
    if (code != SQLITE_ROW) return code;
    return history_find_person(&people->block[0], blocks->offender_id, person) ? SQLITE_ROW
                                                                               : SQLITE_DONE;
}

void store_people_close(store_people *people) {
    for (int layer = 0; layer < STORE_LAYERS; layer++) store_blocks_close(&people->blocks[layer]);
}

/* Puts the layer on its next person, or at its end. */
static int advance(store_people *people, int layer, char **error) {
    history_person *person = &people->person[layer];
    bool *standing = &people->standing[layer];
    *standing = *standing && history_next_person(person);
    while (!*standing) {
        int code = store_blocks_next(&people->blocks[layer], &people->block[layer], error);
        if (code != SQLITE_ROW) return code == SQLITE_DONE ? SQLITE_OK : code;
        *standing = history_first_person(&people->block[layer], person);
    }
    return SQLITE_OK;
}

/* The layer that stands on the least id, or -1 when all are at their ends. */
static int least_layer(const store_people *people) {
    int least = -1;
    for (int layer = 0; layer < STORE_LAYERS; layer++)
        if (people->standing[layer] &&
            (least < 0 || people->person[layer].id < people->person[least].id))
            least = layer;
    return least;
}

/* Whoever was given last time stands until now, so that the caller could look at them. */
int store_people_next(store_people *people, history_person *person, char **error) {
    int code = SQLITE_OK;
    if (people->one) return find_one(people, person, error);
    if (people->begun && people->given < 0) return SQLITE_DONE;
    if (people->begun) {
        code = advance(people, people->given, error);
    } else {
        for (int layer = 0; layer < STORE_LAYERS && code == SQLITE_OK; layer++)
            code = advance(people, layer, error);
    }
    if (code != SQLITE_OK) return code;
    people->begun = true;
    people->given = least_layer(people);
    if (people->given < 0) return SQLITE_DONE;
    *person = people->person[people->given];
    return SQLITE_ROW;
}
