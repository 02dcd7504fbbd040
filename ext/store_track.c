#include "store_track.h"

#include <string.h>

#include "checksum.h"

/* --- finding the sources --------------------------------------------------------------------- */

static int find_in_schema(sqlite3 *db, const char *schema, const char *table, bool *found,
                          char **error) {
    sqlite3_int64 count = 0;
    int code = store_integer(db, error, &count,
                             "SELECT count(*) FROM \"%w\".sqlite_schema "
                             "WHERE type IN ('table', 'view') AND name = %Q COLLATE NOCASE",
                             schema, table);
    *found = count > 0;
    return code;
}

/* Looks in the history's own database first, then where SQLite would. */
static int find_anywhere(sqlite3 *db, const char *schema, source_place *place, char **error) {
    bool found;
    int code = find_in_schema(db, schema, place->table, &found, error);
    if (code != SQLITE_OK || found) {
        place->schema = sqlite3_mprintf("%s", schema);
        place->present = found;
        return code == SQLITE_OK && !place->schema ? SQLITE_NOMEM : code;
    }
    sqlite3_stmt *schemas;
    code = store_prepare(db, error, &schemas,
                         "SELECT name FROM pragma_database_list ORDER BY name <> 'temp', seq");
    while (code == SQLITE_OK && !found && (code = store_step(schemas, error)) == SQLITE_ROW) {
        sqlite3_free(place->schema);
        place->schema = sqlite3_mprintf("%s", (const char *)sqlite3_column_text(schemas, 0));
        code = place->schema ? find_in_schema(db, place->schema, place->table, &found, error)
                             : SQLITE_NOMEM;
    }
    sqlite3_finalize(schemas);
    place->present = found;
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int find_source(sqlite3 *db, const char *schema, source which, const char *named,
                       source_place *place, char **error) {
    const char *given = named ? named : source_name(which);
    const char *dot = named ? strchr(given, '.') : NULL;
    int code;
    if (dot) {
        place->schema = sqlite3_mprintf("%.*s", (int)(dot - given), given);
        place->table = sqlite3_mprintf("%s", dot + 1);
        if (!place->schema || !place->table) return SQLITE_NOMEM;
        code = find_in_schema(db, place->schema, place->table, &place->present, error);
    } else {
        place->table = sqlite3_mprintf("%s", given);
        if (!place->table) return SQLITE_NOMEM;
        code = find_anywhere(db, schema, place, error);
    }
    if (code != SQLITE_OK || place->present) return code;
    if (!named && which != SOURCE_APPEARANCE) return SQLITE_OK;
    return store_error(error, SQLITE_ERROR,
                       "there is no table or view %s to read the %s source from; "
                       "name one with %s=...",
                       given, source_name(which), source_name(which));
}

int store_find_sources(sqlite3 *db, const char *schema, const char *const named[SOURCES],
                       source_place places[SOURCES], char **error) {
    memset(places, 0, SOURCES * sizeof *places);
    int code = SQLITE_OK;
    for (int i = 0; i < SOURCES && code == SQLITE_OK; i++)
        code = find_source(db, schema, (source)i, named[i], &places[i], error);
    return code;
}

void store_free_sources(source_place places[SOURCES]) {
    for (int i = 0; i < SOURCES; i++) {
        sqlite3_free(places[i].schema);
        sqlite3_free(places[i].table);
    }
    memset(places, 0, SOURCES * sizeof *places);
}

/* --- triggers on a table that is a source ---------------------------------------------------- */

/* SQL that notes the ids given by a query of one column named id. One that is no integer, which
** breaks the input contract, notes that anyone may have changed: no refresh could look them up. */
#define NOTE_IDS                                                                                   \
    "INSERT INTO \"%w_changed\"(offender_id) SELECT DISTINCT whom FROM "                           \
    "(SELECT CASE typeof(id) WHEN 'integer' THEN id END AS whom FROM (%s)) "                       \
    "WHERE NOT EXISTS (SELECT 1 FROM \"%w_changed\" "                                              \
    "WHERE offender_id IS NULL OR offender_id = whom);"

static int create_trigger(sqlite3 *db, const char *schema, const char *history, const char *table,
                          const char *when, const char *ids, char **error) {
    return store_run(db, error,
                     "CREATE TRIGGER \"%w\".\"%w_track_%w_%w\" %s ON \"%w\" BEGIN " NOTE_IDS
                     " END",
                     schema, history, table, when, when, table, history, ids, history);
}

/* Appends to `ids` a query for who owns the rows that a unique index says a new row replaces.
** REPLACE puts the default for NULL where there can be none. Which rows those are by an index on an
** expression cannot be said here: anyone may own them. */
static int append_index(sqlite3 *db, const char *schema, const char *table, const char *index,
                        sqlite3_str *ids, char **error) {
    enum { NAME, NEW_VALUE, COLLATION };
    sqlite3_stmt *columns;
    sqlite3_str *match = sqlite3_str_new(db);
    bool plain = true;
    int code = store_prepare(db, error, &columns,
                             "SELECT part.name, CASE WHEN \"notnull\" AND dflt_value IS NOT NULL "
                             "THEN printf('coalesce(new.\"%%w\", (%%s))', part.name, dflt_value) "
                             "ELSE printf('new.\"%%w\"', part.name) END, coll "
                             "FROM pragma_index_xinfo(%Q, %Q) AS part "
                             "LEFT JOIN pragma_table_xinfo(%Q, %Q) AS col ON col.name = part.name "
                             "WHERE key",
                             index, schema, table, schema);
    while (code == SQLITE_OK && (code = store_step(columns, error)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(columns, NAME);
        if (!name) plain = false;
        if (name)
            sqlite3_str_appendf(match, "%s\"%w\" = %s COLLATE \"%w\"",
                                sqlite3_str_length(match) ? " AND " : "", name,
                                (const char *)sqlite3_column_text(columns, NEW_VALUE),
                                (const char *)sqlite3_column_text(columns, COLLATION));
        code = SQLITE_OK;
    }
    sqlite3_finalize(columns);
    char *text = sqlite3_str_finish(match);
    if (code == SQLITE_DONE) code = plain && !text ? SQLITE_NOMEM : SQLITE_OK;
    if (code == SQLITE_OK && !plain) sqlite3_str_appendall(ids, " UNION ALL SELECT NULL");
    if (code == SQLITE_OK && plain)
        sqlite3_str_appendf(ids, " UNION ALL SELECT offender_id FROM \"%w\" WHERE %s", table, text);
    sqlite3_free(text);
    return code;
}

/* Appends the query for whose row a new row replaces by its rowid, under a name for it that no
** column has. A table without rowids has its key among its indexes. */
static int append_rowid(sqlite3 *db, const char *schema, const char *table, sqlite3_str *ids,
                        char **error) {
    sqlite3_stmt *names;
    int code = store_prepare(db, error, &names,
                             "WITH alias(name) AS (VALUES ('rowid'), ('_rowid_'), ('oid')) "
                             "SELECT name FROM alias WHERE NOT EXISTS (SELECT 1 FROM "
                             "pragma_table_xinfo(%Q, %Q) AS has WHERE has.name = alias.name "
                             "COLLATE NOCASE) AND NOT EXISTS (SELECT 1 FROM pragma_table_list AS t "
                             "WHERE t.name = %Q COLLATE NOCASE AND t.schema = %Q COLLATE NOCASE "
                             "AND t.wr) LIMIT 1",
                             table, schema, table, schema);
    if (code == SQLITE_OK) code = store_step(names, error);
    const char *name = code == SQLITE_ROW ? (const char *)sqlite3_column_text(names, 0) : NULL;
    if (name)
        sqlite3_str_appendf(ids, " UNION ALL SELECT offender_id FROM \"%w\" WHERE %s = new.%s",
                            table, name, name);
    sqlite3_finalize(names);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* The query for all whose rows a new row may replace: by rowid and by every unique index. */
static int replaced_ids(sqlite3 *db, const char *schema, const char *table, char **ids,
                        char **error) {
    sqlite3_stmt *indexes = NULL;
    sqlite3_str *query = sqlite3_str_new(db);
    sqlite3_str_appendall(query, "SELECT 0 AS id WHERE 0");
    int code = append_rowid(db, schema, table, query, error);
    if (code == SQLITE_OK)
        code = store_prepare(db, error, &indexes,
                             "SELECT name FROM pragma_index_list(%Q, %Q) WHERE \"unique\"", table,
                             schema);
    while (code == SQLITE_OK && (code = store_step(indexes, error)) == SQLITE_ROW)
        code = append_index(db, schema, table, (const char *)sqlite3_column_text(indexes, 0), query,
                            error);
    sqlite3_finalize(indexes);
    *ids = sqlite3_str_finish(query);
    if (code == SQLITE_DONE) code = *ids ? SQLITE_OK : SQLITE_NOMEM;
    return code;
}

static int track_table(sqlite3 *db, const char *schema, const char *history, const char *table,
                       char **error) {
    char *replaced = NULL;
    int code = replaced_ids(db, schema, table, &replaced, error);
    if (code == SQLITE_OK)
        code = create_trigger(db, schema, history, table, "BEFORE INSERT", replaced, error);
    if (code == SQLITE_OK)
        code = create_trigger(db, schema, history, table, "BEFORE UPDATE", replaced, error);
    if (code == SQLITE_OK)
        code = create_trigger(db, schema, history, table, "AFTER INSERT",
                              "SELECT new.offender_id AS id", error);
    if (code == SQLITE_OK)
        code = create_trigger(db, schema, history, table, "AFTER UPDATE",
                              "SELECT old.offender_id AS id UNION SELECT new.offender_id", error);
    if (code == SQLITE_OK)
        code = create_trigger(db, schema, history, table, "AFTER DELETE",
                              "SELECT old.offender_id AS id", error);
    sqlite3_free(replaced);
    return code;
}

/* --- triggers on the tables that a view reads ------------------------------------------------ */

static int watch_table(sqlite3 *db, const char *schema, const char *history, const char *table,
                       char **error) {
    static const char *const events[] = {"INSERT", "UPDATE", "DELETE"};
    int code = SQLITE_OK;
    for (int i = 0; i < 3 && code == SQLITE_OK; i++)
        code = store_run(db, error,
                         "CREATE TRIGGER IF NOT EXISTS \"%w\".\"%w_track_%w_any_%s\" AFTER %s ON "
                         "\"%w\" WHEN NOT EXISTS (SELECT 1 FROM \"%w_changed\" WHERE offender_id "
                         "IS NULL) BEGIN INSERT INTO \"%w_changed\"(offender_id) "
                         "VALUES (NULL); END",
                         schema, history, table, events[i], events[i], table, history, history);
    return code;
}

/* The table or index with that root page, in the history's database. NULL in *table: none. */
static int table_of_root(sqlite3 *db, const char *schema, sqlite3_int64 root, char **table,
                         char **error) {
    sqlite3_stmt *found;
    *table = NULL;
    int code = store_prepare(db, error, &found,
                             "SELECT tbl_name FROM \"%w\".sqlite_schema WHERE rootpage = %lld",
                             schema, root);
    if (code == SQLITE_OK) code = store_step(found, error);
    if (code == SQLITE_ROW)
        *table = sqlite3_mprintf("%s", (const char *)sqlite3_column_text(found, 0));
    if (code == SQLITE_ROW && !*table) code = SQLITE_NOMEM;
    sqlite3_finalize(found);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* EXPLAIN names every table a view reads by its root page, however deep the views nest. */
static int watch_view(sqlite3 *db, const char *schema, const char *history, const char *view,
                      bool *tracked, char **error) {
    enum { OPCODE = 1, ROOT = 3, DATABASE = 4 };
    sqlite3_stmt *program;
    sqlite3_int64 own = 0;
    *tracked = true;
    int code = store_integer(db, error, &own,
                             "SELECT seq FROM pragma_database_list WHERE name = %Q", schema);
    if (code != SQLITE_OK) return code;
    code = store_prepare(db, error, &program, "EXPLAIN SELECT * FROM \"%w\".\"%w\"", schema, view);
    while (code == SQLITE_OK && (code = store_step(program, error)) == SQLITE_ROW) {
        const char *opcode = (const char *)sqlite3_column_text(program, OPCODE);
        char *table = NULL;
        code = SQLITE_OK;
        if (opcode && strcmp(opcode, "VOpen") == 0) *tracked = false;
        if (!opcode || strcmp(opcode, "OpenRead") != 0) continue;
        if (sqlite3_column_int64(program, DATABASE) == own)
            code = table_of_root(db, schema, sqlite3_column_int64(program, ROOT), &table, error);
        if (code == SQLITE_OK && !table) *tracked = false;
        if (code == SQLITE_OK && table) code = watch_table(db, schema, history, table, error);
        sqlite3_free(table);
    }
    sqlite3_finalize(program);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* --- all of it ------------------------------------------------------------------------------- */

int store_drop_triggers(sqlite3 *db, const char *schema, const char *history, char **error) {
    sqlite3_stmt *names;
    sqlite3_str *drops = sqlite3_str_new(db);
    int code = store_prepare(db, error, &names,
                             "SELECT name FROM \"%w\".sqlite_schema WHERE type = 'trigger' "
                             "AND substr(name, 1, length(%Q) + 7) = %Q || '_track_' COLLATE NOCASE",
                             schema, history, history);
    while (code == SQLITE_OK && (code = store_step(names, error)) == SQLITE_ROW) {
        sqlite3_str_appendf(drops, "DROP TRIGGER \"%w\".\"%w\";", schema,
                            (const char *)sqlite3_column_text(names, 0));
        code = SQLITE_OK;
    }
    sqlite3_finalize(names);
    if (code == SQLITE_DONE) code = sqlite3_str_errcode(drops);
    char *sql = sqlite3_str_finish(drops);
    if (code == SQLITE_OK && sql) code = store_run(db, error, "%s", sql);
    sqlite3_free(sql);
    return code;
}

/* A source without offender_id says nothing of anyone, so nothing it holds can go stale. */
static bool says_who(sqlite3 *db, const source_place *place) {
    sqlite3_stmt *probe;
    char *ignored = NULL;
    bool answers = store_prepare(db, &ignored, &probe,
                                 "SELECT offender_id FROM \"%w\".\"%w\" LIMIT 0",
                                 place->schema, place->table) == SQLITE_OK;
    sqlite3_finalize(probe);
    sqlite3_free(ignored);
    return answers;
}

static int track_source(sqlite3 *db, const char *schema, const char *history,
                        const source_place *place, bool *tracked, char **error) {
    sqlite3_stmt *type;
    *tracked = false;
    if (sqlite3_stricmp(place->schema, schema) != 0) return SQLITE_OK;
    int code = store_prepare(db, error, &type,
                             "SELECT type, rootpage FROM \"%w\".sqlite_schema WHERE type IN "
                             "('table', 'view') AND name = %Q COLLATE NOCASE",
                             schema, place->table);
    if (code == SQLITE_OK) code = store_step(type, error);
    bool is_view = code == SQLITE_ROW && sqlite3_column_text(type, 0) &&
                   strcmp((const char *)sqlite3_column_text(type, 0), "view") == 0;
    bool is_virtual = code == SQLITE_ROW && !is_view && sqlite3_column_int64(type, 1) == 0;
    sqlite3_finalize(type);
    if (code != SQLITE_ROW || is_virtual) return code == SQLITE_ROW ? SQLITE_OK : code;
    if (is_view) return watch_view(db, schema, history, place->table, tracked, error);
    *tracked = true;
    if (!says_who(db, place)) return SQLITE_OK;
    return track_table(db, schema, history, place->table, error);
}

int store_install_triggers(sqlite3 *db, const char *schema, const char *history,
                           const source_place places[SOURCES], char **untracked, char **error) {
    *untracked = NULL;
    int code = store_drop_triggers(db, schema, history, error);
    for (int i = 0; i < SOURCES && code == SQLITE_OK; i++) {
        bool tracked = true, again = false;
        for (int before = 0; before < i; before++)
            if (places[i].present && places[before].present &&
                sqlite3_stricmp(places[i].table, places[before].table) == 0 &&
                sqlite3_stricmp(places[i].schema, places[before].schema) == 0)
                again = true;
        if (places[i].present && !again)
            code = track_source(db, schema, history, &places[i], &tracked, error);
        if (code == SQLITE_OK && !tracked && !*untracked) {
            *untracked = sqlite3_mprintf("%s", places[i].table);
            if (!*untracked) code = SQLITE_NOMEM;
        }
    }
    return code;
}

/* Adds what the query's texts say to the sum. */
static int add_texts(sqlite3_stmt *query, uint64_t *sum, char **error) {
    int code;
    while ((code = store_step(query, error)) == SQLITE_ROW) {
        const void *text = sqlite3_column_text(query, 0);
        if (text)
            *sum = *sum * 31 + checksum(text, (size_t)sqlite3_column_bytes(query, 0));
    }
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* A source's definition; of a view, those of the views and tables that its text names too, whose
** columns it may take over; and the unique indexes of tables, by which a row replaces others, or
** which let SQLite leave a joined table out. And whether the source stands beside the history:
** where its database is attached, a source named with its database may not. */
static int add_definition(sqlite3 *db, const char *schema, const source_place *place,
                          uint64_t *sum, char **error) {
    sqlite3_stmt *query;
    bool own = place->present && sqlite3_stricmp(place->schema, schema) == 0;
    *sum = *sum * 31 + place->present + 2 * own;
    if (!place->present) return SQLITE_OK;
    int code = store_prepare(
        db, error, &query,
        "WITH RECURSIVE used(type, name, sql) AS ("
        "SELECT type, name, sql FROM \"%w\".sqlite_schema WHERE type IN ('table', 'view') "
        "AND name = %Q COLLATE NOCASE UNION "
        "SELECT inner.type, inner.name, inner.sql FROM used JOIN \"%w\".sqlite_schema AS inner "
        "ON (used.type = 'view' AND inner.type IN ('table', 'view') AND "
        "instr(lower(used.sql), lower(replace(inner.name, '\"', '\"\"'))) > 0) "
        "OR (used.type = 'table' AND inner.type = 'index' AND inner.tbl_name = used.name "
        "AND inner.sql LIKE 'CREATE UNIQUE %%')) "
        "SELECT coalesce(sql, name) FROM used ORDER BY type, name",
        place->schema, place->table, place->schema);
    if (code == SQLITE_OK) code = add_texts(query, sum, error);
    sqlite3_finalize(query);
    return code;
}

static int add_triggers(sqlite3 *db, const char *schema, const char *history, uint64_t *sum,
                        char **error) {
    sqlite3_stmt *query;
    int code = store_prepare(db, error, &query,
                             "SELECT sql FROM \"%w\".sqlite_schema WHERE type = 'trigger' AND "
                             "substr(name, 1, length(%Q) + 7) = %Q || '_track_' COLLATE NOCASE "
                             "ORDER BY name",
                             schema, history, history);
    if (code == SQLITE_OK) code = add_texts(query, sum, error);
    sqlite3_finalize(query);
    return code;
}

int store_fingerprint(sqlite3 *db, const char *schema, const char *history,
                      const source_place places[SOURCES], sqlite3_int64 *fingerprint,
                      char **error) {
    uint64_t sum = 0;
    int code = SQLITE_OK;
    for (int i = 0; i < SOURCES && code == SQLITE_OK; i++)
        code = add_definition(db, schema, &places[i], &sum, error);
    if (code == SQLITE_OK) code = add_triggers(db, schema, history, &sum, error);
    *fingerprint = (sqlite3_int64)sum;
    return code;
}
