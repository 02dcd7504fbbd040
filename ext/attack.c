#include "attack.h"

#include <math.h>
#include <string.h>

static const double TINY = 1e-9;
#define NO_COLUMN SIZE_MAX
enum { PATIENCE = 30 }; /* steps without progress before Bland's rule */

/* --- rows and columns ------------------------------------------------------------------------- */

void attack_space_free(attack_space *space) {
    for (size_t i = 0; i < space->rows_made; i++) memory_free(space->from, space->rows[i].terms);
    for (size_t i = 0; i < space->columns_made; i++)
        memory_free(space->from, space->columns[i].rows);
    memory_free(space->from, space->rows);
    memory_free(space->from, space->columns);
    memory_free(space->from, space->scratch);
    *space = (attack_space){.from = space->from};
}

/* Columns up to a number, the new ones empty. */
static bool make_columns(attack_space *space, size_t count) {
    if (!memory_reserve(space->from, (void **)&space->columns, &space->column_capacity, count,
                        sizeof *space->columns))
        return false;
    while (space->columns_made < count) space->columns[space->columns_made++] = (attack_column){0};
    for (; space->column_count < count; space->column_count++) {
        attack_column *column = &space->columns[space->column_count];
        column->count = 0;
        column->row = ATTACK_NOT_BASIC;
        column->value = 0.0;
    }
    return true;
}

/* Empty rows and columns; what was made before keeps its room. */
static bool clear(attack_space *space, size_t row_count, size_t column_count) {
    if (!memory_reserve(space->from, (void **)&space->rows, &space->row_capacity, row_count,
                        sizeof *space->rows))
        return false;
    while (space->rows_made < row_count) space->rows[space->rows_made++] = (attack_row){0};
    for (size_t i = 0; i < row_count; i++) space->rows[i].count = 0;
    space->row_count = row_count;
    space->column_count = 0;
    return make_columns(space, column_count);
}

/* The place of a column's term in a row, or of the first one after it. */
static size_t place_in(const attack_row *row, size_t column) {
    size_t low = 0, high = row->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (row->terms[middle].column < column) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static double value_in(const attack_row *row, size_t column) {
    size_t place = place_in(row, column);
    return place < row->count && row->terms[place].column == column ? row->terms[place].value : 0.0;
}

static bool note_row(attack_space *space, size_t column, size_t row) {
    attack_column *of = &space->columns[column];
    if (!memory_reserve(space->from, (void **)&of->rows, &of->capacity, of->count + 1,
                        sizeof *of->rows))
        return false;
    of->rows[of->count++] = row;
    return true;
}

/* Adds to a term of a row, which may be new. */
static bool add_term(attack_space *space, size_t number, size_t column, double value) {
    attack_row *row = &space->rows[number];
    size_t place = place_in(row, column);
    if (place < row->count && row->terms[place].column == column) {
        row->terms[place].value += value;
        return true;
    }
    if (!memory_reserve(space->from, (void **)&row->terms, &row->capacity, row->count + 1,
                        sizeof *row->terms) ||
        !note_row(space, column, number))
        return false;
    memmove(&row->terms[place + 1], &row->terms[place], (row->count - place) * sizeof *row->terms);
    row->terms[place] = (attack_term){column, value};
    row->count++;
    return true;
}

/* row = row - share * other. */
static bool subtract(attack_space *space, size_t number, double share, const attack_row *other) {
    attack_row *row = &space->rows[number];
    size_t a = 0, b = 0, count = 0;
    if (!memory_reserve(space->from, (void **)&space->scratch, &space->scratch_capacity,
                        row->count + other->count, sizeof *space->scratch))
        return false;
    while (a < row->count || b < other->count) {
        size_t left = a < row->count ? row->terms[a].column : SIZE_MAX;
        size_t right = b < other->count ? other->terms[b].column : SIZE_MAX;
        size_t column = left < right ? left : right;
        double value = 0.0;
        if (left == column) value = row->terms[a++].value;
        if (right == column) value -= share * other->terms[b++].value;
        if (fabs(value) < TINY) continue;
        if (left != column && !note_row(space, column, number)) return false;
        space->scratch[count++] = (attack_term){column, value};
    }
    attack_term *terms = row->terms;
    size_t capacity = row->capacity;
    row->terms = space->scratch, row->capacity = space->scratch_capacity, row->count = count;
    space->scratch = terms, space->scratch_capacity = capacity;
    return true;
}

/* Makes `column` the basic unknown of a row. False: no memory. */
static bool pivot(attack_space *space, size_t number, size_t column) {
    attack_row *row = &space->rows[number];
    double scale = 1.0 / value_in(row, column);
    for (size_t i = 0; i < row->count; i++) row->terms[i].value *= scale;
    for (size_t i = 0; i < space->columns[column].count; i++) {
        size_t other = space->columns[column].rows[i];
        if (other == number || other >= space->row_count) continue;
        double share = value_in(&space->rows[other], column);
        if (share != 0.0 && !subtract(space, other, share, row)) return false;
    }
    space->columns[column].rows[0] = number; /* from now on its only row */
    space->columns[column].count = 1;
    row->basic = column;
    space->columns[column].row = number;
    return true;
}

/* --- setting up ------------------------------------------------------------------------------- */

/* The columns that are lines carry what rows are made of: with them unknowns can be added. */
static bool is_line(const attack_space *space, size_t column) {
    return column - space->first_line < space->line_count;
}

static void place_unknown(attack_space *space, size_t column) {
    attack_unknown *unknown = &space->unknowns[column];
    space->columns[column].value = (double)(unknown->value - unknown->floor);
    unknown->low = unknown->high = (double)unknown->value;
}

static bool fill(attack_space *space, size_t unknown_count, const attack_entry *entries,
                 size_t entry_count, size_t line_count, bool grows) {
    space->first_line = unknown_count;
    space->line_count = grows ? line_count : 0;
    if (!clear(space, line_count, unknown_count + space->line_count)) return false;
    for (size_t i = 0; i < entry_count; i++)
        if (!add_term(space, entries[i].line, entries[i].unknown, entries[i].sign)) return false;
    for (size_t line = 0; line < space->line_count; line++)
        if (!add_term(space, line, unknown_count + line, 1.0)) return false;
    for (size_t i = 0; i < unknown_count; i++) place_unknown(space, i);
    return true;
}

/* The unknown to become basic in a row: one with room, that stands in few rows. NO_COLUMN: the row
** has none. */
static size_t choose_basic(const attack_space *space, const attack_row *row) {
    size_t chosen = NO_COLUMN;
    for (size_t i = 0; i < row->count; i++) {
        size_t column = row->terms[i].column;
        if (is_line(space, column) || fabs(row->terms[i].value) <= TINY) continue;
        const attack_column *of = &space->columns[column];
        if (chosen != NO_COLUMN) {
            const attack_column *best = &space->columns[chosen];
            bool has_room = of->value > TINY, best_has = best->value > TINY;
            if (has_room != best_has ? best_has : of->count >= best->count) continue;
        }
        chosen = column;
    }
    return chosen;
}

/* Gives every row a basic unknown; a row without says nothing new about those there are. */
static bool eliminate(attack_space *space) {
    for (size_t number = 0; number < space->row_count; number++) {
        size_t column = choose_basic(space, &space->rows[number]);
        space->rows[number].basic = ATTACK_NOT_BASIC;
        if (column != NO_COLUMN && !pivot(space, number, column)) return false;
    }
    return true;
}

/* --- moving from solution to solution --------------------------------------------------------- */

static void note_value(attack_space *space, size_t column) {
    attack_unknown *unknown = &space->unknowns[column];
    double value = (double)unknown->floor + space->columns[column].value;
    unknown->low = fmin(unknown->low, value);
    unknown->high = fmax(unknown->high, value);
}

/* One unknown that is not basic moves up (1) or down (-1). */
typedef struct move {
    size_t column;
    int direction;
} move;

/* The move that drives the basic unknown of a row by `direction` fastest, or the first there is;
** NO_COLUMN: there is none. */
static move find_move(const attack_space *space, const attack_row *row, int direction, bool first) {
    move chosen = {NO_COLUMN, 1};
    double best = TINY;
    for (size_t i = 0; i < row->count; i++) {
        size_t column = row->terms[i].column;
        double gain = -direction * row->terms[i].value;
        if (is_line(space, column) || column == row->basic || fabs(gain) <= best) continue;
        if (gain < 0.0 && space->columns[column].value <= TINY) continue;
        chosen = (move){column, gain > 0.0 ? 1 : -1};
        if (first) break;
        best = fabs(gain);
    }
    return chosen;
}

/* Leaves in a column's list each row that has a term in it, once. */
static void tidy(attack_space *space, size_t column) {
    attack_column *of = &space->columns[column];
    size_t kept = 0;
    space->stamp++;
    for (size_t i = 0; i < of->count; i++) {
        attack_row *row = &space->rows[of->rows[i]];
        if (row->stamp == space->stamp || value_in(row, column) == 0.0) continue;
        row->stamp = space->stamp;
        of->rows[kept++] = of->rows[i];
    }
    of->count = kept;
}

/* How far the move goes until an unknown is at its floor; *leaving is its row, ATTACK_NOT_BASIC
 *when
 ** it is the moving one itself. Ties go to the lowest unknown, as Bland's rule wants. */
static double reach_of(const attack_space *space, move m, size_t *leaving) {
    const attack_column *moving = &space->columns[m.column];
    double least = m.direction > 0 ? INFINITY : moving->value;
    size_t lowest = m.direction > 0 ? SIZE_MAX : m.column;
    *leaving = ATTACK_NOT_BASIC;
    for (size_t i = 0; i < moving->count; i++) {
        const attack_row *row = &space->rows[moving->rows[i]];
        double share = value_in(row, m.column) * m.direction;
        if (share <= TINY || row->basic == ATTACK_NOT_BASIC) continue;
        double ratio = space->columns[row->basic].value / share;
        bool ties = fabs(ratio - least) <= TINY;
        if (ties ? row->basic > lowest : ratio > least) continue;
        least = fmin(least, ratio);
        lowest = row->basic;
        *leaving = moving->rows[i];
    }
    return least;
}

/* The moving unknown and the basic ones that grow with it have no greatest value. */
static void note_ray(attack_space *space, move m) {
    const attack_column *moving = &space->columns[m.column];
    space->unknowns[m.column].high = INFINITY;
    for (size_t i = 0; i < moving->count; i++) {
        const attack_row *row = &space->rows[moving->rows[i]];
        if (row->basic != ATTACK_NOT_BASIC && value_in(row, m.column) < -TINY)
            space->unknowns[row->basic].high = INFINITY;
    }
}

/* Moves, and makes the moving unknown basic where another one leaves. False: no memory. */
static bool carry_out(attack_space *space, move m, double reach, size_t leaving) {
    attack_column *moving = &space->columns[m.column];
    moving->value = fmax(0.0, moving->value + m.direction * reach);
    note_value(space, m.column);
    for (size_t i = 0; i < moving->count; i++) {
        const attack_row *row = &space->rows[moving->rows[i]];
        double share = value_in(row, m.column) * m.direction;
        attack_column *basic = &space->columns[row->basic];
        basic->value = fmax(0.0, basic->value - share * reach);
        note_value(space, row->basic);
    }
    if (leaving == ATTACK_NOT_BASIC) return true;
    size_t old = space->rows[leaving].basic;
    space->columns[old].value = 0.0;
    space->columns[old].row = ATTACK_NOT_BASIC;
    return pivot(space, leaving, m.column);
}

static bool is_wide(const attack_unknown *unknown) {
    return unknown->high - unknown->low >= unknown->need - 1e-6;
}

/* Drives one unknown up (1) or down (-1) as far as it goes, or until its range is wide enough.
** False: no memory. */
static bool drive(attack_space *space, size_t unknown, int direction) {
    const attack_column *column = &space->columns[unknown];
    int idle = 0;
    while (!is_wide(&space->unknowns[unknown])) {
        move m = {unknown, direction};
        double before = column->value;
        size_t leaving;
        if (column->row != ATTACK_NOT_BASIC) {
            m = find_move(space, &space->rows[column->row], direction, idle > PATIENCE);
        } else if (direction < 0 && before <= TINY) {
            return true;
        }
        if (m.column == NO_COLUMN) return true;
        tidy(space, m.column);
        double reach = reach_of(space, m, &leaving);
        if (isinf(reach)) {
            note_ray(space, m);
            return true;
        }
        if (!carry_out(space, m, reach, leaving)) return false;
        idle = fabs(column->value - before) > TINY ? 0 : idle + 1;
    }
    return true;
}

bool attack_ranges(attack_space *space, attack_unknown *unknowns, size_t unknown_count,
                   const attack_entry *entries, size_t entry_count, size_t line_count) {
    space->unknowns = unknowns;
    if (!fill(space, unknown_count, entries, entry_count, line_count, false) || !eliminate(space))
        return false;
    for (size_t i = 0; i < unknown_count; i++)
        if (!drive(space, i, 1) || !drive(space, i, -1)) return false;
    return true;
}

/* --- in steps --------------------------------------------------------------------------------- */

bool attack_begin(attack_space *space, attack_unknown *unknowns, size_t unknown_count,
                  const attack_entry *entries, size_t entry_count, size_t line_count) {
    space->unknowns = unknowns;
    return fill(space, unknown_count, entries, entry_count, line_count, true) && eliminate(space);
}

/* The new unknown is, in each row, what its lines are there. */
static bool add_column(attack_space *space, size_t column, const attack_entry *entries,
                       size_t entry_count) {
    for (size_t i = 0; i < entry_count; i++) {
        size_t line = space->first_line + entries[i].line;
        tidy(space, line);
        for (size_t k = 0; k < space->columns[line].count; k++) {
            size_t row = space->columns[line].rows[k];
            double value = entries[i].sign * value_in(&space->rows[row], line);
            if (!add_term(space, row, column, value)) return false;
        }
    }
    return true;
}

size_t attack_add(attack_space *space, const attack_unknown *unknown, const attack_entry *entries,
                  size_t entry_count) {
    size_t column = space->column_count;
    if (!make_columns(space, column + 1)) return SIZE_MAX;
    space->unknowns[column] = *unknown;
    place_unknown(space, column);
    if (!add_column(space, column, entries, entry_count)) return SIZE_MAX;
    for (size_t i = 0; i < space->columns[column].count; i++) {
        size_t row = space->columns[column].rows[i];
        if (space->rows[row].basic != ATTACK_NOT_BASIC) continue;
        if (fabs(value_in(&space->rows[row], column)) <= TINY) continue;
        return pivot(space, row, column) ? column : SIZE_MAX;
    }
    return column;
}

static bool copy_row(attack_space *to, attack_row *copy, const attack_row *row, bool with_lines) {
    size_t lines_begin = place_in(row, to->first_line), lines_end = lines_begin;
    if (!with_lines) lines_end = place_in(row, to->first_line + to->line_count);
    copy->count = row->count - (lines_end - lines_begin);
    copy->basic = row->basic;
    if (!memory_reserve(to->from, (void **)&copy->terms, &copy->capacity, copy->count,
                        sizeof *copy->terms))
        return false;
    for (size_t i = 0; i < lines_begin; i++) copy->terms[i] = row->terms[i];
    for (size_t i = lines_end; i < row->count; i++)
        copy->terms[lines_begin + i - lines_end] = row->terms[i];
    return true;
}

static bool copy_column(attack_space *to, attack_column *copy, const attack_column *column) {
    if (!memory_reserve(to->from, (void **)&copy->rows, &copy->capacity, column->count,
                        sizeof *copy->rows))
        return false;
    if (column->count) memcpy(copy->rows, column->rows, column->count * sizeof *copy->rows);
    copy->count = column->count;
    copy->row = column->row;
    return true;
}

bool attack_copy(attack_space *to, const attack_space *original, attack_unknown *unknowns,
                 bool with_lines) {
    if (!clear(to, original->row_count, original->column_count)) return false;
    to->first_line = original->first_line;
    to->line_count = original->line_count;
    to->unknowns = unknowns;
    for (size_t i = 0; i < original->row_count; i++)
        if (!copy_row(to, &to->rows[i], &original->rows[i], with_lines)) return false;
    for (size_t i = 0; i < original->column_count; i++) {
        if (is_line(original, i) && !with_lines) continue;
        if (!copy_column(to, &to->columns[i], &original->columns[i])) return false;
        if (is_line(original, i)) continue;
        unknowns[i] = original->unknowns[i];
        place_unknown(to, i);
    }
    return true;
}

/* The prices are what the lines' columns have become in the row of the unknown. */
static void note_prices(const attack_space *space, size_t unknown, double *prices) {
    size_t number = space->columns[unknown].row;
    for (size_t line = 0; line < space->line_count; line++) prices[line] = 0.0;
    if (number == ATTACK_NOT_BASIC) return;
    const attack_row *row = &space->rows[number];
    for (size_t i = place_in(row, space->first_line); i < row->count; i++)
        if (is_line(space, row->terms[i].column))
            prices[row->terms[i].column - space->first_line] = row->terms[i].value;
}

static void note_moved(const attack_space *space, bool *moved) {
    for (size_t i = 0; i < space->column_count; i++) {
        if (is_line(space, i)) continue;
        const attack_unknown *unknown = &space->unknowns[i];
        double truth = (double)(unknown->value - unknown->floor);
        if (fabs(space->columns[i].value - truth) > TINY || isinf(unknown->high)) moved[i] = true;
    }
}

bool attack_range(attack_space *space, size_t unknown, double *prices, bool *moved) {
    memset(moved, 0, space->column_count * sizeof *moved);
    if (!drive(space, unknown, 1)) return false;
    note_moved(space, moved);
    note_prices(space, unknown, prices);
    if (!drive(space, unknown, -1)) return false;
    note_moved(space, moved);
    return true;
}
