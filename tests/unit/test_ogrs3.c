/* ogrs3.h: worked cases of HMPPS's service and the formula, every band edge, both signs (R33). */
#include "check.h"
#include "ogrs3.h"

static void formula_alone(void **state) {
    (void)state;
    /* a score of -2.776835807 and, by the rate's zero point, of 0 and 1 */
    ogrs3_person p = {.age_follow_up = 10, .age_conviction = 10, .age_first_sanction = 10,
                      .prior_sanctions = 9, .history = OGRS3_FIRST_CAUTION};
    static const double scores[] = {0, 1, -2.776835807};
    static const double one[] = {0.80259, 0.91702, 0.20193}, two[] = {0.89299, 0.95778, 0.34183};
    for (size_t i = 0; i < count_of(scores); i++) {
        p.offence_weight = scores[i];
        assert_near(ogrs3_score(&p), scores[i], 1e-12);
        assert_near(ogrs3_one_year(&p), one[i], 5e-6);
        assert_near(ogrs3_two_years(&p), two[i], 5e-6);
    }
}

/* Born 1965-12-07, convicted 2025-05-13 at 59 of soliciting, first sanction at 47, two sanctions:
** hmpps-arns-risk-actuarial-api, test cases ogrs3-input-1 and -5, with follow-up from 60 and 61. */
static void worked_cases(void **state) {
    (void)state;
    ogrs3_person late = {.age_follow_up = 60, .age_conviction = 59, .age_first_sanction = 47,
                         .prior_sanctions = 1, .offence_weight = 0.7606};
    assert_near(ogrs3_score(&late), -3.80169, 1e-5);
    assert_near(ogrs3_one_year(&late), 0.08324, 5e-6);
    assert_near(ogrs3_two_years(&late), 0.15710, 5e-6);
    late.age_follow_up = 61;
    assert_int_equal(ogrs3_percent(ogrs3_one_year(&late)), 8);
    assert_int_equal(ogrs3_percent(ogrs3_two_years(&late)), 16);
    ogrs3_person young = {.age_follow_up = 30, .age_conviction = 30, .age_first_sanction = 21,
                          .prior_sanctions = 1, .offence_weight = 0.1599};
    assert_near(ogrs3_score(&young), -3.51968, 1e-5);
    assert_near(ogrs3_one_year(&young), 0.10744, 5e-6);
    assert_near(ogrs3_two_years(&young), 0.19814, 5e-6);
    young.offence_weight = -0.0607; /* the same person for an offence of the group Other */
    assert_int_equal(ogrs3_percent(ogrs3_one_year(&young)), 9);
    assert_int_equal(ogrs3_percent(ogrs3_two_years(&young)), 17);
    assert_near(1.25112 * ogrs3_rate(1, 9), -2.816636195073, 1e-11);
    assert_near(1.25112 * ogrs3_rate(1, 12), -3.000054733703, 1e-11);
}

static void age_bands_and_sexes(void **state) {
    (void)state;
    static const struct {
        int lowest, highest;
        double male, female;
    } bands[] = {
        {10, 11, 0, -0.785},          {12, 13, 0.08392, -0.61385}, {14, 15, 0.07578, -0.66952},
        {16, 17, -0.0616, -0.9592},   {18, 20, -0.6251, -0.8975},  {21, 24, -1.0515, -1.0285},
        {25, 29, -1.1667, -1.0528},   {30, 34, -1.326, -1.1291},   {35, 39, -1.368, -1.4219},
        {40, 49, -1.4997, -1.5247},   {50, 130, -2.0253, -2.4498},
    };
    for (size_t i = 0; i < count_of(bands); i++) {
        for (int age = bands[i].lowest; age <= bands[i].highest; age++) {
            double sign = age < 16 ? -1 : 1;
            assert_near(ogrs3_age_sex(age, false, OGRS3_GIRLS_MINUS), bands[i].male, 0);
            assert_near(ogrs3_age_sex(age, false, OGRS3_GIRLS_PLUS), bands[i].male, 0);
            assert_near(ogrs3_age_sex(age, true, OGRS3_GIRLS_MINUS), bands[i].female, 0);
            assert_near(ogrs3_age_sex(age, true, OGRS3_GIRLS_PLUS), sign * bands[i].female, 0);
        }
    }
}

static void histories(void **state) {
    (void)state;
    static const double parts[OGRS3_HISTORIES] = {0, 0, 0.0831, 0.12614, 0.46306, 0.3486};
    ogrs3_person p = {.age_follow_up = 10, .age_conviction = 10, .age_first_sanction = 10,
                      .prior_sanctions = 9};
    for (int h = OGRS3_FIRST_CAUTION; h < OGRS3_HISTORIES; h++) {
        p.history = (ogrs3_history)h;
        assert_near(ogrs3_score(&p), parts[h], 1e-15);
        assert_non_null(ogrs3_history_name(p.history));
    }
    p.history = OGRS3_BY_SANCTIONS;
    assert_near(ogrs3_score(&p), 0.46306, 1e-15);
    p.prior_sanctions = 0;
    assert_near(ogrs3_score(&p), 0.12614 + 1.25112 * log(0.1), 1e-15);
    assert_null(ogrs3_history_name(OGRS3_BY_SANCTIONS));
}

static void percents_and_bands(void **state) {
    (void)state;
    assert_int_equal(ogrs3_percent(0), 1);
    assert_int_equal(ogrs3_percent(1), 99);
    assert_int_equal(ogrs3_percent(0.124994), 12);
    assert_int_equal(ogrs3_percent(0.124996), 13); /* five places first: 0.12500 */
    assert_int_equal(ogrs3_percent(0.125), 13);
    assert_string_equal(ogrs3_band(49), "low");
    assert_string_equal(ogrs3_band(50), "medium");
    assert_string_equal(ogrs3_band(74), "medium");
    assert_string_equal(ogrs3_band(75), "high");
    assert_string_equal(ogrs3_band(89), "high");
    assert_string_equal(ogrs3_band(90), "very high");
}

static void group_weights(void **state) {
    (void)state;
    double weight = 9;
    assert_true(ogrs3_group_weight(1, &weight));
    assert_near(weight, 0, 0);
    assert_true(ogrs3_group_weight(17, &weight));
    assert_near(weight, 0.7606, 0);
    assert_true(ogrs3_group_weight(20, &weight));
    assert_near(weight, -0.0607, 0);
    assert_false(ogrs3_group_weight(0, &weight));
    assert_false(ogrs3_group_weight(21, &weight));
}

/* The worked case once more, from what a history holds. */
static void at_an_index_event(void **state) {
    (void)state;
    ogrs3_person young = {.age_follow_up = 30, .age_conviction = 30, .age_first_sanction = 21,
                          .prior_sanctions = 1, .offence_weight = 0.1599};
    double score = 0;
    assert_true(ogrs3_score_at_index(OGRS3_MALE, 30, 1, 9, 9, &score));
    assert_near(score, ogrs3_score(&young), 0);
    young.female = true;
    assert_true(ogrs3_score_at_index(OGRS3_FEMALE, 30, 1, 9, 9, &score));
    assert_near(score, ogrs3_score(&young), 0);
    assert_false(ogrs3_score_at_index(OGRS3_SEX_UNKNOWN, 30, 1, 9, 9, &score));
    assert_false(ogrs3_score_at_index(OGRS3_MALE, 9, 1, 9, 9, &score));
    assert_false(ogrs3_score_at_index(OGRS3_MALE, 30, 1, 9, 0, &score));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formula_alone),      cmocka_unit_test(worked_cases),
        cmocka_unit_test(age_bands_and_sexes), cmocka_unit_test(histories),
        cmocka_unit_test(percents_and_bands), cmocka_unit_test(group_weights),
        cmocka_unit_test(at_an_index_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
