/* fuzz_match.c - any bytes as names (libFuzzer, with sanitizers).
**
** Nothing may be read beyond the bytes given or written beyond a normal form; a normal form is its
** own normal form; similarity is symmetric where it must be, 0 to 1, and 1 for equal names; every
** pair of names and days has a score and keys. */
#include "match.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void expect(bool holds) {
    if (!holds) abort();
}

static void check_name(const char *text, size_t length, match_name *name) {
    match_name again;
    match_name_read(text, length, name);
    expect(name->length <= MATCH_NAME_LONGEST && name->text[name->length] == '\0');
    match_name_read(name->text, name->length, &again);
    expect(again.length == name->length && memcmp(again.text, name->text, name->length) == 0);
}

static calendar_day any_day(const uint8_t *bytes) {
    uint32_t number = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16;
    return (calendar_day)(number % (CALENDAR_LAST_DAY - CALENDAR_FIRST_DAY + 1)) +
           CALENDAR_FIRST_DAY;
}

static void check_people(match_person *a, match_person *b) {
    double score = match_score(a, b);
    expect(isfinite(score) && match_score(a, a) >= score);
    expect(match_compare_births(a->birth, b->birth) == match_compare_births(b->birth, a->birth));
    for (int block = 1; block <= MATCH_BLOCKS; block++)
        expect(match_block_key(block, a) == match_block_key(block, a));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    enum { DAYS = 6 };
    match_person a, b;
    if (size < DAYS) return 0;
    a.birth = any_day(bytes);
    b.birth = any_day(bytes + 3);
    const char *text = (const char *)bytes + DAYS;
    size_t length = size - DAYS, half = length / 2;
    double similarity = match_name_similarity(text, half, text + half, length - half);
    expect(similarity >= 0.0 && similarity <= 1.0);
    expect(match_name_similarity(text, length, text, length) >= 1.0);
    check_name(text, half, &a.surname);
    check_name(text + half, length - half, &b.surname);
    b.forename = a.surname;
    a.forename = b.surname;
    if (a.surname.length > 0 && b.surname.length > 0) check_people(&a, &b);
    return 0;
}
