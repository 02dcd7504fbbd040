/* glue_logit.h - SQL values as values of a regression. */
#ifndef REOFFEND_GLUE_LOGIT_H
#define REOFFEND_GLUE_LOGIT_H

#include "glue.h"
#include "logit_model.h"

/* Reads x1, x2, … from argv: numbers are covariates, texts are factors. Sets the context's error
** and returns false on a blob or a number that is not finite. No NULL may be among them. */
bool glue_logit_values(sqlite3_context *context, int count, sqlite3_value **argv,
                       logit_value *values);

#endif
