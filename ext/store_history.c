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

const char *store_stale_name(store_stale option) {
    static const char *const names[] = {"refuse", "allow", "fresh"};
    return names[option];
}

static store_stale stale_option(const char *name) {
    for (int i = 0; name && i < STALE_OPTIONS; i++)
        if (strcmp(name, store_stale_name((store_stale)i)) == 0) return (store_stale)i;
    return STALE_REFUSE;
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
        history->settings.stale = stale_option((const char *)sqlite3_column_text(row, 1));
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
    store_ids_free(&closed->replaced);
    store_ids_free(&closed->changed);
    store_packed_free(&closed->fresh);
    if (closed->texts.from) dictionary_free(&closed->texts);
    memset(closed, 0, sizeof *closed);
}

/* The texts are those that were written. */
static int check_texts(const store_history *history, char **error) {
    sqlite3_int64 sum = 0;
    int code = store_integer(history->db, error, &sum,
                             "SELECT value FROM \"%w\".\"%w_meta\" WHERE name = 'texts'",
                             history->schema, history->name);
    if (code == SQLITE_OK && sum != (sqlite3_int64)dictionary_checksum(&history->texts))
        return store_corrupt(history->name, "its dictionary", error);
    return code;
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
    return code == SQLITE_DONE ? check_texts(history, error) : code;
}

int store_history_read_people(store_history *history, char **error) {
    const char *schema = history->schema, *name = history->name;
    sqlite3_int64 same = 0, sum = 0;
    int code = store_integer(
        history->db, error, &same,
        "SELECT count(*) = (SELECT value FROM \"%w\".\"%w_meta\" WHERE name = 'blocks') "
        "AND total(people) = (SELECT value FROM \"%w\".\"%w_meta\" WHERE name = 'people') "
        "FROM (SELECT people FROM \"%w\".\"%w_block\" UNION ALL "
        "SELECT people FROM \"%w\".\"%w_patch\")",
        schema, name, schema, name, schema, name, schema, name);
    if (code == SQLITE_OK && !same)
        return store_corrupt(name, "its blocks are not those that were written", error);
    if (code == SQLITE_OK)
        code = store_integer(history->db, error, &sum,
                             "SELECT value FROM \"%w\".\"%w_meta\" WHERE name = 'replaced'",
                             schema, name);
    if (code == SQLITE_OK)
        code = store_ids_read(&history->replaced, history->db, schema, name, "replaced", error);
    if (code == SQLITE_OK && store_ids_checksum(&history->replaced) != sum)
        return store_corrupt(name, "whom its patch replaces is not what was written", error);
    return code;
}
