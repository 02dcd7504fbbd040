/* glue_survival.h - the columns of a Kaplan-Meier curve as a table, the first of vt_survival.h and
** vt_first_reoffence.h. */
#ifndef REOFFEND_GLUE_SURVIVAL_H
#define REOFFEND_GLUE_SURVIVAL_H

#include "glue.h"
#include "survival.h"

enum {
    GLUE_SURVIVAL_TIME,
    GLUE_SURVIVAL_AT_RISK,
    GLUE_SURVIVAL_EVENTS,
    GLUE_SURVIVAL_CENSORED,
    GLUE_SURVIVAL_SURVIVAL,
    GLUE_SURVIVAL_PROPORTION,
    GLUE_SURVIVAL_STD_ERROR,
    GLUE_SURVIVAL_LOW,
    GLUE_SURVIVAL_HIGH,
    GLUE_SURVIVAL_COLUMNS
};

#define GLUE_SURVIVAL_DECLARATION                                                                  \
    "time REAL, at_risk INTEGER, events INTEGER, censored INTEGER, survival REAL, "                \
    "proportion REAL, std_error REAL, low REAL, high REAL"

/* The value of a column where the walk stands. */
void glue_survival_result(sqlite3_context *context, const survival_walk *walk, double level,
                          int column);

/* A level above 0 and below 1; else the error of `function`. */
int glue_survival_level(sqlite3_vtab *table, const char *function, sqlite3_value *value,
                        double *level);

#endif
