#include "disclosure_set.h"

#include <string.h>

size_t disclosure_line_size(const disclosure_line *line) {
    return line->count + 1;
}

size_t disclosure_line_cell(const disclosure_set *set, const disclosure_line *line, size_t i) {
    return i < line->count ? set->parts[line->first + i] : line->total;
}

bool disclosure_has_figure(const disclosure_cell *cell, disclosure_figure figure) {
    return figure == DISCLOSURE_REOFFENDERS || cell->reoffenders != DISCLOSURE_NO_FIGURE;
}

int64_t disclosure_value(const disclosure_cell *cell, disclosure_figure figure) {
    if (cell->reoffenders == DISCLOSURE_NO_FIGURE) return cell->offenders;
    if (figure == DISCLOSURE_REOFFENDERS) return cell->reoffenders;
    return cell->offenders - cell->reoffenders;
}

int64_t disclosure_floor(const disclosure_cell *cell, disclosure_figure figure) {
    int64_t value = disclosure_value(cell, figure), other = cell->offenders - value;
    int64_t least = cell->least;
    if (least == 0 && !cell->withheld && !cell->outcome && cell->offenders > 0) least = 1;
    return least > other ? least - other : 0;
}

bool disclosure_adds(const disclosure_set *set, const disclosure_line *line) {
    const disclosure_cell *total = &set->cells[line->total];
    bool known = total->reoffenders != DISCLOSURE_NO_FIGURE;
    int64_t offenders = 0, reoffenders = 0;
    for (size_t i = 0; i < line->count; i++) {
        const disclosure_cell *part = &set->cells[set->parts[line->first + i]];
        offenders += part->offenders;
        reoffenders += part->reoffenders;
        known = known && part->reoffenders != DISCLOSURE_NO_FIGURE;
    }
    return offenders == total->offenders && (!known || reoffenders == total->reoffenders);
}

bool disclosure_index_build(disclosure_index *index, const memory *from,
                            const disclosure_set *set) {
    size_t places = 0, sum = 0;
    for (size_t line = 0; line < set->line_count; line++)
        places += disclosure_line_size(&set->lines[line]);
    index->first = memory_allocate(from, (set->cell_count + 1) * sizeof *index->first);
    index->lines = memory_allocate(from, (places + 1) * sizeof *index->lines);
    if (!index->first || !index->lines) return false;
    memset(index->first, 0, (set->cell_count + 1) * sizeof *index->first);
    for (size_t line = 0; line < set->line_count; line++)
        for (size_t i = 0; i < disclosure_line_size(&set->lines[line]); i++)
            index->first[disclosure_line_cell(set, &set->lines[line], i)]++;
    for (size_t cell = 0; cell <= set->cell_count; cell++) {
        sum += index->first[cell];
        index->first[cell] = sum;
    }
    for (size_t line = set->line_count; line-- > 0;)
        for (size_t i = 0; i < disclosure_line_size(&set->lines[line]); i++)
            index->lines[--index->first[disclosure_line_cell(set, &set->lines[line], i)]] = line;
    return true;
}

void disclosure_index_free(disclosure_index *index, const memory *from) {
    memory_free(from, index->first);
    memory_free(from, index->lines);
    *index = (disclosure_index){0};
}
