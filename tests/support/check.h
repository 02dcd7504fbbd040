/* check.h - what every C test includes: cmocka and the few checks it lacks. */
#ifndef REOFFEND_TESTS_CHECK_H
#define REOFFEND_TESTS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* |actual - expected| <= tolerance, or both not a number. cmocka's own compares as float. */
#define assert_near(actual, expected, tolerance)                                                   \
    check_near((actual), (expected), (tolerance), __FILE__, __LINE__)

static inline void check_near(double actual, double expected, double tolerance, const char *file,
                              int line) {
    if (fabs(actual - expected) <= tolerance || (isnan(actual) && isnan(expected)))
        return;
    print_error("%.17g is not within %g of %.17g\n", actual, tolerance, expected);
    _fail(file, line);
}

#define count_of(array) (sizeof(array) / sizeof((array)[0]))

#endif
