/* agg_survival.h - rate_survival(time, event): a Kaplan-Meier curve as an SQL aggregate.
**
** 1. time is how long the person was watched, 0 or more, any unit (days); event is 1 when that time
**    ended with the first re-offence, 0 when the person went out of sight without one.
** 2. Rows with a NULL are left out; no row gives NULL.
** 3. The result is the curve as JSON text, to be read by rate_survival_steps(curve).
**
**   SELECT s.time, s.at_risk, s.proportion, s.low, s.high
**     FROM (SELECT rate_survival(days, reoffended) AS curve FROM watched) AS c,
**          rate_survival_steps(c.curve) AS s;
*/
#ifndef REOFFEND_AGG_SURVIVAL_H
#define REOFFEND_AGG_SURVIVAL_H

#include "glue.h"

extern const glue_function agg_survival[];

#endif
