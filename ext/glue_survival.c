#include "glue_survival.h"

static void result_time(sqlite3_context *context, double time) {
    sqlite3_int64 whole = (sqlite3_int64)time;
    if ((double)whole == time) {
        sqlite3_result_int64(context, whole);
    } else {
        sqlite3_result_double(context, time);
    }
}

void glue_survival_result(sqlite3_context *context, const survival_walk *walk, double level,
                          int column) {
    const survival_step *step = &walk->curve->steps[walk->step];
    survival_estimate here;
    survival_walk_here(walk, level, &here);
    switch (column) {
    case GLUE_SURVIVAL_TIME:
        result_time(context, step->time);
        break;
    case GLUE_SURVIVAL_AT_RISK:
        sqlite3_result_int64(context, walk->at_risk);
        break;
    case GLUE_SURVIVAL_EVENTS:
        sqlite3_result_int64(context, step->events);
        break;
    case GLUE_SURVIVAL_CENSORED:
        sqlite3_result_int64(context, step->censored);
        break;
    case GLUE_SURVIVAL_SURVIVAL:
        sqlite3_result_double(context, here.survival);
        break;
    case GLUE_SURVIVAL_PROPORTION:
        sqlite3_result_double(context, 1.0 - here.survival);
        break;
    case GLUE_SURVIVAL_STD_ERROR:
        if (here.survival > 0.0) sqlite3_result_double(context, here.std_error);
        break;
    case GLUE_SURVIVAL_LOW:
        if (here.survival > 0.0) sqlite3_result_double(context, here.low);
        break;
    case GLUE_SURVIVAL_HIGH:
        if (here.survival > 0.0) sqlite3_result_double(context, here.high);
        break;
    default:
        break;
    }
}

int glue_survival_level(sqlite3_vtab *table, const char *function, sqlite3_value *value,
                        double *level) {
    int type = sqlite3_value_type(value);
    *level = sqlite3_value_double(value);
    bool is_number = type == SQLITE_FLOAT || type == SQLITE_INTEGER;
    if (is_number && *level > 0.0 && *level < 1.0) return SQLITE_OK;
    return glue_vtab_error(
        table, "%s: level must be a number above 0 and below 1; got another value", function);
}
