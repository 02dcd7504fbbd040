/* band.h - the bands results are broken down by (rules R10 and R25), each defined once.
**
** A band is a small number from 1 in its natural order; 0 is the unknown. Labels are the texts SQL
** shows; label(0) is NULL.
**
** 1. Age in completed years at the index date: 10-14, 15-17, 18-20, 21-24, 25-29, 30-34, 35-39,
**    40-44, 45-49, 50+. Under 10 is a data error and so unknown (R10).
** 2. Age group: juvenile 10 to 17, adult 18 and over (R10).
** 3. Sentence length in whole months: under 12; 12 to under 24; 24 to under 48; 48 to 120; over
**    120; life or indeterminate. SENTENCE_LIFE and more is life: the Police National Computer
**    writes life as 999 years, so life is looked for before numbers are compared.
** 4. Previous offences: 0, 1-2, 3-6, 7-10, 11+.
*/
#ifndef REOFFEND_BAND_H
#define REOFFEND_BAND_H

#include <stdint.h>

enum { AGE_BANDS = 10, AGE_GROUPS = 2, SENTENCE_BANDS = 6, PREVIOUS_OFFENCES_BANDS = 5 };

enum { AGE_GROUP_ADULT = 1, AGE_GROUP_JUVENILE = 2 };

/* 999 years, in months. */
#define SENTENCE_LIFE ((int32_t)11988)

int band_age(int age);
int band_age_group(int age);
/* The age group that holds the whole age band; 0 of the unknown. */
int band_age_group_of(int band);
int band_sentence(int32_t months); /* negative: unknown */
int band_previous_offences(int64_t count);

const char *band_age_label(int band);
const char *band_age_group_label(int group);
const char *band_sentence_label(int band);
const char *band_previous_offences_label(int band);

#endif
