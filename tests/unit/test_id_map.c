/* id_map.h: numbers that stand for others. */
#include "check.h"
#include "failing_memory.h"
#include "id_map.h"

static void what_is_not_there_stands_for_itself(void **state) {
    (void)state;
    failing_memory from;
    failing_memory_start(&from, 0);
    id_map map = {.from = &from.base};
    assert_int_equal(id_map_follow(&map, 7), 7);
    assert_true(id_map_set(&map, 7, 9));
    assert_int_equal(id_map_follow(&map, 7), 9);
    assert_int_equal(id_map_follow(&map, 9), 9);
    assert_int_equal(id_map_follow(&map, 0), 0);
    assert_true(id_map_set(&map, 7, 8)); /* another value, not another entry */
    assert_int_equal(id_map_follow(&map, 7), 8);
    assert_int_equal(map.count, 1);
    id_map_free(&map);
    assert_int_equal(id_map_follow(&map, 7), 7);
    assert_int_equal(from.live, 0);
}

static void many(void **state) {
    (void)state;
    enum { IDS = 20000 };
    failing_memory from;
    failing_memory_start(&from, 0);
    id_map map = {.from = &from.base};
    for (int64_t i = 0; i < IDS; i++) assert_true(id_map_set(&map, 19790000000 + i * i, i));
    for (int64_t i = 0; i < IDS; i++) assert_int_equal(id_map_follow(&map, 19790000000 + i * i), i);
    assert_int_equal(map.count, IDS);
    id_map_free(&map);
    assert_int_equal(from.live, 0);
}

static void without_memory(void **state) {
    (void)state;
    failing_memory from;
    failing_memory_start(&from, 2);
    id_map map = {.from = &from.base};
    int64_t added = 0;
    while (id_map_set(&map, added, added + 1)) added++;
    for (int64_t i = 0; i < added; i++) assert_int_equal(id_map_follow(&map, i), i + 1);
    assert_int_equal(id_map_follow(&map, added), added);
    assert_true(added > 0);
    id_map_free(&map);
    assert_int_equal(from.live, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_there_stands_for_itself),
        cmocka_unit_test(many),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
