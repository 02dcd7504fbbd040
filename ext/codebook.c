#include "codebook.h"

#include "offence.h"

static bool is_yes(uint8_t flag) {
    return flag == OFFENCE_YES;
}

/* R29: unknown stays unknown, and is counted as such. */
static bool is_unclassified(const offence_class *class) {
    return class->group == 0 || class->violent == OFFENCE_UNKNOWN ||
           class->sexual == OFFENCE_UNKNOWN || class->serious_acquisitive == OFFENCE_UNKNOWN;
}

static void classify(codebook *book, size_t code, const char *text, size_t length) {
    offence_class class = offence_classify(text, length);
    book->groups[code] = class.group <= OFFENCE_GROUPS ? class.group : 0;
    book->weights[code] = follow_up_weight_of(
        is_yes(class.violent) || is_yes(class.sexual), is_yes(class.serious_acquisitive),
        is_yes(class.serious), is_unclassified(&class));
}

bool codebook_make(codebook *made, const dictionary *texts) {
    *made = (codebook){.from = texts->from, .texts = texts};
    made->offence_codes = dictionary_count(texts, DICTIONARY_HO_CODE) + 1;
    made->weights = memory_allocate(made->from, made->offence_codes * sizeof *made->weights);
    made->groups = memory_allocate(made->from, made->offence_codes * sizeof *made->groups);
    if (!made->weights || !made->groups) return false;
    made->groups[0] = 0;
    made->weights[0] = follow_up_weight_of(false, false, false, true);
    for (size_t code = 1; code < made->offence_codes; code++) {
        const dictionary_entry *entry =
            dictionary_at(texts, DICTIONARY_HO_CODE, (uint32_t)code);
        classify(made, code, entry->text, entry->length);
    }
    return true;
}

void codebook_free(codebook *freed) {
    memory_free(freed->from, freed->weights);
    memory_free(freed->from, freed->groups);
    for (int i = 0; i < DICTIONARY_FAMILIES; i++) {
        memory_free(freed->from, freed->rank[i]);
        memory_free(freed->from, freed->order[i]);
    }
    *freed = (codebook){.from = freed->from};
}

ogrs3_sex codebook_sex(const codebook *book, uint32_t code) {
    const dictionary_entry *entry = dictionary_at(book->texts, DICTIONARY_SEX, code);
    if (!entry || entry->length != 1) return OGRS3_SEX_UNKNOWN;
    if (entry->text[0] == 'M') return OGRS3_MALE;
    return entry->text[0] == 'F' ? OGRS3_FEMALE : OGRS3_SEX_UNKNOWN;
}

bool codebook_rank(codebook *book, dictionary_family family) {
    if (book->order[family]) return true;
    size_t count = dictionary_count(book->texts, family) + 1;
    if (!book->rank[family]) book->rank[family] = dictionary_ranks(book->texts, family);
    if (!book->rank[family]) return false;
    book->order[family] = memory_allocate(book->from, count * sizeof(uint32_t));
    if (!book->order[family]) return false;
    for (uint32_t code = 0; code < count; code++)
        book->order[family][book->rank[family][code]] = code;
    return true;
}
