/* glue_rate.h - how the rate_* scalars and aggregates read what they share.
**
** Each reads its arguments, or sets the context's error and returns false. */
#ifndef REOFFEND_GLUE_RATE_H
#define REOFFEND_GLUE_RATE_H

#include "glue.h"

/* x of n: whole, 0 <= x <= n <= INTERVAL_COUNT_LIMIT. */
bool glue_rate_counts(sqlite3_context *context, sqlite3_value *x_value, sqlite3_value *n_value,
                      int64_t *x, int64_t *n);

/* argv[index] when it is there, else 0.95; above 0 and below 1. */
bool glue_rate_level(sqlite3_context *context, int argc, sqlite3_value **argv, int index,
                     double *level);

/* A target rate, above 0 and below 1. */
bool glue_rate_target(sqlite3_context *context, sqlite3_value *value, double *target);

#endif
