/* reoffend_csv and reoffend_extract: from a file to typed rows, what they refuse, and staged text
** that is damaged. */
#define _XOPEN_SOURCE 700
#include "database.h"

#include <stdlib.h>
#include <unistd.h>

static const char schema[] =
    "CREATE TABLE load_file(file_id INTEGER PRIMARY KEY, file TEXT, format TEXT, part TEXT,"
    " as_of TEXT, state TEXT, columns TEXT);"
    "CREATE TABLE stage(stage_id INTEGER PRIMARY KEY, file_id INTEGER, first_line INTEGER,"
    " records INTEGER, reason TEXT, value_class TEXT, content TEXT);"
    "CREATE TABLE area(area_code TEXT);"
    "CREATE TABLE pnc_merge(superseded_id INTEGER, current_id INTEGER);";

static const char declared[] =
    "CREATE VIRTUAL TABLE temp.thing USING reoffend_extract(format=thing, id required whole,"
    " person person, day past_date, area lookup area.area_code, colour kind red green);";

static sqlite3 *open_with_schema(void) {
    sqlite3 *db = database_open();
    database_run(db, schema);
    return db;
}

/* --- a file ---------------------------------------------------------------------------------- */

static char path[] = "/tmp/reoffend-it's-XXXXXX";

static void write_file(const char *bytes, size_t length) {
    memcpy(strrchr(path, '-'), "-XXXXXX", 7);
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), (ssize_t)length);
    close(file);
}

static void make_gate(sqlite3 *db, const char *more) {
    char *sql =
        sqlite3_mprintf("DROP TABLE IF EXISTS temp.gate; CREATE VIRTUAL TABLE temp.gate USING"
                        " reoffend_csv(path=%Q, fields=2%s)",
                        path, more);
    database_run(db, sql);
    sqlite3_free(sql);
}

static void a_file_as_runs(void **state) {
    (void)state;
    static const char bytes[] = "a,b\n1,x\n2\n\n3,y\0\n4,z\n";
    sqlite3 *db = database_open();
    write_file(bytes, sizeof bytes - 1);
    make_gate(db, ", skip=4, line=2");
    database_expect(db, "SELECT * FROM temp.gate",
                    "2|1|1,x\n|NULL|NULL\n"
                    "3|1|2|too_few_fields|1 fields, 2 expected\n"
                    "5|1|3,y?|nul_byte|row with a NUL byte\n"
                    "6|1|4,z\n|NULL|NULL");
    database_expect(db, "SELECT sum(a.records) FROM temp.gate AS a, temp.gate AS b", "16");
    make_gate(db, "");
    database_expect(db, "SELECT first_line, records FROM temp.gate WHERE reason IS NULL",
                    "1|2\n6|1");
    database_expect(db, "SELECT group_concat(rowid) FROM temp.gate", "1,2,3,4");
    unlink(path);
    database_expect_error(db, "SELECT * FROM temp.gate", "reoffend_csv: the file cannot be opened");
    database_close(db);
}

static void what_reoffend_csv_refuses(void **state) {
    (void)state;
    sqlite3 *db = database_open();
    database_expect_error(db, "SELECT * FROM reoffend_csv", "no such table: reoffend_csv");
    database_expect_error(db,
                          "CREATE VIRTUAL TABLE gate USING reoffend_csv(path=/dev/null, fields=2)",
                          "reoffend_csv reads files and is made in temp only: CREATE VIRTUAL TABLE "
                          "temp.gate USING reoffend_csv(...)");
    static const char needs[] = "reoffend_csv needs a file and how many fields a record has: "
                                "reoffend_csv(path='FILE', fields=NUMBER)";
    database_expect_error(db, "CREATE VIRTUAL TABLE temp.gate USING reoffend_csv", needs);
    database_expect_error(db, "CREATE VIRTUAL TABLE temp.gate USING reoffend_csv(path=x)", needs);
    static const char takes[] = "reoffend_csv takes path=, fields=, skip= and line=; the last "
                                "three are whole numbers";
    static const char *const wrong[] = {
        "fields=two", "fields=-1", "skip=1.5",   "line=",
        "file=x",     "path",      "fields=1 1", "fields=999999999999999999"};
    for (size_t i = 0; i < count_of(wrong); i++) {
        char *sql = sqlite3_mprintf("CREATE VIRTUAL TABLE temp.gate USING"
                                    " reoffend_csv(path='x', %s)",
                                    wrong[i]);
        database_expect_error(db, sql, takes);
        sqlite3_free(sql);
    }
    database_run(db, "CREATE VIRTUAL TABLE temp.gate USING reoffend_csv(path=/tmp, fields=1)");
    database_expect_error(db, "SELECT * FROM temp.gate",
                          "reoffend_csv: the file cannot be read to its end");
    database_close(db);
}

/* --- typed rows ------------------------------------------------------------------------------ */

static const char staged[] =
    "INSERT INTO area VALUES ('E1'), (NULL), ('E2');"
    "INSERT INTO pnc_merge VALUES (19790163001, 19950000001);"
    "INSERT INTO load_file VALUES"
    " (1, 'b.csv', 'thing', 'north', '2011-01-01', 'current', 'id' || char(10) || 'day' || char(10)"
    "  || 'shade'),"
    " (2, 'a.csv', 'thing', '', '2011-01-01', 'current', 'colour' || char(10) || 'area' || char(10)"
    "  || 'id' || char(10) || 'person'),"
    " (3, 'c.csv', 'thing', '', '2010-01-01', 'current', 'id'),"
    " (4, 'd.csv', 'thing', '', '2012-01-01', 'superseded', 'id'),"
    " (5, 'e.csv', 'other', '', '2012-01-01', 'current', 'id');"
    "INSERT INTO stage VALUES (1, 1, 2, 2, NULL, NULL, '1,2011-12-31,dark' || char(10)"
    "  || char(10) || '2,2012-01-01,\"a, b\"' || char(10)),"
    " (2, 1, 5, 1, 'stray_quote', 'row', 'x\"'),"
    " (3, 1, 6, 1, NULL, NULL, '3,,'),"
    " (4, 2, 2, 2, NULL, NULL, 'red,E1,4,1979/0163001B' || char(10) || 'blue,E9,x,?'),"
    " (5, 3, 2, 1, NULL, NULL, '5'), (6, 4, 2, 1, NULL, NULL, '6'), (7, 5, 2, 1, NULL, NULL, '7');";

static void rows_in_order_of_precedence(void **state) {
    (void)state;
    sqlite3 *db = open_with_schema();
    database_run(db, staged);
    database_run(db, declared);
    database_expect(db,
                    "SELECT file, line, place, id, person, day, area, colour, fault, unknown, extra"
                    " FROM thing WHERE last_day = '2011-12-31' AND pivot_year = 2011"
                    " ORDER BY place",
                    "c.csv|2|1|5|NULL|NULL|NULL|NULL|NULL|NULL|NULL\n"
                    "a.csv|2|2|4|19950000001|NULL|E1|red|NULL|NULL|NULL\n"
                    "a.csv|3|3|NULL|NULL|NULL|E9|NULL|id:not_a_whole_number|area|NULL\n"
                    "b.csv|2|4|1|NULL|2011-12-31|NULL|NULL|NULL|NULL|{\"shade\":\"dark\"}\n"
                    "b.csv|4|5|2|NULL|NULL|NULL|NULL|day:after_extract|NULL|{\"shade\":\"a, b\"}\n"
                    "b.csv|6|6|3|NULL|NULL|NULL|NULL|NULL|NULL|{\"shade\":\"\"}");
    database_expect(db, "SELECT row_text FROM thing WHERE id = 4",
                    "{\"id\":\"4\",\"person\":\"1979/0163001B\",\"day\":\"\",\"area\":\"E1\","
                    "\"colour\":\"red\"}");
    database_expect(db, "SELECT group_concat(part || ':' || file_id) FROM thing",
                    ":3,:2,:2,north:1,north:1,north:1");
    /* Asked for by fault; a last day left out or NULL makes nothing too late. */
    database_expect(db,
                    "SELECT count(*), max(place) FROM thing WHERE fault IS NULL"
                    " AND last_day = '2011-12-31'",
                    "4|6");
    database_expect(db,
                    "SELECT count(*) FROM thing WHERE fault IS NOT NULL"
                    " AND last_day = '2011-12-31'",
                    "2");
    database_expect(db, "SELECT count(*) FROM thing WHERE fault IS NOT NULL", "1");
    database_expect(db, "SELECT count(*) FROM thing WHERE fault IS NOT NULL AND last_day = NULL",
                    "1");
    database_expect(db, "SELECT count(*) FROM thing WHERE fault = 'id:not_a_whole_number'", "1");
    database_expect(db,
                    "SELECT group_concat(place) FROM (SELECT place FROM thing"
                    " ORDER BY place DESC)",
                    "6,5,4,3,2,1");
    database_expect(db, "SELECT count(*) FROM thing AS a JOIN thing AS b ON a.id = b.id", "5");
    database_close(db);
}

/* ORDER BY place is answered without a sort; DESC is not. */
static void the_order_costs_nothing(void **state) {
    (void)state;
    sqlite3 *db = open_with_schema();
    database_run(db, declared);
    char *plan = database_text(db, "EXPLAIN QUERY PLAN SELECT id FROM thing ORDER BY place");
    assert_null(strstr(plan, "TEMP B-TREE"));
    sqlite3_free(plan);
    plan = database_text(db, "EXPLAIN QUERY PLAN SELECT id FROM thing ORDER BY place DESC");
    assert_non_null(strstr(plan, "TEMP B-TREE"));
    sqlite3_free(plan);
    database_close(db);
}

static void what_reoffend_extract_refuses(void **state) {
    (void)state;
    sqlite3 *db = open_with_schema();
    database_expect_error(db, "SELECT * FROM reoffend_extract", "no such table: reoffend_extract");
    static const char needs[] = "reoffend_extract needs a format and its columns: "
                                "reoffend_extract(format=NAME, COLUMN TYPE, ...)";
    database_expect_error(db, "CREATE VIRTUAL TABLE temp.t USING reoffend_extract", needs);
    database_expect_error(db, "CREATE VIRTUAL TABLE temp.t USING reoffend_extract(id whole)",
                          needs);
    static const char *const wrong[] = {"id", "id number", "id code", "a text, a text"};
    for (size_t i = 0; i < count_of(wrong); i++) {
        const char *last = strrchr(wrong[i], ',') ? "a text" : wrong[i];
        char *sql = sqlite3_mprintf("CREATE VIRTUAL TABLE temp.t USING"
                                    " reoffend_extract(format=thing, %s)",
                                    wrong[i]);
        char *message = sqlite3_mprintf(
            "reoffend_extract: a column is declared once, NAME [required] TYPE, TYPE being text, "
            "whole, pnc_id, person, date, past_date, duration, offence_code, or code, kind or "
            "lookup with its values; got \"%s\"",
            last);
        database_expect_error(db, sql, message);
        sqlite3_free(message);
        sqlite3_free(sql);
    }
    database_run(db, declared);
    database_expect_error(db, "SELECT * FROM thing WHERE last_day = 'soon'",
                          "reoffend_extract: last_day must be a date, YYYY-MM-DD; got a text");
    database_expect_error(db, "SELECT * FROM thing WHERE pivot_year = 1990",
                          "reoffend_extract: pivot_year must be a year from 1999 to 2100");
    database_run(db, "CREATE VIRTUAL TABLE temp.l USING"
                     " reoffend_extract(format=thing, a lookup nowhere.at_all)");
    database_expect_error(db, "SELECT * FROM l", "reoffend_extract: no such table: main.nowhere");
    database_run(db,
                 "CREATE VIRTUAL TABLE temp.m USING reoffend_extract(format=thing, a lookup x)");
    database_expect_error(db, "SELECT * FROM m",
                          "reoffend_extract: a lookup is of TABLE.COLUMN; got x");
    database_run(db, "DROP TABLE stage");
    database_expect_error(db, "SELECT * FROM thing", "reoffend_extract: no such table: main.stage");
    database_close(db);
}

/* A schema cannot use them: only who asks by himself. */
static void not_from_a_stored_view(void **state) {
    (void)state;
    sqlite3 *db = open_with_schema();
    database_run(db, "CREATE VIRTUAL TABLE thing USING reoffend_extract(format=thing, id whole);"
                     "CREATE VIEW stored AS SELECT * FROM thing");
    database_expect_error(db, "SELECT * FROM stored", "unsafe use of virtual table \"thing\"");
    database_run(db, "CREATE TEMP VIEW own AS SELECT * FROM thing");
    database_expect(db, "SELECT count(*) FROM own", "0");
    database_close(db);
}

static void damaged_text_is_noticed(void **state) {
    (void)state;
    static const char *const damage[] = {
        "UPDATE stage SET content = '5,6' WHERE stage_id = 5",
        "UPDATE stage SET content = '5\"' WHERE stage_id = 5",
        "UPDATE stage SET content = '' WHERE stage_id = 5",
        "UPDATE stage SET records = 2 WHERE stage_id = 5",
        "UPDATE stage SET records = 0 WHERE stage_id = 5",
        "UPDATE stage SET content = CAST(x'35ff' AS TEXT) WHERE stage_id = 5",
        "UPDATE stage SET content = CAST(x'350036' AS TEXT) WHERE stage_id = 5",
        "UPDATE load_file SET columns = 'id' || char(10) || 'x' WHERE file_id = 3",
    };
    for (size_t i = 0; i < count_of(damage); i++) {
        sqlite3 *db = open_with_schema();
        database_run(db, staged);
        database_run(db, damage[i]);
        database_run(db, declared);
        sqlite3_stmt *rows;
        assert_int_equal(sqlite3_prepare_v2(db, "SELECT * FROM thing", -1, &rows, NULL), SQLITE_OK);
        int code;
        while ((code = sqlite3_step(rows)) == SQLITE_ROW) continue;
        assert_int_equal(code, SQLITE_CORRUPT);
        assert_int_equal(sqlite3_extended_errcode(db), SQLITE_CORRUPT_VTAB);
        assert_non_null(strstr(sqlite3_errmsg(db), "the staged text of c.csv is damaged"));
        sqlite3_finalize(rows);
        database_close(db);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_as_runs),
        cmocka_unit_test(what_reoffend_csv_refuses),
        cmocka_unit_test(rows_in_order_of_precedence),
        cmocka_unit_test(the_order_costs_nothing),
        cmocka_unit_test(what_reoffend_extract_refuses),
        cmocka_unit_test(not_from_a_stored_view),
        cmocka_unit_test(damaged_text_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
