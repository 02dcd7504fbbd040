/* breakdown.h - the breakdowns of R25 and which group of each an index event belongs to.
**
** Every breakdown maps an index event to a digit: 0 is the unknown, the others stand in the order
** in which the groups are shown. The digits of the breakdowns asked for make one number, the key
** of a cell. SUBCOHORT is different: a person is in none, one or several, and which depends on the
** window (R26), so its digit is added later, once for each.
*/
#ifndef REOFFEND_BREAKDOWN_H
#define REOFFEND_BREAKDOWN_H

#include "codebook.h"
#include "criminal_history.h"

typedef enum breakdown {
    BREAKDOWN_AREA_CODE,
    BREAKDOWN_AGE_GROUP,
    BREAKDOWN_AGE_BAND,
    BREAKDOWN_SEX,
    BREAKDOWN_ETHNICITY,
    BREAKDOWN_INDEX_KIND,
    BREAKDOWN_INDEX_DISPOSAL,
    BREAKDOWN_INDEX_OFFENCE_GROUP,
    BREAKDOWN_SENTENCE_BAND,
    BREAKDOWN_PREVIOUS_OFFENCES_BAND,
    BREAKDOWN_MONTHS_TO_REOFFENCE,
    BREAKDOWN_SUBCOHORT,
    BREAKDOWNS
} breakdown;

/* Its name in SQL. */
const char *breakdown_name(breakdown which);

/* Bit 1 << breakdown for each member. */
typedef unsigned breakdown_set;

/* Reads names joined by commas, blanks allowed; '' is the empty set. False: an unknown or repeated
** name, which *from and *length then point at. */
bool breakdown_set_from_names(const char *text, size_t text_length, breakdown_set *set,
                              const char **from, size_t *length);

/* The breakdowns ask for columns of a block's second part (history_block.h). */
bool breakdown_reads_described(breakdown_set used);

typedef struct breakdown_plan {
    const codebook *book;
    breakdown_set used;
    uint64_t size[BREAKDOWNS];   /* digits of each, 1 when not used */
    uint64_t stride[BREAKDOWNS]; /* what one more of a digit adds to the key */
    int64_t wanted[BREAKDOWNS];  /* the only digit wanted, or -1 for all */
} breakdown_plan;

/* How many keys there can be: keys are 0 to one less. */
uint64_t breakdown_keys(const breakdown_plan *plan);

typedef enum breakdown_result {
    BREAKDOWN_PLANNED,
    BREAKDOWN_NO_MEMORY,
    BREAKDOWN_TOO_FINE /* the groups cannot be numbered in 64 bits */
} breakdown_result;

/* Plans the set; ranks texts in the codebook where it needs them. */
breakdown_result breakdown_plan_make(breakdown_plan *made, codebook *book, breakdown_set used,
                                     int32_t follow_up_months);

/* Wants only the group with that label; `text` NULL wants the unknown. False: there is no such
** group, so nothing can match. */
bool breakdown_want_text(breakdown_plan *plan, breakdown which, const char *text, size_t length);
bool breakdown_want_number(breakdown_plan *plan, breakdown which, int64_t number);

/* What the digits of one index event are read from. */
typedef struct breakdown_facts {
    const history_block *block;
    uint32_t person, appearance; /* rows of the block */
    calendar_day date;           /* of the event */
    uint32_t previous_offences;
    int months_to_reoffence; /* 0: none */
} breakdown_facts;

/* Completed years on the day of the event, or -1: unknown. */
int breakdown_age_of(const breakdown_facts *facts);

/* One digit; of a code that is not in the dictionary one that is out of range. */
uint64_t breakdown_digit_of(const breakdown_plan *plan, breakdown which,
                            const breakdown_facts *facts);

/* Index events of a slice. Their keys are made of digits in two steps, so that whoever is not
** wanted need not be followed up: first what is known of the event, later what was counted. */
typedef struct breakdown_events {
    const history_slice *slice;
    const cohort_entries *entries;
    const follow_up_outcome *outcomes; /* for MONTHS_TO_REOFFENCE, in the second step */
    const uint32_t *previous_offences; /* for PREVIOUS_OFFENCES_BAND, in the second step */
} breakdown_events;

/* The facts of one of them without what was counted. */
breakdown_facts breakdown_facts_of(const breakdown_events *events, size_t event);

/* The keys of the events without the digits of the second step and of the sub-cohort. False: the
** block names a code that is not in the dictionary. */
bool breakdown_keys_of(const breakdown_plan *plan, const breakdown_events *events, uint64_t *keys);

/* Adds the digits of what was counted. False: as above. */
bool breakdown_keys_follow(const breakdown_plan *plan, const breakdown_events *events,
                           uint64_t *keys);

/* The breakdowns whose digits the second step adds. */
#define BREAKDOWN_FOLLOWED                                                                         \
    (1u << BREAKDOWN_MONTHS_TO_REOFFENCE | 1u << BREAKDOWN_PREVIOUS_OFFENCES_BAND)

/* Those of which only one group is wanted. */
breakdown_set breakdown_wanting(const breakdown_plan *plan);

/* The key's digits of those breakdowns are the wanted ones. */
bool breakdown_is_wanted(const breakdown_plan *plan, breakdown_set wanting, uint64_t key);

/* A digit of a key. */
uint64_t breakdown_digit(const breakdown_plan *plan, breakdown which, uint64_t key);

/* The labels are the same in every history, and stay where they are. */
bool breakdown_labels_are_fixed(breakdown which);

/* The label of a digit: a text, or for months_to_reoffence *number with NULL as text. False: the
** unknown (or none), which SQL shows as NULL. */
bool breakdown_label(const breakdown_plan *plan, breakdown which, uint64_t digit,
                     const char **text, size_t *length, int64_t *number);

#endif
