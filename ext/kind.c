#include "kind.h"

#include <string.h>

static const char *const names[KINDS] = {"release", "conviction", "caution", "drug_test"};
static const size_t lengths[KINDS] = {7, 10, 7, 9};

const char *kind_name(kind which) {
    return names[which];
}

bool kind_from_name(const char *text, size_t length, kind *which) {
    for (int i = 0; i < KINDS; i++) {
        if (lengths[i] == length && memcmp(names[i], text, length) == 0) {
            *which = (kind)i;
            return true;
        }
    }
    return false;
}

bool kind_set_from_names(const char *text, size_t length, kind_set *set) {
    const char *end = text + length;
    *set = 0;
    for (const char *from = text; from <= end;) {
        const char *comma = memchr(from, ',', (size_t)(end - from));
        const char *next = comma ? comma : end;
        const char *stop = next;
        while (from < stop && *from == ' ') from++;
        while (stop > from && stop[-1] == ' ') stop--;
        kind which;
        if (!kind_from_name(from, (size_t)(stop - from), &which)) return false;
        *set |= 1u << which;
        from = next + 1;
    }
    return *set != 0;
}
