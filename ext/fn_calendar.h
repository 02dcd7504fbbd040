/* fn_calendar.h - calendar_* SQL functions over calendar.h (rules R1 to R4).
**
**   calendar_add_months(date, months)        date, day of month kept and clamped
**   calendar_age(birth_date, date)           completed years, negative before birth
**   calendar_months_between(from, to)        completed months
**   calendar_days_between(from, to)          days
**   calendar_is_date(value)                  1 or 0; NULL gives NULL
**   calendar_quarter(date)                   '2009-Q1'
**   calendar_quarter_start(date)             first day of the calendar quarter
**   calendar_financial_year(date)            '2009/10'
**   calendar_financial_year_start(date)      the 1 April on or before the date
**
** NULL in, NULL out. A text that is no date, or a result outside 0001-01-01..9999-12-31, is an
** error. All are deterministic and innocuous.
*/
#ifndef REOFFEND_FN_CALENDAR_H
#define REOFFEND_FN_CALENDAR_H

#include "glue.h"

extern const glue_function fn_calendar[];

#endif
