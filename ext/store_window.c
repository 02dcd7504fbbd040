#include "store_window.h"

#include <string.h>

void store_window_init(store_window *made, const store_window_columns *columns) {
    memset(made, 0, sizeof *made);
    made->columns = columns;
    made->options = window_options_default;
    made->windows.from = &glue_memory;
}

void store_window_close(store_window *closed) {
    if (!closed->columns) return;
    sqlite3_value_free(closed->name);
    window_plan_free(&closed->windows);
    store_history_close(&closed->history);
    store_window_init(closed, closed->columns);
}

int store_window_take(store_window *window, sqlite3_vtab *table, int column,
                      sqlite3_value *value) {
    const store_window_columns *columns = window->columns;
    if (sqlite3_value_type(value) == SQLITE_NULL) return SQLITE_DONE;
    if (column >= columns->first_option)
        return query_read_option(table, columns->function, column - columns->first_option, value,
                                 &window->options);
    if (column == columns->window_start)
        return query_read_window(table, columns->function, "window_start", value, &window->start);
    if (sqlite3_value_type(value) != SQLITE_TEXT)
        return glue_vtab_error(table, "%s(): history must be a text; got %s", columns->function,
                               glue_type_name(value));
    window->name = sqlite3_value_dup(value);
    return window->name && sqlite3_value_text(window->name) ? SQLITE_OK : SQLITE_NOMEM;
}

int store_window_take_all(store_window *window, sqlite3_vtab *table, const char *plan, int argc,
                          sqlite3_value **argv,
                          int (*other)(void *user, int column, sqlite3_value *value), void *user) {
    const store_window_columns *columns = window->columns;
    int code = SQLITE_OK;
    for (int i = 0; i < argc && code == SQLITE_OK; i++) {
        int column = plan[2 * i + 1] - 'A';
        bool own = column == columns->history || column == columns->window_start ||
                   column >= columns->first_option;
        code = own ? store_window_take(window, table, column, argv[i])
                   : other(user, column, argv[i]);
    }
    return code;
}

int store_window_open(store_window *window, sqlite3_vtab *table, sqlite3 *db) {
    char *error = NULL;
    int code = store_history_open_fresh(&window->history, db,
                                        (const char *)sqlite3_value_text(window->name), &error);
    if (code != SQLITE_OK) return query_pass_error(table, code, error);
    window_range range = {window->start, window->start, window->start, window->start};
    return query_window_error(
        table, window->columns->function,
        window_plan_make(&window->windows, &glue_memory, &range, &window->options));
}

static bool is_open_on(const store_window *window, const store_window *wanted) {
    const window_options *a = &window->options, *b = &wanted->options;
    return window->windows.count == 1 && window->start == wanted->start &&
           a->window_months == b->window_months && a->step_months == b->step_months &&
           a->follow_up_months == b->follow_up_months && a->wait_months == b->wait_months &&
           a->kinds == b->kinds &&
           strcmp((const char *)sqlite3_value_text(window->name),
                  (const char *)sqlite3_value_text(wanted->name)) == 0;
}

int store_window_ask(store_window *window, store_window *wanted, sqlite3_vtab *table, sqlite3 *db) {
    if (is_open_on(window, wanted)) {
        store_window_close(wanted);
        return SQLITE_OK;
    }
    store_window_close(window);
    *window = *wanted;
    store_window_init(wanted, wanted->columns);
    return store_window_open(window, table, db);
}

void store_window_result(sqlite3_context *context, const store_window *window, int column) {
    const store_window_columns *columns = window->columns;
    if (column == columns->history) {
        sqlite3_result_value(context, window->name);
    } else if (column == columns->window_start) {
        glue_result_date(context, window->start);
    } else {
        query_result_option(context, column - columns->first_option, &window->options);
    }
}

int store_window_best_index(sqlite3_index_info *info, const query_argument *arguments,
                            int count) {
    unsigned given;
    sqlite3_str *plan = sqlite3_str_new(NULL);
    int code = query_plan_arguments(info, arguments, count, plan, &given);
    if (code != SQLITE_OK) {
        sqlite3_free(sqlite3_str_finish(plan));
        return code;
    }
    return query_plan_finish(info, arguments, count, given, plan);
}
