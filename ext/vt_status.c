#include "vt_status.h"

#include <string.h>

#include "glue_table.h"
#include "store_query.h"

#define FUNCTION "reoffend_status"

enum {
    HISTORY, BUILT, FRESH, PEOPLE_CHANGED, WHOLE_STALE, GENERATION, EXTRACT_DATE, PEOPLE, EVENTS,
    BLOCKS, BYTES, BYTES_PER_EVENT, FORMAT, COMMAND, SORTED_SOURCES, WANTED_HISTORY
};

static const query_argument arguments[] = {
    {HISTORY, "history", NULL, WANTED_HISTORY + 1},
    {WANTED_HISTORY, "wanted_history",
     FUNCTION "() needs the name of a history; write " FUNCTION "('history')", HISTORY + 1},
};

enum { ARGUMENTS = sizeof arguments / sizeof *arguments };

typedef struct status_size {
    sqlite3_int64 people, events, blocks, bytes;
} status_size;

typedef struct status_cursor {
    sqlite3_vtab_cursor base;
    sqlite3_value *name;
    store_history history;
    status_size size;
    char *sorted; /* which sources a rebuild has to sort, and why; NULL: none */
    bool done;
} status_cursor;

static const char declaration[] =
    "CREATE TABLE x(history TEXT, built INTEGER, fresh INTEGER, people_changed INTEGER, "
    "whole_stale INTEGER, generation INTEGER, extract_date TEXT, people INTEGER, "
    "events INTEGER, blocks INTEGER, bytes INTEGER, bytes_per_event REAL, "
    "format INTEGER, command TEXT, sorted_sources TEXT, wanted_history TEXT HIDDEN)";

static int status_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    unsigned given;
    sqlite3_str *plan = sqlite3_str_new(NULL);
    (void)table;
    int code = query_plan_arguments(info, arguments, ARGUMENTS, plan, &given);
    if (code != SQLITE_OK) {
        sqlite3_free(sqlite3_str_finish(plan));
        return code;
    }
    info->estimatedCost = 100;
    info->estimatedRows = 1;
    return query_plan_finish(info, arguments, ARGUMENTS, given, plan);
}

static void forget_answer(status_cursor *cursor) {
    sqlite3_value_free(cursor->name);
    cursor->name = NULL;
    sqlite3_free(cursor->sorted);
    cursor->sorted = NULL;
    store_history_close(&cursor->history);
}

static int status_close(sqlite3_vtab_cursor *base) {
    forget_answer((status_cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* SQLITE_DONE: NULL, or two different names: no rows. */
static int read_names(status_cursor *cursor, int argc, sqlite3_value **argv) {
    for (int i = 0; i < argc; i++) {
        if (sqlite3_value_type(argv[i]) == SQLITE_NULL) return SQLITE_DONE;
        if (sqlite3_value_type(argv[i]) != SQLITE_TEXT)
            return glue_vtab_error(cursor->base.pVtab, "%s(): history must be a text; got %s",
                                   FUNCTION, glue_type_name(argv[i]));
        const char *text = (const char *)sqlite3_value_text(argv[i]);
        if (!text) return SQLITE_NOMEM;
        if (cursor->name)
            return strcmp(text, (const char *)sqlite3_value_text(cursor->name)) ? SQLITE_DONE
                                                                                : SQLITE_OK;
        cursor->name = sqlite3_value_dup(argv[i]);
        if (!cursor->name || !sqlite3_value_text(cursor->name)) return SQLITE_NOMEM;
    }
    return SQLITE_OK;
}

/* What the stored layers say of themselves. */
static int read_sums(const store_history *history, status_size *size, char **error) {
    sqlite3_stmt *sums;
    const char *schema = history->schema, *name = history->name;
    int code = store_prepare(history->db, error, &sums,
                             "SELECT total(people), total(events), count(*), "
                             "total(length(counted) + length(described)) FROM "
                             "(SELECT * FROM \"%w\".\"%w_block\" UNION ALL "
                             "SELECT * FROM \"%w\".\"%w_patch\")",
                             schema, name, schema, name);
    if (code == SQLITE_OK) code = store_step(sums, error);
    if (code == SQLITE_ROW) {
        size->people = sqlite3_column_int64(sums, 0);
        size->events = sqlite3_column_int64(sums, 1);
        size->blocks = sqlite3_column_int64(sums, 2);
        size->bytes = sqlite3_column_int64(sums, 3);
        code = SQLITE_OK;
    }
    sqlite3_finalize(sums);
    return code;
}

/* Blocks count those whom the patch replaces too, so with a patch people are counted one by one. */
static int read_size(store_history *history, status_size *size, char **error) {
    history_block block;
    history_person person;
    if (history->freshness.format != HISTORY_FORMAT) return SQLITE_OK;
    int code = read_sums(history, size, error);
    if (code == SQLITE_OK) code = store_history_read_people(history, error);
    if (code != SQLITE_OK || history->replaced.count == 0) return code;
    store_blocks blocks = store_blocks_of(history, false);
    size->people = size->events = 0;
    while ((code = store_blocks_next(&blocks, &block, error)) == SQLITE_ROW)
        for (bool more = history_first_person(&block, &person); more;
             more = history_next_person(&person)) {
            size->people++;
            size->events += (person.appearance_end - person.appearance) +
                            (person.offence_end - person.offence);
        }
    store_blocks_close(&blocks);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Why a rebuild would have SQLite sort a source; NULL: it would not. */
static const char *reason_to_sort(const store_history *history, int which) {
    source_order order = SOURCE_IN_ORDER;
    char *ignored = NULL;
    if (history->places[which].present)
        source_order_of(history->db, &history->places[which], &order, &ignored);
    sqlite3_free(ignored);
    return order == SOURCE_SORTED      ? "no index on offender_id"
           : order == SOURCE_SCATTERED ? "its rows lie in another order than its index"
                                       : NULL;
}

static int note_sorting(status_cursor *cursor) {
    sqlite3_str *text = sqlite3_str_new(NULL);
    for (int i = 0; i < SOURCES; i++) {
        const char *reason = reason_to_sort(&cursor->history, i);
        if (reason)
            sqlite3_str_appendf(text, "%s%s: %s", sqlite3_str_length(text) ? "; " : "",
                                source_name((source)i), reason);
    }
    int code = sqlite3_str_errcode(text);
    cursor->sorted = sqlite3_str_finish(text);
    return code;
}

static int status_filter(sqlite3_vtab_cursor *base, int plan_bits, const char *plan, int argc,
                         sqlite3_value **argv) {
    status_cursor *cursor = (status_cursor *)base;
    char *error = NULL;
    (void)plan_bits;
    if (query_missing(base->pVtab, plan, argc, arguments)) return SQLITE_ERROR;
    forget_answer(cursor);
    cursor->done = true;
    int code = read_names(cursor, argc, argv);
    if (code == SQLITE_DONE) return SQLITE_OK;
    if (code == SQLITE_OK)
        code = store_history_open(&cursor->history, glue_table_db(base), NULL,
                                  (const char *)sqlite3_value_text(cursor->name), &error);
    if (code == SQLITE_OK) code = read_size(&cursor->history, &cursor->size, &error);
    if (code == SQLITE_OK) code = note_sorting(cursor);
    cursor->done = code != SQLITE_OK;
    return query_pass_error(base->pVtab, code, error);
}

static int status_next(sqlite3_vtab_cursor *base) {
    ((status_cursor *)base)->done = true;
    return SQLITE_OK;
}

static int status_eof(sqlite3_vtab_cursor *base) {
    return ((status_cursor *)base)->done;
}

static int status_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    (void)base;
    *row = 1;
    return SQLITE_OK;
}

/* --- columns --------------------------------------------------------------------------------- */

static bool is_fresh(const store_freshness *freshness) {
    return freshness->built && !freshness->whole_stale && freshness->changed == 0;
}

static void result_command(sqlite3_context *context, const store_history *history) {
    const store_freshness *freshness = &history->freshness;
    if (is_fresh(freshness)) return;
    const char *command = freshness->built && !freshness->whole_stale ? "refresh" : "rebuild";
    bool in_main = sqlite3_stricmp(history->schema, "main") == 0;
    char *text = in_main ? sqlite3_mprintf("INSERT INTO \"%w\"(\"%w\") VALUES ('%s')",
                                           history->name, history->name, command)
                         : sqlite3_mprintf("INSERT INTO \"%w\".\"%w\"(\"%w\") VALUES ('%s')",
                                           history->schema, history->name, history->name, command);
    if (text) {
        sqlite3_result_text(context, text, -1, sqlite3_free);
    } else {
        sqlite3_result_error_nomem(context);
    }
}

static void size_column(sqlite3_context *context, const status_size *size, int column) {
    if (column == PEOPLE) sqlite3_result_int64(context, size->people);
    if (column == EVENTS) sqlite3_result_int64(context, size->events);
    if (column == BLOCKS) sqlite3_result_int64(context, size->blocks);
    if (column == BYTES) sqlite3_result_int64(context, size->bytes);
    if (column == BYTES_PER_EVENT && size->events)
        sqlite3_result_double(context, (double)size->bytes / (double)size->events);
}

static int status_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const status_cursor *cursor = (const status_cursor *)base;
    const store_history *history = &cursor->history;
    const store_freshness *freshness = &history->freshness;
    switch (column) {
    case BUILT:
        sqlite3_result_int(context, freshness->built);
        break;
    case FRESH:
        sqlite3_result_int(context, is_fresh(freshness));
        break;
    case PEOPLE_CHANGED:
        sqlite3_result_int64(context, freshness->changed);
        break;
    case WHOLE_STALE:
        sqlite3_result_int(context, freshness->whole_stale);
        break;
    case GENERATION:
        sqlite3_result_int64(context, freshness->generation);
        break;
    case EXTRACT_DATE:
        if (history->has_extract_date) glue_result_date(context, history->extract_date);
        break;
    case FORMAT:
        sqlite3_result_int64(context, freshness->format);
        break;
    case COMMAND:
        result_command(context, history);
        break;
    case SORTED_SOURCES:
        if (cursor->sorted)
            sqlite3_result_text(context, cursor->sorted, -1, SQLITE_TRANSIENT);
        break;
    case HISTORY:
    case WANTED_HISTORY:
        sqlite3_result_value(context, cursor->name);
        break;
    default:
        size_column(context, &cursor->size, column);
    }
    return SQLITE_OK;
}

static const sqlite3_module status_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = status_best_index,
    .xOpen = glue_table_open,
    .xClose = status_close,
    .xFilter = status_filter,
    .xNext = status_next,
    .xEof = status_eof,
    .xColumn = status_column,
    .xRowid = status_rowid,
};

const glue_module vt_status = {
    .name = FUNCTION,
    .module = &status_module,
    .columns = declaration,
    .cursor_size = sizeof(status_cursor),
    .arguments = "history",
    .meaning = "What a history holds, whether it is fresh, and the command that makes it so",
    .example = "SELECT fresh, people_changed, command FROM reoffend_status('history')",
};
