#include "fn_match.h"

#include "match.h"

/* False: error set, or nothing of the name is left. */
static bool read_name(sqlite3_context *context, const char *argument, sqlite3_value *value,
                      match_name *name) {
    const char *text;
    size_t length;
    if (!glue_read_text(context, argument, value, &text, &length)) return false;
    match_name_read(text, length, name);
    return name->length > 0;
}

static const char *const argument_names[2][3] = {{"surname_a", "forename_a", "birth_a"},
                                                 {"surname_b", "forename_b", "birth_b"}};

static bool read_person(sqlite3_context *context, const char *const names[3], sqlite3_value **argv,
                        match_person *person) {
    return read_name(context, names[0], argv[0], &person->surname) &&
           read_name(context, names[1], argv[1], &person->forename) &&
           glue_read_date(context, names[2], argv[2], &person->birth);
}

static void normal_name(sqlite3_context *context, int argc, sqlite3_value **argv) {
    match_name name;
    if (!glue_has_null(argc, argv) && read_name(context, "text", argv[0], &name))
        sqlite3_result_text(context, name.text, (int)name.length, SQLITE_TRANSIENT);
}

static void jaro_winkler(sqlite3_context *context, int argc, sqlite3_value **argv) {
    const char *a, *b;
    size_t a_length, b_length;
    if (glue_has_null(argc, argv) || !glue_read_text(context, "a", argv[0], &a, &a_length) ||
        !glue_read_text(context, "b", argv[1], &b, &b_length))
        return;
    sqlite3_result_double(context, match_name_similarity(a, a_length, b, b_length));
}

static void birth_date(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day a, b;
    if (glue_has_null(argc, argv) || !glue_read_date(context, "a", argv[0], &a) ||
        !glue_read_date(context, "b", argv[1], &b))
        return;
    sqlite3_result_text(context, match_birth_text(match_compare_births(a, b)), -1, SQLITE_STATIC);
}

static void score(sqlite3_context *context, int argc, sqlite3_value **argv) {
    match_person a, b;
    if (!glue_has_null(argc, argv) && read_person(context, argument_names[0], argv, &a) &&
        read_person(context, argument_names[1], argv + 3, &b))
        sqlite3_result_double(context, match_score(&a, &b));
}

static bool read_bits(sqlite3_context *context, const char *argument, sqlite3_value *value,
                      double *number) {
    return glue_read_real(context, argument, value, -1e9, 1e9, number);
}

static void outcome(sqlite3_context *context, int argc, sqlite3_value **argv) {
    match_thresholds thresholds;
    double best, next;
    if (glue_has_null(argc, argv) || !read_bits(context, "score", argv[0], &best) ||
        !read_bits(context, "next_best", argv[1], &next) ||
        !read_bits(context, "certain", argv[2], &thresholds.certain) ||
        !read_bits(context, "possible", argv[3], &thresholds.possible) ||
        !read_bits(context, "margin", argv[4], &thresholds.margin))
        return;
    sqlite3_result_text(context, match_outcome_text(match_decide(best, next, &thresholds)), -1,
                        SQLITE_STATIC);
}

static void block(sqlite3_context *context, int argc, sqlite3_value **argv) {
    static const char *const names[3] = {"surname", "forename", "birth_date"};
    match_person person;
    int64_t number;
    if (!glue_has_null(argc, argv) &&
        glue_read_integer(context, "block", argv[0], 1, MATCH_BLOCKS, &number) &&
        read_person(context, names, argv + 1, &person))
        sqlite3_result_int64(context, match_block_key((int)number, &person));
}

const glue_function fn_match[] = {
    {.name = "match_name",
     .argument_count = 1,
     .scalar = normal_name,
     .arguments = "text",
     .meaning = "Normal form of a name: capitals, no accents, blanks or punctuation",
     .example = "SELECT match_name('d''Arcy-Müller')",
     .result = "DARCYMULLER"},
    {.name = "match_jaro_winkler",
     .argument_count = 2,
     .scalar = jaro_winkler,
     .arguments = "a, b",
     .meaning = "Jaro-Winkler similarity of two texts as they stand, 0 to 1",
     .example = "SELECT round(match_jaro_winkler('MARTHA', 'MARHTA'), 4)",
     .result = "0.9611"},
    {.name = "match_birth_date",
     .argument_count = 2,
     .scalar = birth_date,
     .arguments = "a, b",
     .meaning = "How two birth dates agree: equal, day_month_swapped, one_digit, year, different",
     .example = "SELECT match_birth_date('1980-02-01', '1980-01-02')",
     .result = "day_month_swapped"},
    {.name = "match_score",
     .argument_count = 6,
     .scalar = score,
     .arguments = "surname_a, forename_a, birth_a, surname_b, forename_b, birth_b",
     .meaning = "Weight of the evidence that two descriptions are of one person, in bits (R28)",
     .example = "SELECT round(match_score('Smith', 'John', '1980-02-01', 'SMTIH', 'JOHN',"
                " '1980-02-01'), 1)",
     .result = "23.4"},
    {.name = "match_outcome",
     .argument_count = 5,
     .scalar = outcome,
     .arguments = "score, next_best, certain, possible, margin",
     .meaning = "certain, possible or unmatched, by the scores of the two best candidates (R28)",
     .example = "SELECT match_outcome(23.4, -1e9, 20, 14, 5)",
     .result = "certain"},
    {.name = "match_block",
     .argument_count = 4,
     .scalar = block,
     .arguments = "block, surname, forename, birth_date",
     .meaning = "Key of block 1 to 4; only pairs with a key in common are worth a score",
     .example = "SELECT match_block(1, 'Smith', 'John', '1980-02-01')"
                " = match_block(1, 'SMYTHE', 'JON', '1980-01-02')",
     .result = "1"},
    {.name = NULL},
};
