#include "member.h"

static int age_at(int64_t birth, calendar_day index_date) {
    if (birth == HISTORY_NULL) return MEMBER_AGE_UNKNOWN;
    int age = calendar_age((calendar_day)birth, index_date);
    return age < 10 ? MEMBER_AGE_UNKNOWN : age;
}

/* R20: what is not counted and is reported. A dated offence of a single day never is. */
static void count_uncounted(member *found, const window_day *limits) {
    const packed_column *spans = &found->person.block->column[OFFENCE_SPAN];
    for (uint32_t row = found->person.offence; row < found->person.offence_end; row++) {
        if (row < found->person.dated_end && column_at(spans, row) == 0) continue;
        history_offence offence = history_offence_at(found->person.block, row);
        follow_up_decision decision =
            follow_up_decide(&offence, (calendar_day)found->index.date, limits);
        found->undated += decision == FOLLOW_UP_UNDATED;
        found->straddling += decision == FOLLOW_UP_STRADDLES;
    }
}

member_result member_find(member_finder *finder, const history_person *person, member *found) {
    cohort_walk walk;
    cohort_entry entry;
    cohort_begin(&walk, finder->plan, person);
    if (!cohort_next(&walk, &entry)) return MEMBER_NOT_IN_COHORT;
    const window_day *limits = window_plan_day(finder->plan, entry.date);
    uint32_t from = person->offence;
    *found = (member){.person = *person, .follow_up_end = limits->follow_up_end};
    found->offender = history_offender_of(person);
    found->index = history_appearance_at(person->block, entry.appearance);
    found->index_row = entry.appearance;
    found->age = age_at(found->offender.birth, entry.date);
    found->outcome = follow_up_count(&finder->counter, person, entry.appearance, entry.date,
                                     limits, &from);
    if (finder->counter.corrupt) return MEMBER_CORRUPT;
    if (!finder->with_record) return MEMBER_FOUND;
    if (!proven_days_collect(&finder->proven, person)) return MEMBER_NO_MEMORY;
    found->before = criminal_history_at(&finder->proven, person, entry.date);
    count_uncounted(found, limits);
    return MEMBER_FOUND;
}

bool member_spell_counts(const window_plan *plan, const history_membership *spell) {
    int32_t first, last;
    cohort_spell_windows(plan, spell, &first, &last);
    return first <= last;
}
