/* explained.h - what reoffend_explain and reoffend_attrition say adds up to the cohort (R37).
**
** The cohort itself is compared with the reference by comparison.h; here the engine's other answers
** are held against it: for each person of a window the explained counts equal their row, nobody
** outside the cohort has a counted event, and the steps of the attrition end at the figures of
** reoffend_rates.
*/
#ifndef REOFFEND_TESTS_EXPLAINED_H
#define REOFFEND_TESTS_EXPLAINED_H

#include <sqlite3.h>

/* `options` is SQL for WHERE. NULL when all agrees; else what does not. Free with sqlite3_free. */
char *explained_compare(sqlite3 *engine, const char *window, const char *options);

#endif
