#include "store_query.h"

#include <string.h>

int query_pass_error(sqlite3_vtab *table, int code, char *error) {
    if (error) {
        sqlite3_free(table->zErrMsg);
        table->zErrMsg = error;
    }
    return code;
}

void query_result_text(sqlite3_context *context, const char *text) {
    if (text) sqlite3_result_text(context, text, -1, SQLITE_STATIC);
}

/* --- planning -------------------------------------------------------------------------------- */

static int taken(sqlite3_str *plan) {
    return sqlite3_str_length(plan) / 2;
}

static void take(sqlite3_index_info *info, int constraint, char operator, sqlite3_str *plan) {
    char column = (char)('A' + info->aConstraint[constraint].iColumn);
    sqlite3_str_appendf(plan, "%c%c", operator, column);
    info->aConstraintUsage[constraint].argvIndex = taken(plan);
}

static const query_argument *find_argument(const query_argument *arguments, int count, int column) {
    for (int i = 0; i < count; i++)
        if (arguments[i].column == column) return &arguments[i];
    return NULL;
}

/* The argument, or one that does as well, is among those given. */
static bool is_given(const query_argument *arguments, int count, unsigned given, int which) {
    for (int i = 0; i < count; i++)
        if ((given >> i & 1) &&
            (i == which || arguments[i].column + 1 == arguments[which].twin))
            return true;
    return false;
}

int query_plan_arguments(sqlite3_index_info *info, const query_argument *arguments, int count,
                         sqlite3_str *plan, unsigned *given) {
    unsigned unusable = 0;
    *given = 0;
    for (int i = 0; i < info->nConstraint; i++) {
        const struct sqlite3_index_constraint *each = &info->aConstraint[i];
        const query_argument *argument = find_argument(arguments, count, each->iColumn);
        if (!argument || each->op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        unsigned bit = 1u << (argument - arguments);
        if (!each->usable) {
            unusable |= bit;
        } else if (!(*given & bit)) {
            *given |= bit;
            take(info, i, '=', plan);
            info->aConstraintUsage[i].omit = 1;
        }
    }
    for (int i = 0; i < count; i++)
        if ((unusable >> i & 1) && !is_given(arguments, count, *given, i)) return SQLITE_CONSTRAINT;
    return SQLITE_OK;
}

int query_missing(sqlite3_vtab *table, const char *plan, int argc,
                  const query_argument *arguments) {
    if (!plan || plan[2 * argc] != '!') return SQLITE_OK;
    return glue_vtab_error(table, "%s", arguments[plan[2 * argc + 1] - 'A'].missing);
}

void query_plan_filter(sqlite3_index_info *info, int constraint, sqlite3_str *plan) {
    const struct sqlite3_index_constraint *each = &info->aConstraint[constraint];
    char operator;
    if (!each->usable || info->aConstraintUsage[constraint].argvIndex) return;
    switch (each->op) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
    case SQLITE_INDEX_CONSTRAINT_IS:
        operator = '=';
        break;
    case SQLITE_INDEX_CONSTRAINT_ISNULL:
        operator = 'N';
        break;
    case SQLITE_INDEX_CONSTRAINT_LT:
        operator = '<';
        break;
    case SQLITE_INDEX_CONSTRAINT_LE:
        operator = 'l';
        break;
    case SQLITE_INDEX_CONSTRAINT_GT:
        operator = '>';
        break;
    case SQLITE_INDEX_CONSTRAINT_GE:
        operator = 'g';
        break;
    default:
        return;
    }
    if (operator == '=' && sqlite3_vtab_in(info, constraint, -1)) return;
    if (strcmp(sqlite3_vtab_collation(info, constraint), "BINARY") != 0) return;
    take(info, constraint, operator, plan);
}

int query_plan_finish(sqlite3_index_info *info, const query_argument *arguments, int count,
                      unsigned given, sqlite3_str *plan) {
    const double dearest = 1e99;
    for (int i = 0; i < count; i++) {
        if (!arguments[i].missing || is_given(arguments, count, given, i)) continue;
        sqlite3_str_appendf(plan, "!%c", 'A' + i);
        info->estimatedCost = dearest;
        info->idxFlags = 0;
        break;
    }
    int code = sqlite3_str_errcode(plan);
    info->idxStr = sqlite3_str_finish(plan);
    info->needToFreeIdxStr = 1;
    return code;
}

/* --- reading --------------------------------------------------------------------------------- */

static int read_months(sqlite3_vtab *table, const char *function, const char *name, int low,
                       sqlite3_value *value, int32_t *months) {
    if (sqlite3_value_type(value) == SQLITE_INTEGER) {
        sqlite3_int64 number = sqlite3_value_int64(value);
        if (number >= low && number <= WINDOW_MONTHS_LIMIT) {
            *months = (int32_t)number;
            return SQLITE_OK;
        }
    }
    return glue_vtab_error(table, "%s(): %s must be an integer from %d to %d; got %s", function,
                           name, low, WINDOW_MONTHS_LIMIT,
                           sqlite3_value_type(value) == SQLITE_INTEGER ? "one outside"
                                                                      : glue_type_name(value));
}

static int read_kinds(sqlite3_vtab *table, const char *function, sqlite3_value *value,
                      kind_set *kinds) {
    if (sqlite3_value_type(value) == SQLITE_TEXT) {
        const char *text = (const char *)sqlite3_value_text(value);
        if (!text) return SQLITE_NOMEM;
        if (kind_set_from_names(text, (size_t)sqlite3_value_bytes(value), kinds)) return SQLITE_OK;
    }
    return glue_vtab_error(table,
                           "%s(): kinds must be one or more of caution, conviction, release, "
                           "drug_test, joined by commas; got %s",
                           function,
                           sqlite3_value_type(value) == SQLITE_TEXT ? "another text"
                                                                    : glue_type_name(value));
}

int query_read_option(sqlite3_vtab *table, const char *function, int option, sqlite3_value *value,
                      window_options *options) {
    switch (option) {
    case QUERY_WINDOW_MONTHS:
        return read_months(table, function, "window_months", 1, value, &options->window_months);
    case QUERY_STEP_MONTHS:
        return read_months(table, function, "step_months", 1, value, &options->step_months);
    case QUERY_FOLLOW_UP_MONTHS:
        return read_months(table, function, "follow_up_months", 1, value,
                           &options->follow_up_months);
    case QUERY_WAIT_MONTHS:
        return read_months(table, function, "wait_months", 0, value, &options->wait_months);
    default:
        return read_kinds(table, function, value, &options->kinds);
    }
}

static void result_kinds(sqlite3_context *context, kind_set kinds) {
    sqlite3_str *names = sqlite3_str_new(sqlite3_context_db_handle(context));
    for (int i = 0; i < KINDS; i++)
        if (kinds >> i & 1)
            sqlite3_str_appendf(names, "%s%s", sqlite3_str_length(names) ? "," : "",
                                kind_name((kind)i));
    char *text = sqlite3_str_finish(names);
    if (text) {
        sqlite3_result_text(context, text, -1, sqlite3_free);
    } else {
        sqlite3_result_error_nomem(context);
    }
}

void query_result_option(sqlite3_context *context, int option, const window_options *options) {
    const int32_t months[] = {
        [QUERY_WINDOW_MONTHS] = options->window_months,
        [QUERY_STEP_MONTHS] = options->step_months,
        [QUERY_FOLLOW_UP_MONTHS] = options->follow_up_months,
        [QUERY_WAIT_MONTHS] = options->wait_months,
    };
    if (option == QUERY_KINDS) {
        result_kinds(context, options->kinds);
    } else {
        sqlite3_result_int(context, months[option]);
    }
}

int query_read_window(sqlite3_vtab *table, const char *function, const char *argument,
                      sqlite3_value *value, calendar_day *day) {
    if (glue_value_is_date(value, day)) return SQLITE_OK;
    return glue_vtab_error(
        table, "%s(): %s must be a date as text, YYYY-MM-DD, of a day that exists; got %s",
        function, argument,
        sqlite3_value_type(value) == SQLITE_TEXT ? "another text" : glue_type_name(value));
}

int query_window_error(sqlite3_vtab *table, const char *function, window_plan_result result) {
    switch (result) {
    case WINDOW_PLAN_MADE:
        return SQLITE_OK;
    case WINDOW_PLAN_NO_MEMORY:
        return SQLITE_NOMEM;
    case WINDOW_PLAN_BACKWARDS:
        return glue_vtab_error(table, "%s(): last_window must not be before first_window",
                               function);
    case WINDOW_PLAN_TOO_MANY:
        return glue_vtab_error(table, "%s(): more than %d windows; take them nearer together "
                                      "or with a longer step_months",
                               function, WINDOW_COUNT_LIMIT);
    default:
        return glue_vtab_error(table, "%s(): the follow-up must end in the year 9999 or before",
                               function);
    }
}
