/* shrinking.h - makes a failing case small and prints it as a case for tests/sql/. */
#ifndef REOFFEND_TESTS_SHRINKING_H
#define REOFFEND_TESTS_SHRINKING_H

#include "comparison.h"

/* Drops people, rows, changes, breakdowns, then options and values, as long as the case still
** fails. */
void shrink_case(comparison *with, sqlite3 *failing);

/* Prints the case as SQL for the sqlite3 shell. */
void print_case(sqlite3 *failing);

#endif
