/* fuzz_csv.c - any bytes as a CSV file of an extract (libFuzzer, with sanitizers).
**
** Read in pieces of any size the gate must give what it gives for the whole; runs must read again
** as good records, as many as they say; no line is counted twice; every good row has cells, a fault
** or none, and JSON. Any declaration of a column is read or refused. */
#include "csv_gate.h"
#include "extract_row.h"

#include <stdlib.h>
#include <string.h>

static void expect(bool holds) {
    if (!holds) abort();
}

static void *resize(void *user, void *block, size_t size) {
    (void)user;
    if (size > 0) return realloc(block, size);
    free(block);
    return NULL;
}

static const memory from = {resize, NULL};

enum { FIELDS = 3 };

/* A digest of all that came: it must not depend on the pieces. */
typedef struct digest {
    uint64_t sum;
    size_t records, last_line;
} digest;

static void mix(digest *to, const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++)
        to->sum = (to->sum ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    to->sum = (to->sum ^ length) * UINT64_C(0x100000001b3);
}

static void check_row(const extract_layout *layout, const csv_record *record) {
    const extract_setting setting = {.last_day = 15000, .pivot_year = 2011};
    extract_cell cells[FIELDS + 1];
    json_text row = {.from = &from}, extra = {.from = &from};
    size_t faulty = 0;
    const char *fault = extract_row_read(layout, &setting, record, cells, &faulty);
    expect(!fault || faulty < layout->count);
    extract_row_json(layout, record, &row);
    extract_row_extra(layout, record, &extra);
    expect(!row.failed && !extra.failed && row.length >= 2 && extra.length >= 2);
    json_write_free(&row);
    json_write_free(&extra);
}

static void check_run(const csv_run *run, const extract_layout *layout, digest *to) {
    char *copy = malloc(run->length + 1);
    expect(copy != NULL);
    memcpy(copy, run->text, run->length);
    copy[run->length] = '\0';
    csv_text text = {
        .at = copy, .end = copy + run->length, .line = run->first_line, .last = true};
    csv_record record = {.from = &from, .expected = FIELDS};
    size_t records = 0;
    for (; csv_read(&text, &record) == CSV_RECORD; records++) {
        expect(record.fault == CSV_GOOD && record.line > to->last_line);
        to->last_line = record.line;
        for (size_t i = 0; i < FIELDS; i++)
            mix(to, record.fields[i].text, record.fields[i].length);
        check_row(layout, &record);
    }
    expect(records == run->records);
    csv_record_free(&record);
    free(copy);
}

static digest read_in_pieces(const char *bytes, size_t size, size_t piece,
                             const extract_layout *layout) {
    csv_gate gate = {.record = {.from = &from, .expected = FIELDS}, .text = {.line = 1}};
    digest seen = {0};
    csv_run run;
    csv_step step;
    size_t at = 0;
    while ((step = csv_gate_next(&gate, &run)) != CSV_END) {
        expect(step != CSV_NO_MEMORY);
        if (step == CSV_MORE) {
            size_t next = size - at < piece ? size - at : piece;
            char *room = csv_gate_room(&gate, piece);
            expect(room != NULL);
            memcpy(room, bytes + at, next);
            csv_gate_fed(&gate, next);
            at += next;
            continue;
        }
        seen.records += run.records;
        if (run.fault == CSV_GOOD) {
            check_run(&run, layout, &seen);
            continue;
        }
        expect(run.records == 1 && run.first_line > seen.last_line);
        seen.last_line = run.first_line;
        mix(&seen, csv_fault_reason(run.fault), 4);
        mix(&seen, run.value_class, strlen(run.value_class));
        mix(&seen, run.text, run.length);
    }
    csv_gate_free(&gate);
    return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    extract_layout layout = {.from = &from};
    bool is_known;
    if (size < 2) return 0;
    size_t piece = bytes[0] + (size_t)1;
    const char *text = (const char *)bytes + 1;
    size--;
    expect(extract_layout_declare(&layout, "id required whole", &is_known) && is_known);
    expect(extract_layout_declare(&layout, "day past_date", &is_known) && is_known);
    extract_layout_file(&layout, "note\nid\nday", 11);
    digest whole = read_in_pieces(text, size, size, &layout);
    digest pieces = read_in_pieces(text, size, piece, &layout);
    expect(whole.sum == pieces.sum && whole.records == pieces.records);
    char *declaration = malloc(size + 1);
    expect(declaration != NULL);
    memcpy(declaration, text, size);
    declaration[size] = '\0';
    expect(extract_layout_declare(&layout, declaration, &is_known));
    extract_layout_file(&layout, text, size);
    extract_layout_free(&layout);
    free(declaration);
    return 0;
}
