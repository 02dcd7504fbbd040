/* history_slice.h - people of a block who stand side by side, their columns unpacked to arrays.
**
** Counting over a nation reads a few columns of every row. A slice of it, unpacked, stays in the
** processor's own caches and is gone through without asking anything that cannot be foreseen:
** that is what the speed of cohort.h and follow_up.h rests on.
**
** 1. Rows of a slice count from 0: its appearance i is the block's row `appearance` + i.
** 2. Arrays are there up to the slice's rows and readable for HISTORY_SLICE_PADDING values behind.
** 3. People whom the block leaves out (history_block.h) keep their places in a slice; their
**    appearances have the date HISTORY_SLICE_LEFT_OUT, so nothing can begin with them. A slice of
**    one takes the person as somebody who was found.
** 4. A slice may be used again for other people and keeps its memory. One that ran out of memory
**    may only be freed.
*/
#ifndef REOFFEND_HISTORY_SLICE_H
#define REOFFEND_HISTORY_SLICE_H

#include "history_block.h"
#include "memory.h"

enum { HISTORY_SLICE_PEOPLE = 1024, HISTORY_SLICE_PADDING = 4 };

/* Days no event has: after all, and before all. */
#define HISTORY_SLICE_NEVER INT32_MAX
#define HISTORY_SLICE_LEFT_OUT INT32_MIN

/* Room for several arrays of one length. */
typedef struct slice_room {
    int32_t *values;
    size_t capacity; /* of each array */
} slice_room;

typedef struct history_slice {
    const memory *from;
    const history_block *block;
    uint32_t person, people; /* the block's row of the first, and how many */
    uint32_t appearance, appearances;
    uint32_t offence, offences;
    uint32_t membership;

    /* By person, and one behind the last: where their rows begin. */
    int32_t *appearance_from, *offence_from, *membership_from;
    int32_t *is_left_out; /* by person: 1 or 0 */

    /* By appearance, once history_slice_read_appearances was called. */
    int32_t *date;  /* or HISTORY_SLICE_LEFT_OUT */
    int32_t *whose; /* the person */

    /* By offence, once history_slice_read_offences was called. */
    int32_t *first_day; /* on which it may have been committed; HISTORY_SLICE_NEVER: no date */
    int32_t *last_day;  /* the same */
    int32_t *proven;    /* HISTORY_SLICE_NEVER: not proven, or excluded: it never counts */

    bool has_appearances, has_offences;
    slice_room people_room, appearance_room, offence_room;
} history_slice;

void history_slice_init(history_slice *made, const memory *from);
void history_slice_free(history_slice *freed);

typedef enum slice_result { SLICE_READ, SLICE_END, SLICE_NO_MEMORY } slice_result;

/* The block's first people, or SLICE_END when it has none. */
slice_result history_slice_first(history_slice *slice, const history_block *block);
/* The people after those of the slice. */
slice_result history_slice_next(history_slice *slice);
/* Only this person. */
slice_result history_slice_only(history_slice *slice, const history_person *person);

/* Unpack, once for the people of the slice, what finding index events reads of the appearances and
** what following up reads of the offences. False: no memory. */
bool history_slice_read_appearances(history_slice *slice);
bool history_slice_read_offences(history_slice *slice);

/* The ids of the slice's people. */
void history_slice_ids(const history_slice *slice, int64_t *ids);

/* The person of that row as history_block.h shows them; `id` is taken as it is. */
history_person history_slice_person(const history_slice *slice, uint32_t person, int64_t id);

#endif
