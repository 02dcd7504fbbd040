/* generate_disposal.c - the tables of disposals, out-of-court disposals, units and verdicts. */
#include "csv.h"
#include "generate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { CODES = 10000 };

static const char *const categories[] = {"custody",
                                         "suspended_sentence",
                                         "community_sentence",
                                         "fine",
                                         "conditional_discharge",
                                         "absolute_discharge",
                                         "caution",
                                         "reprimand_or_warning",
                                         "drug_test",
                                         "other",
                                         ""};

/* A category of the dictionary, or none. */
static const char *read_category(const csv_table *table, size_t row) {
    const char *category = csv_field(table, row, "category");
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (strcmp(categories[i], category) == 0) return category;
    csv_fail(table, row, "an unknown category");
}

static void write_text_or_null(FILE *out, const char *text) {
    if (*text)
        generate_text(out, text);
    else
        fprintf(out, "NULL");
    fprintf(out, ", ");
}

static void write_disposal(FILE *out, const char *code, const char *label, const char *category,
                           const char *outcome, bool custody) {
    fprintf(out, "{");
    generate_text(out, code);
    fprintf(out, ", ");
    write_text_or_null(out, label);
    write_text_or_null(out, category);
    write_text_or_null(out, outcome);
    fprintf(out, "%d},\n", custody);
}

/* All result codes of the register, with what disposal.csv decides about some of them. */
static void write_disposals(const char *folder, FILE *out) {
    csv_table results = csv_read(folder, "cjs_result");
    csv_table decided = csv_read(folder, "disposal");
    unsigned *row_of = calloc(CODES, sizeof *row_of), *place = calloc(CODES, sizeof *place);
    if (!row_of || !place) exit(1);
    for (size_t i = 0; i < decided.rows; i++) {
        unsigned code = csv_number(&decided, i, "code", 1000, CODES - 1);
        if (row_of[code]) csv_fail(&decided, i, "a code decided twice");
        row_of[code] = (unsigned)i + 1;
        read_category(&decided, i);
    }
    fprintf(out, "static const disposal disposals[] = {\n");
    for (size_t i = 0; i < results.rows; i++) {
        unsigned code = csv_number(&results, i, "code", 1000, CODES - 1);
        place[code] = (unsigned)i + 1;
        bool is_decided = row_of[code] != 0;
        size_t row = is_decided ? row_of[code] - 1 : 0;
        write_disposal(out, csv_field(&results, i, "code"), csv_field(&results, i, "label"),
                       is_decided ? csv_field(&decided, row, "category") : "",
                       is_decided ? csv_field(&decided, row, "outcome") : "",
                       is_decided && csv_yes(&decided, row, "immediate_custody"));
    }
    fprintf(out, "};\nstatic const uint16_t disposal_place[%d] = {\n", CODES);
    for (int i = 0; i < CODES; i++) fprintf(out, "%u,%s", place[i], i % 20 == 19 ? "\n" : "");
    fprintf(out, "};\n");
    for (size_t i = 0; i < decided.rows; i++)
        if (!place[csv_number(&decided, i, "code", 1000, CODES - 1)])
            csv_fail(&decided, i, "a code that cjs_result.csv does not list");
    free(row_of);
    free(place);
    csv_free(&results);
    csv_free(&decided);
}

/* Kinds no longer in use stay readable: history is full of them. */
static void write_out_of_court(const char *folder, FILE *out) {
    csv_table table = csv_read(folder, "out_of_court");
    fprintf(out, "static const disposal out_of_court[] = {\n");
    for (size_t i = 0; i < table.rows; i++)
        write_disposal(out, csv_field(&table, i, "kind"), csv_field(&table, i, "label"),
                       read_category(&table, i), csv_field(&table, i, "outcome"), false);
    fprintf(out, "};\n");
    csv_free(&table);
}

static void write_units(const char *folder, FILE *out) {
    csv_table table = csv_read(folder, "duration_unit");
    fprintf(out, "static const duration_unit duration_units[] = {\n");
    for (size_t i = 0; i < table.rows; i++) {
        const char *code = csv_field(&table, i, "code");
        if (strlen(code) != 1) csv_fail(&table, i, "a unit is one letter");
        bool has_months = *csv_field(&table, i, "months") != 0;
        bool has_year = *csv_field(&table, i, "units_a_year") != 0;
        if (has_months && has_year) csv_fail(&table, i, "months or units_a_year, not both");
        if (!has_months && !has_year) continue; /* no sentence length */
        fprintf(out, "{'%c', %u, %u},\n", *code,
                has_months ? csv_number(&table, i, "months", 1, 11988) : 0,
                has_year ? csv_number(&table, i, "units_a_year", 1, 366) : 0);
    }
    fprintf(out, "};\n");
    csv_free(&table);
}

static void write_verdicts(const char *folder, FILE *out) {
    csv_table table = csv_read(folder, "verdict");
    fprintf(out, "static const verdict_entry verdicts[] = {\n");
    for (size_t i = 0; i < table.rows; i++) {
        fprintf(out, "{\"");
        for (const char *c = csv_field(&table, i, "code"); *c; c++)
            fputc(tolower((unsigned char)*c), out);
        fprintf(out, "\", %d},\n", csv_yes(&table, i, "proven"));
    }
    fprintf(out, "};\n");
    csv_free(&table);
}

void generate_disposal(const char *folder, FILE *out) {
    write_disposals(folder, out);
    write_out_of_court(folder, out);
    write_units(folder, out);
    write_verdicts(folder, out);
}
