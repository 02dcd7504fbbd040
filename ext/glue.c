#include "glue.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static void *sqlite_resize(void *user, void *block, size_t size) {
    (void)user;
    if (size == 0) {
        sqlite3_free(block);
        return NULL;
    }
    return sqlite3_realloc64(block, size);
}

const memory glue_memory = {sqlite_resize, NULL};

const char *glue_function_name(sqlite3_context *context) {
    return ((const glue_function *)sqlite3_user_data(context))->name;
}

typedef struct remembered_function {
    glue_function row;
    int64_t memory[]; /* SQLite aligns to 8 bytes */
} remembered_function;

void *glue_function_memory(sqlite3_context *context) {
    return ((remembered_function *)sqlite3_user_data(context))->memory;
}

void *glue_function_remember(const glue_function *function) {
    size_t size = sizeof(remembered_function) + function->memory;
    remembered_function *made = sqlite3_malloc64(size);
    if (!made) return NULL;
    memset(made, 0, size);
    made->row = *function;
    return made;
}

void glue_function_forget(void *remembered) {
    remembered_function *freed = remembered;
    freed->row.forget(freed->memory);
    sqlite3_free(freed);
}

bool glue_has_null(int argc, sqlite3_value **argv) {
    for (int i = 0; i < argc; i++)
        if (sqlite3_value_type(argv[i]) == SQLITE_NULL) return true;
    return false;
}

const char *glue_type_name(sqlite3_value *value) {
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        return "an integer";
    case SQLITE_FLOAT:
        return "a real number";
    case SQLITE_TEXT:
        return "a text";
    case SQLITE_BLOB:
        return "a blob";
    default:
        return "NULL";
    }
}

void glue_error(sqlite3_context *context, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *message = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    char *whole =
        message ? sqlite3_mprintf("%s(): %s", glue_function_name(context), message) : NULL;
    if (whole) {
        sqlite3_result_error(context, whole, -1);
    } else {
        sqlite3_result_error_nomem(context);
    }
    sqlite3_free(message);
    sqlite3_free(whole);
}

int glue_vtab_error(sqlite3_vtab *table, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    sqlite3_free(table->zErrMsg);
    table->zErrMsg = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    return table->zErrMsg ? SQLITE_ERROR : SQLITE_NOMEM;
}

bool glue_value_is_date(sqlite3_value *value, calendar_day *day) {
    if (sqlite3_value_type(value) != SQLITE_TEXT) return false;
    const char *text = (const char *)sqlite3_value_text(value);
    return text && calendar_parse(text, (size_t)sqlite3_value_bytes(value), day);
}

bool glue_read_date(sqlite3_context *context, const char *argument, sqlite3_value *value,
                    calendar_day *day) {
    if (glue_value_is_date(value, day)) return true;
    glue_error(context, "%s must be a date as text, YYYY-MM-DD, of a day that exists; got %s",
               argument,
               sqlite3_value_type(value) == SQLITE_TEXT ? "another text" : glue_type_name(value));
    return false;
}

/* An integer, or a real number that is one: what total() and imported figures give. */
static bool read_whole(sqlite3_value *value, int64_t *number) {
    const double exact = 9007199254740992.0; /* up to here a real number tells integers apart */
    if (sqlite3_value_type(value) == SQLITE_INTEGER) {
        *number = sqlite3_value_int64(value);
        return true;
    }
    if (sqlite3_value_type(value) != SQLITE_FLOAT) return false;
    double real = sqlite3_value_double(value);
    if (!(real >= -exact && real <= exact)) return false;
    *number = (int64_t)real;
    return (double)*number == real;
}

bool glue_read_integer(sqlite3_context *context, const char *argument, sqlite3_value *value,
                       int64_t low, int64_t high, int64_t *number) {
    if (!read_whole(value, number)) {
        glue_error(context, "%s must be an integer from %lld to %lld; got %s", argument,
                   (sqlite3_int64)low, (sqlite3_int64)high, glue_type_name(value));
        return false;
    }
    if (*number >= low && *number <= high) return true;
    glue_error(context, "%s must be an integer from %lld to %lld; got one outside", argument,
               (sqlite3_int64)low, (sqlite3_int64)high);
    return false;
}

bool glue_read_real(sqlite3_context *context, const char *argument, sqlite3_value *value,
                    double low, double high, double *number) {
    int type = sqlite3_value_type(value);
    if (type != SQLITE_INTEGER && type != SQLITE_FLOAT) {
        glue_error(context, "%s must be a number from %g to %g; got %s", argument, low, high,
                   glue_type_name(value));
        return false;
    }
    *number = sqlite3_value_double(value);
    if (*number >= low && *number <= high) return true;
    glue_error(context, "%s must be a number from %g to %g; got one outside", argument, low, high);
    return false;
}

bool glue_read_text(sqlite3_context *context, const char *argument, sqlite3_value *value,
                    const char **text, size_t *length) {
    if (sqlite3_value_type(value) != SQLITE_TEXT) {
        glue_error(context, "%s must be a text; got %s", argument, glue_type_name(value));
        return false;
    }
    *text = (const char *)sqlite3_value_text(value);
    *length = (size_t)sqlite3_value_bytes(value);
    if (*text) return true;
    sqlite3_result_error_nomem(context);
    return false;
}

void glue_result_real(sqlite3_context *context, double number) {
    if (!isnan(number)) sqlite3_result_double(context, number);
}

void glue_result_date(sqlite3_context *context, calendar_day day) {
    char text[CALENDAR_TEXT_LENGTH + 1];
    calendar_format(day, text);
    sqlite3_result_text(context, text, CALENDAR_TEXT_LENGTH, SQLITE_TRANSIENT);
}
