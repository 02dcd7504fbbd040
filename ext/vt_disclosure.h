/* vt_disclosure.h - reoffend_disclosure(cells, lines [, threshold [, rounding]]): the one step
** between a finished table and its publication (R35), over disclosure.h.
**
** `cells` names a table or view with a row for each group that is published together:
**
**   cell           what names the group, unique, any kind: 'area|E23000001|age|10-14'
**   offenders      a whole number, 0 or more
**   reoffenders    likewise, not above offenders; NULL or no such column: judged by offenders alone
**   published      0 for a group nobody publishes but all can subtract (disclosure.h, note 5)
**   outcome        1 for a number of people by what they did, so that 0 is few as well (note 1)
**   decided        'hidden' for a group to be hidden whatever it holds, 'shown' for one that is
**                  published already, so cannot be hidden; else NULL (note 2)
**   least          so many offenders everybody knows to be in it, at least: a sum of probabilities
**                  that is published tells that (ext/RULES.md, R35); not above offenders
**
** and `lines` one with a row for each part of each sum:
**
**   line           what names the sum, any kind
**   total          the cell that is the sum, the same in all rows of the line
**   part           a cell that is part of it
**
** The last four columns of cells may be absent: 1, 0, NULL and 0. Give everything that is published
** together at once: the same group in two tables is one cell with two lines. threshold is 5 and
** rounding 1 (none) when left out.
**
** One row a cell, in the order of cells:
**
**   cell, status ('shown', 'hidden', 'withheld'), offenders, reoffenders (NULL unless shown;
**   rounded), and for the internal report only: reason, line, beside (the sum in which, and the
**   cell beside which, a secondary cell is hidden), exposed (1: cells kept shown give it away and
**   nothing is left to hide; see to it by hand)
**
** sql/65_disclosure.sql shows how it stands between `result` and the pages. Every other figure of a
** row (frequency, severity, limits, predicted) is left out where its cell is hidden. Never publish
** `reason`: it says which groups are small.
**
** Errors: a table or column that is not there, a figure that is no count, a total or part that is
** no cell, a line whose parts are not its total. Messages name the column, never a value.
*/
#ifndef REOFFEND_VT_DISCLOSURE_H
#define REOFFEND_VT_DISCLOSURE_H

#include "glue.h"

extern const glue_module vt_disclosure;

#endif
