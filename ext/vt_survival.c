#include "vt_survival.h"

#include "glue_table.h"
#include "survival.h"

enum { TIME, AT_RISK, EVENTS, CENSORED, SURVIVAL, PROPORTION, STD_ERROR, LOW, HIGH, CURVE, LEVEL };
/* Bits of the plan, set in xBestIndex and read in xFilter. */
enum { HAS_CURVE = 1, HAS_LEVEL = 2 };

typedef struct survival_cursor {
    sqlite3_vtab_cursor base;
    survival_curve curve;
    survival_walk walk;
    double level;
} survival_cursor;

static const char declaration[] =
    "CREATE TABLE rate_survival_steps(time REAL, at_risk INTEGER, events INTEGER, "
    "censored INTEGER, survival REAL, proportion REAL, std_error REAL, low REAL, high REAL, "
    "curve TEXT HIDDEN, level REAL HIDDEN)";

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
    if (info->nOrderBy == 1 && info->aOrderBy[0].iColumn == TIME && !info->aOrderBy[0].desc)
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

static bool read_level(sqlite3_value *value, double *level) {
    int type = sqlite3_value_type(value);
    if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) return false;
    *level = sqlite3_value_double(value);
    return *level > 0.0 && *level < 1.0;
}

static int survival_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                           sqlite3_value **argv) {
    (void)text, (void)argc;
    survival_cursor *cursor = (survival_cursor *)base;
    survival_free(&cursor->curve);
    cursor->walk = survival_walk_from(&cursor->curve);
    cursor->level = 0.95;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) return SQLITE_OK;
    if ((plan & HAS_LEVEL) && !read_level(argv[1], &cursor->level))
        return glue_vtab_error(base->pVtab, "rate_survival_steps: level must be a number above 0 "
                                            "and below 1; got another value");
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

static void result_time(sqlite3_context *context, double time) {
    sqlite3_int64 whole = (sqlite3_int64)time;
    if ((double)whole == time) {
        sqlite3_result_int64(context, whole);
    } else {
        sqlite3_result_double(context, time);
    }
}

static int survival_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const survival_cursor *cursor = (survival_cursor *)base;
    const survival_step *step = &cursor->curve.steps[cursor->walk.step];
    survival_estimate here;
    survival_walk_here(&cursor->walk, cursor->level, &here);
    switch (column) {
    case TIME:
        result_time(context, step->time);
        break;
    case AT_RISK:
        sqlite3_result_int64(context, cursor->walk.at_risk);
        break;
    case EVENTS:
        sqlite3_result_int64(context, step->events);
        break;
    case CENSORED:
        sqlite3_result_int64(context, step->censored);
        break;
    case SURVIVAL:
        sqlite3_result_double(context, here.survival);
        break;
    case PROPORTION:
        sqlite3_result_double(context, 1.0 - here.survival);
        break;
    case STD_ERROR:
        if (here.survival > 0.0) sqlite3_result_double(context, here.std_error);
        break;
    case LOW:
        if (here.survival > 0.0) sqlite3_result_double(context, here.low);
        break;
    case HIGH:
        if (here.survival > 0.0) sqlite3_result_double(context, here.high);
        break;
    default:
        break;
    }
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
