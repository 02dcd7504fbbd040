#include "store_check.h"

#include "store_blocks.h"

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

/* Ids ascend within the block, and from the last of the block before; `before` is moved on. */
static bool in_order(const history_block *block, int64_t *before) {
    history_person person;
    for (bool more = history_first_person(block, &person); more;
         more = history_next_person(&person)) {
        if (person.id <= *before) return false;
        *before = person.id;
    }
    return true;
}

static int check_layer(const store_history *history, store_layer layer, char **error) {
    store_blocks blocks = store_blocks_of_layer(history, layer);
    history_block block;
    int64_t before = INT64_MIN;
    int code;
    while ((code = store_blocks_next(&blocks, &block, error)) == SQLITE_ROW) {
        if (!block_codes_known(&block, &history->texts))
            code = store_corrupt(history->name, "a code is not in its dictionary", error);
        else if (!in_order(&block, &before))
            code = store_corrupt(history->name, "people are out of order", error);
        if (code != SQLITE_ROW) break;
    }
    store_blocks_close(&blocks);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

int store_check(sqlite3 *db, const char *schema, const char *name, char **error) {
    store_history history;
    int code = store_history_open(&history, db, schema, name, error);
    if (code == SQLITE_OK) code = store_history_read_people(&history, error);
    if (code == SQLITE_OK) code = store_history_read_texts(&history, error);
    for (int layer = LAYER_BASE; layer <= LAYER_PATCH && code == SQLITE_OK; layer++)
        code = check_layer(&history, (store_layer)layer, error);
    store_history_close(&history);
    return code;
}

/* --- against the sources --------------------------------------------------------------------- */

/* A walk over the people of the sources, packed as a rebuild would pack them. */
typedef struct source_people {
    source_reader reader;
    history_builder builder;
    history_block block;
    history_person person;
    bool standing;
} source_people;

static int next_of_sources(source_people *people, char **error) {
    history_bytes parts[HISTORY_PARTS];
    sqlite3_int64 id;
    people->standing = people->standing && history_next_person(&people->person);
    while (!people->standing) {
        if (!source_reader_peek(&people->reader, &id)) return SQLITE_OK;
        while (source_reader_peek(&people->reader, &id) &&
               !store_packed_is_full(&people->builder)) {
            int code = source_reader_take(&people->reader, &people->builder, error);
            if (code != SQLITE_OK) return code;
        }
        if (!history_builder_pack(&people->builder, parts)) return SQLITE_NOMEM;
        if (history_block_open(&people->block, parts)) return SQLITE_INTERNAL;
        people->standing = history_first_person(&people->block, &people->person);
    }
    return SQLITE_OK;
}

/* Counts the people who stand in only one of the two, or differently. */
static int count_differing(const store_history *history, source_people *sources,
                           sqlite3_int64 *differing, char **error) {
    store_people stored;
    history_person person;
    store_people_begin(&stored, history);
    int code = next_of_sources(sources, error);
    while (code == SQLITE_OK && (code = store_people_next(&stored, &person, error)) == SQLITE_ROW) {
        code = SQLITE_OK;
        for (; code == SQLITE_OK && sources->standing && sources->person.id < person.id;
             code = next_of_sources(sources, error))
            ++*differing;
        bool same = sources->standing && sources->person.id == person.id;
        *differing += !same || !history_persons_equal(&person, &sources->person);
        if (same && code == SQLITE_OK) code = next_of_sources(sources, error);
    }
    if (code == SQLITE_DONE) code = SQLITE_OK;
    for (; code == SQLITE_OK && sources->standing; code = next_of_sources(sources, error))
        ++*differing;
    store_people_close(&stored);
    return code;
}

static int compare_sources(store_history *history, char **error) {
    source_people sources = {0};
    sqlite3_int64 differing = 0;
    history_builder_init(&sources.builder, &glue_memory, &history->texts);
    int code = source_reader_open(&sources.reader, history->db, history->places, &history->texts,
                                  "", error);
    if (code == SQLITE_OK) code = count_differing(history, &sources, &differing, error);
    source_reader_close(&sources.reader);
    history_builder_free(&sources.builder);
    if (code == SQLITE_OK && differing)
        code = store_error(error, SQLITE_CORRUPT_VTAB,
                           "history %s differs from its sources in %lld people; "
                           "run INSERT INTO %s(%s) VALUES ('rebuild')",
                           history->name, differing, history->name, history->name);
    return code;
}

int store_compare(sqlite3 *db, const char *schema, const char *name, char **error) {
    store_history history;
    int code = store_check(db, schema, name, error);
    if (code != SQLITE_OK) return code;
    code = store_history_open(&history, db, schema, name, error);
    if (code == SQLITE_OK) code = store_history_read_people(&history, error);
    if (code == SQLITE_OK) code = store_history_read_texts(&history, error);
    if (code == SQLITE_OK) code = compare_sources(&history, error);
    store_history_close(&history);
    return code;
}
