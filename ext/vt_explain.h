/* vt_explain.h - reoffend_explain: every event of a person, and why it counts in a window or not.
**
**   SELECT date, event, decision, rule, meaning
**     FROM reoffend_explain('history', 1234, '2009-01-01');
**
** Arguments, also settable in WHERE:
**   history                  the name of a history (vt_history.h)
**   offender_id              an integer
**   window_start             the window's start, a date
**   window_months (12), step_months (no effect on one window), follow_up_months (12),
**   wait_months (6), kinds (all four)
**
** One row for each appearance, offence and membership, by date, undated ones last; no rows for
** somebody who is not in the history, and none for a NULL argument.
**
**   event        'appearance', 'offence' or 'membership'; event_id as in the source, or NULL
**   date         of the appearance, first day of the offence or of the membership; NULL unknown
**   date_end     last day of an offence's range or of a membership; else NULL
**   kind         of an appearance; subcohort of a membership
**   proven_date  of an offence; ho_code of an appearance or offence
**   excluded     the source's reason, or NULL
**   decision     a few words (explain.h), 'excluded: ' with the reason
**   rule         the rule or rules that say so
**   counted      1: the index event, a re-offence, a reappearance, a sub-cohort; else 0
**   previous     1: among the previous offences of the index event; else 0
**   meaning      one sentence
**
** In a window the counts equal the person's row of reoffend_cohort: reoffences, reappearances,
** previous_offences, undated_offences, straddling_offences, subcohorts (R37). These rows describe
** a person: they are for the analyst, not for publication.
*/
#ifndef REOFFEND_VT_EXPLAIN_H
#define REOFFEND_VT_EXPLAIN_H

#include "glue.h"

extern const glue_module vt_explain;

#endif
