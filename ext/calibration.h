/* calibration.h - how well predicted probabilities tell outcomes apart, and how close they are.
**
** 1. AUC, the area under the ROC curve: of all pairs of one with the outcome and one without, the
**    share in which the first has the higher score, a tie being half. 0.5 is chance, 1 perfect.
** 2. Its variance is that of DeLong, DeLong and Clarke-Pearson (Biometrics 1988; 44: 837-845),
**    found by ranks (Sun and Xu, IEEE Signal Processing Letters 2014; 21: 1389-1393): one sort
**    where the definition compares every pair. The limits are normal and held to 0..1.
** 3. Brier score (Brier, Monthly Weather Review 1950; 78: 1-3): the mean of (p - y)^2, y being 1 or
**    0. Lower is better; who says the base rate p of everyone gets p (1 - p).
*/
#ifndef REOFFEND_CALIBRATION_H
#define REOFFEND_CALIBRATION_H

#include "interval.h"
#include "memory.h"

#include <stdbool.h>

/* Cases, 16 bytes each. */
typedef struct calibration_case {
    double score;
    bool outcome;
} calibration_case;

typedef struct calibration {
    const memory *from;
    calibration_case *cases;
    size_t count, capacity;
} calibration;

/* score: finite. False: no memory. */
bool calibration_add(calibration *to, bool outcome, double score);
void calibration_free(calibration *freed);

typedef struct calibration_auc {
    double auc;      /* NAN without both outcomes */
    double variance; /* NAN without two of each */
} calibration_auc;

/* Sorts the cases. */
calibration_auc calibration_find_auc(calibration *of);

/* NAN where the variance is. */
interval calibration_limits(const calibration_auc *found, double level);

#endif
