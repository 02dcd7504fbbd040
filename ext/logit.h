/* logit.h - logistic regression by maximum likelihood (rule R32).
**
** 1. Newton's method (which for this model is iteratively reweighted least squares). Numbers are
**    centred and scaled for the work, so that the Cholesky factors stay accurate; what is reported
**    is on the scale given. A step that makes the fit worse is halved.
** 2. A column that follows from earlier ones is dropped, later before earlier, as R does: the
**    part of its (centred) squares that the earlier columns do not explain is below 1e-12.
** 3. Separation (some covariate tells outcomes apart without fail): no finite estimate exists. It
**    shows when the fit has stopped improving while some estimates keep moving; those terms are
**    reported as unbounded, with the values reached, and `converged` is false. Never more than
**    LOGIT_ITERATIONS_LIMIT iterations.
** 4. Start and end are those of R's glm with epsilon 1e-14: settled when the deviance changes by
**    less than 1e-14 of itself, or the estimates by rounding only; standard errors are those of
**    the information the last step was taken with. So the figures are R's to about 1e-12.
** 5. Weights count a row as so many equal rows. AIC is the deviance plus twice the rank.
** 6. With an intercept, the mean prediction equals the share of events, over all rows and over the
**    rows of each level of each factor (by construction of the maximum).
**
** Memory: two square matrices of the number of terms, beside the rows themselves.
*/
#ifndef REOFFEND_LOGIT_H
#define REOFFEND_LOGIT_H

#include "logit_model.h"

enum { LOGIT_ITERATIONS_LIMIT = 100 };

/* Fits the rows (one at least). On anything but LOGIT_OK there is nothing to free. */
logit_status logit_fit(logit_model *model, const logit_rows *rows);

#endif
