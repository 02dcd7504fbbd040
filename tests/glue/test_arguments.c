/* Arguments of every scalar in the registry, each in turn replaced by what it must not be.
**
** A new scalar is covered by being registered: its documented example gives the other arguments.
** NULL in, NULL out; a blob is refused with a message that names function and argument and the kind
** of value; a text that could be a name never comes back in a message. */
#include "database.h"

enum { MOST_ARGUMENTS = 32 };

/* Functions that take any value by their meaning: NULL or a blob is an answer, not an error. */
static const char *const takes_anything[] = {"calendar_is_date", NULL};

/* Arguments, counted from 0, for which NULL means something: no other candidate, not said. */
static const struct {
    const char *name;
    int place;
} takes_null[] = {{"match_outcome", 1},    {"offence_excluded", 0},    {"offence_excluded", 1},
                  {"offence_excluded", 2}, {"offence_index_order", 1}, {"offence_index_order", 2}};

static bool is_listed(const char *const *list, const char *name) {
    for (; *list; list++)
        if (strcmp(*list, name) == 0)
            return true;
    return false;
}

/* Splits "a, 'b, c', f(d)" at its outer commas; the pieces point into `text`, which is cut. */
static int split(char *text, char *pieces[MOST_ARGUMENTS]) {
    int count = 0, depth = 0;
    bool quoted = false;
    for (char *start = text, *at = text;; at++) {
        if (*at == '\'')
            quoted = !quoted;
        if (!quoted && *at == '(')
            depth++;
        if (!quoted && *at == ')')
            depth--;
        if (*at != '\0' && (quoted || depth || *at != ','))
            continue;
        bool last = *at == '\0';
        *at = '\0';
        while (*start == ' ')
            start++;
        if (*start && count < MOST_ARGUMENTS)
            pieces[count++] = start;
        start = at + 1;
        if (last)
            return count;
    }
}

/* The example with argument `place` of its call of `name` replaced, or NULL when it does not call
** it. Free with sqlite3_free. */
static char *call_with(const char *name, const char *example, int place, const char *value,
                       int *count) {
    char *open = sqlite3_mprintf("%s(", name);
    const char *start = strstr(example, open);
    size_t skip = strlen(open);
    sqlite3_free(open);
    if (!start)
        return NULL;
    int depth = 1;
    const char *end = start + skip;
    for (bool quoted = false; *end; end++) {
        if (*end == '\'')
            quoted = !quoted;
        if (!quoted && *end == '(')
            depth++;
        if (!quoted && *end == ')' && --depth == 0)
            break;
    }
    char *inside = sqlite3_mprintf("%.*s", (int)(end - start - (int)skip), start + skip);
    char *pieces[MOST_ARGUMENTS];
    *count = split(inside, pieces);
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_append(text, example, (int)(start - example) + (int)skip);
    for (int i = 0; i < *count; i++)
        sqlite3_str_appendf(text, "%s%s", i ? ", " : "", i == place ? value : pieces[i]);
    sqlite3_str_appendall(text, end);
    sqlite3_free(inside);
    return sqlite3_str_finish(text);
}

typedef void (*argument_check)(sqlite3 *db, const char *name, int place, const char *sql);

/* Calls `check` with each argument of each scalar's example replaced by `value`. */
static void for_each_argument(const char *value, argument_check check) {
    sqlite3 *db = database_open();
    sqlite3_stmt *list;
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT name, example FROM reoffend_functions "
                                        "WHERE kind = 'scalar'",
                                        -1, &list, NULL),
                     SQLITE_OK);
    int checked = 0;
    while (sqlite3_step(list) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(list, 0);
        const char *example = (const char *)sqlite3_column_text(list, 1);
        int count = 0;
        for (int place = 0; place == 0 || place < count; place++) {
            char *sql = call_with(name, example, place, value, &count);
            if (!sql)
                fail_msg("the example of %s does not call it: %s", name, example);
            if (count > 0)
                check(db, name, place, sql), checked++;
            sqlite3_free(sql);
        }
    }
    sqlite3_finalize(list);
    assert_true(checked > 10);
    database_close(db);
}

static void expect_null(sqlite3 *db, const char *name, int place, const char *sql) {
    for (size_t i = 0; i < count_of(takes_null); i++)
        if (takes_null[i].place == place && strcmp(takes_null[i].name, name) == 0) return;
    database_expect(db, sql, "NULL");
}

static void null_in_null_out(void **state) {
    (void)state;
    for_each_argument("NULL", expect_null);
}

static void expect_refusal(sqlite3 *db, const char *name, int place, const char *sql) {
    (void)place;
    if (is_listed(takes_anything, name))
        return;
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
        fail_msg("no error: %s", sql);
    const char *message = sqlite3_errmsg(db);
    char *start = sqlite3_mprintf("%s(): ", name);
    if (strncmp(message, start, strlen(start)) != 0 || !strstr(message, "a blob"))
        fail_msg("%s\ngave: %s", sql, message);
    sqlite3_free(start);
}

static void a_blob_is_refused_by_name(void **state) {
    (void)state;
    for_each_argument("x'00ff'", expect_refusal);
}

static void expect_discretion(sqlite3 *db, const char *name, int place, const char *sql) {
    (void)name, (void)place;
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK &&
        strstr(sqlite3_errmsg(db), "Okonkwo"))
        fail_msg("%s\nshows the value: %s", sql, sqlite3_errmsg(db));
}

static void messages_never_show_the_value(void **state) {
    (void)state;
    for_each_argument("'Adaeze Okonkwo'", expect_discretion);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_in_null_out),
        cmocka_unit_test(a_blob_is_refused_by_name),
        cmocka_unit_test(messages_never_show_the_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
