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

#include "history_block.h"
#include "window_plan.h"

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

/* What an offence code adds to the severity counts, in lanes that are added in one step: see
** follow_up_severity. One for each code of the dictionary, 0 included. */
typedef struct follow_up_weight {
    uint64_t violent_sexual_and_acquisitive;
    uint64_t serious_and_unclassified;
} follow_up_weight;

/* The weight of a code with these properties. */
follow_up_weight follow_up_weight_of(bool violent_or_sexual, bool serious_acquisitive,
                                     bool serious, bool unclassified);

typedef struct follow_up_outcome {
    uint32_t reoffences;
    uint32_t reappearances;
    uint32_t violent_sexual, serious_acquisitive, serious, unclassified;
    calendar_day first_date; /* first day of the first re-offence, when there is one */
} follow_up_outcome;

typedef struct follow_up_counter {
    const follow_up_weight *weights; /* by offence code of the dictionary */
    size_t weight_count;
    bool with_reappearances; /* count them: it reads the person's later appearances */
    bool corrupt; /* set when an offence names a code that is not there */
} follow_up_counter;

/* Counts what follows the index event `entry_row` of the person on `index_date`. `from` is where to
** begin among the person's dated offences: any offence up to which first days lie on or before an
** earlier index day; it is moved on for the next, later index event. */
follow_up_outcome follow_up_count(follow_up_counter *counter, const history_person *person,
                                  uint32_t entry_row, calendar_day index_date,
                                  const window_day *limits, uint32_t *from);

/* The month of the follow-up a day falls in: the least m with day <= index + m months. */
int follow_up_month(calendar_day index_date, calendar_day day);

#endif
