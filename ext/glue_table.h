/* glue_table.h - what all table-valued functions do alike: connect, make a cursor, go.
**
** A module names its columns once, in its row (glue_module), and uses these as xConnect,
** xDisconnect and, where its cursor begins as zeros, xOpen. Tables hold nothing but the connection.
*/
#ifndef REOFFEND_GLUE_TABLE_H
#define REOFFEND_GLUE_TABLE_H

#include "glue.h"

typedef struct glue_table {
    sqlite3_vtab base;
    sqlite3 *db;
    const glue_module *module;
} glue_table;

int glue_table_connect(sqlite3 *db, void *client, int argc, const char *const *argv,
                       sqlite3_vtab **made, char **message);
int glue_table_disconnect(sqlite3_vtab *table);

/* A cursor of the module's cursor_size bytes, all zero. */
int glue_table_open(sqlite3_vtab *table, sqlite3_vtab_cursor **opened);

/* The connection of the cursor's table. */
sqlite3 *glue_table_db(const sqlite3_vtab_cursor *cursor);

#endif
