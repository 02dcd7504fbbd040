#include "calendar.h"

enum {
    DAYS_IN_ERA = 146097,        /* 400 years */
    EPOCH_FROM_MARCH_0 = 719468, /* from 1 March of the year 0 to 1970-01-01 */
    DAYS_FROM_MARCH_TO_JANUARY = 306
};

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int calendar_days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

calendar_day calendar_from_civil(calendar_civil civil) {
    static const int before_month[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int years = civil.year - 1;
    int leap_day = civil.month > 2 && is_leap(civil.year);
    return CALENDAR_FIRST_DAY + years * 365 + years / 4 - years / 100 + years / 400 +
           before_month[civil.month - 1] + leap_day + civil.day - 1;
}

/* Counted from 1 March of the year 0, so that the leap day is the last day of its year and month
** lengths follow one line; the numbers make a multiplication and a shift of each division by 365.25
** and 30.6: see Neri and Schneider, "Euclidean affine functions and applications to calendar
** algorithms". */
calendar_civil calendar_to_civil(calendar_day day) {
    uint32_t quarter_days = 4 * (uint32_t)(day + EPOCH_FROM_MARCH_0) + 3;
    uint32_t century = quarter_days / DAYS_IN_ERA;
    uint32_t in_century = quarter_days % DAYS_IN_ERA | 3;
    uint64_t years = UINT64_C(2939745) * in_century;
    uint32_t day_of_year = (uint32_t)years / 2939745 / 4;
    uint32_t months = 2141 * day_of_year + 197913;
    bool after_december = day_of_year >= DAYS_FROM_MARCH_TO_JANUARY;
    return (calendar_civil){
        .year = (int)(100 * century + (uint32_t)(years >> 32) + after_december),
        .month = (int)(months >> 16) - (after_december ? 12 : 0),
        .day = (int)((months & 0xFFFF) / 2141) + 1,
    };
}

/* A digit's value; anything else gives 10 or more. */
static unsigned digit(char character) {
    return (unsigned)(unsigned char)character - '0';
}

/* Reads two digits. A character that is none makes *wrong non-zero. */
static unsigned two_digits(const char *text, unsigned *wrong) {
    unsigned tens = digit(text[0]), ones = digit(text[1]);
    *wrong |= (tens > 9) | (ones > 9);
    return tens * 10 + ones;
}

bool calendar_parse(const char *text, size_t length, calendar_day *day) {
    if (length != CALENDAR_TEXT_LENGTH || text[4] != '-' || text[7] != '-') return false;
    unsigned wrong = 0;
    unsigned year = two_digits(text, &wrong) * 100 + two_digits(text + 2, &wrong);
    unsigned month = two_digits(text + 5, &wrong), day_of_month = two_digits(text + 8, &wrong);
    if (wrong || year < 1 || month < 1 || month > 12 || day_of_month < 1) return false;
    calendar_civil civil = {(int)year, (int)month, (int)day_of_month};
    if (day_of_month > 28 && civil.day > calendar_days_in_month(civil.year, civil.month))
        return false;
    *day = calendar_from_civil(civil);
    return true;
}

static void write_digits(char *text, int count, int value) {
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void calendar_format(calendar_day day, char text[CALENDAR_TEXT_LENGTH + 1]) {
    calendar_civil civil = calendar_to_civil(day);
    write_digits(text, 4, civil.year);
    text[4] = '-';
    write_digits(text + 5, 2, civil.month);
    text[7] = '-';
    write_digits(text + 8, 2, civil.day);
    text[CALENDAR_TEXT_LENGTH] = '\0';
}

bool calendar_add_months(calendar_day day, int32_t months, calendar_day *result) {
    calendar_civil civil = calendar_to_civil(day);
    int64_t month_count = (int64_t)civil.year * 12 + (civil.month - 1) + months;
    if (month_count < 12 || month_count >= (int64_t)10000 * 12) return false;
    civil.year = (int)(month_count / 12);
    civil.month = (int)(month_count % 12) + 1;
    int last = calendar_days_in_month(civil.year, civil.month);
    if (civil.day > last) civil.day = last;
    *result = calendar_from_civil(civil);
    return true;
}

int32_t calendar_age_key(calendar_day day) {
    calendar_civil civil = calendar_to_civil(day);
    return civil.year * 512 + civil.month * 32 + civil.day;
}

int calendar_age(calendar_day birth, calendar_day on) {
    return calendar_age_between_keys(calendar_age_key(birth), calendar_age_key(on));
}

int calendar_months_between(calendar_day from, calendar_day to) {
    calendar_civil a = calendar_to_civil(from), b = calendar_to_civil(to);
    int months = (b.year - a.year) * 12 + b.month - a.month;
    calendar_day reached;
    if (!calendar_add_months(from, months, &reached) || reached > to) months--;
    return months;
}

calendar_day calendar_quarter_start(calendar_day day) {
    calendar_civil civil = calendar_to_civil(day);
    civil.month = (civil.month - 1) / 3 * 3 + 1;
    civil.day = 1;
    return calendar_from_civil(civil);
}

calendar_day calendar_financial_year_start(calendar_day day) {
    calendar_civil civil = calendar_to_civil(day);
    if (civil.month < 4 && civil.year > 1) civil.year--;
    civil.month = 4;
    civil.day = 1;
    return calendar_from_civil(civil);
}
