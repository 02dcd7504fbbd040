#include "store_write.h"

#include <string.h>

/* A block is closed when it holds so many. Large enough that what is kept once a block costs
** nothing, small enough that its columns stay in the processor's second cache. */
enum { BLOCK_PEOPLE = 4096, BLOCK_EVENTS = 32768 };

typedef struct store_writer {
    store_history *history;
    history_builder builder;
    sqlite3_stmt *insert; /* of a block */
    bool lowest;          /* the next block is the first of the store: it takes all lower ids */
} store_writer;

/* --- shadow tables --------------------------------------------------------------------------- */

int store_create(sqlite3 *db, const char *schema, const char *name,
                 const store_settings *settings, char **error) {
    int code = store_run(
        db, error,
        "CREATE TABLE \"%w\".\"%w_block\"(first_id INTEGER PRIMARY KEY, people INTEGER NOT NULL, "
        "events INTEGER NOT NULL, latest INTEGER, counted BLOB NOT NULL, "
        "described BLOB NOT NULL);"
        "CREATE TABLE \"%w\".\"%w_dictionary\"(family INTEGER, code INTEGER, text TEXT NOT NULL, "
        "PRIMARY KEY (family, code)) WITHOUT ROWID;"
        "CREATE TABLE \"%w\".\"%w_meta\"(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
        "CREATE TABLE \"%w\".\"%w_changed\"(offender_id INTEGER UNIQUE);",
        schema, name, schema, name, schema, name, schema, name);
    if (code != SQLITE_OK) return code;
    code = store_run(db, error,
                     "INSERT INTO \"%w\".\"%w_meta\"(name, value) VALUES ('format', %d), "
                     "('generation', 0), ('built', 0), ('fingerprint', 0), ('blocks', 0), "
                     "('people', 0), ('extract_date', NULL), "
                     "('untracked', NULL), ('extract_option', %Q), ('stale_option', %Q)",
                     schema, name, HISTORY_FORMAT, settings->extract_date,
                     settings->allow_stale ? "allow" : NULL);
    for (int i = 0; i < SOURCES && code == SQLITE_OK; i++)
        code = store_run(db, error, "INSERT INTO \"%w\".\"%w_meta\" VALUES (%Q, %Q)", schema, name,
                         source_name((source)i), settings->named[i]);
    return code;
}

static const char *const shadow_tables[] = {"block", "dictionary", "meta", "changed"};

enum { SHADOW_TABLES = sizeof shadow_tables / sizeof *shadow_tables };

int store_destroy(sqlite3 *db, const char *schema, const char *name, char **error) {
    int code = store_drop_triggers(db, schema, name, error);
    for (int i = 0; i < SHADOW_TABLES && code == SQLITE_OK; i++)
        code = store_run(db, error, "DROP TABLE IF EXISTS \"%w\".\"%w_%s\"", schema, name,
                         shadow_tables[i]);
    return code;
}

/* The triggers name the old tables; without them the history is stale as a whole, as it must be. */
int store_rename(sqlite3 *db, const char *schema, const char *name, const char *renamed,
                 char **error) {
    int code = store_drop_triggers(db, schema, name, error);
    for (int i = 0; i < SHADOW_TABLES && code == SQLITE_OK; i++)
        code = store_run(db, error, "ALTER TABLE \"%w\".\"%w_%s\" RENAME TO \"%w_%s\"", schema,
                         name, shadow_tables[i], renamed, shadow_tables[i]);
    return code;
}

/* --- writing blocks -------------------------------------------------------------------------- */

/* Packs what the builder holds and writes it. The first block of the store is keyed by the least
** id there is, so that every id has a block to go to. */
static int flush(store_writer *writer, char **error) {
    history_builder *builder = &writer->builder;
    if (history_builder_people(builder) == 0) return SQLITE_OK;
    sqlite3_int64 people = (sqlite3_int64)history_builder_people(builder);
    sqlite3_int64 events = (sqlite3_int64)history_builder_events(builder);
    int64_t latest = builder->latest;
    history_bytes parts[HISTORY_PARTS];
    if (!history_builder_pack(builder, parts)) return SQLITE_NOMEM;
    sqlite3_bind_int64(writer->insert, 1, writer->lowest ? INT64_MIN : builder->first_id);
    sqlite3_bind_int64(writer->insert, 2, people);
    sqlite3_bind_int64(writer->insert, 3, events);
    if (latest == HISTORY_NULL) {
        sqlite3_bind_null(writer->insert, 4);
    } else {
        sqlite3_bind_int64(writer->insert, 4, latest);
    }
    for (int part = 0; part < HISTORY_PARTS; part++)
        sqlite3_bind_blob64(writer->insert, 5 + part, parts[part].bytes, parts[part].size,
                            SQLITE_STATIC);
    writer->lowest = false;
    int code = store_do(writer->insert, error);
    sqlite3_clear_bindings(writer->insert);
    return code;
}

static int flush_when_full(store_writer *writer, char **error) {
    if (history_builder_people(&writer->builder) < BLOCK_PEOPLE &&
        history_builder_events(&writer->builder) < BLOCK_EVENTS)
        return SQLITE_OK;
    return flush(writer, error);
}

static int open_writer(store_writer *writer, store_history *history, char **error) {
    *writer = (store_writer){.history = history};
    history_builder_init(&writer->builder, &glue_memory, &history->texts);
    return store_prepare(history->db, error, &writer->insert,
                         "INSERT INTO \"%w\".\"%w_block\"(first_id, people, events, latest, "
                         "counted, described) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                         history->schema, history->name);
}

static void close_writer(store_writer *writer) {
    sqlite3_finalize(writer->insert);
    history_builder_free(&writer->builder);
}

/* --- what stands beside the blocks ----------------------------------------------------------- */

/* Writes the texts that were added since there were `known[family]`. */
static int write_texts(store_history *history, const size_t known[DICTIONARY_FAMILIES],
                       char **error) {
    sqlite3_stmt *insert;
    int code = store_prepare(history->db, error, &insert,
                             "INSERT INTO \"%w\".\"%w_dictionary\" VALUES (?1, ?2, ?3)",
                             history->schema, history->name);
    for (int family = 0; family < DICTIONARY_FAMILIES; family++) {
        size_t count = dictionary_count(&history->texts, (dictionary_family)family);
        for (size_t i = known[family]; i < count && code == SQLITE_OK; i++) {
            const dictionary_entry *entry =
                dictionary_at(&history->texts, (dictionary_family)family, (uint32_t)i + 1);
            sqlite3_bind_int(insert, 1, family);
            sqlite3_bind_int64(insert, 2, (sqlite3_int64)i + 1);
            sqlite3_bind_text(insert, 3, entry->text, (int)entry->length, SQLITE_STATIC);
            code = store_do(insert, error);
        }
    }
    sqlite3_finalize(insert);
    return code;
}

/* The extract date: as named, else the latest day of any event (R16). */
static int write_extract_date(store_history *history, char **error) {
    sqlite3_stmt *latest;
    char text[CALENDAR_TEXT_LENGTH + 1] = "";
    int code = store_prepare(history->db, error, &latest,
                             "SELECT max(latest) FROM \"%w\".\"%w_block\"",
                             history->schema, history->name);
    if (code == SQLITE_OK) code = store_step(latest, error);
    if (code == SQLITE_ROW && sqlite3_column_type(latest, 0) == SQLITE_INTEGER)
        calendar_format((calendar_day)sqlite3_column_int64(latest, 0), text);
    sqlite3_finalize(latest);
    if (code != SQLITE_ROW) return code;
    const char *chosen = history->settings.extract_date ? history->settings.extract_date : text;
    return store_run(history->db, error,
                     "UPDATE \"%w\".\"%w_meta\" SET value = %Q WHERE name = 'extract_date'",
                     history->schema, history->name, *chosen ? chosen : NULL);
}

static int write_state(store_history *history, char **error) {
    const char *schema = history->schema, *name = history->name;
    sqlite3_int64 fingerprint;
    int code = store_fingerprint(history->db, schema, name, history->places, &fingerprint, error);
    if (code == SQLITE_OK) code = write_extract_date(history, error);
    if (code == SQLITE_OK)
        code = store_run(history->db, error,
                         "UPDATE \"%w\".\"%w_meta\" SET value = CASE name WHEN 'built' THEN 1 "
                         "WHEN 'fingerprint' THEN %lld WHEN 'format' THEN %d "
                         "WHEN 'blocks' THEN (SELECT count(*) FROM \"%w\".\"%w_block\") "
                         "WHEN 'people' THEN (SELECT total(people) FROM \"%w\".\"%w_block\") "
                         "ELSE value + 1 END WHERE name IN "
                         "('built', 'fingerprint', 'format', 'blocks', 'people', 'generation');"
                         "DELETE FROM \"%w\".\"%w_changed\"",
                         schema, name, fingerprint, HISTORY_FORMAT, schema, name, schema, name,
                         schema, name);
    return code;
}

/* --- rebuild --------------------------------------------------------------------------------- */

/* Replaces the triggers; refuses a source that cannot be watched unless stale answers are allowed
** by name. */
static int watch_sources(store_history *history, char **error) {
    char *untracked;
    int code = store_install_triggers(history->db, history->schema, history->name,
                                      history->places, &untracked, error);
    if (code == SQLITE_OK && untracked && !history->settings.allow_stale)
        code = store_error(error, SQLITE_ERROR,
                           "changes of %s cannot be watched from history %s (another database, or "
                           "a virtual table); copy it into a table, or create the history with "
                           "stale=allow and rebuild it yourself",
                           untracked, history->name);
    sqlite3_free(untracked);
    return code;
}

static int write_everyone(store_history *history, char **error) {
    store_writer writer;
    source_reader reader = {0};
    sqlite3_int64 id;
    int code = open_writer(&writer, history, error);
    writer.lowest = true;
    if (code == SQLITE_OK)
        code = source_reader_open(&reader, history->db, history->places, &history->texts, "",
                                  error);
    while (code == SQLITE_OK && source_reader_peek(&reader, &id)) {
        code = source_reader_take(&reader, &writer.builder, error);
        if (code == SQLITE_OK) code = flush_when_full(&writer, error);
    }
    if (code == SQLITE_OK) code = flush(&writer, error);
    source_reader_close(&reader);
    close_writer(&writer);
    return code;
}

static int rebuild(store_history *history, char **error) {
    const size_t nothing[DICTIONARY_FAMILIES] = {0};
    int code = SQLITE_OK;
    if (!history->freshness.built || history->freshness.whole_stale)
        code = watch_sources(history, error);
    if (code == SQLITE_OK)
        code = store_run(history->db, error,
                         "DELETE FROM \"%w\".\"%w_block\"; DELETE FROM \"%w\".\"%w_dictionary\"",
                         history->schema, history->name, history->schema, history->name);
    if (code == SQLITE_OK) code = write_everyone(history, error);
    if (code == SQLITE_OK) code = write_texts(history, nothing, error);
    if (code == SQLITE_OK) code = write_state(history, error);
    return code;
}

int store_rebuild(sqlite3 *db, const char *schema, const char *name, char **error) {
    store_history history;
    int code = store_history_open(&history, db, schema, name, error);
    if (code == SQLITE_OK) code = rebuild(&history, error);
    store_history_close(&history);
    return code;
}

/* --- refresh --------------------------------------------------------------------------------- */

/* Copies a packed person as they are. */
static int copy_person(history_builder *builder, const history_person *person) {
    history_offender offender = history_offender_of(person);
    bool done = true;
    history_builder_begin(builder, &offender);
    for (uint32_t row = person->appearance; done && row < person->appearance_end; row++) {
        history_appearance copied = history_appearance_at(person->block, row);
        done = history_builder_appearance(builder, &copied);
    }
    for (uint32_t row = person->offence; done && row < person->offence_end; row++) {
        history_offence copied = history_offence_at(person->block, row);
        done = history_builder_offence(builder, &copied);
    }
    for (uint32_t row = person->membership; done && row < person->membership_end; row++) {
        history_membership copied = history_membership_at(person->block, row);
        done = history_builder_membership(builder, &copied);
    }
    return done && history_builder_end(builder) ? SQLITE_OK : SQLITE_NOMEM;
}

/* The ids in h_changed, read along with the blocks. */
typedef struct changed_ids {
    sqlite3_stmt *statement;
    sqlite3_int64 id;
    bool at_id;
} changed_ids;

static int next_changed(changed_ids *changed, char **error) {
    int code = store_step(changed->statement, error);
    changed->at_id = code == SQLITE_ROW;
    if (changed->at_id) changed->id = sqlite3_column_int64(changed->statement, 0);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Takes the changed people with ids below `below` (all of them when `to_end`) from the sources;
** those no longer in the sources are gone. */
static int take_changed(store_writer *writer, source_reader *reader, changed_ids *changed,
                        sqlite3_int64 below, bool to_end, char **error) {
    int code = SQLITE_OK;
    while (code == SQLITE_OK && changed->at_id && (to_end || changed->id < below)) {
        sqlite3_int64 id;
        if (source_reader_peek(reader, &id) && id == changed->id)
            code = source_reader_take(reader, &writer->builder, error);
        if (code == SQLITE_OK) code = flush_when_full(writer, error);
        if (code == SQLITE_OK) code = next_changed(changed, error);
    }
    return code;
}

/* Rewrites one block: its people as they are, but for the changed ones. */
static int rewrite_block(store_writer *writer, const history_block *block, source_reader *reader,
                         changed_ids *changed, sqlite3_int64 next_first, bool last, char **error) {
    history_person person;
    int code = SQLITE_OK;
    bool more = history_first_person(block, &person);
    while (more && code == SQLITE_OK) {
        code = take_changed(writer, reader, changed, person.id, false, error);
        if (code == SQLITE_OK && !(changed->at_id && changed->id == person.id)) {
            code = copy_person(&writer->builder, &person);
            if (code == SQLITE_OK) code = flush_when_full(writer, error);
        }
        more = history_next_person(&person);
    }
    if (code == SQLITE_OK) code = take_changed(writer, reader, changed, next_first, last, error);
    return code == SQLITE_OK ? flush(writer, error) : code;
}

/* Finds the block an id belongs to and the next block's first id. */
static int find_block(store_history *history, sqlite3_int64 id, sqlite3_int64 *first,
                      sqlite3_int64 *next_first, bool *found, bool *last, char **error) {
    sqlite3_stmt *range;
    int code = store_prepare(history->db, error, &range,
                             "SELECT first_id FROM \"%w\".\"%w_block\" WHERE first_id <= %lld "
                             "ORDER BY first_id DESC LIMIT 1",
                             history->schema, history->name, id);
    if (code == SQLITE_OK) code = store_step(range, error);
    *found = code == SQLITE_ROW;
    *first = *found ? sqlite3_column_int64(range, 0) : INT64_MIN;
    sqlite3_finalize(range);
    if (code != SQLITE_ROW && code != SQLITE_DONE) return code;
    code = store_prepare(history->db, error, &range,
                         "SELECT first_id FROM \"%w\".\"%w_block\" WHERE first_id > %lld "
                         "ORDER BY first_id LIMIT 1",
                         history->schema, history->name, id);
    if (code == SQLITE_OK) code = store_step(range, error);
    *last = code != SQLITE_ROW;
    *next_first = *last ? INT64_MAX : sqlite3_column_int64(range, 0);
    sqlite3_finalize(range);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Copies the parts of the row's block and opens the copies. */
static int keep_parts(sqlite3_stmt *row, sqlite3_value *kept[HISTORY_PARTS],
                      history_block *block) {
    history_bytes parts[HISTORY_PARTS];
    for (int part = 0; part < HISTORY_PARTS; part++) {
        kept[part] = sqlite3_value_dup(sqlite3_column_value(row, part));
        if (!kept[part]) return SQLITE_NOMEM;
        parts[part].bytes = sqlite3_value_blob(kept[part]);
        parts[part].size = (size_t)sqlite3_value_bytes(kept[part]);
    }
    return history_block_open(block, parts) ? SQLITE_CORRUPT_VTAB : SQLITE_OK;
}

/* Takes the block out of the store and writes it anew. Its bytes are copied first, since its row
** goes before the new rows come. */
static int replace_block(store_writer *writer, source_reader *reader, changed_ids *changed,
                         char **error) {
    store_history *history = writer->history;
    sqlite3_int64 first = INT64_MIN, next_first = INT64_MAX;
    bool found = false, last = true;
    sqlite3_stmt *row = NULL;
    sqlite3_value *kept[HISTORY_PARTS] = {NULL};
    history_block block = {0};
    int code = find_block(history, changed->id, &first, &next_first, &found, &last, error);
    if (code == SQLITE_OK && found) {
        code = store_blocks_open_for(history, &row, changed->id, error);
        if (code == SQLITE_OK) code = store_blocks_next(history, row, &block, error);
        if (code == SQLITE_ROW) code = keep_parts(row, kept, &block);
        sqlite3_finalize(row);
        if (code == SQLITE_OK)
            code = store_run(history->db, error,
                             "DELETE FROM \"%w\".\"%w_block\" WHERE first_id = %lld",
                             history->schema, history->name, first);
    }
    writer->lowest = first == INT64_MIN;
    if (code == SQLITE_OK)
        code = rewrite_block(writer, &block, reader, changed, next_first, last, error);
    for (int part = 0; part < HISTORY_PARTS; part++) sqlite3_value_free(kept[part]);
    return code;
}

static int rewrite_changed(store_history *history, char **error) {
    store_writer writer;
    source_reader reader = {0};
    changed_ids changed = {0};
    int code = open_writer(&writer, history, error);
    char *condition = sqlite3_mprintf("offender_id IN "
                                      "(SELECT offender_id FROM \"%w\".\"%w_changed\")",
                                      history->schema, history->name);
    if (!condition) code = SQLITE_NOMEM;
    if (code == SQLITE_OK)
        code = source_reader_open(&reader, history->db, history->places, &history->texts, condition,
                                  error);
    if (code == SQLITE_OK)
        code = store_prepare(history->db, error, &changed.statement,
                             "SELECT offender_id FROM \"%w\".\"%w_changed\" ORDER BY offender_id",
                             history->schema, history->name);
    if (code == SQLITE_OK) code = next_changed(&changed, error);
    while (code == SQLITE_OK && changed.at_id)
        code = replace_block(&writer, &reader, &changed, error);
    sqlite3_finalize(changed.statement);
    sqlite3_free(condition);
    source_reader_close(&reader);
    close_writer(&writer);
    return code;
}

int store_refresh(sqlite3 *db, const char *schema, const char *name, char **error) {
    store_history history;
    size_t known[DICTIONARY_FAMILIES];
    int code = store_history_open(&history, db, schema, name, error);
    if (code == SQLITE_OK && (!history.freshness.built || history.freshness.whole_stale)) {
        code = rebuild(&history, error);
    } else if (code == SQLITE_OK && history.freshness.changed) {
        code = store_history_read_texts(&history, error);
        for (int i = 0; i < DICTIONARY_FAMILIES; i++)
            known[i] = dictionary_count(&history.texts, (dictionary_family)i);
        if (code == SQLITE_OK) code = rewrite_changed(&history, error);
        if (code == SQLITE_OK) code = write_texts(&history, known, error);
        if (code == SQLITE_OK) code = write_state(&history, error);
    }
    store_history_close(&history);
    return code;
}

/* --- integrity-check ------------------------------------------------------------------------- */

/* Every code of the column must be in the dictionary. */
static bool codes_known(const history_block *block, history_column which, const dictionary *texts,
                        dictionary_family family) {
    size_t count = dictionary_count(texts, family);
    for (uint32_t row = 0; row < block->rows[history_table_of(which)]; row++)
        if ((uint64_t)column_at(&block->column[which], row) > count) return false;
    return true;
}

static bool block_codes_known(const history_block *block, const dictionary *texts) {
    return codes_known(block, PERSON_SEX, texts, DICTIONARY_SEX) &&
           codes_known(block, PERSON_ETHNICITY, texts, DICTIONARY_ETHNICITY) &&
           codes_known(block, APPEARANCE_AREA, texts, DICTIONARY_AREA) &&
           codes_known(block, APPEARANCE_DISPOSAL, texts, DICTIONARY_DISPOSAL) &&
           codes_known(block, APPEARANCE_HO_CODE, texts, DICTIONARY_HO_CODE) &&
           codes_known(block, APPEARANCE_EXCLUDED, texts, DICTIONARY_EXCLUDED) &&
           codes_known(block, OFFENCE_HO_CODE, texts, DICTIONARY_HO_CODE) &&
           codes_known(block, OFFENCE_EXCLUDED, texts, DICTIONARY_EXCLUDED) &&
           codes_known(block, OFFENCE_PROVEN_BY, texts, DICTIONARY_PROVEN_BY) &&
           codes_known(block, MEMBERSHIP_SUBCOHORT, texts, DICTIONARY_SUBCOHORT);
}

/* Ids ascend from `first` on, and from the last of the block before; `before` is moved on. */
static bool in_order(const history_block *block, int64_t first, int64_t *before) {
    history_person person;
    if (!history_first_person(block, &person)) return true;
    do {
        bool follows = person.row == 0 ? person.id >= *before : person.id > *before;
        if (person.id < first || !follows) return false;
        *before = person.id;
    } while (history_next_person(&person));
    return true;
}

int store_check(sqlite3 *db, const char *schema, const char *name, char **error) {
    store_history history;
    sqlite3_stmt *blocks = NULL;
    history_block block;
    int64_t before = INT64_MIN;
    int code = store_history_open(&history, db, schema, name, error);
    if (code == SQLITE_OK) code = store_check_counts(&history, error);
    if (code == SQLITE_OK) code = store_history_read_texts(&history, error);
    if (code == SQLITE_OK) code = store_blocks_open(&history, true, &blocks, error);
    while (code == SQLITE_OK &&
           (code = store_blocks_next(&history, blocks, &block, error)) == SQLITE_ROW) {
        code = SQLITE_OK;
        if (!block_codes_known(&block, &history.texts))
            code = store_corrupt(name, "a code is not in its dictionary", error);
        if (code == SQLITE_OK && !in_order(&block, sqlite3_column_int64(blocks, 2), &before))
            code = store_corrupt(name, "people are out of order", error);
    }
    sqlite3_finalize(blocks);
    store_history_close(&history);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}
