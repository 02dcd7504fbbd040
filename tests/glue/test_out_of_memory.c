/* Running out of memory: every SQL entry point with each of its allocations failing in turn.
**
** SQLite's allocator is replaced by one that fails at the n-th request, n = 1, 2, ... until the
** statement gets through. Each time the statement must end with SQLITE_NOMEM or with the right
** answer, leave the connection usable, and leak nothing: when the connection is closed no byte of
** SQLite's memory is in use. The functions and examples come from reoffend_functions, so a new
** function is covered by being registered.
**
** The environment's STRIDE (default 1) leaves out requests: the first 50 are all failed, then each
** STRIDE-th. */
#define _POSIX_C_SOURCE 200809L
#include "database.h"

#include <malloc.h>
#include <stdlib.h>

/* --- an allocator that fails ---------------------------------------- */

static sqlite3_mem_methods real;
static long until_failure; /* 0: never fails */
static bool has_failed;

static bool fails_now(void) {
    if (until_failure == 0 || --until_failure > 0) return false;
    has_failed = true;
    return true;
}

static void *failing_malloc(int size) {
    return fails_now() ? NULL : real.xMalloc(size);
}

static void *failing_realloc(void *block, int size) {
    return fails_now() ? NULL : real.xRealloc(block, size);
}

static void install_allocator(void) {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK) exit(2);
    sqlite3_mem_methods failing = real;
    failing.xMalloc = failing_malloc;
    failing.xRealloc = failing_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK) exit(2);
}

static long stride = 1;

/* The request to fail after the n-th. */
static long next_request(long n) {
    return n < 50 ? n + 1 : n + stride;
}

/* --- one statement, every allocation ---------------------------------------- */

static const char people[] =
    "CREATE TABLE appearance(offender_id INTEGER, appearance_date TEXT, kind TEXT,"
    " appearance_id INTEGER, area_code TEXT, disposal TEXT, sentence_months INTEGER,"
    " ho_code TEXT, excluded TEXT);"
    "CREATE TABLE offence(offender_id INTEGER, offence_date TEXT, offence_id INTEGER,"
    " proven_date TEXT, ho_code TEXT, excluded TEXT);"
    "CREATE TABLE offender(offender_id INTEGER, sex TEXT, birth_date TEXT, ethnicity TEXT);"
    "CREATE TABLE membership(offender_id INTEGER, subcohort TEXT, start_date TEXT, end_date TEXT);"
    "INSERT INTO appearance VALUES"
    " (1, '2009-01-31', 'conviction', 1, 'E23000001', 'fine', NULL, '046/00', NULL),"
    " (1, '2009-08-31', 'caution', 2, 'E23000001', 'caution', NULL, '028/03', NULL),"
    " (2, '2009-03-01', 'release', 3, 'W15000001', 'custody', 7, '034/00', NULL),"
    " (3, '2009-05-01', 'drug_test', 4, NULL, NULL, NULL, NULL, NULL),"
    " (3, '2009-04-01', 'conviction', 5, 'E23000002', 'fine', NULL, '105/01', 'breach');"
    "INSERT INTO offence VALUES (1, '2009-03-01', 1, '2009-08-31', '028/03', NULL),"
    " (1, '2008-03-01', 2, '2008-08-31', '019/08', NULL), (2, NULL, 3, '2009-05-01', NULL, NULL),"
    " (2, '2010-02-28', 4, '2010-03-01', '037/00', NULL);"
    "INSERT INTO offender VALUES (1, 'M', '1990-02-28', 'black'), (2, 'F', '1960-01-01', NULL);"
    "INSERT INTO membership VALUES (1, 'ppo', '2008-01-01', NULL),"
    " (2, 'class_a', NULL, '2009-06-30');"
    "CREATE TABLE cell(cell TEXT, offenders INTEGER, reoffenders INTEGER);"
    "INSERT INTO cell VALUES ('men', 40, 12), ('women', 9, 2), ('all', 49, 14);"
    "CREATE TABLE line(line TEXT, total TEXT, part TEXT);"
    "INSERT INTO line VALUES ('sex', 'all', 'men'), ('sex', 'all', 'women');";

/* A growing text of libc's, so that the test's own needs never fail. */
typedef struct long_text {
    char *bytes;
    size_t length, capacity;
} long_text;

static void append(long_text *text, const char *added) {
    size_t more = strlen(added) + 1;
    if (text->length + more + 1 > text->capacity) {
        text->capacity = 2 * (text->length + more + 1);
        text->bytes = realloc(text->bytes, text->capacity);
        assert_non_null(text->bytes);
    }
    memcpy(text->bytes + text->length, added, more);
    text->length += more;
    text->bytes[text->length - 1] = '|';
    text->bytes[text->length] = '\0';
}

/* Runs one statement; its values as text. The result is SQLite's code. */
static int answer(sqlite3 *db, const char *sql, long_text *text) {
    sqlite3_stmt *statement = NULL;
    text->length = 0;
    append(text, "");
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        code = SQLITE_OK;
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const char *value = (const char *)sqlite3_column_text(statement, i);
            if (!value && sqlite3_column_type(statement, i) != SQLITE_NULL) code = SQLITE_NOMEM;
            append(text, value ? value : "NULL");
        }
    }
    if (code == SQLITE_DONE) code = SQLITE_OK;
    int finalized = sqlite3_finalize(statement);
    return code == SQLITE_OK ? finalized : code;
}

static sqlite3_int64 in_use_before; /* bytes of SQLite's, before the connection was opened */

static sqlite3 *open_with(const char *setup) {
    in_use_before = sqlite3_memory_used();
    sqlite3 *db = database_open();
    if (setup) database_run(db, setup);
    return db;
}

static void close_without_leak(sqlite3 *db, const char *sql) {
    database_close(db);
    sqlite3_int64 left = sqlite3_memory_used() - in_use_before;
    if (left != 0) fail_msg("%lld bytes left after: %s", (long long)left, sql);
}

static void expect_no_memory(sqlite3 *db, int code, long n, const char *sql) {
    if (code != SQLITE_NOMEM)
        fail_msg("request %ld failed: code %d, %s\nin: %s", n, code, sqlite3_errmsg(db), sql);
}

/* Runs the query with a failure at each request, all on one connection. */
static void walk_query(const char *setup, const char *sql) {
    sqlite3 *db = open_with(setup);
    long_text right = {0}, given = {0};
    if (answer(db, sql, &right) != SQLITE_OK) fail_msg("%s\nin: %s", sqlite3_errmsg(db), sql);
    long n = 0;
    do {
        has_failed = false;
        until_failure = n = next_request(n);
        int code = answer(db, sql, &given);
        until_failure = 0;
        if (code != SQLITE_OK) {
            expect_no_memory(db, code, n, sql);
        } else if (strcmp(given.bytes, right.bytes) != 0) {
            fail_msg("request %ld failed and the answer was %s, not %s\nin: %s", n, given.bytes,
                     right.bytes, sql);
        }
    } while (has_failed);
    free(right.bytes);
    free(given.bytes);
    close_without_leak(db, sql);
}

/* The same for a statement that writes, each time on a new database. After a failure `probe` must
** fail, or answer as before or as after success; and a second attempt must succeed. */
static void walk_command(const char *setup, const char *sql, const char *probe) {
    long_text before = {0}, after = {0}, given = {0};
    sqlite3 *db = open_with(setup);
    bool answered_before = answer(db, probe, &before) == SQLITE_OK;
    database_run(db, sql);
    assert_int_equal(answer(db, probe, &after), SQLITE_OK);
    close_without_leak(db, sql);
    long n = 0;
    do {
        db = open_with(setup);
        has_failed = false;
        until_failure = n = next_request(n);
        int code = answer(db, sql, &given);
        until_failure = 0;
        if (code != SQLITE_OK) {
            expect_no_memory(db, code, n, sql);
            if (answer(db, probe, &given) == SQLITE_OK &&
                !(answered_before && strcmp(given.bytes, before.bytes) == 0))
                assert_string_equal(given.bytes, after.bytes);
            database_run(db, sql);
        }
        if (answer(db, probe, &given) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
        assert_string_equal(given.bytes, after.bytes);
        close_without_leak(db, sql);
    } while (has_failed);
    assert_true(n > 5);
    free(before.bytes);
    free(after.bytes);
    free(given.bytes);
}

/* --- what is walked ---------------------------------------- */

static void loading(void **state) {
    (void)state;
    long n = 0;
    do {
        sqlite3 *db;
        char *message = NULL;
        assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
        has_failed = false;
        until_failure = n = next_request(n);
        int code = sqlite3_reoffend_init(db, &message, NULL);
        until_failure = 0;
        if (code != SQLITE_OK && code != SQLITE_NOMEM) fail_msg("%d: %s", code, message);
        assert_true(code == SQLITE_OK || has_failed);
        sqlite3_free(message);
        close_without_leak(db, "loading");
    } while (has_failed);
    assert_true(n > 20);
}

/* The examples of one kind ('table' or not), each as a query. */
static void walk_examples(const char *condition, const char *setup) {
    char *examples[512];
    int count = 0;
    sqlite3 *db = database_open();
    sqlite3_stmt *list;
    char *sql = sqlite3_mprintf("SELECT example FROM reoffend_functions WHERE %s", condition);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &list, NULL), SQLITE_OK);
    while (sqlite3_step(list) == SQLITE_ROW) {
        assert_true(count < (int)count_of(examples));
        examples[count++] = strdup((const char *)sqlite3_column_text(list, 0));
    }
    sqlite3_finalize(list);
    sqlite3_free(sql);
    database_close(db);
    assert_true(count > 0);
    while (count-- > 0) {
        walk_query(setup, examples[count]);
        free(examples[count]);
    }
}

static void examples_of_functions(void **state) {
    (void)state;
    walk_examples("kind <> 'table'", NULL);
}

static const char history[] = "CREATE VIRTUAL TABLE history USING"
                              " reoffend_history(extract_date=2011-07-01);"
                              "INSERT INTO history(history) VALUES ('rebuild');";

static char *with_history(const char *more) {
    size_t size = sizeof people + sizeof history + strlen(more);
    char *setup = malloc(size);
    assert_non_null(setup);
    snprintf(setup, size, "%s%s%s", people, history, more);
    return setup;
}

static void examples_of_tables(void **state) {
    (void)state;
    char *setup = with_history("");
    walk_examples("kind = 'table' AND name <> 'reoffend_history'", setup);
    free(setup);
}

/* Adults by three covariates and a pooled level, those of the sub-cohort by one number; quotes are
** written as grave accents. */
#define MODEL                                                                                      \
    "replace('{`reoffend_model`:1,`models`:[{`age_group`:`adult`,`covariates`:"                    \
    "`age_band*sex, index_kind, copas_rate`,`pooled`:[{`variable`:1,`level`:`45-49*F`,"            \
    "`into`:`18-20*M`}],`fit`:{`logit`:1,`n`:9,`events`:4,`terms`:[{`estimate`:0.5},"              \
    "{`estimate`:1},{`estimate`:-1},{`estimate`:0.25}],`variables`:[{`kind`:`factor`,"             \
    "`levels`:[`18-20*M`,`unknown*unknown`]},{`kind`:`factor`,`levels`:[`conviction`,"             \
    "`release`]},{`kind`:`number`}]}},{`age_group`:`adult`,`subcohort`:`ppo`,"                     \
    "`covariates`:`age`,`fit`:{`logit`:1,`n`:3,`events`:1,`terms`:[{`estimate`:-2},"               \
    "{`estimate`:0.1}],`variables`:[{`kind`:`number`}]}}]}', '`', '\"')"

static void queries_over_a_history(void **state) {
    (void)state;
    static const char *const queries[] = {
        "SELECT * FROM history",
        "SELECT * FROM history WHERE offender_id = 2",
        "SELECT * FROM reoffend_cohort('history', '2009-01-01')",
        "SELECT * FROM reoffend_cohort('history', '2009-01-01') WHERE offender_id IN (1, 3)",
        "SELECT * FROM reoffend_cohort WHERE history = 'history' AND window_start = '2009-01-01'"
        " AND kinds = 'caution,release' AND window_months = 3",
        "SELECT * FROM reoffend_rates('history', '2008-01-01', '2009-10-01', '')",
        "SELECT * FROM reoffend_rates('history', '2008-01-01', '2009-10-01', 'area_code,age_group,"
        "age_band,sex,ethnicity,index_kind,index_disposal,index_offence_group,sentence_band,"
        "previous_offences_band,months_to_reoffence')",
        "SELECT * FROM reoffend_rates('history', '2009-01-01', '2009-01-01', 'subcohort,sex')"
        " WHERE subcohort = 'ppo' AND kinds = 'conviction'",
        "SELECT * FROM reoffend_rates('history', '2009-01-01', '2009-04-01', 'area_code')"
        " WHERE area_code IN ('E23000001', 'W15000001') AND window_start = '2009-04-01'",
        "SELECT * FROM reoffend_cohort('history', '2009-01-01') WHERE model = " MODEL,
        "SELECT * FROM reoffend_rates('history', '2008-01-01', '2009-10-01', 'subcohort,sex')"
        " WHERE model = " MODEL,
    };
    char *setup = with_history("");
    for (size_t i = 0; i < count_of(queries); i++) walk_query(setup, queries[i]);
    free(setup);
}

static const char probe[] = "SELECT window_start, area_code, sex, offenders, reoffences FROM"
                            " reoffend_rates('history', '2008-01-01', '2009-10-01',"
                            " 'area_code,sex')";

static void making_a_history(void **state) {
    (void)state;
    walk_command(people, "CREATE VIRTUAL TABLE history USING reoffend_history()",
                 "SELECT name FROM sqlite_schema ORDER BY name");
}

static void rebuilding(void **state) {
    (void)state;
    char *setup = with_history("UPDATE appearance SET area_code = 'W15000002'");
    walk_command(setup, "INSERT INTO history(history) VALUES ('rebuild')", probe);
    free(setup);
}

static void refreshing(void **state) {
    (void)state;
    char *setup = with_history("UPDATE appearance SET area_code = 'W15000002'"
                               " WHERE offender_id = 1;"
                               "INSERT INTO offence VALUES (7, '2009-01-01', 70, '2009-02-01',"
                               " '046/00', NULL);"
                               "DELETE FROM appearance WHERE offender_id = 3");
    walk_command(setup, "INSERT INTO history(history) VALUES ('refresh')", probe);
    free(setup);
}

static void changing_a_source(void **state) {
    (void)state;
    char *setup = with_history("");
    walk_command(setup, "DELETE FROM offence WHERE offence_id = 1",
                 "SELECT count(*) FROM offence WHERE offence_id = 1");
    free(setup);
}

static void checking(void **state) {
    (void)state;
    char *setup = with_history("");
    walk_command(setup, "INSERT INTO history(history) VALUES ('integrity-check')", probe);
    free(setup);
}

static void dropping(void **state) {
    (void)state;
    char *setup = with_history("");
    walk_command(setup, "DROP TABLE IF EXISTS history",
                 "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'history%'");
    free(setup);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading),
        cmocka_unit_test(examples_of_functions),
        cmocka_unit_test(examples_of_tables),
        cmocka_unit_test(queries_over_a_history),
        cmocka_unit_test(making_a_history),
        cmocka_unit_test(rebuilding),
        cmocka_unit_test(refreshing),
        cmocka_unit_test(changing_a_source),
        cmocka_unit_test(checking),
        cmocka_unit_test(dropping),
    };
    /* Keep freed memory: giving it back after each of many small statements takes longest. */
    mallopt(M_TRIM_THRESHOLD, 1 << 28);
    mallopt(M_MMAP_THRESHOLD, 1 << 28);
    install_allocator();
    if (getenv("STRIDE")) stride = atol(getenv("STRIDE"));
    if (stride < 1) return 2;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
