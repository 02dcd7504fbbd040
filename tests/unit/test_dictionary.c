/* dictionary.h: codes in order of appearance, families apart, byte order, and no memory. */
#include "dictionary.h"

#include "check.h"
#include "failing_memory.h"

static uint32_t add(dictionary *to, dictionary_family family, const char *text) {
    return dictionary_add(to, family, text, strlen(text));
}

static void codes_stand_for_texts(void **state) {
    (void)state;
    failing_memory from;
    dictionary texts;
    failing_memory_start(&from, 0);
    dictionary_init(&texts, &from.base);
    assert_int_equal(dictionary_find(&texts, DICTIONARY_AREA, "E07", 3), 0);
    assert_int_equal(add(&texts, DICTIONARY_AREA, "E07"), 1);
    assert_int_equal(add(&texts, DICTIONARY_AREA, ""), 2);
    assert_int_equal(add(&texts, DICTIONARY_AREA, "E07"), 1);
    assert_int_equal(add(&texts, DICTIONARY_SEX, "E07"), 1);
    assert_int_equal(dictionary_add(&texts, DICTIONARY_AREA, "E07\0x", 5), 3);
    assert_int_equal(dictionary_find(&texts, DICTIONARY_AREA, "E07\0x", 5), 3);
    assert_int_equal(dictionary_find(&texts, DICTIONARY_AREA, "E0", 2), 0);
    assert_int_equal(dictionary_find(&texts, DICTIONARY_DISPOSAL, "E07", 3), 0);
    assert_int_equal(dictionary_count(&texts, DICTIONARY_AREA), 3);
    assert_int_equal(dictionary_count(&texts, DICTIONARY_SEX), 1);
    assert_string_equal(dictionary_at(&texts, DICTIONARY_AREA, 1)->text, "E07");
    assert_null(dictionary_at(&texts, DICTIONARY_AREA, 0));
    assert_null(dictionary_at(&texts, DICTIONARY_AREA, 4));
    dictionary_free(&texts);
    assert_int_equal(from.live, 0);
}

static void ranks_follow_the_bytes(void **state) {
    (void)state;
    static const char *const given[] = {"b", "a", "ab", "", "\xc3\xa9", "B", "aa"};
    static const uint32_t places[] = {6, 3, 5, 1, 7, 2, 4};
    failing_memory from;
    dictionary texts;
    failing_memory_start(&from, 0);
    dictionary_init(&texts, &from.base);
    for (size_t i = 0; i < count_of(given); i++)
        add(&texts, DICTIONARY_AREA, given[i]);
    uint32_t *ranks = dictionary_ranks(&texts, DICTIONARY_AREA);
    assert_int_equal(ranks[0], 0);
    for (size_t i = 0; i < count_of(given); i++)
        assert_int_equal(ranks[i + 1], places[i]);
    memory_free(&from.base, ranks);
    assert_true(dictionary_compare(&texts, DICTIONARY_AREA, 0, 4) < 0);
    assert_true(dictionary_compare(&texts, DICTIONARY_AREA, 2, 3) < 0);
    assert_int_equal(dictionary_compare(&texts, DICTIONARY_AREA, 0, 0), 0);
    ranks = dictionary_ranks(&texts, DICTIONARY_SEX);
    assert_int_equal(ranks[0], 0);
    memory_free(&from.base, ranks);
    dictionary_free(&texts);
    assert_int_equal(from.live, 0);
}

static void many_texts_keep_their_codes(void **state) {
    (void)state;
    enum { MANY = 5000 };
    failing_memory from;
    dictionary texts;
    failing_memory_start(&from, 0);
    dictionary_init(&texts, &from.base);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < MANY; i++) {
            char text[16];
            snprintf(text, sizeof text, "%d", i * 7919 % MANY);
            assert_int_equal(add(&texts, DICTIONARY_HO_CODE, text), i + 1);
        }
    uint32_t *ranks = dictionary_ranks(&texts, DICTIONARY_HO_CODE);
    static bool taken[MANY + 1];
    for (int i = 1; i <= MANY; i++) {
        assert_in_range(ranks[i], 1, MANY);
        assert_false(taken[ranks[i]]);
        taken[ranks[i]] = true;
    }
    memory_free(&from.base, ranks);
    dictionary_free(&texts);
    assert_int_equal(from.live, 0);
}

static void no_memory_is_said_and_leaks_nothing(void **state) {
    (void)state;
    bool whole = false;
    for (long fail_at = 1; !whole; fail_at++) {
        failing_memory from;
        dictionary texts;
        failing_memory_start(&from, fail_at);
        dictionary_init(&texts, &from.base);
        int added = 0;
        for (; added < 100; added++) {
            char text[16];
            snprintf(text, sizeof text, "%d", added);
            if (!add(&texts, DICTIONARY_AREA, text))
                break;
        }
        assert_int_equal(dictionary_count(&texts, DICTIONARY_AREA), added);
        uint32_t *ranks = added == 100 ? dictionary_ranks(&texts, DICTIONARY_AREA) : NULL;
        whole = ranks != NULL;
        memory_free(&from.base, ranks);
        dictionary_free(&texts);
        assert_int_equal(from.live, 0);
        assert_true(fail_at < 1000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_stand_for_texts),
        cmocka_unit_test(ranks_follow_the_bytes),
        cmocka_unit_test(many_texts_keep_their_codes),
        cmocka_unit_test(no_memory_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
