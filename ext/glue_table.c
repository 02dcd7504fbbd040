#include "glue_table.h"

#include <string.h>

int glue_table_connect(sqlite3 *db, void *client, int argc, const char *const *argv,
                       sqlite3_vtab **made, char **message) {
    const glue_module *module = client;
    (void)argc, (void)argv, (void)message;
    int code = sqlite3_declare_vtab(db, module->columns);
    if (code == SQLITE_OK && module->innocuous)
        code = sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    if (code != SQLITE_OK) return code;
    glue_table *table = sqlite3_malloc(sizeof *table);
    if (!table) return SQLITE_NOMEM;
    *table = (glue_table){.db = db, .module = module};
    *made = &table->base;
    return SQLITE_OK;
}

int glue_table_disconnect(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

int glue_table_open(sqlite3_vtab *table, sqlite3_vtab_cursor **opened) {
    size_t size = ((const glue_table *)table)->module->cursor_size;
    *opened = sqlite3_malloc64(size);
    if (!*opened) return SQLITE_NOMEM;
    memset(*opened, 0, size);
    return SQLITE_OK;
}

sqlite3 *glue_table_db(const sqlite3_vtab_cursor *cursor) {
    return ((const glue_table *)cursor->pVtab)->db;
}
