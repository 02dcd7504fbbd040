/* survival.h - time to the first re-offence with incomplete follow-up (Kaplan and Meier 1958).
**
** A person is watched for `time` (any unit, 0 or more) and then either re-offends (event) or is
** lost from sight (censored: the extract ends, the follow-up is over).
**
** 1. At each time: at_risk = people watched up to it, events and censorings at that very time;
**    who is censored at the time of an event was still at risk of it.
** 2. survival = product of (1 - events / at_risk) so far: the share not yet re-offending.
** 3. std_error = survival * sqrt(sum of events / (at_risk * (at_risk - events))) (Greenwood).
** 4. Limits are of log type: exp(log(survival) -/+ z * std_error / survival), at most 1, as R's
**    survfit gives. Where survival is 0 there is neither error nor limit.
** 5. When nobody is censored before a time, 1 - survival there is the plain share of people with
**    an event by then.
*/
#ifndef REOFFEND_SURVIVAL_H
#define REOFFEND_SURVIVAL_H

#include "json.h"
#include "memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct survival_step {
    double time;
    int64_t events;
    int64_t censored;
} survival_step;

/* A person or, after survival_sort, all people of one time. */
typedef struct survival_curve {
    const memory *from;
    survival_step *steps;
    size_t count;
    size_t capacity;
} survival_curve;

/* Start with {.from = memory}. False: no memory. */
bool survival_add(survival_curve *curve, double time, bool event);
/* Sorts by time and joins equal times. */
void survival_sort(survival_curve *curve);
void survival_free(survival_curve *curve);

typedef struct survival_estimate {
    double survival;  /* 0..1 */
    double std_error; /* notes 3 and 4; undefined when survival is 0 */
    double low;
    double high;
} survival_estimate;

/* Walks a sorted curve; start with survival_walk_from. */
typedef struct survival_walk {
    const survival_curve *curve;
    size_t step;
    int64_t at_risk; /* at curve->steps[step] */
    double survival; /* after that step */
    double variance; /* Greenwood's sum after that step */
} survival_walk;

survival_walk survival_walk_from(const survival_curve *curve);
/* False: past the end; pure otherwise. */
bool survival_walk_here(const survival_walk *walk, double level, survival_estimate *estimate);
void survival_walk_on(survival_walk *walk);

/* The curve as text and back: {"survival":1,"steps":[[time,events,censored],…]}. False: no memory,
** or no such text; then there is nothing to free. */
bool survival_write(const survival_curve *curve, json_text *text);
bool survival_read(survival_curve *curve, const memory *from, const char *bytes, size_t length);

#endif
