#include "nation_day.h"

/* Years are counted from March so that the leap day comes last. */
day_number day_of(int year, int month, int day_of_month) {
    int from_march = (month + 9) % 12;
    int y = year - from_march / 10;
    return 365 * y + y / 4 - y / 100 + y / 400 + (from_march * 306 + 5) / 10 + day_of_month - 1 -
           719468;
}

int day_year(day_number day) {
    int year = 1970 + day / 366;
    while (day_of(year + 1, 1, 1) <= day) year++;
    while (day_of(year, 1, 1) > day) year--;
    return year;
}

void day_parts(day_number day, int *year, int *month, int *day_of_month) {
    int m = 12;
    *year = day_year(day);
    while (day_of(*year, m, 1) > day) m--;
    *month = m;
    *day_of_month = day - day_of(*year, m, 1) + 1;
}

int day_age(day_number birth, day_number on) {
    int birth_year, birth_month, birth_day, year, month, day;
    day_parts(birth, &birth_year, &birth_month, &birth_day);
    day_parts(on, &year, &month, &day);
    return year - birth_year - (month * 32 + day < birth_month * 32 + birth_day);
}

static void put_digits(char *text, int count, int value) {
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void day_text(day_number day, char text[DAY_TEXT]) {
    int year, month, day_of_month;
    day_parts(day, &year, &month, &day_of_month);
    put_digits(text, 4, year);
    text[4] = '-';
    put_digits(text + 5, 2, month);
    text[7] = '-';
    put_digits(text + 8, 2, day_of_month);
    text[10] = '\0';
}
