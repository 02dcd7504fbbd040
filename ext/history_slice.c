#include "history_slice.h"

#include <string.h>

void history_slice_init(history_slice *made, const memory *from) {
    *made = (history_slice){.from = from};
}

void history_slice_free(history_slice *freed) {
    memory_free(freed->from, freed->people_room.values);
    memory_free(freed->from, freed->appearance_room.values);
    memory_free(freed->from, freed->offence_room.values);
    history_slice_init(freed, freed->from);
}

/* Makes room for that many arrays of `count` values and what is readable behind. */
static bool reserve(const memory *from, slice_room *room, size_t count, size_t arrays) {
    void *values = room->values;
    bool done = memory_reserve(from, &values, &room->capacity, count + HISTORY_SLICE_PADDING,
                               arrays * sizeof *room->values);
    room->values = values;
    return done;
}

/* What stands behind an array is later than everything. */
static void pad(int32_t *values, uint32_t count) {
    for (uint32_t i = 0; i < HISTORY_SLICE_PADDING; i++) values[count + i] = HISTORY_SLICE_NEVER;
}

/* --- people ---------------------------------------------------------------------------------- */

/* Where the rows of each person begin. Returns how many there are. */
static uint32_t add_up(const packed_column *counts, const history_slice *slice, int32_t *from) {
    column_unpack(counts, slice->person, slice->people, 0, from + 1);
    from[0] = 0;
    for (uint32_t i = 0; i < slice->people; i++) from[i + 1] += from[i];
    return (uint32_t)from[slice->people];
}

static bool read_people(history_slice *slice) {
    const packed_column *columns = slice->block->column;
    slice_room *room = &slice->people_room;
    if (!reserve(slice->from, room, slice->people, 4)) return false;
    slice->appearance_from = room->values;
    slice->offence_from = room->values + room->capacity;
    slice->membership_from = room->values + 2 * room->capacity;
    slice->is_left_out = room->values + 3 * room->capacity;
    memset(slice->is_left_out, 0, slice->people * sizeof *slice->is_left_out);
    slice->appearances = add_up(&columns[PERSON_APPEARANCES], slice, slice->appearance_from);
    slice->offences = add_up(&columns[PERSON_OFFENCES], slice, slice->offence_from);
    add_up(&columns[PERSON_MEMBERSHIPS], slice, slice->membership_from);
    return true;
}

void history_slice_ids(const history_slice *slice, int64_t *ids) {
    const packed_column *gaps = &slice->block->column[PERSON_GAP];
    uint64_t id = slice->block->first_id;
    for (uint32_t row = 1; row < slice->person; row++) id += (uint64_t)column_at(gaps, row);
    for (uint32_t i = 0; i < slice->people; i++) {
        if (slice->person + i > 0) id += (uint64_t)column_at(gaps, slice->person + i);
        ids[i] = (int64_t)id;
    }
}

history_person history_slice_person(const history_slice *slice, uint32_t person, int64_t id) {
    uint32_t row = slice->person + person;
    history_person shown = {
        .block = slice->block,
        .id = id,
        .row = row,
        .appearance = slice->appearance + (uint32_t)slice->appearance_from[person],
        .appearance_end = slice->appearance + (uint32_t)slice->appearance_from[person + 1],
        .offence = slice->offence + (uint32_t)slice->offence_from[person],
        .offence_end = slice->offence + (uint32_t)slice->offence_from[person + 1],
        .membership = slice->membership + (uint32_t)slice->membership_from[person],
        .membership_end = slice->membership + (uint32_t)slice->membership_from[person + 1],
    };
    shown.dated_end =
        shown.offence_end - (uint32_t)column_at(&slice->block->column[PERSON_UNDATED], row);
    return shown;
}

/* --- appearances ----------------------------------------------------------------------------- */

/* Marks where each person's appearances begin and adds the marks up: no loop of a person's own
** length, whose end the processor could not foresee. */
static void tell_whose(const history_slice *slice) {
    int32_t *whose = slice->whose, person = 0;
    memset(whose, 0, (slice->appearances + 1) * sizeof *whose);
    for (uint32_t i = 1; i < slice->people; i++) whose[slice->appearance_from[i]]++;
    for (uint32_t i = 0; i < slice->appearances; i++) whose[i] = person += whose[i];
}

static void take_off_dates(const history_slice *slice) {
    for (uint32_t i = 0; i < slice->people; i++)
        for (int32_t row = slice->appearance_from[i];
             slice->is_left_out[i] && row < slice->appearance_from[i + 1]; row++)
            slice->date[row] = HISTORY_SLICE_LEFT_OUT;
}

bool history_slice_read_appearances(history_slice *slice) {
    slice_room *room = &slice->appearance_room;
    if (slice->has_appearances) return true;
    if (!reserve(slice->from, room, slice->appearances, 2)) return false;
    slice->date = room->values;
    slice->whose = room->values + room->capacity;
    column_unpack(&slice->block->column[APPEARANCE_DATE], slice->appearance, slice->appearances,
                  HISTORY_SLICE_LEFT_OUT, slice->date);
    pad(slice->date, slice->appearances);
    tell_whose(slice);
    if (slice->block->left_out_count) take_off_dates(slice);
    return slice->has_appearances = true;
}

/* --- moving ---------------------------------------------------------------------------------- */

static void mark_left_out(const history_slice *slice) {
    const history_block *block = slice->block;
    int64_t ids[HISTORY_SLICE_PEOPLE];
    size_t next = 0;
    history_slice_ids(slice, ids);
    for (uint32_t i = 0; i < slice->people; i++) {
        while (next < block->left_out_count && block->left_out[next] < ids[i]) next++;
        if (next == block->left_out_count) return;
        slice->is_left_out[i] = block->left_out[next] == ids[i];
    }
}

static slice_result read_slice(history_slice *slice) {
    slice->has_appearances = slice->has_offences = false;
    return read_people(slice) ? SLICE_READ : SLICE_NO_MEMORY;
}

/* The people from the slice's first on, as many as go into one. */
static slice_result read_from(history_slice *slice) {
    uint32_t left = slice->block->rows[HISTORY_PEOPLE] - slice->person;
    if (left == 0) return SLICE_END;
    slice->people = left < HISTORY_SLICE_PEOPLE ? left : HISTORY_SLICE_PEOPLE;
    slice_result result = read_slice(slice);
    if (result == SLICE_READ && slice->block->left_out_count) mark_left_out(slice);
    return result;
}

slice_result history_slice_first(history_slice *slice, const history_block *block) {
    slice->block = block;
    slice->person = slice->appearance = slice->offence = slice->membership = 0;
    return read_from(slice);
}

slice_result history_slice_next(history_slice *slice) {
    slice->appearance += slice->appearances;
    slice->offence += slice->offences;
    slice->membership += (uint32_t)slice->membership_from[slice->people];
    slice->person += slice->people;
    return read_from(slice);
}

slice_result history_slice_only(history_slice *slice, const history_person *person) {
    slice->block = person->block;
    slice->person = person->row;
    slice->people = 1;
    slice->appearance = person->appearance;
    slice->offence = person->offence;
    slice->membership = person->membership;
    return read_slice(slice);
}

/* --- offences -------------------------------------------------------------------------------- */

static void add_ranges(const history_slice *slice) {
    const packed_column *columns = slice->block->column;
    uint32_t rows = slice->block->rows[HISTORY_RANGES];
    for (uint32_t row = history_range_from(slice->block, slice->offence); row < rows; row++) {
        uint64_t offence = (uint64_t)column_at(&columns[RANGE_OFFENCE], row) - slice->offence;
        if (offence >= slice->offences) return;
        if (slice->first_day[offence] == HISTORY_SLICE_NEVER) continue;
        slice->last_day[offence] += (int32_t)column_at(&columns[RANGE_DAYS], row);
    }
}

/* What is excluded is never proven as far as counting goes. */
static void leave_excluded_unproven(const history_slice *slice, int32_t *restrict proven,
                                    int32_t *restrict excluded) {
    const packed_column *column = &slice->block->column[OFFENCE_EXCLUDED];
    uint32_t count = slice->offences;
    if (column_is_constant(column, 0)) return;
    column_unpack(column, slice->offence, count, 0, excluded);
    for (uint32_t i = 0; i < count; i++) proven[i] = excluded[i] ? HISTORY_SLICE_NEVER : proven[i];
}

bool history_slice_read_offences(history_slice *slice) {
    const packed_column *columns = slice->block->column;
    slice_room *room = &slice->offence_room;
    uint32_t count = slice->offences;
    if (slice->has_offences) return true;
    if (!reserve(slice->from, room, count, 3)) return false;
    slice->first_day = room->values;
    slice->last_day = room->values + room->capacity;
    slice->proven = room->values + 2 * room->capacity;
    column_unpack(&columns[OFFENCE_PROVEN], slice->offence, count, HISTORY_SLICE_NEVER,
                  slice->proven);
    leave_excluded_unproven(slice, slice->proven, slice->last_day);
    column_unpack(&columns[OFFENCE_DATE], slice->offence, count, HISTORY_SLICE_NEVER,
                  slice->first_day);
    pad(slice->first_day, count);
    pad(slice->proven, count);
    memcpy(slice->last_day, slice->first_day,
           (count + HISTORY_SLICE_PADDING) * sizeof *slice->last_day);
    add_ranges(slice);
    slice->has_offences = true;
    return true;
}
