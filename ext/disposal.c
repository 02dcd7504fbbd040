#include "disposal.h"

#include "band.h"

typedef struct duration_unit {
    char code;
    int32_t months; /* of one unit; 0: the unit is counted per year */
    int32_t units_a_year;
} duration_unit;

typedef struct verdict_entry {
    const char *code; /* in small letters */
    int proven;
} verdict_entry;

#include "disposal_table.inc"

enum { MONTHS_A_YEAR = 12, LONGEST_NUMBER = 6 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_same(const char *name, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (name[i] == 0 || name[i] != small(text[i])) return false;
    return name[length] == 0;
}

static disposal find_out_of_court(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof out_of_court / sizeof *out_of_court; i++)
        if (is_same(out_of_court[i].code, name, length)) return out_of_court[i];
    return (disposal){.code = NULL};
}

disposal disposal_find(const char *code, size_t length) {
    if (length != 4) return find_out_of_court(code, length);
    unsigned number = 0;
    for (size_t i = 0; i < length; i++) {
        if (!is_digit(code[i])) return find_out_of_court(code, length);
        number = number * 10 + (unsigned)(code[i] - '0');
    }
    unsigned place = disposal_place[number];
    return place ? disposals[place - 1] : (disposal){.code = NULL};
}

int disposal_verdict_proven(const char *verdict, size_t length) {
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        if (is_same(verdicts[i].code, verdict, length)) return verdicts[i].proven;
    return -1;
}

static const duration_unit *find_unit(char code) {
    for (size_t i = 0; i < sizeof duration_units / sizeof *duration_units; i++)
        if (small(duration_units[i].code) == small(code)) return &duration_units[i];
    return NULL;
}

static int32_t count_months(const duration_unit *unit, int32_t number) {
    int64_t months = unit->months ? (int64_t)number * unit->months
                                  : (int64_t)number * MONTHS_A_YEAR / unit->units_a_year;
    return months > SENTENCE_LIFE ? SENTENCE_LIFE : (int32_t)months;
}

bool disposal_sentence_months(const char *duration, size_t length, int32_t *months) {
    const duration_unit *unit = length ? find_unit(duration[0]) : NULL;
    if (!unit) return false;
    if (length == 1) {
        *months = unit->months;
        return unit->months == SENTENCE_LIFE;
    }
    if (length > 1 + LONGEST_NUMBER) return false;
    int32_t number = 0;
    for (size_t i = 1; i < length; i++) {
        if (!is_digit(duration[i])) return false;
        number = number * 10 + (duration[i] - '0');
    }
    *months = count_months(unit, number);
    return true;
}
