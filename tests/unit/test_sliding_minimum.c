/* sliding_minimum.h: against a search of all rows still there, and when memory runs out. */
#include "sliding_minimum.h"

#include "check.h"
#include "failing_memory.h"

enum { ROWS = 4000 };

typedef struct model {
    sliding_value values[ROWS];
    bool skipped[ROWS];
    int added, removed;
} model;

static const sliding_value *search(const model *rows) {
    const sliding_value *least = NULL;
    for (int i = rows->removed; i < rows->added; i++) {
        const sliding_value *value = &rows->values[i];
        if (rows->skipped[i]) continue;
        if (!least || value->key < least->key ||
            (value->key == least->key && value->tie < least->tie))
            least = value;
    }
    return least;
}

static uint32_t next_number(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void check_least(const sliding_minimum *rows, const model *expected) {
    const sliding_value *least = sliding_minimum_least(rows), *right = search(expected);
    assert_int_equal(least == NULL, right == NULL);
    if (!least) return;
    assert_int_equal(least->key, right->key);
    assert_int_equal(least->tie, right->tie);
}

/* `rise` makes keys tend upwards (every row is kept), downwards (few are) or neither. */
static void check_walk(uint32_t seed, int rise, unsigned removals) {
    static model expected;
    failing_memory from;
    sliding_minimum rows = {0};
    failing_memory_start(&from, 0);
    expected = (model){0};
    while (expected.added < ROWS) {
        uint32_t draw = next_number(&seed);
        if (expected.removed < expected.added && draw % 100 < removals) {
            sliding_minimum_remove(&rows);
            expected.removed++;
        } else {
            sliding_value value = {(int64_t)(draw % 7) + (int64_t)rise * expected.added / 10,
                                   (int64_t)(draw % 5) - 2};
            expected.values[expected.added] = value;
            expected.skipped[expected.added] = draw % 11 == 0;
            if (expected.skipped[expected.added]) {
                sliding_minimum_skip(&rows);
            } else {
                assert_true(sliding_minimum_add(&rows, &from.base, value));
            }
            expected.added++;
        }
        if (draw % 3 == 0) check_least(&rows, &expected);
    }
    for (; expected.removed < ROWS; expected.removed++) {
        if (expected.removed % 16 == 0) check_least(&rows, &expected);
        sliding_minimum_remove(&rows);
    }
    assert_null(sliding_minimum_least(&rows));
    sliding_minimum_free(&rows, &from.base);
    assert_int_equal(from.live, 0);
}

static void equals_a_search(void **state) {
    (void)state;
    for (int rise = -1; rise <= 1; rise++)
        for (unsigned removals = 0; removals <= 48; removals += 12)
            check_walk(removals + 7, rise, removals);
}

static void a_long_narrow_frame_needs_little_room(void **state) {
    (void)state;
    failing_memory from;
    sliding_minimum rows = {0};
    failing_memory_start(&from, 0);
    for (int64_t i = 0; i < 100000; i++) {
        assert_true(sliding_minimum_add(&rows, &from.base, (sliding_value){i, 0}));
        if (i >= 10) sliding_minimum_remove(&rows);
    }
    assert_true(rows.capacity <= 64);
    sliding_minimum_free(&rows, &from.base);
    assert_int_equal(from.live, 0);
}

static void no_memory_adds_nothing(void **state) {
    (void)state;
    for (long fail_at = 1; fail_at <= 6; fail_at++) {
        failing_memory from;
        sliding_minimum rows = {0};
        int64_t added = 0;
        failing_memory_start(&from, fail_at);
        while (added < 1000 &&
               sliding_minimum_add(&rows, &from.base, (sliding_value){added + 5, 0}))
            added++;
        assert_true(added < 1000);
        assert_int_equal(rows.added, added);
        if (added) {
            assert_int_equal(sliding_minimum_least(&rows)->key, 5);
        } else {
            assert_null(sliding_minimum_least(&rows));
        }
        sliding_minimum_free(&rows, &from.base);
        assert_int_equal(from.live, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_a_search),
        cmocka_unit_test(a_long_narrow_frame_needs_little_room),
        cmocka_unit_test(no_memory_adds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
