#include "vt_match.h"

#include "glue_progress.h"
#include "glue_table.h"
#include "match_index.h"
#include "store_sql.h"

enum { LISTED_ID, PERSON_ID, SCORE, LISTED, PEOPLE, LOWEST };
enum { ARGUMENTS = LOWEST - LISTED + 1 };
/* Columns of the statements that read the two tables. */
enum { ROW, SURNAME, FORENAME, BIRTH };

typedef struct match_cursor {
    sqlite3_vtab_cursor base;
    match_index index;
    sqlite3_stmt *people;
    match_person person; /* the index holds on to it */
    double lowest, score;
    int64_t listed_id;
    sqlite3_int64 row, read;
    bool done;
    glue_progress progress;
} match_cursor;

/* argv of xFilter: the three arguments, in their order. */
static int match_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    int constraint[ARGUMENTS] = {-1, -1, -1};
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (column < LISTED || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (!info->aConstraint[i].usable) return SQLITE_CONSTRAINT;
        constraint[column - LISTED] = i;
    }
    for (int i = 0; i < ARGUMENTS; i++) {
        if (constraint[i] < 0)
            return glue_vtab_error(table, "match_candidates needs two tables and a score: "
                                          "match_candidates(listed, people, lowest)");
        info->aConstraintUsage[constraint[i]].argvIndex = i + 1;
        info->aConstraintUsage[constraint[i]].omit = 1;
    }
    info->estimatedCost = 1e7;
    info->estimatedRows = 100000;
    return SQLITE_OK;
}

static int match_open(sqlite3_vtab *table, sqlite3_vtab_cursor **opened) {
    int code = glue_table_open(table, opened);
    if (code == SQLITE_OK) ((match_cursor *)*opened)->index.from = &glue_memory;
    return code;
}

static void forget(match_cursor *cursor) {
    match_index_free(&cursor->index);
    sqlite3_finalize(cursor->people);
    cursor->people = NULL;
    cursor->row = cursor->read = 0;
}

static int match_close(sqlite3_vtab_cursor *base) {
    forget((match_cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* --- reading ---------------------------------------------------------------------------------- */

static int pass_error(match_cursor *cursor, int code, char *error) {
    if (error) glue_vtab_error(cursor->base.pVtab, "match_candidates: %s", error);
    sqlite3_free(error);
    return code;
}

static bool read_name(sqlite3_stmt *row, int column, match_name *name) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    match_name_read(text ? text : "", text ? (size_t)sqlite3_column_bytes(row, column) : 0, name);
    return name->length > 0;
}

/* False: something of the description is missing. */
static bool read_person(sqlite3_stmt *row, match_person *person) {
    return glue_value_is_date(sqlite3_column_value(row, BIRTH), &person->birth) &&
           read_name(row, SURNAME, &person->surname) && read_name(row, FORENAME, &person->forename);
}

static int prepare(const match_cursor *cursor, const char *table, sqlite3_stmt **rows,
                   char **error) {
    return store_prepare(glue_table_db(&cursor->base), error, rows,
                         "SELECT rowid, surname, forename, birth_date FROM \"%w\"", table);
}

/* store_step; a row that cannot be told from others is an error. */
static int step(sqlite3_stmt *rows, char **error) {
    int code = store_step(rows, error);
    if (code == SQLITE_ROW && sqlite3_column_type(rows, ROW) != SQLITE_INTEGER)
        return store_error(error, SQLITE_ERROR, "needs tables; a view has no rowids");
    return code;
}

static int read_listed(match_cursor *cursor, const char *table) {
    sqlite3_stmt *rows = NULL;
    match_person person;
    char *error = NULL;
    int code = prepare(cursor, table, &rows, &error);
    while (code == SQLITE_OK && (code = step(rows, &error)) == SQLITE_ROW) {
        code = SQLITE_OK;
        if (read_person(rows, &person) &&
            !match_index_add(&cursor->index, sqlite3_column_int64(rows, ROW), &person))
            code = SQLITE_NOMEM;
    }
    sqlite3_finalize(rows);
    if (code == SQLITE_DONE) code = match_index_seal(&cursor->index) ? SQLITE_OK : SQLITE_NOMEM;
    return pass_error(cursor, code, error);
}

/* Turns to the next of the people who can be compared; SQLITE_DONE: there is none. */
static int next_person(match_cursor *cursor) {
    char *error = NULL;
    int code;
    while ((code = step(cursor->people, &error)) == SQLITE_ROW) {
        enum { BETWEEN = 0xFFF };
        if ((++cursor->read & BETWEEN) == 0) glue_progress_at(&cursor->progress, cursor->read);
        if (!read_person(cursor->people, &cursor->person)) continue;
        match_index_ask(&cursor->index, &cursor->person);
        break;
    }
    return pass_error(cursor, code, error);
}

static int match_next(sqlite3_vtab_cursor *base) {
    match_cursor *cursor = (match_cursor *)base;
    int code = SQLITE_ROW;
    cursor->row++;
    while (code == SQLITE_ROW) {
        while (match_index_next(&cursor->index, &cursor->listed_id, &cursor->score))
            if (cursor->score >= cursor->lowest) return SQLITE_OK;
        code = next_person(cursor);
    }
    cursor->done = true;
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Nobody is listed: nobody has to be read. */
static int read_people(match_cursor *cursor, const char *table) {
    char *error = NULL;
    int code = prepare(cursor, table, &cursor->people, &error);
    if (code == SQLITE_OK && cursor->index.count == 0) {
        cursor->done = true;
        return SQLITE_OK;
    }
    cursor->progress = (glue_progress){"people", "comparing", 0, 0, glue_progress_asked()};
    if (code == SQLITE_OK && cursor->progress.asked)
        code = store_integer(glue_table_db(&cursor->base), &error, &cursor->progress.total,
                             "SELECT count(*) FROM \"%w\"", table);
    code = pass_error(cursor, code, error);
    if (code == SQLITE_OK) code = next_person(cursor);
    cursor->done = code == SQLITE_DONE;
    return code == SQLITE_ROW ? match_next(&cursor->base) : cursor->done ? SQLITE_OK : code;
}

static int match_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                        sqlite3_value **argv) {
    (void)plan, (void)text;
    match_cursor *cursor = (match_cursor *)base;
    forget(cursor);
    cursor->done = true;
    for (int i = 0; i < argc; i++)
        if (sqlite3_value_type(argv[i]) == SQLITE_NULL) return SQLITE_OK;
    int type = sqlite3_value_numeric_type(argv[LOWEST - LISTED]);
    if (type != SQLITE_INTEGER && type != SQLITE_FLOAT)
        return glue_vtab_error(base->pVtab, "match_candidates: lowest must be a number; got %s",
                               glue_type_name(argv[LOWEST - LISTED]));
    const char *listed = (const char *)sqlite3_value_text(argv[0]);
    const char *people = (const char *)sqlite3_value_text(argv[1]);
    if (!listed || !people) return SQLITE_NOMEM;
    cursor->lowest = sqlite3_value_double(argv[LOWEST - LISTED]);
    cursor->done = false;
    int code = read_listed(cursor, listed);
    return code == SQLITE_OK ? read_people(cursor, people) : code;
}

static int match_eof(sqlite3_vtab_cursor *base) {
    return ((match_cursor *)base)->done;
}

static int match_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const match_cursor *cursor = (match_cursor *)base;
    if (column == LISTED_ID) sqlite3_result_int64(context, cursor->listed_id);
    if (column == PERSON_ID)
        sqlite3_result_int64(context, sqlite3_column_int64(cursor->people, ROW));
    if (column == SCORE) sqlite3_result_double(context, cursor->score);
    return SQLITE_OK;
}

static int match_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((match_cursor *)base)->row;
    return SQLITE_OK;
}

static const sqlite3_module match_module = {
    .xConnect = glue_table_connect,
    .xBestIndex = match_best_index,
    .xDisconnect = glue_table_disconnect,
    .xOpen = match_open,
    .xClose = match_close,
    .xFilter = match_filter,
    .xNext = match_next,
    .xEof = match_eof,
    .xColumn = match_column,
    .xRowid = match_rowid,
};

const glue_module vt_match = {
    .name = "match_candidates",
    .module = &match_module,
    .columns = "CREATE TABLE match_candidates(listed_id INTEGER, person_id INTEGER, score REAL, "
               "listed TEXT HIDDEN, people TEXT HIDDEN, lowest REAL HIDDEN)",
    .cursor_size = sizeof(match_cursor),
    .arguments = "listed, people, lowest",
    .meaning = "Pairs of two tables that may be one person, with the score (R28)",
    .example = "SELECT listed_id, person_id, score FROM match_candidates('list', 'person', 14)",
};
