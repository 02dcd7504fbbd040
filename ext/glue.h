/* glue.h - what every file that sees SQLite shares: the header switch, argument readers, errors.
**
** 1. A function's user data is its row of a `glue_function` table, so an error can name it; of one
**    with memory a copy of the row, with the memory behind it.
** 2. NULL in, NULL out: scalars ask glue_has_null() first.
** 3. An error names the function, the argument, what was expected and what KIND of value came.
**    It never shows the value: values describe people.
*/
#ifndef REOFFEND_GLUE_H
#define REOFFEND_GLUE_H

#ifdef SQLITE_CORE
#include "sqlite3.h"
#else
#include "sqlite3ext.h"
#ifndef GLUE_ENTRY_POINT
SQLITE_EXTENSION_INIT3
#endif
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendar.h"
#include "memory.h"

/* One SQL function. A scalar has `scalar`; an aggregate `step` and `final`, and when it is also a
** window function `value` and `inverse`. Rows with the same name are overloads by argument count.
** Tables of rows end with a row without a name. */
typedef struct glue_function {
    const char *name;
    int argument_count; /* -1: any number, the function checks */
    void (*scalar)(sqlite3_context *, int, sqlite3_value **);
    void (*step)(sqlite3_context *, int, sqlite3_value **);
    void (*final)(sqlite3_context *);
    void (*value)(sqlite3_context *);
    void (*inverse)(sqlite3_context *, int, sqlite3_value **);
    bool impure; /* true: not DETERMINISTIC */
    size_t memory; /* bytes, all 0 at first, that a connection keeps for the function; `forget`ed */
    void (*forget)(void *);
    /* For reoffend_functions. The example is one SELECT of one value; `result` is that value. */
    const char *arguments;
    const char *meaning;
    const char *example;
    const char *result;
} glue_function;

/* One virtual table module, listed the same way; its client data is its row. `columns` and
** `cursor_size` are for the modules that use glue_table.h. */
typedef struct glue_module {
    const char *name;
    const sqlite3_module *module;
    const char *columns; /* as a CREATE TABLE */
    size_t cursor_size;
    bool innocuous; /* it reads nothing of the database */
    const char *arguments;
    const char *meaning;
    const char *example; /* one SELECT */
} glue_module;

/* SQLite's allocator in the shape the core takes. */
extern const memory glue_memory;

const char *glue_function_name(sqlite3_context *context);
/* The function's memory of this connection. */
void *glue_function_memory(sqlite3_context *context);

/* What a function with memory gets as user data, one for each connection: begins with its row.
** NULL: no memory. The other function is its destructor. */
void *glue_function_remember(const glue_function *function);
void glue_function_forget(void *remembered);
bool glue_has_null(int argc, sqlite3_value **argv);

/* Each reads one argument, or sets the context's error and returns false. `argument` is its name
** in the documentation. */
bool glue_read_date(sqlite3_context *context, const char *argument, sqlite3_value *value,
                    calendar_day *day);
/* A real number that is whole is taken as the integer it is. */
bool glue_read_integer(sqlite3_context *context, const char *argument, sqlite3_value *value,
                       int64_t low, int64_t high, int64_t *number);
bool glue_read_real(sqlite3_context *context, const char *argument, sqlite3_value *value,
                    double low, double high, double *number);
/* The text stays valid until the function returns; length in bytes, NUL bytes included. */
bool glue_read_text(sqlite3_context *context, const char *argument, sqlite3_value *value,
                    const char **text, size_t *length);

void glue_result_date(sqlite3_context *context, calendar_day day);
void glue_result_real(sqlite3_context *context, double number); /* NAN is NULL */

/* "function(): message", printf-like in SQLite's dialect. */
void glue_error(sqlite3_context *context, const char *format, ...);
/* Replaces the virtual table's error text and returns SQLITE_ERROR. */
int glue_vtab_error(sqlite3_vtab *table, const char *format, ...);
/* "an integer", "a text": what kind of value came, for messages. */
const char *glue_type_name(sqlite3_value *value);

/* True when the value is text in the form YYYY-MM-DD of a day that exists. */
bool glue_value_is_date(sqlite3_value *value, calendar_day *day);

#endif
