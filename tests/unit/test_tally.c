/* tally.h by hand: groups and windows stay apart, only what is kept is counted, no memory. */
#include "tally.h"

#include "check.h"
#include "failing_memory.h"

static const tally_set everything = (1u << TALLY_COUNTS) - 1;

static void add(tally *to, uint64_t key, int32_t first, int32_t last,
                const follow_up_outcome *outcome, uint32_t previous) {
    uint32_t added[TALLY_COUNTS + TALLY_VECTOR];
    uint32_t *cells = tally_find(to, key);
    assert_non_null(cells);
    tally_lay_out(to, outcome, &previous, 1, added);
    tally_add(to->width, cells, first, last, added);
}

static const follow_up_outcome nothing;
static const follow_up_outcome much = {.reoffences = 5,
                                       .reappearances = 2,
                                       .violent_sexual = 3,
                                       .serious_acquisitive = 1,
                                       .unclassified = 4};

static void an_offender_adds_to_a_run_of_windows(void **state) {
    (void)state;
    static const uint32_t expected[TALLY_COUNTS] = {
        [TALLY_OFFENDERS] = 2,
        [TALLY_REOFFENDERS] = 1,
        [TALLY_REOFFENCES] = 5,
        [TALLY_REAPPEARANCES] = 2,
        [TALLY_REAPPEARING_OFFENDERS] = 1,
        [TALLY_VIOLENT_SEXUAL_REOFFENCES] = 3,
        [TALLY_VIOLENT_SEXUAL_REOFFENDERS] = 1,
        [TALLY_SERIOUS_ACQUISITIVE_REOFFENCES] = 1,
        [TALLY_SERIOUS_ACQUISITIVE_REOFFENDERS] = 1,
        [TALLY_UNCLASSIFIED_REOFFENCES] = 4,
        [TALLY_PREVIOUS_OFFENCES] = 7,
    };
    failing_memory from;
    tally sum;
    failing_memory_start(&from, 0);
    tally_init(&sum, &from.base, 4, everything);
    add(&sum, 9, 1, 2, &much, 7);
    add(&sum, 9, 2, 3, &nothing, 0);
    tally_finish(&sum);
    for (int i = 0; i < TALLY_COUNTS; i++) {
        tally_count which = (tally_count)i;
        assert_int_equal(tally_at(&sum, 0, 0, which), 0);
        assert_int_equal(tally_at(&sum, 0, 2, which), expected[i]);
        assert_int_equal(tally_at(&sum, 0, 1, which),
                         which == TALLY_OFFENDERS ? 1 : expected[i]);
        assert_int_equal(tally_at(&sum, 0, 3, which), which == TALLY_OFFENDERS);
    }
    tally_free(&sum);
    assert_int_equal(from.live, 0);
}

static void only_what_is_kept_is_counted(void **state) {
    (void)state;
    failing_memory from;
    failing_memory_start(&from, 0);
    for (int i = 0; i < TALLY_COUNTS; i++) {
        tally whole, part;
        tally_init(&whole, &from.base, 1, everything);
        tally_init(&part, &from.base, 1, 1u << i);
        add(&whole, 0, 0, 0, &much, 7);
        add(&part, 0, 0, 0, &much, 7);
        tally_finish(&whole);
        tally_finish(&part);
        for (int k = 0; k < TALLY_COUNTS; k++)
            assert_int_equal(tally_at(&part, 0, 0, (tally_count)k),
                             k == i || k == TALLY_OFFENDERS
                                 ? tally_at(&whole, 0, 0, (tally_count)k)
                                 : 0);
        tally_free(&whole);
        tally_free(&part);
    }
    assert_int_equal(from.live, 0);
}

static void groups_stay_apart_and_are_sorted(void **state) {
    (void)state;
    enum { GROUPS = 700 };
    failing_memory from;
    tally sum;
    failing_memory_start(&from, 0);
    tally_init(&sum, &from.base, 2, everything);
    for (uint32_t round = 0; round < 3; round++)
        for (uint32_t i = 0; i < GROUPS; i++) {
            uint32_t key = i * 389 % GROUPS;
            add(&sum, (uint64_t)key << 40, 0, key % 2, &nothing, key);
        }
    assert_int_equal(sum.groups.count, GROUPS);
    tally_finish(&sum);
    for (uint32_t i = 0; i < GROUPS; i++) {
        assert_true(sum.groups.groups[i].key == (uint64_t)i << 40);
        assert_int_equal(tally_at(&sum, i, 0, TALLY_OFFENDERS), 3);
        assert_int_equal(tally_at(&sum, i, 0, TALLY_PREVIOUS_OFFENCES), 3 * i);
        assert_int_equal(tally_at(&sum, i, 1, TALLY_OFFENDERS), i % 2 ? 3 : 0);
    }
    tally_free(&sum);
    assert_int_equal(from.live, 0);
}

/* Few keys give a dense tally, many a hashed one; both count the same. */
static void a_dense_tally_counts_as_a_hashed_one(void **state) {
    (void)state;
    enum { KEYS = 300, WINDOWS = 5 };
    failing_memory from;
    tally dense, hashed;
    failing_memory_start(&from, 0);
    tally_init(&dense, &from.base, WINDOWS, everything);
    tally_init(&hashed, &from.base, WINDOWS, everything);
    assert_true(tally_lay_dense(&dense, KEYS));
    assert_true(tally_lay_dense(&hashed, UINT64_MAX));
    assert_non_null(dense.groups.dense);
    assert_null(hashed.groups.dense);
    for (uint32_t i = 0; i < 3 * KEYS; i++) {
        follow_up_outcome outcome = {.reoffences = i % 4, .reappearances = i % 3};
        add(&dense, i * 7 % KEYS, (int32_t)(i % WINDOWS), WINDOWS - 1, &outcome, i);
        add(&hashed, i * 7 % KEYS, (int32_t)(i % WINDOWS), WINDOWS - 1, &outcome, i);
    }
    tally_finish(&dense);
    tally_finish(&hashed);
    assert_int_equal(dense.groups.count, hashed.groups.count);
    for (size_t group = 0; group < dense.groups.count; group++) {
        assert_true(dense.groups.groups[group].key == hashed.groups.groups[group].key);
        for (int32_t window = 0; window < WINDOWS; window++)
            for (int i = 0; i < TALLY_COUNTS; i++)
                assert_int_equal(tally_at(&dense, group, window, (tally_count)i),
                                 tally_at(&hashed, group, window, (tally_count)i));
    }
    tally_free(&dense);
    tally_free(&hashed);
    assert_int_equal(from.live, 0);
}

static void no_memory_is_said_and_leaks_nothing(void **state) {
    (void)state;
    bool whole = false;
    for (long fail_at = 1; !whole; fail_at++) {
        failing_memory from;
        tally sum;
        failing_memory_start(&from, fail_at);
        tally_init(&sum, &from.base, 3, everything);
        whole = true;
        for (uint64_t key = 0; whole && key < 60; key++)
            whole = tally_find(&sum, key) != NULL;
        tally_free(&sum);
        assert_int_equal(from.live, 0);
        assert_true(fail_at < 500);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offender_adds_to_a_run_of_windows),
        cmocka_unit_test(only_what_is_kept_is_counted),
        cmocka_unit_test(groups_stay_apart_and_are_sorted),
        cmocka_unit_test(a_dense_tally_counts_as_a_hashed_one),
        cmocka_unit_test(no_memory_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
