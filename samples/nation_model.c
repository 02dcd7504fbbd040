#include "nation_model.h"

const model model_default = {
    .starters = {273000, 57500, 22700, 2650},
    .recorded_from = {1985, 1985, 1962, 1962},
    .rate = {0.50, 0.32, 0.84, 3.00},
    .desist = {0.90, 0.25, 0.022, 0.010},
    .rate_by_age = {1.42, 1.40, 1.20, 1.05, 0.85, 0.50},
    .desist_by_age = {0.85, 0.95, 1.0, 1.0, 1.5, 3.0},
    .juvenile_start = {0.14, 0.31, 0.45, 0.80},
    .after_short_custody = 0.22,
    .after_long_custody = 0.65,
    .desist_long_custody = 0.15,
    .spree = 0.22,
    .more_offences = {0.15, 0.20, 0.31, 0.36},
    .joined = 0.40,
    .nominate = 0.0210,
    .nomination_days = 800,
    .custody = 1.0,
};

/* New careers by year, 1.00 = 2009: fewer before the push for detections of 2003 to 2007, fewer
** again after it. Years outside the table take its ends. */
double model_starters_in(int year) {
    static const double weight[] = {0.92, 0.90, 0.91, 0.94, 0.98, 1.04, 1.09,
                                    1.11, 1.06, 1.00, 0.91, 0.84}; /* 2000 .. 2011 */
    if (year < 2000) return 0.92;
    return weight[year > 2011 ? 11 : year - 2000];
}

double model_rate_in(int year) {
    static const double weight[] = {1.07, 1.07, 1.07, 1.06, 1.05, 1.03, 1.02,
                                    1.01, 1.01, 1.00, 1.01, 1.02}; /* 2000 .. 2011 */
    if (year < 2000) return 1.04;
    return weight[year > 2011 ? 11 : year - 2000];
}

int model_age_group(int age) {
    if (age < 18) return 0;
    if (age < 21) return 1;
    if (age < 25) return 2;
    if (age < 35) return 3;
    return age < 45 ? 4 : 5;
}
