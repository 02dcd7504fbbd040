#include "vt_extract.h"

#include <string.h>

#include "extract_row.h"
#include "glue_argument.h"
#include "glue_progress.h"
#include "identifier.h"
#include "store_sql.h"

/* The columns before and after the declared ones. */
enum { FILE_ID, FILE_NAME, PART, LINE, PLACE, FAULT, FIRST_DECLARED };
enum { UNKNOWN, EXTRA, ROW_TEXT, LAST_DAY, PIVOT_YEAR };

/* Bits of the plan, set in xBestIndex and read in xFilter: which arguments come, in this order. */
enum { HAS_LAST_DAY = 1, HAS_PIVOT_YEAR = 2, GOOD_ONLY = 4, FAULTY_ONLY = 8 };

/* Columns of the statements that read load_file and stage. */
enum { FILES_ID, FILES_NAME, FILES_PART, FILES_COLUMNS };
enum { RUN_LINE, RUN_RECORDS, RUN_CONTENT };

typedef struct extract_vtab {
    sqlite3_vtab base;
    sqlite3 *db;
    char *schema, *format;
    char **declarations; /* the layout points into them */
    int declaration_count;
    extract_layout layout;
} extract_vtab;

typedef struct extract_cursor {
    sqlite3_vtab_cursor base;
    sqlite3_stmt *files, *runs;
    extract_layout layout; /* turned to the current file; columns and places are its own */
    extract_setting setting;
    int plan;
    csv_text text;
    csv_record record;
    sqlite3_int64 run_records; /* still to come of the run */
    extract_cell *cells;
    dictionary *known;          /* of each declared column; only a lookup's has anything */
    size_t *coded, coded_count; /* columns whose cells may be unknown codes */
    const char *fault;
    size_t faulty;
    sqlite3_int64 place;
    bool done;
    glue_progress progress;
} extract_cursor;

/* --- connecting ------------------------------------------------------------------------------- */

static int extract_disconnect(sqlite3_vtab *base) {
    extract_vtab *table = (extract_vtab *)base;
    for (int i = 0; i < table->declaration_count; i++) sqlite3_free(table->declarations[i]);
    sqlite3_free(table->declarations);
    sqlite3_free(table->schema);
    sqlite3_free(table->format);
    extract_layout_free(&table->layout);
    sqlite3_free(table);
    return SQLITE_OK;
}

/* Declares every column of a layout; what could be is declared on an error too. */
static int declare_columns(const extract_vtab *table, extract_layout *layout, char **message) {
    *layout = (extract_layout){.from = &glue_memory};
    for (int i = 0; i < table->declaration_count; i++) {
        bool is_known;
        if (!extract_layout_declare(layout, table->declarations[i], &is_known)) return SQLITE_NOMEM;
        if (is_known) continue;
        *message = sqlite3_mprintf(
            "reoffend_extract: a column is declared once, NAME [required] TYPE, TYPE being text, "
            "whole, pnc_id, person, date, past_date, duration, offence_code, or code, kind or "
            "lookup with its values; got \"%s\"",
            table->declarations[i]);
        return SQLITE_ERROR;
    }
    return SQLITE_OK;
}

static int read_arguments(extract_vtab *table, int argc, const char *const *argv, char **message) {
    enum { FORMAT = 3, FIRST = 4 };
    table->schema = sqlite3_mprintf("%s", strcmp(argv[1], "temp") == 0 ? "main" : argv[1]);
    if (argc < FIRST || !glue_argument_text(argv[FORMAT], "format", &table->format)) {
        *message = sqlite3_mprintf("reoffend_extract needs a format and its columns: "
                                   "reoffend_extract(format=NAME, COLUMN TYPE, ...)");
        return SQLITE_ERROR;
    }
    if (argc > FIRST) table->declarations = sqlite3_malloc64((size_t)argc * sizeof(char *));
    if (!table->schema || !table->format || (argc > FIRST && !table->declarations))
        return SQLITE_NOMEM;
    for (int i = FIRST; i < argc; i++) {
        char *copy = sqlite3_mprintf("%s", argv[i]);
        if (!copy) return SQLITE_NOMEM;
        table->declarations[table->declaration_count++] = copy;
    }
    return declare_columns(table, &table->layout, message);
}

static int declare(sqlite3 *db, const extract_layout *layout) {
    static const char *const affinities[EXTRACT_TYPES] = {[EXTRACT_WHOLE] = "INTEGER",
                                                          [EXTRACT_PNC_ID] = "INTEGER",
                                                          [EXTRACT_PERSON] = "INTEGER",
                                                          [EXTRACT_DURATION] = "INTEGER"};
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendall(sql,
                          "CREATE TABLE x(file_id INTEGER, file TEXT, part TEXT, line INTEGER, "
                          "place INTEGER, fault TEXT");
    for (size_t i = 0; i < layout->count; i++) {
        const extract_column *column = &layout->columns[i];
        const char *affinity = affinities[column->type];
        sqlite3_str_appendf(sql, ", \"%.*w\" %s", (int)column->name_length, column->name,
                            affinity ? affinity : "TEXT");
    }
    sqlite3_str_appendall(sql, ", unknown TEXT, extra TEXT, row_text TEXT, last_day TEXT HIDDEN, "
                               "pivot_year INTEGER HIDDEN)");
    char *text = sqlite3_str_finish(sql);
    int code = text ? sqlite3_declare_vtab(db, text) : SQLITE_NOMEM;
    sqlite3_free(text);
    return code;
}

static int extract_connect(sqlite3 *db, void *client, int argc, const char *const *argv,
                           sqlite3_vtab **made, char **message) {
    (void)client;
    extract_vtab *table = sqlite3_malloc(sizeof *table);
    if (!table) return SQLITE_NOMEM;
    *table = (extract_vtab){.db = db, .layout.from = &glue_memory};
    int code = read_arguments(table, argc, argv, message);
    if (code == SQLITE_OK) code = declare(db, &table->layout);
    if (code == SQLITE_OK) code = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    if (code == SQLITE_OK)
        *made = &table->base;
    else
        extract_disconnect(&table->base);
    return code;
}

/* Another function than xConnect: without declarations there is no table. */
static int extract_create(sqlite3 *db, void *client, int argc, const char *const *argv,
                          sqlite3_vtab **made, char **message) {
    return extract_connect(db, client, argc, argv, made, message);
}

/* --- planning --------------------------------------------------------------------------------- */

/* The bit of a constraint this table can use, or 0. */
static int plan_bit(const extract_vtab *table, const struct sqlite3_index_constraint *constraint) {
    int after = constraint->iColumn - FIRST_DECLARED - (int)table->layout.count;
    bool equal = constraint->op == SQLITE_INDEX_CONSTRAINT_EQ;
    if (!constraint->usable) return 0;
    if (equal && after == LAST_DAY) return HAS_LAST_DAY;
    if (equal && after == PIVOT_YEAR) return HAS_PIVOT_YEAR;
    if (constraint->iColumn != FAULT) return 0;
    if (constraint->op == SQLITE_INDEX_CONSTRAINT_ISNULL) return GOOD_ONLY;
    return constraint->op == SQLITE_INDEX_CONSTRAINT_ISNOTNULL ? FAULTY_ONLY : 0;
}

static int extract_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    enum { MANY_ROWS = 10000000 };
    const extract_vtab *table = (const extract_vtab *)base;
    int argument = 0;
    for (int bit = 1; bit <= FAULTY_ONLY; bit <<= 1)
        for (int i = 0; i < info->nConstraint; i++) {
            if (plan_bit(table, &info->aConstraint[i]) != bit || (info->idxNum & bit)) continue;
            info->aConstraintUsage[i].argvIndex = ++argument;
            info->aConstraintUsage[i].omit = 1;
            info->idxNum |= bit;
        }
    info->orderByConsumed =
        info->nOrderBy == 1 && info->aOrderBy[0].iColumn == PLACE && !info->aOrderBy[0].desc;
    info->estimatedCost = MANY_ROWS;
    info->estimatedRows = MANY_ROWS;
    return SQLITE_OK;
}

/* --- opening ---------------------------------------------------------------------------------- */

static void free_cursor(extract_cursor *cursor) {
    extract_layout_free(&cursor->layout);
    sqlite3_free(cursor->cells);
    sqlite3_free(cursor->known);
    sqlite3_free(cursor->coded);
    sqlite3_free(cursor);
}

static int extract_open(sqlite3_vtab *base, sqlite3_vtab_cursor **opened) {
    const extract_vtab *table = (const extract_vtab *)base;
    extract_cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor) return SQLITE_NOMEM;
    memset(cursor, 0, sizeof *cursor);
    cursor->record.from = cursor->setting.merged.from = &glue_memory;
    size_t count = table->layout.count;
    cursor->cells = sqlite3_malloc64((count + 1) * sizeof *cursor->cells);
    cursor->known = sqlite3_malloc64((count + 1) * sizeof *cursor->known);
    cursor->coded = sqlite3_malloc64((count + 1) * sizeof *cursor->coded);
    char *ignored = NULL;
    int code = declare_columns(table, &cursor->layout, &ignored);
    sqlite3_free(ignored);
    *opened = &cursor->base;
    if (code != SQLITE_OK || !cursor->cells || !cursor->known || !cursor->coded) {
        free_cursor(cursor);
        return SQLITE_NOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        dictionary_init(&cursor->known[i], &glue_memory);
        extract_type type = table->layout.columns[i].type;
        if (type == EXTRACT_LOOKUP || type == EXTRACT_OFFENCE_CODE)
            cursor->coded[cursor->coded_count++] = i;
    }
    return SQLITE_OK;
}

static void forget(extract_cursor *cursor) {
    sqlite3_finalize(cursor->files);
    sqlite3_finalize(cursor->runs);
    cursor->files = cursor->runs = NULL;
    csv_record_free(&cursor->record);
    id_map_free(&cursor->setting.merged);
    for (size_t i = 0; i < cursor->layout.count; i++) dictionary_free(&cursor->known[i]);
}

static int extract_close(sqlite3_vtab_cursor *base) {
    extract_cursor *cursor = (extract_cursor *)base;
    forget(cursor);
    free_cursor(cursor);
    return SQLITE_OK;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Hands an error of a statement on to the table. */
static int pass_error(extract_cursor *cursor, int code, char *error) {
    if (error) glue_vtab_error(cursor->base.pVtab, "reoffend_extract: %s", error);
    sqlite3_free(error);
    return code;
}

static int damaged(extract_cursor *cursor) {
    glue_vtab_error(cursor->base.pVtab,
                    "reoffend_extract: the staged text of %s is damaged near line %lld; load the "
                    "file again",
                    sqlite3_column_text(cursor->files, FILES_NAME),
                    (sqlite3_int64)cursor->text.line);
    return SQLITE_CORRUPT_VTAB;
}

/* Turns to the next file; SQLITE_DONE: there is none. */
static int next_file(extract_cursor *cursor) {
    char *error = NULL;
    int code = store_step(cursor->files, &error);
    if (code != SQLITE_ROW) return pass_error(cursor, code, error);
    const char *names = (const char *)sqlite3_column_text(cursor->files, FILES_COLUMNS);
    if (!names) return SQLITE_NOMEM;
    extract_layout_file(&cursor->layout, names,
                        (size_t)sqlite3_column_bytes(cursor->files, FILES_COLUMNS));
    cursor->record.expected = cursor->layout.file_columns;
    sqlite3_reset(cursor->runs);
    sqlite3_bind_value(cursor->runs, 1, sqlite3_column_value(cursor->files, FILES_ID));
    return SQLITE_ROW;
}

/* Turns to the next run of the file; SQLITE_DONE: there is none. */
static int next_run(extract_cursor *cursor) {
    char *error = NULL;
    int code = store_step(cursor->runs, &error);
    if (code != SQLITE_ROW) return pass_error(cursor, code, error);
    const char *content = (const char *)sqlite3_column_text(cursor->runs, RUN_CONTENT);
    if (!content) return SQLITE_NOMEM;
    cursor->text = (csv_text){.at = content,
                              .end = content + sqlite3_column_bytes(cursor->runs, RUN_CONTENT),
                              .line = (size_t)sqlite3_column_int64(cursor->runs, RUN_LINE),
                              .last = true};
    cursor->run_records = sqlite3_column_int64(cursor->runs, RUN_RECORDS);
    glue_progress_at(&cursor->progress, cursor->place);
    return SQLITE_ROW;
}

/* Reads the next record, of this run or a later one; SQLITE_DONE: that was the last. */
static int next_record(extract_cursor *cursor) {
    for (;;) {
        csv_step step = csv_read(&cursor->text, &cursor->record);
        if (step == CSV_NO_MEMORY) return SQLITE_NOMEM;
        if (step == CSV_RECORD) {
            cursor->run_records--;
            cursor->place++;
            return cursor->record.fault == CSV_GOOD ? SQLITE_ROW : damaged(cursor);
        }
        if (cursor->run_records != 0) return damaged(cursor);
        int code = next_run(cursor);
        while (code == SQLITE_DONE && (code = next_file(cursor)) == SQLITE_ROW)
            code = next_run(cursor);
        if (code != SQLITE_ROW) return code;
    }
}

static int extract_next(sqlite3_vtab_cursor *base) {
    extract_cursor *cursor = (extract_cursor *)base;
    int code;
    while ((code = next_record(cursor)) == SQLITE_ROW) {
        cursor->fault = extract_row_read(&cursor->layout, &cursor->setting, &cursor->record,
                                         cursor->cells, &cursor->faulty);
        if (!(cursor->plan & (cursor->fault ? GOOD_ONLY : FAULTY_ONLY))) return SQLITE_OK;
    }
    cursor->done = code == SQLITE_DONE;
    return cursor->done ? SQLITE_OK : code;
}

/* --- beginning -------------------------------------------------------------------------------- */

static int read_setting(extract_cursor *cursor, sqlite3_value **argv) {
    extract_setting *setting = &cursor->setting;
    *setting =
        (extract_setting){CALENDAR_LAST_DAY, IDENTIFIER_DEFAULT_PIVOT, .merged.from = &glue_memory};
    sqlite3_value *day = cursor->plan & HAS_LAST_DAY ? *argv++ : NULL;
    sqlite3_value *year = cursor->plan & HAS_PIVOT_YEAR ? *argv++ : NULL;
    if (day && sqlite3_value_type(day) != SQLITE_NULL &&
        !glue_value_is_date(day, &setting->last_day))
        return glue_vtab_error(cursor->base.pVtab,
                               "reoffend_extract: last_day must be a date, YYYY-MM-DD; got %s",
                               glue_type_name(day));
    if (!year || sqlite3_value_type(year) == SQLITE_NULL) return SQLITE_OK;
    sqlite3_int64 pivot = sqlite3_value_int64(year);
    setting->pivot_year = (int)pivot;
    if (pivot >= IDENTIFIER_FIRST_PIVOT && pivot <= IDENTIFIER_LAST_YEAR) return SQLITE_OK;
    return glue_vtab_error(cursor->base.pVtab,
                           "reoffend_extract: pivot_year must be a year from %d to %d",
                           IDENTIFIER_FIRST_PIVOT, IDENTIFIER_LAST_YEAR);
}

/* Files and runs in the order of precedence. */
static int prepare(extract_cursor *cursor, const extract_vtab *table) {
    char *error = NULL;
    const char *schema = table->schema, *format = table->format;
    int code = store_prepare(table->db, &error, &cursor->files,
                             "SELECT file_id, file, part, columns FROM \"%w\".load_file "
                             "WHERE format = %Q AND state = 'current' ORDER BY as_of, file",
                             schema, format);
    if (code == SQLITE_OK)
        code = store_prepare(table->db, &error, &cursor->runs,
                             "SELECT first_line, records, content FROM \"%w\".stage "
                             "WHERE file_id = ?1 AND reason IS NULL ORDER BY stage_id",
                             schema);
    cursor->progress = (glue_progress){"rows", format, 0, 0, glue_progress_asked()};
    if (code == SQLITE_OK && cursor->progress.asked)
        code = store_integer(table->db, &error, &cursor->progress.total,
                             "SELECT total(records) FROM \"%w\".stage WHERE reason IS NULL AND "
                             "file_id IN (SELECT file_id FROM \"%w\".load_file WHERE format = %Q "
                             "AND state = 'current')",
                             schema, schema, format);
    return pass_error(cursor, code, error);
}

/* Reads what a lookup may be. */
static int read_known(const extract_vtab *table, const extract_column *column, dictionary *known,
                      char **error) {
    sqlite3_stmt *values = NULL;
    const char *dot = memchr(column->values, '.', column->values_length);
    if (!dot)
        return store_error(error, SQLITE_ERROR, "a lookup is of TABLE.COLUMN; got %s",
                           column->values);
    dictionary_init(known, &glue_memory);
    int code = store_prepare(table->db, error, &values, "SELECT \"%w\" FROM \"%w\".\"%.*w\"",
                             dot + 1, table->schema, (int)(dot - column->values), column->values);
    while (code == SQLITE_OK && (code = store_step(values, error)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(values, 0);
        bool added = text && dictionary_add(known, EXTRACT_KNOWN, text,
                                            (size_t)sqlite3_column_bytes(values, 0));
        bool is_null = sqlite3_column_type(values, 0) == SQLITE_NULL;
        code = added || is_null ? SQLITE_OK : SQLITE_NOMEM;
    }
    sqlite3_finalize(values);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Reads which PNC ids were given up. */
static int read_merged(const extract_vtab *table, id_map *merged, char **error) {
    sqlite3_stmt *rows = NULL;
    if (merged->count > 0) return SQLITE_OK;
    int code =
        store_prepare(table->db, error, &rows,
                      "SELECT superseded_id, current_id FROM \"%w\".pnc_merge", table->schema);
    while (code == SQLITE_OK && (code = store_step(rows, error)) == SQLITE_ROW)
        code = id_map_set(merged, sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1))
                   ? SQLITE_OK
                   : SQLITE_NOMEM;
    sqlite3_finalize(rows);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int read_lookups(extract_cursor *cursor, const extract_vtab *table) {
    char *error = NULL;
    int code = SQLITE_OK;
    for (size_t i = 0; i < cursor->layout.count && code == SQLITE_OK; i++) {
        const extract_column *column = &cursor->layout.columns[i];
        if (column->type == EXTRACT_LOOKUP)
            code = read_known(table, column, &cursor->known[i], &error);
        if (column->type == EXTRACT_PERSON)
            code = read_merged(table, &cursor->setting.merged, &error);
    }
    return pass_error(cursor, code, error);
}

static int extract_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                          sqlite3_value **argv) {
    (void)text, (void)argc;
    extract_cursor *cursor = (extract_cursor *)base;
    forget(cursor);
    cursor->plan = plan;
    cursor->place = cursor->run_records = 0;
    cursor->done = false;
    cursor->text = (csv_text){.at = "", .end = "", .last = true};
    cursor->text.end = cursor->text.at;
    int code = read_setting(cursor, argv);
    if (code == SQLITE_OK) code = read_lookups(cursor, (const extract_vtab *)base->pVtab);
    if (code == SQLITE_OK) code = prepare(cursor, (const extract_vtab *)base->pVtab);
    return code == SQLITE_OK ? extract_next(base) : code;
}

static int extract_eof(sqlite3_vtab_cursor *base) {
    return ((extract_cursor *)base)->done;
}

/* --- columns ---------------------------------------------------------------------------------- */

/* Short texts are given with a closing zero: without one SQLite moves the text to a new block as
 *soon
 ** as a function asks for it. */
static void result_text(sqlite3_context *context, csv_field field) {
    char closed[64];
    if (field.length >= sizeof closed) {
        sqlite3_result_text(context, field.text, (int)field.length, SQLITE_TRANSIENT);
        return;
    }
    memcpy(closed, field.text, field.length);
    closed[field.length] = '\0';
    sqlite3_result_text(context, closed, -1, SQLITE_TRANSIENT);
}

static void result_cell(const extract_cursor *cursor, sqlite3_context *context, size_t column) {
    const extract_cell *cell = &cursor->cells[column];
    if (cell->kind == EXTRACT_INTEGER) sqlite3_result_int64(context, cell->number);
    if (cell->kind == EXTRACT_STRING)
        result_text(context, extract_row_text(&cursor->layout, &cursor->record, column));
}

static int result_json(const extract_cursor *cursor, sqlite3_context *context, int which) {
    json_text json = {.from = &glue_memory};
    (which == EXTRA ? extract_row_extra : extract_row_json)(&cursor->layout, &cursor->record,
                                                            &json);
    enum { BRACKETS = 2 };
    bool failed = json.failed;
    if (!failed && (which == ROW_TEXT || json.length > BRACKETS))
        sqlite3_result_text64(context, json.bytes, json.length, SQLITE_TRANSIENT, SQLITE_UTF8);
    json_write_free(&json);
    return failed ? SQLITE_NOMEM : SQLITE_OK;
}

/* The names of the columns whose code is not known. */
static int result_unknown(const extract_cursor *cursor, sqlite3_context *context) {
    sqlite3_str *names = NULL;
    for (size_t place = 0; place < cursor->coded_count; place++) {
        size_t i = cursor->coded[place];
        const extract_column *column = &cursor->layout.columns[i];
        csv_field field = extract_row_text(&cursor->layout, &cursor->record, i);
        if (!extract_cell_is_unknown(column, &cursor->known[i], field.text, field.length)) continue;
        if (names) sqlite3_str_appendchar(names, 1, ' ');
        if (!names) names = sqlite3_str_new(NULL);
        sqlite3_str_append(names, column->name, (int)column->name_length);
    }
    if (!names) return SQLITE_OK;
    int code = sqlite3_str_errcode(names);
    sqlite3_result_text(context, sqlite3_str_finish(names), -1, sqlite3_free);
    return code;
}

static int result_fault(const extract_cursor *cursor, sqlite3_context *context) {
    if (!cursor->fault) return SQLITE_OK;
    const extract_column *column = &cursor->layout.columns[cursor->faulty];
    char *text = sqlite3_mprintf("%.*s:%s", (int)column->name_length, column->name, cursor->fault);
    if (!text) return SQLITE_NOMEM;
    sqlite3_result_text(context, text, -1, sqlite3_free);
    return SQLITE_OK;
}

static int extract_column_of(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    extract_cursor *cursor = (extract_cursor *)base;
    int declared = column - FIRST_DECLARED, after = declared - (int)cursor->layout.count;
    if (declared >= 0 && after < 0) {
        result_cell(cursor, context, (size_t)declared);
        return SQLITE_OK;
    }
    switch (column) {
    case FILE_ID:
    case FILE_NAME:
    case PART:
        sqlite3_result_value(context, sqlite3_column_value(cursor->files, column));
        return SQLITE_OK;
    case LINE:
        sqlite3_result_int64(context, (sqlite3_int64)cursor->record.line);
        return SQLITE_OK;
    case PLACE:
        sqlite3_result_int64(context, cursor->place);
        return SQLITE_OK;
    case FAULT:
        return result_fault(cursor, context);
    default:
        break;
    }
    if (after == UNKNOWN) return result_unknown(cursor, context);
    return after == EXTRA || after == ROW_TEXT ? result_json(cursor, context, after) : SQLITE_OK;
}

static int extract_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((extract_cursor *)base)->place;
    return SQLITE_OK;
}

static const sqlite3_module extract_module = {
    .xCreate = extract_create,
    .xConnect = extract_connect,
    .xBestIndex = extract_best_index,
    .xDisconnect = extract_disconnect,
    .xDestroy = extract_disconnect,
    .xOpen = extract_open,
    .xClose = extract_close,
    .xFilter = extract_filter,
    .xNext = extract_next,
    .xEof = extract_eof,
    .xColumn = extract_column_of,
    .xRowid = extract_rowid,
};

const glue_module vt_extract = {
    .name = "reoffend_extract",
    .module = &extract_module,
    .arguments = "format=, COLUMN [required] TYPE, ...",
    .meaning = "The staged rows of an extract format, typed and checked: "
               "CREATE VIRTUAL TABLE temp.... USING",
    .example = "CREATE VIRTUAL TABLE temp.row USING reoffend_extract(format=pnc_merge, "
               "superseded_pnc_id required pnc_id); SELECT line, fault FROM temp.row",
};
