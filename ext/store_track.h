/* store_track.h - knows whose rows changed since a history was built (freshness).
**
** Plain SQL triggers on the source tables write the id of each person whose row changes into
** <history>_changed; they need no extension, so a host without it keeps the record too. NULL in
** that table means that anyone may have changed.
**
** 1. A source that is a table gets triggers that note the person. A row that REPLACE removes fires
**    no delete trigger, so those who own rows that a new row may replace are noted beforehand; by a
**    unique index on an expression that may be anyone. An offender_id that is no integer notes
**    NULL: a rebuild says what is wrong with it.
** 2. A source that is a view gets, on each table that the view reads, triggers that note NULL.
** 3. A source that SQLite cannot watch from the history's own database (a view over a virtual
**    table, a table of another database) is untracked. A history over one must be created with
**    stale=allow.
** 4. The fingerprint covers the sources' definitions, those of the views and tables that a view
**    names, the unique indexes of all of these, and the triggers themselves: dropping or redefining
**    any of them makes the history stale as a whole.
*/
#ifndef REOFFEND_STORE_TRACK_H
#define REOFFEND_STORE_TRACK_H

#include "store_source.h"

/* Finds the sources. `named[i]` is the argument as given ('table' or 'schema.table'), or NULL for
** the default name. A named source, and appearance, must exist. */
int store_find_sources(sqlite3 *db, const char *schema, const char *const named[SOURCES],
                       source_place places[SOURCES], char **error);
void store_free_sources(source_place places[SOURCES]);

/* Replaces the triggers of the history. *untracked: the name of the first source that cannot be
** watched (to be freed), or NULL. */
int store_install_triggers(sqlite3 *db, const char *schema, const char *history,
                           const source_place places[SOURCES], char **untracked, char **error);
int store_drop_triggers(sqlite3 *db, const char *schema, const char *history, char **error);

/* The fingerprint of note 4. */
int store_fingerprint(sqlite3 *db, const char *schema, const char *history,
                      const source_place places[SOURCES], sqlite3_int64 *fingerprint,
                      char **error);

#endif
