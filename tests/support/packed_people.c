#include "packed_people.h"

#include "calendar.h"
#include "check.h"

int64_t day_of(const char *text) {
    calendar_day day;
    if (!text)
        return HISTORY_NULL;
    if (!calendar_parse(text, strlen(text), &day))
        fail_msg("no date: %s", text);
    return day;
}

static uint32_t code_of(packed_people *to, dictionary_family family, const char *text) {
    if (!text)
        return 0;
    uint32_t code = dictionary_add(&to->texts, family, text, strlen(text));
    assert_int_not_equal(code, 0);
    return code;
}

void packed_people_start(packed_people *made, const memory *from) {
    *made = (packed_people){.from = from};
    dictionary_init(&made->texts, from);
    history_builder_init(&made->builder, from, &made->texts);
}

void packed_people_free(packed_people *freed) {
    history_builder_free(&freed->builder);
    dictionary_free(&freed->texts);
}

static void end_person(packed_people *to) {
    if (to->begun)
        assert_true(history_builder_end(&to->builder));
    to->begun = false;
}

void packed_people_person(packed_people *to, int64_t id, const char *birth) {
    end_person(to);
    history_offender person = {.id = id, .birth = day_of(birth)};
    history_builder_begin(&to->builder, &person);
    to->begun = true;
}

void packed_people_appearance(packed_people *to, const char *date, kind which,
                              const char *excluded) {
    history_appearance row = {
        .date = day_of(date),
        .id = ++to->events,
        .sentence = HISTORY_NULL,
        .kind = which,
        .excluded = code_of(to, DICTIONARY_EXCLUDED, excluded),
    };
    assert_true(history_builder_appearance(&to->builder, &row));
}

void packed_people_offence(packed_people *to, const char *date, const char *end,
                           const char *proven, const char *excluded) {
    history_offence row = {
        .date = day_of(date),
        .end = day_of(end ? end : date),
        .proven = day_of(proven),
        .id = ++to->events,
        .excluded = code_of(to, DICTIONARY_EXCLUDED, excluded),
    };
    assert_true(history_builder_offence(&to->builder, &row));
}

void packed_people_spell(packed_people *to, const char *subcohort, const char *start,
                         const char *end) {
    history_membership row = {code_of(to, DICTIONARY_SUBCOHORT, subcohort), day_of(start),
                              day_of(end)};
    assert_true(history_builder_membership(&to->builder, &row));
}

history_person packed_people_open(packed_people *to) {
    history_bytes parts[HISTORY_PARTS];
    history_person person;
    end_person(to);
    assert_true(history_builder_pack(&to->builder, parts));
    assert_null(history_block_open(&to->block, parts));
    assert_true(history_first_person(&to->block, &person));
    return person;
}
