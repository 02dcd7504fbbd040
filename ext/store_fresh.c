#include "store_fresh.h"

#include "store_overlay.h"

/* SQLITE_OK when it may be answered from what is stored and, if `changed`, laid over it. */
static int judge(const store_history *history, char **error) {
    const store_freshness *freshness = &history->freshness;
    const char *name = history->name;
    if (!freshness->built)
        return store_error(error, SQLITE_ERROR,
                           "history %s was never built; run INSERT INTO %s(%s) VALUES ('rebuild')",
                           name, name, name);
    if (freshness->format != HISTORY_FORMAT)
        return store_corrupt(name, "written by another version", error);
    if (history->settings.stale == STALE_ALLOW) return SQLITE_OK;
    if (freshness->whole_stale)
        return store_error(error, SQLITE_ERROR,
                           "history %s is stale: its sources changed since it was built; "
                           "run INSERT INTO %s(%s) VALUES ('rebuild')",
                           name, name, name);
    if (freshness->changed && history->settings.stale == STALE_REFUSE)
        return store_error(error, SQLITE_ERROR,
                           "history %s is stale: rows of %lld people changed since it was built; "
                           "run INSERT INTO %s(%s) VALUES ('refresh')",
                           name, freshness->changed, name, name);
    return SQLITE_OK;
}

/* Lays the people who changed over the stored ones. */
static int lay_over(store_history *history, char **error) {
    int64_t latest;
    int code = store_ids_read(&history->changed, history->db, history->schema, history->name,
                              "changed", error);
    if (code == SQLITE_OK && !store_ids_merge(&history->replaced, &history->changed))
        code = SQLITE_NOMEM;
    if (code == SQLITE_OK) code = store_overlay_make(&history->fresh, history, false, error);
    if (code != SQLITE_OK || history->settings.extract_date) return code;
    code = store_latest_day(history, &latest, error);
    history->has_extract_date = latest != HISTORY_NULL;
    history->extract_date = (calendar_day)latest;
    return code;
}

int store_history_open_fresh(store_history *opened, sqlite3 *db, const char *name, char **error) {
    int code = store_history_open(opened, db, NULL, name, error);
    if (code == SQLITE_OK) code = judge(opened, error);
    if (code == SQLITE_OK) code = store_history_read_people(opened, error);
    if (code == SQLITE_OK) code = store_history_read_texts(opened, error);
    if (code == SQLITE_OK && opened->freshness.changed && opened->settings.stale == STALE_FRESH)
        code = lay_over(opened, error);
    return code;
}
