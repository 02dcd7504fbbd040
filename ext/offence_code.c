#include "offence_code.h"

#include <stdbool.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_small(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || is_small(c);
}

/* How many digits stand at the start of the text. */
static size_t count_digits(const char *text, size_t length) {
    size_t count = 0;
    while (count < length && is_digit(text[count])) count++;
    return count;
}

static unsigned read_digits(const char *text, size_t length) {
    unsigned number = 0;
    for (size_t i = 0; i < length; i++) number = number * 10 + (unsigned)(text[i] - '0');
    return number;
}

static offence_code home_office(unsigned ho_class, unsigned sub_class) {
    return (offence_code){.form = OFFENCE_FORM_HOME_OFFICE,
                          .ho_class = (uint16_t)ho_class,
                          .sub_class = (uint8_t)sub_class};
}

/* A slash, one or two digits, and the end. */
static bool is_sub_class(const char *text, size_t length) {
    return (length == 2 || length == 3) && text[0] == '/' &&
           count_digits(text + 1, length - 1) == length - 1;
}

static offence_code read_cjs(const char *text, size_t length) {
    offence_code code = {.form = OFFENCE_FORM_NONE};
    if (length < OFFENCE_CODE_SHORTEST || length > OFFENCE_CODE_LONGEST) return code;
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(text[i]) && !is_digit(text[i])) return code;
        code.key[i] = is_small(text[i]) ? (char)(text[i] - 'a' + 'A') : text[i];
    }
    code.form = OFFENCE_FORM_CJS;
    code.length = (uint8_t)length;
    return code;
}

offence_code offence_code_read(const char *text, size_t length) {
    while (length > 0 && text[0] == ' ') text++, length--;
    while (length > 0 && text[length - 1] == ' ') length--;
    size_t digits = count_digits(text, length);
    if (digits == 5 && length == 5)
        return home_office(read_digits(text, 3), read_digits(text + 3, 2));
    if (digits < 1 || digits > 3) return read_cjs(text, length);
    const char *rest = text + digits;
    size_t left = length - digits;
    if (is_sub_class(rest, left))
        return home_office(read_digits(text, digits), read_digits(rest + 1, left - 1));
    if (left > 0 && is_letter(rest[0]) && (left == 1 || is_sub_class(rest + 1, left - 1)))
        return (offence_code){.form = OFFENCE_FORM_RECORDED_CRIME};
    return read_cjs(text, length);
}
