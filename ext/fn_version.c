#include "fn_version.h"

static void version(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    sqlite3_result_text(context, REOFFEND_VERSION, -1, SQLITE_STATIC);
}

const glue_function fn_version[] = {
    {.name = "reoffend_version",
     .argument_count = 0,
     .scalar = version,
     .impure = true,
     .arguments = "",
     .meaning = "The version of the loaded extension",
     .example = "SELECT reoffend_version()",
     .result = REOFFEND_VERSION},
    {.name = NULL},
};
