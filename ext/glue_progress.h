/* glue_progress.h - says on the standard output how far a long piece of work is, for a program that
** reads it and tells people (lua/reoffend/shell.lua).
**
** Only when the environment has REOFFEND_PROGRESS=stdout: a line `:at DONE TOTAL UNIT NAME` once
** a second. No result depends on it, nor on the clock it reads.
*/
#ifndef REOFFEND_GLUE_PROGRESS_H
#define REOFFEND_GLUE_PROGRESS_H

#include "glue.h"

typedef struct glue_progress {
    const char *unit; /* one word */
    const char *name;
    sqlite3_int64 total;
    sqlite3_int64 said; /* second of the last line */
    bool asked;
} glue_progress;

bool glue_progress_asked(void);
void glue_progress_at(glue_progress *progress, sqlite3_int64 done);

#endif
