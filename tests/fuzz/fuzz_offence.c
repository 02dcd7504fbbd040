/* fuzz_offence.c - arbitrary bytes for the readers of offence codes, disposals and durations.
**
** Beside memory errors it looks for answers that contradict each other: what is found must be in
** range, classify as it was found, and read back from its canonical form. */
#include <stdlib.h>
#include <string.h>

#include "band.h"
#include "disposal.h"
#include "offence.h"
#include "offence_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static void check_offence(const char *text, size_t length) {
    offence_finding found = offence_find(text, length);
    offence_class class = offence_classify(text, length);
    require(memcmp(&class, &found.class, sizeof class) == 0);
    require(offence_status_text(found.status) != NULL);
    require(class.group <= OFFENCE_GROUPS && class.group12 <= OFFENCE_GROUPS12);
    require((class.group == 0) == (class.severity_rank == OFFENCE_RANK_UNKNOWN));
    if (found.ho_code < 0) {
        require(class.group == 0 && found.label == NULL && found.cjs_code == NULL);
        return;
    }
    require(found.ho_code <= 99999);
    char canonical[OFFENCE_HO_CODE_LENGTH + 1];
    offence_write_ho_code(found.ho_code, canonical);
    offence_finding again = offence_find(canonical, OFFENCE_HO_CODE_LENGTH);
    require(again.ho_code == found.ho_code && again.class.group == class.group);
}

static void check_disposal(const char *text, size_t length) {
    disposal found = disposal_find(text, length);
    if (found.code) require(strlen(found.code) == length);
    int32_t months = -1;
    if (disposal_sentence_months(text, length, &months))
        require(months >= 0 && months <= SENTENCE_LIFE);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    /* A copy of exactly this size, so that one byte read too far is seen. */
    char *text = malloc(size ? size : 1);
    if (!text) return 0;
    if (size) memcpy(text, bytes, size);
    check_offence(text, size);
    check_disposal(text, size);
    free(text);
    return 0;
}
