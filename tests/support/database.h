/* database.h - an empty database with the extension installed, for glue tests.
**
** Every function fails the running test with SQLite's message when what it does goes wrong. */
#ifndef REOFFEND_TESTS_DATABASE_H
#define REOFFEND_TESTS_DATABASE_H

#include "check.h"

#include <sqlite3.h>

int sqlite3_reoffend_init(sqlite3 *db, char **message, const void *api);

sqlite3 *database_open(void); /* in memory; close with database_close */
void database_close(sqlite3 *db);

void database_run(sqlite3 *db, const char *sql); /* statements without results */

/* The rows of a query as text: values parted by '|', rows by newlines, NULL as "NULL". Free with
** sqlite3_free. */
char *database_text(sqlite3 *db, const char *sql);

/* Fails unless the query gives exactly this text (see database_text). */
void database_expect(sqlite3 *db, const char *sql, const char *expected);

/* Fails unless the query ends with an error whose text is `message`. */
void database_expect_error(sqlite3 *db, const char *sql, const char *message);

#endif
