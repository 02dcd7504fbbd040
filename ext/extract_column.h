/* extract_column.h - a column of an extract: what its cells hold, and what can be wrong with one.
**
** 1. A column is declared in words, `NAME [required] TYPE [VALUE ...]`, a date also as
**    `NAME [required] date since OTHER` or `until OTHER`: not before, or not after, the date in
**    another column of the row.
**
**      text        any text                                     a text
**      whole       digits, 17 at most                           an integer
**      pnc_id      a PNC id in any form (identifier.h)          an integer, year * 10^7 + serial
**      person      the same, followed through the ids given up  an integer
**      date        a day of the calendar, YYYY-MM-DD (R1)       a text
**      past_date   the same, not after the day of the extract   a text
**      duration    a length of sentence (disposal.h)            an integer, months
**      kind, code  one of the values                            a text
**      lookup      any text; known when TABLE.COLUMN has it     a text
**      offence_code  any text; known when the register has it   a text
**
** 2. An empty cell is a fault where the column is required, else it holds nothing (NULL). A column
**    the file lacks is one of empty cells.
** 3. A lookup or offence code that is not known is no fault: the row counts, and is noted.
** 4. A fault is a reason_code of sql/lookup/reject_reason.csv. Nothing is mended.
** 5. Nothing is allocated: a column points into its declaration, a cell into its field.
*/
#ifndef REOFFEND_EXTRACT_COLUMN_H
#define REOFFEND_EXTRACT_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendar.h"
#include "dictionary.h"
#include "id_map.h"

typedef enum extract_type {
    EXTRACT_TEXT,
    EXTRACT_WHOLE,
    EXTRACT_PNC_ID,
    EXTRACT_PERSON,
    EXTRACT_DATE,
    EXTRACT_PAST_DATE,
    EXTRACT_DURATION,
    EXTRACT_KIND,
    EXTRACT_CODE,
    EXTRACT_LOOKUP,
    EXTRACT_OFFENCE_CODE,
    EXTRACT_TYPES
} extract_type;

typedef enum extract_relation { EXTRACT_ALONE, EXTRACT_SINCE, EXTRACT_UNTIL } extract_relation;

typedef struct extract_column {
    const char *name;
    size_t name_length;
    const char *values; /* of kind and code, parted by spaces; TABLE.COLUMN of lookup; OTHER */
    size_t values_length;
    extract_type type;
    extract_relation relation; /* to the column named in `values` */
    size_t other;              /* its place in a layout (extract_row.h) */
    bool required;
} extract_column;

/* Reads a declaration. False: it is none. */
bool extract_column_declare(const char *declaration, extract_column *column);

/* What reading depends on beside the cell itself. */
typedef struct extract_setting {
    calendar_day last_day; /* of the extract */
    int pivot_year;        /* of PNC ids, see identifier.h */
    id_map merged;         /* PNC ids given up for another; only `person` needs it */
} extract_setting;

typedef enum extract_cell_kind { EXTRACT_EMPTY, EXTRACT_INTEGER, EXTRACT_STRING } extract_cell_kind;

typedef struct extract_cell {
    extract_cell_kind kind;
    int64_t number;
} extract_cell;

/* Reads the text of a cell. NULL, or the reason why it is refused; then the cell is empty. */
const char *extract_cell_read(const extract_column *column, const extract_setting *setting,
                              const char *text, size_t length, extract_cell *cell);

/* Is the text of a cell a code nobody knows (note 3)? `known` has what the lookup may be, as texts
** of the family EXTRACT_KNOWN; other types do not need it. */
#define EXTRACT_KNOWN DICTIONARY_AREA
bool extract_cell_is_unknown(const extract_column *column, const dictionary *known,
                             const char *text, size_t length);

#endif
