/* reoffend.c - the entry point of the loadable extension, and nothing else.
**
**   .load ./reoffend
**
** SQLite makes the entry point's name from the file's: reoffend.so gives sqlite3_reoffend_init. */
#define GLUE_ENTRY_POINT
#include "glue.h"
#include "registry.h"

#ifndef SQLITE_CORE
SQLITE_EXTENSION_INIT1
#endif

enum { OLDEST_SQLITE = 3038000 };

__attribute__((visibility("default"))) int sqlite3_reoffend_init(sqlite3 *db, char **message,
                                                                 const sqlite3_api_routines *api);

int sqlite3_reoffend_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
#ifdef SQLITE_CORE
    (void)api;
#else
    SQLITE_EXTENSION_INIT2(api)
#endif
    if (sqlite3_libversion_number() < OLDEST_SQLITE) {
        *message = sqlite3_mprintf("reoffend needs SQLite 3.38 or later; this is %s",
                                   sqlite3_libversion());
        return SQLITE_ERROR;
    }
    return registry_install(db, message);
}
