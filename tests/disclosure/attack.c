/* attack.c - an attack on published tables, told as equations on the standard input (attacker.h).
**
**   block NAME               a system by itself; ends with the next one
**   unknown NAME LEAST KIND  KIND: secret (a hidden figure), open (published nowhere: that it is
**                            few is a find, that it is many is none) or free (never a find)
**   sum VALUE +NAME -NAME …  a known sum of unknowns of the block; +20*NAME: so many times
**
** Prints each find: `BLOCK NAME is VALUE` (by elimination), `BLOCK NAME lies from LOW to HIGH`
** (bounds, linear programming), then `UNKNOWNS unknown, SECRETS secret, FOUND found`. Exit status:
** 0 nothing found, 1 something found, 2 the input is wrong. The width that counts as narrow is the
** first argument (5). */
#include "attacker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_LIMIT = 1 << 20, NAME_LIMIT = 200, NEAREST_SUMS = 40 };

typedef struct named {
    char name[NAME_LIMIT];
    size_t unknown;
} named;

typedef struct block {
    char name[NAME_LIMIT];
    attacker a;
    named *names; /* by unknown */
    named *sorted;
    char *kind; /* by unknown: the first letter */
    size_t capacity;
    bool is_sorted;
} block;

typedef struct total {
    size_t unknowns, secrets, found;
} total;

static void die(const char *why, const char *what) {
    fprintf(stderr, "attack: %s: %s\n", why, what);
    exit(2);
}

static int compare_names(const void *left, const void *right) {
    return strcmp(((const named *)left)->name, ((const named *)right)->name);
}

static void add_unknown(block *b, const char *name, long least, char kind) {
    size_t count = b->a.unknown_count;
    if (count == b->capacity) {
        b->capacity = 2 * b->capacity + 64;
        b->names = realloc(b->names, b->capacity * sizeof *b->names);
        b->kind = realloc(b->kind, b->capacity);
        if (!b->names || !b->kind) abort();
    }
    if (strlen(name) >= NAME_LIMIT) die("name too long", name);
    strcpy(b->names[count].name, name);
    b->names[count].unknown = attacker_add_unknown(&b->a, least);
    b->kind[count] = kind;
    if (kind == 'f') attacker_ignore(&b->a, count);
    b->is_sorted = false;
}

static size_t find_unknown(block *b, const char *name) {
    size_t count = b->a.unknown_count;
    if (!b->is_sorted) {
        b->sorted = realloc(b->sorted, (count + 1) * sizeof *b->sorted);
        if (!b->sorted) abort();
        memcpy(b->sorted, b->names, count * sizeof *b->sorted);
        qsort(b->sorted, count, sizeof *b->sorted, compare_names);
        b->is_sorted = true;
    }
    named wanted;
    snprintf(wanted.name, sizeof wanted.name, "%s", name);
    named *found = bsearch(&wanted, b->sorted, count, sizeof wanted, compare_names);
    if (!found) die("no such unknown", name);
    return found->unknown;
}

static void add_sum(block *b, char *terms) {
    char *word = strtok(terms, " ");
    attacker_begin_sum(&b->a, atol(word));
    while ((word = strtok(NULL, " ")) != NULL) {
        char *star = strchr(word, '*');
        long weight = star ? atol(word) : *word == '-' ? -1 : 1;
        attacker_add_term(&b->a, find_unknown(b, star ? star + 1 : word + 1), weight);
    }
}

/* Whether an interval, of whole numbers, gives something away. */
static bool is_find(const block *b, size_t unknown, double width) {
    double low = ceil(b->a.low[unknown] - 1e-4), high = floor(b->a.high[unknown] + 1e-4);
    if (high - low >= width - 1e-6 || b->kind[unknown] == 'f') return false;
    return b->kind[unknown] == 's' || (high < width && high > 0.0);
}

static void attack(block *b, double width, total *sum) {
    attacker_eliminate(&b->a);
    attacker_bound(&b->a);
    if (!attacker_program(&b->a, NEAREST_SUMS)) die("sums contradict one another", b->name);
    for (size_t i = 0; i < b->a.unknown_count; i++) {
        sum->unknowns++;
        sum->secrets += b->kind[i] == 's';
        if (!is_find(b, i, width)) continue;
        sum->found++;
        if (b->a.solved[i])
            printf("%s %s is %ld\n", b->name, b->names[i].name, (long)b->a.solution[i]);
        else
            printf("%s %s lies from %g to %g\n", b->name, b->names[i].name, b->a.low[i],
                   b->a.high[i]);
    }
}

static void finish(block *b, double width, total *sum) {
    if (b->a.unknown_count > 0) attack(b, width, sum);
    attacker_free(&b->a);
    free(b->names);
    free(b->sorted);
    free(b->kind);
    *b = (block){0};
}

int main(int argc, char **argv) {
    static char line[LINE_LIMIT], name[NAME_LIMIT], kind[NAME_LIMIT];
    double width = argc > 1 ? atof(argv[1]) : 5.0;
    block b = {0};
    total sum = {0};
    long least;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "block ", 6) == 0) {
            finish(&b, width, &sum);
            snprintf(b.name, sizeof b.name, "%.*s", NAME_LIMIT - 1, line + 6);
        } else if (sscanf(line, "unknown %199s %ld %199s", name, &least, kind) == 3) {
            add_unknown(&b, name, least, kind[0]);
        } else if (strncmp(line, "sum ", 4) == 0) {
            add_sum(&b, line + 4);
        } else {
            die("not understood", line);
        }
    }
    finish(&b, width, &sum);
    printf("%zu unknown, %zu secret, %zu found\n", sum.unknowns, sum.secrets, sum.found);
    return sum.found > 0;
}
