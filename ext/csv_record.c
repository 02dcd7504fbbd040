#include "csv_record.h"

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text.h"

/* What a byte means outside quotes. PLAIN is 0, so that a run of plain bytes is passed quickly; NUL
** is not plain, so that the one at the end of the text ends every run. */
enum { PLAIN, NUL, COMMA, LINE_FEED, QUOTE, RETURN, CONTROL, HIGH };

static const uint8_t kinds[256] = {
    [0] = NUL,       [1 ... 8] = CONTROL,   ['\n'] = LINE_FEED, [11 ... 12] = CONTROL,
    ['\r'] = RETURN, [14 ... 31] = CONTROL, ['"'] = QUOTE,      [','] = COMMA,
    [127] = CONTROL, [128 ... 255] = HIGH,
};

static unsigned kind_of(const char *at) {
    return kinds[(unsigned char)*at];
}

const char *csv_fault_reason(csv_fault fault) {
    static const char *const reasons[] = {
        [CSV_LINE_TOO_LONG] = "line_too_long",
        [CSV_NUL_BYTE] = "nul_byte",
        [CSV_CONTROL_CHARACTER] = "control_character",
        [CSV_NOT_UTF8] = "not_utf8",
        [CSV_STRAY_QUOTE] = "stray_quote",
        [CSV_TOO_FEW_FIELDS] = "too_few_fields",
        [CSV_TOO_MANY_FIELDS] = "too_many_fields",
        [CSV_FIELD_TOO_LONG] = "field_too_long",
    };
    return reasons[fault];
}

/* What reading a part of a record came to. */
typedef enum outcome { DONE, NEEDS_MORE, STRAY, FAILED } outcome;

static bool reserve_field(csv_record *record) {
    return memory_reserve(record->from, (void **)&record->fields, &record->capacity,
                          record->count + 1, sizeof *record->fields);
}

static inline bool add_field(csv_record *record, const char *start, const char *end) {
    if (record->count == record->capacity && !reserve_field(record)) return false;
    csv_field *field = &record->fields[record->count++];
    field->text = start;
    field->length = (size_t)(end - start);
    return true;
}

/* Lines end with LF or CRLF; at the end of a text a CR alone is one too. How many bytes, or 0. */
static size_t line_end(const csv_text *text, const char *at) {
    if (*at == '\n' && at < text->end) return 1;
    if (*at != '\r' || at == text->end) return 0;
    if (at[1] == '\n' && at + 1 < text->end) return 2;
    return at + 1 == text->end;
}

/* --- what is wrong ---------------------------------------------------------------------------- */

/* The fault of bytes of these kinds, one bit for each kind that occurs. */
static csv_fault fault_of_bytes(const csv_record *record, unsigned seen) {
    if (seen >> NUL & 1) return CSV_NUL_BYTE;
    if (seen >> CONTROL & 1) return CSV_CONTROL_CHARACTER;
    if (seen >> HIGH & 1 && !text_is_utf8(record->text, record->length)) return CSV_NOT_UTF8;
    return CSV_GOOD;
}

static csv_fault fault_of_fields(csv_record *record) {
    if (record->expected && record->count < record->expected) return CSV_TOO_FEW_FIELDS;
    if (record->expected && record->count > record->expected) return CSV_TOO_MANY_FIELDS;
    if (record->length <= CSV_FIELD_LIMIT) return CSV_GOOD;
    for (size_t i = 0; i < record->count; i++) {
        record->too_long = i;
        if (record->fields[i].length > CSV_FIELD_LIMIT) return CSV_FIELD_TOO_LONG;
    }
    return CSV_GOOD;
}

/* Ends the record before `end`, after which `line_end` bytes are passed. */
static void finish(csv_text *text, csv_record *record, const char *end, unsigned seen, bool stray) {
    record->text = text->at;
    record->length = (size_t)(end - text->at);
    record->fault = fault_of_bytes(record, seen);
    if (record->fault == CSV_GOOD)
        record->fault = stray ? CSV_STRAY_QUOTE : fault_of_fields(record);
    text->at = end + line_end(text, end);
}

/* --- without quotes --------------------------------------------------------------------------- */

/* Passes plain bytes, sixteen at a time where the machine can. It may stop at a tab, which is
 * plain. */
static const char *pass_plain(const char *at, const char *end) {
#ifdef __SSE2__
    enum { WIDTH = 16 };
    const __m128i comma = _mm_set1_epi8(','), quote = _mm_set1_epi8('"');
    const __m128i space = _mm_set1_epi8(' '), delete = _mm_set1_epi8(127);
    for (; end - at >= WIDTH; at += WIDTH) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        /* Bytes above 127 are negative here, so they are below a space as control characters are.
         */
        __m128i special =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, comma), _mm_cmpeq_epi8(bytes, quote)),
                         _mm_or_si128(_mm_cmplt_epi8(bytes, space), _mm_cmpeq_epi8(bytes, delete)));
        int found = _mm_movemask_epi8(special);
        if (found) return at + __builtin_ctz((unsigned)found);
    }
#else
    (void)end;
#endif
    while (kind_of(at) == PLAIN) at++;
    return at;
}

/* Reads the line at `at` up to its end or its first quote (STRAY). *end is where it stopped. */
static outcome read_plain(const csv_text *text, csv_record *record, const char **end,
                          unsigned *seen) {
    const char *at = text->at, *field = at, *const last = text->end;
    unsigned kinds_seen = 0;
    record->count = 0;
    for (;; at++) {
        at = pass_plain(at, last);
        unsigned kind = kind_of(at);
        if (kind == COMMA) {
            if (!add_field(record, field, at)) return FAILED;
            field = at + 1;
            continue;
        }
        if (kind == LINE_FEED || (kind == NUL && at == last)) break;
        if (kind == QUOTE) return STRAY;
        if (kind == RETURN && at + 1 == last && !text->last) return NEEDS_MORE;
        if (kind == RETURN && line_end(text, at)) break;
        kinds_seen |= 1u << (kind == RETURN ? CONTROL : kind); /* PLAIN for a tab */
    }
    if (at == last && !text->last) return NEEDS_MORE;
    *end = at;
    *seen = kinds_seen;
    return add_field(record, field, at) ? DONE : FAILED;
}

/* --- with quotes ------------------------------------------------------------------------------ */

/* Keeps the text of a quoted field, doubled quotes once. Room for the whole record is reserved
** first, so that earlier fields stay where they are. */
static bool add_unquoted(csv_record *record, const char *start, const char *end) {
    char *kept = record->unquoted + record->unquoted_length, *to = kept;
    for (const char *at = start; at < end; at++) {
        *to++ = *at;
        if (*at == '"') at++;
    }
    record->unquoted_length += (size_t)(to - kept);
    return add_field(record, kept, to);
}

/* Passes the quoted field that opens at *at. `limit` is where to give up. */
static outcome read_quoted_field(const csv_text *text, csv_record *record, const char **at,
                                 const char *limit) {
    const char *start = *at + 1, *from = start;
    bool doubled = false;
    for (;;) {
        const char *quote = from < limit ? memchr(from, '"', (size_t)(limit - from)) : NULL;
        if (!quote) return limit == text->end && !text->last ? NEEDS_MORE : STRAY;
        if (quote + 1 == text->end && !text->last) return NEEDS_MORE;
        if (quote[1] != '"' || quote + 1 == text->end) {
            *at = quote + 1;
            if (*at < text->end && **at != ',' && !line_end(text, *at)) return STRAY;
            return (doubled ? add_unquoted : add_field)(record, start, quote) ? DONE : FAILED;
        }
        doubled = true;
        from = quote + 2;
    }
}

/* Passes the field at *at that opens without a quote. */
static outcome read_bare_field(const csv_text *text, csv_record *record, const char **at) {
    const char *start = *at, *end = start;
    while (end < text->end && *end != ',' && *end != '"' && !line_end(text, end)) end++;
    *at = end;
    if (end < text->end && *end == '"') return STRAY;
    return add_field(record, start, end) ? DONE : FAILED;
}

/* Reads the record at `at` with its quotes. *end is where it stopped. */
static outcome read_quoted(const csv_text *text, csv_record *record, const char **end) {
    bool near = (size_t)(text->end - text->at) <= CSV_RECORD_LIMIT;
    const char *at = text->at, *limit = near ? text->end : at + CSV_RECORD_LIMIT;
    record->count = record->unquoted_length = 0;
    if (!memory_reserve(record->from, (void **)&record->unquoted, &record->unquoted_capacity,
                        (size_t)(limit - at), 1))
        return FAILED;
    for (;; at++) {
        outcome read = at < limit && *at == '"' ? read_quoted_field(text, record, &at, limit)
                                                : read_bare_field(text, record, &at);
        if (read != DONE) return read;
        bool at_end = at == text->end || (*at == '\r' && at + 1 == text->end);
        if (at_end && !text->last) return NEEDS_MORE;
        if (at == text->end || *at != ',') break;
    }
    *end = at;
    return DONE;
}

static unsigned kinds_between(const csv_text *text, const char *at, const char *end) {
    unsigned seen = 0;
    for (; at < end; at++) {
        unsigned kind = kind_of(at);
        if (kind == RETURN && !line_end(text, at)) kind = CONTROL;
        seen |= 1u << kind;
    }
    return seen;
}

static size_t count_lines(const char *at, const char *end) {
    size_t count = 0;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        count++;
        at++;
    }
    return count;
}

/* The record at `at`, whose first line holds a quote. */
static csv_step read_with_quotes(csv_text *text, csv_record *record) {
    const char *line = memchr(text->at, '\n', (size_t)(text->end - text->at));
    const char *end = text->at;
    if (!line && !text->last) return CSV_MORE;
    outcome read = read_quoted(text, record, &end);
    if (read == NEEDS_MORE) return CSV_MORE;
    if (read == FAILED) return CSV_NO_MEMORY;
    if (read == STRAY) {
        end = line ? line : text->end;
        if (end > text->at && end[-1] == '\r') end--;
    }
    text->line += count_lines(text->at, end);
    finish(text, record, end, kinds_between(text, text->at, end), read == STRAY);
    text->line++;
    return CSV_RECORD;
}

/* --- reading ---------------------------------------------------------------------------------- */

static void skip_empty_lines(csv_text *text) {
    for (size_t ends; (ends = line_end(text, text->at)) > 0; text->line++) {
        if (*text->at == '\r' && ends == 1 && !text->last) break;
        text->at += ends;
    }
}

/* A line of which more than CSV_LINE_LIMIT bytes are there and no end. */
static bool is_too_long(const csv_text *text) {
    return (size_t)(text->end - text->at) > CSV_LINE_LIMIT &&
           !memchr(text->at, '\n', CSV_LINE_LIMIT + 1);
}

void csv_pass_given_up(csv_text *text) {
    if (!text->in_given_up) return;
    const char *line = memchr(text->at, '\n', (size_t)(text->end - text->at));
    text->in_given_up = !line;
    text->at = line ? line + 1 : text->end;
    text->line += line != NULL;
}

static csv_step give_up_line(csv_text *text, csv_record *record) {
    record->text = text->at;
    record->length = CSV_LINE_LIMIT;
    record->fault = CSV_LINE_TOO_LONG;
    text->in_given_up = true;
    csv_pass_given_up(text);
    return CSV_RECORD;
}

csv_step csv_read(csv_text *text, csv_record *record) {
    const char *end = text->at;
    unsigned seen = 0;
    csv_pass_given_up(text);
    if (!text->in_given_up) skip_empty_lines(text);
    if (text->at == text->end) return text->last ? CSV_END : CSV_MORE;
    record->line = text->line;
    if (is_too_long(text)) return give_up_line(text, record);
    switch (read_plain(text, record, &end, &seen)) {
    case NEEDS_MORE:
        return CSV_MORE;
    case FAILED:
        return CSV_NO_MEMORY;
    case STRAY:
        return read_with_quotes(text, record);
    case DONE:
        break;
    }
    finish(text, record, end, seen, false);
    text->line++;
    return CSV_RECORD;
}

void csv_record_free(csv_record *record) {
    memory_free(record->from, record->fields);
    memory_free(record->from, record->unquoted);
    *record = (csv_record){.from = record->from, .expected = record->expected};
}
