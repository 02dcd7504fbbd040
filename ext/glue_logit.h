/* glue_logit.h - SQL values as values of a regression. */
#ifndef REOFFEND_GLUE_LOGIT_H
#define REOFFEND_GLUE_LOGIT_H

#include "glue.h"
#include "logit_model.h"

/* Reads x1, x2, … from argv: numbers are covariates, texts are factors. Sets the context's error
** and returns false on a blob or a number that is not finite. No NULL may be among them. */
bool glue_logit_values(sqlite3_context *context, int count, sqlite3_value **argv,
                       logit_value *values);

/* The model read last, kept while the next row gives the same text. Starts as zeros. */
typedef struct glue_logit_cache {
    char *text;
    size_t length;
    logit_model model;
} glue_logit_cache;

/* The model of a text; NULL with the context's error set. */
const logit_model *glue_logit_cached(sqlite3_context *context, glue_logit_cache *cache,
                                     sqlite3_value *text);
void glue_logit_forget(glue_logit_cache *cache);

typedef enum glue_logit_answer {
    GLUE_LOGIT_PREDICTED,
    GLUE_LOGIT_UNSEEN, /* a level the model has not seen */
    GLUE_LOGIT_ERROR   /* the context's error is set */
} glue_logit_answer;

/* The probability of one case, none of whose values is NULL. */
glue_logit_answer glue_logit_predict(sqlite3_context *context, const logit_model *model, int count,
                                     sqlite3_value **x, double *probability);

#endif
