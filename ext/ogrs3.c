#include "ogrs3.h"

#include "offence.h"

#include <math.h>
#include <stddef.h>

double ogrs3_age_sex(int age, bool female, ogrs3_girls girls) {
    static const struct {
        int from; /* the lowest age of the band */
        double male, female;
    } bands[] = {
        {10, 0.0, -0.785},         {12, 0.08392, -0.61385},  {14, 0.07578, -0.66952},
        {16, -0.0616, -0.9592},    {18, -0.6251, -0.8975},   {21, -1.0515, -1.0285},
        {25, -1.1667, -1.0528},    {30, -1.326, -1.1291},    {35, -1.368, -1.4219},
        {40, -1.4997, -1.5247},    {50, -2.0253, -2.4498},
    };
    enum { BANDS = sizeof bands / sizeof bands[0], FIRST_SURE_AGE = 16 };
    int band = 0;
    while (band + 1 < BANDS && age >= bands[band + 1].from) band++;
    if (!female) return bands[band].male;
    bool turned = girls == OGRS3_GIRLS_PLUS && age < FIRST_SURE_AGE;
    return turned ? -bands[band].female : bands[band].female;
}

double ogrs3_rate(int prior_sanctions, int years) {
    return log((1.0 + prior_sanctions) / (10.0 + years));
}

static double history_part(ogrs3_history history, int prior_sanctions) {
    static const double parts[OGRS3_HISTORIES] = {
        [OGRS3_FIRST_CAUTION] = 0.0,
        [OGRS3_REPEAT_CAUTION] = 0.0831,
        [OGRS3_FIRST_CONVICTION] = 0.12614,
        [OGRS3_REPEAT_CONVICTION] = 0.46306,
        [OGRS3_CAUTION_AFTER_CONVICTION] = 0.3486,
    };
    if (history == OGRS3_BY_SANCTIONS)
        history = prior_sanctions > 0 ? OGRS3_REPEAT_CONVICTION : OGRS3_FIRST_CONVICTION;
    return parts[history];
}

double ogrs3_score(const ogrs3_person *person) {
    int years = person->age_conviction - person->age_first_sanction;
    return ogrs3_age_sex(person->age_follow_up, person->female, person->girls) +
           history_part(person->history, person->prior_sanctions) +
           1.25112 * ogrs3_rate(person->prior_sanctions, years) + person->offence_weight;
}

bool ogrs3_score_at_index(ogrs3_sex sex, int age, int prior_sanctions, int years,
                          int offence_group, double *score) {
    ogrs3_person person = {.female = sex == OGRS3_FEMALE,
                           .age_follow_up = age,
                           .age_conviction = age,
                           .age_first_sanction = age - years,
                           .prior_sanctions = prior_sanctions};
    if (sex == OGRS3_SEX_UNKNOWN || age < OGRS3_LOWEST_AGE ||
        !ogrs3_group_weight(offence_group, &person.offence_weight))
        return false;
    *score = ogrs3_score(&person);
    return true;
}

static double logistic(double z) {
    return 1.0 / (1.0 + exp(-z));
}

double ogrs3_one_year(const ogrs3_person *person) {
    return logistic(1.40256 + ogrs3_score(person));
}

double ogrs3_two_years(const ogrs3_person *person) {
    return logistic(2.1217 + ogrs3_score(person));
}

bool ogrs3_group_weight(int group, double *weight) {
    static const double weights[OFFENCE_GROUPS + 1] = {
#include "ogrs3_weight.inc"
    };
    if (group < 1 || group > OFFENCE_GROUPS) return false;
    *weight = weights[group];
    return true;
}

int ogrs3_percent(double probability) {
    double five_places = floor(probability * 100000.0 + 0.5);
    int percent = (int)floor(five_places / 1000.0 + 0.5);
    return percent < 1 ? 1 : percent > 99 ? 99 : percent;
}

const char *ogrs3_band(int percent) {
    return percent < 50 ? "low" : percent < 75 ? "medium" : percent < 90 ? "high" : "very high";
}

const char *ogrs3_history_name(ogrs3_history history) {
    static const char *const names[OGRS3_HISTORIES] = {
        [OGRS3_FIRST_CAUTION] = "first caution",
        [OGRS3_REPEAT_CAUTION] = "repeat caution",
        [OGRS3_FIRST_CONVICTION] = "first conviction",
        [OGRS3_REPEAT_CONVICTION] = "repeat conviction",
        [OGRS3_CAUTION_AFTER_CONVICTION] = "caution after conviction",
    };
    return names[history];
}
