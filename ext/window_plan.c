#include "window_plan.h"

const window_options window_options_default = {
    .window_months = 12,
    .step_months = 3,
    .follow_up_months = 12,
    .wait_months = 6,
    .kinds = KIND_SET_ALL,
};

void window_plan_free(window_plan *freed) {
    memory_free(freed->from, freed->starts);
    memory_free(freed->from, freed->ends);
    memory_free(freed->from, freed->days);
    *freed = (window_plan){.from = freed->from};
}

/* Start of window k. False: past the calendar. */
static bool window_start(const window_range *range, const window_options *options, int32_t k,
                         calendar_day *start) {
    return calendar_add_months(range->first, k * options->step_months, start);
}

/* Which windows are wanted: from *from up to *to, *to excluded. False: too many windows. */
static bool find_wanted(const window_range *range, const window_options *options, int32_t *from,
                        int32_t *to) {
    calendar_day start;
    *from = *to = 0;
    for (int32_t k = 0; window_start(range, options, k, &start) && start <= range->last; k++) {
        if (k == WINDOW_COUNT_LIMIT) return false;
        if (start < range->wanted_first) *from = k + 1;
        if (start <= range->wanted_last) *to = k + 1;
    }
    return true;
}

static bool find_bounds(window_plan *plan, const window_range *range, int32_t from) {
    for (int32_t k = 0; k < plan->count; k++) {
        if (!window_start(range, &plan->options, from + k, &plan->starts[k]) ||
            !calendar_add_months(plan->starts[k], plan->options.window_months, &plan->ends[k]))
            return false;
    }
    plan->first_day = plan->starts[0];
    plan->end_day = plan->ends[plan->count - 1];
    return true;
}

static bool fill_days(window_plan *plan) {
    const window_options *options = &plan->options;
    int32_t first_window = 0, last_window = -1;
    for (calendar_day day = plan->first_day; day < plan->end_day; day++) {
        window_day *each = &plan->days[day - plan->first_day];
        while (last_window + 1 < plan->count && plan->starts[last_window + 1] <= day)
            last_window++;
        while (plan->ends[first_window] <= day) first_window++;
        each->first_window = first_window;
        each->last_window = last_window;
        if (!calendar_add_months(day, options->follow_up_months, &each->follow_up_end) ||
            !calendar_add_months(day, options->follow_up_months + options->wait_months,
                                 &each->proof_end))
            return false;
    }
    return true;
}

window_plan_result window_plan_make(window_plan *made, const memory *from,
                                    const window_range *range, const window_options *options) {
    int32_t first, end;
    *made = (window_plan){.from = from, .options = *options};
    if (range->last < range->first) return WINDOW_PLAN_BACKWARDS;
    if (!find_wanted(range, options, &first, &end)) return WINDOW_PLAN_TOO_MANY;
    if (end <= first) return WINDOW_PLAN_MADE;
    made->count = end - first;
    size_t count = (size_t)made->count;
    made->starts = memory_allocate(from, count * sizeof *made->starts);
    made->ends = memory_allocate(from, count * sizeof *made->ends);
    if (!made->starts || !made->ends) return WINDOW_PLAN_NO_MEMORY;
    if (!find_bounds(made, range, first)) return WINDOW_PLAN_TOO_LATE;
    size_t days = (size_t)(made->end_day - made->first_day);
    made->days = memory_allocate(from, days * sizeof *made->days);
    if (!made->days) return WINDOW_PLAN_NO_MEMORY;
    return fill_days(made) ? WINDOW_PLAN_MADE : WINDOW_PLAN_TOO_LATE;
}

bool window_is_complete(const window_plan *plan, int32_t window, calendar_day extract_date) {
    calendar_day final;
    int32_t months = plan->options.follow_up_months + plan->options.wait_months;
    return calendar_add_months(plan->ends[window], months, &final) && extract_date >= final;
}

calendar_day window_last_waited(const window_plan *plan, calendar_day extract_date) {
    int32_t wait = plan->options.wait_months;
    calendar_day last, waited;
    if (!calendar_add_months(extract_date, -wait, &last)) return CALENDAR_FIRST_DAY;
    /* the ends of months are clamped: a later day may have waited by then as well */
    while (calendar_add_months(last + 1, wait, &waited) && waited <= extract_date) last++;
    return last;
}
