/* window_plan.h and kind.h by hand: R2, R5, R13 and R16, month ends, leap days, refusals. */
#include "window_plan.h"

#include "check.h"
#include "failing_memory.h"
#include "packed_people.h"

static calendar_day day(const char *text) {
    return (calendar_day)day_of(text);
}

static window_plan_result make(window_plan *made, const memory *from, const char *first,
                               const char *last, const window_options *options) {
    window_range range = {day(first), day(last), CALENDAR_FIRST_DAY, CALENDAR_LAST_DAY};
    return window_plan_make(made, from, &range, options);
}

static void expect_window(const window_plan *plan, int window, const char *start,
                          const char *end) {
    assert_int_equal(plan->starts[window], day(start));
    assert_int_equal(plan->ends[window], day(end));
}

static void starts_are_reckoned_from_the_first(void **state) {
    (void)state;
    failing_memory from;
    window_plan plan;
    failing_memory_start(&from, 0);
    assert_int_equal(make(&plan, &from.base, "2008-02-29", "2009-02-28", &window_options_default),
                     WINDOW_PLAN_MADE);
    assert_int_equal(plan.count, 5);
    expect_window(&plan, 0, "2008-02-29", "2009-02-28");
    expect_window(&plan, 1, "2008-05-29", "2009-05-29");
    expect_window(&plan, 4, "2009-02-28", "2010-02-28");
    window_plan_free(&plan);
    window_options monthly = window_options_default;
    monthly.step_months = 1;
    monthly.window_months = 3;
    assert_int_equal(make(&plan, &from.base, "2009-01-31", "2009-04-30", &monthly),
                     WINDOW_PLAN_MADE);
    assert_int_equal(plan.count, 4);
    expect_window(&plan, 1, "2009-02-28", "2009-05-28");
    expect_window(&plan, 2, "2009-03-31", "2009-06-30");
    window_plan_free(&plan);
    assert_int_equal(from.live, 0);
}

static void days_know_their_windows(void **state) {
    (void)state;
    static const struct {
        const char *day;
        int first, last;
    } days[] = {{"2009-01-01", 0, 0}, {"2009-03-31", 0, 0}, {"2009-04-01", 0, 1},
                {"2009-12-31", 0, 3}, {"2010-01-01", 1, 4}, {"2010-03-31", 1, 4},
                {"2010-12-31", 4, 4}};
    failing_memory from;
    window_plan plan;
    failing_memory_start(&from, 0);
    assert_int_equal(make(&plan, &from.base, "2009-01-01", "2010-01-01", &window_options_default),
                     WINDOW_PLAN_MADE);
    for (size_t i = 0; i < count_of(days); i++) {
        const window_day *found = window_plan_day(&plan, day(days[i].day));
        assert_int_equal(found->first_window, days[i].first);
        assert_int_equal(found->last_window, days[i].last);
    }
    assert_false(window_plan_covers(&plan, day("2008-12-31")));
    assert_false(window_plan_covers(&plan, day("2011-01-01")));
    assert_true(window_plan_covers(&plan, day("2010-12-31")));
    const window_day *clamped = window_plan_day(&plan, day("2009-08-31"));
    assert_int_equal(clamped->follow_up_end, day("2010-08-31"));
    assert_int_equal(clamped->proof_end, day("2011-02-28"));
    window_plan_free(&plan);
}

/* R16: complete from the day that is 18 months after the end of the window. */
static void a_window_is_final_after_follow_up_and_wait(void **state) {
    (void)state;
    failing_memory from;
    window_plan plan;
    failing_memory_start(&from, 0);
    assert_int_equal(make(&plan, &from.base, "2009-01-01", "2009-01-01", &window_options_default),
                     WINDOW_PLAN_MADE);
    assert_false(window_is_complete(&plan, 0, day("2011-06-30")));
    assert_true(window_is_complete(&plan, 0, day("2011-07-01")));
    window_plan_free(&plan);
}

static void only_wanted_windows_are_planned(void **state) {
    (void)state;
    failing_memory from;
    window_plan plan;
    failing_memory_start(&from, 0);
    window_range range = {day("2000-01-01"), day("2009-01-01"), day("2005-01-02"),
                          day("2005-07-01")};
    assert_int_equal(window_plan_make(&plan, &from.base, &range, &window_options_default),
                     WINDOW_PLAN_MADE);
    assert_int_equal(plan.count, 2);
    expect_window(&plan, 0, "2005-04-01", "2006-04-01");
    window_plan_free(&plan);
    range.wanted_first = day("2009-01-02");
    range.wanted_last = day("2010-01-01");
    assert_int_equal(window_plan_make(&plan, &from.base, &range, &window_options_default),
                     WINDOW_PLAN_MADE);
    assert_int_equal(plan.count, 0);
    assert_false(window_plan_covers(&plan, day("2009-01-02")));
    window_plan_free(&plan);
    assert_int_equal(from.live, 0);
}

static void what_cannot_be_planned_is_refused(void **state) {
    (void)state;
    failing_memory from;
    window_plan plan;
    window_options monthly = window_options_default;
    monthly.step_months = 1;
    failing_memory_start(&from, 0);
    assert_int_equal(make(&plan, &from.base, "2009-01-02", "2009-01-01", &window_options_default),
                     WINDOW_PLAN_BACKWARDS);
    window_plan_free(&plan);
    assert_int_equal(make(&plan, &from.base, "1000-01-01", "2009-01-01", &monthly),
                     WINDOW_PLAN_TOO_MANY);
    window_plan_free(&plan);
    assert_int_equal(make(&plan, &from.base, "9997-01-01", "9997-01-01", &window_options_default),
                     WINDOW_PLAN_MADE);
    window_plan_free(&plan);
    assert_int_equal(make(&plan, &from.base, "9998-01-01", "9998-01-01", &window_options_default),
                     WINDOW_PLAN_TOO_LATE);
    window_plan_free(&plan);
    assert_int_equal(from.live, 0);
}


/* An offence of 31 August has waited six months on 28 February; without a wait every day has. */
static void the_last_day_that_has_waited(void **state) {
    (void)state;
    window_plan plan = {.options = window_options_default};
    assert_int_equal(window_last_waited(&plan, day("2010-07-15")), day("2010-01-15"));
    assert_int_equal(window_last_waited(&plan, day("2011-02-28")), day("2010-08-31"));
    assert_int_equal(window_last_waited(&plan, day("2011-02-27")), day("2010-08-27"));
    plan.options.wait_months = 0;
    assert_int_equal(window_last_waited(&plan, day("2011-02-28")), day("2011-02-28"));
    plan.options.wait_months = 120;
    assert_int_equal(window_last_waited(&plan, CALENDAR_FIRST_DAY + 9), CALENDAR_FIRST_DAY);
}

static void no_memory_leaks_nothing(void **state) {
    (void)state;
    for (long fail_at = 1; fail_at <= 3; fail_at++) {
        failing_memory from;
        window_plan plan;
        failing_memory_start(&from, fail_at);
        assert_int_equal(make(&plan, &from.base, "2009-01-01", "2010-01-01",
                              &window_options_default),
                         WINDOW_PLAN_NO_MEMORY);
        window_plan_free(&plan);
        assert_int_equal(from.live, 0);
    }
}

static bool reads(const char *text, kind_set expected) {
    kind_set set;
    return kind_set_from_names(text, strlen(text), &set) && set == expected;
}

static void kinds_are_read_by_name(void **state) {
    (void)state;
    kind which;
    for (int i = 0; i < KINDS; i++) {
        const char *name = kind_name((kind)i);
        assert_true(kind_from_name(name, strlen(name), &which) && which == (kind)i);
        assert_false(kind_from_name(name, strlen(name) - 1, &which));
    }
    assert_true(reads("caution", 1u << KIND_CAUTION));
    assert_true(reads(" release , drug_test", 1u << KIND_RELEASE | 1u << KIND_DRUG_TEST));
    assert_true(reads("caution,caution", 1u << KIND_CAUTION));
    assert_true(reads("release,conviction,caution,drug_test", KIND_SET_ALL));
    static const char *const refused[] = {"", ",", "caution,", "Caution", "caution conviction",
                                          "fine", " "};
    for (size_t i = 0; i < count_of(refused); i++) {
        kind_set set;
        assert_false(kind_set_from_names(refused[i], strlen(refused[i]), &set));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_are_reckoned_from_the_first),
        cmocka_unit_test(days_know_their_windows),
        cmocka_unit_test(a_window_is_final_after_follow_up_and_wait),
        cmocka_unit_test(only_wanted_windows_are_planned),
        cmocka_unit_test(what_cannot_be_planned_is_refused),
        cmocka_unit_test(the_last_day_that_has_waited),
        cmocka_unit_test(no_memory_leaks_nothing),
        cmocka_unit_test(kinds_are_read_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
