#include "vt_survival.h"

#include "glue_survival.h"
#include "glue_table.h"

enum { CURVE = GLUE_SURVIVAL_COLUMNS, LEVEL };
/* Bits of the plan, set in xBestIndex and read in xFilter. */
enum { HAS_CURVE = 1, HAS_LEVEL = 2 };

typedef struct survival_cursor {
    sqlite3_vtab_cursor base;
    survival_curve curve;
    survival_walk walk;
    double level;
} survival_cursor;

static const char declaration[] =
    "CREATE TABLE rate_survival_steps(" GLUE_SURVIVAL_DECLARATION
    ", curve TEXT HIDDEN, level REAL HIDDEN)";

/* argv of xFilter: the curve, then the level when given. */
static int survival_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    int curve = -1, level = -1;
    bool unusable = false;
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (column != CURVE && column != LEVEL) continue;
        if (!info->aConstraint[i].usable) {
            unusable = true;
        } else if (column == CURVE) {
            curve = i;
        } else {
            level = i;
        }
    }
    if (unusable) return SQLITE_CONSTRAINT;
    if (curve < 0)
        return glue_vtab_error(
            table, "rate_survival_steps needs a curve: rate_survival_steps(curve [, level])");
    info->aConstraintUsage[curve].argvIndex = 1;
    info->aConstraintUsage[curve].omit = 1;
    info->idxNum = HAS_CURVE;
    if (level >= 0) {
        info->aConstraintUsage[level].argvIndex = 2;
        info->aConstraintUsage[level].omit = 1;
        info->idxNum |= HAS_LEVEL;
    }
    if (info->nOrderBy == 1 && info->aOrderBy[0].iColumn == GLUE_SURVIVAL_TIME &&
        !info->aOrderBy[0].desc)
        info->orderByConsumed = 1;
    info->estimatedCost = 500;
    info->estimatedRows = 500;
    return SQLITE_OK;
}

static int survival_open(sqlite3_vtab *table, sqlite3_vtab_cursor **opened) {
    int code = glue_table_open(table, opened);
    if (code != SQLITE_OK) return code;
    survival_cursor *cursor = (survival_cursor *)*opened;
    cursor->curve.from = &glue_memory;
    cursor->walk = survival_walk_from(&cursor->curve);
    return SQLITE_OK;
}

static int survival_close(sqlite3_vtab_cursor *base) {
    survival_free(&((survival_cursor *)base)->curve);
    sqlite3_free(base);
    return SQLITE_OK;
}

static int survival_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                           sqlite3_value **argv) {
    (void)text, (void)argc;
    survival_cursor *cursor = (survival_cursor *)base;
    survival_free(&cursor->curve);
    cursor->walk = survival_walk_from(&cursor->curve);
    cursor->level = 0.95;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) return SQLITE_OK;
    if (plan & HAS_LEVEL) {
        int code = glue_survival_level(base->pVtab, "rate_survival_steps", argv[1], &cursor->level);
        if (code != SQLITE_OK) return code;
    }
    const char *curve = NULL;
    if (sqlite3_value_type(argv[0]) == SQLITE_TEXT)
        curve = (const char *)sqlite3_value_text(argv[0]);
    if (!curve ||
        !survival_read(&cursor->curve, &glue_memory, curve, (size_t)sqlite3_value_bytes(argv[0])))
        return glue_vtab_error(base->pVtab, "rate_survival_steps: curve must be a text made by "
                                            "rate_survival(); got another value");
    cursor->walk = survival_walk_from(&cursor->curve);
    return SQLITE_OK;
}

static int survival_next(sqlite3_vtab_cursor *base) {
    survival_walk_on(&((survival_cursor *)base)->walk);
    return SQLITE_OK;
}

static int survival_eof(sqlite3_vtab_cursor *base) {
    survival_cursor *cursor = (survival_cursor *)base;
    return cursor->walk.step >= cursor->curve.count;
}

static int survival_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const survival_cursor *cursor = (survival_cursor *)base;
    glue_survival_result(context, &cursor->walk, cursor->level, column);
    return SQLITE_OK;
}

static int survival_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = (sqlite3_int64)((survival_cursor *)base)->walk.step + 1;
    return SQLITE_OK;
}

static const sqlite3_module survival_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = survival_best_index,
    .xOpen = survival_open,
    .xClose = survival_close,
    .xFilter = survival_filter,
    .xNext = survival_next,
    .xEof = survival_eof,
    .xColumn = survival_column,
    .xRowid = survival_rowid,
};

const glue_module vt_survival = {
    .name = "rate_survival_steps",
    .module = &survival_module,
    .columns = declaration,
    .cursor_size = sizeof(survival_cursor),
    .innocuous = true,
    .arguments = "curve [, level]",
    .meaning = "A Kaplan-Meier curve of rate_survival: at risk, survival, errors, limits",
    .example = "SELECT time, at_risk, survival FROM rate_survival_steps((SELECT "
               "rate_survival(column1, column2) FROM (VALUES (30, 1), (12, 0), (30, 0))))",
};
