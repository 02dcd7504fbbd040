#include "nation_model.h"

const model model_default = {
    .starters = {168000, 60000, 17000, 2600},
    .recorded_from = {1985, 1970, 1962, 1962},
    .rate = {0.50, 0.42, 0.95, 2.60},
    .desist = {0.90, 0.28, 0.075, 0.02},
    .rate_by_age = {1.35, 1.15, 1.05, 1.0, 0.85, 0.65},
    .desist_by_age = {0.85, 0.95, 1.0, 1.0, 1.1, 1.4},
    .juvenile_start = {0.30, 0.45, 0.65, 0.80},
    .after_long_custody = 0.5,
    .desist_long_custody = 0.25,
    .spree = 0.22,
    .more_offences = 0.24,
    .joined = 0.40,
    .nominate = 0.06,
    .nomination_days = 800,
    .custody = 1.0,
};

/* New careers by year, 1.00 = 2009: fewer before the push for detections of 2003 to 2007, fewer
** again after it. Years outside the table take its ends. */
double model_starters_in(int year) {
    static const double weight[] = {0.90, 0.88, 0.89, 0.93, 0.98, 1.05, 1.12,
                                    1.14, 1.08, 1.00, 0.91, 0.84}; /* 2000 .. 2011 */
    if (year < 2000) return 0.90;
    return weight[year > 2011 ? 11 : year - 2000];
}

double model_rate_in(int year) {
    static const double weight[] = {1.06, 1.07, 1.08, 1.07, 1.04, 1.02, 1.01,
                                    1.01, 1.01, 1.00, 1.03, 1.05}; /* 2000 .. 2011 */
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
