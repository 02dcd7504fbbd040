/* disclosure.h, attack.h: known patterns by hand; an attacker who knows every shown cell and every
** total, by elimination over the rationals, by bounds and by trying all solutions; 1,000 random
** sets of tables; the number of hidden cells against the least possible (R35). */
#include "attack.h"
#include "check.h"
#include "disclosure.h"
#include "failing_memory.h"

enum { MOST_CELLS = 200, MOST_LINES = 80, MOST_PARTS = 800, THRESHOLD = 5 };

typedef struct tables {
    disclosure_cell cells[MOST_CELLS];
    disclosure_line lines[MOST_LINES];
    size_t parts[MOST_PARTS];
    disclosure_verdict verdicts[MOST_CELLS];
    size_t cell_count, line_count, part_count;
    failing_memory m;
} tables;

/* --- building sets ---------------------------------------------------------------------------- */

static size_t add_cell(tables *t, int64_t offenders, int64_t reoffenders) {
    assert_true(t->cell_count < MOST_CELLS);
    t->cells[t->cell_count] = (disclosure_cell){offenders, reoffenders, false};
    return t->cell_count++;
}

/* A new cell that is the sum of `count` cells `stride` apart, and the line that says so. */
static size_t add_total(tables *t, size_t first, size_t count, size_t stride) {
    int64_t offenders = 0, reoffenders = 0;
    assert_true(t->line_count < MOST_LINES && t->part_count + count <= MOST_PARTS);
    t->lines[t->line_count].first = t->part_count;
    t->lines[t->line_count].count = count;
    for (size_t i = 0; i < count; i++) {
        size_t part = first + i * stride;
        offenders += t->cells[part].offenders;
        reoffenders += t->cells[part].reoffenders;
        t->parts[t->part_count++] = part;
    }
    size_t total = add_cell(t, offenders, reoffenders);
    t->lines[t->line_count++].total = total;
    return total;
}

/* The same line with a total that is there already. */
static void add_line(tables *t, size_t first, size_t count, size_t stride, size_t total) {
    size_t made = add_total(t, first, count, stride);
    t->cell_count--;
    assert_int_equal(t->cells[made].offenders, t->cells[total].offenders);
    t->lines[t->line_count - 1].total = total;
}

/* Rows x columns with all totals; cells in row order from the first, then row totals, column
** totals, the grand total. `figures` holds offenders and re-offenders by turns. */
static void add_table(tables *t, size_t rows, size_t columns, const int64_t *figures) {
    size_t first = t->cell_count;
    for (size_t i = 0; i < rows * columns; i++) add_cell(t, figures[2 * i], figures[2 * i + 1]);
    size_t row_totals = t->cell_count;
    for (size_t row = 0; row < rows; row++) add_total(t, first + row * columns, columns, 1);
    size_t column_totals = t->cell_count;
    for (size_t column = 0; column < columns; column++) add_total(t, first + column, rows, columns);
    size_t whole = add_total(t, row_totals, rows, 1);
    add_line(t, column_totals, columns, 1, whole);
}

static disclosure_set set_of(const tables *t) {
    return (disclosure_set){t->cells, t->cell_count, t->lines, t->line_count, t->parts};
}

static void protect(tables *t) {
    size_t where;
    disclosure_set set = set_of(t);
    failing_memory_start(&t->m, 0);
    assert_int_equal(disclosure_protect(&t->m.base, &set, THRESHOLD, t->verdicts, &where),
                     DISCLOSURE_OK);
    assert_int_equal(t->m.live, 0);
}

static bool hidden(const tables *t, size_t cell) {
    return t->verdicts[cell].reason != DISCLOSURE_SHOWN;
}

static size_t count_hidden(const tables *t) {
    size_t count = 0;
    for (size_t cell = 0; cell < t->cell_count; cell++) count += hidden(t, cell);
    return count;
}

static uint64_t next_random(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static int64_t below(uint64_t *state, int64_t limit) {
    return (int64_t)(next_random(state) % (uint64_t)limit);
}

/* Offenders mostly above the threshold, some small, some none. */
static void random_figures(uint64_t *state, int64_t *figure) {
    int64_t kind = below(state, 10);
    figure[0] = kind == 0 ? 0 : kind == 1 ? below(state, 8) : 10 + below(state, 90);
    figure[1] = below(state, figure[0] + 1);
}

/* --- the attacker ----------------------------------------------------------------------------- */

typedef struct fraction {
    int64_t over;
    int64_t under; /* above 0 */
} fraction;

static int64_t common(int64_t a, int64_t b) {
    a = a < 0 ? -a : a;
    while (b) {
        int64_t rest = a % b;
        a = b, b = rest;
    }
    return a ? a : 1;
}

static fraction reduced(int64_t over, int64_t under) {
    int64_t shared = common(over, under);
    if (under < 0) shared = -shared;
    return (fraction){over / shared, under / shared};
}

static fraction less_product(fraction a, fraction b, fraction c) {
    fraction product = reduced(b.over * c.over, b.under * c.under);
    return reduced(a.over * product.under - product.over * a.under, a.under * product.under);
}

static int sign_in(const tables *t, size_t line, size_t cell) {
    if (t->lines[line].total == cell) return -1;
    for (size_t i = 0; i < t->lines[line].count; i++)
        if (t->parts[t->lines[line].first + i] == cell) return 1;
    return 0;
}

/* Gauss and Jordan over the rationals on the lines' hidden cells: how many are solved for. */
static size_t solved_by_elimination(const tables *t) {
    static fraction rows[MOST_LINES][MOST_CELLS];
    size_t column_of[MOST_CELLS], columns = 0, rank = 0, solved = 0;
    for (size_t cell = 0; cell < t->cell_count; cell++)
        if (hidden(t, cell)) column_of[columns++] = cell;
    for (size_t line = 0; line < t->line_count; line++)
        for (size_t c = 0; c < columns; c++)
            rows[line][c] = (fraction){sign_in(t, line, column_of[c]), 1};
    for (size_t c = 0; c < columns && rank < t->line_count; c++) {
        size_t found = rank;
        while (found < t->line_count && rows[found][c].over == 0) found++;
        if (found == t->line_count) continue;
        for (size_t k = 0; k < columns; k++) {
            fraction kept = rows[rank][k];
            rows[rank][k] = rows[found][k], rows[found][k] = kept;
        }
        fraction lead = rows[rank][c];
        for (size_t k = 0; k < columns; k++)
            rows[rank][k] =
                reduced(rows[rank][k].over * lead.under, rows[rank][k].under * lead.over);
        for (size_t line = 0; line < t->line_count; line++) {
            fraction share = rows[line][c];
            if (line == rank || share.over == 0) continue;
            for (size_t k = 0; k < columns; k++)
                rows[line][k] = less_product(rows[line][k], share, rows[rank][k]);
        }
        rank++;
    }
    for (size_t line = 0; line < rank; line++) {
        size_t terms = 0;
        for (size_t c = 0; c < columns; c++) terms += rows[line][c].over != 0;
        solved += terms == 1;
    }
    return solved;
}

static int64_t figure_of(const disclosure_cell *cell, int which) {
    return which == 0 ? cell->offenders
                      : which == 1 ? cell->reoffenders : cell->offenders - cell->reoffenders;
}

/* Bounds from every line, again and again until they stay: how many intervals are narrower than the
** threshold. `which`: 0 offenders, 1 re-offenders, 2 non-re-offenders. */
static size_t narrow_by_bounds(const tables *t, int which) {
    const int64_t far = INT64_C(1000000000);
    int64_t low[MOST_CELLS], high[MOST_CELLS];
    for (size_t cell = 0; cell < t->cell_count; cell++) {
        int64_t value = figure_of(&t->cells[cell], which);
        low[cell] = hidden(t, cell) ? (which == 0) : value;
        high[cell] = hidden(t, cell) ? far : value;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t line = 0; line < t->line_count; line++) {
            for (size_t cell = 0; cell < t->cell_count; cell++) {
                int sign = sign_in(t, line, cell);
                if (!sign || !hidden(t, cell)) continue;
                /* sign * cell = -(sum of the others) */
                int64_t least = 0, most = 0;
                for (size_t other = 0; other < t->cell_count; other++) {
                    int with = sign_in(t, line, other);
                    if (!with || other == cell) continue;
                    least += with > 0 ? low[other] : -high[other];
                    most += with > 0 ? high[other] : -low[other];
                }
                int64_t from = sign > 0 ? -most : least, to = sign > 0 ? -least : most;
                if (from > low[cell]) low[cell] = from, changed = true;
                if (to < high[cell] && to < far / 2) high[cell] = to, changed = true;
            }
        }
    }
    size_t narrow = 0;
    for (size_t cell = 0; cell < t->cell_count; cell++)
        narrow += hidden(t, cell) && high[cell] - low[cell] < THRESHOLD;
    return narrow;
}

/* Every whole solution near the true one, by trying: the widest difference seen for each cell. */
typedef struct trial {
    const tables *t;
    int which;
    size_t hidden[MOST_CELLS];
    size_t count;
    int64_t value[MOST_CELLS];
    int64_t low[MOST_CELLS], high[MOST_CELLS];
} trial;

/* True when no line whose hidden cells are all chosen so far is broken. */
static bool lines_hold(const trial *r, size_t chosen) {
    for (size_t line = 0; line < r->t->line_count; line++) {
        int64_t sum = 0;
        bool open = false;
        for (size_t cell = 0; cell < r->t->cell_count; cell++) {
            int sign = sign_in(r->t, line, cell);
            for (size_t i = chosen; sign && i < r->count; i++) open |= r->hidden[i] == cell;
            sum += sign * r->value[cell];
        }
        if (!open && sum != 0) return false;
    }
    return true;
}

static void try_all(trial *r, size_t chosen) {
    if (!lines_hold(r, chosen)) return;
    if (chosen == r->count) {
        for (size_t i = 0; i < r->count; i++) {
            size_t cell = r->hidden[i];
            if (r->value[cell] < r->low[cell]) r->low[cell] = r->value[cell];
            if (r->value[cell] > r->high[cell]) r->high[cell] = r->value[cell];
        }
        return;
    }
    size_t cell = r->hidden[chosen];
    int64_t truth = figure_of(&r->t->cells[cell], r->which), least = r->which == 0;
    int64_t from = truth - THRESHOLD > least ? truth - THRESHOLD : least;
    for (r->value[cell] = from; r->value[cell] <= truth + THRESHOLD; r->value[cell]++)
        try_all(r, chosen + 1);
    r->value[cell] = truth;
}

/* How many hidden cells move by less than the threshold in all solutions tried. */
static size_t narrow_by_trying(const tables *t, int which) {
    static trial r;
    size_t narrow = 0;
    r = (trial){.t = t, .which = which};
    for (size_t cell = 0; cell < t->cell_count; cell++) {
        r.value[cell] = r.low[cell] = r.high[cell] = figure_of(&t->cells[cell], which);
        if (hidden(t, cell)) r.hidden[r.count++] = cell;
    }
    try_all(&r, 0);
    for (size_t i = 0; i < r.count; i++)
        narrow += r.high[r.hidden[i]] - r.low[r.hidden[i]] < THRESHOLD;
    return narrow;
}

static void assert_safe(const tables *t) {
    assert_int_equal(solved_by_elimination(t), 0);
    for (int which = 0; which < 3; which++) assert_int_equal(narrow_by_bounds(t, which), 0);
    for (size_t cell = 0; cell < t->cell_count; cell++) {
        const disclosure_cell *of = &t->cells[cell];
        bool small = of->offenders > 0 &&
                     (of->reoffenders < THRESHOLD || of->offenders - of->reoffenders < THRESHOLD);
        if (small) assert_true(hidden(t, cell));
        if (of->offenders == 0) assert_false(hidden(t, cell));
    }
}

/* --- by hand ---------------------------------------------------------------------------------- */

/* One row with its total: the small one and the next smallest are hidden, the total is shown. */
static void one_row(void **state) {
    (void)state;
    static tables t;
    t = (tables){0};
    add_cell(&t, 40, 12);
    add_cell(&t, 9, 2);
    add_cell(&t, 30, 11);
    add_cell(&t, 50, 20);
    add_total(&t, 0, 4, 1);
    protect(&t);
    assert_int_equal(t.verdicts[0].reason, DISCLOSURE_SHOWN);
    assert_int_equal(t.verdicts[1].reason, DISCLOSURE_FEW_REOFFENDERS);
    assert_int_equal(t.verdicts[2].reason, DISCLOSURE_SECONDARY);
    assert_int_equal(t.verdicts[2].line, 0);
    assert_int_equal(t.verdicts[2].beside, 1);
    assert_int_equal(t.verdicts[3].reason, DISCLOSURE_SHOWN);
    assert_int_equal(t.verdicts[4].reason, DISCLOSURE_SHOWN);
    assert_safe(&t);
}

static void reasons(void **state) {
    (void)state;
    static tables t;
    t = (tables){0};
    add_cell(&t, 4, 2);
    add_cell(&t, 5, 5);
    add_cell(&t, 40, 36);
    add_cell(&t, 10, 5);
    add_cell(&t, 0, 0);
    add_cell(&t, 4, DISCLOSURE_NO_FIGURE);
    add_cell(&t, 5, DISCLOSURE_NO_FIGURE);
    protect(&t);
    static const disclosure_reason expected[] = {
        DISCLOSURE_FEW_OFFENDERS, DISCLOSURE_FEW_OTHERS, DISCLOSURE_FEW_OTHERS, DISCLOSURE_SHOWN,
        DISCLOSURE_SHOWN,         DISCLOSURE_FEW_OFFENDERS, DISCLOSURE_SHOWN,
    };
    for (size_t i = 0; i < count_of(expected); i++)
        assert_int_equal(t.verdicts[i].reason, expected[i]);
    for (int i = 0; i <= DISCLOSURE_WITHHELD; i++)
        assert_non_null(disclosure_reason_text((disclosure_reason)i));
}

/* Two small neighbours hide each other in the eyes of elimination, but 0 + 0 = 0 gives them away:
** a third is hidden. */
static void two_zeros_need_a_third(void **state) {
    (void)state;
    static tables t;
    t = (tables){0};
    add_cell(&t, 20, 0);
    add_cell(&t, 25, 0);
    add_cell(&t, 60, 30);
    add_cell(&t, 90, 40);
    add_total(&t, 0, 4, 1);
    protect(&t);
    assert_int_equal(t.verdicts[2].reason, DISCLOSURE_SECONDARY);
    assert_int_equal(t.verdicts[3].reason, DISCLOSURE_SHOWN);
    assert_safe(&t);
}

/* A group that is all of its area: the area's total would say what it is, so both are hidden, and
** another area for the nation's sake. */
static void the_only_group_of_an_area(void **state) {
    (void)state;
    static tables t;
    t = (tables){0};
    add_table(&t, 3, 2, (int64_t[]){3, 1, 0, 0, 40, 20, 60, 30, 50, 20, 30, 10});
    protect(&t);
    assert_true(hidden(&t, 0) && hidden(&t, 6));
    assert_false(hidden(&t, 1));
    assert_false(hidden(&t, 11));
    assert_safe(&t);
}

/* In a table of rows and columns four corners are the least. */
static void a_rectangle_in_a_table(void **state) {
    (void)state;
    static tables t;
    t = (tables){0};
    add_table(&t, 3, 3,
              (int64_t[]){90, 40, 80, 30, 70, 30, 60, 20, 3, 1, 50, 20, 40, 20, 30, 10, 45, 15});
    protect(&t);
    assert_int_equal(count_hidden(&t), 4);
    assert_safe(&t);
}

/* A small remainder nobody prints: everyone (44) less the sub-cohort (40) is 4 people. */
static void a_withheld_remainder(void **state) {
    (void)state;
    static tables t;
    t = (tables){0};
    add_cell(&t, 40, 20);
    t.cells[add_cell(&t, 4, 2)].withheld = true;
    add_total(&t, 0, 2, 1);
    protect(&t);
    assert_int_equal(t.verdicts[0].reason, DISCLOSURE_SECONDARY);
    assert_int_equal(t.verdicts[1].reason, DISCLOSURE_WITHHELD);
    assert_int_equal(t.verdicts[2].reason, DISCLOSURE_SHOWN);
    t.cells[1] = (disclosure_cell){30, 10, true};
    t.cells[2] = (disclosure_cell){70, 30, false};
    protect(&t);
    assert_int_equal(t.verdicts[0].reason, DISCLOSURE_SHOWN);
}

static void lines_must_add(void **state) {
    (void)state;
    static tables t;
    size_t where;
    t = (tables){0};
    add_cell(&t, 40, 20);
    add_cell(&t, 30, 20);
    add_total(&t, 0, 2, 1);
    add_total(&t, 0, 2, 1);
    t.cells[3].reoffenders++;
    disclosure_set set = set_of(&t);
    failing_memory_start(&t.m, 0);
    assert_int_equal(disclosure_protect(&t.m.base, &set, THRESHOLD, t.verdicts, &where),
                     DISCLOSURE_DOES_NOT_ADD);
    assert_int_equal(where, 1);
}

static void threshold_zero_hides_nothing(void **state) {
    (void)state;
    static tables t;
    size_t where;
    t = (tables){0};
    add_table(&t, 2, 2, (int64_t[]){1, 0, 2, 1, 3, 3, 4, 0});
    disclosure_set set = set_of(&t);
    failing_memory_start(&t.m, 0);
    assert_int_equal(disclosure_protect(&t.m.base, &set, 0, t.verdicts, &where), DISCLOSURE_OK);
    assert_int_equal(count_hidden(&t), 0);
}

static void rounding(void **state) {
    (void)state;
    assert_int_equal(disclosure_round(0, 5), 0);
    assert_int_equal(disclosure_round(2, 5), 0);
    assert_int_equal(disclosure_round(3, 5), 5);
    assert_int_equal(disclosure_round(5, 10), 10);
    assert_int_equal(disclosure_round(14, 10), 10);
    assert_int_equal(disclosure_round(7, 1), 7);
}

/* --- ranges ----------------------------------------------------------------------------------- */

static void ranges_of_a_square(void **state) {
    (void)state;
    /* | 2 7 |  all four hidden, margins known: one degree of freedom, from -2 to +3 */
    /* | 3 4 | */
    attack_unknown u[] = {{.value = 2, .need = 99}, {.value = 7, .need = 99},
                          {.value = 3, .need = 99}, {.value = 4, .need = 99}};
    const attack_entry entries[] = {{0, 0, 1}, {0, 1, 1}, {1, 2, 1}, {1, 3, 1},
                                    {2, 0, 1}, {2, 2, 1}, {3, 1, 1}, {3, 3, 1}};
    failing_memory m;
    failing_memory_start(&m, 0);
    assert_true(attack_ranges(&m.base, u, 4, entries, count_of(entries), 4));
    static const double low[] = {0, 4, 0, 2}, high[] = {5, 9, 5, 7};
    for (int i = 0; i < 4; i++) {
        assert_near(u[i].low, low[i], 1e-9);
        assert_near(u[i].high, high[i], 1e-9);
    }
    /* with a floor of 1 each */
    for (int i = 0; i < 4; i++) u[i].floor = 1;
    assert_true(attack_ranges(&m.base, u, 4, entries, count_of(entries), 4));
    assert_near(u[0].low, 1, 1e-9);
    assert_near(u[0].high, 4, 1e-9);
    assert_int_equal(m.live, 0);
}

static void ranges_without_bound(void **state) {
    (void)state;
    /* a hidden part and its hidden total: the sum of shown parts is all that is known */
    attack_unknown u[] = {{.value = 3, .need = 9}, {.value = 13, .need = 9}};
    failing_memory m;
    failing_memory_start(&m, 0);
    assert_true(attack_ranges(&m.base, u, 2, (attack_entry[]){{0, 0, 1}, {0, 1, -1}}, 2, 1));
    assert_true(isinf(u[0].high) && isinf(u[1].high));
    assert_true(attack_ranges(&m.base, u, 2, NULL, 0, 0));
    assert_true(isinf(u[0].high));
    /* alone in its line: known */
    assert_true(attack_ranges(&m.base, u, 1, (attack_entry[]){{0, 0, 1}}, 1, 1));
    assert_near(u[0].low, 3, 0);
    assert_near(u[0].high, 3, 0);
}

/* --- many ------------------------------------------------------------------------------------- */

/* Tables published together: a table of rows and columns, for every other set a second breakdown
** of the same rows with the same row totals, for every third a layer over pairs of rows. */
static void random_set(tables *t, uint64_t *random, int number) {
    int64_t figures[2 * MOST_CELLS];
    size_t rows = 2 + (size_t)below(random, 5), columns = 2 + (size_t)below(random, 4);
    *t = (tables){0};
    for (size_t i = 0; i < rows * columns; i++) random_figures(random, &figures[2 * i]);
    add_table(t, rows, columns, figures);
    size_t row_totals = rows * columns, whole = row_totals + rows + columns;
    if (number % 2) {
        /* the row totals split in another way */
        size_t first = t->cell_count;
        for (size_t row = 0; row < rows; row++) {
            const disclosure_cell *of = &t->cells[row_totals + row];
            int64_t reoffenders = below(random, of->reoffenders + 1);
            int64_t others = below(random, of->offenders - of->reoffenders + 1);
            add_cell(t, reoffenders + others, reoffenders);
            add_cell(t, t->cells[row_totals + row].offenders - reoffenders - others,
                     t->cells[row_totals + row].reoffenders - reoffenders);
        }
        for (size_t row = 0; row < rows; row++)
            add_line(t, first + 2 * row, 2, 1, row_totals + row);
        size_t left = add_total(t, first, rows, 2);
        add_total(t, first + 1, rows, 2);
        add_line(t, left, 2, 1, whole);
    }
    if (number % 3 == 0 && rows % 2 == 0) {
        size_t pairs = t->cell_count;
        for (size_t row = 0; row < rows; row += 2) add_total(t, row_totals + row, 2, 1);
        add_line(t, pairs, rows / 2, 1, whole);
    }
}

static void a_thousand_sets_withstand_the_attacker(void **state) {
    (void)state;
    static tables t;
    uint64_t random = 2011;
    size_t with_secret = 0;
    for (int number = 0; number < 1000; number++) {
        random_set(&t, &random, number);
        protect(&t);
        assert_safe(&t);
        with_secret += count_hidden(&t) > 0;
    }
    assert_true(with_secret > 500);
}

/* The attacker is worth something: without the secondary cells he finds some. */
static void the_attacker_finds_what_primary_cells_alone_give_away(void **state) {
    (void)state;
    static tables t;
    uint64_t random = 2011;
    size_t solved = 0, narrow = 0;
    for (int number = 0; number < 100; number++) {
        random_set(&t, &random, number);
        protect(&t);
        for (size_t cell = 0; cell < t.cell_count; cell++)
            if (t.verdicts[cell].reason == DISCLOSURE_SECONDARY)
                t.verdicts[cell].reason = DISCLOSURE_SHOWN;
        solved += solved_by_elimination(&t);
        narrow += narrow_by_bounds(&t, 1);
    }
    assert_true(solved > 50);
    assert_true(narrow > 50);
}

static void small_sets_withstand_trying_everything(void **state) {
    (void)state;
    static tables t;
    uint64_t random = 30;
    int tried = 0;
    for (int number = 0; number < 400 && tried < 60; number++) {
        int64_t figures[2 * 9];
        t = (tables){0};
        for (int i = 0; i < 9; i++) random_figures(&random, &figures[2 * i]);
        add_table(&t, 3, 3, figures);
        protect(&t);
        size_t count = count_hidden(&t);
        if (count == 0 || count > 6) continue;
        for (int which = 0; which < 3; which++) assert_int_equal(narrow_by_trying(&t, which), 0);
        tried++;
    }
    assert_int_equal(tried, 60);
}

/* True when the set is safe by linear programming with the cells hidden that verdicts say. */
static bool safe_by_ranges(const tables *t) {
    attack_unknown unknowns[MOST_CELLS];
    attack_entry entries[MOST_PARTS + MOST_LINES];
    size_t number[MOST_CELLS], count = 0;
    failing_memory m;
    failing_memory_start(&m, 0);
    for (int which = 0; which < 3; which++) {
        size_t entry_count = 0;
        count = 0;
        for (size_t cell = 0; cell < t->cell_count; cell++) {
            if (!hidden(t, cell)) continue;
            number[cell] = count;
            unknowns[count++] = (attack_unknown){.value = figure_of(&t->cells[cell], which),
                                                 .floor = which == 0, .need = THRESHOLD};
        }
        for (size_t line = 0; line < t->line_count; line++)
            for (size_t cell = 0; cell < t->cell_count; cell++)
                if (hidden(t, cell) && sign_in(t, line, cell))
                    entries[entry_count++] =
                        (attack_entry){line, number[cell], sign_in(t, line, cell)};
        assert_true(attack_ranges(&m.base, unknowns, count, entries, entry_count, t->line_count));
        for (size_t i = 0; i < count; i++)
            if (unknowns[i].high - unknowns[i].low < THRESHOLD - 1e-6) return false;
    }
    return true;
}

/* The least number of further cells, by trying all choices of 0, 1, 2, … of them; more than `most`
** when that many do not do. */
static size_t least_further(tables *t, const size_t *shown, size_t shown_count, size_t from,
                            size_t left) {
    if (left == 0) return safe_by_ranges(t);
    for (size_t i = from; i + left <= shown_count; i++) {
        t->verdicts[shown[i]].reason = DISCLOSURE_SECONDARY;
        size_t good = least_further(t, shown, shown_count, i + 1, left - 1);
        t->verdicts[shown[i]].reason = DISCLOSURE_SHOWN;
        if (good) return 1;
    }
    return 0;
}

static size_t least_secondary(tables *t, size_t ours) {
    size_t shown[MOST_CELLS], count = 0;
    for (size_t cell = 0; cell < t->cell_count; cell++) {
        if (t->verdicts[cell].reason == DISCLOSURE_SECONDARY)
            t->verdicts[cell].reason = DISCLOSURE_SHOWN;
        if (!hidden(t, cell) && t->cells[cell].offenders > 0) shown[count++] = cell;
    }
    for (size_t more = 0; more < ours; more++)
        if (least_further(t, shown, count, 0, more)) return more;
    return ours;
}

static void few_more_cells_than_the_least(void **state) {
    (void)state;
    static tables t;
    uint64_t random = 35;
    size_t ours = 0, least = 0, exact = 0, compared = 0;
    while (compared < 60) {
        int64_t figures[2 * 9];
        t = (tables){0};
        for (int i = 0; i < 9; i++) random_figures(&random, &figures[2 * i]);
        add_table(&t, 3, 3, figures);
        protect(&t);
        size_t secondary = 0;
        for (size_t cell = 0; cell < t.cell_count; cell++)
            secondary += t.verdicts[cell].reason == DISCLOSURE_SECONDARY;
        if (secondary == 0 || secondary > 5) continue;
        size_t best = least_secondary(&t, secondary);
        ours += secondary, least += best, exact += secondary == best, compared++;
    }
    print_message("secondary cells: %zu, least possible %zu; exact in %zu of %zu tables\n", ours,
                  least, exact, compared);
    assert_true(ours * 100 <= least * 125);
}

static void the_same_set_gives_the_same_answer(void **state) {
    (void)state;
    static tables a, b;
    uint64_t one = 7, two = 7;
    for (int number = 0; number < 20; number++) {
        random_set(&a, &one, number);
        random_set(&b, &two, number);
        protect(&a);
        protect(&b);
        for (size_t cell = 0; cell < a.cell_count; cell++) {
            assert_int_equal(a.verdicts[cell].reason, b.verdicts[cell].reason);
            assert_int_equal(a.verdicts[cell].beside, b.verdicts[cell].beside);
        }
    }
}

static void no_memory_at_any_request(void **state) {
    (void)state;
    static tables t;
    size_t where;
    t = (tables){0};
    add_table(&t, 3, 3,
              (int64_t[]){90, 40, 80, 30, 70, 30, 60, 20, 3, 1, 50, 20, 40, 20, 30, 10, 45, 15});
    disclosure_set set = set_of(&t);
    for (long fail_at = 1;; fail_at++) {
        failing_memory_start(&t.m, fail_at);
        disclosure_status status =
            disclosure_protect(&t.m.base, &set, THRESHOLD, t.verdicts, &where);
        assert_int_equal(t.m.live, 0);
        if (status == DISCLOSURE_OK) {
            assert_true(fail_at > 10);
            break;
        }
        assert_int_equal(status, DISCLOSURE_NO_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_row),
        cmocka_unit_test(reasons),
        cmocka_unit_test(two_zeros_need_a_third),
        cmocka_unit_test(the_only_group_of_an_area),
        cmocka_unit_test(a_rectangle_in_a_table),
        cmocka_unit_test(a_withheld_remainder),
        cmocka_unit_test(lines_must_add),
        cmocka_unit_test(threshold_zero_hides_nothing),
        cmocka_unit_test(rounding),
        cmocka_unit_test(ranges_of_a_square),
        cmocka_unit_test(ranges_without_bound),
        cmocka_unit_test(a_thousand_sets_withstand_the_attacker),
        cmocka_unit_test(the_attacker_finds_what_primary_cells_alone_give_away),
        cmocka_unit_test(small_sets_withstand_trying_everything),
        cmocka_unit_test(few_more_cells_than_the_least),
        cmocka_unit_test(the_same_set_gives_the_same_answer),
        cmocka_unit_test(no_memory_at_any_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
