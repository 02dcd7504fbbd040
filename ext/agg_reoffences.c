#include "agg_reoffences.h"

#include "follow_up.h"
#include "sliding_minimum.h"

enum { INDEX_DATE, OFFENCE_ON, PROVEN_ON, FOLLOW_UP_MONTHS, WAIT_MONTHS, OFFENCE_END_ON };

/* What one row says. */
typedef struct judgement {
    bool counts;
    int64_t days; /* from the index date, when it counts */
} judgement;

static bool read_months(sqlite3_context *context, int argc, sqlite3_value **argv, int which,
                        const char *name, int64_t low, int64_t *months) {
    return argc <= which ||
           glue_read_integer(context, name, argv[which], low, WINDOW_MONTHS_LIMIT, months);
}

/* A date, or HISTORY_NULL for NULL and for an argument that was not given. */
static bool read_day(sqlite3_context *context, int argc, sqlite3_value **argv, int which,
                     const char *name, int64_t *day) {
    calendar_day read;
    *day = HISTORY_NULL;
    if (argc <= which || sqlite3_value_type(argv[which]) == SQLITE_NULL) return true;
    if (!glue_read_date(context, name, argv[which], &read)) return false;
    *day = read;
    return true;
}

static bool read_limits(sqlite3_context *context, int argc, sqlite3_value **argv,
                        int64_t index_date, window_day *limits) {
    int64_t follow_up = window_options_default.follow_up_months;
    int64_t wait = window_options_default.wait_months;
    if (!read_months(context, argc, argv, FOLLOW_UP_MONTHS, "follow_up_months", 1, &follow_up) ||
        !read_months(context, argc, argv, WAIT_MONTHS, "wait_months", 0, &wait))
        return false;
    if (index_date == HISTORY_NULL) return true;
    calendar_day from = (calendar_day)index_date;
    if (calendar_add_months(from, (int32_t)follow_up, &limits->follow_up_end) &&
        calendar_add_months(from, (int32_t)(follow_up + wait), &limits->proof_end))
        return true;
    glue_error(context, "index_date must leave room for the follow-up and the wait before the "
                        "year 10000");
    return false;
}

/* Reads and judges a row. False: error set. */
static bool judge(sqlite3_context *context, int argc, sqlite3_value **argv, judgement *made) {
    history_offence offence = {0};
    window_day limits = {0};
    int64_t index_date;
    if (!read_day(context, argc, argv, INDEX_DATE, "index_date", &index_date) ||
        !read_limits(context, argc, argv, index_date, &limits) ||
        !read_day(context, argc, argv, OFFENCE_ON, "offence_date", &offence.date) ||
        !read_day(context, argc, argv, PROVEN_ON, "proven_date", &offence.proven) ||
        !read_day(context, argc, argv, OFFENCE_END_ON, "offence_date_end", &offence.end))
        return false;
    if (offence.end == HISTORY_NULL) offence.end = offence.date;
    if (offence.date != HISTORY_NULL && offence.end < offence.date) {
        glue_error(context, "offence_date_end must be on or after offence_date");
        return false;
    }
    made->counts = index_date != HISTORY_NULL &&
                   follow_up_decide(&offence, (calendar_day)index_date, &limits) ==
                       FOLLOW_UP_REOFFENCE;
    made->days = made->counts ? offence.date - index_date : 0;
    return true;
}

/* --- how many -------------------------------------------------------------------------- */

static void count_by(sqlite3_context *context, int argc, sqlite3_value **argv, int64_t change) {
    int64_t *count = sqlite3_aggregate_context(context, sizeof *count);
    judgement row;
    if (!count) {
        sqlite3_result_error_nomem(context);
    } else if (judge(context, argc, argv, &row) && row.counts) {
        *count += change;
    }
}

static void count_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    count_by(context, argc, argv, 1);
}

static void count_inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
    count_by(context, argc, argv, -1);
}

static int64_t counted(sqlite3_context *context) {
    const int64_t *count = sqlite3_aggregate_context(context, 0);
    return count ? *count : 0;
}

static void count_value(sqlite3_context *context) {
    sqlite3_result_int64(context, counted(context));
}

static void any_value(sqlite3_context *context) {
    sqlite3_result_int(context, counted(context) > 0);
}

/* --- how soon -------------------------------------------------------------------------- */

static void days_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    sliding_minimum *rows = sqlite3_aggregate_context(context, sizeof *rows);
    judgement row;
    if (!rows) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (!judge(context, argc, argv, &row)) return;
    if (!row.counts) {
        sliding_minimum_skip(rows);
    } else if (!sliding_minimum_add(rows, &glue_memory, (sliding_value){row.days, 0})) {
        sqlite3_result_error_nomem(context);
    }
}

static void days_inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    sliding_minimum *rows = sqlite3_aggregate_context(context, 0);
    if (rows) sliding_minimum_remove(rows);
}

static void days_value(sqlite3_context *context) {
    const sliding_minimum *rows = sqlite3_aggregate_context(context, 0);
    const sliding_value *first = rows ? sliding_minimum_least(rows) : NULL;
    if (first) sqlite3_result_int64(context, first->key);
}

static void days_final(sqlite3_context *context) {
    sliding_minimum *rows = sqlite3_aggregate_context(context, 0);
    days_value(context);
    if (rows) sliding_minimum_free(rows, &glue_memory);
}

#define SHORT_ARGUMENTS "index_date, offence_date, proven_date"
#define LONG_ARGUMENTS SHORT_ARGUMENTS ", follow_up_months, wait_months"
#define RANGE_ARGUMENTS LONG_ARGUMENTS ", offence_date_end"
#define TWO_OFFENCES                                                                               \
    " FROM (VALUES ('2009-05-01', '2009-06-10'), ('2010-02-28', '2010-08-28'))"

#define AGGREGATE(sql_name, count, parameters, text, given, shown, ...)                            \
    {.name = sql_name, .argument_count = count, .arguments = parameters, .meaning = text,          \
     .example = "SELECT " sql_name "('2009-02-28', column1, column2" given ")" TWO_OFFENCES,       \
     .result = shown, __VA_ARGS__}
#define COUNTING(...)                                                                              \
    AGGREGATE("reoffend_reoffences", __VA_ARGS__, .step = count_step, .final = count_value,        \
              .value = count_value, .inverse = count_inverse)
#define ANY(...)                                                                                   \
    AGGREGATE("reoffend_reoffended", __VA_ARGS__, .step = count_step, .final = any_value,          \
              .value = any_value, .inverse = count_inverse)
#define SOONEST(...)                                                                               \
    AGGREGATE("reoffend_days_to_reoffence", __VA_ARGS__, .step = days_step, .final = days_final,   \
              .value = days_value, .inverse = days_inverse)

const glue_function agg_reoffences[] = {
    COUNTING(3, SHORT_ARGUMENTS, "Re-offences within 12 months, proven within 18 (R13)", "", "2"),
    COUNTING(5, LONG_ARGUMENTS, "The same with another follow-up and wait", ", 3, 6", "1"),
    COUNTING(6, RANGE_ARGUMENTS, "The same for offences over a range of days (R20)",
             ", 12, 6, '2010-02-28'", "2"),
    ANY(3, SHORT_ARGUMENTS, "1 when there is a re-offence (R13), else 0", "", "1"),
    ANY(5, LONG_ARGUMENTS, "The same with another follow-up and wait", ", 2, 6", "0"),
    ANY(6, RANGE_ARGUMENTS, "The same for offences over a range of days (R20)",
        ", 12, 6, '2010-03-01'", "0"),
    SOONEST(3, SHORT_ARGUMENTS, "Days to the first re-offence (R13), or NULL", "", "62"),
    SOONEST(5, LONG_ARGUMENTS, "The same with another follow-up and wait", ", 24, 0", "62"),
    SOONEST(6, RANGE_ARGUMENTS, "The same for offences over a range of days (R20)",
            ", 12, 6, iif(column1 < '2010', '2010-12-31', NULL)", "365"),
    {.name = NULL},
};
