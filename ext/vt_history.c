#include "vt_history.h"

#include <string.h>

#include "offence.h"
#include "store_blocks.h"
#include "store_check.h"
#include "store_fresh.h"
#include "store_write.h"

enum {
    OFFENDER, EVENT, EVENT_ID, DATE, DATE_END, KIND, PROVEN_DATE, PROVEN_BY, HO_CODE,
    OFFENCE_GROUP, AREA_CODE, DISPOSAL, SENTENCE_MONTHS, SUBCOHORT, EXCLUDED, COMMAND
};

/* How xFilter was planned. */
typedef enum history_plan {
    PLAN_EVERYONE,
    PLAN_ONE_PERSON /* argv[0] is the offender_id */
} history_plan;

typedef struct history_table_vtab {
    sqlite3_vtab base;
    sqlite3 *db;
    char *schema, *name;
} history_table_vtab;

typedef enum history_event { EVENT_APPEARANCE, EVENT_OFFENCE, EVENT_MEMBERSHIP } history_event;

typedef struct history_cursor {
    sqlite3_vtab_cursor base;
    store_history history;
    bool is_open;
    store_people people;
    history_person person;
    bool one_person, done;
    history_event event;
    uint32_t row; /* of the event in its table */
    sqlite3_int64 rowid;
} history_cursor;

/* --- creating and connecting ----------------------------------------------------------------- */

static bool is_argument(const char *text, const char *name, const char **value, size_t *length) {
    size_t name_length = strlen(name);
    while (*text == ' ' || *text == '\n' || *text == '\t') text++;
    if (strncmp(text, name, name_length) != 0) return false;
    text += name_length;
    while (*text == ' ') text++;
    if (*text++ != '=') return false;
    while (*text == ' ') text++;
    *length = strlen(text);
    while (*length && (text[*length - 1] == ' ' || text[*length - 1] == '\n')) --*length;
    bool quoted = *length >= 2 && (*text == '\'' || *text == '"') && text[*length - 1] == *text;
    *value = text + quoted;
    *length -= 2 * (size_t)quoted;
    return true;
}

static int keep_argument(char **kept, const char *value, size_t length) {
    sqlite3_free(*kept);
    *kept = sqlite3_mprintf("%.*s", (int)length, value);
    return *kept ? SQLITE_OK : SQLITE_NOMEM;
}

static int read_argument(store_settings *settings, const char *text, char **error) {
    const char *value;
    size_t length;
    calendar_day day;
    for (int i = 0; i < SOURCES; i++)
        if (is_argument(text, source_name((source)i), &value, &length))
            return keep_argument(&settings->named[i], value, length);
    if (is_argument(text, "extract_date", &value, &length)) {
        if (!calendar_parse(value, length, &day))
            return store_error(error, SQLITE_ERROR,
                               "extract_date must be a date, YYYY-MM-DD, of a day that exists");
        return keep_argument(&settings->extract_date, value, length);
    }
    if (is_argument(text, "stale", &value, &length)) {
        for (int i = 0; i < STALE_OPTIONS; i++) {
            settings->stale = (store_stale)i;
            if (strlen(store_stale_name(settings->stale)) == length &&
                memcmp(value, store_stale_name(settings->stale), length) == 0)
                return SQLITE_OK;
        }
        return store_error(error, SQLITE_ERROR, "stale must be refuse, allow or fresh");
    }
    return store_error(error, SQLITE_ERROR,
                       "reoffend_history takes offender=, appearance=, offence=, membership=, "
                       "extract_date= and stale=; got \"%s\"",
                       text);
}

/* SQLite takes over the error text of most calls, but not that of a failed xDestroy. */
static void free_table(history_table_vtab *table) {
    sqlite3_free(table->base.zErrMsg);
    sqlite3_free(table->schema);
    sqlite3_free(table->name);
    sqlite3_free(table);
}

static int declare(sqlite3 *db, const char *name) {
    char *sql = sqlite3_mprintf(
        "CREATE TABLE x(offender_id INTEGER, event TEXT, event_id INTEGER, date TEXT, "
        "date_end TEXT, kind TEXT, proven_date TEXT, proven_by TEXT, ho_code TEXT, "
        "offence_group TEXT, area_code TEXT, disposal TEXT, sentence_months INTEGER, "
        "subcohort TEXT, excluded TEXT, \"%w\" HIDDEN)",
        name);
    int code = sql ? sqlite3_declare_vtab(db, sql) : SQLITE_NOMEM;
    sqlite3_free(sql);
    return code;
}

static int history_connect(sqlite3 *db, void *client, int argc, const char *const *argv,
                           sqlite3_vtab **made, char **message) {
    (void)client, (void)argc, (void)message;
    int code = declare(db, argv[2]);
    if (code != SQLITE_OK) return code;
    history_table_vtab *table = sqlite3_malloc(sizeof *table);
    if (!table) return SQLITE_NOMEM;
    *table = (history_table_vtab){.db = db};
    table->schema = sqlite3_mprintf("%s", argv[1]);
    table->name = sqlite3_mprintf("%s", argv[2]);
    if (!table->schema || !table->name) {
        free_table(table);
        return SQLITE_NOMEM;
    }
    *made = &table->base;
    return SQLITE_OK;
}

static int history_create(sqlite3 *db, void *client, int argc, const char *const *argv,
                          sqlite3_vtab **made, char **message) {
    store_settings settings = {0};
    int code = SQLITE_OK;
    for (int i = 3; i < argc && code == SQLITE_OK; i++)
        if (argv[i][0]) code = read_argument(&settings, argv[i], message);
    if (code == SQLITE_OK) code = store_create(db, argv[1], argv[2], &settings, message);
    if (code == SQLITE_OK) code = history_connect(db, client, argc, argv, made, message);
    store_settings_free(&settings);
    return code;
}

static int history_disconnect(sqlite3_vtab *base) {
    free_table((history_table_vtab *)base);
    return SQLITE_OK;
}

/* Hands an error text of the store on to the table. */
static int pass_error(sqlite3_vtab *base, int code, char *error) {
    if (error) {
        sqlite3_free(base->zErrMsg);
        base->zErrMsg = error;
    }
    return code;
}

static int history_destroy(sqlite3_vtab *base) {
    history_table_vtab *table = (history_table_vtab *)base;
    char *error = NULL;
    int code = store_destroy(table->db, table->schema, table->name, &error);
    pass_error(base, code, error);
    if (code == SQLITE_OK) free_table(table);
    return code;
}

static int history_rename(sqlite3_vtab *base, const char *renamed) {
    history_table_vtab *table = (history_table_vtab *)base;
    char *error = NULL;
    int code = store_rename(table->db, table->schema, table->name, renamed, &error);
    return pass_error(base, code, error);
}

/* h_changed is not among them: triggers must be able to write it in defensive mode too. */
static int history_shadow_name(const char *suffix) {
    static const char *const names[] = {"block", "patch", "replaced", "dictionary", "meta"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (sqlite3_stricmp(suffix, names[i]) == 0) return 1;
    return 0;
}

/* --- commands -------------------------------------------------------------------------------- */

typedef struct history_command {
    const char *name;
    int (*write)(sqlite3 *, const char *, const char *, bool, char **);
    int (*check)(sqlite3 *, const char *, const char *, char **);
    bool with_progress;
} history_command;

static const history_command commands[] = {
    {"rebuild", .write = store_rebuild},
    {"rebuild progress", .write = store_rebuild, .with_progress = true},
    {"refresh", .write = store_refresh},
    {"refresh progress", .write = store_refresh, .with_progress = true},
    {"integrity-check", .check = store_check},
    {"integrity-check sources", .check = store_compare},
};

static int run_command(history_table_vtab *table, const char *given) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const history_command *command = &commands[i];
        char *error = NULL;
        if (sqlite3_stricmp(given, command->name) != 0) continue;
        int code = command->write ? command->write(table->db, table->schema, table->name,
                                                   command->with_progress, &error)
                                  : command->check(table->db, table->schema, table->name, &error);
        return pass_error(&table->base, code, error);
    }
    return glue_vtab_error(&table->base,
                           "history commands are 'rebuild', 'refresh' (both also with "
                           "' progress'), 'integrity-check' and 'integrity-check sources'");
}

static int history_update(sqlite3_vtab *base, int argc, sqlite3_value **argv, sqlite3_int64 *row) {
    history_table_vtab *table = (history_table_vtab *)base;
    (void)row;
    enum { FIRST_COLUMN = 2 };
    if (argc > 1 && sqlite3_value_type(argv[0]) == SQLITE_NULL &&
        sqlite3_value_type(argv[FIRST_COLUMN + COMMAND]) == SQLITE_TEXT) {
        const char *command = (const char *)sqlite3_value_text(argv[FIRST_COLUMN + COMMAND]);
        return command ? run_command(table, command) : SQLITE_NOMEM;
    }
    return glue_vtab_error(base,
                           "a history is a cache: change its sources and "
                           "run INSERT INTO %s(%s) VALUES ('refresh')",
                           table->name, table->name);
}

/* --- reading --------------------------------------------------------------------------------- */

static int history_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    (void)base;
    info->idxNum = PLAN_EVERYONE;
    info->estimatedCost = 1e8;
    info->estimatedRows = 10000000;
    for (int i = 0; i < info->nConstraint; i++) {
        if (!info->aConstraint[i].usable || info->aConstraint[i].iColumn != OFFENDER ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        info->idxNum = PLAN_ONE_PERSON;
        info->aConstraintUsage[i].argvIndex = 1;
        info->estimatedCost = 1000;
        info->estimatedRows = 10;
        break;
    }
    return SQLITE_OK;
}

static int history_open(sqlite3_vtab *base, sqlite3_vtab_cursor **opened) {
    (void)base;
    history_cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor) return SQLITE_NOMEM;
    memset(cursor, 0, sizeof *cursor);
    *opened = &cursor->base;
    return SQLITE_OK;
}

static void stop_reading(history_cursor *cursor) {
    store_people_close(&cursor->people);
    if (cursor->is_open) store_history_close(&cursor->history);
    cursor->is_open = false;
}

static int history_close(sqlite3_vtab_cursor *base) {
    stop_reading((history_cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* The rows of the person that belong to the cursor's kind of event. */
static uint32_t first_row(const history_cursor *cursor) {
    if (cursor->event == EVENT_APPEARANCE) return cursor->person.appearance;
    return cursor->event == EVENT_OFFENCE ? cursor->person.offence : cursor->person.membership;
}

static uint32_t end_row(const history_cursor *cursor) {
    if (cursor->event == EVENT_APPEARANCE) return cursor->person.appearance_end;
    return cursor->event == EVENT_OFFENCE ? cursor->person.offence_end
                                          : cursor->person.membership_end;
}

/* Moves on from `row` to the next event there is: of this kind, of the next kind, of the next
** person, in the next block. */
static int settle(history_cursor *cursor, char **error) {
    while (!cursor->done && cursor->row >= end_row(cursor)) {
        if (cursor->event != EVENT_MEMBERSHIP) {
            cursor->event++;
        } else {
            cursor->event = EVENT_APPEARANCE;
            int code = store_people_next(&cursor->people, &cursor->person, error);
            if (code != SQLITE_ROW && code != SQLITE_DONE) return code;
            cursor->done = code == SQLITE_DONE;
        }
        cursor->row = first_row(cursor);
    }
    return SQLITE_OK;
}

/* `wanted`: the one person to be read, or NULL for everyone. */
static int start_reading(history_cursor *cursor, const int64_t *wanted, char **error) {
    history_table_vtab *table = (history_table_vtab *)cursor->base.pVtab;
    char *name = sqlite3_mprintf("%s.%s", table->schema, table->name);
    if (!name) return SQLITE_NOMEM;
    cursor->is_open = true;
    int code = store_history_open_fresh(&cursor->history, table->db, name, error);
    sqlite3_free(name);
    if (code != SQLITE_OK) return code;
    if (wanted) {
        store_people_begin_for(&cursor->people, &cursor->history, *wanted);
    } else {
        store_people_begin(&cursor->people, &cursor->history);
    }
    code = store_people_next(&cursor->people, &cursor->person, error);
    if (code != SQLITE_ROW) return code;
    cursor->event = EVENT_APPEARANCE;
    cursor->row = cursor->person.appearance;
    return settle(cursor, error);
}

static int history_filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc,
                          sqlite3_value **argv) {
    history_cursor *cursor = (history_cursor *)base;
    char *error = NULL;
    (void)plan, (void)text;
    stop_reading(cursor);
    cursor->done = false;
    cursor->rowid = 1;
    int64_t wanted = 0;
    if (argc > 0 && !glue_value_is_integer(argv[0], &wanted)) {
        cursor->done = true;
        return SQLITE_OK;
    }
    int code = start_reading(cursor, argc > 0 ? &wanted : NULL, &error);
    if (code == SQLITE_DONE) {
        cursor->done = true;
        code = SQLITE_OK;
    }
    return pass_error(base->pVtab, code, error);
}

static int history_next(sqlite3_vtab_cursor *base) {
    history_cursor *cursor = (history_cursor *)base;
    char *error = NULL;
    cursor->row++;
    cursor->rowid++;
    return pass_error(base->pVtab, settle(cursor, &error), error);
}

static int history_eof(sqlite3_vtab_cursor *base) {
    return ((history_cursor *)base)->done;
}

static int history_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
    *row = ((history_cursor *)base)->rowid;
    return SQLITE_OK;
}

/* --- columns --------------------------------------------------------------------------------- */

static void result_day(sqlite3_context *context, int64_t day) {
    if (day != HISTORY_NULL) glue_result_date(context, (calendar_day)day);
}

static void result_number(sqlite3_context *context, int64_t number) {
    if (number != HISTORY_NULL) sqlite3_result_int64(context, number);
}

static void result_code(sqlite3_context *context, const history_cursor *cursor,
                        dictionary_family family, uint32_t code) {
    const dictionary_entry *entry = dictionary_at(&cursor->history.texts, family, code);
    if (entry)
        sqlite3_result_text(context, entry->text, (int)entry->length, SQLITE_TRANSIENT);
}

static void result_group(sqlite3_context *context, const history_cursor *cursor, uint32_t code) {
    const dictionary_entry *entry =
        dictionary_at(&cursor->history.texts, DICTIONARY_HO_CODE, code);
    const char *group =
        entry ? offence_group_name(offence_classify(entry->text, entry->length).group) : NULL;
    if (group) sqlite3_result_text(context, group, -1, SQLITE_STATIC);
}

static void appearance_column(sqlite3_context *context, const history_cursor *cursor, int column) {
    history_appearance event = history_appearance_at(cursor->person.block, cursor->row);
    switch (column) {
    case EVENT_ID:
        result_number(context, event.id);
        break;
    case DATE:
        result_day(context, event.date);
        break;
    case KIND:
        sqlite3_result_text(context, kind_name(event.kind), -1, SQLITE_STATIC);
        break;
    case HO_CODE:
        result_code(context, cursor, DICTIONARY_HO_CODE, event.ho_code);
        break;
    case OFFENCE_GROUP:
        result_group(context, cursor, event.ho_code);
        break;
    case AREA_CODE:
        result_code(context, cursor, DICTIONARY_AREA, event.area);
        break;
    case DISPOSAL:
        result_code(context, cursor, DICTIONARY_DISPOSAL, event.disposal);
        break;
    case SENTENCE_MONTHS:
        result_number(context, event.sentence);
        break;
    case EXCLUDED:
        result_code(context, cursor, DICTIONARY_EXCLUDED, event.excluded);
        break;
    }
}

static void offence_column(sqlite3_context *context, const history_cursor *cursor, int column) {
    history_offence event = history_offence_at(cursor->person.block, cursor->row);
    switch (column) {
    case EVENT_ID:
        result_number(context, event.id);
        break;
    case DATE:
        result_day(context, event.date);
        break;
    case DATE_END:
        if (event.end != event.date) result_day(context, event.end);
        break;
    case PROVEN_DATE:
        result_day(context, event.proven);
        break;
    case PROVEN_BY:
        result_code(context, cursor, DICTIONARY_PROVEN_BY, event.proven_by);
        break;
    case HO_CODE:
        result_code(context, cursor, DICTIONARY_HO_CODE, event.ho_code);
        break;
    case OFFENCE_GROUP:
        result_group(context, cursor, event.ho_code);
        break;
    case EXCLUDED:
        result_code(context, cursor, DICTIONARY_EXCLUDED, event.excluded);
        break;
    }
}

static void membership_column(sqlite3_context *context, const history_cursor *cursor, int column) {
    history_membership event = history_membership_at(cursor->person.block, cursor->row);
    if (column == DATE) result_day(context, event.start);
    if (column == DATE_END) result_day(context, event.end);
    if (column == SUBCOHORT) result_code(context, cursor, DICTIONARY_SUBCOHORT, event.subcohort);
}

static int history_column_value(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    static const char *const events[] = {"appearance", "offence", "membership"};
    const history_cursor *cursor = (history_cursor *)base;
    if (column == OFFENDER) {
        sqlite3_result_int64(context,
                             cursor->person.id);
    } else if (column == EVENT) {
        sqlite3_result_text(context, events[cursor->event], -1, SQLITE_STATIC);
    } else if (cursor->event == EVENT_APPEARANCE) {
        appearance_column(context, cursor, column);
    } else if (cursor->event == EVENT_OFFENCE) {
        offence_column(context, cursor, column);
    } else {
        membership_column(context, cursor, column);
    }
    return SQLITE_OK;
}

static const sqlite3_module history_module = {
    .iVersion = 3,
    .xCreate = history_create,
    .xConnect = history_connect,
    .xBestIndex = history_best_index,
    .xDisconnect = history_disconnect,
    .xDestroy = history_destroy,
    .xOpen = history_open,
    .xClose = history_close,
    .xFilter = history_filter,
    .xNext = history_next,
    .xEof = history_eof,
    .xColumn = history_column_value,
    .xRowid = history_rowid,
    .xUpdate = history_update,
    .xRename = history_rename,
    .xShadowName = history_shadow_name,
};

const glue_module vt_history = {
    .name = "reoffend_history",
    .module = &history_module,
    .arguments = "offender=, appearance=, offence=, membership=, extract_date=, stale=",
    .meaning = "Packs every person's events for the measure: CREATE VIRTUAL TABLE ... USING",
    .example = "SELECT * FROM history WHERE offender_id = 1",
};
