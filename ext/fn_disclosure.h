/* fn_disclosure.h - the SQL scalar that rounds what is published (R35), over disclosure.h.
**
**   reoffend_rounded(number, base)   the nearest multiple of the base, halves up
**
** number is whole, 0 or more; base whole, 1 (no rounding) to 1,000,000. NULL in, NULL out.
** reoffend_disclosure rounds offenders and re-offenders itself; this is for the other counts.
**
**   SELECT reoffend_rounded(13, 5);    -- 15
*/
#ifndef REOFFEND_FN_DISCLOSURE_H
#define REOFFEND_FN_DISCLOSURE_H

#include "glue.h"

extern const glue_function fn_disclosure[];

#endif
