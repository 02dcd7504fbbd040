#include "csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void csv_fail(const csv_table *table, size_t row, const char *message) {
    fprintf(stderr, "%s:%zu: %s\n", table->path, row + 2, message);
    exit(1);
}

static void *allocate(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    if (!memory) {
        fprintf(stderr, "generate: out of memory\n");
        exit(1);
    }
    return memory;
}

static char *read_text(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(1);
    }
    long size = ftell(file);
    if (size < 0) size = 0;
    rewind(file);
    char *text = allocate((size_t)size + 1, 1);
    if (fread(text, 1, (size_t)size, file) != (size_t)size) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return text;
}

/* Cuts one field out in place, quotes undone. Returns where the next begins; *ended tells whether
** the row ended with it. */
static char *cut_field(char *at, char **field, bool *ended) {
    char *write = at;
    *field = at;
    if (*at == '"') {
        for (at++; *at && (at[0] != '"' || at[1] == '"'); at++) {
            if (*at == '"') at++;
            *write++ = *at;
        }
        if (*at == '"') at++;
    } else {
        while (*at && *at != ',' && *at != '\n') *write++ = *at++;
    }
    char stop = *at;
    *write = 0;
    *ended = stop != ',';
    return stop ? at + 1 : at;
}

csv_table csv_read(const char *folder, const char *name) {
    csv_table table = {.columns = 0};
    snprintf(table.path, sizeof table.path, "%s/%s.csv", folder, name);
    table.text = read_text(table.path);
    size_t lines = 0, commas = 0;
    for (const char *at = table.text; *at; at++) {
        lines += *at == '\n';
        commas += *at == ',';
    }
    table.fields = allocate(lines + commas + 2, sizeof *table.fields);
    size_t count = 0, in_row = 0;
    for (char *at = table.text; *at;) {
        bool ended;
        at = cut_field(at, &table.fields[count++], &ended);
        in_row++;
        if (!ended) continue;
        if (table.columns == 0)
            table.columns = in_row;
        else if (in_row != table.columns)
            csv_fail(&table, table.rows, "another number of fields than in the header");
        else
            table.rows++;
        in_row = 0;
    }
    return table;
}

void csv_free(csv_table *table) {
    free(table->fields);
    free(table->text);
}

const char *csv_field(const csv_table *table, size_t row, const char *column) {
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->fields[i], column) == 0)
            return table->fields[(row + 1) * table->columns + i];
    fprintf(stderr, "%s: there is no column %s\n", table->path, column);
    exit(1);
}

unsigned csv_number(const csv_table *table, size_t row, const char *column, unsigned low,
                    unsigned high) {
    const char *field = csv_field(table, row, column);
    char *stop;
    unsigned long number = strtoul(field, &stop, 10);
    if (*field < '0' || *field > '9' || *stop || number < low || number > high)
        csv_fail(table, row, "a number is missing or out of range");
    return (unsigned)number;
}

bool csv_yes(const csv_table *table, size_t row, const char *column) {
    const char *field = csv_field(table, row, column);
    if (strcmp(field, "yes") == 0) return true;
    if (strcmp(field, "no") != 0) csv_fail(table, row, "yes or no is expected");
    return false;
}

bool csv_in_force(const csv_table *table, size_t row) {
    return *csv_field(table, row, "valid_to") == 0;
}
