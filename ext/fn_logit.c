#include "fn_logit.h"

#include "glue_logit.h"

static void forget_model(void *model) {
    logit_model_free(model);
    sqlite3_free(model);
}

/* The model of argument 0, read now; NULL with the context's error set. */
static logit_model *read_model(sqlite3_context *context, sqlite3_value *value) {
    const char *text;
    size_t length;
    if (!glue_read_text(context, "model", value, &text, &length)) return NULL;
    logit_model *model = sqlite3_malloc(sizeof *model);
    if (!model) {
        sqlite3_result_error_nomem(context);
        return NULL;
    }
    if (logit_model_read(model, &glue_memory, text, length)) return model;
    if (model->no_memory) {
        sqlite3_result_error_nomem(context);
    } else {
        glue_error(context, "model must be a text made by logit_fit(); got another text");
    }
    sqlite3_free(model);
    return NULL;
}

static void answer(sqlite3_context *context, const logit_model *model, int count,
                   sqlite3_value **x) {
    logit_value values[LOGIT_VARIABLES_LIMIT];
    double probability;
    int variable;
    if (count != model->variable_count) {
        glue_error(context, "the model has %d variables; got values for %d", model->variable_count,
                   count);
        return;
    }
    if (glue_has_null(count, x) || !glue_logit_values(context, count, x, values)) return;
    switch (logit_model_predict(model, values, &probability, &variable)) {
    case LOGIT_PREDICTED:
        sqlite3_result_double(context, probability);
        break;
    case LOGIT_OTHER_KIND:
        glue_error(context, "x%d must be %s as in the fit; got %s", variable + 1,
                   model->variables[variable].kind == LOGIT_FACTOR ? "a text" : "a number",
                   glue_type_name(x[variable]));
        break;
    case LOGIT_LEVEL_UNKNOWN:
        break;
    }
}

static void predict(sqlite3_context *context, int argc, sqlite3_value **argv) {
    if (argc < 1) {
        glue_error(context, "a model and its arguments expected; got none");
        return;
    }
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) return;
    logit_model *model = sqlite3_get_auxdata(context, 0);
    bool fresh = !model;
    if (fresh) model = read_model(context, argv[0]);
    if (!model) return;
    answer(context, model, argc - 1, argv + 1);
    /* kept last: SQLite may free it at once when the argument is no constant */
    if (fresh) sqlite3_set_auxdata(context, 0, model, forget_model);
}

const glue_function fn_logit[] = {
    {.name = "logit_predict",
     .argument_count = -1,
     .scalar = predict,
     .arguments = "model, x1, x2, …",
     .meaning = "Probability 0..1 by a model of logit_fit; NULL for a level it has not seen",
     .example = "SELECT round(logit_predict(m, 'b'), 6) FROM "
                "(SELECT logit_fit(column1, column2) AS m "
                "FROM (VALUES (0, 'a'), (1, 'a'), (0, 'a'), (1, 'b'), (1, 'b'), (0, 'b')))",
     .result = "0.666667"},
    {.name = NULL},
};
