/* disclosure.h - which figures of a set of tables must be hidden (rule R35).
**
** 1. Primary: a cell with offenders, of whom, or of whose re-offenders or non-re-offenders, there
**    are fewer than the threshold, is hidden, whole. 0 re-offenders among 40 is hidden as well: a
**    rate of 0 % or 100 % says something about everybody. A group without offenders says nothing
**    about anybody and is shown. Cells without a re-offender figure are judged by offenders alone;
**    of an outcome (what people of a group did) 0 is few as well.
** 2. A cell kept hidden (because an earlier publication hid it, or it says too much about another)
**    is hidden whatever it holds; one kept shown (published already) is known and never hidden. A
**    cell such ones give away whatever else is hidden is marked exposed.
** 3. Secondary: more cells are hidden until nobody who knows all shown cells and all lines can work
**    out a hidden figure to an interval narrower than the threshold (disclosure_proof.h): not by
**    elimination, not by 0 + 0 = 0, across all tables of the set.
** 4. The cell hidden beside one in danger stands in the line that binds it most, else in one of
**    those that, taken together, keep it down. It is chosen in three ways (the fewest further cells
**    needed, then the smallest; the fewest needed, then the largest; the smallest); afterwards each
**    secondary cell, the largest first, is shown again where all stays safe without it; and the way
**    that costs least is taken, each secondary cell costing the number of binary digits of its
**    offenders. Cells joined by lines are protected together, others by themselves; more than 500
**    joined cells go the first way only.
** 5. A withheld cell is published nowhere (people in no sub-cohort: total minus sub-cohort), but
**    could be worked out: the parts beside it are hidden where it is small. A withheld cell that is
**    not small needs no protection.
** 6. The same set gives the same answer; the order of cells breaks ties.
** 7. Rounding, when wanted, is to the nearest multiple of the base, halves up, after hiding.
**
** Publish hidden or not; never which cells are primary, which says that they are small.
*/
#ifndef REOFFEND_DISCLOSURE_H
#define REOFFEND_DISCLOSURE_H

#include "disclosure_set.h"

typedef enum disclosure_status {
    DISCLOSURE_OK,
    DISCLOSURE_NO_MEMORY,
    DISCLOSURE_DOES_NOT_ADD /* *where: the line whose parts are not its total */
} disclosure_status;

/* One verdict a cell. threshold >= 0; 0 hides nothing. */
disclosure_status disclosure_protect(const memory *from, const disclosure_set *set,
                                     int64_t threshold, disclosure_verdict *verdicts,
                                     size_t *where);

/* base >= 1; number >= 0. */
int64_t disclosure_round(int64_t number, int64_t base);

const char *disclosure_reason_text(disclosure_reason reason);

#endif
