/* csv_gate.h: runs and refused records, the same whatever the pieces; nothing is lost. */
#include "check.h"
#include "csv_gate.h"
#include "failing_memory.h"

#include <stdlib.h>

typedef struct collected {
    char *text; /* good records as "LINE:content", refused as "LINE!reason(value class)" */
    size_t length, capacity;
    size_t records;
} collected;

static void add(collected *to, const char *bytes, size_t length) {
    if (to->length + length + 1 > to->capacity) {
        to->capacity = 2 * (to->length + length + 1);
        to->text = realloc(to->text, to->capacity);
        assert_non_null(to->text);
    }
    memcpy(to->text + to->length, bytes, length);
    to->length += length;
    to->text[to->length] = '\0';
}

/* Reads the records of a run again: each must be good and begin on a line of its own. */
static void add_run(collected *to, const csv_run *run) {
    failing_memory enough;
    char *copy = malloc(run->length + 1), line[32];
    failing_memory_start(&enough, 0);
    assert_non_null(copy);
    memcpy(copy, run->text, run->length);
    copy[run->length] = '\0';
    csv_text text = {.at = copy, .end = copy + run->length, .line = run->first_line, .last = true};
    csv_record record = {.from = &enough.base, .expected = 2};
    size_t records = 0;
    for (; csv_read(&text, &record) == CSV_RECORD; records++) {
        assert_int_equal(record.fault, CSV_GOOD);
        add(to, line, (size_t)snprintf(line, sizeof line, "%zu:", record.line));
        add(to, record.text, record.length);
        add(to, ";", 1);
    }
    assert_int_equal(records, run->records);
    csv_record_free(&record);
    free(copy);
}

static void add_refused(collected *to, const csv_run *run) {
    char said[200];
    assert_int_equal(run->records, 1);
    add(to, said,
        (size_t)snprintf(said, sizeof said, "%zu!%s(%s);", run->first_line,
                         csv_fault_reason(run->fault), run->value_class));
}

/* Feeds the text in pieces of `piece` bytes. False: no memory. */
static bool collect(const char *bytes, size_t length, size_t piece, const memory *from,
                    collected *to) {
    csv_gate gate = {.record = {.from = from, .expected = 2}, .text = {.line = 1}};
    csv_run run;
    csv_step step;
    size_t at = 0;
    while ((step = csv_gate_next(&gate, &run)) == CSV_MORE || step == CSV_RECORD) {
        if (step == CSV_RECORD) {
            to->records += run.records;
            if (run.fault == CSV_GOOD)
                add_run(to, &run);
            else
                add_refused(to, &run);
            continue;
        }
        size_t size = length - at < piece ? length - at : piece;
        char *room = csv_gate_room(&gate, piece);
        if (!room) break;
        memcpy(room, bytes + at, size);
        csv_gate_fed(&gate, size);
        at += size;
    }
    csv_gate_free(&gate);
    return step == CSV_END;
}

static const char mixed[] = "\n1,a\n2,\"b\nb\"\r\n\n3\n4,d,e\n5,\"f\"g\n6,\"h\n7,i\r8\n9,j\n"
                            "10,caf\xe9\n11,caf\xc3\xa9\n\"12\",\"k\"\"\"\n\n";
static const char mixed_told[] = "2:1,a;3:2,\"b\nb\";"
                                 "6!too_few_fields(1 fields, 2 expected);"
                                 "7!too_many_fields(3 fields, 2 expected);"
                                 "8!stray_quote(row of 6 bytes);9!stray_quote(row of 4 bytes);"
                                 "10!control_character(row with a control character);11:9,j;"
                                 "12!not_utf8(row that is not UTF-8);13:11,caf\xc3\xa9;"
                                 "14:\"12\",\"k\"\"\";";

static void pieces_make_no_difference(void **state) {
    (void)state;
    for (size_t piece = 1; piece <= sizeof mixed; piece++) {
        failing_memory from;
        collected got = {0};
        failing_memory_start(&from, 0);
        assert_true(collect(mixed, sizeof mixed - 1, piece, &from.base, &got));
        assert_string_equal(got.text, mixed_told);
        assert_int_equal(got.records, 11);
        free(got.text);
        assert_int_equal(from.live, 0);
    }
}

static void nothing_is_a_run_of_nothing(void **state) {
    (void)state;
    failing_memory from;
    collected got = {0};
    failing_memory_start(&from, 0);
    assert_true(collect("", 0, 10, &from.base, &got));
    assert_true(collect("\n\r\n", 3, 1, &from.base, &got));
    assert_int_equal(got.records, 0);
    assert_int_equal(from.live, 0);
}

static void runs_are_bounded(void **state) {
    (void)state;
    enum { ROWS = 50000, LONGEST_ROW = 12 };
    char *text = malloc(ROWS * LONGEST_ROW);
    assert_non_null(text);
    size_t length = 0, runs = 0, records = 0, line = 1;
    for (int i = 0; i < ROWS; i++) length += (size_t)sprintf(text + length, "%d,abc\n", i);
    failing_memory from;
    failing_memory_start(&from, 0);
    csv_gate gate = {.record = {.from = &from.base, .expected = 2}, .text = {.line = 1}};
    csv_run run;
    memcpy(csv_gate_room(&gate, length), text, length);
    csv_gate_fed(&gate, length);
    while (csv_gate_next(&gate, &run) == CSV_RECORD) {
        assert_int_equal(run.first_line, line);
        assert_true(run.length < CSV_RUN_SIZE + LONGEST_ROW);
        line += run.records;
        records += run.records;
        runs++;
    }
    assert_non_null(csv_gate_room(&gate, 1));
    csv_gate_fed(&gate, 0);
    assert_int_equal(csv_gate_next(&gate, &run), CSV_END);
    assert_int_equal(records, ROWS);
    assert_int_equal(runs, (length + CSV_RUN_SIZE - 1) / CSV_RUN_SIZE);
    csv_gate_free(&gate);
    free(text);
    assert_int_equal(from.live, 0);
}

/* A line above the limit is given up and its rest passed over, piece by piece. */
static void a_line_without_end(void **state) {
    (void)state;
    enum { PIECE = 1 << 20 };
    size_t length = (size_t)CSV_LINE_LIMIT + 3 * PIECE;
    char *text = malloc(length + 20);
    assert_non_null(text);
    memcpy(text, "1,a\n", 4);
    memset(text + 4, 'x', length);
    memcpy(text + 4 + length, "\n3,\"c\"\n", 7);
    failing_memory from;
    collected got = {0};
    failing_memory_start(&from, 0);
    assert_true(collect(text, length + 11, PIECE, &from.base, &got));
    assert_string_equal(got.text, "1:1,a;2!line_too_long(line of more than 16777216 bytes);"
                                  "3:3,\"c\";");
    free(got.text);
    free(text);
    assert_int_equal(from.live, 0);
}

static void without_memory(void **state) {
    (void)state;
    bool done = false;
    for (long n = 1; !done; n++) {
        failing_memory from;
        collected got = {0};
        failing_memory_start(&from, n);
        from.keep_failing = true;
        done = collect(mixed, sizeof mixed - 1, sizeof mixed, &from.base, &got);
        assert_true(done || n < 20);
        free(got.text);
        assert_int_equal(from.live, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_make_no_difference),
        cmocka_unit_test(nothing_is_a_run_of_nothing),
        cmocka_unit_test(runs_are_bounded),
        cmocka_unit_test(a_line_without_end),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
