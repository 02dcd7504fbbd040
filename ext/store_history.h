/* store_history.h - the shadow tables of a history: what is in them, reading them, their freshness.
**
** A history named h keeps, in its own database:
**
**   h_block(first_id INTEGER PRIMARY KEY, people, events, latest, counted, described)
**       the packed people with ids from first_id to below the next row's, as the two parts of a
**       block (history_block.h); latest: the latest day among their events, as days since
**       1970-01-01
**   h_patch       the same for people who changed since the rebuild, as the last refresh found them
**   h_replaced(offender_id INTEGER PRIMARY KEY)   whose people in h_block no longer count
**   h_dictionary(family, code, text)   the texts the blocks name by number (dictionary.h)
**   h_meta(name, value)                what the history was made from and when it was built:
**       format, generation, built, fingerprint, blocks (what they say of themselves, the patch
**       included), replaced (checksum of h_replaced), extract_date, extract_option, stale_option,
**       untracked, seal (checksum of the other rows), and a row for each source: its argument or
**       NULL
**   h_changed(offender_id)             who changed since; NULL: anyone may have (store_track.h)
*/
#ifndef REOFFEND_STORE_HISTORY_H
#define REOFFEND_STORE_HISTORY_H

#include "store_ids.h"
#include "store_packed.h"
#include "store_track.h"

/* What is done with a question while the history is stale: store_fresh.h. */
typedef enum store_stale { STALE_REFUSE, STALE_ALLOW, STALE_FRESH, STALE_OPTIONS } store_stale;

const char *store_stale_name(store_stale option);

/* What a CREATE VIRTUAL TABLE named, as kept in h_meta. NULL: not given. */
typedef struct store_settings {
    char *named[SOURCES];
    char *extract_date; /* ISO text */
    store_stale stale;
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
    store_ids replaced;      /* people of h_block who stand elsewhere now, or nowhere */
    store_ids changed;       /* the same of the stored people, when answered fresh */
    store_packed_list fresh; /* where those stand */
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

/* SQL of one value, a text: what the stored blocks say of themselves beside their checksums, by
** which none can be missing or more, and no latest day another. %w: schema and name, twice. */
#define STORE_CLAIMS                                                                               \
    "(SELECT printf('%%d %%d %%d %%d %%d %%d', count(*), total(people), total(events), "           \
    "count(latest), total(latest), total((first_id & 65535) * latest)) FROM "                      \
    "(SELECT first_id, people, events, latest FROM \"%w\".\"%w_block\" UNION ALL "                 \
    "SELECT first_id, people, events, latest FROM \"%w\".\"%w_patch\"))"

/* The checksum of h_meta but for the row that keeps it. */
int store_history_seal(const store_history *history, sqlite3_int64 *seal, char **error);

/* Adds whom the patch replaces, after checking that h_meta is what was written and that the stored
** blocks claim what it says: a block's checksum speaks for the block, not for there being no
** other. */
int store_history_read_people(store_history *history, char **error);

/* The error for a block or dictionary that is not what was written. */
int store_corrupt(const char *name, const char *what, char **error);

#endif
