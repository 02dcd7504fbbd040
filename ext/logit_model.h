/* logit_model.h - a fitted logistic regression: its terms, its text, its predictions.
**
** 1. Terms in order: the intercept, then variable by variable one term for a number and one for
**    each level of a factor but the first in sorted order, which is the reference.
** 2. Names: "(Intercept)", "x1", "x2=level" (variables are numbered from 1), or with names given
**    "age", "sex=F".
** 3. The text is JSON, the same bytes for the same model:
**
**    {"logit":1,"n":432,"events":114,"dropped":0,"weight":432,"deviance":…,"null_deviance":…,
**     "aic":…,"rank":8,"iterations":6,"converged":true,"warnings":[],
**     "terms":[{"term":"(Intercept)","estimate":…,"std_error":…,"state":"fitted"},…],
**     "variables":[{"kind":"number"},{"kind":"factor","levels":["F","M"]},…]}
**
**    `state` is "fitted"; "aliased": the column follows from earlier ones, estimate and std_error
**    are null and it counts 0 in predictions (R reports NA); or "unbounded": the data separate and
**    no finite estimate exists (R's warning "fitted probabilities numerically 0 or 1 occurred").
**    Reading takes members in any order and skips those it does not know.
** 4. A prediction is a probability. A factor level the model has not seen has none.
*/
#ifndef REOFFEND_LOGIT_MODEL_H
#define REOFFEND_LOGIT_MODEL_H

#include "json.h"
#include "logit_rows.h"

enum { LOGIT_TERMS_LIMIT = 1500, LOGIT_VARIABLES_LIMIT = 120 };

typedef enum logit_state { LOGIT_FITTED, LOGIT_ALIASED, LOGIT_UNBOUNDED } logit_state;

typedef struct logit_term {
    double estimate;  /* 0 when aliased */
    double std_error; /* 0 when aliased */
    logit_state state;
    int variable;     /* -1: the intercept */
    size_t level;     /* of a factor: 1 or more */
} logit_term;

typedef struct logit_variable {
    logit_kind kind;
    logit_level *levels; /* of a factor, sorted; levels[0] is the reference */
    size_t level_count;
    int first_term;
} logit_variable;

typedef struct logit_model {
    const memory *from;
    int variable_count;
    logit_variable *variables;
    int term_count;
    logit_term *terms;
    double n; /* rows used */
    double events;
    double dropped;
    double weight; /* sum of weights; n when not weighted */
    double deviance;
    double null_deviance;
    double aic;
    double rank;
    double iterations;
    bool converged;
    bool no_memory; /* of a model that could not be read: for want of memory */
} logit_model;

/* False: no memory, nothing to free. Variables are undecided, terms not there yet. */
bool logit_model_start(logit_model *model, const memory *from, int variable_count);
/* Makes the terms once every variable has its kind and levels. False: no memory. */
bool logit_model_make_terms(logit_model *model);
void logit_model_free(logit_model *model);

/* text->from must be set. False: no memory. */
bool logit_model_write(const logit_model *model, json_text *text);
/* False: not such a text, or no memory (model->no_memory); nothing to free. */
bool logit_model_read(logit_model *model, const memory *from, const char *bytes, size_t length);

/* The name of a term (note 2); `names` are the variables' own names joined by commas, or NULL. */
void logit_model_term_name(const logit_model *model, int term, const char *names, json_text *name);

const char *logit_model_state_name(logit_state state);

typedef struct logit_test {
    double z;          /* estimate / std_error */
    double p;          /* two-sided, standard normal */
    double odds_ratio; /* exp(estimate) */
} logit_test;
logit_test logit_model_test(const logit_term *term);

/* The level's place among the factor's, or level_count when the model has not seen it. */
size_t logit_model_find_level(const logit_variable *variable, const char *text, size_t length);

typedef enum logit_prediction {
    LOGIT_PREDICTED,
    LOGIT_LEVEL_UNKNOWN,
    LOGIT_OTHER_KIND /* a number for a factor or the other way round */
} logit_prediction;

/* Probability 0..1 for one value of each variable; *variable is where it stopped. */
logit_prediction logit_model_predict(const logit_model *model, const logit_value *values,
                                     double *probability, int *variable);

#endif
