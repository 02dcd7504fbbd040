/* store_members.h - the members of one window's cohort, in order of id, from all layers at once.
**
** Layers: store_blocks.h. Each is walked by itself, block by block (member.h); of those who stand
** at the front of theirs the one with the least id comes next. Everybody stands in one layer only.
*/
#ifndef REOFFEND_STORE_MEMBERS_H
#define REOFFEND_STORE_MEMBERS_H

#include "codebook.h"
#include "member.h"
#include "store_blocks.h"

typedef struct members_layer {
    store_blocks blocks;
    history_block block;
    member_walk walk;
    member member; /* the one at the front */
    bool begun, has_member;
} members_layer;

typedef struct store_members {
    const store_history *history;
    members_layer layer[STORE_LAYERS];
    int given; /* the layer of the member given last, or -1 */
    bool one;  /* of one person */
} store_members;

/* Everybody's, or one person's. Nothing is read yet. `with_record` as in member.h. */
void store_members_begin(store_members *members, const store_history *history,
                         const window_plan *plan, const codebook *book, bool with_record);
void store_members_begin_for(store_members *members, const store_history *history,
                             const window_plan *plan, const codebook *book, bool with_record,
                             int64_t offender_id);

/* The next member, valid until the next call: SQLITE_ROW, SQLITE_DONE or an error. */
int store_members_next(store_members *members, const member **found, char **error);
void store_members_close(store_members *members);

#endif
