/* member.h - the members of one window's cohort, one after the other, with everything
** reoffend_cohort shows of them.
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

/* A walk over the members of a block, or of one person. */
typedef struct member_walk {
    const memory *from;
    const window_plan *plan; /* of one window */
    follow_up_counter counter;
    proven_days proven;
    bool with_record; /* fill `before`, `undated` and `straddling` */
    history_slice slice;
    slice_result read; /* SLICE_READ: there are, or may be, members after those of the slice */
    cohort_entries entries;
    size_t next; /* of the entries */
    void *room;  /* the two that follow */
    size_t capacity;
    follow_up_outcome *outcomes; /* of the entries */
    int64_t *ids;                /* of the slice's people */
} member_walk;

/* Nobody is walked over until one of the next two. `weights` as in follow_up.h. */
void member_walk_init(member_walk *made, const memory *from, const window_plan *plan,
                      const follow_up_weight *weights, size_t weight_count);
void member_walk_free(member_walk *freed);

typedef enum member_result {
    MEMBER_FOUND,
    MEMBER_NONE,
    MEMBER_NO_MEMORY,
    MEMBER_CORRUPT
} member_result;

/* Begin with a block's people, or with one person only, and find the first member. */
member_result member_first(member_walk *walk, const history_block *block, member *found);
member_result member_only(member_walk *walk, const history_person *person, member *found);
/* MEMBER_NONE: no more. */
member_result member_next(member_walk *walk, member *found);

/* The person is in the sub-cohort of the spell in the plan's window (R26). */
bool member_spell_counts(const window_plan *plan, const history_membership *spell);

#endif
