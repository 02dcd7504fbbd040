/* vt_attrition.h - reoffend_attrition: how many people and events a window loses, step by step.
**
**   SELECT * FROM reoffend_attrition('history', '2009-01-01');
**
** Arguments, also settable in WHERE:
**   history                  the name of a history (vt_history.h)
**   window_start             the window's start, a date
**   window_months (12), step_months (no effect on one window), follow_up_months (12),
**   wait_months (6), kinds (all four)
**
** One row a step, in order: everyone; those without an eligible appearance at any time; then all
** appearances, narrowed down to the index events; then all offences of the people in the cohort,
** narrowed down to the re-offences (attrition.h). A NULL argument gives no rows.
**
**   step          1, 2, 3 ...
**   what          what is left at the step; rule: the rules it applies, NULL for none
**   people        people with at least one such event
**   events        the events
**   people_lost, events_lost    fewer than at the step before; NULL where a new count begins
**
** People and events of 'index events' are the offenders of reoffend_rates, those of the last step
** its reoffenders and reoffences (R23).
*/
#ifndef REOFFEND_VT_ATTRITION_H
#define REOFFEND_VT_ATTRITION_H

#include "glue.h"

extern const glue_module vt_attrition;

#endif
