/* memory.h: growing arrays, with and without memory. */
#include "check.h"
#include "failing_memory.h"

static void reserve_grows_and_keeps_what_was_there(void **state) {
    (void)state;
    failing_memory m;
    failing_memory_start(&m, 0);
    int32_t *items = NULL;
    size_t capacity = 0;
    for (size_t n = 0; n < 10000; n++) {
        assert_true(memory_reserve(&m.base, (void **)&items, &capacity, n + 1, sizeof *items));
        assert_true(capacity > n);
        items[n] = (int32_t)n;
    }
    for (size_t n = 0; n < 10000; n++)
        assert_int_equal(items[n], n);
    assert_true(m.requests < 40); /* by half at least each time */
    memory_free(&m.base, items);
    assert_int_equal(m.live, 0);
}

static void reserve_without_memory_leaves_the_array(void **state) {
    (void)state;
    failing_memory m;
    failing_memory_start(&m, 2);
    char *items = NULL;
    size_t capacity = 0;
    assert_true(memory_reserve(&m.base, (void **)&items, &capacity, 3, 1));
    memcpy(items, "ab", 3);
    size_t before = capacity;
    assert_false(memory_reserve(&m.base, (void **)&items, &capacity, capacity + 1, 1));
    assert_int_equal(capacity, before);
    assert_string_equal(items, "ab");
    memory_free(&m.base, items);
    assert_int_equal(m.live, 0);
}

static void reserve_refuses_sizes_that_overflow(void **state) {
    (void)state;
    failing_memory m;
    failing_memory_start(&m, 0);
    void *items = NULL;
    size_t capacity = 0;
    assert_false(memory_reserve(&m.base, &items, &capacity, SIZE_MAX / 8 + 1, 8));
    assert_int_equal(m.requests, 0);
    assert_null(items);
}

static void free_of_nothing_does_nothing(void **state) {
    (void)state;
    failing_memory m;
    failing_memory_start(&m, 0);
    memory_free(&m.base, NULL);
    assert_int_equal(m.live, 0);
    assert_int_equal(m.requests, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reserve_grows_and_keeps_what_was_there),
        cmocka_unit_test(reserve_without_memory_leaves_the_array),
        cmocka_unit_test(reserve_refuses_sizes_that_overflow),
        cmocka_unit_test(free_of_nothing_does_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
