#include "store_overlay.h"

/* Copies a packed person as they are. */
static bool copy_person(history_builder *builder, const history_person *person) {
    history_offender offender = history_offender_of(person);
    bool done = true;
    history_builder_begin(builder, &offender);
    for (uint32_t row = person->appearance; done && row < person->appearance_end; row++) {
        history_appearance copied = history_appearance_at(person->block, row);
        done = history_builder_appearance(builder, &copied);
    }
    for (uint32_t row = person->offence; done && row < person->offence_end; row++) {
        history_offence copied = history_offence_at(person->block, row);
        done = history_builder_offence(builder, &copied);
    }
    for (uint32_t row = person->membership; done && row < person->membership_end; row++) {
        history_membership copied = history_membership_at(person->block, row);
        done = history_builder_membership(builder, &copied);
    }
    return done && history_builder_end(builder);
}

/* A walk over the people of the stored patch who did not change again. */
typedef struct patch_walk {
    store_blocks blocks;
    history_block block;
    history_person person;
    bool standing;
} patch_walk;

static int next_in_patch(patch_walk *walk, char **error) {
    walk->standing = walk->standing && history_next_person(&walk->person);
    while (!walk->standing) {
        int code = store_blocks_next(&walk->blocks, &walk->block, error);
        if (code != SQLITE_ROW) return code == SQLITE_DONE ? SQLITE_OK : code;
        walk->standing = history_first_person(&walk->block, &walk->person);
    }
    return SQLITE_OK;
}

/* Takes whoever comes first of the patch and the sources. */
static int take_next(patch_walk *patch, source_reader *reader, history_builder *builder, bool *took,
                     char **error) {
    sqlite3_int64 id = 0;
    bool reads = source_reader_peek(reader, &id);
    *took = reads || patch->standing;
    if (!*took) return SQLITE_OK;
    if (!patch->standing || (reads && id < patch->person.id))
        return source_reader_take(reader, builder, error);
    return copy_person(builder, &patch->person) ? next_in_patch(patch, error) : SQLITE_NOMEM;
}

int store_overlay_make(store_packed_list *made, store_history *history, bool with_patch,
                       char **error) {
    source_reader reader = {0};
    history_builder builder;
    patch_walk patch = {.blocks = store_blocks_of_layer(history, LAYER_PATCH)};
    bool more = true;
    char *condition = sqlite3_mprintf("offender_id IN "
                                      "(SELECT offender_id FROM \"%w\".\"%w_changed\")",
                                      history->schema, history->name);
    int code = condition ? SQLITE_OK : SQLITE_NOMEM;
    history_builder_init(&builder, &glue_memory, &history->texts);
    if (code == SQLITE_OK)
        code = source_reader_open(&reader, history->db, history->places, &history->texts, condition,
                                  error);
    if (code == SQLITE_OK && with_patch) code = next_in_patch(&patch, error);
    while (code == SQLITE_OK && more) {
        code = take_next(&patch, &reader, &builder, &more, error);
        if (code == SQLITE_OK && (!more || store_packed_is_full(&builder)) &&
            !store_packed_keep(made, &builder))
            code = SQLITE_NOMEM;
    }
    store_blocks_close(&patch.blocks);
    source_reader_close(&reader);
    history_builder_free(&builder);
    sqlite3_free(condition);
    return code;
}

/* --- the latest day -------------------------------------------------------------------------- */

/* Blocks say the latest day of those they were written with. Where some of them are left out it has
** to be looked for, in the blocks that claim a later day than found so far. */
static int latest_of_layer(const store_history *history, store_layer layer, int64_t *latest,
                           char **error) {
    sqlite3_stmt *claims;
    history_block block;
    int code = store_prepare(history->db, error, &claims,
                             "SELECT latest, first_id FROM \"%w\".\"%w_%s\" "
                             "WHERE latest IS NOT NULL ORDER BY latest DESC",
                             history->schema, history->name, store_layer_table(layer));
    while (code == SQLITE_OK && (code = store_step(claims, error)) == SQLITE_ROW) {
        if (sqlite3_column_int64(claims, 0) <= *latest) break;
        store_blocks blocks = store_blocks_of_layer(history, layer);
        blocks.one = true;
        blocks.offender_id = sqlite3_column_int64(claims, 1);
        code = store_blocks_next(&blocks, &block, error);
        if (code == SQLITE_ROW) {
            int64_t found = history_latest_day(&block);
            if (found > *latest) *latest = found;
            code = SQLITE_OK;
        }
        store_blocks_close(&blocks);
    }
    sqlite3_finalize(claims);
    return code == SQLITE_DONE || code == SQLITE_ROW ? SQLITE_OK : code;
}

int store_latest_day(const store_history *history, int64_t *latest, char **error) {
    *latest = HISTORY_NULL;
    for (size_t i = 0; i < history->fresh.count; i++)
        if (history->fresh.blocks[i].latest > *latest) *latest = history->fresh.blocks[i].latest;
    int code = latest_of_layer(history, LAYER_PATCH, latest, error);
    return code == SQLITE_OK ? latest_of_layer(history, LAYER_BASE, latest, error) : code;
}
