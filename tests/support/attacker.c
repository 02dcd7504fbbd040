#include "attacker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- unknowns and sums ------------------------------------------------------------------------ */

static void *or_abort(void *block) {
    if (!block) abort();
    return block;
}

static void *room_for(void *items, size_t *capacity, size_t needed, size_t size) {
    if (needed <= *capacity) return items;
    *capacity = needed * 2;
    return or_abort(realloc(items, *capacity * size));
}

size_t attacker_add_unknown(attacker *a, int64_t least) {
    size_t capacity = a->unknown_capacity;
    a->ignored = room_for(a->ignored, &capacity, a->unknown_count + 1, sizeof *a->ignored);
    a->least = room_for(a->least, &a->unknown_capacity, a->unknown_count + 1, sizeof *a->least);
    a->least[a->unknown_count] = least;
    a->ignored[a->unknown_count] = false;
    return a->unknown_count++;
}

void attacker_begin_sum(attacker *a, int64_t value) {
    a->sums = room_for(a->sums, &a->sum_capacity, a->sum_count + 1, sizeof *a->sums);
    a->sums[a->sum_count++] = (attacker_sum){a->term_count, 0, value};
}

void attacker_ignore(attacker *a, size_t unknown) { a->ignored[unknown] = true; }

void attacker_add_term(attacker *a, size_t unknown, int64_t weight) {
    a->terms = room_for(a->terms, &a->term_capacity, a->term_count + 1, sizeof *a->terms);
    a->terms[a->term_count++] = (attacker_term){unknown, weight};
    a->sums[a->sum_count - 1].count++;
}

void attacker_free(attacker *a) {
    void *const blocks[] = {a->least, a->ignored, a->solved, a->solution,     a->low,
                            a->high,  a->sums,    a->terms,  a->unknown_sums, a->unknown_first};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) free(blocks[i]);
    *a = (attacker){0};
}

/* --- elimination ------------------------------------------------------------------------------ */

static const int64_t PRIME = INT64_C(2147483647);

static int64_t modulo(int64_t number) {
    int64_t rest = number % PRIME;
    return rest < 0 ? rest + PRIME : rest;
}

static int64_t inverse(int64_t number) {
    int64_t result = 1, power = number;
    for (int64_t exponent = PRIME - 2; exponent > 0; exponent /= 2) {
        if (exponent % 2) result = result * power % PRIME;
        power = power * power % PRIME;
    }
    return result;
}

/* row = row - share * other, both of `width` numbers. */
static void subtract(int64_t *row, const int64_t *other, int64_t share, size_t width) {
    for (size_t i = 0; i < width; i++)
        if (other[i]) row[i] = modulo(row[i] - share * other[i] % PRIME);
}

/* Gauss and Jordan. Returns the rank; the rows up to it have one 1 in a column of their own. */
static size_t reduce(int64_t *rows, size_t row_count, size_t unknown_count) {
    size_t width = unknown_count + 1, rank = 0;
    for (size_t column = 0; column < unknown_count && rank < row_count; column++) {
        size_t found = rank;
        while (found < row_count && rows[found * width + column] == 0) found++;
        if (found == row_count) continue;
        for (size_t i = 0; i < width; i++) {
            int64_t kept = rows[rank * width + i];
            rows[rank * width + i] = rows[found * width + i];
            rows[found * width + i] = kept;
        }
        int64_t scale = inverse(rows[rank * width + column]);
        for (size_t i = 0; i < width; i++)
            rows[rank * width + i] = rows[rank * width + i] * scale % PRIME;
        for (size_t row = 0; row < row_count; row++) {
            int64_t share = rows[row * width + column];
            if (row != rank && share)
                subtract(&rows[row * width], &rows[rank * width], share, width);
        }
        rank++;
    }
    return rank;
}

size_t attacker_eliminate(attacker *a) {
    size_t width = a->unknown_count + 1, solved = 0;
    int64_t *rows = or_abort(calloc((a->sum_count + 1) * width, sizeof *rows));
    for (size_t sum = 0; sum < a->sum_count; sum++) {
        const attacker_sum *of = &a->sums[sum];
        for (size_t i = 0; i < of->count; i++) {
            const attacker_term *term = &a->terms[of->first + i];
            int64_t *number = &rows[sum * width + term->unknown];
            *number = modulo(*number + term->weight);
        }
        rows[sum * width + width - 1] = modulo(of->value);
    }
    size_t rank = reduce(rows, a->sum_count, a->unknown_count);
    a->solved = or_abort(realloc(a->solved, width * sizeof *a->solved));
    a->solution = or_abort(realloc(a->solution, width * sizeof *a->solution));
    memset(a->solved, 0, width * sizeof *a->solved);
    for (size_t row = 0; row < rank; row++) {
        size_t terms = 0, last = 0;
        for (size_t i = 0; i < a->unknown_count; i++)
            if (rows[row * width + i]) terms++, last = i;
        if (terms != 1) continue;
        int64_t value = rows[row * width + width - 1];
        a->solved[last] = true;
        a->solution[last] = value > PRIME / 2 ? value - PRIME : value;
        solved++;
    }
    free(rows);
    return solved;
}

/* --- bounds ----------------------------------------------------------------------------------- */

/* What the other terms of a sum, at their bounds, leave to one of them; true when it narrows. */
static bool narrow_term(attacker *a, const attacker_sum *sum, size_t which) {
    double least = 0.0, most = 0.0;
    const attacker_term *term = &a->terms[sum->first + which];
    for (size_t i = 0; i < sum->count; i++) {
        const attacker_term *other = &a->terms[sum->first + i];
        if (i == which) continue;
        double weight = (double)other->weight;
        least += weight * (weight > 0 ? a->low : a->high)[other->unknown];
        most += weight * (weight > 0 ? a->high : a->low)[other->unknown];
    }
    double weight = (double)term->weight;
    double from = ((double)sum->value - (weight > 0 ? most : least)) / weight;
    double to = ((double)sum->value - (weight > 0 ? least : most)) / weight;
    bool narrows = false;
    if (from > a->low[term->unknown] + 1e-6) a->low[term->unknown] = from, narrows = true;
    if (to < a->high[term->unknown] - 1e-6) a->high[term->unknown] = to, narrows = true;
    return narrows;
}

void attacker_bound(attacker *a) {
    a->low = or_abort(realloc(a->low, (a->unknown_count + 1) * sizeof *a->low));
    a->high = or_abort(realloc(a->high, (a->unknown_count + 1) * sizeof *a->high));
    for (size_t i = 0; i < a->unknown_count; i++)
        a->low[i] = (double)a->least[i], a->high[i] = INFINITY;
    bool narrows = true;
    for (int round = 0; narrows && round < 1000; round++) {
        narrows = false;
        for (size_t sum = 0; sum < a->sum_count; sum++)
            for (size_t i = 0; i < a->sums[sum].count; i++)
                if (narrow_term(a, &a->sums[sum], i)) narrows = true;
    }
}

/* --- linear programming ----------------------------------------------------------------------- */

/* The sums in reach of one unknown, as equations over their unknowns measured from the least
** values: columns are these unknowns, one helper a row, the known number. The last row is what is
** to be made small. */
typedef struct program {
    double *cells;
    size_t rows, columns, width;
    size_t *basic;   /* by row */
    size_t *unknown; /* by column: the attacker's */
} program;

static double *at(const program *p, size_t row, size_t column) {
    return &p->cells[row * p->width + column];
}

static void exchange(program *p, size_t row, size_t column) {
    double scale = *at(p, row, column);
    for (size_t i = 0; i < p->width; i++) *at(p, row, i) /= scale;
    for (size_t other = 0; other <= p->rows; other++) {
        double share = *at(p, other, column);
        if (other == row || share == 0.0) continue;
        for (size_t i = 0; i < p->width; i++) *at(p, other, i) -= share * *at(p, row, i);
        *at(p, other, column) = 0.0;
    }
    p->basic[row] = column;
}

/* Makes the last row small by moves in the first `allowed` columns, by Bland's rule throughout.
** False: it can be made as small as one likes. */
static bool minimise(program *p, size_t allowed) {
    for (;;) {
        size_t column = 0, leaving = p->rows;
        double least = INFINITY;
        while (column < allowed && *at(p, p->rows, column) >= -1e-9) column++;
        if (column == allowed) return true;
        for (size_t row = 0; row < p->rows; row++) {
            if (*at(p, row, column) <= 1e-7) continue;
            double ratio = *at(p, row, p->width - 1) / *at(p, row, column);
            bool ties = fabs(ratio - least) <= 1e-9;
            if (ties ? p->basic[row] < p->basic[leaving] : ratio < least) {
                least = ratio;
                leaving = row;
            }
        }
        if (leaving == p->rows) return false;
        exchange(p, leaving, column);
    }
}

/* The sums of every unknown, for walking from one to the next. */
static void index_sums(attacker *a) {
    free(a->unknown_first);
    free(a->unknown_sums);
    a->unknown_first = or_abort(calloc(a->unknown_count + 2, sizeof *a->unknown_first));
    a->unknown_sums = or_abort(malloc((a->term_count + 1) * sizeof *a->unknown_sums));
    for (size_t i = 0; i < a->term_count; i++) a->unknown_first[a->terms[i].unknown + 2]++;
    for (size_t i = 1; i <= a->unknown_count; i++) a->unknown_first[i + 1] += a->unknown_first[i];
    for (size_t sum = 0; sum < a->sum_count; sum++)
        for (size_t i = 0; i < a->sums[sum].count; i++) {
            size_t unknown = a->terms[a->sums[sum].first + i].unknown;
            a->unknown_sums[a->unknown_first[unknown + 1]++] = sum;
        }
}

/* The sums nearest to an unknown, at most `most`; returns how many. */
static size_t nearest_sums(const attacker *a, size_t unknown, size_t most, size_t *found) {
    bool *seen = or_abort(calloc(a->unknown_count + 1, 1));
    bool *taken = or_abort(calloc(a->sum_count + 1, 1));
    size_t *queue = or_abort(malloc((a->unknown_count + 1) * sizeof *queue));
    size_t end = 0, count = 0;
    queue[end++] = unknown;
    seen[unknown] = true;
    for (size_t next = 0; next < end && count < most; next++) {
        for (size_t i = a->unknown_first[queue[next]]; i < a->unknown_first[queue[next] + 1]; i++) {
            size_t sum = a->unknown_sums[i];
            if (taken[sum] || count == most) continue;
            taken[sum] = true;
            found[count++] = sum;
            for (size_t k = 0; k < a->sums[sum].count; k++) {
                size_t other = a->terms[a->sums[sum].first + k].unknown;
                if (!seen[other]) queue[end++] = other, seen[other] = true;
            }
        }
    }
    free(seen);
    free(taken);
    free(queue);
    return count;
}

/* Makes the largest number of an equation 1. */
static void scale_row(program *p, size_t row) {
    double largest = 0.0;
    for (size_t i = 0; i < p->columns; i++) largest = fmax(largest, fabs(*at(p, row, i)));
    for (size_t i = 0; i < p->width; i++) *at(p, row, i) /= largest;
}

/* Writes the equations and finds a first solution. False: there is none. */
static bool program_start(program *p, const attacker *a, const size_t *sums, size_t count,
                          size_t unknown) {
    size_t *column_of = or_abort(malloc((a->unknown_count + 1) * sizeof *column_of));
    for (size_t i = 0; i < a->unknown_count; i++) column_of[i] = SIZE_MAX;
    *p = (program){.rows = count};
    p->unknown = or_abort(malloc((a->unknown_count + 1) * sizeof *p->unknown));
    p->unknown[p->columns] = unknown;
    column_of[unknown] = p->columns++;
    for (size_t row = 0; row < count; row++)
        for (size_t i = 0; i < a->sums[sums[row]].count; i++) {
            size_t other = a->terms[a->sums[sums[row]].first + i].unknown;
            if (column_of[other] != SIZE_MAX) continue;
            p->unknown[p->columns] = other;
            column_of[other] = p->columns++;
        }
    p->width = p->columns + count + 1;
    p->cells = or_abort(calloc((count + 1) * p->width, sizeof *p->cells));
    p->basic = or_abort(malloc((count + 1) * sizeof *p->basic));
    for (size_t row = 0; row < count; row++) {
        const attacker_sum *sum = &a->sums[sums[row]];
        double known = (double)sum->value;
        for (size_t i = 0; i < sum->count; i++) {
            const attacker_term *term = &a->terms[sum->first + i];
            *at(p, row, column_of[term->unknown]) += (double)term->weight;
            known -= (double)term->weight * (double)a->least[term->unknown];
        }
        *at(p, row, p->width - 1) = known;
        scale_row(p, row);
        if (known < 0.0)
            for (size_t i = 0; i < p->width; i++) *at(p, row, i) = -*at(p, row, i);
        *at(p, row, p->columns + row) = 1.0;
        p->basic[row] = p->columns + row;
        for (size_t i = 0; i < p->width; i++)
            if (i < p->columns || i == p->width - 1) *at(p, count, i) -= *at(p, row, i);
    }
    free(column_of);
    minimise(p, p->columns);
    if (*at(p, count, p->width - 1) < -1e-6) return false;
    /* helpers left in the basis stand at 0: exchange them where that is possible */
    for (size_t row = 0; row < count; row++)
        for (size_t i = 0; p->basic[row] >= p->columns && i < p->columns; i++)
            if (fabs(*at(p, row, i)) > 1e-9) exchange(p, row, i);
    return true;
}

/* The least value of the first column times `sign`. */
static double least_of_first(program *p, double sign) {
    for (size_t i = 0; i < p->width; i++) *at(p, p->rows, i) = 0.0;
    *at(p, p->rows, 0) = sign;
    for (size_t row = 0; row < p->rows; row++)
        if (p->basic[row] == 0)
            for (size_t i = 0; i < p->width; i++) *at(p, p->rows, i) -= sign * *at(p, row, i);
    if (!minimise(p, p->columns)) return -INFINITY;
    return -*at(p, p->rows, p->width - 1);
}

bool attacker_program(attacker *a, size_t most_sums) {
    size_t *sums = or_abort(malloc((a->sum_count + 1) * sizeof *sums));
    bool possible = true;
    index_sums(a);
    for (size_t unknown = 0; possible && unknown < a->unknown_count; unknown++) {
        program p;
        if (a->ignored[unknown]) continue;
        size_t count = nearest_sums(a, unknown, most_sums, sums);
        possible = program_start(&p, a, sums, count, unknown);
        if (possible) {
            double least = (double)a->least[unknown];
            a->low[unknown] = fmax(a->low[unknown], least + least_of_first(&p, 1.0));
            a->high[unknown] = fmin(a->high[unknown], least - least_of_first(&p, -1.0));
        }
        free(p.cells);
        free(p.basic);
        free(p.unknown);
    }
    free(sums);
    return possible;
}

size_t attacker_narrow(const attacker *a, double width) {
    size_t narrow = 0;
    for (size_t i = 0; i < a->unknown_count; i++) narrow += a->high[i] - a->low[i] < width - 1e-6;
    return narrow;
}
