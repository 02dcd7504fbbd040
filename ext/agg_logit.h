/* agg_logit.h - logit_fit: logistic regression as an SQL aggregate (R32).
**
**   logit_fit(y, x1, x2, …)              one row, one case
**   logit_fit_weighted(w, y, x1, x2, …)  one row counts as w cases
**
** 1. y is 0 or 1. An x that is a number is a covariate, a text is a factor whose first level in
**    sorted order is the reference; join two columns with || for an interaction of factors. Up to
**    120 x's and 1,500 terms; no x: the intercept alone.
** 2. A row with a NULL, or with w = 0, is left out and counted in `dropped`. w is positive.
** 3. The result is the model as JSON text (logit_model.h); no row at all gives NULL.
** 4. Trouble is reported in `warnings`, `converged` and each term's `state`, not as an error:
**    aliased columns, separation.
**
**   SELECT json_extract(logit_fit(reoffended, age, sex), '$.terms[1].estimate') FROM cohort;
**
** For grouped counts give two rows with weights: (reoffenders, 1, …), (offenders - reoffenders, 0,
** …). Memory: 1, 2 or 8 bytes a row and column, and two squares of the number of terms.
*/
#ifndef REOFFEND_AGG_LOGIT_H
#define REOFFEND_AGG_LOGIT_H

#include "glue.h"

extern const glue_function agg_logit[];

#endif
