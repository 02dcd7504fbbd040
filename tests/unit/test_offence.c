/* offence.h, offence_code.h: written forms, classes, R18, R29, R30, R31. */
#include "check.h"
#include "offence.h"
#include "offence_code.h"

static offence_class classify(const char *code) {
    return offence_classify(code, strlen(code));
}

static offence_finding find(const char *code) {
    return offence_find(code, strlen(code));
}

static const char *group_of(const char *code) {
    const char *name = offence_group_name(classify(code).group);
    return name ? name : "unknown";
}

static bool is_all_unknown(offence_class c) {
    return !c.group && !c.group12 && c.violent == OFFENCE_UNKNOWN && c.sexual == OFFENCE_UNKNOWN &&
           c.serious_acquisitive == OFFENCE_UNKNOWN && c.serious == OFFENCE_UNKNOWN &&
           c.breach == OFFENCE_UNKNOWN && c.recordable == OFFENCE_UNKNOWN &&
           c.severity_rank == OFFENCE_RANK_UNKNOWN;
}

static void written_forms(void **state) {
    (void)state;
    static const struct {
        const char *text;
        offence_form form;
        int ho_class, sub_class;
    } cases[] = {
        {"028/03", OFFENCE_FORM_HOME_OFFICE, 28, 3},
        {"28/3", OFFENCE_FORM_HOME_OFFICE, 28, 3},
        {"02803", OFFENCE_FORM_HOME_OFFICE, 28, 3},
        {" 028/03  ", OFFENCE_FORM_HOME_OFFICE, 28, 3},
        {"0/0", OFFENCE_FORM_HOME_OFFICE, 0, 0},
        {"999/99", OFFENCE_FORM_HOME_OFFICE, 999, 99},
        {"2803", OFFENCE_FORM_NONE, 0, 0},
        {"280", OFFENCE_FORM_NONE, 0, 0},
        {"0028/03", OFFENCE_FORM_NONE, 0, 0},
        {"028/003", OFFENCE_FORM_NONE, 0, 0},
        {"028/", OFFENCE_FORM_NONE, 0, 0},
        {"/03", OFFENCE_FORM_NONE, 0, 0},
        {"028 03", OFFENCE_FORM_NONE, 0, 0},
        {"028/0x", OFFENCE_FORM_NONE, 0, 0},
        {"-28/03", OFFENCE_FORM_NONE, 0, 0},
        {"028/03\n", OFFENCE_FORM_NONE, 0, 0},
        {"", OFFENCE_FORM_NONE, 0, 0},
        {"   ", OFFENCE_FORM_NONE, 0, 0},
        {"28C", OFFENCE_FORM_RECORDED_CRIME, 0, 0},
        {"028C", OFFENCE_FORM_RECORDED_CRIME, 0, 0},
        {"5a", OFFENCE_FORM_RECORDED_CRIME, 0, 0},
        {"8F/1", OFFENCE_FORM_RECORDED_CRIME, 0, 0},
        {"8F/100", OFFENCE_FORM_NONE, 0, 0},
        {"TH680", OFFENCE_FORM_NONE, 0, 0},
        {"TH68010", OFFENCE_FORM_CJS, 0, 0},
        {"123456", OFFENCE_FORM_CJS, 0, 0},
        {"1234567890", OFFENCE_FORM_CJS, 0, 0},
        {"12345678901", OFFENCE_FORM_NONE, 0, 0},
        {"TH68-10", OFFENCE_FORM_NONE, 0, 0},
    };
    for (size_t i = 0; i < count_of(cases); i++) {
        offence_code code = offence_code_read(cases[i].text, strlen(cases[i].text));
        if (code.form != cases[i].form) print_error("%s\n", cases[i].text);
        assert_int_equal(code.form, cases[i].form);
        assert_int_equal(code.ho_class, cases[i].ho_class);
        assert_int_equal(code.sub_class, cases[i].sub_class);
    }
    assert_string_equal(offence_code_read("th68010", 7).key, "TH68010");
    assert_int_equal(offence_code_read("02803\0", 6).form, OFFENCE_FORM_NONE);
}

/* CJS codes and the Home Office codes the register gives them. */
static void worked_examples(void **state) {
    (void)state;
    static const struct {
        const char *cjs;
        int ho_code;
        const char *group;
        int violent, sexual, acquisitive, serious, recordable;
    } cases[] = {
        {"TH68010", 4600, "Theft (non-motor)", 0, 0, 0, 0, 1},
        {"CJ88001", 10501, "Violence", 1, 0, 0, 0, 1},
        {"OF61016", 501, "Violence", 1, 0, 0, 1, 1},
        {"TH68023", 3401, "Robbery", 0, 0, 1, 0, 1},
        {"TH68036", 2803, "Burglary (domestic)", 0, 0, 1, 0, 1},
        {"TH68151", 3702, "Taking & driving away and related offences", 0, 0, 1, 0, 1},
        {"CD71039", 14900, "Criminal damage", 0, 0, 0, 0, 1},
        {"SX03001", 1907, "Sexual (against child)", 0, 1, 0, 1, 1},
        {"MD71131", 9231, "Drug import/export/production", 0, 0, 0, 0, 1},
        {"RT88191", 80901, "Other motoring", 0, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < count_of(cases); i++) {
        offence_finding found = find(cases[i].cjs);
        assert_int_equal(found.status, OFFENCE_CLASSIFIED);
        assert_string_equal(found.cjs_code, cases[i].cjs);
        assert_int_equal(found.ho_code, cases[i].ho_code);
        assert_string_equal(offence_group_name(found.class.group), cases[i].group);
        assert_int_equal(found.class.violent, cases[i].violent);
        assert_int_equal(found.class.sexual, cases[i].sexual);
        assert_int_equal(found.class.serious_acquisitive, cases[i].acquisitive);
        assert_int_equal(found.class.serious, cases[i].serious);
        assert_int_equal(found.class.recordable, cases[i].recordable);
        assert_int_equal(found.class.breach, OFFENCE_NO);
    }
    assert_string_equal(find("th68010").cjs_code, "TH68010");
    assert_string_equal(find("42esX084").cjs_code, "42ESx084");
}

/* One code at each end of what the table of groups says, and beside it. */
static void groups(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"080/01", "Absconding or bail offences"},
        {"159/99", "Absconding or bail offences"},
        {"159/05", "Other"},
        {"028/00", "Burglary (domestic)"},
        {"999/20", "Burglary (domestic)"},
        {"033/00", "Burglary (other)"},
        {"059/14", "Criminal damage"},
        {"059/15", "Violence"},
        {"004/06", "Drink driving and related offences"},
        {"004/07", "Violence"},
        {"004/08", "Other motoring"},
        {"141/02", "Drink driving and related offences"},
        {"141/03", "Public order"},
        {"092/49", "Drug import/export/production"},
        {"092/50", "Drug possession/supply"},
        {"193/46", "Drug possession/supply"},
        {"193/49", "Other"},
        {"053/11", "Fraud and forgery"},
        {"099/10", "Fraud and forgery"},
        {"099/11", "Other"},
        {"054/01", "Handling stolen goods"},
        {"121/05", "Handling stolen goods"},
        {"121/06", "Theft (non-motor)"},
        {"825/01", "Other motoring"},
        {"008/32", "Other"},
        {"066/16", "Public order"},
        {"066/17", "Sexual (not against child)"},
        {"066/83", "Violence"},
        {"034/02", "Robbery"},
        {"016/12", "Sexual (against child)"},
        {"016/15", "Sexual (not against child)"},
        {"024/01", "Soliciting or prostitution"},
        {"131/01", "Taking & driving away and related offences"},
        {"045/10", "Theft from vehicles"},
        {"105/01", "Violence"},
        {"029/00", "Violence"},
        {"501/00", "Other"},
    };
    for (size_t i = 0; i < count_of(cases); i++)
        assert_string_equal(group_of(cases[i][0]), cases[i][1]);
    assert_null(offence_group_name(0));
    assert_null(offence_group_name(OFFENCE_GROUPS + 1));
    assert_string_equal(offence_group12_name(classify("131/00").group12),
                        "Summary motoring offences");
    assert_string_equal(offence_group12_name(classify("131/01").group12), "Theft and handling");
    assert_string_equal(offence_group12_name(classify("029/00").group12), "Burglary");
    assert_null(offence_group12_name(0));
    assert_null(offence_group12_name(OFFENCE_GROUPS12 + 1));
}

/* R29: sub-class 00. */
static void sub_class_not_stated(void **state) {
    (void)state;
    assert_int_equal(classify("048/00").serious_acquisitive, OFFENCE_YES);
    assert_int_equal(classify("029/00").serious_acquisitive, OFFENCE_YES);
    assert_int_equal(classify("046/00").serious_acquisitive, OFFENCE_NO);
    static const char *const acquisitive_unknown[] = {"037/00", "130/00"};
    for (size_t i = 0; i < count_of(acquisitive_unknown); i++) {
        offence_finding found = find(acquisitive_unknown[i]);
        assert_int_equal(found.class.serious_acquisitive, OFFENCE_UNKNOWN);
        assert_string_equal(offence_group_name(found.class.group),
                            "Taking & driving away and related offences");
        assert_int_equal(found.status, OFFENCE_NOT_STATED);
    }
    static const char *const group_unknown[] = {"088/00", "111/00", "141/00", "950/03", "999/55"};
    for (size_t i = 0; i < count_of(group_unknown); i++) {
        offence_finding found = find(group_unknown[i]);
        assert_int_equal(found.class.group, 0);
        assert_int_equal(found.class.severity_rank, OFFENCE_RANK_UNKNOWN);
        assert_int_equal(found.status, OFFENCE_EXACT_NEEDED);
    }
    assert_int_equal(classify("088/00").sexual, OFFENCE_UNKNOWN);
    assert_int_equal(classify("088/00").violent, OFFENCE_NO);
    assert_int_equal(classify("111/00").violent, OFFENCE_UNKNOWN);
    assert_int_equal(classify("141/00").violent, OFFENCE_NO);
    assert_int_equal(classify("141/00").serious_acquisitive, OFFENCE_NO);
    assert_int_equal(classify("004/00").serious, OFFENCE_UNKNOWN);
    assert_int_equal(classify("020/00").serious, OFFENCE_YES);
    assert_int_equal(classify("195/00").breach, OFFENCE_UNKNOWN);
    assert_true(is_all_unknown(classify("000/00")));
    assert_int_equal(find("000/00").status, OFFENCE_NO_CLASS);
    assert_int_equal(find("999/99").status, OFFENCE_NO_CLASS);
}

static void statuses(void **state) {
    (void)state;
    assert_int_equal(find("028/03").status, OFFENCE_CLASSIFIED);
    assert_int_equal(find("028/77").status, OFFENCE_BY_CLASS);
    assert_string_equal(group_of("028/77"), "Burglary (domestic)");
    assert_int_equal(find("155/28").status, OFFENCE_UNGROUPED);
    assert_int_equal(find("010/00").status, OFFENCE_UNKNOWN_CLASS);
    assert_int_equal(find("QQ99999").status, OFFENCE_UNKNOWN_CJS);
    assert_int_equal(find("28C").status, OFFENCE_RECORDED_CRIME);
    assert_int_equal(find("?").status, OFFENCE_MALFORMED);
    static const char *const unknown[] = {"010/00", "QQ99999", "28C", "?", ""};
    for (size_t i = 0; i < count_of(unknown); i++) {
        assert_true(is_all_unknown(classify(unknown[i])));
        assert_null(find(unknown[i]).label);
    }
    for (int i = 0; i < OFFENCE_STATUSES; i++)
        assert_non_null(offence_status_text((offence_status)i));
    assert_null(offence_status_text((offence_status)OFFENCE_STATUSES));
}

/* R30, over every code of the tables: the list of serious acquisitive offences and no other. */
static bool is_on_acquisitive_list(int ho_code) {
    int ho_class = ho_code / 100;
    return ho_class == 28 || ho_class == 29 || ho_class == 34 || ho_class == 45 || ho_class == 48 ||
           ho_code == 3702 || ho_code == 13001;
}

static void flags_over_the_register(void **state) {
    (void)state;
    offence_finding found;
    size_t count = 0, cjs = 0, grouped = 0, breaches = 0;
    for (; offence_register(count, &found); count++) {
        offence_class c = found.class;
        cjs += found.cjs_code != NULL;
        grouped += c.group != 0;
        breaches += found.category && strcmp(found.category, "CB") == 0;
        if (found.category && strcmp(found.category, "CB") == 0)
            assert_int_equal(c.breach, OFFENCE_YES);
        if (found.status == OFFENCE_CLASSIFIED)
            assert_int_equal(c.serious_acquisitive, is_on_acquisitive_list(found.ho_code));
        assert_int_equal(c.group == 0, c.severity_rank == OFFENCE_RANK_UNKNOWN);
        const char *group = offence_group_name(c.group);
        if (group) {
            assert_int_equal(c.violent, strcmp(group, "Violence") == 0);
            assert_int_equal(c.sexual, strncmp(group, "Sexual", 6) == 0 || found.ho_code == 7200);
        }
        /* The rest of the serious list is deaths and injuries by driving. */
        if (c.serious == OFFENCE_YES && c.violent == OFFENCE_NO && c.sexual == OFFENCE_NO)
            assert_true(found.ho_code / 100 == 4 || found.ho_code == 3701);
        assert_non_null(found.cjs_code ? found.label : "");
        size_t number = SIZE_MAX;
        char code[OFFENCE_HO_CODE_LENGTH + 1];
        offence_write_ho_code(found.ho_code, code);
        const char *text = found.cjs_code ? found.cjs_code : code;
        assert_true(offence_register_number(text, strlen(text), &number));
        assert_int_equal(number, count);
    }
    assert_int_equal(cjs, 30356);
    assert_int_equal(breaches, 61);
    assert_true(grouped > 15000);
    assert_false(offence_register_number("010/00", 6, &count));
    assert_false(offence_register_number("?", 1, &count));
}

static void breaches(void **state) {
    (void)state;
    static const char *const yes[] = {"000/01", "195/55", "195/56", "195/60", "195/66",
                                      "195/79", "196/13", "997/00", "998/00", "193/47"};
    for (size_t i = 0; i < count_of(yes); i++)
        assert_int_equal(classify(yes[i]).breach, OFFENCE_YES);
    /* Breach of an order that stands alone is an offence of its own. */
    static const char *const no[] = {"008/31", "066/08", "068/07", "125/30", "195/57", "028/03"};
    for (size_t i = 0; i < count_of(no); i++) assert_int_equal(classify(no[i]).breach, OFFENCE_NO);
    assert_int_equal(classify("CJ03507").breach, OFFENCE_YES);
}

static void ranks(void **state) {
    (void)state;
    bool taken[OFFENCE_GROUPS + 1] = {false};
    offence_finding found;
    for (size_t i = 0; offence_register(i, &found); i++) {
        if (found.class.group == 0) continue;
        assert_in_range(found.class.severity_rank, 1, OFFENCE_GROUPS);
        taken[found.class.severity_rank] = true;
    }
    for (int rank = 1; rank <= OFFENCE_GROUPS; rank++) assert_true(taken[rank]);
    assert_true(classify("001/01").severity_rank < classify("046/00").severity_rank);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_forms), cmocka_unit_test(worked_examples),
        cmocka_unit_test(groups),        cmocka_unit_test(sub_class_not_stated),
        cmocka_unit_test(statuses),      cmocka_unit_test(flags_over_the_register),
        cmocka_unit_test(breaches),      cmocka_unit_test(ranks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
