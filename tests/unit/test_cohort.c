/* cohort.h by hand: R5 to R8 and R12, each with a case that counts and one that does not. */
#include "cohort.h"

#include "check.h"
#include "failing_memory.h"
#include "packed_people.h"

typedef struct fixture {
    failing_memory from;
    packed_people people;
    window_plan plan;
} fixture;

static void start(fixture *made) {
    failing_memory_start(&made->from, 0);
    packed_people_start(&made->people, &made->from.base);
    packed_people_person(&made->people, 1, NULL);
}

/* The index events of windows from `first` to `last`, one every `step` months, as text: "date id
** first-last" parted by commas. */
static void expect_entries(fixture *made, const char *first, const char *last,
                           window_options options, const char *expected) {
    char text[512] = "";
    window_range range = {(calendar_day)day_of(first), (calendar_day)day_of(last),
                          CALENDAR_FIRST_DAY, CALENDAR_LAST_DAY};
    history_slice slice;
    cohort_entries entries;
    packed_people_open(&made->people);
    assert_int_equal(window_plan_make(&made->plan, &made->from.base, &range, &options),
                     WINDOW_PLAN_MADE);
    history_slice_init(&slice, &made->from.base);
    cohort_entries_init(&entries, &made->from.base);
    assert_int_equal(history_slice_first(&slice, &made->people.block), SLICE_READ);
    assert_true(cohort_select(&entries, &made->plan, &slice));
    for (size_t i = 0; i < entries.count; i++) {
        const cohort_entry *entry = &entries.items[i];
        char date[CALENDAR_TEXT_LENGTH + 1];
        calendar_format(entry->date, date);
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s %d %d-%d", used ? ", " : "", date,
                 (int)history_appearance_at(slice.block, entry->appearance).id,
                 (int)entry->first_window, (int)entry->last_window);
    }
    history_slice_free(&slice);
    cohort_entries_free(&entries);
    window_plan_free(&made->plan);
    packed_people_free(&made->people);
    assert_string_equal(text, expected);
    assert_int_equal(made->from.live, 0);
}

static void expect_2009(fixture *made, const char *expected) {
    expect_entries(made, "2009-01-01", "2009-01-01", window_options_default, expected);
}

static void the_first_day_is_in_and_the_end_is_not(void **state) {
    (void)state;
    fixture made;
    start(&made);
    packed_people_appearance(&made.people, "2008-12-31", KIND_CAUTION, NULL);
    packed_people_appearance(&made.people, "2010-01-01", KIND_CAUTION, NULL);
    expect_2009(&made, "");
    start(&made);
    packed_people_appearance(&made.people, "2009-12-31", KIND_CAUTION, NULL);
    expect_2009(&made, "2009-12-31 1 0-0");
    start(&made);
    packed_people_appearance(&made.people, "2009-01-01", KIND_CAUTION, NULL);
    expect_2009(&made, "2009-01-01 1 0-0");
}

static void the_earliest_is_chosen_whatever_its_kind(void **state) {
    (void)state;
    fixture made;
    start(&made);
    packed_people_appearance(&made.people, "2009-05-02", KIND_RELEASE, NULL);
    packed_people_appearance(&made.people, "2009-05-01", KIND_DRUG_TEST, NULL);
    expect_2009(&made, "2009-05-01 2 0-0");
}

static void only_chosen_kinds_are_index_events(void **state) {
    (void)state;
    fixture made;
    window_options options = window_options_default;
    options.kinds = 1u << KIND_RELEASE | 1u << KIND_CAUTION;
    start(&made);
    packed_people_appearance(&made.people, "2009-02-01", KIND_DRUG_TEST, NULL);
    packed_people_appearance(&made.people, "2009-03-01", KIND_CONVICTION, NULL);
    packed_people_appearance(&made.people, "2009-04-01", KIND_CAUTION, NULL);
    expect_entries(&made, "2009-01-01", "2009-01-01", options, "2009-04-01 3 0-0");
}

/* R7: release, conviction, caution, drug test; then the lowest id. */
static void one_day_has_one_index_event(void **state) {
    (void)state;
    fixture made;
    for (kind last = KIND_CONVICTION; last <= KIND_DRUG_TEST; last++) {
        start(&made);
        packed_people_appearance(&made.people, "2009-05-01", last, NULL);
        packed_people_appearance(&made.people, "2009-05-01", last - 1, NULL);
        packed_people_appearance(&made.people, "2009-05-01", last - 1, NULL);
        expect_2009(&made, "2009-05-01 2 0-0");
    }
}

static void the_excluded_are_passed_over(void **state) {
    (void)state;
    fixture made;
    start(&made);
    packed_people_appearance(&made.people, "2009-05-01", KIND_CONVICTION, "immediate custody");
    packed_people_appearance(&made.people, "2009-05-01", KIND_CAUTION, NULL);
    expect_2009(&made, "2009-05-01 2 0-0");
    start(&made);
    packed_people_appearance(&made.people, "2009-05-01", KIND_CONVICTION, "immediate custody");
    expect_2009(&made, "");
}

/* R12: once in each window; the windows of an event begin after the one before it. */
static void rolling_windows_share_out_the_events(void **state) {
    (void)state;
    fixture made;
    start(&made);
    packed_people_appearance(&made.people, "2009-02-01", KIND_CAUTION, NULL);
    packed_people_appearance(&made.people, "2009-02-01", KIND_DRUG_TEST, NULL);
    packed_people_appearance(&made.people, "2009-08-01", KIND_CAUTION, NULL);
    packed_people_appearance(&made.people, "2009-08-15", KIND_CAUTION, NULL);
    packed_people_appearance(&made.people, "2010-12-31", KIND_CAUTION, NULL);
    /* Windows 0..8 start 2008-01, 2008-04, ... 2010-01. */
    expect_entries(&made, "2008-01-01", "2010-01-01", window_options_default,
                   "2009-02-01 1 1-4, 2009-08-01 3 5-6, 2010-12-31 5 8-8");
}

static void windows_with_gaps_between_leave_days_out(void **state) {
    (void)state;
    fixture made;
    window_options options = window_options_default;
    options.window_months = 1;
    start(&made);
    packed_people_appearance(&made.people, "2009-02-01", KIND_CAUTION, NULL);
    packed_people_appearance(&made.people, "2009-04-30", KIND_CAUTION, NULL);
    expect_entries(&made, "2009-01-01", "2009-07-01", options, "2009-04-30 2 1-1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_day_is_in_and_the_end_is_not),
        cmocka_unit_test(the_earliest_is_chosen_whatever_its_kind),
        cmocka_unit_test(only_chosen_kinds_are_index_events),
        cmocka_unit_test(one_day_has_one_index_event),
        cmocka_unit_test(the_excluded_are_passed_over),
        cmocka_unit_test(rolling_windows_share_out_the_events),
        cmocka_unit_test(windows_with_gaps_between_leave_days_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
