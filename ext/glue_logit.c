#include "glue_logit.h"

#include <math.h>
#include <string.h>

bool glue_logit_values(sqlite3_context *context, int count, sqlite3_value **argv,
                       logit_value *values) {
    for (int i = 0; i < count; i++) {
        switch (sqlite3_value_type(argv[i])) {
        case SQLITE_TEXT:
            values[i] = (logit_value){.kind = LOGIT_FACTOR};
            values[i].text = (const char *)sqlite3_value_text(argv[i]);
            values[i].length = (size_t)sqlite3_value_bytes(argv[i]);
            if (!values[i].text) {
                sqlite3_result_error_nomem(context);
                return false;
            }
            break;
        case SQLITE_INTEGER:
        case SQLITE_FLOAT:
            values[i] = (logit_value){.kind = LOGIT_NUMBER};
            values[i].number = sqlite3_value_double(argv[i]);
            if (!isfinite(values[i].number)) {
                glue_error(context, "x%d must be a finite number; got an infinite one", i + 1);
                return false;
            }
            break;
        default:
            glue_error(context, "x%d must be a number (a covariate) or a text (a factor); got %s",
                       i + 1, glue_type_name(argv[i]));
            return false;
        }
    }
    return true;
}

void glue_logit_forget(glue_logit_cache *cache) {
    if (cache->text) logit_model_free(&cache->model);
    sqlite3_free(cache->text);
    *cache = (glue_logit_cache){0};
}

const logit_model *glue_logit_cached(sqlite3_context *context, glue_logit_cache *cache,
                                     sqlite3_value *value) {
    const char *text;
    size_t length;
    if (!glue_read_text(context, "model", value, &text, &length)) return NULL;
    if (cache->text && cache->length == length && memcmp(cache->text, text, length) == 0)
        return &cache->model;
    glue_logit_forget(cache);
    if (!logit_model_read(&cache->model, &glue_memory, text, length)) {
        if (cache->model.no_memory) {
            sqlite3_result_error_nomem(context);
        } else {
            glue_error(context, "model must be a text made by logit_fit(); got another text");
        }
        return NULL;
    }
    cache->text = sqlite3_malloc64(length + 1);
    if (!cache->text) {
        logit_model_free(&cache->model);
        sqlite3_result_error_nomem(context);
        return NULL;
    }
    memcpy(cache->text, text, length);
    cache->length = length;
    return &cache->model;
}

glue_logit_answer glue_logit_predict(sqlite3_context *context, const logit_model *model, int count,
                                     sqlite3_value **x, double *probability) {
    logit_value values[LOGIT_VARIABLES_LIMIT];
    int variable;
    if (count != model->variable_count) {
        glue_error(context, "the model has %d variables; got values for %d", model->variable_count,
                   count);
        return GLUE_LOGIT_ERROR;
    }
    if (!glue_logit_values(context, count, x, values)) return GLUE_LOGIT_ERROR;
    switch (logit_model_predict(model, values, probability, &variable)) {
    case LOGIT_PREDICTED:
        return GLUE_LOGIT_PREDICTED;
    case LOGIT_LEVEL_UNKNOWN:
        return GLUE_LOGIT_UNSEEN;
    default:
        glue_error(context, "x%d must be %s as in the fit; got %s", variable + 1,
                   model->variables[variable].kind == LOGIT_FACTOR ? "a text" : "a number",
                   glue_type_name(x[variable]));
        return GLUE_LOGIT_ERROR;
    }
}
