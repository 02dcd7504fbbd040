#include "store_row.h"

#define FUNCTION "reoffend_source_row"

enum { OFFENDER_ID, OFFENDER_SEX, OFFENDER_BIRTH, OFFENDER_ETHNICITY };
enum {
    APPEARED_BY,
    APPEARED_ON,
    APPEARED_KIND,
    APPEARED_ID,
    APPEARED_AREA,
    APPEARED_DISPOSAL,
    APPEARED_SENTENCE,
    APPEARED_HO_CODE,
    APPEARED_EXCLUDED
};
enum {
    OFFENDED_BY,
    OFFENDED_ON,
    OFFENDED_ID,
    OFFENDED_END,
    OFFENDED_PROVEN,
    OFFENDED_PROVEN_BY,
    OFFENDED_HO_CODE,
    OFFENDED_EXCLUDED
};
enum { MEMBER_BY, MEMBER_OF, MEMBER_START, MEMBER_END };

const source_shape source_shapes[SOURCES] = {
    [SOURCE_OFFENDER] =
        {"offender",
         {{"offender_id", false}, {"sex", false}, {"birth_date", false}, {"ethnicity", false}},
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
    [SOURCE_MEMBERSHIP] =
        {"membership",
         {{"offender_id", true}, {"subcohort", true}, {"start_date", true}, {"end_date", true}},
         4},
};

/* --- cells ----------------------------------------------------------------------------------- */

static inline int cell_type(const source_cells *cells, int column) {
    return cells->row ? sqlite3_column_type(cells->row, column)
                      : sqlite3_value_type(cells->values[column]);
}

static inline const char *cell_text(const source_cells *cells, int column) {
    return (const char *)(cells->row ? sqlite3_column_text(cells->row, column)
                                     : sqlite3_value_text(cells->values[column]));
}

static inline size_t cell_bytes(const source_cells *cells, int column) {
    return (size_t)(cells->row ? sqlite3_column_bytes(cells->row, column)
                               : sqlite3_value_bytes(cells->values[column]));
}

static inline sqlite3_int64 cell_integer(const source_cells *cells, int column) {
    return cells->row ? sqlite3_column_int64(cells->row, column)
                      : sqlite3_value_int64(cells->values[column]);
}

/* --- values ---------------------------------------------------------------------------------- */

/* Notes the fault; always false. */
static bool refuse(source_rows *rows, int column, const char *expected, const char *finder) {
    rows->fault = (source_fault){expected, finder, column};
    return false;
}

static bool refuse_date(source_rows *rows, int column) {
    return refuse(rows, column, "a date as text, YYYY-MM-DD, of a day that exists",
                  "calendar_is_date(%w) IS NOT 1");
}

/* Reads a date; NULL gives HISTORY_NULL. */
static bool read_day(source_rows *rows, const source_cells *cells, int column, int64_t *day) {
    calendar_day read;
    const char *text = cell_text(cells, column);
    *day = HISTORY_NULL;
    if (!text) {
        if (cell_type(cells, column) == SQLITE_NULL) return true;
        rows->no_memory = true;
        return false;
    }
    if (!calendar_parse(text, cell_bytes(cells, column), &read)) return refuse_date(rows, column);
    *day = read;
    return true;
}

/* NULL gives HISTORY_NULL. False: something else than an integer. */
static bool read_integer(const source_cells *cells, int column, int64_t *number) {
    int type = cell_type(cells, column);
    *number = HISTORY_NULL;
    if (type == SQLITE_NULL) return true;
    *number = cell_integer(cells, column);
    return type == SQLITE_INTEGER && *number != HISTORY_NULL;
}

/* The dictionary's code of a text or number, 0 for NULL. */
static bool read_code(source_rows *rows, const source_cells *cells, int column,
                      dictionary_family family, uint32_t *code) {
    *code = 0;
    if (cell_type(cells, column) == SQLITE_NULL) return true;
    const char *text = cell_text(cells, column);
    if (text) *code = dictionary_add(rows->texts, family, text, cell_bytes(cells, column));
    rows->no_memory = *code == 0;
    return *code != 0;
}

/* --- rows ------------------------------------------------------------------------------------ */

static bool read_kind(source_rows *rows, const source_cells *cells, kind *read) {
    const char *name = cell_text(cells, APPEARED_KIND);
    if (name && kind_from_name(name, cell_bytes(cells, APPEARED_KIND), read)) return true;
    return refuse(rows, APPEARED_KIND, "'caution', 'conviction', 'release' or 'drug_test'",
                  "coalesce(%w, '') NOT IN ('caution', 'conviction', 'release', 'drug_test')");
}

static bool read_event_id(source_rows *rows, const source_cells *cells, int column, int64_t *id) {
    if (read_integer(cells, column, id)) return true;
    return refuse(rows, column, "an integer or NULL", "typeof(%w) NOT IN ('integer', 'null')");
}

static bool read_sentence(source_rows *rows, const source_cells *cells, int64_t *months) {
    if (read_integer(cells, APPEARED_SENTENCE, months) && (*months == HISTORY_NULL || *months >= 0))
        return true;
    return refuse(rows, APPEARED_SENTENCE, "whole months from 0 (11988 and more is life) or NULL",
                  "typeof(%w) <> 'null' AND NOT (typeof(sentence_months) = 'integer' "
                  "AND sentence_months >= 0)");
}

static bool read_appearance(source_rows *rows, const source_cells *cells,
                            history_appearance *read) {
    if (!read_day(rows, cells, APPEARED_ON, &read->date)) return false;
    if (read->date == HISTORY_NULL) return refuse_date(rows, APPEARED_ON);
    return read_kind(rows, cells, &read->kind) &&
           read_event_id(rows, cells, APPEARED_ID, &read->id) &&
           read_sentence(rows, cells, &read->sentence) &&
           read_code(rows, cells, APPEARED_AREA, DICTIONARY_AREA, &read->area) &&
           read_code(rows, cells, APPEARED_DISPOSAL, DICTIONARY_DISPOSAL, &read->disposal) &&
           read_code(rows, cells, APPEARED_HO_CODE, DICTIONARY_HO_CODE, &read->ho_code) &&
           read_code(rows, cells, APPEARED_EXCLUDED, DICTIONARY_EXCLUDED, &read->excluded);
}

static bool read_offence(source_rows *rows, const source_cells *cells, history_offence *read) {
    if (!read_day(rows, cells, OFFENDED_ON, &read->date) ||
        !read_day(rows, cells, OFFENDED_END, &read->end) ||
        !read_day(rows, cells, OFFENDED_PROVEN, &read->proven))
        return false;
    if (read->end == HISTORY_NULL || read->date == HISTORY_NULL) read->end = read->date;
    if (read->date != HISTORY_NULL && read->end < read->date)
        return refuse(rows, OFFENDED_END, "on or after offence_date", "%w < offence_date");
    return read_event_id(rows, cells, OFFENDED_ID, &read->id) &&
           read_code(rows, cells, OFFENDED_HO_CODE, DICTIONARY_HO_CODE, &read->ho_code) &&
           read_code(rows, cells, OFFENDED_PROVEN_BY, DICTIONARY_PROVEN_BY, &read->proven_by) &&
           read_code(rows, cells, OFFENDED_EXCLUDED, DICTIONARY_EXCLUDED, &read->excluded);
}

static bool read_membership(source_rows *rows, const source_cells *cells,
                            history_membership *read) {
    if (!read_day(rows, cells, MEMBER_START, &read->start) ||
        !read_day(rows, cells, MEMBER_END, &read->end))
        return false;
    if (read->start != HISTORY_NULL && read->end != HISTORY_NULL && read->end < read->start)
        return refuse(rows, MEMBER_END, "on or after start_date", "%w < start_date");
    if (cell_type(cells, MEMBER_OF) == SQLITE_NULL)
        return refuse(rows, MEMBER_OF, "the name of a sub-cohort", "%w IS NULL");
    return read_code(rows, cells, MEMBER_OF, DICTIONARY_SUBCOHORT, &read->subcohort);
}

static bool read_offender(source_rows *rows, const source_cells *cells, history_offender *read) {
    return read_day(rows, cells, OFFENDER_BIRTH, &read->birth) &&
           read_code(rows, cells, OFFENDER_SEX, DICTIONARY_SEX, &read->sex) &&
           read_code(rows, cells, OFFENDER_ETHNICITY, DICTIONARY_ETHNICITY, &read->ethnicity);
}

static bool read_row(source_rows *rows, const source_cells *cells, source_row *row) {
    if (!read_integer(cells, 0, &row->id) || row->id == HISTORY_NULL)
        return refuse(rows, 0, "an integer above -9223372036854775808",
                      "typeof(%w) <> 'integer' OR offender_id < -9223372036854775807");
    switch (rows->which) {
    case SOURCE_APPEARANCE:
        return read_appearance(rows, cells, &row->appearance);
    case SOURCE_OFFENCE:
        return read_offence(rows, cells, &row->offence);
    case SOURCE_MEMBERSHIP:
        return read_membership(rows, cells, &row->membership);
    default:
        row->offender.id = row->id;
        return read_offender(rows, cells, &row->offender);
    }
}

bool source_rows_take(source_rows *rows, const source_cells *cells) {
    bool whole = rows->count < SOURCE_ROWS && read_row(rows, cells, &rows->row[rows->count]);
    rows->count += whole;
    return whole && rows->count < SOURCE_ROWS;
}

static void take_row(sqlite3_context *context, int argc, sqlite3_value **argv) {
    source_rows *rows = argc ? sqlite3_value_pointer(argv[0], SOURCE_ROWS_POINTER) : NULL;
    if (!rows || argc != 1 + source_shapes[rows->which].count) {
        sqlite3_result_error(context, FUNCTION "() is called by a rebuild; nobody else can", -1);
        return;
    }
    sqlite3_result_int(context, !source_rows_take(rows, &(source_cells){.values = argv + 1}));
}

int store_row_install(sqlite3 *db) {
    return sqlite3_create_function_v2(db, FUNCTION, -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
                                      take_row, NULL, NULL, NULL);
}
