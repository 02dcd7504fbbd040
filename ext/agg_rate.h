/* agg_rate.h - rate_* SQL aggregates over interval.h.
**
**   rate_standardised(x, n, weight)                      directly standardised rate
**   rate_standardised_low / _high(x, n, weight [, level])
**   rate_overdispersion(x, n, target)                    variance against chance alone
**
** 1. One row is one stratum (standardised) or one group (overdispersion): x of n, as in
**    fn_rate.h. weight is the stratum's share of the standard population, any scale, >= 0.
** 2. Rows with a NULL are left out. No row, or weights that sum to 0, gives NULL.
** 3. A stratum of positive weight without anybody (n = 0) has no rate: the result is NULL. For
**    overdispersion such a group is left out.
** 4. The over-dispersion factor is the mean square of the groups' z scores, the most extreme tenth
**    at each end drawn in (Spiegelhalter 2005). Above 1: multiply a funnel's distance from the
**    target by its square root.
**
**   SELECT rate_standardised(column1, column2, column3) FROM (VALUES (10, 50, 1), (40, 50, 3));
**   -- 0.65
*/
#ifndef REOFFEND_AGG_RATE_H
#define REOFFEND_AGG_RATE_H

#include "glue.h"

extern const glue_function agg_rate[];

#endif
