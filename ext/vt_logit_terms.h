/* vt_logit_terms.h - logit_terms(model [, names]): a fitted model as a table.
**
**   SELECT term, estimate, std_error, z, p, odds_ratio, state
**     FROM logit_terms((SELECT model FROM prediction_model WHERE age_group = 'adult'), 'age,sex');
**
** One row a term, in the model's order. `names` are the variables' own names joined by commas;
** without it they are x1, x2, …. z is estimate / std_error, p its two-sided probability under the
** standard normal, odds_ratio exp(estimate). An aliased term has NULL for all of them. A NULL model
** gives no rows; a text that is no model is an error.
*/
#ifndef REOFFEND_VT_LOGIT_TERMS_H
#define REOFFEND_VT_LOGIT_TERMS_H

#include "glue.h"

extern const glue_module vt_logit_terms;

#endif
