/* store_history.h - the shadow tables of a history: what is in them, reading them, their freshness.
**
** A history named h keeps, in its own database:
**
**   h_block(first_id INTEGER PRIMARY KEY, people, events, latest, counted, described)
**       the packed people with ids from first_id to below the next row's, as the two parts of a
**       block (history_block.h);
**       latest: the latest day among their events, as days since 1970-01-01
**   h_dictionary(family, code, text)   the texts the blocks name by number (dictionary.h)
**   h_meta(name, value)                what the history was made from and when it was built:
**       format, generation, built, fingerprint, blocks and people (how many), extract_date,
**       extract_option, stale_option, untracked, and a row for each source: its argument or NULL
**   h_changed(offender_id)             who changed since; NULL: anyone may have (store_track.h)
*/
#ifndef REOFFEND_STORE_HISTORY_H
#define REOFFEND_STORE_HISTORY_H

#include "history_block.h"
#include "store_track.h"

/* What a CREATE VIRTUAL TABLE named, as kept in h_meta. NULL: not given. */
typedef struct store_settings {
    char *named[SOURCES];
    char *extract_date; /* ISO text */
    bool allow_stale;   /* stale=allow */
} store_settings;

void store_settings_free(store_settings *freed);

/* How the packed people relate to the sources now. */
typedef struct store_freshness {
    bool built;
    bool whole_stale;           /* anyone may have changed, or the format did: rebuild */
    sqlite3_int64 format;       /* of the blocks: HISTORY_FORMAT, or another version's */
    sqlite3_int64 changed;      /* how many people are known to have changed */
    sqlite3_int64 generation;   /* counts rebuilds and refreshes */
    sqlite3_int64 fingerprint;  /* of the sources now */
} store_freshness;

typedef struct store_history {
    sqlite3 *db;
    char *schema, *name;
    store_settings settings;
    source_place places[SOURCES];
    store_freshness freshness;
    dictionary texts;
    bool has_extract_date; /* false for a history without any event */
    calendar_day extract_date;
} store_history;

/* Reads settings and freshness, not the dictionary. `schema` NULL: find the history by name, which
** may be 'schema.name'. */
int store_history_open(store_history *opened, sqlite3 *db, const char *schema, const char *name,
                       char **error);
void store_history_close(store_history *closed);

/* Adds the dictionary to an open history. */
int store_history_read_texts(store_history *history, char **error);

/* Opens it for a query: refuses one that was never built, and a stale one unless it allows that,
** with an error that names the command to run. Reads the dictionary. */
int store_history_open_fresh(store_history *opened, sqlite3 *db, const char *name, char **error);

/* A cursor over the blocks, in order; for one person, over the block where they would be. Without
** `described`, the second part of the blocks is not read (history_block.h). */
int store_blocks_open(const store_history *history, bool described, sqlite3_stmt **blocks,
                      char **error);
int store_blocks_open_for(const store_history *history, sqlite3_stmt **blocks,
                          sqlite3_int64 offender_id, char **error);

/* The next block, valid until the next call: SQLITE_ROW, SQLITE_DONE or an error. */
int store_blocks_next(const store_history *history, sqlite3_stmt *blocks, history_block *block,
                      char **error);

/* A block's checksum speaks for the block; this, for there being as many as were written. */
int store_check_counts(const store_history *history, char **error);

/* The error for a block or dictionary that is not what was written. */
int store_corrupt(const char *name, const char *what, char **error);

#endif
