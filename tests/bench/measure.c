/* measure.c - times one piece of work in one fresh process, and what memory it took.
**
**   measure DATABASE scan                    every row of the four sources in person order
**   measure DATABASE run FILE [EXTENSION]    the statements of FILE
**   measure DATABASE csv FILE [EXTENSION]    the same, rows printed, nothing timed
**   measure DATABASE handover SQL EXTENSION  what a table that does nothing needs to hand over as
**                                            many rows with columns like those of the query
**
** One thread (no mutex), and SQLite's default pragmas unless FILE sets others.
** In FILE a line `-- timed` ends the statements that prepare. Every row is read to its end and
** every column fetched, as a program would. Prints `seconds rows kilobytes processor_seconds`:
** kilobytes is the peak of the process less what it held before the timed part. */
#define _POSIX_C_SOURCE 200809L
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static sqlite3 *db;
static volatile uint64_t sink; /* so that no read is left out */

static void fail(const char *what) {
    fprintf(stderr, "measure: %s\n", what);
    exit(1);
}

static double now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static long resident_kilobytes(void) {
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%ld %ld", &pages, &resident) != 2) fail("cannot read statm");
    fclose(file);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static long peak_kilobytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* What the clocks and the memory showed when the timed part began. */
typedef struct beginning {
    double time, processor;
    long kilobytes;
} beginning;

static beginning begin(void) {
    long kilobytes = resident_kilobytes();
    return (beginning){now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID), kilobytes};
}

static void report(beginning from, uint64_t rows) {
    double time = now(CLOCK_MONOTONIC) - from.time;
    double processor = now(CLOCK_PROCESS_CPUTIME_ID) - from.processor;
    long more = peak_kilobytes() - from.kilobytes;
    printf("%.6f %llu %ld %.6f\n", time, (unsigned long long)rows, more > 0 ? more : 0, processor);
}

/* Fetches a value the way its type asks for; the bytes of a text are touched at both ends. */
static uint64_t fetch(sqlite3_stmt *statement, int column) {
    const unsigned char *text;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return (uint64_t)sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT:
        return (uint64_t)(sqlite3_column_double(statement, column) * 1000.0);
    case SQLITE_TEXT:
        text = sqlite3_column_text(statement, column);
        return text[0] + (uint64_t)sqlite3_column_bytes(statement, column);
    default:
        return 0;
    }
}

static void print_field(sqlite3_stmt *statement, int column) {
    const unsigned char *text = sqlite3_column_text(statement, column);
    printf("%s%s", column ? "," : "", text ? (const char *)text : "");
}

/* Steps through one statement; prints its rows or fetches their columns. */
static uint64_t read_rows(sqlite3_stmt *statement, bool print) {
    uint64_t rows = 0, sum = 0;
    int code, columns = sqlite3_column_count(statement);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        rows++;
        for (int i = 0; i < columns; i++) {
            if (print) {
                print_field(statement, i);
            } else {
                sum += fetch(statement, i);
            }
        }
        if (print) putchar('\n');
    }
    if (code != SQLITE_DONE) fail(sqlite3_errmsg(db));
    sink += sum;
    return rows;
}

static uint64_t run_all(const char *sql, bool print) {
    uint64_t rows = 0;
    while (sql && *sql) {
        sqlite3_stmt *statement;
        if (sqlite3_prepare_v2(db, sql, -1, &statement, &sql) != SQLITE_OK)
            fail(sqlite3_errmsg(db));
        if (statement) rows += read_rows(statement, print);
        sqlite3_finalize(statement);
    }
    return rows;
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 1 << 20);
    if (!file || !text || fread(text, 1, (1 << 20) - 1, file) == 0) fail("cannot read the file");
    fclose(file);
    return text;
}

static void run_file(const char *path, bool print) {
    char *text = read_file(path), *timed = strstr(text, "-- timed\n");
    if (!timed) fail("the file has no line `-- timed`");
    timed[0] = '\0';
    run_all(text, false);
    beginning start = begin();
    uint64_t rows = run_all(timed + strlen("-- timed"), print);
    if (!print) report(start, rows);
    free(text);
}

static void scan(void) {
    static const char *const sources[] = {
        "SELECT offender_id, sex, birth_date, ethnicity FROM offender ORDER BY offender_id",
        "SELECT offender_id, appearance_date, kind, appearance_id, area_code, disposal, "
        "sentence_months, ho_code, excluded FROM appearance ORDER BY offender_id",
        "SELECT offender_id, offence_date, offence_id, offence_date_end, proven_date, proven_by, "
        "ho_code, excluded FROM offence ORDER BY offender_id",
        "SELECT offender_id, subcohort, start_date, end_date FROM membership ORDER BY offender_id",
    };
    beginning start = begin();
    uint64_t rows = 0;
    for (int i = 0; i < 4; i++) rows += run_all(sources[i], false);
    report(start, rows);
}

/* --- a table that does nothing -------------------------------------------------------------- */

enum { COLUMNS_LIMIT = 80 };

/* One value a column: the first that is not NULL in the query. */
typedef struct still {
    int type;
    int64_t integer;
    double real;
    char *text;
    bool is_date; /* a text that differs from row to row and so must be copied */
} still;

static struct {
    still columns[COLUMNS_LIMIT];
    int column_count;
    int64_t rows;
} shown;

typedef struct blank_cursor {
    sqlite3_vtab_cursor base;
    int64_t row;
} blank_cursor;

static int blank_connect(sqlite3 *on, void *client, int argc, const char *const *argv,
                         sqlite3_vtab **table, char **message) {
    (void)client, (void)argc, (void)argv, (void)message;
    sqlite3_str *sql = sqlite3_str_new(on);
    for (int i = 0; i < shown.column_count; i++)
        sqlite3_str_appendf(sql, "%sc%d", i ? ", " : "CREATE TABLE blank(", i);
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    int code = sqlite3_declare_vtab(on, text);
    sqlite3_free(text);
    *table = sqlite3_malloc(sizeof **table);
    memset(*table, 0, sizeof **table);
    return code;
}

static int blank_disconnect(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

static int blank_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table, (void)info;
    return SQLITE_OK;
}

static int blank_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
    (void)table;
    *cursor = sqlite3_malloc(sizeof(blank_cursor));
    memset(*cursor, 0, sizeof(blank_cursor));
    return SQLITE_OK;
}

static int blank_close(sqlite3_vtab_cursor *cursor) {
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int blank_filter(sqlite3_vtab_cursor *cursor, int plan, const char *text, int argc,
                        sqlite3_value **argv) {
    (void)plan, (void)text, (void)argc, (void)argv;
    ((blank_cursor *)cursor)->row = 0;
    return SQLITE_OK;
}

static int blank_next(sqlite3_vtab_cursor *cursor) {
    ((blank_cursor *)cursor)->row++;
    return SQLITE_OK;
}

static int blank_eof(sqlite3_vtab_cursor *cursor) {
    return ((blank_cursor *)cursor)->row >= shown.rows;
}

static int blank_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
    (void)cursor;
    const still *value = &shown.columns[column];
    if (value->type == SQLITE_INTEGER) {
        sqlite3_result_int64(context, value->integer);
    } else if (value->type == SQLITE_FLOAT) {
        sqlite3_result_double(context, value->real);
    } else if (value->type == SQLITE_TEXT) {
        sqlite3_result_text(context, value->text, -1,
                            value->is_date ? SQLITE_TRANSIENT : SQLITE_STATIC);
    }
    return SQLITE_OK;
}

static int blank_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *row) {
    *row = ((blank_cursor *)cursor)->row;
    return SQLITE_OK;
}

static const sqlite3_module blank = {
    .xConnect = blank_connect,
    .xDisconnect = blank_disconnect,
    .xBestIndex = blank_best_index,
    .xOpen = blank_open,
    .xClose = blank_close,
    .xFilter = blank_filter,
    .xNext = blank_next,
    .xEof = blank_eof,
    .xColumn = blank_column,
    .xRowid = blank_rowid,
};

static void remember(still *value, sqlite3_stmt *statement, int column) {
    int type = sqlite3_column_type(statement, column);
    if (value->type || type == SQLITE_NULL) return;
    value->type = type;
    value->integer = sqlite3_column_int64(statement, column);
    value->real = sqlite3_column_double(statement, column);
    if (type == SQLITE_TEXT) {
        value->text = strdup((const char *)sqlite3_column_text(statement, column));
        value->is_date = strlen(value->text) == 10 && value->text[4] == '-';
    }
}

/* Learns the shape of the query's result, then hands over as much from a table of constants. */
static void hand_over(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) fail(sqlite3_errmsg(db));
    shown.column_count = sqlite3_column_count(statement);
    if (shown.column_count > COLUMNS_LIMIT) fail("too many columns");
    for (; sqlite3_step(statement) == SQLITE_ROW; shown.rows++)
        for (int i = 0; i < shown.column_count; i++)
            remember(&shown.columns[i], statement, i);
    sqlite3_finalize(statement);
    sqlite3_create_module_v2(db, "blank", &blank, NULL, NULL);
    beginning start = begin();
    uint64_t rows = run_all("SELECT * FROM blank", false);
    report(start, rows);
}

int main(int argc, char **argv) {
    if (argc < 3) fail("usage: measure DATABASE scan | run FILE | csv FILE | handover SQL");
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(argv[1], &db, flags, NULL) != SQLITE_OK) fail(sqlite3_errmsg(db));
    if (argc > 4) {
        char *message = NULL;
        sqlite3_enable_load_extension(db, 1);
        if (sqlite3_load_extension(db, argv[4], NULL, &message) != SQLITE_OK) fail(message);
    }
    if (strcmp(argv[2], "scan") == 0) {
        scan();
    } else if (argc > 3 && strcmp(argv[2], "handover") == 0) {
        hand_over(argv[3]);
    } else if (argc > 3) {
        run_file(argv[3], strcmp(argv[2], "csv") == 0);
    }
    sqlite3_close(db);
    return 0;
}
