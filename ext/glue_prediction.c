#include "glue_prediction.h"

int glue_prediction_make(sqlite3_vtab *table, const char *function, sqlite3_value *value,
                         codebook *book, prediction *made) {
    prediction_problem problem;
    *made = (prediction){.from = &glue_memory};
    if (sqlite3_value_type(value) != SQLITE_TEXT)
        return glue_vtab_error(table, "%s(): model must be a text; got %s", function,
                               glue_type_name(value));
    const char *text = (const char *)sqlite3_value_text(value);
    if (!text) return SQLITE_NOMEM;
    switch (prediction_make(made, &glue_memory, book, text, (size_t)sqlite3_value_bytes(value),
                            &problem)) {
    case PREDICTION_MADE:
        return SQLITE_OK;
    case PREDICTION_NO_MEMORY:
        return SQLITE_NOMEM;
    default:
        return glue_vtab_error(table, "%s(): the text of model is wrong: %s", function,
                               problem.text);
    }
}
