/* store_check.h - whether the stored people are what was written, and what the sources say. */
#ifndef REOFFEND_STORE_CHECK_H
#define REOFFEND_STORE_CHECK_H

#include "store_history.h"

/* Opens every block and checks it: its checksum, its place, its codes, the order of people, and
** that there are as many as were written. */
int store_check(sqlite3 *db, const char *schema, const char *name, char **error);

/* The same, and then everybody against the sources as they are now, as long as a rebuild takes. The
** error says how many people differ; of a stale history those who changed are among them. */
int store_compare(sqlite3 *db, const char *schema, const char *name, char **error);

#endif
