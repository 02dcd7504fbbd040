#include "nation_extract.h"

#include <string.h>

#include "nation_identity.h"
#include "nation_place.h"

/* Share of rows whose PNC id is written in another good form, is broken, or is missing. */
typedef struct id_rates {
    double fine, broken, absent;
} id_rates;
static const id_rates police_ids = {0.004, 0.0004, 0.0}, prison_ids = {0.02, 0.002, 0.001},
                      test_ids = {0.03, 0.004, 0.002}, caseload_ids = {0.05, 0.012, 0.010},
                      probation_ids = {0.04, 0.008, 0.004};

/* Share of rows with each other fault. */
static const double impossible_date = 0.0002, future_date = 0.0001, unknown_kind = 0.0002,
                    unknown_code = 0.0004, unclassifiable_code = 0.0003, missing_date = 0.004,
                    unknown_date_code = 0.0001, exact_duplicate = 0.0004, same_id_again = 0.0001,
                    missing_area = 0.01, unknown_area = 0.0002, missing_sex = 0.002,
                    missing_birth = 0.003, no_sentence = 0.004, misspelt_name = 0.03,
                    swapped_birth = 0.01, caseload_gap = 0.02;

enum { MERGE_EVERY = 283, CHAIN_EVERY = 20 };

/* The person being written. */
typedef struct writing {
    extract *out;
    const career *life;
    draw source;
    draw clerk; /* when records are entered: a stream of its own, so that nothing else moves */
    identity id, superseded, superseded_twice;
    bool merged, merged_twice;
    const char *surname, *forename;
} writing;

static bool chance(writing *at, double share) {
    return draw_chance(&at->source, share);
}

static void note(writing *at, const extract_file *file, int64_t row_id, const char *written,
                 const char *damage) {
    char canonical[IDENTITY_TEXT];
    extract_file *truth = &at->out->truth;
    identity_write(at->id, FORM_CANONICAL, canonical);
    file_whole(truth, (int64_t)at->life->person);
    file_text(truth, file->name);
    file_whole(truth, row_id);
    file_text(truth, written);
    file_text(truth, canonical);
    file_text(truth, damage);
    file_end_row(truth);
}

/* The PNC id cell of a row, damaged at the given rates. `always`: note it whatever happened. */
static void put_id(writing *at, extract_file *file, int64_t row_id, identity id,
                   const id_rates *rates, bool always) {
    char text[IDENTITY_TEXT];
    identity_form form = FORM_CANONICAL;
    double drawn = draw_unit(&at->source);
    if (drawn < rates->fine)
        form = (identity_form)draw_between(&at->source, 1, FORMS_FINE - 1);
    else if (drawn < rates->fine + rates->broken)
        form = (identity_form)draw_between(&at->source, FORMS_FINE, FORM_WORDS);
    else if (drawn < rates->fine + rates->broken + rates->absent)
        form = FORM_ABSENT;
    identity_write(id, form, text);
    file_text(file, text);
    if (always || form != FORM_CANONICAL) note(at, file, row_id, text, identity_form_name(form));
}

/* The id a police row was filed under: for merged people, every other one the id given up. */
static identity filed_under(const writing *at, int index) {
    if (at->merged_twice && index % 4 == 3) return at->superseded_twice;
    return at->merged && index % 2 == 1 ? at->superseded : at->id;
}

static void put_day(writing *at, extract_file *file, int64_t row_id, day_number day) {
    double drawn = draw_unit(&at->source);
    char text[16];
    if (day != DAY_NEVER && drawn < impossible_date) {
        snprintf(text, sizeof text, "%d-%s", day_year(day), day % 2 != 0 ? "02-30" : "11-31");
        file_text(file, text);
        note(at, file, row_id, "", "impossible_date");
    } else if (day != DAY_NEVER && drawn < impossible_date + future_date) {
        file_date(file, at->out->plan->extract_date + draw_between(&at->source, 5, 900));
        note(at, file, row_id, "", "future_date");
    } else {
        file_date(file, day);
    }
}

static void put_area(writing *at, extract_file *file, int64_t row_id, int area) {
    double drawn = draw_unit(&at->source);
    if (drawn < missing_area) {
        file_text(file, "");
    } else if (drawn < missing_area + unknown_area) {
        file_text(file, "E23000099");
        note(at, file, row_id, "", "unknown_area");
    } else {
        file_text(file, place_table[area].gss);
    }
}

static void put_force(writing *at, extract_file *file, const char *force) {
    bool second = strcmp(force, "01") == 0 && chance(at, 0.1); /* the Met has two numbers */
    file_text(file, second ? "02" : force);
}

/* The day a record of `day` was entered on the PNC. Forces differ, all were slower in earlier years
** and a few days are the mean by the last; what is on the extract had been entered. */
static void put_entry(writing *at, extract_file *file, day_number day, const char *force,
                      double days) {
    const nation *plan = at->out->plan;
    int years = day == DAY_NEVER ? 0 : day_year(plan->extract_date) - day_year(day);
    int slow = (force[0] * 7 + force[1] * 5) % 11;
    int delay = draw_exponential_days(&at->clerk, days * (1 + slow) * (1 + 0.25 * years));
    if (day == DAY_NEVER) {
        file_text(file, "");
    } else {
        file_date(file, day + delay < plan->extract_date ? day + delay : plan->extract_date);
    }
}

static void put_ho_code(writing *at, extract_file *file, int64_t row_id, const char *ho_code) {
    static const char *const unknown[] = {"987/65", "ABC", "46", "999/98"};
    double drawn = draw_unit(&at->source);
    if (drawn < unknown_code) {
        file_text(file, unknown[draw_below(&at->source, 4)]);
        note(at, file, row_id, "", "unknown_ho_code");
    } else if (drawn < unknown_code + unclassifiable_code) {
        file_text(file, "000/00");
        note(at, file, row_id, "", "unclassifiable_ho_code");
    } else {
        file_text(file, ho_code);
    }
}

static void end_row(writing *at, extract_file *file, int64_t row_id) {
    file_end_row(file);
    if (!chance(at, exact_duplicate)) return;
    file_repeat_row(file);
    note(at, file, row_id, "", "exact_duplicate");
}

static void write_person_row(writing *at, identity id, const char *surname) {
    extract_file *file = &at->out->person;
    const career *life = at->life;
    int64_t row_id = (int64_t)life->person;
    put_id(at, file, row_id, id, &police_ids, false);
    file_text(file, surname);
    file_text(file, at->forename);
    if (chance(at, missing_birth)) file_text(file, "");
    else put_day(at, file, row_id, life->birth);
    file_text(file, chance(at, missing_sex) ? "" : life->female ? "F" : "M");
    file_text(file, life->ethnicity);
    end_row(at, file, row_id);
}

static void write_merge(writing *at, identity from, identity to, day_number on) {
    extract_file *file = &at->out->merge;
    char text[IDENTITY_TEXT];
    if (on > at->out->plan->extract_date) on = at->out->plan->extract_date;
    identity_write(from, FORM_CANONICAL, text);
    file_text(file, text);
    note(at, file, (int64_t)at->life->person, text, "merged");
    identity_write(to, FORM_CANONICAL, text);
    file_text(file, text);
    file_date(file, on);
    file_end_row(file);
}

static void write_people(writing *at) {
    day_number on = at->life->hearing[0].date + 200;
    write_person_row(at, at->id, at->surname);
    if (at->merged) {
        write_person_row(at, at->superseded, identity_surname(&at->source));
        write_merge(at, at->superseded, at->id, on);
    }
    if (at->merged_twice) {
        write_person_row(at, at->superseded_twice, at->surname);
        write_merge(at, at->superseded_twice, at->superseded, on - 60);
    }
}

static int64_t row_number(const writing *at, int index, int most) {
    return (int64_t)(at->life->person + 1) * most + index;
}

static void appearance_row(writing *at, int index, day_number date) {
    static const char *const kinds[] = {"caution", "reprimand", "final_warning", "conviction"};
    static const char *const unknown[] = {"cauton", "penalty_notice", "Conviction?", "4"};
    extract_file *file = &at->out->appearance;
    const hearing *held = &at->life->hearing[index];
    int64_t row_id = row_number(at, index, 1000);
    file_whole(file, row_id);
    put_id(at, file, row_id, filed_under(at, index), &police_ids, false);
    put_day(at, file, row_id, date);
    if (chance(at, unknown_kind)) {
        file_text(file, unknown[draw_below(&at->source, 4)]);
        note(at, file, row_id, "", "unknown_kind");
    } else {
        file_text(file, kinds[held->kind]);
    }
    file_code(file, held->disposal);
    file_duration(file, held->unit, held->length);
    put_area(at, file, row_id, held->area);
    put_force(at, file, place_table[held->force].force);
    end_row(at, file, row_id);
}

static void write_appearances(writing *at) {
    for (int i = 0; i < at->life->hearings; i++) {
        const hearing *held = &at->life->hearing[i];
        if (!held->done || held->acquitted) continue;
        appearance_row(at, i, held->date);
        if (!chance(at, same_id_again)) continue;
        appearance_row(at, i, held->date + 1);
        note(at, &at->out->appearance, row_number(at, i, 1000), "", "same_id_again");
    }
}

static void offence_dates(writing *at, int64_t row_id, const offence *one) {
    extract_file *file = &at->out->offence;
    char code[2] = {one->date_code, '\0'};
    bool missing = chance(at, missing_date);
    if (missing) {
        file_text(file, "");
        file_text(file, "");
        note(at, file, row_id, "", "missing_offence_date");
    } else {
        put_day(at, file, row_id, one->first);
        file_date(file, one->date_code == '4' ? one->last : DAY_NEVER);
    }
    if (chance(at, unknown_date_code)) {
        file_text(file, "9");
        note(at, file, row_id, "", "unknown_date_code");
    } else {
        file_text(file, code);
    }
}

static void offence_row(writing *at, int index, const char *ho_code) {
    extract_file *file = &at->out->offence;
    const offence *one = &at->life->offence[index];
    const hearing *held = &at->life->hearing[one->hearing];
    bool heard = held->done && !held->acquitted;
    bool proven = one->verdict[0] == 'G' || held->kind != HEARING_CONVICTION;
    int64_t row_id = row_number(at, index, 2000);
    file_whole(file, row_id);
    put_id(at, file, row_id, filed_under(at, one->hearing), &police_ids, false);
    if (heard) file_whole(file, row_number(at, one->hearing, 1000));
    else file_text(file, "");
    put_ho_code(at, file, row_id, ho_code);
    offence_dates(at, row_id, one);
    if (heard && proven) put_day(at, file, row_id, held->date);
    else file_text(file, "");
    file_text(file, one->verdict);
    file_code(file, one->disposal);
    put_force(at, file, one->force);
    put_entry(at, file, heard && proven ? held->date : DAY_NEVER, one->force, 4);
    end_row(at, file, row_id);
}

static void write_offences(writing *at) {
    for (int i = 0; i < at->life->offences; i++) {
        const offence *one = &at->life->offence[i];
        if (one->last > at->out->plan->extract_date) continue;
        offence_row(at, i, one->ho_code);
        if (!chance(at, same_id_again)) continue;
        offence_row(at, i, "149/00");
        note(at, &at->out->offence, row_number(at, i, 2000), "", "same_id_again");
    }
}

/* Arrest/summons number: year, force, unit, system, 11-digit sequence, letter; the letter is the
** remainder of force, system, year and sequence read as one number. */
static void put_asn(extract_file *file, const arrest *one, int64_t row_id) {
    static const char letters[] = "ZABCDEFGHJKLMNPQRTUVWXY";
    const char *force = place_table[one->force].force;
    int year = day_year(one->date) % 100;
    uint64_t sequence = (uint64_t)row_id % UINT64_C(100000000000), number;
    char text[40];
    number = (uint64_t)((force[0] - '0') * 10 + force[1] - '0') * 100 + 1;
    number = (number * 100 + (uint64_t)year) * UINT64_C(100000000000) + sequence;
    snprintf(text, sizeof text, "%02d%s01%s%011llu%c", year, force, "01",
             (unsigned long long)sequence, letters[number % 23]);
    file_text(file, text);
}

static void write_arrests(writing *at) {
    for (int i = 0; i < at->life->arrests; i++) {
        const arrest *one = &at->life->arrest[i];
        int64_t row_id = row_number(at, i, 1000);
        extract_file *file = &at->out->arrest;
        if (one->date > at->out->plan->extract_date) continue;
        file_whole(file, row_id);
        put_id(at, file, row_id, at->id, &police_ids, false);
        put_asn(file, one, row_id);
        file_date(file, one->date);
        put_force(at, file, place_table[one->force].force);
        put_entry(at, file, one->date, place_table[one->force].force, 0.1);
        end_row(at, file, row_id);
        if (one->charged > at->out->plan->extract_date) continue;
        file = &at->out->charge;
        file_whole(file, row_id);
        put_id(at, file, row_id, at->id, &police_ids, false);
        put_asn(file, one, row_id);
        file_date(file, one->charged);
        put_ho_code(at, file, row_id, one->ho_code);
        end_row(at, file, row_id);
    }
}

static void write_releases(writing *at) {
    extract_file *file = &at->out->release;
    const nation *plan = at->out->plan;
    for (int i = 0; i < at->life->releases; i++) {
        const release *one = &at->life->release[i];
        int64_t row_id = row_number(at, i, 1000);
        bool lost = chance(at, no_sentence) && one->sentenced != DAY_NEVER;
        if (one->date > plan->extract_date || one->date < day_of(plan->from, 1, 1)) continue;
        file_whole(file, row_id);
        put_id(at, file, row_id, at->id, &prison_ids, false);
        put_day(at, file, row_id, one->date);
        file_text(file, one->type);
        file_date(file, lost ? DAY_NEVER : one->sentenced);
        file_duration(file, lost ? 0 : one->unit, one->length);
        put_area(at, file, row_id, one->area);
        end_row(at, file, row_id);
        if (lost) note(at, file, row_id, "", "no_sentence");
    }
}

static void write_tests(writing *at) {
    extract_file *file = &at->out->test;
    for (int i = 0; i < at->life->tests; i++) {
        const drug_test *one = &at->life->test[i];
        int64_t row_id = row_number(at, i, 1000);
        if (one->date > at->out->plan->extract_date) continue;
        file_whole(file, row_id);
        put_id(at, file, row_id, at->id, &test_ids, false);
        put_day(at, file, row_id, one->date);
        file_text(file, one->positive ? "positive" : "negative");
        file_text(file, one->substance);
        put_force(at, file, place_table[one->force].force);
        put_area(at, file, row_id, one->area);
        end_row(at, file, row_id);
    }
}

static void write_assessments(writing *at) {
    extract_file *file = &at->out->assessment;
    const nation *plan = at->out->plan;
    for (int i = 0; i < at->life->assessments; i++) {
        const assessment *one = &at->life->assessment[i];
        int64_t row_id = row_number(at, i, 1000);
        if (one->date > plan->extract_date || one->date < day_of(plan->from, 1, 1)) continue;
        file_whole(file, row_id);
        put_id(at, file, row_id, at->id, &probation_ids, true);
        put_day(at, file, row_id, one->date);
        file_text(file, one->class_a ? "1" : "0");
        file_whole(file, one->score);
        end_row(at, file, row_id);
    }
}

/* Two neighbouring letters change places. */
static void put_misspelt(extract_file *file, const char *name) {
    char text[IDENTITY_TEXT];
    size_t length;
    snprintf(text, sizeof text, "%s", name);
    length = strlen(text);
    if (length >= 4) {
        char letter = text[2];
        text[2] = text[3];
        text[3] = letter;
    }
    file_text(file, text);
}

static void put_caseload_birth(writing *at, extract_file *file) {
    int year, month, day;
    char text[24];
    day_parts(at->life->birth, &year, &month, &day);
    if (chance(at, swapped_birth) && day <= 12) {
        snprintf(text, sizeof text, "%d-%02d-%02d", year, day, month);
        file_text(file, text);
    } else {
        file_date(file, at->life->birth);
    }
}

static void write_caseload_row(writing *at, int quarter, const spell *one) {
    extract_file *file = &at->out->caseload[quarter];
    day_number day = at->out->caseload_day[quarter];
    bool removed = one->removed <= day;
    file_date(file, day);
    put_id(at, file, (int64_t)file->line + 1, at->id, &caseload_ids, true);
    if (chance(at, misspelt_name)) put_misspelt(file, at->surname);
    else file_text(file, at->surname);
    file_text(file, at->forename);
    put_caseload_birth(at, file);
    file_text(file, "PPO");
    file_text(file, place_table[one->area].gss);
    file_text(file, removed ? "removed" : "active");
    file_date(file, one->nominated);
    file_date(file, removed ? one->removed : DAY_NEVER);
    file_text(file, removed ? one->reason : "");
    end_row(at, file, (int64_t)file->line + 1);
}

/* A person is on each list drawn while managed, and once more on the first list after removal. */
static void write_caseloads(writing *at) {
    const extract *out = at->out;
    for (int i = 0; i < at->life->spells; i++) {
        const spell *one = &at->life->spell[i];
        for (int quarter = 0; quarter < out->caseloads; quarter++) {
            day_number day = out->caseload_day[quarter];
            day_number before = quarter > 0 ? out->caseload_day[quarter - 1] : day - 91;
            if (one->nominated > day || one->removed <= before) continue;
            if (chance(at, caseload_gap)) continue;
            write_caseload_row(at, quarter, one);
        }
    }
}

/* The computer records began in the 1990s: a record closed by then was not brought over. */
static bool is_weeded(const career *life) {
    const day_number recorded = day_of(1990, 1, 1);
    for (int i = 0; i < life->hearings; i++)
        if (life->hearing[i].date >= recorded) return false;
    return true;
}

void extract_write(extract *out, const career *life) {
    writing at = {.out = out, .life = life,
                  .source = draw_stream(out->plan->seed, life->person, 1),
                  .clerk = draw_stream(out->plan->seed, life->person, 2)};
    uint64_t group = life->person / MERGE_EVERY;
    int year = day_year(life->offence[0].first);
    if (is_weeded(life)) return;
    at.id = identity_of(life->person, year);
    at.merged = life->person % MERGE_EVERY == 11 && life->hearings > 1;
    at.merged_twice = at.merged && group % CHAIN_EVERY == 0;
    at.superseded = identity_of(IDENTITY_PEOPLE + group, year);
    at.superseded_twice = identity_of(IDENTITY_PEOPLE + 50000 + group, year);
    at.surname = identity_surname(&at.source);
    at.forename = identity_forename(&at.source, life->female);
    write_people(&at);
    write_appearances(&at);
    write_offences(&at);
    write_arrests(&at);
    write_releases(&at);
    write_tests(&at);
    write_assessments(&at);
    write_caseloads(&at);
}
