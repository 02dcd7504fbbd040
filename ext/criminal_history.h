/* criminal_history.h - what is on record before an index event (R23, R32).
**
** Previous offences are the offences, not excluded, proven before the index day, whatever the day
** they were committed. Previous sanctions are the different days on which they were proven.
** Previous custody are the discharges from custody, not excluded, before the index day.
*/
#ifndef REOFFEND_CRIMINAL_HISTORY_H
#define REOFFEND_CRIMINAL_HISTORY_H

#include "calendar.h"
#include "cohort.h"
#include "memory.h"

typedef struct criminal_history {
    uint32_t offences;
    uint32_t sanctions;
    uint32_t custody;
    int years_since_first_sanction; /* completed years; 0 without a sanction */
} criminal_history;

/* One person's proven days in order. Made once for a person, asked for each index event. */
typedef struct proven_days {
    const memory *from;
    calendar_day *days;
    size_t count, capacity;
} proven_days;

void proven_days_init(proven_days *made, const memory *from);
void proven_days_free(proven_days *freed);

/* Collects a person's proven days. False: no memory. */
bool proven_days_collect(proven_days *proven, const history_person *person);

/* Offences proven before the day. */
uint32_t proven_days_before(const proven_days *proven, calendar_day day);

/* The previous offences of each index event of the slice. False: no memory. */
bool criminal_history_previous(proven_days *room, history_slice *slice,
                               const cohort_entries *entries, uint32_t *previous);

criminal_history criminal_history_at(const proven_days *proven, const history_person *person,
                                     calendar_day index_date);

/* One offence counts among the previous offences of that index day. */
bool criminal_history_is_previous(const history_offence *offence, calendar_day index_date);

/* The rate of offending of Copas: ln((1 + sanctions) / (10 + years since the first)) (R32). */
double criminal_history_copas_rate(const criminal_history *before);

#endif
