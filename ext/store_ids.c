#include "store_ids.h"

#include "checksum.h"

static bool append(store_ids *to, int64_t id) {
    void *room = to->ids;
    if (!memory_reserve(&glue_memory, &room, &to->capacity, to->count + 1, sizeof *to->ids))
        return false;
    to->ids = room;
    to->ids[to->count++] = id;
    return true;
}

int store_ids_read(store_ids *read, sqlite3 *db, const char *schema, const char *history,
                   const char *table, char **error) {
    sqlite3_stmt *rows;
    int code = store_prepare(db, error, &rows,
                             "SELECT offender_id FROM \"%w\".\"%w_%s\" "
                             "WHERE offender_id IS NOT NULL ORDER BY offender_id",
                             schema, history, table);
    read->count = 0;
    while (code == SQLITE_OK && (code = store_step(rows, error)) == SQLITE_ROW)
        code = append(read, sqlite3_column_int64(rows, 0)) ? SQLITE_OK : SQLITE_NOMEM;
    sqlite3_finalize(rows);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

bool store_ids_merge(store_ids *into, const store_ids *more) {
    store_ids merged = {0};
    size_t left = 0, right = 0;
    while (left < into->count || right < more->count) {
        bool take_left = right == more->count ||
                         (left < into->count && into->ids[left] <= more->ids[right]);
        int64_t id = take_left ? into->ids[left] : more->ids[right];
        left += left < into->count && into->ids[left] == id;
        right += right < more->count && more->ids[right] == id;
        if (!append(&merged, id)) {
            store_ids_free(&merged);
            return false;
        }
    }
    store_ids_free(into);
    *into = merged;
    return true;
}

void store_ids_free(store_ids *freed) {
    memory_free(&glue_memory, freed->ids);
    *freed = (store_ids){0};
}

size_t store_ids_from(const store_ids *ids, int64_t id) {
    size_t low = 0, high = ids->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ids->ids[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool store_ids_have(const store_ids *ids, int64_t id) {
    size_t at = store_ids_from(ids, id);
    return at < ids->count && ids->ids[at] == id;
}

int64_t store_ids_checksum(const store_ids *ids) {
    if (ids->count == 0) return 0;
    return (int64_t)checksum((const uint8_t *)ids->ids, ids->count * sizeof *ids->ids);
}
