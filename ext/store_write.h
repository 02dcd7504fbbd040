/* store_write.h - fills the shadow tables of a history: rebuild and refresh.
**
** 1. A rebuild reads every source once, in person order, and writes blocks as people go by: memory
**    is bounded by one block, whatever the size of the sources.
** 2. A refresh reads only the people in h_changed and rewrites only the blocks they stand in. When
**    anyone may have changed it is a rebuild.
** 3. Both are part of the caller's transaction: a failure or interruption leaves the old state.
*/
#ifndef REOFFEND_STORE_WRITE_H
#define REOFFEND_STORE_WRITE_H

#include "store_history.h"

/* Makes the empty shadow tables with these settings. */
int store_create(sqlite3 *db, const char *schema, const char *name,
                 const store_settings *settings, char **error);

/* Drops the shadow tables and the triggers. */
int store_destroy(sqlite3 *db, const char *schema, const char *name, char **error);

int store_rename(sqlite3 *db, const char *schema, const char *name, const char *renamed,
                 char **error);

int store_rebuild(sqlite3 *db, const char *schema, const char *name, char **error);
int store_refresh(sqlite3 *db, const char *schema, const char *name, char **error);

/* Opens every block and checks it against its row and the dictionary. */
int store_check(sqlite3 *db, const char *schema, const char *name, char **error);

#endif
