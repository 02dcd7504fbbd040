/* prediction.h - the probability a stored model gives an offender of re-offending (R32).
**
** A prediction is made of one text that holds all models of a publication:
**
**   {"reoffend_model":1,"models":[
**     {"age_group":"adult","covariates":"age_band*sex,index_kind,copas_rate",
**      "pooled":[{"variable":1,"level":"45-49*F","into":"40-44*F"}],"fit":{…}},
**     {"age_group":"juvenile","covariates":…,"fit":{…}},
**     {"age_group":"adult","subcohort":"ppo","covariates":…,"fit":{…}}]}
**
** 1. `fit` is a model as logit_fit writes it (logit_model.h), `covariates` says what its x's were
**    (prediction_model.h), `pooled` which levels were fitted as another one. Members it does not
**    know are passed over.
** 2. Models without a sub-cohort are for everyone. A sub-cohort with models of its own is scored by
**    these where people are counted as its members, and by these only.
** 3. Who is in neither age group, or in one without a model, or has a level that was not there at
**    the fit, or lacks an OGRS3 score that is a covariate, has no probability: NAN. Nothing is
**    guessed; it is for the caller to count them.
** 4. Every factor becomes a table of coefficients by its breakdown key, so a score costs one look
**    into a table for each factor, one product for each number, and one exp.
** 5. The base-year actual of a model is the share of re-offenders among those it was fitted on.
*/
#ifndef REOFFEND_PREDICTION_H
#define REOFFEND_PREDICTION_H

#include "band.h"
#include "prediction_model.h"

enum { PREDICTION_SETS = 32, PREDICTION_LOGARITHMS = 512 };

/* The models of everyone, or of one sub-cohort. */
typedef struct prediction_set {
    char *subcohort; /* NULL: everyone */
    size_t subcohort_length;
    uint32_t code;                          /* of the sub-cohort in the history; 0: not there */
    prediction_model model[AGE_GROUPS + 1]; /* by age group (band.h); [0] is never given */
} prediction_set;

typedef struct prediction {
    const memory *from;
    prediction_set *sets; /* sets[0]: everyone */
    size_t set_count, set_capacity;
    const codebook *book;
    bool with_record;    /* a covariate looks at what is on record before */
    bool with_described; /* a covariate reads a block's second part (history_block.h) */
    double logarithm[PREDICTION_LOGARITHMS]; /* of 0 (unused), 1, 2, … */
} prediction;

/* Reads the text and lays out its tables for the codes of a history. The codebook must stay as long
** as the prediction, which waits for prediction_free whatever the result. */
prediction_result prediction_make(prediction *made, const memory *from, codebook *book,
                                  const char *text, size_t length, prediction_problem *problem);
void prediction_free(prediction *freed);

/* The set that scores the members of a sub-cohort; code 0: of everyone. */
const prediction_set *prediction_set_of(const prediction *by, uint32_t subcohort);

/* Probability 0..1, or NAN (note 3). `before` may be empty when with_record is false. False: the
** block names a code that is not in the dictionary. */
bool prediction_score(const prediction *by, const prediction_set *set,
                      const breakdown_facts *facts, const criminal_history *before,
                      double *probability);

/* The base-year actual of an age group's model; of both together for age group 0. NAN: none. */
double prediction_base(const prediction_set *set, int age_group);

#endif
