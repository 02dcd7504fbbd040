/* nation_crime.h - the offences people of the synthetic nation commit.
**
** Home Office class/sub-class codes are real; how often each is drawn is invented, shaped after
** published tables. Four mixes: people seen once, juveniles, general offenders, and people who
** steal to buy drugs.
*/
#ifndef NATION_CRIME_H
#define NATION_CRIME_H

#include "nation_draw.h"

typedef enum crime_mix { MIX_ONCE, MIX_JUVENILE, MIX_GENERAL, MIX_ACQUISITIVE, MIXES } crime_mix;

typedef enum crime_gravity { GRAVITY_LIGHT, GRAVITY_MIDDLE, GRAVITY_HIGH, GRAVITY_GRAVE }
crime_gravity;

typedef struct crime {
    const char *ho_code;
    crime_gravity gravity;
    bool trigger;      /* a suspect may be tested for Class A drugs on arrest */
    bool serious;      /* on the reconstructed serious violent or sexual list */
    int weight[MIXES]; /* per mix, about 10,000 in all */
} crime;

extern const crime crime_table[];
extern const int crime_count;

int crime_choose(draw *source, crime_mix mix); /* index into crime_table */

extern const char *const crime_breach[4];   /* breach proceedings: never counted */
extern const char crime_not_recordable[];   /* no insurance */
extern const char crime_bail[];             /* failing to surrender */

#endif
