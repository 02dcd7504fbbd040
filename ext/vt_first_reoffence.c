#include "vt_first_reoffence.h"

#include "glue_survival.h"
#include "glue_table.h"
#include "store_members.h"
#include "store_window.h"

#define FUNCTION "reoffend_survival"

enum { COMPLETE = GLUE_SURVIVAL_COLUMNS, HISTORY, WINDOW_START, LEVEL, FIRST_OPTION };

/* Steps of people are put together when there are so many. */
enum { STEPS_AT_ONCE = 1 << 14 };

#define WRITE_IT " write " FUNCTION "('history', '2009-01-01')"

static const query_argument arguments[] = {
    {HISTORY, "history", FUNCTION "() needs the name of a history;" WRITE_IT, 0},
    {WINDOW_START, "window_start", FUNCTION "() needs a window start, a date;" WRITE_IT, 0},
    {LEVEL, "level", NULL, 0},
    QUERY_OPTION_ARGUMENTS(FIRST_OPTION),
};

enum { ARGUMENTS = sizeof arguments / sizeof *arguments };

static const store_window_columns columns = {FUNCTION, HISTORY, WINDOW_START, FIRST_OPTION};

typedef struct first_cursor {
    sqlite3_vtab_cursor base;
    store_window window;
    double level;
    bool complete;
    survival_curve curve;
    survival_walk walk;
} first_cursor;

static const char declaration[] =
    "CREATE TABLE x(" GLUE_SURVIVAL_DECLARATION ", complete INTEGER, history TEXT HIDDEN, "
    "window_start TEXT HIDDEN, level REAL HIDDEN, " QUERY_OPTION_COLUMNS ")";

static int first_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    info->estimatedCost = 1e7;
    info->estimatedRows = 400;
    return store_window_best_index(info, arguments, ARGUMENTS);
}

static int first_open(sqlite3_vtab *table, sqlite3_vtab_cursor **opened) {
    int code = glue_table_open(table, opened);
    if (code != SQLITE_OK) return code;
    first_cursor *cursor = (first_cursor *)*opened;
    store_window_init(&cursor->window, &columns);
    cursor->curve.from = &glue_memory;
    cursor->walk = survival_walk_from(&cursor->curve);
    return SQLITE_OK;
}

static int first_close(sqlite3_vtab_cursor *base) {
    first_cursor *cursor = (first_cursor *)base;
    survival_free(&cursor->curve);
    store_window_close(&cursor->window);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* The only argument that is not the window's: the level. */
static int take_level(void *user, int column, sqlite3_value *value) {
    first_cursor *cursor = user;
    (void)column;
    if (sqlite3_value_type(value) == SQLITE_NULL) return SQLITE_DONE;
    return glue_survival_level(cursor->base.pVtab, FUNCTION "()", value, &cursor->level);
}

/* What is known of the cohort while it is walked over. */
typedef struct watch {
    survival_curve *curve;
    calendar_day last_waited;
    int32_t longest;  /* days of the longest follow-up that was watched to its end */
    int64_t finished; /* people watched to the end who did not re-offend */
} watch;

/* Notes 1 to 3. False: no memory. */
static bool add_member(watch *in, const member *who) {
    calendar_day index = (calendar_day)who->index.date, end = who->follow_up_end;
    bool to_end = end <= in->last_waited;
    calendar_day until = to_end ? end : in->last_waited;
    if (until <= index) return true;
    if (to_end && end - index > in->longest) in->longest = end - index;
    if (in->curve->count >= STEPS_AT_ONCE) survival_sort(in->curve);
    if (who->outcome.reoffences && who->outcome.first_date <= until)
        return survival_add(in->curve, who->outcome.first_date - index, true);
    if (!to_end) return survival_add(in->curve, until - index, false);
    in->finished++;
    return true;
}

static bool add_finished(const watch *in) {
    for (int64_t i = 0; i < in->finished; i++)
        if (!survival_add(in->curve, in->longest, false)) return false;
    return true;
}

static int add_members(first_cursor *cursor, char **error) {
    const store_history *history = &cursor->window.history;
    const window_plan *windows = &cursor->window.windows;
    codebook book = {.from = &glue_memory};
    store_members members = {0};
    const member *found;
    cursor->complete = window_is_complete(windows, 0, history->extract_date);
    watch in = {.curve = &cursor->curve,
                .last_waited = window_last_waited(windows, history->extract_date)};
    int code = codebook_make(&book, &history->texts) ? SQLITE_OK : SQLITE_NOMEM;
    if (code == SQLITE_OK) {
        store_members_begin(&members, history, windows, &book, false);
        while ((code = store_members_next(&members, &found, error)) == SQLITE_ROW)
            if (!add_member(&in, found)) {
                code = SQLITE_NOMEM;
                break;
            }
        store_members_close(&members);
    }
    if (code == SQLITE_DONE && !add_finished(&in)) code = SQLITE_NOMEM;
    codebook_free(&book);
    survival_sort(&cursor->curve);
    cursor->walk = survival_walk_from(&cursor->curve);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int first_filter(sqlite3_vtab_cursor *base, int plan_bits, const char *plan, int argc,
                        sqlite3_value **argv) {
    first_cursor *cursor = (first_cursor *)base;
    sqlite3_vtab *table = base->pVtab;
    store_window wanted;
    char *error = NULL;
    (void)plan_bits;
    if (query_missing(table, plan, argc, arguments)) return SQLITE_ERROR;
    survival_free(&cursor->curve);
    cursor->walk = survival_walk_from(&cursor->curve);
    cursor->level = 0.95;
    store_window_init(&wanted, &columns);
    int code = store_window_take_all(&wanted, table, plan, argc, argv, take_level, cursor);
    if (code == SQLITE_OK)
        code = store_window_ask(&cursor->window, &wanted, table, glue_table_db(base));
    store_window_close(&wanted);
    if (code == SQLITE_OK && cursor->window.history.has_extract_date)
        code = add_members(cursor, &error);
    return query_pass_error(table, code == SQLITE_DONE ? SQLITE_OK : code, error);
}

static int first_next(sqlite3_vtab_cursor *base) {
    survival_walk_on(&((first_cursor *)base)->walk);
    return SQLITE_OK;
}

static int first_eof(sqlite3_vtab_cursor *base) {
    first_cursor *cursor = (first_cursor *)base;
    return cursor->walk.step >= cursor->curve.count;
}

static int first_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = (sqlite3_int64)((first_cursor *)base)->walk.step + 1;
    return SQLITE_OK;
}

static int first_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const first_cursor *cursor = (const first_cursor *)base;
    if (column < GLUE_SURVIVAL_COLUMNS) {
        glue_survival_result(context, &cursor->walk, cursor->level, column);
    } else if (column == COMPLETE) {
        sqlite3_result_int(context, cursor->complete);
    } else if (column == LEVEL) {
        sqlite3_result_double(context, cursor->level);
    } else {
        store_window_result(context, &cursor->window, column);
    }
    return SQLITE_OK;
}

static const sqlite3_module first_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = first_best_index,
    .xOpen = first_open,
    .xClose = first_close,
    .xFilter = first_filter,
    .xNext = first_next,
    .xEof = first_eof,
    .xColumn = first_column,
    .xRowid = first_rowid,
};

const glue_module vt_first_reoffence = {
    .name = FUNCTION,
    .module = &first_module,
    .columns = declaration,
    .cursor_size = sizeof(first_cursor),
    .arguments = "history, window_start [, level, window_months, step_months, follow_up_months, "
                 "wait_months, kinds]",
    .meaning = "Time to the first re-offence of a window, final or not: a Kaplan-Meier curve",
    .example = "SELECT time, at_risk, proportion FROM reoffend_survival('history', '2010-01-01')",
};
