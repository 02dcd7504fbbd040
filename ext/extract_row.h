/* extract_row.h - a row of an extract: the cells of the declared columns, whatever the order in the
** file, and the first fault among them.
**
** 1. A file names its columns in its header; names are matched as they stand. A declared column the
**    file lacks has empty cells; one that is not declared is kept aside.
** 2. The fault of a row is that of the first declared column that has one by itself, else of the
**    first whose date does not stand to another's as declared (range_reversed). A column that is
**    not declared stands to nothing.
** 3. Errors of memory: a function returns false, and everything can still be freed.
*/
#ifndef REOFFEND_EXTRACT_ROW_H
#define REOFFEND_EXTRACT_ROW_H

#include "csv_record.h"
#include "extract_column.h"
#include "json.h"

/* The declared columns, and where they stand in the file that is read. */
typedef struct extract_layout {
    const memory *from;
    extract_column *columns;
    size_t count;
    size_t *places;    /* of each column, in the file; EXTRACT_ABSENT: the file lacks it */
    const char *names; /* of the file's columns, parted by line feeds */
    size_t names_length;
    size_t file_columns;
    size_t related; /* how many columns are declared since or until another */
} extract_layout;

#define EXTRACT_ABSENT SIZE_MAX

/* Declares one more column; the declaration must outlive the layout. *is_known false: it declares
** nothing, or a name for the second time. */
bool extract_layout_declare(extract_layout *layout, const char *declaration, bool *is_known);
/* Turns to a file; `names` must stay until the next. */
void extract_layout_file(extract_layout *layout, const char *names, size_t length);
void extract_layout_free(extract_layout *layout);

/* The fields of a record as cells of the layout; the record has as many fields as the file has
** columns. `cells` has room for layout->count. Returns the reason of the first fault, *faulty its
** column; NULL: good. */
const char *extract_row_read(const extract_layout *layout, const extract_setting *setting,
                             const csv_record *record, extract_cell *cells, size_t *faulty);

/* The text of a declared column; of an absent one "". */
csv_field extract_row_text(const extract_layout *layout, const csv_record *record, size_t column);

/* The declared columns as a JSON object of texts, or those that are not declared. */
void extract_row_json(const extract_layout *layout, const csv_record *record, json_text *json);
void extract_row_extra(const extract_layout *layout, const csv_record *record, json_text *json);

#endif
