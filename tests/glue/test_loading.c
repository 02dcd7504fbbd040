/* Loading: several connections, in any order; twice on one; the functions in views and indexes. */
#include "database.h"

static void two_connections_close_in_any_order(void **state) {
    (void)state;
    sqlite3 *first = database_open(), *second = database_open();
    database_expect(first, "SELECT calendar_is_date('2009-01-01')", "1");
    database_close(first);
    database_expect(second, "SELECT calendar_is_date('2009-01-01')", "1");
    sqlite3 *third = database_open();
    database_close(second);
    database_expect(third, "SELECT calendar_is_date('2009-01-01')", "1");
    database_close(third);
}

static void loading_twice_changes_nothing(void **state) {
    (void)state;
    sqlite3 *db = database_open();
    char *message = NULL;
    assert_int_equal(sqlite3_reoffend_init(db, &message, NULL), SQLITE_OK);
    database_expect(db, "SELECT calendar_is_date('2009-01-01')", "1");
    database_close(db);
}

static void pure_functions_serve_views_and_indexes(void **state) {
    (void)state;
    sqlite3 *db = database_open();
    database_run(db, "PRAGMA trusted_schema = OFF;"
                     "CREATE TABLE person (birth_date TEXT);"
                     "INSERT INTO person VALUES ('1990-06-15');"
                     "CREATE VIEW grown AS SELECT calendar_age(birth_date, '2008-06-15') AS age "
                     "FROM person;"
                     "CREATE INDEX by_quarter ON person (calendar_quarter(birth_date))");
    database_expect(db, "SELECT age FROM grown", "18");
    database_expect(db, "SELECT name FROM reoffend_functions WHERE name = 'reoffend_functions'",
                    "reoffend_functions");
    database_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_connections_close_in_any_order),
        cmocka_unit_test(loading_twice_changes_nothing),
        cmocka_unit_test(pure_functions_serve_views_and_indexes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
