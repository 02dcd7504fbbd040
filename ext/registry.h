/* registry.h - the one list of everything the extension adds to SQL.
**
** Registering, the table reoffend_functions and the test that loading adds exactly this all walk
** these two lists. A new family of functions is one line in registry.c.
*/
#ifndef REOFFEND_REGISTRY_H
#define REOFFEND_REGISTRY_H

#include "glue.h"

extern const glue_function *const registry_families[]; /* ends with NULL */
extern const glue_module *const registry_modules[];    /* ends with NULL */

/* Registers all of it on the connection. On failure returns SQLite's code and, when there is
** memory for it, *message: what could not be registered (free with sqlite3_free). */
int registry_install(sqlite3 *db, char **message);

#endif
