#include "glue_logit.h"

#include <math.h>

bool glue_logit_values(sqlite3_context *context, int count, sqlite3_value **argv,
                       logit_value *values) {
    for (int i = 0; i < count; i++) {
        switch (sqlite3_value_type(argv[i])) {
        case SQLITE_TEXT:
            values[i] = (logit_value){.kind = LOGIT_FACTOR};
            values[i].text = (const char *)sqlite3_value_text(argv[i]);
            values[i].length = (size_t)sqlite3_value_bytes(argv[i]);
            if (!values[i].text) {
                sqlite3_result_error_nomem(context);
                return false;
            }
            break;
        case SQLITE_INTEGER:
        case SQLITE_FLOAT:
            values[i] = (logit_value){.kind = LOGIT_NUMBER};
            values[i].number = sqlite3_value_double(argv[i]);
            if (!isfinite(values[i].number)) {
                glue_error(context, "x%d must be a finite number; got an infinite one", i + 1);
                return false;
            }
            break;
        default:
            glue_error(context, "x%d must be a number (a covariate) or a text (a factor); got %s",
                       i + 1, glue_type_name(argv[i]));
            return false;
        }
    }
    return true;
}
