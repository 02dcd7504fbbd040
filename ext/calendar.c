#include "calendar.h"

#include <string.h>

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

/* Eight bytes as a number whose lowest byte is the first. */
static uint64_t load_8(const char *text) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* All ten characters are looked at in two words, YYYY-MM- and YY-MM-DD: each byte becomes its
** difference to 0, or to - where that must stand, and is then at most 9, or 0; a neighbour taken
** ten times gives the numbers of two digits. */
bool calendar_parse(const char *text, size_t length, calendar_day *day) {
    const uint64_t shape = UINT64_C(0x2D30302D30303030), hyphens = UINT64_C(0xFF0000FF00000000);
    const uint64_t sixes = UINT64_C(0x0606060606060606), tens = UINT64_C(0xF0F0F0F0F0F0F0F0);
    if (length != CALENDAR_TEXT_LENGTH) return false;
    uint64_t front = load_8(text) ^ shape;
    uint64_t back = load_8(text + 2) ^ (shape >> 16 | UINT64_C(0x3030) << 48);
    uint64_t wrong = (front & hyphens) | ((front | (front + sixes)) & tens) |
                     ((back | (back + sixes)) & tens);
    if (wrong) return false;
    front = front * 10 + (front >> 8);
    back = back * 10 + (back >> 8);
    calendar_civil civil = {.year = (int)((front & 0xFF) * 100 + (front >> 16 & 0xFF)),
                            .month = (int)(front >> 40 & 0xFF),
                            .day = (int)(back >> 48 & 0xFF)};
    if (civil.year < 1 || civil.month < 1 || civil.month > 12 || civil.day < 1) return false;
    if (civil.day > 28 && civil.day > calendar_days_in_month(civil.year, civil.month)) return false;
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

/* A day as a number whose upper bits are the year and whose lower nine the month and day: the
** difference of two of them, without those nine, is the age. */
static int32_t age_key(calendar_day day) {
    calendar_civil civil = calendar_to_civil(day);
    return civil.year * 512 + civil.month * 32 + civil.day;
}

/* Four hundred years have as many days as any other four hundred, and no number of years is further
** than NEAR days from as many mean years: who is not that near a birthday need not be looked at
** more closely. */
int calendar_age(calendar_day birth, calendar_day on) {
    enum { YEARS = 400, DAYS = 146097, NEAR = 4 };
    int64_t scaled = ((int64_t)on - birth) * YEARS, rest = scaled % DAYS;
    if (rest > NEAR * YEARS && rest < DAYS - NEAR * YEARS) return (int)(scaled / DAYS);
    return (age_key(on) - age_key(birth)) >> 9;
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
