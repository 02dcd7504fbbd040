/* json.h - the little JSON a model text needs, written and read without a locale.
**
** Writing: a json_text starts as {.from = memory}; every json_write_* appends to it and keeps a
** failed allocation in mind, so that only the end needs a look at `failed`. Real numbers are
** written with the fewest of 15, 16 or 17 digits that read back to the same number.
**
** Reading: a json_reader walks one text once, from the outside in. Each json_read_* expects the
** next value to be of its kind and returns false when it is not, or when the text is broken; the
** reader stays failed from then on. Unknown members are skipped with json_skip.
**
**   json_reader r = json_read_from(text, length);
**   for (json_enter(&r, '{'); json_next(&r, '}');)
**       if (json_key(&r, key, sizeof key) && !strcmp(key, "n")) json_read_real(&r, &n);
*/
#ifndef REOFFEND_JSON_H
#define REOFFEND_JSON_H

#include "memory.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct json_text {
    const memory *from;
    char *bytes; /* not closed by a zero */
    size_t length;
    size_t capacity;
    bool failed; /* no memory, or a number that is not finite */
} json_text;

void json_write(json_text *text, const char *literal);
void json_write_string(json_text *text, const char *bytes, size_t length);
void json_write_real(json_text *text, double number);
void json_write_free(json_text *text);

typedef struct json_reader {
    const char *at;
    const char *end;
    bool failed;
    bool first; /* just inside a bracket: no comma before the next value */
} json_reader;

json_reader json_read_from(const char *bytes, size_t length);

/* Enters an object '{' or an array '['. */
bool json_enter(json_reader *reader, char bracket);
/* True: another member or element follows. False: the closing bracket is passed, or failed. */
bool json_next(json_reader *reader, char bracket);
/* The member's name, cut at `size`, and the colon. */
bool json_key(json_reader *reader, char *key, size_t size);

bool json_read_real(json_reader *reader, double *number);
bool json_read_boolean(json_reader *reader, bool *value);
/* A string of any length into a block from `from`, closed by a zero, NUL bytes allowed;
** false: nothing to free. */
bool json_read_string(json_reader *reader, const memory *from, char **bytes, size_t *length);
/* True and passed when the next value is null; else false and nothing happens. */
bool json_read_null(json_reader *reader);
void json_skip(json_reader *reader);
/* True when nothing but white space is left and nothing failed. */
bool json_finished(json_reader *reader);

#endif
