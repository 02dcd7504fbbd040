/* eligibility.h - does an offence or a conviction count, by what it is and how it ended (R8, R9,
** R17, R18)? The other reasons not to count (age, place, the sentence a release ends) take more
** than one record and are the cleaning steps' (sql/33_offence.sql, sql/34_appearance.sql).
**
** 1. Proven is a guilty verdict, or none at all: a caution (disposal.h, note 6). Without a
**    disposal, or with one that is undecided, the verdict decides.
** 2. Excluded are, the first that holds: a verdict that is not proven; a disposal that is no proven
**    end (not proven, deceased, quashed, penalty notice, interim, carried forward, appeal pending,
**    drug test, breach); breach proceedings by the offence; an offence that is not recordable. What
**    is unknown of an offence, and a recorded-crime class, excludes nothing.
** 3. A conviction to immediate custody is no entry event, the discharge is (R8); one whose disposal
**    is no disposal, or an undecided one, is none either.
*/
#ifndef REOFFEND_ELIGIBILITY_H
#define REOFFEND_ELIGIBILITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct eligibility_text {
    const char *text; /* NULL: not said */
    size_t length;
} eligibility_text;

/* NULL, or why the offence does not count (note 2), as in offence.excluded. The verdict is one that
** disposal_verdict_proven knows. */
const char *eligibility_of_offence(eligibility_text code, eligibility_text verdict,
                                   eligibility_text disposal);

/* NULL, or why a conviction that ended so is no entry event (note 3), as in appearance.excluded;
** NULL too for a code in no table. */
const char *eligibility_of_conviction(eligibility_text disposal);

/* Of the offences of one appearance the one with the lowest number is its index offence (R9): one
** that counts before one that is excluded, then the graver group, then the lower id. `offence_id`
** is 0 to ELIGIBILITY_LAST_ID. */
#define ELIGIBILITY_LAST_ID INT64_C(99999999999999999)
int64_t eligibility_index_order(int64_t offence_id, eligibility_text code, bool excluded);

#endif
