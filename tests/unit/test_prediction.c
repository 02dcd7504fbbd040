/* prediction.h, prediction_model.h and expectation.h by hand: what a text says and may not say,
** scores, sums, and no memory at every request. */
#include "check.h"
#include "expectation.h"
#include "failing_memory.h"
#include "packed_people.h"

#define FACTOR(levels) "{\"kind\":\"factor\",\"levels\":[" levels "]}"
#define NUMBER "{\"kind\":\"number\"}"
#define FIT(terms, variables)                                                                      \
    "{\"logit\":1,\"n\":40,\"events\":10,\"terms\":[" terms "],\"variables\":[" variables "]}"
#define TERM(estimate) "{\"estimate\":" estimate "}"
#define MODEL(group, covariates, more, fit)                                                        \
    "{\"age_group\":\"" group "\",\"covariates\":\"" covariates "\"," more "\"fit\":" fit "}"
#define TEXT(models) "{\"reoffend_model\":1,\"models\":[" models "]}"

/* Adults: 0.5; a caution -1; 0.25 * ln(1 + previous offences); a release counts as a caution. */
static const char adults[] = TEXT(MODEL(
    "adult", "index_kind, ln_previous_offences",
    "\"pooled\":[{\"variable\":1,\"level\":\"release\",\"into\":\"caution\"}],\"year\":2000,",
    FIT(TERM("0.5") "," TERM("2") "," TERM("0.25"),
        FACTOR("\"caution\",\"conviction\"") "," NUMBER)));

typedef struct fixture {
    failing_memory from;
    packed_people people;
    history_person person;
    codebook book;
    prediction made;
    prediction_problem problem;
} fixture;

static void start_with(fixture *f, long fail_at, kind which) {
    failing_memory_start(&f->from, 0);
    packed_people_start(&f->people, &f->from.base);
    packed_people_person(&f->people, 1, "1980-05-01");
    packed_people_appearance(&f->people, "2009-03-31", which, NULL);
    packed_people_offence(&f->people, "2001-01-01", NULL, "2001-02-01", NULL);
    packed_people_offence(&f->people, "2002-01-01", NULL, "2002-02-01", NULL);
    packed_people_spell(&f->people, "ppo", "2009-01-01", NULL);
    f->person = packed_people_open(&f->people);
    assert_true(codebook_make(&f->book, &f->people.texts));
    f->problem.text[0] = '\0';
    f->from.fail_at = fail_at ? f->from.requests + fail_at : 0;
}

static prediction_result make(fixture *f, const char *text) {
    return prediction_make(&f->made, &f->from.base, &f->book, text, strlen(text), &f->problem);
}

static void end(fixture *f) {
    prediction_free(&f->made);
    f->from.fail_at = 0;
    codebook_free(&f->book);
    packed_people_free(&f->people);
    assert_int_equal(f->from.live, 0);
}

/* The person's index event, were they of that age on its day. */
static breakdown_facts facts_at(const fixture *f, int age) {
    breakdown_facts facts = {.block = &f->people.block};
    assert_true(calendar_add_months((calendar_day)day_of("1980-05-01"), 12 * age, &facts.date));
    return facts;
}

static double score(const fixture *f, int age, const criminal_history *before) {
    const breakdown_facts facts = facts_at(f, age);
    double probability;
    assert_true(prediction_score(&f->made, prediction_set_of(&f->made, 0), &facts, before,
                                 &probability));
    return probability;
}

static double logistic(double z) {
    return 1.0 / (1.0 + exp(-z));
}

static void scores_are_those_of_the_text(void **state) {
    (void)state;
    static const struct {
        kind which;
        double part; /* NAN: not there at the fit */
    } kinds[] = {{KIND_CAUTION, 0}, {KIND_CONVICTION, 2}, {KIND_RELEASE, 0}, {KIND_DRUG_TEST, NAN}};
    for (size_t i = 0; i < count_of(kinds); i++) {
        fixture f;
        criminal_history before = {.offences = 6};
        start_with(&f, 0, kinds[i].which);
        assert_int_equal(make(&f, adults), PREDICTION_MADE);
        assert_true(f.made.with_record);
        assert_false(f.made.with_described);
        double probability = score(&f, 20, &before);
        if (isnan(kinds[i].part)) {
            assert_true(isnan(probability));
        } else {
            assert_near(probability, logistic(0.5 + kinds[i].part + 0.25 * log(7)), 1e-15);
        }
        before.offences = 100000;
        if (i == 0)
            assert_near(score(&f, 20, &before), logistic(0.5 + 0.25 * log(100001)), 1e-15);
        assert_true(isnan(score(&f, 17, &before))); /* juveniles have no model */
        assert_true(isnan(score(&f, -1, &before)));
        end(&f);
    }
}

static void numbers_and_joined_factors(void **state) {
    (void)state;
    static const char text[] = TEXT(MODEL(
        "adult",
        "age , previous_offences,previous_sanctions, previous_custody,copas_rate,age_band*sex", "",
        FIT(TERM("1") "," TERM("0.01") "," TERM("0.02") "," TERM("0.03") "," TERM("0.04") ","
                TERM("0.05") "," TERM("-3"),
                NUMBER "," NUMBER "," NUMBER "," NUMBER "," NUMBER ","
                FACTOR("\"18-20*F\",\"18-20*unknown\""))));
    fixture f;
    criminal_history before = {7, 5, 3, 11};
    start_with(&f, 0, KIND_CAUTION);
    assert_int_equal(make(&f, text), PREDICTION_MADE);
    assert_near(score(&f, 20, &before),
                logistic(1 + 0.2 + 0.14 + 0.15 + 0.12 + 0.05 * log(6.0 / 21.0) - 3), 1e-15);
    assert_true(isnan(score(&f, 21, &before))); /* 21-24*unknown was not there */
    end(&f);
}

static void sub_cohorts_have_models_of_their_own(void **state) {
    (void)state;
    static const char text[] = TEXT(
        MODEL("adult", "", "", FIT(TERM("1"), "")) "," MODEL("juvenile", "", "\"subcohort\":null,",
                                                              FIT(TERM("2"), "")) ","
        MODEL("adult", "", "\"subcohort\":\"ppo\",", FIT(TERM("3"), "")) ","
        MODEL("adult", "", "\"subcohort\":\"nobody\",", FIT(TERM("4"), "")));
    fixture f;
    const criminal_history before = {0};
    start_with(&f, 0, KIND_CAUTION);
    const breakdown_facts facts = facts_at(&f, 40), young = facts_at(&f, 12);
    double probability;
    assert_int_equal(make(&f, text), PREDICTION_MADE);
    uint32_t ppo = dictionary_find(&f.people.texts, DICTIONARY_SUBCOHORT, "ppo", 3);
    assert_int_equal(f.made.set_count, 3);
    assert_ptr_equal(prediction_set_of(&f.made, 0), &f.made.sets[0]);
    assert_ptr_equal(prediction_set_of(&f.made, ppo), &f.made.sets[1]);
    assert_ptr_equal(prediction_set_of(&f.made, ppo + 1), &f.made.sets[0]);
    assert_near(score(&f, 40, &before), logistic(1), 1e-15);
    assert_near(score(&f, 12, &before), logistic(2), 1e-15);
    assert_true(prediction_score(&f.made, &f.made.sets[1], &facts, &before, &probability));
    assert_near(probability, logistic(3), 1e-15);
    assert_true(prediction_score(&f.made, &f.made.sets[1], &young, &before, &probability));
    assert_true(isnan(probability)); /* by its own models only */
    assert_near(prediction_base(&f.made.sets[0], 0), 0.25, 0);
    assert_near(prediction_base(&f.made.sets[1], AGE_GROUP_ADULT), 0.25, 0);
    assert_true(isnan(prediction_base(&f.made.sets[1], AGE_GROUP_JUVENILE)));
    end(&f);
}

static void what_is_wrong_is_named(void **state) {
    (void)state;
#define GOOD FIT(TERM("1"), "")
#define SEX FIT(TERM("1") "," TERM("2"), FACTOR("\"F\",\"M\""))
    static const char form[] = "it is not of the form {\"reoffend_model\":1,\"models\":[…]}";
    static const struct {
        const char *text, *problem;
    } cases[] = {
        {"", form},
        {"{}", form},
        {"{\"reoffend_model\":2,\"models\":[]}", form},
        {TEXT("") " x", form},
        {TEXT("{}"), "model 1 has no age_group 'adult' or 'juvenile'"},
        {TEXT("{\"age_group\":\"old\"}"), "model 1 has no age_group 'adult' or 'juvenile'"},
        {TEXT("{\"age_group\":\"adult\"}"), "model 1 has no covariates"},
        {TEXT("{\"age_group\":\"adult\",\"covariates\":\"\"}"), "model 1 has no fit"},
        {TEXT(MODEL("adult", "", "", GOOD) "," MODEL("adult", "", "", GOOD)),
         "model 2 is the second one of adults"},
        {TEXT(MODEL("adult", "", "\"subcohort\":\"a\",", GOOD) ","
              MODEL("adult", "", "\"subcohort\":\"a\",", GOOD)),
         "model 2 is the second one of adults of its sub-cohort"},
        {TEXT(MODEL("adult", "", "", "{\"logit\":2}")),
         "of model 1 (adult): its fit is no text made by logit_fit()"},
        {TEXT(MODEL("adult", "", "", "{\"logit\":1,\"terms\":[{}],\"variables\":[]}")),
         "of model 1 (adult): its fit does not say of how many people it is"},
        {TEXT(MODEL("adult", "shoe", "", SEX)),
         "of model 1 (adult): 'shoe' is none of the covariates"},
        {TEXT(MODEL("adult", "months_to_reoffence", "", SEX)),
         "of model 1 (adult): 'months_to_reoffence' is none of the covariates"},
        {TEXT(MODEL("adult", "sex*sex", "", SEX)),
         "of model 1 (adult): 'sex*sex' is none of the covariates"},
        {TEXT(MODEL("juvenile", "sex,", "", SEX)),
         "of model 1 (juvenile): '' is none of the covariates"},
        {TEXT(MODEL("adult", "age", "", SEX)),
         "of model 1 (adult): 'age' is x1, which is a factor in its fit"},
        {TEXT(MODEL("adult", "sex", "", FIT(TERM("1") "," TERM("2"), NUMBER))),
         "of model 1 (adult): 'sex' is x1, which is a number in its fit"},
        {TEXT(MODEL("adult", "sex,age", "", SEX)),
         "of model 1 (adult): it has 2 covariates and its fit has 1 variables"},
        {TEXT(MODEL("adult", "", "", SEX)),
         "of model 1 (adult): it has 0 covariates and its fit has 1 variables"},
        {TEXT(MODEL("adult", "sex", "\"pooled\":[{\"variable\":0}],", SEX)),
         "of model 1 (adult): its pooled levels are not of the form "
         "[{\"variable\":1,\"level\":\"…\",\"into\":\"…\"}, …]"},
        {TEXT(MODEL("adult", "sex", "\"pooled\":[{\"variable\":1,\"level\":\"X\"}],", SEX)),
         "of model 1 (adult): its pooled levels are not of the form "
         "[{\"variable\":1,\"level\":\"…\",\"into\":\"…\"}, …]"},
    };
    for (size_t i = 0; i < count_of(cases); i++) {
        fixture f;
        start_with(&f, 0, KIND_CAUTION);
        assert_int_equal(make(&f, cases[i].text), PREDICTION_WRONG);
        assert_string_equal(f.problem.text, cases[i].problem);
        end(&f);
    }
}

/* Every cut of a good text is refused or, when nothing but blanks is cut, taken. */
static void a_cut_text_is_no_model(void **state) {
    (void)state;
    for (size_t length = 0; length < sizeof adults - 1; length++) {
        fixture f;
        start_with(&f, 0, KIND_CAUTION);
        assert_int_equal(prediction_make(&f.made, &f.from.base, &f.book, adults, length,
                                         &f.problem),
                         PREDICTION_WRONG);
        end(&f);
    }
}

static void no_memory_at_every_request(void **state) {
    (void)state;
    long n = 0;
    prediction_result result;
    do {
        fixture f;
        start_with(&f, ++n, KIND_CAUTION);
        result = make(&f, adults);
        assert_int_equal(result, f.from.requests >= f.from.fail_at ? PREDICTION_NO_MEMORY
                                                                   : PREDICTION_MADE);
        end(&f);
    } while (result != PREDICTION_MADE);
    assert_true(n > 15);
}

/* Three people of one group, one without a probability, over runs of four windows. */
static void sums_are_over_those_with_a_probability(void **state) {
    (void)state;
    static const char text[] =
        TEXT(MODEL("adult", "age", "", FIT(TERM("0") "," TERM("0.1"), NUMBER)));
    fixture f;
    breakdown_plan plan;
    expectation to;
    start_with(&f, 0, KIND_CAUTION);
    assert_int_equal(make(&f, text), PREDICTION_MADE);
    assert_int_equal(breakdown_plan_make(&plan, &f.book, 0, 12), BREAKDOWN_PLANNED);
    expectation_init(&to, &f.from.base, &f.made, &plan, 4);
    static const struct {
        int age;
        bool reoffended;
        int32_t first, last;
    } people[] = {{20, true, 0, 2}, {30, false, 1, 3}, {12, true, 0, 3}};
    for (size_t i = 0; i < count_of(people); i++) {
        const breakdown_facts facts = facts_at(&f, people[i].age);
        expectation_begin(&to, &facts, &f.person, NULL, people[i].reoffended);
        assert_int_equal(expectation_add(&to, 0, people[i].first, people[i].last),
                         EXPECTATION_ADDED);
    }
    double two = logistic(2), three = logistic(3);
    expectation_cell cell = expectation_at(&to, 0, 1);
    assert_int_equal(cell.offenders, 2);
    assert_int_equal(cell.reoffenders, 1);
    assert_near(cell.expected, two + three, 1e-15);
    assert_near(cell.variance, two * (1 - two) + three * (1 - three), 1e-15);
    expectation_summary made = expectation_summarise(&to, 0, &cell);
    assert_near(made.predicted, (two + three) / 2, 1e-15);
    assert_near(made.excess, 0.5 - (two + three) / 2, 1e-15);
    assert_near(made.base_proportion, 0.25, 0);
    assert_near(made.adjusted, made.excess + 0.25, 1e-15);
    assert_near(made.limits.high - made.limits.low,
                2 * 1.959963984540054 * sqrt(cell.variance) / 2, 1e-12);
    assert_int_equal(expectation_at(&to, 0, 3).offenders, 1);
    assert_int_equal(expectation_at(&to, 7, 3).offenders, 0);
    cell = (expectation_cell){0};
    assert_true(isnan(expectation_summarise(&to, 0, &cell).adjusted));
    expectation_free(&to);
    end(&f);
}

/* Groups are found again however many there are; each request may fail. */
static void many_groups(void **state) {
    (void)state;
    static const char text[] = TEXT(MODEL("adult", "", "", FIT(TERM("0"), "")));
    fixture f;
    breakdown_plan plan;
    expectation to;
    start_with(&f, 0, KIND_CAUTION);
    const breakdown_facts facts = facts_at(&f, 20);
    assert_int_equal(make(&f, text), PREDICTION_MADE);
    assert_int_equal(breakdown_plan_make(&plan, &f.book, 0, 12), BREAKDOWN_PLANNED);
    expectation_init(&to, &f.from.base, &f.made, &plan, 1);
    expectation_begin(&to, &facts, &f.person, NULL, true);
    for (uint64_t key = 0; key < 2000; key++)
        assert_int_equal(expectation_add(&to, key * 977, 0, 0), EXPECTATION_ADDED);
    for (uint64_t key = 0; key < 2000; key++)
        assert_int_equal(expectation_at(&to, key * 977, 0).offenders, 1);
    expectation_free(&to);
    for (long n = 1; n <= 3; n++) {
        expectation_init(&to, &f.from.base, &f.made, &plan, 1);
        expectation_begin(&to, &facts, &f.person, NULL, true);
        f.from.fail_at = f.from.requests + n;
        assert_int_equal(expectation_add(&to, 5, 0, 0), EXPECTATION_NO_MEMORY);
        f.from.fail_at = 0;
        expectation_free(&to);
    }
    end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_those_of_the_text),
        cmocka_unit_test(numbers_and_joined_factors),
        cmocka_unit_test(sub_cohorts_have_models_of_their_own),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(a_cut_text_is_no_model),
        cmocka_unit_test(no_memory_at_every_request),
        cmocka_unit_test(sums_are_over_those_with_a_probability),
        cmocka_unit_test(many_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
