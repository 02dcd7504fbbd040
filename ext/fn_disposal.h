/* fn_disposal.h - disposals, lengths of sentence and the bands of R25 in SQL.
**
** 1. `code` is a PNC disposal code of four digits as text ('1002') or the name of an out-of-court
**    disposal ('reprimand'); see disposal.h. What is in no table is NULL, as is what is no
**    disposal.
** 2. sentence_months(duration) reads 'D90', 'W26', 'M6', 'Y2', 'Y999', 'L' and gives whole
**    completed months; life is 11988. Another text is NULL: it has no length in months.
** 3. Bands take whole numbers from 0 and give the label results are broken down by; an age under 10
**    is unknown and NULL (R10).
** 4. NULL in, NULL out; another type is an error.
**
**   SELECT sentence_band(sentence_months('W51'));   -- under 12 months
*/
#ifndef REOFFEND_FN_DISPOSAL_H
#define REOFFEND_FN_DISPOSAL_H

#include "glue.h"

extern const glue_function fn_disposal[];

#endif
