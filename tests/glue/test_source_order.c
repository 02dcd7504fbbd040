/* A source that says its rows come in order of offender_id and does not give them so: refused, or
** people would count twice. Only a virtual table can do that, so here is one. */
#include "database.h"

#include <string.h>

typedef struct liar_cursor {
    sqlite3_vtab_cursor base;
    int row;
} liar_cursor;

static const int ids[] = {1, 3, 2};

static int liar_connect(sqlite3 *db, void *client, int argc, const char *const *argv,
                        sqlite3_vtab **made, char **message) {
    (void)client, (void)argc, (void)argv, (void)message;
    *made = sqlite3_malloc(sizeof **made);
    if (!*made) return SQLITE_NOMEM;
    memset(*made, 0, sizeof **made);
    return sqlite3_declare_vtab(db, "CREATE TABLE x(offender_id INTEGER, appearance_date, kind)");
}

static int liar_disconnect(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

static int liar_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    info->orderByConsumed = 1;
    return SQLITE_OK;
}

static int liar_open(sqlite3_vtab *table, sqlite3_vtab_cursor **opened) {
    (void)table;
    liar_cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor) return SQLITE_NOMEM;
    memset(cursor, 0, sizeof *cursor);
    *opened = &cursor->base;
    return SQLITE_OK;
}

static int liar_close(sqlite3_vtab_cursor *base) {
    sqlite3_free(base);
    return SQLITE_OK;
}

static int liar_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                       sqlite3_value **argv) {
    (void)plan, (void)text, (void)argc, (void)argv;
    ((liar_cursor *)base)->row = 0;
    return SQLITE_OK;
}

static int liar_next(sqlite3_vtab_cursor *base) {
    ((liar_cursor *)base)->row++;
    return SQLITE_OK;
}

static int liar_eof(sqlite3_vtab_cursor *base) {
    return ((liar_cursor *)base)->row >= (int)count_of(ids);
}

static int liar_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    static const char *const texts[] = {"2009-01-01", "caution"};
    if (column == 0) sqlite3_result_int(context, ids[((liar_cursor *)base)->row]);
    if (column > 0) sqlite3_result_text(context, texts[column - 1], -1, SQLITE_STATIC);
    return SQLITE_OK;
}

static int liar_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((liar_cursor *)base)->row;
    return SQLITE_OK;
}

static const sqlite3_module liar = {
    .xConnect = liar_connect,
    .xBestIndex = liar_best_index,
    .xDisconnect = liar_disconnect,
    .xOpen = liar_open,
    .xClose = liar_close,
    .xFilter = liar_filter,
    .xNext = liar_next,
    .xEof = liar_eof,
    .xColumn = liar_column,
    .xRowid = liar_rowid,
};

#define EXPECTED                                                                                   \
    "the rows of the appearance source do not come in order of offender_id; copy them into a table"

static void rows_out_of_order_are_refused(void **state) {
    (void)state;
    sqlite3 *db = database_open();
    assert_int_equal(sqlite3_create_module(db, "liar", &liar, NULL), SQLITE_OK);
    database_run(db, "CREATE VIEW appearance AS SELECT * FROM liar;"
                     "CREATE VIRTUAL TABLE history USING reoffend_history(stale=allow)");
    database_expect_error(db, "INSERT INTO history(history) VALUES ('rebuild')", EXPECTED);
    database_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_out_of_order_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
