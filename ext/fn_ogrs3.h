/* fn_ogrs3.h - ogrs3_* SQL scalars over ogrs3.h (R33): a published risk scale and the Copas rate.
**
**   ogrs3_one_year(sex, age_follow_up, age_conviction, age_first_sanction, prior_sanctions,
**                  offence [, history [, girls]])      probability 0..1 of a proven re-offence
**   ogrs3_two_years(… the same …)                      within one or two years
**   ogrs3_offence_weight(code)                         the offence's part of the score
**   ogrs3_percent(probability)                         1..99, as practitioners see it
**   ogrs3_band(percent)                                'low', 'medium', 'high', 'very high'
**   ogrs3_copas_rate(prior_sanctions, years)           ln((1 + prior) / (10 + years))
**
** 1. sex is 'M' or 'F'. Ages are whole years, 10 to 130: at the start of follow-up, at the current
**    conviction and at the first sanction, which is not above that at the conviction.
** 2. prior_sanctions counts the caution and conviction dates before the current one.
** 3. offence is a code as in offence_group(), or its weight as a real number (0.7606). A code whose
**    group is unknown (R29) gives NULL: there is no score without the exact offence.
** 4. history is 'first conviction', 'repeat conviction', 'first caution', 'repeat caution' or
**    'caution after conviction'; left out, or NULL, it is a conviction, first or repeat by
**    prior_sanctions.
** 5. girls is 'minus' (default) or 'plus': the sign of the term for girls aged 10 to 15, on which
**    the public sources disagree (ogrs3.h, note 3).
** 6. Other NULLs give NULL; a value outside its range is an error.
*/
#ifndef REOFFEND_FN_OGRS3_H
#define REOFFEND_FN_OGRS3_H

#include "glue.h"

extern const glue_function fn_ogrs3[];

#endif
