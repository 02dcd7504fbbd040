/* disclosure.h, attack.h: known patterns by hand; 1,000 random sets of tables against an attacker
** who knows every shown cell and every total (attacker.h); trying all solutions; the number of
** hidden cells against the least possible (R35). */
#include "attack.h"
#include "attacker.h"
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
    t->cells[t->cell_count] =
        (disclosure_cell){.offenders = offenders, .reoffenders = reoffenders};
    return t->cell_count++;
}

/* A new cell that is the sum of `count` cells `stride` apart, and the line that says so. */
static size_t add_total(tables *t, size_t first, size_t count, size_t stride) {
    int64_t offenders = 0, reoffenders = 0;
    assert_true(t->line_count < MOST_LINES && t->part_count + count <= MOST_PARTS);
    t->lines[t->line_count] = (disclosure_line){.first = t->part_count, .count = count};
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

/* A line of cells that stand anywhere. */
static void add_loose_line(tables *t, size_t total, size_t count, const size_t *parts) {
    assert_true(t->line_count < MOST_LINES && t->part_count + count <= MOST_PARTS);
    t->lines[t->line_count++] =
        (disclosure_line){.total = total, .first = t->part_count, .count = count};
    for (size_t i = 0; i < count; i++) t->parts[t->part_count++] = parts[i];
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

static int sign_in(const tables *t, size_t line, size_t cell) {
    if (t->lines[line].total == cell) return -1;
    for (size_t i = 0; i < t->lines[line].count; i++)
        if (t->parts[t->lines[line].first + i] == cell) return 1;
    return 0;
}

/* The attacker's unknowns of a set's hidden cells. */
typedef struct seen {
    size_t offenders[MOST_CELLS], reoffenders[MOST_CELLS], others[MOST_CELLS];
} seen;

typedef enum seen_figure { SEEN_OFFENDERS, SEEN_REOFFENDERS } seen_figure;

static bool has_figure(const disclosure_cell *cell) {
    return cell->reoffenders != DISCLOSURE_NO_FIGURE;
}

/* Shown cells are numbers, all others unknowns. */
static void see_term(attacker *a, const seen *s, const tables *t, size_t cell, seen_figure figure,
                     int sign) {
    const disclosure_cell *of = &t->cells[cell];
    bool all = figure == SEEN_OFFENDERS;
    if (hidden(t, cell))
        attacker_add_term(a, all ? s->offenders[cell] : s->reoffenders[cell], sign);
    else
        a->sums[a->sum_count - 1].value -= sign * (all ? of->offenders : of->reoffenders);
}

static void see_lines(attacker *a, const seen *s, const tables *t) {
    for (size_t number = 0; number < t->line_count; number++) {
        const disclosure_line *line = &t->lines[number];
        bool figures = has_figure(&t->cells[line->total]);
        for (size_t i = 0; i < line->count; i++)
            figures = figures && has_figure(&t->cells[t->parts[line->first + i]]);
        for (int figure = 0; figure <= figures; figure++) {
            attacker_begin_sum(a, 0);
            for (size_t i = 0; i < line->count; i++)
                see_term(a, s, t, t->parts[line->first + i], (seen_figure)figure, 1);
            see_term(a, s, t, line->total, (seen_figure)figure, -1);
        }
    }
}

/* Tables of groups. */
static void look(attacker *a, seen *s, const tables *t) {
    for (size_t cell = 0; cell < t->cell_count; cell++) {
        const disclosure_cell *of = &t->cells[cell];
        if (!hidden(t, cell)) continue;
        s->offenders[cell] = attacker_add_unknown(a, !of->withheld && !of->outcome);
        if (!has_figure(of)) continue;
        s->reoffenders[cell] = attacker_add_unknown(a, 0);
        s->others[cell] = attacker_add_unknown(a, 0);
        attacker_begin_sum(a, 0);
        attacker_add_term(a, s->offenders[cell], -1);
        attacker_add_term(a, s->reoffenders[cell], 1);
        attacker_add_term(a, s->others[cell], 1);
    }
    see_lines(a, s, t);
}

/* A table of outcomes beside one of groups: its first cells are re-offenders of cells of that. */
static void look_beside(attacker *a, seen *s, const tables *o, const seen *groups,
                        const size_t *group_of, size_t group_count) {
    for (size_t cell = 0; cell < o->cell_count; cell++) {
        if (!hidden(o, cell)) continue;
        s->offenders[cell] = cell < group_count ? groups->reoffenders[group_of[cell]]
                                                : attacker_add_unknown(a, 0);
    }
    see_lines(a, s, o);
}

/* Withheld cells that are not small are no secret. */
static bool is_secret(const tables *t, size_t cell) {
    const disclosure_cell *of = &t->cells[cell];
    if (!hidden(t, cell)) return false;
    if (!of->withheld) return true;
    if (of->offenders == 0 && !of->outcome) return false;
    if (!has_figure(of)) return of->offenders < THRESHOLD;
    return of->reoffenders < THRESHOLD || of->offenders - of->reoffenders < THRESHOLD;
}

static bool is_told(const attacker *a, size_t unknown, bool exactly, int64_t value) {
    if (!exactly) return a->high[unknown] - a->low[unknown] < THRESHOLD - 1e-6;
    if (a->solved[unknown]) assert_int_equal(a->solution[unknown], value);
    return a->solved[unknown];
}

/* The figures of secret cells that are told: solved for, or else held in a narrow interval. */
static size_t count_told(const attacker *a, const seen *s, const tables *t, bool exactly) {
    size_t told = 0;
    for (size_t cell = 0; cell < t->cell_count; cell++) {
        const disclosure_cell *of = &t->cells[cell];
        if (!is_secret(t, cell)) continue;
        told += is_told(a, s->offenders[cell], exactly, of->offenders);
        if (!has_figure(of)) continue;
        told += is_told(a, s->reoffenders[cell], exactly, of->reoffenders);
        told += is_told(a, s->others[cell], exactly, of->offenders - of->reoffenders);
    }
    return told;
}

/* What an attack on the set as it is now finds. */
typedef struct haul {
    size_t solved; /* figures by elimination */
    size_t narrow; /* figures in an interval narrower than the threshold */
} haul;

static haul attack(const tables *t, bool with_program) {
    static seen s;
    attacker a = {0};
    haul found;
    look(&a, &s, t);
    attacker_eliminate(&a);
    attacker_bound(&a);
    found.solved = count_told(&a, &s, t, true);
    found.narrow = count_told(&a, &s, t, false);
    if (with_program && found.solved + found.narrow == 0) {
        assert_true(attacker_program(&a, a.sum_count));
        found.narrow = count_told(&a, &s, t, false);
    }
    attacker_free(&a);
    return found;
}

static int64_t figure_of(const disclosure_cell *cell, int which) {
    return which == 0 ? cell->offenders
                      : which == 1 ? cell->reoffenders : cell->offenders - cell->reoffenders;
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
    haul found = attack(t, true);
    assert_int_equal(found.solved, 0);
    assert_int_equal(found.narrow, 0);
    for (size_t cell = 0; cell < t->cell_count; cell++) {
        const disclosure_cell *of = &t->cells[cell];
        bool small = of->offenders > 0 || of->outcome;
        if (!has_figure(of))
            small = small && of->offenders < THRESHOLD;
        else
            small = small && (of->reoffenders < THRESHOLD ||
                              of->offenders - of->reoffenders < THRESHOLD);
        if (small && of->decided != DISCLOSURE_KEPT_SHOWN) assert_true(hidden(t, cell));
        if (of->offenders == 0 && !of->outcome && !of->withheld) assert_false(hidden(t, cell));
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
    t.cells[1] = (disclosure_cell){.offenders = 30, .reoffenders = 10, .withheld = true};
    t.cells[2] = (disclosure_cell){.offenders = 70, .reoffenders = 30};
    protect(&t);
    assert_int_equal(t.verdicts[0].reason, DISCLOSURE_SHOWN);
}

/* What the known re-offenders of five groups did: 0 is few as well, and so are the 2 of 20 that did
** not. */
static void outcomes(void **state) {
    (void)state;
    static tables t;
    t = (tables){0};
    const int64_t did[] = {0, 18, 8, 30, 40};
    size_t parts[2 * count_of(did)];
    for (size_t i = 0; i < count_of(did); i++) {
        add_cell(&t, i < 3 ? 20 : 60, DISCLOSURE_NO_FIGURE);
        t.cells[i].decided = DISCLOSURE_KEPT_SHOWN;
    }
    for (size_t i = 0; i < count_of(did); i++) {
        parts[2 * i] = add_cell(&t, did[i], DISCLOSURE_NO_FIGURE);
        parts[2 * i + 1] = add_cell(&t, t.cells[i].offenders - did[i], DISCLOSURE_NO_FIGURE);
        t.cells[parts[2 * i]].outcome = t.cells[parts[2 * i + 1]].outcome = true;
        t.cells[parts[2 * i + 1]].withheld = true;
        add_loose_line(&t, i, 2, &parts[2 * i]);
    }
    protect(&t);
    assert_int_equal(t.verdicts[parts[0]].reason, DISCLOSURE_FEW_OFFENDERS);
    assert_int_equal(t.verdicts[parts[2]].reason, DISCLOSURE_SECONDARY);
    assert_int_equal(t.verdicts[parts[4]].reason, DISCLOSURE_SHOWN);
    for (size_t i = 0; i < count_of(did); i++)
        assert_int_equal(t.verdicts[i].reason, DISCLOSURE_SHOWN);
    assert_safe(&t);
}

/* What is kept hidden is protected like the rest; what is kept shown is never hidden. */
static void decided_before(void **state) {
    (void)state;
    static tables t;
    t = (tables){0};
    add_cell(&t, 40, 12);
    add_cell(&t, 90, 30);
    add_cell(&t, 70, 25);
    add_total(&t, 0, 3, 1);
    t.cells[1].decided = DISCLOSURE_KEPT_HIDDEN;
    protect(&t);
    assert_int_equal(t.verdicts[0].reason, DISCLOSURE_SECONDARY);
    assert_int_equal(t.verdicts[1].reason, DISCLOSURE_DECIDED);
    assert_int_equal(t.verdicts[2].reason, DISCLOSURE_SHOWN);
    assert_safe(&t);
    t.cells[0].decided = DISCLOSURE_KEPT_SHOWN;
    protect(&t);
    assert_int_equal(t.verdicts[0].reason, DISCLOSURE_SHOWN);
    assert_int_equal(t.verdicts[2].reason, DISCLOSURE_SECONDARY);
    assert_safe(&t);
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
    attack_space space = {.from = &m.base};
    assert_true(attack_ranges(&space, u, 4, entries, count_of(entries), 4));
    static const double low[] = {0, 4, 0, 2}, high[] = {5, 9, 5, 7};
    for (int i = 0; i < 4; i++) {
        assert_near(u[i].low, low[i], 1e-9);
        assert_near(u[i].high, high[i], 1e-9);
    }
    /* with a floor of 1 each */
    for (int i = 0; i < 4; i++) u[i].floor = 1;
    assert_true(attack_ranges(&space, u, 4, entries, count_of(entries), 4));
    assert_near(u[0].low, 1, 1e-9);
    assert_near(u[0].high, 4, 1e-9);
    attack_space_free(&space);
    assert_int_equal(m.live, 0);
}

static void ranges_without_bound(void **state) {
    (void)state;
    /* a hidden part and its hidden total: the sum of shown parts is all that is known */
    attack_unknown u[] = {{.value = 3, .need = 9}, {.value = 13, .need = 9}};
    failing_memory m;
    failing_memory_start(&m, 0);
    attack_space space = {.from = &m.base};
    assert_true(attack_ranges(&space, u, 2, (attack_entry[]){{0, 0, 1}, {0, 1, -1}}, 2, 1));
    assert_true(isinf(u[0].high) && isinf(u[1].high));
    assert_true(attack_ranges(&space, u, 2, NULL, 0, 0));
    assert_true(isinf(u[0].high));
    /* alone in its line: known */
    assert_true(attack_ranges(&space, u, 1, (attack_entry[]){{0, 0, 1}}, 1, 1));
    assert_near(u[0].low, 3, 0);
    assert_near(u[0].high, 3, 0);
    attack_space_free(&space);
    assert_int_equal(m.live, 0);
}

/* In steps: prices, an unknown added later, copies that leave the solved equations alone. */
static void ranges_in_steps(void **state) {
    (void)state;
    /* u0 + u1 = 3; u1 + u2 = 7: u0 is at most 3, whatever the second sum is */
    attack_unknown u[8] = {{.value = 1}, {.value = 2}, {.value = 5}}, copied[8];
    const attack_entry entries[] = {{0, 0, 1}, {0, 1, 1}, {1, 1, 1}, {1, 2, 1}};
    failing_memory m;
    double prices[3];
    bool moved[8];
    failing_memory_start(&m, 0);
    attack_space space = {.from = &m.base}, copy = {.from = &m.base};
    assert_true(attack_begin(&space, u, 3, entries, count_of(entries), 3));
    assert_true(attack_copy(&copy, &space, copied, true));
    copied[0].need = 99;
    assert_true(attack_range(&copy, 0, prices, moved));
    assert_near(copied[0].low, 0, 1e-9);
    assert_near(copied[0].high, 3, 1e-9);
    assert_near(prices[0], 1, 1e-9);
    assert_near(prices[1], 0, 1e-9);
    assert_true(moved[0] && moved[1] && moved[2]);
    /* 4 more in the first line and a third one, of which nothing else was hidden: known there */
    attack_unknown four = {.value = 4};
    size_t added = attack_add(&space, &four, (attack_entry[]){{0, 0, 1}, {2, 0, 1}}, 2);
    assert_int_equal(added, 6);
    assert_true(attack_copy(&copy, &space, copied, true));
    copied[0].need = 99;
    assert_true(attack_range(&copy, 0, prices, moved));
    assert_near(copied[0].high, 3, 1e-9);
    /* and one more in that line: the two change places */
    attack_unknown two = {.value = 2};
    added = attack_add(&space, &two, (attack_entry[]){{2, 0, 1}}, 1);
    assert_int_equal(added, 7);
    assert_true(attack_copy(&copy, &space, copied, true));
    copied[0].need = 99;
    assert_true(attack_range(&copy, 0, prices, moved));
    assert_near(copied[0].low, 0, 1e-9);
    assert_near(copied[0].high, 7, 1e-9);
    assert_true(moved[6] && moved[7]);
    attack_space_free(&copy);
    attack_space_free(&space);
    assert_int_equal(m.live, 0);
}

/* --- many ------------------------------------------------------------------------------------- */

/* Of each of `count` cells from `first` and of their total `whole`, a list of some of the people
** (published) and the rest (not); the lists add up. */
static void add_sublist(tables *t, uint64_t *random, size_t first, size_t count, size_t whole) {
    size_t lists = t->cell_count;
    for (size_t i = 0; i < count; i++) {
        const disclosure_cell *of = &t->cells[first + i];
        int64_t reoffenders = below(random, of->reoffenders + 1);
        add_cell(t, reoffenders + below(random, of->offenders - of->reoffenders + 1), reoffenders);
    }
    size_t list_whole = add_total(t, lists, count, 1);
    for (size_t i = 0; i <= count; i++) {
        size_t all = i < count ? first + i : whole, list = i < count ? lists + i : list_whole;
        size_t rest = add_cell(t, t->cells[all].offenders - t->cells[list].offenders,
                               t->cells[all].reoffenders - t->cells[list].reoffenders);
        t->cells[rest].withheld = true;
        add_loose_line(t, all, 2, (size_t[]){list, rest});
    }
}

/* Tables published together: a table of rows and columns, for every other set a second breakdown
** of the same rows with the same row totals, for every third a layer over pairs of rows, for every
** fourth a list of some of the people. */
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
    if (number % 4 == 0) add_sublist(t, random, row_totals, rows, whole);
}

static void a_thousand_sets_withstand_the_attacker(void **state) {
    (void)state;
    static tables t;
    uint64_t random = 2011;
    size_t with_secret = 0, hidden_cells = 0;
    for (int number = 0; number < 1000; number++) {
        random_set(&t, &random, number);
        protect(&t);
        assert_safe(&t);
        with_secret += count_hidden(&t) > 0;
        hidden_cells += count_hidden(&t);
    }
    print_message("%zu of 1,000 sets with secrets, %zu hidden cells: nothing found\n", with_secret,
                  hidden_cells);
    assert_true(with_secret > 900);
}

/* Outcomes of groups, decided after the groups: re-offenders of each, known where the group is
** shown, those who did something, and those who did not (published nowhere). `group_of`: the cells
** of the groups, the last the sum of the others. */
static void outcome_set(tables *o, uint64_t *random, const tables *t, const size_t *group_of,
                        size_t count) {
    size_t parts[MOST_CELLS];
    *o = (tables){0};
    for (size_t i = 0; i < count; i++) {
        add_cell(o, t->cells[group_of[i]].reoffenders, DISCLOSURE_NO_FIGURE);
        o->cells[i].outcome = true;
        o->cells[i].decided =
            hidden(t, group_of[i]) ? DISCLOSURE_KEPT_HIDDEN : DISCLOSURE_KEPT_SHOWN;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        parts[i] = i;
        add_cell(o, below(random, o->cells[i].offenders + 1), DISCLOSURE_NO_FIGURE);
    }
    add_loose_line(o, count - 1, count - 1, parts);
    size_t whole = add_total(o, count, count - 1, 1);
    o->cells[whole].reoffenders = DISCLOSURE_NO_FIGURE;
    for (size_t i = 0; i < count; i++) {
        size_t did = count + i;
        size_t rest = add_cell(o, o->cells[i].offenders - o->cells[did].offenders,
                               DISCLOSURE_NO_FIGURE);
        bool somebody = t->cells[group_of[i]].offenders > 0; /* else nobody did anything */
        o->cells[did].outcome = o->cells[rest].outcome = somebody;
        o->cells[rest].withheld = true;
        if (hidden(t, group_of[i])) o->cells[did].decided = DISCLOSURE_KEPT_HIDDEN;
        add_loose_line(o, i, 2, (size_t[]){did, rest});
    }
}

/* The figures both tables together tell. */
static size_t attack_both(const tables *t, const tables *o, const size_t *group_of, size_t count) {
    static seen groups, outcomes_seen;
    attacker a = {0};
    look(&a, &groups, t);
    look_beside(&a, &outcomes_seen, o, &groups, group_of, count);
    attacker_eliminate(&a);
    attacker_bound(&a);
    assert_true(attacker_program(&a, a.sum_count));
    size_t told = count_told(&a, &groups, t, true) + count_told(&a, &groups, t, false) +
                  count_told(&a, &outcomes_seen, o, true) +
                  count_told(&a, &outcomes_seen, o, false);
    attacker_free(&a);
    return told;
}

static void outcomes_beside_groups_withstand_the_attacker(void **state) {
    (void)state;
    static tables t, o;
    uint64_t random = 4;
    size_t secrets = 0;
    for (int number = 0; number < 300; number++) {
        size_t rows = 3 + (size_t)below(&random, 4), group_of[8];
        int64_t figures[2 * MOST_CELLS];
        t = (tables){0};
        for (size_t i = 0; i < 2 * rows; i++) random_figures(&random, &figures[2 * i]);
        add_table(&t, rows, 2, figures);
        for (size_t i = 0; i < rows; i++) group_of[i] = 2 * rows + i;
        group_of[rows] = 2 * rows + rows + 2;
        protect(&t);
        outcome_set(&o, &random, &t, group_of, rows + 1);
        protect(&o);
        secrets += count_hidden(&t) + count_hidden(&o);
        assert_int_equal(attack_both(&t, &o, group_of, rows + 1), 0);
    }
    assert_true(secrets > 1000);
}

/* The attacker is worth something: without the secondary cells he finds figures, and the true ones
** (is_told). */
static void the_attacker_finds_what_primary_cells_alone_give_away(void **state) {
    (void)state;
    static tables t;
    uint64_t random = 2011;
    size_t solved = 0, narrow = 0, sets = 0;
    for (int number = 0; number < 1000; number++) {
        random_set(&t, &random, number);
        protect(&t);
        for (size_t cell = 0; cell < t.cell_count; cell++)
            if (t.verdicts[cell].reason == DISCLOSURE_SECONDARY)
                t.verdicts[cell].reason = DISCLOSURE_SHOWN;
        haul found = attack(&t, false);
        solved += found.solved;
        narrow += found.narrow;
        sets += found.solved + found.narrow > 0;
    }
    print_message("without secondary cells: %zu figures solved for, %zu held narrowly, in %zu of "
                  "1,000 sets\n",
                  solved, narrow, sets);
    assert_true(solved > 1000 && narrow > 1000 && sets > 500);
}

/* Each secondary cell matters: most shown again by themselves give something away. */
static void single_cells_shown_again_are_found(void **state) {
    (void)state;
    static tables t;
    uint64_t random = 77;
    size_t tried = 0, found = 0;
    for (int number = 0; number < 100; number++) {
        random_set(&t, &random, number);
        protect(&t);
        for (size_t cell = 0; cell < t.cell_count; cell++) {
            disclosure_verdict verdict = t.verdicts[cell];
            if (verdict.reason != DISCLOSURE_SECONDARY) continue;
            t.verdicts[cell].reason = DISCLOSURE_SHOWN;
            haul told = attack(&t, true);
            tried++, found += told.solved + told.narrow > 0;
            t.verdicts[cell] = verdict;
        }
    }
    print_message("secondary cells shown again: %zu, something found by %zu of them\n", tried,
                  found);
    assert_true(tried > 100 && found * 10 >= tried * 9);
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

/* The least number of further cells, by trying all choices of 0, 1, 2, … of them; more than `most`
** when that many do not do. */
static size_t least_further(tables *t, const size_t *shown, size_t shown_count, size_t from,
                            size_t left) {
    if (left == 0) {
        haul found = attack(t, true);
        return found.solved + found.narrow == 0;
    }
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
    assert_true(ours * 100 <= least * 115);
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
        cmocka_unit_test(outcomes),
        cmocka_unit_test(decided_before),
        cmocka_unit_test(lines_must_add),
        cmocka_unit_test(threshold_zero_hides_nothing),
        cmocka_unit_test(rounding),
        cmocka_unit_test(ranges_of_a_square),
        cmocka_unit_test(ranges_without_bound),
        cmocka_unit_test(ranges_in_steps),
        cmocka_unit_test(a_thousand_sets_withstand_the_attacker),
        cmocka_unit_test(outcomes_beside_groups_withstand_the_attacker),
        cmocka_unit_test(the_attacker_finds_what_primary_cells_alone_give_away),
        cmocka_unit_test(single_cells_shown_again_are_found),
        cmocka_unit_test(small_sets_withstand_trying_everything),
        cmocka_unit_test(few_more_cells_than_the_least),
        cmocka_unit_test(the_same_set_gives_the_same_answer),
        cmocka_unit_test(no_memory_at_any_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
