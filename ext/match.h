/* match.h - is this the same person? Evidence of names and birth date, weighed (R28).
**
** 1. Two descriptions (surname, forename, birth date) agree to a level in each field. Names: by
**    the Jaro-Winkler similarity of their normal forms (match_name.h). Birth dates: the same; day
**    and month exchanged; one digit different; the same year; different: the first that holds.
** 2. Each level weighs log2(m / u) bits (Fellegi and Sunter 1969): m is the probability of the
**    level when both describe one person, u when they describe two picked at random. The score is
**    the sum over the three fields: 10 bits more make one person 1,024 times as likely as two.
**    Probabilities and the lowest similarity of each level: sql/lookup/match_weight.csv.
** 3. Outcome of the best of several candidates: certain when its score is at least `certain` and
**    the next best is at least `margin` bits behind; else possible when its score is at least
**    `possible`; else unmatched. Nothing is guessed: two equally good candidates are possible.
** 4. Blocking: only descriptions with one of MATCH_BLOCKS keys in common are worth scoring.
**      1  first letter of the surname, birth date (day and month in either order)
**      2  first letter of the forename, birth date (day and month in either order)
**      3  first three letters of the surname, first of the forename, year of birth
**      4  first three letters of the surname, first of the forename, month and day of birth
**    Who differs in both a beginning and the birth date is not found.
*/
#ifndef REOFFEND_MATCH_H
#define REOFFEND_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar.h"
#include "match_name.h"

typedef struct match_person {
    match_name surname, forename; /* not empty */
    calendar_day birth;
} match_person;

typedef enum match_birth {
    MATCH_BIRTH_EQUAL,
    MATCH_BIRTH_DAY_MONTH_SWAPPED,
    MATCH_BIRTH_ONE_DIGIT,
    MATCH_BIRTH_YEAR,
    MATCH_BIRTH_DIFFERENT
} match_birth;

match_birth match_compare_births(calendar_day a, calendar_day b);
const char *match_birth_text(match_birth level); /* the level's name in match_weight.csv */

/* One row of match_weight.csv. */
typedef struct match_weight {
    const char *field, *level;
    double lowest; /* similarity a name must reach; 0 for birth dates */
    double m, u;
} match_weight;

/* The rows, ended by one whose field is NULL; of a name's levels the most alike stands first, of
** the birth date's they stand as in match_birth. */
extern const match_weight match_weights[];

/* The sum of the weights of surname, forename and birth date, in bits (note 2). */
double match_score(const match_person *a, const match_person *b);

typedef enum match_outcome { MATCH_CERTAIN, MATCH_POSSIBLE, MATCH_UNMATCHED } match_outcome;

typedef struct match_thresholds {
    double certain, possible, margin; /* bits */
} match_thresholds;

/* The outcome of the best candidate (note 3). `next` is the score of the next best; -INFINITY when
** there is none. */
match_outcome match_decide(double score, double next, const match_thresholds *thresholds);
const char *match_outcome_text(match_outcome outcome);

enum { MATCH_BLOCKS = 4 };

/* The key of block 1 to MATCH_BLOCKS (note 4). Keys of different blocks differ but for chance. */
int64_t match_block_key(int block, const match_person *person);

#endif
