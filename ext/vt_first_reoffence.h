/* vt_first_reoffence.h - reoffend_survival(history, window_start [, level, options]): the time to
** the first re-offence of a window's cohort; of a window that is not final, an early estimate.
**
** A Kaplan-Meier curve (survival.h) in days from the index event, one row for each day on which
** somebody re-offended or went out of sight: time, at_risk, events, censored, survival (share not
** yet re-offending), proportion (1 - survival), std_error (Greenwood's), low and high (limits of
** survival, log type; level 0.95 when left out), complete (R16).
**
** 1. Somebody is watched to the end of the follow-up (R13), or to the last day whose offences have
**    had the wait for proof by the extract date, if that is earlier. A later re-offence is not
**    looked at: others of that day may still be proven. Who is not watched for a day is left out.
** 2. Re-offences are those of reoffend_cohort. An offence early in the follow-up has longer to be
**    proven in a final window than here, so an early estimate is, if anything, low.
** 3. A follow-up of 12 months has 365 or 366 days. Who was watched to its end without a re-offence
**    stays at risk to the end of the longest: that ends the measure, nobody is lost from sight.
** 4. So in a final window proportion is the plain share who re-offended by that day: re-offenders
**    so far / offenders.
*/
#ifndef REOFFEND_VT_FIRST_REOFFENCE_H
#define REOFFEND_VT_FIRST_REOFFENCE_H

#include "glue.h"

extern const glue_module vt_first_reoffence;

#endif
