/* store_ids.h - ids of people in ascending order, as read from a shadow table. */
#ifndef REOFFEND_STORE_IDS_H
#define REOFFEND_STORE_IDS_H

#include <stddef.h>

#include "store_sql.h"

typedef struct store_ids {
    int64_t *ids;
    size_t count, capacity;
} store_ids;

/* Reads them from the named shadow table of a history; NULLs are passed over. */
int store_ids_read(store_ids *read, sqlite3 *db, const char *schema, const char *history,
                   const char *table, char **error);

/* Adds those of another list, keeping the order and each once. False: no memory. */
bool store_ids_merge(store_ids *into, const store_ids *more);
void store_ids_free(store_ids *freed);

/* The place of the first that is not below `id`; count when there is none. */
size_t store_ids_from(const store_ids *ids, int64_t id);
bool store_ids_have(const store_ids *ids, int64_t id);

/* A sum that another list does not have. */
int64_t store_ids_checksum(const store_ids *ids);

#endif
