/* logit.h, logit_rows.h, logit_model.h: fits against R 4.2.2 (glm, epsilon 1e-14), aliasing,
** separation, the text there and back, and no memory at every request. */
#include "check.h"
#include "failing_memory.h"
#include "logit.h"

enum { MOST_VARIABLES = 4 };

typedef struct sample {
    failing_memory m;
    logit_rows rows;
    logit_model model;
} sample;

static logit_value number(double value) {
    return (logit_value){.kind = LOGIT_NUMBER, .number = value};
}

static logit_value text(const char *value) {
    return (logit_value){.kind = LOGIT_FACTOR, .text = value, .length = strlen(value)};
}

static void start(sample *s, int variables, bool weighted) {
    failing_memory_start(&s->m, 0);
    assert_true(logit_rows_start(&s->rows, &s->m.base, variables, weighted));
}

static void add(sample *s, int outcome, double weight, const logit_value *values) {
    int variable;
    assert_int_equal(logit_rows_add(&s->rows, outcome, weight, values, &variable), LOGIT_OK);
}

static void fit(sample *s) {
    assert_int_equal(logit_fit(&s->model, &s->rows), LOGIT_OK);
}

static void finish(sample *s) {
    logit_model_free(&s->model);
    logit_rows_free(&s->rows);
    assert_int_equal(s->m.live, 0);
}

static void assert_relative(double actual, double expected, double tolerance) {
    assert_near(actual, expected, tolerance * fabs(expected));
}

static void assert_term(const sample *s, int term, double estimate, double std_error) {
    assert_relative(s->model.terms[term].estimate, estimate, 1e-8);
    assert_relative(s->model.terms[term].std_error, std_error, 1e-8);
}

/* A case of made-up people by a rule anybody can repeat (see the R lines below). */
static int made_age(int i) {
    return 10 + i * 7 % 41;
}

static int made_prior(int i) {
    return i * i % 17;
}

static const char *made_sex(int i) {
    return i % 5 == 0 ? "F" : "M";
}

static const char *made_offence(int i) {
    static const char *const names[] = {"theft", "burglary", "fraud"};
    return names[i * 3 % 7 % 3];
}

static int made_outcome(int i) {
    return (i * 13 + i * i * 5) % 23 < 8 + made_prior(i) / 3;
}

static double made_weight(int i) {
    return 1 + i % 3;
}

static void add_made(sample *s, int count) {
    for (int i = 1; i <= count; i++) {
        logit_value values[] = {number(made_age(i)), text(made_sex(i)), text(made_offence(i)),
                                number(log1p(made_prior(i)))};
        add(s, made_outcome(i), made_weight(i), values);
    }
}

/* R 4.2.2:
**   i <- 1:500; prior <- (i * i) %% 17
**   d <- data.frame(age = 10 + (i * 7) %% 41, sex = ifelse(i %% 5 == 0, "F", "M"),
**     offence = c("theft", "burglary", "fraud")[(i * 3) %% 7 %% 3 + 1], lp = log1p(prior),
**     y = as.integer((i * 13 + i * i * 5) %% 23 < 8 + prior %/% 3), w = 1 + i %% 3)
**   glm(y ~ age + sex + offence + lp, binomial, d, control = glm.control(epsilon = 1e-14)) */
static void plain_fit_equals_r(void **state) {
    (void)state;
    sample s;
    start(&s, 4, false);
    add_made(&s, 500);
    fit(&s);
    assert_term(&s, 0, -1.44197697100484068, 0.41362878048029678);
    assert_term(&s, 1, 0.00694029757681848, 0.00776742190637287);
    assert_term(&s, 2, 0.15279671508451251, 0.23074377093262857);
    assert_term(&s, 3, -0.03815159745765393, 0.24334690436723794);
    assert_term(&s, 4, 0.01126715814032267, 0.22169656083219449);
    assert_term(&s, 5, 0.48916963436190392, 0.11001976210302437);
    assert_relative(s.model.deviance, 667.278130095113, 1e-13);
    assert_relative(s.model.null_deviance, 689.270167553944, 1e-13);
    assert_relative(s.model.aic, 679.278130095113, 1e-13);
    assert_true(s.model.converged);
    finish(&s);
}

/* The same with weights = w. */
static void weighted_fit_equals_r(void **state) {
    (void)state;
    sample s;
    start(&s, 4, true);
    add_made(&s, 500);
    fit(&s);
    assert_term(&s, 0, -1.73517927455929399, 0.29699461977371333);
    assert_term(&s, 1, 0.00906952252977951, 0.00554649878634700);
    assert_term(&s, 2, 0.18381832233167605, 0.16447889716502440);
    assert_term(&s, 3, -0.00290695568988030, 0.17360382581793649);
    assert_term(&s, 4, 0.04546163311965216, 0.15834039533713357);
    assert_term(&s, 5, 0.58903544177365219, 0.07940074318856405);
    assert_relative(s.model.deviance, 1318.20670036206, 1e-13);
    assert_relative(s.model.null_deviance, 1381.11903815269, 1e-13);
    assert_relative(s.model.aic, 1330.20670036206, 1e-13);
    finish(&s);
}

static void intercept_alone_equals_r(void **state) {
    (void)state;
    sample s;
    start(&s, 0, false);
    for (int i = 1; i <= 500; i++)
        add(&s, made_outcome(i), 1, NULL);
    fit(&s);
    assert_term(&s, 0, -0.1764564373415551, 0.0897910658159211);
    finish(&s);
}

/* A two by two table: the estimates are logs of odds, by hand. */
static void two_by_two(void **state) {
    (void)state;
    sample s;
    start(&s, 1, true);
    add(&s, 1, 30, (logit_value[]){text("no")});
    add(&s, 0, 70, (logit_value[]){text("no")});
    add(&s, 1, 45, (logit_value[]){text("yes")});
    add(&s, 0, 55, (logit_value[]){text("yes")});
    fit(&s);
    assert_term(&s, 0, log(30.0 / 70), sqrt(1.0 / 30 + 1.0 / 70));
    assert_term(&s, 1, log(45.0 / 55) - log(30.0 / 70),
                sqrt(1.0 / 30 + 1.0 / 70 + 1.0 / 45 + 1.0 / 55));
    assert_near(s.model.weight, 200, 0);
    finish(&s);
}

static double predict(const sample *s, const logit_value *values) {
    double probability;
    int variable;
    assert_int_equal(logit_model_predict(&s->model, values, &probability, &variable),
                     LOGIT_PREDICTED);
    return probability;
}

/* By construction (note 6): actual equals predicted, in all and for each level of each factor. */
static void mean_prediction_is_the_actual_share(void **state) {
    (void)state;
    sample s;
    double actual[3] = {0}, predicted[3] = {0}, count[3] = {0};
    start(&s, 4, false);
    add_made(&s, 500);
    fit(&s);
    for (int i = 1; i <= 500; i++) {
        logit_value values[] = {number(made_age(i)), text(made_sex(i)), text(made_offence(i)),
                                number(log1p(made_prior(i)))};
        double p = predict(&s, values);
        int group[] = {0, made_sex(i)[0] == 'F' ? 1 : -1, made_offence(i)[0] == 't' ? 2 : -1};
        for (int g = 0; g < 3; g++) {
            if (group[g] < 0) continue;
            actual[g] += made_outcome(i), predicted[g] += p, count[g]++;
        }
    }
    for (int g = 0; g < 3; g++)
        assert_near(predicted[g] / count[g], actual[g] / count[g], 1e-12);
    finish(&s);
}

static void later_columns_that_follow_are_dropped(void **state) {
    (void)state;
    sample with, without;
    start(&with, 4, false);
    start(&without, 2, false);
    for (int i = 1; i <= 300; i++) {
        double age = made_age(i);
        logit_value values[] = {number(age), number(3 * age - 7), text(made_offence(i)),
                                text(made_offence(i)[0] == 't' ? "stealing" : "other")};
        add(&with, made_outcome(i), 1, values);
        add(&without, made_outcome(i), 1, (logit_value[]){values[0], values[2]});
    }
    fit(&with);
    fit(&without);
    assert_int_equal(with.model.terms[2].state, LOGIT_ALIASED);
    assert_int_equal(with.model.terms[5].state, LOGIT_ALIASED);
    assert_near(with.model.rank, 4, 0);
    assert_true(with.model.converged);
    assert_relative(with.model.deviance, without.model.deviance, 1e-14);
    assert_relative(with.model.terms[1].estimate, without.model.terms[1].estimate, 1e-12);
    assert_relative(with.model.terms[3].estimate, without.model.terms[2].estimate, 1e-12);
    finish(&with);
    finish(&without);
}

static void a_constant_and_a_single_level_add_nothing(void **state) {
    (void)state;
    sample s;
    start(&s, 2, false);
    for (int i = 0; i < 10; i++)
        add(&s, i % 2, 1, (logit_value[]){number(4.1), text("one")});
    fit(&s);
    assert_int_equal(s.model.term_count, 2);
    assert_int_equal(s.model.terms[1].state, LOGIT_ALIASED);
    assert_near(s.model.terms[0].estimate, 0, 1e-12);
    finish(&s);
}

static void separation_ends_and_is_named(void **state) {
    (void)state;
    sample factor, whole, all;
    start(&factor, 2, false);
    start(&whole, 1, false);
    start(&all, 0, false);
    for (int i = 1; i <= 200; i++) {
        bool high = i % 10 == 0;
        add(&factor, high || made_outcome(i), 1,
            (logit_value[]){number(made_age(i)), text(high ? "high" : "low")});
        add(&whole, i > 100, 1, (logit_value[]){number(i)});
        add(&all, 1, 1, NULL);
    }
    fit(&factor);
    assert_false(factor.model.converged);
    assert_int_equal(factor.model.terms[0].state, LOGIT_UNBOUNDED);
    assert_int_equal(factor.model.terms[1].state, LOGIT_FITTED);
    assert_int_equal(factor.model.terms[2].state, LOGIT_UNBOUNDED);
    fit(&whole);
    assert_false(whole.model.converged);
    assert_int_equal(whole.model.terms[1].state, LOGIT_UNBOUNDED);
    fit(&all);
    assert_false(all.model.converged);
    assert_int_equal(all.model.terms[0].state, LOGIT_UNBOUNDED);
    assert_true(whole.model.iterations < LOGIT_ITERATIONS_LIMIT);
    finish(&factor);
    finish(&whole);
    finish(&all);
}

/* One case among 1,000 keeps the estimate finite: log(999) apart, not separated. */
static void nearly_separated_is_fitted(void **state) {
    (void)state;
    sample s;
    start(&s, 1, true);
    add(&s, 1, 500, (logit_value[]){text("a")});
    add(&s, 0, 500, (logit_value[]){text("a")});
    add(&s, 1, 99999, (logit_value[]){text("b")});
    add(&s, 0, 1, (logit_value[]){text("b")});
    fit(&s);
    assert_true(s.model.converged);
    assert_relative(s.model.terms[1].estimate, log(99999), 1e-12);
    finish(&s);
}

static void wide_dictionaries(void **state) {
    (void)state;
    sample s, plain;
    start(&s, 2, false);
    start(&plain, 2, false);
    for (int i = 0; i < 70000; i++) {
        char name[16];
        snprintf(name, sizeof name, "g%03d", i % 300);
        /* 70,000 distinct numbers: held as they are; the same in 35,000 steps: by code */
        add(&s, i % 3 == 0, 1, (logit_value[]){number(i / 2 + (i % 2) * 1e-9), text(name)});
        add(&plain, i % 3 == 0, 1, (logit_value[]){number(i / 2), text(name)});
    }
    assert_int_equal(s.rows.columns[0].width, 8);
    assert_int_equal(plain.rows.columns[0].width, 2);
    assert_int_equal(s.rows.columns[1].width, 2);
    assert_near(logit_rows_number(&s.rows.columns[0], 69999), 34999 + 1e-9, 0);
    assert_near(logit_rows_number(&plain.rows.columns[0], 69999), 34999, 0);
    assert_int_equal(logit_rows_code(&s.rows.columns[1], 69999), 69999 % 300);
    fit(&s);
    fit(&plain);
    assert_int_equal(s.model.term_count, 301);
    assert_near(s.model.deviance, plain.model.deviance, 1e-6);
    finish(&s);
    finish(&plain);
}

static void kinds_must_not_mix(void **state) {
    (void)state;
    sample s;
    int variable;
    start(&s, 2, false);
    add(&s, 1, 1, (logit_value[]){number(1), text("a")});
    assert_int_equal(
        logit_rows_add(&s.rows, 1, 1, (logit_value[]){number(1), number(2)}, &variable),
        LOGIT_MIXED_KINDS);
    assert_int_equal(variable, 1);
    logit_rows_free(&s.rows);
    assert_int_equal(s.m.live, 0);
}

static json_text write(sample *s) {
    json_text written = {.from = &s->m.base};
    assert_true(logit_model_write(&s->model, &written));
    return written;
}

static void text_there_and_back(void **state) {
    (void)state;
    sample s;
    logit_model back;
    start(&s, 2, false);
    for (int i = 1; i <= 200; i++)
        add(&s, made_outcome(i), 1,
            (logit_value[]){number(made_age(i)),
                            text(i % 3 ? "quote \" back \\ line\n" : "caf\xc3\xa9")});
    fit(&s);
    json_text once = write(&s);
    assert_true(logit_model_read(&back, &s.m.base, once.bytes, once.length));
    json_text twice = {.from = &s.m.base};
    assert_true(logit_model_write(&back, &twice));
    assert_int_equal(once.length, twice.length);
    assert_memory_equal(once.bytes, twice.bytes, once.length);
    for (int i = 0; i < back.term_count; i++)
        assert_true(back.terms[i].estimate == s.model.terms[i].estimate);
    /* any cut of it is no model */
    for (size_t length = 0; length < once.length; length++) {
        logit_model broken;
        assert_false(logit_model_read(&broken, &s.m.base, once.bytes, length));
    }
    logit_model_free(&back);
    json_write_free(&once);
    json_write_free(&twice);
    finish(&s);
}

static void texts_that_are_no_model(void **state) {
    (void)state;
    static const char *const texts[] = {
        "", "{}", "[]", "null", "{\"logit\":1}", "{\"logit\":2,\"terms\":[],\"variables\":[]}",
        "{\"logit\":1,\"terms\":[{\"estimate\":1}],\"variables\":[{\"kind\":\"number\"}]}",
        "{\"logit\":1,\"terms\":[{},{}],\"variables\":[{\"kind\":\"factor\"}]}",
        "{\"logit\":1,\"terms\":[{}],\"variables\":[{\"kind\":\"factor\",\"levels\":[\"b\","
        "\"a\"]}]}",
        "{\"logit\":1,\"terms\":[{\"state\":\"odd\"}],\"variables\":[]}",
        "{\"logit\":1,\"terms\":[{\"estimate\":1e999}],\"variables\":[]}",
        "{\"logit\":1,\"terms\":[{}],\"variables\":[]} x",
    };
    for (size_t i = 0; i < count_of(texts); i++) {
        failing_memory m;
        logit_model model;
        failing_memory_start(&m, 0);
        if (logit_model_read(&model, &m.base, texts[i], strlen(texts[i]))) fail_msg("%s", texts[i]);
        assert_int_equal(m.live, 0);
    }
    static const char good[] =
        "{ \"more\" : [1, {\"x\": \"}\"}, null], \"variables\":[], \"logit\": 1,"
        " \"terms\":[{\"estimate\": -2.5e-1, \"new\":true}] }";
    failing_memory m;
    logit_model model;
    failing_memory_start(&m, 0);
    assert_true(logit_model_read(&model, &m.base, good, strlen(good)));
    assert_near(model.terms[0].estimate, -0.25, 0);
    logit_model_free(&model);
    assert_int_equal(m.live, 0);
}

static void predictions_know_what_they_do_not_know(void **state) {
    (void)state;
    sample s;
    double p;
    int variable;
    start(&s, 2, false);
    for (int i = 1; i <= 100; i++)
        add(&s, made_outcome(i), 1, (logit_value[]){number(made_age(i)), text(made_sex(i))});
    fit(&s);
    assert_int_equal(logit_model_predict(&s.model, (logit_value[]){number(30), text("X")}, &p,
                                         &variable),
                     LOGIT_LEVEL_UNKNOWN);
    assert_int_equal(variable, 1);
    assert_int_equal(logit_model_predict(&s.model, (logit_value[]){text("30"), text("F")}, &p,
                                         &variable),
                     LOGIT_OTHER_KIND);
    assert_int_equal(variable, 0);
    double linear = s.model.terms[0].estimate + 30 * s.model.terms[1].estimate;
    assert_near(predict(&s, (logit_value[]){number(30), text("F")}), 1 / (1 + exp(-linear)), 1e-15);
    finish(&s);
}

static void term_names(void **state) {
    (void)state;
    sample s;
    static const char *const expected[] = {"(Intercept)", "age", "sex=M"};
    start(&s, 2, false);
    for (int i = 1; i <= 100; i++)
        add(&s, made_outcome(i), 1, (logit_value[]){number(made_age(i)), text(made_sex(i))});
    fit(&s);
    for (int term = 0; term < 3; term++) {
        json_text name = {.from = &s.m.base};
        logit_model_term_name(&s.model, term, "age, sex", &name);
        assert_int_equal(name.length, strlen(expected[term]));
        assert_memory_equal(name.bytes, expected[term], name.length);
        json_write_free(&name);
    }
    finish(&s);
}

/* Builds, fits, writes and reads; true when nothing failed. */
static bool whole_way(failing_memory *m) {
    logit_rows rows;
    logit_model model, back;
    json_text written = {.from = &m->base};
    int variable;
    if (!logit_rows_start(&rows, &m->base, 4, true)) return false;
    bool good = true;
    for (int i = 1; good && i <= 60; i++) {
        logit_value values[] = {number(made_age(i)), text(made_sex(i)), text(made_offence(i)),
                                number(made_prior(i))};
        good = logit_rows_add(&rows, made_outcome(i), 1 + i % 2, values, &variable) == LOGIT_OK;
    }
    if (good && logit_fit(&model, &rows) == LOGIT_OK) {
        good = logit_model_write(&model, &written) &&
               logit_model_read(&back, &m->base, written.bytes, written.length);
        if (good) logit_model_free(&back);
        json_write_free(&written);
        logit_model_free(&model);
    } else {
        good = false;
    }
    logit_rows_free(&rows);
    return good;
}

static void no_memory_at_any_request(void **state) {
    (void)state;
    failing_memory m;
    long fail_at = 1;
    for (;; fail_at++) {
        failing_memory_start(&m, fail_at);
        bool good = whole_way(&m);
        assert_int_equal(m.live, 0);
        if (good) break;
    }
    assert_true(fail_at > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_fit_equals_r),
        cmocka_unit_test(weighted_fit_equals_r),
        cmocka_unit_test(intercept_alone_equals_r),
        cmocka_unit_test(two_by_two),
        cmocka_unit_test(mean_prediction_is_the_actual_share),
        cmocka_unit_test(later_columns_that_follow_are_dropped),
        cmocka_unit_test(a_constant_and_a_single_level_add_nothing),
        cmocka_unit_test(separation_ends_and_is_named),
        cmocka_unit_test(nearly_separated_is_fitted),
        cmocka_unit_test(wide_dictionaries),
        cmocka_unit_test(kinds_must_not_mix),
        cmocka_unit_test(text_there_and_back),
        cmocka_unit_test(texts_that_are_no_model),
        cmocka_unit_test(predictions_know_what_they_do_not_know),
        cmocka_unit_test(term_names),
        cmocka_unit_test(no_memory_at_any_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
