#include "fn_rate.h"

#include "glue_rate.h"
#include "interval.h"

typedef enum limit { LOW, HIGH } limit;
typedef interval (*proportion_limits)(int64_t x, int64_t n, double level);

/* True when the call has `least` arguments or one more and none is NULL. */
static bool begin(sqlite3_context *context, int argc, sqlite3_value **argv, int least) {
    if (argc == least || argc == least + 1) return !glue_has_null(argc, argv);
    glue_error(context, "%d or %d arguments expected; got %d", least, least + 1, argc);
    return false;
}

static void respond(sqlite3_context *context, interval limits, limit which) {
    sqlite3_result_double(context, which == LOW ? limits.low : limits.high);
}

static void proportion(sqlite3_context *context, int argc, sqlite3_value **argv,
                       proportion_limits method, limit which) {
    int64_t x, n;
    double level;
    if (!begin(context, argc, argv, 2) || !glue_rate_counts(context, argv[0], argv[1], &x, &n) ||
        !glue_rate_level(context, argc, argv, 2, &level) || n == 0)
        return;
    respond(context, method(x, n, level), which);
}

static void wilson_low(sqlite3_context *context, int argc, sqlite3_value **argv) {
    proportion(context, argc, argv, interval_wilson, LOW);
}

static void wilson_high(sqlite3_context *context, int argc, sqlite3_value **argv) {
    proportion(context, argc, argv, interval_wilson, HIGH);
}

static void exact_low(sqlite3_context *context, int argc, sqlite3_value **argv) {
    proportion(context, argc, argv, interval_exact, LOW);
}

static void exact_high(sqlite3_context *context, int argc, sqlite3_value **argv) {
    proportion(context, argc, argv, interval_exact, HIGH);
}

/* x[0] of n[0] against x[1] of n[1]. False: NULL is the answer, or an error is set. */
static bool read_two(sqlite3_context *context, int argc, sqlite3_value **argv, int64_t x[2],
                     int64_t n[2], double *level) {
    return begin(context, argc, argv, 4) &&
           glue_rate_counts(context, argv[0], argv[1], &x[0], &n[0]) &&
           glue_rate_counts(context, argv[2], argv[3], &x[1], &n[1]) &&
           glue_rate_level(context, argc, argv, 4, level) && n[0] > 0 && n[1] > 0;
}

static void difference(sqlite3_context *context, int argc, sqlite3_value **argv, limit which) {
    int64_t x[2], n[2];
    double level;
    if (read_two(context, argc, argv, x, n, &level))
        respond(context, interval_difference(x[0], n[0], x[1], n[1], level), which);
}

static void difference_low(sqlite3_context *context, int argc, sqlite3_value **argv) {
    difference(context, argc, argv, LOW);
}

static void difference_high(sqlite3_context *context, int argc, sqlite3_value **argv) {
    difference(context, argc, argv, HIGH);
}

static void compare(sqlite3_context *context, int argc, sqlite3_value **argv) {
    static const char *const words[] = {"lower than", "no clear difference", "higher than"};
    int64_t x[2], n[2];
    double level;
    if (!read_two(context, argc, argv, x, n, &level)) return;
    int verdict = interval_compare(x[0], n[0], x[1], n[1], level);
    sqlite3_result_text(context, words[verdict + 1], -1, SQLITE_STATIC);
}

static void ratio(sqlite3_context *context, int argc, sqlite3_value **argv, limit which) {
    int64_t actual;
    double expected, level;
    if (!begin(context, argc, argv, 2) ||
        !glue_read_integer(context, "actual", argv[0], 0, INTERVAL_COUNT_LIMIT, &actual) ||
        !glue_read_real(context, "expected", argv[1], 0, (double)INTERVAL_COUNT_LIMIT, &expected) ||
        !glue_rate_level(context, argc, argv, 2, &level) || expected <= 0.0)
        return;
    respond(context, interval_ratio(actual, expected, level), which);
}

static void ratio_low(sqlite3_context *context, int argc, sqlite3_value **argv) {
    ratio(context, argc, argv, LOW);
}

static void ratio_high(sqlite3_context *context, int argc, sqlite3_value **argv) {
    ratio(context, argc, argv, HIGH);
}

static void funnel(sqlite3_context *context, int argc, sqlite3_value **argv, limit which) {
    int64_t n;
    double target, level;
    if (!begin(context, argc, argv, 2) ||
        !glue_rate_target(context, argv[0], &target) ||
        !glue_read_integer(context, "n", argv[1], 0, INTERVAL_COUNT_LIMIT, &n) ||
        !glue_rate_level(context, argc, argv, 2, &level) || n == 0)
        return;
    respond(context, interval_funnel(target, n, level), which);
}

static void funnel_low(sqlite3_context *context, int argc, sqlite3_value **argv) {
    funnel(context, argc, argv, LOW);
}

static void funnel_high(sqlite3_context *context, int argc, sqlite3_value **argv) {
    funnel(context, argc, argv, HIGH);
}

/* The adjusted rate of (x, n, predicted, base, …). False: NULL is the answer, or an error. */
static bool read_adjusted(sqlite3_context *context, sqlite3_value **argv, int64_t *n,
                          double *rate) {
    int64_t x;
    double predicted, base;
    if (!glue_rate_counts(context, argv[0], argv[1], &x, n) ||
        !glue_read_real(context, "predicted", argv[2], 0, 1, &predicted) ||
        !glue_read_real(context, "base", argv[3], 0, 1, &base) || *n == 0)
        return false;
    *rate = interval_adjusted_rate(x, *n, predicted, base);
    return true;
}

static void adjusted(sqlite3_context *context, int argc, sqlite3_value **argv) {
    int64_t n;
    double rate;
    if (!glue_has_null(argc, argv) && read_adjusted(context, argv, &n, &rate))
        sqlite3_result_double(context, rate);
}

static void adjusted_limit(sqlite3_context *context, int argc, sqlite3_value **argv, limit which) {
    int64_t n;
    double rate, variance, level;
    if (!begin(context, argc, argv, 5) || !read_adjusted(context, argv, &n, &rate) ||
        !glue_read_real(context, "variance", argv[4], 0, (double)INTERVAL_COUNT_LIMIT, &variance) ||
        !glue_rate_level(context, argc, argv, 5, &level))
        return;
    respond(context, interval_adjusted(rate, n, variance, level), which);
}

static void adjusted_low(sqlite3_context *context, int argc, sqlite3_value **argv) {
    adjusted_limit(context, argc, argv, LOW);
}

static void adjusted_high(sqlite3_context *context, int argc, sqlite3_value **argv) {
    adjusted_limit(context, argc, argv, HIGH);
}

const glue_function fn_rate[] = {
    {.name = "rate_wilson_low",
     .argument_count = -1,
     .scalar = wilson_low,
     .arguments = "x, n [, level]",
     .meaning = "Lower Wilson score limit of the proportion x/n; NULL when n is 0",
     .example = "SELECT round(rate_wilson_low(114, 432), 6)",
     .result = "0.22454"},
    {.name = "rate_wilson_high",
     .argument_count = -1,
     .scalar = wilson_high,
     .arguments = "x, n [, level]",
     .meaning = "Upper Wilson score limit of the proportion x/n; NULL when n is 0",
     .example = "SELECT round(rate_wilson_high(114, 432), 6)",
     .result = "0.3074"},
    {.name = "rate_exact_low",
     .argument_count = -1,
     .scalar = exact_low,
     .arguments = "x, n [, level]",
     .meaning = "Lower exact (Clopper-Pearson) limit of the proportion x/n; NULL when n is 0",
     .example = "SELECT round(rate_exact_low(81, 263), 6)",
     .result = "0.252737"},
    {.name = "rate_exact_high",
     .argument_count = -1,
     .scalar = exact_high,
     .arguments = "x, n [, level]",
     .meaning = "Upper exact (Clopper-Pearson) limit of the proportion x/n; NULL when n is 0",
     .example = "SELECT round(rate_exact_high(0, 20), 6)",
     .result = "0.168433"},
    {.name = "rate_difference_low",
     .argument_count = -1,
     .scalar = difference_low,
     .arguments = "x1, n1, x2, n2 [, level]",
     .meaning = "Lower limit of x1/n1 - x2/n2 (Newcombe 1998, method 10)",
     .example = "SELECT round(rate_difference_low(56, 70, 48, 80), 4)",
     .result = "0.0524"},
    {.name = "rate_difference_high",
     .argument_count = -1,
     .scalar = difference_high,
     .arguments = "x1, n1, x2, n2 [, level]",
     .meaning = "Upper limit of x1/n1 - x2/n2 (Newcombe 1998, method 10)",
     .example = "SELECT round(rate_difference_high(56, 70, 48, 80), 4)",
     .result = "0.3339"},
    {.name = "rate_compare",
     .argument_count = -1,
     .scalar = compare,
     .arguments = "x1, n1, x2, n2 [, level]",
     .meaning = "'higher than', 'lower than' or 'no clear difference': x1/n1 against x2/n2, from "
                "the limits of their difference",
     .example = "SELECT rate_compare(30, 100, 45, 100)",
     .result = "lower than"},
    {.name = "rate_ratio_low",
     .argument_count = -1,
     .scalar = ratio_low,
     .arguments = "actual, expected [, level]",
     .meaning = "Lower limit of actual/expected, the actual number taken as Poisson, exact",
     .example = "SELECT round(rate_ratio_low(10, 8), 6)",
     .result = "0.599424"},
    {.name = "rate_ratio_high",
     .argument_count = -1,
     .scalar = ratio_high,
     .arguments = "actual, expected [, level]",
     .meaning = "Upper limit of actual/expected, the actual number taken as Poisson, exact",
     .example = "SELECT round(rate_ratio_high(10, 8), 6)",
     .result = "2.298795"},
    {.name = "rate_funnel_low",
     .argument_count = -1,
     .scalar = funnel_low,
     .arguments = "target, n [, level]",
     .meaning = "Lower funnel limit for a group of n with the target rate, interpolated binomial",
     .example = "SELECT round(rate_funnel_low(0.3, 40), 6)",
     .result = "0.150983"},
    {.name = "rate_funnel_high",
     .argument_count = -1,
     .scalar = funnel_high,
     .arguments = "target, n [, level]",
     .meaning = "Upper funnel limit for a group of n with the target rate, interpolated binomial",
     .example = "SELECT round(rate_funnel_high(0.3, 40, 0.95), 6)",
     .result = "0.435119"},
    {.name = "rate_adjusted",
     .argument_count = 4,
     .scalar = adjusted,
     .arguments = "x, n, predicted, base",
     .meaning = "Adjusted rate: x/n - predicted + base-year actual (R32)",
     .example = "SELECT round(rate_adjusted(280, 1000, 0.3, 0.29), 6)",
     .result = "0.27"},
    {.name = "rate_adjusted_low",
     .argument_count = -1,
     .scalar = adjusted_low,
     .arguments = "x, n, predicted, base, variance [, level]",
     .meaning = "Lower limit of the adjusted rate; variance is SUM(p * (1 - p)) of the predictions",
     .example = "SELECT round(rate_adjusted_low(280, 1000, 0.3, 0.29, 190), 6)",
     .result = "0.242984"},
    {.name = "rate_adjusted_high",
     .argument_count = -1,
     .scalar = adjusted_high,
     .arguments = "x, n, predicted, base, variance [, level]",
     .meaning = "Upper limit of the adjusted rate; variance is SUM(p * (1 - p)) of the predictions",
     .example = "SELECT round(rate_adjusted_high(280, 1000, 0.3, 0.29, 190), 6)",
     .result = "0.297016"},
    {.name = NULL},
};
