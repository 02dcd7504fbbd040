#include "store_write.h"

#include "store_overlay.h"
#include "store_progress.h"

/* --- shadow tables --------------------------------------------------------------------------- */

static const char *const shadow_tables[] = {"block", "patch",  "replaced",
                                            "dictionary", "meta", "changed"};

enum { SHADOW_TABLES = sizeof shadow_tables / sizeof *shadow_tables };

/* Makes those that are not there: all of them, or what a history of an earlier version lacks. */
static int create_tables(sqlite3 *db, const char *schema, const char *name, char **error) {
    int code = SQLITE_OK;
    for (int layer = LAYER_BASE; layer <= LAYER_PATCH && code == SQLITE_OK; layer++)
        code = store_run(db, error,
                         "CREATE TABLE IF NOT EXISTS \"%w\".\"%w_%s\"("
                         "first_id INTEGER PRIMARY KEY, people INTEGER NOT NULL, "
                         "events INTEGER NOT NULL, latest INTEGER, counted BLOB NOT NULL, "
                         "described BLOB NOT NULL)",
                         schema, name, store_layer_table((store_layer)layer));
    if (code == SQLITE_OK)
        code = store_run(
            db, error,
            "CREATE TABLE IF NOT EXISTS \"%w\".\"%w_replaced\"(offender_id INTEGER PRIMARY KEY);"
            "CREATE TABLE IF NOT EXISTS \"%w\".\"%w_dictionary\"(family INTEGER, code INTEGER, "
            "text TEXT NOT NULL, PRIMARY KEY (family, code)) WITHOUT ROWID;"
            "CREATE TABLE IF NOT EXISTS \"%w\".\"%w_meta\"(name TEXT PRIMARY KEY, value) "
            "WITHOUT ROWID;"
            "CREATE TABLE IF NOT EXISTS \"%w\".\"%w_changed\"(offender_id INTEGER UNIQUE)",
            schema, name, schema, name, schema, name, schema, name);
    if (code == SQLITE_OK)
        code = store_run(db, error,
                         "INSERT OR IGNORE INTO \"%w\".\"%w_meta\"(name, value) VALUES "
                         "('format', %d), ('generation', 0), ('built', 0), ('fingerprint', 0), "
                         "('blocks', 0), ('people', 0), ('replaced', 0), ('texts', 0), "
                         "('extract_date', NULL), "
                         "('untracked', NULL), ('extract_option', NULL), ('stale_option', NULL)",
                         schema, name, HISTORY_FORMAT);
    return code;
}

int store_create(sqlite3 *db, const char *schema, const char *name,
                 const store_settings *settings, char **error) {
    int code = create_tables(db, schema, name, error);
    if (code == SQLITE_OK)
        code = store_run(db, error,
                         "UPDATE \"%w\".\"%w_meta\" SET value = %Q WHERE name = 'extract_option';"
                         "UPDATE \"%w\".\"%w_meta\" SET value = %Q WHERE name = 'stale_option'",
                         schema, name, settings->extract_date, schema, name,
                         settings->stale ? store_stale_name(settings->stale) : NULL);
    for (int i = 0; i < SOURCES && code == SQLITE_OK; i++)
        code = store_run(db, error, "INSERT INTO \"%w\".\"%w_meta\" VALUES (%Q, %Q)", schema, name,
                         source_name((source)i), settings->named[i]);
    return code;
}

int store_destroy(sqlite3 *db, const char *schema, const char *name, char **error) {
    int code = store_drop_triggers(db, schema, name, error);
    for (int i = 0; i < SHADOW_TABLES && code == SQLITE_OK; i++)
        code = store_run(db, error, "DROP TABLE IF EXISTS \"%w\".\"%w_%s\"", schema, name,
                         shadow_tables[i]);
    return code;
}

/* The triggers name the old tables; without them the history is stale as a whole, as it must be. */
int store_rename(sqlite3 *db, const char *schema, const char *name, const char *renamed,
                 char **error) {
    int code = store_drop_triggers(db, schema, name, error);
    if (code == SQLITE_OK) code = create_tables(db, schema, name, error);
    for (int i = 0; i < SHADOW_TABLES && code == SQLITE_OK; i++)
        code = store_run(db, error, "ALTER TABLE \"%w\".\"%w_%s\" RENAME TO \"%w_%s\"", schema,
                         name, shadow_tables[i], renamed, shadow_tables[i]);
    return code;
}

/* --- what stands beside the blocks ----------------------------------------------------------- */

/* Writes the texts that were added since there were `known[family]`. */
static int write_texts(store_history *history, const size_t known[DICTIONARY_FAMILIES],
                       char **error) {
    sqlite3_stmt *insert;
    int code = store_prepare(history->db, error, &insert,
                             "INSERT INTO \"%w\".\"%w_dictionary\" VALUES (?1, ?2, ?3)",
                             history->schema, history->name);
    for (int family = 0; family < DICTIONARY_FAMILIES; family++) {
        size_t count = dictionary_count(&history->texts, (dictionary_family)family);
        for (size_t i = known[family]; i < count && code == SQLITE_OK; i++) {
            const dictionary_entry *entry =
                dictionary_at(&history->texts, (dictionary_family)family, (uint32_t)i + 1);
            sqlite3_bind_int(insert, 1, family);
            sqlite3_bind_int64(insert, 2, (sqlite3_int64)i + 1);
            sqlite3_bind_text(insert, 3, entry->text, (int)entry->length, SQLITE_STATIC);
            code = store_do(insert, error);
        }
    }
    sqlite3_finalize(insert);
    return code;
}

/* The extract date: as named, else the latest day of any event (R16). */
static int write_extract_date(store_history *history, char **error) {
    char text[CALENDAR_TEXT_LENGTH + 1] = "";
    int64_t latest = HISTORY_NULL;
    int code = SQLITE_OK;
    if (!history->settings.extract_date) code = store_latest_day(history, &latest, error);
    if (code != SQLITE_OK) return code;
    if (latest != HISTORY_NULL) calendar_format((calendar_day)latest, text);
    const char *chosen = history->settings.extract_date ? history->settings.extract_date : text;
    return store_run(history->db, error,
                     "UPDATE \"%w\".\"%w_meta\" SET value = %Q WHERE name = 'extract_date'",
                     history->schema, history->name, *chosen ? chosen : NULL);
}

/* Notes that nobody has changed since, and what there must be. */
static int write_state(store_history *history, char **error) {
    const char *schema = history->schema, *name = history->name;
    sqlite3_int64 fingerprint, replaced = store_ids_checksum(&history->replaced);
    sqlite3_int64 texts = (sqlite3_int64)dictionary_checksum(&history->texts);
    int code = store_fingerprint(history->db, schema, name, history->places, &fingerprint, error);
    if (code == SQLITE_OK) code = write_extract_date(history, error);
    if (code == SQLITE_OK)
        code = store_run(history->db, error,
                         "WITH stored AS (SELECT people FROM \"%w\".\"%w_block\" UNION ALL "
                         "SELECT people FROM \"%w\".\"%w_patch\") "
                         "UPDATE \"%w\".\"%w_meta\" SET value = CASE name WHEN 'built' THEN 1 "
                         "WHEN 'fingerprint' THEN %lld WHEN 'format' THEN %d "
                         "WHEN 'blocks' THEN (SELECT count(*) FROM stored) "
                         "WHEN 'people' THEN (SELECT total(people) FROM stored) "
                         "WHEN 'replaced' THEN %lld WHEN 'texts' THEN %lld ELSE value + 1 END "
                         "WHERE name IN ('built', 'fingerprint', 'format', 'blocks', 'people', "
                         "'replaced', 'texts', 'generation');"
                         "DELETE FROM \"%w\".\"%w_changed\"",
                         schema, name, schema, name, schema, name, fingerprint, HISTORY_FORMAT,
                         replaced, texts, schema, name);
    return code;
}

/* --- writing blocks -------------------------------------------------------------------------- */

static int prepare_insert(const store_history *history, store_layer layer, sqlite3_stmt **insert,
                          char **error) {
    return store_prepare(history->db, error, insert,
                         "INSERT INTO \"%w\".\"%w_%s\"(first_id, people, events, latest, counted, "
                         "described) VALUES (?1, ?2, ?3, nullif(?4, %lld), ?5, ?6)",
                         history->schema, history->name, store_layer_table(layer), HISTORY_NULL);
}

static int insert_block(sqlite3_stmt *insert, const store_packed *block, char **error) {
    sqlite3_bind_int64(insert, 1, block->first_id);
    sqlite3_bind_int64(insert, 2, block->people);
    sqlite3_bind_int64(insert, 3, block->events);
    sqlite3_bind_int64(insert, 4, block->latest);
    for (int part = 0; part < HISTORY_PARTS; part++)
        sqlite3_bind_blob64(insert, 5 + part, block->parts[part].bytes, block->parts[part].size,
                            SQLITE_STATIC);
    int code = store_do(insert, error);
    sqlite3_clear_bindings(insert);
    return code;
}

/* --- rebuild --------------------------------------------------------------------------------- */

/* Replaces the triggers; refuses a source that cannot be watched unless stale answers are allowed
** by name. */
static int watch_sources(store_history *history, char **error) {
    char *untracked;
    int code = store_install_triggers(history->db, history->schema, history->name,
                                      history->places, &untracked, error);
    if (code == SQLITE_OK && untracked && history->settings.stale != STALE_ALLOW)
        code = store_error(error, SQLITE_ERROR,
                           "changes of %s cannot be watched from history %s (another database, or "
                           "a virtual table); copy it into a table, or create the history with "
                           "stale=allow and rebuild it yourself",
                           untracked, history->name);
    sqlite3_free(untracked);
    return code;
}

/* Packs what the builder holds and writes it. */
static int flush(sqlite3_stmt *insert, history_builder *builder, char **error) {
    store_packed block;
    if (history_builder_people(builder) == 0) return SQLITE_OK;
    if (!store_packed_make(&block, builder)) return SQLITE_NOMEM;
    return insert_block(insert, &block, error);
}

static int write_everyone(store_history *history, bool with_progress, char **error) {
    history_builder builder;
    source_reader reader = {0};
    sqlite3_stmt *insert;
    sqlite3_int64 id;
    store_progress progress;
    int code = prepare_insert(history, LAYER_BASE, &insert, error);
    if (code == SQLITE_OK) code = store_progress_begin(&progress, history, with_progress, error);
    history_builder_init(&builder, &glue_memory, &history->texts);
    if (code == SQLITE_OK)
        code = source_reader_open(&reader, history->db, history->places, &history->texts, "",
                                  error);
    while (code == SQLITE_OK && source_reader_peek(&reader, &id)) {
        code = source_reader_take(&reader, &builder, error);
        if (code != SQLITE_OK || !store_packed_is_full(&builder)) continue;
        code = flush(insert, &builder, error);
        store_progress_at(&progress, reader.rows);
    }
    if (code == SQLITE_OK) code = flush(insert, &builder, error);
    if (code == SQLITE_OK) store_progress_end(&progress, reader.rows);
    source_reader_close(&reader);
    history_builder_free(&builder);
    sqlite3_finalize(insert);
    return code;
}

static int empty_tables(const store_history *history, char **error) {
    static const char *const emptied[] = {"block", "patch", "replaced", "dictionary"};
    int code = SQLITE_OK;
    for (size_t i = 0; i < sizeof emptied / sizeof *emptied && code == SQLITE_OK; i++)
        code = store_run(history->db, error, "DELETE FROM \"%w\".\"%w_%s\"", history->schema,
                         history->name, emptied[i]);
    return code;
}

static int rebuild(store_history *history, bool with_progress, char **error) {
    const size_t nothing[DICTIONARY_FAMILIES] = {0};
    int code = create_tables(history->db, history->schema, history->name, error);
    if (code == SQLITE_OK && (!history->freshness.built || history->freshness.whole_stale))
        code = watch_sources(history, error);
    if (code == SQLITE_OK) code = empty_tables(history, error);
    if (code == SQLITE_OK) code = write_everyone(history, with_progress, error);
    if (code == SQLITE_OK) code = write_texts(history, nothing, error);
    if (code == SQLITE_OK) code = write_state(history, error);
    return code;
}

int store_rebuild(sqlite3 *db, const char *schema, const char *name, bool with_progress,
                  char **error) {
    store_history history;
    int code = store_history_open(&history, db, schema, name, error);
    if (code == SQLITE_OK) code = rebuild(&history, with_progress, error);
    store_history_close(&history);
    return code;
}

/* --- refresh --------------------------------------------------------------------------------- */

/* The patch stays a small part of the people, so that reading past those it replaces stays cheap;
** beyond that everybody is packed anew. */
static int is_patch_too_large(const store_history *history, bool *too_large, char **error) {
    enum { ALWAYS_FINE = 1024, SHARE = 16 };
    sqlite3_int64 people = 0;
    sqlite3_int64 patched = (sqlite3_int64)(history->replaced.count + history->changed.count);
    int code = store_integer(history->db, error, &people,
                             "SELECT total(people) FROM \"%w\".\"%w_block\"", history->schema,
                             history->name);
    *too_large = patched > ALWAYS_FINE && patched > people / SHARE;
    return code;
}

/* Replaces the patch by the blocks. */
static int write_patch(store_history *history, const store_packed_list *blocks, char **error) {
    const char *schema = history->schema, *name = history->name;
    sqlite3_stmt *insert;
    int code = store_run(history->db, error,
                         "DELETE FROM \"%w\".\"%w_patch\"; "
                         "INSERT OR IGNORE INTO \"%w\".\"%w_replaced\" "
                         "SELECT offender_id FROM \"%w\".\"%w_changed\"",
                         schema, name, schema, name, schema, name);
    if (code != SQLITE_OK) return code;
    code = prepare_insert(history, LAYER_PATCH, &insert, error);
    for (size_t i = 0; i < blocks->count && code == SQLITE_OK; i++)
        code = insert_block(insert, &blocks->blocks[i], error);
    sqlite3_finalize(insert);
    return code;
}

/* Packs the people who changed and puts them, with those of the patch before, into a new one. */
static int renew_patch(store_history *history, char **error) {
    size_t known[DICTIONARY_FAMILIES];
    store_packed_list patch = {0};
    for (int i = 0; i < DICTIONARY_FAMILIES; i++)
        known[i] = dictionary_count(&history->texts, (dictionary_family)i);
    int code = store_overlay_make(&patch, history, true, error);
    if (code == SQLITE_OK) code = write_patch(history, &patch, error);
    store_packed_free(&patch);
    if (code == SQLITE_OK && !store_ids_merge(&history->replaced, &history->changed))
        code = SQLITE_NOMEM;
    store_ids_free(&history->changed);
    if (code == SQLITE_OK) code = write_texts(history, known, error);
    return code == SQLITE_OK ? write_state(history, error) : code;
}

static int refresh(store_history *history, bool with_progress, char **error) {
    bool too_large;
    if (!history->freshness.built || history->freshness.whole_stale)
        return rebuild(history, with_progress, error);
    if (history->freshness.changed == 0) return SQLITE_OK;
    int code = store_history_read_people(history, error);
    if (code == SQLITE_OK)
        code = store_ids_read(&history->changed, history->db, history->schema, history->name,
                              "changed", error);
    if (code == SQLITE_OK) code = is_patch_too_large(history, &too_large, error);
    if (code != SQLITE_OK) return code;
    if (too_large) {
        store_ids_free(&history->changed);
        store_ids_free(&history->replaced);
        return rebuild(history, with_progress, error);
    }
    code = store_history_read_texts(history, error);
    return code == SQLITE_OK ? renew_patch(history, error) : code;
}

int store_refresh(sqlite3 *db, const char *schema, const char *name, bool with_progress,
                  char **error) {
    store_history history;
    int code = store_history_open(&history, db, schema, name, error);
    if (code == SQLITE_OK) code = refresh(&history, with_progress, error);
    store_history_close(&history);
    return code;
}
