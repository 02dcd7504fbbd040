/* calibration.h: AUC and its variance by hand, against R, and against the definition by pairs. */
#include "calibration.h"
#include "check.h"
#include "failing_memory.h"

typedef struct fixture {
    failing_memory from;
    calibration of;
} fixture;

static void start(fixture *f) {
    failing_memory_start(&f->from, 0);
    f->of = (calibration){.from = &f->from.base};
}

static void add(fixture *f, bool outcome, double score) {
    assert_true(calibration_add(&f->of, outcome, score));
}

static void end(fixture *f) {
    calibration_free(&f->of);
    assert_int_equal(f->from.live, 0);
}

/* Of 2 x 3 pairs 4 are in order and 1 is a tie. */
static void by_hand(void **state) {
    (void)state;
    fixture f;
    start(&f);
    add(&f, true, 0.9);
    add(&f, true, 0.3);
    add(&f, false, 0.3);
    add(&f, false, 0.1);
    add(&f, false, 0.5);
    calibration_auc found = calibration_find_auc(&f.of);
    assert_near(found.auc, 4.5 / 6, 1e-15);
    /* placements: of those with 1 and 1/2; of those without 3/4, 1 and 1/2 */
    assert_near(found.variance, 0.125 / 2 + 0.0625 / 3, 1e-15);
    interval limits = calibration_limits(&found, 0.5);
    assert_near(limits.low, 0.75 - 0.6744897501960817 * sqrt(found.variance), 1e-12);
    assert_near(calibration_limits(&found, 0.999).high, 1, 0);
    end(&f);
}

static double made_score(int i) {
    return i * 37 % 101 / 101.0;
}

static bool made_outcome(int i) {
    return (i * i + 3 * i) % 7 < 2 + (made_score(i) > 0.5);
}

/* R 4.2.2:
**   i <- 1:200; s <- ((i * 37) %% 101) / 101; y <- (i * i + 3 * i) %% 7 < 2 + (s > .5)
**   p <- outer(s[y], s[!y], function(a, b) (a > b) + .5 * (a == b)); mean(p)
**   var(rowMeans(p)) / sum(y) + var(colMeans(p)) / sum(!y) */
static void equals_r(void **state) {
    (void)state;
    fixture f;
    start(&f);
    for (int i = 1; i <= 200; i++) add(&f, made_outcome(i), made_score(i));
    calibration_auc found = calibration_find_auc(&f.of);
    assert_near(found.auc, 0.48601398601398599, 1e-14);
    assert_near(found.variance, 0.002048817514403195, 1e-15);
    end(&f);
}

/* Random scores with ties; few and many of either outcome. */
static void equals_the_definition(void **state) {
    (void)state;
    uint32_t random = 7;
    for (int round = 0; round < 200; round++) {
        enum { MOST = 40 };
        double score[2][MOST], placement[2][MOST] = {{0}};
        int count[2] = {0, 0};
        fixture f;
        start(&f);
        for (int i = 0; i < MOST; i++) {
            random = random * 1664525u + 1013904223u;
            int outcome = (int)(random >> 24) % 40 < round % 41;
            double value = (double)((random >> 10) % (unsigned)(2 + round % 30));
            score[outcome][count[outcome]++] = value;
            add(&f, outcome, value);
        }
        double m = count[1], n = count[0], auc = 0;
        for (int i = 0; i < count[1]; i++)
            for (int j = 0; j < count[0]; j++) {
                double a = score[1][i], b = score[0][j], won = a > b ? 1 : a == b ? 0.5 : 0;
                placement[1][i] += won / n, placement[0][j] += won / m, auc += won / (m * n);
            }
        double variance = 0;
        for (int outcome = 0; outcome < 2; outcome++)
            for (int i = 0; i < count[outcome]; i++)
                variance += pow(placement[outcome][i] - auc, 2) / count[outcome] /
                            (count[outcome] - 1.0);
        calibration_auc found = calibration_find_auc(&f.of);
        if (m < 1 || n < 1) {
            assert_true(isnan(found.auc));
        } else {
            assert_near(found.auc, auc, 1e-13);
        }
        if (m < 2 || n < 2) {
            assert_true(isnan(found.variance));
            assert_true(isnan(calibration_limits(&found, 0.95).low));
        } else {
            assert_near(found.variance, variance, 1e-13);
        }
        end(&f);
    }
}

static void no_memory(void **state) {
    (void)state;
    fixture f;
    start(&f);
    f.from.fail_at = 1;
    assert_false(calibration_add(&f.of, true, 0.5));
    assert_true(isnan(calibration_find_auc(&f.of).auc));
    end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(equals_r),
        cmocka_unit_test(equals_the_definition),
        cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
