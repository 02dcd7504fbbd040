/* Several connections to one history: readers beside each other, a reader while another rebuilds, a
** read-only connection, connections closed in any order, and a rebuild that is interrupted, rolled
** back or undone to a savepoint: the old state stays. */
#define _XOPEN_SOURCE 700
#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PEOPLE = 20000 };

static const char question[] =
    "SELECT sum(offenders), sum(reoffences) FROM reoffend_rates('history', '2009-01-01',"
    " '2009-01-01', 'index_kind')";

static const char rebuild[] = "INSERT INTO history(history) VALUES ('rebuild')";
static const char refresh[] = "INSERT INTO history(history) VALUES ('refresh')";

/* --- files ----------------------------------------------------------------------------------- */

static char path[] = "/tmp/reoffend-connections-XXXXXX";

static int make_file(void **state) {
    (void)state;
    int file = mkstemp(path);
    if (file < 0)
        return -1;
    close(file);
    return 0;
}

static int remove_file(void **state) {
    static const char *const suffixes[] = {"", "-journal", "-wal", "-shm"};
    (void)state;
    for (size_t i = 0; i < count_of(suffixes); i++) {
        char *name = sqlite3_mprintf("%s%s", path, suffixes[i]);
        unlink(name);
        sqlite3_free(name);
    }
    memcpy(strrchr(path, '-'), "-XXXXXX", 7);
    return 0;
}

static sqlite3 *open_file(int flags) {
    sqlite3 *db = NULL;
    char *message = NULL;
    assert_int_equal(sqlite3_open_v2(path, &db, flags, NULL), SQLITE_OK);
    if (sqlite3_reoffend_init(db, &message, NULL) != SQLITE_OK)
        fail_msg("%s", message);
    return db;
}

/* `people` people with a caution each, every second with a re-offence, and a built history. */
static void fill(sqlite3 *db, const char *journal, int people) {
    char *sql = sqlite3_mprintf(
        "PRAGMA journal_mode = %s; PRAGMA synchronous = OFF;"
        "CREATE TABLE appearance(offender_id INTEGER, appearance_date TEXT, kind TEXT);"
        "CREATE TABLE offence(offender_id INTEGER, offence_date TEXT);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
        " INSERT INTO appearance SELECT i, '2009-02-01', 'caution' FROM n;"
        "INSERT INTO offence SELECT offender_id, '2009-03-01' FROM appearance"
        " WHERE offender_id %% 2 = 0;"
        "CREATE VIRTUAL TABLE history USING reoffend_history();"
        "INSERT INTO history(history) VALUES ('rebuild')",
        journal, people);
    database_run(db, sql);
    sqlite3_free(sql);
}

static sqlite3 *make_history(const char *journal, int people) {
    sqlite3 *db = open_file(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    fill(db, journal, people);
    return db;
}

/* --- readers --------------------------------------------------------------------------------- */

static void a_read_only_connection_answers(void **state) {
    (void)state;
    database_close(make_history("DELETE", 10));
    sqlite3 *db = open_file(SQLITE_OPEN_READONLY);
    database_expect(db, question, "10|5");
    database_expect(db, "SELECT count(*) FROM reoffend_cohort('history', '2009-01-01')", "10");
    database_expect(db, "SELECT count(*) FROM reoffend_explain('history', 2, '2009-01-01')", "2");
    database_expect(db, "SELECT people FROM reoffend_attrition('history', '2009-01-01')"
                        " WHERE what = 'index events'",
                    "10");
    database_expect(db, "SELECT fresh, command FROM reoffend_status('history')", "1|NULL");
    database_expect(db, "SELECT count(*) FROM history", "15");
    database_expect_error(db, rebuild, "attempt to write a readonly database");
    database_expect(db, question, "10|5");
    database_close(db);
}

/* What a query-only connection may do with a stale history: read its state, not its figures. */
static void a_read_only_connection_sees_that_it_is_stale(void **state) {
    (void)state;
    sqlite3 *writer = make_history("DELETE", 10);
    database_run(writer, "DELETE FROM offence WHERE offender_id = 2");
    database_close(writer);
    sqlite3 *db = open_file(SQLITE_OPEN_READONLY);
    database_expect(db, "SELECT fresh, people_changed FROM reoffend_status('history')", "0|1");
    database_expect_error(db, question,
                          "history history is stale: rows of 1 people changed since it was built; "
                          "run INSERT INTO history(history) VALUES ('refresh')");
    database_close(db);
}

/* Cursors of several connections and of one, moved on in turn. */
static void several_readers_at_once(void **state) {
    (void)state;
    enum { READERS = 4 };
    sqlite3 *db[READERS];
    sqlite3_stmt *cohort[READERS];
    database_close(make_history("WAL", 300));
    for (int i = 0; i < READERS; i++) {
        db[i] = i == 3 ? db[0] : open_file(SQLITE_OPEN_READWRITE);
        assert_int_equal(sqlite3_prepare_v2(db[i],
                                            "SELECT offender_id, reoffences FROM "
                                            "reoffend_cohort('history', '2009-01-01')",
                                            -1, &cohort[i], NULL),
                         SQLITE_OK);
    }
    for (int row = 1; row <= 300; row++) {
        for (int i = 0; i < READERS; i++) {
            assert_int_equal(sqlite3_step(cohort[i]), SQLITE_ROW);
            assert_int_equal(sqlite3_column_int(cohort[i], 0), row);
            assert_int_equal(sqlite3_column_int(cohort[i], 1), row % 2 == 0);
        }
        if (row % 100 == 0)
            database_expect(db[row / 100 - 1], question, "300|150");
    }
    for (int i = 0; i < READERS; i++) {
        assert_int_equal(sqlite3_step(cohort[i]), SQLITE_DONE);
        sqlite3_finalize(cohort[i]);
    }
    for (int i = 0; i < 3; i++)
        database_close(db[i]);
}

/* A reader in the middle of the cohort while another connection changes a source and rebuilds. */
static void a_reader_sees_the_old_state_while_another_rebuilds(void **state) {
    (void)state;
    sqlite3 *writer = make_history("WAL", 300);
    sqlite3 *reader = open_file(SQLITE_OPEN_READWRITE);
    sqlite3_stmt *cohort;
    assert_int_equal(sqlite3_prepare_v2(reader,
                                        "SELECT reoffences FROM "
                                        "reoffend_cohort('history', '2009-01-01')",
                                        -1, &cohort, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(cohort), SQLITE_ROW);
    database_run(writer, "BEGIN; DELETE FROM appearance WHERE offender_id > 100;"
                         "DELETE FROM offence");
    database_run(writer, rebuild);
    database_expect(writer, question, "100|0");
    database_expect(reader, question, "300|150");
    database_run(writer, "COMMIT");
    database_expect(reader, question, "300|150"); /* its transaction is still open */
    int rows = 1, reoffences = sqlite3_column_int(cohort, 0);
    while (sqlite3_step(cohort) == SQLITE_ROW) {
        rows++;
        reoffences += sqlite3_column_int(cohort, 0);
    }
    sqlite3_finalize(cohort);
    assert_int_equal(rows, 300);
    assert_int_equal(reoffences, 150);
    database_expect(reader, question, "100|0");
    database_close(reader);
    database_close(writer);
}

/* With a rollback journal the writer waits for the reader, who sees the old state to the end. */
static void a_rollback_journal_keeps_them_apart(void **state) {
    (void)state;
    sqlite3 *writer = make_history("DELETE", 300);
    sqlite3 *reader = open_file(SQLITE_OPEN_READWRITE);
    database_run(reader, "BEGIN");
    database_expect(reader, question, "300|150");
    database_run(writer, "BEGIN; DELETE FROM offence");
    database_run(writer, rebuild);
    database_expect(reader, question, "300|150");
    assert_int_equal(sqlite3_exec(writer, "COMMIT", NULL, NULL, NULL), SQLITE_BUSY);
    database_expect(reader, question, "300|150");
    database_run(reader, "COMMIT");
    database_run(writer, "COMMIT");
    database_expect(reader, question, "300|0");
    database_close(writer);
    database_close(reader);
}

static void connections_close_in_any_order(void **state) {
    (void)state;
    for (int order = 0; order < 2; order++) {
        sqlite3 *db[2] = {open_file(SQLITE_OPEN_READWRITE), open_file(SQLITE_OPEN_READWRITE)};
        if (order == 0)
            fill(db[0], "DELETE", 10);
        database_expect(db[0], question, "10|5");
        database_expect(db[1], question, "10|5");
        database_close(db[order]);
        database_run(db[1 - order], rebuild);
        database_expect(db[1 - order], question, "10|5");
        database_close(db[1 - order]);
    }
}

/* Another database has a history of the same name. */
static void attached_histories_stay_apart(void **state) {
    (void)state;
    database_close(make_history("DELETE", 10));
    sqlite3 *db = database_open();
    fill(db, "DELETE", 4);
    char *sql = sqlite3_mprintf("ATTACH %Q AS other", path);
    database_run(db, sql);
    sqlite3_free(sql);
    database_expect(db, question, "4|2");
    database_expect(db, "SELECT sum(offenders) FROM reoffend_rates('other.history', '2009-01-01',"
                        " '2009-01-01', '')",
                    "10");
    database_run(db, "DELETE FROM other.offence; INSERT INTO other.history(history)"
                     " VALUES ('refresh')");
    database_expect(db, question, "4|2");
    database_expect(db, "SELECT sum(reoffences) FROM reoffend_cohort('other.history',"
                        " '2009-01-01')",
                    "0");
    database_close(db);
}

/* Its source is main.appearance, which in another connection is another table. */
static void an_attached_history_leaves_the_sources_of_others_alone(void **state) {
    (void)state;
    sqlite3 *db = open_file(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    fill(db, "DELETE", 10);
    database_run(db, "CREATE VIRTUAL TABLE named USING"
                     " reoffend_history(appearance=main.appearance);"
                     "INSERT INTO named(named) VALUES ('rebuild'); DELETE FROM offence;"
                     "INSERT INTO history(history) VALUES ('refresh')");
    database_close(db);
    db = database_open();
    fill(db, "DELETE", 0);
    char *sql = sqlite3_mprintf("ATTACH %Q AS other", path);
    database_run(db, sql);
    sqlite3_free(sql);
    database_expect_error(db, "INSERT INTO other.named(named) VALUES ('refresh')",
                          "changes of appearance cannot be watched from history named (another "
                          "database, or a virtual table); copy it into a table, or create the "
                          "history with stale=allow and rebuild it yourself");
    database_expect_error(db, "SELECT count(*) FROM other.named",
                          "history named is stale: its sources changed since it was built; run "
                          "INSERT INTO named(named) VALUES ('rebuild')");
    database_expect(db, "SELECT count(*) FROM other.history", "10");
    database_close(db);
}

/* A query that goes on while its own connection rebuilds would read new blocks by old texts. */
static void a_query_ends_when_its_history_is_built_again(void **state) {
    static const char *const commands[] = {rebuild, refresh};
    (void)state;
    sqlite3 *db = make_history("DELETE", PEOPLE);
    for (size_t i = 0; i < count_of(commands); i++) {
        sqlite3_stmt *rows;
        int code;
        assert_int_equal(sqlite3_prepare_v2(db,
                                            "SELECT offender_id FROM"
                                            " reoffend_cohort('history', '2009-01-01')",
                                            -1, &rows, NULL),
                         SQLITE_OK);
        assert_int_equal(sqlite3_step(rows), SQLITE_ROW);
        database_run(db, "UPDATE offence SET offence_date = '2009-04-01' WHERE offender_id = 3000");
        database_run(db, commands[i]);
        while ((code = sqlite3_step(rows)) == SQLITE_ROW) {}
        assert_int_equal(code, SQLITE_ERROR);
        assert_string_equal(sqlite3_errmsg(db),
                            "history history was built again while it was being read; ask again");
        sqlite3_finalize(rows);
    }
    database_close(db);
}

/* --- interrupted and rolled back ------------------------------------------------------------- */

typedef struct countdown {
    sqlite3 *db;
    long left;    /* calls until it interrupts */
    bool by_code; /* stop by the handler's answer, else by sqlite3_interrupt */
} countdown;

static int count_down(void *user) {
    countdown *counter = user;
    if (counter->left-- > 0)
        return 0;
    if (counter->by_code)
        return 1;
    sqlite3_interrupt(counter->db);
    return 0;
}

/* Runs the command with an interruption after so many steps. True: it came to its end first. */
static bool run_interrupted(sqlite3 *db, const char *command, long after, bool by_code) {
    countdown counter = {db, after, by_code};
    sqlite3_progress_handler(db, 100, count_down, &counter);
    int code = sqlite3_exec(db, command, NULL, NULL, NULL);
    sqlite3_progress_handler(db, 0, NULL, NULL);
    if (code != SQLITE_OK && code != SQLITE_INTERRUPT)
        fail_msg("%s: %s", command, sqlite3_errmsg(db));
    return code == SQLITE_OK;
}

/* Interrupts the command at ever later moments, on a changed source: until it gets through, the
** history is as it was and as stale as it was. */
static void expect_untouched(sqlite3 *db, const char *command) {
    static const char state_of[] =
        "SELECT people, events, generation, people_changed FROM reoffend_status('history')";
    char *before = database_text(db, state_of);
    int interrupted = 0;
    for (long after = 0;; after += 1 + after / 4) {
        if (run_interrupted(db, command, after, interrupted % 2))
            break;
        interrupted++;
        database_expect(db, state_of, before);
        database_expect(db, "PRAGMA integrity_check", "ok");
    }
    sqlite3_free(before);
    assert_true(interrupted > 10);
    database_run(db, "INSERT INTO history(history) VALUES ('integrity-check')");
}

static void an_interrupted_rebuild_leaves_the_old_state(void **state) {
    (void)state;
    sqlite3 *db = make_history("DELETE", PEOPLE);
    database_run(db, "DELETE FROM offence WHERE offender_id <= 100");
    expect_untouched(db, rebuild);
    database_expect(db, question, "20000|9950");
    database_close(db);
}

static void an_interrupted_refresh_leaves_the_old_state(void **state) {
    (void)state;
    sqlite3 *db = make_history("DELETE", PEOPLE);
    database_run(db, "DELETE FROM offence WHERE offender_id % 100 = 0");
    expect_untouched(db, refresh);
    database_expect(db, question, "20000|9800");
    database_close(db);
}

/* A long query can be interrupted too, and the connection goes on. */
static void an_interrupted_query_ends(void **state) {
    (void)state;
    sqlite3 *db = make_history("DELETE", PEOPLE);
    assert_false(run_interrupted(db,
                                 "SELECT sum(reoffences) FROM"
                                 " reoffend_cohort('history', '2009-01-01')",
                                 3, false));
    database_expect(db, question, "20000|10000");
    database_close(db);
}

static void rolled_back(void **state) {
    (void)state;
    sqlite3 *db = make_history("DELETE", 300);
    const char *const commands[] = {rebuild, refresh};
    for (size_t i = 0; i < count_of(commands); i++) {
        database_run(db, "BEGIN; DELETE FROM offence");
        database_run(db, commands[i]);
        database_expect(db, question, "300|0");
        database_run(db, "ROLLBACK");
        database_expect(db, question, "300|150");
        database_expect(db, "SELECT fresh, generation FROM reoffend_status('history')", "1|1");
    }
    database_run(db, "BEGIN; DROP TABLE history; ROLLBACK");
    database_expect(db, question, "300|150");
    database_close(db);
}

static void undone_to_a_savepoint(void **state) {
    (void)state;
    sqlite3 *db = make_history("DELETE", 300);
    database_run(db, "BEGIN; DELETE FROM offence WHERE offender_id > 100");
    database_run(db, refresh);
    database_run(db, "SAVEPOINT step; DELETE FROM offence");
    database_run(db, rebuild);
    database_expect(db, question, "300|0");
    database_run(db, "ROLLBACK TO step");
    database_expect(db, question, "300|50");
    database_run(db, "DELETE FROM offence WHERE offender_id > 50");
    database_run(db, refresh);
    database_run(db, "RELEASE step; COMMIT");
    database_expect(db, question, "300|25");
    database_run(db, "INSERT INTO history(history) VALUES ('integrity-check')");
    database_close(db);
}

#define with_file(test) cmocka_unit_test_setup_teardown(test, make_file, remove_file)

int main(void) {
    const struct CMUnitTest tests[] = {
        with_file(a_read_only_connection_answers),
        with_file(a_read_only_connection_sees_that_it_is_stale),
        with_file(several_readers_at_once),
        with_file(a_reader_sees_the_old_state_while_another_rebuilds),
        with_file(a_rollback_journal_keeps_them_apart),
        with_file(connections_close_in_any_order),
        with_file(attached_histories_stay_apart),
        with_file(an_attached_history_leaves_the_sources_of_others_alone),
        with_file(a_query_ends_when_its_history_is_built_again),
        with_file(an_interrupted_rebuild_leaves_the_old_state),
        with_file(an_interrupted_refresh_leaves_the_old_state),
        with_file(an_interrupted_query_ends),
        with_file(rolled_back),
        with_file(undone_to_a_savepoint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
