/* calendar.h - civil days, month arithmetic, ages and periods (rules R1 to R4).
**
** A day is a number: days since 1970-01-01 in the proleptic Gregorian calendar. The range is
** 0001-01-01 to 9999-12-31; nothing here returns a day outside it.
**
** 1. A date is written YYYY-MM-DD and nothing else. A date that does not exist (2001-02-30) is
**    refused, never rolled over (R1).
** 2. Adding months keeps the day of the month and clamps it to the month's last day:
**    2008-08-31 + 6 months = 2009-02-28, 2008-02-29 + 12 months = 2009-02-28 (R2). SQLite's own
**    date(d, '+6 months') rolls over instead and must not be used for follow-up periods.
** 3. Age is completed years. Someone born on 29 February gains a year on 1 March in common
**    years (R3).
** 4. Quarters are calendar quarters; a financial year begins on 1 April (R4).
*/
#ifndef REOFFEND_CALENDAR_H
#define REOFFEND_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t calendar_day;

#define CALENDAR_FIRST_DAY ((calendar_day)-719162) /* 0001-01-01 */
#define CALENDAR_LAST_DAY ((calendar_day)2932896)  /* 9999-12-31 */

enum { CALENDAR_TEXT_LENGTH = 10 };

typedef struct calendar_civil {
    int year;  /* 1 to 9999 */
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
} calendar_civil;

/* Reads YYYY-MM-DD. False: not in that form, or no such day. */
bool calendar_parse(const char *text, size_t length, calendar_day *day);

/* Writes YYYY-MM-DD and a closing zero. */
void calendar_format(calendar_day day, char text[CALENDAR_TEXT_LENGTH + 1]);

calendar_day calendar_from_civil(calendar_civil civil);
calendar_civil calendar_to_civil(calendar_day day);
int calendar_days_in_month(int year, int month);

/* The day `months` later (earlier when negative), clamped (note 2). False: out of range. */
bool calendar_add_months(calendar_day day, int32_t months, calendar_day *result);

/* Completed years from birth to `on` (note 3); negative when born after `on`. */
int calendar_age(calendar_day birth, calendar_day on);

/* The largest n with from + n months <= to (note 2); negative when `to` is before `from`. */
int calendar_months_between(calendar_day from, calendar_day to);

/* The first day of the calendar quarter, and of the financial year, that holds the day. */
calendar_day calendar_quarter_start(calendar_day day);
calendar_day calendar_financial_year_start(calendar_day day);

#endif
