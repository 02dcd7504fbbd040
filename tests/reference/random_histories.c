/* random_histories.c - random people: the engine against the rules in plain SQL.
**
**   random_histories [--seed N] [--histories N] [--case K] [--extension PATH] [--reference PATH]
**                    [--prediction PATH]
**
** Makes cases of some people each until so many histories (people) have been compared. A case that
** differs is made small and printed; the exit status is then 1. `--case K` runs that case of the
** seed alone.
*/
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_case.h"
#include "shrinking.h"

typedef struct settings {
    uint64_t seed;
    long histories, only_case; /* only_case -1: all */
    const char *extension, *reference, *prediction;
} settings;

static int usage(void) {
    fprintf(stderr, "usage: random_histories [--seed N] [--histories N] [--case K]"
                    " [--extension PATH] [--reference PATH] [--prediction PATH]\n");
    return 2;
}

static bool read_settings(int argc, char **argv, settings *read) {
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *value = argv[i + 1];
        if (strcmp(argv[i], "--seed") == 0) {
            read->seed = strtoull(value, NULL, 10);
        } else if (strcmp(argv[i], "--histories") == 0) {
            read->histories = strtol(value, NULL, 10);
        } else if (strcmp(argv[i], "--case") == 0) {
            read->only_case = strtol(value, NULL, 10);
        } else if (strcmp(argv[i], "--extension") == 0) {
            read->extension = value;
        } else if (strcmp(argv[i], "--reference") == 0) {
            read->reference = value;
        } else if (strcmp(argv[i], "--prediction") == 0) {
            read->prediction = value;
        } else {
            return false;
        }
    }
    return argc % 2 == 1;
}

static void report(comparison *with, sqlite3 *failing, const settings *given, long number,
                   char *found) {
    printf("FAILED seed %llu case %ld: %s\n", (unsigned long long)given->seed, number, found);
    sqlite3_free(found);
    shrink_case(with, failing);
    found = comparison_run(with, failing);
    printf("-- made small (again: --seed %llu --case %ld):\n", (unsigned long long)given->seed,
           number);
    print_case(failing);
    printf("-- %s\n", found ? found : "the difference went away: it depends on more than the case");
    sqlite3_free(found);
}

int main(int argc, char **argv) {
    settings given = {1, 4000, -1, "build/release/reoffend", "tests/reference/reference.sql",
                      "tests/reference/prediction.sql"};
    if (!read_settings(argc, argv, &given)) return usage();
    /* Keep freed memory: giving it back after each small query takes longer than the query. */
    mallopt(M_MMAP_THRESHOLD, 1 << 28);
    mallopt(M_TRIM_THRESHOLD, 1 << 28);
    comparison with;
    if (!comparison_open(&with, given.reference, given.prediction, given.extension)) return 2;
    long histories = 0, cases = 0;
    bool failed = false;
    for (long number = given.only_case < 0 ? 0 : given.only_case; !failed; number++) {
        sqlite3 *made = random_case_make(given.seed, (uint64_t)number);
        char *found = comparison_run(&with, made);
        histories += random_case_people(made);
        cases++;
        failed = found != NULL;
        if (failed) report(&with, made, &given, number, found);
        sqlite3_close(made);
        if (given.only_case >= 0 || histories >= given.histories) break;
    }
    printf("seed %llu: %ld histories in %ld cases, %ld cells compared\n",
           (unsigned long long)given.seed, histories, cases, with.cells);
    printf("%ld passed, %d failed\n", failed ? cases - 1 : cases, failed);
    comparison_close(&with);
    return failed;
}
