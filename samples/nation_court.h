/* nation_court.h - what follows an incident: the way it is dealt with and the sentence.
**
** Disposal codes are those of the Police National Computer; the chances are invented.
*/
#ifndef NATION_COURT_H
#define NATION_COURT_H

#include "nation_career.h"
#include "nation_crime.h"

enum { DISPOSAL_QUASHED = 2079, DISPOSAL_NOT_GUILTY = 2004, DISPOSAL_NO_EVIDENCE = 2050,
       DISPOSAL_DISCONTINUED = 2053, DISPOSAL_ADJOURNED = 2007 };

/* Caution, reprimand, final warning or court, from the gravity, age and earlier sanctions. */
hearing_kind court_route(draw *source, const crime *act, int age, int sanctions, day_number on);

/* Days from the incident to the hearing or caution. */
int court_delay(draw *source, hearing_kind kind, crime_gravity gravity);

/* Whether a conviction brings immediate custody. */
bool court_custody(draw *source, const model *numbers, const hearing *at, int age, bool female,
                   int convictions, int recent);

/* Fills the disposal, and the length of immediate custody; returns the days to be served, 0 for
** any other sentence. */
int court_sentence(draw *source, hearing *at, bool custody, int age, bool murder);

bool court_is_community(int disposal);

#endif
