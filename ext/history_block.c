#include "history_block.h"

#include "calendar.h"
#include "checksum.h"

history_table history_table_of(history_column which) {
    if (which < APPEARANCE_DATE) return HISTORY_PEOPLE;
    if (which < OFFENCE_DATE) return HISTORY_APPEARANCES;
    if (which < MEMBERSHIP_SUBCOHORT) return HISTORY_OFFENCES;
    return HISTORY_MEMBERSHIPS;
}

uint64_t history_block_checksum(const uint8_t *bytes, size_t size) {
    return checksum(bytes, HISTORY_CHECKSUM_AT) ^
           checksum(bytes + HISTORY_HEADERS_AT, size - HISTORY_HEADERS_AT);
}

static uint32_t load_32(const uint8_t *bytes) {
    return (uint32_t)(column_load(bytes) & UINT32_MAX);
}

static bool holds_days(history_column which) {
    return which == PERSON_BIRTH || which == APPEARANCE_DATE || which == OFFENCE_DATE ||
           which == OFFENCE_SPAN || which == OFFENCE_PROVEN || which == MEMBERSHIP_START ||
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

static bool open_columns(history_block *opened, const uint8_t *bytes, size_t size) {
    size_t at = HISTORY_BITS_AT;
    for (int i = 0; i < HISTORY_COLUMNS; i++) {
        packed_column *each = &opened->column[i];
        const uint8_t *header = bytes + HISTORY_HEADERS_AT + (size_t)i * COLUMN_HEADER_SIZE;
        if (!column_read_header(each, header)) return false;
        if (holds_days((history_column)i) && !days_fit(each)) return false;
        each->bits = bytes + at;
        at += column_size(each, opened->rows[history_table_of((history_column)i)]);
        if (at > size) return false;
    }
    return size - at == COLUMN_PADDING;
}

/* Takes `taken` rows of those left. False: there are not so many. */
static bool take_rows(uint64_t *left, uint64_t taken) {
    if (taken > *left) return false;
    *left -= taken;
    return true;
}

/* The people's counts must add up to the rows there are, so that no walk leaves the columns. */
static bool counts_fit(const history_block *block) {
    const packed_column *columns = block->column;
    uint64_t appearances = block->rows[HISTORY_APPEARANCES];
    uint64_t offences = block->rows[HISTORY_OFFENCES];
    uint64_t memberships = block->rows[HISTORY_MEMBERSHIPS];
    for (uint32_t row = 0; row < block->rows[HISTORY_PEOPLE]; row++) {
        uint64_t dated_and_not = (uint64_t)column_at(&columns[PERSON_OFFENCES], row);
        if ((uint64_t)column_at(&columns[PERSON_UNDATED], row) > dated_and_not ||
            !take_rows(&offences, dated_and_not) ||
            !take_rows(&appearances, (uint64_t)column_at(&columns[PERSON_APPEARANCES], row)) ||
            !take_rows(&memberships, (uint64_t)column_at(&columns[PERSON_MEMBERSHIPS], row)))
            return false;
    }
    return appearances == 0 && offences == 0 && memberships == 0;
}

const char *history_block_open(history_block *opened, const uint8_t *bytes, size_t size) {
    if (size < HISTORY_BITS_AT + COLUMN_PADDING) return "too short";
    if (load_32(bytes) != HISTORY_FORMAT) return "written in another format";
    if (column_load(bytes + HISTORY_CHECKSUM_AT) != history_block_checksum(bytes, size))
        return "its checksum does not match";
    for (int table = 0; table < HISTORY_TABLES; table++)
        opened->rows[table] = load_32(bytes + 4 + 4 * table);
    if (!open_columns(opened, bytes, size)) return "its columns do not fit";
    if (!counts_fit(opened)) return "its counts do not add up";
    return NULL;
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

bool history_first_person(const history_block *block, history_person *person) {
    if (block->rows[HISTORY_PEOPLE] == 0) return false;
    *person = (history_person){.block = block};
    find_ends(person);
    return true;
}

bool history_next_person(history_person *person) {
    if (person->row + 1 >= person->block->rows[HISTORY_PEOPLE]) return false;
    person->row++;
    person->appearance = person->appearance_end;
    person->offence = person->offence_end;
    person->membership = person->membership_end;
    find_ends(person);
    return true;
}

bool history_find_person(const history_block *block, int64_t id, history_person *person) {
    if (!history_first_person(block, person)) return false;
    const packed_column *ids = &block->column[PERSON_ID];
    do {
        int64_t found = column_at(ids, person->row);
        if (found >= id) return found == id;
    } while (history_next_person(person));
    return false;
}

static int64_t nullable(const history_block *block, history_column which, uint32_t row) {
    return column_or(&block->column[which], row, HISTORY_NULL);
}

static uint32_t code(const history_block *block, history_column which, uint32_t row) {
    return (uint32_t)column_at(&block->column[which], row);
}

history_offender history_offender_at(const history_block *block, uint32_t row) {
    return (history_offender){
        .id = column_at(&block->column[PERSON_ID], row),
        .birth = nullable(block, PERSON_BIRTH, row),
        .sex = code(block, PERSON_SEX, row),
        .ethnicity = code(block, PERSON_ETHNICITY, row),
    };
}

history_appearance history_appearance_at(const history_block *block, uint32_t row) {
    return (history_appearance){
        .date = column_at(&block->column[APPEARANCE_DATE], row),
        .id = nullable(block, APPEARANCE_ID, row),
        .sentence = nullable(block, APPEARANCE_SENTENCE, row),
        .kind = (kind)(code(block, APPEARANCE_KIND, row) % KINDS),
        .area = code(block, APPEARANCE_AREA, row),
        .disposal = code(block, APPEARANCE_DISPOSAL, row),
        .ho_code = code(block, APPEARANCE_HO_CODE, row),
        .excluded = code(block, APPEARANCE_EXCLUDED, row),
    };
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
        offence.end = offence.date + column_at(&block->column[OFFENCE_SPAN], row);
    return offence;
}

history_membership history_membership_at(const history_block *block, uint32_t row) {
    return (history_membership){
        .subcohort = code(block, MEMBERSHIP_SUBCOHORT, row),
        .start = nullable(block, MEMBERSHIP_START, row),
        .end = nullable(block, MEMBERSHIP_END, row),
    };
}
