/* agg_first_appearance.h - the first appearance of a group, without a history (rules R6 and R7).
**
**   reoffend_first_date(date, kind)                        its date
**   reoffend_first_kind(date, kind)                        its kind
**   reoffend_first_appearance(date, kind, appearance_id)   its id, an integer
**
** 1. The first is the earliest; of those on one day a release stands before a conviction, that
**    before a caution, that before a drug test; then the lowest id, NULL last (R7).
** 2. `kind` is 'release', 'conviction', 'caution' or 'drug_test'. A row whose date or kind is NULL
**    takes no part. Without a row that does the result is NULL. Which appearances may be chosen at
**    all - the window, the kinds, what is excluded - is said with WHERE or FILTER.
** 3. Aggregates and window functions with any frame. Rows in date order in one group cost 24 bytes
**    each while the group lasts, other orders far less.
** 4. Errors: a date that is no date, another kind, an id that is no integer.
**
** Who is in the cohort of 2009, and by which event, from a table of one's own:
**
**   SELECT offender_id,
**          reoffend_first_date(appearance_date, kind) AS index_date,
**          reoffend_first_kind(appearance_date, kind) AS index_kind,
**          reoffend_first_appearance(appearance_date, kind, appearance_id) AS appearance_id
**     FROM appearance
**    WHERE appearance_date >= '2009-01-01' AND appearance_date < '2010-01-01'
**      AND excluded IS NULL
**    GROUP BY offender_id;
*/
#ifndef REOFFEND_AGG_FIRST_APPEARANCE_H
#define REOFFEND_AGG_FIRST_APPEARANCE_H

#include "glue.h"

extern const glue_function agg_first_appearance[];

#endif
