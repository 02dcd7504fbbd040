#include "attack.h"

#include <math.h>
#include <string.h>

static const double TINY = 1e-9;
enum { PATIENCE = 30 }; /* pivots without progress before Bland's rule */

/* Each row says: its basic unknown = right side - sum of row * the unknowns that are not basic,
** which are 0. Unknowns are measured from their floors. Behind the unknowns stand the helpers of
** the first phase, one a row. */
typedef struct tableau {
    double *cells; /* rows x width; the last column is the right side */
    size_t rows;
    size_t columns; /* unknowns, and helpers while there are any */
    size_t width;
    size_t *basic;   /* by row: the unknown in the basis */
    ptrdiff_t *row_of; /* by unknown: its row, -1 when not basic */
    attack_unknown *unknowns;
    size_t unknown_count;
} tableau;

static double *row_at(const tableau *t, size_t row) {
    return t->cells + row * t->width;
}

static double *right_side(const tableau *t, size_t row) {
    return row_at(t, row) + t->width - 1;
}

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
        if (*right_side(t, other) < 0.0) *right_side(t, other) = 0.0; /* rounding only */
    }
    t->row_of[t->basic[row]] = -1;
    t->basic[row] = column;
    t->row_of[column] = (ptrdiff_t)row;
}

/* The row that first reaches 0 when `column` grows; t->rows when none does. Ties go to the lowest
** unknown, as Bland's rule wants. */
static size_t leaving_row(const tableau *t, size_t column) {
    size_t chosen = t->rows;
    double least = INFINITY;
    for (size_t row = 0; row < t->rows; row++) {
        double share = row_at(t, row)[column];
        if (share <= TINY) continue;
        double ratio = *right_side(t, row) / share;
        bool ties = chosen < t->rows && fabs(ratio - least) <= TINY;
        if (ties ? t->basic[row] < t->basic[chosen] : ratio < least) {
            least = ties ? fmin(least, ratio) : ratio;
            chosen = row;
        }
    }
    return chosen;
}

static void note_solution(tableau *t) {
    for (size_t i = 0; i < t->unknown_count; i++) {
        double value = (double)t->unknowns[i].floor;
        if (t->row_of[i] >= 0) value += *right_side(t, (size_t)t->row_of[i]);
        t->unknowns[i].low = fmin(t->unknowns[i].low, value);
        t->unknowns[i].high = fmax(t->unknowns[i].high, value);
    }
}

/* `column` may grow for ever, and the basic unknowns that grow with it. */
static void note_ray(tableau *t, size_t column) {
    t->unknowns[column].high = INFINITY;
    for (size_t row = 0; row < t->rows; row++)
        if (row_at(t, row)[column] < -TINY && t->basic[row] < t->unknown_count)
            t->unknowns[t->basic[row]].high = INFINITY;
}

/* The column whose growth moves the basic unknown of `row` by `direction`; t->columns: none. */
static size_t entering_column(const tableau *t, size_t row, int direction, bool first) {
    const double *line = row_at(t, row);
    size_t chosen = t->columns;
    double best = TINY;
    for (size_t i = 0; i < t->columns; i++) {
        double gain = -direction * line[i];
        if (t->row_of[i] >= 0 || gain <= best) continue;
        chosen = i;
        if (first) break;
        best = gain;
    }
    return chosen;
}

static bool is_wide(const attack_unknown *unknown) {
    return unknown->high - unknown->low >= unknown->need - 1e-6;
}

/* Drives one unknown up (1) or down (-1) as far as it goes, or until its range is wide enough. */
static void drive(tableau *t, size_t unknown, int direction) {
    int idle = 0;
    while (!is_wide(&t->unknowns[unknown])) {
        size_t column = unknown;
        ptrdiff_t row = t->row_of[unknown];
        double before = row >= 0 ? *right_side(t, (size_t)row) : 0.0;
        if (row >= 0) {
            column = entering_column(t, (size_t)row, direction, idle > PATIENCE);
        } else if (direction < 0) {
            return; /* at its floor */
        }
        if (column == t->columns) return;
        size_t leaving = leaving_row(t, column);
        if (leaving == t->rows) {
            note_ray(t, column);
            return;
        }
        pivot(t, leaving, column);
        note_solution(t);
        row = t->row_of[unknown];
        double after = row >= 0 ? *right_side(t, (size_t)row) : 0.0;
        idle = fabs(after - before) > TINY ? 0 : idle + 1;
    }
}

/* --- the first phase: any solution ------------------------------------------------------------ */

static void fill(tableau *t, const attack_entry *entries, size_t entry_count) {
    memset(t->cells, 0, t->rows * t->width * sizeof *t->cells);
    for (size_t i = 0; i < entry_count; i++) {
        const attack_unknown *unknown = &t->unknowns[entries[i].unknown];
        row_at(t, entries[i].line)[entries[i].unknown] += entries[i].sign;
        *right_side(t, entries[i].line) +=
            entries[i].sign * (double)(unknown->value - unknown->floor);
    }
    for (size_t row = 0; row < t->rows; row++) {
        double *line = row_at(t, row);
        if (line[t->width - 1] < 0.0)
            for (size_t i = 0; i < t->width; i++) line[i] = -line[i];
        size_t helper = t->unknown_count + row;
        line[helper] = 1.0;
        t->basic[row] = helper;
        t->row_of[helper] = (ptrdiff_t)row;
    }
    for (size_t i = 0; i < t->unknown_count; i++) t->row_of[i] = -1;
}

/* The unknown whose growth takes most from the helpers; unknown_count: none. */
static size_t helping_column(const tableau *t, bool first) {
    size_t chosen = t->unknown_count;
    double best = TINY;
    for (size_t i = 0; i < t->unknown_count; i++) {
        if (t->row_of[i] >= 0) continue;
        double gain = 0.0;
        for (size_t row = 0; row < t->rows; row++)
            if (t->basic[row] >= t->unknown_count) gain += row_at(t, row)[i];
        if (gain <= best) continue;
        chosen = i;
        if (first) break;
        best = gain;
    }
    return chosen;
}

static double helpers_left(const tableau *t) {
    double left = 0.0;
    for (size_t row = 0; row < t->rows; row++)
        if (t->basic[row] >= t->unknown_count) left += *right_side(t, row);
    return left;
}

/* Takes helpers at 0 out of the basis; a row of helpers alone says nothing new and goes. */
static void drop_helpers(tableau *t) {
    for (size_t row = 0; row < t->rows;) {
        if (t->basic[row] < t->unknown_count) {
            row++;
            continue;
        }
        size_t column = 0;
        while (column < t->unknown_count && fabs(row_at(t, row)[column]) <= TINY) column++;
        if (column < t->unknown_count) {
            *right_side(t, row) = 0.0;
            pivot(t, row, column);
            row++;
            continue;
        }
        size_t last = t->rows - 1;
        t->row_of[t->basic[row]] = -1;
        if (row != last) {
            memcpy(row_at(t, row), row_at(t, last), t->width * sizeof *t->cells);
            t->basic[row] = t->basic[last];
            t->row_of[t->basic[row]] = (ptrdiff_t)row;
        }
        t->rows--;
    }
    /* from here on the helpers' columns are never looked at */
    t->columns = t->unknown_count;
}

static void find_solution(tableau *t) {
    int idle = 0;
    double left = helpers_left(t);
    for (;;) {
        size_t column = helping_column(t, idle > PATIENCE);
        if (column == t->unknown_count) break;
        size_t row = leaving_row(t, column);
        if (row == t->rows) break; /* cannot be: the helpers bound it */
        pivot(t, row, column);
        double now = helpers_left(t);
        idle = now < left - TINY ? 0 : idle + 1;
        left = now;
    }
    drop_helpers(t);
    note_solution(t);
}

bool attack_ranges(const memory *from, attack_unknown *unknowns, size_t unknown_count,
                   const attack_entry *entries, size_t entry_count, size_t line_count) {
    tableau t = {.rows = line_count, .unknowns = unknowns, .unknown_count = unknown_count};
    t.columns = unknown_count + line_count;
    t.width = t.columns + 1;
    if (line_count && t.width > SIZE_MAX / sizeof *t.cells / line_count) return false;
    t.cells = memory_allocate(from, (line_count ? line_count : 1) * t.width * sizeof *t.cells);
    t.basic = memory_allocate(from, (line_count ? line_count : 1) * sizeof *t.basic);
    t.row_of = memory_allocate(from, t.width * sizeof *t.row_of);
    bool good = t.cells && t.basic && t.row_of;
    if (good) {
        for (size_t i = 0; i < unknown_count; i++)
            unknowns[i].low = unknowns[i].high = (double)unknowns[i].value;
        fill(&t, entries, entry_count);
        find_solution(&t);
        for (size_t i = 0; i < unknown_count; i++) {
            drive(&t, i, 1);
            drive(&t, i, -1);
        }
    }
    memory_free(from, t.cells);
    memory_free(from, t.basic);
    memory_free(from, t.row_of);
    return good;
}
