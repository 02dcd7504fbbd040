/* store_sql.h - what glue needs that runs SQL on the connection it was called from.
**
** Errors travel as an SQLite code and a message: *error is set (sqlite3_malloc'd) whenever the code
** is not SQLITE_OK, unless memory ran out.
*/
#ifndef REOFFEND_STORE_SQL_H
#define REOFFEND_STORE_SQL_H

#include "glue.h"

/* Sets *error by sqlite3_mprintf rules and returns `code`. */
int store_error(char **error, int code, const char *format, ...);

/* Sets *error to what the connection says of its last failure and returns its code. */
int store_sqlite_error(sqlite3 *db, char **error);

/* Prepares the formatted statement. */
int store_prepare(sqlite3 *db, char **error, sqlite3_stmt **made, const char *format, ...);

/* Runs the formatted statements. */
int store_run(sqlite3 *db, char **error, const char *format, ...);

/* Steps a statement: SQLITE_ROW, SQLITE_DONE, or an error with *error set. */
int store_step(sqlite3_stmt *statement, char **error);

/* Steps a statement that gives no rows and resets it. */
int store_do(sqlite3_stmt *statement, char **error);

/* The single integer the formatted query gives, 0 when it gives none. */
int store_integer(sqlite3 *db, char **error, sqlite3_int64 *number, const char *format, ...);

#endif
