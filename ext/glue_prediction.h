/* glue_prediction.h - the argument `model` of the functions that predict (prediction.h).
**
** NULL is no model. A text that is no model, or whose parts do not fit together, is an error that
** says what is wrong with it.
*/
#ifndef REOFFEND_GLUE_PREDICTION_H
#define REOFFEND_GLUE_PREDICTION_H

#include "glue.h"
#include "prediction.h"

/* Whatever the code returned, *made waits for prediction_free. */
int glue_prediction_make(sqlite3_vtab *table, const char *function, sqlite3_value *value,
                         codebook *book, prediction *made);

#endif
