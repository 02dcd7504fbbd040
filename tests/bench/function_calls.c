/* function_calls.c - how many calls a second functions over codes and identifiers take from SQL.
**
**   build/bench/function_calls build/release/reoffend [ROWS]
**
** Each function runs over a table of ROWS codes in memory (default 1,000,000), in turn with a
** function that does nothing, five passes; the medians are printed: calls a second as SQL sees
** them, and calls a second of the function itself, the cost of calling any SQL function taken off.
** The program ends with 1 when a function alone stays under 5 million calls a second, or asks for
** memory of its own. Machines change speed: compare the two numbers of one run, never runs.
*/
#define _POSIX_C_SOURCE 199309L
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* SQLite itself keeps the text of a result in one block for all calls. */
enum { PASSES = 5, BAR = 5000000, RESULT_BLOCK = 1 };

static const char *const calls[] = {
    "offence_group(ho)",
    "offence_group(digits)",
    "offence_group(cjs)",
    "offence_group12(ho)",
    "offence_is_violent(ho)",
    "offence_is_violent(cjs)",
    "offence_is_sexual(ho)",
    "offence_is_serious_acquisitive(ho)",
    "offence_is_serious(ho)",
    "offence_is_breach(ho)",
    "offence_is_recordable(ho)",
    "offence_severity_rank(ho)",
    "offence_label(ho)",
    "offence_label(cjs)",
    "offence_status(ho)",
    "disposal_category(disposal)",
    "disposal_is_immediate_custody(disposal)",
    "sentence_months(duration)",
    "sentence_band(months)",
    "pnc_id(pnc)",
    "pnc_number(pnc)",
    "pnc_id_error(pnc)",
    "cro_id(cro)",
    "asn_id(asn)",
};

static void empty_call(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    sqlite3_result_int(context, 1);
}

static void stop(sqlite3 *db, const char *what) {
    fprintf(stderr, "function_calls: %s: %s\n", what, sqlite3_errmsg(db));
    exit(2);
}

static void run(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) stop(db, sql);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Nanoseconds of one pass; *largest is how many blocks of memory more were in use meanwhile. */
static double time_query(sqlite3 *db, const char *expression, int *largest) {
    char *sql = sqlite3_mprintf("SELECT count(%s) FROM code", expression);
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) stop(db, sql);
    int current;
    sqlite3_status(SQLITE_STATUS_MALLOC_COUNT, &current, largest, 1);
    int before = current;
    double start = now();
    if (sqlite3_step(statement) != SQLITE_ROW) stop(db, sql);
    double taken = now() - start;
    sqlite3_status(SQLITE_STATUS_MALLOC_COUNT, &current, largest, 0);
    *largest -= before;
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    return taken;
}

static int by_value(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values) {
    qsort(values, PASSES, sizeof *values, by_value);
    return values[PASSES / 2];
}

/* The first column of an expression's argument: what the empty call is given as well. */
static const char *argument_of(const char *expression) {
    const char *open = expression;
    while (*open != '(') open++;
    return open;
}

static int measure(sqlite3 *db, const char *expression, long rows) {
    double whole[PASSES], own[PASSES];
    char *empty = sqlite3_mprintf("empty_call%s", argument_of(expression));
    int blocks = 0, blocks_empty = 0;
    for (int pass = 0; pass < PASSES; pass++) {
        double calling = time_query(db, empty, &blocks_empty);
        whole[pass] = time_query(db, expression, &blocks);
        own[pass] = whole[pass] - calling;
    }
    sqlite3_free(empty);
    double sql_rate = (double)rows / median(whole) * 1e9;
    double own_time = median(own);
    double own_rate = own_time > 0 ? (double)rows / own_time * 1e9 : 1e12;
    printf("%-42s %8.1f %8.1f %10.1f %7d\n", expression, sql_rate / 1e6, own_rate / 1e6,
           own_time / (double)rows, blocks - blocks_empty);
    return own_rate >= BAR && blocks <= blocks_empty + RESULT_BLOCK;
}

int main(int argc, char **argv) {
    sqlite3 *db;
    if (argc < 2) return fprintf(stderr, "usage: function_calls EXTENSION [ROWS]\n"), 2;
    long rows = argc > 2 ? atol(argv[2]) : 1000000;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) stop(db, "open");
    sqlite3_enable_load_extension(db, 1);
    char *message = NULL;
    if (sqlite3_load_extension(db, argv[1], NULL, &message) != SQLITE_OK) stop(db, message);
    sqlite3_create_function(db, "empty_call", 1, SQLITE_UTF8, NULL, empty_call, NULL, NULL);
    char *fill = sqlite3_mprintf(
        "CREATE TABLE ho AS SELECT row_number() OVER (ORDER BY (rowid * 7919) %% 2003, rowid) - 1"
        " AS n, code FROM reoffend_offences WHERE form = 'Home Office';"
        "CREATE UNIQUE INDEX ho_n ON ho(n);"
        "CREATE TABLE cjs AS SELECT row_number() OVER (ORDER BY (rowid * 7919) %% 20011, rowid) - 1"
        " AS n, code FROM reoffend_offences WHERE form = 'CJS';"
        "CREATE UNIQUE INDEX cjs_n ON cjs(n);"
        "CREATE TABLE code(ho, digits, cjs, disposal, duration, months, pnc, cro, asn);"
        "WITH RECURSIVE i(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM i WHERE i < %ld - 1)"
        "INSERT INTO code SELECT h.code, replace(h.code, '/', ''), c.code, (1001 + i %% 180) || '',"
        " substr('DWMY', i %% 4 + 1, 1) || (i %% 97), i %% 200,"
        " pnc_from_number(19600000000 + (i %% 50) * 10000000 + i + 1),"
        " iif(i %% 2, '065656/91H', 'SF05/482703J'),"
        " iif(i %% 2, '2005FF0500000000555P', '22FD112200001234560X')"
        " FROM i JOIN ho AS h ON h.n = i %% (SELECT count(*) FROM ho)"
        " JOIN cjs AS c ON c.n = i %% (SELECT count(*) FROM cjs);",
        rows);
    run(db, fill);
    sqlite3_free(fill);
    printf("%-42s %8s %8s %10s %7s\n", "million calls a second", "in SQL", "itself", "ns itself",
           "blocks");
    int good = 1;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) good &= measure(db, calls[i], rows);
    sqlite3_close(db);
    return good ? 0 : 1;
}
