/* Matching: the similarity against published examples, normal forms, birth dates digit by digit,
** the weights as probabilities, outcomes at their thresholds, what blocking keeps together. */
#include "match.h"

#include "check.h"

#include <stdlib.h>

static double similarity(const char *a, const char *b) {
    return match_name_similarity(a, strlen(a), b, strlen(b));
}

static void similarity_of_published_examples(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        double expected;
    } rows[] = {
        {"MARTHA", "MARHTA", 0.961111}, /* 6 agree, 1 transposition: 0.944, beginning MAR */
        {"DIXON", "DICKSONX", 0.813333},
        {"DWAYNE", "DUANE", 0.84},
        {"JELLYFISH", "SMELLYFISH", 0.896296},
        {"ABC", "XYZ", 0.0},
        {"A", "A", 1.0},
        {"", "", 1.0},
        {"A", "", 0.0},
        {"AB", "BA", 0.0}, /* no further apart than 2 / 2 - 1 = 0 */
    };
    for (size_t i = 0; i < count_of(rows); i++) {
        assert_near(similarity(rows[i].a, rows[i].b), rows[i].expected, 1e-6);
        assert_near(similarity(rows[i].b, rows[i].a), rows[i].expected, 1e-6);
    }
}

static void similarity_is_over_characters(void **state) {
    (void)state;
    /* One of five characters differs, whatever it takes in bytes: (4/5 + 4/5 + 1) / 3, no
    ** common beginning. */
    assert_near(similarity("\xc3\x89MILE", "EMILE"), 13.0 / 15, 1e-12);
    assert_near(similarity("\xc3\x89", "\xc3\xa9"), 0.0, 0);
    assert_near(similarity("\xff\xfe", "\xff\xfe"), 1.0, 0);
}

static void similarity_is_from_zero_to_one(void **state) {
    (void)state;
    char a[300], b[300];
    srand(7);
    for (int i = 0; i < 20000; i++) {
        size_t a_length = (size_t)(rand() % 12), b_length = (size_t)(rand() % 12);
        for (size_t j = 0; j < a_length; j++) a[j] = (char)('A' + rand() % 4);
        for (size_t j = 0; j < b_length; j++) b[j] = (char)('A' + rand() % 4);
        double once = match_name_similarity(a, a_length, b, b_length);
        assert_true(once >= 0.0 && once <= 1.0);
        assert_true((once >= 1.0) == (a_length == b_length && !memcmp(a, b, a_length)));
    }
    memset(a, 'A', sizeof a);
    memset(b, 'A', sizeof b);
    a[299] = 'B';
    assert_near(match_name_similarity(a, sizeof a, b, sizeof b), 1.0, 0); /* beyond 255 */
}

static void assert_normal(const char *text, const char *expected) {
    match_name name;
    match_name_read(text, strlen(text), &name);
    assert_string_equal(name.text, expected);
    assert_int_equal(name.length, strlen(expected));
}

static void normal_forms(void **state) {
    (void)state;
    assert_normal("O'Neill", "ONEILL");
    assert_normal("  o  neill ", "ONEILL");
    assert_normal("van der\nBerg", "VANDERBERG");
    assert_normal("N\xc3\xba\xc3\xb1"
                  "ez",
                  "NUNEZ");
    assert_normal("Nu\xcc\x81nez", "NUNEZ"); /* u, combining acute accent */
    assert_normal("M\xc3\xbcller", "MULLER");
    assert_normal("Stra\xc3\x9f"
                  "e",
                  "STRASSE");
    assert_normal("\xc3\x86r\xc3\xb8", "AERO");
    assert_normal("\xc5\x81ukasz", "LUKASZ");
    assert_normal("Nguy\xe1\xbb\x85n", "NGUYEN"); /* U+1EC5 */
    assert_normal("O\xe2\x80\x99"
                  "Brien",
                  "OBRIEN");               /* typographic apostrophe */
    assert_normal("\xd0\x96", "\xd0\x96"); /* another script stays */
    assert_normal("Henry 8", "HENRY8");
    assert_normal("-' .,", "");
    assert_normal("", "");
    assert_normal("A\xff\xc3Z\xe1\xbb", "AZ"); /* no UTF-8 */
    assert_normal("\xc3\x97", "");             /* multiplication sign */
}

static void names_end_at_the_longest(void **state) {
    (void)state;
    char long_text[1000];
    match_name name;
    memset(long_text, 'x', sizeof long_text);
    match_name_read(long_text, sizeof long_text, &name);
    assert_int_equal(name.length, MATCH_NAME_LONGEST);
    assert_int_equal(name.text[MATCH_NAME_LONGEST], 0);
    /* A character of two bytes is not cut in two. */
    memcpy(long_text + MATCH_NAME_LONGEST - 1, "\xd0\x96", 2);
    match_name_read(long_text, sizeof long_text, &name);
    assert_int_equal(name.length, MATCH_NAME_LONGEST - 1);
    match_name_read("A\0B", 3, &name);
    assert_string_equal(name.text, "AB");
}

static calendar_day day(const char *text) {
    calendar_day result;
    assert_true(calendar_parse(text, strlen(text), &result));
    return result;
}

static void birth_dates(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        match_birth expected;
    } rows[] = {
        {"1980-02-01", "1980-02-01", MATCH_BIRTH_EQUAL},
        {"1980-02-01", "1980-01-02", MATCH_BIRTH_DAY_MONTH_SWAPPED},
        {"1980-11-01", "1980-01-11", MATCH_BIRTH_DAY_MONTH_SWAPPED},
        {"1980-02-01", "1980-02-11", MATCH_BIRTH_ONE_DIGIT},
        {"1980-02-01", "1980-12-01", MATCH_BIRTH_ONE_DIGIT},
        {"1980-02-01", "1990-02-01", MATCH_BIRTH_ONE_DIGIT},
        {"1980-02-09", "1980-02-10", MATCH_BIRTH_YEAR}, /* a day apart, two digits */
        {"1980-02-01", "1980-03-04", MATCH_BIRTH_YEAR},
        {"1980-02-01", "1981-01-02", MATCH_BIRTH_DIFFERENT}, /* exchanged, another year */
        {"1980-02-01", "1991-02-01", MATCH_BIRTH_DIFFERENT},
    };
    for (size_t i = 0; i < count_of(rows); i++) {
        assert_int_equal(match_compare_births(day(rows[i].a), day(rows[i].b)), rows[i].expected);
        assert_int_equal(match_compare_births(day(rows[i].b), day(rows[i].a)), rows[i].expected);
    }
}

static void weights_are_probabilities(void **state) {
    (void)state;
    static const char *const fields[] = {"surname", "forename", "birth_date"};
    for (size_t i = 0; i < count_of(fields); i++) {
        double m = 0, u = 0, lowest = 1;
        int level = 0;
        for (const match_weight *row = match_weights; row->field; row++) {
            if (strcmp(row->field, fields[i]) != 0) continue;
            assert_true(row->m > 0 && row->u > 0);
            m += row->m;
            u += row->u;
            if (i < 2)
                assert_true(level == 0 ? row->lowest == 1.0 : row->lowest < lowest);
            else
                assert_string_equal(row->level, match_birth_text((match_birth)level));
            lowest = row->lowest;
            level++;
        }
        assert_near(m, 1.0, 1e-12);
        assert_near(u, 1.0, 1e-12);
        assert_near(lowest, 0.0, 0); /* the last level takes every similarity */
        assert_true(level >= 4);
    }
}

static match_person person(const char *surname, const char *forename, const char *birth) {
    match_person result;
    match_name_read(surname, strlen(surname), &result.surname);
    match_name_read(forename, strlen(forename), &result.forename);
    result.birth = day(birth);
    return result;
}

static const match_weight *weight(const char *field, const char *level) {
    for (const match_weight *row = match_weights; row->field; row++)
        if (!strcmp(row->field, field) && !strcmp(row->level, level)) return row;
    fail_msg("no weight %s %s", field, level);
    return NULL;
}

static double weighed(const char *surname, const char *forename, const char *birth) {
    const match_weight *rows[] = {weight("surname", surname), weight("forename", forename),
                                  weight("birth_date", birth)};
    double sum = 0;
    for (size_t i = 0; i < count_of(rows); i++) sum += log2(rows[i]->m / rows[i]->u);
    return sum;
}

static void scores_are_sums_of_weights(void **state) {
    (void)state;
    match_person john = person("Smith", "John", "1980-02-01");
    match_person rows[] = {
        person("SMITH", "JOHN", "1980-02-01"),  person("SMTIH", "JOHN", "1980-02-01"),
        person("SMITH", "JON", "1980-01-02"),   person("BROWN", "JOHN", "1980-02-11"),
        person("SMITH", "PAUL", "1980-07-09"),  person("BROWN", "PAUL", "1955-07-09"),
        person("SMYTHE", "JOHN", "1980-02-01"),
    };
    static const char *const levels[][3] = {
        {"equal", "equal", "equal"},
        {"close", "equal", "equal"},
        {"equal", "close", "day_month_swapped"},
        {"different", "equal", "one_digit"},
        {"equal", "different", "year"},
        {"different", "different", "different"},
        {"similar", "equal", "equal"}, /* 0.907 */
    };
    for (size_t i = 0; i < count_of(rows); i++) {
        double expected = weighed(levels[i][0], levels[i][1], levels[i][2]);
        assert_near(match_score(&john, &rows[i]), expected, 1e-12);
        assert_near(match_score(&rows[i], &john), expected, 1e-12);
    }
}

static void outcomes_at_their_thresholds(void **state) {
    (void)state;
    static const match_thresholds thresholds = {.certain = 20, .possible = 14, .margin = 5};
    assert_int_equal(match_decide(20, -INFINITY, &thresholds), MATCH_CERTAIN);
    assert_int_equal(match_decide(19.9, -INFINITY, &thresholds), MATCH_POSSIBLE);
    assert_int_equal(match_decide(27, 22, &thresholds), MATCH_CERTAIN);
    assert_int_equal(match_decide(27, 22.1, &thresholds), MATCH_POSSIBLE);
    assert_int_equal(match_decide(27, 27, &thresholds), MATCH_POSSIBLE); /* never guessed */
    assert_int_equal(match_decide(14, -INFINITY, &thresholds), MATCH_POSSIBLE);
    assert_int_equal(match_decide(13.9, -INFINITY, &thresholds), MATCH_UNMATCHED);
    assert_string_equal(match_outcome_text(MATCH_POSSIBLE), "possible");
}

static bool share_a_block(match_person a, match_person b) {
    for (int block = 1; block <= MATCH_BLOCKS; block++)
        if (match_block_key(block, &a) == match_block_key(block, &b)) return true;
    return false;
}

static void blocks_keep_single_errors_together(void **state) {
    (void)state;
    match_person john = person("Smith", "John", "1980-02-01");
    static const char *const kept[][3] = {
        {"Smith", "John", "1980-02-01"}, {"Xmith", "John", "1980-02-01"},
        {"Smith", "Xohn", "1980-02-01"}, {"Smith", "John", "1980-01-02"},
        {"Smith", "John", "1985-02-01"}, {"Smith", "John", "1980-02-11"},
        {"Brown", "John", "1980-02-01"}, {"Smith", "Peter", "1980-02-01"},
    };
    for (size_t i = 0; i < count_of(kept); i++)
        assert_true(share_a_block(john, person(kept[i][0], kept[i][1], kept[i][2])));
    assert_false(share_a_block(john, person("Brown", "Peter", "1980-02-01")));
    assert_false(share_a_block(john, person("Smith", "John", "1985-03-09")));
    assert_false(share_a_block(john, person("Brown", "John", "1980-02-11")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(similarity_of_published_examples),
        cmocka_unit_test(similarity_is_over_characters),
        cmocka_unit_test(similarity_is_from_zero_to_one),
        cmocka_unit_test(normal_forms),
        cmocka_unit_test(names_end_at_the_longest),
        cmocka_unit_test(birth_dates),
        cmocka_unit_test(weights_are_probabilities),
        cmocka_unit_test(scores_are_sums_of_weights),
        cmocka_unit_test(outcomes_at_their_thresholds),
        cmocka_unit_test(blocks_keep_single_errors_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
