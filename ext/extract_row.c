#include "extract_row.h"

#include <stdint.h>
#include <string.h>

/* --- layout ----------------------------------------------------------------------------------- */

static bool is_name(const extract_column *column, const char *name, size_t length) {
    return column->name_length == length && memcmp(column->name, name, length) == 0;
}

/* The declared column of that name, or layout->count. */
static size_t find_column(const extract_layout *layout, const char *name, size_t length) {
    size_t i = 0;
    while (i < layout->count && !is_name(&layout->columns[i], name, length)) i++;
    return i;
}

bool extract_layout_declare(extract_layout *layout, const char *declaration, bool *is_known) {
    extract_column column;
    *is_known = extract_column_declare(declaration, &column) &&
                find_column(layout, column.name, column.name_length) == layout->count;
    if (!*is_known) return true;
    size_t wanted = layout->count + 1;
    extract_column *columns =
        layout->from->resize(layout->from->user, layout->columns, wanted * sizeof *columns);
    if (!columns) return false;
    layout->columns = columns;
    size_t *places =
        layout->from->resize(layout->from->user, layout->places, wanted * sizeof *places);
    if (!places) return false;
    layout->places = places;
    layout->related += column.relation != EXTRACT_ALONE;
    layout->columns[layout->count] = column;
    layout->places[layout->count++] = EXTRACT_ABSENT;
    return true;
}

/* The file's next name from *at on; false: there is none left. */
static bool next_name(const extract_layout *layout, size_t *at, const char **name, size_t *length) {
    if (*at > layout->names_length) return false;
    *name = layout->names + *at;
    const char *end = memchr(*name, '\n', layout->names_length - *at);
    *length = end ? (size_t)(end - *name) : layout->names_length - *at;
    *at += *length + 1;
    return true;
}

void extract_layout_file(extract_layout *layout, const char *names, size_t names_length) {
    const char *name;
    size_t at = 0, length;
    layout->names = names;
    layout->names_length = names_length;
    layout->file_columns = 0;
    for (size_t i = 0; i < layout->count; i++) {
        extract_column *column = &layout->columns[i];
        layout->places[i] = EXTRACT_ABSENT;
        column->other = find_column(layout, column->values, column->values_length);
    }
    for (; next_name(layout, &at, &name, &length); layout->file_columns++) {
        size_t column = find_column(layout, name, length);
        if (column < layout->count) layout->places[column] = layout->file_columns;
    }
}

void extract_layout_free(extract_layout *layout) {
    memory_free(layout->from, layout->columns);
    memory_free(layout->from, layout->places);
    *layout = (extract_layout){.from = layout->from};
}

/* --- rows ------------------------------------------------------------------------------------- */

csv_field extract_row_text(const extract_layout *layout, const csv_record *record, size_t column) {
    size_t place = layout->places[column];
    return place == EXTRACT_ABSENT ? (csv_field){"", 0} : record->fields[place];
}

/* Does the date stand to that of the other column as declared? Dates are compared as texts. */
static bool is_in_order(const extract_layout *layout, const csv_record *record,
                        const extract_cell *cells, size_t at) {
    const extract_column *column = &layout->columns[at];
    size_t other = column->other;
    if (other == layout->count || cells[at].kind != EXTRACT_STRING ||
        cells[other].kind != EXTRACT_STRING)
        return true;
    int order = memcmp(extract_row_text(layout, record, at).text,
                       extract_row_text(layout, record, other).text, CALENDAR_TEXT_LENGTH);
    return column->relation == EXTRACT_SINCE ? order >= 0 : order <= 0;
}

static bool find_disorder(const extract_layout *layout, const csv_record *record,
                          const extract_cell *cells, size_t *faulty) {
    size_t left = layout->related;
    for (*faulty = 0; left > 0; ++*faulty) {
        if (layout->columns[*faulty].relation == EXTRACT_ALONE) continue;
        if (!is_in_order(layout, record, cells, *faulty)) return true;
        left--;
    }
    return false;
}

const char *extract_row_read(const extract_layout *layout, const extract_setting *setting,
                             const csv_record *record, extract_cell *cells, size_t *faulty) {
    const char *first = NULL;
    for (size_t i = 0; i < layout->count; i++) {
        csv_field field = extract_row_text(layout, record, i);
        const char *fault =
            extract_cell_read(&layout->columns[i], setting, field.text, field.length, &cells[i]);
        if (fault && !first) *faulty = i;
        if (!first) first = fault;
    }
    if (!first && layout->related && find_disorder(layout, record, cells, faulty))
        return "range_reversed";
    return first;
}

static void write_member(json_text *json, const char *name, size_t length, csv_field field) {
    json_write(json, json->length > 1 ? "," : "");
    json_write_string(json, name, length);
    json_write(json, ":");
    json_write_string(json, field.text, field.length);
}

void extract_row_json(const extract_layout *layout, const csv_record *record, json_text *json) {
    json_write(json, "{");
    for (size_t i = 0; i < layout->count; i++)
        write_member(json, layout->columns[i].name, layout->columns[i].name_length,
                     extract_row_text(layout, record, i));
    json_write(json, "}");
}

void extract_row_extra(const extract_layout *layout, const csv_record *record, json_text *json) {
    const char *name;
    size_t at = 0, length;
    json_write(json, "{");
    for (size_t place = 0; next_name(layout, &at, &name, &length); place++)
        if (find_column(layout, name, length) == layout->count)
            write_member(json, name, length, record->fields[place]);
    json_write(json, "}");
}
