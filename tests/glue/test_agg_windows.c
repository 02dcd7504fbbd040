/* The aggregates without a history, against the rules in plain SQL on the rows of each group and
** frame. SQLite's own json_group_array over the same frame says which rows those are. */
#include "database.h"

/* 400 rows of 8 people: ties, NULLs, ranges, dates at the edges of the follow-up. */
static const char rows[] =
    "CREATE TABLE event AS WITH RECURSIVE"
    " step(n, x) AS (SELECT 1, 12345 UNION ALL"
    "   SELECT n + 1, (x * 1103515245 + 12345) % 2147483648 FROM step WHERE n < 400),"
    " draw AS (SELECT n, x >> 8 AS x, x >> 16 AS y FROM step)"
    " SELECT n, y % 8 AS person, n % 3 AS lot,"
    "  CASE WHEN x % 13 THEN date('2008-02-20', (y % 30) || ' days') END AS date,"
    "  CASE WHEN y % 17 THEN"
    "    CASE x % 4 WHEN 0 THEN 'release' WHEN 1 THEN 'conviction' WHEN 2 THEN 'caution'"
    "      ELSE 'drug_test' END END AS kind,"
    "  CASE WHEN x % 5 THEN y % 50 END AS id,"
    "  date('2008-02-27', (x % 4) || ' days') AS index_date,"
    "  CASE WHEN x % 19 THEN date('2008-02-27', CASE x % 3 WHEN 0 THEN y % 5 ELSE y % 400 END"
    "    || ' days') END AS offence_date,"
    "  CASE WHEN y % 23 THEN date('2009-08-20', ((y % 15) - (x % 400)) || ' days') END AS proven,"
    "  y % 4 AS length FROM draw;"
    "ALTER TABLE event ADD COLUMN last_date;"
    "UPDATE event SET last_date = date(offence_date, length || ' days') WHERE n % 2;"
    "CREATE UNIQUE INDEX event_n ON event(n)";

static const char *const frames[] = {
    "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
    "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
    "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
    "ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING",
    "ROWS BETWEEN 5 PRECEDING AND 3 PRECEDING",
    "ROWS BETWEEN 2 FOLLOWING AND 6 FOLLOWING",
    "ROWS BETWEEN CURRENT ROW AND CURRENT ROW",
    "RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING",
    "RANGE BETWEEN UNBOUNDED PRECEDING AND 4 FOLLOWING",
    "GROUPS BETWEEN 2 PRECEDING AND 1 PRECEDING",
    "GROUPS BETWEEN 1 PRECEDING AND 2 FOLLOWING",
    "ROWS BETWEEN 4 PRECEDING AND 4 FOLLOWING EXCLUDE CURRENT ROW",
    "GROUPS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE TIES",
    "RANGE BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE GROUP",
};

typedef struct definition {
    const char *call;  /* the aggregate */
    const char *rules; /* a scalar subquery over `member`, the rows of the frame */
} definition;

#define IN_ORDER                                                                                   \
    "FROM member WHERE date IS NOT NULL AND kind IS NOT NULL ORDER BY date, "                      \
    "instr('release conviction caution drug_test', kind), id NULLS LAST LIMIT 1"
#define FOLLOWING                                                                                  \
    "FROM member WHERE offence_date > index_date"                                                  \
    " AND offence_date <= calendar_add_months(index_date, 12)"                                     \
    " AND proven <= calendar_add_months(index_date, 18)"
#define FOLLOWING_RANGES                                                                           \
    "FROM member WHERE offence_date > index_date"                                                  \
    " AND coalesce(last_date, offence_date) <= calendar_add_months(index_date, 11)"                \
    " AND proven <= calendar_add_months(index_date, 15)"

static const definition definitions[] = {
    {"reoffend_first_date(date, kind)", "SELECT date " IN_ORDER},
    {"reoffend_first_kind(date, kind)", "SELECT kind " IN_ORDER},
    {"reoffend_first_appearance(date, kind, id)", "SELECT id " IN_ORDER},
    {"reoffend_reoffences(index_date, offence_date, proven)", "SELECT count(*) " FOLLOWING},
    {"reoffend_reoffended(index_date, offence_date, proven)", "SELECT count(*) > 0 " FOLLOWING},
    {"reoffend_days_to_reoffence(index_date, offence_date, proven)",
     "SELECT min(julianday(offence_date) - julianday(index_date)) " FOLLOWING},
    {"reoffend_reoffences(index_date, offence_date, proven, 11, 4, last_date)",
     "SELECT count(*) " FOLLOWING_RANGES},
    {"reoffend_days_to_reoffence(index_date, offence_date, proven, 11, 4, last_date)",
     "SELECT min(julianday(offence_date) - julianday(index_date)) " FOLLOWING_RANGES},
};

static void expect_no_difference(sqlite3 *db, const definition *one, const char *select) {
    char *sql = sqlite3_mprintf(
        "WITH answer AS MATERIALIZED (%s) SELECT count(*) > 0, sum(result IS NOT ("
        "WITH member AS (SELECT event.* FROM json_each(members) JOIN event ON n = value) %s)),"
        "count(DISTINCT result) > 1 OR %d FROM answer",
        select, one->rules, strstr(one->call, "reoffended(") != NULL);
    char *text = database_text(db, sql);
    if (strcmp(text, "1|0|1") != 0) fail_msg("%s\n%s", text, sql);
    sqlite3_free(text);
    sqlite3_free(sql);
}

static void groups_follow_the_rules(void **state) {
    (void)state;
    sqlite3 *db = database_open();
    database_run(db, rows);
    for (size_t i = 0; i < count_of(definitions); i++) {
        char *select =
            sqlite3_mprintf("SELECT %s AS result, json_group_array(n) AS members FROM event "
                            "GROUP BY person, lot",
                            definitions[i].call);
        expect_no_difference(db, &definitions[i], select);
        sqlite3_free(select);
    }
    database_close(db);
}

static void check_frames(const char *filter, const char *order) {
    sqlite3 *db = database_open();
    database_run(db, rows);
    for (size_t i = 0; i < count_of(definitions); i++) {
        for (size_t f = 0; f < count_of(frames); f++) {
            char *select = sqlite3_mprintf(
                "SELECT %s %s OVER w AS result, json_group_array(n) %s OVER w AS members FROM "
                "event WINDOW w AS (PARTITION BY person ORDER BY %s %s)",
                definitions[i].call, filter, filter, order, frames[f]);
            expect_no_difference(db, &definitions[i], select);
            sqlite3_free(select);
        }
    }
    database_close(db);
}

static void frames_follow_the_rules(void **state) {
    (void)state;
    check_frames("", "n / 3");
}

static void frames_in_date_order_follow_the_rules(void **state) {
    (void)state;
    check_frames("", "CAST(julianday(date) AS INTEGER)");
}

static void filtered_frames_follow_the_rules(void **state) {
    (void)state;
    check_frames("FILTER (WHERE lot <> 1)", "n / 2 DESC");
}

static void empty_groups(void **state) {
    (void)state;
    sqlite3 *db = database_open();
    database_run(db, rows);
    database_expect(db,
                    "SELECT reoffend_first_date(date, kind), reoffend_first_kind(date, kind),"
                    " reoffend_first_appearance(date, kind, id),"
                    " reoffend_reoffences(index_date, offence_date, proven),"
                    " reoffend_reoffended(index_date, offence_date, proven),"
                    " reoffend_days_to_reoffence(index_date, offence_date, proven)"
                    " FROM event WHERE n < 0",
                    "NULL|NULL|NULL|0|0|NULL");
    database_close(db);
}

/* A statement that fails in mid-group, and one that is left in mid-result, leak nothing (seen by
** the sanitizers) and leave the connection usable. */
static void failures_in_mid_group(void **state) {
    (void)state;
    sqlite3 *db = database_open();
    sqlite3_stmt *statement;
    database_run(db, rows);
    database_expect_error(db,
                          "SELECT reoffend_first_date(iif(n < 300, date, 'soon'), kind) FROM event",
                          "reoffend_first_date(): date must be a date as text, YYYY-MM-DD, of a "
                          "day that exists; got another text");
    database_expect_error(db,
                          "SELECT reoffend_days_to_reoffence(index_date, offence_date, "
                          "iif(n < 300, proven, 5)) OVER (ORDER BY n) FROM event",
                          "reoffend_days_to_reoffence(): proven_date must be a date as text, "
                          "YYYY-MM-DD, of a day that exists; got an integer");
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT reoffend_first_appearance(date, kind, id) OVER"
                                        " (ORDER BY n ROWS 9 PRECEDING) FROM event",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    for (int i = 0; i < 50; i++) assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    sqlite3_finalize(statement);
    database_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_follow_the_rules),
        cmocka_unit_test(frames_follow_the_rules),
        cmocka_unit_test(frames_in_date_order_follow_the_rules),
        cmocka_unit_test(filtered_frames_follow_the_rules),
        cmocka_unit_test(empty_groups),
        cmocka_unit_test(failures_in_mid_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
