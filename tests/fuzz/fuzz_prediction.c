/* fuzz_prediction.c - arbitrary bytes for the readers of models: one of logit_fit, a text of many.
**
** Beside memory errors it looks for a model that was taken and does not hold together: what is
** written from it must be read again and be the same, and a base-year actual must be a share. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "prediction.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds) {
    if (!holds) abort();
}

static void *resize(void *user, void *block, size_t size) {
    (void)user;
    if (size > 0) return realloc(block, size);
    free(block);
    return NULL;
}

static const memory heap = {resize, NULL};

static void check_fit(const char *text, size_t length) {
    logit_model model, again;
    if (!logit_model_read(&model, &heap, text, length)) return;
    json_text written = {.from = &heap};
    if (logit_model_write(&model, &written)) { /* a number may be beyond what can be written */
        json_text twice = {.from = &heap};
        require(logit_model_read(&again, &heap, written.bytes, written.length));
        require(logit_model_write(&again, &twice));
        require(twice.length == written.length &&
                memcmp(twice.bytes, written.bytes, twice.length) == 0);
        json_write_free(&twice);
        logit_model_free(&again);
    }
    json_write_free(&written);
    logit_model_free(&model);
}

static void check_text(const char *text, size_t length) {
    dictionary texts;
    codebook book;
    prediction made;
    prediction_problem problem = {""};
    dictionary_init(&texts, &heap);
    dictionary_add(&texts, DICTIONARY_SUBCOHORT, "ppo", 3);
    dictionary_add(&texts, DICTIONARY_SEX, "M", 1);
    require(codebook_make(&book, &texts));
    prediction_result result = prediction_make(&made, &heap, &book, text, length, &problem);
    if (result == PREDICTION_WRONG) require(problem.text[0] != '\0');
    for (size_t set = 0; result == PREDICTION_MADE && set < made.set_count; set++)
        for (int group = 0; group <= AGE_GROUPS; group++) {
            double base = prediction_base(&made.sets[set], group);
            require(isnan(base) || (base >= 0 && base <= 1));
        }
    prediction_free(&made);
    codebook_free(&book);
    dictionary_free(&texts);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    /* A copy of exactly this size, so that one byte read too far is seen. */
    char *text = malloc(size ? size : 1);
    if (!text) return 0;
    if (size) memcpy(text, bytes, size);
    check_fit(text, size);
    check_text(text, size);
    free(text);
    return 0;
}
