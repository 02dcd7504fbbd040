#include "nation_court.h"

#include <string.h>

enum { DAYS_A_YEAR = 365 };

hearing_kind court_route(draw *source, const crime *act, int age, int sanctions, day_number on) {
    static const double adult[] = {0.60, 0.36, 0.26, 0.18, 0.13, 0.10, 0.07};
    bool motoring = act->ho_code[0] == '8';
    if (act->gravity >= GRAVITY_HIGH || motoring) return HEARING_CONVICTION;
    if (age >= 18) {
        double chance = adult[sanctions < 6 ? sanctions : 6];
        return draw_chance(source, chance) ? HEARING_CAUTION : HEARING_CONVICTION;
    }
    if (sanctions == 0 && draw_chance(source, act->gravity == GRAVITY_LIGHT ? 0.9 : 0.65))
        return on < day_of(2000, 6, 1) ? HEARING_CAUTION : HEARING_REPRIMAND;
    if (sanctions <= 1 && draw_chance(source, 0.65))
        return on < day_of(2000, 6, 1) ? HEARING_CAUTION : HEARING_WARNING;
    return HEARING_CONVICTION;
}

int court_delay(draw *source, hearing_kind kind, crime_gravity gravity) {
    int days;
    if (kind != HEARING_CONVICTION)
        return draw_chance(source, 0.45) ? 0 : 1 + draw_exponential_days(source, 18);
    days = 3 + draw_exponential_days(source, gravity >= GRAVITY_HIGH ? 110 : 62);
    if (draw_chance(source, 0.05)) days += draw_exponential_days(source, 180);
    return days < 1100 ? days : 1100;
}

bool court_custody(draw *source, const model *numbers, const hearing *at, int age, bool female,
                   int convictions, int recent) {
    static const double first[] = {0.006, 0.035, 0.24, 0.85};
    static const double earlier[] = {0.002, 0.004, 0.008, 0.01};
    static const double often[] = {0.040, 0.052, 0.06, 0.02};
    double chance = first[at->gravity];
    chance += earlier[at->gravity] * (convictions < 20 ? convictions : 20);
    if (recent > 1) chance += often[at->gravity] * (recent < 10 ? recent - 1 : 9);
    if (age < 18) chance *= 0.45;
    if (female) chance *= 0.7;
    return draw_chance(source, chance * numbers->custody);
}

/* Length of immediate custody. Short ones are written in days, weeks or months, long ones in
** months or years, as courts write them. */
static int custody_length(draw *source, hearing *at, bool murder) {
    int months;
    at->unit = 'M';
    if (murder) {
        at->unit = 'Y';
        at->length = 999;
        return draw_between(source, 12, 18) * DAYS_A_YEAR * 2;
    }
    if (at->gravity == GRAVITY_LIGHT && draw_chance(source, 0.75)) {
        at->unit = draw_chance(source, 0.2) ? 'D' : 'W';
        at->length = (int16_t)(at->unit == 'D' ? 7 * draw_between(source, 1, 8)
                                               : draw_between(source, 2, 18));
        return at->unit == 'D' ? at->length : at->length * 7;
    }
    if (at->gravity <= GRAVITY_MIDDLE) {
        months = draw_chance(source, 0.82) ? draw_between(source, 1, 9)
                                           : draw_between(source, 10, 20);
    } else if (at->gravity == GRAVITY_HIGH) {
        months = draw_chance(source, 0.35) ? draw_between(source, 4, 11)
                                           : 12 + draw_exponential_days(source, 16);
    } else {
        months = 24 + draw_exponential_days(source, 50);
    }
    if (months > 300) months = 300;
    at->length = (int16_t)months;
    if (months >= 24 && months % 12 == 0) {
        at->unit = 'Y';
        at->length = (int16_t)(months / 12);
    }
    return months * 61 / 2;
}

static int custody_disposal(int age, day_number on) {
    if (age >= 21) return 1002;
    if (age >= 18) return 1024;
    return on < day_of(2000, 4, 1) ? 1007 : 1081;
}

static int community_disposal(draw *source, int age, day_number on) {
    if (age < 18) return on < day_of(2009, 11, 30) ? 1101 : 1141;
    if (on >= day_of(2005, 4, 4)) return draw_chance(source, 0.72) ? 1116 : 1115;
    return draw_chance(source, 0.6) ? 1010 : 1013;
}

int court_sentence(draw *source, hearing *at, bool custody, int age, bool murder) {
    static const int lighter[] = {560, 210, 14, 200, 16}, heavier[] = {190, 110, 6, 670, 24};
    int days, served;
    if (custody) {
        at->disposal = (int16_t)custody_disposal(age, at->date);
        days = custody_length(source, at, murder);
        served = draw_between(source, days * 38 / 100, days / 2);
        if (days > 4 * DAYS_A_YEAR) served += draw_between(source, 0, days / 7);
        return served < 3 ? 3 : served;
    }
    switch (draw_weighted(source, at->gravity == GRAVITY_LIGHT ? lighter : heavier, 5)) {
    case 0: at->disposal = 1015; break;
    case 1: at->disposal = 1018; break;
    case 2: at->disposal = 1017; break;
    case 3: at->disposal = (int16_t)community_disposal(source, age, at->date); break;
    default: at->disposal = draw_chance(source, 0.2) ? 1008 : 1016; break;
    }
    if (court_is_community(at->disposal)) {
        at->unit = 'M';
        at->length = (int16_t)(6 * draw_between(source, 1, 4));
    }
    return 0;
}

bool court_is_community(int disposal) {
    return disposal == 1116 || disposal == 1115 || disposal == 1010 || disposal == 1013 ||
           disposal == 1101 || disposal == 1141;
}
