#include "agg_first_appearance.h"

#include "kind.h"
#include "sliding_minimum.h"

/* NULL ids stand last: as this number, which is therefore no id. */
#define NO_ID INT64_MAX

static bool read_kind(sqlite3_context *context, sqlite3_value *value, kind *which) {
    const char *text;
    size_t length;
    if (!glue_read_text(context, "kind", value, &text, &length)) return false;
    if (kind_from_name(text, length, which)) return true;
    glue_error(context, "kind must be 'release', 'conviction', 'caution' or 'drug_test'; got "
                        "another text");
    return false;
}

/* One number for date and kind, in the order of R7: kinds are numbered in it. */
static int64_t rank_of(calendar_day date, kind which) {
    return (int64_t)date * KINDS + (int64_t)which;
}

static kind kind_of(int64_t rank) {
    int64_t rest = rank % KINDS;
    return (kind)(rest < 0 ? rest + KINDS : rest);
}

static calendar_day date_of(int64_t rank) {
    return (calendar_day)((rank - (int64_t)kind_of(rank)) / KINDS);
}

static void first_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    sliding_minimum *rows = sqlite3_aggregate_context(context, sizeof *rows);
    calendar_day date;
    kind which;
    int64_t id = NO_ID;
    if (!rows) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (glue_has_null(2, argv)) {
        sliding_minimum_skip(rows);
        return;
    }
    if (!glue_read_date(context, "date", argv[0], &date) ||
        !read_kind(context, argv[1], &which))
        return;
    if (argc > 2 && sqlite3_value_type(argv[2]) != SQLITE_NULL &&
        !glue_read_integer(context, "appearance_id", argv[2], INT64_MIN, NO_ID - 1, &id))
        return;
    if (!sliding_minimum_add(rows, &glue_memory, (sliding_value){rank_of(date, which), id}))
        sqlite3_result_error_nomem(context);
}

static void first_inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    sliding_minimum *rows = sqlite3_aggregate_context(context, 0);
    if (rows) sliding_minimum_remove(rows);
}

static const sliding_value *first_of(sqlite3_context *context) {
    const sliding_minimum *rows = sqlite3_aggregate_context(context, 0);
    return rows ? sliding_minimum_least(rows) : NULL;
}

static void release_rows(sqlite3_context *context) {
    sliding_minimum *rows = sqlite3_aggregate_context(context, 0);
    if (rows) sliding_minimum_free(rows, &glue_memory);
}

static void date_value(sqlite3_context *context) {
    const sliding_value *first = first_of(context);
    if (first) glue_result_date(context, date_of(first->key));
}

static void date_final(sqlite3_context *context) {
    date_value(context);
    release_rows(context);
}

static void kind_value(sqlite3_context *context) {
    const sliding_value *first = first_of(context);
    if (first) sqlite3_result_text(context, kind_name(kind_of(first->key)), -1, SQLITE_STATIC);
}

static void kind_final(sqlite3_context *context) {
    kind_value(context);
    release_rows(context);
}

static void id_value(sqlite3_context *context) {
    const sliding_value *first = first_of(context);
    if (first && first->tie != NO_ID) sqlite3_result_int64(context, first->tie);
}

static void id_final(sqlite3_context *context) {
    id_value(context);
    release_rows(context);
}

#define THREE_ON_ONE_DAY                                                                           \
    " FROM (VALUES ('2009-05-01', 'caution', 3), ('2009-05-01', 'conviction', 9),"                 \
    " ('2009-06-01', 'release', 1))"

const glue_function agg_first_appearance[] = {
    {.name = "reoffend_first_date",
     .argument_count = 2,
     .step = first_step,
     .final = date_final,
     .value = date_value,
     .inverse = first_inverse,
     .arguments = "date, kind",
     .meaning = "Date of the first appearance of the group (R6)",
     .example = "SELECT reoffend_first_date(column1, column2)" THREE_ON_ONE_DAY,
     .result = "2009-05-01"},
    {.name = "reoffend_first_kind",
     .argument_count = 2,
     .step = first_step,
     .final = kind_final,
     .value = kind_value,
     .inverse = first_inverse,
     .arguments = "date, kind",
     .meaning = "Kind of the first appearance of the group, ties by R7",
     .example = "SELECT reoffend_first_kind(column1, column2)" THREE_ON_ONE_DAY,
     .result = "conviction"},
    {.name = "reoffend_first_appearance",
     .argument_count = 3,
     .step = first_step,
     .final = id_final,
     .value = id_value,
     .inverse = first_inverse,
     .arguments = "date, kind, appearance_id",
     .meaning = "Id of the first appearance of the group, ties by R7",
     .example = "SELECT reoffend_first_appearance(column1, column2, column3)" THREE_ON_ONE_DAY,
     .result = "9"},
    {.name = NULL},
};
