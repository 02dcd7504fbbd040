#include "agg_survival.h"

#include "survival.h"

typedef struct survival_state {
    survival_curve curve;
    bool failed;
} survival_state;

static void step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    survival_state *state = sqlite3_aggregate_context(context, sizeof *state);
    double time;
    int64_t event;
    if (!state) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (state->failed || glue_has_null(argc, argv)) return;
    state->curve.from = &glue_memory;
    state->failed = true;
    if (!glue_read_real(context, "time", argv[0], 0, 1e15, &time) ||
        !glue_read_integer(context, "event", argv[1], 0, 1, &event))
        return;
    state->failed = !survival_add(&state->curve, time, event == 1);
    if (state->failed) sqlite3_result_error_nomem(context);
}

static void final(sqlite3_context *context) {
    survival_state *state = sqlite3_aggregate_context(context, 0);
    if (!state) return;
    if (!state->failed && state->curve.count > 0) {
        json_text text = {.from = &glue_memory};
        survival_sort(&state->curve);
        if (survival_write(&state->curve, &text)) {
            sqlite3_result_text64(context, text.bytes, text.length, SQLITE_TRANSIENT, SQLITE_UTF8);
        } else {
            sqlite3_result_error_nomem(context);
        }
        json_write_free(&text);
    }
    memory_free(&glue_memory, state->curve.steps);
}

const glue_function agg_survival[] = {
    {.name = "rate_survival",
     .argument_count = 2,
     .step = step,
     .final = final,
     .arguments = "time, event",
     .meaning = "Kaplan-Meier curve of the time to an event (1) or out of sight (0), as JSON text",
     .example = "SELECT rate_survival(column1, column2) FROM (VALUES (30, 1), (12, 0), (30, 0))",
     .result = "{\"survival\":1,\"steps\":[[12,0,1],[30,1,1]]}"},
    {.name = NULL},
};
