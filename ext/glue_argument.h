/* glue_argument.h - the arguments `name=value` of CREATE VIRTUAL TABLE ... USING module(...).
**
** Blanks around name and value do not count; a value in single quotes is an SQL literal, quotes in
** it doubled.
*/
#ifndef REOFFEND_GLUE_ARGUMENT_H
#define REOFFEND_GLUE_ARGUMENT_H

#include "glue.h"

/* True when the argument has that name; then *value is a copy of what it is set to, to be freed by
** sqlite3_free, or NULL when there is no memory. */
bool glue_argument_text(const char *argument, const char *name, char **value);

/* The same for a whole number of at least 0. *good false: it is set to something else. */
bool glue_argument_whole(const char *argument, const char *name, sqlite3_int64 *number, bool *good);

#endif
