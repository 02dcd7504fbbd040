#include "logit_rows.h"

#include <string.h>

enum { DISTINCT_LIMIT = 65536, FIRST_SLOTS = 32 };

bool logit_rows_start(logit_rows *rows, const memory *from, int variables, bool weighted) {
    size_t count = (size_t)variables + weighted;
    *rows = (logit_rows){.from = from, .variables = variables, .weighted = weighted};
    rows->columns = memory_allocate(from, (count ? count : 1) * sizeof *rows->columns);
    if (!rows->columns) return false;
    for (size_t i = 0; i < count; i++) rows->columns[i] = (logit_column){.width = 1};
    return true;
}

static void forget_dictionary(const memory *from, logit_column *column) {
    if (column->kind == LOGIT_FACTOR)
        for (size_t i = 0; i < column->distinct; i++) memory_free(from, column->levels[i].text);
    memory_free(from, column->levels);
    memory_free(from, column->numbers);
    memory_free(from, column->slots);
    column->levels = NULL;
    column->numbers = NULL;
    column->slots = NULL;
    column->distinct = column->entry_capacity = column->slot_count = 0;
}

void logit_rows_free(logit_rows *rows) {
    if (!rows->columns) return;
    for (int i = 0; i < rows->variables + rows->weighted; i++) {
        forget_dictionary(rows->from, &rows->columns[i]);
        memory_free(rows->from, rows->columns[i].cells);
    }
    memory_free(rows->from, rows->columns);
    memory_free(rows->from, rows->outcomes);
    *rows = (logit_rows){.from = rows->from};
}

int logit_level_compare(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t shorter = a_length < b_length ? a_length : b_length;
    int order = shorter ? memcmp(a, b, shorter) : 0;
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

size_t logit_rows_code(const logit_column *column, size_t row) {
    if (column->width == 1) return ((const uint8_t *)column->cells)[row];
    return ((const uint16_t *)column->cells)[row];
}

double logit_rows_number(const logit_column *column, size_t row) {
    if (column->width == 8) return ((const double *)column->cells)[row];
    return column->numbers[logit_rows_code(column, row)];
}

/* --- the dictionary --------------------------------------------------------------------------- */

static uint64_t hash_bytes(const void *bytes, size_t length) {
    const unsigned char *at = bytes;
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < length; i++) hash = (hash ^ at[i]) * UINT64_C(1099511628211);
    return hash ^ (hash >> 29);
}

static uint64_t hash_value(const logit_value *value) {
    return value->kind == LOGIT_NUMBER ? hash_bytes(&value->number, sizeof value->number)
                                       : hash_bytes(value->text, value->length);
}

static logit_value entry(const logit_column *column, size_t code) {
    if (column->kind == LOGIT_NUMBER)
        return (logit_value){.kind = LOGIT_NUMBER, .number = column->numbers[code]};
    const logit_level *level = &column->levels[code];
    return (logit_value){.kind = LOGIT_FACTOR, .text = level->text, .length = level->length};
}

static bool is_entry(const logit_column *column, size_t code, const logit_value *value) {
    if (column->kind == LOGIT_NUMBER) return column->numbers[code] == value->number;
    const logit_level *level = &column->levels[code];
    return level->length == value->length &&
           (value->length == 0 || memcmp(level->text, value->text, value->length) == 0);
}

/* The slot that holds the value's code, or the empty one where it belongs. */
static size_t find_slot(const logit_column *column, const logit_value *value) {
    size_t mask = column->slot_count - 1, slot = hash_value(value) & mask;
    while (column->slots[slot] && !is_entry(column, column->slots[slot] - 1, value))
        slot = (slot + 1) & mask;
    return slot;
}

/* Keeps the hash table at most half full. */
static bool widen_slots(const memory *from, logit_column *column) {
    if (column->slot_count > 2 * column->distinct) return true;
    size_t count = column->slot_count ? 2 * column->slot_count : FIRST_SLOTS;
    uint32_t *slots = memory_allocate(from, count * sizeof *slots);
    if (!slots) return false;
    memset(slots, 0, count * sizeof *slots);
    memory_free(from, column->slots);
    column->slots = slots;
    column->slot_count = count;
    for (size_t code = 0; code < column->distinct; code++) {
        logit_value value = entry(column, code);
        slots[find_slot(column, &value)] = (uint32_t)code + 1;
    }
    return true;
}

static bool append_entry(const memory *from, logit_column *column, const logit_value *value) {
    if (column->kind == LOGIT_NUMBER) {
        if (!memory_reserve(from, (void **)&column->numbers, &column->entry_capacity,
                            column->distinct + 1, sizeof *column->numbers))
            return false;
        column->numbers[column->distinct++] = value->number;
        return true;
    }
    if (!memory_reserve(from, (void **)&column->levels, &column->entry_capacity,
                        column->distinct + 1, sizeof *column->levels))
        return false;
    char *text = memory_allocate(from, value->length + 1);
    if (!text) return false;
    if (value->length) memcpy(text, value->text, value->length);
    text[value->length] = '\0';
    column->levels[column->distinct++] = (logit_level){text, value->length};
    return true;
}

/* --- cells ------------------------------------------------------------------------------------ */

/* Rewrites the cells of the first `count` rows with another width. */
static bool change_width(const memory *from, logit_column *column, size_t count, size_t width) {
    size_t capacity = count + count / 2 + 16;
    void *cells = memory_allocate(from, capacity * width);
    if (!cells) return false;
    for (size_t row = 0; row < count; row++) {
        if (width == 2) {
            ((uint16_t *)cells)[row] = (uint16_t)logit_rows_code(column, row);
        } else {
            ((double *)cells)[row] = logit_rows_number(column, row);
        }
    }
    memory_free(from, column->cells);
    column->cells = cells;
    column->cell_capacity = capacity;
    column->width = width;
    if (width == 8) forget_dictionary(from, column);
    return true;
}

/* The code of a value, new or known. */
static logit_status find_code(const memory *from, logit_column *column, size_t row,
                              const logit_value *value, size_t *code) {
    if (column->distinct && is_entry(column, column->last, value)) {
        *code = column->last;
        return LOGIT_OK;
    }
    if (!widen_slots(from, column)) return LOGIT_NO_MEMORY;
    size_t slot = find_slot(column, value);
    if (!column->slots[slot]) {
        if (column->distinct == DISTINCT_LIMIT) {
            if (column->kind == LOGIT_FACTOR) return LOGIT_TOO_MANY_LEVELS;
            return change_width(from, column, row, 8) ? LOGIT_OK : LOGIT_NO_MEMORY;
        }
        if (column->distinct == 256 && !change_width(from, column, row, 2)) return LOGIT_NO_MEMORY;
        if (!append_entry(from, column, value)) return LOGIT_NO_MEMORY;
        column->slots[slot] = (uint32_t)column->distinct;
    }
    *code = column->last = column->slots[slot] - 1;
    return LOGIT_OK;
}

static logit_status add_cell(const memory *from, logit_column *column, size_t row,
                             const logit_value *given) {
    logit_value value = *given;
    size_t code = 0;
    if (column->kind == LOGIT_UNDECIDED) column->kind = value.kind;
    if (column->kind != value.kind) return LOGIT_MIXED_KINDS;
    if (value.kind == LOGIT_NUMBER) value.number += 0.0; /* -0 is 0 */
    if (column->width < 8) {
        logit_status status = find_code(from, column, row, &value, &code);
        if (status != LOGIT_OK) return status;
    }
    if (!memory_reserve(from, &column->cells, &column->cell_capacity, row + 1, column->width))
        return LOGIT_NO_MEMORY;
    if (column->width == 1) {
        ((uint8_t *)column->cells)[row] = (uint8_t)code;
    } else if (column->width == 2) {
        ((uint16_t *)column->cells)[row] = (uint16_t)code;
    } else {
        ((double *)column->cells)[row] = value.number;
    }
    return LOGIT_OK;
}

logit_status logit_rows_add(logit_rows *rows, int outcome, double weight,
                            const logit_value *values, int *variable) {
    size_t row = rows->count;
    for (*variable = 0; *variable < rows->variables; ++*variable) {
        logit_status status =
            add_cell(rows->from, &rows->columns[*variable], row, &values[*variable]);
        if (status != LOGIT_OK) return status;
    }
    if (rows->weighted) {
        logit_value value = {.kind = LOGIT_NUMBER, .number = weight};
        logit_status status = add_cell(rows->from, &rows->columns[rows->variables], row, &value);
        if (status != LOGIT_OK) return status;
    }
    if (!memory_reserve(rows->from, (void **)&rows->outcomes, &rows->outcome_capacity, row + 1, 1))
        return LOGIT_NO_MEMORY;
    rows->outcomes[row] = outcome != 0;
    rows->count++;
    return LOGIT_OK;
}
