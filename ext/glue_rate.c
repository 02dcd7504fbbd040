#include "glue_rate.h"

#include "interval.h"

bool glue_rate_counts(sqlite3_context *context, sqlite3_value *x_value, sqlite3_value *n_value,
                      int64_t *x, int64_t *n) {
    if (!glue_read_integer(context, "n", n_value, 0, INTERVAL_COUNT_LIMIT, n)) return false;
    if (!glue_read_integer(context, "x", x_value, 0, INTERVAL_COUNT_LIMIT, x)) return false;
    if (*x <= *n) return true;
    glue_error(context, "x must not be above n; got a larger integer");
    return false;
}

/* A number above 0 and below 1. */
static bool read_inside(sqlite3_context *context, const char *argument, sqlite3_value *value,
                        double *number) {
    if (!glue_read_real(context, argument, value, 0, 1, number)) return false;
    if (*number > 0.0 && *number < 1.0) return true;
    glue_error(context, "%s must be a number above 0 and below 1; got one of the ends", argument);
    return false;
}

bool glue_rate_level(sqlite3_context *context, int argc, sqlite3_value **argv, int index,
                     double *level) {
    *level = 0.95;
    return index >= argc || read_inside(context, "level", argv[index], level);
}

bool glue_rate_target(sqlite3_context *context, sqlite3_value *value, double *target) {
    return read_inside(context, "target", value, target);
}
