/* history_slice.h: whatever way people are taken from a block, a slice holds what the block says of
** them row by row; what is counted on slices is what is decided event by event. */
#include "history_slice.h"

#include "check.h"
#include "criminal_history.h"
#include "failing_memory.h"
#include "follow_up.h"
#include "packed_people.h"

enum { PEOPLE = 2500 };

static uint32_t next_number(uint32_t *state) {
    *state = *state * UINT32_C(1664525) + UINT32_C(1013904223);
    return *state >> 8;
}

static const char *a_day(uint32_t *draw, char text[CALENDAR_TEXT_LENGTH + 1]) {
    calendar_format((calendar_day)(14200 + next_number(draw) % 900), text);
    return text;
}

static void add_offence(packed_people *to, uint32_t *draw) {
    char date[CALENDAR_TEXT_LENGTH + 1], end[CALENDAR_TEXT_LENGTH + 1];
    char proven[CALENDAR_TEXT_LENGTH + 1];
    uint32_t which = next_number(draw);
    a_day(draw, date);
    calendar_format((calendar_day)day_of(date) + (int32_t)(next_number(draw) % 40), end);
    packed_people_offence(to, which % 13 ? date : NULL, which % 7 || which % 13 == 0 ? NULL : end,
                          which % 5 ? a_day(draw, proven) : NULL,
                          which % 11 ? NULL : "not recordable");
}

/* People 2, 5, 8 ...; a few with very many offences, some with no appearance. */
static void make_people(packed_people *made, const memory *from) {
    uint32_t draw = 5;
    char date[CALENDAR_TEXT_LENGTH + 1];
    packed_people_start(made, from);
    for (int i = 0; i < PEOPLE; i++) {
        uint32_t appearances = next_number(&draw) % 5;
        uint32_t offences = i % 500 == 250 ? 400 : next_number(&draw) % 9;
        packed_people_person(made, 2 + 3 * i, NULL);
        while (appearances-- > 0)
            packed_people_appearance(made, a_day(&draw, date), (kind)(next_number(&draw) % KINDS),
                                     next_number(&draw) % 9 ? NULL : "immediate custody");
        while (offences-- > 0) add_offence(made, &draw);
    }
    packed_people_open(made);
}

static void expect_appearances(const history_slice *slice, uint32_t person, bool left_out) {
    for (int32_t row = slice->appearance_from[person]; row < slice->appearance_from[person + 1];
         row++) {
        history_appearance shown =
            history_appearance_at(slice->block, slice->appearance + (uint32_t)row);
        assert_int_equal(slice->whose[row], person);
        assert_int_equal(slice->date[row], left_out ? HISTORY_SLICE_LEFT_OUT : shown.date);
    }
}

static void expect_offences(const history_slice *slice, uint32_t person) {
    for (int32_t row = slice->offence_from[person]; row < slice->offence_from[person + 1]; row++) {
        history_offence shown = history_offence_at(slice->block, slice->offence + (uint32_t)row);
        bool dated = shown.date != HISTORY_NULL;
        bool counts = shown.proven != HISTORY_NULL && !shown.excluded;
        assert_int_equal(slice->first_day[row], dated ? shown.date : HISTORY_SLICE_NEVER);
        assert_int_equal(slice->last_day[row], dated ? shown.end : HISTORY_SLICE_NEVER);
        assert_int_equal(slice->proven[row], counts ? shown.proven : HISTORY_SLICE_NEVER);
    }
}

static void expect_same_person(const history_person *a, const history_person *b) {
    assert_true(a->id == b->id && a->row == b->row);
    assert_true(a->appearance == b->appearance && a->appearance_end == b->appearance_end);
    assert_true(a->offence == b->offence && a->dated_end == b->dated_end);
    assert_true(a->offence_end == b->offence_end);
    assert_true(a->membership == b->membership && a->membership_end == b->membership_end);
}

static void a_slice_holds_what_the_block_says(void **state) {
    (void)state;
    failing_memory from;
    packed_people people;
    history_slice slice;
    history_person person;
    int64_t ids[HISTORY_SLICE_PEOPLE];
    uint32_t seen = 0;
    failing_memory_start(&from, 0);
    make_people(&people, &from.base);
    history_slice_init(&slice, &from.base);
    assert_true(history_first_person(&people.block, &person));
    slice_result result = history_slice_first(&slice, &people.block);
    for (; result == SLICE_READ; result = history_slice_next(&slice)) {
        assert_true(history_slice_read_appearances(&slice));
        assert_true(history_slice_read_offences(&slice));
        history_slice_ids(&slice, ids);
        for (uint32_t i = 0; i < slice.people; i++, seen++) {
            history_person whole = history_slice_person(&slice, i, ids[i]);
            expect_same_person(&whole, &person);
            expect_appearances(&slice, i, false);
            expect_offences(&slice, i);
            history_next_person(&person);
        }
    }
    assert_int_equal(result, SLICE_END);
    assert_int_equal(seen, people.block.rows[HISTORY_PEOPLE]);
    history_slice_free(&slice);
    packed_people_free(&people);
    assert_int_equal(from.live, 0);
}

static void a_slice_of_one(void **state) {
    (void)state;
    failing_memory from;
    packed_people people;
    history_slice slice;
    history_person person;
    failing_memory_start(&from, 0);
    make_people(&people, &from.base);
    history_slice_init(&slice, &from.base);
    for (bool more = history_first_person(&people.block, &person); more;
         more = history_next_person(&person)) {
        assert_int_equal(history_slice_only(&slice, &person), SLICE_READ);
        assert_true(history_slice_read_appearances(&slice));
        assert_true(history_slice_read_offences(&slice));
        history_person whole = history_slice_person(&slice, 0, person.id);
        expect_same_person(&whole, &person);
        expect_appearances(&slice, 0, false);
        expect_offences(&slice, 0);
    }
    history_slice_free(&slice);
    packed_people_free(&people);
}

static void those_left_out_have_no_date(void **state) {
    (void)state;
    failing_memory from;
    packed_people people;
    history_slice slice;
    int64_t ids[HISTORY_SLICE_PEOPLE];
    const int64_t left_out[] = {-4, 2, 3, 8, 3077, 7000, 9999999};
    failing_memory_start(&from, 0);
    make_people(&people, &from.base);
    people.block.left_out = left_out;
    people.block.left_out_count = count_of(left_out);
    history_slice_init(&slice, &from.base);
    slice_result result = history_slice_first(&slice, &people.block);
    for (; result == SLICE_READ; result = history_slice_next(&slice)) {
        assert_true(history_slice_read_appearances(&slice));
        history_slice_ids(&slice, ids);
        for (uint32_t i = 0; i < slice.people; i++) {
            bool is_left_out = false;
            for (size_t k = 0; k < count_of(left_out); k++) is_left_out |= left_out[k] == ids[i];
            assert_int_equal(slice.is_left_out[i], is_left_out);
            expect_appearances(&slice, i, is_left_out);
        }
    }
    history_slice_free(&slice);
    packed_people_free(&people);
}

/* What follow_up.h and criminal_history.h say of one index event, event by event. */
static void expect_outcome(const history_slice *slice, const cohort_entry *entry,
                           const window_plan *plan, const follow_up_outcome *outcome,
                           uint32_t previous) {
    history_person person = history_slice_person(slice, entry->person, 0);
    const window_day *limits = window_plan_day(plan, entry->date);
    uint32_t reoffences = 0, reappearances = 0, before = 0;
    int64_t first = HISTORY_NULL;
    for (uint32_t row = person.offence; row < person.offence_end; row++) {
        history_offence offence = history_offence_at(slice->block, row);
        before += criminal_history_is_previous(&offence, entry->date);
        if (follow_up_decide(&offence, entry->date, limits) != FOLLOW_UP_REOFFENCE) continue;
        if (reoffences++ == 0) first = offence.date;
    }
    for (uint32_t row = person.appearance; row < person.appearance_end; row++) {
        history_appearance shown = history_appearance_at(slice->block, row);
        reappearances +=
            !shown.excluded && follow_up_is_reappearance(shown.date, entry->date, limits);
    }
    assert_int_equal(outcome->reoffences, reoffences);
    assert_int_equal(outcome->unclassified, reoffences);
    assert_int_equal(outcome->reappearances, reappearances);
    if (reoffences) assert_int_equal(outcome->first_date, first);
    assert_int_equal(previous, before);
}

static size_t expect_outcomes(history_slice *slice, const window_plan *plan, const memory *from) {
    static const follow_up_weight unclassified = UINT32_C(1) << 24;
    static follow_up_outcome outcomes[4 * HISTORY_SLICE_PEOPLE];
    static uint32_t previous[4 * HISTORY_SLICE_PEOPLE];
    cohort_entries entries;
    follow_up_counter counter;
    proven_days room;
    cohort_entries_init(&entries, from);
    proven_days_init(&room, from);
    follow_up_init(&counter, from, &unclassified, 1);
    counter.with_severity = counter.with_first_date = counter.with_reappearances = true;
    assert_true(cohort_select(&entries, plan, slice));
    assert_true(entries.count <= count_of(outcomes));
    assert_int_equal(follow_up_count(&counter, plan, slice, &entries, outcomes), FOLLOW_UP_COUNTED);
    assert_true(criminal_history_previous(&room, slice, &entries, previous));
    for (size_t i = 0; i < entries.count; i++)
        expect_outcome(slice, &entries.items[i], plan, &outcomes[i], previous[i]);
    size_t count = entries.count;
    cohort_entries_free(&entries);
    proven_days_free(&room);
    follow_up_free(&counter);
    return count;
}

static void counting_on_slices_agrees_with_deciding(void **state) {
    (void)state;
    failing_memory from;
    packed_people people;
    history_slice slice;
    window_plan plan;
    window_range range = {14200, 14800, CALENDAR_FIRST_DAY, CALENDAR_LAST_DAY};
    size_t seen = 0;
    failing_memory_start(&from, 0);
    make_people(&people, &from.base);
    history_slice_init(&slice, &from.base);
    assert_int_equal(window_plan_make(&plan, &from.base, &range, &window_options_default),
                     WINDOW_PLAN_MADE);
    slice_result result = history_slice_first(&slice, &people.block);
    for (; result == SLICE_READ; result = history_slice_next(&slice))
        seen += expect_outcomes(&slice, &plan, &from.base);
    assert_true(seen > PEOPLE);
    window_plan_free(&plan);
    history_slice_free(&slice);
    packed_people_free(&people);
    assert_int_equal(from.live, 0);
}

static void nobody_gives_no_slice(void **state) {
    (void)state;
    failing_memory from;
    history_slice slice;
    const history_block nobody = {.rows = {0}};
    failing_memory_start(&from, 0);
    history_slice_init(&slice, &from.base);
    assert_int_equal(history_slice_first(&slice, &nobody), SLICE_END);
    history_slice_free(&slice);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slice_holds_what_the_block_says),
        cmocka_unit_test(a_slice_of_one),
        cmocka_unit_test(those_left_out_have_no_date),
        cmocka_unit_test(counting_on_slices_agrees_with_deciding),
        cmocka_unit_test(nobody_gives_no_slice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
