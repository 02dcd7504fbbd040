/* fn_logit.h - logit_predict(model, x1, x2, …): the probability a fitted model gives a case.
**
** 1. `model` is the text logit_fit gave; the x's stand in the order and of the kinds of the fit.
** 2. The answer is a probability 0..1. NULL for a NULL argument, and for a factor level the model
**    has not seen: logit_unseen counts these (agg_calibration.h).
** 3. Another number of x's, a number for a factor or the other way round, or a text that is no
**    model, is an error.
** 4. A model is read once, and again only where the text differs from that of the row before.
*/
#ifndef REOFFEND_FN_LOGIT_H
#define REOFFEND_FN_LOGIT_H

#include "glue.h"

extern const glue_function fn_logit[];

#endif
