#define _POSIX_C_SOURCE 200809L
#include "store_progress.h"

#include <stdio.h>
#include <unistd.h>

static int count_rows(const store_history *history, sqlite3_int64 *total, char **error) {
    int code = SQLITE_OK;
    *total = 0;
    for (int i = 0; i < SOURCES && code == SQLITE_OK; i++) {
        sqlite3_int64 rows = 0;
        const source_place *place = &history->places[i];
        if (place->present)
            code = store_integer(history->db, error, &rows, "SELECT count(*) FROM \"%w\".\"%w\"",
                                 place->schema, place->table);
        *total += rows;
    }
    return code;
}

int store_progress_begin(store_progress *progress, const store_history *history, bool asked,
                         char **error) {
    *progress = (store_progress){.name = history->name, .asked = asked};
    if (!asked) return SQLITE_OK;
    progress->to_terminal = isatty(STDERR_FILENO);
    progress->began = progress->said = time(NULL);
    return count_rows(history, &progress->total, error);
}

static void say(const store_progress *progress, sqlite3_int64 rows, const char *end) {
    sqlite3_int64 seconds = (sqlite3_int64)(progress->said - progress->began);
    sqlite3_int64 rate = rows / (seconds > 0 ? seconds : 1);
    sqlite3_int64 left = rate > 0 ? (progress->total - rows) / rate : 0;
    char *text = sqlite3_mprintf("%s%s: %,lld of %,lld rows, %,lld a second, %lld s left%s",
                                 progress->to_terminal ? "\r" : "", progress->name, rows,
                                 progress->total, rate, left, end);
    if (text) fputs(text, stderr);
    sqlite3_free(text);
}

void store_progress_at(store_progress *progress, sqlite3_int64 rows) {
    enum { TERMINAL_SECONDS = 1, LOG_SECONDS = 10 };
    if (!progress->asked) return;
    time_t now = time(NULL);
    if (now - progress->said < (progress->to_terminal ? TERMINAL_SECONDS : LOG_SECONDS)) return;
    progress->said = now;
    say(progress, rows, progress->to_terminal ? "  " : "\n");
}

void store_progress_end(store_progress *progress, sqlite3_int64 rows) {
    if (!progress->asked) return;
    progress->said = time(NULL);
    say(progress, rows, "  \n");
}
