/* random_case.h - one random case: a database of people made to hit the rules' edges.
**
** A case is an SQLite database without the extension that holds
**   appearance, offence, offender, membership   the input contract, every column
**   absent_column(source, name)    optional columns the engine is not given; NULL here (a missing
**                                  proven_date: the offence date)
**   viewed(source)                 sources the engine reads through a view
**   question, chosen_kind          see reference.sql; default_extract 1: the engine is not told the
**                                  extract date; stale: the option of the
**                                  history
**   asked(breakdowns)              lists of breakdowns to compare
**   change(number, sql)            statements that alter the four tables after the first rebuild
** so that it can be copied, made smaller and printed with SQL alone.
**
** The same seed and number give the same case from the same compiler, whatever the machine.
*/
#ifndef REOFFEND_TESTS_RANDOM_CASE_H
#define REOFFEND_TESTS_RANDOM_CASE_H

#include <sqlite3.h>
#include <stdint.h>

sqlite3 *random_case_make(uint64_t seed, uint64_t number);

extern const char *const random_case_offence_codes[]; /* ends with NULL */

/* How many people the case holds. */
int random_case_people(sqlite3 *made);

/* Runs SQL that must succeed, or ends the program with SQLite's message. */
void must_run(sqlite3 *db, const char *format, ...);

/* The single integer of a query that must succeed. */
int must_count(sqlite3 *db, const char *sql);

#endif
