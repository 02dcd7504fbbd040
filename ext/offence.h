/* offence.h - what an offence code says: group, severity flags, status (rules R18, R29 to R31).
**
** The tables behind it are generated at build time from sql/lookup/, the one home of the facts.
**
** 1. A code is a Home Office code or a CJS code in any written form of offence_code.h. A CJS code
**    is classified by the Home Office code the register gives it, never by its title (R29).
** 2. Sub-class 00 means "not stated". Where the source names a group for it, that group holds;
**    where the exact offence is needed (088/00, 111/00, 141/00) the group is unknown. A list
**    (serious acquisitive, serious, breach) is known for 00 only where it says the same of the
**    whole class: 048/00 is serious acquisitive, 037/00 may or may not be. 000/00 is no class
**    at all: everything is unknown.
** 3. A sub-class in no table is classified by its class where the whole class falls together, and
**    is unknown where the class is divided.
** 4. The three flags of R30 are independent: aggravated burglary (029) is violent AND acquisitive.
**    Violent and sexual follow the group: Violence, and the two sexual groups; where the group is
**    unknown, what all groups of the class agree on. `serious` is the reconstructed list of serious
**    violent and sexual offences; the published list of 2011 could not be read.
** 5. A Home Office code is recordable when all national CJS codes of offences with it are, not
**    recordable when none is, otherwise unknown. A CJS code has its own flag.
*/
#ifndef REOFFEND_OFFENCE_H
#define REOFFEND_OFFENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A flag that may be unknown: sub-class 00 where the sub-classes differ (R29). */
typedef enum offence_flag { OFFENCE_NO, OFFENCE_YES, OFFENCE_UNKNOWN } offence_flag;

enum { OFFENCE_GROUPS = 20, OFFENCE_GROUPS12 = 12, OFFENCE_RANK_UNKNOWN = 255 };

typedef struct offence_class {
    uint8_t group;   /* 1 to 20, 0 unknown; names in offence_group_name */
    uint8_t group12; /* 1 to 12, 0 unknown */
    uint8_t violent; /* offence_flag, as are those below */
    uint8_t sexual;
    uint8_t serious_acquisitive;
    uint8_t serious; /* on the reconstructed serious violent or sexual list */
    uint8_t breach;
    uint8_t recordable;
    uint8_t severity_rank; /* 1 gravest (R9); 255 unknown */
} offence_class;

/* Why a code is classified as it is. */
typedef enum offence_status {
    OFFENCE_MALFORMED,         /* no offence code in any written form */
    OFFENCE_RECORDED_CRIME,    /* a recorded-crime class, 28C: refused */
    OFFENCE_UNKNOWN_CJS,       /* not in the register of CJS codes */
    OFFENCE_UNKNOWN_CLASS,     /* no such Home Office class in the tables */
    OFFENCE_UNKNOWN_SUB_CLASS, /* the class is divided and the sub-class in no table */
    OFFENCE_NO_CLASS,          /* 000/00, 999/99: the register states no class */
    OFFENCE_EXACT_NEEDED,      /* 088/00, 111/00, 141/00, 950, 999/55: no group without more */
    OFFENCE_UNGROUPED,         /* known, but the table of 20 groups does not name it */
    OFFENCE_NOT_STATED,        /* sub-class 00: grouped, but a flag differs within the class */
    OFFENCE_BY_CLASS,          /* sub-class in no table: what holds for the whole class */
    OFFENCE_CLASSIFIED         /* group and flags known */
} offence_status;

enum { OFFENCE_STATUSES = OFFENCE_CLASSIFIED + 1 };

/* One code found. Texts live as long as the program. */
typedef struct offence_finding {
    offence_class class;
    offence_status status;
    int32_t ho_code;      /* class * 100 + sub-class; -1: none */
    const char *cjs_code; /* NULL: a Home Office code */
    const char *category; /* CJS category, "CE"; NULL: a Home Office code */
    const char *label;    /* a short title; NULL: none */
    uint8_t notifiable;   /* offence_flag; unknown for a Home Office code */
} offence_finding;

/* Classifies a Home Office code in any written form or a CJS code. A text that is no code, or an
** unknown one, gives all unknown. */
offence_class offence_classify(const char *code, size_t length);

/* The same, and why. */
offence_status offence_look_up(const char *code, size_t length, offence_class *class);

/* All that is known about the code. */
offence_finding offence_find(const char *code, size_t length);

const char *offence_group_name(int group);   /* NULL for 0 */
const char *offence_group12_name(int group); /* NULL for 0 */
const char *offence_status_text(offence_status status);

/* Writes class/sub-class, 028/03, and a closing zero. `ho_code` is class * 100 + sub-class. */
enum { OFFENCE_HO_CODE_LENGTH = 6 };
void offence_write_ho_code(int32_t ho_code, char text[OFFENCE_HO_CODE_LENGTH + 1]);

/* The whole register: first the CJS codes in the order of their capitals, then the Home Office
** codes in the tables. `number` counts from 0; false: past the end. */
bool offence_register(size_t number, offence_finding *finding);

/* The number of a code in any written form; false: the register does not list it. */
bool offence_register_number(const char *code, size_t length, size_t *number);

#endif
