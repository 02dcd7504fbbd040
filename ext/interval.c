#include "interval.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static const double PI = 3.14159265358979323846;
enum { STEPS_LIMIT = 200, FRACTION_LIMIT = 10000000 };

/* --- normal ------------------------------------------------------------------------------- */

double interval_normal_below(double z) {
    return 0.5 * erfc(-z / sqrt(2.0));
}

double interval_normal_quantile(double p) {
    bool upper = p > 0.5;
    double tail = upper ? 1.0 - p : p;
    /* A start good to 0.00045 (Abramowitz and Stegun 26.2.23), then Halley's steps. */
    double t = sqrt(-2.0 * log(tail));
    double z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                         (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for (int step = 0; step < 4; step++) {
        double error = interval_normal_below(z) - tail;
        double newton = error * sqrt(2.0 * PI) * exp(0.5 * z * z);
        z -= newton / (1.0 + 0.5 * z * newton);
    }
    return upper ? -z : z;
}

static double two_sided_z(double level) {
    return -interval_normal_quantile((1.0 - level) / 2.0);
}

/* --- densities after Loader, "Fast and accurate computation of binomial probabilities" ------- */

/* log(n!) minus Stirling's formula for it. */
static double stirling_error(double n) {
    static const double small[] = {0.0,
                                   0.0810614667953272582,
                                   0.0413406959554092941,
                                   0.0276779256849983391,
                                   0.0207906721037650931,
                                   0.0166446911898211922,
                                   0.0138761288230707480,
                                   0.0118967099458917701,
                                   0.0104112652619720965,
                                   0.00925546218271273292,
                                   0.00833056343336287126,
                                   0.00757367548795184079,
                                   0.00694284010720952987,
                                   0.00640899418800420707,
                                   0.00595137011275884774,
                                   0.00555473355196280137};
    if (n < 16.0) return small[(int)n];
    double square = n * n;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - (1.0 / 1188) / square) / square) /
                                        square) /
                           square) /
           n;
}

/* x log(x/mean) + mean - x without cancellation near x = mean. x >= 0, mean > 0. */
static double deviance_part(double x, double mean) {
    if (x <= 0.0) return mean;
    if (fabs(x - mean) >= 0.1 * (x + mean)) return x * log(x / mean) + mean - x;
    double v = (x - mean) / (x + mean);
    double sum = (x - mean) * v, term = 2.0 * x * v;
    for (int j = 1; j < 1000; j++) {
        term *= v * v;
        double next = sum + term / (2 * j + 1);
        if (next == sum) break;
        sum = next;
    }
    return sum;
}

/* P(X = x), X binomial(n, p), with q = 1 - p given apart so that neither loses digits. */
static double binomial_at(double x, double n, double p, double q) {
    if (p <= 0.0) return x <= 0.0 ? 1.0 : 0.0;
    if (q <= 0.0) return x >= n ? 1.0 : 0.0;
    if (x <= 0.0) return exp(p < 0.1 ? n * log1p(-p) : n * log(q));
    if (x >= n) return exp(q < 0.1 ? n * log1p(-q) : n * log(p));
    double log_part = stirling_error(n) - stirling_error(x) - stirling_error(n - x) -
                      deviance_part(x, n * p) - deviance_part(n - x, n * q);
    return exp(log_part) * sqrt(n / (2.0 * PI * x * (n - x)));
}

/* P(X = x), X Poisson(mean), x whole >= 0. */
static double poisson_at(double x, double mean) {
    if (x <= 0.0) return exp(-mean);
    return exp(-stirling_error(x) - deviance_part(x, mean)) / sqrt(2.0 * PI * x);
}

/* --- tails ----------------------------------------------------------------------------------- */

static double away_from_zero(double value) {
    static const double tiny = 1e-300;
    return fabs(value) < tiny ? tiny : value;
}

/* The continued fraction of the incomplete beta function by Lentz's method. */
static double beta_fraction(double a, double b, double p) {
    double c = 1.0, d = 1.0 / away_from_zero(1.0 - (a + b) * p / (a + 1.0)), whole = d;
    for (int m = 1; m < FRACTION_LIMIT; m++) {
        double even = m * (b - m) * p / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        whole *= d * c;
        double odd = -(a + m) * (a + b + m) * p / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        whole *= d * c;
        if (fabs(d * c - 1.0) < 1e-16) break;
    }
    return whole;
}

/* P(X >= x), X binomial(n, p), 1 <= x <= n. */
static double binomial_from(double x, double n, double p) {
    if (p <= 0.0) return 0.0;
    if (p >= 1.0) return 1.0;
    double a = x, b = n - x + 1.0, q = 1.0 - p;
    if (p <= (a + 1.0) / (a + b + 2.0)) return binomial_at(x, n, p, q) * q * beta_fraction(a, b, p);
    return 1.0 - binomial_at(x - 1.0, n, p, q) * p * beta_fraction(b, a, q);
}

double interval_binomial_below(int64_t x, int64_t n, double p) {
    if (x < 0) return 0.0;
    if (x >= n) return 1.0;
    /* the tail of the failures: X <= x is n - X >= n - x */
    return binomial_from((double)(n - x), (double)n, 1.0 - p);
}

/* P(X >= x), X Poisson(mean), x >= 1: the incomplete gamma function. */
static double poisson_from(double x, double mean) {
    if (mean <= 0.0) return 0.0;
    if (mean < x + 1.0) {
        double term = 1.0, sum = 1.0;
        for (int j = 1; j < FRACTION_LIMIT && term > sum * 1e-17; j++) {
            term *= mean / (x + j);
            sum += term;
        }
        return poisson_at(x, mean) * sum;
    }
    double b = mean + 1.0 - x, c = 1e300, d = 1.0 / away_from_zero(b), whole = d;
    for (int j = 1; j < FRACTION_LIMIT; j++) {
        double an = -j * (j - x);
        b += 2.0;
        d = 1.0 / away_from_zero(an * d + b);
        c = away_from_zero(b + an / c);
        whole *= d * c;
        if (fabs(d * c - 1.0) < 1e-16) break;
    }
    return 1.0 - poisson_at(x, mean) * x * whole;
}

/* --- roots ----------------------------------------------------------------------------------- */

/* A rising curve: its value and slope at a point. */
typedef struct curve {
    double (*value)(const struct curve *, double);
    double (*slope)(const struct curve *, double);
    double x;
    double n;
} curve;

/* Where the curve reaches `target` between low and high: Newton's step, bisection when it leaves
** the bracket. */
static double solve(const curve *rising, double target, double low, double high, double start) {
    double at = start > low && start < high ? start : 0.5 * (low + high);
    for (int step = 0; step < STEPS_LIMIT; step++) {
        double error = rising->value(rising, at) - target;
        if (error == 0.0) break;
        if (error > 0.0) {
            high = at;
        } else {
            low = at;
        }
        double next = at - error / rising->slope(rising, at);
        if (!(next > low && next < high)) next = 0.5 * (low + high);
        bool done = fabs(next - at) <= 4e-16 * fabs(next);
        at = next;
        if (done) break;
    }
    return at;
}

static double binomial_value(const curve *of, double p) {
    return binomial_from(of->x, of->n, p);
}

static double binomial_slope(const curve *of, double p) {
    return binomial_at(of->x, of->n, p, 1.0 - p) * of->x / p;
}

static double poisson_value(const curve *of, double mean) {
    return poisson_from(of->x, mean);
}

static double poisson_slope(const curve *of, double mean) {
    return poisson_at(of->x - 1.0, mean);
}

/* --- intervals ------------------------------------------------------------------------------- */

/* Score limits of a proportion p at an effective number n that need not be whole. */
static interval score_limits(double p, double n, double level) {
    double z = two_sided_z(level), square = z * z;
    double middle = p + square / (2.0 * n);
    double half = z * sqrt(p * (1.0 - p) / n + square / (4.0 * n * n));
    double scale = 1.0 + square / n;
    interval limits = {(middle - half) / scale, (middle + half) / scale};
    if (p <= 0.0 || limits.low < 0.0) limits.low = 0.0;
    if (p >= 1.0 || limits.high > 1.0) limits.high = 1.0;
    return limits;
}

interval interval_wilson(int64_t x, int64_t n, double level) {
    double p = x == n ? 1.0 : (double)x / (double)n;
    return score_limits(p, (double)n, level);
}

interval interval_exact(int64_t x, int64_t n, double level) {
    double tail = (1.0 - level) / 2.0;
    interval start = interval_wilson(x, n, level), limits = {0.0, 1.0};
    curve of = {binomial_value, binomial_slope, (double)x, (double)n};
    if (x > 0) limits.low = solve(&of, tail, 0.0, 1.0, start.low);
    if (x < n) {
        of.x = (double)(n - x);
        limits.high = 1.0 - solve(&of, tail, 0.0, 1.0, 1.0 - start.high);
    }
    return limits;
}

interval interval_difference(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double level) {
    interval a = interval_wilson(x1, n1, level), b = interval_wilson(x2, n2, level);
    double p1 = (double)x1 / (double)n1, p2 = (double)x2 / (double)n2, gap = p1 - p2;
    return (interval){gap - hypot(p1 - a.low, b.high - p2), gap + hypot(a.high - p1, p2 - b.low)};
}

int interval_compare(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double level) {
    interval gap = interval_difference(x1, n1, x2, n2, level);
    return (gap.low > 0.0) - (gap.high < 0.0);
}

double interval_adjusted_rate(int64_t x, int64_t n, double predicted, double base) {
    return (double)x / (double)n - predicted + base;
}

interval interval_adjusted(double rate, int64_t n, double variance, double level) {
    double half = two_sided_z(level) * sqrt(variance) / (double)n;
    return (interval){rate - half, rate + half};
}

interval interval_ratio(int64_t actual, double expected, double level) {
    double tail = (1.0 - level) / 2.0, z = two_sided_z(level);
    double low = 0.0, far = 30.0 + 4.0 * (double)actual + 4.0 * z * z;
    curve of = {poisson_value, poisson_slope, (double)actual, 0.0};
    if (actual > 0) low = solve(&of, tail, 0.0, far, (double)actual);
    of.x = (double)actual + 1.0;
    double high = solve(&of, 1.0 - tail, 0.0, far, (double)actual + 1.0 + z * sqrt(of.x));
    return (interval){low / expected, high / expected};
}

/* The interpolated count with probability p at or below it (note 5). */
static double funnel_count(double p, int64_t n, double target) {
    int64_t low = 0, high = n; /* the smallest count whose share reaches p */
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (interval_binomial_below(middle, n, target) >= p) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    double reached = interval_binomial_below(low, n, target);
    double before = interval_binomial_below(low - 1, n, target);
    return (double)low - (reached > before ? (reached - p) / (reached - before) : 0.0);
}

interval interval_funnel(double target, int64_t n, double level) {
    double tail = (1.0 - level) / 2.0;
    double low = funnel_count(tail, n, target) / (double)n;
    double high = funnel_count(1.0 - tail, n, target) / (double)n;
    return (interval){fmax(0.0, low), fmin(1.0, fmax(0.0, high))};
}

/* --- standardised rates and over-dispersion --------------------------------------------------- */

void interval_standard_add(interval_standard *sum, int64_t x, int64_t n, double weight) {
    double size = (double)n, p = (double)x / size;
    sum->weight += weight;
    sum->rate += weight * p;
    sum->variance += weight * weight * p * (1.0 - p) / size;
    sum->pooled += weight * weight / size;
}

double interval_standard_rate(const interval_standard *sum) {
    return sum->rate / sum->weight;
}

interval interval_standard_limits(const interval_standard *sum, double level) {
    double p = interval_standard_rate(sum), square = sum->weight * sum->weight;
    double number = square / sum->pooled;
    if (sum->variance > 0.0) number = p * (1.0 - p) * square / sum->variance;
    return score_limits(p, number, level);
}

double interval_z(int64_t x, int64_t n, double target) {
    double size = (double)n;
    return ((double)x / size - target) / sqrt(target * (1.0 - target) / size);
}

static int compare_scores(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double interval_overdispersion(double *z, size_t count, double share) {
    size_t cut = (size_t)(share * (double)count + 1e-9);
    if (2 * cut >= count) cut = (count - 1) / 2;
    qsort(z, count, sizeof *z, compare_scores);
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        double drawn = i < cut ? z[cut] : i >= count - cut ? z[count - cut - 1] : z[i];
        sum += drawn * drawn;
    }
    return sum / (double)count;
}
