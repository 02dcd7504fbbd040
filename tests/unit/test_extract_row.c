/* extract_row.h: columns found by name in any order, the first fault, rows as JSON. */
#include "check.h"
#include "extract_row.h"
#include "failing_memory.h"

static bool declare(extract_layout *layout, const char *declaration) {
    bool is_known;
    assert_true(extract_layout_declare(layout, declaration, &is_known));
    return is_known;
}

/* A record of one line. */
static void read_line(csv_record *record, const char *line) {
    csv_text text = {.at = line, .end = line + strlen(line), .line = 1, .last = true};
    assert_int_equal(csv_read(&text, record), CSV_RECORD);
    assert_int_equal(record->fault, CSV_GOOD);
}

static void expect_json(const extract_layout *layout, const csv_record *record,
                        void (*write)(const extract_layout *, const csv_record *, json_text *),
                        const char *expected) {
    json_text json = {.from = layout->from};
    write(layout, record, &json);
    assert_false(json.failed);
    assert_int_equal(json.length, strlen(expected));
    assert_memory_equal(json.bytes, expected, json.length);
    json_write_free(&json);
}

static const extract_setting setting = {CALENDAR_LAST_DAY, 2011, {0}};

static void columns_by_name(void **state) {
    (void)state;
    static const char names[] = "colour\nnote\nid";
    failing_memory from;
    failing_memory_start(&from, 0);
    extract_layout layout = {.from = &from.base};
    csv_record record = {.from = &from.base};
    extract_cell cells[3];
    size_t faulty = 9;
    assert_true(declare(&layout, "id required whole"));
    assert_true(declare(&layout, "day date"));
    assert_true(declare(&layout, "note text"));
    assert_false(declare(&layout, "id text")); /* twice */
    assert_false(declare(&layout, "id"));
    extract_layout_file(&layout, names, sizeof names - 1);
    assert_int_equal(layout.file_columns, 3);
    read_line(&record, "red,\"a \"\"b\"\"\",7\n");
    assert_null(extract_row_read(&layout, &setting, &record, cells, &faulty));
    assert_int_equal(cells[0].number, 7);
    assert_int_equal(cells[1].kind, EXTRACT_EMPTY); /* absent */
    assert_int_equal(cells[2].kind, EXTRACT_STRING);
    expect_json(&layout, &record, extract_row_json,
                "{\"id\":\"7\",\"day\":\"\",\"note\":\"a \\\"b\\\"\"}");
    expect_json(&layout, &record, extract_row_extra, "{\"colour\":\"red\"}");
    extract_layout_file(&layout, "id", 2); /* another file */
    read_line(&record, "8\n");
    assert_null(extract_row_read(&layout, &setting, &record, cells, &faulty));
    assert_int_equal(cells[0].number, 8);
    expect_json(&layout, &record, extract_row_extra, "{}");
    csv_record_free(&record);
    extract_layout_free(&layout);
    assert_int_equal(from.live, 0);
}

static void the_first_fault_in_the_order_of_declaration(void **state) {
    (void)state;
    failing_memory from;
    failing_memory_start(&from, 0);
    extract_layout layout = {.from = &from.base};
    csv_record record = {.from = &from.base};
    extract_cell cells[2];
    size_t faulty = 9;
    assert_true(declare(&layout, "id required whole"));
    assert_true(declare(&layout, "day date"));
    extract_layout_file(&layout, "day\nid", 6);
    read_line(&record, "never,x\n");
    assert_string_equal(extract_row_read(&layout, &setting, &record, cells, &faulty),
                        "not_a_whole_number");
    assert_int_equal(faulty, 0);
    read_line(&record, "never,1\n");
    assert_string_equal(extract_row_read(&layout, &setting, &record, cells, &faulty), "not_a_date");
    assert_int_equal(faulty, 1);
    csv_record_free(&record);
    extract_layout_free(&layout);
    assert_int_equal(from.live, 0);
}

/* since and until: when both dates are there and good, and nothing else is wrong. */
static void dates_that_stand_to_others(void **state) {
    (void)state;
    static const struct {
        const char *line, *fault;
        size_t faulty;
    } cases[] = {
        {"2009-01-02,2009-01-01,1\n", "range_reversed", 1},
        {"2009-01-01,2009-01-01,1\n", NULL, 0},
        {"2009-01-01,2009-01-02,1\n", NULL, 0},
        {",2009-01-02,1\n", NULL, 0},
        {"2009-01-01,,1\n", NULL, 0},
        {"2009-01-02,2009-01-01,x\n", "not_a_whole_number", 2},
        {"2009-02-30,2009-01-01,1\n", "not_a_date", 0},
    };
    for (int until = 0; until < 2; until++) {
        failing_memory from;
        failing_memory_start(&from, 0);
        extract_layout layout = {.from = &from.base};
        csv_record record = {.from = &from.base};
        extract_cell cells[4];
        assert_true(declare(&layout, until ? "a date until b" : "a date"));
        assert_true(declare(&layout, until ? "b date" : "b date since a"));
        assert_true(declare(&layout, "id whole"));
        assert_true(declare(&layout, "c date since nowhere")); /* stands to nothing */
        extract_layout_file(&layout, "a\nb\nid", 6);
        for (size_t i = 0; i < count_of(cases); i++) {
            size_t faulty = 9;
            read_line(&record, cases[i].line);
            const char *fault = extract_row_read(&layout, &setting, &record, cells, &faulty);
            if (!cases[i].fault) {
                assert_null(fault);
                continue;
            }
            assert_string_equal(fault, cases[i].fault);
            bool related = strcmp(fault, "range_reversed") == 0;
            assert_int_equal(faulty, related && until ? 0 : cases[i].faulty);
        }
        csv_record_free(&record);
        extract_layout_free(&layout);
        assert_int_equal(from.live, 0);
    }
}

static void without_memory(void **state) {
    (void)state;
    for (long n = 1; n <= 4; n++) {
        failing_memory from;
        bool is_known;
        failing_memory_start(&from, n);
        extract_layout layout = {.from = &from.base};
        bool first = extract_layout_declare(&layout, "a text", &is_known);
        bool second = extract_layout_declare(&layout, "b text", &is_known);
        assert_int_equal(first && second, false);
        assert_int_equal(layout.count, (size_t)first + (size_t)second);
        extract_layout_free(&layout);
        assert_int_equal(from.live, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_by_name),
        cmocka_unit_test(the_first_fault_in_the_order_of_declaration),
        cmocka_unit_test(dates_that_stand_to_others),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
