/* extract_column.h: declarations, and for each type what is read, what is empty, what is refused.
 */
#include "check.h"
#include "extract_column.h"
#include "failing_memory.h"

static void declarations(void **state) {
    (void)state;
    static const struct {
        const char *text, *name;
        extract_type type;
        bool required;
        const char *values;
    } good[] = {
        {"note text", "note", EXTRACT_TEXT, false, ""},
        {" id  required\n whole ", "id", EXTRACT_WHOLE, true, ""},
        {"required text", "required", EXTRACT_TEXT, false, ""},
        {"a required code x", "a", EXTRACT_CODE, true, "x"},
        {"a kind x yy z", "a", EXTRACT_KIND, false, "x yy z"},
        {"a lookup area.area_code", "a", EXTRACT_LOOKUP, false, "area.area_code"},
        {"a offence_code", "a", EXTRACT_OFFENCE_CODE, false, ""},
        {"a person", "a", EXTRACT_PERSON, false, ""},
        {"a past_date", "a", EXTRACT_PAST_DATE, false, ""},
        {"a duration", "a", EXTRACT_DURATION, false, ""},
        {"a date since b ", "a", EXTRACT_DATE, false, "b"},
        {"a required past_date until b", "a", EXTRACT_PAST_DATE, true, "b"},
    };
    static const char *const bad[] = {"",
                                      "a",
                                      "a required",
                                      "a number",
                                      "a text x",
                                      "a code",
                                      "a kind ",
                                      "a lookup",
                                      "a Text",
                                      "a whole 1",
                                      "required",
                                      "a required required text",
                                      "a date since",
                                      "a date b",
                                      "a whole since b"};
    extract_column column;
    for (size_t i = 0; i < count_of(good); i++) {
        assert_true(extract_column_declare(good[i].text, &column));
        assert_int_equal(column.name_length, strlen(good[i].name));
        assert_memory_equal(column.name, good[i].name, column.name_length);
        assert_int_equal(column.type, good[i].type);
        assert_int_equal(column.required, good[i].required);
        assert_int_equal(column.values_length, strlen(good[i].values));
        assert_memory_equal(column.values, good[i].values, column.values_length);
    }
    for (size_t i = 0; i < count_of(bad); i++)
        if (extract_column_declare(bad[i], &column)) fail_msg("\"%s\" was taken", bad[i]);
}

typedef struct cell_case {
    const char *declaration, *text;
    const char *told; /* "empty", "text", a number, or "!reason" */
} cell_case;

static const cell_case cases[] = {
    {"a text", "", "empty"},
    {"a required text", "", "!empty"},
    {"a text", " ", "text"},
    {"a required whole", "", "!empty"},
    {"a whole", "", "empty"},
    {"a whole", "0", "0"},
    {"a whole", "007", "7"},
    {"a whole", "99999999999999999", "99999999999999999"},
    {"a whole", "999999999999999999", "!not_a_whole_number"},
    {"a whole", "-1", "!not_a_whole_number"},
    {"a whole", "1.0", "!not_a_whole_number"},
    {"a whole", " 1", "!not_a_whole_number"},
    {"a whole", "1x", "!not_a_whole_number"},
    {"a pnc_id", "1979/0163001B", "19790163001"},
    {"a pnc_id", "79/163001B", "19790163001"},
    {"a pnc_id", "19790163001b", "19790163001"},
    {"a pnc_id", "1980/0163001B", "!not_a_pnc_id"},
    {"a pnc_id", "?", "!not_a_pnc_id"},
    {"a pnc_id", "", "empty"},
    {"a person", "1979/0163001B", "42"}, /* given up for another */
    {"a person", "1995/0000001W", "19950000001"},
    {"a person", "x", "!not_a_pnc_id"},
    {"a date", "2009-02-28", "text"},
    {"a date", "2009-02-29", "!not_a_date"},
    {"a date", "2009-2-28", "!not_a_date"},
    {"a date", "2009-02-28 ", "!not_a_date"},
    {"a date", "2012-01-01", "text"},
    {"a past_date", "2011-12-31", "text"},
    {"a past_date", "2012-01-01", "!after_extract"},
    {"a past_date", "2012-02-30", "!not_a_date"},
    {"a required past_date", "", "!empty"},
    {"a duration", "M6", "6"},
    {"a duration", "Y2", "24"},
    {"a duration", "6", "!not_a_duration"},
    {"a duration", "", "empty"},
    {"a code 1 10 x", "1", "text"},
    {"a code 1 10 x", "10", "text"},
    {"a code 1 10 x", "x", "text"},
    {"a code 1 10 x", "0", "!unknown_code"},
    {"a code 1 10 x", "1 10", "!unknown_code"},
    {"a code 1 10 x", "10 ", "!unknown_code"},
    {"a code 1 10 x", "xx", "!unknown_code"},
    {"a code 1 10 x", "", "empty"},
    {"a required kind one two", "three", "!unknown_kind"},
    {"a required kind one two", "tw", "!unknown_kind"},
    {"a lookup t.c", "anything", "text"},
    {"a offence_code", "no code", "text"},
};

static void cells(void **state) {
    (void)state;
    failing_memory from;
    failing_memory_start(&from, 0);
    extract_setting setting = {.pivot_year = 2011, .merged.from = &from.base};
    assert_true(calendar_parse("2011-12-31", 10, &setting.last_day));
    assert_true(id_map_set(&setting.merged, 19790163001, 42));
    for (size_t i = 0; i < count_of(cases); i++) {
        extract_column column;
        extract_cell cell;
        char told[40] = "empty";
        assert_true(extract_column_declare(cases[i].declaration, &column));
        const char *fault =
            extract_cell_read(&column, &setting, cases[i].text, strlen(cases[i].text), &cell);
        if (fault) assert_int_equal(cell.kind, EXTRACT_EMPTY);
        if (fault)
            snprintf(told, sizeof told, "!%s", fault);
        else if (cell.kind == EXTRACT_STRING)
            snprintf(told, sizeof told, "text");
        else if (cell.kind == EXTRACT_INTEGER)
            snprintf(told, sizeof told, "%lld", (long long)cell.number);
        if (strcmp(told, cases[i].told) != 0)
            fail_msg("%s of '%s': expected %s, got %s", cases[i].declaration, cases[i].text,
                     cases[i].told, told);
    }
    id_map_free(&setting.merged);
    assert_int_equal(from.live, 0);
}

static bool is_unknown(const char *declaration, const dictionary *known, const char *text) {
    extract_column column;
    assert_true(extract_column_declare(declaration, &column));
    return extract_cell_is_unknown(&column, known, text, strlen(text));
}

static void codes_that_are_not_known(void **state) {
    (void)state;
    failing_memory from;
    dictionary known;
    failing_memory_start(&from, 0);
    dictionary_init(&known, &from.base);
    assert_true(is_unknown("a lookup t.c", &known, "E1"));
    assert_int_not_equal(dictionary_add(&known, EXTRACT_KNOWN, "E1", 2), 0);
    assert_false(is_unknown("a lookup t.c", &known, "E1"));
    assert_true(is_unknown("a lookup t.c", &known, "E"));
    assert_false(is_unknown("a lookup t.c", &known, ""));
    assert_false(is_unknown("a offence_code", NULL, "046/00"));
    assert_false(is_unknown("a offence_code", NULL, "088/00"));
    assert_false(is_unknown("a offence_code", NULL, "000/00"));
    assert_true(is_unknown("a offence_code", NULL, "987/65"));
    assert_true(is_unknown("a offence_code", NULL, "28C"));
    assert_true(is_unknown("a offence_code", NULL, ""));
    assert_false(is_unknown("a text", NULL, "28C"));
    dictionary_free(&known);
    assert_int_equal(from.live, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declarations),
        cmocka_unit_test(cells),
        cmocka_unit_test(codes_that_are_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
