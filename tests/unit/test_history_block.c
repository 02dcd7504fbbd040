/* history_block.h and history_builder.h: what was packed is what is read; damage is refused; bytes
** that were forged (a valid checksum over wrong bytes) are never followed out of the block. The
** last is only seen by `make sanitize`: every block lies in memory of exactly its size. */
#include "history_block.h"

#include <stdlib.h>

#include "attrition.h"
#include "check.h"
#include "criminal_history.h"
#include "explain.h"
#include "failing_memory.h"
#include "history_builder.h"
#include "member.h"
#include "rates.h"

enum { PEOPLE = 12, MOST_EVENTS = 9 };

typedef struct model_person {
    history_offender offender;
    history_appearance appearances[MOST_EVENTS];
    history_offence offences[MOST_EVENTS];
    history_membership memberships[MOST_EVENTS];
    uint32_t appearance_count, offence_count, undated, membership_count;
} model_person;

static uint32_t next_number(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static int64_t random_day(uint32_t *state) {
    if (next_number(state) % 10 == 0)
        return HISTORY_NULL;
    return 13000 + (int64_t)(next_number(state) % 1500);
}

/* --- making ---------------------------------------------------------------------------------- */

/* Days rise with `i` and offences without a day come last, so that the model stands in the order of
** the block. */
static void make_person(model_person *made, int64_t id, uint32_t *state) {
    *made = (model_person){.offender = {.id = id,
                                        .birth = random_day(state),
                                        .sex = next_number(state) % 3,
                                        .ethnicity = next_number(state) % 5}};
    if (made->offender.birth != HISTORY_NULL)
        made->offender.birth -= 9000;
    made->appearance_count = 1 + next_number(state) % (MOST_EVENTS - 1);
    made->offence_count = next_number(state) % MOST_EVENTS;
    made->membership_count = next_number(state) % 4;
    for (uint32_t i = 0; i < made->appearance_count; i++)
        made->appearances[i] = (history_appearance){
            .date = 14000 + 97 * (int64_t)i + (int64_t)(next_number(state) % 90),
            .id = next_number(state) % 4 ? (int64_t)next_number(state) : HISTORY_NULL,
            .sentence = next_number(state) % 3 ? next_number(state) % 12000 : HISTORY_NULL,
            .kind = (kind)(next_number(state) % KINDS),
            .area = next_number(state) % 3,
            .disposal = next_number(state) % 3,
            .ho_code = next_number(state) % 3,
            .excluded = next_number(state) % 2,
        };
    for (uint32_t i = 0; i < made->offence_count; i++) {
        history_offence *offence = &made->offences[i];
        *offence = (history_offence){
            .date = 13900 + 101 * (int64_t)i + (int64_t)(next_number(state) % 90),
            .proven = random_day(state),
            .id = (int64_t)i - 3,
            .ho_code = next_number(state) % 3,
            .proven_by = next_number(state) % 2,
            .excluded = next_number(state) % 2,
        };
        offence->end = offence->date + (next_number(state) % 4 ? 0 : next_number(state) % 400);
    }
    if (made->offence_count % 2) {
        history_offence *last = &made->offences[made->offence_count - 1];
        last->date = last->end = HISTORY_NULL;
        made->undated = 1;
    }
    for (uint32_t i = 0; i < made->membership_count; i++)
        made->memberships[i] = (history_membership){1 + i, random_day(state), random_day(state)};
}

static bool add_person(history_builder *builder, const model_person *person) {
    bool added = true;
    history_builder_begin(builder, &person->offender);
    for (uint32_t i = person->appearance_count; i-- > 0;)
        added = added && history_builder_appearance(builder, &person->appearances[i]);
    for (uint32_t i = person->offence_count; i-- > 0;)
        added = added && history_builder_offence(builder, &person->offences[i]);
    for (uint32_t i = person->membership_count; i-- > 0;)
        added = added && history_builder_membership(builder, &person->memberships[i]);
    return added && history_builder_end(builder);
}

static void add_texts(dictionary *texts) {
    static const char *const some[] = {"a", "b", "c", "d", "e"};
    for (int family = 0; family < DICTIONARY_FAMILIES; family++)
        for (size_t i = 0; i < count_of(some); i++)
            assert_int_equal(dictionary_add(texts, (dictionary_family)family, some[i], 1), i + 1);
}

/* Packs random people; the bytes are the caller's to free. */
static uint8_t *pack(uint32_t seed, model_person *people, int count, size_t *size) {
    failing_memory from;
    dictionary texts;
    history_builder builder;
    const uint8_t *bytes;
    failing_memory_start(&from, 0);
    dictionary_init(&texts, &from.base);
    add_texts(&texts);
    history_builder_init(&builder, &from.base, &texts);
    for (int i = 0; i < count; i++) {
        make_person(&people[i], 1000 + 7 * i, &seed);
        assert_true(add_person(&builder, &people[i]));
    }
    assert_int_equal(history_builder_people(&builder), count);
    assert_true(history_builder_pack(&builder, &bytes, size));
    assert_int_equal(history_builder_people(&builder), 0);
    uint8_t *copy = malloc(*size);
    memcpy(copy, bytes, *size);
    history_builder_free(&builder);
    dictionary_free(&texts);
    assert_int_equal(from.live, 0);
    return copy;
}

/* --- reading back ---------------------------------------------------------------------------- */

static void expect_appearances(const history_person *person, const model_person *expected) {
    assert_int_equal(person->appearance_end - person->appearance, expected->appearance_count);
    for (uint32_t i = 0; i < expected->appearance_count; i++) {
        const history_appearance *right = &expected->appearances[i];
        history_appearance read = history_appearance_at(person->block, person->appearance + i);
        assert_true(read.date == right->date && read.id == right->id &&
                    read.sentence == right->sentence && read.kind == right->kind &&
                    read.area == right->area && read.disposal == right->disposal &&
                    read.ho_code == right->ho_code && read.excluded == right->excluded);
    }
}

static void expect_offences(const history_person *person, const model_person *expected) {
    assert_int_equal(person->offence_end - person->offence, expected->offence_count);
    assert_int_equal(person->offence_end - person->dated_end, expected->undated);
    for (uint32_t i = 0; i < expected->offence_count; i++) {
        const history_offence *right = &expected->offences[i];
        history_offence read = history_offence_at(person->block, person->offence + i);
        assert_true(read.date == right->date && read.end == right->end &&
                    read.proven == right->proven && read.id == right->id &&
                    read.ho_code == right->ho_code && read.proven_by == right->proven_by &&
                    read.excluded == right->excluded);
    }
}

static void expect_person(const history_person *person, const model_person *expected) {
    history_offender offender = history_offender_at(person->block, person->row);
    const history_offender *right_offender = &expected->offender;
    assert_true(offender.id == right_offender->id && offender.birth == right_offender->birth &&
                offender.sex == right_offender->sex &&
                offender.ethnicity == right_offender->ethnicity);
    expect_appearances(person, expected);
    expect_offences(person, expected);
    assert_int_equal(person->membership_end - person->membership, expected->membership_count);
    for (uint32_t i = 0; i < expected->membership_count; i++) {
        const history_membership *right = &expected->memberships[i];
        history_membership read = history_membership_at(person->block, person->membership + i);
        assert_true(read.subcohort == right->subcohort && read.start == right->start &&
                    read.end == right->end);
    }
}

static void what_was_packed_is_read(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    for (uint32_t seed = 1; seed <= 60; seed++) {
        int count = 1 + (int)seed % PEOPLE;
        size_t size;
        uint8_t *bytes = pack(seed, people, count, &size);
        history_block block;
        history_person person;
        assert_null(history_block_open(&block, bytes, size));
        assert_true(history_first_person(&block, &person));
        for (int i = 0; i < count; i++) {
            history_person found;
            expect_person(&person, &people[i]);
            assert_true(history_find_person(&block, people[i].offender.id, &found));
            expect_person(&found, &people[i]);
            assert_false(history_find_person(&block, people[i].offender.id + 1, &found));
            assert_int_equal(history_next_person(&person), i + 1 < count);
        }
        free(bytes);
    }
}

static void nobody_is_a_block_too(void **state) {
    (void)state;
    size_t size;
    uint8_t *bytes = pack(1, NULL, 0, &size);
    history_block block;
    history_person person;
    assert_null(history_block_open(&block, bytes, size));
    assert_false(history_first_person(&block, &person));
    assert_false(history_find_person(&block, 1, &person));
    free(bytes);
}

/* --- damage and forgery ---------------------------------------------------------------------- */

static const uint8_t flips[] = {0x01, 0x80, 0x40, 0xff};

static void every_changed_byte_is_refused(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    size_t size;
    uint8_t *bytes = pack(3, people, PEOPLE, &size);
    history_block block;
    for (size_t at = 0; at < size; at++) {
        for (size_t i = 0; i < count_of(flips); i++) {
            bytes[at] ^= flips[i];
            if (!history_block_open(&block, bytes, size))
                fail_msg("byte %zu changed by %d goes unnoticed", at, flips[i]);
            bytes[at] ^= flips[i];
        }
    }
    assert_null(history_block_open(&block, bytes, size));
    free(bytes);
}

static void write_checksum(uint8_t *bytes, size_t size) {
    uint64_t sum = history_block_checksum(bytes, size);
    for (int i = 0; i < 8; i++)
        bytes[HISTORY_CHECKSUM_AT + i] = (uint8_t)(sum >> (8 * i));
}

/* A copy of the first `size` bytes in memory of exactly that size. */
static uint8_t *cut(const uint8_t *bytes, size_t size) {
    uint8_t *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    return copy;
}

static void every_shorter_block_is_refused(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    size_t size;
    uint8_t *bytes = pack(4, people, PEOPLE, &size);
    for (size_t length = 0; length < size; length++) {
        history_block block;
        uint8_t *shorter = cut(bytes, length);
        assert_non_null(history_block_open(&block, shorter, length));
        if (length >= HISTORY_HEADERS_AT) {
            write_checksum(shorter, length);
            assert_non_null(history_block_open(&block, shorter, length));
        }
        free(shorter);
    }
    free(bytes);
}

/* What queries do with a block. */
typedef struct queries {
    failing_memory from;
    dictionary texts;
    codebook book;
    breakdown_plan breakdowns;
    window_plan windows, one;
} queries;

static void start_queries(queries *made) {
    calendar_day first = 14000;
    window_range many = {first, first + 1500, CALENDAR_FIRST_DAY, CALENDAR_LAST_DAY};
    window_range single = {first + 90, first + 90, first + 90, first + 90};
    failing_memory_start(&made->from, 0);
    dictionary_init(&made->texts, &made->from.base);
    add_texts(&made->texts);
    assert_true(codebook_make(&made->book, &made->texts));
    assert_int_equal(breakdown_plan_make(&made->breakdowns, &made->book, (1u << BREAKDOWNS) - 1,
                                         window_options_default.follow_up_months),
                     BREAKDOWN_PLANNED);
    assert_int_equal(window_plan_make(&made->windows, &made->from.base, &many,
                                      &window_options_default),
                     WINDOW_PLAN_MADE);
    assert_int_equal(window_plan_make(&made->one, &made->from.base, &single,
                                      &window_options_default),
                     WINDOW_PLAN_MADE);
}

static void end_queries(queries *ended) {
    window_plan_free(&ended->windows);
    window_plan_free(&ended->one);
    codebook_free(&ended->book);
    dictionary_free(&ended->texts);
    assert_int_equal(ended->from.live, 0);
}

static uint64_t read_all(const history_person *person) {
    uint64_t sum = (uint64_t)history_offender_at(person->block, person->row).id;
    for (uint32_t row = person->appearance; row < person->appearance_end; row++)
        sum += (uint64_t)history_appearance_at(person->block, row).date;
    for (uint32_t row = person->offence; row < person->offence_end; row++)
        sum += (uint64_t)history_offence_at(person->block, row).end;
    for (uint32_t row = person->membership; row < person->membership_end; row++)
        sum += (uint64_t)history_membership_at(person->block, row).end;
    return sum;
}

static uint64_t ask_everything(queries *asked, const history_block *block) {
    member_finder finder = {.plan = &asked->one, .with_record = true};
    attrition steps = {.plan = &asked->one};
    rates sum;
    explanation explained;
    history_person person;
    uint64_t seen = 0;
    finder.counter.weights = asked->book.weights;
    finder.counter.weight_count = asked->book.offence_codes;
    finder.counter.with_reappearances = true;
    proven_days_init(&finder.proven, &asked->from.base);
    explanation_init(&explained, &asked->from.base);
    rates_init(&sum, &asked->from.base, &asked->windows, &asked->breakdowns,
               (1u << TALLY_COUNTS) - 1);
    rates_add_block(&sum, block);
    rates_finish(&sum);
    attrition_add_block(&steps, block);
    for (bool more = history_first_person(block, &person); more;
         more = history_next_person(&person)) {
        member found;
        seen += read_all(&person);
        finder.counter.corrupt = false;
        seen += member_find(&finder, &person, &found) == MEMBER_FOUND;
        if (explanation_make(&explained, &asked->one, &person))
            seen += explained.count;
    }
    rates_free(&sum);
    explanation_free(&explained);
    proven_days_free(&finder.proven);
    return seen;
}

/* Opens forged bytes; when they pass, asks them everything. */
static bool try_forged(queries *asked, uint8_t *bytes, size_t size) {
    history_block block;
    write_checksum(bytes, size);
    if (history_block_open(&block, bytes, size))
        return false;
    ask_everything(asked, &block);
    return true;
}

static void one_forged_byte_is_never_followed_outside(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    queries asked;
    size_t size;
    int passed = 0, refused = 0;
    uint8_t *bytes = pack(5, people, PEOPLE, &size);
    start_queries(&asked);
    for (size_t at = 0; at < size; at++) {
        if (at >= HISTORY_CHECKSUM_AT && at < HISTORY_HEADERS_AT)
            continue;
        for (size_t i = 0; i < count_of(flips); i++) {
            bytes[at] ^= flips[i];
            bool open = try_forged(&asked, bytes, size);
            passed += open;
            refused += !open;
            bytes[at] ^= flips[i];
        }
    }
    assert_true(passed > 100 && refused > 100);
    end_queries(&asked);
    free(bytes);
}

static void many_forged_bytes_are_never_followed_outside(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    queries asked;
    uint32_t draw = 11;
    start_queries(&asked);
    for (uint32_t seed = 1; seed <= 1500; seed++) {
        size_t size;
        uint8_t *bytes = pack(seed, people, 1 + (int)seed % 3, &size);
        /* Headers say where to read: they are hit more often than values. */
        for (uint32_t hits = 1 + next_number(&draw) % 4; hits-- > 0;) {
            size_t room = next_number(&draw) % 3 ? HISTORY_BITS_AT - HISTORY_HEADERS_AT
                                                 : size - HISTORY_HEADERS_AT;
            bytes[HISTORY_HEADERS_AT + next_number(&draw) % room] = (uint8_t)next_number(&draw);
        }
        try_forged(&asked, bytes, size);
        free(bytes);
    }
    end_queries(&asked);
}

/* Sets a column's base: every value of the column moves by as much. */
static void write_base(uint8_t *bytes, history_column which, uint64_t base) {
    uint8_t *at = bytes + HISTORY_HEADERS_AT + (size_t)which * COLUMN_HEADER_SIZE + 2;
    for (int i = 0; i < 8; i++)
        at[i] = (uint8_t)(base >> (8 * i));
}

/* Writes a column of bytes, eight bits a value, over `count` rows. */
static uint8_t *write_bytes(uint8_t *headers, history_column which, uint8_t *bits, uint64_t base,
                            const uint8_t *values, size_t count) {
    uint8_t *header = headers + (size_t)which * COLUMN_HEADER_SIZE;
    header[0] = 8;
    for (int i = 0; i < 8; i++)
        header[2 + i] = (uint8_t)(base >> (8 * i));
    memcpy(bits, values, count);
    return bits + count;
}

/* Three people with 2, -2 and 3 offences; the second of them has 200 without a date. The sum is
** right, and so is every comparison without sign, but the second person's dated offences end far
** behind the block. */
static void counts_that_wrap_are_refused(void **state) {
    (void)state;
    static const uint8_t counts[] = {4, 0, 5}, undated[] = {0, 200, 0}, dates[] = {1, 2, 3};
    size_t size = HISTORY_BITS_AT + sizeof counts + sizeof undated + sizeof dates + COLUMN_PADDING;
    uint8_t *bytes = calloc(1, size), *bits = bytes + HISTORY_BITS_AT;
    history_block block;
    bytes[0] = HISTORY_FORMAT;
    bytes[4] = 3;  /* people */
    bytes[12] = 3; /* offences */
    uint8_t *headers = bytes + HISTORY_HEADERS_AT;
    bits = write_bytes(headers, PERSON_OFFENCES, bits, UINT64_MAX - 1, counts, sizeof counts);
    bits = write_bytes(headers, PERSON_UNDATED, bits, 0, undated, sizeof undated);
    write_bytes(headers, OFFENCE_DATE, bits, 0, dates, sizeof dates);
    write_checksum(bytes, size);
    assert_non_null(history_block_open(&block, bytes, size));
    /* The same with counts that are what they seem opens. */
    headers[(size_t)PERSON_OFFENCES * COLUMN_HEADER_SIZE + 2] = 0;
    memset(headers + (size_t)PERSON_OFFENCES * COLUMN_HEADER_SIZE + 2, 0, 8);
    memcpy(bytes + HISTORY_BITS_AT, "\1\0\2\0\0\1", 6);
    write_checksum(bytes, size);
    assert_null(history_block_open(&block, bytes, size));
    free(bytes);
}

static void days_outside_the_calendar_are_refused(void **state) {
    (void)state;
    static const history_column days[] = {PERSON_BIRTH,     APPEARANCE_DATE, OFFENCE_DATE,
                                          OFFENCE_PROVEN,   OFFENCE_SPAN,    MEMBERSHIP_START,
                                          MEMBERSHIP_END};
    static const int64_t bases[] = {INT64_MIN + 1, INT64_MAX, INT32_MAX, INT32_MIN,
                                    CALENDAR_LAST_DAY + 1, 2 * (int64_t)CALENDAR_FIRST_DAY};
    static model_person people[PEOPLE];
    size_t size;
    uint8_t *bytes = pack(6, people, PEOPLE, &size);
    for (size_t i = 0; i < count_of(days); i++) {
        for (size_t k = 0; k < count_of(bases); k++) {
            history_block block;
            uint8_t *forged = cut(bytes, size);
            write_base(forged, days[i], (uint64_t)bases[k]);
            write_checksum(forged, size);
            if (!history_block_open(&block, forged, size))
                fail_msg("column %d with base %lld opens", (int)days[i], (long long)bases[k]);
            free(forged);
        }
    }
    free(bytes);
}

/* --- running out of memory ------------------------------------------------------------------- */

static void packing_without_memory_leaks_nothing(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    uint32_t draw = 9;
    bool done = false;
    for (int i = 0; i < PEOPLE; i++)
        make_person(&people[i], i, &draw);
    for (long fail_at = 1; !done; fail_at++) {
        failing_memory from;
        dictionary texts;
        history_builder builder;
        const uint8_t *bytes;
        size_t size;
        failing_memory_start(&from, fail_at);
        dictionary_init(&texts, &from.base);
        history_builder_init(&builder, &from.base, &texts);
        done = true;
        for (int i = 0; done && i < PEOPLE; i++)
            done = add_person(&builder, &people[i]);
        done = done && history_builder_pack(&builder, &bytes, &size);
        history_builder_free(&builder);
        dictionary_free(&texts);
        assert_int_equal(from.live, 0);
        assert_true(fail_at < 1000);
    }
}

static void asking_without_memory_leaks_nothing(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    size_t size;
    uint8_t *bytes = pack(8, people, PEOPLE, &size);
    history_block block;
    queries asked;
    assert_null(history_block_open(&block, bytes, size));
    start_queries(&asked);
    uint64_t all = ask_everything(&asked, &block), seen = 0;
    for (long fail_at = 1; fail_at < 100; fail_at++) {
        asked.from.fail_at = asked.from.requests + fail_at;
        seen = ask_everything(&asked, &block);
    }
    assert_true(seen == all);
    end_queries(&asked);
    free(bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_is_read),
        cmocka_unit_test(nobody_is_a_block_too),
        cmocka_unit_test(every_changed_byte_is_refused),
        cmocka_unit_test(every_shorter_block_is_refused),
        cmocka_unit_test(one_forged_byte_is_never_followed_outside),
        cmocka_unit_test(many_forged_bytes_are_never_followed_outside),
        cmocka_unit_test(counts_that_wrap_are_refused),
        cmocka_unit_test(days_outside_the_calendar_are_refused),
        cmocka_unit_test(packing_without_memory_leaks_nothing),
        cmocka_unit_test(asking_without_memory_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
