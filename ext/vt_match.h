/* vt_match.h - match_candidates(listed, people, lowest): pairs of two tables that may be one person
** (R28), over match_index.h.
**
** `listed` and `people` name tables (not views) with the columns surname, forename and birth_date;
** a row is known by its rowid. `listed` is held in memory, `people` is read once from end to end:
** give the longer table second. Every pair with a block in common (match_block) whose score
** (match_score) is at least `lowest` bits is one row:
**
**   listed_id, person_id   rowids
**   score                  bits
**
** Rows come in the order of `people`. A row without a surname, a forename or a good birth date is
** passed over. NULL given as an argument gives no rows. Errors: a table or column that is not
** there; a table without rowids, a view among them; a `lowest` that is no number.
**
**   SELECT l.surname, p.pnc_id, c.score
**   FROM match_candidates('list', 'person', 14) AS c
**   JOIN list AS l ON l.rowid = c.listed_id JOIN person AS p ON p.rowid = c.person_id;
*/
#ifndef REOFFEND_VT_MATCH_H
#define REOFFEND_VT_MATCH_H

#include "glue.h"

extern const glue_module vt_match;

#endif
