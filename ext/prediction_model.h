/* prediction_model.h - what a logistic model's x's are of a member of the cohort (R32).
**
** A fit (logit_model.h) knows its variables as x1, x2, …; here each is given a covariate, in order:
**
** 1. A factor is the name of a breakdown of the index event (area_code, age_band, sex, ethnicity,
**    index_kind, index_disposal, index_offence_group, sentence_band, previous_offences_band). Its
**    levels are the labels; 'unknown' stands for NULL.
** 2. Up to PREDICTION_PARTS factors joined by * are one factor, whose levels are the labels joined
**    by * in the same order: '18-20*M'.
** 3. A number is age, previous_offences, ln_previous_offences (ln(1 + previous_offences)),
**    previous_sanctions, previous_custody, copas_rate or ogrs3_score (ogrs3.h, note 7).
** 4. A level may have been pooled: fitted under the name of another one of its factor.
*/
#ifndef REOFFEND_PREDICTION_MODEL_H
#define REOFFEND_PREDICTION_MODEL_H

#include "breakdown.h"
#include "logit_model.h"

enum { PREDICTION_PARTS = 3, PREDICTION_FACTORS = 12 };

typedef enum prediction_number {
    PREDICTION_AGE,
    PREDICTION_PREVIOUS_OFFENCES,
    PREDICTION_LN_PREVIOUS_OFFENCES,
    PREDICTION_PREVIOUS_SANCTIONS,
    PREDICTION_PREVIOUS_CUSTODY,
    PREDICTION_COPAS_RATE,
    PREDICTION_OGRS3_SCORE,
    PREDICTION_NUMBERS
} prediction_number;

typedef struct prediction_factor {
    breakdown parts[PREDICTION_PARTS];
    int part_count;
    int variable;        /* of the fit */
    breakdown_plan plan; /* of the parts: its key is the place in `coefficients` */
    double *coefficients; /* NAN: a level that was not there at the fit */
} prediction_factor;

/* Note 4: `level` of a variable of the fit was fitted as `into`. */
typedef struct prediction_pooled {
    int variable; /* from 0 */
    char *level, *into;
    size_t level_length, into_length;
} prediction_pooled;

typedef struct prediction_model {
    bool given;
    logit_model fit;
    prediction_factor factors[PREDICTION_FACTORS];
    int factor_count;
    double slope[PREDICTION_NUMBERS]; /* 0: not in the model */
    prediction_pooled *pooled;        /* until the coefficients are laid out */
    size_t pooled_count, pooled_capacity;
} prediction_model;

typedef enum prediction_result {
    PREDICTION_MADE,
    PREDICTION_NO_MEMORY,
    PREDICTION_WRONG /* the problem says what is wrong with the text */
} prediction_result;

/* What is wrong with a model text, as the end of a sentence that names it. */
typedef struct prediction_problem {
    char text[200];
} prediction_problem;

/* One model as its text says it: JSON slices and a list of names. */
typedef struct prediction_source {
    const char *covariates, *fit, *pooled; /* pooled NULL: none */
    size_t covariates_length, fit_length, pooled_length;
} prediction_source;

/* Reads one model. Whatever the result, it waits for prediction_model_free. */
prediction_result prediction_model_read(prediction_model *made, const memory *from,
                                        const prediction_source *source,
                                        prediction_problem *problem);
void prediction_model_free(prediction_model *freed, const memory *from);

/* Lays out a table of coefficients for each factor, by the codes of a history. The codebook must
** stay as long as the model. */
prediction_result prediction_model_lay_out(prediction_model *model, const memory *from,
                                           codebook *book, prediction_problem *problem);

/* The breakdowns and numbers that are covariates. */
breakdown_set prediction_model_factors(const prediction_model *model);
bool prediction_model_reads_record(const prediction_model *model);

/* Says what is wrong, printf-like; returns PREDICTION_WRONG. */
prediction_result prediction_wrong(prediction_problem *problem, const char *format, ...);

#endif
