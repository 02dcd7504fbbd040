/* nation_day.h - civil days for the generator: days since 1970-01-01, Gregorian.
**
** Kept apart from the extension's calendar on purpose: a fault there must not hide in the sample.
*/
#ifndef NATION_DAY_H
#define NATION_DAY_H

#include <stdint.h>

typedef int32_t day_number;

enum { DAY_NEVER = 1 << 30, DAY_TEXT = 11 };

day_number day_of(int year, int month, int day_of_month);
int day_year(day_number day);
void day_parts(day_number day, int *year, int *month, int *day_of_month);
int day_age(day_number birth, day_number on); /* completed years */
void day_text(day_number day, char text[DAY_TEXT]); /* YYYY-MM-DD */

#endif
