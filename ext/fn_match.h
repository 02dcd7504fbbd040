/* fn_match.h - match_* SQL functions over match.h: is this the same person? (R28)
**
**   match_name(text)                     normal form of a name; NULL when nothing of it is left
**   match_jaro_winkler(a, b)             how alike two texts are as they stand, 0 to 1
**   match_birth_date(a, b)               equal, day_month_swapped, one_digit, year or different
**   match_score(surname_a, forename_a, birth_a, surname_b, forename_b, birth_b)
**                                        weight of the evidence in bits, names in any form
**   match_outcome(score, next_best, certain, possible, margin)
**                                        certain, possible or unmatched; scores in bits
**   match_block(block, surname, forename, birth_date)
**                                        key of block 1 to 4, an integer; score only pairs that
**                                        have one in common
**
** NULL in, NULL out, and a name of which nothing is left counts as NULL. A next_best of -1e9 says
** that there is no other candidate. Names of any length are read; of a normal form the first 255
** bytes count. A birth date is YYYY-MM-DD; anything else is an error, as is another type. All
** deterministic and innocuous.
**
**   SELECT pnc_id,
**     match_score(surname, forename, birth_date, 'SMTIH', 'JOHN', '1980-02-01') AS bits
**   FROM person WHERE bits > 14 ORDER BY bits DESC;
*/
#ifndef REOFFEND_FN_MATCH_H
#define REOFFEND_FN_MATCH_H

#include "glue.h"

extern const glue_function fn_match[];

#endif
