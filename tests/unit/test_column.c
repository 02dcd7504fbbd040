/* column.h: any numbers come back, NULLs too, at every width; other headers are refused. */
#include "column.h"

#include <stdlib.h>

#include "check.h"

static uint64_t next_number(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 11 ^ *state << 21;
}

/* Unpacked from any row on, in any number, the values are those that are read one by one. */
static void expect_unpacked(const packed_column *opened, const int64_t *values, size_t count) {
    enum { NONE = -77 };
    int32_t unpacked[70];
    if (!column_fits_32(opened) || count > count_of(unpacked)) return;
    for (size_t first = 0; first < count; first++) {
        for (size_t some = 0; first + some <= count; some += 1 + some / 3) {
            column_unpack(opened, first, some, NONE, unpacked);
            for (size_t i = 0; i < some; i++)
                assert_int_equal(unpacked[i],
                                 values[first + i] == COLUMN_NULL ? NONE : values[first + i]);
        }
    }
}

/* Packs, reads the header back, and reads all values. Returns the width. */
static uint32_t expect_back(const int64_t *values, size_t count) {
    packed_column planned = column_plan(values, count), opened;
    size_t size = column_size(&planned, count);
    uint8_t header[COLUMN_HEADER_SIZE];
    uint8_t *bits = calloc(size + COLUMN_PADDING, 1);
    column_write_header(&planned, header);
    column_write(&planned, values, count, bits);
    assert_true(column_read_header(&opened, header));
    opened.bits = bits;
    for (size_t i = 0; i < count; i++) {
        if (column_or(&opened, i, COLUMN_NULL) != values[i])
            fail_msg("value %zu of %zu at width %d", i, count, (int)opened.width);
        if (!opened.has_null) assert_true(column_at(&opened, i) == values[i]);
    }
    expect_unpacked(&opened, values, count);
    free(bits);
    return opened.width;
}

static void hand_cases(void **state) {
    (void)state;
    static const int64_t equal[] = {-5, -5, -5};
    static const int64_t nulls[] = {COLUMN_NULL, COLUMN_NULL};
    static const int64_t one_or_null[] = {7, COLUMN_NULL, 7};
    static const int64_t ends[] = {INT64_MIN + 1, INT64_MAX, 0};
    static const int64_t ends_and_null[] = {INT64_MIN + 2, INT64_MAX, COLUMN_NULL};
    static const int64_t wide[] = {0, (INT64_C(1) << 56) - 1};
    static const int64_t wider[] = {0, INT64_C(1) << 56};
    assert_int_equal(expect_back(equal, 3), 0);
    assert_int_equal(expect_back(equal, 0), 0);
    assert_int_equal(expect_back(nulls, 2), 0);
    assert_int_equal(expect_back(one_or_null, 3), 1);
    assert_int_equal(expect_back(ends, 3), 64);
    assert_int_equal(expect_back(ends_and_null, 3), 64);
    assert_int_equal(expect_back(wide, 2), 56);
    assert_int_equal(expect_back(wider, 2), 64);
}

static void every_width_comes_back(void **state) {
    (void)state;
    uint64_t draw = 1;
    for (uint32_t width = 0; width < 64; width++) {
        for (size_t count = 1; count < 70; count += 13) {
            int64_t values[70];
            int64_t base = (int64_t)(next_number(&draw) >> 2);
            uint64_t mask = width ? UINT64_MAX >> (64 - width) : 0;
            for (size_t i = 0; i < count; i++)
                values[i] = (int64_t)((uint64_t)base / 2 + (next_number(&draw) & mask >> 1));
            if (width % 3 == 0) values[count / 2] = COLUMN_NULL;
            expect_back(values, count);
        }
    }
}

static void small_numbers_are_unpacked_at_every_width(void **state) {
    (void)state;
    uint64_t draw = 2;
    for (uint32_t width = 0; width < 32; width++) {
        for (size_t count = 1; count < 70; count += 7) {
            int64_t values[70];
            for (size_t i = 0; i < count; i++)
                values[i] =
                    INT32_MIN / 2 + (int64_t)(next_number(&draw) & ((UINT64_C(1) << width) - 1));
            if (width % 3 == 0) values[count / 2] = COLUMN_NULL;
            expect_back(values, count);
        }
    }
}

static void only_what_fits_in_32_bits_is_said_to(void **state) {
    (void)state;
    static const struct {
        int64_t low, high;
        bool fits;
    } cases[] = {{0, 0, true},
                 {INT32_MIN, 0, false}, /* 32 bits wide */
                 {INT32_MIN, -1, true},
                 {0, INT32_MAX, true},
                 {1, INT32_MAX, false}, /* 31 bits leave room above */
                 {INT32_MAX - 1, (int64_t)INT32_MAX + 1, false},
                 {(int64_t)INT32_MIN - 1, INT32_MIN, false},
                 {INT64_MIN + 1, INT64_MIN + 1, false},
                 {INT64_MAX, INT64_MAX, false}};
    for (size_t i = 0; i < count_of(cases); i++) {
        const int64_t ends[] = {cases[i].low, cases[i].high};
        packed_column planned = column_plan(ends, 2);
        assert_int_equal(column_fits_32(&planned), cases[i].fits);
    }
}

static void a_constant_is_known_as_one(void **state) {
    (void)state;
    static const int64_t equal[] = {4, 4}, with_null[] = {4, COLUMN_NULL}, two[] = {4, 5};
    packed_column planned = column_plan(equal, 2);
    assert_true(column_is_constant(&planned, 4));
    assert_false(column_is_constant(&planned, 5));
    planned = column_plan(with_null, 2);
    assert_false(column_is_constant(&planned, 4));
    planned = column_plan(two, 2);
    assert_false(column_is_constant(&planned, 4));
}

static void headers_nobody_wrote_are_refused(void **state) {
    (void)state;
    uint8_t header[COLUMN_HEADER_SIZE] = {0};
    packed_column opened;
    for (int width = 0; width < 256; width++) {
        header[0] = (uint8_t)width;
        assert_int_equal(column_read_header(&opened, header), width <= 56 || width == 64);
    }
    header[0] = 8;
    header[1] = 2;
    assert_false(column_read_header(&opened, header));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hand_cases),
        cmocka_unit_test(every_width_comes_back),
        cmocka_unit_test(small_numbers_are_unpacked_at_every_width),
        cmocka_unit_test(only_what_fits_in_32_bits_is_said_to),
        cmocka_unit_test(a_constant_is_known_as_one),
        cmocka_unit_test(headers_nobody_wrote_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
