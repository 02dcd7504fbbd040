#include "disclosure_hiding.h"

#include <math.h>
#include <string.h>

static const double NO_PRICE = 1e-6;

static disclosure_reason primary_reason(const disclosure_cell *cell, int64_t threshold) {
    if (cell->offenders == 0 && !cell->outcome) return DISCLOSURE_SHOWN;
    if (cell->offenders < threshold) return DISCLOSURE_FEW_OFFENDERS;
    if (cell->reoffenders == DISCLOSURE_NO_FIGURE) return DISCLOSURE_SHOWN;
    if (cell->reoffenders < threshold) return DISCLOSURE_FEW_REOFFENDERS;
    if (cell->offenders - cell->reoffenders < threshold) return DISCLOSURE_FEW_OTHERS;
    return DISCLOSURE_SHOWN;
}

static const disclosure_line *line_of(const disclosure_hiding *h, size_t place) {
    return &h->set->lines[h->index.lines[place]];
}

bool disclosure_needs_proof(const disclosure_hiding *h, size_t cell) {
    const disclosure_cell *of = &h->set->cells[cell];
    if (!of->withheld) return h->hidden[cell];
    return primary_reason(of, h->threshold) != DISCLOSURE_SHOWN;
}

/* --- hiding ----------------------------------------------------------------------------------- */

static void hide(disclosure_hiding *h, size_t cell, disclosure_verdict verdict) {
    h->verdicts[cell] = verdict;
    h->hidden[cell] = true;
}

/* Why a cell is hidden for its own sake, or not. */
static disclosure_reason own_reason(const disclosure_cell *cell, int64_t threshold) {
    if (cell->decided == DISCLOSURE_KEPT_SHOWN) return DISCLOSURE_SHOWN;
    if (cell->withheld) return DISCLOSURE_WITHHELD;
    disclosure_reason reason = primary_reason(cell, threshold);
    if (reason == DISCLOSURE_SHOWN && cell->decided == DISCLOSURE_KEPT_HIDDEN)
        return DISCLOSURE_DECIDED;
    return reason;
}

void disclosure_hide_primary(disclosure_hiding *h) {
    for (size_t i = 0; i < h->count; i++) {
        size_t cell = h->cells[i];
        disclosure_reason reason = own_reason(&h->set->cells[cell], h->threshold);
        h->verdicts[cell] = (disclosure_verdict){reason, DISCLOSURE_NONE, DISCLOSURE_NONE};
        h->hidden[cell] = reason != DISCLOSURE_SHOWN;
        h->proof_of[cell] = DISCLOSURE_NONE;
    }
}

/* --- proofs ----------------------------------------------------------------------------------- */

/* Neighbourhoods to prove a cell on, one after the other. */
static const struct {
    size_t breadth, limit;
} neighbourhoods[DISCLOSURE_NEIGHBOURHOODS] = {{1, 16}, {2, 48}, {4, 150}, {SIZE_MAX, SIZE_MAX}};

/* Keeps what the last search has proven. */
static bool keep_proof(disclosure_hiding *h) {
    const disclosure_proof *search = &h->search;
    if (!memory_reserve(h->from, (void **)&h->proofs, &h->proof_capacity, h->proof_count + 1,
                        sizeof *h->proofs) ||
        !memory_reserve(h->from, (void **)&h->supports, &h->support_capacity,
                        h->support_count + search->member_count, sizeof *h->supports))
        return false;
    disclosure_support *proof = &h->proofs[h->proof_count];
    *proof = (disclosure_support){h->support_count, 0};
    for (size_t i = 0; i < search->member_count; i++) {
        size_t cell = search->members[i];
        if (search->moved[i]) h->supports[h->support_count++] = cell;
        if (search->safe[i] && h->proof_of[cell] == DISCLOSURE_NONE)
            h->proof_of[cell] = h->proof_count;
    }
    proof->count = h->support_count - proof->first;
    h->proof_count++;
    return true;
}

/* What the hidden parts of a line hold of a figure together; no bound where the total is hidden. */
static int64_t room_in(const disclosure_hiding *h, const disclosure_line *line,
                       disclosure_figure figure) {
    int64_t sum = 0;
    if (h->hidden[line->total] && disclosure_has_figure(&h->set->cells[line->total], figure))
        return INT64_MAX;
    for (size_t i = 0; i < line->count; i++) {
        size_t part = h->set->parts[line->first + i];
        if (h->hidden[part] && disclosure_has_figure(&h->set->cells[part], figure))
            sum += disclosure_value(&h->set->cells[part], figure);
    }
    return sum;
}

/* The least room the line gives the figures of its part; INT64_MAX: no bound. */
static int64_t least_room(const disclosure_hiding *h, const disclosure_line *line, size_t cell) {
    int64_t least = INT64_MAX;
    if (line->total == cell) return least;
    for (int figure = 0; figure < DISCLOSURE_FIGURES; figure++) {
        if (!disclosure_has_figure(&h->set->cells[cell], (disclosure_figure)figure)) continue;
        int64_t room = room_in(h, line, (disclosure_figure)figure);
        if (room < least) least = room;
    }
    return least;
}

bool disclosure_is_narrow(const disclosure_hiding *h, size_t cell) {
    for (size_t i = h->index.first[cell]; i < h->index.first[cell + 1]; i++)
        if (least_room(h, line_of(h, i), cell) < h->threshold) return true;
    return false;
}

bool disclosure_prove(disclosure_hiding *h, size_t cell) {
    if (h->proof_of[cell] != DISCLOSURE_NONE) return true;
    for (size_t n = 0; n < h->neighbourhoods; n++) {
        if (!disclosure_proof_try(&h->search, cell, neighbourhoods[n].breadth,
                                  neighbourhoods[n].limit))
            return false;
        if (h->search.safe[0]) return keep_proof(h);
        if (h->search.is_whole) break;
    }
    return true;
}

/* --- hiding more ------------------------------------------------------------------------------ */

/* How many lines of a cell, but `except`, hold no hidden cell yet: each will need another one. */
static size_t fresh_lines(const disclosure_hiding *h, size_t cell, size_t except) {
    size_t fresh = 0;
    for (size_t i = h->index.first[cell]; i < h->index.first[cell + 1]; i++) {
        const disclosure_line *line = line_of(h, i);
        bool hidden = h->index.lines[i] == except;
        for (size_t k = 0; !hidden && k < disclosure_line_size(line); k++)
            hidden = h->hidden[disclosure_line_cell(h->set, line, k)];
        fresh += !hidden;
    }
    return fresh;
}

/* Whether a cell that needs `fresh` further ones is a better partner than another. */
static bool is_better(const disclosure_hiding *h, size_t cell, size_t fresh, size_t other,
                      size_t other_fresh) {
    int64_t offenders = h->set->cells[cell].offenders, others = h->set->cells[other].offenders;
    if (h->way != DISCLOSURE_SMALLEST && fresh != other_fresh) return fresh < other_fresh;
    if (offenders != others) return (offenders < others) != (h->way == DISCLOSURE_FEWEST_LARGEST);
    return cell < other;
}

static bool can_be_hidden(const disclosure_hiding *h, size_t cell) {
    return !h->hidden[cell] && h->set->cells[cell].offenders > 0 &&
           h->set->cells[cell].decided != DISCLOSURE_KEPT_SHOWN;
}

/* The best shown cell of a line, or NONE. */
static size_t partner_in(const disclosure_hiding *h, size_t number) {
    const disclosure_line *line = &h->set->lines[number];
    size_t best = DISCLOSURE_NONE, best_fresh = 0;
    for (size_t i = 0; i < disclosure_line_size(line); i++) {
        size_t cell = disclosure_line_cell(h->set, line, i);
        if (!can_be_hidden(h, cell)) continue;
        size_t fresh = fresh_lines(h, cell, number);
        if (best != DISCLOSURE_NONE && !is_better(h, cell, fresh, best, best_fresh)) continue;
        best = cell, best_fresh = fresh;
    }
    return best;
}

/* Hides a partner for a cell in danger, in its most binding line that has one to offer. */
static bool hide_beside(disclosure_hiding *h, size_t cell, size_t owner) {
    size_t best = DISCLOSURE_NONE, best_line = DISCLOSURE_NONE;
    int64_t least = INT64_MAX;
    for (size_t i = h->index.first[cell]; i < h->index.first[cell + 1]; i++) {
        size_t number = h->index.lines[i];
        size_t partner = partner_in(h, number);
        if (partner == DISCLOSURE_NONE) continue;
        int64_t room = least_room(h, &h->set->lines[number], cell);
        if (best != DISCLOSURE_NONE && room >= least) continue;
        best = partner, best_line = number, least = room;
    }
    if (best == DISCLOSURE_NONE) return false;
    hide(h, best, (disclosure_verdict){DISCLOSURE_SECONDARY, best_line, owner});
    return true;
}

void disclosure_hide_narrow(disclosure_hiding *h) {
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < h->count; i++) {
            size_t cell = h->cells[i];
            while (disclosure_needs_proof(h, cell) && disclosure_is_narrow(h, cell) &&
                   hide_beside(h, cell, cell))
                changed = true;
        }
    }
}

/* What knowing the cell takes from the one whose proof failed: the prices of its lines. */
static double price_of_knowing(const disclosure_hiding *h, size_t cell) {
    double sum = 0.0;
    if (!disclosure_has_figure(&h->set->cells[cell], h->search.priced)) return sum;
    for (size_t i = h->index.first[cell]; i < h->index.first[cell + 1]; i++) {
        double price = h->prices[h->index.lines[i]];
        sum += line_of(h, i)->total == cell ? -price : price;
    }
    return sum;
}

/* The best cell of a line that, hidden, would have helped, or NONE. */
static size_t helper_in(const disclosure_hiding *h, size_t number, size_t *fresh_of) {
    const disclosure_line *line = &h->set->lines[number];
    size_t best = DISCLOSURE_NONE;
    for (size_t i = 0; i < disclosure_line_size(line); i++) {
        size_t cell = disclosure_line_cell(h->set, line, i);
        if (!can_be_hidden(h, cell)) continue;
        if (fabs(price_of_knowing(h, cell)) < NO_PRICE) continue;
        size_t fresh = fresh_lines(h, cell, number);
        if (best != DISCLOSURE_NONE && !is_better(h, cell, fresh, best, *fresh_of)) continue;
        best = cell, *fresh_of = fresh;
    }
    return best;
}

/* Hides, for a cell whose proof has just failed, the best cell that would have helped. False: there
** is none. */
static bool hide_what_binds(disclosure_hiding *h, size_t owner) {
    size_t best = DISCLOSURE_NONE, best_line = DISCLOSURE_NONE, best_fresh = 0, fresh = 0;
    const disclosure_proof *search = &h->search;
    for (size_t i = 0; i < search->line_count; i++) h->prices[search->lines[i]] = search->prices[i];
    for (size_t i = 0; i < search->line_count; i++) {
        if (fabs(search->prices[i]) < NO_PRICE) continue;
        size_t cell = helper_in(h, search->lines[i], &fresh);
        if (cell == DISCLOSURE_NONE) continue;
        if (best != DISCLOSURE_NONE && !is_better(h, cell, fresh, best, best_fresh)) continue;
        best = cell, best_line = search->lines[i], best_fresh = fresh;
    }
    for (size_t i = 0; i < search->line_count; i++) h->prices[search->lines[i]] = 0.0;
    if (best == DISCLOSURE_NONE) return false;
    hide(h, best, (disclosure_verdict){DISCLOSURE_SECONDARY, best_line, owner});
    return true;
}

/* Beside a cell that has no proof: what binds it, else in a line of its own, else around it. False:
** there is nothing left that could be hidden. */
static bool hide_near(disclosure_hiding *h, size_t cell) {
    if (hide_what_binds(h, cell) || hide_beside(h, cell, cell)) return true;
    for (size_t i = 1; i < h->search.member_count; i++)
        if (hide_beside(h, h->search.members[i], cell)) return true;
    return false;
}

bool disclosure_protect_cell(disclosure_hiding *h, size_t cell) {
    for (;;) {
        disclosure_hide_narrow(h);
        if (!disclosure_prove(h, cell)) return false;
        if (h->proof_of[cell] != DISCLOSURE_NONE) return true;
        if (!disclosure_proof_price(&h->search)) return false;
        if (!hide_near(h, cell)) return true;
    }
}

/* --- beginning and end ------------------------------------------------------------------------ */

bool disclosure_hiding_start(disclosure_hiding *h) {
    size_t cells = h->set->cell_count + 1, lines = h->set->line_count + 1;
    h->search.from = h->from;
    if (!disclosure_index_build(&h->index, h->from, h->set)) return false;
    h->hidden = memory_allocate(h->from, cells * sizeof *h->hidden);
    h->proof_of = memory_allocate(h->from, cells * sizeof *h->proof_of);
    h->prices = memory_allocate(h->from, lines * sizeof *h->prices);
    if (!h->hidden || !h->proof_of || !h->prices) return false;
    memset(h->hidden, 0, cells * sizeof *h->hidden);
    for (size_t line = 0; line < lines; line++) h->prices[line] = 0.0;
    h->search = (disclosure_proof){.from = h->from,
                                   .set = h->set,
                                   .index = &h->index,
                                   .hidden = h->hidden,
                                   .threshold = h->threshold};
    return disclosure_proof_start(&h->search);
}

void disclosure_hiding_free(disclosure_hiding *h) {
    void *const blocks[] = {h->hidden, h->proof_of, h->proofs, h->supports, h->prices};
    disclosure_index_free(&h->index, h->from);
    disclosure_proof_free(&h->search);
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) memory_free(h->from, blocks[i]);
}
