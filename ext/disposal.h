/* disposal.h - what a disposal says: category, immediate custody, outcome, length of sentence.
**
** The tables behind it are generated at build time from sql/lookup/.
**
** 1. A disposal is a PNC code of four digits (1002) or the name of an out-of-court disposal, which
**    has no code of its own: caution, conditional_caution, reprimand, final_warning, youth_caution,
**    penalty_notice, drug_test. Small letters and capitals are the same.
** 2. The category is the index disposal of R25: custody, suspended_sentence, community_sentence,
**    fine, conditional_discharge, absolute_discharge, caution, reprimand_or_warning, drug_test,
**    other. A result that is no disposal (not guilty, carried forward, a penalty notice) has none.
** 3. Immediate custody: no entry event by itself; the discharge from it is (R8). A suspended
**    sentence is not immediate custody.
** 4. A length is written as the PNC writes it, unit and number: D90 days, W26 weeks, M6 months,
**    Y2 years, Y999 or L life. It is given in whole completed months, 365 days to the year and 52
**    weeks to the year, so that D365, W52 and M12 are the same twelve months, and D364 is under
**    twelve. Life is SENTENCE_LIFE (band.h); so is anything longer.
** 5. Hours and sessions (H, S) measure no sentence and have no length in months.
** 6. A verdict is G, NG, NA, NC, or an empty text, which stands for a caution: proven are G and the
**    caution (R17). Guilty of an alternative (NA) is not guilty of this charge.
*/
#ifndef REOFFEND_DISPOSAL_H
#define REOFFEND_DISPOSAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct disposal {
    const char *code;     /* NULL: the code is in no table */
    const char *label;    /* the register's short title */
    const char *category; /* NULL: the result is no disposal, or undecided */
    const char *outcome;  /* 'sentence', 'not proven', ...; NULL: undecided */
    bool immediate_custody;
} disposal;

disposal disposal_find(const char *code, size_t length);

/* 1 proven, 0 not proven, -1: no such verdict. */
int disposal_verdict_proven(const char *verdict, size_t length);

/* False: not in the form of rule 4, or a unit without a length in months. */
bool disposal_sentence_months(const char *duration, size_t length, int32_t *months);

#endif
