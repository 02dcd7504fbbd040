/* random_model.h - random models that predict, as tables of a random case (R32).
**
**   model(model, age_group, subcohort, intercept, n, events)   subcohort NULL: everyone
**   model_covariate(model, variable, covariate, slope)   variable from 1; slope NULL: a factor
**   model_part(model, variable, part, name)                    the factors joined to one, in order
**   model_level(model, variable, level, coefficient)           what was there at the fit
**   model_pooled(model, variable, level, into_level)           what was fitted as another level
**
** Empty: the case has no model. Coefficients have three decimals, so that their text is exact; that
** of a factor's first level is 0. Some labels are left out: whoever has one cannot be scored.
*/
#ifndef REOFFEND_TESTS_RANDOM_MODEL_H
#define REOFFEND_TESTS_RANDOM_MODEL_H

#include <sqlite3.h>

#include "dice.h"

extern const char random_model_shape[]; /* CREATE TABLE statements */

void random_model_make(sqlite3 *db, dice *d);

/* A query for the text the engine takes; NULL when there is no model. */
extern const char random_model_text[];

#endif
