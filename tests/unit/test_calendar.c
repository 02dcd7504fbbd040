/* calendar.h: days, clamped months, ages, periods (R1 to R4). */
#include "calendar.h"
#include "check.h"

static calendar_day day_of(const char *text) {
    calendar_day day = 0;
    if (!calendar_parse(text, strlen(text), &day))
        fail_msg("%s does not parse", text);
    return day;
}

static void assert_day(calendar_day day, const char *expected) {
    char text[CALENDAR_TEXT_LENGTH + 1];
    calendar_format(day, text);
    assert_string_equal(text, expected);
}

static void known_day_numbers(void **state) {
    (void)state;
    assert_int_equal(day_of("1970-01-01"), 0);
    assert_int_equal(day_of("2000-03-01"), 11017);
    assert_int_equal(day_of("0001-01-01"), CALENDAR_FIRST_DAY);
    assert_int_equal(day_of("9999-12-31"), CALENDAR_LAST_DAY);
}

static void every_day_goes_there_and_back(void **state) {
    (void)state;
    calendar_civil expected = {1, 1, 1};
    for (calendar_day day = CALENDAR_FIRST_DAY; day <= CALENDAR_LAST_DAY; day++) {
        calendar_civil civil = calendar_to_civil(day);
        if (civil.year != expected.year || civil.month != expected.month ||
            civil.day != expected.day || calendar_from_civil(civil) != day)
            fail_msg("day %d", (int)day);
        if (++expected.day > calendar_days_in_month(expected.year, expected.month)) {
            expected.day = 1;
            if (++expected.month > 12)
                expected.month = 1, expected.year++;
        }
    }
    assert_int_equal(expected.year, 10000);
}

static void impossible_dates_are_refused(void **state) {
    (void)state;
    static const char *const refused[] = {
        "2001-02-29", "2001-02-30", "1900-02-29", "2001-04-31",  "2001-13-01",  "2001-00-10",
        "2001-01-00", "2001-01-32", "0000-01-01", "2001-1-01",   "2001-01-1",   "01/02/2001",
        "2001/01/01", "20010101",   "",           "2001-01-01 ", " 2001-01-01", "2001-01-01T00",
        "-001-01-01", "+001-01-01", "2001-0a-01", "2001-01-0 ",  "12:00",       "now",
    };
    calendar_day day = 42;
    for (size_t i = 0; i < count_of(refused); i++)
        if (calendar_parse(refused[i], strlen(refused[i]), &day))
            fail_msg("%s", refused[i]);
    assert_false(calendar_parse("2001-01-01", 9, &day));
    assert_false(calendar_parse("2001\0001-01", 10, &day));
    assert_int_equal(day, 42);
    assert_int_equal(day_of("2000-02-29") - day_of("2000-02-28"), 1);
}

static void months_are_clamped(void **state) {
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *to;
    } cases[] = {
        {"2008-08-31", 6, "2009-02-28"},     {"2007-08-31", 6, "2008-02-29"},
        {"2008-02-29", 12, "2009-02-28"},    {"2008-02-29", 48, "2012-02-29"},
        {"2009-02-28", 12, "2010-02-28"},    {"2007-02-28", 12, "2008-02-28"},
        {"2009-01-31", 1, "2009-02-28"},     {"2009-01-31", 3, "2009-04-30"},
        {"2009-12-31", 2, "2010-02-28"},     {"2009-03-31", -1, "2009-02-28"},
        {"2008-03-31", -1, "2008-02-29"},    {"2009-01-01", -1, "2008-12-01"},
        {"2009-05-17", 0, "2009-05-17"},     {"2000-02-29", 1200, "2100-02-28"},
        {"2000-02-29", -1200, "1900-02-28"}, {"0001-01-31", 1, "0001-02-28"},
        {"9999-11-30", 1, "9999-12-30"},
    };
    for (size_t i = 0; i < count_of(cases); i++) {
        calendar_day result = 0;
        assert_true(calendar_add_months(day_of(cases[i].from), cases[i].months, &result));
        assert_day(result, cases[i].to);
    }
}

static void months_out_of_range_are_refused(void **state) {
    (void)state;
    calendar_day result = 42;
    assert_false(calendar_add_months(day_of("9999-12-01"), 1, &result));
    assert_false(calendar_add_months(day_of("0001-01-31"), -1, &result));
    assert_false(calendar_add_months(day_of("2000-01-01"), INT32_MAX, &result));
    assert_false(calendar_add_months(day_of("2000-01-01"), INT32_MIN, &result));
    assert_int_equal(result, 42);
}

static void age_is_completed_years(void **state) {
    (void)state;
    static const struct {
        const char *birth, *on;
        int age;
    } cases[] = {
        {"1990-06-15", "2008-06-14", 17}, {"1990-06-15", "2008-06-15", 18},
        {"1988-02-29", "2006-02-28", 17}, {"1988-02-29", "2006-03-01", 18},
        {"1988-02-29", "2008-02-28", 19}, {"1988-02-29", "2008-02-29", 20},
        {"1990-06-15", "1990-06-15", 0},  {"1990-06-15", "1990-06-14", -1},
        {"1990-12-31", "2000-01-01", 9},  {"1990-01-01", "2000-01-01", 10},
    };
    for (size_t i = 0; i < count_of(cases); i++)
        assert_int_equal(calendar_age(day_of(cases[i].birth), day_of(cases[i].on)), cases[i].age);
}

/* By the definition, on the days around birthdays, where reckoning with mean years could fail; the
** years around 1900 and 2100 have the longest times without a leap day. */
static void age_is_right_around_every_birthday(void **state) {
    (void)state;
    enum { OLDEST = 110, AROUND = 6 };
    static const int years[] = {1892, 1896, 1900, 1903, 1904, 1999, 2000, 2096, 2100};
    for (size_t i = 0; i < count_of(years); i++) {
        calendar_day first = calendar_from_civil((calendar_civil){years[i], 1, 1});
        for (calendar_day birth = first; birth < first + 366; birth++) {
            calendar_civil born = calendar_to_civil(birth);
            for (int age = 0; age < OLDEST; age++) {
                calendar_civil near = {born.year + age, born.month, 1};
                calendar_day day = calendar_from_civil(near) + born.day - 1 - AROUND;
                for (calendar_day last = day + 2 * AROUND; day <= last; day++) {
                    calendar_civil on = calendar_to_civil(day);
                    bool passed = on.month > born.month ||
                                  (on.month == born.month && on.day >= born.day);
                    if (calendar_age(birth, day) != on.year - born.year - !passed)
                        fail_msg("born %d, on %d", birth, day);
                }
            }
        }
    }
}

/* The definition: the largest n with from + n months <= to. */
static void months_between_inverts_adding(void **state) {
    (void)state;
    calendar_day first = day_of("2007-12-25"), last = day_of("2009-03-05");
    for (calendar_day from = first; from <= last; from++) {
        for (calendar_day to = first; to <= last; to += 3) {
            int months = calendar_months_between(from, to);
            calendar_day reached, beyond;
            assert_true(calendar_add_months(from, months, &reached));
            assert_true(calendar_add_months(from, months + 1, &beyond));
            if (reached > to || beyond <= to)
                fail_msg("%d to %d: %d", from, to, months);
        }
    }
    assert_int_equal(calendar_months_between(day_of("2009-01-31"), day_of("2009-02-28")), 1);
    assert_int_equal(calendar_months_between(day_of("2009-01-30"), day_of("2009-02-27")), 0);
    assert_int_equal(calendar_months_between(day_of("2009-02-28"), day_of("2009-01-31")), -1);
}

static void periods(void **state) {
    (void)state;
    assert_day(calendar_quarter_start(day_of("2009-03-31")), "2009-01-01");
    assert_day(calendar_quarter_start(day_of("2009-04-01")), "2009-04-01");
    assert_day(calendar_quarter_start(day_of("2009-12-31")), "2009-10-01");
    assert_day(calendar_financial_year_start(day_of("2010-03-31")), "2009-04-01");
    assert_day(calendar_financial_year_start(day_of("2010-04-01")), "2010-04-01");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_day_numbers),
        cmocka_unit_test(every_day_goes_there_and_back),
        cmocka_unit_test(impossible_dates_are_refused),
        cmocka_unit_test(months_are_clamped),
        cmocka_unit_test(months_out_of_range_are_refused),
        cmocka_unit_test(age_is_completed_years),
        cmocka_unit_test(age_is_right_around_every_birthday),
        cmocka_unit_test(months_between_inverts_adding),
        cmocka_unit_test(periods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
