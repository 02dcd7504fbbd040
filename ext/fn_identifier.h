/* fn_identifier.h - pnc_*, cro_* and asn_* SQL functions over identifier.h.
**
**   pnc_id(id [, pivot_year])           canonical YYYY/NNNNNNND, or NULL when it is no PNC id
**   pnc_id_error(id [, pivot_year])     what is wrong with it, or NULL when it is one
**   pnc_number(id [, pivot_year])       year * 10,000,000 + serial, an integer key; NULL as pnc_id
**   pnc_from_number(number)             the canonical PNC id of such a key
**   cro_id(id), cro_id_error(id)        Criminal Records Office number, NNNNNN/YYD or SFYY/N...D
**   asn_id(id), asn_id_error(id)        arrest/summons number, 20 or 21 characters, no slashes
**
** NULL in, NULL out: pnc_id_error(NULL) is NULL, so test `pnc_id(x) IS NULL` to find what cannot
** be used. A text is never an error; another type is, and so is a pivot_year outside 1999 to 2100
** or a number that is no PNC id's. pivot_year is the last of the 100 years in which a two-digit
** year falls: 2026 when not given, never the clock; a loader passes the year of its extract.
** Blanks around the text are ignored and lower case is raised. All deterministic and innocuous.
**
**   SELECT offender, pnc_id_error(pnc, 2011) FROM caseload WHERE pnc_id(pnc, 2011) IS NULL;
*/
#ifndef REOFFEND_FN_IDENTIFIER_H
#define REOFFEND_FN_IDENTIFIER_H

#include "glue.h"

extern const glue_function fn_identifier[];

#endif
