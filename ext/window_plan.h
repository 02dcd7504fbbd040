/* window_plan.h - rolling windows and their follow-up, worked out once for every day (R2, R5, R13).
**
** A window is [start, start + length). Window k of a plan starts k steps of months after the first
** start, reckoned from the first start each time, so that a plan that begins on 29 February or on
** the 31st does not drift. Months are added by R2.
**
** For each day on which an index event can fall the plan holds which windows have begun, which have
** ended, and when the follow-up and the wait for proof end: the walk over people only looks up.
*/
#ifndef REOFFEND_WINDOW_PLAN_H
#define REOFFEND_WINDOW_PLAN_H

#include <stdbool.h>

#include "calendar.h"
#include "kind.h"
#include "memory.h"

/* What a query may set; defaults in window_options_default. */
typedef struct window_options {
    int32_t window_months;    /* length of a window, 1 to 120 */
    int32_t step_months;      /* from one start to the next, 1 to 120 */
    int32_t follow_up_months; /* 1 to 120 (R13) */
    int32_t wait_months;      /* 0 to 120, after the follow-up (R13) */
    kind_set kinds;           /* what counts as an index event (R6) */
} window_options;

extern const window_options window_options_default;

enum { WINDOW_MONTHS_LIMIT = 120, WINDOW_COUNT_LIMIT = 4096 };

typedef struct window_day {
    calendar_day follow_up_end; /* day + follow-up */
    calendar_day proof_end;     /* day + follow-up + wait */
    int32_t first_window;       /* the first window that ends after the day */
    int32_t last_window;        /* the last window that has begun by the day, -1 for none */
} window_day;

typedef struct window_plan {
    const memory *from;
    window_options options;
    int32_t count;        /* of the wanted windows */
    calendar_day *starts; /* count of them */
    calendar_day *ends;   /* exclusive */
    calendar_day first_day, end_day; /* the days that windows cover, end exclusive */
    window_day *days;                /* end_day - first_day of them */
} window_plan;

typedef enum window_plan_result {
    WINDOW_PLAN_MADE,
    WINDOW_PLAN_NO_MEMORY,
    WINDOW_PLAN_BACKWARDS, /* the last start is before the first */
    WINDOW_PLAN_TOO_MANY,  /* over WINDOW_COUNT_LIMIT windows */
    WINDOW_PLAN_TOO_LATE   /* a follow-up would pass the year 9999 */
} window_plan_result;

/* From which start to which (both inclusive) windows follow each other, and which of them are
** wanted: those that start from wanted_first to wanted_last. */
typedef struct window_range {
    calendar_day first, last;
    calendar_day wanted_first, wanted_last;
} window_range;

/* Plans the wanted windows; count is 0 when there is none, and then no day is covered. */
window_plan_result window_plan_make(window_plan *made, const memory *from,
                                    const window_range *range, const window_options *options);
void window_plan_free(window_plan *freed);

/* The window is final on that extract date (R16): extract >= end + follow-up + wait. */
bool window_is_complete(const window_plan *plan, int32_t window, calendar_day extract_date);

/* The last day whose offences have had the wait for proof by that extract date. */
calendar_day window_last_waited(const window_plan *plan, calendar_day extract_date);

static inline bool window_plan_covers(const window_plan *plan, int64_t day) {
    return day >= plan->first_day && day < plan->end_day;
}

static inline const window_day *window_plan_day(const window_plan *plan, int64_t day) {
    return &plan->days[day - plan->first_day];
}

#endif
