#include "match.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

const match_weight match_weights[] = {
#include "match_weight.inc"
    {.field = NULL},
};

/* Birth dates --------------------------------------------------------------------------------- */

static int different_digits(calendar_day a, calendar_day b) {
    char a_text[CALENDAR_TEXT_LENGTH + 1], b_text[CALENDAR_TEXT_LENGTH + 1];
    int count = 0;
    calendar_format(a, a_text);
    calendar_format(b, b_text);
    for (int i = 0; i < CALENDAR_TEXT_LENGTH; i++) count += a_text[i] != b_text[i];
    return count;
}

match_birth match_compare_births(calendar_day a, calendar_day b) {
    if (a == b) return MATCH_BIRTH_EQUAL;
    calendar_civil first = calendar_to_civil(a), second = calendar_to_civil(b);
    bool same_year = first.year == second.year;
    if (same_year && first.month == second.day && first.day == second.month)
        return MATCH_BIRTH_DAY_MONTH_SWAPPED;
    if (different_digits(a, b) == 1) return MATCH_BIRTH_ONE_DIGIT;
    return same_year ? MATCH_BIRTH_YEAR : MATCH_BIRTH_DIFFERENT;
}

const char *match_birth_text(match_birth level) {
    static const char *const texts[] = {
        [MATCH_BIRTH_EQUAL] = "equal",
        [MATCH_BIRTH_DAY_MONTH_SWAPPED] = "day_month_swapped",
        [MATCH_BIRTH_ONE_DIGIT] = "one_digit",
        [MATCH_BIRTH_YEAR] = "year",
        [MATCH_BIRTH_DIFFERENT] = "different",
    };
    return texts[level];
}

/* Weights ------------------------------------------------------------------------------------- */

static double bits(const match_weight *weight) {
    return log2(weight->m / weight->u);
}

static const match_weight *first_weight(const char *field) {
    const match_weight *weight = match_weights;
    while (weight->field && strcmp(weight->field, field) != 0) weight++;
    return weight;
}

static double name_bits(const char *field, const match_name *a, const match_name *b) {
    double similarity = match_name_similarity(a->text, a->length, b->text, b->length);
    const match_weight *weight = first_weight(field);
    while (similarity < weight->lowest) weight++;
    return bits(weight);
}

double match_score(const match_person *a, const match_person *b) {
    match_birth birth = match_compare_births(a->birth, b->birth);
    return name_bits("surname", &a->surname, &b->surname) +
           name_bits("forename", &a->forename, &b->forename) +
           bits(first_weight("birth_date") + birth);
}

match_outcome match_decide(double score, double next, const match_thresholds *thresholds) {
    if (score >= thresholds->certain && score - next >= thresholds->margin) return MATCH_CERTAIN;
    return score >= thresholds->possible ? MATCH_POSSIBLE : MATCH_UNMATCHED;
}

const char *match_outcome_text(match_outcome outcome) {
    static const char *const texts[] = {
        [MATCH_CERTAIN] = "certain",
        [MATCH_POSSIBLE] = "possible",
        [MATCH_UNMATCHED] = "unmatched",
    };
    return texts[outcome];
}

/* Blocking ------------------------------------------------------------------------------------ */

static uint64_t mix(uint64_t hash, const void *bytes, size_t count) {
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < count; i++) hash = (hash ^ byte[i]) * 0x100000001b3u; /* FNV-1a */
    return hash;
}

static uint64_t mix_number(uint64_t hash, int number) {
    unsigned char bytes[2] = {(unsigned char)(number & 0xFF), (unsigned char)(number >> 8)};
    return mix(hash, bytes, sizeof bytes);
}

static uint64_t mix_beginning(uint64_t hash, const match_name *name, size_t count) {
    hash = mix(hash, name->text, name->length < count ? name->length : count);
    return mix(hash, "", 1);
}

static uint64_t mix_either_order(uint64_t hash, calendar_civil birth) {
    bool month_first = birth.month < birth.day;
    hash = mix_number(hash, birth.year);
    hash = mix_number(hash, month_first ? birth.month : birth.day);
    return mix_number(hash, month_first ? birth.day : birth.month);
}

int64_t match_block_key(int block, const match_person *person) {
    calendar_civil birth = calendar_to_civil(person->birth);
    uint64_t hash = mix_number(0xcbf29ce484222325u, block);
    if (block == 1 || block == 2) {
        hash = mix_beginning(hash, block == 1 ? &person->surname : &person->forename, 1);
        hash = mix_either_order(hash, birth);
    } else {
        hash = mix_beginning(hash, &person->surname, 3);
        hash = mix_beginning(hash, &person->forename, 1);
        hash = mix_number(hash, block == 3 ? birth.year : birth.month * 32 + birth.day);
    }
    return (int64_t)hash;
}
