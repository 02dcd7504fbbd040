#include "identifier.h"

#include <string.h>

enum { LETTERS = 23, PNC_SERIAL_DIGITS = 7, CRO_SERIAL_DIGITS = 6, ASN_SEQUENCE_DIGITS = 11 };

static const char check_letters[LETTERS + 1] = "ZABCDEFGHJKLMNPQRTUVWXY";

const char *identifier_fault_text(identifier_fault fault) {
    static const char *const texts[] = {
        [IDENTIFIER_EMPTY] = "empty",
        [IDENTIFIER_NOT_PNC] = "not digits, at most one slash, and a letter",
        [IDENTIFIER_NOT_CRO] = "neither NNNNNN/YYD nor SFYY/NNNNNND",
        [IDENTIFIER_NOT_ASN] = "neither 20 or 21 characters YYFFUUSS, 11 digits, D nor "
                               "YY/FFUU/SS/N...D",
        [IDENTIFIER_NO_LETTER] = "no check letter at the end",
        [IDENTIFIER_UNUSED_LETTER] = "the letters I, O and S are never check letters",
        [IDENTIFIER_YEAR_DIGITS] = "the year has neither two digits nor four",
        [IDENTIFIER_YEAR_RANGE] = "the year is outside 1900 to 2100",
        [IDENTIFIER_SERIAL_DIGITS] = "too few or too many digits of serial",
        [IDENTIFIER_NO_SLASH_LENGTH] = "without a slash it must be YY and one to seven digits or "
                                       "YYYY and seven",
        [IDENTIFIER_DUMMY] = "a dummy number, used where there is no real one",
        [IDENTIFIER_LETTER] = "the check letter does not belong to the digits",
    };
    return texts[fault];
}

/* --- reading -------------------------------------------------------------------------- */

/* A stretch of text that is being read. */
typedef struct span {
    const char *at;
    size_t length;
} span;

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char raise_case(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_letter(char raised) {
    return raised >= 'A' && raised <= 'Z';
}

static span trim(const char *text, size_t length) {
    while (length > 0 && is_blank(text[length - 1])) length--;
    while (length > 0 && is_blank(*text)) text++, length--;
    return (span){text, length};
}

static span part(span whole, size_t from, size_t to) {
    return (span){whole.at + from, to - from};
}

static bool all_digits(span digits) {
    for (size_t i = 0; i < digits.length; i++)
        if (!is_digit(digits.at[i])) return false;
    return true;
}

/* The number written by at most nine digits. */
static int number_of(span digits) {
    int number = 0;
    for (size_t i = 0; i < digits.length; i++) number = number * 10 + (digits.at[i] - '0');
    return number;
}

/* Appends digits to a number of which only the remainder is kept. */
static int append_digits(int remainder, span digits) {
    for (size_t i = 0; i < digits.length; i++)
        remainder = (remainder * 10 + (digits.at[i] - '0')) % LETTERS;
    return remainder;
}

static char *write_number(char *at, int digits, int number) {
    for (int i = digits - 1; i >= 0; i--) {
        at[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return at + digits;
}

/* Takes the letter off the end of the text. */
static identifier_fault take_letter(span *whole, char *letter) {
    if (whole->length == 0) return IDENTIFIER_EMPTY;
    *letter = raise_case(whole->at[whole->length - 1]);
    if (!is_letter(*letter)) return IDENTIFIER_NO_LETTER;
    whole->length--;
    return IDENTIFIER_VALID;
}

static identifier_fault check_letter(char letter, int remainder) {
    if (letter == check_letters[remainder]) return IDENTIFIER_VALID;
    return strchr("IOS", letter) ? IDENTIFIER_UNUSED_LETTER : IDENTIFIER_LETTER;
}

/* --- PNC -------------------------------------------------------------------------- */

enum { PNC_SLASH = 4 };

static int pnc_remainder(identifier_pnc pnc) {
    return (pnc.year % 100 * IDENTIFIER_PNC_SERIALS + pnc.serial) % LETTERS;
}

/* Splits digits with at most one slash into year and serial (note 1). */
static identifier_fault split_pnc(span digits, span *year, span *serial) {
    if (digits.length > IDENTIFIER_PNC_LENGTH) return IDENTIFIER_NOT_PNC;
    const char *slash = digits.length ? memchr(digits.at, '/', digits.length) : NULL;
    size_t before = slash ? (size_t)(slash - digits.at) : digits.length;
    if (!all_digits(part(digits, 0, before))) return IDENTIFIER_NOT_PNC;
    if (slash) {
        *year = part(digits, 0, before);
        *serial = part(digits, before + 1, digits.length);
        if (!all_digits(*serial)) return IDENTIFIER_NOT_PNC;
        if (before != 2 && before != 4) return IDENTIFIER_YEAR_DIGITS;
        if (serial->length == 0 || serial->length > PNC_SERIAL_DIGITS)
            return IDENTIFIER_SERIAL_DIGITS;
        return IDENTIFIER_VALID;
    }
    size_t year_digits = before == 4 + PNC_SERIAL_DIGITS ? 4 : 2;
    if (before <= year_digits || before - year_digits > PNC_SERIAL_DIGITS)
        return IDENTIFIER_NO_SLASH_LENGTH;
    *year = part(digits, 0, year_digits);
    *serial = part(digits, year_digits, before);
    return IDENTIFIER_VALID;
}

/* The canonical form, which nearly every record has, in one pass. False: anything else. */
static bool read_canonical_pnc(const char *text, size_t length, identifier_pnc *pnc) {
    enum { LETTER = IDENTIFIER_PNC_LENGTH - 1 };
    int year = 0, serial = 0;
    if (length != IDENTIFIER_PNC_LENGTH || text[PNC_SLASH] != '/') return false;
    for (int i = 0; i < PNC_SLASH; i++) {
        if (!is_digit(text[i])) return false;
        year = year * 10 + (text[i] - '0');
    }
    for (int i = PNC_SLASH + 1; i < LETTER; i++) {
        if (!is_digit(text[i])) return false;
        serial = serial * 10 + (text[i] - '0');
    }
    *pnc = (identifier_pnc){year, serial};
    return year >= IDENTIFIER_FIRST_YEAR && year <= IDENTIFIER_LAST_YEAR &&
           text[LETTER] == check_letters[pnc_remainder(*pnc)];
}

identifier_fault identifier_read_pnc(const char *text, size_t length, int pivot,
                                     identifier_pnc *pnc) {
    identifier_pnc canonical;
    if (read_canonical_pnc(text, length, &canonical)) {
        *pnc = canonical;
        return IDENTIFIER_VALID;
    }
    span whole = trim(text, length), year, serial;
    char letter;
    identifier_fault fault = take_letter(&whole, &letter);
    if (fault == IDENTIFIER_VALID) fault = split_pnc(whole, &year, &serial);
    if (fault != IDENTIFIER_VALID) return fault;
    identifier_pnc read = {number_of(year), number_of(serial)};
    if (year.length == 2) read.year = pivot - (pivot - read.year) % 100;
    if (read.year < IDENTIFIER_FIRST_YEAR || read.year > IDENTIFIER_LAST_YEAR)
        return IDENTIFIER_YEAR_RANGE;
    fault = check_letter(letter, pnc_remainder(read));
    if (fault == IDENTIFIER_VALID) *pnc = read;
    return fault;
}

void identifier_write_pnc(identifier_pnc pnc, char text[IDENTIFIER_PNC_LENGTH + 1]) {
    text = write_number(text, PNC_SLASH, pnc.year);
    *text++ = '/';
    text = write_number(text, PNC_SERIAL_DIGITS, pnc.serial);
    *text++ = check_letters[pnc_remainder(pnc)];
    *text = '\0';
}

int64_t identifier_pnc_number(identifier_pnc pnc) {
    return (int64_t)pnc.year * IDENTIFIER_PNC_SERIALS + pnc.serial;
}

bool identifier_pnc_from_number(int64_t number, identifier_pnc *pnc) {
    if (number < (int64_t)IDENTIFIER_FIRST_YEAR * IDENTIFIER_PNC_SERIALS ||
        number >= (int64_t)(IDENTIFIER_LAST_YEAR + 1) * IDENTIFIER_PNC_SERIALS)
        return false;
    pnc->year = (int)(number / IDENTIFIER_PNC_SERIALS);
    pnc->serial = (int)(number % IDENTIFIER_PNC_SERIALS);
    return true;
}

/* --- CRO -------------------------------------------------------------------------- */

static bool has_serial(span serial) {
    return serial.length >= 1 && serial.length <= CRO_SERIAL_DIGITS && all_digits(serial);
}

/* SFYY/N…, the letter already taken: the serial as it is written (note 3). */
static identifier_fault read_cro_file(span form, char letter, char *canonical) {
    if (form.length < 5 || form.at[4] != '/') return IDENTIFIER_NOT_CRO;
    span year = part(form, 2, 4), serial = part(form, 5, form.length);
    if (!all_digits(year) || !all_digits(serial)) return IDENTIFIER_NOT_CRO;
    if (!has_serial(serial)) return IDENTIFIER_SERIAL_DIGITS;
    identifier_fault fault =
        check_letter(letter, append_digits(append_digits(0, year), serial));
    if (fault != IDENTIFIER_VALID) return fault;
    memcpy(canonical, "SF", 2);
    memcpy(canonical + 2, form.at + 2, form.length - 2);
    canonical[form.length] = letter;
    canonical[form.length + 1] = '\0';
    return IDENTIFIER_VALID;
}

/* N…/YY, the letter already taken: the serial filled up to six digits (note 3). */
static identifier_fault read_cro_standard(span form, char letter, char *canonical) {
    if (form.length < 3 || form.at[form.length - 3] != '/') return IDENTIFIER_NOT_CRO;
    span serial = part(form, 0, form.length - 3), year = part(form, form.length - 2, form.length);
    if (!all_digits(year) || !all_digits(serial)) return IDENTIFIER_NOT_CRO;
    if (!has_serial(serial)) return IDENTIFIER_SERIAL_DIGITS;
    int number = number_of(year) * 1000000 + number_of(serial);
    identifier_fault fault = check_letter(letter, number % LETTERS);
    if (fault != IDENTIFIER_VALID) return fault;
    canonical = write_number(canonical, CRO_SERIAL_DIGITS, number_of(serial));
    *canonical++ = '/';
    canonical = write_number(canonical, 2, number_of(year));
    *canonical++ = letter;
    *canonical = '\0';
    return IDENTIFIER_VALID;
}

identifier_fault identifier_read_cro(const char *text, size_t length,
                                     char canonical[IDENTIFIER_CRO_LENGTH + 1]) {
    span form = trim(text, length);
    char letter;
    if (form.length > IDENTIFIER_CRO_LENGTH) return IDENTIFIER_NOT_CRO;
    identifier_fault fault = take_letter(&form, &letter);
    if (fault != IDENTIFIER_VALID) return fault;
    bool file = form.length >= 2 && raise_case(form.at[0]) == 'S' && raise_case(form.at[1]) == 'F';
    return file ? read_cro_file(form, letter, canonical)
                : read_cro_standard(form, letter, canonical);
}

/* --- ASN -------------------------------------------------------------------------- */

/* The parts of an arrest/summons number, upper case, before the letter. */
typedef struct asn_parts {
    char top[1];
    size_t top_length; /* 0 or 1 */
    char year[2], force[2], unit[2], system[2], sequence[ASN_SEQUENCE_DIGITS];
} asn_parts;

/* Copies upper-case letters and digits; false: another character. */
static bool copy_code(char *to, span from) {
    for (size_t i = 0; i < from.length; i++) {
        to[i] = raise_case(from.at[i]);
        if (!is_digit(to[i]) && !is_letter(to[i])) return false;
    }
    return true;
}

/* Reads [top] force unit system from `codes`, six or seven characters. */
static bool read_asn_codes(span codes, asn_parts *asn) {
    asn->top_length = codes.length - 6;
    span rest = part(codes, asn->top_length, codes.length);
    return copy_code(asn->top, part(codes, 0, asn->top_length)) &&
           copy_code(asn->force, part(rest, 0, 2)) && copy_code(asn->unit, part(rest, 2, 4)) &&
           copy_code(asn->system, part(rest, 4, 6));
}

/* YYFFUUSS and eleven digits, the letter already taken. */
static bool read_asn_plain(span form, asn_parts *asn) {
    if (form.length != 19 && form.length != 20) return false;
    size_t sequence = form.length - ASN_SEQUENCE_DIGITS;
    if (!all_digits(part(form, 0, 2)) || !all_digits(part(form, sequence, form.length)))
        return false;
    memcpy(asn->year, form.at, sizeof asn->year);
    memcpy(asn->sequence, form.at + sequence, sizeof asn->sequence);
    return read_asn_codes(part(form, 2, sequence), asn);
}

/* YY/FFUU/SS/N…, the letter already taken: codes of four or five and two characters. */
static bool read_asn_slashed(span form, asn_parts *asn) {
    if (form.length < 12) return false;
    size_t system = form.at[7] == '/' ? 8 : 9, sequence = system + 3;
    char codes[7];
    if (form.length <= sequence || form.length - sequence > ASN_SEQUENCE_DIGITS) return false;
    if (form.at[2] != '/' || form.at[system - 1] != '/' || form.at[system + 2] != '/')
        return false;
    span digits = part(form, sequence, form.length);
    if (!all_digits(part(form, 0, 2)) || !all_digits(digits)) return false;
    memcpy(asn->year, form.at, sizeof asn->year);
    memset(asn->sequence, '0', sizeof asn->sequence);
    memcpy(asn->sequence + ASN_SEQUENCE_DIGITS - digits.length, digits.at, digits.length);
    size_t before = system - 1 - 3;
    memcpy(codes, form.at + 3, before);
    memcpy(codes + before, form.at + system, 2);
    return read_asn_codes((span){codes, before + 2}, asn);
}

static bool is_code(const char code[2], const char *expected) {
    return code[0] == expected[0] && code[1] == expected[1];
}

static bool is_numeric(const char code[2]) {
    return is_digit(code[0]) && is_digit(code[1]);
}

/* The patterns of bichard7-next-core's isDummyAsn. */
static bool is_dummy_asn(const asn_parts *asn) {
    static const char *const force_50_units[] = {"11", "12", "21", "41", "42", "43", "OF", "SJ"};
    const char *force = asn->force, *unit = asn->unit, *system = asn->system;
    if (is_numeric(force) && is_code(unit, "NR") && is_code(system, "PR")) return true;
    if (is_code(force, "00")) {
        if (is_code(unit, "XX") || (is_code(unit, "NP") && is_code(system, "00"))) return true;
        return is_code(asn->year, "08") && is_code(system, "01") &&
               (is_code(unit, "NP") || is_code(unit, "PP"));
    }
    if (is_code(force, "12")) return is_code(unit, "LN") && is_code(system, "00");
    if (is_code(force, "63")) return is_code(unit, "00") && is_numeric(system);
    if (is_code(force, "06")) return is_code(unit, "SS");
    if (!is_code(force, "50")) return false;
    for (size_t i = 0; i < sizeof force_50_units / sizeof *force_50_units; i++)
        if (is_code(unit, force_50_units[i])) return true;
    return false;
}

static int asn_remainder(const asn_parts *asn) {
    int remainder = 0;
    if (is_numeric(asn->force)) remainder = append_digits(remainder, (span){asn->force, 2});
    if (is_numeric(asn->system)) remainder = append_digits(remainder, (span){asn->system, 2});
    remainder = append_digits(remainder, (span){asn->year, 2});
    return append_digits(remainder, (span){asn->sequence, ASN_SEQUENCE_DIGITS});
}

static char *copy(char *to, const char *from, size_t length) {
    memcpy(to, from, length);
    return to + length;
}

static void write_asn(const asn_parts *asn, char letter, char *at) {
    at = copy(at, asn->year, 2);
    at = copy(at, asn->top, asn->top_length);
    at = copy(at, asn->force, 2);
    at = copy(at, asn->unit, 2);
    at = copy(at, asn->system, 2);
    at = copy(at, asn->sequence, ASN_SEQUENCE_DIGITS);
    *at++ = letter;
    *at = '\0';
}

identifier_fault identifier_read_asn(const char *text, size_t length,
                                     char canonical[IDENTIFIER_ASN_LENGTH + 1]) {
    span form = trim(text, length);
    asn_parts asn;
    char letter;
    identifier_fault fault = take_letter(&form, &letter);
    if (fault != IDENTIFIER_VALID) return fault;
    bool slashed = form.length > 2 && form.at[2] == '/';
    if (!(slashed ? read_asn_slashed(form, &asn) : read_asn_plain(form, &asn)))
        return IDENTIFIER_NOT_ASN;
    if (is_dummy_asn(&asn)) return IDENTIFIER_DUMMY;
    fault = check_letter(letter, asn_remainder(&asn));
    if (fault == IDENTIFIER_VALID) write_asn(&asn, letter, canonical);
    return fault;
}
