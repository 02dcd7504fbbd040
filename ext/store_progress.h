/* store_progress.h - says on the standard error how far a rebuild is, for who asked for it.
**
** On a terminal one line that is written over once a second; else a line every ten seconds, for a
** log. No result depends on it, nor on the clock it reads.
*/
#ifndef REOFFEND_STORE_PROGRESS_H
#define REOFFEND_STORE_PROGRESS_H

#include <time.h>

#include "store_history.h"

typedef struct store_progress {
    const char *name;
    sqlite3_int64 total; /* rows of all sources */
    time_t began, said;
    bool asked, to_terminal;
} store_progress;

/* Counts the rows there are; nothing when it was not asked for. */
int store_progress_begin(store_progress *progress, const store_history *history, bool asked,
                         char **error);
void store_progress_at(store_progress *progress, sqlite3_int64 rows);
void store_progress_end(store_progress *progress, sqlite3_int64 rows);

#endif
