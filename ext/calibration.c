#include "calibration.h"

#include <math.h>
#include <stdlib.h>

bool calibration_add(calibration *to, bool outcome, double score) {
    void *cases = to->cases;
    if (!memory_reserve(to->from, &cases, &to->capacity, to->count + 1, sizeof *to->cases))
        return false;
    to->cases = cases;
    to->cases[to->count++] = (calibration_case){score, outcome};
    return true;
}

void calibration_free(calibration *freed) {
    if (freed->from) memory_free(freed->from, freed->cases);
    *freed = (calibration){.from = freed->from};
}

static int compare(const void *left, const void *right) {
    const calibration_case *a = left, *b = right;
    return (a->score > b->score) - (a->score < b->score);
}

/* Cases of one score, among all in ascending order. */
typedef struct tie {
    size_t end;               /* the first case beyond */
    double with, without;     /* in it */
    double below_with, below; /* before it, with the outcome and without */
} tie;

/* Moves on to the next score; false at the end. */
static bool next_tie(const calibration *of, tie *at) {
    if (at->end == of->count) return false;
    at->below_with += at->with;
    at->below += at->without;
    at->with = at->without = 0.0;
    double score = of->cases[at->end].score;
    while (at->end < of->count && of->cases[at->end].score == score)
        *(of->cases[at->end++].outcome ? &at->with : &at->without) += 1.0;
    return true;
}

/* The share of the others that one of the tie outranks, and of the others that outrank it. */
static double outranks(const tie *at, double without) {
    return (at->below + 0.5 * at->without) / without;
}

static double outranked(const tie *at, double with) {
    return (with - at->below_with - 0.5 * at->with) / with;
}

calibration_auc calibration_find_auc(calibration *of) {
    calibration_auc found = {NAN, NAN};
    double with = 0.0, without, sum = 0.0, spread_with = 0.0, spread_without = 0.0;
    if (of->count == 0) return found;
    qsort(of->cases, of->count, sizeof *of->cases, compare);
    for (size_t i = 0; i < of->count; i++) with += of->cases[i].outcome;
    without = (double)of->count - with;
    if (with < 1.0 || without < 1.0) return found;
    for (tie at = {0}; next_tie(of, &at);) sum += at.with * outranks(&at, without);
    found.auc = sum / with;
    if (with < 2.0 || without < 2.0) return found;
    for (tie at = {0}; next_tie(of, &at);) {
        double away = outranks(&at, without) - found.auc;
        double other = outranked(&at, with) - found.auc;
        spread_with += at.with * away * away;
        spread_without += at.without * other * other;
    }
    found.variance =
        spread_with / (with - 1.0) / with + spread_without / (without - 1.0) / without;
    return found;
}

interval calibration_limits(const calibration_auc *found, double level) {
    if (isnan(found->variance)) return (interval){NAN, NAN};
    double half = interval_normal_quantile(0.5 + level / 2.0) * sqrt(found->variance);
    return (interval){fmax(found->auc - half, 0.0), fmin(found->auc + half, 1.0)};
}
