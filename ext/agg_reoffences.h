/* agg_reoffences.h - re-offences within a follow-up, without a history (rules R13 to R15, R20).
**
**   reoffend_reoffences(index_date, offence_date, proven_date
**                       [, follow_up_months, wait_months [, offence_date_end]])
**                                          how many offences of the group are re-offences
**   reoffend_reoffended(…the same…)        1 when there is one, else 0
**   reoffend_days_to_reoffence(…the same…) days from the index date to the first, or NULL
**
** 1. Each row is one offence with the index date it follows. It is a re-offence when
**    index_date < offence_date, it was committed by index_date + follow_up_months (12; 1 to 120)
**    and proven by wait_months (6; 0 to 120) after that, months by R2. An offence committed over a
**    range of days ends on offence_date_end: that day decides about the end of the follow-up, the
**    first day about the index date (R20).
** 2. A row with a NULL index_date, offence_date or proven_date is not counted; nor is a range that
**    holds the index date. offence_date_end NULL: one day. A group without rows has 0 re-offences.
** 3. Aggregates and window functions with any frame. Whether an offence counts at all (R17, R18) is
**    said with WHERE or FILTER.
** 4. Errors: a date that is no date, months that are NULL or out of range, a range that ends before
**    it begins, a follow-up beyond the year 9999.
**
** Who of a cohort re-offended, from tables of one's own; the outer join keeps those who did not:
**
**   WITH first AS (SELECT offender_id, reoffend_first_date(appearance_date, kind) AS index_date
**                    FROM appearance
**                   WHERE appearance_date >= '2009-01-01' AND appearance_date < '2010-01-01'
**                   GROUP BY offender_id)
**   SELECT offender_id,
**          reoffend_reoffended(index_date, offence_date, proven_date) AS reoffended,
**          reoffend_reoffences(index_date, offence_date, proven_date) AS reoffences
**     FROM first LEFT JOIN offence USING (offender_id)
**    GROUP BY offender_id;
*/
#ifndef REOFFEND_AGG_REOFFENCES_H
#define REOFFEND_AGG_REOFFENCES_H

#include "glue.h"

extern const glue_function agg_reoffences[];

#endif
