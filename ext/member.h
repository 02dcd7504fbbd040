/* member.h - one member of one window's cohort, with everything reoffend_cohort shows of them.
**
** The index event and what follows are worked out for every member; what is on record before it
** and the reports of R20 only when asked, since they read all of the person's offences.
*/
#ifndef REOFFEND_MEMBER_H
#define REOFFEND_MEMBER_H

#include "cohort.h"
#include "criminal_history.h"
#include "follow_up.h"

enum { MEMBER_AGE_UNKNOWN = -1 };

typedef struct member {
    history_person person;
    history_offender offender;
    history_appearance index;
    uint32_t index_row; /* of the block */
    calendar_day follow_up_end;
    int age; /* completed years from 10 up, or MEMBER_AGE_UNKNOWN (R10) */
    follow_up_outcome outcome;
    criminal_history before;
    uint32_t undated;    /* offences without a date, not excluded (R20) */
    uint32_t straddling; /* offences that may lie on either side of the index day (R20) */
} member;

typedef struct member_finder {
    const window_plan *plan; /* of one window */
    follow_up_counter counter;
    proven_days proven;
    bool with_record; /* fill `before`, `undated` and `straddling` */
} member_finder;

typedef enum member_result {
    MEMBER_FOUND,
    MEMBER_NOT_IN_COHORT,
    MEMBER_NO_MEMORY,
    MEMBER_CORRUPT
} member_result;

member_result member_find(member_finder *finder, const history_person *person, member *found);

/* The person is in the sub-cohort of the spell in the plan's window (R26). */
bool member_spell_counts(const window_plan *plan, const history_membership *spell);

#endif
