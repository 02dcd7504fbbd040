/* offence_code.h - the written forms of an offence code.
**
** 1. A Home Office code is a class of three digits and a sub-class of two: 028/03. With the slash
**    leading zeros may be missing (28/3); without it all five digits must be there (02803), for in
**    2803 nothing tells the class from the sub-class.
** 2. A CJS code is 6 to 10 letters and digits, TH68010; small letters are taken as capitals.
** 3. A recorded-crime class (28C, 5A, 8F/1) counts crimes, not proven offences. It is recognised so
**    that it can be refused by name: its letters are not sub-classes.
** 4. Spaces before and after are dropped. Everything else is no offence code.
*/
#ifndef REOFFEND_OFFENCE_CODE_H
#define REOFFEND_OFFENCE_CODE_H

#include <stddef.h>
#include <stdint.h>

typedef enum offence_form {
    OFFENCE_FORM_NONE,
    OFFENCE_FORM_HOME_OFFICE,
    OFFENCE_FORM_CJS,
    OFFENCE_FORM_RECORDED_CRIME
} offence_form;

enum { OFFENCE_CODE_SHORTEST = 6, OFFENCE_CODE_LONGEST = 10 };

typedef struct offence_code {
    offence_form form;
    uint16_t ho_class;                  /* Home Office: 0 to 999 */
    uint8_t sub_class;                  /* Home Office: 0 to 99 */
    uint8_t length;                     /* CJS: of the key */
    char key[OFFENCE_CODE_LONGEST + 1]; /* CJS: in capitals, closed by a zero */
} offence_code;

offence_code offence_code_read(const char *text, size_t length);

/* FNV-1a over the key: the build places codes by it, offence_find() looks them up by it. */
static inline uint32_t offence_code_hash(const char *key, size_t length) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)key[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

#endif
