/* nation_model.h - every number the synthetic careers are made with, in one place.
**
** The values are invented and then adjusted until the measure of the default sample comes near
** the published results of 2009 (samples/README.md has the table). They explain nothing about
** real people.
*/
#ifndef NATION_MODEL_H
#define NATION_MODEL_H

#include "nation_day.h"

enum {
    CAREER_TYPES = 4, /* seen once, occasional, persistent, prolific */
    MODEL_FIRST_YEAR = 1955,
    MODEL_LAST_YEAR = 2030,
    MODEL_YEARS = MODEL_LAST_YEAR - MODEL_FIRST_YEAR + 1,
    MODEL_AGE_GROUPS = 6 /* first age 10, 18, 21, 25, 35, 45 */
};

typedef struct model {
    double starters[CAREER_TYPES];  /* people starting a career in a year of weight 1, scale 1 */
    int recorded_from[CAREER_TYPES]; /* careers that began earlier were weeded or never entered */
    double rate[CAREER_TYPES];      /* incidents a year at liberty */
    double desist[CAREER_TYPES];    /* probability that an incident is the last */
    double rate_by_age[MODEL_AGE_GROUPS];
    double desist_by_age[MODEL_AGE_GROUPS];
    double juvenile_start[CAREER_TYPES]; /* probability that a career begins before 18 */
    double after_short_custody;     /* probability of an incident within ten weeks of release
                                       from less than a year */
    double after_long_custody;      /* multiplies the rate after a sentence of a year or more */
    double desist_long_custody;     /* probability of stopping at that release */
    double spree;                   /* probability that the next incident comes within days */
    double more_offences[CAREER_TYPES]; /* probability of one more offence in an incident */
    double joined;                  /* probability that an incident joins a hearing under way */
    double nominate;                /* probability that a panel picks a person in question */
    double nomination_days;         /* mean length of a spell of management */
    double custody;                 /* multiplies the probability of immediate custody */
} model;

extern const model model_default;

double model_starters_in(int year);    /* weight of a year for new careers */
double model_rate_in(int year);        /* multiplies every rate */
int model_age_group(int age);

#endif
