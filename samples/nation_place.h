/* nation_place.h - the 43 police force areas of England and Wales.
**
** Names, Police National Computer force numbers and GSS codes are public facts: the force list of
** the Ministry of Justice's bichard7-next-data (MIT) and the Office for National Statistics. The
** weights are rounded 2009 populations in thousands (City of London: a working figure). The
** `rate` multipliers are invented: areas differ modestly.
*/
#ifndef NATION_PLACE_H
#define NATION_PLACE_H

#include "nation_draw.h"

enum { PLACES = 43 };

typedef struct place {
    const char *force; /* PNC force number, two digits */
    const char *name;
    const char *gss;
    int weight;
    double rate; /* multiplies how often people offend here */
} place;

extern const place place_table[PLACES];

int place_choose(draw *source); /* index into place_table, by weight */

/* The force numbers of Scotland and Northern Ireland used for offences out of scope. */
extern const char *const place_outside[4];

#endif
