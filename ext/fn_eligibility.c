#include "fn_eligibility.h"

#include "eligibility.h"

/* A text or NULL. False: error set. */
static bool read_text(sqlite3_context *context, const char *argument, sqlite3_value *value,
                      eligibility_text *text) {
    *text = (eligibility_text){NULL, 0};
    return sqlite3_value_type(value) == SQLITE_NULL ||
           glue_read_text(context, argument, value, &text->text, &text->length);
}

static void offence_excluded(sqlite3_context *context, int argc, sqlite3_value **argv) {
    eligibility_text code, verdict, disposal;
    (void)argc;
    if (!read_text(context, "code", argv[0], &code) ||
        !read_text(context, "verdict", argv[1], &verdict) ||
        !read_text(context, "disposal", argv[2], &disposal))
        return;
    const char *reason = eligibility_of_offence(code, verdict, disposal);
    if (reason) sqlite3_result_text(context, reason, -1, SQLITE_STATIC);
}

static void disposal_excluded(sqlite3_context *context, int argc, sqlite3_value **argv) {
    eligibility_text code;
    (void)argc;
    if (!read_text(context, "code", argv[0], &code)) return;
    const char *reason = eligibility_of_conviction(code);
    if (reason) sqlite3_result_text(context, reason, -1, SQLITE_STATIC);
}

static void index_order(sqlite3_context *context, int argc, sqlite3_value **argv) {
    eligibility_text code, excluded;
    int64_t id;
    (void)argc;
    if (glue_has_null(1, argv) ||
        !glue_read_integer(context, "offence_id", argv[0], 0, ELIGIBILITY_LAST_ID, &id) ||
        !read_text(context, "code", argv[1], &code) ||
        !read_text(context, "excluded", argv[2], &excluded))
        return;
    sqlite3_result_int64(context, eligibility_index_order(id, code, excluded.text != NULL));
}

const glue_function fn_eligibility[] = {
    {.name = "offence_excluded",
     .argument_count = 3,
     .scalar = offence_excluded,
     .arguments = "code, verdict, disposal",
     .meaning = "Why an offence does not count by what it is and how it ended (R17, R18): 'not "
                "proven', 'quashed', 'penalty notice', 'interim', 'carried forward', 'appeal "
                "pending', 'drug test', 'breach', 'not recordable'; NULL when it does",
     .example = "SELECT offence_excluded('046/00', 'G', '2079')",
     .result = "quashed"},
    {.name = "disposal_excluded",
     .argument_count = 1,
     .scalar = disposal_excluded,
     .arguments = "code",
     .meaning =
         "Why a conviction that ended so is no entry event (R8, R17): 'immediate custody', "
         "the outcome of a result that is no disposal, 'undecided disposal'; NULL when it is",
     .example = "SELECT disposal_excluded('1002')",
     .result = "immediate custody"},
    {.name = "offence_index_order",
     .argument_count = 3,
     .scalar = index_order,
     .arguments = "offence_id, code, excluded",
     .meaning = "A number: of the offences of one appearance the one with the lowest is its index "
                "offence (R9): one that counts, then the graver group, then the lower id",
     .example = "SELECT offence_index_order(2, '034/01', NULL) < offence_index_order(1, '046/00', "
                "NULL)",
     .result = "1"},
    {.name = NULL},
};
