#include "store_sql.h"

#include <stdarg.h>

int store_error(char **error, int code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    sqlite3_free(*error);
    *error = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    return *error ? code : SQLITE_NOMEM;
}

int store_sqlite_error(sqlite3 *db, char **error) {
    int code = sqlite3_errcode(db);
    return store_error(error, code == SQLITE_OK ? SQLITE_ERROR : code, "%s", sqlite3_errmsg(db));
}

static int prepare_text(sqlite3 *db, char **error, sqlite3_stmt **made, char *sql) {
    *made = NULL;
    if (!sql) return SQLITE_NOMEM;
    int code = sqlite3_prepare_v2(db, sql, -1, made, NULL);
    if (code != SQLITE_OK) code = store_sqlite_error(db, error);
    sqlite3_free(sql);
    return code;
}

int store_prepare(sqlite3 *db, char **error, sqlite3_stmt **made, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    return prepare_text(db, error, made, sql);
}

int store_run(sqlite3 *db, char **error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    if (!sql) return SQLITE_NOMEM;
    int code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK) code = store_sqlite_error(db, error);
    sqlite3_free(sql);
    return code;
}

int store_step(sqlite3_stmt *statement, char **error) {
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW || code == SQLITE_DONE) return code;
    return store_sqlite_error(sqlite3_db_handle(statement), error);
}

int store_do(sqlite3_stmt *statement, char **error) {
    int code = store_step(statement, error);
    sqlite3_reset(statement);
    return code == SQLITE_DONE || code == SQLITE_ROW ? SQLITE_OK : code;
}

int store_integer(sqlite3 *db, char **error, sqlite3_int64 *number, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    sqlite3_stmt *statement;
    int code = prepare_text(db, error, &statement, sql);
    *number = 0;
    if (code != SQLITE_OK) return code;
    code = store_step(statement, error);
    if (code == SQLITE_ROW) *number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}
