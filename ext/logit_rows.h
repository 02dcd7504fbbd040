/* logit_rows.h - the rows of a regression, held by column in few bytes.
**
** 1. A variable is a number or a factor (text); its first value decides which, for all rows.
** 2. A column keeps each distinct value once and a code of 1 or 2 bytes a row. A number with more
**    than 65,536 distinct values is kept as it is, 8 bytes a row; a factor may have 65,536 levels.
** 3. -0 is 0. Levels are compared and sorted byte by byte.
*/
#ifndef REOFFEND_LOGIT_ROWS_H
#define REOFFEND_LOGIT_ROWS_H

#include "memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum logit_kind { LOGIT_UNDECIDED, LOGIT_NUMBER, LOGIT_FACTOR } logit_kind;

typedef struct logit_value {
    logit_kind kind; /* LOGIT_NUMBER or LOGIT_FACTOR */
    double number;
    const char *text;
    size_t length; /* bytes */
} logit_value;

typedef struct logit_level {
    char *text;
    size_t length;
} logit_level;

typedef struct logit_column {
    logit_kind kind;
    size_t width; /* bytes of a cell: 1 or 2 hold a code, 8 the number itself */
    void *cells;
    size_t cell_capacity;
    size_t distinct;      /* dictionary entries; 0 when width is 8 */
    double *numbers;      /* the dictionary of a number */
    logit_level *levels;  /* the dictionary of a factor, in order of appearance */
    size_t entry_capacity;
    uint32_t *slots; /* hash table: code + 1, 0 empty */
    size_t slot_count;
    size_t last; /* code of the row before: often the next one's */
} logit_column;

typedef struct logit_rows {
    const memory *from;
    int variables;
    bool weighted;         /* columns[variables] holds the weights */
    logit_column *columns; /* variables, and one more when weighted */
    uint8_t *outcomes;     /* 0 or 1 */
    size_t outcome_capacity;
    size_t count;
    size_t dropped; /* rows left out for a NULL or a weight of 0; the caller counts them */
} logit_rows;

typedef enum logit_status {
    LOGIT_OK,
    LOGIT_NO_MEMORY,
    LOGIT_MIXED_KINDS,     /* a number among texts or the other way round; *variable says where */
    LOGIT_TOO_MANY_LEVELS, /* likewise */
    LOGIT_TOO_MANY_TERMS
} logit_status;

/* False: no memory, and nothing to free. */
bool logit_rows_start(logit_rows *rows, const memory *from, int variables, bool weighted);
/* `values` holds one value for each variable. weight > 0, finite; 1 when not weighted. After
** anything but LOGIT_OK the rows are of no more use and wait to be freed. */
logit_status logit_rows_add(logit_rows *rows, int outcome, double weight,
                            const logit_value *values, int *variable);
void logit_rows_free(logit_rows *rows);

/* The code of a row in a column of width 1 or 2. */
size_t logit_rows_code(const logit_column *column, size_t row);
/* The number of a row in a column of numbers. */
double logit_rows_number(const logit_column *column, size_t row);

int logit_level_compare(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
