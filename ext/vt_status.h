/* vt_status.h - reoffend_status: what a history holds, and whether it is fresh.
**
**   SELECT * FROM reoffend_status('history');
**
** Argument, also settable in WHERE as history = ...:
**   history          the name of a history (vt_history.h)
**
** One row, whatever the state of the history; none for a NULL argument. It reads no block, so it is
** quick, and it says nothing of damage: 'integrity-check' does.
**
**   history          the name as given
**   built            1: built at least once
**   fresh            1: the packed people are those of the sources; 0: command says what to run
**   people_changed   people of whom rows are known to have changed since
**   whole_stale      1: anyone may have changed, or another version wrote it
**   generation       how many rebuilds and refreshes there were
**   extract_date     decides what is complete (R16); NULL when there is no event
**   people, events   packed; events are appearances and offences
**   blocks, bytes    the blocks and their size
**   bytes_per_event  bytes / events; NULL without events
**   format           of the blocks
**   command          what makes it fresh; NULL when it is
**   sorted_sources   which sources a rebuild would have to sort, and why: 'appearance: no index on
**                    offender_id'; NULL when all come in order of offender_id
*/
#ifndef REOFFEND_VT_STATUS_H
#define REOFFEND_VT_STATUS_H

#include "glue.h"

extern const glue_module vt_status;

#endif
