/* eligibility.h: what counts by offence, verdict and disposal (R8, R17, R18); the index offence
 * (R9). */
#include "check.h"
#include "eligibility.h"

static eligibility_text said(const char *text) {
    return (eligibility_text){text, text ? strlen(text) : 0};
}

typedef struct offence_case {
    const char *code, *verdict, *disposal, *reason;
} offence_case;

static const offence_case offences[] = {
    {"046/00", "G", NULL, NULL},
    {"046/00", "G", "1015", NULL},
    {"046/00", NULL, NULL, NULL}, /* a caution */
    {"046/00", "", NULL, NULL},
    {"046/00", "NG", NULL, "not proven"},
    {"046/00", "NA", "1015", "not proven"},
    {"046/00", "NC", NULL, "not proven"},
    {"046/00", "G", "2079", "quashed"},
    {"046/00", "G", "2008", "interim"},
    {"046/00", NULL, "1109", "penalty notice"},
    {"046/00", "G", "2068", NULL}, /* sentence varied */
    {"046/00", "G", "9999", NULL}, /* in no table */
    {"046/00", NULL, "caution", NULL},
    {"195/55", "G", "1015", "breach"},
    {"809/01", "G", "1015", "not recordable"},
    {"28C", "G", NULL, NULL}, /* nothing is known of it */
    {NULL, "G", NULL, NULL},
    {"", "G", NULL, NULL},
    {"195/55", "NG", "2079", "not proven"}, /* the first that holds */
    {"195/55", "G", "2079", "quashed"},
};

static void offences_that_do_not_count(void **state) {
    (void)state;
    for (size_t i = 0; i < count_of(offences); i++) {
        const char *reason = eligibility_of_offence(
            said(offences[i].code), said(offences[i].verdict), said(offences[i].disposal));
        if (!offences[i].reason)
            assert_null(reason);
        else
            assert_string_equal(reason, offences[i].reason);
    }
}

static void convictions_that_are_no_entry(void **state) {
    (void)state;
    assert_string_equal(eligibility_of_conviction(said("1002")), "immediate custody");
    assert_null(eligibility_of_conviction(said("1115"))); /* suspended */
    assert_null(eligibility_of_conviction(said("1015")));
    assert_string_equal(eligibility_of_conviction(said("2004")), "not proven");
    assert_null(eligibility_of_conviction(said("9876"))); /* in no table */
    assert_null(eligibility_of_conviction(said(NULL)));
}

static void the_index_offence(void **state) {
    (void)state;
    static const struct {
        int64_t id;
        const char *code;
        bool excluded;
    } order[] = {
        {5, "001/01", false}, /* homicide: the gravest */
        {3, "034/01", false},
        {4, "034/01", false}, /* the lower id */
        {1, "046/00", false},
        {2, NULL, false},
        {ELIGIBILITY_LAST_ID, "28C", false},
        {0, "001/01", true}, /* excluded stands behind all that count */
        {ELIGIBILITY_LAST_ID, NULL, true},
    };
    int64_t before = -1;
    for (size_t i = 0; i < count_of(order); i++) {
        int64_t number =
            eligibility_index_order(order[i].id, said(order[i].code), order[i].excluded);
        assert_true(number > before);
        before = number;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offences_that_do_not_count),
        cmocka_unit_test(convictions_that_are_no_entry),
        cmocka_unit_test(the_index_offence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
