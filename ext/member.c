#include "member.h"

void member_walk_init(member_walk *made, const memory *from, const window_plan *plan,
                      const follow_up_weight *weights, size_t weight_count) {
    *made = (member_walk){.from = from, .plan = plan, .read = SLICE_END};
    follow_up_init(&made->counter, from, weights, weight_count);
    made->counter.with_severity = made->counter.with_first_date = made->counter.with_reappearances =
        true;
    proven_days_init(&made->proven, from);
    history_slice_init(&made->slice, from);
    cohort_entries_init(&made->entries, from);
}

void member_walk_free(member_walk *freed) {
    follow_up_free(&freed->counter);
    proven_days_free(&freed->proven);
    history_slice_free(&freed->slice);
    cohort_entries_free(&freed->entries);
    memory_free(freed->from, freed->room);
    *freed = (member_walk){.from = freed->from, .read = SLICE_END};
}

/* --- one member ------------------------------------------------------------------------------ */

static int age_at(int64_t birth, calendar_day index_date) {
    if (birth == HISTORY_NULL) return MEMBER_AGE_UNKNOWN;
    int age = calendar_age((calendar_day)birth, index_date);
    return age < 10 ? MEMBER_AGE_UNKNOWN : age;
}

/* R20: what is not counted and is reported. A dated offence of a single day never is. */
static void count_uncounted(member *found, const window_day *limits) {
    const history_block *block = found->person.block;
    calendar_day index_date = (calendar_day)found->index.date;
    for (uint32_t row = found->person.dated_end; row < found->person.offence_end; row++) {
        history_offence offence = history_offence_at(block, row);
        found->undated += follow_up_decide(&offence, index_date, limits) == FOLLOW_UP_UNDATED;
    }
    for (uint32_t range = history_range_from(block, found->person.offence);
         range < block->rows[HISTORY_RANGES]; range++) {
        int64_t row = column_at(&block->column[RANGE_OFFENCE], range);
        if (row >= (int64_t)found->person.dated_end) break;
        history_offence offence = history_offence_at(block, (uint32_t)row);
        found->straddling += follow_up_decide(&offence, index_date, limits) == FOLLOW_UP_STRADDLES;
    }
}

static member_result fill(member_walk *walk, const cohort_entry *entry,
                          const follow_up_outcome *outcome, member *found) {
    const window_day *limits = window_plan_day(walk->plan, entry->date);
    const history_slice *slice = &walk->slice;
    *found = (member){.follow_up_end = limits->follow_up_end, .outcome = *outcome};
    found->person = history_slice_person(slice, entry->person, walk->ids[entry->person]);
    found->offender = history_offender_of(&found->person);
    found->index_row = slice->appearance + entry->appearance;
    found->index = history_appearance_at(slice->block, found->index_row);
    found->age = age_at(found->offender.birth, entry->date);
    if (!walk->with_record) return MEMBER_FOUND;
    if (!proven_days_collect(&walk->proven, &found->person)) return MEMBER_NO_MEMORY;
    found->before = criminal_history_at(&walk->proven, &found->person, entry->date);
    count_uncounted(found, limits);
    return MEMBER_FOUND;
}

/* --- walking --------------------------------------------------------------------------------- */

static bool reserve(member_walk *walk) {
    size_t people = walk->slice.people, entries = walk->entries.count;
    if (!memory_reserve(walk->from, &walk->room, &walk->capacity,
                        people > entries ? people : entries,
                        sizeof *walk->ids + sizeof *walk->outcomes))
        return false;
    walk->ids = walk->room;
    walk->outcomes = (follow_up_outcome *)(walk->ids + walk->capacity);
    return true;
}

/* Finds the members of the slice just read. MEMBER_FOUND: it was done, they may be none. */
static member_result look_at_slice(member_walk *walk) {
    walk->next = 0;
    if (walk->read == SLICE_NO_MEMORY) return MEMBER_NO_MEMORY;
    if (walk->read == SLICE_END) return MEMBER_NONE;
    if (!cohort_select(&walk->entries, walk->plan, &walk->slice) || !reserve(walk))
        return MEMBER_NO_MEMORY;
    if (walk->entries.count) history_slice_ids(&walk->slice, walk->ids);
    switch (
        follow_up_count(&walk->counter, walk->plan, &walk->slice, &walk->entries, walk->outcomes)) {
    case FOLLOW_UP_COUNTED:
        return MEMBER_FOUND;
    case FOLLOW_UP_CORRUPT:
        return MEMBER_CORRUPT;
    default:
        return MEMBER_NO_MEMORY;
    }
}

member_result member_first(member_walk *walk, const history_block *block, member *found) {
    walk->read = history_slice_first(&walk->slice, block);
    member_result result = look_at_slice(walk);
    return result == MEMBER_FOUND ? member_next(walk, found) : result;
}

member_result member_only(member_walk *walk, const history_person *person, member *found) {
    walk->read = history_slice_only(&walk->slice, person);
    member_result result = look_at_slice(walk);
    if (walk->read == SLICE_READ) walk->read = SLICE_END;
    return result == MEMBER_FOUND ? member_next(walk, found) : result;
}

member_result member_next(member_walk *walk, member *found) {
    while (walk->next == walk->entries.count) {
        if (walk->read == SLICE_READ) walk->read = history_slice_next(&walk->slice);
        member_result result = look_at_slice(walk);
        if (result != MEMBER_FOUND) {
            walk->entries.count = 0;
            return result;
        }
    }
    size_t i = walk->next++;
    return fill(walk, &walk->entries.items[i], &walk->outcomes[i], found);
}

bool member_spell_counts(const window_plan *plan, const history_membership *spell) {
    int32_t first, last;
    cohort_spell_windows(plan, spell, &first, &last);
    return first <= last;
}
