#include "fn_disposal.h"

#include "band.h"
#include "disposal.h"

enum { OLDEST_AGE = 150 };

/* False: NULL given, error set, or the code is in no table (the result stays NULL). */
static bool read_disposal(sqlite3_context *context, int argc, sqlite3_value **argv,
                          disposal *found) {
    const char *text;
    size_t length;
    if (glue_has_null(argc, argv) || !glue_read_text(context, "code", argv[0], &text, &length))
        return false;
    *found = disposal_find(text, length);
    return found->code != NULL;
}

static void result_static(sqlite3_context *context, const char *text) {
    if (text) sqlite3_result_text(context, text, -1, SQLITE_STATIC);
}

static void category(sqlite3_context *context, int argc, sqlite3_value **argv) {
    disposal found;
    if (read_disposal(context, argc, argv, &found)) result_static(context, found.category);
}

static void is_immediate_custody(sqlite3_context *context, int argc, sqlite3_value **argv) {
    disposal found;
    if (read_disposal(context, argc, argv, &found))
        sqlite3_result_int(context, found.immediate_custody);
}

static void outcome(sqlite3_context *context, int argc, sqlite3_value **argv) {
    disposal found;
    if (read_disposal(context, argc, argv, &found)) result_static(context, found.outcome);
}

static void label(sqlite3_context *context, int argc, sqlite3_value **argv) {
    disposal found;
    if (read_disposal(context, argc, argv, &found)) result_static(context, found.label);
}

static void months(sqlite3_context *context, int argc, sqlite3_value **argv) {
    const char *text;
    size_t length;
    int32_t count;
    if (glue_has_null(argc, argv) || !glue_read_text(context, "duration", argv[0], &text, &length))
        return;
    if (disposal_sentence_months(text, length, &count)) sqlite3_result_int(context, count);
}

static void verdict_is_proven(sqlite3_context *context, int argc, sqlite3_value **argv) {
    const char *text;
    size_t length;
    if (glue_has_null(argc, argv) || !glue_read_text(context, "verdict", argv[0], &text, &length))
        return;
    int proven = disposal_verdict_proven(text, length);
    if (proven >= 0) sqlite3_result_int(context, proven);
}

static void sentence_band(sqlite3_context *context, int argc, sqlite3_value **argv) {
    int64_t count;
    if (glue_has_null(argc, argv)) return;
    if (glue_read_integer(context, "months", argv[0], 0, INT32_MAX, &count))
        result_static(context, band_sentence_label(band_sentence((int32_t)count)));
}

static void age_band(sqlite3_context *context, int argc, sqlite3_value **argv) {
    int64_t age;
    if (glue_has_null(argc, argv)) return;
    if (glue_read_integer(context, "age", argv[0], 0, OLDEST_AGE, &age))
        result_static(context, band_age_label(band_age((int)age)));
}

static void age_group(sqlite3_context *context, int argc, sqlite3_value **argv) {
    int64_t age;
    if (glue_has_null(argc, argv)) return;
    if (glue_read_integer(context, "age", argv[0], 0, OLDEST_AGE, &age))
        result_static(context, band_age_group_label(band_age_group((int)age)));
}

static void previous_offences_band(sqlite3_context *context, int argc, sqlite3_value **argv) {
    int64_t count;
    if (glue_has_null(argc, argv)) return;
    if (glue_read_integer(context, "previous_offences", argv[0], 0, INT64_MAX, &count))
        result_static(context, band_previous_offences_label(band_previous_offences(count)));
}

const glue_function fn_disposal[] = {
    {.name = "disposal_category",
     .argument_count = 1,
     .scalar = category,
     .arguments = "code",
     .meaning = "The index disposal (R25): custody, suspended_sentence, community_sentence, fine, "
                "conditional_discharge, absolute_discharge, caution, reprimand_or_warning, "
                "drug_test, other; NULL for a result that is no disposal",
     .example = "SELECT disposal_category('1115')",
     .result = "suspended_sentence"},
    {.name = "disposal_is_immediate_custody",
     .argument_count = 1,
     .scalar = is_immediate_custody,
     .arguments = "code",
     .meaning = "1 for a sentence to immediate custody (R8), 0 for another known result, NULL "
                "unknown",
     .example = "SELECT disposal_is_immediate_custody('1002')",
     .result = "1"},
    {.name = "disposal_outcome",
     .argument_count = 1,
     .scalar = outcome,
     .arguments = "code",
     .meaning = "What the result means for the case: 'sentence', 'out of court', 'penalty notice', "
                "'drug test', 'not proven', 'interim', 'carried forward', 'conviction quashed', "
                "'sentence quashed', 'sentence varied', 'appeal pending', 'appeal dismissed', "
                "'breach outcome', 'deceased'; NULL undecided",
     .example = "SELECT disposal_outcome('2079')",
     .result = "conviction quashed"},
    {.name = "disposal_label",
     .argument_count = 1,
     .scalar = label,
     .arguments = "code",
     .meaning = "The register's short title of a disposal",
     .example = "SELECT disposal_label('1081')",
     .result = "Detention and Training Order"},
    {.name = "verdict_is_proven",
     .argument_count = 1,
     .scalar = verdict_is_proven,
     .arguments = "verdict",
     .meaning = "1 for G and for the empty text of a caution, 0 for NG, NA and NC (R17), NULL for "
                "another text",
     .example = "SELECT verdict_is_proven('NA')",
     .result = "0"},
    {.name = "sentence_months",
     .argument_count = 1,
     .scalar = months,
     .arguments = "duration",
     .meaning = "Length of sentence in whole completed months: D days (365 a year), W weeks (52 a "
                "year), M months, Y years; Y999 or L is life, 11988; NULL for another text",
     .example = "SELECT sentence_months('D90')",
     .result = "2"},
    {.name = "sentence_band",
     .argument_count = 1,
     .scalar = sentence_band,
     .arguments = "months",
     .meaning = "The sentence band of a length in whole months (R25); 11988 and more is life",
     .example = "SELECT sentence_band(11988)",
     .result = "life or indeterminate"},
    {.name = "reoffend_age_band",
     .argument_count = 1,
     .scalar = age_band,
     .arguments = "age",
     .meaning = "The age band of an age in completed years (R25); NULL under 10 (R10)",
     .example = "SELECT reoffend_age_band(20)",
     .result = "18-20"},
    {.name = "reoffend_age_group",
     .argument_count = 1,
     .scalar = age_group,
     .arguments = "age",
     .meaning = "'juvenile' from 10 to 17, 'adult' from 18 (R10); NULL under 10",
     .example = "SELECT reoffend_age_group(17)",
     .result = "juvenile"},
    {.name = "reoffend_previous_offences_band",
     .argument_count = 1,
     .scalar = previous_offences_band,
     .arguments = "previous_offences",
     .meaning = "The band of a number of previous offences (R25)",
     .example = "SELECT reoffend_previous_offences_band(6)",
     .result = "3-6"},
    {.name = NULL},
};
