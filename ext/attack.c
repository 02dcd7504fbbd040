#include "attack.h"

#include <math.h>
#include <string.h>

static const double TINY = 1e-9;
enum { PATIENCE = 30 }; /* steps without progress before Bland's rule */

/* Each row says: its basic unknown + the row's coefficients times the other unknowns is a constant.
** An unknown that is not basic stands in no row with another coefficient than its own and may have
** any value from its floor up. Values are measured from the floors. */
typedef struct tableau {
    double *cells; /* rows x width: the unknowns, then where prices are asked for, the lines */
    size_t rows;
    size_t width;
    size_t *basic;     /* by row: its basic unknown */
    ptrdiff_t *row_of; /* by unknown: its row, -1 when not basic */
    double *value;     /* by unknown: of the solution at hand */
    attack_unknown *unknowns;
    size_t unknown_count;
} tableau;

static double *row_at(const tableau *t, size_t row) {
    return t->cells + row * t->width;
}

/* Makes `column` the basic unknown of `row`. */
static void pivot(tableau *t, size_t row, size_t column) {
    double *line = row_at(t, row), scale = 1.0 / line[column];
    for (size_t i = 0; i < t->width; i++) line[i] *= scale;
    line[column] = 1.0;
    for (size_t other = 0; other < t->rows; other++) {
        double *changed = row_at(t, other), share = changed[column];
        if (other == row || share == 0.0) continue;
        for (size_t i = 0; i < t->width; i++) {
            changed[i] -= share * line[i];
            if (fabs(changed[i]) < TINY) changed[i] = 0.0;
        }
        changed[column] = 0.0;
    }
    t->basic[row] = column;
    t->row_of[column] = (ptrdiff_t)row;
}

/* --- setting up ------------------------------------------------------------------------------- */

static bool tableau_start(tableau *t, const memory *from, size_t line_count) {
    size_t rows = line_count + 1;
    if (t->width + 1 > SIZE_MAX / sizeof *t->cells / rows) return false;
    t->cells = memory_allocate(from, rows * (t->width + 1) * sizeof *t->cells);
    t->basic = memory_allocate(from, rows * sizeof *t->basic);
    t->row_of = memory_allocate(from, (t->unknown_count + 1) * sizeof *t->row_of);
    t->value = memory_allocate(from, (t->unknown_count + 1) * sizeof *t->value);
    return t->cells && t->basic && t->row_of && t->value;
}

static void tableau_free(tableau *t, const memory *from) {
    memory_free(from, t->cells);
    memory_free(from, t->basic);
    memory_free(from, t->row_of);
    memory_free(from, t->value);
}

static void fill(tableau *t, const attack_entry *entries, size_t entry_count, size_t line_count) {
    memset(t->cells, 0, line_count * t->width * sizeof *t->cells);
    t->rows = line_count;
    for (size_t i = 0; i < entry_count; i++)
        row_at(t, entries[i].line)[entries[i].unknown] += entries[i].sign;
    for (size_t line = 0; t->width > t->unknown_count && line < line_count; line++)
        row_at(t, line)[t->unknown_count + line] = 1.0;
    for (size_t i = 0; i < t->unknown_count; i++) {
        attack_unknown *unknown = &t->unknowns[i];
        t->row_of[i] = -1;
        t->value[i] = (double)(unknown->value - unknown->floor);
        unknown->low = unknown->high = (double)unknown->value;
    }
}

/* Gives every row a basic unknown, the one with the most room; a row without says nothing new and
** goes. */
static void eliminate(tableau *t) {
    for (size_t row = 0; row < t->rows;) {
        const double *line = row_at(t, row);
        size_t chosen = t->unknown_count;
        for (size_t i = 0; i < t->unknown_count; i++) {
            if (fabs(line[i]) <= TINY || t->row_of[i] >= 0) continue;
            if (chosen == t->unknown_count || t->value[i] > t->value[chosen]) chosen = i;
        }
        if (chosen < t->unknown_count) {
            pivot(t, row++, chosen);
        } else {
            memcpy(row_at(t, row), row_at(t, --t->rows), t->width * sizeof *t->cells);
        }
    }
}

/* --- moving from solution to solution --------------------------------------------------------- */

static void note_solution(tableau *t) {
    for (size_t i = 0; i < t->unknown_count; i++) {
        double value = (double)t->unknowns[i].floor + t->value[i];
        t->unknowns[i].low = fmin(t->unknowns[i].low, value);
        t->unknowns[i].high = fmax(t->unknowns[i].high, value);
    }
}

/* One unknown that is not basic moves up (1) or down (-1). */
typedef struct move {
    size_t column;
    int direction;
} move;

/* The move that drives the basic unknown of `row` by `direction` fastest, or the first there is; a
** column of unknown_count says that there is none. */
static move find_move(const tableau *t, size_t row, int direction, bool first) {
    const double *line = row_at(t, row);
    move chosen = {t->unknown_count, 1};
    double best = TINY;
    for (size_t i = 0; i < t->unknown_count; i++) {
        double gain = -direction * line[i];
        if (t->row_of[i] >= 0 || fabs(gain) <= best) continue;
        if (gain < 0.0 && t->value[i] <= TINY) continue;
        chosen = (move){i, gain > 0.0 ? 1 : -1};
        if (first) break;
        best = fabs(gain);
    }
    return chosen;
}

/* How far the move goes until an unknown is at its floor; *leaving is its row, t->rows when it is
** the moving one itself. Ties go to the lowest unknown, as Bland's rule wants. */
static double reach_of(const tableau *t, move m, size_t *leaving) {
    double least = m.direction > 0 ? INFINITY : t->value[m.column];
    size_t lowest = m.direction > 0 ? SIZE_MAX : m.column;
    *leaving = t->rows;
    for (size_t row = 0; row < t->rows; row++) {
        double share = row_at(t, row)[m.column] * m.direction;
        if (share <= TINY) continue;
        double ratio = t->value[t->basic[row]] / share;
        bool ties = fabs(ratio - least) <= TINY;
        if (ties ? t->basic[row] > lowest : ratio > least) continue;
        least = fmin(least, ratio);
        lowest = t->basic[row];
        *leaving = row;
    }
    return least;
}

/* The moving unknown and the basic ones that grow with it have no greatest value. */
static void note_ray(tableau *t, move m) {
    t->unknowns[m.column].high = INFINITY;
    for (size_t row = 0; row < t->rows; row++)
        if (row_at(t, row)[m.column] < -TINY) t->unknowns[t->basic[row]].high = INFINITY;
}

static void carry_out(tableau *t, move m, double reach, size_t leaving) {
    t->value[m.column] = fmax(0.0, t->value[m.column] + m.direction * reach);
    for (size_t row = 0; row < t->rows; row++) {
        double share = row_at(t, row)[m.column] * m.direction;
        double *value = &t->value[t->basic[row]];
        if (share != 0.0) *value = fmax(0.0, *value - share * reach);
    }
    if (leaving == t->rows) return;
    t->value[t->basic[leaving]] = 0.0;
    t->row_of[t->basic[leaving]] = -1;
    pivot(t, leaving, m.column);
}

static bool is_wide(const attack_unknown *unknown) {
    return unknown->high - unknown->low >= unknown->need - 1e-6;
}

/* Drives one unknown up (1) or down (-1) as far as it goes, or until its range is wide enough. */
static void drive(tableau *t, size_t unknown, int direction) {
    int idle = 0;
    while (!is_wide(&t->unknowns[unknown])) {
        move m = {unknown, direction};
        double before = t->value[unknown];
        size_t leaving;
        if (t->row_of[unknown] >= 0)
            m = find_move(t, (size_t)t->row_of[unknown], direction, idle > PATIENCE);
        else if (direction < 0 && before <= TINY)
            return;
        if (m.column == t->unknown_count) return;
        double reach = reach_of(t, m, &leaving);
        if (isinf(reach)) {
            note_ray(t, m);
            return;
        }
        carry_out(t, m, reach, leaving);
        note_solution(t);
        idle = fabs(t->value[unknown] - before) > TINY ? 0 : idle + 1;
    }
}

/* The prices are what the lines' columns have become in the row of the first unknown. */
static void note_prices(const tableau *t, size_t line_count, double *prices) {
    ptrdiff_t row = t->row_of[0];
    for (size_t line = 0; line < line_count; line++)
        prices[line] = row < 0 ? 0.0 : row_at(t, (size_t)row)[t->unknown_count + line];
}

bool attack_ranges(const memory *from, attack_unknown *unknowns, size_t unknown_count,
                   const attack_entry *entries, size_t entry_count, size_t line_count,
                   double *prices) {
    tableau t = {.unknowns = unknowns,
                 .unknown_count = unknown_count,
                 .width = unknown_count + (prices ? line_count : 0)};
    bool good = tableau_start(&t, from, line_count);
    if (good) {
        fill(&t, entries, entry_count, line_count);
        eliminate(&t);
        for (size_t i = 0; i < unknown_count; i++) {
            drive(&t, i, 1);
            if (i == 0 && prices) note_prices(&t, line_count, prices);
            drive(&t, i, -1);
        }
    }
    tableau_free(&t, from);
    return good;
}
