#include "fn_offence.h"

#include "lookup_version.inc"
#include "offence.h"

static void refuse_recorded_crime(sqlite3_context *context) {
    glue_error(context, "code must be a Home Office class and sub-class (028/03) or a CJS code "
                        "(TH68010); got a recorded-crime class with a letter");
}

/* False: NULL given or error set. */
static bool read_class(sqlite3_context *context, int argc, sqlite3_value **argv,
                       offence_class *class) {
    const char *text;
    size_t length;
    if (glue_has_null(argc, argv) || !glue_read_text(context, "code", argv[0], &text, &length))
        return false;
    if (offence_look_up(text, length, class) != OFFENCE_RECORDED_CRIME) return true;
    refuse_recorded_crime(context);
    return false;
}

static bool read_finding(sqlite3_context *context, int argc, sqlite3_value **argv,
                         offence_finding *finding) {
    const char *text;
    size_t length;
    if (glue_has_null(argc, argv) || !glue_read_text(context, "code", argv[0], &text, &length))
        return false;
    *finding = offence_find(text, length);
    if (finding->status != OFFENCE_RECORDED_CRIME) return true;
    refuse_recorded_crime(context);
    return false;
}

static void result_static(sqlite3_context *context, const char *text) {
    if (text) sqlite3_result_text(context, text, -1, SQLITE_STATIC);
}

static void result_flag(sqlite3_context *context, uint8_t flag) {
    if (flag != OFFENCE_UNKNOWN) sqlite3_result_int(context, flag == OFFENCE_YES);
}

static void group(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_class class;
    if (read_class(context, argc, argv, &class))
        result_static(context, offence_group_name(class.group));
}

static void group12(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_class class;
    if (read_class(context, argc, argv, &class))
        result_static(context, offence_group12_name(class.group12));
}

static void is_violent(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_class class;
    if (read_class(context, argc, argv, &class)) result_flag(context, class.violent);
}

static void is_sexual(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_class class;
    if (read_class(context, argc, argv, &class)) result_flag(context, class.sexual);
}

static void is_serious_acquisitive(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_class class;
    if (read_class(context, argc, argv, &class)) result_flag(context, class.serious_acquisitive);
}

static void is_serious(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_class class;
    if (read_class(context, argc, argv, &class)) result_flag(context, class.serious);
}

static void is_breach(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_class class;
    if (read_class(context, argc, argv, &class)) result_flag(context, class.breach);
}

static void is_recordable(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_class class;
    if (read_class(context, argc, argv, &class)) result_flag(context, class.recordable);
}

static void severity_rank(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_class class;
    if (read_class(context, argc, argv, &class) && class.severity_rank != OFFENCE_RANK_UNKNOWN)
        sqlite3_result_int(context, class.severity_rank);
}

static void label(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_finding finding;
    if (read_finding(context, argc, argv, &finding)) result_static(context, finding.label);
}

static void ho_code(sqlite3_context *context, int argc, sqlite3_value **argv) {
    offence_finding finding;
    char text[OFFENCE_HO_CODE_LENGTH + 1];
    if (!read_finding(context, argc, argv, &finding) || finding.ho_code < 0) return;
    offence_write_ho_code(finding.ho_code, text);
    sqlite3_result_text(context, text, OFFENCE_HO_CODE_LENGTH, SQLITE_TRANSIENT);
}

/* Says of a recorded-crime class what the others refuse. */
static void status(sqlite3_context *context, int argc, sqlite3_value **argv) {
    const char *text;
    size_t length;
    offence_class class;
    if (glue_has_null(argc, argv) || !glue_read_text(context, "code", argv[0], &text, &length))
        return;
    result_static(context, offence_status_text(offence_look_up(text, length, &class)));
}

static void lookup_version(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    sqlite3_result_text(context, LOOKUP_VERSION, -1, SQLITE_STATIC);
}

const glue_function fn_offence[] = {
    {.name = "offence_group",
     .argument_count = 1,
     .scalar = group,
     .arguments = "code",
     .meaning = "The index-offence group of 2011, one of 20 (R31)",
     .example = "SELECT offence_group('028/03')",
     .result = "Burglary (domestic)"},
    {.name = "offence_group12",
     .argument_count = 1,
     .scalar = group12,
     .arguments = "code",
     .meaning = "The later offence group, one of 12 (R31)",
     .example = "SELECT offence_group12('TH68010')",
     .result = "Theft and handling"},
    {.name = "offence_is_violent",
     .argument_count = 1,
     .scalar = is_violent,
     .arguments = "code",
     .meaning = "1 when violent, 0 when not, NULL unknown (R30); aggravated burglary is",
     .example = "SELECT offence_is_violent('029/00')",
     .result = "1"},
    {.name = "offence_is_sexual",
     .argument_count = 1,
     .scalar = is_sexual,
     .arguments = "code",
     .meaning = "1 when sexual, 0 when not, NULL unknown (R30)",
     .example = "SELECT offence_is_sexual('SX03001')",
     .result = "1"},
    {.name = "offence_is_serious_acquisitive",
     .argument_count = 1,
     .scalar = is_serious_acquisitive,
     .arguments = "code",
     .meaning = "1 when serious acquisitive, 0 when not, NULL unknown (R29, R30)",
     .example = "SELECT offence_is_serious_acquisitive('48/0')",
     .result = "1"},
    {.name = "offence_is_serious",
     .argument_count = 1,
     .scalar = is_serious,
     .arguments = "code",
     .meaning = "1 when on the reconstructed list of serious violent and sexual offences, 0 when "
                "not, NULL unknown (R30)",
     .example = "SELECT offence_is_serious('OF61016')",
     .result = "1"},
    {.name = "offence_is_breach",
     .argument_count = 1,
     .scalar = is_breach,
     .arguments = "code",
     .meaning = "1 for breach proceedings, which are no offence (R18), 0 for an offence, NULL "
                "unknown",
     .example = "SELECT offence_is_breach('CJ03507')",
     .result = "1"},
    {.name = "offence_is_recordable",
     .argument_count = 1,
     .scalar = is_recordable,
     .arguments = "code",
     .meaning = "1 when recordable (R18), 0 when not, NULL where the CJS codes of a Home Office "
                "code differ",
     .example = "SELECT offence_is_recordable('RT88191')",
     .result = "0"},
    {.name = "offence_severity_rank",
     .argument_count = 1,
     .scalar = severity_rank,
     .arguments = "code",
     .meaning = "Rank of the offence group for choosing the index offence, 1 gravest (R9); NULL "
                "unknown",
     .example = "SELECT offence_severity_rank('034/01')",
     .result = "4"},
    {.name = "offence_label",
     .argument_count = 1,
     .scalar = label,
     .arguments = "code",
     .meaning =
         "A short title, up to 60 characters; that of the class where the sub-class has none",
     .example = "SELECT offence_label('TH68010')",
     .result = "Theft from a shop"},
    {.name = "offence_ho_code",
     .argument_count = 1,
     .scalar = ho_code,
     .arguments = "code",
     .meaning = "The Home Office code, class/sub-class; of a CJS code, what the register gives it",
     .example = "SELECT offence_ho_code('28/3') || ' ' || offence_ho_code('TH68010')",
     .result = "028/03 046/00"},
    {.name = "offence_status",
     .argument_count = 1,
     .scalar = status,
     .arguments = "code",
     .meaning = "Why a code is classified as it is: 'classified', 'classified by its class', "
                "'sub-class not stated', 'exact offence needed', 'in no offence group', 'no Home "
                "Office class', 'unknown sub-class', 'unknown class', 'unknown CJS code', "
                "'recorded-crime class', 'not an offence code'",
     .example = "SELECT offence_status('088/00')",
     .result = "exact offence needed"},
    {.name = "reoffend_lookup_version",
     .argument_count = 0,
     .scalar = lookup_version,
     .impure = true,
     .arguments = "",
     .meaning = "16 hexadecimal digits over all lookups the extension was built from",
     .example = "SELECT length(reoffend_lookup_version())",
     .result = "16"},
    {.name = NULL},
};
