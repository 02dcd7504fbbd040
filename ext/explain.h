/* explain.h - why each event of a person counts in a window or not, with the rule that says so.
**
** Everyone's figures can be traced (R37): one decision for each appearance, offence and sub-cohort
** membership. The decisions are taken by cohort.h, follow_up.h, criminal_history.h and member.h, so
** what is explained is what is counted: in a window, the events marked counted are the index event
** and the re-offences, reappearances and sub-cohorts of the person's cohort row.
*/
#ifndef REOFFEND_EXPLAIN_H
#define REOFFEND_EXPLAIN_H

#include "cohort.h"
#include "follow_up.h"
#include "memory.h"

typedef enum explain_event {
    EXPLAIN_APPEARANCE,
    EXPLAIN_OFFENCE,
    EXPLAIN_MEMBERSHIP
} explain_event;

typedef enum explain_decision {
    EXPLAIN_INDEX_EVENT,        /* R6 */
    EXPLAIN_INDEX_EVENT_OF_DAY, /* R7: chosen among several on its day */
    EXPLAIN_NOT_CHOSEN,         /* R7: another one of the index day was chosen */
    EXPLAIN_REAPPEARANCE,       /* R22 */
    EXPLAIN_BEFORE_WINDOW,      /* R5 */
    EXPLAIN_AFTER_WINDOW,       /* R5: there is no index event */
    EXPLAIN_KIND_NOT_CHOSEN,    /* R6: in the window, no later than the index event */
    EXPLAIN_AFTER_FOLLOW_UP,    /* R22 */
    EXPLAIN_APPEARANCE_EXCLUDED,
    EXPLAIN_OF_OFFENCE, /* one for each follow_up_decision, from here */
    EXPLAIN_NO_INDEX_EVENT = EXPLAIN_OF_OFFENCE + FOLLOW_UP_DECISIONS, /* R12: of an offence */
    EXPLAIN_IN_SUBCOHORT,       /* R26 */
    EXPLAIN_ALREADY_IN,         /* R26: an earlier spell of the same sub-cohort counts */
    EXPLAIN_OUTSIDE_WINDOW,     /* R26 */
    EXPLAIN_NOT_IN_COHORT,      /* R27: a member, but nobody of this window's cohort */
    EXPLAIN_DECISIONS
} explain_decision;

typedef struct explain_wording {
    const char *decision; /* a few words; "excluded" is to be followed by the reason */
    const char *rule;
    const char *meaning; /* one sentence */
    bool counted;
} explain_wording;

const explain_wording *explain_wording_of(explain_decision decision);

/* The decision is that the source excludes the event. */
bool explain_is_exclusion(explain_decision decision);

typedef struct explained_event {
    explain_event event;
    uint32_t row; /* in the block's table of such events */
    int64_t date; /* first day, or HISTORY_NULL */
    explain_decision decision;
    bool previous; /* an offence counted among the previous offences (R23) */
} explained_event;

typedef struct explanation {
    const memory *from;
    explained_event *events; /* by date, undated last; on one day appearances, offences, spells */
    size_t count;
    explained_event *spare;
    history_slice slice; /* of the person */
    cohort_entries index;
} explanation;

void explanation_init(explanation *made, const memory *from);
void explanation_free(explanation *freed);

/* Explains all events of the person; the plan is of one window. False: no memory. */
bool explanation_make(explanation *made, const window_plan *plan, const history_person *person);

#endif
