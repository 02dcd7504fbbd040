/* member.h and criminal_history.h by hand: ages (R3, R10), what is on record before the index event
** (R23, R32), what is reported (R20), sub-cohorts (R26). */
#include "member.h"

#include "check.h"
#include "failing_memory.h"
#include "packed_people.h"
#include "rates.h"

typedef struct fixture {
    failing_memory from;
    packed_people people;
    window_plan plan;
    member_walk walk;
    proven_days proven;
} fixture;

static const follow_up_weight no_weight[1];

static void start(fixture *made, const char *birth) {
    calendar_day first = (calendar_day)day_of("2009-01-01");
    window_range range = {first, first, first, first};
    failing_memory_start(&made->from, 0);
    packed_people_start(&made->people, &made->from.base);
    assert_int_equal(window_plan_make(&made->plan, &made->from.base, &range,
                                      &window_options_default),
                     WINDOW_PLAN_MADE);
    member_walk_init(&made->walk, &made->from.base, &made->plan, no_weight, 1);
    made->walk.with_record = true;
    proven_days_init(&made->proven, &made->from.base);
    packed_people_person(&made->people, 1, birth);
}

static member_result find(fixture *made, member *found) {
    history_person person = packed_people_open(&made->people);
    return member_only(&made->walk, &person, found);
}

static void end(fixture *ended) {
    member_walk_free(&ended->walk);
    proven_days_free(&ended->proven);
    window_plan_free(&ended->plan);
    packed_people_free(&ended->people);
    assert_int_equal(ended->from.live, 0);
}

static void age_is_completed_years_from_ten(void **state) {
    (void)state;
    static const struct {
        const char *birth, *index;
        int age;
    } ages[] = {{"1991-02-28", "2009-02-28", 18}, {"1991-03-01", "2009-02-28", 17},
                {"1996-02-29", "2009-02-28", 12}, {"1996-02-29", "2009-03-01", 13},
                {"1999-02-28", "2009-02-28", 10}, {"1999-03-01", "2009-02-28", MEMBER_AGE_UNKNOWN},
                {NULL, "2009-02-28", MEMBER_AGE_UNKNOWN}};
    for (size_t i = 0; i < count_of(ages); i++) {
        fixture made;
        member found;
        start(&made, ages[i].birth);
        packed_people_appearance(&made.people, ages[i].index, KIND_CAUTION, NULL);
        assert_int_equal(find(&made, &found), MEMBER_FOUND);
        assert_int_equal(found.age, ages[i].age);
        end(&made);
    }
}

static void what_is_on_record_before_the_index_event(void **state) {
    (void)state;
    fixture made;
    member found;
    start(&made, NULL);
    packed_people_appearance(&made.people, "2009-05-01", KIND_CONVICTION, NULL);
    packed_people_appearance(&made.people, "2008-05-01", KIND_RELEASE, NULL);
    packed_people_appearance(&made.people, "2007-05-01", KIND_RELEASE, "recall");
    packed_people_appearance(&made.people, "2006-05-01", KIND_CONVICTION, NULL);
    packed_people_appearance(&made.people, "2009-05-01", KIND_RELEASE, "remand");
    packed_people_offence(&made.people, "2005-01-01", NULL, "2006-05-02", NULL);
    packed_people_offence(&made.people, "2005-02-01", NULL, "2006-05-02", NULL);
    packed_people_offence(&made.people, NULL, NULL, "2009-04-30", NULL);
    packed_people_offence(&made.people, "2009-01-01", NULL, "2009-05-01", NULL);
    packed_people_offence(&made.people, "2004-01-01", NULL, "2004-02-01", "not recordable");
    packed_people_offence(&made.people, "2004-01-01", NULL, NULL, NULL);
    packed_people_offence(&made.people, "2009-06-01", NULL, "2009-04-01", NULL);
    packed_people_offence(&made.people, "2009-04-01", "2009-06-01", "2009-07-01", NULL);
    assert_int_equal(find(&made, &found), MEMBER_FOUND);
    assert_int_equal(found.before.offences, 4);
    assert_int_equal(found.before.sanctions, 3);
    assert_int_equal(found.before.custody, 1);
    assert_int_equal(found.before.years_since_first_sanction, 2);
    assert_int_equal(found.undated, 1);
    assert_int_equal(found.straddling, 1);
    assert_near(criminal_history_copas_rate(&found.before), log(4.0 / 12.0), 1e-15);
    uint32_t previous = 0;
    for (uint32_t row = found.person.offence; row < found.person.offence_end; row++) {
        history_offence offence = history_offence_at(found.person.block, row);
        previous += criminal_history_is_previous(&offence, (calendar_day)found.index.date);
    }
    assert_int_equal(previous, found.before.offences);
    end(&made);
}

static void nothing_on_record(void **state) {
    (void)state;
    fixture made;
    member found;
    start(&made, NULL);
    packed_people_appearance(&made.people, "2009-05-01", KIND_RELEASE, NULL);
    assert_int_equal(find(&made, &found), MEMBER_FOUND);
    assert_true(found.before.offences == 0 && found.before.sanctions == 0 &&
                found.before.custody == 0 && found.before.years_since_first_sanction == 0);
    assert_near(criminal_history_copas_rate(&found.before), log(1.0 / 10.0), 1e-15);
    end(&made);
    start(&made, NULL);
    packed_people_appearance(&made.people, "2010-05-01", KIND_RELEASE, NULL);
    assert_int_equal(find(&made, &found), MEMBER_NONE);
    end(&made);
}

/* Many offences of one day: the block has them by proven day already. */
static void proven_days_are_sorted(void **state) {
    (void)state;
    enum { MANY = 400 };
    fixture made;
    start(&made, NULL);
    for (int i = 0; i < MANY; i++) {
        char text[CALENDAR_TEXT_LENGTH + 1];
        calendar_format((calendar_day)day_of("2008-12-31") - i, text);
        packed_people_offence(&made.people, "2000-01-01", NULL, text, NULL);
    }
    history_person person = packed_people_open(&made.people);
    assert_true(proven_days_collect(&made.proven, &person));
    assert_int_equal(made.proven.count, MANY);
    for (size_t i = 1; i < MANY; i++)
        assert_true(made.proven.days[i - 1] <= made.proven.days[i]);
    assert_int_equal(proven_days_before(&made.proven, (calendar_day)day_of("2008-12-31")),
                     MANY - 1);
    end(&made);
}

/* Offence days rise while proven days fall: the order that costs most. */
static void proven_days_against_the_offence_days(void **state) {
    (void)state;
    enum { MANY = 400 };
    fixture made;
    start(&made, NULL);
    for (int i = 0; i < MANY; i++) {
        char date[CALENDAR_TEXT_LENGTH + 1], proven[CALENDAR_TEXT_LENGTH + 1];
        calendar_format((calendar_day)day_of("2000-01-01") + i, date);
        calendar_format((calendar_day)day_of("2008-12-31") - i, proven);
        packed_people_offence(&made.people, date, NULL, proven, NULL);
    }
    history_person person = packed_people_open(&made.people);
    assert_true(proven_days_collect(&made.proven, &person));
    for (size_t i = 1; i < MANY; i++)
        assert_true(made.proven.days[i - 1] < made.proven.days[i]);
    end(&made);
}

static void spells_overlap_the_window(void **state) {
    (void)state;
    static const struct {
        const char *start, *end;
        bool counts;
    } spells[] = {{"2009-12-31", NULL, true}, {"2010-01-01", NULL, false},
                  {NULL, "2009-01-01", true}, {NULL, "2008-12-31", false},
                  {NULL, NULL, true},         {"2008-01-01", "2011-01-01", true},
                  {"2009-03-01", "2009-03-01", true}};
    fixture made;
    start(&made, NULL);
    for (size_t i = 0; i < count_of(spells); i++) {
        history_membership spell = {1, day_of(spells[i].start), day_of(spells[i].end)};
        int32_t first, last;
        assert_int_equal(member_spell_counts(&made.plan, &spell), spells[i].counts);
        cohort_spell_windows(&made.plan, &spell, &first, &last);
        assert_int_equal(first <= last, spells[i].counts);
    }
    end(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age_is_completed_years_from_ten),
        cmocka_unit_test(what_is_on_record_before_the_index_event),
        cmocka_unit_test(nothing_on_record),
        cmocka_unit_test(proven_days_are_sorted),
        cmocka_unit_test(proven_days_against_the_offence_days),
        cmocka_unit_test(spells_overlap_the_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
