/* interval.h: limits against published figures and R 4.2.2, and at every edge. */
#include "check.h"
#include "interval.h"

static void assert_limits(interval limits, double low, double high, double tolerance) {
    assert_near(limits.low, low, tolerance);
    assert_near(limits.high, high, tolerance);
}

/* R 4.2.2: prop.test(correct = FALSE) and binom.test. 117864 of 468134: cohort of 2000. */
static void wilson_and_exact_equal_r(void **state) {
    (void)state;
    static const struct {
        int64_t x, n;
        double level, wilson_low, wilson_high, exact_low, exact_high;
    } cases[] = {
        {81, 263, 0.95, 0.255288519878, 0.366209576983, 0.252736745585, 0.367621922601},
        {81, 263, 0.99, 0.240136902688, 0.385282502318, 0.236837358166, 0.386258325670},
        {15, 148, 0.95, 0.062386399531, 0.160487241723, 0.057844010083, 0.161650490349},
        {0, 20, 0.95, 0, 0.161125158053, 0, 0.168433470983},
        {1, 29, 0.95, 0.006113214293, 0.171755218793, 0.000872646884, 0.177644295489},
        {20, 20, 0.99, 0.750894598901, 1, 0.767270499011, 1},
        {0, 1, 0.95, 0, 0.793450685623, 0, 0.975},
    };
    for (size_t i = 0; i < count_of(cases); i++) {
        assert_limits(interval_wilson(cases[i].x, cases[i].n, cases[i].level), cases[i].wilson_low,
                      cases[i].wilson_high, 1e-11);
        assert_limits(interval_exact(cases[i].x, cases[i].n, cases[i].level), cases[i].exact_low,
                      cases[i].exact_high, 1e-11);
    }
    assert_limits(interval_exact(500000000, INTERVAL_COUNT_LIMIT, 0.95), 0.499969009748422,
                  0.500030990251578, 1e-14);
}

/* What an exact limit means: the tail beyond the count has half the error left. */
static void exact_limits_leave_equal_tails(void **state) {
    (void)state;
    for (int64_t n = 1; n <= 60; n++) {
        for (int64_t x = 0; x <= n; x++) {
            interval limits = interval_exact(x, n, 0.9);
            if (x > 0)
                assert_near(1 - interval_binomial_below(x - 1, n, limits.low), 0.05, 1e-12);
            if (x < n) assert_near(interval_binomial_below(x, n, limits.high), 0.05, 1e-12);
            interval mirror = interval_exact(n - x, n, 0.9);
            assert_near(limits.low, 1 - mirror.high, 1e-14);
        }
    }
}

/* Newcombe 1998, table II, cases (a) and (d) by method 10. */
static void difference_equals_newcombe(void **state) {
    (void)state;
    assert_limits(interval_difference(56, 70, 48, 80, 0.95), 0.0524, 0.3339, 5e-5);
    assert_limits(interval_difference(9, 10, 3, 10, 0.95), 0.1705, 0.8090, 5e-5);
    assert_limits(interval_difference(10, 10, 0, 10, 0.95), 0.6075, 1, 5e-5);
    interval same = interval_difference(30, 100, 30, 100, 0.95);
    assert_near(same.low, -same.high, 1e-15);
}

static void comparison_follows_the_interval(void **state) {
    (void)state;
    assert_int_equal(interval_compare(30, 100, 45, 100, 0.95), -1);
    assert_int_equal(interval_compare(45, 100, 30, 100, 0.95), 1);
    assert_int_equal(interval_compare(30, 100, 40, 100, 0.95), 0);
    assert_int_equal(interval_compare(30, 100, 45, 100, 0.99), 0);
}

/* R 4.2.2: poisson.test. */
static void ratio_limits_are_exact_poisson(void **state) {
    (void)state;
    assert_limits(interval_ratio(10, 8, 0.95), 0.599423587016554, 2.298794505252222, 1e-14);
    assert_limits(interval_ratio(0, 1, 0.95), 0, 3.688879454113936, 1e-14);
    assert_limits(interval_ratio(1000000, 1e6, 0.95), 0.998040983340294, 1.001961911945432, 1e-13);
}

/* R 4.2.2: (qbinom - (pbinom(qbinom) - p) / dbinom(qbinom)) / n. */
static void funnel_limits_are_interpolated(void **state) {
    (void)state;
    assert_limits(interval_funnel(0.3, 40, 0.95), 0.15098269138759, 0.43511874959996, 1e-13);
    assert_limits(interval_funnel(0.4325, 5000, 0.998), 0.410790002397758, 0.454088715841097,
                  1e-12);
    assert_limits(interval_funnel(0.3, 1, 0.998), 0, 0.996666666666667, 1e-13);
    assert_limits(interval_funnel(0.3, INTERVAL_COUNT_LIMIT, 0.998), 0.2999552183494,
                  0.300044781790531, 1e-12);
    /* two groups of one size have one pair of limits; a larger one has narrower ones */
    for (int64_t n = 2; n < 300; n++) {
        interval wide = interval_funnel(0.26, n, 0.95), narrow = interval_funnel(0.26, n * 4, 0.95);
        assert_true(wide.low <= narrow.low + 1e-12 && narrow.high <= wide.high + 1e-12);
    }
}

static void standardised_rate_by_hand(void **state) {
    (void)state;
    interval_standard sum = {0};
    interval_standard_add(&sum, 10, 50, 1);
    interval_standard_add(&sum, 40, 50, 3);
    assert_near(interval_standard_rate(&sum), 0.65, 1e-15);
    /* variance 0.002 = 0.0625 * 0.16 / 50 + 0.5625 * 0.16 / 50, so the number is 113.75 */
    assert_limits(interval_standard_limits(&sum, 0.95), 0.558752009793187, 0.731447638567622,
                  1e-14);
    /* one stratum: the plain Wilson limits, with events and without */
    interval_standard one = {0}, none = {0};
    interval_standard_add(&one, 81, 263, 7);
    interval_standard_add(&none, 0, 20, 7);
    interval plain = interval_wilson(81, 263, 0.95), empty = interval_wilson(0, 20, 0.95);
    assert_limits(interval_standard_limits(&one, 0.95), plain.low, plain.high, 1e-14);
    assert_limits(interval_standard_limits(&none, 0.95), empty.low, empty.high, 1e-14);
}

static void overdispersion_draws_in_the_ends(void **state) {
    (void)state;
    double z[] = {9, -1, 1, 2, -2, 0, 1, -1, 2, -30};
    /* sorted -30 -2 -1 -1 0 1 1 2 2 9: the ends become -2 and 2: 24 in all */
    assert_near(interval_overdispersion(z, count_of(z), 0.1), 2.4, 1e-15);
    double whole[] = {3, -1};
    assert_near(interval_overdispersion(whole, 2, 0), 5, 1e-15);
    double single[] = {-3};
    assert_near(interval_overdispersion(single, 1, 0.1), 9, 1e-15);
    assert_near(interval_z(60, 100, 0.5), 2, 1e-14);
}

static void adjusted_rate_has_the_variance_of_the_predictions(void **state) {
    (void)state;
    double rate = interval_adjusted_rate(280, 1000, 0.3, 0.29);
    assert_near(rate, 0.27, 1e-15);
    double half = 1.959963984540054 * sqrt(190) / 1000;
    assert_limits(interval_adjusted(rate, 1000, 190, 0.95), 0.27 - half, 0.27 + half, 1e-15);
}

/* R 4.2.2: qnorm. */
static void normal_quantiles(void **state) {
    (void)state;
    assert_near(interval_normal_quantile(0.975), 1.959963984540054, 1e-15);
    assert_near(interval_normal_quantile(1e-12), -7.03448382530113, 1e-13);
    assert_near(interval_normal_quantile(0.5), 0, 1e-15);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_and_exact_equal_r),
        cmocka_unit_test(exact_limits_leave_equal_tails),
        cmocka_unit_test(difference_equals_newcombe),
        cmocka_unit_test(comparison_follows_the_interval),
        cmocka_unit_test(ratio_limits_are_exact_poisson),
        cmocka_unit_test(funnel_limits_are_interpolated),
        cmocka_unit_test(standardised_rate_by_hand),
        cmocka_unit_test(overdispersion_draws_in_the_ends),
        cmocka_unit_test(adjusted_rate_has_the_variance_of_the_predictions),
        cmocka_unit_test(normal_quantiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
