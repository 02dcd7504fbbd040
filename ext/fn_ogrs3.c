#include "fn_ogrs3.h"

#include "offence.h"
#include "ogrs3.h"

#include <string.h>

enum { SEX, AGE_FOLLOW_UP, AGE_CONVICTION, AGE_FIRST, PRIOR, OFFENCE, HISTORY, GIRLS };
enum { LEAST_ARGUMENTS = HISTORY, MOST_ARGUMENTS = GIRLS + 1, SANCTIONS_LIMIT = 100000 };

static bool is_text(sqlite3_value *value, const char *expected) {
    if (sqlite3_value_type(value) != SQLITE_TEXT) return false;
    const char *text = (const char *)sqlite3_value_text(value);
    return text && strcmp(text, expected) == 0;
}

static bool read_sex(sqlite3_context *context, sqlite3_value *value, bool *female) {
    *female = is_text(value, "F");
    if (*female || is_text(value, "M")) return true;
    glue_error(context, "sex must be 'M' or 'F'; got %s",
               sqlite3_value_type(value) == SQLITE_TEXT ? "another text" : glue_type_name(value));
    return false;
}

static bool read_whole(sqlite3_context *context, const char *argument, sqlite3_value *value,
                       int low, int high, int *number) {
    int64_t read;
    if (!glue_read_integer(context, argument, value, low, high, &read)) return false;
    *number = (int)read;
    return true;
}

static bool read_ages(sqlite3_context *context, sqlite3_value **argv, ogrs3_person *person) {
    if (!read_whole(context, "age_follow_up", argv[AGE_FOLLOW_UP], OGRS3_LOWEST_AGE,
                    OGRS3_HIGHEST_AGE, &person->age_follow_up) ||
        !read_whole(context, "age_conviction", argv[AGE_CONVICTION], OGRS3_LOWEST_AGE,
                    OGRS3_HIGHEST_AGE, &person->age_conviction) ||
        !read_whole(context, "age_first_sanction", argv[AGE_FIRST], OGRS3_LOWEST_AGE,
                    OGRS3_HIGHEST_AGE, &person->age_first_sanction))
        return false;
    if (person->age_first_sanction <= person->age_conviction) return true;
    glue_error(context, "age_first_sanction must not be above age_conviction; got a larger one");
    return false;
}

/* The weight of a code. False: no weight known, or an error. */
static bool read_weight(sqlite3_context *context, const char *argument, sqlite3_value *value,
                        double *weight) {
    const char *code;
    size_t length;
    if (!glue_read_text(context, argument, value, &code, &length)) return false;
    return ogrs3_group_weight(offence_classify(code, length).group, weight);
}

static bool read_offence(sqlite3_context *context, sqlite3_value *value, double *weight) {
    if (sqlite3_value_type(value) == SQLITE_FLOAT)
        return glue_read_real(context, "offence", value, -10, 10, weight);
    if (sqlite3_value_type(value) != SQLITE_TEXT) {
        glue_error(context, "offence must be a code as text or a weight as a real number; got %s",
                   glue_type_name(value));
        return false;
    }
    return read_weight(context, "offence", value, weight);
}

static bool read_history(sqlite3_context *context, sqlite3_value *value, ogrs3_history *history) {
    *history = OGRS3_BY_SANCTIONS;
    if (sqlite3_value_type(value) == SQLITE_NULL) return true;
    for (int state = OGRS3_BY_SANCTIONS + 1; state < OGRS3_HISTORIES; state++) {
        if (!is_text(value, ogrs3_history_name((ogrs3_history)state))) continue;
        *history = (ogrs3_history)state;
        return true;
    }
    glue_error(context,
               "history must be 'first conviction', 'repeat conviction', 'first caution', "
               "'repeat caution' or 'caution after conviction'; got %s",
               sqlite3_value_type(value) == SQLITE_TEXT ? "another text" : glue_type_name(value));
    return false;
}

static bool read_girls(sqlite3_context *context, sqlite3_value *value, ogrs3_girls *girls) {
    *girls = is_text(value, "plus") ? OGRS3_GIRLS_PLUS : OGRS3_GIRLS_MINUS;
    if (*girls == OGRS3_GIRLS_PLUS || is_text(value, "minus")) return true;
    glue_error(context, "girls must be 'minus' or 'plus'; got %s",
               sqlite3_value_type(value) == SQLITE_TEXT ? "another text" : glue_type_name(value));
    return false;
}

/* False: NULL is the answer, or an error is set. */
static bool read_person(sqlite3_context *context, int argc, sqlite3_value **argv,
                        ogrs3_person *person) {
    if (argc < LEAST_ARGUMENTS || argc > MOST_ARGUMENTS) {
        glue_error(context, "%d to %d arguments expected; got %d", LEAST_ARGUMENTS, MOST_ARGUMENTS,
                   argc);
        return false;
    }
    if (glue_has_null(LEAST_ARGUMENTS, argv)) return false;
    if (argc > GIRLS && sqlite3_value_type(argv[GIRLS]) == SQLITE_NULL) return false;
    *person = (ogrs3_person){0};
    return read_sex(context, argv[SEX], &person->female) && read_ages(context, argv, person) &&
           read_whole(context, "prior_sanctions", argv[PRIOR], 0, SANCTIONS_LIMIT,
                      &person->prior_sanctions) &&
           (argc <= HISTORY || read_history(context, argv[HISTORY], &person->history)) &&
           (argc <= GIRLS || read_girls(context, argv[GIRLS], &person->girls)) &&
           read_offence(context, argv[OFFENCE], &person->offence_weight);
}

static void one_year(sqlite3_context *context, int argc, sqlite3_value **argv) {
    ogrs3_person person;
    if (read_person(context, argc, argv, &person))
        sqlite3_result_double(context, ogrs3_one_year(&person));
}

static void two_years(sqlite3_context *context, int argc, sqlite3_value **argv) {
    ogrs3_person person;
    if (read_person(context, argc, argv, &person))
        sqlite3_result_double(context, ogrs3_two_years(&person));
}

static void offence_weight(sqlite3_context *context, int argc, sqlite3_value **argv) {
    double weight;
    if (!glue_has_null(argc, argv) && read_weight(context, "code", argv[0], &weight))
        sqlite3_result_double(context, weight);
}

static void percent(sqlite3_context *context, int argc, sqlite3_value **argv) {
    double probability;
    if (!glue_has_null(argc, argv) &&
        glue_read_real(context, "probability", argv[0], 0, 1, &probability))
        sqlite3_result_int(context, ogrs3_percent(probability));
}

static void band(sqlite3_context *context, int argc, sqlite3_value **argv) {
    int number;
    if (!glue_has_null(argc, argv) && read_whole(context, "percent", argv[0], 0, 100, &number))
        sqlite3_result_text(context, ogrs3_band(number), -1, SQLITE_STATIC);
}

static void copas_rate(sqlite3_context *context, int argc, sqlite3_value **argv) {
    int prior, years;
    if (!glue_has_null(argc, argv) &&
        read_whole(context, "prior_sanctions", argv[0], 0, SANCTIONS_LIMIT, &prior) &&
        read_whole(context, "years", argv[1], 0, OGRS3_HIGHEST_AGE, &years))
        sqlite3_result_double(context, ogrs3_rate(prior, years));
}

#define PERSON                                                                                     \
    "sex, age_follow_up, age_conviction, age_first_sanction, prior_sanctions, offence "            \
    "[, history [, girls]]"

const glue_function fn_ogrs3[] = {
    {.name = "ogrs3_one_year",
     .argument_count = -1,
     .scalar = one_year,
     .arguments = PERSON,
     .meaning = "OGRS3: probability 0..1 of a proven re-offence within one year (R33)",
     .example = "SELECT round(ogrs3_one_year('M', 30, 30, 21, 1, 0.1599), 5)",
     .result = "0.10744"},
    {.name = "ogrs3_two_years",
     .argument_count = -1,
     .scalar = two_years,
     .arguments = PERSON,
     .meaning = "OGRS3: probability 0..1 of a proven re-offence within two years (R33)",
     .example = "SELECT round(ogrs3_two_years('M', 30, 30, 21, 1, 0.1599), 5)",
     .result = "0.19814"},
    {.name = "ogrs3_offence_weight",
     .argument_count = 1,
     .scalar = offence_weight,
     .arguments = "code",
     .meaning = "OGRS3: the weight of an offence, that of its group; NULL when that is unknown",
     .example = "SELECT ogrs3_offence_weight('045/10')",
     .result = "0.4272"},
    {.name = "ogrs3_percent",
     .argument_count = 1,
     .scalar = percent,
     .arguments = "probability",
     .meaning = "A probability as OGRS3 shows it: whole per cent, 1 to 99",
     .example = "SELECT ogrs3_percent(0.19814)",
     .result = "20"},
    {.name = "ogrs3_band",
     .argument_count = 1,
     .scalar = band,
     .arguments = "percent",
     .meaning = "Band of a two-year OGRS3 per cent: low, medium (50), high (75), very high (90)",
     .example = "SELECT ogrs3_band(75)",
     .result = "high"},
    {.name = "ogrs3_copas_rate",
     .argument_count = 2,
     .scalar = copas_rate,
     .arguments = "prior_sanctions, years",
     .meaning = "Copas rate: ln((1 + prior_sanctions) / (10 + years since the first sanction))",
     .example = "SELECT round(ogrs3_copas_rate(1, 9), 6)",
     .result = "-2.251292"},
    {.name = NULL},
};
