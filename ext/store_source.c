#include "store_source.h"

#include <string.h>

typedef struct source_column {
    const char *name;
    bool required;
} source_column;

typedef struct source_shape {
    const char *name;
    source_column columns[SOURCE_COLUMNS_LIMIT];
    int count;
} source_shape;

enum { OFFENDER_ID, OFFENDER_SEX, OFFENDER_BIRTH, OFFENDER_ETHNICITY };
enum {
    APPEARED_BY, APPEARED_ON, APPEARED_KIND, APPEARED_ID, APPEARED_AREA, APPEARED_DISPOSAL,
    APPEARED_SENTENCE, APPEARED_HO_CODE, APPEARED_EXCLUDED
};
enum {
    OFFENDED_BY, OFFENDED_ON, OFFENDED_ID, OFFENDED_END, OFFENDED_PROVEN, OFFENDED_PROVEN_BY,
    OFFENDED_HO_CODE, OFFENDED_EXCLUDED
};
enum { MEMBER_BY, MEMBER_OF, MEMBER_START, MEMBER_END };

static const source_shape shapes[SOURCES] = {
    [SOURCE_OFFENDER] = {"offender",
                         {{"offender_id", false},
                          {"sex", false},
                          {"birth_date", false},
                          {"ethnicity", false}},
                         4},
    [SOURCE_APPEARANCE] = {"appearance",
                           {{"offender_id", true},
                            {"appearance_date", true},
                            {"kind", true},
                            {"appearance_id", false},
                            {"area_code", false},
                            {"disposal", false},
                            {"sentence_months", false},
                            {"ho_code", false},
                            {"excluded", false}},
                           9},
    [SOURCE_OFFENCE] = {"offence",
                        {{"offender_id", true},
                         {"offence_date", true},
                         {"offence_id", false},
                         {"offence_date_end", false},
                         {"proven_date", false},
                         {"proven_by", false},
                         {"ho_code", false},
                         {"excluded", false}},
                        8},
    [SOURCE_MEMBERSHIP] = {"membership",
                           {{"offender_id", true},
                            {"subcohort", true},
                            {"start_date", true},
                            {"end_date", true}},
                           4},
};

const char *source_name(source which) {
    return shapes[which].name;
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
static int append_column(sqlite3_str *sql, const source_shape *shape, int i,
                         sqlite3_stmt *columns, char **error) {
    const source_column *column = &shape->columns[i];
    if (i > 0) sqlite3_str_appendall(sql, ", ");
    if (has_column(columns, column->name)) {
        sqlite3_str_appendf(sql, "\"%w\"", column->name);
    } else if (column->required) {
        return store_error(error, SQLITE_ERROR,
                           "the %s source has no column %s; give it a view that names it so",
                           shape->name, column->name);
    } else if (shape == &shapes[SOURCE_OFFENCE] && i == OFFENDED_PROVEN) {
        sqlite3_str_appendall(sql, "\"offence_date\"");
    } else {
        sqlite3_str_appendall(sql, "NULL");
    }
    return SQLITE_OK;
}

static int prepare_stream(source_reader *reader, source which, const char *condition,
                          char **error) {
    const source_shape *shape = &shapes[which];
    const source_place *place = &reader->places[which];
    source_stream *stream = &reader->stream[which];
    sqlite3_stmt *columns;
    int code = store_prepare(reader->db, error, &columns, "SELECT * FROM \"%w\".\"%w\" LIMIT 0",
                             place->schema, place->table);
    if (code != SQLITE_OK) return code;
    for (int i = 0; i < shape->count; i++)
        stream->has[i] = has_column(columns, shape->columns[i].name) ||
                         (which == SOURCE_OFFENCE && i == OFFENDED_PROVEN);
    bool says_who = stream->has[0];
    sqlite3_str *sql = sqlite3_str_new(reader->db);
    sqlite3_str_appendall(sql, "SELECT ");
    for (int i = 0; i < shape->count && code == SQLITE_OK; i++)
        code = append_column(sql, shape, i, columns, error);
    sqlite3_finalize(columns);
    sqlite3_str_appendf(sql, " FROM \"%w\".\"%w\"%s%s ORDER BY offender_id", place->schema,
                        place->table, *condition ? " WHERE " : "", condition);
    char *text = sqlite3_str_finish(sql);
    if (code == SQLITE_OK && !text) code = SQLITE_NOMEM;
    if (code == SQLITE_OK && (says_who || which != SOURCE_OFFENDER))
        code = store_prepare(reader->db, error, &stream->statement, "%s", text);
    sqlite3_free(text);
    return code;
}

/* --- errors of rows -------------------------------------------------------------------------- */

static int bad_row(const source_reader *reader, source which, int column, const char *expected,
                   const char *finder, char **error) {
    const char *name = shapes[which].columns[column].name;
    char *query = sqlite3_mprintf(finder, name);
    if (!query) return SQLITE_NOMEM;
    int code = store_error(error, SQLITE_CONSTRAINT,
                           "%s.%s must be %s; a row is not. Find such rows: "
                           "SELECT * FROM %s WHERE %s",
                           shapes[which].name, name, expected, reader->places[which].table, query);
    sqlite3_free(query);
    return code;
}

static int bad_date(const source_reader *reader, source which, int column, char **error) {
    return bad_row(reader, which, column, "a date as text, YYYY-MM-DD, of a day that exists",
                   "calendar_is_date(%w) IS NOT 1", error);
}

/* --- values ---------------------------------------------------------------------------------- */

/* Moves to the next row and reads its id. */
static int advance(source_reader *reader, source which, char **error) {
    source_stream *stream = &reader->stream[which];
    stream->at_row = false;
    int code = store_step(stream->statement, error);
    if (code == SQLITE_DONE) return SQLITE_OK;
    if (code != SQLITE_ROW) return code;
    stream->id = sqlite3_column_int64(stream->statement, 0);
    if (sqlite3_column_type(stream->statement, 0) != SQLITE_INTEGER || stream->id == HISTORY_NULL)
        return bad_row(reader, which, 0, "an integer above -9223372036854775808",
                       "typeof(%w) <> 'integer' OR offender_id < -9223372036854775807", error);
    stream->at_row = true;
    reader->rows++;
    return SQLITE_OK;
}

/* Reads a date; NULL gives HISTORY_NULL. False: something else is there. */
static bool read_day(sqlite3_stmt *statement, int column, int64_t *day) {
    calendar_day read;
    const char *text = (const char *)sqlite3_column_text(statement, column);
    *day = HISTORY_NULL;
    if (!text) return sqlite3_column_type(statement, column) == SQLITE_NULL;
    if (!calendar_parse(text, (size_t)sqlite3_column_bytes(statement, column), &read)) return false;
    *day = read;
    return true;
}

static bool read_optional_integer(const source_stream *stream, int column, int64_t *number) {
    sqlite3_stmt *statement = stream->statement;
    *number = HISTORY_NULL;
    if (!stream->has[column]) return true;
    int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_NULL) return true;
    *number = sqlite3_column_int64(statement, column);
    return type == SQLITE_INTEGER && *number != HISTORY_NULL;
}

/* The dictionary's code of a text or number, 0 for NULL. False: no memory. */
static bool read_code(const source_reader *reader, source which, int column,
                      dictionary_family family, uint32_t *code) {
    sqlite3_stmt *statement = reader->stream[which].statement;
    *code = 0;
    if (!reader->stream[which].has[column] ||
        sqlite3_column_type(statement, column) == SQLITE_NULL)
        return true;
    const char *text = (const char *)sqlite3_column_text(statement, column);
    if (!text) return false;
    *code = dictionary_add(reader->texts, family, text,
                           (size_t)sqlite3_column_bytes(statement, column));
    return *code != 0;
}

/* --- rows ------------------------------------------------------------------------------------ */

static int take_appearance(source_reader *reader, sqlite3_stmt *row, history_builder *builder,
                           char **error) {
    const source which = SOURCE_APPEARANCE;
    history_appearance taken;
    if (!read_day(row, APPEARED_ON, &taken.date) || taken.date == HISTORY_NULL)
        return bad_date(reader, which, APPEARED_ON, error);
    const char *name = (const char *)sqlite3_column_text(row, APPEARED_KIND);
    if (!name || !kind_from_name(name, (size_t)sqlite3_column_bytes(row, APPEARED_KIND),
                                 &taken.kind))
        return bad_row(reader, which, APPEARED_KIND,
                       "'caution', 'conviction', 'release' or 'drug_test'",
                       "coalesce(%w, '') NOT IN ('caution', 'conviction', 'release', 'drug_test')",
                       error);
    if (!read_optional_integer(&reader->stream[which], APPEARED_ID, &taken.id))
        return bad_row(reader, which, APPEARED_ID, "an integer or NULL",
                       "typeof(%w) NOT IN ('integer', 'null')", error);
    if (!read_optional_integer(&reader->stream[which], APPEARED_SENTENCE, &taken.sentence) ||
        (taken.sentence != HISTORY_NULL && taken.sentence < 0))
        return bad_row(reader, which, APPEARED_SENTENCE,
                       "whole months from 0 (11988 and more is life) or NULL",
                       "typeof(%w) <> 'null' AND NOT (typeof(sentence_months) = 'integer' "
                       "AND sentence_months >= 0)",
                       error);
    if (!read_code(reader, which, APPEARED_AREA, DICTIONARY_AREA, &taken.area) ||
        !read_code(reader, which, APPEARED_DISPOSAL, DICTIONARY_DISPOSAL, &taken.disposal) ||
        !read_code(reader, which, APPEARED_HO_CODE, DICTIONARY_HO_CODE, &taken.ho_code) ||
        !read_code(reader, which, APPEARED_EXCLUDED, DICTIONARY_EXCLUDED, &taken.excluded) ||
        !history_builder_appearance(builder, &taken))
        return SQLITE_NOMEM;
    return SQLITE_OK;
}

static int take_offence(source_reader *reader, sqlite3_stmt *row, history_builder *builder,
                        char **error) {
    const source which = SOURCE_OFFENCE;
    history_offence taken;
    if (!read_day(row, OFFENDED_ON, &taken.date))
        return bad_date(reader, which, OFFENDED_ON, error);
    taken.end = HISTORY_NULL;
    if (reader->stream[which].has[OFFENDED_END] && !read_day(row, OFFENDED_END, &taken.end))
        return bad_date(reader, which, OFFENDED_END, error);
    if (!read_day(row, OFFENDED_PROVEN, &taken.proven))
        return bad_date(reader, which, OFFENDED_PROVEN, error);
    if (taken.end == HISTORY_NULL) taken.end = taken.date;
    if (taken.date != HISTORY_NULL && taken.end < taken.date)
        return bad_row(reader, which, OFFENDED_END, "on or after offence_date",
                       "%w < offence_date", error);
    if (!read_optional_integer(&reader->stream[which], OFFENDED_ID, &taken.id))
        return bad_row(reader, which, OFFENDED_ID, "an integer or NULL",
                       "typeof(%w) NOT IN ('integer', 'null')", error);
    if (!read_code(reader, which, OFFENDED_HO_CODE, DICTIONARY_HO_CODE, &taken.ho_code) ||
        !read_code(reader, which, OFFENDED_PROVEN_BY, DICTIONARY_PROVEN_BY, &taken.proven_by) ||
        !read_code(reader, which, OFFENDED_EXCLUDED, DICTIONARY_EXCLUDED, &taken.excluded) ||
        !history_builder_offence(builder, &taken))
        return SQLITE_NOMEM;
    return SQLITE_OK;
}

static int take_membership(source_reader *reader, sqlite3_stmt *row, history_builder *builder,
                           char **error) {
    const source which = SOURCE_MEMBERSHIP;
    history_membership taken;
    if (!read_day(row, MEMBER_START, &taken.start))
        return bad_date(reader, which, MEMBER_START, error);
    if (!read_day(row, MEMBER_END, &taken.end)) return bad_date(reader, which, MEMBER_END, error);
    if (taken.start != HISTORY_NULL && taken.end != HISTORY_NULL && taken.end < taken.start)
        return bad_row(reader, which, MEMBER_END, "on or after start_date", "%w < start_date",
                       error);
    if (sqlite3_column_type(row, MEMBER_OF) == SQLITE_NULL)
        return bad_row(reader, which, MEMBER_OF, "the name of a sub-cohort", "%w IS NULL", error);
    if (!read_code(reader, which, MEMBER_OF, DICTIONARY_SUBCOHORT, &taken.subcohort) ||
        !history_builder_membership(builder, &taken))
        return SQLITE_NOMEM;
    return SQLITE_OK;
}

static int take_offender(source_reader *reader, sqlite3_stmt *row, history_offender *person,
                         char **error) {
    if (!read_day(row, OFFENDER_BIRTH, &person->birth))
        return bad_date(reader, SOURCE_OFFENDER, OFFENDER_BIRTH, error);
    if (!read_code(reader, SOURCE_OFFENDER, OFFENDER_SEX, DICTIONARY_SEX, &person->sex) ||
        !read_code(reader, SOURCE_OFFENDER, OFFENDER_ETHNICITY, DICTIONARY_ETHNICITY,
                   &person->ethnicity))
        return SQLITE_NOMEM;
    return SQLITE_OK;
}

typedef int (*take_row)(source_reader *reader, sqlite3_stmt *row, history_builder *builder,
                        char **error);

/* Takes all rows of the person from one source. */
static int take_rows(source_reader *reader, source which, sqlite3_int64 id, take_row take,
                     history_builder *builder, char **error) {
    source_stream *stream = &reader->stream[which];
    while (stream->at_row && stream->id == id) {
        int code = take(reader, stream->statement, builder, error);
        if (code == SQLITE_OK) code = advance(reader, which, error);
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

/* --- the four together ----------------------------------------------------------------------- */

int source_reader_open(source_reader *opened, sqlite3 *db, const source_place *places,
                       dictionary *texts, const char *condition, char **error) {
    *opened = (source_reader){.db = db, .places = places, .texts = texts};
    int code = SQLITE_OK;
    for (int i = 0; i < SOURCES && code == SQLITE_OK; i++) {
        if (places[i].present) code = prepare_stream(opened, (source)i, condition, error);
        if (code == SQLITE_OK && opened->stream[i].statement)
            code = advance(opened, (source)i, error);
    }
    return code;
}

void source_reader_close(source_reader *closed) {
    for (int i = 0; i < SOURCES; i++) sqlite3_finalize(closed->stream[i].statement);
    *closed = (source_reader){0};
}

bool source_reader_peek(const source_reader *reader, sqlite3_int64 *id) {
    bool found = false;
    for (int i = 0; i < SOURCES; i++) {
        const source_stream *stream = &reader->stream[i];
        if (stream->at_row && (!found || stream->id < *id)) {
            *id = stream->id;
            found = true;
        }
    }
    return found;
}

int source_reader_take(source_reader *reader, history_builder *builder, char **error) {
    history_offender person = {.birth = HISTORY_NULL};
    sqlite3_int64 id = 0;
    if (!source_reader_peek(reader, &id)) return SQLITE_OK;
    person.id = id;
    source_stream *described = &reader->stream[SOURCE_OFFENDER];
    int code = SQLITE_OK;
    if (described->at_row && described->id == id) {
        code = take_offender(reader, described->statement, &person, error);
        if (code == SQLITE_OK) code = advance(reader, SOURCE_OFFENDER, error);
        if (code == SQLITE_OK && described->at_row && described->id == id)
            code = bad_row(reader, SOURCE_OFFENDER, OFFENDER_ID, "unique",
                           "%w IN (SELECT offender_id FROM offender GROUP BY 1 "
                           "HAVING count(*) > 1)",
                           error);
    }
    history_builder_begin(builder, &person);
    if (code == SQLITE_OK)
        code = take_rows(reader, SOURCE_APPEARANCE, id, take_appearance, builder, error);
    if (code == SQLITE_OK)
        code = take_rows(reader, SOURCE_OFFENCE, id, take_offence, builder, error);
    if (code == SQLITE_OK)
        code = take_rows(reader, SOURCE_MEMBERSHIP, id, take_membership, builder, error);
    if (code == SQLITE_OK && !history_builder_end(builder)) code = SQLITE_NOMEM;
    return code;
}
