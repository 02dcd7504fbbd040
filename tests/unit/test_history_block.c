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

/* A block's parts, each in memory of exactly its size. */
typedef struct packed {
    uint8_t *bytes[HISTORY_PARTS];
    size_t size[HISTORY_PARTS];
} packed;

static void free_packed(packed *freed) {
    for (int part = 0; part < HISTORY_PARTS; part++)
        free(freed->bytes[part]);
}

/* A copy of the first `size` bytes in memory of exactly that size. */
static uint8_t *cut(const uint8_t *bytes, size_t size) {
    uint8_t *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    return copy;
}

static const char *open_packed(history_block *block, const packed *from) {
    history_bytes parts[HISTORY_PARTS];
    for (int part = 0; part < HISTORY_PARTS; part++)
        parts[part] = (history_bytes){from->bytes[part], from->size[part]};
    return history_block_open(block, parts);
}

static size_t whole_size(const packed *of) {
    return of->size[HISTORY_COUNTED] + of->size[HISTORY_DESCRIBED];
}

/* A byte of the parts taken together. */
static uint8_t *byte_at(packed *of, size_t at, size_t *in_part) {
    int part = at >= of->size[HISTORY_COUNTED];
    *in_part = part ? at - of->size[HISTORY_COUNTED] : at;
    return of->bytes[part] + *in_part;
}

/* Packs random people; the bytes are the caller's to free. */
static packed pack(uint32_t seed, model_person *people, int count) {
    failing_memory from;
    dictionary texts;
    history_builder builder;
    history_bytes parts[HISTORY_PARTS];
    packed made;
    failing_memory_start(&from, 0);
    dictionary_init(&texts, &from.base);
    add_texts(&texts);
    history_builder_init(&builder, &from.base, &texts);
    for (int i = 0; i < count; i++) {
        make_person(&people[i], 1000 + 7 * i, &seed);
        assert_true(add_person(&builder, &people[i]));
    }
    assert_int_equal(history_builder_people(&builder), count);
    assert_true(history_builder_pack(&builder, parts));
    assert_int_equal(history_builder_people(&builder), 0);
    for (int part = 0; part < HISTORY_PARTS; part++) {
        made.size[part] = parts[part].size;
        made.bytes[part] = cut(parts[part].bytes, parts[part].size);
    }
    history_builder_free(&builder);
    dictionary_free(&texts);
    assert_int_equal(from.live, 0);
    return made;
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
    history_offender offender = history_offender_of(person);
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
        packed bytes = pack(seed, people, count);
        history_block block;
        history_person person;
        assert_null(open_packed(&block, &bytes));
        assert_true(history_first_person(&block, &person));
        for (int i = 0; i < count; i++) {
            history_person found;
            expect_person(&person, &people[i]);
            assert_true(history_find_person(&block, people[i].offender.id, &found));
            expect_person(&found, &people[i]);
            assert_false(history_find_person(&block, people[i].offender.id + 1, &found));
            assert_int_equal(history_next_person(&person), i + 1 < count);
        }
        free_packed(&bytes);
    }
}

static void nobody_is_a_block_too(void **state) {
    (void)state;
    packed bytes = pack(1, NULL, 0);
    history_block block;
    history_person person;
    assert_null(open_packed(&block, &bytes));
    assert_false(history_first_person(&block, &person));
    assert_false(history_find_person(&block, 1, &person));
    free_packed(&bytes);
}

/* --- damage and forgery ---------------------------------------------------------------------- */

static const uint8_t flips[] = {0x01, 0x80, 0x40, 0xff};

static void every_changed_byte_is_refused(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    packed bytes = pack(3, people, PEOPLE);
    history_block block;
    for (size_t at = 0; at < whole_size(&bytes); at++) {
        size_t in_part;
        uint8_t *byte = byte_at(&bytes, at, &in_part);
        for (size_t i = 0; i < count_of(flips); i++) {
            *byte ^= flips[i];
            if (!open_packed(&block, &bytes))
                fail_msg("byte %zu changed by %d goes unnoticed", at, flips[i]);
            *byte ^= flips[i];
        }
    }
    assert_null(open_packed(&block, &bytes));
    free_packed(&bytes);
}

/* The second part of another block is refused, and either part in the other's place. */
static void parts_belong_together(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    packed one = pack(3, people, PEOPLE), other = pack(4, people, PEOPLE);
    history_block block;
    packed mixed = {{one.bytes[0], other.bytes[1]}, {one.size[0], other.size[1]}};
    packed exchanged = {{one.bytes[1], one.bytes[0]}, {one.size[1], one.size[0]}};
    assert_non_null(open_packed(&block, &mixed));
    assert_non_null(open_packed(&block, &exchanged));
    free_packed(&one);
    free_packed(&other);
}

/* Without the second part all that it holds reads as 0 or NULL, and the rest as before. */
static void the_second_part_can_be_left_out(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    packed whole = pack(3, people, PEOPLE);
    packed first = {{whole.bytes[0], NULL}, {whole.size[0], 0}};
    history_block block;
    history_person person;
    assert_null(open_packed(&block, &first));
    assert_true(history_first_person(&block, &person));
    for (int i = 0; i < PEOPLE; i++) {
        assert_int_equal(history_offender_of(&person).birth, people[i].offender.birth);
        for (uint32_t k = 0; k < people[i].appearance_count; k++) {
            history_appearance read = history_appearance_at(&block, person.appearance + k);
            assert_int_equal(read.date, people[i].appearances[k].date);
            assert_int_equal(read.ho_code, 0);
            assert_true(read.sentence == HISTORY_NULL);
        }
        assert_int_equal(history_next_person(&person), i + 1 < PEOPLE);
    }
    free_packed(&whole);
}

static void write_number(uint8_t *bytes, uint64_t number) {
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(number >> (8 * i));
}

static void write_checksums(packed *in) {
    uint64_t sum = 0;
    for (int part = 0; part < HISTORY_PARTS; part++) {
        if (in->size[part] < HISTORY_HEADERS_AT)
            continue;
        sum = history_part_checksum(&(history_bytes){in->bytes[part], in->size[part]}, sum);
        write_number(in->bytes[part] + HISTORY_CHECKSUM_AT, sum);
    }
}

static void every_shorter_block_is_refused(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    packed bytes = pack(4, people, PEOPLE);
    for (int part = 0; part < HISTORY_PARTS; part++) {
        for (size_t length = 0; length < bytes.size[part]; length++) {
            history_block block;
            packed shorter = {{cut(bytes.bytes[0], bytes.size[0]),
                               cut(bytes.bytes[1], bytes.size[1])},
                              {bytes.size[0], bytes.size[1]}};
            free(shorter.bytes[part]);
            shorter.bytes[part] = cut(bytes.bytes[part], length);
            shorter.size[part] = length;
            assert_non_null(open_packed(&block, &shorter));
            write_checksums(&shorter);
            assert_non_null(open_packed(&block, &shorter));
            free_packed(&shorter);
        }
    }
    free_packed(&bytes);
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
    uint64_t sum = (uint64_t)history_offender_of(person).id;
    for (uint32_t row = person->appearance; row < person->appearance_end; row++)
        sum += (uint64_t)history_appearance_at(person->block, row).date;
    for (uint32_t row = person->offence; row < person->offence_end; row++)
        sum += (uint64_t)history_offence_at(person->block, row).end;
    for (uint32_t row = person->membership; row < person->membership_end; row++)
        sum += (uint64_t)history_membership_at(person->block, row).end;
    return sum;
}

static uint64_t ask_rates(queries *asked, const history_block *block) {
    rates sum;
    rates_result result = RATES_NO_MEMORY;
    if (rates_init(&sum, &asked->from.base, &asked->windows, &asked->breakdowns,
                   (1u << TALLY_COUNTS) - 1)) {
        result = rates_add_block(&sum, block);
        tally_finish(&sum.tally);
    }
    rates_free(&sum);
    return result == RATES_ADDED;
}

static uint64_t ask_members(queries *asked, const history_block *block) {
    member_walk walk;
    member found;
    uint64_t seen = 0;
    member_walk_init(&walk, &asked->from.base, &asked->one, asked->book.weights,
                     asked->book.offence_codes);
    walk.with_record = true;
    member_result result = member_first(&walk, block, &found);
    for (; result == MEMBER_FOUND; result = member_next(&walk, &found))
        seen += (uint64_t)found.person.id;
    member_walk_free(&walk);
    return seen;
}

static uint64_t ask_everything(queries *asked, const history_block *block) {
    attrition steps;
    explanation explained;
    history_person person;
    uint64_t seen = ask_rates(asked, block) + ask_members(asked, block);
    attrition_init(&steps, &asked->from.base, &asked->one);
    seen += attrition_add_block(&steps, block);
    attrition_free(&steps);
    explanation_init(&explained, &asked->from.base);
    for (bool more = history_first_person(block, &person); more;
         more = history_next_person(&person)) {
        seen += read_all(&person);
        if (explanation_make(&explained, &asked->one, &person))
            seen += explained.count;
    }
    explanation_free(&explained);
    return seen;
}

/* Opens forged bytes; when they pass, asks them everything. */
static bool try_forged(queries *asked, packed *bytes) {
    history_block block;
    write_checksums(bytes);
    if (open_packed(&block, bytes))
        return false;
    ask_everything(asked, &block);
    return true;
}

static void one_forged_byte_is_never_followed_outside(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    queries asked;
    int passed = 0, refused = 0;
    packed bytes = pack(5, people, PEOPLE);
    start_queries(&asked);
    for (size_t at = 0; at < whole_size(&bytes); at++) {
        size_t in_part;
        uint8_t *byte = byte_at(&bytes, at, &in_part);
        if (in_part >= HISTORY_CHECKSUM_AT && in_part < HISTORY_HEADERS_AT)
            continue;
        for (size_t i = 0; i < count_of(flips); i++) {
            *byte ^= flips[i];
            bool open = try_forged(&asked, &bytes);
            passed += open;
            refused += !open;
            *byte ^= flips[i];
        }
    }
    assert_true(passed > 100 && refused > 100);
    end_queries(&asked);
    free_packed(&bytes);
}

static void many_forged_bytes_are_never_followed_outside(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    queries asked;
    uint32_t draw = 11;
    start_queries(&asked);
    for (uint32_t seed = 1; seed <= 1500; seed++) {
        packed bytes = pack(seed, people, 1 + (int)seed % 3);
        /* Headers say where to read: they are hit more often than values. */
        for (uint32_t hits = 1 + next_number(&draw) % 4; hits-- > 0;) {
            history_part part = next_number(&draw) % HISTORY_PARTS;
            size_t room = (next_number(&draw) % 3 ? history_bits_at(part) : bytes.size[part]) -
                          HISTORY_HEADERS_AT;
            bytes.bytes[part][HISTORY_HEADERS_AT + next_number(&draw) % room] =
                (uint8_t)next_number(&draw);
        }
        try_forged(&asked, &bytes);
        free_packed(&bytes);
    }
    end_queries(&asked);
}

/* Where the header of a column stands in its part. */
static size_t header_at(history_column which) {
    size_t at = HISTORY_HEADERS_AT;
    for (int i = 0; i < (int)which; i++)
        if (history_part_of((history_column)i) == history_part_of(which))
            at += COLUMN_HEADER_SIZE;
    return at;
}

/* Writes a column of bytes, eight bits a value, over `count` rows. */
static uint8_t *write_bytes(uint8_t *part, history_column which, uint8_t *bits, uint64_t base,
                            const uint8_t *values, size_t count) {
    uint8_t *header = part + header_at(which);
    header[0] = 8;
    write_number(header + 2, base);
    memcpy(bits, values, count);
    return bits + count;
}

/* Three people with 2, -2 and 3 offences; the second of them has 200 without a date. The sum is
** right, and so is every comparison without sign, but the second person's dated offences end far
** behind the block. */
static void counts_that_wrap_are_refused(void **state) {
    (void)state;
    static const uint8_t counts[] = {4, 0, 5}, undated[] = {0, 200, 0}, dates[] = {1, 2, 3};
    size_t begin = history_bits_at(HISTORY_COUNTED);
    size_t size = begin + sizeof counts + sizeof undated + sizeof dates + COLUMN_PADDING;
    packed forged = {{calloc(1, size), NULL}, {size, 0}};
    uint8_t *bytes = forged.bytes[HISTORY_COUNTED], *bits = bytes + begin;
    history_block block;
    bytes[0] = HISTORY_FORMAT;
    bytes[8] = 3;  /* people */
    bytes[16] = 3; /* offences */
    bits = write_bytes(bytes, PERSON_OFFENCES, bits, UINT64_MAX - 1, counts, sizeof counts);
    bits = write_bytes(bytes, PERSON_UNDATED, bits, 0, undated, sizeof undated);
    write_bytes(bytes, OFFENCE_DATE, bits, 0, dates, sizeof dates);
    write_checksums(&forged);
    assert_non_null(open_packed(&block, &forged));
    /* The same with counts that are what they seem opens. */
    write_number(bytes + header_at(PERSON_OFFENCES) + 2, 0);
    memcpy(bytes + begin, "\1\0\2\0\0\1", 6);
    write_checksums(&forged);
    assert_null(open_packed(&block, &forged));
    free_packed(&forged);
}

static void days_outside_the_calendar_are_refused(void **state) {
    (void)state;
    static const history_column days[] = {PERSON_BIRTH,     APPEARANCE_DATE, OFFENCE_DATE,
                                          OFFENCE_PROVEN,   RANGE_DAYS,      MEMBERSHIP_START,
                                          MEMBERSHIP_END};
    static const int64_t bases[] = {INT64_MIN + 1, INT64_MAX, INT32_MAX, INT32_MIN,
                                    CALENDAR_LAST_DAY + 1, 2 * (int64_t)CALENDAR_FIRST_DAY};
    static model_person people[PEOPLE];
    packed bytes = pack(6, people, PEOPLE);
    for (size_t i = 0; i < count_of(days); i++) {
        uint8_t *base = bytes.bytes[HISTORY_COUNTED] + header_at(days[i]) + 2, right[8];
        memcpy(right, base, sizeof right);
        for (size_t k = 0; k < count_of(bases); k++) {
            history_block block;
            write_number(base, (uint64_t)bases[k]);
            write_checksums(&bytes);
            if (!open_packed(&block, &bytes))
                fail_msg("column %d with base %lld opens", (int)days[i], (long long)bases[k]);
        }
        memcpy(base, right, sizeof right);
    }
    free_packed(&bytes);
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
        history_bytes parts[HISTORY_PARTS];
        failing_memory_start(&from, fail_at);
        dictionary_init(&texts, &from.base);
        history_builder_init(&builder, &from.base, &texts);
        done = true;
        for (int i = 0; done && i < PEOPLE; i++)
            done = add_person(&builder, &people[i]);
        done = done && history_builder_pack(&builder, parts);
        history_builder_free(&builder);
        dictionary_free(&texts);
        assert_int_equal(from.live, 0);
        assert_true(fail_at < 1000);
    }
}

static void asking_without_memory_leaks_nothing(void **state) {
    (void)state;
    static model_person people[PEOPLE];
    packed bytes = pack(8, people, PEOPLE);
    history_block block;
    queries asked;
    assert_null(open_packed(&block, &bytes));
    start_queries(&asked);
    uint64_t all = ask_everything(&asked, &block), seen = 0;
    for (long fail_at = 1; fail_at < 100; fail_at++) {
        asked.from.fail_at = asked.from.requests + fail_at;
        seen = ask_everything(&asked, &block);
    }
    assert_true(seen == all);
    end_queries(&asked);
    free_packed(&bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_is_read),
        cmocka_unit_test(nobody_is_a_block_too),
        cmocka_unit_test(every_changed_byte_is_refused),
        cmocka_unit_test(parts_belong_together),
        cmocka_unit_test(the_second_part_can_be_left_out),
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
