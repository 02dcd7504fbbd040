#include "agg_logit.h"

#include "glue_logit.h"
#include "logit.h"

typedef struct fit_state {
    logit_rows rows;
    bool started;
    bool failed;
} fit_state;

static void report(sqlite3_context *context, logit_status status, int variable) {
    switch (status) {
    case LOGIT_MIXED_KINDS:
        glue_error(context,
                   "x%d must be a number in every row or a text in every row; got a mixture",
                   variable + 1);
        break;
    case LOGIT_TOO_MANY_LEVELS:
        glue_error(context, "x%d must have at most 65536 levels; got more", variable + 1);
        break;
    case LOGIT_TOO_MANY_TERMS:
        glue_error(context, "the model must have at most %d terms; got more", LOGIT_TERMS_LIMIT);
        break;
    default:
        sqlite3_result_error_nomem(context);
    }
}

static void add_row(sqlite3_context *context, fit_state *state, sqlite3_value *w,
                    sqlite3_value *y, int count, sqlite3_value **x) {
    logit_value values[LOGIT_VARIABLES_LIMIT];
    int64_t outcome;
    double weight = 1.0;
    int variable = 0;
    state->failed = true;
    if (!glue_read_integer(context, "y", y, 0, 1, &outcome) ||
        (w && !glue_read_real(context, "w", w, 0, 1e15, &weight)) ||
        !glue_logit_values(context, count, x, values))
        return;
    if (weight > 0.0) {
        logit_status status =
            logit_rows_add(&state->rows, (int)outcome, weight, values, &variable);
        if (status != LOGIT_OK) {
            report(context, status, variable);
            return;
        }
    } else {
        state->rows.dropped++;
    }
    state->failed = false;
}

/* One row: `leading` arguments (y, or w and y), then the x's. */
static void step(sqlite3_context *context, int argc, sqlite3_value **argv, int leading) {
    fit_state *state = sqlite3_aggregate_context(context, sizeof *state);
    if (!state) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (state->failed) return;
    if (!state->started) {
        state->failed = true;
        if (argc < leading || argc - leading > LOGIT_VARIABLES_LIMIT) {
            glue_error(context, "%d to %d arguments expected; got %d", leading,
                       leading + LOGIT_VARIABLES_LIMIT, argc);
            return;
        }
        if (!logit_rows_start(&state->rows, &glue_memory, argc - leading, leading == 2)) {
            sqlite3_result_error_nomem(context);
            return;
        }
        state->failed = false;
        state->started = true;
    }
    if (glue_has_null(argc, argv)) {
        state->rows.dropped++;
    } else {
        add_row(context, state, leading == 2 ? argv[0] : NULL, argv[leading - 1], argc - leading,
                argv + leading);
    }
}

static void step_plain(sqlite3_context *context, int argc, sqlite3_value **argv) {
    step(context, argc, argv, 1);
}

static void step_weighted(sqlite3_context *context, int argc, sqlite3_value **argv) {
    step(context, argc, argv, 2);
}

static void write_model(sqlite3_context *context, const logit_rows *rows) {
    logit_model model;
    logit_status status = logit_fit(&model, rows);
    if (status != LOGIT_OK) {
        report(context, status, 0);
        return;
    }
    json_text text = {.from = &glue_memory};
    if (logit_model_write(&model, &text)) {
        sqlite3_result_text64(context, text.bytes, text.length, SQLITE_TRANSIENT, SQLITE_UTF8);
    } else {
        sqlite3_result_error_nomem(context);
    }
    json_write_free(&text);
    logit_model_free(&model);
}

static void final(sqlite3_context *context) {
    fit_state *state = sqlite3_aggregate_context(context, 0);
    if (!state || !state->started) return;
    if (!state->failed && state->rows.count > 0) write_model(context, &state->rows);
    logit_rows_free(&state->rows);
}

const glue_function agg_logit[] = {
    {.name = "logit_fit",
     .argument_count = -1,
     .step = step_plain,
     .final = final,
     .arguments = "y, x1, x2, …",
     .meaning = "Logistic regression of y (0 or 1) on numbers and factors (texts); the model as "
                "JSON text (R32)",
     .example = "SELECT round(json_extract(logit_fit(column1, column2), '$.terms[1].estimate'), 6) "
                "FROM (VALUES (0, 'a'), (1, 'a'), (0, 'a'), (1, 'b'), (1, 'b'), (0, 'b'))",
     .result = "1.386294"},
    {.name = "logit_fit_weighted",
     .argument_count = -1,
     .step = step_weighted,
     .final = final,
     .arguments = "w, y, x1, x2, …",
     .meaning = "The same with a row counting as w rows",
     .example = "SELECT round(json_extract(logit_fit_weighted(column1, column2, column3), "
                "'$.terms[1].estimate'), 6) "
                "FROM (VALUES (2, 0, 'a'), (1, 1, 'a'), (1, 0, 'b'), (2, 1, 'b'))",
     .result = "1.386294"},
    {.name = NULL},
};
