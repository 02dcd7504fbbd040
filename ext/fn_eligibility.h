/* fn_eligibility.h - does it count? SQL functions over eligibility.h (R8, R9, R17, R18).
**
**   offence_excluded(code, verdict, disposal)          why an offence does not count, as in
**                                                      offence.excluded; NULL: it does
**   disposal_excluded(code)                            why a conviction that ended so is no entry
**                                                      event; NULL: it is, or the code is unknown
**   offence_index_order(offence_id, code, excluded)    of the offences of one appearance the one
**                                                      with the lowest is its index offence
**
** Codes and verdicts are texts or NULL: not said. Unlike the other functions of codes these take a
** recorded-crime class ('28C') for one of which nothing is known. offence_id is 0 to 10^17 - 1;
** `excluded` is a reason or NULL. All deterministic and innocuous.
*/
#ifndef REOFFEND_FN_ELIGIBILITY_H
#define REOFFEND_FN_ELIGIBILITY_H

#include "glue.h"

extern const glue_function fn_eligibility[];

#endif
