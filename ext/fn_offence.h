/* fn_offence.h - the offence tables in SQL: offence_group(code) and its kin.
**
** 1. `code` is a Home Office code in any written form ('028/03', '28/3', '02803') or a CJS code
**    ('TH68010'). A recorded-crime class ('28C') is an error that says what to write;
**    offence_status names it instead.
** 2. What cannot be told is NULL, and offence_status(code) says why. Flags are 1, 0 or NULL.
** 3. NULL in, NULL out. A number is an error: leading zeros would be lost.
** 4. reoffend_lookup_version() changes when any lookup the extension was built from changes.
**
**   SELECT offence_group('028/03');   -- Burglary (domestic)
*/
#ifndef REOFFEND_FN_OFFENCE_H
#define REOFFEND_FN_OFFENCE_H

#include "glue.h"

extern const glue_function fn_offence[];

#endif
