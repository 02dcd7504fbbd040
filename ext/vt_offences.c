#include "vt_offences.h"

#include "glue_table.h"
#include "offence.h"

enum {
    CODE,
    FORM,
    HO_CODE,
    LABEL,
    GROUP,
    GROUP12,
    VIOLENT,
    SEXUAL,
    SERIOUS_ACQUISITIVE,
    SERIOUS,
    BREACH,
    RECORDABLE,
    NOTIFIABLE,
    CATEGORY,
    SEVERITY_RANK,
    STATUS
};

/* The plan: read all rows, or the one whose code is the only argument. */
enum { PLAN_ALL, PLAN_CODE };

enum { ROWS_ABOUT = 33000 };

typedef struct offences_cursor {
    sqlite3_vtab_cursor base;
    size_t number; /* in the register */
    bool ended, single;
    offence_finding row;
} offences_cursor;

static const char declaration[] =
    "CREATE TABLE reoffend_offences(code TEXT, form TEXT, ho_code TEXT, label TEXT, "
    "offence_group TEXT, offence_group12 TEXT, violent INTEGER, sexual INTEGER, "
    "serious_acquisitive INTEGER, serious INTEGER, breach INTEGER, recordable INTEGER, "
    "notifiable INTEGER, category TEXT, severity_rank INTEGER, status TEXT)";

static int offences_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    info->idxNum = PLAN_ALL;
    info->estimatedCost = ROWS_ABOUT;
    info->estimatedRows = ROWS_ABOUT;
    for (int i = 0; i < info->nConstraint; i++) {
        if (!info->aConstraint[i].usable || info->aConstraint[i].iColumn != CODE ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        info->idxNum = PLAN_CODE;
        info->aConstraintUsage[i].argvIndex = 1; /* SQLite still compares: '28/3' is not '028/03' */
        info->estimatedCost = 1;
        info->estimatedRows = 1;
        info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
        break;
    }
    return SQLITE_OK;
}

static int offences_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
    int code = glue_table_open(table, cursor);
    if (code != SQLITE_OK) return code;
    offences_cursor *opened = (offences_cursor *)*cursor;
    opened->ended = true;
    return SQLITE_OK;
}

static int offences_close(sqlite3_vtab_cursor *cursor) {
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int offences_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                           sqlite3_value **argv) {
    (void)text, (void)argc;
    offences_cursor *cursor = (offences_cursor *)base;
    cursor->number = 0;
    cursor->single = plan == PLAN_CODE;
    cursor->ended = false;
    if (cursor->single) {
        const char *code = (const char *)sqlite3_value_text(argv[0]);
        if (!code && sqlite3_value_type(argv[0]) != SQLITE_NULL) return SQLITE_NOMEM;
        size_t length = (size_t)sqlite3_value_bytes(argv[0]);
        if (!code || !offence_register_number(code, length, &cursor->number)) {
            cursor->ended = true;
            return SQLITE_OK;
        }
    }
    cursor->ended = !offence_register(cursor->number, &cursor->row);
    return SQLITE_OK;
}

static int offences_next(sqlite3_vtab_cursor *base) {
    offences_cursor *cursor = (offences_cursor *)base;
    cursor->ended = cursor->single || !offence_register(++cursor->number, &cursor->row);
    return SQLITE_OK;
}

static int offences_eof(sqlite3_vtab_cursor *base) {
    return ((offences_cursor *)base)->ended;
}

static void result_static(sqlite3_context *context, const char *text) {
    if (text) sqlite3_result_text(context, text, -1, SQLITE_STATIC);
}

static void result_flag(sqlite3_context *context, uint8_t flag) {
    if (flag != OFFENCE_UNKNOWN) sqlite3_result_int(context, flag == OFFENCE_YES);
}

static void result_ho_code(sqlite3_context *context, const offence_finding *row) {
    char text[OFFENCE_HO_CODE_LENGTH + 1];
    offence_write_ho_code(row->ho_code, text);
    sqlite3_result_text(context, text, OFFENCE_HO_CODE_LENGTH, SQLITE_TRANSIENT);
}

static int offences_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const offence_finding *row = &((offences_cursor *)base)->row;
    const offence_class *class = &row->class;
    const uint8_t flags[] = {class->violent, class->sexual, class->serious_acquisitive,
                             class->serious, class->breach, class->recordable,
                             row->notifiable};
    if (column >= VIOLENT && column <= NOTIFIABLE) {
        result_flag(context, flags[column - VIOLENT]);
    } else if (column == HO_CODE || (column == CODE && !row->cjs_code)) {
        result_ho_code(context, row);
    } else if (column == CODE) {
        result_static(context, row->cjs_code);
    } else if (column == FORM) {
        result_static(context, row->cjs_code ? "CJS" : "Home Office");
    } else if (column == LABEL) {
        result_static(context, row->label);
    } else if (column == GROUP) {
        result_static(context, offence_group_name(class->group));
    } else if (column == GROUP12) {
        result_static(context, offence_group12_name(class->group12));
    } else if (column == CATEGORY) {
        result_static(context, row->category);
    } else if (column == STATUS) {
        result_static(context, offence_status_text(row->status));
    } else if (column == SEVERITY_RANK && class->severity_rank != OFFENCE_RANK_UNKNOWN) {
        sqlite3_result_int(context, class->severity_rank);
    }
    return SQLITE_OK;
}

static int offences_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = (sqlite3_int64)((offences_cursor *)base)->number + 1;
    return SQLITE_OK;
}

static const sqlite3_module offences_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = offences_best_index,
    .xOpen = offences_open,
    .xClose = offences_close,
    .xFilter = offences_filter,
    .xNext = offences_next,
    .xEof = offences_eof,
    .xColumn = offences_column,
    .xRowid = offences_rowid,
};

const glue_module vt_offences = {
    .name = "reoffend_offences",
    .module = &offences_module,
    .columns = declaration,
    .cursor_size = sizeof(offences_cursor),
    .innocuous = true,
    .arguments = "",
    .meaning = "The whole register: every CJS and Home Office offence code with its classification",
    .example = "SELECT code, label FROM reoffend_offences WHERE serious = 1",
};
