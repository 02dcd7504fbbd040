#include "glue_progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool glue_progress_asked(void) {
    const char *wanted = getenv("REOFFEND_PROGRESS");
    return wanted && strcmp(wanted, "stdout") == 0;
}

void glue_progress_at(glue_progress *progress, sqlite3_int64 done) {
    if (!progress->asked) return;
    sqlite3_int64 now = (sqlite3_int64)time(NULL);
    if (now == progress->said) return;
    progress->said = now;
    printf(":at %lld %lld %s %s\n", (long long)done, (long long)progress->total, progress->unit,
           progress->name);
    fflush(stdout);
}
