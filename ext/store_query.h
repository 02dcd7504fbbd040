/* store_query.h - what the table-valued functions over a history share: their arguments.
**
** A function's arguments are hidden columns, so they can be given in parentheses or in WHERE. The
** plan is a text of pairs, one pair for each value handed to xFilter, in order: the operator, then
** the column as a letter from 'A'.
**
**   =   equals            N   IS NULL (the value is not looked at)
**   <   less than         l   at most        >   more than        g   at least
**   !   stands for no value: the required argument with this place in the list is missing
**
** 1. A required argument that is not there is an error that says what to write, raised when the
**    plan is carried out: to weigh an OR, SQLite plans each side alone, without the arguments, and
**    such a plan only has to look dear. One that is there but cannot be used in this join order
**    makes SQLite try another.
** 2. A NULL argument gives no rows.
*/
#ifndef REOFFEND_STORE_QUERY_H
#define REOFFEND_STORE_QUERY_H

#include "store_blocks.h"
#include "store_fresh.h"
#include "window_plan.h"

/* A hidden column that is an argument. */
typedef struct query_argument {
    int column;
    const char *name;
    const char *missing; /* the error when it is not given, or NULL: optional */
    int twin;            /* 1 + another column that does as well; 0: none */
} query_argument;

/* Takes the arguments among the constraints into the plan text `plan`, numbering them from 1.
** *given gets a bit for each argument in the list that is there. */
int query_plan_arguments(sqlite3_index_info *info, const query_argument *arguments, int count,
                         sqlite3_str *plan, unsigned *given);

/* For xFilter, first of all: the error for an argument that is missing. */
int query_missing(sqlite3_vtab *table, const char *plan, int argc,
                  const query_argument *arguments);

/* Takes one more constraint for xFilter to use while SQLite checks it too. IN lists are left to
** SQLite: they would run the function once for each value. */
void query_plan_filter(sqlite3_index_info *info, int constraint, sqlite3_str *plan);

/* Notes what is missing and hands the plan over to SQLite; nothing is taken afterwards. */
int query_plan_finish(sqlite3_index_info *info, const query_argument *arguments, int count,
                      unsigned given, sqlite3_str *plan);

/* The options all functions share, as consecutive hidden columns in this order. */
enum {
    QUERY_WINDOW_MONTHS,
    QUERY_STEP_MONTHS,
    QUERY_FOLLOW_UP_MONTHS,
    QUERY_WAIT_MONTHS,
    QUERY_KINDS,
    QUERY_OPTIONS
};

/* They as rows of a list of arguments, and as declared columns. */
#define QUERY_OPTION_ARGUMENTS(first)                                                              \
    {(first) + QUERY_WINDOW_MONTHS, "window_months", NULL, 0},                                     \
        {(first) + QUERY_STEP_MONTHS, "step_months", NULL, 0},                                     \
        {(first) + QUERY_FOLLOW_UP_MONTHS, "follow_up_months", NULL, 0},                           \
        {(first) + QUERY_WAIT_MONTHS, "wait_months", NULL, 0},                                     \
        {(first) + QUERY_KINDS, "kinds", NULL, 0}
#define QUERY_OPTION_COLUMNS                                                                       \
    "window_months INTEGER HIDDEN, step_months INTEGER HIDDEN, "                                   \
    "follow_up_months INTEGER HIDDEN, wait_months INTEGER HIDDEN, kinds TEXT HIDDEN"

/* Sets the option from a value. */
int query_read_option(sqlite3_vtab *table, const char *function, int option, sqlite3_value *value,
                      window_options *options);

/* Reads a window argument. */
int query_read_window(sqlite3_vtab *table, const char *function, const char *argument,
                      sqlite3_value *value, calendar_day *day);

/* Turns a failed plan into the table's error. */
int query_window_error(sqlite3_vtab *table, const char *function, window_plan_result result);

/* Hands an error text of the store on to the table and returns `code`. */
int query_pass_error(sqlite3_vtab *table, int code, char *error);

/* The option's value, as the function's hidden column. */
void query_result_option(sqlite3_context *context, int option, const window_options *options);

void query_result_text(sqlite3_context *context, const char *text); /* NULL gives NULL */

#endif
