#include "disclosure_whole.h"

#include <string.h>

bool disclosure_whole_start(disclosure_whole *whole) {
    size_t cells = whole->set->cell_count + 1, lines = whole->set->line_count + 1;
    size_t columns = cells + lines;
    whole->support = memory_allocate(whole->from, cells * sizeof *whole->support);
    whole->is_support = memory_allocate(whole->from, cells * sizeof *whole->is_support);
    whole->also = memory_allocate(whole->from, cells * sizeof *whole->also);
    whole->also_support = memory_allocate(whole->from, cells * sizeof *whole->also_support);
    whole->is_also_support = memory_allocate(whole->from, cells * sizeof *whole->is_also_support);
    whole->wide = memory_allocate(whole->from, cells * sizeof *whole->wide);
    whole->prices = memory_allocate(whole->from, lines * sizeof *whole->prices);
    whole->lines = memory_allocate(whole->from, lines * sizeof *whole->lines);
    whole->place_of = memory_allocate(whole->from, lines * sizeof *whole->place_of);
    whole->moved = memory_allocate(whole->from, columns * sizeof *whole->moved);
    bool good = whole->support && whole->is_support && whole->also && whole->also_support &&
                whole->is_also_support && whole->wide && whole->prices && whole->lines &&
                whole->place_of && whole->moved;
    for (int figure = 0; figure < DISCLOSURE_FIGURES; figure++) {
        disclosure_system *of = &whole->systems[figure];
        of->solved.from = of->copy.from = whole->from;
        of->unknowns = memory_allocate(whole->from, columns * sizeof *of->unknowns);
        of->copied = memory_allocate(whole->from, columns * sizeof *of->copied);
        of->column = memory_allocate(whole->from, cells * sizeof *of->column);
        of->cell = memory_allocate(whole->from, columns * sizeof *of->cell);
        good = good && of->unknowns && of->copied && of->column && of->cell;
        for (size_t cell = 0; good && cell < cells; cell++) of->column[cell] = DISCLOSURE_NONE;
    }
    for (size_t line = 0; good && line < lines; line++) whole->place_of[line] = DISCLOSURE_NONE;
    if (!good) return false;
    memset(whole->is_support, 0, cells * sizeof *whole->is_support);
    memset(whole->is_also_support, 0, cells * sizeof *whole->is_also_support);
    memset(whole->wide, 0, cells * sizeof *whole->wide);
    return true;
}

void disclosure_whole_free(disclosure_whole *whole) {
    void *const blocks[] = {whole->support,      whole->is_support,      whole->also,
                            whole->also_support, whole->is_also_support, whole->wide,
                            whole->prices,       whole->lines,           whole->place_of,
                            whole->moved,        whole->entries};
    for (int figure = 0; figure < DISCLOSURE_FIGURES; figure++) {
        disclosure_system *of = &whole->systems[figure];
        void *const arrays[] = {of->unknowns, of->copied, of->column, of->cell};
        for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
            memory_free(whole->from, arrays[i]);
        if (!of->solved.from) continue; /* never started */
        attack_space_free(&of->solved);
        attack_space_free(&of->copy);
    }
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        memory_free(whole->from, blocks[i]);
}

void disclosure_whole_forget(disclosure_whole *whole) {
    if (!whole->is_ready) return;
    for (size_t i = 0; i < whole->line_count; i++)
        whole->place_of[whole->lines[i]] = DISCLOSURE_NONE;
    for (int figure = 0; figure < DISCLOSURE_FIGURES; figure++) {
        disclosure_system *of = &whole->systems[figure];
        for (size_t i = 0; i < of->solved.column_count; i++)
            if (of->cell[i] != DISCLOSURE_NONE) of->column[of->cell[i]] = DISCLOSURE_NONE;
    }
    whole->line_count = 0;
    whole->is_ready = false;
}

/* --- solving ---------------------------------------------------------------------------------- */

static attack_unknown unknown_of(const disclosure_whole *whole, size_t cell,
                                 disclosure_figure figure) {
    const disclosure_cell *of = &whole->set->cells[cell];
    return (attack_unknown){.value = disclosure_value(of, figure),
                            .floor = disclosure_floor(of, figure)};
}

static void list_lines(disclosure_whole *whole, const size_t *cells, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = whole->index->first[cells[i]]; k < whole->index->first[cells[i] + 1]; k++) {
            size_t line = whole->index->lines[k];
            if (whole->place_of[line] != DISCLOSURE_NONE) continue;
            whole->place_of[line] = whole->line_count;
            whole->lines[whole->line_count++] = line;
        }
}

/* Appends the lines of a cell to the first `*count` entries. */
static bool list_entries(disclosure_whole *whole, size_t cell, size_t unknown, size_t *count) {
    for (size_t k = whole->index->first[cell]; k < whole->index->first[cell + 1]; k++) {
        size_t line = whole->index->lines[k];
        if (!memory_reserve(whole->from, (void **)&whole->entries, &whole->entry_capacity,
                            *count + 1, sizeof *whole->entries))
            return false;
        whole->entries[(*count)++] = (attack_entry){whole->place_of[line], unknown,
                                                    whole->set->lines[line].total == cell ? -1 : 1};
    }
    return true;
}

static bool solve_figure(disclosure_whole *whole, const size_t *cells, size_t count,
                         const bool *hidden, disclosure_figure figure) {
    disclosure_system *of = &whole->systems[figure];
    size_t unknown_count = 0, entry_count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t cell = cells[i];
        if (!hidden[cell] || !disclosure_has_figure(&whole->set->cells[cell], figure)) continue;
        of->unknowns[unknown_count] = unknown_of(whole, cell, figure);
        of->column[cell] = unknown_count;
        of->cell[unknown_count] = cell;
        if (!list_entries(whole, cell, unknown_count++, &entry_count)) return false;
    }
    for (size_t i = 0; i < whole->line_count; i++) of->cell[unknown_count + i] = DISCLOSURE_NONE;
    return attack_begin(&of->solved, of->unknowns, unknown_count, whole->entries, entry_count,
                        whole->line_count);
}

bool disclosure_whole_solve(disclosure_whole *whole, const size_t *cells, size_t count,
                            const bool *hidden) {
    disclosure_whole_forget(whole);
    list_lines(whole, cells, count);
    whole->is_ready = true;
    for (int figure = 0; figure < DISCLOSURE_FIGURES; figure++)
        if (!solve_figure(whole, cells, count, hidden, (disclosure_figure)figure)) return false;
    return true;
}

bool disclosure_whole_add(disclosure_whole *whole, size_t cell) {
    for (int figure = 0; whole->is_ready && figure < DISCLOSURE_FIGURES; figure++) {
        disclosure_system *of = &whole->systems[figure];
        size_t entry_count = 0;
        if (!disclosure_has_figure(&whole->set->cells[cell], (disclosure_figure)figure)) continue;
        attack_unknown unknown = unknown_of(whole, cell, (disclosure_figure)figure);
        if (!list_entries(whole, cell, 0, &entry_count)) return false;
        size_t column = attack_add(&of->solved, &unknown, whole->entries, entry_count);
        if (column == SIZE_MAX) return false;
        of->column[cell] = column;
        of->cell[column] = cell;
    }
    return true;
}

/* --- proving ---------------------------------------------------------------------------------- */

static void list_once(size_t cell, bool *is_listed, size_t *list, size_t *count) {
    if (is_listed[cell]) return;
    is_listed[cell] = true;
    list[(*count)++] = cell;
}

/* What the proof rests on, and what of other cells it has shown on the way. */
static void add_support(disclosure_whole *whole, const disclosure_system *of) {
    for (size_t i = 0; i < of->copy.column_count; i++) {
        size_t cell = of->cell[i];
        if (cell == DISCLOSURE_NONE) continue;
        double width = of->copied[i].high - of->copied[i].low;
        whole->wide[cell] += width >= (double)whole->threshold - 1e-6;
        if (width > 0.0)
            list_once(cell, whole->is_also_support, whole->also_support,
                      &whole->also_support_count);
        if (whole->moved[i])
            list_once(cell, whole->is_support, whole->support, &whole->support_count);
    }
}

/* Lists the other cells all of whose figures have shown themselves safe, and forgets the marks. */
static void list_also(disclosure_whole *whole, size_t cell) {
    const disclosure_system *of = &whole->systems[DISCLOSURE_REOFFENDERS];
    whole->also_count = 0;
    for (size_t i = 0; i < of->solved.column_count; i++) {
        size_t other = of->cell[i];
        if (other == DISCLOSURE_NONE) continue;
        int figures = 1 + disclosure_has_figure(&whole->set->cells[other], DISCLOSURE_OTHERS);
        bool safe = whole->is_safe && whole->wide[other] == figures;
        whole->wide[other] = 0;
        if (safe && other != cell) whole->also[whole->also_count++] = other;
    }
}

/* The range of one figure; the prices of its lines only where they are wanted. */
static bool find_range(disclosure_whole *whole, size_t cell, disclosure_figure figure,
                       bool with_prices) {
    disclosure_system *of = &whole->systems[figure];
    size_t column = of->column[cell];
    if (!attack_copy(&of->copy, &of->solved, of->copied, with_prices)) return false;
    attack_unknown *unknown = &of->copied[column];
    unknown->need = (double)whole->threshold;
    if (!attack_range(&of->copy, column, whole->prices, whole->moved)) return false;
    whole->is_safe = unknown->high - unknown->low >= unknown->need - 1e-6;
    return true;
}

/* Prices slow a search down and are wanted of those that fail, which are few: these search again.
*/
static bool try_figure(disclosure_whole *whole, size_t cell, disclosure_figure figure) {
    if (!find_range(whole, cell, figure, false)) return false;
    if (whole->is_safe) {
        add_support(whole, &whole->systems[figure]);
        return true;
    }
    whole->priced = figure;
    return find_range(whole, cell, figure, true);
}

bool disclosure_whole_try(disclosure_whole *whole, size_t cell) {
    whole->support_count = whole->also_support_count = 0;
    whole->is_safe = true;
    bool good = true;
    for (int figure = 0; good && whole->is_safe && figure < DISCLOSURE_FIGURES; figure++)
        if (disclosure_has_figure(&whole->set->cells[cell], (disclosure_figure)figure))
            good = try_figure(whole, cell, (disclosure_figure)figure);
    for (size_t i = 0; i < whole->support_count; i++) whole->is_support[whole->support[i]] = false;
    for (size_t i = 0; i < whole->also_support_count; i++)
        whole->is_also_support[whole->also_support[i]] = false;
    list_also(whole, cell);
    return good;
}
