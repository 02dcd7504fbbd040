/* text.h: what is UTF-8, what is control, and a form fit to be shown. */
#include "check.h"
#include "text.h"

static void utf8_is_strict(void **state) {
    (void)state;
    static const char *const good[] = {"",
                                       "a",
                                       "caf\xc3\xa9",
                                       "\xc2\x80",
                                       "\xdf\xbf",
                                       "\xe0\xa0\x80",
                                       "\xed\x9f\xbf",
                                       "\xee\x80\x80",
                                       "\xef\xbf\xbf",
                                       "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf"};
    static const char *const bad[] = {
        "\x80",         "\xc3",         "caf\xe9",          "\xc0\x80",         "\xc1\xbf",
        "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xff\xfe",     "\xe2\x82",     "\xe2\x82x"};
    for (size_t i = 0; i < count_of(good); i++) assert_true(text_is_utf8(good[i], strlen(good[i])));
    for (size_t i = 0; i < count_of(bad); i++) assert_false(text_is_utf8(bad[i], strlen(bad[i])));
    assert_true(text_is_utf8("a\0b", 3));
    assert_false(text_is_utf8("\xe2\x82\xac", 2)); /* cut */
}

static void characters_are_counted(void **state) {
    (void)state;
    assert_int_equal(text_characters("", 0), 0);
    assert_int_equal(text_characters("caf\xc3\xa9 \xe2\x82\xac", 9), 6);
}

static void tab_and_line_ends_are_no_control(void **state) {
    (void)state;
    for (int c = 0; c < 256; c++) {
        bool control = (c < 32 && c != 9 && c != 10 && c != 13) || c == 127;
        assert_int_equal(text_is_control((char)c), control);
    }
}

static void expect_shown(const char *bytes, size_t length, size_t most, const char *expected) {
    char shown[32];
    size_t size = text_show(bytes, length, shown, most);
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(shown, expected, size);
}

static void what_is_no_text_is_shown_as_question_marks(void **state) {
    (void)state;
    expect_shown("plain", 5, 32, "plain");
    expect_shown("a\0b\x7f", 4, 32, "a?b?");
    expect_shown("caf\xc3\xa9", 5, 32, "caf\xc3\xa9");
    expect_shown("caf\xe9", 4, 32, "caf?");
    expect_shown("caf\xc3\xa9", 5, 4, "caf"); /* not through a character */
    expect_shown("caf\xc3\xa9", 5, 5, "caf\xc3\xa9");
    expect_shown("\xa9\xa9\xa9", 3, 2, "");
    expect_shown("", 0, 32, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(characters_are_counted),
        cmocka_unit_test(tab_and_line_ends_are_no_control),
        cmocka_unit_test(what_is_no_text_is_shown_as_question_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
