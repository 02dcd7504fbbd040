/* store_write.h - fills the shadow tables of a history: rebuild and refresh.
**
** 1. A rebuild reads every source once, in person order, and writes blocks as people go by: memory
**    is bounded by one block, whatever the size of the sources.
** 2. A refresh reads only the people in h_changed and packs them into the patch, beside those whom
**    the patch already held; the blocks of everybody else stay as they are. When anyone may have
**    changed, or the patch would hold more than a sixteenth of the people, it is a rebuild.
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

/* `with_progress`: a rebuild says on the standard error how far it is (store_progress.h). */
int store_rebuild(sqlite3 *db, const char *schema, const char *name, bool with_progress,
                  char **error);
int store_refresh(sqlite3 *db, const char *schema, const char *name, bool with_progress,
                  char **error);

#endif
