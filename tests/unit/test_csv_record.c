/* csv_record.h: where records end, their fields, every fault, and pieces of any size. */
#include "check.h"
#include "csv_record.h"
#include "failing_memory.h"

#include <stdlib.h>

/* Appends to `told` what fits. */
static void tell(char *told, size_t size, size_t *at, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(told + *at, size - *at, format, arguments);
    va_end(arguments);
    *at += (size_t)length;
    if (*at >= size) *at = size - 1;
}

/* The records of a text, as "LINE:field/field;" or "LINE!fault;". */
static void read_all(const char *bytes, size_t length, size_t expected, char *told, size_t size) {
    failing_memory from;
    failing_memory_start(&from, 0);
    csv_text text = {.at = bytes, .end = bytes + length, .line = 1, .last = true};
    csv_record record = {.from = &from.base, .expected = expected};
    size_t at = 0;
    told[0] = '\0';
    while (csv_read(&text, &record) == CSV_RECORD) {
        tell(told, size, &at, "%zu", record.line);
        if (record.fault != CSV_GOOD) tell(told, size, &at, "!%s", csv_fault_reason(record.fault));
        for (size_t i = 0; record.fault == CSV_GOOD && i < record.count; i++)
            tell(told, size, &at, "%c%.*s", i ? '/' : ':', (int)record.fields[i].length,
                 record.fields[i].text);
        tell(told, size, &at, ";");
    }
    csv_record_free(&record);
    assert_int_equal(from.live, 0);
}

typedef struct record_case {
    const char *text;
    size_t length; /* 0: up to the first NUL */
    const char *told;
} record_case;

static const record_case cases[] = {
    {"", 0, ""},
    {"\n\r\n\n", 0, ""},
    {"1,a\n2,b\n", 0, "1:1/a;2:2/b;"},
    {"1,a\r\n2,b\r\n", 0, "1:1/a;2:2/b;"},
    {"\n1,a\n\r\n2,b", 0, "2:1/a;4:2/b;"},
    {"1,a\r", 0, "1:1/a;"},
    {",\n", 0, "1:/;"},
    {"1,\"a\"\n", 0, "1:1/a;"},
    {"1,\"a\"", 0, "1:1/a;"},
    {"1,\"a\"\r", 0, "1:1/a;"},
    {"\"1\",\"\"\n2,b", 0, "1:1/;2:2/b;"},
    {"1,\"a,\"\"b\"\"\nc\"\n2,d\n", 0, "1:1/a,\"b\"\nc;3:2/d;"},
    {"\"\"\"\",\"\"\"\"\"\"\n", 0, "1:\"/\"\";"},
    {"1,\"a\r\nb\"\r\n2,c\r\n", 0, "1:1/a\r\nb;3:2/c;"},
    {"1,a\tb\n", 0, "1:1/a\tb;"},
    {"1,caf\xc3\xa9\n", 0, "1:1/caf\xc3\xa9;"},
    /* faults of fields */
    {"1\n1,2,3\n3,c\n", 0, "1!too_few_fields;2!too_many_fields;3:3/c;"},
    /* quotes that stand where none may, or do not close, cost one line */
    {"1,a\"b\n2,b\n", 0, "1!stray_quote;2:2/b;"},
    {"1,\"a\n2,b\n", 0, "1!stray_quote;2:2/b;"},
    {"1,\"a\"b\n2,b\n", 0, "1!stray_quote;2:2/b;"},
    {"1,\"a\" \n2,b\n", 0, "1!stray_quote;2:2/b;"},
    {"1,\"a\n2,\"b\n3,c\n", 0, "1!stray_quote;2!stray_quote;3:3/c;"},
    {"1,\"a\"\"", 0, "1!stray_quote;"},
    {"1,\"a\"\rb\n2,c\n", 0, "1!control_character;2:2/c;"},
    /* bytes that are no text, in this order whatever else is wrong */
    {"1,a\0b\n2,b\n", 10, "1!nul_byte;2:2/b;"},
    {"1\0\n", 3, "1!nul_byte;"},
    {"1,\"a\0b\"\n2,b\n", 12, "1!nul_byte;2:2/b;"},
    {"1,\7\0\n", 5, "1!nul_byte;"},
    {"1,a\7\n", 0, "1!control_character;"},
    {"1,a\177\n", 0, "1!control_character;"},
    {"1,a\rb\n2,b\n", 0, "1!control_character;2:2/b;"},
    {"1,\"a\rb\"\n", 0, "1!control_character;"},
    {"1,caf\xe9\n", 0, "1!not_utf8;"},
    {"1,\"caf\xe9\"\n", 0, "1!not_utf8;"},
    {"1,\"caf\xe9\n2,b\n", 0, "1!not_utf8;2:2/b;"},
    {"\xff\n", 0, "1!not_utf8;"},
};

static void records_and_faults(void **state) {
    (void)state;
    char told[200];
    for (size_t i = 0; i < count_of(cases); i++) {
        size_t length = cases[i].length ? cases[i].length : strlen(cases[i].text);
        read_all(cases[i].text, length, 2, told, sizeof told);
        if (strcmp(told, cases[i].told) != 0)
            fail_msg("case %zu: expected %s, got %s", i, cases[i].told, told);
    }
}

static void any_number_of_fields(void **state) {
    (void)state;
    char told[100];
    read_all("1\n1,2\n,,,\n", 10, 0, told, sizeof told);
    assert_string_equal(told, "1:1;2:1/2;3:///;");
}

/* A text of `length` letters between two others. */
static char *long_text(const char *before, size_t length, const char *after, size_t *size) {
    *size = strlen(before) + length + strlen(after);
    char *text = malloc(*size + 1);
    assert_non_null(text);
    memset(text, 'x', *size);
    memcpy(text, before, strlen(before));
    memcpy(text + strlen(before) + length, after, strlen(after) + 1);
    return text;
}

static void expect_long(const char *before, size_t length, const char *after, const char *told) {
    char got[100];
    size_t size;
    char *text = long_text(before, length, after, &size);
    read_all(text, size, 2, got, sizeof got);
    free(text);
    if (strncmp(got, told, strlen(told)) != 0)
        fail_msg("%s and %zu: expected %s, got %.60s", before, length, told, got);
}

static void limits(void **state) {
    (void)state;
    char got[CSV_FIELD_LIMIT + 40];
    size_t size;
    char *text = long_text("1,", CSV_FIELD_LIMIT, "\n2,b\n", &size);
    read_all(text, size, 2, got, sizeof got);
    free(text);
    assert_string_equal(got + CSV_FIELD_LIMIT + 4, ";2:2/b;");
    expect_long("1,", CSV_FIELD_LIMIT + 1, "\n2,b\n", "1!field_too_long;2:2/b;");
    expect_long("1,\"", CSV_FIELD_LIMIT + 1, "\"\n2,b\n", "1!field_too_long;2:2/b;");
    /* the closing quote is the last byte of the limit, or one too late */
    expect_long("1,\"", CSV_RECORD_LIMIT - 4, "\"\n2,b\n", "1!field_too_long;2:2/b;");
    expect_long("1,\"", CSV_RECORD_LIMIT - 3, "\"\n2,b\n", "1!stray_quote;2:2/b;");
    expect_long("1,\"", CSV_RECORD_LIMIT - 4, "\"\"\"\n2,b\n", "1!stray_quote;2:2/b;");
    expect_long("1,", CSV_LINE_LIMIT - 2, "\n2,b\n", "1!field_too_long;2:2/b;");
    expect_long("1,", CSV_LINE_LIMIT - 1, "\n2,b\n", "1!line_too_long;2:2/b;");
    expect_long("1,", CSV_LINE_LIMIT - 1, "", "1!line_too_long;");
}

/* What is asked for when a text ends here and more may come. */
static void more_is_asked_for_where_it_matters(void **state) {
    (void)state;
    static const char *const open[] = {
        "", "1,a", "1,a\r", "\r", "1,\"a", "1,\"a\"", "1,\"a\"\r", "1,\"a\nb", "1,\"a\"\nb,\"c"};
    failing_memory from;
    failing_memory_start(&from, 0);
    for (size_t i = 0; i < count_of(open); i++) {
        csv_text text = {.at = open[i], .end = open[i] + strlen(open[i]), .line = 1};
        csv_record record = {.from = &from.base, .expected = 2};
        csv_step step = csv_read(&text, &record);
        if (step == CSV_RECORD) step = csv_read(&text, &record); /* the last has a whole one */
        assert_int_equal(step, CSV_MORE);
        csv_record_free(&record);
    }
    assert_int_equal(from.live, 0);
}

static void without_memory(void **state) {
    (void)state;
    static const char bytes[] = "1,\"a\"\"b\"\n";
    csv_step step = CSV_NO_MEMORY;
    for (long n = 1; step == CSV_NO_MEMORY; n++) {
        failing_memory from;
        failing_memory_start(&from, n);
        csv_text text = {.at = bytes, .end = bytes + sizeof bytes - 1, .line = 1, .last = true};
        csv_record record = {.from = &from.base};
        step = csv_read(&text, &record);
        csv_record_free(&record);
        assert_int_equal(from.live, 0);
    }
    assert_int_equal(step, CSV_RECORD);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_and_faults),
        cmocka_unit_test(any_number_of_fields),
        cmocka_unit_test(limits),
        cmocka_unit_test(more_is_asked_for_where_it_matters),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
