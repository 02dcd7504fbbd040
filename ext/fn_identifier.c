#include "fn_identifier.h"

#include "identifier.h"

/* Reads (id [, pivot_year]). False: NULL given or error set. */
static bool read_pnc(sqlite3_context *context, int argc, sqlite3_value **argv,
                     identifier_fault *fault, identifier_pnc *pnc) {
    const char *text;
    size_t length;
    int64_t pivot = IDENTIFIER_DEFAULT_PIVOT;
    if (glue_has_null(argc, argv) || !glue_read_text(context, "id", argv[0], &text, &length))
        return false;
    if (argc > 1 && !glue_read_integer(context, "pivot_year", argv[1], IDENTIFIER_FIRST_PIVOT,
                                       IDENTIFIER_LAST_YEAR, &pivot))
        return false;
    *fault = identifier_read_pnc(text, length, (int)pivot, pnc);
    return true;
}

static void result_fault(sqlite3_context *context, identifier_fault fault) {
    const char *text = identifier_fault_text(fault);
    if (text) sqlite3_result_text(context, text, -1, SQLITE_STATIC);
}

static void result_pnc(sqlite3_context *context, identifier_pnc pnc) {
    char canonical[IDENTIFIER_PNC_LENGTH + 1];
    identifier_write_pnc(pnc, canonical);
    sqlite3_result_text(context, canonical, IDENTIFIER_PNC_LENGTH, SQLITE_TRANSIENT);
}

static void pnc_id(sqlite3_context *context, int argc, sqlite3_value **argv) {
    identifier_fault fault;
    identifier_pnc pnc;
    if (read_pnc(context, argc, argv, &fault, &pnc) && fault == IDENTIFIER_VALID)
        result_pnc(context, pnc);
}

static void pnc_id_error(sqlite3_context *context, int argc, sqlite3_value **argv) {
    identifier_fault fault;
    identifier_pnc pnc;
    if (read_pnc(context, argc, argv, &fault, &pnc)) result_fault(context, fault);
}

static void pnc_number(sqlite3_context *context, int argc, sqlite3_value **argv) {
    identifier_fault fault;
    identifier_pnc pnc;
    if (read_pnc(context, argc, argv, &fault, &pnc) && fault == IDENTIFIER_VALID)
        sqlite3_result_int64(context, identifier_pnc_number(pnc));
}

static void pnc_from_number(sqlite3_context *context, int argc, sqlite3_value **argv) {
    identifier_pnc pnc;
    int64_t number;
    if (glue_has_null(argc, argv)) return;
    if (!glue_read_integer(context, "number", argv[0],
                           (int64_t)IDENTIFIER_FIRST_YEAR * IDENTIFIER_PNC_SERIALS,
                           (int64_t)(IDENTIFIER_LAST_YEAR + 1) * IDENTIFIER_PNC_SERIALS - 1,
                           &number))
        return;
    if (identifier_pnc_from_number(number, &pnc)) result_pnc(context, pnc);
}

/* identifier_read_cro or identifier_read_asn: both fill a buffer of ASN length. */
typedef identifier_fault (*reader)(const char *text, size_t length, char *canonical);

static void canonical_form(sqlite3_context *context, sqlite3_value **argv, reader read) {
    char canonical[IDENTIFIER_ASN_LENGTH + 1];
    const char *text;
    size_t length;
    if (glue_has_null(1, argv) || !glue_read_text(context, "id", argv[0], &text, &length))
        return;
    if (read(text, length, canonical) == IDENTIFIER_VALID)
        sqlite3_result_text(context, canonical, -1, SQLITE_TRANSIENT);
}

static void fault_of(sqlite3_context *context, sqlite3_value **argv, reader read) {
    char canonical[IDENTIFIER_ASN_LENGTH + 1];
    const char *text;
    size_t length;
    if (!glue_has_null(1, argv) && glue_read_text(context, "id", argv[0], &text, &length))
        result_fault(context, read(text, length, canonical));
}

static void cro_id(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    canonical_form(context, argv, identifier_read_cro);
}

static void cro_id_error(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    fault_of(context, argv, identifier_read_cro);
}

static void asn_id(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    canonical_form(context, argv, identifier_read_asn);
}

static void asn_id_error(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    fault_of(context, argv, identifier_read_asn);
}

const glue_function fn_identifier[] = {
    {.name = "pnc_id",
     .argument_count = 1,
     .scalar = pnc_id,
     .arguments = "id",
     .meaning = "Canonical PNC id YYYY/NNNNNNND, or NULL when the text is none",
     .example = "SELECT pnc_id('79/163001b')",
     .result = "1979/0163001B"},
    {.name = "pnc_id",
     .argument_count = 2,
     .scalar = pnc_id,
     .arguments = "id, pivot_year",
     .meaning = "The same; a two-digit year falls in the 100 years that end with pivot_year",
     .example = "SELECT pnc_id('02/73319Z', 2001)",
     .result = "1902/0073319Z"},
    {.name = "pnc_id_error",
     .argument_count = 1,
     .scalar = pnc_id_error,
     .arguments = "id",
     .meaning = "What is wrong with a PNC id, or NULL when nothing is",
     .example = "SELECT pnc_id_error('1980/0163001B')",
     .result = "the check letter does not belong to the digits"},
    {.name = "pnc_id_error",
     .argument_count = 2,
     .scalar = pnc_id_error,
     .arguments = "id, pivot_year",
     .meaning = "The same with the pivot of pnc_id",
     .example = "SELECT pnc_id_error('198/0163001B', 2011)",
     .result = "the year has neither two digits nor four"},
    {.name = "pnc_number",
     .argument_count = 1,
     .scalar = pnc_number,
     .arguments = "id",
     .meaning = "An integer key for a PNC id: year * 10,000,000 + serial; NULL as pnc_id",
     .example = "SELECT pnc_number('1979/0163001B')",
     .result = "19790163001"},
    {.name = "pnc_number",
     .argument_count = 2,
     .scalar = pnc_number,
     .arguments = "id, pivot_year",
     .meaning = "The same with the pivot of pnc_id",
     .example = "SELECT pnc_number('02/73319Z', 2011)",
     .result = "20020073319"},
    {.name = "pnc_from_number",
     .argument_count = 1,
     .scalar = pnc_from_number,
     .arguments = "number",
     .meaning = "The canonical PNC id of a key made by pnc_number",
     .example = "SELECT pnc_from_number(19790163001)",
     .result = "1979/0163001B"},
    {.name = "cro_id",
     .argument_count = 1,
     .scalar = cro_id,
     .arguments = "id",
     .meaning = "Canonical CRO number NNNNNN/YYD or SFYY/N...D, or NULL when the text is none",
     .example = "SELECT cro_id('65656/91H')",
     .result = "065656/91H"},
    {.name = "cro_id_error",
     .argument_count = 1,
     .scalar = cro_id_error,
     .arguments = "id",
     .meaning = "What is wrong with a CRO number, or NULL when nothing is",
     .example = "SELECT cro_id_error('85227/65G')",
     .result = "the check letter does not belong to the digits"},
    {.name = "asn_id",
     .argument_count = 1,
     .scalar = asn_id,
     .arguments = "id",
     .meaning = "Canonical arrest/summons number without slashes, or NULL when the text is none",
     .example = "SELECT asn_id('20/05FF/05/555P')",
     .result = "2005FF0500000000555P"},
    {.name = "asn_id_error",
     .argument_count = 1,
     .scalar = asn_id_error,
     .arguments = "id",
     .meaning = "What is wrong with an arrest/summons number, or NULL when nothing is",
     .example = "SELECT asn_id_error('2202XC0200000000021D')",
     .result = "the check letter does not belong to the digits"},
    {.name = NULL},
};
