/* nation_identity.h - names and PNC ids of synthetic people, and the forms ids are written in.
**
** A PNC id is year / seven-digit serial / check letter; the letter is the remainder of
** yy * 10,000,000 + serial divided by 23 in the alphabet below. Serials are a permutation of the
** person number, so no two people share one. Names come from short lists of common names.
*/
#ifndef NATION_IDENTITY_H
#define NATION_IDENTITY_H

#include "nation_draw.h"

enum { IDENTITY_TEXT = 64, IDENTITY_PEOPLE = 9800000 };

typedef struct identity {
    int year;      /* of the record, four digits */
    uint32_t serial; /* 1 .. 9,999,999 */
} identity;

/* `number`: the person number, or IDENTITY_PEOPLE and up for ids given up in a merge. */
identity identity_of(uint64_t number, int year);

typedef enum identity_form {
    FORM_CANONICAL,    /* 1979/0163001B */
    FORM_LOWER_CASE,   /* 1979/0163001b */
    FORM_NO_SLASH,     /* 19790163001B */
    FORM_UNPADDED,     /* 1979/163001B */
    FORM_SHORT,        /* 79/163001B */
    FORM_SHORT_JOINED, /* 79163001B */
    FORMS_FINE,
    FORM_WRONG_LETTER = FORMS_FINE, /* another letter of the alphabet */
    FORM_LETTER_O,                  /* a letter that is never used */
    FORM_DIGIT_LOST,                /* a digit of the serial replaced by a letter */
    FORM_CUT,                       /* the letter is missing */
    FORM_WORDS,                     /* NOT KNOWN */
    FORM_ABSENT,                    /* empty */
    FORMS
} identity_form;

const char *identity_form_name(identity_form form);
void identity_write(identity id, identity_form form, char text[IDENTITY_TEXT]);

const char *identity_surname(draw *source);
const char *identity_forename(draw *source, bool female);

#endif
