/* logit_rows.c - made-up rows for the regression benchmark, for SQLite and for R alike.
**
**   logit_rows ROWS DATABASE FOLDER
**
** Makes the table `sample` (y, x1 to x60): 20 columns of 0 and 1, 20 of small whole numbers, 20 of
** real numbers that hardly repeat; and the table `person` (y, age, sex, ethnicity, kind, offence,
** previous, custody): factors as texts and three numbers, 60 terms of a model. y follows a logistic
** model of some of the columns. Each column also goes to a file in FOLDER for R's readBin: 4-byte
** whole numbers, levels counted from 1. The same rows each time: numbers come from one seed. */
#include <math.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { FLAGS = 20, COUNTS = 20, REALS = 20, COLUMNS = FLAGS + COUNTS + REALS, FACTORS = 5 };

static uint64_t state = UINT64_C(0x9E3779B97F4A7C15);

/* 0 to 1, by xorshift64*. */
static double draw(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (double)(state * UINT64_C(0x2545F4914F6CDD1D) >> 11) / 9007199254740992.0;
}

static int below(int count) {
    return (int)(draw() * count);
}

static int outcome(double linear) {
    return draw() < 1.0 / (1.0 + exp(-linear));
}

static void fail(const char *what) {
    fprintf(stderr, "logit_rows: %s\n", what);
    exit(1);
}

static sqlite3 *db;

static void run(const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) fail(sqlite3_errmsg(db));
    return statement;
}

static void insert(sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_errmsg(db));
    sqlite3_reset(statement);
}

static FILE *open_column(const char *folder, const char *table, int column) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s-%02d.bin", folder, table, column);
    FILE *file = fopen(path, "wb");
    if (!file) fail("cannot write to the folder");
    return file;
}

static void keep_real(FILE *file, double number) {
    if (fwrite(&number, sizeof number, 1, file) != 1) fail("cannot write");
}

static void keep_whole(FILE *file, int32_t number) {
    if (fwrite(&number, sizeof number, 1, file) != 1) fail("cannot write");
}

/* The signs alternate, so that no linear part runs away with many columns. */
static double slope(int column) {
    return (column % 2 ? 0.1 : -0.1) * (1 + column % 3);
}

static void make_sample(int rows, const char *folder) {
    FILE *files[COLUMNS + 1];
    for (int i = 0; i <= COLUMNS; i++) files[i] = open_column(folder, "sample", i);
    char sql[1024] = "CREATE TABLE sample (y INTEGER";
    char values[512] = "INSERT INTO sample VALUES (?";
    size_t at = 30, to = 28;
    for (int i = 1; i <= COLUMNS; i++) {
        at += (size_t)snprintf(sql + at, sizeof sql - at, ", x%d", i);
        to += (size_t)snprintf(values + to, sizeof values - to, ", ?");
    }
    snprintf(sql + at, sizeof sql - at, ")");
    snprintf(values + to, sizeof values - to, ")");
    run(sql);
    sqlite3_stmt *statement = prepare(values);
    for (int row = 0; row < rows; row++) {
        double linear = -0.5;
        for (int i = 1; i <= COLUMNS; i++) {
            double number;
            if (i <= FLAGS + COUNTS) {
                int whole = i <= FLAGS ? draw() < 0.3 : below(2 + i);
                sqlite3_bind_int(statement, i + 1, whole);
                keep_whole(files[i], whole);
                number = i <= FLAGS ? whole : whole / 20.0;
            } else {
                number = draw() + draw() - 1.0;
                sqlite3_bind_double(statement, i + 1, number);
                keep_real(files[i], number);
            }
            linear += slope(i) * number;
        }
        int y = outcome(linear);
        sqlite3_bind_int(statement, 1, y);
        keep_whole(files[0], y);
        insert(statement);
    }
    sqlite3_finalize(statement);
    for (int i = 0; i <= COLUMNS; i++) fclose(files[i]);
}

/* 19 + 5 + 3 + 19 + 10 levels but the first of each, three numbers and the intercept: 60 terms. */
static const int levels[FACTORS] = {20, 6, 4, 20, 11};

static void make_person(int rows, const char *folder) {
    FILE *files[FACTORS + 4];
    for (int i = 0; i < FACTORS + 4; i++) files[i] = open_column(folder, "person", i);
    run("CREATE TABLE person (y INTEGER, age_sex, ethnicity, kind, offence, area, previous INTEGER,"
        " custody INTEGER, rate REAL)");
    sqlite3_stmt *statement = prepare("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (int row = 0; row < rows; row++) {
        double linear = -1.0;
        for (int i = 0; i < FACTORS; i++) {
            char label[16];
            int level = below(levels[i]);
            snprintf(label, sizeof label, "level %02d", level);
            sqlite3_bind_text(statement, i + 2, label, -1, SQLITE_TRANSIENT);
            keep_whole(files[i + 1], level + 1);
            linear += slope(level) * 0.5;
        }
        int previous = below(below(40) + 1), custody = below(below(6) + 1);
        double rate = log((1.0 + previous) / (10.0 + below(30)));
        sqlite3_bind_int(statement, FACTORS + 2, previous);
        sqlite3_bind_int(statement, FACTORS + 3, custody);
        sqlite3_bind_double(statement, FACTORS + 4, rate);
        keep_whole(files[FACTORS + 1], previous);
        keep_whole(files[FACTORS + 2], custody);
        keep_real(files[FACTORS + 3], rate);
        int y = outcome(linear + 0.02 * previous + 0.4 * rate + 0.1 * custody);
        sqlite3_bind_int(statement, 1, y);
        keep_whole(files[0], y);
        insert(statement);
    }
    sqlite3_finalize(statement);
    for (int i = 0; i < FACTORS + 4; i++) fclose(files[i]);
}

int main(int argc, char **argv) {
    if (argc != 4 || atoi(argv[1]) < 1) fail("usage: logit_rows ROWS DATABASE FOLDER");
    remove(argv[2]);
    if (sqlite3_open(argv[2], &db) != SQLITE_OK) fail(sqlite3_errmsg(db));
    run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    make_sample(atoi(argv[1]), argv[3]);
    make_person(atoi(argv[1]), argv[3]);
    run("COMMIT");
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
