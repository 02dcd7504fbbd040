#include "vt_explain.h"

#include <string.h>

#include "explain.h"
#include "glue_table.h"
#include "store_window.h"

#define FUNCTION "reoffend_explain"

enum {
    EVENT, EVENT_ID, DATE, DATE_END, KIND, SUBCOHORT, PROVEN_DATE, HO_CODE, EXCLUDED, DECISION,
    RULE, COUNTED, PREVIOUS, MEANING, HISTORY, OFFENDER_ID, WINDOW_START, FIRST_OPTION
};

#define WRITE_IT " write " FUNCTION "('history', 1234, '2009-01-01')"

static const query_argument arguments[] = {
    {HISTORY, "history", FUNCTION "() needs the name of a history;" WRITE_IT, 0},
    {OFFENDER_ID, "offender_id", FUNCTION "() needs an offender_id, an integer;" WRITE_IT, 0},
    {WINDOW_START, "window_start", FUNCTION "() needs a window start, a date;" WRITE_IT, 0},
    QUERY_OPTION_ARGUMENTS(FIRST_OPTION),
};

enum { ARGUMENTS = sizeof arguments / sizeof *arguments };

static const store_window_columns columns = {FUNCTION, HISTORY, WINDOW_START, FIRST_OPTION};

typedef struct explain_cursor {
    sqlite3_vtab_cursor base;
    store_window window;
    sqlite3_int64 offender_id;
    store_people people; /* stands on the person's block while there are rows */
    history_person person;
    explanation explained;
    size_t at;
} explain_cursor;

static const char declaration[] =
    "CREATE TABLE x(event TEXT, event_id INTEGER, date TEXT, date_end TEXT, kind TEXT, "
    "subcohort TEXT, proven_date TEXT, ho_code TEXT, excluded TEXT, decision TEXT, "
    "rule TEXT, counted INTEGER, previous INTEGER, meaning TEXT, history TEXT HIDDEN, "
    "offender_id INTEGER HIDDEN, window_start TEXT HIDDEN, " QUERY_OPTION_COLUMNS ")";

static int explain_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    info->estimatedCost = 1000;
    info->estimatedRows = 20;
    return store_window_best_index(info, arguments, ARGUMENTS);
}

static int explain_open(sqlite3_vtab *table, sqlite3_vtab_cursor **opened) {
    int code = glue_table_open(table, opened);
    if (code != SQLITE_OK) return code;
    explain_cursor *cursor = (explain_cursor *)*opened;
    store_window_init(&cursor->window, &columns);
    explanation_init(&cursor->explained, &glue_memory);
    return SQLITE_OK;
}

/* Forgets the person; the window stays open for the next one. */
static void forget_person(explain_cursor *cursor) {
    store_people_close(&cursor->people);
    explanation_free(&cursor->explained);
    cursor->at = 0;
}

static int explain_close(sqlite3_vtab_cursor *base) {
    explain_cursor *cursor = (explain_cursor *)base;
    forget_person(cursor);
    store_window_close(&cursor->window);
    sqlite3_free(base);
    return SQLITE_OK;
}

static int take_offender(void *user, int column, sqlite3_value *value) {
    explain_cursor *cursor = user;
    (void)column;
    if (sqlite3_value_type(value) == SQLITE_NULL) return SQLITE_DONE;
    if (sqlite3_value_type(value) != SQLITE_INTEGER)
        return glue_vtab_error(cursor->base.pVtab, "%s(): offender_id must be an integer; got %s",
                               FUNCTION, glue_type_name(value));
    cursor->offender_id = sqlite3_value_int64(value);
    return SQLITE_OK;
}

/* Finds the person and explains their events; no events for somebody who is not there. */
static int explain_person(explain_cursor *cursor, char **error) {
    const store_history *history = &cursor->window.history;
    store_people_begin_for(&cursor->people, history, cursor->offender_id);
    int code = store_people_next(&cursor->people, &cursor->person, error);
    if (code != SQLITE_ROW) return code;
    bool made = explanation_make(&cursor->explained, &cursor->window.windows, &cursor->person);
    return made ? SQLITE_OK : SQLITE_NOMEM;
}

static int explain_filter(sqlite3_vtab_cursor *base, int plan_bits, const char *plan, int argc,
                          sqlite3_value **argv) {
    explain_cursor *cursor = (explain_cursor *)base;
    sqlite3_vtab *table = base->pVtab;
    store_window wanted;
    char *error = NULL;
    (void)plan_bits;
    if (query_missing(table, plan, argc, arguments)) return SQLITE_ERROR;
    forget_person(cursor);
    store_window_init(&wanted, &columns);
    int code = store_window_take_all(&wanted, table, plan, argc, argv, take_offender, cursor);
    if (code == SQLITE_OK)
        code = store_window_ask(&cursor->window, &wanted, table, glue_table_db(base));
    store_window_close(&wanted);
    if (code == SQLITE_OK) code = explain_person(cursor, &error);
    return query_pass_error(table, code == SQLITE_DONE ? SQLITE_OK : code, error);
}

static int explain_next(sqlite3_vtab_cursor *base) {
    ((explain_cursor *)base)->at++;
    return SQLITE_OK;
}

static int explain_eof(sqlite3_vtab_cursor *base) {
    explain_cursor *cursor = (explain_cursor *)base;
    return cursor->at >= cursor->explained.count;
}

static int explain_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = (sqlite3_int64)((explain_cursor *)base)->at + 1;
    return SQLITE_OK;
}

/* --- columns --------------------------------------------------------------------------------- */

static void result_day(sqlite3_context *context, int64_t day) {
    if (day != HISTORY_NULL) glue_result_date(context, (calendar_day)day);
}

static void result_number(sqlite3_context *context, int64_t number) {
    if (number != HISTORY_NULL) sqlite3_result_int64(context, number);
}

static void result_code(sqlite3_context *context, const explain_cursor *cursor,
                        dictionary_family family, uint32_t code) {
    const dictionary_entry *entry =
        dictionary_at(&cursor->window.history.texts, family, code);
    if (entry)
        sqlite3_result_text(context, entry->text, (int)entry->length, SQLITE_TRANSIENT);
}

static void appearance_column(sqlite3_context *context, const explain_cursor *cursor, uint32_t row,
                              int column) {
    history_appearance shown = history_appearance_at(cursor->person.block, row);
    if (column == EVENT_ID) result_number(context, shown.id);
    if (column == KIND) query_result_text(context, kind_name(shown.kind));
    if (column == HO_CODE) result_code(context, cursor, DICTIONARY_HO_CODE, shown.ho_code);
    if (column == EXCLUDED) result_code(context, cursor, DICTIONARY_EXCLUDED, shown.excluded);
}

static void offence_column(sqlite3_context *context, const explain_cursor *cursor, uint32_t row,
                           int column) {
    history_offence shown = history_offence_at(cursor->person.block, row);
    if (column == EVENT_ID) result_number(context, shown.id);
    if (column == DATE_END && shown.end != shown.date) result_day(context, shown.end);
    if (column == PROVEN_DATE) result_day(context, shown.proven);
    if (column == HO_CODE) result_code(context, cursor, DICTIONARY_HO_CODE, shown.ho_code);
    if (column == EXCLUDED) result_code(context, cursor, DICTIONARY_EXCLUDED, shown.excluded);
}

static void membership_column(sqlite3_context *context, const explain_cursor *cursor, uint32_t row,
                              int column) {
    history_membership shown = history_membership_at(cursor->person.block, row);
    if (column == DATE_END) result_day(context, shown.end);
    if (column == SUBCOHORT) result_code(context, cursor, DICTIONARY_SUBCOHORT, shown.subcohort);
}

/* What the source says of the event. */
static void event_column(sqlite3_context *context, const explain_cursor *cursor, int column) {
    static const char *const names[] = {"appearance", "offence", "membership"};
    const explained_event *event = &cursor->explained.events[cursor->at];
    if (column == EVENT) {
        query_result_text(context, names[event->event]);
    } else if (column == DATE) {
        result_day(context, event->date);
    } else if (event->event == EXPLAIN_APPEARANCE) {
        appearance_column(context, cursor, event->row, column);
    } else if (event->event == EXPLAIN_OFFENCE) {
        offence_column(context, cursor, event->row, column);
    } else {
        membership_column(context, cursor, event->row, column);
    }
}

/* "excluded: reason". */
static void result_excluded(sqlite3_context *context, const explain_cursor *cursor) {
    const explained_event *event = &cursor->explained.events[cursor->at];
    uint32_t reason = event->event == EXPLAIN_APPEARANCE
                          ? history_appearance_at(cursor->person.block, event->row).excluded
                          : history_offence_at(cursor->person.block, event->row).excluded;
    const dictionary_entry *entry =
        dictionary_at(&cursor->window.history.texts, DICTIONARY_EXCLUDED, reason);
    const char *decision = explain_wording_of(event->decision)->decision;
    char *text = sqlite3_mprintf("%s: %s", decision, entry ? entry->text : "");
    if (text) {
        sqlite3_result_text(context, text, -1, sqlite3_free);
    } else {
        sqlite3_result_error_nomem(context);
    }
}

/* What the measure makes of it. */
static void decision_column(sqlite3_context *context, const explain_cursor *cursor, int column) {
    const explained_event *event = &cursor->explained.events[cursor->at];
    const explain_wording *wording = explain_wording_of(event->decision);
    switch (column) {
    case DECISION:
        if (explain_is_exclusion(event->decision)) {
            result_excluded(context, cursor);
        } else {
            query_result_text(context, wording->decision);
        }
        break;
    case RULE:
        query_result_text(context, wording->rule);
        break;
    case COUNTED:
        sqlite3_result_int(context, wording->counted);
        break;
    case PREVIOUS:
        sqlite3_result_int(context, event->previous);
        break;
    default:
        query_result_text(context, wording->meaning);
    }
}

static int explain_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const explain_cursor *cursor = (const explain_cursor *)base;
    if (column <= EXCLUDED) {
        event_column(context, cursor, column);
    } else if (column <= MEANING) {
        decision_column(context, cursor, column);
    } else if (column == OFFENDER_ID) {
        sqlite3_result_int64(context, cursor->offender_id);
    } else {
        store_window_result(context, &cursor->window, column);
    }
    return SQLITE_OK;
}

static const sqlite3_module explain_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = explain_best_index,
    .xOpen = explain_open,
    .xClose = explain_close,
    .xFilter = explain_filter,
    .xNext = explain_next,
    .xEof = explain_eof,
    .xColumn = explain_column,
    .xRowid = explain_rowid,
};

const glue_module vt_explain = {
    .name = FUNCTION,
    .module = &explain_module,
    .columns = declaration,
    .cursor_size = sizeof(explain_cursor),
    .arguments = "history, offender_id, window_start [, window_months, step_months, "
                 "follow_up_months, wait_months, kinds]",
    .meaning = "Every event of a person: whether it counts in a window, and by which rule (R37)",
    .example = "SELECT date, event, decision, rule FROM "
               "reoffend_explain('history', 1234, '2009-01-01')",
};
