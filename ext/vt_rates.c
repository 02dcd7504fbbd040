#include "vt_rates.h"

#include <string.h>

#include "glue_prediction.h"
#include "glue_table.h"
#include "rates.h"
#include "store_query.h"

#define FUNCTION "reoffend_rates"

enum {
    WINDOW_START, WINDOW_END, COMPLETE, FIRST_BREAKDOWN,
    OFFENDERS = FIRST_BREAKDOWN + BREAKDOWNS,
    REOFFENDERS, REOFFENCES, PROPORTION, FREQUENCY, PER_OFFENDER, REAPPEARANCES,
    REAPPEARING_OFFENDERS, VIOLENT_SEXUAL_REOFFENCES, VIOLENT_SEXUAL_REOFFENDERS,
    SERIOUS_ACQUISITIVE_REOFFENCES, SERIOUS_ACQUISITIVE_REOFFENDERS, SERIOUS_REOFFENCES,
    SERIOUS_REOFFENDERS, UNCLASSIFIED_REOFFENCES, PREVIOUS_OFFENCES,
    PREDICTED, EXPECTED, EXPECTED_VARIANCE, SCORED_OFFENDERS, SCORED_REOFFENDERS, EXCESS,
    BASE_PROPORTION, ADJUSTED, ADJUSTED_LOW, ADJUSTED_HIGH,
    HISTORY, FIRST_WINDOW, LAST_WINDOW, BY, FIRST_OPTION, MODEL = FIRST_OPTION + QUERY_OPTIONS
};

/* idxNum: a tally_set, and this bit when a column of the prediction is read. */
enum { PLAN_WITH_PREDICTION = 1 << 30 };

#define WRITE_IT " write " FUNCTION "('history', '2009-01-01', '2009-01-01', 'area_code')"

static const query_argument arguments[] = {
    {HISTORY, "history", FUNCTION "() needs the name of a history;" WRITE_IT, 0},
    {FIRST_WINDOW, "first_window", FUNCTION "() needs first_window, a date;" WRITE_IT, 0},
    {LAST_WINDOW, "last_window", FUNCTION "() needs last_window, a date;" WRITE_IT, 0},
    {BY, "by", FUNCTION "() needs by, the breakdowns or '' for everyone;" WRITE_IT, 0},
    QUERY_OPTION_ARGUMENTS(FIRST_OPTION),
    {MODEL, "model", NULL, 0},
};

enum { ARGUMENTS = sizeof arguments / sizeof *arguments };

/* The count a column shows, or those a ratio is made of: idxNum has those the columns read need. */
static tally_set counts_for(int column) {
    enum { OFFENDERS_TOO = 1 << TALLY_OFFENDERS };
    switch (column) {
    case PROPORTION:
        return OFFENDERS_TOO | 1u << TALLY_REOFFENDERS;
    case FREQUENCY:
        return 1u << TALLY_REOFFENCES | 1u << TALLY_REOFFENDERS;
    case PER_OFFENDER:
        return OFFENDERS_TOO | 1u << TALLY_REOFFENCES;
    case OFFENDERS:
    case REOFFENDERS:
    case REOFFENCES:
        return 1u << (TALLY_OFFENDERS + column - OFFENDERS);
    default:
        if (column < REAPPEARANCES || column > PREVIOUS_OFFENCES) return 0;
        return 1u << (TALLY_REAPPEARANCES + column - REAPPEARANCES);
    }
}

/* What one call asks for, gathered from xFilter's values. */
typedef struct rates_request {
    const char *history;
    window_range range;
    const char *by;
    size_t by_length;
    window_options options;
    sqlite3_value *model; /* NULL: none */
} rates_request;

typedef struct rates_cursor {
    sqlite3_vtab_cursor base;
    store_history history;
    codebook book;
    window_plan windows;
    breakdown_plan breakdowns;
    rates rates;
    prediction prediction;
    expectation expected;
    sqlite3_value *given[FIRST_OPTION - HISTORY]; /* the arguments, to show as hidden columns */
    sqlite3_value *model;                         /* likewise */
    bool is_open;
    int32_t window;
    size_t group;
    sqlite3_int64 rowid;
} rates_cursor;

static const char declaration[] =
    "CREATE TABLE x(window_start TEXT, window_end TEXT, complete INTEGER, area_code TEXT, "
    "age_group TEXT, age_band TEXT, sex TEXT, ethnicity TEXT, index_kind TEXT, "
    "index_disposal TEXT, index_offence_group TEXT, sentence_band TEXT, "
    "previous_offences_band TEXT, months_to_reoffence INTEGER, subcohort TEXT, "
    "offenders INTEGER, reoffenders INTEGER, reoffences INTEGER, proportion REAL, "
    "frequency REAL, per_offender REAL, reappearances INTEGER, reappearing_offenders INTEGER, "
    "violent_sexual_reoffences INTEGER, violent_sexual_reoffenders INTEGER, "
    "serious_acquisitive_reoffences INTEGER, serious_acquisitive_reoffenders INTEGER, "
    "serious_reoffences INTEGER, serious_reoffenders INTEGER, "
    "unclassified_reoffences INTEGER, previous_offences INTEGER, predicted REAL, "
    "expected REAL, expected_variance REAL, scored_offenders INTEGER, "
    "scored_reoffenders INTEGER, excess REAL, base_proportion REAL, adjusted REAL, "
    "adjusted_low REAL, adjusted_high REAL, "
    "history TEXT HIDDEN, first_window TEXT HIDDEN, last_window TEXT HIDDEN, by TEXT HIDDEN, "
    QUERY_OPTION_COLUMNS ", model TEXT HIDDEN)";

static bool can_filter(const struct sqlite3_index_constraint *constraint) {
    bool equality = constraint->op == SQLITE_INDEX_CONSTRAINT_EQ ||
                    constraint->op == SQLITE_INDEX_CONSTRAINT_IS ||
                    constraint->op == SQLITE_INDEX_CONSTRAINT_ISNULL;
    return constraint->iColumn == WINDOW_START ||
           (equality && constraint->iColumn >= FIRST_BREAKDOWN && constraint->iColumn < OFFENDERS);
}

static int rates_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    unsigned given;
    sqlite3_str *plan = sqlite3_str_new(NULL);
    (void)table;
    int code = query_plan_arguments(info, arguments, ARGUMENTS, plan, &given);
    if (code != SQLITE_OK) {
        sqlite3_free(sqlite3_str_finish(plan));
        return code;
    }
    info->estimatedCost = 1e6;
    info->estimatedRows = 1000;
    for (int i = 0; i < info->nConstraint; i++) {
        if (!can_filter(&info->aConstraint[i])) continue;
        query_plan_filter(info, i, plan);
        info->estimatedCost *= 0.9;
        info->estimatedRows = info->estimatedRows / 2 + 1;
    }
    tally_set kept = 0;
    for (int column = 0; column < HISTORY; column++)
        if (info->colUsed >> column & 1) kept |= counts_for(column);
    info->idxNum = (int)kept;
    for (int column = PREDICTED; column < HISTORY; column++)
        if (info->colUsed >> column & 1) info->idxNum |= PLAN_WITH_PREDICTION;
    return query_plan_finish(info, arguments, ARGUMENTS, given, plan);
}

static void forget_answer(rates_cursor *cursor) {
    if (!cursor->is_open) return;
    for (int i = 0; i < FIRST_OPTION - HISTORY; i++) {
        sqlite3_value_free(cursor->given[i]);
        cursor->given[i] = NULL;
    }
    sqlite3_value_free(cursor->model);
    cursor->model = NULL;
    rates_free(&cursor->rates);
    expectation_free(&cursor->expected);
    prediction_free(&cursor->prediction);
    window_plan_free(&cursor->windows);
    codebook_free(&cursor->book);
    store_history_close(&cursor->history);
    cursor->is_open = false;
}

static int rates_close(sqlite3_vtab_cursor *base) {
    forget_answer((rates_cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* --- the request ----------------------------------------------------------------------------- */

/* Narrows the wanted windows by a constraint on window_start. A value that is no date is left to
** SQLite's own comparison. */
static void want_windows(char operator, sqlite3_value *value, window_range *range) {
    calendar_day day;
    if (!glue_value_is_date(value, &day)) return;
    calendar_day low = operator == '>' ? day + 1 : day, high = operator == '<' ? day - 1 : day;
    if (operator != '<' && operator != 'l' && low > range->wanted_first) range->wanted_first = low;
    if (operator != '>' && operator != 'g' && high < range->wanted_last) range->wanted_last = high;
}

static int read_argument(rates_cursor *cursor, int column, sqlite3_value *value,
                         rates_request *request) {
    sqlite3_vtab *table = cursor->base.pVtab;
    if (column == FIRST_WINDOW)
        return query_read_window(table, FUNCTION, "first_window", value, &request->range.first);
    if (column == LAST_WINDOW)
        return query_read_window(table, FUNCTION, "last_window", value, &request->range.last);
    if (column >= FIRST_OPTION)
        return query_read_option(table, FUNCTION, column - FIRST_OPTION, value, &request->options);
    if (sqlite3_value_type(value) != SQLITE_TEXT)
        return glue_vtab_error(table, "%s(): %s must be a text; got %s", FUNCTION,
                               column == BY ? "by" : "history", glue_type_name(value));
    const char *text = (const char *)sqlite3_value_text(value);
    if (!text) return SQLITE_NOMEM;
    if (column == HISTORY) {
        request->history = text;
    } else {
        request->by = text;
        request->by_length = (size_t)sqlite3_value_bytes(value);
    }
    return SQLITE_OK;
}

/* SQLITE_DONE: an argument is NULL, so there are no rows. */
static int read_request(rates_cursor *cursor, const char *plan, int argc, sqlite3_value **argv,
                        rates_request *request) {
    *request = (rates_request){.options = window_options_default};
    request->range.wanted_first = CALENDAR_FIRST_DAY;
    request->range.wanted_last = CALENDAR_LAST_DAY;
    for (int i = 0; i < argc; i++) {
        int column = plan[2 * i + 1] - 'A';
        if (column < HISTORY) continue;
        if (column == MODEL) {
            if (sqlite3_value_type(argv[i]) == SQLITE_NULL) continue;
            request->model = argv[i];
            cursor->model = sqlite3_value_dup(argv[i]);
            if (!cursor->model) return SQLITE_NOMEM;
            continue;
        }
        if (sqlite3_value_type(argv[i]) == SQLITE_NULL) return SQLITE_DONE;
        if (column < FIRST_OPTION && !cursor->given[column - HISTORY] &&
            !(cursor->given[column - HISTORY] = sqlite3_value_dup(argv[i])))
            return SQLITE_NOMEM;
        int code = read_argument(cursor, column, argv[i], request);
        if (code != SQLITE_OK) return code;
    }
    for (int i = 0; i < argc; i++)
        if (plan[2 * i + 1] - 'A' == WINDOW_START && plan[2 * i] != 'N')
            want_windows(plan[2 * i], argv[i], &request->range);
    return SQLITE_OK;
}

/* --- the answer ------------------------------------------------------------------------------ */

static int plan_breakdowns(rates_cursor *cursor, const rates_request *request) {
    sqlite3_vtab *table = cursor->base.pVtab;
    breakdown_set used;
    const char *wrong;
    size_t length;
    if (!breakdown_set_from_names(request->by, request->by_length, &used, &wrong, &length))
        return glue_vtab_error(
            table,
            "%s(): by must be '' or breakdowns, each once, joined by commas: area_code, age_group, "
            "age_band, sex, ethnicity, index_kind, index_disposal, index_offence_group, "
            "sentence_band, previous_offences_band, months_to_reoffence, subcohort; got '%.*s'",
            FUNCTION, (int)length, wrong);
    switch (breakdown_plan_make(&cursor->breakdowns, &cursor->book, used,
                                request->options.follow_up_months)) {
    case BREAKDOWN_PLANNED:
        return SQLITE_OK;
    case BREAKDOWN_NO_MEMORY:
        return SQLITE_NOMEM;
    default:
        return glue_vtab_error(table, "%s(): too many breakdowns at once", FUNCTION);
    }
}

/* Narrows the wanted groups. SQLITE_DONE: none can match. */
static int want_groups(rates_cursor *cursor, const char *plan, int argc, sqlite3_value **argv) {
    breakdown_plan *breakdowns = &cursor->breakdowns;
    for (int i = 0; i < argc; i++) {
        int which = plan[2 * i + 1] - 'A' - FIRST_BREAKDOWN;
        if (which < 0 || which >= BREAKDOWNS || !(breakdowns->used >> which & 1)) continue;
        int type = plan[2 * i] == 'N' ? SQLITE_NULL : sqlite3_value_type(argv[i]);
        bool possible = true;
        if (type == SQLITE_NULL) {
            possible = breakdown_want_text(breakdowns, (breakdown)which, NULL, 0);
        } else if (type == SQLITE_TEXT && which != BREAKDOWN_MONTHS_TO_REOFFENCE) {
            const char *text = (const char *)sqlite3_value_text(argv[i]);
            if (!text) return SQLITE_NOMEM;
            possible = breakdown_want_text(breakdowns, (breakdown)which, text,
                                           (size_t)sqlite3_value_bytes(argv[i]));
        } else if (type == SQLITE_INTEGER && which == BREAKDOWN_MONTHS_TO_REOFFENCE) {
            possible = breakdown_want_number(breakdowns, (breakdown)which,
                                             sqlite3_value_int64(argv[i]));
        }
        if (!possible) return SQLITE_DONE;
    }
    return SQLITE_OK;
}

/* Has the index events scored, where a column asks for it and there is a model. By the months to
** re-offence groups are made by what the model predicts: a prediction beside them says nothing. */
static int plan_prediction(rates_cursor *cursor, const rates_request *request, int plan_bits) {
    if (!request->model) return SQLITE_OK;
    int code = glue_prediction_make(cursor->base.pVtab, FUNCTION, request->model, &cursor->book,
                                    &cursor->prediction);
    bool wanted = plan_bits & PLAN_WITH_PREDICTION &&
                  !(cursor->breakdowns.used >> BREAKDOWN_MONTHS_TO_REOFFENCE & 1);
    if (code != SQLITE_OK || !wanted) return code;
    expectation_init(&cursor->expected, &glue_memory, &cursor->prediction, &cursor->breakdowns,
                     cursor->windows.count);
    rates_expect(&cursor->rates, &cursor->expected);
    return SQLITE_OK;
}

static int count_blocks(rates_cursor *cursor, char **error) {
    bool described = breakdown_reads_described(cursor->breakdowns.used) ||
                     (cursor->rates.expected && cursor->prediction.with_described);
    store_blocks blocks = store_blocks_of(&cursor->history, described);
    history_block block;
    int code = SQLITE_OK;
    while (code == SQLITE_OK &&
           (code = store_blocks_next(&blocks, &block, error)) == SQLITE_ROW) {
        rates_result result = rates_add_block(&cursor->rates, &block);
        code = result == RATES_NO_MEMORY ? SQLITE_NOMEM : SQLITE_OK;
        if (result == RATES_CORRUPT)
            code = store_corrupt(cursor->history.name, "a code is not in its dictionary", error);
    }
    store_blocks_close(&blocks);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int answer(rates_cursor *cursor, const rates_request *request, int plan_bits,
                  const char *plan, int argc, sqlite3_value **argv) {
    tally_set kept = (tally_set)(plan_bits & ~PLAN_WITH_PREDICTION);
    sqlite3_vtab *table = cursor->base.pVtab;
    sqlite3 *db = glue_table_db(&cursor->base);
    char *error = NULL;
    int code = store_history_open_fresh(&cursor->history, db, request->history, &error);
    if (code == SQLITE_OK && !codebook_make(&cursor->book, &cursor->history.texts))
        code = SQLITE_NOMEM;
    if (code != SQLITE_OK) return query_pass_error(table, code, error);
    code = query_window_error(table, FUNCTION,
                              window_plan_make(&cursor->windows, &glue_memory, &request->range,
                                               &request->options));
    if (code == SQLITE_OK) code = plan_breakdowns(cursor, request);
    if (code == SQLITE_OK) code = want_groups(cursor, plan, argc, argv);
    if (code == SQLITE_DONE || (code == SQLITE_OK && cursor->windows.count == 0)) return SQLITE_OK;
    if (code != SQLITE_OK) return code;
    if (!rates_init(&cursor->rates, &glue_memory, &cursor->windows, &cursor->breakdowns, kept))
        return SQLITE_NOMEM;
    code = plan_prediction(cursor, request, plan_bits);
    if (code != SQLITE_OK) return code;
    code = count_blocks(cursor, &error);
    if (code == SQLITE_OK) tally_finish(&cursor->rates.tally);
    return query_pass_error(table, code, error);
}

static uint32_t count_at(const rates_cursor *cursor, tally_count which) {
    return tally_at(&cursor->rates.tally, cursor->group, cursor->window, which);
}

static int rates_eof(sqlite3_vtab_cursor *base) {
    rates_cursor *cursor = (rates_cursor *)base;
    return cursor->rates.tally.groups.count == 0 || cursor->window >= cursor->windows.count;
}

/* Moves to the next cell with an offender, this one included. */
static void settle(rates_cursor *cursor) {
    while (!rates_eof(&cursor->base) && count_at(cursor, TALLY_OFFENDERS) == 0) {
        if (++cursor->group == cursor->rates.tally.groups.count) {
            cursor->group = 0;
            cursor->window++;
        }
    }
}

static int rates_filter(sqlite3_vtab_cursor *base, int plan_bits, const char *plan, int argc,
                        sqlite3_value **argv) {
    rates_cursor *cursor = (rates_cursor *)base;
    rates_request request;
    if (query_missing(base->pVtab, plan, argc, arguments)) return SQLITE_ERROR;
    forget_answer(cursor);
    cursor->window = 0;
    cursor->group = 0;
    cursor->rowid = 1;
    cursor->history = (store_history){0};
    cursor->book = (codebook){.from = &glue_memory};
    cursor->windows = (window_plan){.from = &glue_memory};
    cursor->rates = (rates){.from = &glue_memory};
    cursor->prediction = (prediction){.from = &glue_memory};
    cursor->expected = (expectation){0};
    cursor->is_open = true;
    int code = read_request(cursor, plan, argc, argv, &request);
    if (code == SQLITE_OK) code = answer(cursor, &request, plan_bits, plan, argc, argv);
    if (code == SQLITE_OK) settle(cursor);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int rates_next(sqlite3_vtab_cursor *base) {
    rates_cursor *cursor = (rates_cursor *)base;
    cursor->rowid++;
    if (++cursor->group == cursor->rates.tally.groups.count) {
        cursor->group = 0;
        cursor->window++;
    }
    settle(cursor);
    return SQLITE_OK;
}

static int rates_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((rates_cursor *)base)->rowid;
    return SQLITE_OK;
}

/* --- columns --------------------------------------------------------------------------------- */

static void result_breakdown(const rates_cursor *cursor, sqlite3_context *context,
                             breakdown which) {
    const breakdown_plan *plan = &cursor->breakdowns;
    const char *text;
    size_t length;
    int64_t number;
    if (!(plan->used >> which & 1)) return;
    uint64_t key = cursor->rates.tally.groups.groups[cursor->group].key;
    if (!breakdown_label(plan, which, breakdown_digit(plan, which, key), &text, &length, &number))
        return;
    if (text) {
        sqlite3_result_text(context, text, (int)length,
                            breakdown_labels_are_fixed(which) ? SQLITE_STATIC : SQLITE_TRANSIENT);
    } else {
        sqlite3_result_int64(context, number);
    }
}

static void result_ratio(sqlite3_context *context, const rates_cursor *cursor, tally_count part,
                         tally_count whole) {
    uint32_t divisor = count_at(cursor, whole);
    if (divisor) sqlite3_result_double(context, (double)count_at(cursor, part) / divisor);
}

/* Columns of the prediction; NULL without one, and where nobody has a probability. */
static void result_prediction(sqlite3_context *context, const rates_cursor *cursor, int column) {
    const expectation *expected = &cursor->expected;
    uint64_t key = cursor->rates.tally.groups.groups[cursor->group].key;
    if (!cursor->rates.expected) return;
    expectation_cell cell = expectation_at(expected, key, cursor->window);
    if (column == SCORED_OFFENDERS || column == SCORED_REOFFENDERS) {
        sqlite3_result_int64(context,
                             column == SCORED_OFFENDERS ? cell.offenders : cell.reoffenders);
        return;
    }
    if (cell.offenders == 0) return;
    expectation_summary made = expectation_summarise(expected, key, &cell);
    const double values[] = {
        [PREDICTED - PREDICTED] = made.predicted,
        [EXPECTED - PREDICTED] = cell.expected,
        [EXPECTED_VARIANCE - PREDICTED] = cell.variance,
        [EXCESS - PREDICTED] = made.excess,
        [BASE_PROPORTION - PREDICTED] = made.base_proportion,
        [ADJUSTED - PREDICTED] = made.adjusted,
        [ADJUSTED_LOW - PREDICTED] = made.limits.low,
        [ADJUSTED_HIGH - PREDICTED] = made.limits.high,
    };
    glue_result_real(context, values[column - PREDICTED]);
}

static void result_argument(sqlite3_context *context, const rates_cursor *cursor, int column) {
    if (column == MODEL) {
        if (cursor->model) sqlite3_result_value(context, cursor->model);
    } else if (column >= FIRST_OPTION) {
        query_result_option(context, column - FIRST_OPTION, &cursor->windows.options);
    } else {
        sqlite3_result_value(context, cursor->given[column - HISTORY]);
    }
}

static int rates_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const rates_cursor *cursor = (const rates_cursor *)base;
    const window_plan *windows = &cursor->windows;
    if (column >= FIRST_BREAKDOWN && column < OFFENDERS) {
        result_breakdown(cursor, context, (breakdown)(column - FIRST_BREAKDOWN));
        return SQLITE_OK;
    }
    if (column >= PREDICTED) {
        if (column < HISTORY) {
            result_prediction(context, cursor, column);
        } else {
            result_argument(context, cursor, column);
        }
        return SQLITE_OK;
    }
    switch (column) {
    case WINDOW_START:
        glue_result_date(context, windows->starts[cursor->window]);
        break;
    case WINDOW_END:
        glue_result_date(context, windows->ends[cursor->window]);
        break;
    case COMPLETE:
        sqlite3_result_int(context,
                           cursor->history.has_extract_date &&
                               window_is_complete(windows, cursor->window,
                                                  cursor->history.extract_date));
        break;
    case PROPORTION:
        result_ratio(context, cursor, TALLY_REOFFENDERS, TALLY_OFFENDERS);
        break;
    case FREQUENCY:
        result_ratio(context, cursor, TALLY_REOFFENCES, TALLY_REOFFENDERS);
        break;
    case PER_OFFENDER:
        result_ratio(context, cursor, TALLY_REOFFENCES, TALLY_OFFENDERS);
        break;
    default:
        sqlite3_result_int64(context,
                             count_at(cursor, (tally_count)__builtin_ctz(counts_for(column))));
    }
    return SQLITE_OK;
}

static const sqlite3_module rates_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = rates_best_index,
    .xOpen = glue_table_open,
    .xClose = rates_close,
    .xFilter = rates_filter,
    .xNext = rates_next,
    .xEof = rates_eof,
    .xColumn = rates_column,
    .xRowid = rates_rowid,
};

const glue_module vt_rates = {
    .name = FUNCTION,
    .module = &rates_module,
    .columns = declaration,
    .cursor_size = sizeof(rates_cursor),
    .arguments = "history, first_window, last_window, by [, window_months, step_months, "
                 "follow_up_months, wait_months, kinds, model]",
    .meaning = "The measure of every rolling window by any breakdown, in one pass (R2 to R26)",
    .example = "SELECT window_start, area_code, offenders, proportion FROM "
               "reoffend_rates('history', '2009-01-01', '2009-01-01', 'area_code')",
};
