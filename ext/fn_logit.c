#include "fn_logit.h"

#include "glue_logit.h"

static void forget(void *cache) {
    glue_logit_forget(cache);
}

static void predict(sqlite3_context *context, int argc, sqlite3_value **argv) {
    double probability;
    if (argc < 1) {
        glue_error(context, "a model and its arguments expected; got none");
        return;
    }
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) return;
    const logit_model *model = glue_logit_cached(context, glue_function_memory(context), argv[0]);
    if (!model) return;
    if (argc - 1 == model->variable_count && glue_has_null(argc, argv)) return;
    if (glue_logit_predict(context, model, argc - 1, argv + 1, &probability) ==
        GLUE_LOGIT_PREDICTED)
        sqlite3_result_double(context, probability);
}

const glue_function fn_logit[] = {
    {.name = "logit_predict",
     .argument_count = -1,
     .scalar = predict,
     .memory = sizeof(glue_logit_cache),
     .forget = forget,
     .arguments = "model, x1, x2, …",
     .meaning = "Probability 0..1 by a model of logit_fit; NULL for a level it has not seen",
     .example = "SELECT round(logit_predict(m, 'b'), 6) FROM "
                "(SELECT logit_fit(column1, column2) AS m "
                "FROM (VALUES (0, 'a'), (1, 'a'), (0, 'a'), (1, 'b'), (1, 'b'), (0, 'b')))",
     .result = "0.666667"},
    {.name = NULL},
};
