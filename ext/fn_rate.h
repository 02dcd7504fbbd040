/* fn_rate.h - rate_* SQL scalars over interval.h: how sure a rate is, and whether two differ.
**
**   rate_wilson_low / _high(x, n [, level])                 proportion, score limits
**   rate_exact_low / _high(x, n [, level])                  proportion, Clopper-Pearson limits
**   rate_difference_low / _high(x1, n1, x2, n2 [, level])   x1/n1 - x2/n2, Newcombe's limits
**   rate_compare(x1, n1, x2, n2 [, level])                  'higher than', 'lower than' or
**                                                           'no clear difference'
**   rate_ratio_low / _high(actual, expected [, level])      actual/expected, exact Poisson limits
**   rate_funnel_low / _high(target, n [, level])            funnel limits, interpolated binomial
**   rate_adjusted(x, n, predicted, base)                    x/n - predicted + base (R32)
**   rate_adjusted_low / _high(x, n, predicted, base, variance [, level])
**
** 1. x of n are counts, whole, 0 <= x <= n <= 1,000,000,000. n = 0 gives NULL: no rate, not 0.
** 2. level is the coverage, above 0 and below 1; 0.95 when left out.
** 3. expected is a number above 0; 0 gives NULL. target is above 0 and below 1.
** 4. predicted and base are proportions 0..1, variance is SUM(p * (1 - p)) of the offenders'
**    predicted probabilities.
** 5. NULL in, NULL out. A count that is not whole, x above n or a level outside is an error.
**
**   SELECT rate_compare(30, 100, 45, 100);    -- 'lower than'
*/
#ifndef REOFFEND_FN_RATE_H
#define REOFFEND_FN_RATE_H

#include "glue.h"

extern const glue_function fn_rate[];

#endif
