/* survival.h: a curve by hand, against R 4.2.2 (survival 3.5), complete follow-up, the text. */
#include "check.h"
#include "failing_memory.h"
#include "survival.h"

typedef struct watched {
    double time;
    bool event;
} watched;

static void build(survival_curve *curve, const memory *from, const watched *people, size_t count) {
    *curve = (survival_curve){.from = from};
    for (size_t i = 0; i < count; i++)
        assert_true(survival_add(curve, people[i].time, people[i].event));
    survival_sort(curve);
}

/* The 6-MP arm of Freireich's trial (Gehan 1965), used in every textbook: survfit's summary. */
static void freireich_equals_r(void **state) {
    (void)state;
    static const watched people[] = {
        {6, true},  {6, true},  {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
        {10, false}, {11, false}, {13, true}, {16, true},  {17, false}, {19, false}, {20, false},
        {22, true}, {23, true}, {25, false}, {32, false}, {32, false}, {34, false}, {35, false},
    };
    static const struct {
        double time;
        int at_risk, events;
        double survival, std_error, low, high;
    } expected[] = {
        {6, 21, 3, 0.857142857142857, 0.0763603548321213, 0.71981708391627, 1},
        {7, 17, 1, 0.80672268907563, 0.0869352851800572, 0.653124218462171, 0.996443675908659},
        {10, 15, 1, 0.752941176470588, 0.0963496529943205, 0.585918982029694, 0.967574754552297},
        {13, 12, 1, 0.690196078431372, 0.10681470777501, 0.50961309910178, 0.93476919553613},
        {16, 11, 1, 0.627450980392157, 0.114053865256753, 0.439393924968767, 0.895994938535082},
        {22, 7, 1, 0.53781512605042, 0.128233751693034, 0.337036616157685, 0.858200848044665},
        {23, 6, 1, 0.448179271708683, 0.13459145675576, 0.24878822681766, 0.807372045529077},
    };
    failing_memory m;
    survival_curve curve;
    failing_memory_start(&m, 0);
    build(&curve, &m.base, people, count_of(people));
    survival_walk walk = survival_walk_from(&curve);
    survival_estimate here;
    for (size_t i = 0; i < count_of(expected); i++) {
        while (walk.step < curve.count && curve.steps[walk.step].time < expected[i].time)
            survival_walk_on(&walk);
        assert_true(survival_walk_here(&walk, 0.95, &here));
        assert_int_equal(walk.at_risk, expected[i].at_risk);
        assert_int_equal(curve.steps[walk.step].events, expected[i].events);
        assert_near(here.survival, expected[i].survival, 1e-12);
        assert_near(here.std_error, expected[i].std_error, 1e-12);
        assert_near(here.low, expected[i].low, 1e-12);
        assert_near(here.high, expected[i].high, 1e-12);
    }
    survival_free(&curve);
    assert_int_equal(m.live, 0);
}

/* Note 5: nobody out of sight before the end, so 1 - survival is the plain share. */
static void complete_follow_up_is_the_plain_share(void **state) {
    (void)state;
    failing_memory m;
    survival_curve curve = {.from = &m.base};
    int by[366] = {0}, sum = 0, people = 700;
    failing_memory_start(&m, 0);
    for (int i = 0; i < people; i++) {
        bool event = i * i % 5 < 2;
        int day = event ? 1 + i * 37 % 365 : 365;
        assert_true(survival_add(&curve, day, event));
        by[day] += event;
    }
    survival_sort(&curve);
    survival_estimate here;
    for (survival_walk walk = survival_walk_from(&curve);
         survival_walk_here(&walk, 0.95, &here); survival_walk_on(&walk)) {
        sum += by[(int)curve.steps[walk.step].time];
        double share = (double)sum / people;
        assert_near(1 - here.survival, share, 1e-14);
        assert_near(here.std_error, sqrt(share * (1 - share) / people), 1e-14);
    }
    assert_true(sum > 0);
    survival_free(&curve);
}

static void nobody_left(void **state) {
    (void)state;
    failing_memory m;
    survival_curve curve;
    survival_estimate here;
    failing_memory_start(&m, 0);
    build(&curve, &m.base, (watched[]){{0, true}, {2.5, true}, {2.5, true}}, 3);
    assert_int_equal(curve.count, 2);
    survival_walk walk = survival_walk_from(&curve);
    assert_true(survival_walk_here(&walk, 0.95, &here));
    assert_near(here.survival, 2.0 / 3, 1e-15);
    assert_near(here.high, 1, 0);
    survival_walk_on(&walk);
    assert_true(survival_walk_here(&walk, 0.95, &here));
    assert_near(here.survival, 0, 0);
    survival_walk_on(&walk);
    assert_false(survival_walk_here(&walk, 0.95, &here));
    survival_free(&curve);
    curve = (survival_curve){.from = &m.base};
    survival_sort(&curve);
    walk = survival_walk_from(&curve);
    assert_false(survival_walk_here(&walk, 0.95, &here));
    assert_int_equal(m.live, 0);
}

static void text_there_and_back(void **state) {
    (void)state;
    failing_memory m;
    survival_curve curve, back;
    failing_memory_start(&m, 0);
    build(&curve, &m.base, (watched[]){{30, true}, {12.25, false}, {30, false}}, 3);
    json_text text = {.from = &m.base};
    assert_true(survival_write(&curve, &text));
    static const char expected[] = "{\"survival\":1,\"steps\":[[12.25,0,1],[30,1,1]]}";
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.bytes, expected, text.length);
    assert_true(survival_read(&back, &m.base, text.bytes, text.length));
    assert_int_equal(back.count, 2);
    assert_memory_equal(back.steps, curve.steps, 2 * sizeof *curve.steps);
    survival_free(&back);
    for (size_t length = 0; length < text.length; length++)
        assert_false(survival_read(&back, &m.base, text.bytes, length));
    static const char *const broken[] = {
        "{}", "{\"survival\":2,\"steps\":[]}", "{\"survival\":1,\"steps\":[[1,1]]}",
        "{\"survival\":1,\"steps\":[[1,0,0]]}", "{\"survival\":1,\"steps\":[[1,1,0.5]]}",
        "{\"survival\":1,\"steps\":[[2,1,0],[1,1,0]]}", "{\"survival\":1,\"steps\":[[-1,1,0]]}",
        "{\"survival\":1,\"steps\":[[1,1,0,0]]}", "{\"survival\":1,\"steps\":[[1,1e300,0]]}",
    };
    for (size_t i = 0; i < count_of(broken); i++)
        if (survival_read(&back, &m.base, broken[i], strlen(broken[i]))) fail_msg("%s", broken[i]);
    json_write_free(&text);
    survival_free(&curve);
    assert_int_equal(m.live, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(freireich_equals_r),
        cmocka_unit_test(complete_follow_up_is_the_plain_share),
        cmocka_unit_test(nobody_left),
        cmocka_unit_test(text_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
