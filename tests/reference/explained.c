#include "explained.h"

#include <stddef.h>

/* People whose explained counts are not those of their row. */
static const char members_sql[] =
    "WITH member AS MATERIALIZED (SELECT * FROM reoffend_cohort('history', %Q) WHERE %s),"
    " explained AS (SELECT m.offender_id, (SELECT json_array("
    "   sum(event = 'offence' AND counted), sum(event = 'appearance' AND counted) - 1,"
    "   sum(previous), sum(decision = 'no offence date'),"
    "   sum(decision = 'straddles the index'),"
    "   sum(event = 'membership' AND counted),"
    "   max(CASE decision WHEN 'index event' THEN date END))"
    "   FROM reoffend_explain WHERE history = 'history' AND offender_id = m.offender_id"
    "   AND window_start = %Q AND %s) AS counts FROM member AS m)"
    " SELECT m.offender_id, e.counts FROM member AS m JOIN explained AS e USING (offender_id)"
    " WHERE e.counts IS NOT json_array(m.reoffences, m.reappearances, m.previous_offences,"
    "   m.undated_offences, m.straddling_offences,"
    "   CASE WHEN m.subcohorts IS NULL THEN 0"
    "   ELSE 1 + length(m.subcohorts) - length(replace(m.subcohorts, ',', '')) END,"
    "   m.index_date)";

/* People outside the cohort of whom an event counts, or who have no explained event. */
static const char others_sql[] =
    "WITH other AS (SELECT DISTINCT offender_id FROM appearance EXCEPT"
    "   SELECT offender_id FROM reoffend_cohort('history', %Q) WHERE %s)"
    " SELECT o.offender_id, (SELECT sum(counted) FROM reoffend_explain WHERE history = 'history'"
    "   AND offender_id = o.offender_id AND window_start = %Q AND %s) AS counts"
    " FROM other AS o WHERE counts IS NOT 0";

/* The last steps of each part, when they are not the figures of the window. */
static const char steps_sql[] =
    "WITH step AS MATERIALIZED (SELECT * FROM reoffend_attrition('history', %Q) WHERE %s),"
    " member AS (SELECT count(*) AS offenders, sum(reoffended) AS reoffenders,"
    "   sum(reoffences) AS reoffences FROM reoffend_cohort('history', %Q) WHERE %s)"
    " SELECT json_array(entry.people, entry.events, last.people, last.events), *"
    " FROM step AS entry, step AS last, member"
    " WHERE entry.what = 'index events' AND last.what LIKE '%%re-offences' AND"
    "   (entry.people <> offenders OR entry.events <> offenders OR"
    "    last.people <> coalesce(reoffenders, 0) OR last.events <> coalesce(reoffences, 0))";

static char *expect_no_row(sqlite3 *engine, const char *format, const char *window,
                           const char *options) {
    char *sql = sqlite3_mprintf(format, window, options, window, options), *found = NULL;
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(engine, sql, -1, &statement, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        const char *counts = (const char *)sqlite3_column_text(statement, 1);
        found = sqlite3_mprintf("%s: %s\nin: %s", sqlite3_column_text(statement, 0),
                                counts ? counts : "NULL", sql);
    } else if (code != SQLITE_DONE) {
        found = sqlite3_mprintf("the engine: %s\nin: %s", sqlite3_errmsg(engine), sql);
    }
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    return found;
}

char *explained_compare(sqlite3 *engine, const char *window, const char *options) {
    char *found = expect_no_row(engine, members_sql, window, options);
    if (!found) found = expect_no_row(engine, others_sql, window, options);
    return found ? found : expect_no_row(engine, steps_sql, window, options);
}
