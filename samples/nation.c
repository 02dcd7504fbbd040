/* nation - writes a synthetic nation as raw extract files.
**
**   nation --out DIR [--scale 0.01] [--seed 2011] [--from 2000] [--to 2011]
**
** Scale 1 is about the size of England and Wales: 8 million people with a record, 60 million
** rows. The same options give the same bytes on any machine. Memory does not grow with the scale.
** Nothing written describes a real person, and every folder says so. See samples/README.md.
**
** Exit status: 0 good, 1 a file could not be written, 2 usage.
*/
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "nation_extract.h"
#include "nation_identity.h"

typedef struct request {
    const char *directory;
    double scale;
    uint64_t seed;
    int from, to;
} request;

static void print_usage(FILE *stream) {
    fputs("usage: nation --out DIR [--scale N] [--seed N] [--from YEAR] [--to YEAR]\n"
          "Writes a synthetic nation as raw extract CSV files. No row is about a real person.\n"
          "  --out DIR    folder for the files; made when missing (its parent must exist)\n"
          "  --scale N    size against England and Wales, above 0 up to 1 (default 0.01)\n"
          "  --seed N     whole number the random numbers start from (default 2011)\n"
          "  --from YEAR  first year of arrests, releases and tests, 1996 up (default 2000);\n"
          "               earlier convictions and cautions are there as history\n"
          "  --to YEAR    last year; its last day is the extract date, up to 2030\n"
          "               (default 2011)\n"
          "  --help       this text\n",
          stream);
}

/* False: the text is no number of the range; says so. */
static bool read_number(const char *option, const char *text, double low, double high,
                        double *value) {
    char *end;
    errno = 0;
    *value = strtod(text, &end);
    if (end != text && *end == '\0' && errno == 0 && *value >= low && *value <= high) return true;
    fprintf(stderr, "nation: %s: expected a number from %g to %g\n", option, low, high);
    return false;
}

static bool read_whole(const char *option, const char *text, double low, double high, int *value) {
    double number;
    if (!read_number(option, text, low, high, &number)) return false;
    *value = (int)number;
    if ((double)*value == number) return true;
    fprintf(stderr, "nation: %s: expected a whole number\n", option);
    return false;
}

/* 0: go on; 1: help was asked for and given; 2: misuse. */
static int read_options(int count, char **arguments, request *wanted) {
    static const struct option options[] = {
        {"out", required_argument, NULL, 'o'},  {"scale", required_argument, NULL, 's'},
        {"seed", required_argument, NULL, 'e'}, {"from", required_argument, NULL, 'f'},
        {"to", required_argument, NULL, 't'},   {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0}};
    int option;
    char *end;
    while ((option = getopt_long(count, arguments, "", options, NULL)) != -1) {
        bool good = true;
        switch (option) {
        case 'o': wanted->directory = optarg; break;
        case 's': good = read_number("--scale", optarg, 0.00001, 1.0, &wanted->scale); break;
        case 'e':
            wanted->seed = strtoull(optarg, &end, 10);
            good = *optarg >= '0' && *optarg <= '9' && *end == '\0';
            if (!good) fputs("nation: --seed: expected a whole number, 0 or more\n", stderr);
            break;
        case 'f': good = read_whole("--from", optarg, 1996, 2030, &wanted->from); break;
        case 't': good = read_whole("--to", optarg, 1996, 2030, &wanted->to); break;
        case 'h': print_usage(stdout); return 1;
        default: return 2;
        }
        if (!good) return 2;
    }
    if (wanted->directory == NULL || optind < count || wanted->from > wanted->to) {
        print_usage(stderr);
        return 2;
    }
    return 0;
}

int main(int count, char **arguments) {
    static career life;   /* too large for the stack */
    static extract output;
    request wanted = {.scale = 0.01, .seed = 2011, .from = 2000, .to = 2011};
    nation plan;
    int said = read_options(count, arguments, &wanted);
    bool good;
    if (said != 0) return said == 1 ? 0 : 2;
    if (mkdir(wanted.directory, 0777) != 0 && errno != EEXIST) {
        perror(wanted.directory);
        return 1;
    }
    nation_plan(&plan, &model_default, wanted.seed, wanted.scale, wanted.from, wanted.to);
    if (plan.people > IDENTITY_PEOPLE) {
        fputs("nation: more people than PNC serials: take a smaller --scale or an earlier --to\n",
              stderr);
        return 2;
    }
    good = extract_open(&output, &plan, wanted.directory, wanted.scale);
    for (uint64_t person = 0; good && person < plan.people; person++) {
        career_make(&plan, person, &life);
        extract_write(&output, &life);
    }
    good = extract_close(&output) && good;
    return good ? 0 : 1;
}
