/* The aggregates without a history give, on the same tables, what reoffend_cohort gives. */
#include "database.h"

#include <stdlib.h>

/* 4,000 events of 300 people: many on one day, ranges, late proofs, excluded rows, no dates. */
static const char sources[] =
    "CREATE TEMP TABLE draw AS WITH RECURSIVE"
    " step(n, x) AS (SELECT 1, 4242 UNION ALL"
    "   SELECT n + 1, (x * 1103515245 + 12345) % 2147483648 FROM step WHERE n < 4000)"
    " SELECT n, (x >> 16) % 300 AS person, x >> 9 AS x, x >> 13 AS y, x >> 11 AS z FROM step;"
    "CREATE TABLE appearance AS SELECT n AS appearance_id, person AS offender_id,"
    "  date('2008-01-01', (x % 1100) || ' days') AS appearance_date,"
    "  CASE y % 4 WHEN 0 THEN 'release' WHEN 1 THEN 'conviction' WHEN 2 THEN 'caution'"
    "    ELSE 'drug_test' END AS kind,"
    "  CASE WHEN z % 9 = 0 THEN 'remand' END AS excluded FROM draw WHERE n % 5 < 2;"
    "INSERT INTO appearance SELECT appearance_id + 5000, offender_id, appearance_date,"
    "  iif(appearance_id % 2, 'conviction', 'release'), NULL FROM appearance"
    "  WHERE appearance_id % 3 = 0;"
    "CREATE TABLE offence AS SELECT n AS offence_id, person AS offender_id,"
    "  CASE WHEN z % 20 THEN date('2007-06-01', (x % 1900) || ' days') END AS offence_date,"
    "  CASE WHEN z % 6 = 1 THEN date('2007-06-01', (x % 1900 + y % 40) || ' days') END"
    "    AS offence_date_end,"
    "  CASE WHEN y % 15 THEN date('2007-06-01', (x % 1900 + y % 700) || ' days') END"
    "    AS proven_date,"
    "  CASE WHEN z % 13 = 0 THEN 'breach' END AS excluded FROM draw WHERE n % 5 >= 2;"
    "CREATE VIRTUAL TABLE history USING reoffend_history;"
    "INSERT INTO history(history) VALUES ('rebuild')";

/* %1 window start, %2 its months, %3 follow-up, %4 wait, %5 kinds joined by commas. */
static const char by_hand[] =
    "WITH first AS (SELECT offender_id, reoffend_first_date(appearance_date, kind) AS index_date,"
    "    reoffend_first_kind(appearance_date, kind) AS index_kind,"
    "    reoffend_first_appearance(appearance_date, kind, appearance_id) AS appearance_id"
    "  FROM appearance WHERE appearance_date >= %1$s AND appearance_date <"
    "    calendar_add_months(%1$s, %2$d) AND excluded IS NULL"
    "    AND instr(',%5$s,', ',' || kind || ',')"
    "  GROUP BY offender_id)"
    " SELECT offender_id, appearance_id, index_date, index_kind,"
    "  reoffend_reoffended(index_date, offence_date, proven_date, %3$d, %4$d, offence_date_end)"
    "    FILTER (WHERE excluded IS NULL) AS reoffended,"
    "  reoffend_reoffences(index_date, offence_date, proven_date, %3$d, %4$d, offence_date_end)"
    "    FILTER (WHERE excluded IS NULL) AS reoffences,"
    "  reoffend_days_to_reoffence(index_date, offence_date, proven_date, %3$d, %4$d,"
    "    offence_date_end) FILTER (WHERE excluded IS NULL) AS days_to_reoffence"
    " FROM first LEFT JOIN offence USING (offender_id) GROUP BY offender_id";

static const char by_history[] =
    "SELECT offender_id, appearance_id, index_date, index_kind, reoffended, reoffences,"
    "  days_to_reoffence FROM reoffend_cohort('history', %1$s) WHERE window_months = %2$d"
    "  AND follow_up_months = %3$d AND wait_months = %4$d AND kinds = '%5$s'"
    " ORDER BY offender_id";

typedef struct question {
    const char *start; /* SQL text */
    int window, follow_up, wait;
    const char *kinds;
} question;

static char *write_query(const char *pattern, const question *asked) {
    char *sql = malloc(4096);
    assert_non_null(sql);
    int length = snprintf(sql, 4096, pattern, asked->start, asked->window, asked->follow_up,
                          asked->wait, asked->kinds);
    assert_in_range(length, 1, 4095);
    return sql;
}

static void equals_reoffend_cohort(void **state) {
    (void)state;
    static const char all[] = "release,conviction,caution,drug_test";
    static const question questions[] = {
        {"'2008-01-01'", 12, 12, 6, all},
        {"'2008-07-01'", 12, 12, 6, all},
        {"'2008-02-29'", 12, 12, 6, all},
        {"'2008-04-01'", 3, 24, 0, all},
        {"'2008-01-01'", 24, 1, 12, "conviction,release"},
        {"'2009-10-01'", 12, 12, 6, "drug_test"},
    };
    sqlite3 *db = database_open();
    database_run(db, sources);
    for (size_t i = 0; i < count_of(questions); i++) {
        char *ours = write_query(by_hand, &questions[i]);
        char *engine = write_query(by_history, &questions[i]);
        char *expected = database_text(db, engine);
        assert_true(strlen(expected) > 1000);
        database_expect(db, ours, expected);
        sqlite3_free(expected);
        free(ours);
        free(engine);
    }
    database_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_reoffend_cohort)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
