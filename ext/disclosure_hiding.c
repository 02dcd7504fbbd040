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

/* Hides a shown cell. False: no memory. */
static bool hide(disclosure_hiding *h, size_t cell, disclosure_verdict verdict) {
    h->verdicts[cell] = verdict;
    h->hidden[cell] = true;
    h->fresh[h->fresh_count++] = cell;
    return disclosure_whole_add(&h->whole, cell);
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
    disclosure_whole_forget(&h->whole);
    h->proof_count = h->support_count = 0;
    h->fresh_count = h->fresh_done = 0;
    for (size_t i = 0; i < h->count; i++) {
        size_t cell = h->cells[i];
        disclosure_reason reason = own_reason(&h->set->cells[cell], h->threshold);
        h->verdicts[cell] = (disclosure_verdict){reason, DISCLOSURE_NONE, DISCLOSURE_NONE, false};
        h->hidden[cell] = reason != DISCLOSURE_SHOWN;
        h->proof_of[cell] = DISCLOSURE_NONE;
        if (h->hidden[cell]) h->fresh[h->fresh_count++] = cell;
    }
}

/* --- proofs ----------------------------------------------------------------------------------- */

/* Neighbourhoods to prove a cell on, one after the other. */
static const struct { size_t breadth, limit; } neighbourhoods[] = {{1, 16}, {2, 48}, {4, 150}};
enum { NEIGHBOURHOODS = sizeof neighbourhoods / sizeof neighbourhoods[0] };

/* Begins a proof with room for the support. */
static bool begin_proof(disclosure_hiding *h, size_t support_limit) {
    if (!memory_reserve(h->from, (void **)&h->proofs, &h->proof_capacity, h->proof_count + 1,
                        sizeof *h->proofs) ||
        !memory_reserve(h->from, (void **)&h->supports, &h->support_capacity,
                        h->support_count + support_limit, sizeof *h->supports))
        return false;
    h->proofs[h->proof_count] = (disclosure_support){h->support_count, 0};
    return true;
}

static void end_proof(disclosure_hiding *h) {
    disclosure_support *proof = &h->proofs[h->proof_count++];
    proof->count = h->support_count - proof->first;
}

/* Keeps what the last neighbourhood has proven. */
static bool keep_proof(disclosure_hiding *h) {
    const disclosure_proof *search = &h->search;
    if (!begin_proof(h, search->member_count)) return false;
    for (size_t i = 0; i < search->member_count; i++) {
        size_t cell = search->members[i];
        if (search->moved[i]) h->supports[h->support_count++] = cell;
        if (search->safe[i] && h->proof_of[cell] == DISCLOSURE_NONE)
            h->proof_of[cell] = h->proof_count;
    }
    end_proof(h);
    return true;
}

/* Looks at all hidden cells, the last try. */
static bool prove_among_all(disclosure_hiding *h, size_t cell) {
    disclosure_whole *whole = &h->whole;
    if (!whole->is_ready && !disclosure_whole_solve(whole, h->cells, h->count, h->hidden))
        return false;
    if (!disclosure_whole_try(whole, cell)) return false;
    if (!whole->is_safe) return true;
    if (!begin_proof(h, whole->support_count)) return false;
    for (size_t i = 0; i < whole->support_count; i++)
        h->supports[h->support_count++] = whole->support[i];
    h->proof_of[cell] = h->proof_count;
    end_proof(h);
    if (whole->also_count == 0) return true;
    if (!begin_proof(h, whole->also_support_count)) return false;
    for (size_t i = 0; i < whole->also_support_count; i++)
        h->supports[h->support_count++] = whole->also_support[i];
    for (size_t i = 0; i < whole->also_count; i++)
        if (h->proof_of[whole->also[i]] == DISCLOSURE_NONE)
            h->proof_of[whole->also[i]] = h->proof_count;
    end_proof(h);
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

bool disclosure_prove(disclosure_hiding *h, size_t cell, bool thorough) {
    if (h->proof_of[cell] != DISCLOSURE_NONE) return true;
    for (size_t n = 0; n < (thorough ? NEIGHBOURHOODS : NEIGHBOURHOODS - 1); n++) {
        if (!disclosure_proof_try(&h->search, cell, neighbourhoods[n].breadth,
                                  neighbourhoods[n].limit))
            return false;
        if (h->search.safe[0]) return keep_proof(h);
        if (h->search.is_whole) break;
    }
    return !thorough || prove_among_all(h, cell);
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

/* Whether a step hid something. */
typedef enum hid { HID_NOTHING, HID_ONE, NO_MEMORY } hid;

static hid hide_secondary(disclosure_hiding *h, size_t cell, size_t line, size_t beside) {
    if (cell == DISCLOSURE_NONE) return HID_NOTHING;
    return hide(h, cell, (disclosure_verdict){DISCLOSURE_SECONDARY, line, beside, false})
               ? HID_ONE
               : NO_MEMORY;
}

/* Hides a partner for a cell in danger, in its most binding line that has one to offer. */
static hid hide_beside(disclosure_hiding *h, size_t cell) {
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
    return hide_secondary(h, best, best_line, cell);
}

bool disclosure_hide_narrow(disclosure_hiding *h) {
    while (h->fresh_done < h->fresh_count) {
        size_t cell = h->fresh[h->fresh_done++];
        while (disclosure_needs_proof(h, cell) && disclosure_is_narrow(h, cell)) {
            hid outcome = hide_beside(h, cell);
            if (outcome == NO_MEMORY) return false;
            if (outcome == HID_NOTHING) break;
        }
    }
    return true;
}

/* What knowing the cell takes from the one whose proof failed: the prices of its lines. */
static double price_of_knowing(const disclosure_hiding *h, size_t cell) {
    const disclosure_whole *whole = &h->whole;
    double sum = 0.0;
    if (!disclosure_has_figure(&h->set->cells[cell], whole->priced)) return sum;
    for (size_t i = h->index.first[cell]; i < h->index.first[cell + 1]; i++) {
        double price = whole->prices[whole->place_of[h->index.lines[i]]];
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
        if (!can_be_hidden(h, cell) || fabs(price_of_knowing(h, cell)) < NO_PRICE) continue;
        size_t fresh = fresh_lines(h, cell, number);
        if (best != DISCLOSURE_NONE && !is_better(h, cell, fresh, best, *fresh_of)) continue;
        best = cell, *fresh_of = fresh;
    }
    return best;
}

/* Hides, for a cell whose proof among all hidden ones has just failed, the best cell that would
 *have
 ** helped. */
static hid hide_what_binds(disclosure_hiding *h, size_t owner) {
    size_t best = DISCLOSURE_NONE, best_line = DISCLOSURE_NONE, best_fresh = 0, fresh = 0;
    const disclosure_whole *whole = &h->whole;
    for (size_t i = 0; i < whole->line_count; i++) {
        if (fabs(whole->prices[i]) < NO_PRICE) continue;
        size_t cell = helper_in(h, whole->lines[i], &fresh);
        if (cell == DISCLOSURE_NONE) continue;
        if (best != DISCLOSURE_NONE && !is_better(h, cell, fresh, best, best_fresh)) continue;
        best = cell, best_line = whole->lines[i], best_fresh = fresh;
    }
    return hide_secondary(h, best, best_line, owner);
}

/* Beside a cell that has no proof: what binds it, else in a line of its own, else anywhere. */
static hid hide_near(disclosure_hiding *h, size_t cell) {
    hid outcome = hide_what_binds(h, cell);
    if (outcome == HID_NOTHING) outcome = hide_beside(h, cell);
    for (size_t i = 0; outcome == HID_NOTHING && i < h->count; i++)
        if (h->hidden[h->cells[i]]) outcome = hide_beside(h, h->cells[i]);
    return outcome;
}

bool disclosure_protect_cell(disclosure_hiding *h, size_t cell) {
    for (;;) {
        if (!disclosure_hide_narrow(h) || !disclosure_prove(h, cell, true)) return false;
        if (h->proof_of[cell] != DISCLOSURE_NONE) return true;
        hid outcome = hide_near(h, cell);
        if (outcome != HID_ONE) return outcome == HID_NOTHING;
    }
}

/* --- beginning and end ------------------------------------------------------------------------ */

bool disclosure_hiding_start(disclosure_hiding *h) {
    size_t cells = h->set->cell_count + 1;
    h->search = (disclosure_proof){.from = h->from};
    h->whole = (disclosure_whole){.from = h->from};
    if (!disclosure_index_build(&h->index, h->from, h->set)) return false;
    h->hidden = memory_allocate(h->from, cells * sizeof *h->hidden);
    h->proof_of = memory_allocate(h->from, cells * sizeof *h->proof_of);
    h->fresh = memory_allocate(h->from, cells * sizeof *h->fresh);
    if (!h->hidden || !h->proof_of || !h->fresh) return false;
    memset(h->hidden, 0, cells * sizeof *h->hidden);
    h->search = (disclosure_proof){.from = h->from,
                                   .set = h->set,
                                   .index = &h->index,
                                   .hidden = h->hidden,
                                   .threshold = h->threshold};
    h->whole = (disclosure_whole){
        .from = h->from, .set = h->set, .index = &h->index, .threshold = h->threshold};
    return disclosure_proof_start(&h->search) && disclosure_whole_start(&h->whole);
}

void disclosure_hiding_free(disclosure_hiding *h) {
    void *const blocks[] = {h->hidden, h->proof_of, h->fresh, h->proofs, h->supports};
    disclosure_index_free(&h->index, h->from);
    disclosure_proof_free(&h->search);
    disclosure_whole_free(&h->whole);
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) memory_free(h->from, blocks[i]);
}
