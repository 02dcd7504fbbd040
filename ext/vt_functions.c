#include "vt_functions.h"

#include "glue_table.h"
#include "registry.h"

enum { NAME, KIND, ARGUMENTS, MEANING, EXAMPLE, RESULT };

typedef struct functions_cursor {
    sqlite3_vtab_cursor base;
    int family;                    /* index in registry_families, or past its end */
    const glue_function *function; /* NULL: in the modules */
    int module;                    /* index in registry_modules */
    sqlite3_int64 row;
} functions_cursor;

static const char declaration[] =
    "CREATE TABLE reoffend_functions(name TEXT, kind TEXT, "
    "arguments TEXT, meaning TEXT, example TEXT, result TEXT)";

static int functions_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    info->estimatedCost = 100;
    info->estimatedRows = 100;
    return SQLITE_OK;
}

static int functions_close(sqlite3_vtab_cursor *cursor) {
    sqlite3_free(cursor);
    return SQLITE_OK;
}

/* Leaves the cursor on a function, or in the modules when the families are done. */
static void settle(functions_cursor *cursor) {
    while (cursor->function && !cursor->function->name)
        cursor->function = registry_families[++cursor->family];
}

static int functions_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                            sqlite3_value **argv) {
    (void)plan, (void)text, (void)argc, (void)argv;
    functions_cursor *cursor = (functions_cursor *)base;
    cursor->family = cursor->module = 0;
    cursor->row = 1;
    cursor->function = registry_families[0];
    settle(cursor);
    return SQLITE_OK;
}

static int functions_next(sqlite3_vtab_cursor *base) {
    functions_cursor *cursor = (functions_cursor *)base;
    cursor->row++;
    if (cursor->function) {
        cursor->function++;
        settle(cursor);
    } else {
        cursor->module++;
    }
    return SQLITE_OK;
}

static int functions_eof(sqlite3_vtab_cursor *base) {
    functions_cursor *cursor = (functions_cursor *)base;
    return !cursor->function && !registry_modules[cursor->module];
}

static const char *function_text(const glue_function *function, int column) {
    switch (column) {
    case NAME:
        return function->name;
    case KIND:
        return function->scalar ? "scalar" : function->value ? "window" : "aggregate";
    case ARGUMENTS:
        return function->arguments;
    case MEANING:
        return function->meaning;
    case EXAMPLE:
        return function->example;
    default:
        return function->result;
    }
}

static const char *module_text(const glue_module *module, int column) {
    switch (column) {
    case NAME:
        return module->name;
    case KIND:
        return "table";
    case ARGUMENTS:
        return module->arguments;
    case MEANING:
        return module->meaning;
    case EXAMPLE:
        return module->example;
    default:
        return NULL;
    }
}

static int functions_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    functions_cursor *cursor = (functions_cursor *)base;
    const char *text = cursor->function
                           ? function_text(cursor->function, column)
                           : module_text(registry_modules[cursor->module], column);
    if (text) sqlite3_result_text(context, text, -1, SQLITE_STATIC);
    return SQLITE_OK;
}

static int functions_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((functions_cursor *)base)->row;
    return SQLITE_OK;
}

static const sqlite3_module functions_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = functions_best_index,
    .xOpen = glue_table_open,
    .xClose = functions_close,
    .xFilter = functions_filter,
    .xNext = functions_next,
    .xEof = functions_eof,
    .xColumn = functions_column,
    .xRowid = functions_rowid,
};

const glue_module vt_functions = {
    .name = "reoffend_functions",
    .module = &functions_module,
    .columns = declaration,
    .cursor_size = sizeof(functions_cursor),
    .innocuous = true,
    .arguments = "",
    .meaning = "Everything the extension adds, with arguments and examples",
    .example = "SELECT name, arguments FROM reoffend_functions",
};
