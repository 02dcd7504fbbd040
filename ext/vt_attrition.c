#include "vt_attrition.h"

#include <string.h>

#include "attrition.h"
#include "glue_table.h"
#include "store_window.h"

#define FUNCTION "reoffend_attrition"

enum {
    STEP, WHAT, RULE, PEOPLE, EVENTS, PEOPLE_LOST, EVENTS_LOST, HISTORY, WINDOW_START, FIRST_OPTION
};

#define WRITE_IT " write " FUNCTION "('history', '2009-01-01')"

static const query_argument arguments[] = {
    {HISTORY, "history", FUNCTION "() needs the name of a history;" WRITE_IT, 0},
    {WINDOW_START, "window_start", FUNCTION "() needs a window start, a date;" WRITE_IT, 0},
    QUERY_OPTION_ARGUMENTS(FIRST_OPTION),
};

enum { ARGUMENTS = sizeof arguments / sizeof *arguments };

static const store_window_columns columns = {FUNCTION, HISTORY, WINDOW_START, FIRST_OPTION};

typedef struct attrition_cursor {
    sqlite3_vtab_cursor base;
    store_window window;
    attrition sum;
    int step; /* ATTRITION_STEPS: no more */
} attrition_cursor;

static const char declaration[] =
    "CREATE TABLE x(step INTEGER, what TEXT, rule TEXT, people INTEGER, events INTEGER, "
    "people_lost INTEGER, events_lost INTEGER, history TEXT HIDDEN, "
    "window_start TEXT HIDDEN, " QUERY_OPTION_COLUMNS ")";

static int attrition_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    info->estimatedCost = 1e7;
    info->estimatedRows = ATTRITION_STEPS;
    return store_window_best_index(info, arguments, ARGUMENTS);
}

static int attrition_open(sqlite3_vtab *table, sqlite3_vtab_cursor **opened) {
    int code = glue_table_open(table, opened);
    if (code != SQLITE_OK) return code;
    attrition_cursor *cursor = (attrition_cursor *)*opened;
    store_window_init(&cursor->window, &columns);
    cursor->step = ATTRITION_STEPS;
    return SQLITE_OK;
}

static int attrition_close(sqlite3_vtab_cursor *base) {
    store_window_close(&((attrition_cursor *)base)->window);
    sqlite3_free(base);
    return SQLITE_OK;
}

static int count_blocks(attrition_cursor *cursor, char **error) {
    const store_history *history = &cursor->window.history;
    store_blocks blocks = store_blocks_of(history, false);
    history_block block;
    int code;
    while ((code = store_blocks_next(&blocks, &block, error)) == SQLITE_ROW) {
        if (attrition_add_block(&cursor->sum, &block)) continue;
        code = SQLITE_NOMEM;
        break;
    }
    store_blocks_close(&blocks);
    attrition_free(&cursor->sum);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int attrition_filter(sqlite3_vtab_cursor *base, int plan_bits, const char *plan, int argc,
                            sqlite3_value **argv) {
    attrition_cursor *cursor = (attrition_cursor *)base;
    sqlite3_vtab *table = base->pVtab;
    char *error = NULL;
    (void)plan_bits;
    if (query_missing(table, plan, argc, arguments)) return SQLITE_ERROR;
    store_window_close(&cursor->window);
    attrition_init(&cursor->sum, &glue_memory, &cursor->window.windows);
    cursor->step = ATTRITION_STEPS;
    int code = store_window_take_all(&cursor->window, table, plan, argc, argv, NULL, NULL);
    if (code == SQLITE_DONE) return SQLITE_OK;
    if (code == SQLITE_OK)
        code = store_window_open(&cursor->window, table, glue_table_db(base));
    if (code == SQLITE_OK) code = count_blocks(cursor, &error);
    if (code == SQLITE_OK) cursor->step = 0;
    return query_pass_error(table, code, error);
}

static int attrition_next(sqlite3_vtab_cursor *base) {
    ((attrition_cursor *)base)->step++;
    return SQLITE_OK;
}

static int attrition_eof(sqlite3_vtab_cursor *base) {
    return ((attrition_cursor *)base)->step >= ATTRITION_STEPS;
}

static int attrition_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((attrition_cursor *)base)->step + 1;
    return SQLITE_OK;
}

static int attrition_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const attrition_cursor *cursor = (const attrition_cursor *)base;
    attrition_step step = (attrition_step)cursor->step;
    const attrition_count *here = &cursor->sum.count[step];
    switch (column) {
    case STEP:
        sqlite3_result_int(context, cursor->step + 1);
        break;
    case WHAT:
        query_result_text(context, attrition_what(step));
        break;
    case RULE:
        query_result_text(context, attrition_rule(step));
        break;
    case PEOPLE:
        sqlite3_result_int64(context, here->people);
        break;
    case EVENTS:
        sqlite3_result_int64(context, here->events);
        break;
    case PEOPLE_LOST:
        if (attrition_narrows(step)) sqlite3_result_int64(context, here[-1].people - here->people);
        break;
    case EVENTS_LOST:
        if (attrition_narrows(step)) sqlite3_result_int64(context, here[-1].events - here->events);
        break;
    default:
        store_window_result(context, &cursor->window, column);
    }
    return SQLITE_OK;
}

static const sqlite3_module attrition_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = attrition_best_index,
    .xOpen = attrition_open,
    .xClose = attrition_close,
    .xFilter = attrition_filter,
    .xNext = attrition_next,
    .xEof = attrition_eof,
    .xColumn = attrition_column,
    .xRowid = attrition_rowid,
};

const glue_module vt_attrition = {
    .name = FUNCTION,
    .module = &attrition_module,
    .columns = declaration,
    .cursor_size = sizeof(attrition_cursor),
    .arguments = "history, window_start [, window_months, step_months, follow_up_months, "
                 "wait_months, kinds]",
    .meaning = "How many people and events fall out at each step from the history to a window",
    .example = "SELECT what, rule, people, events FROM reoffend_attrition('history', '2009-01-01')",
};
