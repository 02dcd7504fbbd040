#include "vt_csv.h"

#include <stdio.h>
#include <string.h>

#include "csv_gate.h"
#include "glue_argument.h"
#include "glue_progress.h"
#include "text.h"

enum { PIECE = 1 << 20, SHOWN = 2000 };
enum { FIRST_LINE, RECORDS, CONTENT, REASON, VALUE_CLASS };

typedef struct csv_vtab {
    sqlite3_vtab base;
    char *path;
    sqlite3_int64 fields, skip, line;
} csv_vtab;

typedef struct csv_cursor {
    sqlite3_vtab_cursor base;
    FILE *file;
    csv_gate gate;
    csv_run run;
    bool done;
    sqlite3_int64 row, bytes;
    glue_progress progress;
} csv_cursor;

/* --- connecting ------------------------------------------------------------------------------- */

static int csv_disconnect(sqlite3_vtab *base) {
    sqlite3_free(((csv_vtab *)base)->path);
    sqlite3_free(base);
    return SQLITE_OK;
}

static int read_argument(csv_vtab *table, const char *argument, char **message) {
    bool good = true;
    if (!table->path && glue_argument_text(argument, "path", &table->path))
        return table->path ? SQLITE_OK : SQLITE_NOMEM;
    if (glue_argument_whole(argument, "fields", &table->fields, &good) ||
        glue_argument_whole(argument, "skip", &table->skip, &good) ||
        glue_argument_whole(argument, "line", &table->line, &good))
        if (good) return SQLITE_OK;
    *message = sqlite3_mprintf("reoffend_csv takes path=, fields=, skip= and line=; the last three "
                               "are whole numbers");
    return SQLITE_ERROR;
}

static int read_arguments(csv_vtab *table, int argc, const char *const *argv, char **message) {
    int code = SQLITE_OK;
    for (int i = 3; i < argc && code == SQLITE_OK; i++)
        code = read_argument(table, argv[i], message);
    if (code != SQLITE_OK) return code;
    if (strcmp(argv[1], "temp") != 0) {
        *message = sqlite3_mprintf("reoffend_csv reads files and is made in temp only: "
                                   "CREATE VIRTUAL TABLE temp.%s USING reoffend_csv(...)",
                                   argv[2]);
    } else if (!table->path || table->fields < 1) {
        *message = sqlite3_mprintf("reoffend_csv needs a file and how many fields a record has: "
                                   "reoffend_csv(path='FILE', fields=NUMBER)");
    } else {
        return SQLITE_OK;
    }
    return SQLITE_ERROR;
}

static int csv_connect(sqlite3 *db, void *client, int argc, const char *const *argv,
                       sqlite3_vtab **made, char **message) {
    (void)client;
    csv_vtab *table = sqlite3_malloc(sizeof *table);
    if (!table) return SQLITE_NOMEM;
    *table = (csv_vtab){.line = 1};
    int code = read_arguments(table, argc, argv, message);
    if (code == SQLITE_OK)
        code = sqlite3_declare_vtab(db, "CREATE TABLE x(first_line INTEGER, records INTEGER, "
                                        "content TEXT, reason TEXT, value_class TEXT)");
    if (code == SQLITE_OK) code = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    if (code == SQLITE_OK)
        *made = &table->base;
    else
        csv_disconnect(&table->base);
    return code;
}

/* Another function than xConnect, which would let every SELECT use the module by its own name. */
static int csv_create(sqlite3 *db, void *client, int argc, const char *const *argv,
                      sqlite3_vtab **made, char **message) {
    return csv_connect(db, client, argc, argv, made, message);
}

static int csv_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    enum { COST = 1000000 };
    (void)table;
    info->estimatedCost = COST;
    return SQLITE_OK;
}

/* --- reading ---------------------------------------------------------------------------------- */

static int csv_open(sqlite3_vtab *table, sqlite3_vtab_cursor **opened) {
    (void)table;
    csv_cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor) return SQLITE_NOMEM;
    memset(cursor, 0, sizeof *cursor);
    cursor->gate.record.from = &glue_memory;
    *opened = &cursor->base;
    return SQLITE_OK;
}

static void forget(csv_cursor *cursor) {
    if (cursor->file) fclose(cursor->file);
    cursor->file = NULL;
    csv_gate_free(&cursor->gate);
}

static int csv_close(sqlite3_vtab_cursor *base) {
    forget((csv_cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* Reads the next piece of the file into the gate. */
static int feed(csv_cursor *cursor) {
    char *room = csv_gate_room(&cursor->gate, PIECE);
    if (!room) return SQLITE_NOMEM;
    size_t size = fread(room, 1, PIECE, cursor->file);
    if (size == 0 && ferror(cursor->file)) {
        glue_vtab_error(cursor->base.pVtab, "reoffend_csv: the file cannot be read to its end");
        return SQLITE_IOERR_READ;
    }
    csv_gate_fed(&cursor->gate, size);
    cursor->bytes += (sqlite3_int64)size;
    glue_progress_at(&cursor->progress, cursor->bytes);
    return SQLITE_OK;
}

static int csv_next(sqlite3_vtab_cursor *base) {
    csv_cursor *cursor = (csv_cursor *)base;
    csv_step step;
    cursor->row++;
    while ((step = csv_gate_next(&cursor->gate, &cursor->run)) == CSV_MORE) {
        int code = feed(cursor);
        if (code != SQLITE_OK) return code;
    }
    cursor->done = step == CSV_END;
    return step == CSV_NO_MEMORY ? SQLITE_NOMEM : SQLITE_OK;
}

/* The file's size in bytes after `skip`; -1: it cannot be told or passed. */
static sqlite3_int64 size_after(FILE *file, sqlite3_int64 skip) {
    if (fseek(file, 0, SEEK_END) != 0) return -1;
    long size = ftell(file);
    return fseek(file, (long)skip, SEEK_SET) == 0 ? size - skip : -1;
}

static int csv_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                      sqlite3_value **argv) {
    (void)plan, (void)text, (void)argc, (void)argv;
    csv_cursor *cursor = (csv_cursor *)base;
    const csv_vtab *table = (const csv_vtab *)base->pVtab;
    forget(cursor);
    cursor->row = cursor->bytes = 0;
    cursor->gate.record.expected = (size_t)table->fields;
    cursor->gate.text.line = (size_t)table->line;
    cursor->file = fopen(table->path, "rb");
    sqlite3_int64 size = cursor->file ? size_after(cursor->file, table->skip) : -1;
    if (size < 0) {
        glue_vtab_error(base->pVtab, "reoffend_csv: the file cannot be opened");
        return SQLITE_CANTOPEN;
    }
    cursor->progress = (glue_progress){
        "bytes", strrchr(table->path, '/') ? strrchr(table->path, '/') + 1 : table->path, size, 0,
        glue_progress_asked()};
    return csv_next(base);
}

static int csv_eof(sqlite3_vtab_cursor *base) {
    return ((csv_cursor *)base)->done;
}

static int result_content(sqlite3_context *context, const csv_run *run) {
    char shown[SHOWN];
    const char *text = run->text;
    size_t length = run->length;
    if (run->fault != CSV_GOOD) {
        length = text_show(text, length, shown, sizeof shown);
        text = shown;
    }
    sqlite3_result_text64(context, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
    return SQLITE_OK;
}

static int csv_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const csv_run *run = &((csv_cursor *)base)->run;
    switch (column) {
    case FIRST_LINE:
        sqlite3_result_int64(context, (sqlite3_int64)run->first_line);
        break;
    case RECORDS:
        sqlite3_result_int64(context, (sqlite3_int64)run->records);
        break;
    case CONTENT:
        return result_content(context, run);
    case REASON:
        if (run->fault != CSV_GOOD)
            sqlite3_result_text(context, csv_fault_reason(run->fault), -1, SQLITE_STATIC);
        break;
    case VALUE_CLASS:
        if (run->fault != CSV_GOOD)
            sqlite3_result_text(context, run->value_class, -1, SQLITE_TRANSIENT);
        break;
    }
    return SQLITE_OK;
}

static int csv_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((csv_cursor *)base)->row;
    return SQLITE_OK;
}

static const sqlite3_module csv_module = {
    .xCreate = csv_create,
    .xConnect = csv_connect,
    .xBestIndex = csv_best_index,
    .xDisconnect = csv_disconnect,
    .xDestroy = csv_disconnect,
    .xOpen = csv_open,
    .xClose = csv_close,
    .xFilter = csv_filter,
    .xNext = csv_next,
    .xEof = csv_eof,
    .xColumn = csv_column,
    .xRowid = csv_rowid,
};

const glue_module vt_csv = {
    .name = "reoffend_csv",
    .module = &csv_module,
    .arguments = "path=, fields=, skip=, line=",
    .meaning = "A CSV file as runs of good records and single refused ones: "
               "CREATE VIRTUAL TABLE temp.... USING",
    .example = "CREATE VIRTUAL TABLE temp.gate USING reoffend_csv(path='/dev/null', fields=3); "
               "SELECT first_line, records, reason FROM temp.gate",
};
