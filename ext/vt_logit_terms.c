#include "vt_logit_terms.h"

#include "glue_table.h"
#include "logit_model.h"

enum { TERM, ESTIMATE, STD_ERROR, Z, P, ODDS_RATIO, STATE, MODEL, NAMES };
/* Bits of the plan, set in xBestIndex and read in xFilter. */
enum { HAS_MODEL = 1, HAS_NAMES = 2 };

typedef struct terms_cursor {
    sqlite3_vtab_cursor base;
    logit_model model;
    char *names; /* NULL: x1, x2, … */
    int term;
} terms_cursor;

static const char declaration[] =
    "CREATE TABLE logit_terms(term TEXT, estimate REAL, std_error REAL, z REAL, p REAL, "
    "odds_ratio REAL, state TEXT, model TEXT HIDDEN, names TEXT HIDDEN)";

/* argv of xFilter: the model, then the names when given. */
static int terms_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    int model = -1, names = -1;
    bool unusable = false;
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (column != MODEL && column != NAMES) continue;
        if (!info->aConstraint[i].usable) {
            unusable = true;
        } else if (column == MODEL) {
            model = i;
        } else {
            names = i;
        }
    }
    if (unusable) return SQLITE_CONSTRAINT;
    if (model < 0)
        return glue_vtab_error(table, "logit_terms needs a model: logit_terms(model [, names])");
    info->aConstraintUsage[model].argvIndex = 1;
    info->aConstraintUsage[model].omit = 1;
    info->idxNum = HAS_MODEL;
    if (names >= 0) {
        info->aConstraintUsage[names].argvIndex = 2;
        info->aConstraintUsage[names].omit = 1;
        info->idxNum |= HAS_NAMES;
    }
    info->estimatedCost = 50;
    info->estimatedRows = 50;
    return SQLITE_OK;
}

static int terms_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
    int code = glue_table_open(table, cursor);
    if (code != SQLITE_OK) return code;
    terms_cursor *opened = (terms_cursor *)*cursor;
    opened->model.from = &glue_memory;
    return SQLITE_OK;
}

static void forget(terms_cursor *cursor) {
    logit_model_free(&cursor->model);
    sqlite3_free(cursor->names);
    cursor->names = NULL;
    cursor->term = 0;
}

static int terms_close(sqlite3_vtab_cursor *base) {
    forget((terms_cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

static int terms_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                        sqlite3_value **argv) {
    (void)text, (void)argc;
    terms_cursor *cursor = (terms_cursor *)base;
    forget(cursor);
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) return SQLITE_OK;
    if (sqlite3_value_type(argv[0]) != SQLITE_TEXT)
        return glue_vtab_error(base->pVtab, "logit_terms: model must be a text; got %s",
                               glue_type_name(argv[0]));
    if ((plan & HAS_NAMES) && sqlite3_value_type(argv[1]) != SQLITE_NULL) {
        cursor->names = sqlite3_mprintf("%s", sqlite3_value_text(argv[1]));
        if (!cursor->names) return SQLITE_NOMEM;
    }
    const char *model = (const char *)sqlite3_value_text(argv[0]);
    if (!model) return SQLITE_NOMEM;
    if (logit_model_read(&cursor->model, &glue_memory, model,
                         (size_t)sqlite3_value_bytes(argv[0])))
        return SQLITE_OK;
    if (cursor->model.no_memory) return SQLITE_NOMEM;
    return glue_vtab_error(base->pVtab,
                           "logit_terms: model must be a text made by logit_fit(); got another");
}

static int terms_next(sqlite3_vtab_cursor *base) {
    ((terms_cursor *)base)->term++;
    return SQLITE_OK;
}

static int terms_eof(sqlite3_vtab_cursor *base) {
    terms_cursor *cursor = (terms_cursor *)base;
    return cursor->term >= cursor->model.term_count;
}

static int term_name(const terms_cursor *cursor, sqlite3_context *context) {
    json_text name = {.from = &glue_memory};
    logit_model_term_name(&cursor->model, cursor->term, cursor->names, &name);
    bool failed = name.failed;
    if (!failed)
        sqlite3_result_text64(context, name.bytes, name.length, SQLITE_TRANSIENT, SQLITE_UTF8);
    json_write_free(&name);
    return failed ? SQLITE_NOMEM : SQLITE_OK;
}

static int terms_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const terms_cursor *cursor = (terms_cursor *)base;
    const logit_term *term = &cursor->model.terms[cursor->term];
    logit_test test = logit_model_test(term);
    if (column == TERM) return term_name(cursor, context);
    if (column == STATE)
        sqlite3_result_text(context, logit_model_state_name(term->state), -1, SQLITE_STATIC);
    if (term->state == LOGIT_ALIASED) return SQLITE_OK;
    const double values[] = {[ESTIMATE] = term->estimate,
                             [STD_ERROR] = term->std_error,
                             [Z] = test.z,
                             [P] = test.p,
                             [ODDS_RATIO] = test.odds_ratio};
    if (column >= ESTIMATE && column <= ODDS_RATIO) sqlite3_result_double(context, values[column]);
    return SQLITE_OK;
}

static int terms_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((terms_cursor *)base)->term + 1;
    return SQLITE_OK;
}

static const sqlite3_module terms_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = terms_best_index,
    .xOpen = terms_open,
    .xClose = terms_close,
    .xFilter = terms_filter,
    .xNext = terms_next,
    .xEof = terms_eof,
    .xColumn = terms_column,
    .xRowid = terms_rowid,
};

const glue_module vt_logit_terms = {
    .name = "logit_terms",
    .module = &terms_module,
    .columns = declaration,
    .cursor_size = sizeof(terms_cursor),
    .innocuous = true,
    .arguments = "model [, names]",
    .meaning = "The terms of a model of logit_fit: estimate, std_error, z, p, odds_ratio, state",
    .example = "SELECT term, estimate FROM logit_terms((SELECT logit_fit(column1, column2) "
               "FROM (VALUES (0, 1), (1, 2), (0, 3), (1, 4))), 'age')",
};
