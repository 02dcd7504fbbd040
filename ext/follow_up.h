/* follow_up.h - what a person does after an index event (R13 to R15, R17 to R20, R22).
**
** An offence is a re-offence of the index day d0 when
**   1. it is not excluded and has a first day (R17, R18, R20);
**   2. its first day is after d0 and its last day is on or before the end of the follow-up (R13;
**      R14 and R20 for ranges: one that straddles d0 is not counted);
**   3. it was proven on or before the end of the wait for proof (R13, R15).
** A reappearance is an appearance of any kind, not excluded, after d0 and on or before the end of
** the follow-up (R22).
*/
#ifndef REOFFEND_FOLLOW_UP_H
#define REOFFEND_FOLLOW_UP_H

#include "cohort.h"

/* Why an offence counts or not, in the order in which the reasons are looked for. */
typedef enum follow_up_decision {
    FOLLOW_UP_EXCLUDED,
    FOLLOW_UP_UNDATED,
    FOLLOW_UP_BEFORE_INDEX, /* its last day is on or before d0 */
    FOLLOW_UP_STRADDLES,    /* it may lie on either side of d0 */
    FOLLOW_UP_AFTER_END,
    FOLLOW_UP_NOT_PROVEN,
    FOLLOW_UP_PROVEN_LATE,
    FOLLOW_UP_REOFFENCE,
    FOLLOW_UP_DECISIONS
} follow_up_decision;

/* The reasons of one offence, by R13 to R20. */
follow_up_decision follow_up_decide(const history_offence *offence, calendar_day index_date,
                                    const window_day *limits);

/* An appearance, not excluded, on that day is a reappearance (R22). */
static inline bool follow_up_is_reappearance(int64_t date, calendar_day index_date,
                                             const window_day *limits) {
    return date > index_date && date <= limits->follow_up_end;
}

/* What an offence code adds to the severity counts: a count in each byte. */
typedef uint32_t follow_up_weight;

/* The weight of a code with these properties. */
follow_up_weight follow_up_weight_of(bool violent_or_sexual, bool serious_acquisitive, bool serious,
                                     bool unclassified);

typedef struct follow_up_outcome {
    uint32_t reoffences;
    uint32_t reappearances;
    uint32_t violent_sexual, serious_acquisitive, serious, unclassified;
    calendar_day first_date; /* first day of the first re-offence; any day when there is none */
} follow_up_outcome;

/* What is asked for beside the re-offences, and room to count in. */
typedef struct follow_up_counter {
    const memory *from;
    const follow_up_weight *weights; /* by offence code of the dictionary, 0 included */
    size_t weight_count;
    bool with_severity, with_first_date, with_reappearances;
    slice_room room; /* by offence its weight; by appearance whether it is excluded */
} follow_up_counter;

void follow_up_init(follow_up_counter *made, const memory *from, const follow_up_weight *weights,
                    size_t weight_count);
void follow_up_free(follow_up_counter *freed);

typedef enum follow_up_result {
    FOLLOW_UP_COUNTED,
    FOLLOW_UP_NO_MEMORY,
    FOLLOW_UP_CORRUPT /* an offence has a code that is not in the dictionary */
} follow_up_result;

/* Counts what follows each index event of the slice: outcomes[i] of entries->items[i]. What is not
** asked for is 0. */
follow_up_result follow_up_count(follow_up_counter *asked, const window_plan *plan,
                                 history_slice *slice, const cohort_entries *entries,
                                 follow_up_outcome *outcomes);

/* The month of the follow-up a day falls in: the least m with day <= index + m months. */
int follow_up_month(calendar_day index_date, calendar_day day);

#endif
