#include "attrition.h"

static const struct {
    const char *what, *rule;
} steps[ATTRITION_STEPS] = {
    [ATTRITION_HISTORY] = {"people in the history", NULL},
    [ATTRITION_NEVER_ELIGIBLE] = {"of them without an eligible appearance at any time", "R6, R8"},
    [ATTRITION_APPEARANCES] = {"appearances in the history", NULL},
    [ATTRITION_IN_WINDOW] = {"appearances in the window", "R5"},
    [ATTRITION_CHOSEN_KIND] = {"of a chosen kind", "R6"},
    [ATTRITION_NOT_EXCLUDED] = {"not excluded", "R8"},
    [ATTRITION_INDEX_EVENTS] = {"index events", "R6, R7, R12"},
    [ATTRITION_OFFENCES + FOLLOW_UP_EXCLUDED] = {"offences of the cohort", NULL},
    [ATTRITION_OFFENCES + FOLLOW_UP_UNDATED] = {"not excluded", "R17, R18"},
    [ATTRITION_OFFENCES + FOLLOW_UP_BEFORE_INDEX] = {"with an offence date", "R20"},
    [ATTRITION_OFFENCES + FOLLOW_UP_STRADDLES] = {"after the index, or possibly so", "R14"},
    [ATTRITION_OFFENCES + FOLLOW_UP_AFTER_END] = {"not straddling the index", "R20"},
    [ATTRITION_OFFENCES + FOLLOW_UP_NOT_PROVEN] = {"inside the follow-up", "R13"},
    [ATTRITION_OFFENCES + FOLLOW_UP_PROVEN_LATE] = {"proven", "R17"},
    [ATTRITION_REOFFENCES] = {"proven in time: re-offences", "R15"},
};

const char *attrition_what(attrition_step step) {
    return steps[step].what;
}

const char *attrition_rule(attrition_step step) {
    return steps[step].rule;
}

bool attrition_narrows(attrition_step step) {
    return step > ATTRITION_APPEARANCES && step != ATTRITION_OFFENCES;
}

void attrition_init(attrition *made, const memory *from, const window_plan *plan) {
    *made = (attrition){.plan = plan};
    history_slice_init(&made->slice, from);
    cohort_entries_init(&made->entries, from);
}

void attrition_free(attrition *freed) {
    history_slice_free(&freed->slice);
    cohort_entries_free(&freed->entries);
}

/* One person's events that reach each step. */
typedef struct person_steps {
    int64_t events[ATTRITION_STEPS];
} person_steps;

/* An event passes all steps from `first` to `reached`. */
static void pass(person_steps *steps_of, attrition_step first, attrition_step reached) {
    for (int step = (int)first; step <= (int)reached; step++) steps_of->events[step]++;
}

static attrition_step appearance_reaches(const window_plan *plan, const history_block *block,
                                         uint32_t row) {
    if (!window_plan_covers(plan, column_at(&block->column[APPEARANCE_DATE], row)))
        return ATTRITION_APPEARANCES;
    if (!cohort_is_chosen_kind(block, row, plan->options.kinds)) return ATTRITION_IN_WINDOW;
    return cohort_is_eligible(block, row, plan->options.kinds) ? ATTRITION_NOT_EXCLUDED
                                                               : ATTRITION_CHOSEN_KIND;
}

static void add_appearances(person_steps *to, const window_plan *plan,
                            const history_person *person) {
    int64_t count = person->appearance_end - person->appearance;
    int64_t events = count + (person->offence_end - person->offence);
    bool eligible = false;
    for (uint32_t row = person->appearance; row < person->appearance_end; row++) {
        eligible |= cohort_is_eligible(person->block, row, plan->options.kinds);
        pass(to, ATTRITION_APPEARANCES, appearance_reaches(plan, person->block, row));
    }
    to->events[ATTRITION_HISTORY] = events;
    if (!eligible) to->events[ATTRITION_NEVER_ELIGIBLE] = events;
}

static void add_offences(person_steps *to, const window_plan *plan, const history_person *person,
                         const cohort_entry *index) {
    const window_day *limits = window_plan_day(plan, index->date);
    for (uint32_t row = person->offence; row < person->offence_end; row++) {
        history_offence offence = history_offence_at(person->block, row);
        follow_up_decision decision = follow_up_decide(&offence, index->date, limits);
        pass(to, ATTRITION_OFFENCES, (attrition_step)(ATTRITION_OFFENCES + (int)decision));
    }
}

/* `index` is NULL for who has no index event. */
static void add_person(attrition *sum, const history_person *person, const cohort_entry *index) {
    person_steps one = {{0}};
    add_appearances(&one, sum->plan, person);
    if (index) {
        one.events[ATTRITION_INDEX_EVENTS] = 1;
        add_offences(&one, sum->plan, person, index);
    }
    for (int step = 0; step < ATTRITION_STEPS; step++) {
        sum->count[step].people += one.events[step] > 0;
        sum->count[step].events += one.events[step];
    }
}

/* Index events stand in the order of the people, one for each who has any. */
static void add_slice(attrition *sum) {
    const cohort_entry *index = sum->entries.items, *end = index + sum->entries.count;
    for (uint32_t i = 0; i < sum->slice.people; i++) {
        bool has_index = index < end && index->person == i;
        history_person person = history_slice_person(&sum->slice, i, 0);
        if (!sum->slice.is_left_out[i]) add_person(sum, &person, has_index ? index : NULL);
        index += has_index;
    }
}

bool attrition_add_block(attrition *sum, const history_block *block) {
    slice_result read = history_slice_first(&sum->slice, block);
    for (; read == SLICE_READ; read = history_slice_next(&sum->slice)) {
        if (!cohort_select(&sum->entries, sum->plan, &sum->slice)) return false;
        add_slice(sum);
    }
    return read == SLICE_END;
}
