/* store_row.h - one row of a source, read, checked and typed (the input contract).
**
** Rows of a table that stand in person order are pushed: the reader's statement calls the SQL
** function reoffend_source_row on each, with the columns as arguments. That spares SQLite the way
** out of sqlite3_step and back for every row, and the reader the column calls with their locks: a
** quarter of the time of a rebuild. Rows that SQLite has to sort first, and those of a view, can
** only be stepped through.
**
** A row that breaks the contract is a fault: which column, what is expected there, and SQL that
** finds such rows. It never holds what the row says.
*/
#ifndef REOFFEND_STORE_ROW_H
#define REOFFEND_STORE_ROW_H

#include "dictionary.h"
#include "glue.h"
#include "history_record.h"

typedef enum source {
    SOURCE_OFFENDER,
    SOURCE_APPEARANCE,
    SOURCE_OFFENCE,
    SOURCE_MEMBERSHIP,
    SOURCES
} source;

enum { SOURCE_COLUMNS_LIMIT = 9 };

/* A column of a source; one that is not there is pushed as NULL. */
typedef struct source_column {
    const char *name;
    bool required;
} source_column;

typedef struct source_shape {
    const char *name;
    source_column columns[SOURCE_COLUMNS_LIMIT]; /* in the order of the arguments */
    int count;
} source_shape;

extern const source_shape source_shapes[SOURCES];

/* The column of the offence source that has a default: the day of the offence. */
enum { SOURCE_OFFENCE_DATE = 1, SOURCE_PROVEN_DATE = 4 };

typedef struct source_row {
    int64_t id; /* of the person */
    union {
        history_offender offender;
        history_appearance appearance;
        history_offence offence;
        history_membership membership;
    };
} source_row;

typedef struct source_fault {
    const char *expected; /* NULL: no fault */
    const char *finder;   /* SQL, %w stands for the column */
    int column;
} source_fault;

enum { SOURCE_ROWS = 256 };

/* Where the rows of one source are pushed to. */
typedef struct source_rows {
    source which;
    dictionary *texts;
    source_row row[SOURCE_ROWS];
    size_t count; /* pushed and not yet taken away */
    source_fault fault;
    bool no_memory;
} source_rows;

/* The columns of a row: of the function's arguments, or of a statement's row. */
typedef struct source_cells {
    sqlite3_value **values;
    sqlite3_stmt *row; /* NULL: the values */
} source_cells;

/* Takes one row. False: look first, the rows are full or there is a fault. */
bool source_rows_take(source_rows *rows, const source_cells *cells);

/* The type name under which a statement is given its source_rows (sqlite3_bind_pointer). */
#define SOURCE_ROWS_POINTER "reoffend_source_rows"

/* Registers reoffend_source_row(rows, column ...): 1 when the reader is to look, else 0. Only
** readers can call it, since nobody else has the pointer. */
int store_row_install(sqlite3 *db);

#endif
