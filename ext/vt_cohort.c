#include "vt_cohort.h"

#include <math.h>
#include <string.h>

#include "band.h"
#include "codebook.h"
#include "glue_prediction.h"
#include "glue_table.h"
#include "offence.h"
#include "ogrs3.h"
#include "store_members.h"
#include "store_query.h"

#define FUNCTION "reoffend_cohort"

enum {
    WINDOW_START, WINDOW_END, COMPLETE, OFFENDER_ID, APPEARANCE_ROW_ID, INDEX_DATE, FOLLOW_UP_END,
    AREA_CODE, AGE, AGE_GROUP, AGE_BAND, SEX, ETHNICITY, INDEX_KIND, INDEX_DISPOSAL,
    INDEX_HO_CODE, INDEX_OFFENCE_GROUP, SENTENCE_MONTHS, SENTENCE_BAND, SUBCOHORTS, REOFFENDED,
    REOFFENCES, REAPPEARANCES, VIOLENT_SEXUAL_REOFFENCES, SERIOUS_ACQUISITIVE_REOFFENCES,
    SERIOUS_REOFFENCES, UNCLASSIFIED_REOFFENCES, DAYS_TO_REOFFENCE, MONTHS_TO_REOFFENCE,
    PREVIOUS_OFFENCES, PREVIOUS_OFFENCES_BAND, PREVIOUS_SANCTIONS, PREVIOUS_CUSTODY,
    YEARS_SINCE_FIRST_SANCTION, COPAS_RATE, LN_PREVIOUS_OFFENCES, OGRS3_SCORE,
    UNDATED_OFFENCES, STRADDLING_OFFENCES, PREDICTED,
    HISTORY, WANTED_WINDOW, FIRST_OPTION, MODEL = FIRST_OPTION + QUERY_OPTIONS
};

#define WRITE_IT " write " FUNCTION "('history', '2009-01-01')"

static const query_argument arguments[] = {
    {HISTORY, "history", FUNCTION "() needs the name of a history;" WRITE_IT, 0},
    {WANTED_WINDOW, "wanted_window", FUNCTION "() needs a window start, a date;" WRITE_IT,
     WINDOW_START + 1},
    {WINDOW_START, "window_start", NULL, WANTED_WINDOW + 1},
    QUERY_OPTION_ARGUMENTS(FIRST_OPTION),
    {MODEL, "model", NULL, 0},
};

enum { ARGUMENTS = sizeof arguments / sizeof *arguments };

/* idxNum: bits. */
enum {
    PLAN_WITH_RECORD = 1,    /* a column of the record before the index event is read */
    PLAN_WITH_PREDICTION = 2 /* `predicted` is read */
};

typedef struct cohort_cursor {
    sqlite3_vtab_cursor base;
    store_history history;
    codebook book;
    window_plan windows;
    sqlite3_value *name;  /* of the history, to show as a hidden column */
    sqlite3_value *model; /* likewise; NULL: none */
    prediction prediction;
    bool predicts;
    store_members members;
    const member *member; /* the one shown; NULL: no more */
    bool is_open, one_person;
    int64_t wanted_id;
} cohort_cursor;

static const char declaration[] =
    "CREATE TABLE x(window_start TEXT, window_end TEXT, complete INTEGER, "
    "offender_id INTEGER, appearance_id INTEGER, index_date TEXT, follow_up_end TEXT, "
    "area_code TEXT, age INTEGER, age_group TEXT, age_band TEXT, sex TEXT, ethnicity TEXT, "
    "index_kind TEXT, index_disposal TEXT, index_ho_code TEXT, index_offence_group TEXT, "
    "sentence_months INTEGER, sentence_band TEXT, subcohorts TEXT, reoffended INTEGER, "
    "reoffences INTEGER, reappearances INTEGER, violent_sexual_reoffences INTEGER, "
    "serious_acquisitive_reoffences INTEGER, serious_reoffences INTEGER, "
    "unclassified_reoffences INTEGER, days_to_reoffence INTEGER, "
    "months_to_reoffence INTEGER, previous_offences INTEGER, previous_offences_band TEXT, "
    "previous_sanctions INTEGER, previous_custody INTEGER, "
    "years_since_first_sanction INTEGER, copas_rate REAL, ln_previous_offences REAL, "
    "ogrs3_score REAL, undated_offences INTEGER, straddling_offences INTEGER, predicted REAL, "
    "history TEXT HIDDEN, wanted_window TEXT HIDDEN, " QUERY_OPTION_COLUMNS
    ", model TEXT HIDDEN)";

typedef struct cohort_request {
    const char *history;
    bool has_window, contradicts; /* two different windows are asked for: no rows */
    calendar_day window;
    window_options options;
    sqlite3_value *model; /* NULL: none */
} cohort_request;

static sqlite3_uint64 columns_from(int first, int last) {
    return (((sqlite3_uint64)1 << (last - first + 1)) - 1) << first;
}

/* One person is looked up in one block. */
static void plan_person(sqlite3_index_info *info, sqlite3_str *plan) {
    for (int i = 0; i < info->nConstraint; i++) {
        const struct sqlite3_index_constraint *each = &info->aConstraint[i];
        if (each->iColumn != OFFENDER_ID || each->op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        query_plan_filter(info, i, plan);
        if (!info->aConstraintUsage[i].argvIndex) continue;
        info->estimatedCost = 1000;
        info->estimatedRows = 1;
        info->idxFlags |= SQLITE_INDEX_SCAN_UNIQUE;
        return;
    }
}

static int cohort_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    unsigned given;
    sqlite3_str *plan = sqlite3_str_new(NULL);
    (void)table;
    int code = query_plan_arguments(info, arguments, ARGUMENTS, plan, &given);
    if (code != SQLITE_OK) {
        sqlite3_free(sqlite3_str_finish(plan));
        return code;
    }
    info->estimatedCost = 1e7;
    info->estimatedRows = 500000;
    plan_person(info, plan);
    if (info->colUsed & columns_from(PREVIOUS_OFFENCES, STRADDLING_OFFENCES))
        info->idxNum |= PLAN_WITH_RECORD;
    if (info->colUsed & columns_from(PREDICTED, PREDICTED)) info->idxNum |= PLAN_WITH_PREDICTION;
    if (info->nOrderBy == 1 && info->aOrderBy[0].iColumn == OFFENDER_ID && !info->aOrderBy[0].desc)
        info->orderByConsumed = 1;
    return query_plan_finish(info, arguments, ARGUMENTS, given, plan);
}

static void stop_reading(cohort_cursor *cursor) {
    if (!cursor->is_open) return;
    store_members_close(&cursor->members);
    sqlite3_value_free(cursor->name);
    sqlite3_value_free(cursor->model);
    prediction_free(&cursor->prediction);
    window_plan_free(&cursor->windows);
    codebook_free(&cursor->book);
    store_history_close(&cursor->history);
    cursor->name = cursor->model = NULL;
    cursor->is_open = false;
}

static int cohort_close(sqlite3_vtab_cursor *base) {
    stop_reading((cohort_cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* --- the request ----------------------------------------------------------------------------- */

static int read_window(cohort_cursor *cursor, sqlite3_value *value, cohort_request *request) {
    calendar_day window;
    int code = query_read_window(cursor->base.pVtab, FUNCTION, "window_start", value, &window);
    if (code != SQLITE_OK) return code;
    request->contradicts |= request->has_window && request->window != window;
    request->has_window = true;
    request->window = window;
    return SQLITE_OK;
}

static int read_argument(cohort_cursor *cursor, int column, sqlite3_value *value,
                         cohort_request *request) {
    sqlite3_vtab *table = cursor->base.pVtab;
    if (column == WANTED_WINDOW || column == WINDOW_START)
        return read_window(cursor, value, request);
    if (column == OFFENDER_ID) {
        cursor->one_person = true;
        return glue_value_is_integer(value, &cursor->wanted_id) ? SQLITE_OK : SQLITE_DONE;
    }
    if (column == MODEL) {
        request->model = value;
        cursor->model = sqlite3_value_dup(value);
        return cursor->model ? SQLITE_OK : SQLITE_NOMEM;
    }
    if (column >= FIRST_OPTION)
        return query_read_option(table, FUNCTION, column - FIRST_OPTION, value, &request->options);
    if (sqlite3_value_type(value) != SQLITE_TEXT)
        return glue_vtab_error(table, "%s(): history must be a text; got %s", FUNCTION,
                               glue_type_name(value));
    request->history = (const char *)sqlite3_value_text(value);
    cursor->name = sqlite3_value_dup(value);
    return request->history && cursor->name ? SQLITE_OK : SQLITE_NOMEM;
}

/* SQLITE_DONE: there can be no rows. */
static int read_request(cohort_cursor *cursor, const char *plan, int argc, sqlite3_value **argv,
                        cohort_request *request) {
    *request = (cohort_request){.options = window_options_default};
    for (int i = 0; i < argc; i++) {
        int column = plan[2 * i + 1] - 'A';
        bool is_null = sqlite3_value_type(argv[i]) == SQLITE_NULL;
        if (is_null && column == MODEL) continue;
        if (is_null) return SQLITE_DONE;
        int code = read_argument(cursor, column, argv[i], request);
        if (code != SQLITE_OK) return code;
    }
    return request->contradicts ? SQLITE_DONE : SQLITE_OK;
}

/* --- walking --------------------------------------------------------------------------------- */

/* Moves on to the next member of the cohort. */
static int next_member(cohort_cursor *cursor, char **error) {
    int code = store_members_next(&cursor->members, &cursor->member, error);
    if (code != SQLITE_ROW) cursor->member = NULL;
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static int start(cohort_cursor *cursor, const cohort_request *request, int plan_bits,
                 char **error) {
    sqlite3_vtab *table = cursor->base.pVtab;
    window_range range = {request->window, request->window, request->window, request->window};
    int code = store_history_open_fresh(&cursor->history, glue_table_db(&cursor->base),
                                        request->history, error);
    if (code == SQLITE_OK && !codebook_make(&cursor->book, &cursor->history.texts))
        code = SQLITE_NOMEM;
    if (code == SQLITE_OK)
        code = query_window_error(table, FUNCTION,
                                  window_plan_make(&cursor->windows, &glue_memory, &range,
                                                   &request->options));
    if (code == SQLITE_OK && request->model) {
        cursor->predicts = plan_bits & PLAN_WITH_PREDICTION;
        code = glue_prediction_make(table, FUNCTION, request->model, &cursor->book,
                                    &cursor->prediction);
    }
    if (code != SQLITE_OK) return code;
    bool with_record = plan_bits & PLAN_WITH_RECORD || cursor->predicts;
    if (cursor->one_person) {
        store_members_begin_for(&cursor->members, &cursor->history, &cursor->windows,
                                &cursor->book, with_record, cursor->wanted_id);
    } else {
        store_members_begin(&cursor->members, &cursor->history, &cursor->windows, &cursor->book,
                            with_record);
    }
    return next_member(cursor, error);
}

static int cohort_filter(sqlite3_vtab_cursor *base, int plan_bits, const char *plan, int argc,
                         sqlite3_value **argv) {
    cohort_cursor *cursor = (cohort_cursor *)base;
    cohort_request request;
    char *error = NULL;
    if (query_missing(base->pVtab, plan, argc, arguments)) return SQLITE_ERROR;
    stop_reading(cursor);
    cursor->history = (store_history){0};
    cursor->book = (codebook){.from = &glue_memory};
    cursor->windows = (window_plan){.from = &glue_memory};
    cursor->members = (store_members){0};
    cursor->member = NULL;
    cursor->prediction = (prediction){.from = &glue_memory};
    cursor->predicts = false;
    cursor->is_open = true;
    cursor->one_person = false;
    int code = read_request(cursor, plan, argc, argv, &request);
    if (code == SQLITE_OK) code = start(cursor, &request, plan_bits, &error);
    return query_pass_error(base->pVtab, code == SQLITE_DONE ? SQLITE_OK : code, error);
}

static int cohort_next_row(sqlite3_vtab_cursor *base) {
    char *error = NULL;
    int code = next_member((cohort_cursor *)base, &error);
    return query_pass_error(base->pVtab, code, error);
}

static int cohort_eof(sqlite3_vtab_cursor *base) {
    return ((cohort_cursor *)base)->member == NULL;
}

static int cohort_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((cohort_cursor *)base)->member->person.id;
    return SQLITE_OK;
}

/* --- columns --------------------------------------------------------------------------------- */

static void result_code(sqlite3_context *context, const cohort_cursor *cursor,
                        dictionary_family family, uint32_t code) {
    const dictionary_entry *entry = dictionary_at(&cursor->history.texts, family, code);
    if (entry)
        sqlite3_result_text(context, entry->text, (int)entry->length, SQLITE_TRANSIENT);
}

static void result_number(sqlite3_context *context, int64_t number) {
    if (number != HISTORY_NULL) sqlite3_result_int64(context, number);
}

/* The person's sub-cohorts in the window; spells stand sorted by the sub-cohort's name. */
static void result_subcohorts(sqlite3_context *context, const cohort_cursor *cursor) {
    const history_person *person = &cursor->member->person;
    sqlite3_str *names = NULL;
    uint32_t last = 0;
    for (uint32_t row = person->membership; row < person->membership_end; row++) {
        history_membership spell = history_membership_at(person->block, row);
        const dictionary_entry *entry =
            dictionary_at(&cursor->history.texts, DICTIONARY_SUBCOHORT, spell.subcohort);
        if (!entry || spell.subcohort == last || !member_spell_counts(&cursor->windows, &spell))
            continue;
        last = spell.subcohort;
        if (!names) names = sqlite3_str_new(glue_table_db(&cursor->base));
        if (sqlite3_str_length(names)) sqlite3_str_appendchar(names, 1, ',');
        sqlite3_str_append(names, entry->text, (int)entry->length);
    }
    if (!names) return;
    char *text = sqlite3_str_finish(names);
    if (text) {
        sqlite3_result_text(context, text, -1, sqlite3_free);
    } else {
        sqlite3_result_error_nomem(context);
    }
}

static void window_column(sqlite3_context *context, const cohort_cursor *cursor, int column) {
    const window_plan *windows = &cursor->windows;
    const store_history *history = &cursor->history;
    if (column == WINDOW_START) glue_result_date(context, windows->starts[0]);
    if (column == WINDOW_END) glue_result_date(context, windows->ends[0]);
    if (column == COMPLETE)
        sqlite3_result_int(context, history->has_extract_date &&
                                        window_is_complete(windows, 0, history->extract_date));
}

static int sentence_band_of(const history_appearance *index) {
    if (index->kind != KIND_RELEASE || index->sentence == HISTORY_NULL) return 0;
    return band_sentence(
        (int32_t)(index->sentence > SENTENCE_LIFE ? SENTENCE_LIFE : index->sentence));
}

/* Who they are. */
static void person_column(sqlite3_context *context, const cohort_cursor *cursor, int column) {
    const member *shown = cursor->member;
    const history_offender *offender = &shown->offender;
    switch (column) {
    case OFFENDER_ID:
        sqlite3_result_int64(context, offender->id);
        break;
    case AGE:
        if (shown->age != MEMBER_AGE_UNKNOWN) sqlite3_result_int(context, shown->age);
        break;
    case AGE_GROUP:
        query_result_text(context, band_age_group_label(band_age_group(shown->age)));
        break;
    case AGE_BAND:
        query_result_text(context, band_age_label(band_age(shown->age)));
        break;
    case SEX:
        result_code(context, cursor, DICTIONARY_SEX, offender->sex);
        break;
    case ETHNICITY:
        result_code(context, cursor, DICTIONARY_ETHNICITY, offender->ethnicity);
        break;
    default:
        result_subcohorts(context, cursor);
    }
}

/* How they came into the cohort. */
static void index_column(sqlite3_context *context, const cohort_cursor *cursor, int column) {
    const member *shown = cursor->member;
    const history_appearance *index = &shown->index;
    switch (column) {
    case APPEARANCE_ROW_ID:
        result_number(context, index->id);
        break;
    case INDEX_DATE:
        glue_result_date(context, (calendar_day)index->date);
        break;
    case FOLLOW_UP_END:
        glue_result_date(context, shown->follow_up_end);
        break;
    case AREA_CODE:
        result_code(context, cursor, DICTIONARY_AREA, index->area);
        break;
    case INDEX_KIND:
        query_result_text(context, kind_name(index->kind));
        break;
    case INDEX_DISPOSAL:
        result_code(context, cursor, DICTIONARY_DISPOSAL, index->disposal);
        break;
    case INDEX_HO_CODE:
        result_code(context, cursor, DICTIONARY_HO_CODE, index->ho_code);
        break;
    case INDEX_OFFENCE_GROUP:
        if (index->ho_code < cursor->book.offence_codes)
            query_result_text(context, offence_group_name(cursor->book.groups[index->ho_code]));
        break;
    case SENTENCE_MONTHS:
        result_number(context, index->sentence);
        break;
    case SENTENCE_BAND:
        query_result_text(context, band_sentence_label(sentence_band_of(index)));
        break;
    default:
        person_column(context, cursor, column);
    }
}

static void outcome_column(sqlite3_context *context, const member *shown, int column) {
    const follow_up_outcome *outcome = &shown->outcome;
    calendar_day index_date = (calendar_day)shown->index.date;
    switch (column) {
    case REOFFENDED:
        sqlite3_result_int(context, outcome->reoffences > 0);
        break;
    case REOFFENCES:
        sqlite3_result_int64(context, outcome->reoffences);
        break;
    case REAPPEARANCES:
        sqlite3_result_int64(context, outcome->reappearances);
        break;
    case VIOLENT_SEXUAL_REOFFENCES:
        sqlite3_result_int64(context, outcome->violent_sexual);
        break;
    case SERIOUS_ACQUISITIVE_REOFFENCES:
        sqlite3_result_int64(context, outcome->serious_acquisitive);
        break;
    case SERIOUS_REOFFENCES:
        sqlite3_result_int64(context, outcome->serious);
        break;
    case UNCLASSIFIED_REOFFENCES:
        sqlite3_result_int64(context, outcome->unclassified);
        break;
    case DAYS_TO_REOFFENCE:
        if (outcome->reoffences) sqlite3_result_int(context, outcome->first_date - index_date);
        break;
    default:
        if (outcome->reoffences)
            sqlite3_result_int(context, follow_up_month(index_date, outcome->first_date));
    }
}

/* R33 on the index day; NULL when sex, age or offence group is not known. */
static void result_ogrs3_score(sqlite3_context *context, const cohort_cursor *cursor) {
    const member *shown = cursor->member;
    uint32_t code = shown->index.ho_code;
    int group = code < cursor->book.offence_codes ? cursor->book.groups[code] : 0;
    double score;
    if (ogrs3_score_at_index(codebook_sex(&cursor->book, shown->offender.sex), shown->age,
                             (int)shown->before.sanctions,
                             shown->before.years_since_first_sanction, group, &score))
        sqlite3_result_double(context, score);
}

static void record_column(sqlite3_context *context, const cohort_cursor *cursor, int column) {
    const member *shown = cursor->member;
    const criminal_history *before = &shown->before;
    switch (column) {
    case PREVIOUS_OFFENCES:
        sqlite3_result_int64(context, before->offences);
        break;
    case PREVIOUS_OFFENCES_BAND:
        query_result_text(context, band_previous_offences_label(
                                       band_previous_offences(before->offences)));
        break;
    case PREVIOUS_SANCTIONS:
        sqlite3_result_int64(context, before->sanctions);
        break;
    case PREVIOUS_CUSTODY:
        sqlite3_result_int64(context, before->custody);
        break;
    case YEARS_SINCE_FIRST_SANCTION:
        if (before->sanctions) sqlite3_result_int(context, before->years_since_first_sanction);
        break;
    case COPAS_RATE:
        sqlite3_result_double(context, criminal_history_copas_rate(before));
        break;
    case LN_PREVIOUS_OFFENCES:
        sqlite3_result_double(context, log1p(before->offences));
        break;
    case OGRS3_SCORE:
        result_ogrs3_score(context, cursor);
        break;
    case UNDATED_OFFENCES:
        sqlite3_result_int64(context, shown->undated);
        break;
    case STRADDLING_OFFENCES:
        sqlite3_result_int64(context, shown->straddling);
        break;
    }
}

/* The probability of the models of everyone: a person may be in several sub-cohorts. */
static int result_prediction(sqlite3_context *context, const cohort_cursor *cursor) {
    const member *shown = cursor->member;
    const prediction *by = &cursor->prediction;
    if (!cursor->predicts) return SQLITE_OK;
    const breakdown_facts facts = {.block = shown->person.block,
                                   .person = shown->person.row,
                                   .appearance = shown->index_row,
                                   .date = (calendar_day)shown->index.date};
    double probability;
    if (prediction_score(by, prediction_set_of(by, 0), &facts, &shown->before, &probability)) {
        glue_result_real(context, probability);
        return SQLITE_OK;
    }
    char *error = NULL;
    int code = store_corrupt(cursor->history.name, "a code is not in its dictionary", &error);
    return query_pass_error(cursor->base.pVtab, code, error);
}

static int cohort_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const cohort_cursor *cursor = (const cohort_cursor *)base;
    if (column <= COMPLETE) {
        window_column(context, cursor, column);
    } else if (column <= SUBCOHORTS) {
        index_column(context, cursor, column);
    } else if (column <= MONTHS_TO_REOFFENCE) {
        outcome_column(context, cursor->member, column);
    } else if (column < PREDICTED) {
        record_column(context, cursor, column);
    } else if (column == PREDICTED) {
        return result_prediction(context, cursor);
    } else if (column == HISTORY) {
        sqlite3_result_value(context, cursor->name);
    } else if (column == WANTED_WINDOW) {
        glue_result_date(context, cursor->windows.starts[0]);
    } else if (column == MODEL) {
        if (cursor->model) sqlite3_result_value(context, cursor->model);
    } else {
        query_result_option(context, column - FIRST_OPTION, &cursor->windows.options);
    }
    return SQLITE_OK;
}

static const sqlite3_module cohort_module = {
    .xConnect = glue_table_connect,
    .xDisconnect = glue_table_disconnect,
    .xBestIndex = cohort_best_index,
    .xOpen = glue_table_open,
    .xClose = cohort_close,
    .xFilter = cohort_filter,
    .xNext = cohort_next_row,
    .xEof = cohort_eof,
    .xColumn = cohort_column,
    .xRowid = cohort_rowid,
};

const glue_module vt_cohort = {
    .name = FUNCTION,
    .module = &cohort_module,
    .columns = declaration,
    .cursor_size = sizeof(cohort_cursor),
    .arguments = "history, window_start [, window_months, step_months, follow_up_months, "
                 "wait_months, kinds, model]",
    .meaning = "One row for each offender of one window (R5 to R22)",
    .example = "SELECT index_kind, count(*), avg(reoffended) FROM "
               "reoffend_cohort('history', '2009-01-01') GROUP BY index_kind",
};
