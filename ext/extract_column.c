#include "extract_column.h"

#include <string.h>

#include "disposal.h"
#include "identifier.h"
#include "offence.h"

enum { WHOLE_DIGITS = 17 };

static const char *const type_names[EXTRACT_TYPES] = {
    [EXTRACT_TEXT] = "text",           [EXTRACT_WHOLE] = "whole",
    [EXTRACT_PNC_ID] = "pnc_id",       [EXTRACT_DATE] = "date",
    [EXTRACT_PAST_DATE] = "past_date", [EXTRACT_DURATION] = "duration",
    [EXTRACT_KIND] = "kind",           [EXTRACT_CODE] = "code",
    [EXTRACT_LOOKUP] = "lookup",       [EXTRACT_OFFENCE_CODE] = "offence_code",
    [EXTRACT_PERSON] = "person",
};

/* --- declarations ----------------------------------------------------------------------------- */

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

/* The next word of *text, which is passed; no word has length 0. */
static const char *next_word(const char **text, size_t *length) {
    while (is_space(**text)) ++*text;
    const char *word = *text;
    while (**text && !is_space(**text)) ++*text;
    *length = (size_t)(*text - word);
    return word;
}

static bool is_word(const char *word, size_t length, const char *name) {
    return length == strlen(name) && memcmp(word, name, length) == 0;
}

/* Passes `since` or `until`. */
static extract_relation read_relation(const char **at) {
    const char *before = *at;
    size_t length;
    const char *word = next_word(at, &length);
    if (is_word(word, length, "since")) return EXTRACT_SINCE;
    if (is_word(word, length, "until")) return EXTRACT_UNTIL;
    *at = before;
    return EXTRACT_ALONE;
}

bool extract_column_declare(const char *declaration, extract_column *column) {
    const char *at = declaration;
    size_t length;
    *column = (extract_column){0};
    column->name = next_word(&at, &column->name_length);
    const char *word = next_word(&at, &length);
    column->required = is_word(word, length, "required");
    if (column->required) word = next_word(&at, &length);
    while (column->type < EXTRACT_TYPES && !is_word(word, length, type_names[column->type]))
        column->type++;
    if (column->type == EXTRACT_DATE || column->type == EXTRACT_PAST_DATE)
        column->relation = read_relation(&at);
    while (is_space(*at)) at++;
    column->values = at;
    column->values_length = strlen(at);
    while (column->values_length && is_space(at[column->values_length - 1]))
        column->values_length--;
    bool has_values = column->values_length > 0;
    bool needs_values = column->type == EXTRACT_KIND || column->type == EXTRACT_CODE ||
                        column->type == EXTRACT_LOOKUP || column->relation != EXTRACT_ALONE;
    return column->name_length > 0 && column->type < EXTRACT_TYPES && has_values == needs_values;
}

/* --- cells ------------------------------------------------------------------------------------ */

static bool read_whole(const char *text, size_t length, int64_t *number) {
    *number = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *number = *number * 10 + (text[i] - '0');
        if (i == WHOLE_DIGITS) return false;
    }
    return true;
}

static bool read_pnc_id(const char *text, size_t length, int pivot, int64_t *number) {
    identifier_pnc id;
    if (identifier_read_pnc(text, length, pivot, &id) != IDENTIFIER_VALID) return false;
    *number = identifier_pnc_number(id);
    return true;
}

static bool read_duration(const char *text, size_t length, int64_t *number) {
    int32_t months;
    if (!disposal_sentence_months(text, length, &months)) return false;
    *number = months;
    return true;
}

/* The values are parted by single blanks. */
static bool is_value(const extract_column *column, const char *text, size_t length) {
    const char *at = column->values, *end = at + column->values_length;
    if (memchr(text, ' ', length)) return false;
    while (at && (size_t)(end - at) >= length) {
        bool ends = (size_t)(end - at) == length || at[length] == ' ';
        if (ends && memcmp(at, text, length) == 0) return true;
        at = memchr(at, ' ', (size_t)(end - at));
        if (at) at++;
    }
    return false;
}

static const char *date_fault(const extract_column *column, const extract_setting *setting,
                              const char *text, size_t length) {
    calendar_day day;
    if (!calendar_parse(text, length, &day)) return "not_a_date";
    bool late = column->type == EXTRACT_PAST_DATE && day > setting->last_day;
    return late ? "after_extract" : NULL;
}

const char *extract_cell_read(const extract_column *column, const extract_setting *setting,
                              const char *text, size_t length, extract_cell *cell) {
    const char *fault = NULL;
    int64_t *number = &cell->number;
    *cell = (extract_cell){.kind = EXTRACT_EMPTY};
    if (length == 0) return column->required ? "empty" : NULL;
    extract_cell_kind kind = EXTRACT_STRING;
    switch (column->type) {
    case EXTRACT_WHOLE:
        kind = EXTRACT_INTEGER;
        if (!read_whole(text, length, number)) fault = "not_a_whole_number";
        break;
    case EXTRACT_PNC_ID:
        kind = EXTRACT_INTEGER;
        if (!read_pnc_id(text, length, setting->pivot_year, number)) fault = "not_a_pnc_id";
        break;
    case EXTRACT_PERSON:
        kind = EXTRACT_INTEGER;
        if (!read_pnc_id(text, length, setting->pivot_year, number))
            fault = "not_a_pnc_id";
        else
            *number = id_map_follow(&setting->merged, *number);
        break;
    case EXTRACT_DURATION:
        kind = EXTRACT_INTEGER;
        if (!read_duration(text, length, number)) fault = "not_a_duration";
        break;
    case EXTRACT_DATE:
    case EXTRACT_PAST_DATE:
        fault = date_fault(column, setting, text, length);
        break;
    case EXTRACT_KIND:
        fault = is_value(column, text, length) ? NULL : "unknown_kind";
        break;
    case EXTRACT_CODE:
        fault = is_value(column, text, length) ? NULL : "unknown_code";
        break;
    case EXTRACT_TEXT:
    case EXTRACT_LOOKUP:
    case EXTRACT_OFFENCE_CODE:
    case EXTRACT_TYPES:
        break;
    }
    if (!fault) cell->kind = kind;
    return fault;
}

bool extract_cell_is_unknown(const extract_column *column, const dictionary *known,
                             const char *text, size_t length) {
    offence_class ignored;
    if (column->type == EXTRACT_LOOKUP)
        return length > 0 && dictionary_find(known, EXTRACT_KNOWN, text, length) == 0;
    return column->type == EXTRACT_OFFENCE_CODE &&
           offence_look_up(text, length, &ignored) < OFFENCE_NO_CLASS;
}
