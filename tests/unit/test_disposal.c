/* disposal.h: categories, immediate custody, outcomes, lengths (R8, R17, R25). */
#include "band.h"
#include "check.h"
#include "disposal.h"

static disposal find(const char *code) {
    return disposal_find(code, strlen(code));
}

static void categories(void **state) {
    (void)state;
    static const struct {
        const char *codes; /* four digits each, one space */
        const char *category;
        bool custody;
    } cases[] = {
        {"1002 1003 1007 1024 1022 1080 1081 1112 1114", "custody", true},
        {"1115 1134 1089", "suspended_sentence", false},
        {"1116 1010 1013 1095 1503 1098 1099 1102 1086 1101 1052 1141 1142 1143 1097 1083 1084 "
         "1012 1011",
         "community_sentence", false},
        {"1015", "fine", false},
        {"1017", "absolute_discharge", false},
        {"1018", "conditional_discharge", false},
        {"1117", "caution", false},
        {"1008 1016 1001", "other", false},
    };
    for (size_t i = 0; i < count_of(cases); i++) {
        for (const char *code = cases[i].codes; *code; code += code[4] ? 5 : 4) {
            disposal found = disposal_find(code, 4);
            assert_memory_equal(found.code, code, 4);
            assert_string_equal(found.category, cases[i].category);
            assert_int_equal(found.immediate_custody, cases[i].custody);
            assert_non_null(found.label);
        }
    }
}

static void no_disposal(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"1109", "penalty notice"},
        {"2004", "not proven"},
        {"2006", "not proven"},
        {"2007", "interim"},
        {"2008", "interim"},
        {"2059", "carried forward"},
        {"2079", "conviction quashed"},
        {"2068", "sentence quashed"},
        {"2065", "deceased"},
        {"3044", "appeal pending"},
    };
    for (size_t i = 0; i < count_of(cases); i++) {
        disposal found = find(cases[i][0]);
        assert_null(found.category);
        assert_false(found.immediate_custody);
        assert_string_equal(found.outcome, cases[i][1]);
    }
    assert_non_null(find("4001").code);
    assert_null(find("4001").outcome);
}

static void out_of_court(void **state) {
    (void)state;
    assert_string_equal(find("caution").category, "caution");
    assert_string_equal(find("CAUTION").category, "caution");
    assert_string_equal(find("reprimand").category, "reprimand_or_warning");
    assert_string_equal(find("final_warning").category, "reprimand_or_warning");
    assert_string_equal(find("final_warning").outcome, "out of court");
    assert_null(find("penalty_notice").category);
    assert_string_equal(find("drug_test").category, "drug_test");
}

static void unknown_codes(void **state) {
    (void)state;
    static const char *const codes[] = {"",     "1",     "0000",  "9998",     "10022",
                                        "100x", "1002 ", "cauti", "cautions", "custody"};
    for (size_t i = 0; i < count_of(codes); i++) assert_null(find(codes[i]).code);
    assert_null(disposal_find("100\0", 4).code);
}

static void verdicts(void **state) {
    (void)state;
    assert_int_equal(disposal_verdict_proven("G", 1), 1);
    assert_int_equal(disposal_verdict_proven("g", 1), 1);
    assert_int_equal(disposal_verdict_proven("", 0), 1);
    assert_int_equal(disposal_verdict_proven("NG", 2), 0);
    assert_int_equal(disposal_verdict_proven("NA", 2), 0);
    assert_int_equal(disposal_verdict_proven("NC", 2), 0);
    assert_int_equal(disposal_verdict_proven("N", 1), -1);
    assert_int_equal(disposal_verdict_proven("GUILTY", 6), -1);
}

static void lengths(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int32_t months;
    } cases[] = {
        {"D0", 0},
        {"D30", 0},
        {"D31", 1},
        {"D90", 2},
        {"D92", 3},
        {"D364", 11},
        {"D365", 12},
        {"D366", 12},
        {"D3650", 120},
        {"D3653", 120},
        {"W4", 0},
        {"W5", 1},
        {"W26", 6},
        {"W51", 11},
        {"W52", 12},
        {"W520", 120},
        {"M6", 6},
        {"M12", 12},
        {"m12", 12},
        {"M012", 12},
        {"Y1", 12},
        {"Y2", 24},
        {"Y10", 120},
        {"Y998", 11976},
        {"Y999", SENTENCE_LIFE},
        {"Y1000", SENTENCE_LIFE},
        {"L", SENTENCE_LIFE},
        {"l", SENTENCE_LIFE},
        {"D999999", SENTENCE_LIFE},
        {"Y999999", SENTENCE_LIFE},
    };
    for (size_t i = 0; i < count_of(cases); i++) {
        int32_t months = -1;
        assert_true(disposal_sentence_months(cases[i].text, strlen(cases[i].text), &months));
        if (months != cases[i].months) print_error("%s\n", cases[i].text);
        assert_int_equal(months, cases[i].months);
    }
    static const char *const refused[] = {"",    "D",   "Y",    "H80", "S12",      "12M", "X1",
                                          "M-1", "M 1", "M1.5", " M1", "D1234567", "L1x"};
    for (size_t i = 0; i < count_of(refused); i++) {
        int32_t months;
        assert_false(disposal_sentence_months(refused[i], strlen(refused[i]), &months));
    }
    /* Every whole number of years falls on its band, in days, weeks, months and years alike. */
    for (int years = 1; years < 100; years++) {
        char text[16];
        int32_t months;
        const struct {
            char unit;
            int number;
        } same[] = {{'D', years * 365}, {'W', years * 52}, {'M', years * 12}, {'Y', years}};
        for (size_t i = 0; i < count_of(same); i++) {
            snprintf(text, sizeof text, "%c%d", same[i].unit, same[i].number);
            assert_true(disposal_sentence_months(text, strlen(text), &months));
            assert_int_equal(months, years * 12);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(categories),   cmocka_unit_test(no_disposal),
        cmocka_unit_test(out_of_court), cmocka_unit_test(unknown_codes),
        cmocka_unit_test(verdicts),     cmocka_unit_test(lengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
