#include "vt_disclosure.h"

#include "disclosure.h"
#include "glue_table.h"

#include <string.h>

enum {
    CELL,
    STATUS,
    OFFENDERS,
    REOFFENDERS,
    REASON,
    LINE,
    BESIDE,
    EXPOSED,
    CELLS,
    LINES,
    THRESHOLD,
    ROUNDING
};
enum { ARGUMENTS = ROUNDING - CELLS + 1, DEFAULT_THRESHOLD = 5 };
static const sqlite3_int64 COUNT_LIMIT = 1000000000000;

typedef struct disclosure_cursor {
    sqlite3_vtab_cursor base;
    disclosure_cell *cells;
    sqlite3_value **names; /* of the cells */
    size_t cell_count, cell_capacity, name_capacity;
    disclosure_line *lines;
    sqlite3_value **line_names;
    size_t line_count, line_capacity, line_name_capacity;
    size_t *parts;
    size_t part_count, part_capacity;
    disclosure_verdict *verdicts;
    sqlite3_int64 rounding;
    size_t at;
} disclosure_cursor;

static const char declaration[] =
    "CREATE TABLE reoffend_disclosure(cell, status TEXT, offenders INTEGER, reoffenders INTEGER, "
    "reason TEXT, line, beside, exposed INTEGER, cells TEXT HIDDEN, lines TEXT HIDDEN, threshold "
    "INTEGER HIDDEN, "
    "rounding INTEGER HIDDEN)";

/* The plan has a bit for each argument given, in their order, which is that of xFilter's argv. */
static int disclosure_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    int constraint[ARGUMENTS] = {-1, -1, -1, -1}, next = 1;
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (column < CELLS || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (!info->aConstraint[i].usable) return SQLITE_CONSTRAINT;
        constraint[column - CELLS] = i;
    }
    if (constraint[0] < 0 || constraint[1] < 0)
        return glue_vtab_error(table, "reoffend_disclosure needs the names of two tables: "
                                      "reoffend_disclosure(cells, lines [, threshold [, "
                                      "rounding]])");
    info->idxNum = 0;
    for (int i = 0; i < ARGUMENTS; i++) {
        if (constraint[i] < 0) continue;
        info->aConstraintUsage[constraint[i]].argvIndex = next++;
        info->aConstraintUsage[constraint[i]].omit = 1;
        info->idxNum |= 1 << i;
    }
    info->estimatedCost = 1e6;
    info->estimatedRows = 1000;
    return SQLITE_OK;
}

static void forget(disclosure_cursor *cursor) {
    for (size_t i = 0; i < cursor->cell_count; i++) sqlite3_value_free(cursor->names[i]);
    for (size_t i = 0; i < cursor->line_count; i++) sqlite3_value_free(cursor->line_names[i]);
    sqlite3_free(cursor->cells);
    sqlite3_free(cursor->names);
    sqlite3_free(cursor->lines);
    sqlite3_free(cursor->line_names);
    sqlite3_free(cursor->parts);
    sqlite3_free(cursor->verdicts);
    *cursor = (disclosure_cursor){.base = cursor->base};
}

static int disclosure_close(sqlite3_vtab_cursor *base) {
    forget((disclosure_cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* --- reading the two tables ------------------------------------------------------------------- */

/* Prepares SQL and frees its text, which may be NULL. */
static int prepare(glue_table *table, sqlite3_stmt **statement, char *sql) {
    if (!sql) return SQLITE_NOMEM;
    int code = sqlite3_prepare_v2(table->db, sql, -1, statement, NULL);
    sqlite3_free(sql);
    if (code == SQLITE_NOMEM || code == SQLITE_OK) return code;
    return glue_vtab_error(&table->base, "reoffend_disclosure: %s", sqlite3_errmsg(table->db));
}

/* A column a table may lack, and what stands for it then. */
typedef struct optional_column {
    const char *name;
    const char *otherwise;
    bool is_there;
} optional_column;

/* Which optional columns a table has. */
static int find_columns(glue_table *table, const char *name, optional_column *columns, int count) {
    sqlite3_stmt *statement = NULL;
    int code = prepare(table, &statement, sqlite3_mprintf("SELECT * FROM \"%w\" LIMIT 0", name));
    if (code != SQLITE_OK) return code;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < sqlite3_column_count(statement); k++)
            if (sqlite3_stricmp(sqlite3_column_name(statement, k), columns[i].name) == 0)
                columns[i].is_there = true;
    sqlite3_finalize(statement);
    return SQLITE_OK;
}

static const char *column_or(const optional_column *column) {
    return column->is_there ? column->name : column->otherwise;
}

/* A count in column `i`; false: something else. */
static bool read_count(sqlite3_stmt *statement, int i, sqlite3_int64 limit, int64_t *count) {
    if (sqlite3_column_type(statement, i) != SQLITE_INTEGER) return false;
    *count = sqlite3_column_int64(statement, i);
    return *count >= 0 && *count <= limit;
}

/* Keeps a copy of column 0 as the name of number `count`. */
static bool keep_name(sqlite3_stmt *statement, sqlite3_value ***names, size_t *capacity,
                      size_t count) {
    if (!memory_reserve(&glue_memory, (void **)names, capacity, count + 1, sizeof **names))
        return false;
    (*names)[count] = sqlite3_value_dup(sqlite3_column_value(statement, 0));
    return (*names)[count] != NULL;
}

/* A flag in column `i`, named in the error. */
static int read_flag(sqlite3_vtab *table, sqlite3_stmt *row, int i, const char *name, bool *flag) {
    int64_t number;
    if (!read_count(row, i, 1, &number))
        return glue_vtab_error(table, "reoffend_disclosure: %s must be 0 or 1; got another value",
                               name);
    *flag = number == 1;
    return SQLITE_OK;
}

/* What column `i` says is decided; NULL is nothing. */
static int read_decided(sqlite3_vtab *table, sqlite3_stmt *row, int i,
                        disclosure_decided *decided) {
    const char *text = (const char *)sqlite3_column_text(row, i);
    *decided = DISCLOSURE_OPEN;
    if (sqlite3_column_type(row, i) == SQLITE_NULL) return SQLITE_OK;
    if (text && strcmp(text, "hidden") == 0)
        *decided = DISCLOSURE_KEPT_HIDDEN;
    else if (text && strcmp(text, "shown") == 0)
        *decided = DISCLOSURE_KEPT_SHOWN;
    else
        return glue_vtab_error(table, "reoffend_disclosure: decided must be 'hidden', 'shown' or "
                                      "NULL; got another value");
    return SQLITE_OK;
}

/* One row of cells: cell, offenders, reoffenders, published, outcome, decided, least. */
static int read_cell(disclosure_cursor *cursor, sqlite3_stmt *row) {
    sqlite3_vtab *table = cursor->base.pVtab;
    disclosure_cell cell = {.reoffenders = DISCLOSURE_NO_FIGURE};
    bool published = true;
    if (!read_count(row, 1, COUNT_LIMIT, &cell.offenders))
        return glue_vtab_error(table, "reoffend_disclosure: offenders must be whole numbers, 0 or "
                                      "more; got another value");
    if (sqlite3_column_type(row, 2) != SQLITE_NULL &&
        !read_count(row, 2, cell.offenders, &cell.reoffenders))
        return glue_vtab_error(table, "reoffend_disclosure: reoffenders must be whole numbers from "
                                      "0 to offenders; got another value");
    int code = read_flag(table, row, 3, "published", &published);
    if (code == SQLITE_OK) code = read_flag(table, row, 4, "outcome", &cell.outcome);
    if (code == SQLITE_OK) code = read_decided(table, row, 5, &cell.decided);
    if (code != SQLITE_OK) return code;
    if (sqlite3_column_type(row, 6) != SQLITE_NULL &&
        !read_count(row, 6, cell.offenders, &cell.least))
        return glue_vtab_error(table, "reoffend_disclosure: least must be whole numbers from 0 to "
                                      "offenders; got another value");
    cell.withheld = !published;
    if (!memory_reserve(&glue_memory, (void **)&cursor->cells, &cursor->cell_capacity,
                        cursor->cell_count + 1, sizeof cell) ||
        !keep_name(row, &cursor->names, &cursor->name_capacity, cursor->cell_count))
        return SQLITE_NOMEM;
    cursor->cells[cursor->cell_count++] = cell;
    return SQLITE_OK;
}

/* Steps through a statement, each row to `read`, and closes it. */
static int read_rows(disclosure_cursor *cursor, sqlite3_stmt *statement,
                     int (*read)(disclosure_cursor *, sqlite3_stmt *)) {
    glue_table *table = (glue_table *)cursor->base.pVtab;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        code = read(cursor, statement);
        if (code != SQLITE_OK) {
            sqlite3_finalize(statement);
            return code;
        }
    }
    if (code == SQLITE_DONE) return sqlite3_finalize(statement);
    if (code != SQLITE_NOMEM)
        code = glue_vtab_error(&table->base, "reoffend_disclosure: %s", sqlite3_errmsg(table->db));
    sqlite3_finalize(statement);
    return code;
}

static int refuse_duplicate(disclosure_cursor *cursor, sqlite3_stmt *row) {
    if (sqlite3_column_int(row, 0)) return SQLITE_OK;
    return glue_vtab_error(cursor->base.pVtab,
                           "reoffend_disclosure: cell must be unique and not NULL");
}

static int read_cells(disclosure_cursor *cursor, const char *cells) {
    glue_table *table = (glue_table *)cursor->base.pVtab;
    optional_column columns[] = {{"reoffenders", "NULL", false},
                                 {"published", "1", false},
                                 {"outcome", "0", false},
                                 {"decided", "NULL", false},
                                 {"least", "NULL", false}};
    sqlite3_stmt *statement = NULL;
    int code = find_columns(table, cells, columns, sizeof columns / sizeof columns[0]);
    if (code == SQLITE_OK)
        code =
            prepare(table, &statement,
                    sqlite3_mprintf("SELECT count(*) = count(DISTINCT cell) FROM \"%w\"", cells));
    if (code == SQLITE_OK) code = read_rows(cursor, statement, refuse_duplicate);
    if (code == SQLITE_OK)
        code = prepare(table, &statement,
                       sqlite3_mprintf("SELECT cell, offenders, %s, %s, %s, %s, %s FROM \"%w\" "
                                       "ORDER BY cell",
                                       column_or(&columns[0]), column_or(&columns[1]),
                                       column_or(&columns[2]), column_or(&columns[3]),
                                       column_or(&columns[4]), cells));
    return code == SQLITE_OK ? read_rows(cursor, statement, read_cell) : code;
}

/* The first row of a line. */
static int begin_line(disclosure_cursor *cursor, sqlite3_stmt *row, int64_t total) {
    if (!memory_reserve(&glue_memory, (void **)&cursor->lines, &cursor->line_capacity,
                        cursor->line_count + 1, sizeof *cursor->lines) ||
        !keep_name(row, &cursor->line_names, &cursor->line_name_capacity, cursor->line_count))
        return SQLITE_NOMEM;
    cursor->lines[cursor->line_count++] =
        (disclosure_line){.total = (size_t)total, .first = cursor->part_count};
    return SQLITE_OK;
}

/* One row of lines: line, whether it begins one, total's number, part's number. */
static int read_part(disclosure_cursor *cursor, sqlite3_stmt *row) {
    sqlite3_vtab *table = cursor->base.pVtab;
    int64_t total, part;
    sqlite3_int64 last = (sqlite3_int64)cursor->cell_count - 1;
    if (!read_count(row, 2, last, &total) || !read_count(row, 3, last, &part))
        return glue_vtab_error(table, "reoffend_disclosure: total and part must be cells of the "
                                      "first table; got another value");
    if (sqlite3_column_int(row, 1)) {
        int code = begin_line(cursor, row, total);
        if (code != SQLITE_OK) return code;
    }
    disclosure_line *line = &cursor->lines[cursor->line_count - 1];
    bool again = line->count && cursor->parts[cursor->part_count - 1] == (size_t)part;
    if (line->total != (size_t)total || total == part || again)
        return glue_vtab_error(table, "reoffend_disclosure: a line must have one total and each "
                                      "part once; got another");
    if (!memory_reserve(&glue_memory, (void **)&cursor->parts, &cursor->part_capacity,
                        cursor->part_count + 1, sizeof *cursor->parts))
        return SQLITE_NOMEM;
    cursor->parts[cursor->part_count++] = (size_t)part;
    line->count++;
    return SQLITE_OK;
}

static int read_lines(disclosure_cursor *cursor, const char *cells, const char *lines) {
    glue_table *table = (glue_table *)cursor->base.pVtab;
    sqlite3_stmt *statement = NULL;
    int code = prepare(
        table, &statement,
        sqlite3_mprintf(
            "WITH numbered(cell, number) AS MATERIALIZED "
            "(SELECT cell, row_number() OVER (ORDER BY cell) - 1 FROM \"%w\") "
            "SELECT l.line, row_number() OVER (PARTITION BY l.line ORDER BY p.number) = 1, "
            "t.number, p.number FROM \"%w\" AS l LEFT JOIN numbered AS t ON t.cell = l.total "
            "LEFT JOIN numbered AS p ON p.cell = l.part ORDER BY l.line, p.number",
            cells, lines));
    return code == SQLITE_OK ? read_rows(cursor, statement, read_part) : code;
}

/* --- the answer ------------------------------------------------------------------------------- */

static int decide(disclosure_cursor *cursor, sqlite3_int64 threshold) {
    disclosure_set set = {cursor->cells, cursor->cell_count, cursor->lines, cursor->line_count,
                          cursor->parts};
    size_t where;
    cursor->verdicts = sqlite3_malloc64((cursor->cell_count + 1) * sizeof *cursor->verdicts);
    if (!cursor->verdicts) return SQLITE_NOMEM;
    switch (disclosure_protect(&glue_memory, &set, threshold, cursor->verdicts, &where)) {
    case DISCLOSURE_OK:
        return SQLITE_OK;
    case DISCLOSURE_DOES_NOT_ADD:
        return glue_vtab_error(cursor->base.pVtab,
                               "reoffend_disclosure: the parts of a line must add up to its total; "
                               "those of line %s do not",
                               sqlite3_value_text(cursor->line_names[where]));
    default:
        return SQLITE_NOMEM;
    }
}

/* An argument that is a whole number from low to 1,000,000. */
static bool read_option(sqlite3_value *value, sqlite3_int64 low, sqlite3_int64 *option) {
    if (sqlite3_value_type(value) != SQLITE_INTEGER) return false;
    *option = sqlite3_value_int64(value);
    return *option >= low && *option <= 1000000;
}

static int disclosure_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                             sqlite3_value **argv) {
    (void)text, (void)argc;
    disclosure_cursor *cursor = (disclosure_cursor *)base;
    sqlite3_int64 threshold = DEFAULT_THRESHOLD;
    int next = 2;
    forget(cursor);
    cursor->rounding = 1;
    const char *cells = (const char *)sqlite3_value_text(argv[0]);
    const char *lines = (const char *)sqlite3_value_text(argv[1]);
    if (!cells || !lines)
        return glue_vtab_error(base->pVtab, "reoffend_disclosure: cells and lines must be names of "
                                            "tables; got NULL");
    if ((plan & 1 << (THRESHOLD - CELLS)) && !read_option(argv[next++], 0, &threshold))
        return glue_vtab_error(base->pVtab, "reoffend_disclosure: threshold must be a whole number "
                                            "from 0 to 1000000; got another value");
    if ((plan & 1 << (ROUNDING - CELLS)) && !read_option(argv[next], 1, &cursor->rounding))
        return glue_vtab_error(base->pVtab, "reoffend_disclosure: rounding must be a whole number "
                                            "from 1 to 1000000; got another value");
    int code = read_cells(cursor, cells);
    if (code == SQLITE_OK) code = read_lines(cursor, cells, lines);
    if (code == SQLITE_OK) code = decide(cursor, threshold);
    if (code != SQLITE_OK) forget(cursor);
    return code;
}

static int disclosure_next(sqlite3_vtab_cursor *base) {
    ((disclosure_cursor *)base)->at++;
    return SQLITE_OK;
}

static int disclosure_eof(sqlite3_vtab_cursor *base) {
    disclosure_cursor *cursor = (disclosure_cursor *)base;
    return cursor->at >= cursor->cell_count;
}

static const char *status_text(disclosure_reason reason) {
    if (reason == DISCLOSURE_SHOWN) return "shown";
    return reason == DISCLOSURE_WITHHELD ? "withheld" : "hidden";
}

static int disclosure_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const disclosure_cursor *cursor = (disclosure_cursor *)base;
    const disclosure_cell *cell = &cursor->cells[cursor->at];
    const disclosure_verdict *verdict = &cursor->verdicts[cursor->at];
    bool shown = verdict->reason == DISCLOSURE_SHOWN;
    switch (column) {
    case CELL:
        sqlite3_result_value(context, cursor->names[cursor->at]);
        break;
    case STATUS:
        sqlite3_result_text(context, status_text(verdict->reason), -1, SQLITE_STATIC);
        break;
    case OFFENDERS:
        if (shown)
            sqlite3_result_int64(context, disclosure_round(cell->offenders, cursor->rounding));
        break;
    case REOFFENDERS:
        if (shown && cell->reoffenders != DISCLOSURE_NO_FIGURE)
            sqlite3_result_int64(context, disclosure_round(cell->reoffenders, cursor->rounding));
        break;
    case REASON:
        sqlite3_result_text(context, disclosure_reason_text(verdict->reason), -1, SQLITE_STATIC);
        break;
    case LINE:
        if (verdict->line != DISCLOSURE_NONE)
            sqlite3_result_value(context, cursor->line_names[verdict->line]);
        break;
    case BESIDE:
        if (verdict->beside != DISCLOSURE_NONE)
            sqlite3_result_value(context, cursor->names[verdict->beside]);
        break;
    case EXPOSED:
        sqlite3_result_int(context, verdict->exposed);
        break;
    default:
        break;
    }
    return SQLITE_OK;
}

static int disclosure_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = (sqlite3_int64)((disclosure_cursor *)base)->at + 1;
    return SQLITE_OK;
}

static const sqlite3_module disclosure_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = disclosure_best_index,
    .xOpen = glue_table_open,
    .xClose = disclosure_close,
    .xFilter = disclosure_filter,
    .xNext = disclosure_next,
    .xEof = disclosure_eof,
    .xColumn = disclosure_column,
    .xRowid = disclosure_rowid,
};

const glue_module vt_disclosure = {
    .name = "reoffend_disclosure",
    .module = &disclosure_module,
    .columns = declaration,
    .cursor_size = sizeof(disclosure_cursor),
    .innocuous = false,
    .arguments = "cells, lines [, threshold [, rounding]]",
    .meaning = "Which groups of tables published together must be hidden, and why (R35)",
    .example = "SELECT cell, status, offenders FROM reoffend_disclosure('cell', 'line', 5)",
};
