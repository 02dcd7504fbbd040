/* packed_people.h - a block made by hand in a test: people and their events, dates as text.
**
**   packed_people made;
**   packed_people_start(&made, &memory.base);
**   packed_people_person(&made, 1, "1980-05-01");
**   packed_people_appearance(&made, "2009-03-31", KIND_CAUTION, NULL);
**   history_person person = packed_people_open(&made);
**
** NULL is NULL everywhere. Events get ids 1, 2, 3 ... in the order in which they are given.
** Anything that goes wrong fails the running test, so the memory must not fail. */
#ifndef REOFFEND_TESTS_PACKED_PEOPLE_H
#define REOFFEND_TESTS_PACKED_PEOPLE_H

#include "history_builder.h"

typedef struct packed_people {
    const memory *from;
    dictionary texts;
    history_builder builder;
    history_block block;
    int64_t events;
    bool begun;
} packed_people;

void packed_people_start(packed_people *made, const memory *from);
void packed_people_free(packed_people *freed);

void packed_people_person(packed_people *to, int64_t id, const char *birth);
void packed_people_appearance(packed_people *to, const char *date, kind which,
                              const char *excluded);
/* `end` NULL: one day. */
void packed_people_offence(packed_people *to, const char *date, const char *end,
                           const char *proven, const char *excluded);
void packed_people_spell(packed_people *to, const char *subcohort, const char *start,
                         const char *end);

/* Packs and opens what was given; the first person. */
history_person packed_people_open(packed_people *to);

/* The day of a text, NULL giving HISTORY_NULL. */
int64_t day_of(const char *text);

#endif
