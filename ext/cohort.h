/* cohort.h - who is in which window, and by which event: the index event (R5 to R8, R12, R26).
**
** A person's appearances stand in the order of R6 and R7. An appearance is eligible when its kind
** is in the chosen set and it is not excluded. Of eligible appearances on one day only the first
** can be an index event. Such an appearance is the index event of every window that has begun by
** its day, has not ended, and began after the day of the eligible appearance before it: an earlier
** one inside the window would have been chosen instead. Those windows are a run without gaps, so
** one walk over the appearances serves all windows.
*/
#ifndef REOFFEND_COHORT_H
#define REOFFEND_COHORT_H

#include "history_block.h"
#include "window_plan.h"

typedef struct cohort_entry {
    uint32_t appearance; /* row in the block */
    calendar_day date;
    int32_t first_window, last_window; /* both inclusive */
} cohort_entry;

typedef struct cohort_walk {
    const window_plan *plan;
    const history_person *person;
    uint32_t next;         /* the appearance to look at */
    int32_t served;        /* the last window that had begun by the eligible appearance before */
    int64_t previous_date; /* of that appearance */
} cohort_walk;

void cohort_begin(cohort_walk *walk, const window_plan *plan, const history_person *person);

/* The person's next index event, in date order. False: no more. */
bool cohort_next(cohort_walk *walk, cohort_entry *entry);

/* R6: the appearance is of a chosen kind. */
bool cohort_is_chosen_kind(const history_block *block, uint32_t appearance, kind_set kinds);

/* R6, R8: the appearance may be an index event at all: of a chosen kind and not excluded. */
bool cohort_is_eligible(const history_block *block, uint32_t appearance, kind_set kinds);

/* R26: a spell overlaps a window. The windows of the plan that it overlaps are *first to *last;
** none when *first > *last. */
void cohort_spell_windows(const window_plan *plan, const history_membership *spell, int32_t *first,
                          int32_t *last);

#endif
