/* store_window.h - a query about one window of a history: its arguments, and what it opens.
**
** For functions whose hidden columns are history, window_start and the options of store_query.h. A
** NULL argument gives no rows: store_window_take says SQLITE_DONE.
*/
#ifndef REOFFEND_STORE_WINDOW_H
#define REOFFEND_STORE_WINDOW_H

#include "store_query.h"

/* The function's name and its hidden columns. */
typedef struct store_window_columns {
    const char *function;
    int history, window_start;
    int first_option; /* QUERY_OPTIONS of them, the last columns */
} store_window_columns;

typedef struct store_window {
    const store_window_columns *columns;
    sqlite3_value *name; /* of the history, as given */
    calendar_day start;
    window_options options;
    store_history history;
    window_plan windows; /* the one */
} store_window;

void store_window_init(store_window *made, const store_window_columns *columns);
void store_window_close(store_window *closed);

/* Takes one argument. */
int store_window_take(store_window *window, sqlite3_vtab *table, int column, sqlite3_value *value);

/* Takes the arguments that a plan of store_query.h hands over. A column that is none of the above
** is passed to `other`, which may be NULL. */
int store_window_take_all(store_window *window, sqlite3_vtab *table, const char *plan, int argc,
                          sqlite3_value **argv,
                          int (*other)(void *user, int column, sqlite3_value *value), void *user);

/* Opens the history, fresh, and plans the window. */
int store_window_open(store_window *window, sqlite3_vtab *table, sqlite3 *db);

/* Takes over what was asked for in `wanted`, which is closed: nothing to do when `window` is open
** on the same question, as in a join, where one statement asks it for each row; else it opens. */
int store_window_ask(store_window *window, store_window *wanted, sqlite3_vtab *table, sqlite3 *db);

/* The value of one of the columns. */
void store_window_result(sqlite3_context *context, const store_window *window, int column);

/* xBestIndex for a function that takes nothing but arguments. */
int store_window_best_index(sqlite3_index_info *info, const query_argument *arguments, int count);

#endif
