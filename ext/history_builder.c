#include "history_builder.h"

#include <stdlib.h>
#include <string.h>

void history_builder_init(history_builder *made, const memory *from, const dictionary *texts) {
    *made = (history_builder){.from = from, .texts = texts, .latest = HISTORY_NULL};
}

void history_builder_free(history_builder *freed) {
    memory_free(freed->from, freed->appearances.items);
    memory_free(freed->from, freed->offences.items);
    memory_free(freed->from, freed->memberships.items);
    for (int i = 0; i < HISTORY_COLUMNS; i++) memory_free(freed->from, freed->column[i].items);
    memory_free(freed->from, freed->sentences);
    memory_free(freed->from, freed->bytes);
    history_builder_init(freed, freed->from, freed->texts);
}

void history_builder_begin(history_builder *builder, const history_offender *person) {
    builder->person = *person;
    builder->appearances.count = builder->offences.count = builder->memberships.count = 0;
}

/* --- a total order of one person's rows ------------------------------------------------------ */

static int compare(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int compare_null_last(int64_t a, int64_t b) {
    if (a == HISTORY_NULL || b == HISTORY_NULL) return (a == HISTORY_NULL) - (b == HISTORY_NULL);
    return compare(a, b);
}

static int compare_appearances(const dictionary *texts, const void *left, const void *right) {
    const history_appearance *a = left, *b = right;
    int order = compare(a->date, b->date);
    if (!order) order = compare((int64_t)a->kind, (int64_t)b->kind);
    if (!order) order = compare_null_last(a->id, b->id);
    if (!order) order = dictionary_compare(texts, DICTIONARY_EXCLUDED, a->excluded, b->excluded);
    if (!order) order = dictionary_compare(texts, DICTIONARY_AREA, a->area, b->area);
    if (!order) order = dictionary_compare(texts, DICTIONARY_HO_CODE, a->ho_code, b->ho_code);
    if (!order) order = dictionary_compare(texts, DICTIONARY_DISPOSAL, a->disposal, b->disposal);
    if (!order) order = compare(a->sentence, b->sentence);
    return order;
}

static int compare_offences(const dictionary *texts, const void *left, const void *right) {
    const history_offence *a = left, *b = right;
    int order = compare_null_last(a->date, b->date);
    if (!order) order = compare(a->end, b->end);
    if (!order) order = compare_null_last(a->proven, b->proven);
    if (!order) order = compare_null_last(a->id, b->id);
    if (!order) order = dictionary_compare(texts, DICTIONARY_HO_CODE, a->ho_code, b->ho_code);
    if (!order) order = dictionary_compare(texts, DICTIONARY_EXCLUDED, a->excluded, b->excluded);
    return order;
}

static int compare_memberships(const dictionary *texts, const void *left, const void *right) {
    const history_membership *a = left, *b = right;
    int order = dictionary_compare(texts, DICTIONARY_SUBCOHORT, a->subcohort, b->subcohort);
    if (!order) order = compare(a->start, b->start);
    if (!order) order = compare_null_last(a->end, b->end);
    return order;
}

typedef int (*compare_rows)(const dictionary *texts, const void *left, const void *right);

typedef union history_any_row {
    history_appearance appearance;
    history_offence offence;
    history_membership membership;
} history_any_row;

/* Moves the row at `at` down to its place among the ordered rows before it. */
static void insert_down(char *items, size_t at, size_t size, compare_rows order,
                        const dictionary *texts) {
    history_any_row moving;
    memcpy(&moving, items + at * size, size);
    size_t to = at;
    while (to > 0 && order(texts, items + (to - 1) * size, &moving) > 0) to--;
    memmove(items + (to + 1) * size, items + to * size, (at - to) * size);
    memcpy(items + to * size, &moving, size);
}

static void sift_down(char *items, size_t root, size_t count, size_t size, compare_rows order,
                      const dictionary *texts) {
    history_any_row moving;
    memcpy(&moving, items + root * size, size);
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && order(texts, items + child * size, items + (child + 1) * size) < 0)
            child++;
        if (order(texts, items + child * size, &moving) <= 0) break;
        memcpy(items + root * size, items + child * size, size);
    }
    memcpy(items + root * size, &moving, size);
}

static void heap_sort(char *items, size_t count, size_t size, compare_rows order,
                      const dictionary *texts) {
    history_any_row last;
    for (size_t i = count / 2; i-- > 0;) sift_down(items, i, count, size, order, texts);
    for (size_t end = count; --end > 0;) {
        memcpy(&last, items + end * size, size);
        memcpy(items + end * size, items, size);
        memcpy(items, &last, size);
        sift_down(items, 0, end, size, order, texts);
    }
}

/* Rows mostly come in order and are few: insertion while it is cheap, else a heap, so that no
** input makes it quadratic. The order is total but for rows equal in all that is kept. */
static void sort_rows(history_rows *rows, size_t size, compare_rows order,
                      const dictionary *texts) {
    enum { INSERTION_LIMIT = 32 };
    char *items = rows->items;
    for (size_t i = 1; i < rows->count; i++) {
        if (order(texts, items + (i - 1) * size, items + i * size) <= 0) continue;
        if (rows->count > INSERTION_LIMIT) {
            heap_sort(items, rows->count, size, order, texts);
            return;
        }
        insert_down(items, i, size, order, texts);
    }
}

/* --- collecting ------------------------------------------------------------------------------ */

/* Room for one more row. */
static inline bool reserve_row(history_builder *builder, history_rows *rows, size_t size) {
    return rows->count < rows->capacity ||
           memory_reserve(builder->from, &rows->items, &rows->capacity, rows->count + 1, size);
}

static void note_day(history_builder *builder, int64_t day) {
    if (day != HISTORY_NULL && (builder->latest == HISTORY_NULL || day > builder->latest))
        builder->latest = day;
}

bool history_builder_appearance(history_builder *builder, const history_appearance *row) {
    note_day(builder, row->date);
    history_rows *rows = &builder->appearances;
    if (!reserve_row(builder, rows, sizeof *row)) return false;
    ((history_appearance *)rows->items)[rows->count++] = *row;
    return true;
}

bool history_builder_offence(history_builder *builder, const history_offence *row) {
    note_day(builder, row->date);
    note_day(builder, row->end);
    note_day(builder, row->proven);
    history_rows *rows = &builder->offences;
    if (!reserve_row(builder, rows, sizeof *row)) return false;
    ((history_offence *)rows->items)[rows->count++] = *row;
    return true;
}

bool history_builder_membership(history_builder *builder, const history_membership *row) {
    history_rows *rows = &builder->memberships;
    if (!reserve_row(builder, rows, sizeof *row)) return false;
    ((history_membership *)rows->items)[rows->count++] = *row;
    return true;
}

/* The first column of each table, and the end of the last. */
static const int first_column[HISTORY_TABLES + 1] = {
    PERSON_GAP,      APPEARANCE_DATE, OFFENCE_DATE,   MEMBERSHIP_SUBCOHORT,
    SENTENCE_LENGTH, RANGE_OFFENCE,   HISTORY_COLUMNS};

/* Makes room for `more` rows in every column of a table. They grow together, the first one last, so
** that its capacity speaks for all. */
static bool reserve_columns(history_builder *builder, history_table table, size_t more) {
    size_t needed = builder->rows[table] + more;
    if (needed <= builder->column[first_column[table]].capacity) return true;
    for (int i = first_column[table + 1]; i-- > first_column[table];) {
        history_values *values = &builder->column[i];
        void *items = values->items;
        if (!memory_reserve(builder->from, &items, &values->capacity, needed, sizeof(int64_t)))
            return false;
        values->items = items;
    }
    return true;
}

static inline void put(history_builder *builder, history_column which, history_table table,
                       int64_t value) {
    builder->column[which].items[builder->rows[table]] = value;
}

static void put_appearance(history_builder *builder, const history_appearance *row,
                           size_t offences) {
    put(builder, APPEARANCE_DATE, HISTORY_APPEARANCES, row->date);
    put(builder, APPEARANCE_OFFENCES, HISTORY_APPEARANCES, (int64_t)offences);
    put(builder, APPEARANCE_KIND, HISTORY_APPEARANCES, row->kind);
    put(builder, APPEARANCE_EXCLUDED, HISTORY_APPEARANCES, row->excluded);
    put(builder, APPEARANCE_AREA, HISTORY_APPEARANCES, row->area);
    put(builder, APPEARANCE_DISPOSAL, HISTORY_APPEARANCES, row->disposal);
    put(builder, APPEARANCE_SENTENCE, HISTORY_APPEARANCES, row->sentence);
    put(builder, APPEARANCE_HO_CODE, HISTORY_APPEARANCES, row->ho_code);
    put(builder, APPEARANCE_ID, HISTORY_APPEARANCES, row->id);
    builder->rows[HISTORY_APPEARANCES]++;
}

static bool is_range(const history_offence *row) {
    return row->date != HISTORY_NULL && row->end != row->date;
}

static void put_range(history_builder *builder, const history_offence *row) {
    put(builder, RANGE_OFFENCE, HISTORY_RANGES, (int64_t)builder->rows[HISTORY_OFFENCES]);
    put(builder, RANGE_DAYS, HISTORY_RANGES, row->end - row->date);
    builder->rows[HISTORY_RANGES]++;
}

static void put_offence(history_builder *builder, const history_offence *row) {
    if (is_range(row)) put_range(builder, row);
    put(builder, OFFENCE_DATE, HISTORY_OFFENCES, row->date);
    put(builder, OFFENCE_PROVEN, HISTORY_OFFENCES, row->proven);
    put(builder, OFFENCE_EXCLUDED, HISTORY_OFFENCES, row->excluded);
    put(builder, OFFENCE_HO_CODE, HISTORY_OFFENCES, row->ho_code);
    put(builder, OFFENCE_PROVEN_BY, HISTORY_OFFENCES, row->proven_by);
    put(builder, OFFENCE_ID, HISTORY_OFFENCES, row->id);
    builder->rows[HISTORY_OFFENCES]++;
}

static void put_membership(history_builder *builder, const history_membership *row) {
    put(builder, MEMBERSHIP_SUBCOHORT, HISTORY_MEMBERSHIPS, row->subcohort);
    put(builder, MEMBERSHIP_START, HISTORY_MEMBERSHIPS, row->start);
    put(builder, MEMBERSHIP_END, HISTORY_MEMBERSHIPS, row->end);
    builder->rows[HISTORY_MEMBERSHIPS]++;
}

static void put_person(history_builder *builder, size_t undated) {
    const history_offender *person = &builder->person;
    size_t before = builder->rows[HISTORY_PEOPLE];
    put(builder, PERSON_GAP, HISTORY_PEOPLE,
        before ? (int64_t)((uint64_t)person->id - (uint64_t)builder->last_id) : 0);
    put(builder, PERSON_SEX, HISTORY_PEOPLE, person->sex);
    put(builder, PERSON_BIRTH, HISTORY_PEOPLE, person->birth);
    put(builder, PERSON_ETHNICITY, HISTORY_PEOPLE, person->ethnicity);
    put(builder, PERSON_APPEARANCES, HISTORY_PEOPLE, (int64_t)builder->appearances.count);
    put(builder, PERSON_OFFENCES, HISTORY_PEOPLE, (int64_t)builder->offences.count);
    put(builder, PERSON_UNDATED, HISTORY_PEOPLE, (int64_t)undated);
    put(builder, PERSON_MEMBERSHIPS, HISTORY_PEOPLE, (int64_t)builder->memberships.count);
    if (before == 0) builder->first_id = person->id;
    builder->rows[HISTORY_PEOPLE]++;
    builder->last_id = person->id;
}

/* Room for all of the person's rows. */
static bool reserve_person(history_builder *builder) {
    const history_offence *offences = builder->offences.items;
    size_t ranges = 0;
    for (size_t i = 0; i < builder->offences.count; i++) ranges += is_range(&offences[i]);
    return reserve_columns(builder, HISTORY_PEOPLE, 1) &&
           reserve_columns(builder, HISTORY_APPEARANCES, builder->appearances.count) &&
           reserve_columns(builder, HISTORY_OFFENCES, builder->offences.count) &&
           reserve_columns(builder, HISTORY_MEMBERSHIPS, builder->memberships.count) &&
           reserve_columns(builder, HISTORY_RANGES, ranges);
}

/* Both are in order, so one walk finds for each appearance the offences that begin by its day. */
static void put_appearances(history_builder *builder, size_t dated) {
    const history_appearance *appearances = builder->appearances.items;
    const history_offence *offences = builder->offences.items;
    size_t begun = 0;
    for (size_t i = 0; i < builder->appearances.count; i++) {
        while (begun < dated && offences[begun].date <= appearances[i].date) begun++;
        put_appearance(builder, &appearances[i], begun);
    }
}

bool history_builder_end(history_builder *builder) {
    const history_offence *offences = builder->offences.items;
    const history_membership *memberships = builder->memberships.items;
    size_t undated = 0;
    if (builder->appearances.count + builder->offences.count == 0) return true;
    if (!reserve_person(builder)) return false;
    sort_rows(&builder->appearances, sizeof(history_appearance), compare_appearances,
              builder->texts);
    sort_rows(&builder->offences, sizeof(history_offence), compare_offences, builder->texts);
    sort_rows(&builder->memberships, sizeof(history_membership), compare_memberships,
              builder->texts);
    for (size_t i = 0; i < builder->offences.count; i++) {
        undated += offences[i].date == HISTORY_NULL;
        put_offence(builder, &offences[i]);
    }
    put_appearances(builder, builder->offences.count - undated);
    for (size_t i = 0; i < builder->memberships.count; i++)
        put_membership(builder, &memberships[i]);
    put_person(builder, undated);
    return true;
}

size_t history_builder_people(const history_builder *builder) {
    return builder->rows[HISTORY_PEOPLE];
}

size_t history_builder_events(const history_builder *builder) {
    return builder->rows[HISTORY_APPEARANCES] + builder->rows[HISTORY_OFFENCES];
}

/* --- packing --------------------------------------------------------------------------------- */

static void store_number(uint8_t *bytes, uint64_t number, size_t size) {
    for (size_t i = 0; i < size; i++) bytes[i] = (uint8_t)(number >> (8 * i));
}

static int compare_months(const void *left, const void *right) {
    const int64_t *a = left, *b = right;
    return compare(*a, *b);
}

/* Where a sentence stands among those that differ. */
static size_t find_sentence(const history_builder *builder, size_t count, int64_t months) {
    size_t low = 0;
    while (count > 1) {
        size_t half = count / 2;
        if (builder->sentences[low + half] <= months) low += half;
        count -= half;
    }
    return low;
}

/* Lists the sentences that differ and puts their numbers in the place of the months. */
static bool number_sentences(history_builder *builder) {
    int64_t *months = builder->column[APPEARANCE_SENTENCE].items;
    size_t count = builder->rows[HISTORY_APPEARANCES], given = 0, differing = 0;
    if (count == 0) return true;
    void *room = builder->sentences;
    if (!memory_reserve(builder->from, &room, &builder->sentence_capacity, count, sizeof *months))
        return false;
    builder->sentences = room;
    for (size_t i = 0; i < count; i++)
        if (months[i] != HISTORY_NULL) builder->sentences[given++] = months[i];
    qsort(builder->sentences, given, sizeof *months, compare_months);
    for (size_t i = 0; i < given; i++)
        if (differing == 0 || builder->sentences[differing - 1] != builder->sentences[i])
            builder->sentences[differing++] = builder->sentences[i];
    if (!reserve_columns(builder, HISTORY_SENTENCES, differing)) return false;
    for (size_t i = 0; i < count; i++)
        months[i] = months[i] == HISTORY_NULL
                        ? 0
                        : 1 + (int64_t)find_sentence(builder, differing, months[i]);
    if (differing == 0) return true; /* the column may have no room at all */
    memcpy(builder->column[SENTENCE_LENGTH].items, builder->sentences, differing * sizeof *months);
    builder->rows[HISTORY_SENTENCES] = differing;
    return true;
}

/* Writes a part into cleared bytes; returns its checksum. */
static uint64_t write_part(const history_builder *builder, const packed_column *planned,
                           history_part part, uint8_t *bytes, size_t size, uint64_t before) {
    uint8_t *header = bytes + HISTORY_HEADERS_AT;
    size_t at = history_bits_at(part);
    store_number(bytes, HISTORY_FORMAT, 4);
    store_number(bytes + 4, (uint64_t)part, 4);
    for (int table = 0; table < HISTORY_TABLES; table++)
        store_number(bytes + 8 + 4 * table, builder->rows[table], 4);
    store_number(bytes + 32, (uint64_t)builder->first_id, 8);
    for (int i = 0; i < HISTORY_COLUMNS; i++) {
        size_t count = builder->rows[history_table_of((history_column)i)];
        if (history_part_of((history_column)i) != part) continue;
        column_write_header(&planned[i], header);
        column_write(&planned[i], builder->column[i].items, count, bytes + at);
        header += COLUMN_HEADER_SIZE;
        at += column_size(&planned[i], count);
    }
    uint64_t sum = history_part_checksum(&(history_bytes){bytes, size}, before);
    store_number(bytes + HISTORY_CHECKSUM_AT, sum, 8);
    return sum;
}

bool history_builder_pack(history_builder *builder, history_bytes parts[HISTORY_PARTS]) {
    packed_column planned[HISTORY_COLUMNS];
    if (!number_sentences(builder)) return false;
    for (int part = 0; part < HISTORY_PARTS; part++)
        parts[part] = (history_bytes){NULL, history_bits_at((history_part)part) + COLUMN_PADDING};
    for (int i = 0; i < HISTORY_COLUMNS; i++) {
        size_t count = builder->rows[history_table_of((history_column)i)];
        planned[i] = column_plan(builder->column[i].items, count);
        parts[history_part_of((history_column)i)].size += column_size(&planned[i], count);
    }
    size_t total = parts[HISTORY_COUNTED].size + parts[HISTORY_DESCRIBED].size;
    void *room = builder->bytes;
    if (!memory_reserve(builder->from, &room, &builder->byte_capacity, total, 1)) return false;
    builder->bytes = room;
    memset(builder->bytes, 0, total);
    uint8_t *bytes = builder->bytes;
    uint64_t sum = 0;
    for (int part = 0; part < HISTORY_PARTS; part++) {
        sum = write_part(builder, planned, (history_part)part, bytes, parts[part].size, sum);
        parts[part].bytes = bytes;
        bytes += parts[part].size;
    }
    memset(builder->rows, 0, sizeof builder->rows);
    builder->latest = HISTORY_NULL;
    return true;
}
