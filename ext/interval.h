/* interval.h - confidence intervals for proportions, differences and ratios.
**
** A proportion is x of n, 0 <= x <= n, n >= 1, both whole. A level is the coverage, 0 < level < 1
** (0.95). Everything here is two-sided with equal tails. All take n up to INTERVAL_COUNT_LIMIT.
**
** 1. Wilson score (Wilson 1927): holds its coverage near 0 and 1, where re-offending by small
**    groups lies.
** 2. Exact (Clopper and Pearson 1934): never covers less than the level; wider.
** 3. Difference of two proportions: Newcombe 1998, method 10, from the two Wilson intervals.
** 4. Ratio of an actual count to an expected one: the count is taken as Poisson and its exact
**    (Garwood 1936) limits are divided by the expected count. A sum of re-offenders varies less
**    than that, so the limits are on the safe side.
** 5. Funnel limits: the proportions that a group of n offenders with the target rate would pass
**    only by chance. Exact binomial with the interpolation of Spiegelhalter 2005 (A.1.1) between
**    the two neighbouring counts, so that the limits are smooth in n; held to 0..1.
** 6. Over-dispersion: the mean square of the z scores of all groups against the target, after
**    the most extreme tenth at each end is drawn in to the next value (winsorised); 1 when the
**    groups vary as chance alone would have them, 2 when their variance is double that.
** 7. Directly standardised rate: weights of a standard population over strata; Wilson limits at
**    the effective number, the n at which one proportion would have the same variance.
** 8. Adjusted rate (R32): actual - predicted + base-year actual. Given the predictions, the actual
**    number varies with the variance sum(p(1-p)); the limits are normal with that variance.
**
** Accuracy: 1e-12 relative or better; densities by Loader's saddle-point form, tails by continued
** fractions, quantiles by safeguarded Newton steps. No table, no randomness, no state.
*/
#ifndef REOFFEND_INTERVAL_H
#define REOFFEND_INTERVAL_H

#include <stddef.h>
#include <stdint.h>

#define INTERVAL_COUNT_LIMIT INT64_C(1000000000)

typedef struct interval {
    double low;
    double high;
} interval;

interval interval_wilson(int64_t x, int64_t n, double level);
interval interval_exact(int64_t x, int64_t n, double level);

/* x1/n1 - x2/n2, from -1 to 1. */
interval interval_difference(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double level);

/* actual/expected; expected > 0. */
interval interval_ratio(int64_t actual, double expected, double level);

/* Note 8. `predicted` and `base` are proportions, `variance` is sum(p(1-p)) over the n offenders.
** The rate is no probability: it may leave 0..1. */
double interval_adjusted_rate(int64_t x, int64_t n, double predicted, double base);
interval interval_adjusted(double rate, int64_t n, double variance, double level);

/* -1: the first proportion is lower, 1: higher, 0: note 3's interval holds 0. */
int interval_compare(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double level);

/* Proportions; 0 < target < 1. */
interval interval_funnel(double target, int64_t n, double level);

/* One stratum's part of note 7. n >= 1, weight >= 0. */
typedef struct interval_standard {
    double weight;   /* sum of weights */
    double rate;     /* sum of weight * x/n */
    double variance; /* sum of weight^2 * p(1-p)/n */
    double pooled;   /* sum of weight^2 / n */
} interval_standard;
void interval_standard_add(interval_standard *sum, int64_t x, int64_t n, double weight);
/* sum.weight > 0 */
double interval_standard_rate(const interval_standard *sum);
interval interval_standard_limits(const interval_standard *sum, double level);

/* How far x of n lies from the target, in standard errors of the target. */
double interval_z(int64_t x, int64_t n, double target);
/* Note 6. Sorts the scores in place. count >= 1; share is the part drawn in at each end, < 0.5. */
double interval_overdispersion(double *z, size_t count, double share);

/* The standard normal: value with the probability `p` below it, 0 < p < 1, and its inverse. */
double interval_normal_quantile(double p);
double interval_normal_below(double z);

/* P(X <= x) for X binomial(n, p). x < 0 gives 0. */
double interval_binomial_below(int64_t x, int64_t n, double p);

#endif
