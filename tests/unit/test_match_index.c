/* match_index.h: candidates are those that share a block, each once, with their score. */
#include "check.h"
#include "failing_memory.h"
#include "match_index.h"

static match_person person_of(const char *surname, const char *forename, const char *birth) {
    match_person person;
    match_name_read(surname, strlen(surname), &person.surname);
    match_name_read(forename, strlen(forename), &person.forename);
    assert_true(calendar_parse(birth, CALENDAR_TEXT_LENGTH, &person.birth));
    return person;
}

static bool share_a_block(const match_person *a, const match_person *b) {
    for (int block = 1; block <= MATCH_BLOCKS; block++)
        if (match_block_key(block, a) == match_block_key(block, b)) return true;
    return false;
}

/* A world of few letters and days, so that blocks are often shared. */
static match_person random_person(unsigned *seed) {
    static const char *const names[] = {"ANN", "ANNA", "BOB", "BO", "CARA", "DAN", "ANNE", "B"};
    char birth[CALENDAR_TEXT_LENGTH + 1];
    unsigned drawn = *seed = *seed * 1103515245u + 12345u;
    snprintf(birth, sizeof birth, "19%02u-%02u-%02u", 80 + (drawn >> 8) % 4, 1 + (drawn >> 12) % 12,
             1 + (drawn >> 16) % 12);
    return person_of(names[(drawn >> 20) % count_of(names)], names[(drawn >> 24) % count_of(names)],
                     birth);
}

static void candidates_are_those_of_the_blocks(void **state) {
    (void)state;
    enum { LISTED = 200, PEOPLE = 500 };
    failing_memory from;
    failing_memory_start(&from, 0);
    match_index index = {.from = &from.base};
    static match_person listed[LISTED];
    unsigned seed = 1, found = 0;
    for (int i = 0; i < LISTED; i++) {
        listed[i] = random_person(&seed);
        assert_true(match_index_add(&index, 1000 + i, &listed[i]));
    }
    assert_true(match_index_seal(&index));
    for (int i = 0; i < PEOPLE; i++) {
        match_person person = random_person(&seed);
        bool seen[LISTED] = {false};
        int64_t id;
        double score;
        match_index_ask(&index, &person);
        while (match_index_next(&index, &id, &score)) {
            assert_in_range(id, 1000, 1000 + LISTED - 1);
            assert_false(seen[id - 1000]);
            seen[id - 1000] = true;
            assert_near(score, match_score(&listed[id - 1000], &person), 0);
            found++;
        }
        for (int j = 0; j < LISTED; j++)
            assert_int_equal(seen[j], share_a_block(&listed[j], &person));
    }
    assert_true(found > PEOPLE);
    match_index_free(&index);
    assert_int_equal(from.live, 0);
}

static void nobody_listed(void **state) {
    (void)state;
    failing_memory from;
    failing_memory_start(&from, 0);
    match_index index = {.from = &from.base};
    match_person person = person_of("ARCHER", "ANN", "1980-01-02");
    int64_t id;
    double score;
    assert_true(match_index_seal(&index));
    match_index_ask(&index, &person);
    assert_false(match_index_next(&index, &id, &score));
    assert_false(match_index_next(&index, &id, &score));
    match_index_free(&index);
    assert_int_equal(from.live, 0);
}

static void names_of_any_length(void **state) {
    (void)state;
    char longest[MATCH_NAME_LONGEST + 1];
    memset(longest, 'A', MATCH_NAME_LONGEST);
    longest[MATCH_NAME_LONGEST] = '\0';
    failing_memory from;
    failing_memory_start(&from, 0);
    match_index index = {.from = &from.base};
    match_person person = person_of(longest, longest, "1980-01-02");
    int64_t id = 0;
    double score = 0;
    assert_true(match_index_add(&index, -5, &person));
    assert_true(match_index_seal(&index));
    match_index_ask(&index, &person);
    assert_true(match_index_next(&index, &id, &score));
    assert_int_equal(id, -5);
    assert_near(score, match_score(&person, &person), 0);
    assert_false(match_index_next(&index, &id, &score));
    match_index_free(&index);
    assert_int_equal(from.live, 0);
}

static void without_memory(void **state) {
    (void)state;
    match_person person = person_of("ARCHER", "ANN", "1980-01-02");
    bool done = false;
    for (long n = 1; !done; n++) {
        failing_memory from;
        failing_memory_start(&from, n);
        match_index index = {.from = &from.base};
        done = match_index_add(&index, 1, &person) && match_index_seal(&index);
        match_index_free(&index);
        assert_int_equal(from.live, 0);
        assert_true(done || n < 10);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(candidates_are_those_of_the_blocks),
        cmocka_unit_test(nobody_listed),
        cmocka_unit_test(names_of_any_length),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
