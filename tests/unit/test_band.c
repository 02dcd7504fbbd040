/* band.h: every band at both of its edges (R10, R25). */
#include "band.h"
#include "check.h"

static void age_bands(void **state) {
    (void)state;
    static const struct {
        int lowest, highest;
        const char *label;
    } bands[] = {
        {10, 14, "10-14"}, {15, 17, "15-17"}, {18, 20, "18-20"}, {21, 24, "21-24"},
        {25, 29, "25-29"}, {30, 34, "30-34"}, {35, 39, "35-39"}, {40, 44, "40-44"},
        {45, 49, "45-49"}, {50, 130, "50+"},
    };
    for (size_t i = 0; i < count_of(bands); i++) {
        assert_string_equal(band_age_label(band_age(bands[i].lowest)), bands[i].label);
        assert_string_equal(band_age_label(band_age(bands[i].highest)), bands[i].label);
    }
    assert_int_equal(band_age(9), 0);
    assert_int_equal(band_age(-1), 0);
    assert_null(band_age_label(0));
    assert_null(band_age_label(AGE_BANDS + 1));
}

static void age_groups(void **state) {
    (void)state;
    assert_int_equal(band_age_group(-1), 0);
    assert_int_equal(band_age_group(9), 0);
    assert_string_equal(band_age_group_label(band_age_group(10)), "juvenile");
    assert_string_equal(band_age_group_label(band_age_group(17)), "juvenile");
    assert_string_equal(band_age_group_label(band_age_group(18)), "adult");
    assert_string_equal(band_age_group_label(band_age_group(99)), "adult");
    assert_null(band_age_group_label(0));
}

static void sentence_bands(void **state) {
    (void)state;
    static const struct {
        int32_t lowest, highest;
        const char *label;
    } bands[] = {
        {0, 11, "under 12 months"},
        {12, 23, "12 months to under 2 years"},
        {24, 47, "2 to under 4 years"},
        {48, 120, "4 to 10 years"},
        {121, SENTENCE_LIFE - 1, "over 10 years"},
        {SENTENCE_LIFE, INT32_MAX, "life or indeterminate"},
    };
    for (size_t i = 0; i < count_of(bands); i++) {
        assert_string_equal(band_sentence_label(band_sentence(bands[i].lowest)), bands[i].label);
        assert_string_equal(band_sentence_label(band_sentence(bands[i].highest)), bands[i].label);
    }
    assert_int_equal(SENTENCE_LIFE, 999 * 12);
    assert_int_equal(band_sentence(-1), 0);
    assert_null(band_sentence_label(0));
}

static void previous_offence_bands(void **state) {
    (void)state;
    static const struct {
        int64_t count;
        const char *label;
    } cases[] = {{0, "0"},    {1, "1-2"},   {2, "1-2"},  {3, "3-6"},        {6, "3-6"},
                 {7, "7-10"}, {10, "7-10"}, {11, "11+"}, {INT64_MAX, "11+"}};
    for (size_t i = 0; i < count_of(cases); i++)
        assert_string_equal(band_previous_offences_label(band_previous_offences(cases[i].count)),
                            cases[i].label);
    assert_null(band_previous_offences_label(0));
    assert_int_equal(band_previous_offences(-1), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age_bands),
        cmocka_unit_test(age_groups),
        cmocka_unit_test(sentence_bands),
        cmocka_unit_test(previous_offence_bands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
