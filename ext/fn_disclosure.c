#include "fn_disclosure.h"

#include "disclosure.h"

static void rounded(sqlite3_context *context, int argc, sqlite3_value **argv) {
    int64_t number, base;
    if (glue_has_null(argc, argv)) return;
    if (!glue_read_integer(context, "number", argv[0], 0, INT64_C(1000000000000000), &number) ||
        !glue_read_integer(context, "base", argv[1], 1, 1000000, &base))
        return;
    sqlite3_result_int64(context, disclosure_round(number, base));
}

const glue_function fn_disclosure[] = {
    {.name = "reoffend_rounded",
     .argument_count = 2,
     .scalar = rounded,
     .arguments = "number, base",
     .meaning = "The nearest multiple of the base, halves up: published counts, rounded (R35)",
     .example = "SELECT reoffend_rounded(13, 5)",
     .result = "15"},
    {.name = NULL},
};
