/* follow_up.h by hand: R13 to R15, R17 to R20 and R22, each side of each boundary, with the same
** offences decided one by one and counted on the packed person. */
#include "follow_up.h"

#include "check.h"
#include "failing_memory.h"
#include "packed_people.h"

typedef struct offence_case {
    const char *date, *end, *proven, *excluded;
    follow_up_decision decision;
} offence_case;

/* Of the index date 2009-08-31: follow-up to 2010-08-31, proof to 2011-02-28 (R2). */
static const offence_case cases[] = {
    {"2009-09-01", NULL, "2009-09-01", NULL, FOLLOW_UP_REOFFENCE},
    {"2009-08-31", NULL, "2009-09-01", NULL, FOLLOW_UP_BEFORE_INDEX},
    {"2009-08-30", NULL, "2009-09-01", NULL, FOLLOW_UP_BEFORE_INDEX},
    {"2010-08-31", NULL, "2010-09-01", NULL, FOLLOW_UP_REOFFENCE},
    {"2010-09-01", NULL, "2010-09-01", NULL, FOLLOW_UP_AFTER_END},
    {"2009-09-01", NULL, "2011-02-28", NULL, FOLLOW_UP_REOFFENCE},
    {"2009-09-01", NULL, "2011-03-01", NULL, FOLLOW_UP_PROVEN_LATE},
    {"2009-09-01", NULL, NULL, NULL, FOLLOW_UP_NOT_PROVEN},
    {"2009-09-01", NULL, "2009-09-01", "not recordable", FOLLOW_UP_EXCLUDED},
    {NULL, NULL, "2009-09-01", NULL, FOLLOW_UP_UNDATED},
    {NULL, NULL, "2009-09-01", "pending", FOLLOW_UP_EXCLUDED},
    {"2009-08-31", "2009-09-01", "2009-10-01", NULL, FOLLOW_UP_STRADDLES},
    {"2009-08-01", "2011-01-01", "2011-02-01", NULL, FOLLOW_UP_STRADDLES},
    {"2009-08-01", "2009-08-31", "2009-10-01", NULL, FOLLOW_UP_BEFORE_INDEX},
    {"2009-09-01", "2010-08-31", "2010-10-01", NULL, FOLLOW_UP_REOFFENCE},
    {"2010-08-31", "2010-09-01", "2010-10-01", NULL, FOLLOW_UP_AFTER_END},
    {"2010-09-02", NULL, NULL, NULL, FOLLOW_UP_AFTER_END},
    {"2009-08-30", NULL, NULL, NULL, FOLLOW_UP_BEFORE_INDEX},
};

static window_plan plan_of_2009(const memory *from) {
    window_plan plan;
    calendar_day start = (calendar_day)day_of("2009-01-01");
    window_range range = {start, start, start, start};
    assert_int_equal(window_plan_make(&plan, from, &range, &window_options_default),
                     WINDOW_PLAN_MADE);
    return plan;
}

static void each_offence_has_its_reason(void **state) {
    (void)state;
    failing_memory from;
    failing_memory_start(&from, 0);
    window_plan plan = plan_of_2009(&from.base);
    calendar_day index = (calendar_day)day_of("2009-08-31");
    for (size_t i = 0; i < count_of(cases); i++) {
        const offence_case *each = &cases[i];
        history_offence offence = {.date = day_of(each->date),
                                   .end = day_of(each->end ? each->end : each->date),
                                   .proven = day_of(each->proven),
                                   .excluded = each->excluded != NULL};
        follow_up_decision decision =
            follow_up_decide(&offence, index, window_plan_day(&plan, index));
        if (decision != each->decision)
            fail_msg("case %d: %d, expected %d", (int)i, (int)decision, (int)each->decision);
    }
    window_plan_free(&plan);
}

/* Counts what follows the only index event of the only person. */
static follow_up_result count_only(packed_people *people, const follow_up_weight *weights,
                                   size_t weight_count, follow_up_outcome *outcome) {
    history_slice slice;
    cohort_entries entries;
    follow_up_counter counter;
    packed_people_open(people);
    window_plan plan = plan_of_2009(people->from);
    history_slice_init(&slice, people->from);
    cohort_entries_init(&entries, people->from);
    follow_up_init(&counter, people->from, weights, weight_count);
    counter.with_severity = counter.with_first_date = counter.with_reappearances = true;
    assert_int_equal(history_slice_first(&slice, &people->block), SLICE_READ);
    assert_true(cohort_select(&entries, &plan, &slice));
    assert_int_equal(entries.count, 1);
    follow_up_result result = follow_up_count(&counter, &plan, &slice, &entries, outcome);
    follow_up_free(&counter);
    cohort_entries_free(&entries);
    history_slice_free(&slice);
    window_plan_free(&plan);
    return result;
}

static follow_up_outcome outcome_of(packed_people *people) {
    static const follow_up_weight none[1];
    follow_up_outcome outcome;
    assert_int_equal(count_only(people, none, 1, &outcome), FOLLOW_UP_COUNTED);
    return outcome;
}

/* Each case alone, then all of them with one person. */
static void counting_agrees_with_deciding(void **state) {
    (void)state;
    uint32_t expected = 0;
    for (size_t i = 0; i <= count_of(cases); i++) {
        failing_memory from;
        packed_people people;
        failing_memory_start(&from, 0);
        packed_people_start(&people, &from.base);
        packed_people_person(&people, 1, NULL);
        packed_people_appearance(&people, "2009-08-31", KIND_CAUTION, NULL);
        bool all = i == count_of(cases);
        for (size_t k = all ? 0 : i; k < (all ? i : i + 1); k++)
            packed_people_offence(&people, cases[k].date, cases[k].end, cases[k].proven,
                                  cases[k].excluded);
        follow_up_outcome outcome = outcome_of(&people);
        bool counts = !all && cases[i].decision == FOLLOW_UP_REOFFENCE;
        expected += counts;
        assert_int_equal(outcome.reoffences, all ? expected : counts);
        if (all)
            assert_int_equal(outcome.first_date, day_of("2009-09-01"));
        packed_people_free(&people);
        assert_int_equal(from.live, 0);
    }
}

static void reappearances_are_of_any_kind_after_the_index_day(void **state) {
    (void)state;
    failing_memory from;
    packed_people people;
    failing_memory_start(&from, 0);
    packed_people_start(&people, &from.base);
    packed_people_person(&people, 1, NULL);
    packed_people_appearance(&people, "2009-08-31", KIND_RELEASE, NULL);
    packed_people_appearance(&people, "2009-08-31", KIND_CAUTION, NULL);
    packed_people_appearance(&people, "2009-09-01", KIND_DRUG_TEST, NULL);
    packed_people_appearance(&people, "2009-09-02", KIND_CONVICTION, "immediate custody");
    packed_people_appearance(&people, "2010-08-31", KIND_CAUTION, NULL);
    packed_people_appearance(&people, "2010-09-01", KIND_CAUTION, NULL);
    assert_int_equal(outcome_of(&people).reappearances, 2);
    packed_people_free(&people);
}

static void start_with_offences(packed_people *people, failing_memory *from, int offences) {
    failing_memory_start(from, 0);
    packed_people_start(people, &from->base);
    packed_people_person(people, 1, NULL);
    packed_people_appearance(people, "2009-08-31", KIND_CAUTION, NULL);
    for (int i = 0; i < offences; i++)
        packed_people_offence(people, i % 2 ? "2009-10-01" : "2009-10-02", NULL, "2009-11-01",
                              NULL);
}

/* More than fit into the byte of a weight, too. */
static void the_weights_add_up_without_touching_each_other(void **state) {
    (void)state;
    const follow_up_weight weights[] = {follow_up_weight_of(true, false, false, true),
                                        follow_up_weight_of(false, true, true, false)};
    static const int counts[] = {1, 3, 4, 5, 63, 252, 255, 256, 257, 1000, 1024};
    for (size_t i = 0; i < count_of(counts); i++) {
        for (int code = 0; code < 2; code++) {
            failing_memory from;
            packed_people people;
            follow_up_outcome outcome;
            uint32_t all = (uint32_t)counts[i];
            start_with_offences(&people, &from, counts[i]);
            assert_int_equal(count_only(&people, &weights[code], 1, &outcome), FOLLOW_UP_COUNTED);
            assert_int_equal(outcome.reoffences, all);
            assert_int_equal(outcome.violent_sexual, code == 0 ? all : 0);
            assert_int_equal(outcome.unclassified, code == 0 ? all : 0);
            assert_int_equal(outcome.serious_acquisitive, code == 0 ? 0 : all);
            assert_int_equal(outcome.serious, code == 0 ? 0 : all);
            packed_people_free(&people);
            assert_int_equal(from.live, 0);
        }
    }
}

static void a_code_that_is_not_there_is_told(void **state) {
    (void)state;
    const follow_up_weight weights[1] = {0};
    failing_memory from;
    packed_people people;
    follow_up_outcome outcome;
    start_with_offences(&people, &from, 3);
    assert_int_equal(count_only(&people, weights, 0, &outcome), FOLLOW_UP_CORRUPT);
    packed_people_free(&people);
}

static void months_of_the_follow_up(void **state) {
    (void)state;
    static const struct {
        const char *index, *day;
        int month;
    } months[] = {
        {"2009-01-31", "2009-02-01", 1}, {"2009-01-31", "2009-02-28", 1},
        {"2009-01-31", "2009-03-01", 2}, {"2009-01-31", "2009-03-31", 2},
        {"2009-01-31", "2009-04-01", 3}, {"2008-02-29", "2009-02-28", 12},
        {"2009-08-31", "2010-08-31", 12}, {"2009-08-31", "2010-07-31", 11},
    };
    for (size_t i = 0; i < count_of(months); i++)
        assert_int_equal(follow_up_month((calendar_day)day_of(months[i].index),
                                         (calendar_day)day_of(months[i].day)),
                         months[i].month);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_offence_has_its_reason),
        cmocka_unit_test(counting_agrees_with_deciding),
        cmocka_unit_test(reappearances_are_of_any_kind_after_the_index_day),
        cmocka_unit_test(the_weights_add_up_without_touching_each_other),
        cmocka_unit_test(a_code_that_is_not_there_is_told),
        cmocka_unit_test(months_of_the_follow_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
