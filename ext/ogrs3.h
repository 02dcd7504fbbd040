/* ogrs3.h - the Offender Group Reconviction Scale, version 3 (rule R33), and the Copas rate.
**
** A published scale (Howard, Francis, Soothill and Humphreys, Ministry of Justice Research Summary
** 7/09), in use from March 2008; not fitted here and not to be confused with the model of R32.
**
**   rate       = ln((1 + prior_sanctions) / (10 + age_conviction - age_first_sanction))
**   score      = age_sex(age_follow_up, sex) + history + 1.25112 * rate + offence weight
**   one year   = 1 / (1 + exp(-(1.40256 + score)))
**   two years  = 1 / (1 + exp(-(2.1217 + score)))
**
** 1. Ages are whole years: at the start of follow-up, at the current conviction, at the first
**    sanction of all. A sanction is one caution or conviction date, however many offences.
** 2. The digits are those of HMPPS's service (github.com/ministryofjustice/
**    hmpps-arns-risk-actuarial-api, 1811fe7), four or five places. Two public copies of the scale
**    carry nine; a score differs by less than 0.0001.
** 3. The sources disagree about girls aged 10 to 15: HMPPS adds where the public copies subtract
**    (10-11: 0.785). Minus is the default, as girls are then below boys and near those of 16 and
**    17; OGRS3_GIRLS_PLUS takes HMPPS's reading. From 16 on there is no difference.
** 4. History: HMPPS knows a first sanction and later ones; the public copies know five states.
**    OGRS3_BY_SANCTIONS takes a conviction with or without earlier sanctions, as HMPPS does.
** 5. The weight of an offence is that of its group (sql/lookup/ogrs3_weight.csv). An offence of
**    unknown group has none, and then there is no score.
** 6. A per cent is the probability rounded to five places, then to a whole per cent, halves up,
**    held to 1..99. Bands of the two-year per cent: under 50 low, 50 medium, 75 high, 90 very high.
** 7. At an index event the follow-up begins with it, the index event counts as the conviction, and
**    the first sanction was as many whole years ago as are completed since.
*/
#ifndef REOFFEND_OGRS3_H
#define REOFFEND_OGRS3_H

#include <stdbool.h>

typedef enum ogrs3_history {
    OGRS3_BY_SANCTIONS,
    OGRS3_FIRST_CAUTION,
    OGRS3_REPEAT_CAUTION, /* cautions only before */
    OGRS3_FIRST_CONVICTION,
    OGRS3_REPEAT_CONVICTION,
    OGRS3_CAUTION_AFTER_CONVICTION,
    OGRS3_HISTORIES
} ogrs3_history;

typedef enum ogrs3_girls { OGRS3_GIRLS_MINUS, OGRS3_GIRLS_PLUS } ogrs3_girls;

enum { OGRS3_LOWEST_AGE = 10, OGRS3_HIGHEST_AGE = 130 };

typedef struct ogrs3_person {
    bool female;
    int age_follow_up;      /* OGRS3_LOWEST_AGE to OGRS3_HIGHEST_AGE, as the other ages */
    int age_conviction;     /* not below age_first_sanction */
    int age_first_sanction;
    int prior_sanctions;    /* before the current one, 0 or more */
    double offence_weight;
    ogrs3_history history;
    ogrs3_girls girls;
} ogrs3_person;

double ogrs3_age_sex(int age, bool female, ogrs3_girls girls);

/* `years` since the first sanction, 0 or more. */
double ogrs3_rate(int prior_sanctions, int years);

double ogrs3_score(const ogrs3_person *person);
double ogrs3_one_year(const ogrs3_person *person);  /* probability 0..1 */
double ogrs3_two_years(const ogrs3_person *person); /* probability 0..1 */

/* The score on the day of an index event, from what a history holds (note 7): age there, whole
** years since the first sanction (0 without one), group of the index offence. False: sex, age or
** group is not known. */
typedef enum ogrs3_sex { OGRS3_SEX_UNKNOWN, OGRS3_MALE, OGRS3_FEMALE } ogrs3_sex;
bool ogrs3_score_at_index(ogrs3_sex sex, int age, int prior_sanctions, int years,
                          int offence_group, double *score);

/* The weight of an offence group, 1 to 20. False: no such group. */
bool ogrs3_group_weight(int group, double *weight);

int ogrs3_percent(double probability);
const char *ogrs3_band(int percent);

/* "first conviction" and so on, NULL for OGRS3_BY_SANCTIONS. */
const char *ogrs3_history_name(ogrs3_history history);

#endif
