#include "breakdown.h"

#include <string.h>

#include "band.h"
#include "offence.h"

/* Where a breakdown's groups come from: a family of the dictionary, or a fixed list of labels. */
typedef struct breakdown_source {
    const char *name;
    bool from_dictionary;
    dictionary_family family;
    int labels; /* of the fixed list; -1: the months of the follow-up */
    const char *(*label)(int digit);
} breakdown_source;

static const char *kind_label(int digit) {
    return kind_name((kind)(digit - 1));
}

static const breakdown_source sources[BREAKDOWNS] = {
    [BREAKDOWN_AREA_CODE] = {"area_code", true, DICTIONARY_AREA, 0, NULL},
    [BREAKDOWN_AGE_GROUP] = {"age_group", false, 0, AGE_GROUPS, band_age_group_label},
    [BREAKDOWN_AGE_BAND] = {"age_band", false, 0, AGE_BANDS, band_age_label},
    [BREAKDOWN_SEX] = {"sex", true, DICTIONARY_SEX, 0, NULL},
    [BREAKDOWN_ETHNICITY] = {"ethnicity", true, DICTIONARY_ETHNICITY, 0, NULL},
    [BREAKDOWN_INDEX_KIND] = {"index_kind", false, 0, KINDS, kind_label},
    [BREAKDOWN_INDEX_DISPOSAL] = {"index_disposal", true, DICTIONARY_DISPOSAL, 0, NULL},
    [BREAKDOWN_INDEX_OFFENCE_GROUP] = {"index_offence_group", false, 0, OFFENCE_GROUPS,
                                       offence_group_name},
    [BREAKDOWN_SENTENCE_BAND] = {"sentence_band", false, 0, SENTENCE_BANDS, band_sentence_label},
    [BREAKDOWN_PREVIOUS_OFFENCES_BAND] = {"previous_offences_band", false, 0,
                                          PREVIOUS_OFFENCES_BANDS, band_previous_offences_label},
    [BREAKDOWN_MONTHS_TO_REOFFENCE] = {"months_to_reoffence", false, 0, -1, NULL},
    [BREAKDOWN_SUBCOHORT] = {"subcohort", true, DICTIONARY_SUBCOHORT, 0, NULL},
};

const char *breakdown_name(breakdown which) {
    return sources[which].name;
}

static bool find_name(const char *text, size_t length, int *which) {
    for (*which = 0; *which < BREAKDOWNS; ++*which) {
        const char *name = sources[*which].name;
        if (strlen(name) == length && memcmp(name, text, length) == 0) return true;
    }
    return false;
}

bool breakdown_set_from_names(const char *text, size_t text_length, breakdown_set *set,
                              const char **from, size_t *length) {
    const char *at = text, *end = text + text_length;
    *set = 0;
    while (at < end && *at == ' ') at++;
    if (at == end) return true;
    for (;;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma ? comma : end;
        while (at < stop && *at == ' ') at++;
        while (stop > at && stop[-1] == ' ') stop--;
        int which;
        *from = at;
        *length = (size_t)(stop - at);
        if (!find_name(at, *length, &which) || *set >> which & 1) return false;
        *set |= 1u << which;
        if (!comma) return true;
        at = comma + 1;
    }
}

breakdown_result breakdown_plan_make(breakdown_plan *made, codebook *book, breakdown_set used,
                                     int32_t follow_up_months) {
    *made = (breakdown_plan){.book = book, .used = used};
    uint64_t groups = 1;
    for (int i = BREAKDOWNS; i-- > 0;) {
        const breakdown_source *source = &sources[i];
        made->wanted[i] = -1;
        made->size[i] = 1;
        made->stride[i] = groups;
        if (!(used >> i & 1)) continue;
        if (source->from_dictionary) {
            if (!codebook_rank(book, source->family)) return BREAKDOWN_NO_MEMORY;
            made->size[i] = dictionary_count(book->texts, source->family) + 1;
        } else {
            made->size[i] = (uint64_t)(source->labels < 0 ? follow_up_months : source->labels) + 1;
        }
        if (groups > UINT64_MAX / made->size[i]) return BREAKDOWN_TOO_FINE;
        groups *= made->size[i];
    }
    return BREAKDOWN_PLANNED;
}

uint64_t breakdown_keys(const breakdown_plan *plan) {
    return plan->stride[0] * plan->size[0];
}

bool breakdown_want_text(breakdown_plan *plan, breakdown which, const char *text, size_t length) {
    if (!text) {
        plan->wanted[which] = 0;
        return true;
    }
    for (uint64_t digit = 1; digit < plan->size[which]; digit++) {
        const char *label;
        size_t label_length;
        int64_t number;
        if (breakdown_label(plan, which, digit, &label, &label_length, &number) && label &&
            label_length == length && memcmp(label, text, length) == 0) {
            plan->wanted[which] = (int64_t)digit;
            return true;
        }
    }
    return false;
}

bool breakdown_want_number(breakdown_plan *plan, breakdown which, int64_t number) {
    if (which != BREAKDOWN_MONTHS_TO_REOFFENCE || number < 1 ||
        (uint64_t)number >= plan->size[which])
        return false;
    plan->wanted[which] = number;
    return true;
}

bool breakdown_reads_described(breakdown_set used) {
    return used & (1u << BREAKDOWN_INDEX_DISPOSAL | 1u << BREAKDOWN_INDEX_OFFENCE_GROUP |
                   1u << BREAKDOWN_SENTENCE_BAND);
}

/* --- keys ------------------------------------------------------------------------------------ */

static uint64_t code_at(const breakdown_facts *facts, history_column which) {
    return (uint64_t)column_at(&facts->block->column[which], facts->appearance);
}

static uint64_t person_code(const breakdown_facts *facts, history_column which) {
    return (uint64_t)column_at(&facts->block->column[which], facts->person);
}

/* Completed years, or -1. */
static inline int age_of(const breakdown_facts *facts) {
    int64_t birth = column_or(&facts->block->column[PERSON_BIRTH], facts->person, HISTORY_NULL);
    return birth == HISTORY_NULL ? -1 : calendar_age((calendar_day)birth, facts->date);
}

int breakdown_age_of(const breakdown_facts *facts) {
    return age_of(facts);
}

/* The digit of a text's code: its rank. A code that is not there gives a digit out of range. */
static uint64_t rank_of(const breakdown_plan *plan, breakdown which, uint64_t code) {
    return code < plan->size[which] ? plan->book->rank[sources[which].family][code]
                                    : plan->size[which];
}

static uint64_t offence_group_of(const breakdown_plan *plan, uint64_t code) {
    return code < plan->book->offence_codes ? plan->book->groups[code] : OFFENCE_GROUPS + 1;
}

/* Only someone released from a sentence has one (S10). */
static uint64_t sentence_digit(const breakdown_facts *facts) {
    if (code_at(facts, APPEARANCE_KIND) != KIND_RELEASE) return 0;
    int64_t months = history_sentence_at(facts->block, facts->appearance);
    if (months == HISTORY_NULL) months = -1;
    if (months > SENTENCE_LIFE) months = SENTENCE_LIFE;
    return (uint64_t)band_sentence((int32_t)months);
}

/* Where `which` is known when this is compiled, one case of the switch is left. */
static inline __attribute__((always_inline)) uint64_t
digit_of(const breakdown_plan *plan, breakdown which, const breakdown_facts *facts) {
    switch (which) {
    case BREAKDOWN_AREA_CODE:
        return rank_of(plan, which, code_at(facts, APPEARANCE_AREA));
    case BREAKDOWN_AGE_GROUP:
        return (uint64_t)band_age_group(age_of(facts));
    case BREAKDOWN_AGE_BAND:
        return (uint64_t)band_age(age_of(facts));
    case BREAKDOWN_SEX:
        return rank_of(plan, which, person_code(facts, PERSON_SEX));
    case BREAKDOWN_ETHNICITY:
        return rank_of(plan, which, person_code(facts, PERSON_ETHNICITY));
    case BREAKDOWN_INDEX_KIND:
        return code_at(facts, APPEARANCE_KIND) + 1;
    case BREAKDOWN_INDEX_DISPOSAL:
        return rank_of(plan, which, code_at(facts, APPEARANCE_DISPOSAL));
    case BREAKDOWN_INDEX_OFFENCE_GROUP:
        return offence_group_of(plan, code_at(facts, APPEARANCE_HO_CODE));
    case BREAKDOWN_SENTENCE_BAND:
        return sentence_digit(facts);
    case BREAKDOWN_PREVIOUS_OFFENCES_BAND:
        return (uint64_t)band_previous_offences(facts->previous_offences);
    case BREAKDOWN_MONTHS_TO_REOFFENCE:
        return (uint64_t)facts->months_to_reoffence;
    default:
        return 0;
    }
}

uint64_t breakdown_digit_of(const breakdown_plan *plan, breakdown which,
                            const breakdown_facts *facts) {
    return digit_of(plan, which, facts);
}

/* --- keys of a slice's events ---------------------------------------------------------------- */

breakdown_facts breakdown_facts_of(const breakdown_events *events, size_t event) {
    const cohort_entry *entry = &events->entries->items[event];
    const history_slice *slice = events->slice;
    return (breakdown_facts){.block = slice->block,
                             .person = slice->person + entry->person,
                             .appearance = slice->appearance + entry->appearance,
                             .date = entry->date};
}

static int month_of(const breakdown_events *events, size_t event) {
    const follow_up_outcome *outcome = &events->outcomes[event];
    if (outcome->reoffences == 0) return 0;
    return follow_up_month(events->entries->items[event].date, outcome->first_date);
}

/* Adds the digits of one breakdown to all keys; `more` completes the facts of event i. A digit that
** is out of range spoils `fits`. */
#define ADD_DIGITS(which, more)                                                                    \
    for (size_t i = 0; i < count && plan->used >> (which)&1; i++) {                                \
        breakdown_facts facts = breakdown_facts_of(events, i);                                     \
        more;                                                                                      \
        uint64_t digit = digit_of(plan, which, &facts);                                            \
        fits &= digit < plan->size[which];                                                         \
        keys[i] += digit * plan->stride[which];                                                    \
    }

bool breakdown_keys_of(const breakdown_plan *plan, const breakdown_events *events,
                       uint64_t *restrict keys) {
    size_t count = events->entries->count;
    bool fits = true;
    memset(keys, 0, count * sizeof *keys);
    ADD_DIGITS(BREAKDOWN_AREA_CODE, )
    ADD_DIGITS(BREAKDOWN_AGE_GROUP, )
    ADD_DIGITS(BREAKDOWN_AGE_BAND, )
    ADD_DIGITS(BREAKDOWN_SEX, )
    ADD_DIGITS(BREAKDOWN_ETHNICITY, )
    ADD_DIGITS(BREAKDOWN_INDEX_KIND, )
    ADD_DIGITS(BREAKDOWN_INDEX_DISPOSAL, )
    ADD_DIGITS(BREAKDOWN_INDEX_OFFENCE_GROUP, )
    ADD_DIGITS(BREAKDOWN_SENTENCE_BAND, )
    return fits;
}

bool breakdown_keys_follow(const breakdown_plan *plan, const breakdown_events *events,
                           uint64_t *restrict keys) {
    size_t count = events->entries->count;
    bool fits = true;
    ADD_DIGITS(BREAKDOWN_PREVIOUS_OFFENCES_BAND,
               facts.previous_offences = events->previous_offences[i])
    ADD_DIGITS(BREAKDOWN_MONTHS_TO_REOFFENCE, facts.months_to_reoffence = month_of(events, i))
    return fits;
}

breakdown_set breakdown_wanting(const breakdown_plan *plan) {
    breakdown_set wanting = 0;
    for (int i = 0; i < BREAKDOWNS; i++)
        if (plan->wanted[i] >= 0) wanting |= 1u << i;
    return wanting;
}

bool breakdown_is_wanted(const breakdown_plan *plan, breakdown_set wanting, uint64_t key) {
    for (; wanting; wanting &= wanting - 1) {
        breakdown which = (breakdown)__builtin_ctz(wanting);
        if (breakdown_digit(plan, which, key) != (uint64_t)plan->wanted[which]) return false;
    }
    return true;
}

uint64_t breakdown_digit(const breakdown_plan *plan, breakdown which, uint64_t key) {
    return key / plan->stride[which] % plan->size[which];
}

bool breakdown_labels_are_fixed(breakdown which) {
    return !sources[which].from_dictionary;
}

bool breakdown_label(const breakdown_plan *plan, breakdown which, uint64_t digit,
                     const char **text, size_t *length, int64_t *number) {
    const breakdown_source *source = &sources[which];
    *text = NULL;
    *length = 0;
    *number = (int64_t)digit;
    if (digit == 0) return false;
    if (source->from_dictionary) {
        uint32_t code = plan->book->order[source->family][digit];
        const dictionary_entry *entry = dictionary_at(plan->book->texts, source->family, code);
        if (!entry) return false;
        *text = entry->text;
        *length = entry->length;
    } else if (source->label) {
        *text = source->label((int)digit);
        if (!*text) return false;
        *length = strlen(*text);
    }
    return true;
}
