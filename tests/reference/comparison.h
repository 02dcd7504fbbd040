/* comparison.h - the engine against the reference on one case, cell by cell.
**
** The reference runs on a copy of the case without the extension (reference.sql); the engine on
** another copy, without the columns the case calls absent, through a history. Numbers may differ
** by 1e-12 of their size, everything else not at all: NULL is NULL, rows are as many.
**
** Compared are reoffend_cohort for each window; reoffend_rates for each list of breakdowns, over
** all windows and with one group or window asked for in WHERE; reoffend_attrition for each window;
** reoffend_explain for some people. With a model, what it predicts for people and groups is among
** it. When the case has changes they are made in rounds, each in a transaction: first undone, which
** must leave everything as it was; then kept, which a history that answers fresh must show at once
** and another must refuse; then, not in every round, refreshed; and all of it is compared again.
*/
#ifndef REOFFEND_TESTS_COMPARISON_H
#define REOFFEND_TESTS_COMPARISON_H

#include <sqlite3.h>
#include <stdbool.h>

typedef struct comparison {
    const char *reference_sql; /* text of reference.sql and prediction.sql */
    const char *extension;     /* path for sqlite3_load_extension */
    char *classification;      /* INSERT statements; made by comparison_open */
    long cells;                /* compared so far */
} comparison;

/* Reads the reference's SQL and asks the extension what the offence codes mean. False: message
** printed. */
bool comparison_open(comparison *opened, const char *reference_path,
                     const char *prediction_path, const char *extension);
void comparison_close(comparison *closed);

/* The statements that make the engine's history of the case. Free with sqlite3_free. */
char *comparison_history_sql(sqlite3 *made);

/* NULL when all is equal; else what differs, the query included. Free with sqlite3_free. */
char *comparison_run(comparison *with, sqlite3 *made);

#endif
