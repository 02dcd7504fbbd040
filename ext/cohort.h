/* cohort.h - who is in which window, and by which event: the index event (R5 to R8, R12, R26).
**
** A person's appearances stand in the order of R6 and R7. An appearance is eligible when its kind
** is in the chosen set and it is not excluded. It is the index event of every window that has begun
** by its day, has not ended, and began after the day of the eligible appearance before it: an
** earlier one inside the window would have been chosen instead, and so would an earlier one of the
** same day (R7). Those windows are a run without gaps, so one walk over the appearances serves all
** windows.
*/
#ifndef REOFFEND_COHORT_H
#define REOFFEND_COHORT_H

#include "history_slice.h"
#include "window_plan.h"

/* An index event. */
typedef struct cohort_entry {
    uint32_t appearance; /* row in the slice */
    uint32_t person;     /* row in the slice */
    calendar_day date;
    int32_t first_window, last_window; /* both inclusive */
} cohort_entry;

typedef struct cohort_entries {
    const memory *from;
    cohort_entry *items;
    size_t count, capacity;
} cohort_entries;

void cohort_entries_init(cohort_entries *made, const memory *from);
void cohort_entries_free(cohort_entries *freed);

/* The index events of the slice's people, by person and date. False: no memory. */
bool cohort_select(cohort_entries *found, const window_plan *plan, history_slice *slice);

/* R6: the appearance is of a chosen kind. */
bool cohort_is_chosen_kind(const history_block *block, uint32_t appearance, kind_set kinds);

/* R6, R8: the appearance may be an index event at all: of a chosen kind and not excluded. */
bool cohort_is_eligible(const history_block *block, uint32_t appearance, kind_set kinds);

/* R26: a spell overlaps a window. The windows of the plan that it overlaps are *first to *last;
** none when *first > *last. */
void cohort_spell_windows(const window_plan *plan, const history_membership *spell, int32_t *first,
                          int32_t *last);

#endif
