#include "random_case.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "calendar.h"
#include "dice.h"
#include "random_model.h"

/* --- SQL ---------------------------------------- */

void must_run(sqlite3 *db, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    char *message = NULL;
    if (!sql || sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s\nin: %s\n", message ? message : "no memory", sql ? sql : "");
        exit(2);
    }
    sqlite3_free(sql);
}

int must_count(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        fprintf(stderr, "%s\nin: %s\n", sqlite3_errmsg(db), sql);
        exit(2);
    }
    int count = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return count;
}

/* --- what occurs ---------------------------------------- */

/* Known and unknown codes, classes that fall together and that do not, and no code at all. */
const char *const random_case_offence_codes[] = {
    "046/00", "028/03", "029/00", "034/00", "037/00", "037/02", "045/10", "048/00", "130/00",
    "130/01", "001/01", "005/01", "008/06", "017/01", "019/07", "088/00", "105/01", "111/00",
    "125/68", "141/00", "000/00", "195/94", "802/00", "999/99", NULL};

enum { OFFENCE_CODES = (int)(sizeof random_case_offence_codes / sizeof(char *)) };

static const char *const kinds[] = {"release", "conviction", "caution", "drug_test"};
static const char *const areas[] = {"E23000001", "E23000002", "W15000001", "it's \xc3\x81rea",
                                    NULL};
static const char *const disposals[] = {"custody", "fine", "caution", "community_sentence", NULL};
static const char *const reasons[] = {"not_recordable", "breach", "remand"};
static const char *const sexes[] = {"M", "M", "F", NULL};
static const char *const ethnicities[] = {"white_north_european", "black", "asian", NULL};
static const char *const subcohorts[] = {"ppo", "class_a", "list", "Zeta"};
static const int sentences[] = {-1, 0, 3, 11, 12, 23, 24, 47, 48, 120, 121, 11987, 11988, 20000};
static const char *const breakdowns[] = {"area_code",
                                         "age_group",
                                         "age_band",
                                         "sex",
                                         "ethnicity",
                                         "index_kind",
                                         "index_disposal",
                                         "index_offence_group",
                                         "sentence_band",
                                         "previous_offences_band",
                                         "months_to_reoffence",
                                         "subcohort"};
enum { BREAKDOWN_COUNT = sizeof breakdowns / sizeof breakdowns[0] };

/* --- days ---------------------------------------- */

typedef struct case_maker {
    dice dice;
    sqlite3 *db;
    calendar_day first_window, last_day; /* last_day: the last window's last day */
    int window_months, step_months, follow_up_months, wait_months;
    calendar_day anchor;     /* of the person: what the other days gather around */
    calendar_day last_given; /* the day given last, to tie with */
    sqlite3_int64 next_id;
} case_maker;

static calendar_day civil(int year, int month, int day) {
    return calendar_from_civil((calendar_civil){year, month, day});
}

static calendar_day plus(calendar_day day, int months) {
    calendar_day result;
    if (!calendar_add_months(day, months, &result)) exit(2);
    return result;
}

/* A day on which month arithmetic can go wrong. */
static calendar_day awkward_day(dice *d, calendar_day near) {
    calendar_civil at = calendar_to_civil(near);
    switch (below(d, 5)) {
    case 0:
        return civil(at.year, at.month, calendar_days_in_month(at.year, at.month));
    case 1:
        return civil(at.year, at.month, 1);
    case 2:
        return civil(at.year, 2, calendar_days_in_month(at.year, 2));
    case 3:
        return civil(at.year - at.year % 4, 2, 29);
    default:
        return civil(at.year, 8, 31);
    }
}

static calendar_day any_day(case_maker *m) {
    int early = 400, late = 31 * (m->follow_up_months + m->wait_months) + 40;
    return m->first_window - early + below(&m->dice, m->last_day - m->first_window + early + late);
}

/* A month count at which a rule changes its answer. */
static int rule_months(case_maker *m) {
    int months[] = {m->follow_up_months, m->follow_up_months + m->wait_months, m->window_months,
                    m->step_months, 1 + below(&m->dice, m->follow_up_months)};
    return PICK(&m->dice, months);
}

/* A day that is random, tied to an earlier one, awkward, or on the edge of a rule. */
static calendar_day make_day(case_maker *m) {
    dice *d = &m->dice;
    calendar_day day;
    switch (below(d, 10)) {
    case 0:
        day = m->last_given;
        break;
    case 1:
        day = m->anchor;
        break;
    case 2:
    case 3:
        day = plus(m->anchor, rule_months(m)) + below(d, 3) - 1;
        break;
    case 4:
        day = plus(m->first_window, m->step_months * below(d, 6)) + below(d, 3) - 1;
        break;
    case 5:
        day = m->anchor + below(d, 3) - 1;
        break;
    case 6:
        day = awkward_day(d, any_day(m));
        break;
    default:
        day = any_day(m);
    }
    return m->last_given = day;
}

/* --- values in SQL ---------------------------------------- */

enum { SLOTS = 16, SLOT_SIZE = 64 };

/* A literal in one of a few slots that are used in turn: enough for one statement. */
static const char *literal(const char *format, ...) {
    static char slots[SLOTS][SLOT_SIZE];
    static int next;
    char *slot = slots[next++ % SLOTS];
    va_list arguments;
    va_start(arguments, format);
    sqlite3_vsnprintf(SLOT_SIZE, slot, format, arguments);
    va_end(arguments);
    return slot;
}

static const char *date(calendar_day day) {
    char text[CALENDAR_TEXT_LENGTH + 1];
    calendar_format(day, text);
    return literal("'%s'", text);
}

static const char *text_or_null(const char *text) {
    return literal("%Q", text);
}

static const char *reason_or_null(case_maker *m) {
    return chance(&m->dice, 8) ? text_or_null(PICK(&m->dice, reasons)) : "NULL";
}

/* --- rows ---------------------------------------- */

static char *appearance_row(case_maker *m, sqlite3_int64 offender) {
    dice *d = &m->dice;
    int sentence = PICK(d, sentences);
    sqlite3_int64 id = m->next_id++ * 7919 % 10007;
    return sqlite3_mprintf(
        "INSERT INTO appearance VALUES(%lld, %s, %Q, %s, %s, %s, %s, %s, %s)", offender,
        date(make_day(m)), PICK(d, kinds), chance(d, 95) ? literal("%lld", id) : "NULL",
        text_or_null(PICK(d, areas)), text_or_null(PICK(d, disposals)),
        sentence < 0 ? "NULL" : literal("%d", sentence),
        text_or_null(random_case_offence_codes[below(d, OFFENCE_CODES)]), reason_or_null(m));
}

static const char *proven(case_maker *m, calendar_day offence) {
    dice *d = &m->dice;
    if (chance(d, 8)) return "NULL";
    if (chance(d, 50)) return date(offence + below(d, 300));
    if (chance(d, 60))
        return date(plus(m->anchor, m->follow_up_months + m->wait_months) + below(d, 3) - 1);
    return date(make_day(m));
}

static char *offence_row(case_maker *m, sqlite3_int64 offender) {
    dice *d = &m->dice;
    static const int spans[] = {0, 1, 2, 10, 45, 400};
    calendar_day day = make_day(m), end = day + PICK(d, spans);
    if (chance(d, 20)) end = plus(m->anchor, m->follow_up_months) + below(d, 3) - 1;
    if (end < day) end = day;
    bool dated = chance(d, 94);
    return sqlite3_mprintf(
        "INSERT INTO offence VALUES(%lld, %s, %s, %s, %s, %s, %s, %s)", offender,
        dated ? date(day) : "NULL", chance(d, 97) ? literal("%lld", m->next_id++) : "NULL",
        chance(d, dated ? 15 : 30) ? date(end) : "NULL", proven(m, day),
        chance(d, 50) ? "'conviction'" : "'caution'",
        text_or_null(random_case_offence_codes[below(d, OFFENCE_CODES)]), reason_or_null(m));
}

static char *offender_row(case_maker *m, sqlite3_int64 offender) {
    dice *d = &m->dice;
    calendar_day birth = plus(m->anchor, -12 * (8 + below(d, 48))) + below(d, 3) - 1;
    if (chance(d, 40)) birth = awkward_day(d, birth);
    if (chance(d, 2)) birth = m->anchor + 100;
    return sqlite3_mprintf("INSERT INTO offender VALUES(%lld, %Q, %s, %Q)", offender,
                           PICK(d, sexes), chance(d, 92) ? date(birth) : "NULL",
                           PICK(d, ethnicities));
}

static char *membership_row(case_maker *m, sqlite3_int64 offender) {
    dice *d = &m->dice;
    static const int lengths[] = {0, 1, 30, 200, 800};
    calendar_day start = make_day(m), end = start + PICK(d, lengths);
    return sqlite3_mprintf("INSERT INTO membership VALUES(%lld, %Q, %s, %s)", offender,
                           PICK(d, subcohorts), chance(d, 90) ? date(start) : "NULL",
                           chance(d, 70) ? date(end) : "NULL");
}

typedef char *(*make_row)(case_maker *m, sqlite3_int64 offender);

static void add_rows(case_maker *m, int count, make_row make, sqlite3_int64 offender) {
    while (count-- > 0) {
        char *sql = make(m, offender);
        must_run(m->db, "%s", sql);
        if (make != offender_row && chance(&m->dice, 3))
            must_run(m->db, "%s", sql); /* the very same row again */
        sqlite3_free(sql);
    }
}

static void add_person(case_maker *m, sqlite3_int64 offender) {
    dice *d = &m->dice;
    static const int appearances[] = {0, 1, 1, 2, 3, 4, 7, 14};
    static const int offences[] = {0, 0, 1, 2, 3, 5, 9, 20};
    static const int spells[] = {0, 0, 0, 1, 1, 2, 4};
    m->anchor = any_day(m);
    if (chance(d, 40)) m->anchor = awkward_day(d, m->anchor);
    m->last_given = m->anchor;
    if (chance(d, 92)) add_rows(m, 1, offender_row, offender);
    add_rows(m, PICK(d, appearances), appearance_row, offender);
    add_rows(m, PICK(d, offences), offence_row, offender);
    add_rows(m, PICK(d, spells), membership_row, offender);
}

/* --- the question ---------------------------------------- */

static void choose_windows(case_maker *m) {
    dice *d = &m->dice;
    static const int lengths[] = {12, 12, 12, 3, 1, 24}, steps[] = {3, 3, 1, 12, 6};
    static const int follow_ups[] = {12, 12, 12, 24, 3, 1}, waits[] = {6, 6, 6, 0, 1, 12};
    m->window_months = PICK(d, lengths);
    m->step_months = PICK(d, steps);
    m->follow_up_months = PICK(d, follow_ups);
    m->wait_months = PICK(d, waits);
    int year = 1999 + below(d, 10);
    switch (below(d, 4)) {
    case 0:
        m->first_window = civil(2000 + 4 * below(d, 3), 2, 29);
        break;
    case 1:
        m->first_window = awkward_day(d, civil(year, 1 + below(d, 12), 15));
        break;
    default:
        m->first_window = civil(year, 1 + 3 * below(d, 4), 1);
    }
    int steps_on = below(d, 12);
    m->last_day = plus(m->first_window, steps_on * m->step_months + m->window_months) - 1;
    calendar_day last_window = plus(m->first_window, steps_on * m->step_months) + below(d, 20);
    calendar_day final =
        plus(plus(m->first_window, m->step_months * below(d, 4) + m->window_months),
             m->follow_up_months + m->wait_months);
    must_run(m->db, "INSERT INTO question VALUES(%s, %s, %d, %d, %d, %d, %s, %d, 'refuse')",
             date(m->first_window), date(last_window), m->window_months, m->step_months,
             m->follow_up_months, m->wait_months, date(final + below(d, 3) - 1), chance(d, 20));
}

static void choose_kinds(case_maker *m) {
    unsigned chosen = chance(&m->dice, 50) ? 15 : 1 + (unsigned)below(&m->dice, 15);
    for (int i = 0; i < 4; i++)
        if (chosen >> i & 1) must_run(m->db, "INSERT INTO chosen_kind VALUES(%Q)", kinds[i]);
}

/* Everyone, each breakdown alone, and random combinations, in random order of names. */
static void choose_breakdowns(case_maker *m) {
    dice *d = &m->dice;
    must_run(m->db, "INSERT INTO asked VALUES('')");
    for (int i = 0; i < BREAKDOWN_COUNT; i++)
        must_run(m->db, "INSERT INTO asked VALUES(%Q)", breakdowns[i]);
    for (int i = 0; i < 4; i++) {
        int first = below(d, BREAKDOWN_COUNT), second = below(d, BREAKDOWN_COUNT);
        int third = below(d, BREAKDOWN_COUNT);
        if (first == second) continue;
        bool three = third != first && third != second && chance(d, 40);
        must_run(m->db, "INSERT INTO asked VALUES('%s,%s%s%s')", breakdowns[first],
                 breakdowns[second], three ? "," : "", three ? breakdowns[third] : "");
    }
}

/* An optional column the engine is not given is NULL for the reference. */
static void drop_columns(case_maker *m) {
    static const char *const optional[][2] = {{"appearance", "appearance_id"},
                                              {"appearance", "area_code"},
                                              {"appearance", "disposal"},
                                              {"appearance", "sentence_months"},
                                              {"appearance", "ho_code"},
                                              {"appearance", "excluded"},
                                              {"offence", "offence_id"},
                                              {"offence", "offence_date_end"},
                                              {"offence", "proven_date"},
                                              {"offence", "proven_by"},
                                              {"offence", "ho_code"},
                                              {"offence", "excluded"},
                                              {"offender", "sex"},
                                              {"offender", "birth_date"},
                                              {"offender", "ethnicity"}};
    if (!chance(&m->dice, 25)) return;
    for (size_t i = 0; i < sizeof optional / sizeof optional[0]; i++) {
        if (!chance(&m->dice, 20)) continue;
        const char *source = optional[i][0], *name = optional[i][1];
        bool is_proof = name[0] == 'p' && name[7] == 'd';
        must_run(m->db, "INSERT INTO absent_column VALUES(%Q, %Q); UPDATE %s SET %s = %s", source,
                 name, source, name, is_proof ? "offence_date" : "NULL");
    }
}

/* --- changes after the first rebuild ---------------------------------------- */

static sqlite3_int64 some_rowid(case_maker *m, const char *source) {
    char *sql = sqlite3_mprintf("SELECT max(rowid) FROM %s", source);
    int most = must_count(m->db, sql);
    sqlite3_free(sql);
    return 1 + below(&m->dice, most + 1);
}

static void note_change(case_maker *m, const char *sql) {
    must_run(m->db, "INSERT INTO change(sql) VALUES(%Q)", sql);
}

/* One random change of a table whose columns are all there. */
static void choose_change(case_maker *m, const sqlite3_int64 *people, int count) {
    dice *d = &m->dice;
    static const char *const sources[] = {"appearance", "offence", "offender", "membership"};
    static const make_row makers[] = {appearance_row, offence_row, offender_row, membership_row};
    int which = below(d, 4);
    sqlite3_int64 person = chance(d, 80) ? people[below(d, count)] : 5000000 + below(d, 9);
    sqlite3_int64 row = some_rowid(m, sources[which]);
    char *sql;
    if (chance(d, 45)) {
        sql = which == 2 ? sqlite3_mprintf("DELETE FROM offender WHERE offender_id = %lld", person)
                         : makers[which](m, person);
        if (which == 2) note_change(m, sql), sqlite3_free(sql), sql = offender_row(m, person);
    } else if (chance(d, 40)) {
        sql = sqlite3_mprintf("DELETE FROM %s WHERE rowid = %lld", sources[which], row);
    } else if (which == 2) {
        sql = sqlite3_mprintf("UPDATE offender SET birth_date = %s WHERE rowid = %lld",
                              date(make_day(m) - 8000), row);
    } else {
        static const char *const columns[] = {"appearance_date", "offence_date"};
        sql = which == 3 || chance(d, 50)
                  ? sqlite3_mprintf("UPDATE %s SET offender_id = %lld WHERE rowid = %lld",
                                    sources[which], person, row)
                  : sqlite3_mprintf("UPDATE %s SET %s = %s WHERE rowid = %lld%s", sources[which],
                                    columns[which], date(make_day(m)), row,
                                    which == 1 ? " AND offence_date_end IS NULL" : "");
    }
    note_change(m, sql);
    sqlite3_free(sql);
}

/* --- the whole ---------------------------------------- */

static const char shape[] =
    "CREATE TABLE appearance(offender_id INTEGER, appearance_date TEXT, kind TEXT,"
    " appearance_id INTEGER, area_code TEXT, disposal TEXT, sentence_months INTEGER, ho_code TEXT,"
    " excluded TEXT);"
    "CREATE TABLE offence(offender_id INTEGER, offence_date TEXT, offence_id INTEGER,"
    " offence_date_end TEXT, proven_date TEXT, proven_by TEXT, ho_code TEXT, excluded TEXT);"
    "CREATE TABLE offender(offender_id INTEGER, sex TEXT, birth_date TEXT, ethnicity TEXT);"
    "CREATE TABLE membership(offender_id INTEGER, subcohort TEXT, start_date TEXT, end_date TEXT);"
    "CREATE TABLE absent_column(source TEXT, name TEXT);"
    "CREATE TABLE question(first_window TEXT, last_window TEXT, window_months INTEGER,"
    " step_months INTEGER, follow_up_months INTEGER, wait_months INTEGER, extract_date TEXT,"
    " default_extract INTEGER, stale TEXT DEFAULT 'refuse');"
    "CREATE TABLE viewed(source TEXT);"
    "CREATE TABLE chosen_kind(kind TEXT PRIMARY KEY);"
    "CREATE TABLE asked(breakdowns TEXT);"
    "CREATE TABLE change(number INTEGER PRIMARY KEY, sql TEXT);";

enum { MOST_PEOPLE = 24 };

sqlite3 *random_case_make(uint64_t seed, uint64_t number) {
    case_maker m = {.dice = {seed * UINT64_C(0x2545f4914f6cdd1d) ^ number}};
    dice *d = &m.dice;
    if (sqlite3_open(":memory:", &m.db) != SQLITE_OK) exit(2);
    must_run(m.db, "%s%s BEGIN", shape, random_model_shape);
    choose_windows(&m);
    choose_kinds(&m);
    choose_breakdowns(&m);
    sqlite3_int64 people[MOST_PEOPLE], offender = chance(d, 10) ? -5 : 1;
    int count = 1 + below(d, MOST_PEOPLE);
    for (int i = 0; i < count; i++) {
        people[i] = offender;
        add_person(&m, offender);
        offender += chance(d, 80) ? 1 + below(d, 3) : (sqlite3_int64)(roll(d) % 10000000000u) + 1;
    }
    drop_columns(&m);
    static const char *const sources[] = {"appearance", "offence", "offender", "membership"};
    for (int i = 0; i < 4; i++)
        if (chance(d, 8)) must_run(m.db, "INSERT INTO viewed VALUES(%Q)", sources[i]);
    if (must_count(m.db, "SELECT count(*) FROM absent_column") == 0 && chance(d, 30))
        for (int i = 1 + below(d, 8); i > 0; i--) choose_change(&m, people, count);
    if (chance(d, 60)) must_run(m.db, "UPDATE question SET stale = 'fresh'");
    if (chance(d, 45)) random_model_make(m.db, d);
    must_run(m.db, "COMMIT");
    return m.db;
}

int random_case_people(sqlite3 *made) {
    return must_count(made, "SELECT count(*) FROM (SELECT offender_id FROM appearance UNION "
                            "SELECT offender_id FROM offence)");
}
