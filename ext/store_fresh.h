/* store_fresh.h - opens a history for a query, which must never be answered stale by accident.
**
** A history that was never built is always refused. What is done with a stale one, its option says:
**
**   stale=refuse   an error that names the command to run (the default)
**   stale=allow    answered as it was built
**   stale=fresh    answered as the sources are: the people who changed are read from them and laid
**                  over the stored ones (store_overlay.h); memory and time grow with how many they
**                  are. When it is not known who changed, it is refused as by stale=refuse.
*/
#ifndef REOFFEND_STORE_FRESH_H
#define REOFFEND_STORE_FRESH_H

#include "store_history.h"

/* Opens it and reads the dictionary. */
int store_history_open_fresh(store_history *opened, sqlite3 *db, const char *name, char **error);

#endif
