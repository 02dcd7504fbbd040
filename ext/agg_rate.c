#include "agg_rate.h"

#include "glue_rate.h"
#include "interval.h"

typedef struct standard_state {
    interval_standard sum;
    double level;
    bool undefined; /* a stratum with weight and nobody in it */
    bool failed;
} standard_state;

typedef struct scores_state {
    double *z;
    size_t count;
    size_t capacity;
    bool failed;
} scores_state;

static void standard_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    standard_state *state = sqlite3_aggregate_context(context, sizeof *state);
    int64_t x, n;
    double weight;
    if (!state) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (state->failed || glue_has_null(argc, argv)) return;
    state->failed = true;
    if (!glue_rate_counts(context, argv[0], argv[1], &x, &n) ||
        !glue_read_real(context, "weight", argv[2], 0, 1e15, &weight) ||
        !glue_rate_level(context, argc, argv, 3, &state->level))
        return;
    state->failed = false;
    if (n > 0) {
        interval_standard_add(&state->sum, x, n, weight);
    } else if (weight > 0.0) {
        state->undefined = true;
    }
}

/* The finished sums, or NULL when there is no rate. */
static const standard_state *finished(sqlite3_context *context) {
    const standard_state *state = sqlite3_aggregate_context(context, 0);
    bool usable = state && !state->failed && !state->undefined && state->sum.weight > 0.0;
    return usable ? state : NULL;
}

static void standard_final(sqlite3_context *context) {
    const standard_state *state = finished(context);
    if (state) sqlite3_result_double(context, interval_standard_rate(&state->sum));
}

static void standard_low(sqlite3_context *context) {
    const standard_state *state = finished(context);
    if (state)
        sqlite3_result_double(context, interval_standard_limits(&state->sum, state->level).low);
}

static void standard_high(sqlite3_context *context) {
    const standard_state *state = finished(context);
    if (state)
        sqlite3_result_double(context, interval_standard_limits(&state->sum, state->level).high);
}

static void overdispersion_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    scores_state *state = sqlite3_aggregate_context(context, sizeof *state);
    int64_t x, n;
    double target;
    if (!state) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (state->failed || glue_has_null(argc, argv)) return;
    state->failed = true;
    if (!glue_rate_counts(context, argv[0], argv[1], &x, &n) ||
        !glue_rate_target(context, argv[2], &target))
        return;
    if (!memory_reserve(&glue_memory, (void **)&state->z, &state->capacity, state->count + 1,
                        sizeof *state->z)) {
        sqlite3_result_error_nomem(context);
        return;
    }
    state->failed = false;
    if (n > 0) state->z[state->count++] = interval_z(x, n, target);
}

static void overdispersion_final(sqlite3_context *context) {
    scores_state *state = sqlite3_aggregate_context(context, 0);
    if (!state) return;
    if (!state->failed && state->count > 0)
        sqlite3_result_double(context, interval_overdispersion(state->z, state->count, 0.1));
    memory_free(&glue_memory, state->z);
}

const glue_function agg_rate[] = {
    {.name = "rate_standardised",
     .argument_count = 3,
     .step = standard_step,
     .final = standard_final,
     .arguments = "x, n, weight",
     .meaning = "Directly standardised rate over strata: weighted mean of x/n",
     .example = "SELECT rate_standardised(column1, column2, column3) "
                "FROM (VALUES (10, 50, 1), (40, 50, 3))",
     .result = "0.65"},
    {.name = "rate_standardised_low",
     .argument_count = 3,
     .step = standard_step,
     .final = standard_low,
     .arguments = "x, n, weight",
     .meaning = "Lower 95 % limit of the standardised rate (Wilson at the effective number)",
     .example = "SELECT round(rate_standardised_low(column1, column2, column3), 6) "
                "FROM (VALUES (10, 50, 1), (40, 50, 3))",
     .result = "0.558752"},
    {.name = "rate_standardised_low",
     .argument_count = 4,
     .step = standard_step,
     .final = standard_low,
     .arguments = "x, n, weight, level",
     .meaning = "Lower limit of the standardised rate at the given coverage",
     .example = "SELECT round(rate_standardised_low(column1, column2, column3, 0.95), 6) "
                "FROM (VALUES (10, 50, 1), (40, 50, 3))",
     .result = "0.558752"},
    {.name = "rate_standardised_high",
     .argument_count = 3,
     .step = standard_step,
     .final = standard_high,
     .arguments = "x, n, weight",
     .meaning = "Upper 95 % limit of the standardised rate (Wilson at the effective number)",
     .example = "SELECT round(rate_standardised_high(column1, column2, column3), 6) "
                "FROM (VALUES (10, 50, 1), (40, 50, 3))",
     .result = "0.731448"},
    {.name = "rate_standardised_high",
     .argument_count = 4,
     .step = standard_step,
     .final = standard_high,
     .arguments = "x, n, weight, level",
     .meaning = "Upper limit of the standardised rate at the given coverage",
     .example = "SELECT round(rate_standardised_high(column1, column2, column3, 0.95), 6) "
                "FROM (VALUES (10, 50, 1), (40, 50, 3))",
     .result = "0.731448"},
    {.name = "rate_overdispersion",
     .argument_count = 3,
     .step = overdispersion_step,
     .final = overdispersion_final,
     .arguments = "x, n, target",
     .meaning = "Variance of groups' rates about the target, against chance alone (Spiegelhalter)",
     .example = "SELECT rate_overdispersion(column1, column2, 0.5) "
                "FROM (VALUES (60, 100), (40, 100))",
     .result = "4.0"},
    {.name = NULL},
};
