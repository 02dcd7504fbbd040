#include "history_block.h"

#include "calendar.h"
#include "checksum.h"

history_table history_table_of(history_column which) {
    if (which < APPEARANCE_DATE) return HISTORY_PEOPLE;
    if (which < OFFENCE_DATE) return HISTORY_APPEARANCES;
    if (which < MEMBERSHIP_SUBCOHORT) return HISTORY_OFFENCES;
    if (which < SENTENCE_LENGTH) return HISTORY_MEMBERSHIPS;
    return which < RANGE_OFFENCE ? HISTORY_SENTENCES : HISTORY_RANGES;
}

history_part history_part_of(history_column which) {
    switch (which) {
    case APPEARANCE_DISPOSAL:
    case APPEARANCE_SENTENCE:
    case APPEARANCE_HO_CODE:
    case APPEARANCE_ID:
    case OFFENCE_PROVEN_BY:
    case OFFENCE_ID:
    case SENTENCE_LENGTH:
        return HISTORY_DESCRIBED;
    default:
        return HISTORY_COUNTED;
    }
}

size_t history_bits_at(history_part part) {
    size_t at = HISTORY_HEADERS_AT;
    for (int i = 0; i < HISTORY_COLUMNS; i++)
        if (history_part_of((history_column)i) == part) at += COLUMN_HEADER_SIZE;
    return at;
}

uint64_t history_part_checksum(const history_bytes *part, uint64_t before) {
    return before ^ checksum(part->bytes, HISTORY_CHECKSUM_AT) ^
           checksum(part->bytes + HISTORY_HEADERS_AT, part->size - HISTORY_HEADERS_AT);
}

static uint32_t load_32(const uint8_t *bytes) {
    return (uint32_t)(column_load(bytes) & UINT32_MAX);
}

static bool holds_days(history_column which) {
    return which == PERSON_BIRTH || which == APPEARANCE_DATE || which == OFFENCE_DATE ||
           which == RANGE_DAYS || which == OFFENCE_PROVEN || which == MEMBERSHIP_START ||
           which == MEMBERSHIP_END;
}

/* Days, and spans of days, stay where adding and subtracting them cannot overflow. The base may lie
** one below the calendar, and the width may leave room above it. */
static bool days_fit(const packed_column *days) {
    enum { CALENDAR_BITS = 22 };
    int64_t base = (int64_t)days->base;
    return days->width <= CALENDAR_BITS && base >= CALENDAR_FIRST_DAY - 1 &&
           base <= CALENDAR_LAST_DAY;
}

/* Everything that is counted can be unpacked to 32 bits (column.h), but ids. */
static bool values_fit(history_column which, const packed_column *column) {
    if (holds_days(which)) return days_fit(column);
    return which == PERSON_GAP || history_part_of(which) == HISTORY_DESCRIBED ||
           column_fits_32(column);
}

static bool open_columns(history_block *opened, history_part part, const history_bytes *from) {
    const uint8_t *header = from->bytes + HISTORY_HEADERS_AT;
    size_t at = history_bits_at(part);
    for (int i = 0; i < HISTORY_COLUMNS; i++) {
        packed_column *each = &opened->column[i];
        if (history_part_of((history_column)i) != part) continue;
        if (!column_read_header(each, header)) return false;
        if (!values_fit((history_column)i, each)) return false;
        header += COLUMN_HEADER_SIZE;
        each->bits = from->bytes + at;
        at += column_size(each, opened->rows[history_table_of((history_column)i)]);
        if (at > from->size) return false;
    }
    return from->size - at == COLUMN_PADDING;
}

/* Columns that were not read look like columns of zeros. */
static void leave_out(history_block *opened, history_part part) {
    static const uint8_t zeros[COLUMN_PADDING];
    for (int i = 0; i < HISTORY_COLUMNS; i++)
        if (history_part_of((history_column)i) == part)
            opened->column[i] = (packed_column){.bits = zeros, .null = UINT64_MAX};
}

enum { COUNTS_AT_ONCE = 256 };

/* Unpacks some of the people's counts and adds them up. False: one is no count. */
static bool add_counts(const packed_column *column, uint32_t first, uint32_t people,
                       int32_t *counts, uint64_t *sum) {
    int32_t least = 0;
    uint64_t added = 0;
    column_unpack(column, first, people, -1, counts);
    for (uint32_t i = 0; i < people; i++) {
        least = counts[i] < least ? counts[i] : least;
        added += (uint32_t)counts[i];
    }
    *sum += added;
    return least == 0;
}

/* The people's counts must add up to the rows there are, so that no walk leaves the columns. */
static bool counts_fit(const history_block *block) {
    const packed_column *columns = block->column;
    int32_t counts[COUNTS_AT_ONCE], undated[COUNTS_AT_ONCE];
    uint64_t appearances = 0, offences = 0, memberships = 0, ignored = 0;
    uint32_t people = block->rows[HISTORY_PEOPLE];
    for (uint32_t first = 0; first < people; first += COUNTS_AT_ONCE) {
        uint32_t some = people - first < COUNTS_AT_ONCE ? people - first : COUNTS_AT_ONCE;
        if (!add_counts(&columns[PERSON_APPEARANCES], first, some, counts, &appearances) ||
            !add_counts(&columns[PERSON_MEMBERSHIPS], first, some, counts, &memberships) ||
            !add_counts(&columns[PERSON_OFFENCES], first, some, counts, &offences) ||
            !add_counts(&columns[PERSON_UNDATED], first, some, undated, &ignored))
            return false;
        bool more = false;
        for (uint32_t i = 0; i < some; i++) more |= undated[i] > counts[i];
        if (more) return false;
    }
    return appearances == block->rows[HISTORY_APPEARANCES] &&
           offences == block->rows[HISTORY_OFFENCES] &&
           memberships == block->rows[HISTORY_MEMBERSHIPS];
}

/* The checksums prove that both parts were written together, so only the first part's counts are
** taken. */
static const char *open_part(history_block *opened, history_part part, const history_bytes *from,
                             uint64_t *sum) {
    if (from->size < history_bits_at(part) + COLUMN_PADDING) return "too short";
    if (load_32(from->bytes) != HISTORY_FORMAT) return "written in another format";
    *sum = history_part_checksum(from, *sum);
    if (column_load(from->bytes + HISTORY_CHECKSUM_AT) != *sum)
        return "its checksum does not match";
    if (load_32(from->bytes + 4) != (uint32_t)part) return "its parts are exchanged";
    if (part == HISTORY_COUNTED) {
        for (int table = 0; table < HISTORY_TABLES; table++)
            opened->rows[table] = load_32(from->bytes + 8 + 4 * table);
        opened->first_id = column_load(from->bytes + 32);
    }
    return open_columns(opened, part, from) ? NULL : "its columns do not fit";
}

const char *history_block_open(history_block *opened, const history_bytes parts[HISTORY_PARTS]) {
    uint64_t sum = 0;
    opened->left_out = NULL;
    opened->left_out_count = 0;
    for (int part = 0; part < HISTORY_PARTS; part++) {
        if (part != HISTORY_COUNTED && !parts[part].bytes) {
            leave_out(opened, (history_part)part);
            continue;
        }
        const char *wrong = open_part(opened, (history_part)part, &parts[part], &sum);
        if (wrong) return wrong;
    }
    return counts_fit(opened) ? NULL : "its counts do not add up";
}

/* Sets the ends of the person's rows from where they begin. */
static void find_ends(history_person *person) {
    const packed_column *columns = person->block->column;
    size_t row = person->row;
    person->appearance_end =
        person->appearance + (uint32_t)column_at(&columns[PERSON_APPEARANCES], row);
    person->offence_end = person->offence + (uint32_t)column_at(&columns[PERSON_OFFENCES], row);
    person->dated_end = person->offence_end - (uint32_t)column_at(&columns[PERSON_UNDATED], row);
    person->membership_end =
        person->membership + (uint32_t)column_at(&columns[PERSON_MEMBERSHIPS], row);
}

/* Moves on to the next person, in the block's pass over them or not. */
static bool step(history_person *person) {
    if (person->row + 1 >= person->block->rows[HISTORY_PEOPLE]) return false;
    const packed_column *gaps = &person->block->column[PERSON_GAP];
    person->row++;
    person->id = (int64_t)((uint64_t)person->id + (uint64_t)column_at(gaps, person->row));
    person->appearance = person->appearance_end;
    person->offence = person->offence_end;
    person->membership = person->membership_end;
    find_ends(person);
    return true;
}

/* The ids left out ascend as the people do, so one look at the next of them says it. */
static bool is_left_out(history_person *person) {
    const history_block *block = person->block;
    while (person->left_out < block->left_out_count &&
           block->left_out[person->left_out] < person->id)
        person->left_out++;
    return person->left_out < block->left_out_count &&
           block->left_out[person->left_out] == person->id;
}

bool history_first_person(const history_block *block, history_person *person) {
    if (block->rows[HISTORY_PEOPLE] == 0) return false;
    *person = (history_person){.block = block, .id = (int64_t)block->first_id};
    find_ends(person);
    return !is_left_out(person) || history_next_person(person);
}

bool history_next_person(history_person *person) {
    do {
        if (!step(person)) return false;
    } while (is_left_out(person));
    return true;
}

bool history_find_person(const history_block *block, int64_t id, history_person *person) {
    if (!history_first_person(block, person)) return false;
    do {
        if (person->id >= id) return person->id == id;
    } while (history_next_person(person));
    return false;
}

static int64_t nullable(const history_block *block, history_column which, uint32_t row) {
    return column_or(&block->column[which], row, HISTORY_NULL);
}

static uint32_t code(const history_block *block, history_column which, uint32_t row) {
    return (uint32_t)column_at(&block->column[which], row);
}

history_offender history_offender_of(const history_person *person) {
    return (history_offender){
        .id = person->id,
        .birth = nullable(person->block, PERSON_BIRTH, person->row),
        .sex = code(person->block, PERSON_SEX, person->row),
        .ethnicity = code(person->block, PERSON_ETHNICITY, person->row),
    };
}

int64_t history_sentence_at(const history_block *block, uint32_t row) {
    uint32_t number = code(block, APPEARANCE_SENTENCE, row);
    if (number == 0 || number > block->rows[HISTORY_SENTENCES]) return HISTORY_NULL;
    return column_at(&block->column[SENTENCE_LENGTH], number - 1);
}

history_appearance history_appearance_at(const history_block *block, uint32_t row) {
    return (history_appearance){
        .date = column_at(&block->column[APPEARANCE_DATE], row),
        .id = nullable(block, APPEARANCE_ID, row),
        .sentence = history_sentence_at(block, row),
        .kind = (kind)(code(block, APPEARANCE_KIND, row) % KINDS),
        .area = code(block, APPEARANCE_AREA, row),
        .disposal = code(block, APPEARANCE_DISPOSAL, row),
        .ho_code = code(block, APPEARANCE_HO_CODE, row),
        .excluded = code(block, APPEARANCE_EXCLUDED, row),
    };
}

uint32_t history_range_from(const history_block *block, uint32_t offence) {
    uint32_t low = 0, high = block->rows[HISTORY_RANGES];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (column_at(&block->column[RANGE_OFFENCE], middle) < (int64_t)offence) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Days from the first to the last on which the offence may have been committed. */
static int64_t range_of(const history_block *block, uint32_t offence) {
    uint32_t row = history_range_from(block, offence);
    if (row == block->rows[HISTORY_RANGES] ||
        column_at(&block->column[RANGE_OFFENCE], row) != (int64_t)offence)
        return 0;
    return column_at(&block->column[RANGE_DAYS], row);
}

history_offence history_offence_at(const history_block *block, uint32_t row) {
    history_offence offence = {
        .date = nullable(block, OFFENCE_DATE, row),
        .end = HISTORY_NULL,
        .proven = nullable(block, OFFENCE_PROVEN, row),
        .id = nullable(block, OFFENCE_ID, row),
        .ho_code = code(block, OFFENCE_HO_CODE, row),
        .proven_by = code(block, OFFENCE_PROVEN_BY, row),
        .excluded = code(block, OFFENCE_EXCLUDED, row),
    };
    if (offence.date != HISTORY_NULL)
        offence.end = offence.date + range_of(block, row);
    return offence;
}

history_membership history_membership_at(const history_block *block, uint32_t row) {
    return (history_membership){
        .subcohort = code(block, MEMBERSHIP_SUBCOHORT, row),
        .start = nullable(block, MEMBERSHIP_START, row),
        .end = nullable(block, MEMBERSHIP_END, row),
    };
}

static int64_t later(int64_t day, int64_t latest) {
    return day != HISTORY_NULL && (latest == HISTORY_NULL || day > latest) ? day : latest;
}

int64_t history_latest_day(const history_block *block) {
    int64_t latest = HISTORY_NULL;
    history_person person;
    for (bool more = history_first_person(block, &person); more;
         more = history_next_person(&person)) {
        for (uint32_t row = person.appearance; row < person.appearance_end; row++)
            latest = later(column_at(&block->column[APPEARANCE_DATE], row), latest);
        for (uint32_t row = person.offence; row < person.offence_end; row++) {
            history_offence offence = history_offence_at(block, row);
            latest = later(offence.proven, later(offence.end, latest));
        }
    }
    return latest;
}

static bool appearances_equal(const history_appearance *a, const history_appearance *b) {
    return a->date == b->date && a->id == b->id && a->sentence == b->sentence &&
           a->kind == b->kind && a->area == b->area && a->disposal == b->disposal &&
           a->ho_code == b->ho_code && a->excluded == b->excluded;
}

static bool offences_equal(const history_offence *a, const history_offence *b) {
    return a->date == b->date && a->end == b->end && a->proven == b->proven && a->id == b->id &&
           a->ho_code == b->ho_code && a->proven_by == b->proven_by && a->excluded == b->excluded;
}

static bool memberships_equal(const history_membership *a, const history_membership *b) {
    return a->subcohort == b->subcohort && a->start == b->start && a->end == b->end;
}

bool history_persons_equal(const history_person *a, const history_person *b) {
    history_offender one = history_offender_of(a), other = history_offender_of(b);
    uint32_t appearances = a->appearance_end - a->appearance;
    uint32_t offences = a->offence_end - a->offence;
    uint32_t memberships = a->membership_end - a->membership;
    bool equal = one.id == other.id && one.birth == other.birth && one.sex == other.sex &&
                 one.ethnicity == other.ethnicity &&
                 appearances == b->appearance_end - b->appearance &&
                 offences == b->offence_end - b->offence &&
                 memberships == b->membership_end - b->membership;
    for (uint32_t i = 0; equal && i < appearances; i++) {
        history_appearance left = history_appearance_at(a->block, a->appearance + i);
        history_appearance right = history_appearance_at(b->block, b->appearance + i);
        equal = appearances_equal(&left, &right);
    }
    for (uint32_t i = 0; equal && i < offences; i++) {
        history_offence left = history_offence_at(a->block, a->offence + i);
        history_offence right = history_offence_at(b->block, b->offence + i);
        equal = offences_equal(&left, &right);
    }
    for (uint32_t i = 0; equal && i < memberships; i++) {
        history_membership left = history_membership_at(a->block, a->membership + i);
        history_membership right = history_membership_at(b->block, b->membership + i);
        equal = memberships_equal(&left, &right);
    }
    return equal;
}
