#include "agg_calibration.h"

#include "calibration.h"
#include "glue_logit.h"
#include "glue_rate.h"

static const double SCORE_LIMIT = 1e300;

typedef struct auc_state {
    calibration of;
    double level;
    bool failed;
} auc_state;

static bool read_case(sqlite3_context *context, sqlite3_value **argv, double low, double high,
                      bool *outcome, double *score) {
    int64_t y;
    if (!glue_read_integer(context, "y", argv[0], 0, 1, &y) ||
        !glue_read_real(context, "p", argv[1], low, high, score))
        return false;
    *outcome = y == 1;
    return true;
}

static void auc_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    auc_state *state = sqlite3_aggregate_context(context, sizeof *state);
    bool outcome;
    double score;
    if (!state) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (state->failed || glue_has_null(argc, argv)) return;
    state->failed = true;
    state->of.from = &glue_memory;
    if (!read_case(context, argv, -SCORE_LIMIT, SCORE_LIMIT, &outcome, &score) ||
        !glue_rate_level(context, argc, argv, 2, &state->level))
        return;
    state->failed = !calibration_add(&state->of, outcome, score);
    if (state->failed) sqlite3_result_error_nomem(context);
}

typedef enum auc_part { AUC, AUC_LOW, AUC_HIGH } auc_part;

static void auc_finish(sqlite3_context *context, auc_part part) {
    auc_state *state = sqlite3_aggregate_context(context, 0);
    if (!state) return;
    if (!state->failed && state->of.count > 0) {
        calibration_auc found = calibration_find_auc(&state->of);
        interval limits = calibration_limits(&found, state->level);
        glue_result_real(context,
                         part == AUC ? found.auc : part == AUC_LOW ? limits.low : limits.high);
    }
    calibration_free(&state->of);
}

static void auc_final(sqlite3_context *context) {
    auc_finish(context, AUC);
}

static void auc_low_final(sqlite3_context *context) {
    auc_finish(context, AUC_LOW);
}

static void auc_high_final(sqlite3_context *context) {
    auc_finish(context, AUC_HIGH);
}

typedef struct brier_state {
    double sum, rows;
    bool failed;
} brier_state;

static void brier_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    brier_state *state = sqlite3_aggregate_context(context, sizeof *state);
    bool outcome;
    double p;
    if (!state) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (state->failed || glue_has_null(argc, argv)) return;
    state->failed = !read_case(context, argv, 0, 1, &outcome, &p);
    if (state->failed) return;
    state->sum += (p - outcome) * (p - outcome);
    state->rows += 1.0;
}

static void brier_final(sqlite3_context *context) {
    const brier_state *state = sqlite3_aggregate_context(context, 0);
    if (state && !state->failed && state->rows > 0.0)
        sqlite3_result_double(context, state->sum / state->rows);
}

typedef struct unseen_state {
    glue_logit_cache cache;
    int64_t unseen;
    bool failed;
} unseen_state;

static void unseen_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    unseen_state *state = sqlite3_aggregate_context(context, sizeof *state);
    double probability;
    if (!state) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (state->failed) return;
    state->failed = true;
    if (argc < 1) {
        glue_error(context, "a model and its arguments expected; got none");
        return;
    }
    if (!glue_has_null(argc, argv)) {
        const logit_model *model = glue_logit_cached(context, &state->cache, argv[0]);
        if (!model) return;
        switch (glue_logit_predict(context, model, argc - 1, argv + 1, &probability)) {
        case GLUE_LOGIT_PREDICTED:
            break;
        case GLUE_LOGIT_UNSEEN:
            state->unseen++;
            break;
        case GLUE_LOGIT_ERROR:
            return;
        }
    }
    state->failed = false;
}

static void unseen_final(sqlite3_context *context) {
    unseen_state *state = sqlite3_aggregate_context(context, 0);
    if (!state || !state->failed) sqlite3_result_int64(context, state ? state->unseen : 0);
    if (state) glue_logit_forget(&state->cache);
}

#define CASES                                                                                      \
    "FROM (VALUES (1, 0.9), (0, 0.2), (1, 0.6), (0, 0.6), (0, 0.4), (1, 0.3), (0, 0.1))"

const glue_function agg_calibration[] = {
    {.name = "logit_auc",
     .argument_count = 2,
     .step = auc_step,
     .final = auc_final,
     .arguments = "y, p",
     .meaning = "Area under the ROC curve: how well p tells who has y = 1 from who has 0",
     .example = "SELECT round(logit_auc(column1, column2), 6) " CASES,
     .result = "0.791667"},
    {.name = "logit_auc_low",
     .argument_count = 2,
     .step = auc_step,
     .final = auc_low_final,
     .arguments = "y, p",
     .meaning = "Lower 95 % limit of the area under the ROC curve (DeLong)",
     .example = "SELECT round(logit_auc_low(column1, column2), 6) " CASES,
     .result = "0.408623"},
    {.name = "logit_auc_low",
     .argument_count = 3,
     .step = auc_step,
     .final = auc_low_final,
     .arguments = "y, p, level",
     .meaning = "The same at another level",
     .example = "SELECT round(logit_auc_low(column1, column2, 0.5), 6) " CASES,
     .result = "0.659848"},
    {.name = "logit_auc_high",
     .argument_count = 2,
     .step = auc_step,
     .final = auc_high_final,
     .arguments = "y, p",
     .meaning = "Upper 95 % limit of the area under the ROC curve (DeLong)",
     .example = "SELECT round(logit_auc_high(column1, column2), 6) " CASES,
     .result = "1.0"},
    {.name = "logit_auc_high",
     .argument_count = 3,
     .step = auc_step,
     .final = auc_high_final,
     .arguments = "y, p, level",
     .meaning = "The same at another level",
     .example = "SELECT round(logit_auc_high(column1, column2, 0.5), 6) " CASES,
     .result = "0.923485"},
    {.name = "logit_brier",
     .argument_count = 2,
     .step = brier_step,
     .final = brier_final,
     .arguments = "y, p",
     .meaning = "Brier score: the mean of (p - y)^2; lower is better",
     .example = "SELECT round(logit_brier(column1, column2), 6) " CASES,
     .result = "0.175714"},
    {.name = "logit_unseen",
     .argument_count = -1,
     .step = unseen_step,
     .final = unseen_final,
     .arguments = "model, x1, x2, …",
     .meaning = "Rows with a level the model has not seen, for which logit_predict is NULL",
     .example = "SELECT logit_unseen((SELECT logit_fit(column1, column2) FROM (VALUES (0, 'a'), "
                "(1, 'a'), (0, 'b'), (1, 'b'))), column1) FROM (VALUES ('a'), ('c'), (NULL))",
     .result = "1"},
    {.name = NULL},
};
