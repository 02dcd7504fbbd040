/* vt_history.h - reoffend_history: every person's events, packed; the store the measure reads.
**
**   CREATE VIRTUAL TABLE history USING reoffend_history(
**       appearance=..., offence=..., offender=..., membership=...,  -- tables or views to read,
**                                                                  -- each defaults to its own name
**       extract_date=YYYY-MM-DD,  -- default: the latest day of any event; decides `complete` (R16)
**       stale=refuse);            -- or allow, or fresh: store_fresh.h
**
**   INSERT INTO history(history) VALUES ('rebuild');           -- read the sources, in one pass
**   INSERT INTO history(history) VALUES ('refresh');           -- re-read only who changed
**   INSERT INTO history(history) VALUES ('integrity-check');   -- an error says what is damaged
**   'rebuild progress', 'refresh progress'                     -- say how far they are (stderr)
**   'integrity-check sources'                                  -- compares everybody with them too
**
**   SELECT * FROM history WHERE offender_id = ?;               -- one person's events
**
** The sources and their columns are in store_source.h. The history is a cache: it is never the only
** copy, it is written by the commands alone, and what became stale is never answered by accident.
**
** Columns, one row an event, people in order of id: offender_id; event ('appearance', 'offence',
** 'membership'); event_id; date, date_end (of an offence's range, or a membership's last day); kind
** (of an appearance); proven_date, proven_by (of an offence); ho_code, offence_group; area_code,
** disposal, sentence_months (of an appearance); subcohort (of a membership); excluded. NULL where
** the event has no such thing.
*/
#ifndef REOFFEND_VT_HISTORY_H
#define REOFFEND_VT_HISTORY_H

#include "glue.h"

extern const glue_module vt_history;

#endif
