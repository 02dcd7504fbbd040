/* csv.h - reads a lookup: a header row, then rows of as many fields; quotes as in RFC 4180.
**
** For the build only. Whatever is wrong ends the program with a message naming file and line.
*/
#ifndef LOOKUP_CSV_H
#define LOOKUP_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct csv_table {
    char path[512];
    char *text;
    size_t columns;
    size_t rows; /* without the header */
    char **fields;
} csv_table;

csv_table csv_read(const char *folder, const char *name);
void csv_free(csv_table *table);

/* The field of a row (from 0) under a column's name. */
const char *csv_field(const csv_table *table, size_t row, const char *column);

/* A whole number within the limits, or the end of the program. */
unsigned csv_number(const csv_table *table, size_t row, const char *column, unsigned low,
                    unsigned high);

/* True for `yes`, false for `no`; anything else ends the program. */
bool csv_yes(const csv_table *table, size_t row, const char *column);

/* A row in force: its valid_to is empty. A superseded row stays in the file as a record. */
bool csv_in_force(const csv_table *table, size_t row);

/* Ends the program: "path:line: message". */
_Noreturn void csv_fail(const csv_table *table, size_t row, const char *message);

#endif
