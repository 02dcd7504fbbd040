#include "nation_career.h"

#include <string.h>

#include "nation_court.h"
#include "nation_crime.h"
#include "nation_place.h"

enum { OPEN_HEARINGS = 48, LAST_AGE = 80 };

/* What changes while a life is walked through. */
typedef struct walk {
    const nation *plan;
    career *life;
    draw source;
    double rate, desist;
    day_number next;          /* next incident; DAY_NEVER = stopped */
    day_number custody_until; /* free from this day */
    day_number licence_until, licence_sentence;
    int home, convictions, sanctions;
    int open[OPEN_HEARINGS], opens; /* hearings not yet held */
} walk;

void nation_plan(nation *plan, const model *numbers, uint64_t seed, double scale, int from,
                 int to) {
    double sum = 0;
    memset(plan, 0, sizeof *plan);
    plan->seed = seed;
    plan->model = numbers;
    plan->from = from;
    plan->to = to;
    plan->extract_date = day_of(to, 12, 31);
    for (int type = 0; type < CAREER_TYPES; type++) {
        for (int year = MODEL_FIRST_YEAR; year <= MODEL_LAST_YEAR; year++) {
            bool recorded = year >= numbers->recorded_from[type] && year <= to;
            if (recorded) sum += numbers->starters[type] * model_starters_in(year);
            plan->starters[type * MODEL_YEARS + year - MODEL_FIRST_YEAR] = sum;
        }
    }
    plan->people = (uint64_t)(sum * scale + 0.5);
}

/* Spreads people evenly over types and first years (a Weyl sequence), so that a small sample has
** the make-up of a large one. Returns the first year. */
static int choose_start(const nation *plan, uint64_t person, int *type) {
    enum { CELLS = CAREER_TYPES * MODEL_YEARS };
    uint64_t turn = draw_mix(plan->seed) + person * UINT64_C(0x9e3779b97f4a7c15);
    double mark = (double)(turn >> 11) * (1.0 / 9007199254740992.0) * plan->starters[CELLS - 1];
    int low = 0, high = CELLS - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (plan->starters[middle] > mark) high = middle;
        else low = middle + 1;
    }
    *type = low / MODEL_YEARS;
    return MODEL_FIRST_YEAR + low % MODEL_YEARS;
}

static day_number choose_birth(walk *at, day_number start) {
    static const int juvenile[] = {2, 5, 11, 18, 25, 28, 28, 27}; /* ages 10 .. 17 */
    static const double spread[CAREER_TYPES] = {15, 9, 5, 3};
    int type = at->life->type, age;
    if (draw_chance(&at->source, at->plan->model->juvenile_start[type])) {
        age = 10 + draw_weighted(&at->source, juvenile, 8);
    } else {
        age = 18 + draw_exponential_days(&at->source, spread[type]);
        if (age > 70) age = draw_between(&at->source, 40, 70);
    }
    return start - age * 1461 / 4 - draw_between(&at->source, 1, 365);
}

static const char *choose_ethnicity(draw *source) {
    static const char *const names[] = {"White", "Black", "Asian", "Other", ""};
    static const int weights[] = {802, 78, 60, 20, 40};
    return names[draw_weighted(source, weights, 5)];
}

static void begin_life(walk *at, uint64_t person) {
    static const double drugs[CAREER_TYPES] = {0.02, 0.07, 0.30, 0.60};
    const model *numbers = at->plan->model;
    career *life = at->life;
    int year = choose_start(at->plan, person, &life->type);
    life->person = person;
    at->next = day_of(year, 1, 1) + draw_below(&at->source, 365);
    life->birth = choose_birth(at, at->next);
    life->female = draw_chance(&at->source, life->type == 0 ? 0.25 : 0.14 - 0.03 * life->type);
    life->drugs = draw_chance(&at->source, drugs[life->type]);
    life->ethnicity = choose_ethnicity(&at->source);
    at->home = place_choose(&at->source);
    at->rate = draw_unit(&at->source);
    at->rate = numbers->rate[life->type] * (0.25 + 2.25 * at->rate * at->rate);
    at->rate *= place_table[at->home].rate;
    at->desist = numbers->desist[life->type] * (life->female ? 1.1 : 1.0);
}

static crime_mix choose_mix(const walk *at, int age) {
    if (age < 18) return MIX_JUVENILE;
    if (at->life->drugs && at->life->type > 0) return MIX_ACQUISITIVE;
    return at->life->type == 0 ? MIX_ONCE : MIX_GENERAL;
}

/* How an offence that was not proven ended. */
static int unproven_outcome(draw *source, const char **verdict) {
    static const int weights[] = {40, 25, 30, 5};
    static const int disposals[] = {DISPOSAL_NOT_GUILTY, DISPOSAL_NO_EVIDENCE,
                                    DISPOSAL_DISCONTINUED, DISPOSAL_ADJOURNED};
    static const char *const verdicts[] = {"NG", "NC", "NC", ""};
    int chosen = draw_weighted(source, weights, 4);
    *verdict = verdicts[chosen];
    return disposals[chosen];
}

static void add_offence(walk *at, int hearing_index, const char *ho_code, day_number on,
                        bool countable) {
    career *life = at->life;
    draw *source = &at->source;
    offence *made;
    if (life->offences == CAREER_OFFENCES) return;
    made = &life->offence[life->offences++];
    *made = (offence){.hearing = (int16_t)hearing_index, .ho_code = ho_code,
                      .countable = countable, .first = on, .last = on, .date_code = '1',
                      .verdict = "", .force = place_table[at->home].force};
    if (draw_chance(source, 0.06))
        made->force = place_table[place_choose(source)].force;
    if (draw_chance(source, 0.004)) {
        made->force = place_outside[draw_below(source, 4)];
        made->countable = false;
    }
    if (draw_chance(source, 0.03)) {
        made->first = on - draw_between(source, 1, 45);
        made->date_code = '4';
    } else if (draw_chance(source, 0.015)) {
        made->date_code = "5236"[draw_weighted(source, (const int[]){12, 1, 1, 1}, 4)];
    }
}

/* The hearing an incident leads to: one under way already, or a new one. */
static int choose_hearing(walk *at, const crime *act, day_number on, int age) {
    career *life = at->life;
    hearing *made;
    if (draw_chance(&at->source, at->plan->model->joined)) {
        for (int i = 0; i < at->opens; i++) {
            hearing *open = &life->hearing[at->open[i]];
            if (open->kind != HEARING_CONVICTION || open->date < on + 3) continue;
            if (act->gravity > open->gravity) open->gravity = (uint8_t)act->gravity;
            return at->open[i];
        }
    }
    if (life->hearings == CAREER_HEARINGS || at->opens == OPEN_HEARINGS) return -1;
    made = &life->hearing[life->hearings];
    *made = (hearing){.area = (uint8_t)at->home, .force = (uint8_t)at->home,
                      .gravity = (uint8_t)act->gravity};
    made->kind = court_route(&at->source, act, age, at->sanctions + at->opens, on);
    made->date = on + court_delay(&at->source, made->kind, act->gravity);
    if (draw_chance(&at->source, 0.05)) made->force = (uint8_t)place_choose(&at->source);
    if (made->kind == HEARING_CONVICTION) made->acquitted = draw_chance(&at->source, 0.06);
    at->open[at->opens++] = life->hearings;
    return life->hearings++;
}

static void test_on_arrest(walk *at, day_number on, int age) {
    static const char *const substances[] = {"opiates", "cocaine", "both"};
    career *life = at->life;
    drug_test *made;
    double coverage = on < day_of(2006, 1, 1) ? 0.30 : 0.50;
    if (on < day_of(2003, 4, 1) || on < day_of(at->plan->from, 1, 1) || age < 18) return;
    if (at->home % 3 == 1 || !draw_chance(&at->source, coverage)) return;
    if (life->tests == CAREER_TESTS) return;
    made = &life->test[life->tests++];
    *made = (drug_test){.date = on, .substance = "", .force = (uint8_t)at->home,
                        .area = (uint8_t)at->home};
    made->positive = draw_chance(&at->source, life->drugs ? 0.75 : 0.06);
    if (made->positive) made->substance = substances[draw_below(&at->source, 3)];
}

static void arrest_for(walk *at, const crime *act, day_number on, bool court, int age) {
    career *life = at->life;
    day_number day = on;
    if (!draw_chance(&at->source, 0.6)) day += draw_exponential_days(&at->source, 9);
    if (day >= day_of(at->plan->from, 1, 1) && life->arrests < CAREER_ARRESTS) {
        arrest *made = &life->arrest[life->arrests++];
        *made = (arrest){.date = day, .charged = DAY_NEVER, .force = (uint8_t)at->home,
                         .ho_code = act->ho_code};
        if (court) made->charged = day + draw_weighted(&at->source, (const int[]){6, 2, 1}, 3);
    }
    if (act->trigger) test_on_arrest(at, day, age);
}

static day_number next_gap(walk *at, day_number on, int age) {
    const model *numbers = at->plan->model;
    double rate = at->rate * numbers->rate_by_age[model_age_group(age)];
    rate *= model_rate_in(day_year(on));
    if (draw_chance(&at->source, numbers->spree)) return 1 + draw_below(&at->source, 12);
    return 1 + draw_exponential_days(&at->source, 365.0 / rate);
}

/* One more offence in the same incident: the same again, another of the mix, or what commonly
** goes with it. */
static void add_companions(walk *at, const crime *act, int hearing_index, day_number on,
                           crime_mix mix) {
    draw *source = &at->source;
    const hearing *heard = &at->life->hearing[hearing_index];
    if (act->ho_code[0] == '8' && draw_chance(source, 0.5))
        add_offence(at, hearing_index, crime_not_recordable, on, false);
    if (heard->kind != HEARING_CONVICTION) return;
    while (draw_chance(source, at->plan->model->more_offences[at->life->type])) {
        const crime *other = act;
        if (!draw_chance(source, 0.55)) other = &crime_table[crime_choose(source, mix)];
        if (other->gravity > act->gravity) other = act;
        add_offence(at, hearing_index, other->ho_code, on, true);
    }
    if (at->convictions > 0 && draw_chance(source, 0.06))
        add_offence(at, hearing_index, crime_breach[draw_below(source, 4)], on, false);
    if (at->convictions > 1 && heard->date > on + 14 && draw_chance(source, 0.035))
        add_offence(at, hearing_index, crime_bail, on + draw_between(source, 7, 14), true);
}

/* Recalled on licence: back in custody for four weeks, then released again. */
static void recall(walk *at, day_number on) {
    career *life = at->life;
    if (on >= at->licence_until || on < day_of(1999, 1, 1)) return;
    if (!draw_chance(&at->source, 0.35) || life->releases == CAREER_RELEASES) return;
    at->custody_until = on + 4 + 28;
    life->release[life->releases++] =
        (release){.date = at->custody_until, .sentenced = at->licence_sentence, .type = "recall",
                  .unit = 'D', .length = 28, .area = (uint8_t)at->home};
}

static void commit_incident(walk *at) {
    day_number on = at->next;
    int age = day_age(at->life->birth, on), heard_at;
    crime_mix mix = choose_mix(at, age);
    const crime *act = &crime_table[crime_choose(&at->source, mix)];
    double desist = at->desist * at->plan->model->desist_by_age[model_age_group(age)];
    if (draw_chance(&at->source, 0.015)) at->home = place_choose(&at->source);
    heard_at = choose_hearing(at, act, on, age);
    if (heard_at < 0 || age >= LAST_AGE) {
        at->next = DAY_NEVER;
        return;
    }
    add_offence(at, heard_at, act->ho_code, on, true);
    add_companions(at, act, heard_at, on, mix);
    arrest_for(at, act, on, at->life->hearing[heard_at].kind == HEARING_CONVICTION, age);
    at->next = draw_chance(&at->source, desist) ? DAY_NEVER : on + next_gap(at, on, age);
    recall(at, on);
    if (at->next != DAY_NEVER && at->next < at->custody_until)
        at->next = at->custody_until + next_gap(at, at->custody_until, age);
}

static bool is_murder(const career *life, int hearing_index) {
    for (int i = 0; i < life->offences; i++) {
        const offence *one = &life->offence[i];
        if (one->hearing == hearing_index && strncmp(one->ho_code, "001", 3) == 0) return true;
    }
    return false;
}

static void give_verdicts(walk *at, int hearing_index) {
    career *life = at->life;
    hearing *held = &life->hearing[hearing_index];
    bool any = false;
    for (int i = 0; i < life->offences; i++) {
        offence *one = &life->offence[i];
        if (one->hearing != hearing_index || held->kind != HEARING_CONVICTION) continue;
        if (held->acquitted || (any && draw_chance(&at->source, 0.05))) {
            one->disposal = (int16_t)unproven_outcome(&at->source, &one->verdict);
            if (!held->acquitted && draw_chance(&at->source, 0.1)) one->verdict = "NA";
            continue;
        }
        any = true;
        one->verdict = "G";
        one->disposal = held->disposal;
        if (draw_chance(&at->source, 0.0015)) one->disposal = DISPOSAL_QUASHED;
    }
}

/* Custody from the hearing; a sentence that ends later than one being served moves the release. */
static void take_into_custody(walk *at, const hearing *held, int served) {
    career *life = at->life;
    day_number until = held->date + served;
    release *made;
    if (until <= at->custody_until) return;
    if (held->date < at->custody_until && life->releases > 0) {
        made = &life->release[life->releases - 1];
    } else {
        if (life->releases == CAREER_RELEASES) return;
        made = &life->release[life->releases++];
    }
    *made = (release){.date = until, .sentenced = held->date, .type = "sentence",
                      .unit = held->unit, .length = held->length, .area = (uint8_t)at->home};
    if (draw_chance(&at->source, 0.004)) made->type = "deportation";
    at->custody_until = until;
    if (served >= 180) {
        at->licence_until = until + served;
        at->licence_sentence = held->date;
    }
}

static void serve(walk *at, const hearing *held, int served, int age) {
    const model *numbers = at->plan->model;
    take_into_custody(at, held, served);
    if (at->next == DAY_NEVER) return;
    if (served >= 180 && draw_chance(&at->source, numbers->desist_long_custody)) {
        at->next = DAY_NEVER;
        return;
    }
    if (served >= 180) at->rate *= numbers->after_long_custody;
    if (served < 180 && draw_chance(&at->source, numbers->after_short_custody))
        at->next = at->custody_until + draw_between(&at->source, 1, 70);
    else if (at->next < at->custody_until)
        at->next = at->custody_until + next_gap(at, at->custody_until, age);
}

/* Releases that are no discharge from a sentence. */
static void other_release(walk *at, const hearing *held) {
    career *life = at->life;
    release made = {.sentenced = DAY_NEVER, .unit = 0, .area = (uint8_t)at->home};
    if (held->date < at->custody_until || life->releases == CAREER_RELEASES) return;
    if (held->gravity >= GRAVITY_MIDDLE && draw_chance(&at->source, 0.05)) {
        made.date = held->date;
        made.type = "remand";
    } else if (held->disposal == 1015 && draw_chance(&at->source, 0.006)) {
        made.date = held->date + draw_between(&at->source, 90, 300);
        made.type = "fine_default";
        made.unit = 'D';
        made.length = (int16_t)draw_between(&at->source, 5, 28);
    } else {
        return;
    }
    life->release[life->releases++] = made;
}

static void assess(walk *at, const hearing *held) {
    career *life = at->life;
    assessment *made;
    if (held->date < day_of(2003, 1, 1) || life->assessments == CAREER_ASSESSMENTS) return;
    if (!draw_chance(&at->source, 0.35)) return;
    made = &life->assessment[life->assessments++];
    made->date = held->date + draw_between(&at->source, -20, 40);
    made->class_a = draw_chance(&at->source, life->drugs ? 0.85 : 0.04);
    made->score = draw_between(&at->source, made->class_a ? 3 : 0, made->class_a ? 10 : 3);
}

/* Convictions of the last two years, that of the day included. */
static int recent_convictions(const walk *at, day_number on) {
    const career *life = at->life;
    int count = 0;
    for (int i = 0; i < life->hearings; i++) {
        const hearing *one = &life->hearing[i];
        if (one->done && !one->acquitted && one->kind == HEARING_CONVICTION &&
            one->date > on - 730)
            count++;
    }
    return count;
}

/* A local panel looks at people convicted often of late and takes some of them on. */
static void consider_nomination(walk *at, const hearing *held) {
    static const char *const reasons[] = {"no longer prolific", "long custody", "moved area",
                                          "other scheme"};
    career *life = at->life;
    const model *numbers = at->plan->model;
    spell *made;
    int lately;
    if (held->date < day_of(2004, 9, 1) || life->spells == CAREER_SPELLS) return;
    if (life->spells > 0 && life->spell[life->spells - 1].removed > held->date) return;
    lately = recent_convictions(at, held->date);
    if (lately < 3 || !draw_chance(&at->source, numbers->nominate * (lately < 6 ? 1 : 2.4)))
        return;
    made = &life->spell[life->spells++];
    *made = (spell){.nominated = held->date + draw_between(&at->source, 10, 60),
                    .removed = DAY_NEVER, .reason = "", .area = (uint8_t)at->home};
    made->removed = made->nominated + 60 +
                    draw_exponential_days(&at->source, numbers->nomination_days);
    made->reason = reasons[draw_weighted(&at->source, (const int[]){50, 20, 15, 15}, 4)];
}

static void hold_hearing(walk *at, int hearing_index) {
    hearing *held = &at->life->hearing[hearing_index];
    int age = day_age(at->life->birth, held->date), served = 0;
    held->done = true;
    if (held->kind == HEARING_CONVICTION && !held->acquitted) {
        bool murder = held->gravity == GRAVITY_GRAVE && is_murder(at->life, hearing_index);
        bool custody = murder || court_custody(&at->source, at->plan->model, held, age,
                                               at->life->female, at->convictions,
                                               recent_convictions(at, held->date));
        served = court_sentence(&at->source, held, custody, age, murder);
    }
    give_verdicts(at, hearing_index);
    if (held->acquitted) return;
    at->sanctions++;
    if (held->kind != HEARING_CONVICTION) return;
    at->convictions++;
    if (served > 0) serve(at, held, served, age);
    else other_release(at, held);
    if (served > 0 || court_is_community(held->disposal)) assess(at, held);
    consider_nomination(at, held);
}

/* The open hearing held first, as a place in at->open; -1 when none is open. */
static int first_open(const walk *at) {
    int first = -1;
    for (int i = 0; i < at->opens; i++) {
        const hearing *all = at->life->hearing;
        if (first < 0 || all[at->open[i]].date < all[at->open[first]].date) first = i;
    }
    return first;
}

void career_make(const nation *plan, uint64_t person, career *life) {
    walk at = {.plan = plan, .life = life, .source = draw_stream(plan->seed, person, 0)};
    life->hearings = life->offences = life->arrests = life->releases = 0;
    life->tests = life->assessments = life->spells = 0;
    begin_life(&at, person);
    for (;;) {
        int open = first_open(&at);
        day_number heard = open < 0 ? DAY_NEVER : life->hearing[at.open[open]].date;
        if (heard > plan->extract_date && at.next > plan->extract_date) return;
        if (heard <= at.next) {
            int hearing_index = at.open[open];
            at.open[open] = at.open[--at.opens];
            hold_hearing(&at, hearing_index);
        } else {
            commit_incident(&at);
        }
    }
}
