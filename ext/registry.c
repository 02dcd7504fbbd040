#include "registry.h"

#include "agg_calibration.h"
#include "agg_first_appearance.h"
#include "agg_logit.h"
#include "agg_rate.h"
#include "agg_reoffences.h"
#include "agg_survival.h"
#include "fn_calendar.h"
#include "fn_disclosure.h"
#include "fn_disposal.h"
#include "fn_eligibility.h"
#include "fn_identifier.h"
#include "fn_logit.h"
#include "fn_match.h"
#include "fn_offence.h"
#include "fn_ogrs3.h"
#include "fn_rate.h"
#include "fn_version.h"
#include "store_row.h"
#include "vt_attrition.h"
#include "vt_cohort.h"
#include "vt_csv.h"
#include "vt_disclosure.h"
#include "vt_explain.h"
#include "vt_extract.h"
#include "vt_first_reoffence.h"
#include "vt_functions.h"
#include "vt_history.h"
#include "vt_logit_terms.h"
#include "vt_match.h"
#include "vt_offences.h"
#include "vt_rates.h"
#include "vt_status.h"
#include "vt_survival.h"

const glue_function *const registry_families[] = {
    fn_version,
    fn_calendar,
    fn_offence,
    fn_disposal,
    fn_disclosure,
    fn_eligibility,
    fn_identifier,
    fn_match,
    agg_first_appearance,
    agg_reoffences,
    agg_rate,
    fn_rate,
    agg_logit,
    fn_logit,
    agg_calibration,
    fn_ogrs3,
    agg_survival,
    NULL,
};

const glue_module *const registry_modules[] = {
    &vt_functions,
    &vt_history,
    &vt_cohort,
    &vt_rates,
    &vt_explain,
    &vt_attrition,
    &vt_status,
    &vt_offences,
    &vt_logit_terms,
    &vt_survival,
    &vt_first_reoffence,
    &vt_disclosure,
    &vt_match,
    &vt_csv,
    &vt_extract,
    NULL,
};

static int install_function(sqlite3 *db, const glue_function *function) {
    int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS;
    if (!function->impure) flags |= SQLITE_DETERMINISTIC;
    void *row = (void *)(uintptr_t)function;
    if (function->memory) {
        void *remembered = glue_function_remember(function);
        if (!remembered) return SQLITE_NOMEM;
        return sqlite3_create_function_v2(db, function->name, function->argument_count, flags,
                                          remembered, function->scalar, function->step,
                                          function->final, glue_function_forget);
    }
    if (function->value)
        return sqlite3_create_window_function(db, function->name, function->argument_count, flags,
                                              row, function->step, function->final,
                                              function->value, function->inverse, NULL);
    return sqlite3_create_function_v2(db, function->name, function->argument_count, flags, row,
                                      function->scalar, function->step, function->final, NULL);
}

int registry_install(sqlite3 *db, char **message) {
    for (int i = 0; registry_families[i]; i++) {
        for (const glue_function *function = registry_families[i]; function->name; function++) {
            int code = install_function(db, function);
            if (code != SQLITE_OK) {
                *message = sqlite3_mprintf("reoffend: cannot add the function %s: %s",
                                           function->name, sqlite3_errmsg(db));
                return code;
            }
        }
    }
    for (int i = 0; registry_modules[i]; i++) {
        const glue_module *module = registry_modules[i];
        int code = sqlite3_create_module_v2(db, module->name, module->module,
                                            (void *)(uintptr_t)module, NULL);
        if (code != SQLITE_OK) {
            *message = sqlite3_mprintf("reoffend: cannot add the table %s: %s", module->name,
                                       sqlite3_errmsg(db));
            return code;
        }
    }
    int code = store_row_install(db);
    if (code != SQLITE_OK)
        *message = sqlite3_mprintf("reoffend: cannot add a function: %s", sqlite3_errmsg(db));
    return code;
}
