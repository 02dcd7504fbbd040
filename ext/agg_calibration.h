/* agg_calibration.h - logit_auc, logit_brier, logit_unseen: predictions beside outcomes (R32).
**
**   logit_auc(y, p)                                 area under the ROC curve, 0..1
**   logit_auc_low / logit_auc_high(y, p [, level])  its DeLong limits (calibration.h)
**   logit_brier(y, p)                               mean of (p - y)^2
**   logit_unseen(model, x1, x2, …)                  rows with a level the model has not seen
**
** 1. y is 0 or 1. For logit_brier p is a probability, for logit_auc any finite score. Rows with a
**    NULL are left out.
** 2. NULL where there is nothing to say: no row; for the AUC not both outcomes, for its limits not
**    two of each.
** 3. logit_unseen counts what logit_predict gives NULL for though no argument is NULL; it takes the
**    arguments of logit_predict (fn_logit.h). 0 without rows.
** 4. Memory of the AUC: 16 bytes a row. level is 0.95 unless given.
*/
#ifndef REOFFEND_AGG_CALIBRATION_H
#define REOFFEND_AGG_CALIBRATION_H

#include "glue.h"

extern const glue_function agg_calibration[];

#endif
