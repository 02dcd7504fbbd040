/* csv_gate.h - parts a CSV text that is read piece by piece into runs of good records and single
** records that are refused. Nothing is lost: what went in comes out, but for empty lines.
**
** 1. A run is some CSV_RUN_SIZE bytes of good records as they came, ready to be read again by
**    csv_read; its first record begins on the line it names. Empty lines stand in it where they
**    stood, so every line of it keeps its number.
** 2. A refused record stands by itself, with its fault and what kind of thing was there, in words
**    that show nothing of it.
** 3. Memory: one piece and the record at its end. A line has at most CSV_LINE_LIMIT bytes, so that
**    much and a piece is the most that is held.
**
**   csv_gate gate = {.record = {.from = memory, .expected = 11}, .text.line = 2};
**   for (;;) switch (csv_gate_next(&gate, &run)) {
**   case CSV_MORE: room = csv_gate_room(&gate, PIECE); csv_gate_fed(&gate, read(…, room, PIECE));
*/
#ifndef REOFFEND_CSV_GATE_H
#define REOFFEND_CSV_GATE_H

#include "csv_record.h"

enum { CSV_RUN_SIZE = 1 << 16, CSV_VALUE_CLASS_SIZE = 64 };

typedef struct csv_run {
    const char *text; /* of the gate, until the next call */
    size_t length;
    size_t first_line;
    size_t records;
    csv_fault fault;                        /* CSV_GOOD, or of the one record */
    char value_class[CSV_VALUE_CLASS_SIZE]; /* '' when good */
} csv_run;

typedef struct csv_gate {
    csv_text text;
    csv_record record;
    char *bytes;
    size_t capacity;
    bool holds_refused; /* `record` is refused and comes next */
} csv_gate;

/* CSV_RECORD: *run is the next one. CSV_MORE: feed the gate. */
csv_step csv_gate_next(csv_gate *gate, csv_run *run);

/* Where the next `size` bytes of the text go; NULL: no memory. Runs given before are gone. */
char *csv_gate_room(csv_gate *gate, size_t size);
/* How many came; none is the end of the text. */
void csv_gate_fed(csv_gate *gate, size_t size);

void csv_gate_free(csv_gate *gate);

#endif
