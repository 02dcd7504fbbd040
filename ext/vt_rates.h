/* vt_rates.h - reoffend_rates: the measure of every rolling window, by any breakdown (R2 to R26).
**
**   SELECT * FROM reoffend_rates('history', '2000-01-01', '2009-01-01', 'area_code,age_group');
**
** Arguments, also settable in WHERE:
**   history                  the name of a history (vt_history.h)
**   first_window             start of the first window
**   last_window              windows start from first_window every step_months up to this day
**   by                       breakdowns joined by commas; '' is everyone together
**   window_months (12), step_months (3), follow_up_months (12), wait_months (6)
**   kinds                    what may be an index event, joined by commas; default all four (R6)
**   model                    models that predict, as text (prediction.h); NULL, the default: none
**
** One row for each window and group in which there is an offender, by window, then by the
** breakdowns in the order of the columns, the unknown (NULL) first.
**
**   window_start, window_end the window; its end is exclusive
**   complete                 1: final (R16); 0: provisional
**   area_code ... subcohort  the breakdowns of R25; NULL when not asked for in `by`, and for those
**                            of whom it is unknown. months_to_reoffence is 1 to follow_up_months,
**                            NULL for those who did not re-offend. By subcohort, a person counts in
**                            each sub-cohort they are in, and not at all when in none (R26).
**   offenders                people in the cohort
**   reoffenders, reoffences  people with a re-offence; re-offences (R13, R19)
**   proportion               reoffenders / offenders, 0 to 1
**   frequency                reoffences / reoffenders; NULL when there is no re-offender
**   per_offender             reoffences / offenders
**   reappearances, reappearing_offenders            (R22)
**   violent_sexual_, serious_acquisitive_reoffences, _reoffenders   by the flags of R30
**   serious_reoffences, serious_reoffenders         by the reconstructed serious list
**   unclassified_reoffences  re-offences with an unknown group or flag (R29)
**   previous_offences        offences proven before the index date, summed over offenders
**
** With a model (R32), scored in the same pass; NULL without one, by months_to_reoffence (groups
** that are made by what is predicted) and, but for the two counts, where nobody has a probability:
**
**   predicted                mean probability of those who have one
**   expected                 sum of their probabilities: the re-offenders to be expected
**   expected_variance        sum of p (1 - p): the variance of the number of re-offenders
**   scored_offenders         offenders with a probability; the others are in neither sum
**   scored_reoffenders       re-offenders among them
**   excess                   actual less predicted: scored_reoffenders / scored_offenders -
**                            predicted. Where everyone is scored, proportion - predicted
**   base_proportion          base-year actual of the models that score the group (expectation.h)
**   adjusted                 excess + base_proportion
**   adjusted_low, _high      its 95 % limits, by the variance of the number of re-offenders alone
**
** Constraints on window_start and on breakdowns are used while counting. A NULL argument gives no
** rows. The whole answer is worked out in one pass before the first row.
*/
#ifndef REOFFEND_VT_RATES_H
#define REOFFEND_VT_RATES_H

#include "glue.h"

extern const glue_module vt_rates;

#endif
