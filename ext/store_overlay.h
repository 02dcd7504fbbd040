/* store_overlay.h - packs people as the sources have them now, without writing anything.
**
** It is what a refresh writes into the patch, and what a history that answers fresh lays over its
** stored people (store_blocks.h). Texts that no stored person has are added to the history's
** dictionary in memory.
*/
#ifndef REOFFEND_STORE_OVERLAY_H
#define REOFFEND_STORE_OVERLAY_H

#include "store_blocks.h"

/* Packs those of history->changed. `with_patch`: and those of the stored patch that are not among
** them, in one ascending order. */
int store_overlay_make(store_packed_list *made, store_history *history, bool with_patch,
                       char **error);

/* The latest day of any event in all layers, or HISTORY_NULL: the extract date when none was
** named (R16). */
int store_latest_day(const store_history *history, int64_t *latest, char **error);

#endif
