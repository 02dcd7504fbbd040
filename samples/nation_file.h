/* nation_file.h - writing one CSV extract, row by row.
**
** Cells with a comma, a quote or a line break are quoted, quotes doubled. The row last written is
** kept, so it can be repeated exactly. Writing errors are remembered and reported at the end.
*/
#ifndef NATION_FILE_H
#define NATION_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "nation_day.h"

enum { FILE_ROW = 2048 };

typedef enum file_form { FILE_PLAIN = 0, FILE_CRLF = 1, FILE_BOM = 2 } file_form;

typedef struct extract_file {
    FILE *stream;
    char name[64];
    const char *line_end;
    uint64_t line; /* lines written so far; the header is 1 (quoted line breaks not counted) */
    int cells; /* in the row being written; 0 = none yet, the row before is still there */
    size_t length;
    char row[FILE_ROW];
} extract_file;

/* Opens directory/name and writes the header row. False: cannot be opened. */
bool file_open(extract_file *file, const char *directory, const char *name, const char *header,
               file_form form);
bool file_close(extract_file *file); /* false: something was not written */

void file_text(extract_file *file, const char *text); /* a cell */
void file_whole(extract_file *file, int64_t value);
void file_date(extract_file *file, day_number day); /* DAY_NEVER: an empty cell */
void file_code(extract_file *file, int disposal);   /* four digits; 0: an empty cell */
void file_duration(extract_file *file, char unit, int length); /* M6; unit 0: empty */
void file_end_row(extract_file *file);
void file_repeat_row(extract_file *file); /* the same row once more */

#endif
