/* nation.c - writes a nation's events straight into clean tables, for the benchmark.
**
**   nation PEOPLE DATABASE EXTENSION
**
** Eight million people have sixty million events from 2000 to 2011: appearance, offence, offender
** and membership as in the input contract of a history. Made from a fixed seed, the same on every
** machine; who is who means nothing. Like the records it stands for it is skewed (half the people
** have one appearance, one in thirty has dozens) and imperfect: 1 % of offences without a date,
** 2 % over a range of days, 1.5 % not proven, 5 % excluded; 2 % of releases are from remand.
**
** The tables are clustered by person (WITHOUT ROWID), the best order there is for every program
** that reads them. Ids rise in the order of rule R7, so that plain SQL can break ties by id alone.
** offence has one column more than the contract, violent_sexual, so that plain SQL need not
** classify; a history ignores it. EXTENSION says which codes those are. */
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "identifier.h"

enum { AREAS = 348, LONGEST_CAREER = 160, FIRST_YEAR = 1972, YEARS = 40 };

static const char *const codes[] = {
    "046/00", "046/00", "046/00", "195/00", "195/00", "008/06", "008/06", "105/01", "105/01",
    "092/00", "093/00", "125/09", "125/11", "028/03", "028/03", "030/01", "045/10", "045/10",
    "048/00", "048/01", "049/10", "058/01", "058/02", "053/01", "034/01", "029/00", "005/01",
    "019/08", "017/01", "020/01", "001/01", "037/02", "054/01", "083/01", "139/00", "149/00",
    "802/00", "809/00", "803/00", "807/00", "130/01", "131/01", "066/91", "061/01", "099/01",
};
enum { CODES = sizeof codes / sizeof *codes };

typedef struct nation {
    sqlite3 *db;
    sqlite3_stmt *appearance, *offence, *offender, *membership;
    int violent_sexual[CODES];
    char area[AREAS + 1][10];
    uint64_t draw;
    sqlite3_int64 appearance_id, offence_id;
    calendar_day first, last; /* of all events */
} nation;

static void fail(const char *what) {
    fprintf(stderr, "nation: %s\n", what);
    exit(1);
}

static void check(nation *made, int code) {
    if (code != SQLITE_OK && code != SQLITE_DONE) fail(sqlite3_errmsg(made->db));
}

/* splitmix64. */
static uint64_t draw(nation *made) {
    uint64_t z = made->draw += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int below(nation *made, int count) {
    return (int)((draw(made) >> 32) * (uint64_t)count >> 32);
}

static bool one_in(nation *made, int count) {
    return below(made, count) == 0;
}

static void run(nation *made, const char *sql) {
    check(made, sqlite3_exec(made->db, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *prepare(nation *made, const char *sql) {
    sqlite3_stmt *statement;
    check(made, sqlite3_prepare_v3(made->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text) {
    sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

static void bind_day(sqlite3_stmt *statement, int at, calendar_day day) {
    char text[CALENDAR_TEXT_LENGTH + 1];
    calendar_format(day, text);
    sqlite3_bind_text(statement, at, text, CALENDAR_TEXT_LENGTH, SQLITE_TRANSIENT);
}

static void insert(nation *made, sqlite3_stmt *statement) {
    check(made, sqlite3_step(statement));
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

static void create_tables(nation *made) {
    run(made, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000;"
              "PRAGMA locking_mode = EXCLUSIVE; BEGIN;"
              "CREATE TABLE offender(offender_id INTEGER PRIMARY KEY, sex TEXT, birth_date TEXT,"
              " ethnicity TEXT);"
              "CREATE TABLE appearance(offender_id INTEGER NOT NULL, appearance_date TEXT NOT NULL,"
              " appearance_id INTEGER NOT NULL, kind TEXT NOT NULL, area_code TEXT, disposal TEXT,"
              " sentence_months INTEGER, ho_code TEXT, excluded TEXT,"
              " PRIMARY KEY(offender_id, appearance_date, appearance_id)) WITHOUT ROWID;"
              "CREATE TABLE offence(offender_id INTEGER NOT NULL, offence_id INTEGER NOT NULL,"
              " offence_date TEXT, offence_date_end TEXT, proven_date TEXT, proven_by TEXT,"
              " ho_code TEXT, excluded TEXT, violent_sexual INTEGER NOT NULL,"
              " PRIMARY KEY(offender_id, offence_id)) WITHOUT ROWID;"
              "CREATE TABLE membership(offender_id INTEGER NOT NULL, start_date TEXT NOT NULL,"
              " end_date TEXT, subcohort TEXT NOT NULL,"
              " PRIMARY KEY(offender_id, start_date)) WITHOUT ROWID;");
    made->offender = prepare(made, "INSERT INTO offender VALUES(?, ?, ?, ?)");
    made->appearance = prepare(made, "INSERT INTO appearance VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
    made->offence = prepare(made, "INSERT INTO offence VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
    made->membership = prepare(made, "INSERT INTO membership VALUES(?, ?, ?, 'ppo')");
}

static void classify_codes(nation *made) {
    sqlite3_stmt *flag = prepare(made, "SELECT coalesce(offence_is_violent(?1), 0) OR "
                                       "coalesce(offence_is_sexual(?1), 0)");
    for (int i = 0; i < CODES; i++) {
        bind_text(flag, 1, codes[i]);
        if (sqlite3_step(flag) != SQLITE_ROW) fail(sqlite3_errmsg(made->db));
        made->violent_sexual[i] = sqlite3_column_int(flag, 0);
        sqlite3_reset(flag);
    }
    sqlite3_finalize(flag);
}

/* How many appearances a person has and how far apart in days they are on average. */
static int career(nation *made, int *gap) {
    int lot = below(made, 1000);
    if (lot < 500) {
        *gap = 1;
        return 1;
    }
    if (lot < 830) {
        *gap = 420;
        return 2 + below(made, 5);
    }
    if (lot < 965) {
        *gap = 240;
        return 3 + below(made, 10);
    }
    *gap = 110;
    return 12 + below(made, 40) + (one_in(made, 12) ? below(made, 90) : 0);
}

/* One conviction or caution has one offence or more, proven on its day. */
static void write_offences(nation *made, sqlite3_int64 person, calendar_day proven,
                           bool by_caution, const char **ho_code) {
    int count = 1;
    while (count < 12 && below(made, 100) < 26) count++;
    for (int i = 0; i < count; i++) {
        sqlite3_stmt *row = made->offence;
        int code = below(made, CODES);
        int lag = one_in(made, 5) ? below(made, 400) : below(made, 90);
        calendar_day date = proven - 1 - lag;
        if (i == 0) *ho_code = codes[code];
        sqlite3_bind_int64(row, 1, person);
        sqlite3_bind_int64(row, 2, ++made->offence_id);
        if (!one_in(made, 100)) bind_day(row, 3, date);
        if (one_in(made, 50)) bind_day(row, 4, date + below(made, lag + 1));
        if (below(made, 1000) >= 15) {
            bind_day(row, 5, proven);
            bind_text(row, 6, by_caution ? "caution" : "conviction");
        }
        bind_text(row, 7, codes[code]);
        if (one_in(made, 20)) bind_text(row, 8, one_in(made, 3) ? "breach" : "not recordable");
        sqlite3_bind_int(row, 9, made->violent_sexual[code]);
        insert(made, row);
    }
}

enum { RELEASE, CONVICTION, CAUTION, DRUG_TEST };

static int draw_kind(nation *made) {
    int lot = below(made, 100);
    return lot < 9 ? RELEASE : lot < 64 ? CONVICTION : lot < 93 ? CAUTION : DRUG_TEST;
}

static void write_appearance(nation *made, sqlite3_int64 person, calendar_day date, int kind,
                             int home) {
    static const char *const names[] = {"release", "conviction", "caution", "drug_test"};
    static const char *const sentences[] = {"community_sentence", "fine", "suspended_sentence",
                                            "conditional_discharge", "fine", "other"};
    sqlite3_stmt *row = made->appearance;
    const char *ho_code = NULL;
    const char *disposal = kind == RELEASE     ? "custody"
                           : kind == CAUTION   ? "caution"
                           : kind == DRUG_TEST ? "drug_test"
                                               : sentences[below(made, 6)];
    if (kind == CONVICTION || kind == CAUTION)
        write_offences(made, person, date, kind == CAUTION, &ho_code);
    sqlite3_bind_int64(row, 1, person);
    bind_day(row, 2, date);
    sqlite3_bind_int64(row, 3, ++made->appearance_id);
    bind_text(row, 4, names[kind]);
    int area = one_in(made, 8) ? below(made, AREAS) + 1 : home;
    if (!one_in(made, 200)) bind_text(row, 5, made->area[area]);
    bind_text(row, 6, disposal);
    if (kind == RELEASE) {
        sqlite3_bind_int(row, 7, one_in(made, 150) ? 11988 : 1 + below(made, 60));
        if (one_in(made, 50)) bind_text(row, 9, "remand");
    }
    if (ho_code) bind_text(row, 8, ho_code);
    insert(made, row);
}

static void write_offender(nation *made, sqlite3_int64 person, calendar_day first) {
    static const char *const ethnicities[] = {"White",   "White", "White", "White", "White",
                                              "White",   "White", "Black", "Asian", "Mixed",
                                              "Chinese", NULL};
    sqlite3_stmt *row = made->offender;
    sqlite3_bind_int64(row, 1, person);
    if (!one_in(made, 200)) bind_text(row, 2, below(made, 100) < 81 ? "M" : "F");
    int age = one_in(made, 3) ? 10 + below(made, 9) : 16 + below(made, 40);
    if (!one_in(made, 300)) bind_day(row, 3, first - age * 365 - age / 4 - 1 - below(made, 360));
    const char *ethnicity = ethnicities[below(made, 12)];
    if (ethnicity) bind_text(row, 4, ethnicity);
    insert(made, row);
}

static void write_memberships(nation *made, sqlite3_int64 person, calendar_day from) {
    int spells = 1 + below(made, 3);
    for (int i = 0; i < spells && from <= made->last; i++) {
        calendar_day end = from + 60 + below(made, 900);
        sqlite3_bind_int64(made->membership, 1, person);
        bind_day(made->membership, 2, from);
        if (!one_in(made, 3)) bind_day(made->membership, 3, end);
        insert(made, made->membership);
        from = end + 1 + below(made, 500);
    }
}

static void write_person(nation *made, sqlite3_int64 number, sqlite3_int64 people) {
    sqlite3_int64 in_year = (people + YEARS - 1) / YEARS;
    identifier_pnc pnc = {(int)(FIRST_YEAR + number / in_year),
                          (int)(number % in_year * (IDENTIFIER_PNC_SERIALS / in_year))};
    sqlite3_int64 person = identifier_pnc_number(pnc);
    int gap, kinds[2];
    made->draw = (uint64_t)number * UINT64_C(0xd1342543de82ef95) + 2011;
    int appearances = career(made, &gap), home = below(made, AREAS) + 1;
    int room = made->last - made->first - (appearances - 1) * gap / 2;
    calendar_day date = made->first + below(made, room > 0 ? room : 1);
    write_offender(made, person, date);
    if (appearances > 12 && one_in(made, 6))
        write_memberships(made, person, date + below(made, 1500));
    for (int i = 0; i < appearances && date <= made->last; i++) {
        kinds[0] = draw_kind(made);
        kinds[1] = one_in(made, 60) ? draw_kind(made) : -1;
        if (kinds[1] >= 0 && kinds[1] < kinds[0]) {
            int first = kinds[1];
            kinds[1] = kinds[0];
            kinds[0] = first;
        }
        write_appearance(made, person, date, kinds[0], home);
        if (kinds[1] >= 0) write_appearance(made, person, date, kinds[1], home);
        date += 1 + below(made, gap) + (one_in(made, 3) ? below(made, 3 * gap) : 0);
    }
}

int main(int argc, char **argv) {
    nation made = {0};
    if (argc != 4 || atoll(argv[1]) < 1) fail("usage: nation PEOPLE DATABASE EXTENSION");
    sqlite3_int64 people = atoll(argv[1]);
    remove(argv[2]);
    check(&made, sqlite3_open(argv[2], &made.db));
    sqlite3_enable_load_extension(made.db, 1);
    char *message = NULL;
    if (sqlite3_load_extension(made.db, argv[3], NULL, &message) != SQLITE_OK) fail(message);
    made.first = calendar_from_civil((calendar_civil){2000, 1, 1});
    made.last = calendar_from_civil((calendar_civil){2011, 12, 31});
    for (int i = 1; i <= AREAS; i++)
        snprintf(made.area[i], sizeof made.area[i], "E07%06d", i);
    create_tables(&made);
    classify_codes(&made);
    for (sqlite3_int64 i = 0; i < people; i++) write_person(&made, i, people);
    sqlite3_finalize(made.offender);
    sqlite3_finalize(made.appearance);
    sqlite3_finalize(made.offence);
    sqlite3_finalize(made.membership);
    run(&made, "COMMIT; PRAGMA journal_mode = DELETE;");
    printf("%lld people, %lld appearances, %lld offences\n", (long long)people,
           (long long)made.appearance_id, (long long)made.offence_id);
    sqlite3_close(made.db);
    return 0;
}
