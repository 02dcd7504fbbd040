/* vt_survival.h - rate_survival_steps(curve [, level]): a Kaplan-Meier curve as a table.
**
** One row for each time at which somebody re-offended or went out of sight, in order:
** time, at_risk, events, censored, survival (share not yet re-offending), proportion
** (1 - survival), std_error (Greenwood's), low and high (limits of survival, log type; level 0.95
** when left out). Where survival is 0, std_error, low and high are NULL. A NULL curve gives no
** rows; a text not made by rate_survival() is an error.
*/
#ifndef REOFFEND_VT_SURVIVAL_H
#define REOFFEND_VT_SURVIVAL_H

#include "glue.h"

extern const glue_module vt_survival;

#endif
