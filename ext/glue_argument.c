#include "glue_argument.h"

#include <string.h>

static const char *pass_blanks(const char *at) {
    while (*at == ' ' || *at == '\n' || *at == '\t') at++;
    return at;
}

/* Where the value of the argument of that name begins, or NULL. */
static const char *value_of(const char *argument, const char *name) {
    size_t length = strlen(name);
    argument = pass_blanks(argument);
    if (strncmp(argument, name, length) != 0) return NULL;
    argument = pass_blanks(argument + length);
    return *argument == '=' ? pass_blanks(argument + 1) : NULL;
}

bool glue_argument_text(const char *argument, const char *name, char **value) {
    const char *at = value_of(argument, name);
    if (!at) return false;
    size_t length = strlen(at);
    while (length && (at[length - 1] == ' ' || at[length - 1] == '\n')) length--;
    char *copy = *value = sqlite3_mprintf("%.*s", (int)length, at);
    bool quoted = copy && length >= 2 && copy[0] == '\'' && copy[length - 1] == '\'';
    if (!quoted) return true;
    char *to = copy;
    for (const char *from = copy + 1; from < copy + length - 1; from++) {
        *to++ = *from;
        if (from[0] == '\'' && from[1] == '\'') from++;
    }
    *to = '\0';
    return true;
}

bool glue_argument_whole(const char *argument, const char *name, sqlite3_int64 *number,
                         bool *good) {
    enum { DIGITS = 17 };
    const char *at = value_of(argument, name);
    if (!at) return false;
    size_t digits = strspn(at, "0123456789");
    *good = digits > 0 && digits <= DIGITS && *pass_blanks(at + digits) == '\0';
    *number = 0;
    for (size_t i = 0; *good && i < digits; i++) *number = *number * 10 + (at[i] - '0');
    return true;
}
