#include "store_source.h"

#include <string.h>

const char *source_name(source which) {
    return source_shapes[which].name;
}

/* --- in which order -------------------------------------------------------------------------- */

/* SQLite's own plan for the statement has a step that sorts. */
static int plan_sorts(sqlite3 *db, const char *statement, bool *sorts, char **error) {
    enum { DETAIL = 3 };
    sqlite3_stmt *plan;
    *sorts = false;
    int code = store_prepare(db, error, &plan, "EXPLAIN QUERY PLAN %s", statement);
    while (code == SQLITE_OK && (code = store_step(plan, error)) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(plan, DETAIL);
        *sorts = *sorts || (detail && strstr(detail, "TEMP B-TREE"));
        code = SQLITE_OK;
    }
    sqlite3_finalize(plan);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Looks at the first rows in person order: do they lie in the table in another order? In order of
** arrival the next person's rows lie before as often as behind. A view and a table without rowids
** have no places; their plan is taken as it is. */
static bool is_scattered(sqlite3 *db, const source_place *place) {
    enum { SAMPLE = 1000, MOST_BACKWARD = SAMPLE / 20 };
    sqlite3_stmt *rows;
    char *ignored = NULL;
    int backward = 0, seen = 0;
    int code = store_prepare(db, &ignored, &rows,
                             "SELECT _rowid_ FROM \"%w\".\"%w\" ORDER BY offender_id "
                             "LIMIT %d",
                             place->schema, place->table, SAMPLE);
    sqlite3_free(ignored);
    sqlite3_int64 before = INT64_MIN;
    for (; code == SQLITE_OK && sqlite3_step(rows) == SQLITE_ROW; seen++) {
        sqlite3_int64 row = sqlite3_column_int64(rows, 0);
        backward += row < before;
        before = row;
    }
    sqlite3_finalize(rows);
    return seen == SAMPLE && backward > MOST_BACKWARD;
}

int source_order_of(sqlite3 *db, const source_place *place, source_order *order, char **error) {
    bool sorts = false;
    char *reading = sqlite3_mprintf("SELECT * FROM \"%w\".\"%w\" ORDER BY offender_id",
                                    place->schema, place->table);
    int code = reading ? plan_sorts(db, reading, &sorts, error) : SQLITE_NOMEM;
    sqlite3_free(reading);
    *order = sorts ? SOURCE_SORTED : SOURCE_IN_ORDER;
    if (code == SQLITE_OK && !sorts && is_scattered(db, place)) *order = SOURCE_SCATTERED;
    return code;
}

/* --- opening --------------------------------------------------------------------------------- */

static bool has_column(sqlite3_stmt *statement, const char *name) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const char *found = sqlite3_column_name(statement, i);
        if (found && sqlite3_stricmp(found, name) == 0) return true;
    }
    return false;
}

/* Appends the column, or what stands for it when the source has no such column. */
static int append_column(sqlite3_str *sql, source which, int i, sqlite3_stmt *columns,
                         char **error) {
    const source_shape *shape = &source_shapes[which];
    const source_column *column = &shape->columns[i];
    if (has_column(columns, column->name)) {
        sqlite3_str_appendf(sql, "\"%w\"", column->name);
    } else if (column->required) {
        return store_error(error, SQLITE_ERROR,
                           "the %s source has no column %s; give it a view that names it so",
                           shape->name, column->name);
    } else if (which == SOURCE_OFFENCE && i == SOURCE_PROVEN_DATE) {
        sqlite3_str_appendf(sql, "\"%w\"", shape->columns[SOURCE_OFFENCE_DATE].name);
    } else {
        sqlite3_str_appendall(sql, "NULL");
    }
    return SQLITE_OK;
}

/* The source's columns, each after a comma. */
static int append_columns(sqlite3_str *sql, sqlite3 *db, const source_place *place, source which,
                          char **error) {
    sqlite3_stmt *columns;
    int code = store_prepare(db, error, &columns, "SELECT * FROM \"%w\".\"%w\" LIMIT 0",
                             place->schema, place->table);
    for (int i = 0; code == SQLITE_OK && i < source_shapes[which].count; i++) {
        sqlite3_str_appendall(sql, ", ");
        code = append_column(sql, which, i, columns, error);
    }
    sqlite3_finalize(columns);
    return code;
}

/* An offender source without ids says nothing of anybody. */
static int says_who(sqlite3 *db, const source_place *place, bool *says, char **error) {
    sqlite3_stmt *columns;
    int code = store_prepare(db, error, &columns, "SELECT * FROM \"%w\".\"%w\" LIMIT 0",
                             place->schema, place->table);
    *says = code == SQLITE_OK && has_column(columns, "offender_id");
    sqlite3_finalize(columns);
    return code;
}

/* A statement whose function takes the rows and stops it where it says so. NULL in *made: rows
** cannot be pushed. Only those of a table can, read without a sort: in a view SQLite calls the
** function where the row is made, before it puts rows in order or drops those that are there twice.
*/
static int prepare_push(sqlite3 *db, const source_place *place, const char *columns,
                        sqlite3_stmt **made, char **error) {
    sqlite3_int64 is_table = 0;
    bool sorts = false;
    *made = NULL;
    int code = store_integer(db, error, &is_table,
                             "SELECT count(*) FROM \"%w\".sqlite_schema WHERE type = 'table' "
                             "AND name = %Q COLLATE NOCASE",
                             place->schema, place->table);
    if (code != SQLITE_OK || !is_table) return code;
    char *statement = sqlite3_mprintf("SELECT 1 FROM \"%w\".\"%w\" "
                                      "WHERE reoffend_source_row(?1%s) ORDER BY offender_id",
                                      place->schema, place->table, columns);
    code = statement ? plan_sorts(db, statement, &sorts, error) : SQLITE_NOMEM;
    if (code == SQLITE_OK && !sorts) code = store_prepare(db, error, made, "%s", statement);
    sqlite3_free(statement);
    return code;
}

/* Rows that come in order are pushed where that can be. A condition stands for few rows, of which
** the order is SQLite's to find. */
static int prepare_stream(source_reader *reader, source which, const char *condition,
                          char **error) {
    const source_place *place = &reader->places[which];
    source_stream *stream = &reader->stream[which];
    source_order order = SOURCE_SORTED;
    sqlite3_str *text = sqlite3_str_new(reader->db);
    int code = *condition ? SQLITE_OK : source_order_of(reader->db, place, &order, error);
    if (code == SQLITE_OK) code = append_columns(text, reader->db, place, which, error);
    char *columns = sqlite3_str_finish(text);
    if (code == SQLITE_OK && !columns) code = SQLITE_NOMEM;
    if (code == SQLITE_OK && order == SOURCE_IN_ORDER)
        code = prepare_push(reader->db, place, columns, &stream->statement, error);
    stream->pushes = stream->statement != NULL;
    if (code == SQLITE_OK && stream->pushes)
        code = sqlite3_bind_pointer(stream->statement, 1, &stream->rows, SOURCE_ROWS_POINTER, NULL);
    else if (code == SQLITE_OK)
        code = store_prepare(reader->db, error, &stream->statement,
                             "SELECT %s FROM \"%w\".\"%w\" %s%s ORDER BY %soffender_id",
                             columns + strlen(", "), place->schema, place->table,
                             *condition ? "WHERE " : "", condition,
                             order == SOURCE_SCATTERED ? "+" : "");
    sqlite3_free(columns);
    return code;
}

/* --- errors of rows -------------------------------------------------------------------------- */

static int bad_row(const source_place *place, source which, const source_fault *fault,
                   char **error) {
    const char *name = source_shapes[which].columns[fault->column].name;
    char *query = sqlite3_mprintf(fault->finder, name);
    if (!query) return SQLITE_NOMEM;
    int code = store_error(error, SQLITE_CONSTRAINT,
                           "%s.%s must be %s; a row is not. Find such rows: "
                           "SELECT * FROM %s WHERE %s",
                           source_shapes[which].name, name, fault->expected, place->table, query);
    sqlite3_free(query);
    return code;
}

/* --- the four together ----------------------------------------------------------------------- */

/* People who come back after others would count twice. SQLite gives rows in order, but for a
** virtual table that says it does and does not. */
static int check_order(source_stream *stream, char **error) {
    int64_t before = stream->last;
    bool ascends = true;
    for (size_t i = 0; i < stream->rows.count; i++) {
        ascends &= stream->rows.row[i].id >= before;
        before = stream->rows.row[i].id;
    }
    stream->last = before;
    if (ascends) return SQLITE_OK;
    return store_error(error, SQLITE_ERROR,
                       "the rows of the %s source do not come in order of offender_id; copy them "
                       "into a table",
                       source_name(stream->rows.which));
}

/* Has more rows pushed when all were taken away. */
static int refill(source_reader *reader, source which, char **error) {
    source_stream *stream = &reader->stream[which];
    if (stream->at < stream->rows.count || stream->ended) return SQLITE_OK;
    stream->at = stream->rows.count = 0;
    int code;
    do {
        code = store_step(stream->statement, error);
    } while (!stream->pushes && code == SQLITE_ROW &&
             source_rows_take(&stream->rows, &(source_cells){.row = stream->statement}));
    stream->ended = code == SQLITE_DONE;
    if (code != SQLITE_ROW && code != SQLITE_DONE) return code;
    reader->rows += (sqlite3_int64)stream->rows.count;
    if (stream->rows.no_memory) return SQLITE_NOMEM;
    if (stream->rows.fault.expected)
        return bad_row(&reader->places[which], which, &stream->rows.fault, error);
    return check_order(stream, error);
}

/* The row the stream stands on, or NULL at its end. */
static const source_row *row_of(const source_stream *stream) {
    return stream->at < stream->rows.count ? &stream->rows.row[stream->at] : NULL;
}

static int advance(source_reader *reader, source which, char **error) {
    reader->stream[which].at++;
    return refill(reader, which, error);
}

int source_reader_open(source_reader *opened, sqlite3 *db, const source_place *places,
                       dictionary *texts, const char *condition, char **error) {
    *opened = (source_reader){.db = db, .places = places};
    opened->stream = sqlite3_malloc64(SOURCES * sizeof *opened->stream);
    if (!opened->stream) return SQLITE_NOMEM;
    memset(opened->stream, 0, SOURCES * sizeof *opened->stream);
    int code = SQLITE_OK;
    for (int i = 0; i < SOURCES && code == SQLITE_OK; i++) {
        source_stream *stream = &opened->stream[i];
        stream->last = INT64_MIN;
        stream->rows.which = (source)i;
        stream->rows.texts = texts;
        bool reads = places[i].present;
        if (reads && i == SOURCE_OFFENDER) code = says_who(db, &places[i], &reads, error);
        if (reads) code = prepare_stream(opened, (source)i, condition, error);
        stream->ended = stream->statement == NULL;
        if (code == SQLITE_OK) code = refill(opened, (source)i, error);
    }
    return code;
}

void source_reader_close(source_reader *closed) {
    for (int i = 0; closed->stream && i < SOURCES; i++)
        sqlite3_finalize(closed->stream[i].statement);
    sqlite3_free(closed->stream);
    *closed = (source_reader){0};
}

bool source_reader_peek(const source_reader *reader, sqlite3_int64 *id) {
    bool found = false;
    for (int i = 0; i < SOURCES; i++) {
        const source_row *row = row_of(&reader->stream[i]);
        if (row && (!found || row->id < *id)) {
            *id = row->id;
            found = true;
        }
    }
    return found;
}

static bool give_row(history_builder *builder, source which, const source_row *row) {
    switch (which) {
    case SOURCE_APPEARANCE:
        return history_builder_appearance(builder, &row->appearance);
    case SOURCE_OFFENCE:
        return history_builder_offence(builder, &row->offence);
    default:
        return history_builder_membership(builder, &row->membership);
    }
}

/* Gives all rows of the person from one source. */
static int give_rows(source_reader *reader, source which, sqlite3_int64 id,
                     history_builder *builder, char **error) {
    const source_row *row;
    while ((row = row_of(&reader->stream[which])) && row->id == id) {
        if (!give_row(builder, which, row)) return SQLITE_NOMEM;
        int code = advance(reader, which, error);
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

/* The person as described, or with nothing known. */
static int take_offender(source_reader *reader, sqlite3_int64 id, history_offender *person,
                         char **error) {
    const source which = SOURCE_OFFENDER;
    static const source_fault twice = {
        "unique", "%w IN (SELECT offender_id FROM offender GROUP BY 1 HAVING count(*) > 1)", 0};
    const source_row *row = row_of(&reader->stream[which]);
    *person = (history_offender){.id = id, .birth = HISTORY_NULL};
    if (!row || row->id != id) return SQLITE_OK;
    *person = row->offender;
    int code = advance(reader, which, error);
    row = row_of(&reader->stream[which]);
    if (code == SQLITE_OK && row && row->id == id)
        code = bad_row(&reader->places[which], which, &twice, error);
    return code;
}

int source_reader_take(source_reader *reader, history_builder *builder, char **error) {
    history_offender person;
    sqlite3_int64 id = 0;
    if (!source_reader_peek(reader, &id)) return SQLITE_OK;
    int code = take_offender(reader, id, &person, error);
    history_builder_begin(builder, &person);
    for (int i = SOURCE_APPEARANCE; i < SOURCES && code == SQLITE_OK; i++)
        code = give_rows(reader, (source)i, id, builder, error);
    if (code == SQLITE_OK && !history_builder_end(builder)) code = SQLITE_NOMEM;
    return code;
}
