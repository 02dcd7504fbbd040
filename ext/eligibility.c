#include "eligibility.h"

#include <string.h>

#include "disposal.h"
#include "offence.h"

/* What an outcome of disposal.csv makes of an offence: NULL, or the reason it is excluded for. */
typedef struct outcome_effect {
    const char *outcome, *excluded;
} outcome_effect;

static const outcome_effect outcome_effects[] = {
    {"sentence", NULL},           {"out of court", NULL},     {"sentence varied", NULL},
    {"sentence quashed", NULL},   {"appeal dismissed", NULL}, {"conviction quashed", "quashed"},
    {"breach outcome", "breach"}, {"deceased", "not proven"}, {NULL, NULL},
};

/* Every other outcome excludes under its own name. */
static const char *excluded_by_outcome(const char *outcome) {
    const outcome_effect *effect = outcome_effects;
    if (!outcome) return NULL;
    while (effect->outcome && strcmp(effect->outcome, outcome) != 0) effect++;
    return effect->outcome ? effect->excluded : outcome;
}

static offence_class classify(eligibility_text code) {
    return offence_classify(code.text ? code.text : "", code.length);
}

const char *eligibility_of_offence(eligibility_text code, eligibility_text verdict,
                                   eligibility_text disposed) {
    const char *reason = NULL;
    if (verdict.text && disposal_verdict_proven(verdict.text, verdict.length) == 0)
        return "not proven";
    if (disposed.text)
        reason = excluded_by_outcome(disposal_find(disposed.text, disposed.length).outcome);
    if (reason) return reason;
    offence_class class = classify(code);
    if (class.breach == OFFENCE_YES) return "breach";
    return class.recordable == OFFENCE_NO ? "not recordable" : NULL;
}

const char *eligibility_of_conviction(eligibility_text disposed) {
    disposal found = {0};
    if (disposed.text) found = disposal_find(disposed.text, disposed.length);
    if (!found.code) return NULL;
    if (found.immediate_custody) return "immediate custody";
    if (found.category) return NULL;
    return found.outcome ? found.outcome : "undecided disposal";
}

int64_t eligibility_index_order(int64_t offence_id, eligibility_text code, bool excluded) {
    enum { ID_BITS = 57, RANK_BITS = 5, LAST_RANK = (1 << RANK_BITS) - 1 };
    int64_t rank = classify(code).severity_rank;
    if (rank > LAST_RANK) rank = LAST_RANK; /* OFFENCE_RANK_UNKNOWN */
    return (int64_t)excluded << (ID_BITS + RANK_BITS) | rank << ID_BITS | offence_id;
}
