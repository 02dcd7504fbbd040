#include "store_history.h"

#include <string.h>

void store_settings_free(store_settings *freed) {
    for (int i = 0; i < SOURCES; i++) sqlite3_free(freed->named[i]);
    sqlite3_free(freed->extract_date);
    memset(freed, 0, sizeof *freed);
}

int store_corrupt(const char *name, const char *what, char **error) {
    return store_error(error, SQLITE_CORRUPT_VTAB,
                       "history %s is damaged (%s); run INSERT INTO %s(%s) VALUES ('rebuild')",
                       name, what, name, name);
}

/* --- finding it ------------------------------------------------------------------------------ */

static int no_such_history(const char *name, char **error) {
    return store_error(error, SQLITE_ERROR,
                       "there is no history %s; make one with "
                       "CREATE VIRTUAL TABLE %s USING reoffend_history()",
                       name, name);
}

/* The first database, in SQLite's order, that has the shadow tables. */
static int find_schema(store_history *history, char **error) {
    sqlite3_stmt *schemas;
    int code = store_prepare(history->db, error, &schemas,
                             "SELECT name FROM pragma_database_list ORDER BY name <> 'temp', seq");
    while (code == SQLITE_OK && !history->schema &&
           (code = store_step(schemas, error)) == SQLITE_ROW) {
        const char *schema = (const char *)sqlite3_column_text(schemas, 0);
        sqlite3_int64 found = 0;
        if (!schema) {
            code = SQLITE_NOMEM;
            break;
        }
        code = store_integer(history->db, error, &found,
                             "SELECT count(*) FROM \"%w\".sqlite_schema WHERE type = 'table' "
                             "AND name = %Q || '_meta' COLLATE NOCASE",
                             schema, history->name);
        if (code == SQLITE_OK && found) {
            history->schema = sqlite3_mprintf("%s", schema);
            if (!history->schema) code = SQLITE_NOMEM;
        }
    }
    sqlite3_finalize(schemas);
    if (code == SQLITE_DONE) return no_such_history(history->name, error);
    return code;
}

static int place(store_history *history, const char *schema, const char *name, char **error) {
    const char *dot = schema ? NULL : strchr(name, '.');
    if (dot) {
        history->schema = sqlite3_mprintf("%.*s", (int)(dot - name), name);
        history->name = sqlite3_mprintf("%s", dot + 1);
        if (!history->schema) return SQLITE_NOMEM;
    } else {
        if (schema && !(history->schema = sqlite3_mprintf("%s", schema))) return SQLITE_NOMEM;
        history->name = sqlite3_mprintf("%s", name);
    }
    if (!history->name) return SQLITE_NOMEM;
    return history->schema ? SQLITE_OK : find_schema(history, error);
}

/* --- reading what is known of it ------------------------------------------------------------- */

static bool keep_text(char **kept, sqlite3_stmt *row, int at) {
    const char *text = (const char *)sqlite3_column_text(row, at);
    if (!text) return sqlite3_column_type(row, at) == SQLITE_NULL;
    *kept = sqlite3_mprintf("%s", text);
    return *kept != NULL;
}

/* Takes one row of h_meta. False: no memory. */
static bool take_meta(store_history *history, sqlite3_stmt *row, sqlite3_int64 *built_print) {
    const char *name = (const char *)sqlite3_column_text(row, 0);
    if (!name) return false;
    for (int i = 0; i < SOURCES; i++)
        if (strcmp(name, source_name((source)i)) == 0)
            return keep_text(&history->settings.named[i], row, 1);
    if (strcmp(name, "extract_option") == 0)
        return keep_text(&history->settings.extract_date, row, 1);
    if (strcmp(name, "stale_option") == 0)
        history->settings.allow_stale = sqlite3_column_type(row, 1) != SQLITE_NULL;
    if (strcmp(name, "built") == 0) history->freshness.built = sqlite3_column_int(row, 1) != 0;
    if (strcmp(name, "generation") == 0)
        history->freshness.generation = sqlite3_column_int64(row, 1);
    if (strcmp(name, "fingerprint") == 0) *built_print = sqlite3_column_int64(row, 1);
    if (strcmp(name, "format") == 0) history->freshness.format = sqlite3_column_int64(row, 1);
    if (strcmp(name, "extract_date") == 0) {
        const char *text = (const char *)sqlite3_column_text(row, 1);
        history->has_extract_date =
            text && calendar_parse(text, strlen(text), &history->extract_date);
    }
    return true;
}

static int read_meta(store_history *history, sqlite3_int64 *built_print, char **error) {
    sqlite3_stmt *rows;
    char *ignored = NULL;
    int code = store_prepare(history->db, &ignored, &rows,
                             "SELECT name, value FROM \"%w\".\"%w_meta\"",
                             history->schema, history->name);
    sqlite3_free(ignored);
    if (code == SQLITE_ERROR) return no_such_history(history->name, error);
    if (code != SQLITE_OK) return code;
    while ((code = store_step(rows, error)) == SQLITE_ROW) {
        if (!take_meta(history, rows, built_print)) {
            code = SQLITE_NOMEM;
            break;
        }
    }
    sqlite3_finalize(rows);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int read_freshness(store_history *history, sqlite3_int64 built_print, char **error) {
    store_freshness *freshness = &history->freshness;
    sqlite3_int64 anyone = 0;
    int code = store_integer(history->db, error, &freshness->changed,
                             "SELECT count(offender_id) FROM \"%w\".\"%w_changed\"",
                             history->schema, history->name);
    if (code == SQLITE_OK)
        code = store_integer(history->db, error, &anyone,
                             "SELECT count(*) FROM (SELECT 1 FROM \"%w\".\"%w_changed\" "
                             "WHERE offender_id IS NULL LIMIT 1)",
                             history->schema, history->name);
    if (code == SQLITE_OK)
        code = store_fingerprint(history->db, history->schema, history->name, history->places,
                                 &freshness->fingerprint, error);
    freshness->whole_stale = anyone != 0 || freshness->fingerprint != built_print ||
                             freshness->format != HISTORY_FORMAT;
    return code;
}

int store_history_open(store_history *opened, sqlite3 *db, const char *schema, const char *name,
                       char **error) {
    sqlite3_int64 built_print = 0;
    memset(opened, 0, sizeof *opened);
    opened->db = db;
    opened->freshness.format = HISTORY_FORMAT;
    dictionary_init(&opened->texts, &glue_memory);
    int code = place(opened, schema, name, error);
    if (code == SQLITE_OK) code = read_meta(opened, &built_print, error);
    if (code == SQLITE_OK)
        code = store_find_sources(db, opened->schema, (const char *const *)opened->settings.named,
                                  opened->places, error);
    if (code == SQLITE_OK) code = read_freshness(opened, built_print, error);
    return code;
}

void store_history_close(store_history *closed) {
    sqlite3_free(closed->schema);
    sqlite3_free(closed->name);
    store_settings_free(&closed->settings);
    store_free_sources(closed->places);
    if (closed->texts.from) dictionary_free(&closed->texts);
    memset(closed, 0, sizeof *closed);
}

int store_history_read_texts(store_history *history, char **error) {
    sqlite3_stmt *rows;
    int code = store_prepare(history->db, error, &rows,
                             "SELECT family, code, text FROM \"%w\".\"%w_dictionary\" "
                             "ORDER BY family, code",
                             history->schema, history->name);
    while (code == SQLITE_OK && (code = store_step(rows, error)) == SQLITE_ROW) {
        sqlite3_int64 family = sqlite3_column_int64(rows, 0);
        const char *text = (const char *)sqlite3_column_text(rows, 2);
        code = SQLITE_OK;
        if (family < 0 || family >= DICTIONARY_FAMILIES || !text) {
            code = store_corrupt(history->name, "its dictionary", error);
            break;
        }
        uint32_t added = dictionary_add(&history->texts, (dictionary_family)family, text,
                                        (size_t)sqlite3_column_bytes(rows, 2));
        if (added == 0) code = SQLITE_NOMEM;
        if (added && added != sqlite3_column_int64(rows, 1))
            code = store_corrupt(history->name, "its dictionary", error);
    }
    sqlite3_finalize(rows);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int refuse_stale(const store_history *history, char **error) {
    const store_freshness *freshness = &history->freshness;
    const char *name = history->name;
    if (!freshness->built)
        return store_error(error, SQLITE_ERROR,
                           "history %s was never built; run INSERT INTO %s(%s) VALUES ('rebuild')",
                           name, name, name);
    if (freshness->format != HISTORY_FORMAT)
        return store_corrupt(name, "written by another version", error);
    if (history->settings.allow_stale) return SQLITE_OK;
    if (freshness->whole_stale)
        return store_error(error, SQLITE_ERROR,
                           "history %s is stale: its sources changed since it was built; "
                           "run INSERT INTO %s(%s) VALUES ('rebuild')",
                           name, name, name);
    if (freshness->changed)
        return store_error(error, SQLITE_ERROR,
                           "history %s is stale: rows of %lld people changed since it was built; "
                           "run INSERT INTO %s(%s) VALUES ('refresh')",
                           name, freshness->changed, name, name);
    return SQLITE_OK;
}

int store_check_counts(const store_history *history, char **error) {
    const char *schema = history->schema, *name = history->name;
    sqlite3_int64 same = 0;
    int code = store_integer(
        history->db, error, &same,
        "SELECT count(*) = (SELECT value FROM \"%w\".\"%w_meta\" WHERE name = 'blocks') "
        "AND total(people) = (SELECT value FROM \"%w\".\"%w_meta\" WHERE name = 'people') "
        "FROM \"%w\".\"%w_block\"",
        schema, name, schema, name, schema, name);
    if (code == SQLITE_OK && !same)
        return store_corrupt(name, "its blocks are not those that were written", error);
    return code;
}

int store_history_open_fresh(store_history *opened, sqlite3 *db, const char *name, char **error) {
    int code = store_history_open(opened, db, NULL, name, error);
    if (code == SQLITE_OK) code = refuse_stale(opened, error);
    if (code == SQLITE_OK) code = store_check_counts(opened, error);
    if (code == SQLITE_OK) code = store_history_read_texts(opened, error);
    return code;
}

/* --- blocks ---------------------------------------------------------------------------------- */

int store_blocks_open(const store_history *history, bool described, sqlite3_stmt **blocks,
                      char **error) {
    return store_prepare(history->db, error, blocks,
                         "SELECT counted, %s, first_id FROM \"%w\".\"%w_block\" "
                         "ORDER BY first_id",
                         described ? "described" : "NULL", history->schema, history->name);
}

int store_blocks_open_for(const store_history *history, sqlite3_stmt **blocks,
                          sqlite3_int64 offender_id, char **error) {
    return store_prepare(history->db, error, blocks,
                         "SELECT counted, described, first_id FROM \"%w\".\"%w_block\" "
                         "WHERE first_id <= %lld ORDER BY first_id DESC LIMIT 1",
                         history->schema, history->name, offender_id);
}

int store_blocks_next(const store_history *history, sqlite3_stmt *blocks, history_block *block,
                      char **error) {
    int code = store_step(blocks, error);
    if (code != SQLITE_ROW) return code;
    history_bytes parts[HISTORY_PARTS];
    for (int part = 0; part < HISTORY_PARTS; part++) {
        parts[part].bytes = sqlite3_column_blob(blocks, part);
        parts[part].size = (size_t)sqlite3_column_bytes(blocks, part);
        if (parts[part].bytes || sqlite3_column_type(blocks, part) == SQLITE_NULL) continue;
        if (sqlite3_errcode(history->db) == SQLITE_NOMEM) return SQLITE_NOMEM;
        parts[part].bytes = (const uint8_t *)""; /* an empty blob, so damaged */
    }
    const char *wrong =
        parts[HISTORY_COUNTED].bytes ? history_block_open(block, parts) : "a block is missing";
    if (wrong) return store_corrupt(history->name, wrong, error);
    return SQLITE_ROW;
}
