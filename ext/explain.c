#include "explain.h"

#include "criminal_history.h"
#include "member.h"

static const explain_wording wordings[EXPLAIN_DECISIONS] = {
    [EXPLAIN_INDEX_EVENT] =
        {"index event", "R6",
         "The first event of a chosen kind in the window: it puts the person into the cohort.",
         true},
    [EXPLAIN_INDEX_EVENT_OF_DAY] =
        {"index event", "R7",
         "The first event of a chosen kind in the window, taken before the others of the same day "
         "by the order of kinds and then of ids.",
         true},
    [EXPLAIN_NOT_CHOSEN] =
        {"not chosen on the index day", "R7",
         "Another event of the same day is the index event; neither a second index event nor a "
         "reappearance.",
         false},
    [EXPLAIN_REAPPEARANCE] =
        {"reappearance", "R22",
         "An event after the index date and not after the end of the follow-up.", true},
    [EXPLAIN_BEFORE_WINDOW] =
        {"before the window", "R5", "The window had not begun.", false},
    [EXPLAIN_AFTER_WINDOW] =
        {"after the window", "R5",
         "The window had ended, and there is no index event to follow up.", false},
    [EXPLAIN_KIND_NOT_CHOSEN] =
        {"kind not chosen", "R6",
         "In the window, but not of a kind that may be an index event here.", false},
    [EXPLAIN_AFTER_FOLLOW_UP] =
        {"after the follow-up", "R22", "The follow-up had ended.", false},
    [EXPLAIN_APPEARANCE_EXCLUDED] =
        {"excluded", "R8", "Marked as no entry event by the source; it never counts.", false},
    [EXPLAIN_OF_OFFENCE + FOLLOW_UP_EXCLUDED] =
        {"excluded", "R17, R18",
         "Marked by the source as an offence that the measure leaves out; it never counts.", false},
    [EXPLAIN_OF_OFFENCE + FOLLOW_UP_UNDATED] =
        {"no offence date", "R20",
         "Without a date it cannot be placed: it is not counted, and it is reported.", false},
    [EXPLAIN_OF_OFFENCE + FOLLOW_UP_BEFORE_INDEX] =
        {"before the index", "R14",
         "Committed on or before the index date, whenever it was proven.", false},
    [EXPLAIN_OF_OFFENCE + FOLLOW_UP_STRADDLES] =
        {"straddles the index", "R20",
         "It may have been committed on either side of the index date: it is not counted, and it "
         "is reported.",
         false},
    [EXPLAIN_OF_OFFENCE + FOLLOW_UP_AFTER_END] =
        {"after the follow-up", "R13",
         "Committed, or possibly committed, after the follow-up had ended.", false},
    [EXPLAIN_OF_OFFENCE + FOLLOW_UP_NOT_PROVEN] =
        {"not proven", "R17",
         "Committed in the follow-up, but not proven by a conviction, caution, reprimand or "
         "warning.",
         false},
    [EXPLAIN_OF_OFFENCE + FOLLOW_UP_PROVEN_LATE] =
        {"proved too late", "R15",
         "Committed in the follow-up and proven, but only after the wait for proof had ended.",
         false},
    [EXPLAIN_OF_OFFENCE + FOLLOW_UP_REOFFENCE] =
        {"re-offence", "R13", "Committed in the follow-up and proven in time.", true},
    [EXPLAIN_NO_INDEX_EVENT] =
        {"no index event", "R12",
         "The person is not in this window's cohort, so no offence can be a re-offence.", false},
    [EXPLAIN_IN_SUBCOHORT] =
        {"in the sub-cohort", "R26", "A day of the membership lies in the window.", true},
    [EXPLAIN_ALREADY_IN] =
        {"already in the sub-cohort", "R26",
         "An earlier membership of the same sub-cohort lies in the window; a person counts once.",
         false},
    [EXPLAIN_OUTSIDE_WINDOW] =
        {"outside the window", "R26", "No day of the membership lies in the window.", false},
    [EXPLAIN_NOT_IN_COHORT] =
        {"not in the cohort", "R27",
         "A member, but without an index event in the window: on the caseload, not in the "
         "sub-cohort.",
         false},
};

const explain_wording *explain_wording_of(explain_decision decision) {
    return &wordings[decision];
}

bool explain_is_exclusion(explain_decision decision) {
    return decision == EXPLAIN_APPEARANCE_EXCLUDED ||
           decision == (explain_decision)(EXPLAIN_OF_OFFENCE + (int)FOLLOW_UP_EXCLUDED);
}

void explanation_init(explanation *made, const memory *from) {
    *made = (explanation){.from = from};
    history_slice_init(&made->slice, from);
    cohort_entries_init(&made->index, from);
}

void explanation_free(explanation *freed) {
    memory_free(freed->from, freed->events);
    memory_free(freed->from, freed->spare);
    history_slice_free(&freed->slice);
    cohort_entries_free(&freed->index);
    explanation_init(freed, freed->from);
}

/* What all decisions about one person rest on. */
typedef struct explained_person {
    const window_plan *plan;
    const history_person *person;
    bool in_cohort;
    uint32_t index_row; /* of the index event in the block, when in the cohort */
    calendar_day index_date;
    const window_day *limits; /* of the index date */
} explained_person;

/* False: no memory. */
static bool find_index(explanation *made, const window_plan *plan, const history_person *person,
                       explained_person *found) {
    *found = (explained_person){.plan = plan, .person = person};
    if (history_slice_only(&made->slice, person) != SLICE_READ ||
        !cohort_select(&made->index, plan, &made->slice))
        return false;
    if (made->index.count == 0) return true;
    found->in_cohort = true;
    found->index_row = person->appearance + made->index.items[0].appearance;
    found->index_date = made->index.items[0].date;
    found->limits = window_plan_day(plan, found->index_date);
    return true;
}

/* --- appearances ----------------------------------------------------------------------------- */

static bool is_chosen_kind(const explained_person *about, uint32_t row) {
    return cohort_is_chosen_kind(about->person->block, row, about->plan->options.kinds);
}

/* The index event has company: the appearance after it is of the same day and eligible too. */
static explain_decision decide_index(const explained_person *about) {
    const history_block *block = about->person->block;
    for (uint32_t row = about->index_row + 1; row < about->person->appearance_end; row++) {
        if (column_at(&block->column[APPEARANCE_DATE], row) != about->index_date) break;
        if (cohort_is_eligible(block, row, about->plan->options.kinds))
            return EXPLAIN_INDEX_EVENT_OF_DAY;
    }
    return EXPLAIN_INDEX_EVENT;
}

static explain_decision decide_appearance(const explained_person *about, uint32_t row) {
    history_appearance shown = history_appearance_at(about->person->block, row);
    if (about->in_cohort && row == about->index_row) return decide_index(about);
    if (shown.excluded) return EXPLAIN_APPEARANCE_EXCLUDED;
    if (about->in_cohort) {
        if (follow_up_is_reappearance(shown.date, about->index_date, about->limits))
            return EXPLAIN_REAPPEARANCE;
        if (shown.date > about->index_date) return EXPLAIN_AFTER_FOLLOW_UP;
        if (shown.date == about->index_date && is_chosen_kind(about, row))
            return EXPLAIN_NOT_CHOSEN;
    }
    if (window_plan_covers(about->plan, shown.date)) return EXPLAIN_KIND_NOT_CHOSEN;
    return shown.date < about->plan->first_day ? EXPLAIN_BEFORE_WINDOW : EXPLAIN_AFTER_WINDOW;
}

/* --- offences and memberships ---------------------------------------------------------------- */

static explained_event explain_offence(const explained_person *about, uint32_t row) {
    history_offence shown = history_offence_at(about->person->block, row);
    explained_event made = {EXPLAIN_OFFENCE, row, shown.date, EXPLAIN_NO_INDEX_EVENT, false};
    if (about->in_cohort) {
        follow_up_decision decision = follow_up_decide(&shown, about->index_date, about->limits);
        made.decision = (explain_decision)(EXPLAIN_OF_OFFENCE + (int)decision);
        made.previous = criminal_history_is_previous(&shown, about->index_date);
    }
    return made;
}

/* Spells stand by sub-cohort; *served is the sub-cohort of the last one that counts. */
static explained_event explain_membership(const explained_person *about, uint32_t row,
                                          uint32_t *served) {
    history_membership shown = history_membership_at(about->person->block, row);
    explained_event made = {EXPLAIN_MEMBERSHIP, row, shown.start, EXPLAIN_IN_SUBCOHORT, false};
    if (!about->in_cohort) {
        made.decision = EXPLAIN_NOT_IN_COHORT;
    } else if (!member_spell_counts(about->plan, &shown)) {
        made.decision = EXPLAIN_OUTSIDE_WINDOW;
    } else if (shown.subcohort == *served) {
        made.decision = EXPLAIN_ALREADY_IN;
    } else {
        *served = shown.subcohort;
    }
    return made;
}

/* --- all of them, in order of date ----------------------------------------------------------- */

static bool stands_before(const explained_event *a, const explained_event *b) {
    int64_t left = a->date == HISTORY_NULL ? INT64_MAX : a->date;
    int64_t right = b->date == HISTORY_NULL ? INT64_MAX : b->date;
    if (left != right) return left < right;
    if (a->event != b->event) return a->event < b->event;
    return a->row < b->row;
}

/* Merge sort: its depth does not depend on the dates. */
static void sort_events(explained_event *events, explained_event *spare, size_t count) {
    if (count < 2) return;
    size_t half = count / 2;
    sort_events(events, spare, half);
    sort_events(events + half, spare, count - half);
    memcpy(spare, events, half * sizeof *events);
    for (size_t left = 0, right = half, to = 0; left < half; to++) {
        bool take_right = right < count && stands_before(&events[right], &spare[left]);
        events[to] = take_right ? events[right++] : spare[left++];
    }
}

static bool reserve(explanation *made, const history_person *person) {
    size_t count = (size_t)(person->appearance_end - person->appearance) +
                   (person->offence_end - person->offence) +
                   (person->membership_end - person->membership);
    explanation_free(made);
    made->events = memory_allocate(made->from, (count + 1) * sizeof *made->events);
    made->spare = memory_allocate(made->from, (count / 2 + 1) * sizeof *made->spare);
    return made->events && made->spare;
}

bool explanation_make(explanation *made, const window_plan *plan, const history_person *person) {
    explained_person about;
    uint32_t served = 0;
    if (!reserve(made, person) || !find_index(made, plan, person, &about)) return false;
    for (uint32_t row = person->appearance; row < person->appearance_end; row++) {
        int64_t date = column_at(&person->block->column[APPEARANCE_DATE], row);
        made->events[made->count++] = (explained_event){
            EXPLAIN_APPEARANCE, row, date, decide_appearance(&about, row), false};
    }
    for (uint32_t row = person->offence; row < person->offence_end; row++)
        made->events[made->count++] = explain_offence(&about, row);
    for (uint32_t row = person->membership; row < person->membership_end; row++)
        made->events[made->count++] = explain_membership(&about, row, &served);
    sort_events(made->events, made->spare, made->count);
    return true;
}
