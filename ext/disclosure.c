#include "disclosure.h"

#include "disclosure_hiding.h"

#include <stdlib.h>
#include <string.h>

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

static bool is_supported_by(const disclosure_hiding *h, size_t proof, size_t cell) {
    const disclosure_support *of = &h->proofs[proof];
    for (size_t i = 0; i < of->count; i++)
        if (h->supports[of->first + i] == cell) return true;
    return false;
}

/* Takes their proofs from the cells whose proof rests on `cell`, keeping them in `before`. */
static void take_proofs(disclosure_hiding *h, size_t cell, size_t *before) {
    for (size_t i = 0; i < h->count; i++) {
        size_t *proof = &h->proof_of[h->cells[i]];
        before[i] = *proof;
        if (*proof != DISCLOSURE_NONE && is_supported_by(h, *proof, cell)) *proof = DISCLOSURE_NONE;
    }
    h->proof_of[cell] = DISCLOSURE_NONE;
}

/* Finds new proofs for the cells that have lost theirs; *found: all have one. False: no memory. */
static bool renew_proofs(disclosure_hiding *h, const size_t *before, bool thorough, bool *found) {
    *found = true;
    for (size_t i = 0; *found && i < h->count; i++) {
        size_t cell = h->cells[i];
        bool lost = h->proof_of[cell] == DISCLOSURE_NONE && before[i] != DISCLOSURE_NONE;
        if (!lost || !disclosure_needs_proof(h, cell)) continue;
        *found = !disclosure_is_narrow(h, cell);
        if (!*found) break;
        if (!disclosure_prove(h, cell, thorough)) return false;
        *found = h->proof_of[cell] != DISCLOSURE_NONE;
    }
    return true;
}

/* Shows a secondary cell where everything stays safe without it. False: no memory. */
static bool try_to_show(disclosure_hiding *h, size_t cell, bool thorough, size_t *before) {
    size_t proof_count = h->proof_count, support_count = h->support_count;
    bool found;
    take_proofs(h, cell, before);
    h->hidden[cell] = false;
    disclosure_whole_forget(&h->whole);
    if (!renew_proofs(h, before, thorough, &found)) return false;
    if (found) {
        h->verdicts[cell] =
            (disclosure_verdict){DISCLOSURE_SHOWN, DISCLOSURE_NONE, DISCLOSURE_NONE, false};
        return true;
    }
    h->hidden[cell] = true;
    disclosure_whole_forget(&h->whole);
    h->proof_count = proof_count, h->support_count = support_count;
    for (size_t i = 0; i < h->count; i++) h->proof_of[h->cells[i]] = before[i];
    return true;
}

static bool is_secondary(const disclosure_hiding *h, size_t cell) {
    return h->verdicts[cell].reason == DISCLOSURE_SECONDARY;
}

static bool show_again(disclosure_hiding *h, bool thorough) {
    size_t count = 0;
    ranked_cell *ranked = memory_allocate(h->from, (h->count + 1) * sizeof *ranked);
    size_t *before = memory_allocate(h->from, (h->count + 1) * sizeof *before);
    bool good = ranked && before;
    for (size_t i = 0; good && i < h->count; i++)
        if (is_secondary(h, h->cells[i]))
            ranked[count++] = (ranked_cell){h->set->cells[h->cells[i]].offenders, h->cells[i]};
    if (good) qsort(ranked, count, sizeof *ranked, compare_largest_first);
    for (size_t i = 0; good && i < count; i++)
        good = try_to_show(h, ranked[i].cell, thorough, before);
    memory_free(h->from, ranked);
    memory_free(h->from, before);
    return good;
}

/* --- the whole -------------------------------------------------------------------------------- */

/* The joined cells by one way of choosing; `thorough` says how hard to look for proofs before more
** is hidden, and for what can be shown again. False: no memory. */
static bool protect_one_way(disclosure_hiding *h, bool thorough) {
    disclosure_hide_primary(h);
    if (!disclosure_hide_narrow(h)) return false;
    for (size_t i = 0; i < h->count; i++)
        if (disclosure_needs_proof(h, h->cells[i]) && !disclosure_prove(h, h->cells[i], thorough))
            return false;
    for (bool found = true; found;) {
        found = false;
        for (size_t i = 0; i < h->count; i++) {
            size_t cell = h->cells[i];
            if (!disclosure_needs_proof(h, cell) || h->proof_of[cell] != DISCLOSURE_NONE) continue;
            if (!disclosure_protect_cell(h, cell)) return false;
            found = found || h->proof_of[cell] != DISCLOSURE_NONE;
        }
    }
    if (!show_again(h, thorough)) return false;
    for (size_t i = 0; i < h->count; i++) {
        size_t cell = h->cells[i];
        h->verdicts[cell].exposed =
            disclosure_needs_proof(h, cell) && h->proof_of[cell] == DISCLOSURE_NONE;
    }
    return true;
}

/* What a secondary cell costs: the digits of its offenders in binary. A large group is worth more
** than a small one, but not as much more as it is larger. */
static uint64_t cost_of(const disclosure_cell *cell) {
    uint64_t digits = 0;
    for (int64_t offenders = cell->offenders; offenders > 0; offenders /= 2) digits++;
    return digits;
}

static uint64_t cost_of_all(const disclosure_hiding *h) {
    uint64_t sum = 0;
    for (size_t i = 0; i < h->count; i++)
        if (is_secondary(h, h->cells[i])) sum += cost_of(&h->set->cells[h->cells[i]]);
    return sum;
}

/* More joined cells than this are protected the first way only, and less thoroughly. */
enum { THOROUGH_LIMIT = 500 };

/* Cells joined by lines, in all ways. `best` has room for their verdicts. False: no memory. */
static bool protect_joined(disclosure_hiding *h, disclosure_verdict *best) {
    bool thorough = h->count <= THOROUGH_LIMIT;
    uint64_t lowest = 0;
    for (int way = 0; way < DISCLOSURE_WAYS; way++) {
        if (way > 0 && (lowest == 0 || !thorough)) break;
        h->way = (disclosure_way)way;
        if (!protect_one_way(h, thorough)) return false;
        uint64_t found = cost_of_all(h);
        if (way > 0 && found >= lowest) continue;
        lowest = found;
        for (size_t i = 0; i < h->count; i++) best[i] = h->verdicts[h->cells[i]];
    }
    for (size_t i = 0; i < h->count; i++) {
        h->verdicts[h->cells[i]] = best[i];
        h->hidden[h->cells[i]] = best[i].reason != DISCLOSURE_SHOWN;
    }
    return true;
}

/* A cell hidden beside one that was shown again is named beside another hidden one of its line. */
static void name_another(disclosure_hiding *h, size_t cell) {
    disclosure_verdict *verdict = &h->verdicts[cell];
    if (verdict->beside == DISCLOSURE_NONE || h->hidden[verdict->beside]) return;
    verdict->beside = DISCLOSURE_NONE;
    const disclosure_line *line = &h->set->lines[verdict->line];
    for (size_t i = 0; verdict->beside == DISCLOSURE_NONE && i < disclosure_line_size(line); i++) {
        size_t other = disclosure_line_cell(h->set, line, i);
        if (other != cell && h->hidden[other]) verdict->beside = other;
    }
}

/* Lists in `joined`, from place `from` on, the cells that hang together with a cell; returns the
** place after them. */
static size_t join(const disclosure_hiding *h, size_t cell, size_t *joined, bool *taken,
                   size_t from) {
    size_t end = from;
    joined[end++] = cell;
    taken[cell] = true;
    for (size_t at = from; at < end; at++) {
        if (h->set->cells[joined[at]].decided == DISCLOSURE_KEPT_SHOWN)
            continue; /* nothing passes through what everybody knows */
        for (size_t i = h->index.first[joined[at]]; i < h->index.first[joined[at] + 1]; i++) {
            const disclosure_line *line = &h->set->lines[h->index.lines[i]];
            for (size_t k = 0; k < disclosure_line_size(line); k++) {
                size_t other = disclosure_line_cell(h->set, line, k);
                if (taken[other]) continue;
                taken[other] = true;
                joined[end++] = other;
            }
        }
    }
    return end;
}

static int compare_cells(const void *left, const void *right) {
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return (a > b) - (a < b);
}

static bool protect(disclosure_hiding *h) {
    size_t cells = h->set->cell_count, end = 0;
    bool *taken = memory_allocate(h->from, cells + 1);
    size_t *joined = memory_allocate(h->from, (cells + 1) * sizeof *joined);
    disclosure_verdict *best = memory_allocate(h->from, (cells + 1) * sizeof *best);
    bool good = taken && joined && best;
    if (good) memset(taken, 0, cells + 1);
    for (size_t cell = 0; good && cell < cells; cell++) {
        if (taken[cell]) continue;
        size_t start = end;
        end = join(h, cell, joined, taken, start);
        h->cells = joined + start;
        h->count = end - start;
        qsort(joined + start, h->count, sizeof *joined, compare_cells);
        good = protect_joined(h, best);
    }
    for (size_t cell = 0; good && cell < cells; cell++) name_another(h, cell);
    memory_free(h->from, taken);
    memory_free(h->from, joined);
    memory_free(h->from, best);
    return good;
}

disclosure_status disclosure_protect(const memory *from, const disclosure_set *set,
                                     int64_t threshold, disclosure_verdict *verdicts,
                                     size_t *where) {
    for (*where = 0; *where < set->line_count; ++*where)
        if (!disclosure_adds(set, &set->lines[*where])) return DISCLOSURE_DOES_NOT_ADD;
    disclosure_hiding hiding = {
        .from = from, .set = set, .threshold = threshold, .verdicts = verdicts};
    bool good = disclosure_hiding_start(&hiding) && protect(&hiding);
    disclosure_hiding_free(&hiding);
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
        [DISCLOSURE_DECIDED] = "kept hidden",
        [DISCLOSURE_SECONDARY] = "so that another cell cannot be worked out",
        [DISCLOSURE_WITHHELD] = "not published",
    };
    return texts[reason];
}
