/* nation_career.h - one synthetic person from birth to the extract date.
**
** A career is simulated event by event: incidents while at liberty, the hearing each leads to
** weeks or months later, sentences, time in custody, release, and at some incident the end. The
** career is the truth; what the extracts do to it (nation_dirt) comes after.
*/
#ifndef NATION_CAREER_H
#define NATION_CAREER_H

#include <stdbool.h>
#include <stdint.h>

#include "nation_day.h"
#include "nation_draw.h"
#include "nation_model.h"

enum {
    CAREER_HEARINGS = 400,
    CAREER_OFFENCES = 1600,
    CAREER_ARRESTS = 600,
    CAREER_RELEASES = 400,
    CAREER_TESTS = 400,
    CAREER_ASSESSMENTS = 200,
    CAREER_SPELLS = 24
};

typedef enum hearing_kind { HEARING_CAUTION, HEARING_REPRIMAND, HEARING_WARNING,
                            HEARING_CONVICTION } hearing_kind;

typedef struct hearing {
    day_number date;
    hearing_kind kind;
    bool done;          /* sentenced: a hearing after the extract date never is */
    bool acquitted;     /* nothing was proven: there is no appearance */
    uint8_t area;       /* home area, place_table */
    uint8_t force;      /* that dealt with it, place_table */
    uint8_t gravity;    /* of its gravest offence */
    int16_t disposal;   /* PNC disposal code, 0 out of court */
    char unit;          /* of the duration: D W M Y, 0 none */
    int16_t length;
} hearing;

typedef struct offence {
    int16_t hearing;
    const char *ho_code;
    bool countable;       /* recordable, no breach, in England and Wales */
    day_number first;     /* date committed; first day of a range */
    day_number last;      /* last day of a range, else = first */
    char date_code;       /* '1' on, '4' between, '2' '3' '6' before, after, on or before */
    const char *verdict;  /* "G", "NG", "NA", "NC" or "" */
    int16_t disposal;
    const char *force;    /* where committed */
} offence;

typedef struct arrest {
    day_number date, charged; /* charged: DAY_NEVER = not */
    uint8_t force;
    const char *ho_code;
} arrest;

typedef struct release {
    day_number date, sentenced; /* sentenced: DAY_NEVER = no sentence on record */
    const char *type;
    char unit;
    int16_t length;
    uint8_t area;
} release;

typedef struct drug_test {
    day_number date;
    bool positive;
    const char *substance;
    uint8_t force, area;
} drug_test;

typedef struct assessment {
    day_number date;
    bool class_a;
    int score;
} assessment;

typedef struct spell {
    day_number nominated, removed; /* removed: DAY_NEVER = still managed */
    const char *reason;
    uint8_t area;
} spell;

typedef struct career {
    uint64_t person;
    day_number birth;
    bool female, drugs;
    int type; /* 0 .. CAREER_TYPES-1 */
    const char *ethnicity;
    int hearings, offences, arrests, releases, tests, assessments, spells;
    hearing hearing[CAREER_HEARINGS];
    offence offence[CAREER_OFFENCES];
    arrest arrest[CAREER_ARRESTS];
    release release[CAREER_RELEASES];
    drug_test test[CAREER_TESTS];
    assessment assessment[CAREER_ASSESSMENTS];
    spell spell[CAREER_SPELLS];
} career;

typedef struct nation {
    uint64_t seed;
    const model *model;
    int from, to;           /* years of the full record */
    day_number extract_date; /* last day of `to` */
    uint64_t people;
    double starters[CAREER_TYPES * MODEL_YEARS]; /* cumulative, by type then year */
} nation;

/* How many people there are and when they begin. scale 1 = England and Wales. */
void nation_plan(nation *plan, const model *numbers, uint64_t seed, double scale, int from,
                 int to);

/* Person 0 .. people-1; the same whatever was generated before. */
void career_make(const nation *plan, uint64_t person, career *life);

#endif
