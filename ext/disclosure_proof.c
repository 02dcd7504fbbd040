#include "disclosure_proof.h"

#include <string.h>

bool disclosure_proof_start(disclosure_proof *proof) {
    proof->space.from = proof->from;
    size_t cells = proof->set->cell_count + 1, lines = proof->set->line_count + 1;
    proof->members = memory_allocate(proof->from, cells * sizeof *proof->members);
    proof->safe = memory_allocate(proof->from, cells * sizeof *proof->safe);
    proof->moved = memory_allocate(proof->from, cells * sizeof *proof->moved);
    proof->place = memory_allocate(proof->from, cells * sizeof *proof->place);
    proof->lines = memory_allocate(proof->from, lines * sizeof *proof->lines);
    proof->has_line = memory_allocate(proof->from, lines * sizeof *proof->has_line);
    if (!proof->members || !proof->safe || !proof->moved || !proof->place || !proof->lines ||
        !proof->has_line)
        return false;
    for (size_t cell = 0; cell < cells; cell++) proof->place[cell] = DISCLOSURE_NONE;
    memset(proof->has_line, 0, lines * sizeof *proof->has_line);
    return true;
}

void disclosure_proof_free(disclosure_proof *proof) {
    void *const blocks[] = {proof->members, proof->safe,     proof->moved,    proof->place,
                            proof->lines,   proof->has_line, proof->unknowns, proof->entries};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        memory_free(proof->from, blocks[i]);
    attack_space_free(&proof->space);
}

/* --- the neighbourhood ------------------------------------------------------------------------ */

static void forget(disclosure_proof *proof) {
    for (size_t i = 0; i < proof->member_count; i++)
        proof->place[proof->members[i]] = DISCLOSURE_NONE;
    for (size_t i = 0; i < proof->line_count; i++) proof->has_line[proof->lines[i]] = false;
    proof->member_count = proof->line_count = 0;
    proof->is_whole = true;
}

static void add_member(disclosure_proof *proof, size_t cell) {
    proof->place[cell] = proof->member_count;
    proof->members[proof->member_count++] = cell;
}

/* How many of a cell's lines members stand in: the more, the nearer the neighbourhood closes. */
static size_t shared_lines(const disclosure_proof *proof, size_t cell) {
    size_t shared = 0;
    for (size_t i = proof->index->first[cell]; i < proof->index->first[cell + 1]; i++)
        shared += proof->has_line[proof->index->lines[i]];
    return shared;
}

/* What the members of a line are worth: how many there are, and what they hold of the figure they
** hold least of, without end when the total is one of them. */
static int64_t held_by(const disclosure_proof *proof, const disclosure_line *line, size_t *inside) {
    int64_t sums[DISCLOSURE_FIGURES] = {0};
    bool has[DISCLOSURE_FIGURES] = {false};
    *inside = 0;
    for (size_t i = 0; i < disclosure_line_size(line); i++) {
        size_t cell = disclosure_line_cell(proof->set, line, i);
        if (proof->place[cell] == DISCLOSURE_NONE) continue;
        ++*inside;
        if (i == line->count) return INT64_MAX;
        for (int figure = 0; figure < DISCLOSURE_FIGURES; figure++) {
            if (!disclosure_has_figure(&proof->set->cells[cell], (disclosure_figure)figure))
                continue;
            has[figure] = true;
            sums[figure] += disclosure_value(&proof->set->cells[cell], (disclosure_figure)figure);
        }
    }
    int64_t least = INT64_MAX;
    for (int figure = 0; figure < DISCLOSURE_FIGURES; figure++)
        if (has[figure] && sums[figure] < least) least = sums[figure];
    return least;
}

/* The hidden cell of a line to take in next, or NONE: that which shares the most lines with the
** members, then the largest. */
static size_t next_outside(const disclosure_proof *proof, const disclosure_line *line) {
    size_t best = DISCLOSURE_NONE, best_shared = 0;
    for (size_t i = 0; i < disclosure_line_size(line); i++) {
        size_t cell = disclosure_line_cell(proof->set, line, i);
        if (!proof->hidden[cell] || proof->place[cell] != DISCLOSURE_NONE) continue;
        size_t shared = shared_lines(proof, cell);
        bool better = best == DISCLOSURE_NONE || shared > best_shared ||
                      (shared == best_shared &&
                       proof->set->cells[cell].offenders > proof->set->cells[best].offenders);
        if (better) best = cell, best_shared = shared;
    }
    return best;
}

/* Takes hidden cells of a line in until `breadth` stand beside one another and hold enough to give
** and take. */
static void widen(disclosure_proof *proof, const disclosure_line *line, size_t breadth,
                  size_t limit) {
    for (;;) {
        size_t inside, cell = next_outside(proof, line);
        if (cell == DISCLOSURE_NONE) return;
        int64_t held = held_by(proof, line, &inside);
        bool enough = inside > breadth && held >= 2 * proof->threshold;
        if (enough || proof->member_count >= limit) {
            proof->is_whole = false;
            return;
        }
        add_member(proof, cell);
    }
}

static void gather(disclosure_proof *proof, size_t seed, size_t breadth, size_t limit) {
    forget(proof);
    add_member(proof, seed);
    for (size_t at = 0; at < proof->member_count; at++) {
        size_t cell = proof->members[at];
        for (size_t i = proof->index->first[cell]; i < proof->index->first[cell + 1]; i++) {
            size_t number = proof->index->lines[i];
            const disclosure_line *line = &proof->set->lines[number];
            if (proof->has_line[number]) continue;
            proof->has_line[number] = true;
            proof->lines[proof->line_count++] = number;
            widen(proof, line, breadth, limit);
        }
    }
}

/* --- its figures ------------------------------------------------------------------------------ */

/* One unknown a member; one that lacks the figure is its floor and stands in no line. */
static bool write_unknowns(disclosure_proof *proof, disclosure_figure figure) {
    if (!memory_reserve(proof->from, (void **)&proof->unknowns, &proof->unknown_capacity,
                        proof->member_count, sizeof *proof->unknowns))
        return false;
    for (size_t member = 0; member < proof->member_count; member++) {
        const disclosure_cell *cell = &proof->set->cells[proof->members[member]];
        proof->unknowns[member] = (attack_unknown){.value = disclosure_value(cell, figure),
                                                   .floor = disclosure_floor(cell, figure)};
    }
    proof->unknowns[0].need = (double)proof->threshold;
    return true;
}

static bool write_entries(disclosure_proof *proof, disclosure_figure figure) {
    proof->entry_count = 0;
    for (size_t row = 0; row < proof->line_count; row++) {
        const disclosure_line *line = &proof->set->lines[proof->lines[row]];
        for (size_t i = 0; i < disclosure_line_size(line); i++) {
            size_t cell = disclosure_line_cell(proof->set, line, i), member = proof->place[cell];
            if (member == DISCLOSURE_NONE ||
                !disclosure_has_figure(&proof->set->cells[cell], figure))
                continue;
            if (!memory_reserve(proof->from, (void **)&proof->entries, &proof->entry_capacity,
                                proof->entry_count + 1, sizeof *proof->entries))
                return false;
            proof->entries[proof->entry_count++] =
                (attack_entry){row, member, i < line->count ? 1 : -1};
        }
    }
    return true;
}

/* Looks at one figure of all members. False: no memory. */
static bool try_figure(disclosure_proof *proof, disclosure_figure figure) {
    if (!write_unknowns(proof, figure) || !write_entries(proof, figure) ||
        !attack_ranges(&proof->space, proof->unknowns, proof->member_count, proof->entries,
                       proof->entry_count, proof->line_count))
        return false;
    for (size_t member = 0; member < proof->member_count; member++) {
        const disclosure_cell *cell = &proof->set->cells[proof->members[member]];
        double width = proof->unknowns[member].high - proof->unknowns[member].low;
        if (!disclosure_has_figure(cell, figure)) continue;
        if (width < (double)proof->threshold - 1e-6) proof->safe[member] = false;
        if (width > 0.0) proof->moved[member] = true;
    }
    return true;
}

bool disclosure_proof_try(disclosure_proof *proof, size_t cell, size_t breadth, size_t limit) {
    gather(proof, cell, breadth, limit);
    for (size_t member = 0; member < proof->member_count; member++) {
        proof->safe[member] = true;
        proof->moved[member] = false;
    }
    if (!try_figure(proof, DISCLOSURE_REOFFENDERS)) return false;
    if (!proof->safe[0]) return true;
    if (disclosure_has_figure(&proof->set->cells[cell], DISCLOSURE_OTHERS))
        return try_figure(proof, DISCLOSURE_OTHERS);
    /* nothing is known of the others of those that have some */
    for (size_t member = 1; member < proof->member_count; member++)
        if (disclosure_has_figure(&proof->set->cells[proof->members[member]], DISCLOSURE_OTHERS))
            proof->safe[member] = false;
    return true;
}
