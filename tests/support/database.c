#include "database.h"

sqlite3 *database_open(void) {
    sqlite3 *db = NULL;
    char *message = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    if (sqlite3_reoffend_init(db, &message, NULL) != SQLITE_OK)
        fail_msg("%s", message);
    return db;
}

void database_close(sqlite3 *db) {
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

void database_run(sqlite3 *db, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s\nin: %s", message, sql);
}

/* Appends the current row to the text. */
static void add_row(sqlite3_str *text, sqlite3_stmt *statement) {
    if (sqlite3_str_length(text))
        sqlite3_str_appendchar(text, 1, '\n');
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const char *value = (const char *)sqlite3_column_text(statement, i);
        sqlite3_str_appendf(text, "%s%s", i ? "|" : "", value ? value : "NULL");
    }
}

/* Runs one query to its end; the result code of the last step. */
static int collect(sqlite3 *db, const char *sql, sqlite3_str *text) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code != SQLITE_OK)
        return code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        add_row(text, statement);
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

char *database_text(sqlite3 *db, const char *sql) {
    sqlite3_str *text = sqlite3_str_new(db);
    if (collect(db, sql, text) != SQLITE_OK)
        fail_msg("%s\nin: %s", sqlite3_errmsg(db), sql);
    char *finished = sqlite3_str_finish(text);
    return finished ? finished : sqlite3_mprintf("");
}

void database_expect(sqlite3 *db, const char *sql, const char *expected) {
    char *text = database_text(db, sql);
    if (strcmp(text, expected) != 0)
        fail_msg("in: %s\nexpected: %s\ngot:      %s", sql, expected, text);
    sqlite3_free(text);
}

void database_expect_error(sqlite3 *db, const char *sql, const char *message) {
    sqlite3_str *text = sqlite3_str_new(db);
    int code = collect(db, sql, text);
    sqlite3_free(sqlite3_str_finish(text));
    if (code == SQLITE_OK)
        fail_msg("no error in: %s\nexpected: %s", sql, message);
    if (strcmp(sqlite3_errmsg(db), message) != 0)
        fail_msg("in: %s\nexpected: %s\ngot:      %s", sql, message, sqlite3_errmsg(db));
}
