#include "shrinking.h"

#include <stdio.h>
#include <stdlib.h>

#include "random_case.h"
#include "random_model.h"

static bool fails(comparison *with, sqlite3 *made) {
    char *found = comparison_run(with, made);
    sqlite3_free(found);
    return found != NULL;
}

/* Copies the content of one case over another. */
static void restore(sqlite3 *to, sqlite3 *from) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup || sqlite3_backup_step(backup, -1) != SQLITE_DONE) exit(2);
    sqlite3_backup_finish(backup);
}

/* Applies the SQL; undoes it when it changed nothing or the case then no longer fails. */
static bool attempt(comparison *with, sqlite3 *failing, const char *sql) {
    sqlite3 *saved;
    if (sqlite3_open(":memory:", &saved) != SQLITE_OK) exit(2);
    restore(saved, failing);
    int before = sqlite3_total_changes(failing);
    must_run(failing, "%s", sql);
    bool kept = sqlite3_total_changes(failing) > before && fails(with, failing);
    if (!kept) restore(failing, saved);
    sqlite3_close(saved);
    return kept;
}

/* Each query gives statements to try, one a row. */
static const char *const stages[] = {
    "SELECT printf('DELETE FROM appearance WHERE offender_id = %lld; DELETE FROM offence WHERE"
    " offender_id = %lld; DELETE FROM offender WHERE offender_id = %lld; DELETE FROM membership"
    " WHERE offender_id = %lld', id, id, id, id) FROM (SELECT offender_id AS id FROM appearance"
    " UNION SELECT offender_id FROM offence UNION SELECT offender_id FROM offender"
    " UNION SELECT offender_id FROM membership)",
    "SELECT 'DELETE FROM change'",
    "SELECT printf('DELETE FROM asked WHERE breakdowns <> %Q', breakdowns) FROM asked"
    " ORDER BY length(breakdowns)",
    "SELECT printf('DELETE FROM change WHERE number = %d', number) FROM change",
    "SELECT 'DELETE FROM model'",
    "SELECT printf('DELETE FROM model WHERE model = %d', model) FROM model",
    "SELECT 'DELETE FROM model_pooled'",
    "SELECT printf('DELETE FROM appearance WHERE rowid = %d', rowid) FROM appearance",
    "SELECT printf('DELETE FROM offence WHERE rowid = %d', rowid) FROM offence",
    "SELECT printf('DELETE FROM offender WHERE rowid = %d', rowid) FROM offender",
    "SELECT printf('DELETE FROM membership WHERE rowid = %d', rowid) FROM membership",
    "SELECT printf('DELETE FROM absent_column WHERE rowid = %d', rowid) FROM absent_column",
    "SELECT printf('DELETE FROM viewed WHERE rowid = %d', rowid) FROM viewed",
    "SELECT 'UPDATE question SET default_extract = 0 WHERE default_extract'",
    "SELECT 'UPDATE question SET last_window = first_window WHERE last_window <> first_window'",
    "SELECT 'UPDATE question SET window_months = 12 WHERE window_months <> 12'",
    "SELECT 'UPDATE question SET step_months = 3 WHERE step_months <> 3'",
    "SELECT 'UPDATE question SET follow_up_months = 12 WHERE follow_up_months <> 12'",
    "SELECT 'UPDATE question SET wait_months = 6 WHERE wait_months <> 6'",
    "SELECT 'INSERT OR IGNORE INTO chosen_kind VALUES (''release''), (''conviction''),"
    " (''caution''), (''drug_test'')' WHERE (SELECT count(*) FROM chosen_kind) < 4",
    "SELECT printf('UPDATE %s SET %s = NULL WHERE %s IS NOT NULL', t.name, c.name, c.name)"
    " FROM sqlite_schema AS t, pragma_table_info(t.name) AS c"
    " WHERE t.name IN ('appearance', 'offence', 'offender') AND c.name NOT IN ('offender_id',"
    " 'appearance_date', 'kind')",
};
enum { STAGES = sizeof stages / sizeof stages[0] };

/* Tries every statement of a stage. True: something was dropped. */
static bool run_stage(comparison *with, sqlite3 *failing, const char *stage) {
    sqlite3_str *list = sqlite3_str_new(NULL);
    sqlite3_stmt *statement;
    int count = 0;
    if (sqlite3_prepare_v2(failing, stage, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s\nin: %s\n", sqlite3_errmsg(failing), stage);
        exit(2);
    }
    for (; sqlite3_step(statement) == SQLITE_ROW; count++)
        sqlite3_str_append(list, (const char *)sqlite3_column_text(statement, 0),
                           sqlite3_column_bytes(statement, 0) + 1);
    sqlite3_finalize(statement);
    const char *sql = sqlite3_str_value(list);
    bool dropped = false;
    for (; count > 0; count--) {
        if (attempt(with, failing, sql)) dropped = true;
        while (*sql) sql++;
        sql++;
    }
    sqlite3_free(sqlite3_str_finish(list));
    return dropped;
}

void shrink_case(comparison *with, sqlite3 *failing) {
    bool dropped = true;
    for (int round = 0; dropped && round < 10; round++) {
        dropped = false;
        for (int i = 0; i < STAGES; i++) dropped |= run_stage(with, failing, stages[i]);
    }
}

/* --- printing ---------------------------------------- */

static void print_lines(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) exit(2);
    while (sqlite3_step(statement) == SQLITE_ROW) printf("%s\n", sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
}

void print_case(sqlite3 *failing) {
    print_lines(failing, "SELECT sql || ';' FROM sqlite_schema"
                         " WHERE name IN ('appearance', 'offence', 'offender', 'membership')");
    print_lines(failing,
                "SELECT printf('INSERT INTO appearance VALUES(%lld, %Q, %Q, %s, %Q, %Q, %s, %Q,"
                " %Q);', offender_id, appearance_date, kind, quote(appearance_id), area_code,"
                " disposal, quote(sentence_months), ho_code, excluded) FROM appearance");
    print_lines(failing,
                "SELECT printf('INSERT INTO offence VALUES(%lld, %Q, %s, %Q, %Q, %Q, %Q, %Q);',"
                " offender_id, offence_date, quote(offence_id), offence_date_end, proven_date,"
                " proven_by, ho_code, excluded) FROM offence");
    print_lines(failing, "SELECT printf('INSERT INTO offender VALUES(%lld, %Q, %Q, %Q);',"
                         " offender_id, sex, birth_date, ethnicity) FROM offender");
    print_lines(failing, "SELECT printf('INSERT INTO membership VALUES(%lld, %Q, %Q, %Q);',"
                         " offender_id, subcohort, start_date, end_date) FROM membership");
    char *sql = comparison_history_sql(failing);
    printf("%s\n", sql);
    sqlite3_free(sql);
    print_lines(failing, "SELECT sql || ';' FROM change");
    if (must_count(failing, "SELECT count(*) FROM model") > 0) {
        printf("-- with the model:\n");
        print_lines(failing, random_model_text);
    }
    if (must_count(failing, "SELECT count(*) FROM change") > 0)
        printf("INSERT INTO history(history) VALUES('refresh');\n");
}
