/* vt_cohort.h - reoffend_cohort: one row for each offender of one window (R5 to R22).
**
**   SELECT * FROM reoffend_cohort('history', '2009-01-01');
**
** Arguments, also settable in WHERE:
**   history                  the name of a history (vt_history.h)
**   wanted_window            the window's start; a constraint window_start = ... does as well
**   window_months (12), step_months (no effect on one window), follow_up_months (12),
**   wait_months (6), kinds (all four)
**   model                    models that predict, as text (prediction.h); NULL, the default: none
**
** Rows stand in order of offender_id.
**
**   window_start, window_end, complete    as in reoffend_rates
**   offender_id; appearance_id (NULL when the source has none); index_date; follow_up_end
**   area_code, age (completed years, NULL when unknown or under 10), age_group, age_band, sex,
**   ethnicity, index_kind, index_disposal, index_ho_code, index_offence_group, sentence_months,
**   sentence_band (of a release), subcohorts (names joined by commas, sorted; NULL for none)
**   reoffended (0 or 1), reoffences, reappearances, violent_sexual_reoffences,
**   serious_acquisitive_reoffences, serious_reoffences, unclassified_reoffences
**   days_to_reoffence, months_to_reoffence    to the first re-offence; NULL without one
**   previous_offences, previous_offences_band, previous_sanctions, previous_custody,
**   years_since_first_sanction (NULL without one), copas_rate, ln_previous_offences (of 1 more)
**                                         before the index date (R32)
**   ogrs3_score                           that of R33 on the index date (ogrs3.h, note 7); NULL
**                                         when sex, age or offence group is not known
**   undated_offences, straddling_offences     not counted, and reported (R20)
**   predicted                the probability of re-offending by the models of everyone; NULL
**                            without a model and for whom it has none (prediction.h)
**
** offender_id = ... reads one block only. These rows describe people: they are for the analyst, not
** for publication.
*/
#ifndef REOFFEND_VT_COHORT_H
#define REOFFEND_VT_COHORT_H

#include "glue.h"

extern const glue_module vt_cohort;

#endif
