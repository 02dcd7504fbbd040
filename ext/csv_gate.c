#include "csv_gate.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

/* What stood there, in words that show nothing of it. */
static void describe(const csv_record *record, char *words, size_t size) {
    switch (record->fault) {
    case CSV_GOOD:
        words[0] = '\0';
        break;
    case CSV_LINE_TOO_LONG:
        snprintf(words, size, "line of more than %d bytes", CSV_LINE_LIMIT);
        break;
    case CSV_NUL_BYTE:
        snprintf(words, size, "row with a NUL byte");
        break;
    case CSV_CONTROL_CHARACTER:
        snprintf(words, size, "row with a control character");
        break;
    case CSV_NOT_UTF8:
        snprintf(words, size, "row that is not UTF-8");
        break;
    case CSV_STRAY_QUOTE:
        snprintf(words, size, "row of %zu bytes", record->length);
        break;
    case CSV_TOO_FEW_FIELDS:
    case CSV_TOO_MANY_FIELDS:
        snprintf(words, size, "%zu fields, %zu expected", record->count, record->expected);
        break;
    case CSV_FIELD_TOO_LONG: {
        const csv_field *field = &record->fields[record->too_long];
        snprintf(words, size, "text of %zu characters",
                 text_characters(field->text, field->length));
        break;
    }
    }
}

static csv_step give_refused(csv_gate *gate, csv_run *run) {
    const csv_record *record = &gate->record;
    *run = (csv_run){.text = record->text,
                     .length = record->length,
                     .first_line = record->line,
                     .records = 1,
                     .fault = record->fault};
    describe(record, run->value_class, sizeof run->value_class);
    gate->holds_refused = false;
    return CSV_RECORD;
}

csv_step csv_gate_next(csv_gate *gate, csv_run *run) {
    csv_text *text = &gate->text;
    csv_step step = CSV_RECORD;
    if (gate->holds_refused) return give_refused(gate, run);
    if (!gate->bytes) return CSV_MORE;
    csv_pass_given_up(text);
    *run = (csv_run){.text = text->at, .first_line = text->line};
    while (run->length < CSV_RUN_SIZE && (step = csv_read(text, &gate->record)) == CSV_RECORD) {
        gate->holds_refused = gate->record.fault != CSV_GOOD;
        if (gate->holds_refused) break;
        run->records++;
        run->length = (size_t)(text->at - run->text);
    }
    if (step == CSV_NO_MEMORY || run->records > 0) return step == CSV_NO_MEMORY ? step : CSV_RECORD;
    return gate->holds_refused ? give_refused(gate, run) : step;
}

char *csv_gate_room(csv_gate *gate, size_t size) {
    csv_text *text = &gate->text;
    size_t held = gate->bytes ? (size_t)(text->end - text->at) : 0;
    if (held) memmove(gate->bytes, text->at, held);
    bool reserved = memory_reserve(gate->record.from, (void **)&gate->bytes, &gate->capacity,
                                   held + size + 1, 1);
    if (!gate->bytes) return NULL;
    text->at = gate->bytes;
    text->end = gate->bytes + held;
    return reserved ? gate->bytes + held : NULL;
}

void csv_gate_fed(csv_gate *gate, size_t size) {
    char *end = gate->bytes + (gate->text.end - gate->bytes) + size;
    *end = '\0';
    gate->text.end = end;
    gate->text.last = size == 0;
}

void csv_gate_free(csv_gate *gate) {
    csv_record_free(&gate->record);
    memory_free(gate->record.from, gate->bytes);
    *gate = (csv_gate){.record = gate->record};
}
