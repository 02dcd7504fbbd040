/* identifier.h - PNC ids, CRO numbers and arrest/summons numbers: reading, checking, one form each.
**
** Every one of them ends in a check letter: the remainder modulo 23 of a number made from its other
** digits picks a letter of ZABCDEFGHJKLMNPQRTUVWXY (I, O and S are never used). Sources: the
** Ministry of Justice's hmpps-person-record (PNC, CRO) and bichard7-next-core (ASN).
**
** 1. PNC id, canonical YYYY/NNNNNNND. Read as YYYY/N…D and YY/N…D with one to seven digits of
**    serial, YYYYNNNNNNND and YYN…D. Where there is a slash the year is what stands before it
**    (1979/163001B is the year 1979, although it has the length of a short form); without one, a
**    four-digit year needs all seven digits of serial. Years of three digits are refused, and so
**    are years outside 1900 to 2100, which the letter cannot catch: it sees two digits of the year.
** 2. A two-digit year falls in the 100 years that end with the pivot. The pivot is an argument,
**    never today's date, or a result would change on a first of January.
** 3. CRO number, canonical NNNNNN/YYD; the serial may come without leading zeros. File form
**    SFYY/N…D: the serial counts, and is shown, exactly as it is written.
** 4. Arrest/summons number (ASN), canonical without slashes, 20 characters YYFFUUSS, eleven digits
**    of sequence, D (year, force, unit, system); 21 when a one-character top-level code stands
**    after the year. Also read as YY/FFUU/SS/N…D, the sequence without leading zeros. Its letter
**    comes from force (if all digits), system (if all digits), year, sequence, in this order.
**    Dummy numbers, which courts use when there is no real one, are refused by their pattern.
** 5. Blanks (spaces, tabs) around the text are ignored and lower case is raised; nothing else is
**    mended. Any bytes may be given, NUL included; nothing is allocated.
*/
#ifndef REOFFEND_IDENTIFIER_H
#define REOFFEND_IDENTIFIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    IDENTIFIER_FIRST_YEAR = 1900,
    IDENTIFIER_LAST_YEAR = 2100,
    /* The pivot when none is given: fixed, so that results never move. */
    IDENTIFIER_DEFAULT_PIVOT = 2026,
    IDENTIFIER_FIRST_PIVOT = IDENTIFIER_FIRST_YEAR + 99,
    IDENTIFIER_PNC_SERIALS = 10000000 /* serials are 0 to this less one */
};

/* Lengths of the canonical forms, without the closing zero. */
enum { IDENTIFIER_PNC_LENGTH = 13, IDENTIFIER_CRO_LENGTH = 12, IDENTIFIER_ASN_LENGTH = 21 };

typedef enum identifier_fault {
    IDENTIFIER_VALID,
    IDENTIFIER_EMPTY,
    IDENTIFIER_NOT_PNC,
    IDENTIFIER_NOT_CRO,
    IDENTIFIER_NOT_ASN,
    IDENTIFIER_NO_LETTER,
    IDENTIFIER_UNUSED_LETTER,
    IDENTIFIER_YEAR_DIGITS,
    IDENTIFIER_YEAR_RANGE,
    IDENTIFIER_SERIAL_DIGITS,
    IDENTIFIER_NO_SLASH_LENGTH,
    IDENTIFIER_DUMMY,
    IDENTIFIER_LETTER
} identifier_fault;

/* What is wrong, in words that never show the text; NULL for IDENTIFIER_VALID. */
const char *identifier_fault_text(identifier_fault fault);

typedef struct identifier_pnc {
    int year;   /* IDENTIFIER_FIRST_YEAR to IDENTIFIER_LAST_YEAR */
    int serial; /* 0 to 9,999,999 */
} identifier_pnc;

/* Reads a PNC id in any of its forms (notes 1 and 2). `pivot` is IDENTIFIER_FIRST_PIVOT to
** IDENTIFIER_LAST_YEAR. *pnc is set only when the answer is IDENTIFIER_VALID. */
identifier_fault identifier_read_pnc(const char *text, size_t length, int pivot,
                                     identifier_pnc *pnc);

/* Writes YYYY/NNNNNNND and a closing zero. */
void identifier_write_pnc(identifier_pnc pnc, char text[IDENTIFIER_PNC_LENGTH + 1]);

/* One integer for a PNC id, year * 10,000,000 + serial, and back. False: no such id. */
int64_t identifier_pnc_number(identifier_pnc pnc);
bool identifier_pnc_from_number(int64_t number, identifier_pnc *pnc);

/* Each reads the text and writes the canonical form and a closing zero, or leaves `canonical`
** alone and says what is wrong (notes 3 and 4). */
identifier_fault identifier_read_cro(const char *text, size_t length,
                                     char canonical[IDENTIFIER_CRO_LENGTH + 1]);
identifier_fault identifier_read_asn(const char *text, size_t length,
                                     char canonical[IDENTIFIER_ASN_LENGTH + 1]);

#endif
