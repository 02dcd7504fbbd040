#include "fn_calendar.h"

enum { MONTHS_LIMIT = 12 * 9999 };

static void add_months(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day day, result;
    int64_t months;
    if (glue_has_null(argc, argv)) return;
    if (!glue_read_date(context, "date", argv[0], &day)) return;
    if (!glue_read_integer(context, "months", argv[1], -MONTHS_LIMIT, MONTHS_LIMIT, &months))
        return;
    if (calendar_add_months(day, (int32_t)months, &result)) {
        glue_result_date(context, result);
    } else {
        glue_error(context, "the result must lie in the years 1 to 9999");
    }
}

/* Reads (from, to) for the functions that compare two dates. False: NULL given or error set. */
static bool read_two_dates(sqlite3_context *context, int argc, sqlite3_value **argv,
                           const char *first, const char *second, calendar_day day[2]) {
    return !glue_has_null(argc, argv) && glue_read_date(context, first, argv[0], &day[0]) &&
           glue_read_date(context, second, argv[1], &day[1]);
}

static void age(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day day[2];
    if (read_two_dates(context, argc, argv, "birth_date", "date", day))
        sqlite3_result_int(context, calendar_age(day[0], day[1]));
}

static void months_between(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day day[2];
    if (read_two_dates(context, argc, argv, "from", "to", day))
        sqlite3_result_int(context, calendar_months_between(day[0], day[1]));
}

static void days_between(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day day[2];
    if (read_two_dates(context, argc, argv, "from", "to", day))
        sqlite3_result_int(context, day[1] - day[0]);
}

static void is_date(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day day;
    if (glue_has_null(argc, argv)) return;
    sqlite3_result_int(context, glue_value_is_date(argv[0], &day));
}

static void quarter(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day day;
    char text[16];
    if (glue_has_null(argc, argv) || !glue_read_date(context, "date", argv[0], &day)) return;
    calendar_civil civil = calendar_to_civil(day);
    sqlite3_snprintf(sizeof text, text, "%04d-Q%d", civil.year, (civil.month - 1) / 3 + 1);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void quarter_start(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day day;
    if (glue_has_null(argc, argv) || !glue_read_date(context, "date", argv[0], &day)) return;
    glue_result_date(context, calendar_quarter_start(day));
}

static void financial_year(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day day;
    char text[16];
    if (glue_has_null(argc, argv) || !glue_read_date(context, "date", argv[0], &day)) return;
    int year = calendar_to_civil(calendar_financial_year_start(day)).year;
    sqlite3_snprintf(sizeof text, text, "%04d/%02d", year, (year + 1) % 100);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void financial_year_start(sqlite3_context *context, int argc, sqlite3_value **argv) {
    calendar_day day;
    if (glue_has_null(argc, argv) || !glue_read_date(context, "date", argv[0], &day)) return;
    glue_result_date(context, calendar_financial_year_start(day));
}

const glue_function fn_calendar[] = {
    {.name = "calendar_add_months",
     .argument_count = 2,
     .scalar = add_months,
     .arguments = "date, months",
     .meaning = "The date so many months later, clamped to the month's last day (R2)",
     .example = "SELECT calendar_add_months('2008-08-31', 6)",
     .result = "2009-02-28"},
    {.name = "calendar_age",
     .argument_count = 2,
     .scalar = age,
     .arguments = "birth_date, date",
     .meaning = "Completed years; 29 February birthdays fall on 1 March in common years (R3)",
     .example = "SELECT calendar_age('1988-02-29', '2006-02-28')",
     .result = "17"},
    {.name = "calendar_months_between",
     .argument_count = 2,
     .scalar = months_between,
     .arguments = "from, to",
     .meaning = "Completed months, by the same clamping as calendar_add_months",
     .example = "SELECT calendar_months_between('2009-01-31', '2009-02-28')",
     .result = "1"},
    {.name = "calendar_days_between",
     .argument_count = 2,
     .scalar = days_between,
     .arguments = "from, to",
     .meaning = "Days from one date to another",
     .example = "SELECT calendar_days_between('2009-01-01', '2010-01-01')",
     .result = "365"},
    {.name = "calendar_is_date",
     .argument_count = 1,
     .scalar = is_date,
     .arguments = "value",
     .meaning = "1 when the value is a text YYYY-MM-DD of a day that exists, else 0 (R1)",
     .example = "SELECT calendar_is_date('2001-02-30')",
     .result = "0"},
    {.name = "calendar_quarter",
     .argument_count = 1,
     .scalar = quarter,
     .arguments = "date",
     .meaning = "Calendar year and quarter (R4)",
     .example = "SELECT calendar_quarter('2009-05-17')",
     .result = "2009-Q2"},
    {.name = "calendar_quarter_start",
     .argument_count = 1,
     .scalar = quarter_start,
     .arguments = "date",
     .meaning = "First day of the calendar quarter (R4)",
     .example = "SELECT calendar_quarter_start('2009-05-17')",
     .result = "2009-04-01"},
    {.name = "calendar_financial_year",
     .argument_count = 1,
     .scalar = financial_year,
     .arguments = "date",
     .meaning = "Financial year, 1 April to 31 March (R4)",
     .example = "SELECT calendar_financial_year('2010-03-31')",
     .result = "2009/10"},
    {.name = "calendar_financial_year_start",
     .argument_count = 1,
     .scalar = financial_year_start,
     .arguments = "date",
     .meaning = "The 1 April on or before the date (R4)",
     .example = "SELECT calendar_financial_year_start('2010-03-31')",
     .result = "2009-04-01"},
    {.name = NULL},
};
