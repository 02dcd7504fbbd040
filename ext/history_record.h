/* history_record.h - what a history keeps of one person: the rows of the input contract, typed.
**
** Texts are codes of a dictionary (0 = NULL). Days are calendar days. HISTORY_NULL stands for NULL
** where a rule allows it.
*/
#ifndef REOFFEND_HISTORY_RECORD_H
#define REOFFEND_HISTORY_RECORD_H

#include <stdint.h>

#include "column.h"
#include "kind.h"

#define HISTORY_NULL COLUMN_NULL

typedef struct history_offender {
    int64_t id;
    int64_t birth; /* day or NULL */
    uint32_t sex, ethnicity;
} history_offender;

typedef struct history_appearance {
    int64_t date;
    int64_t id;       /* or NULL */
    int64_t sentence; /* months, or NULL; SENTENCE_LIFE of band.h and more is life */
    kind kind;
    uint32_t area, disposal, ho_code, excluded;
} history_appearance;

typedef struct history_offence {
    int64_t date;   /* first day on which it may have been committed, or NULL */
    int64_t end;    /* last such day; equal to date when it is one day */
    int64_t proven; /* or NULL: not proven */
    int64_t id;     /* or NULL */
    uint32_t ho_code, proven_by, excluded;
} history_offence;

typedef struct history_membership {
    uint32_t subcohort;
    int64_t start; /* NULL: since ever */
    int64_t end;   /* last day; NULL: open */
} history_membership;

#endif
