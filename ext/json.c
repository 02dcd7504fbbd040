#include "json.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_LIMIT = 64 };

/* --- writing --------------------------------------------------------------------------------- */

static void append(json_text *text, const char *bytes, size_t length) {
    if (text->failed) return;
    if (!memory_reserve(text->from, (void **)&text->bytes, &text->capacity, text->length + length,
                        1)) {
        text->failed = true;
        return;
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
}

void json_write(json_text *text, const char *literal) {
    append(text, literal, strlen(literal));
}

void json_write_string(json_text *text, const char *bytes, size_t length) {
    append(text, "\"", 1);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        char escaped[8];
        if (c == '"' || c == '\\') {
            escaped[0] = '\\', escaped[1] = (char)c;
            append(text, escaped, 2);
        } else if (c < 0x20) {
            snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)c);
            append(text, escaped, 6);
        } else {
            append(text, bytes + i, 1);
        }
    }
    append(text, "\"", 1);
}

static bool parse_number(const char **at, const char *end, double *number);

void json_write_real(json_text *text, double number) {
    char digits[40];
    if (!isfinite(number)) {
        text->failed = true;
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        /* the locale's decimal point, whatever it is, becomes a point */
        size_t kept = 0;
        for (size_t i = 0; digits[i]; i++) {
            bool plain = strchr("0123456789eE+-", digits[i]) != NULL;
            if (plain) {
                digits[kept++] = digits[i];
            } else if (kept == 0 || digits[kept - 1] != '.') {
                digits[kept++] = '.';
            }
        }
        digits[kept] = '\0';
        const char *at = digits;
        double back;
        if (parse_number(&at, digits + kept, &back) && back == number) break;
    }
    json_write(text, digits);
}

void json_write_free(json_text *text) {
    memory_free(text->from, text->bytes);
    *text = (json_text){.from = text->from};
}

/* --- reading --------------------------------------------------------------------------------- */

json_reader json_read_from(const char *bytes, size_t length) {
    return (json_reader){.at = bytes, .end = bytes + length};
}

static void pass_space(json_reader *reader) {
    while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) && *reader->at) reader->at++;
}

static bool fail(json_reader *reader) {
    reader->failed = true;
    return false;
}

/* Passes the character when it is the next one. */
static bool pass(json_reader *reader, char expected) {
    pass_space(reader);
    if (reader->failed || reader->at == reader->end || *reader->at != expected) return false;
    reader->at++;
    return true;
}

bool json_enter(json_reader *reader, char bracket) {
    if (!pass(reader, bracket)) return fail(reader);
    reader->first = true;
    return true;
}

bool json_next(json_reader *reader, char bracket) {
    if (reader->failed) return false;
    bool first = reader->first;
    reader->first = false;
    if (pass(reader, bracket)) return false;
    if (!first && !pass(reader, ',')) return fail(reader);
    return true;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Four hex digits after \u. */
static bool read_code(json_reader *reader, uint32_t *code) {
    *code = 0;
    if (reader->end - reader->at < 4) return fail(reader);
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(*reader->at++);
        if (digit < 0) return fail(reader);
        *code = *code * 16 + (uint32_t)digit;
    }
    return true;
}

static size_t write_utf8(uint32_t code, char out[4]) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t count = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = count - 1; i > 0; i--, code >>= 6) out[i] = (char)(0x80 | (code & 0x3f));
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    out[0] = (char)(lead[count] | code);
    return count;
}

/* What a backslash introduces: 1 to 4 bytes, 0 when broken. */
static size_t read_escape(json_reader *reader, char out[4]) {
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    if (reader->at == reader->end) return 0;
    char c = *reader->at++;
    const char *name = c ? strchr(names, c) : NULL;
    if (name) {
        out[0] = meant[name - names];
        return 1;
    }
    uint32_t code, low;
    if (c != 'u' || !read_code(reader, &code)) return 0;
    if (code >= 0xd800 && code < 0xdc00 && reader->end - reader->at >= 6 && reader->at[0] == '\\' &&
        reader->at[1] == 'u') {
        reader->at += 2;
        if (!read_code(reader, &low) || low < 0xdc00 || low > 0xdfff) return 0;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    return write_utf8(code, out);
}

/* The next piece of a string, 1 to 4 bytes; 0 at its closing quote or when broken. */
static size_t read_piece(json_reader *reader, char out[4]) {
    if (reader->at == reader->end) {
        fail(reader);
        return 0;
    }
    char c = *reader->at++;
    if (c == '"') return 0;
    if (c != '\\') {
        out[0] = c;
        return 1;
    }
    size_t count = read_escape(reader, out);
    if (!count) fail(reader);
    return count;
}

bool json_read_string(json_reader *reader, const memory *from, char **bytes, size_t *length) {
    *bytes = NULL;
    *length = 0;
    if (!pass(reader, '"')) return fail(reader);
    size_t room = 0, count;
    char piece[4];
    do {
        count = read_piece(reader, piece);
        if (!memory_reserve(from, (void **)bytes, &room, *length + count + 1, 1)) {
            memory_free(from, *bytes);
            *bytes = NULL;
            return fail(reader);
        }
        memcpy(*bytes + *length, piece, count);
        *length += count;
    } while (count);
    (*bytes)[*length] = '\0';
    if (!reader->failed) return true;
    memory_free(from, *bytes);
    *bytes = NULL;
    return false;
}

bool json_key(json_reader *reader, char *key, size_t size) {
    size_t length = 0, count;
    char piece[4];
    if (!pass(reader, '"')) return fail(reader);
    while ((count = read_piece(reader, piece)) > 0)
        for (size_t i = 0; i < count; i++)
            if (length + 1 < size) key[length++] = piece[i];
    key[length] = '\0';
    if (reader->failed || !pass(reader, ':')) return fail(reader);
    return true;
}

/* 10^exponent in the widest arithmetic there is. */
static long double ten_to(int exponent) {
    long double whole = 1.0L, base = 10.0L;
    for (int left = exponent < 0 ? -exponent : exponent; left; left >>= 1, base *= base)
        if (left & 1) whole *= base;
    return whole;
}

static bool parse_digits(const char **at, const char *end, uint64_t *mantissa, int *dropped) {
    const char *start = *at;
    for (; *at < end && **at >= '0' && **at <= '9'; (*at)++) {
        if (*mantissa < UINT64_C(1000000000000000000)) {
            *mantissa = *mantissa * 10 + (uint64_t)(**at - '0');
        } else {
            (*dropped)++;
        }
    }
    return *at > start;
}

static bool parse_exponent(const char **at, const char *end, int *exponent) {
    int sign = 1, value = 0;
    if (*at < end && (**at == '+' || **at == '-')) sign = *(*at)++ == '-' ? -1 : 1;
    const char *start = *at;
    for (; *at < end && **at >= '0' && **at <= '9'; (*at)++)
        if (value < 10000) value = value * 10 + (**at - '0');
    *exponent += sign * value;
    return *at > start;
}

static bool parse_number(const char **at, const char *end, double *number) {
    uint64_t mantissa = 0;
    int exponent = 0;
    bool negative = *at < end && **at == '-';
    if (negative) (*at)++;
    if (!parse_digits(at, end, &mantissa, &exponent)) return false;
    if (*at < end && **at == '.') {
        const char *point = ++*at;
        int dropped = 0;
        if (!parse_digits(at, end, &mantissa, &dropped)) return false;
        exponent -= (int)(*at - point) - dropped;
    }
    if (*at < end && (**at == 'e' || **at == 'E')) {
        ++*at;
        if (!parse_exponent(at, end, &exponent)) return false;
    }
    if (exponent > 400) exponent = 400;
    if (exponent < -400) exponent = -400;
    long double value = (long double)mantissa;
    value = exponent < 0 ? value / ten_to(exponent) : value * ten_to(exponent);
    *number = (double)(negative ? -value : value);
    return isfinite(*number);
}

bool json_read_real(json_reader *reader, double *number) {
    pass_space(reader);
    if (reader->failed || !parse_number(&reader->at, reader->end, number)) return fail(reader);
    return true;
}

/* Passes a word as a whole, or nothing. */
static bool pass_word(json_reader *reader, const char *word) {
    size_t length = strlen(word);
    pass_space(reader);
    if (reader->failed || (size_t)(reader->end - reader->at) < length ||
        memcmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

bool json_read_boolean(json_reader *reader, bool *value) {
    *value = pass_word(reader, "true");
    return *value || pass_word(reader, "false") || fail(reader);
}

bool json_read_null(json_reader *reader) {
    return pass_word(reader, "null");
}

static void skip_at(json_reader *reader, int depth) {
    char piece[4], key[1];
    double number;
    if (depth > DEPTH_LIMIT) {
        fail(reader);
    } else if (pass(reader, '"')) {
        while (read_piece(reader, piece)) continue;
    } else if (pass(reader, '{')) {
        for (reader->first = true; json_next(reader, '}');)
            if (json_key(reader, key, sizeof key)) skip_at(reader, depth + 1);
    } else if (pass(reader, '[')) {
        for (reader->first = true; json_next(reader, ']');) skip_at(reader, depth + 1);
    } else if (!pass_word(reader, "true") && !pass_word(reader, "false") &&
               !pass_word(reader, "null")) {
        json_read_real(reader, &number);
    }
}

void json_skip(json_reader *reader) {
    skip_at(reader, 0);
}

bool json_finished(json_reader *reader) {
    pass_space(reader);
    return !reader->failed && reader->at == reader->end;
}
