/* csv_record.h - one record of a CSV text: where it ends, its fields, what is wrong with it.
**
** 1. Comma, double quote, rows ended by LF or CRLF. A quoted field may hold commas, doubled quotes
**    and line ends. Empty lines are no records. Of several faults the first of csv_fault stands.
** 2. A quote that stands where none may, or does not close within CSV_RECORD_LIMIT bytes of the
**    record, costs one line: the record is that line, a stray quote, and reading goes on after it.
** 3. A carriage return anywhere but before a line feed or at the end of the text is a control
**    character.
** 4. What a record is does not depend on the pieces in which a text is read: where the rest could
**    make a difference csv_read asks for more.
** 5. Any bytes may be given, NUL included. Memory: the fields, and the text of those that hold
**    doubled quotes.
**
**   csv_text text = {.at = bytes, .end = bytes + length, .last = true, .line = 1};
**   csv_record record = {.from = memory, .expected = 3};
**   while (csv_read(&text, &record) == CSV_RECORD) use(record.fields, record.fault);
**   csv_record_free(&record);
*/
#ifndef REOFFEND_CSV_RECORD_H
#define REOFFEND_CSV_RECORD_H

#include "memory.h"

enum {
    CSV_FIELD_LIMIT = 4000,     /* bytes of a field */
    CSV_RECORD_LIMIT = 1 << 20, /* bytes of a record that holds a quote */
    CSV_LINE_LIMIT = 1 << 24    /* bytes of a line */
};

typedef enum csv_fault {
    CSV_GOOD,
    CSV_LINE_TOO_LONG, /* the record is the first CSV_LINE_LIMIT bytes of the line */
    CSV_NUL_BYTE,
    CSV_CONTROL_CHARACTER,
    CSV_NOT_UTF8,
    CSV_STRAY_QUOTE,
    CSV_TOO_FEW_FIELDS,
    CSV_TOO_MANY_FIELDS,
    CSV_FIELD_TOO_LONG
} csv_fault;

/* The fault's reason_code in sql/lookup/reject_reason.csv; NULL for CSV_GOOD. */
const char *csv_fault_reason(csv_fault fault);

/* A text that is read piece by piece. The byte at `end` can be read and is NUL. */
typedef struct csv_text {
    const char *at; /* the next record begins here, or before it empty lines */
    const char *end;
    size_t line;      /* the number of the line at `at` */
    bool last;        /* nothing follows `end` */
    bool in_given_up; /* `at` is within a line that was too long */
} csv_text;

typedef struct csv_field {
    const char *text; /* without its quotes, doubled ones once */
    size_t length;
} csv_field;

typedef struct csv_record {
    const memory *from;
    size_t expected; /* fields a record must have; 0: any number */
    const char *text;
    size_t length;     /* without the line end */
    size_t line;       /* of its first byte */
    csv_field *fields; /* `count` of them, when the fault is none or comes after CSV_STRAY_QUOTE */
    size_t count, capacity;
    size_t too_long; /* the field of CSV_FIELD_TOO_LONG */
    csv_fault fault;
    char *unquoted; /* the text of fields with doubled quotes */
    size_t unquoted_length, unquoted_capacity;
} csv_record;

typedef enum csv_step {
    CSV_RECORD, /* *record is the next one and `at` behind it */
    CSV_MORE,   /* more text is needed, from `at` on; never when `last` */
    CSV_END,    /* nothing but empty lines was left */
    CSV_NO_MEMORY
} csv_step;

csv_step csv_read(csv_text *text, csv_record *record);

/* Passes what is there of the rest of a line that was too long; csv_read does it too. */
void csv_pass_given_up(csv_text *text);

void csv_record_free(csv_record *record);

#endif
