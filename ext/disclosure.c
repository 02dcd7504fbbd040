#include "disclosure.h"

#include "attack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A component: hidden cells joined by lines they share. */
typedef struct protection {
    const memory *from;
    const disclosure_set *set;
    int64_t threshold;
    int way; /* of choosing partners, 0 to WAYS - 1 */
    disclosure_verdict *verdicts;
    size_t *cell_lines; /* the lines of each cell, cell after cell */
    size_t *cell_first; /* cell_count + 1 starts in cell_lines */
    bool *dirty;        /* by cell: its component must be looked at (again) */
    size_t *members;    /* the component's cells */
    size_t *number;     /* by cell: its place in members, NONE outside */
    size_t member_count;
    size_t *touched; /* the component's lines */
    size_t touched_count;
    size_t *line_number; /* by line: its place in touched, NONE outside */
    attack_unknown *unknowns;
    double *gap; /* by member: how much its worst range is too narrow; 0 safe */
    attack_entry *entries;
    size_t entry_capacity;
} protection;

static bool is_hidden(const protection *p, size_t cell) {
    return p->verdicts[cell].reason != DISCLOSURE_SHOWN;
}

static size_t cells_in(const disclosure_line *line) {
    return line->count + 1;
}

/* The cells of a line: its parts, then its total. */
static size_t cell_in(const disclosure_set *set, const disclosure_line *line, size_t i) {
    return i < line->count ? set->parts[line->first + i] : line->total;
}

/* --- setting up ------------------------------------------------------------------------------- */

static disclosure_reason primary_reason(const disclosure_cell *cell, int64_t threshold) {
    if (cell->offenders == 0) return DISCLOSURE_SHOWN;
    if (cell->offenders < threshold) return DISCLOSURE_FEW_OFFENDERS;
    if (cell->reoffenders == DISCLOSURE_NO_FIGURE) return DISCLOSURE_SHOWN;
    if (cell->reoffenders < threshold) return DISCLOSURE_FEW_REOFFENDERS;
    if (cell->offenders - cell->reoffenders < threshold) return DISCLOSURE_FEW_OTHERS;
    return DISCLOSURE_SHOWN;
}

static bool line_adds(const disclosure_set *set, const disclosure_line *line) {
    int64_t offenders = 0, reoffenders = 0;
    bool known = set->cells[line->total].reoffenders != DISCLOSURE_NO_FIGURE;
    for (size_t i = 0; i < line->count; i++) {
        const disclosure_cell *cell = &set->cells[set->parts[line->first + i]];
        offenders += cell->offenders;
        reoffenders += cell->reoffenders;
        known = known && cell->reoffenders != DISCLOSURE_NO_FIGURE;
    }
    return offenders == set->cells[line->total].offenders &&
           (!known || reoffenders == set->cells[line->total].reoffenders);
}

/* Every cell's lines, as one array with starts. */
static void index_lines(protection *p) {
    const disclosure_set *set = p->set;
    memset(p->cell_first, 0, (set->cell_count + 1) * sizeof *p->cell_first);
    for (size_t line = 0; line < set->line_count; line++)
        for (size_t i = 0; i < cells_in(&set->lines[line]); i++)
            p->cell_first[cell_in(set, &set->lines[line], i)]++;
    size_t sum = 0;
    for (size_t cell = 0; cell <= set->cell_count; cell++) {
        sum += p->cell_first[cell];
        p->cell_first[cell] = sum;
    }
    for (size_t line = set->line_count; line-- > 0;)
        for (size_t i = cells_in(&set->lines[line]); i-- > 0;)
            p->cell_lines[--p->cell_first[cell_in(set, &set->lines[line], i)]] = line;
}

static void *array(const protection *p, size_t count, size_t size) {
    return memory_allocate(p->from, (count + 1) * size);
}

static bool protection_start(protection *p) {
    size_t cells = p->set->cell_count, lines = p->set->line_count, places = 0;
    for (size_t line = 0; line < lines; line++) places += cells_in(&p->set->lines[line]);
    p->cell_lines = array(p, places, sizeof *p->cell_lines);
    p->cell_first = array(p, cells, sizeof *p->cell_first);
    p->dirty = array(p, cells, sizeof *p->dirty);
    p->members = array(p, cells, sizeof *p->members);
    p->number = array(p, cells, sizeof *p->number);
    p->touched = array(p, lines, sizeof *p->touched);
    p->line_number = array(p, lines, sizeof *p->line_number);
    p->unknowns = array(p, cells, sizeof *p->unknowns);
    p->gap = array(p, cells, sizeof *p->gap);
    if (!p->cell_lines || !p->cell_first || !p->dirty || !p->members || !p->number ||
        !p->touched || !p->line_number || !p->unknowns || !p->gap)
        return false;
    index_lines(p);
    for (size_t cell = 0; cell < cells; cell++) p->number[cell] = DISCLOSURE_NONE;
    for (size_t line = 0; line < lines; line++) p->line_number[line] = DISCLOSURE_NONE;
    return true;
}

static void protection_free(protection *p) {
    void *const blocks[] = {p->cell_lines, p->cell_first,  p->dirty,    p->members, p->number,
                            p->touched,    p->line_number, p->unknowns, p->gap,     p->entries};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) memory_free(p->from, blocks[i]);
}

/* --- components ------------------------------------------------------------------------------- */

static void forget_component(protection *p) {
    for (size_t i = 0; i < p->member_count; i++) p->number[p->members[i]] = DISCLOSURE_NONE;
    for (size_t i = 0; i < p->touched_count; i++) p->line_number[p->touched[i]] = DISCLOSURE_NONE;
    p->member_count = p->touched_count = 0;
}

static void join(protection *p, size_t cell) {
    if (p->number[cell] != DISCLOSURE_NONE || !is_hidden(p, cell)) return;
    p->number[cell] = p->member_count;
    p->members[p->member_count++] = cell;
}

/* Collects the component of a hidden cell and its lines. */
static void collect(protection *p, size_t seed) {
    forget_component(p);
    join(p, seed);
    for (size_t at = 0; at < p->member_count; at++) {
        size_t cell = p->members[at];
        p->dirty[cell] = false;
        for (size_t i = p->cell_first[cell]; i < p->cell_first[cell + 1]; i++) {
            size_t line = p->cell_lines[i];
            if (p->line_number[line] != DISCLOSURE_NONE) continue;
            p->line_number[line] = p->touched_count;
            p->touched[p->touched_count++] = line;
            for (size_t k = 0; k < cells_in(&p->set->lines[line]); k++)
                join(p, cell_in(p->set, &p->set->lines[line], k));
        }
    }
}

/* The three figures of a cell somebody may be after. */
typedef enum figure { OFFENDERS, REOFFENDERS, OTHERS, FIGURES } figure;

static int64_t figure_of(const disclosure_cell *cell, figure which) {
    if (which == OFFENDERS) return cell->offenders;
    return which == REOFFENDERS ? cell->reoffenders : cell->offenders - cell->reoffenders;
}

/* A line tells about re-offenders only when all its cells have the figure. */
static bool line_has(const disclosure_set *set, const disclosure_line *line, figure which) {
    for (size_t i = 0; which != OFFENDERS && i < cells_in(line); i++)
        if (set->cells[cell_in(set, line, i)].reoffenders == DISCLOSURE_NO_FIGURE) return false;
    return true;
}

static bool needs_protection(const protection *p, size_t cell, figure which) {
    const disclosure_cell *of = &p->set->cells[cell];
    if (which != OFFENDERS && of->reoffenders == DISCLOSURE_NO_FIGURE) return false;
    if (!of->withheld) return true;
    return primary_reason(of, p->threshold) != DISCLOSURE_SHOWN;
}

static bool build_entries(protection *p, figure which, size_t *count) {
    *count = 0;
    for (size_t i = 0; i < p->touched_count; i++) {
        const disclosure_line *line = &p->set->lines[p->touched[i]];
        if (!line_has(p->set, line, which)) continue;
        for (size_t k = 0; k < cells_in(line); k++) {
            size_t member = p->number[cell_in(p->set, line, k)];
            if (member == DISCLOSURE_NONE) continue;
            if (!memory_reserve(p->from, (void **)&p->entries, &p->entry_capacity, *count + 1,
                                sizeof *p->entries))
                return false;
            p->entries[(*count)++] = (attack_entry){i, member, k < line->count ? 1 : -1};
        }
    }
    return true;
}

/* Fills `gap` for the component. False: no memory. */
static bool audit(protection *p) {
    memset(p->gap, 0, p->member_count * sizeof *p->gap);
    for (int which = 0; which < FIGURES; which++) {
        size_t entry_count;
        bool asked = false;
        for (size_t i = 0; i < p->member_count; i++) {
            const disclosure_cell *cell = &p->set->cells[p->members[i]];
            bool needed = needs_protection(p, p->members[i], (figure)which);
            int64_t value = figure_of(cell, (figure)which);
            if (which != OFFENDERS && cell->reoffenders == DISCLOSURE_NO_FIGURE) value = 0;
            p->unknowns[i] = (attack_unknown){.value = value};
            if (which == OFFENDERS && !cell->withheld) p->unknowns[i].floor = 1;
            p->unknowns[i].need = needed ? (double)p->threshold : 0.0;
            asked = asked || needed;
        }
        if (!asked) continue;
        if (!build_entries(p, (figure)which, &entry_count) ||
            !attack_ranges(p->from, p->unknowns, p->member_count, p->entries, entry_count,
                           p->touched_count))
            return false;
        for (size_t i = 0; i < p->member_count; i++) {
            double gap = p->unknowns[i].need - (p->unknowns[i].high - p->unknowns[i].low);
            if (gap > 1e-6) p->gap[i] = fmax(p->gap[i], gap);
        }
    }
    return true;
}

/* --- hiding more ------------------------------------------------------------------------------ */

/* How many lines of a cell, but `except`, hold no hidden cell yet: each will need another one. */
static size_t fresh_lines(const protection *p, size_t cell, size_t except) {
    size_t fresh = 0;
    for (size_t i = p->cell_first[cell]; i < p->cell_first[cell + 1]; i++) {
        const disclosure_line *line = &p->set->lines[p->cell_lines[i]];
        bool hidden = p->cell_lines[i] == except;
        for (size_t k = 0; !hidden && k < cells_in(line); k++)
            hidden = is_hidden(p, cell_in(p->set, line, k));
        fresh += !hidden;
    }
    return fresh;
}

/* The ways to choose a partner (note 3). */
enum { FEWEST_FURTHER_SMALLEST, FEWEST_FURTHER_LARGEST, SMALLEST, WAYS };

/* Whether a cell that needs `fresh` further ones is a better partner than another. */
static bool is_better(const protection *p, size_t cell, size_t fresh, size_t other,
                      size_t other_fresh) {
    int64_t offenders = p->set->cells[cell].offenders, others = p->set->cells[other].offenders;
    if (p->way != SMALLEST && fresh != other_fresh) return fresh < other_fresh;
    if (offenders != others) return (offenders < others) != (p->way == FEWEST_FURTHER_LARGEST);
    return cell < other;
}

/* The best shown cell of a line, or NONE. */
static size_t partner_in(const protection *p, size_t line) {
    const disclosure_line *of = &p->set->lines[line];
    size_t best = DISCLOSURE_NONE, best_fresh = 0;
    for (size_t i = 0; i < cells_in(of); i++) {
        size_t cell = cell_in(p->set, of, i);
        const disclosure_cell *candidate = &p->set->cells[cell];
        if (is_hidden(p, cell) || candidate->offenders == 0) continue;
        size_t fresh = fresh_lines(p, cell, line);
        bool better =
            best == DISCLOSURE_NONE || is_better(p, cell, fresh, best, best_fresh);
        if (better) best = cell, best_fresh = fresh;
    }
    return best;
}

/* How far a line lets the least of a cell's figures move: what its other hidden cells hold. */
static double slack_in(const protection *p, size_t cell, size_t line) {
    const disclosure_line *of = &p->set->lines[line];
    double least = INFINITY;
    for (int which = 0; which < FIGURES; which++) {
        double sum = 0.0;
        if (!needs_protection(p, cell, (figure)which) || !line_has(p->set, of, (figure)which))
            continue;
        for (size_t i = 0; i < cells_in(of); i++) {
            size_t other = cell_in(p->set, of, i);
            if (other == cell || !is_hidden(p, other)) continue;
            if (cell == of->total || other == of->total) sum = INFINITY;
            sum += (double)figure_of(&p->set->cells[other], (figure)which);
        }
        least = fmin(least, sum);
    }
    return least;
}

/* Hides a partner for a cell in danger, in its most binding line that has one to offer. */
static bool hide_beside(protection *p, size_t cell, size_t owner) {
    size_t best = DISCLOSURE_NONE, best_line = DISCLOSURE_NONE;
    double best_slack = INFINITY;
    for (size_t i = p->cell_first[cell]; i < p->cell_first[cell + 1]; i++) {
        size_t line = p->cell_lines[i], partner = partner_in(p, line);
        if (partner == DISCLOSURE_NONE) continue;
        double slack = slack_in(p, cell, line);
        if (best != DISCLOSURE_NONE && slack >= best_slack) continue;
        best = partner, best_line = line, best_slack = slack;
    }
    if (best == DISCLOSURE_NONE) return false;
    p->verdicts[best] = (disclosure_verdict){DISCLOSURE_SECONDARY, best_line, owner};
    p->dirty[best] = true;
    return true;
}

/* True when a line of the cell got a hidden cell in this round: look again before hiding more. */
static bool helped_already(const protection *p, size_t cell) {
    for (size_t i = p->cell_first[cell]; i < p->cell_first[cell + 1]; i++) {
        const disclosure_line *line = &p->set->lines[p->cell_lines[i]];
        for (size_t k = 0; k < cells_in(line); k++)
            if (p->dirty[cell_in(p->set, line, k)]) return true;
    }
    return false;
}

/* One component until it is safe or nothing is left to hide. False: no memory. */
static bool protect_component(protection *p, size_t seed) {
    for (;;) {
        bool hid = false, danger = false;
        collect(p, seed);
        if (!audit(p)) return false;
        for (size_t i = 0; i < p->member_count; i++) {
            if (p->gap[i] <= 0.0) continue;
            danger = true;
            if (!helped_already(p, p->members[i]) && hide_beside(p, p->members[i], p->members[i]))
                hid = true;
        }
        if (!danger) return true;
        /* its own lines have nothing left: hide beside the cells it shares them with */
        for (size_t i = 0; !hid && i < p->member_count; i++)
            hid = hide_beside(p, p->members[i], seed);
        if (!hid) return true;
    }
}

/* --- showing again ---------------------------------------------------------------------------- */

typedef struct ranked_cell {
    int64_t offenders;
    size_t cell;
} ranked_cell;

static int compare_largest_first(const void *left, const void *right) {
    const ranked_cell *a = left, *b = right;
    if (a->offenders != b->offenders) return a->offenders < b->offenders ? 1 : -1;
    return (a->cell < b->cell) - (a->cell > b->cell);
}

static bool component_is_safe(protection *p, size_t seed, bool *safe) {
    collect(p, seed);
    if (!audit(p)) return false;
    for (size_t i = 0; i < p->member_count; i++)
        if (p->gap[i] > 0.0) *safe = false;
    return true;
}

/* Shows a secondary cell and looks whether everything it hid with stays safe. */
static bool try_to_show(protection *p, size_t cell) {
    disclosure_verdict before = p->verdicts[cell];
    bool safe = true;
    p->verdicts[cell] = (disclosure_verdict){DISCLOSURE_SHOWN, DISCLOSURE_NONE, DISCLOSURE_NONE};
    for (size_t i = p->cell_first[cell]; safe && i < p->cell_first[cell + 1]; i++) {
        const disclosure_line *line = &p->set->lines[p->cell_lines[i]];
        for (size_t k = 0; safe && k < cells_in(line); k++) {
            size_t other = cell_in(p->set, line, k);
            if (!is_hidden(p, other)) continue;
            if (!component_is_safe(p, other, &safe)) return false;
            break; /* the line's other hidden cells are of the same component */
        }
    }
    if (!safe) p->verdicts[cell] = before;
    return true;
}

/* Components with more cells than this are left as they are: looking costs too much. */
enum { SHOW_AGAIN_LIMIT = 400 };

static bool show_again(protection *p) {
    size_t count = 0, cells = p->set->cell_count;
    ranked_cell *ranked = array(p, cells, sizeof *ranked);
    bool good = ranked != NULL;
    for (size_t cell = 0; good && cell < cells; cell++)
        if (p->verdicts[cell].reason == DISCLOSURE_SECONDARY)
            ranked[count++] = (ranked_cell){p->set->cells[cell].offenders, cell};
    if (good) qsort(ranked, count, sizeof *ranked, compare_largest_first);
    for (size_t i = 0; good && i < count; i++) {
        collect(p, ranked[i].cell);
        if (p->member_count <= SHOW_AGAIN_LIMIT) good = try_to_show(p, ranked[i].cell);
    }
    memory_free(p->from, ranked);
    return good;
}

/* --- the whole -------------------------------------------------------------------------------- */

/* A cell hidden beside one that is shown again is named beside another hidden one of its line. */
static void name_another(protection *p, size_t cell) {
    disclosure_verdict *verdict = &p->verdicts[cell];
    if (verdict->reason != DISCLOSURE_SECONDARY || is_hidden(p, verdict->beside)) return;
    verdict->beside = DISCLOSURE_NONE;
    const disclosure_line *line = &p->set->lines[verdict->line];
    for (size_t i = 0; verdict->beside == DISCLOSURE_NONE && i < cells_in(line); i++) {
        size_t other = cell_in(p->set, line, i);
        if (other != cell && is_hidden(p, other)) verdict->beside = other;
    }
}

/* The whole set by one way of choosing. False: no memory. */
static bool protect_one_way(protection *p) {
    for (size_t cell = 0; cell < p->set->cell_count; cell++) {
        const disclosure_cell *of = &p->set->cells[cell];
        disclosure_reason reason = primary_reason(of, p->threshold);
        if (of->withheld) reason = DISCLOSURE_WITHHELD;
        p->verdicts[cell] = (disclosure_verdict){reason, DISCLOSURE_NONE, DISCLOSURE_NONE};
        p->dirty[cell] = reason != DISCLOSURE_SHOWN;
    }
    for (size_t cell = 0; cell < p->set->cell_count; cell++)
        if (p->dirty[cell] && !protect_component(p, cell)) return false;
    return show_again(p);
}

/* What a way costs: secondary cells first, then the offenders in them. */
typedef struct price {
    size_t cells;
    int64_t offenders;
} price;

static price price_of(const protection *p) {
    price sum = {0, 0};
    for (size_t cell = 0; cell < p->set->cell_count; cell++) {
        if (p->verdicts[cell].reason != DISCLOSURE_SECONDARY) continue;
        sum.cells++;
        sum.offenders += p->set->cells[cell].offenders;
    }
    return sum;
}

/* Sets with more cells than this are protected the first way only. */
enum { ALL_WAYS_LIMIT = 2000 };

static bool protect(protection *p) {
    disclosure_verdict *answer = p->verdicts, *other = array(p, p->set->cell_count, sizeof *other);
    bool good = other && protect_one_way(p);
    price best = good ? price_of(p) : (price){0, 0};
    for (p->way = 1; good && p->way < WAYS && best.cells > 1; p->way++) {
        if (p->set->cell_count > ALL_WAYS_LIMIT) break;
        p->verdicts = other;
        good = protect_one_way(p);
        price found = good ? price_of(p) : best;
        if (found.cells < best.cells ||
            (found.cells == best.cells && found.offenders < best.offenders)) {
            memcpy(answer, other, p->set->cell_count * sizeof *answer);
            best = found;
        }
    }
    p->verdicts = answer;
    memory_free(p->from, other);
    for (size_t cell = 0; good && cell < p->set->cell_count; cell++) name_another(p, cell);
    return good;
}

disclosure_status disclosure_protect(const memory *from, const disclosure_set *set,
                                     int64_t threshold, disclosure_verdict *verdicts,
                                     size_t *where) {
    for (*where = 0; *where < set->line_count; ++*where)
        if (!line_adds(set, &set->lines[*where])) return DISCLOSURE_DOES_NOT_ADD;
    protection p = {
        .from = from, .set = set, .threshold = threshold, .verdicts = verdicts};
    bool good = protection_start(&p) && protect(&p);
    protection_free(&p);
    return good ? DISCLOSURE_OK : DISCLOSURE_NO_MEMORY;
}

int64_t disclosure_round(int64_t number, int64_t base) {
    return (number + base / 2) / base * base;
}

const char *disclosure_reason_text(disclosure_reason reason) {
    static const char *const texts[] = {
        [DISCLOSURE_SHOWN] = "shown",
        [DISCLOSURE_FEW_OFFENDERS] = "fewer offenders than the threshold",
        [DISCLOSURE_FEW_REOFFENDERS] = "fewer re-offenders than the threshold",
        [DISCLOSURE_FEW_OTHERS] = "fewer non-re-offenders than the threshold",
        [DISCLOSURE_SECONDARY] = "so that another cell cannot be worked out",
        [DISCLOSURE_WITHHELD] = "not published",
    };
    return texts[reason];
}
