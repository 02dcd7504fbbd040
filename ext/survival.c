#include "survival.h"

#include "interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool survival_add(survival_curve *curve, double time, bool event) {
    /* people often come in runs of one time, above all at the end of follow-up */
    if (curve->count > 0 && curve->steps[curve->count - 1].time == time) {
        curve->steps[curve->count - 1].events += event;
        curve->steps[curve->count - 1].censored += !event;
        return true;
    }
    if (!memory_reserve(curve->from, (void **)&curve->steps, &curve->capacity, curve->count + 1,
                        sizeof *curve->steps))
        return false;
    curve->steps[curve->count++] = (survival_step){time, event, !event};
    return true;
}

static int compare_steps(const void *left, const void *right) {
    const survival_step *a = left, *b = right;
    return (a->time > b->time) - (a->time < b->time);
}

void survival_sort(survival_curve *curve) {
    size_t kept = 0;
    if (curve->count == 0) return;
    qsort(curve->steps, curve->count, sizeof *curve->steps, compare_steps);
    for (size_t i = 1; i < curve->count; i++) {
        if (curve->steps[i].time == curve->steps[kept].time) {
            curve->steps[kept].events += curve->steps[i].events;
            curve->steps[kept].censored += curve->steps[i].censored;
        } else {
            curve->steps[++kept] = curve->steps[i];
        }
    }
    curve->count = kept + 1;
}

void survival_free(survival_curve *curve) {
    memory_free(curve->from, curve->steps);
    *curve = (survival_curve){.from = curve->from};
}

/* --- walking --------------------------------------------------------------------------------- */

/* Takes the events of the step the walk stands on into its sums. */
static void take_step(survival_walk *walk) {
    if (walk->step >= walk->curve->count) return;
    double at_risk = (double)walk->at_risk;
    double events = (double)walk->curve->steps[walk->step].events;
    walk->survival *= (at_risk - events) / at_risk;
    if (at_risk > events) walk->variance += events / (at_risk * (at_risk - events));
}

survival_walk survival_walk_from(const survival_curve *curve) {
    survival_walk walk = {.curve = curve, .survival = 1.0};
    for (size_t i = 0; i < curve->count; i++)
        walk.at_risk += curve->steps[i].events + curve->steps[i].censored;
    take_step(&walk);
    return walk;
}

void survival_walk_on(survival_walk *walk) {
    const survival_step *step = &walk->curve->steps[walk->step++];
    walk->at_risk -= step->events + step->censored;
    take_step(walk);
}

bool survival_walk_here(const survival_walk *walk, double level, survival_estimate *estimate) {
    if (walk->step >= walk->curve->count) return false;
    double error = sqrt(walk->variance), z = -interval_normal_quantile((1.0 - level) / 2.0);
    estimate->survival = walk->survival;
    estimate->std_error = walk->survival * error;
    estimate->low = walk->survival * exp(-z * error);
    estimate->high = fmin(1.0, walk->survival * exp(z * error));
    return true;
}

/* --- text ------------------------------------------------------------------------------------- */

bool survival_write(const survival_curve *curve, json_text *text) {
    json_write(text, "{\"survival\":1,\"steps\":[");
    for (size_t i = 0; i < curve->count; i++) {
        json_write(text, i ? ",[" : "[");
        json_write_real(text, curve->steps[i].time);
        json_write(text, ",");
        json_write_real(text, (double)curve->steps[i].events);
        json_write(text, ",");
        json_write_real(text, (double)curve->steps[i].censored);
        json_write(text, "]");
    }
    json_write(text, "]}");
    return !text->failed;
}

static bool is_count(double number) {
    return number >= 0.0 && number <= 1e15 && number == floor(number);
}

/* One [time,events,censored], later than the one before. */
static bool read_step(json_reader *at, survival_curve *curve) {
    double part[3] = {-1.0, -1.0, -1.0};
    size_t count = 0;
    json_enter(at, '[');
    while (json_next(at, ']')) {
        if (count == 3 || !json_read_real(at, &part[count])) return false;
        count++;
    }
    if (at->failed || count != 3 || part[0] < 0.0 || !is_count(part[1]) || !is_count(part[2]) ||
        part[1] + part[2] < 1.0)
        return false;
    if (curve->count && curve->steps[curve->count - 1].time >= part[0]) return false;
    if (!memory_reserve(curve->from, (void **)&curve->steps, &curve->capacity, curve->count + 1,
                        sizeof *curve->steps))
        return false;
    curve->steps[curve->count++] =
        (survival_step){part[0], (int64_t)part[1], (int64_t)part[2]};
    return true;
}

bool survival_read(survival_curve *curve, const memory *from, const char *bytes, size_t length) {
    *curve = (survival_curve){.from = from};
    json_reader at = json_read_from(bytes, length);
    double version = 0.0;
    char key[16];
    bool good = true, found = false;
    json_enter(&at, '{');
    while (good && json_next(&at, '}')) {
        if (!json_key(&at, key, sizeof key)) break;
        if (!strcmp(key, "survival")) {
            json_read_real(&at, &version);
        } else if (!strcmp(key, "steps") && !found) {
            found = true;
            json_enter(&at, '[');
            while (good && json_next(&at, ']')) good = read_step(&at, curve);
        } else {
            json_skip(&at);
        }
    }
    good = good && found && version == 1.0 && json_finished(&at);
    if (!good) survival_free(curve);
    return good;
}
