#include "comparison.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explained.h"
#include "random_case.h"
#include "random_model.h"

/* --- the columns compared ---------------------------------------- */

static const char cohort_columns[] =
    "window_start, window_end, complete, offender_id, appearance_id, index_date, follow_up_end,"
    " area_code, age, age_group, age_band, sex, ethnicity, index_kind, index_disposal,"
    " index_ho_code, index_offence_group, sentence_months, sentence_band, subcohorts, reoffended,"
    " reoffences, reappearances, violent_sexual_reoffences, serious_acquisitive_reoffences,"
    " serious_reoffences, unclassified_reoffences, days_to_reoffence, months_to_reoffence,"
    " previous_offences, previous_offences_band, previous_sanctions, previous_custody,"
    " years_since_first_sanction, copas_rate, ln_previous_offences, undated_offences,"
    " straddling_offences";

/* `predicted` of the engine, and what it is of the reference's scored cohort. */
static const char predicted[] = ", predicted", probability[] = ", probability";

static const char *const breakdowns[] = {"area_code",
                                         "age_group",
                                         "age_band",
                                         "sex",
                                         "ethnicity",
                                         "index_kind",
                                         "index_disposal",
                                         "index_offence_group",
                                         "sentence_band",
                                         "previous_offences_band",
                                         "months_to_reoffence",
                                         "subcohort"};
enum { BREAKDOWNS = sizeof breakdowns / sizeof breakdowns[0] };

/* A column of reoffend_rates and what it is over rows of the reference's cohort (R23). */
static const char *const measures[][2] = {
    {"offenders", "count(*)"},
    {"reoffenders", "sum(reoffended)"},
    {"reoffences", "sum(reoffences)"},
    {"proportion", "1.0 * sum(reoffended) / count(*)"},
    {"frequency", "CASE WHEN sum(reoffended) > 0 THEN 1.0 * sum(reoffences) / sum(reoffended) END"},
    {"per_offender", "1.0 * sum(reoffences) / count(*)"},
    {"reappearances", "sum(reappearances)"},
    {"reappearing_offenders", "sum(reappearances > 0)"},
    {"violent_sexual_reoffences", "sum(violent_sexual_reoffences)"},
    {"violent_sexual_reoffenders", "sum(violent_sexual_reoffences > 0)"},
    {"serious_acquisitive_reoffences", "sum(serious_acquisitive_reoffences)"},
    {"serious_acquisitive_reoffenders", "sum(serious_acquisitive_reoffences > 0)"},
    {"serious_reoffences", "sum(serious_reoffences)"},
    {"serious_reoffenders", "sum(serious_reoffences > 0)"},
    {"unclassified_reoffences", "sum(unclassified_reoffences)"},
    {"previous_offences", "sum(previous_offences)"},
};
enum { MEASURES = sizeof measures / sizeof measures[0] };

/* The columns of a prediction, over rows with `probability` (prediction.sql). %s: the base-year
** actual of a row. NULL when nobody has a probability, but for the counts. */
static const char *const predictions[][2] = {
    {"predicted", "avg(probability)"},
    {"expected", "sum(probability)"},
    {"expected_variance", "sum(probability * (1 - probability))"},
    {"scored_offenders", "count(probability)"},
    {"scored_reoffenders", "count(iif(reoffended, probability, NULL))"},
    {"excess", "1.0 * count(iif(reoffended, probability, NULL)) / count(probability)"
               " - avg(probability)"},
    {"base_proportion", "iif(count(probability), max(%s), NULL)"},
    {"adjusted", "1.0 * count(iif(reoffended, probability, NULL)) / count(probability)"
                 " - avg(probability) + max(%s)"},
    {"adjusted_low", "1.0 * count(iif(reoffended, probability, NULL)) / count(probability)"
                     " - avg(probability) + max(%s) - 1.959963984540054"
                     " * sqrt(sum(probability * (1 - probability))) / count(probability)"},
    {"adjusted_high", "1.0 * count(iif(reoffended, probability, NULL)) / count(probability)"
                      " - avg(probability) + max(%s) + 1.959963984540054"
                      " * sqrt(sum(probability * (1 - probability))) / count(probability)"},
};
enum { PREDICTIONS = sizeof predictions / sizeof predictions[0] };

/* --- opening ---------------------------------------- */

static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    sqlite3_str *text = sqlite3_str_new(NULL);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
        sqlite3_str_append(text, chunk, (int)n);
    fclose(file);
    return sqlite3_str_finish(text);
}

/* A new connection with the extension. */
static sqlite3 *open_engine(const comparison *with) {
    sqlite3 *db;
    char *message = NULL;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) exit(2);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    if (sqlite3_load_extension(db, with->extension, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", with->extension, message ? message : "cannot load");
        exit(2);
    }
    return db;
}

/* A new connection with a copy of the case; `extended` by the extension or not. */
static sqlite3 *copy_case(const comparison *with, sqlite3 *made, bool extended) {
    sqlite3 *copy = NULL;
    if (extended) {
        copy = open_engine(with);
    } else if (sqlite3_open(":memory:", &copy) != SQLITE_OK) {
        exit(2);
    }
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", made, "main");
    if (!backup || sqlite3_backup_step(backup, -1) != SQLITE_DONE) exit(2);
    sqlite3_backup_finish(backup);
    return copy;
}

static const char classify[] =
    "SELECT printf('INSERT INTO classification VALUES(%%Q,%%Q,%%s,%%s,%%s,%%s);', %Q,"
    " offence_group(%Q), quote(offence_is_violent(%Q)), quote(offence_is_sexual(%Q)),"
    " quote(offence_is_serious_acquisitive(%Q)), quote(offence_is_serious(%Q)))";

static char *read_both(const char *first_path, const char *second_path) {
    char *first = read_file(first_path), *second = read_file(second_path);
    char *both = first && second ? sqlite3_mprintf("%s%s", first, second) : NULL;
    sqlite3_free(first);
    sqlite3_free(second);
    return both;
}

bool comparison_open(comparison *opened, const char *reference_path, const char *prediction_path,
                     const char *extension) {
    *opened = (comparison){.extension = extension,
                           .reference_sql = read_both(reference_path, prediction_path)};
    if (!opened->reference_sql) {
        fprintf(stderr, "cannot read %s and %s\n", reference_path, prediction_path);
        return false;
    }
    sqlite3 *db = open_engine(opened);
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "CREATE TABLE classification(ho_code TEXT PRIMARY KEY,"
                                " offence_group TEXT, violent, sexual, serious_acquisitive,"
                                " serious);");
    bool good = true;
    for (int i = 0; good && random_case_offence_codes[i]; i++) {
        const char *code = random_case_offence_codes[i];
        char *sql = sqlite3_mprintf(classify, code, code, code, code, code, code);
        sqlite3_stmt *statement = NULL;
        good = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
               sqlite3_step(statement) == SQLITE_ROW;
        if (good) sqlite3_str_appendall(text, (const char *)sqlite3_column_text(statement, 0));
        if (!good) fprintf(stderr, "%s\nin: %s\n", sqlite3_errmsg(db), sql);
        sqlite3_finalize(statement);
        sqlite3_free(sql);
    }
    opened->classification = sqlite3_str_finish(text);
    sqlite3_close(db);
    return good;
}

void comparison_close(comparison *closed) {
    sqlite3_free((char *)(uintptr_t)closed->reference_sql);
    sqlite3_free(closed->classification);
}

/* --- cell by cell ---------------------------------------- */

static bool same_value(sqlite3_value *a, sqlite3_value *b) {
    int left = sqlite3_value_type(a), right = sqlite3_value_type(b);
    if (left == SQLITE_INTEGER && right == SQLITE_INTEGER)
        return sqlite3_value_int64(a) == sqlite3_value_int64(b);
    if (left != right) return false;
    if (left == SQLITE_FLOAT) {
        double x = sqlite3_value_double(a), y = sqlite3_value_double(b);
        return fabs(x - y) <= 1e-12 * fmax(1.0, fabs(y));
    }
    if (left == SQLITE_NULL) return true;
    int length = sqlite3_value_bytes(a);
    return length == sqlite3_value_bytes(b) &&
           memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b), (size_t)length) == 0;
}

static const char *shown(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? text : "NULL";
}

/* A query of each side, running. */
typedef struct two_answers {
    const char *ours_sql, *reference_sql;
    sqlite3_stmt *ours, *reference;
} two_answers;

static char *row_text(sqlite3_stmt *statement) {
    sqlite3_str *text = sqlite3_str_new(NULL);
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        sqlite3_str_appendf(text, "%s%s", i ? "|" : "", shown(statement, i));
    return sqlite3_str_finish(text);
}

static char *difference(const two_answers *answers, int row, int column) {
    char *ours = row_text(answers->ours), *reference = row_text(answers->reference);
    char *text = sqlite3_mprintf(
        "row %d, column %s: the engine says %s, the reference %s\nin: %s\nreference row: %s\n"
        "engine row:    %s",
        row, sqlite3_column_name(answers->reference, column), shown(answers->ours, column),
        shown(answers->reference, column), answers->ours_sql, reference, ours);
    sqlite3_free(ours);
    sqlite3_free(reference);
    return text;
}

static char *compare_row(comparison *with, const two_answers *answers, int row) {
    int columns = sqlite3_column_count(answers->reference);
    if (sqlite3_column_count(answers->ours) != columns)
        return sqlite3_mprintf("other columns in: %s", answers->ours_sql);
    with->cells += columns;
    for (int i = 0; i < columns; i++)
        if (!same_value(sqlite3_column_value(answers->ours, i),
                        sqlite3_column_value(answers->reference, i)))
            return difference(answers, row, i);
    return NULL;
}

static char *compare_rows(comparison *with, const two_answers *answers) {
    for (int row = 1;; row++) {
        int ours = sqlite3_step(answers->ours), reference = sqlite3_step(answers->reference);
        if (reference != SQLITE_ROW && reference != SQLITE_DONE)
            return sqlite3_mprintf("the reference: %s\nin: %s",
                                   sqlite3_errmsg(sqlite3_db_handle(answers->reference)),
                                   answers->reference_sql);
        if (ours != SQLITE_ROW && ours != SQLITE_DONE)
            return sqlite3_mprintf("the engine: %s\nin: %s",
                                   sqlite3_errmsg(sqlite3_db_handle(answers->ours)),
                                   answers->ours_sql);
        if (ours != reference) {
            sqlite3_stmt *longer = ours == SQLITE_ROW ? answers->ours : answers->reference;
            char *extra = row_text(longer);
            char *text = sqlite3_mprintf("the engine has %s rows than the reference in: %s\n"
                                         "row %d is: %s",
                                         ours == SQLITE_ROW ? "more" : "fewer", answers->ours_sql,
                                         row, extra);
            sqlite3_free(extra);
            return text;
        }
        if (ours == SQLITE_DONE) return NULL;
        char *found = compare_row(with, answers, row);
        if (found) return found;
    }
}

/* Takes both texts and frees them. */
static char *compare_queries(comparison *with, sqlite3 *engine, char *ours, sqlite3 *reference,
                             char *theirs) {
    two_answers answers = {.ours_sql = ours, .reference_sql = theirs};
    char *found;
    if (sqlite3_prepare_v2(reference, theirs, -1, &answers.reference, NULL) != SQLITE_OK) {
        found = sqlite3_mprintf("the reference: %s\nin: %s", sqlite3_errmsg(reference), theirs);
    } else if (sqlite3_prepare_v2(engine, ours, -1, &answers.ours, NULL) != SQLITE_OK) {
        found = sqlite3_mprintf("the engine: %s\nin: %s", sqlite3_errmsg(engine), ours);
    } else {
        found = compare_rows(with, &answers);
    }
    sqlite3_finalize(answers.ours);
    sqlite3_finalize(answers.reference);
    sqlite3_free(ours);
    sqlite3_free(theirs);
    return found;
}

/* --- what is asked ---------------------------------------- */

/* Both sides of a case, and the options as the WHERE the engine takes. */
typedef struct two_sides {
    sqlite3 *engine, *reference;
    char *options, *first, *last;
    char *model; /* " AND model = '…'", or NULL: there is none */
} two_sides;

/* The single text of a query on the reference. Free with sqlite3_free. */
static char *text_of(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s\nin: %s\n", sqlite3_errmsg(db), sql);
        exit(2);
    }
    char *text = sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0)
                     ? sqlite3_mprintf("%s", sqlite3_column_text(statement, 0))
                     : NULL;
    sqlite3_finalize(statement);
    return text;
}

static void read_question(two_sides *sides, bool stepping) {
    sides->first = text_of(sides->reference, "SELECT first_window FROM question");
    sides->last = text_of(sides->reference, "SELECT last_window FROM question");
    sides->options = text_of(
        sides->reference,
        stepping ? "SELECT printf('window_months = %d AND step_months = %d AND follow_up_months ="
                   " %d AND wait_months = %d AND kinds = %Q', window_months, step_months,"
                   " follow_up_months, wait_months, (SELECT group_concat(kind) FROM chosen_kind))"
                   " FROM question"
                 : "SELECT printf('window_months = %d AND follow_up_months = %d AND wait_months ="
                   " %d AND kinds = %Q', window_months, follow_up_months, wait_months,"
                   " (SELECT group_concat(kind) FROM chosen_kind)) FROM question");
    char *model = text_of(sides->reference, random_model_text);
    sides->model = model ? sqlite3_mprintf(" AND model = %Q", model) : NULL;
    sqlite3_free(model);
}

static void forget_question(two_sides *sides) {
    sqlite3_free(sides->first);
    sqlite3_free(sides->last);
    sqlite3_free(sides->options);
    sqlite3_free(sides->model);
}

/* Asks for `rows` one after the other; the first column is passed to `ask`. */
typedef char *(*ask)(comparison *with, two_sides *sides, const char *value);

static char *for_each_value(comparison *with, two_sides *sides, const char *sql, ask each) {
    sqlite3_stmt *statement;
    char *found = NULL;
    if (sqlite3_prepare_v2(sides->reference, sql, -1, &statement, NULL) != SQLITE_OK)
        return sqlite3_mprintf("the reference: %s", sqlite3_errmsg(sides->reference));
    while (!found && sqlite3_step(statement) == SQLITE_ROW)
        found = each(with, sides, (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return found;
}

static char *compare_cohort(comparison *with, two_sides *sides, const char *window) {
    return compare_queries(with, sides->engine,
                           sqlite3_mprintf("SELECT %s%s FROM reoffend_cohort('history', %Q) WHERE"
                                           " %s%s ORDER BY window_start, offender_id",
                                           cohort_columns, predicted, window, sides->options,
                                           sides->model ? sides->model : ""),
                           sides->reference,
                           sqlite3_mprintf("SELECT %s%s FROM scored_cohort WHERE window_start = %Q"
                                           " ORDER BY window_start, offender_id",
                                           cohort_columns, probability, window));
}

/* One person of the cohort, asked for by id. */
static char *compare_member(comparison *with, two_sides *sides, const char *offender) {
    char *window = text_of(sides->reference, "SELECT max(window_start) FROM rolling_window");
    char *found = compare_queries(
        with, sides->engine,
        sqlite3_mprintf("SELECT %s%s FROM reoffend_cohort('history', %Q) WHERE %s%s AND"
                        " offender_id = %s",
                        cohort_columns, predicted, window, sides->options,
                        sides->model ? sides->model : "", offender),
        sides->reference,
        sqlite3_mprintf("SELECT %s%s FROM scored_cohort WHERE window_start = %Q"
                        " AND offender_id = %s",
                        cohort_columns, probability, window, offender));
    sqlite3_free(window);
    return found;
}

/* One window's explanations, against the cohort just compared. */
static char *compare_explained(comparison *with, two_sides *sides, const char *window) {
    (void)with;
    return explained_compare(sides->engine, window, sides->options);
}

static char *compare_attrition(comparison *with, two_sides *sides, const char *window) {
    return compare_queries(
        with, sides->engine,
        sqlite3_mprintf("SELECT step, people, events FROM reoffend_attrition('history', %Q)"
                        " WHERE %s ORDER BY step",
                        window, sides->options),
        sides->reference,
        sqlite3_mprintf("SELECT step, people, events FROM attrition WHERE window_start = %Q"
                        " ORDER BY step",
                        window));
}

/* The curve of first re-offences: how many are watched and re-offend on each day, and the share who
** have, by the plain product of what is left each day. */
static const char curve[] =
    "WITH watched AS (SELECT index_date, follow_up_end, days_to_reoffence AS days,"
    " min(follow_up_end, ("
    "SELECT last_waited FROM waited)) AS until FROM cohort WHERE window_start = %Q),"
    " seen AS (SELECT CAST(julianday(until) - julianday(index_date) AS INTEGER) AS watched,"
    " until = follow_up_end AS to_end, days FROM watched WHERE index_date < until),"
    " ending AS (SELECT CASE WHEN days <= watched THEN days WHEN to_end THEN"
    " (SELECT max(watched) FROM seen WHERE to_end) ELSE watched END AS time,"
    " coalesce(days <= watched, 0) AS event FROM seen),"
    " counted AS (SELECT time, sum(event) AS events, count(*) - sum(event) AS censored,"
    " (SELECT count(*) FROM ending AS e WHERE e.time >= ending.time) AS at_risk"
    " FROM ending GROUP BY time)"
    " SELECT time, at_risk, events, censored,"
    " 1.0 - iif((SELECT max(events = at_risk) FROM counted AS c WHERE c.time <= counted.time), 0,"
    " (SELECT exp(sum(ln(1.0 - 1.0 * events / at_risk))) FROM counted AS c"
    "  WHERE c.time <= counted.time AND c.events < c.at_risk)) AS proportion,"
    " (SELECT max(complete) FROM cohort WHERE window_start = %Q) AS complete"
    " FROM counted ORDER BY time";

/* In a final window the curve is the plain share of those who re-offended by the day. */
static const char plain[] =
    "SELECT days_to_reoffence AS time, (SELECT count(*) FROM cohort AS c WHERE c.window_start = %Q"
    " AND c.days_to_reoffence <= cohort.days_to_reoffence) * 1.0 / (SELECT count(*) FROM cohort"
    " WHERE window_start = %Q) AS proportion FROM cohort"
    " WHERE window_start = %Q AND complete AND days_to_reoffence IS NOT NULL"
    " GROUP BY days_to_reoffence ORDER BY days_to_reoffence";

static char *compare_curve(comparison *with, two_sides *sides, const char *window) {
    char *found = compare_queries(
        with, sides->engine,
        sqlite3_mprintf("SELECT time, at_risk, events, censored, proportion, complete"
                        " FROM reoffend_survival('history', %Q) WHERE %s ORDER BY time",
                        window, sides->options),
        sides->reference, sqlite3_mprintf(curve, window, window));
    if (found) return found;
    return compare_queries(
        with, sides->engine,
        sqlite3_mprintf("SELECT time, proportion FROM reoffend_survival('history', %Q)"
                        " WHERE %s AND complete AND events > 0 ORDER BY time",
                        window, sides->options),
        sides->reference, sqlite3_mprintf(plain, window, window, window));
}

static bool names(const char *list, const char *name) {
    const char *at = strstr(list, name);
    size_t length = strlen(name);
    for (; at; at = strstr(at + 1, name))
        if ((at == list || at[-1] == ',') && (at[length] == '\0' || at[length] == ',')) return true;
    return false;
}

/* "window_start, window_end, complete, area_code, NULL AS age_group ...". */
static void append_columns(sqlite3_str *sql, const char *by, bool ours, bool predicts) {
    sqlite3_str_appendall(sql, "SELECT window_start, window_end, complete");
    for (int i = 0; i < BREAKDOWNS; i++)
        sqlite3_str_appendf(sql, ours || names(by, breakdowns[i]) ? ", %s" : ", NULL AS %s",
                            breakdowns[i]);
    for (int i = 0; i < MEASURES; i++)
        sqlite3_str_appendf(sql, ours ? ", %s%s" : ", %s AS %s", ours ? "" : measures[i][1],
                            measures[i][0]);
    bool by_age = names(by, "age_group") || names(by, "age_band");
    for (int i = 0; i < PREDICTIONS; i++) {
        const char *const *column = predictions[i];
        char *made = sqlite3_mprintf(predicts ? column[1] : "NULL", by_age ? "own_base" : "base");
        sqlite3_str_appendf(sql, ours ? ", %s%s" : ", %s AS %s", ours ? "" : made, column[0]);
        sqlite3_free(made);
    }
}

/* Compares reoffend_rates by `by` for the windows from first to last; `condition` is '' or begins
** with AND. */
static char *compare_grouped(comparison *with, two_sides *sides, const char *by,
                             const char *condition) {
    sqlite3_str *ours = sqlite3_str_new(NULL), *theirs = sqlite3_str_new(NULL);
    bool predicts = sides->model && !names(by, "months_to_reoffence");
    append_columns(ours, by, true, predicts);
    sqlite3_str_appendf(ours, " FROM reoffend_rates('history', %Q, %Q, %Q) WHERE %s%s%s",
                        sides->first, sides->last, by, sides->options,
                        sides->model ? sides->model : "", condition);
    append_columns(theirs, by, false, predicts);
    sqlite3_str_appendf(theirs,
                        " FROM %s WHERE 1%s GROUP BY window_start, window_end, complete%s%s",
                        names(by, "subcohort") ? "scored_subcohort" : "scored_cohort", condition,
                        *by ? ", " : "", by);
    const char *order = " ORDER BY window_start";
    sqlite3_str_appendf(ours, "%s%s%s", order, *by ? ", " : "", by);
    sqlite3_str_appendf(theirs, "%s%s%s", order, *by ? ", " : "", by);
    return compare_queries(with, sides->engine, sqlite3_str_finish(ours), sides->reference,
                           sqlite3_str_finish(theirs));
}

/* One group or window asked for in WHERE, chosen by the size of the case. */
static char *compare_pushed(comparison *with, two_sides *sides, const char *by) {
    char *window =
        text_of(sides->reference, "SELECT window_start FROM rolling_window ORDER BY substr("
                                  "window_start, 6) LIMIT 1");
    char *condition = sqlite3_mprintf(" AND window_start = %Q", window);
    char *found = compare_grouped(with, sides, by, condition);
    sqlite3_free(condition);
    sqlite3_free(window);
    for (int i = 0; i < BREAKDOWNS && !found; i++) {
        if (!names(by, breakdowns[i])) continue;
        char *sql = sqlite3_mprintf("SELECT quote(%s) FROM cohort%s ORDER BY offender_id %% 3"
                                    " LIMIT 1",
                                    breakdowns[i],
                                    names(by, "subcohort") ? " JOIN cohort_subcohort USING"
                                                             " (window_start, offender_id)"
                                                           : "");
        char *value = text_of(sides->reference, sql);
        condition = sqlite3_mprintf(" AND %s IS %s", breakdowns[i], value ? value : "'nowhere'");
        found = compare_grouped(with, sides, by, condition);
        sqlite3_free(condition);
        sqlite3_free(value);
        sqlite3_free(sql);
    }
    return found;
}

static char *compare_rates(comparison *with, two_sides *sides, const char *by) {
    char *found = compare_grouped(with, sides, by, "");
    return found ? found : compare_pushed(with, sides, by);
}

/* --- the whole ---------------------------------------- */

static char *run_or_tell(sqlite3 *engine, const char *sql) {
    char *message = NULL, *found = NULL;
    if (sqlite3_exec(engine, sql, NULL, NULL, &message) != SQLITE_OK)
        found = sqlite3_mprintf("the engine: %s\nin: %s", message, sql);
    sqlite3_free(message);
    return found;
}

/* R16: the extract date, when the engine is not told, is the latest day of any event. */
static const char latest_event[] = "UPDATE question SET extract_date = (SELECT max(day) FROM ("
                                   " SELECT max(appearance_date) AS day FROM appearance UNION ALL"
                                   " SELECT max(offence_date) FROM offence UNION ALL"
                                   " SELECT max(offence_date_end) FROM offence"
                                   " WHERE offence_date IS NOT NULL UNION ALL"
                                   " SELECT max(proven_date) FROM offence)) WHERE default_extract";

static char *compare_all(comparison *with, two_sides *sides) {
    must_run(sides->reference, "%s", latest_event);
    must_run(sides->reference, "%s%s", with->classification, with->reference_sql);
    char *damage = run_or_tell(sides->engine, "INSERT INTO history(history)"
                                              " VALUES('integrity-check')");
    if (damage) return damage;
    read_question(sides, false);
    char *found =
        for_each_value(with, sides, "SELECT window_start FROM rolling_window", compare_cohort);
    if (!found)
        found = for_each_value(with, sides,
                               "SELECT DISTINCT offender_id FROM appearance"
                               " ORDER BY offender_id LIMIT 2",
                               compare_member);
    if (!found)
        found = for_each_value(with, sides, "SELECT window_start FROM rolling_window",
                               compare_attrition);
    if (!found)
        found = for_each_value(with, sides, "SELECT window_start FROM rolling_window",
                               compare_curve);
    if (!found)
        found = for_each_value(with, sides,
                               "SELECT window_start FROM rolling_window"
                               " ORDER BY substr(window_start, 6) LIMIT 1",
                               compare_explained);
    forget_question(sides);
    read_question(sides, true);
    if (!found) found = for_each_value(with, sides, "SELECT breakdowns FROM asked", compare_rates);
    forget_question(sides);
    return found;
}

char *comparison_history_sql(sqlite3 *made) {
    char *drops = text_of(made, "SELECT group_concat(printf('ALTER TABLE %s DROP COLUMN %s;',"
                                " source, name), '') FROM absent_column");
    /* Of two halves that SQLite merges by an index: what a view does before its rows are in order
    ** must not show. */
    char *views = text_of(made, "SELECT group_concat(printf('CREATE INDEX %s_person ON"
                                " %s(offender_id); CREATE VIEW %s_view AS SELECT * FROM %s WHERE"
                                " rowid %% 2 UNION ALL SELECT * FROM %s WHERE NOT rowid %% 2;',"
                                " source, source, source, source, source), '') FROM viewed");
    char *arguments =
        text_of(made, "SELECT group_concat(argument) FROM ("
                      "SELECT printf('%s=%s_view', source, source) AS argument FROM viewed"
                      " UNION ALL SELECT printf('extract_date=%s', extract_date) FROM question"
                      " WHERE NOT default_extract UNION ALL"
                      " SELECT printf('stale=%s', stale) FROM question)");
    char *sql = sqlite3_mprintf("%s%sCREATE VIRTUAL TABLE history USING reoffend_history(%s);"
                                "INSERT INTO history(history) VALUES('rebuild');",
                                drops ? drops : "", views ? views : "", arguments ? arguments : "");
    sqlite3_free(drops);
    sqlite3_free(views);
    sqlite3_free(arguments);
    return sql;
}

/* One round of the changes: those after `done`, up to `upto`. */
typedef struct change_round {
    char *sql;
    int upto;
    bool fresh;   /* the history answers as the sources are, though it was not refreshed */
    bool refuses; /* it refuses to answer until it is; neither: it depends on which view changed */
    bool refresh; /* at the end of the round */
} change_round;

static char *refresh(two_sides *sides) {
    char *found = run_or_tell(sides->engine, "INSERT INTO history(history) VALUES('refresh')");
    if (!found)
        found = run_or_tell(sides->engine,
                            "INSERT INTO history(history) VALUES('integrity-check sources')");
    return found;
}

/* The reference as it is after the changes up to `upto`. */
static void renew_reference(comparison *with, sqlite3 *made, two_sides *sides, int upto) {
    char *sql = sqlite3_mprintf("SELECT group_concat(sql, ';') FROM change"
                                " WHERE number <= %d",
                                upto);
    char *changes = text_of(made, sql);
    sqlite3_close(sides->reference);
    sides->reference = copy_case(with, made, false);
    if (changes) must_run(sides->reference, "%s", changes);
    sqlite3_free(changes);
    sqlite3_free(sql);
}

/* Makes the changes inside another transaction and undoes them: everything must be as before. */
static char *compare_after_rollback(comparison *with, two_sides *sides, const change_round *round) {
    char *found = run_or_tell(sides->engine, "SAVEPOINT tried");
    if (!found) found = run_or_tell(sides->engine, round->sql);
    if (!found) found = refresh(sides);
    char *undone = run_or_tell(sides->engine, "ROLLBACK TO tried; RELEASE tried");
    if (!found) found = undone;
    read_question(sides, true);
    if (!found) found = compare_rates(with, sides, "");
    forget_question(sides);
    return found;
}

static char *expect_refusal(two_sides *sides) {
    read_question(sides, true);
    char *query = sqlite3_mprintf("SELECT * FROM reoffend_rates('history', %Q, %Q, '')",
                                  sides->first, sides->last);
    char *found = sqlite3_exec(sides->engine, query, NULL, NULL, NULL) == SQLITE_OK
                      ? sqlite3_mprintf("no error from a stale history in: %s", query)
                      : NULL;
    sqlite3_free(query);
    forget_question(sides);
    return found;
}

/* Makes the changes in a transaction: the history must answer as they are or refuse to answer, and
** after a refresh answer. */
static char *compare_round(comparison *with, sqlite3 *made, two_sides *sides,
                           const change_round *round) {
    char *found = run_or_tell(sides->engine, "BEGIN");
    int before = sqlite3_total_changes(sides->engine);
    if (!found) found = run_or_tell(sides->engine, round->sql);
    bool changed = sqlite3_total_changes(sides->engine) > before;
    if (!found && changed && round->refuses) found = expect_refusal(sides);
    renew_reference(with, made, sides, round->upto);
    if (!found && round->fresh) found = compare_all(with, sides);
    if (!found && round->refresh) found = refresh(sides);
    char *kept = run_or_tell(sides->engine, "COMMIT");
    if (!found) found = kept;
    if (!found && round->refresh) {
        renew_reference(with, made, sides, round->upto);
        found = compare_all(with, sides);
    }
    return found;
}

static char *compare_after_changes(comparison *with, sqlite3 *made, two_sides *sides) {
    enum { ROUNDS = 3 };
    int count = must_count(made, "SELECT count(*) FROM change");
    int step = (count + ROUNDS - 1) / ROUNDS;
    bool fresh = must_count(made, "SELECT stale = 'fresh' FROM question");
    bool watched = must_count(made, "SELECT NOT EXISTS (SELECT 1 FROM viewed)");
    char *found = NULL;
    for (int done = 0; done < count && !found; done += step) {
        char *sql = sqlite3_mprintf("SELECT group_concat(sql, ';') FROM change"
                                    " WHERE number > %d AND number <= %d",
                                    done, done + step);
        change_round round = {.sql = text_of(made, sql), .upto = done + step,
                              .fresh = fresh && watched, .refuses = !fresh};
        round.refresh = !round.fresh || done / step % 2 == 1 || round.upto >= count;
        found = compare_after_rollback(with, sides, &round);
        if (!found) found = compare_round(with, made, sides, &round);
        if (found) {
            char *text = sqlite3_mprintf("after %d changes: %s", round.upto, found);
            sqlite3_free(found);
            found = text;
        }
        sqlite3_free(round.sql);
        sqlite3_free(sql);
    }
    return found;
}

char *comparison_run(comparison *with, sqlite3 *made) {
    two_sides sides = {.engine = copy_case(with, made, true),
                       .reference = copy_case(with, made, false)};
    char *sql = comparison_history_sql(made);
    char *found = run_or_tell(sides.engine, sql);
    sqlite3_free(sql);
    if (!found) found = compare_all(with, &sides);
    if (!found) found = compare_after_changes(with, made, &sides);
    sqlite3_close(sides.engine);
    sqlite3_close(sides.reference);
    return found;
}
