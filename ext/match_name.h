/* match_name.h - names for matching: one normal form, and how alike two names are (R28).
**
** 1. Normal form: capital letters A to Z, digits, and letters of other scripts as they stand.
**    Letters of the Latin script lose accents and strokes; ligatures and the like become two
**    letters (AE, OE, IJ, SS, TH). Blanks, punctuation, control characters, combining accents and
**    bytes that are no UTF-8 go. "O'Neill", "O NEILL" and "o neill" are all ONEILL.
**    The letters are those of Unicode's canonical decompositions, U+00C0 to U+024F and U+1E00 to
**    U+1EFF; those that do not decompose (letters with a stroke, and so on) are chosen here.
** 2. Similarity: Jaro-Winkler (Jaro 1989, Winkler 1990), 0 to 1, over characters. Characters agree
**    when they are the same and no further apart than half the longer length less one; half the
**    agreeing characters that stand in another order are transpositions. A common beginning of up
**    to four characters adds a tenth of what is missing for each.
** 3. At most MATCH_NAME_LONGEST bytes of a normal form, and as many characters of each name
**    compared, count; what is beyond is not looked at. Nothing is allocated. Any bytes may be
**    given.
*/
#ifndef REOFFEND_MATCH_NAME_H
#define REOFFEND_MATCH_NAME_H

#include <stddef.h>

enum { MATCH_NAME_LONGEST = 255 };

typedef struct match_name {
    size_t length; /* bytes; 0: nothing to compare */
    char text[MATCH_NAME_LONGEST + 1];
} match_name;

/* Writes the normal form (note 1) and a closing zero. */
void match_name_read(const char *text, size_t length, match_name *name);

/* Jaro-Winkler similarity of two texts as they stand (note 2): 1 when they are the same, two empty
** texts included, 0 when nothing agrees. */
double match_name_similarity(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
