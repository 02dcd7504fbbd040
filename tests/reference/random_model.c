#include "random_model.h"

#include <stddef.h>
#include <string.h>

#include "random_case.h"

const char random_model_shape[] =
    "CREATE TABLE model(model INTEGER PRIMARY KEY, age_group TEXT, subcohort TEXT, intercept REAL,"
    " n INTEGER, events INTEGER);"
    "CREATE TABLE model_covariate(model INTEGER, variable INTEGER, covariate TEXT, slope REAL);"
    "CREATE TABLE model_part(model INTEGER, variable INTEGER, part INTEGER, name TEXT);"
    "CREATE TABLE model_level(model INTEGER, variable INTEGER, level TEXT, coefficient REAL);"
    "CREATE TABLE model_pooled(model INTEGER, variable INTEGER, level TEXT, into_level TEXT);";

const char random_model_text[] =
    "SELECT json_object('reoffend_model', 1, 'models', json_group_array(json_object("
    "   'age_group', age_group, 'subcohort', subcohort,"
    "   'covariates', coalesce((SELECT group_concat(covariate, ', ') FROM"
    "     (SELECT covariate FROM model_covariate AS c WHERE c.model = m.model ORDER BY variable)),"
    "     ''),"
    "   'pooled', (SELECT json_group_array(json_object('variable', variable, 'level', level,"
    "     'into', into_level)) FROM model_pooled AS p WHERE p.model = m.model),"
    "   'fit', json_object('logit', 1, 'n', n, 'events', events,"
    "     'terms', (SELECT json_group_array(json_object('term', '', 'estimate', estimate,"
    "       'std_error', 1, 'state', 'fitted')) FROM (SELECT estimate FROM ("
    "         SELECT 0 AS variable, '' AS level, m.intercept AS estimate UNION ALL"
    "         SELECT variable, '', slope FROM model_covariate AS c WHERE c.model = m.model"
    "           AND slope IS NOT NULL UNION ALL"
    "         SELECT variable, level, coefficient FROM model_level AS l WHERE l.model = m.model"
    "           AND level > (SELECT min(level) FROM model_level AS f"
    "             WHERE f.model = l.model AND f.variable = l.variable))"
    "         ORDER BY variable, level)),"
    "     'variables', (SELECT json_group_array(json(variable)) FROM ("
    "       SELECT iif(slope IS NULL, json_object('kind', 'factor', 'levels',"
    "         (SELECT json_group_array(level) FROM (SELECT level FROM model_level AS l"
    "           WHERE l.model = c.model AND l.variable = c.variable ORDER BY level))),"
    "         '{\"kind\":\"number\"}') AS variable"
    "       FROM model_covariate AS c WHERE c.model = m.model ORDER BY c.variable))))))"
    " FROM model AS m HAVING count(*) > 0";

enum { LABELS = 12 };

static const struct {
    const char *name;
    const char *labels[LABELS]; /* ends with NULL */
} factors[] = {
    {"area_code", {"E23000001", "E23000002", "W15000001", "it's \xc3\x81rea", "unknown"}},
    {"age_band",
     {"10-14", "15-17", "18-20", "21-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50+"}},
    {"sex", {"M", "F", "unknown"}},
    {"ethnicity", {"white_north_european", "black", "asian", "unknown"}},
    {"index_kind", {"release", "conviction", "caution", "drug_test"}},
    {"index_disposal", {"custody", "fine", "caution", "community_sentence", "unknown"}},
    {"index_offence_group",
     {"Violence", "Theft (non-motor)", "Burglary (domestic)", "Robbery", "Sexual (against child)",
      "Drink driving and related offences", "unknown", "Other"}},
    {"sentence_band",
     {"under 12 months", "12 months to under 2 years", "2 to under 4 years", "4 to 10 years",
      "over 10 years", "life or indeterminate", "unknown"}},
    {"previous_offences_band", {"0", "1-2", "3-6", "7-10", "11+"}},
};
enum { FACTORS = sizeof factors / sizeof factors[0] };

static const char *const numbers[] = {"age", "previous_offences", "ln_previous_offences",
                                      "previous_sanctions", "previous_custody", "copas_rate"};
enum { NUMBERS = sizeof numbers / sizeof numbers[0] };

typedef struct model_maker {
    sqlite3 *db;
    dice *dice;
    int model, variable;
} model_maker;

/* -1 to 1 in thousandths. */
static double coefficient(dice *d) {
    return (below(d, 2001) - 1000) / 1000.0;
}

/* A label that is there, or (some of them) pooled into one that is, or not there. */
static void add_label(model_maker *m, const char *label) {
    if (chance(m->dice, 88))
        must_run(m->db, "INSERT INTO model_level VALUES(%d, %d, %Q, %f)", m->model, m->variable,
                 label, coefficient(m->dice));
    else if (chance(m->dice, 60))
        must_run(m->db, "INSERT INTO model_pooled VALUES(%d, %d, %Q, NULL)", m->model, m->variable,
                 label);
}

/* At least one label, the first without a coefficient; the pooled ones get their place. */
static void finish_factor(model_maker *m) {
    must_run(m->db,
             "INSERT INTO model_level SELECT %d, %d, 'unknown', 0 WHERE NOT EXISTS (SELECT 1 FROM"
             " model_level WHERE model = %d AND variable = %d);"
             "UPDATE model_level SET coefficient = 0 WHERE model = %d AND variable = %d AND level ="
             " (SELECT min(level) FROM model_level WHERE model = %d AND variable = %d);"
             "UPDATE model_pooled SET into_level = (SELECT level FROM model_level WHERE model = %d"
             " AND variable = %d ORDER BY length(level), level LIMIT 1) WHERE into_level IS NULL;"
             "DELETE FROM model_pooled WHERE (model, variable, level) IN (SELECT model, variable,"
             " level FROM model_level)",
             m->model, m->variable, m->model, m->variable, m->model, m->variable, m->model,
             m->variable, m->model, m->variable);
}

static void add_part(model_maker *m, int part, int factor) {
    must_run(m->db, "INSERT INTO model_part VALUES(%d, %d, %d, %Q)", m->model, m->variable, part,
             factors[factor].name);
}

static void add_factor(model_maker *m, int factor) {
    must_run(m->db, "INSERT INTO model_covariate VALUES(%d, %d, %Q, NULL)", m->model, m->variable,
             factors[factor].name);
    add_part(m, 1, factor);
    for (int i = 0; factors[factor].labels[i]; i++) add_label(m, factors[factor].labels[i]);
    finish_factor(m);
}

static void add_joined(model_maker *m, int first, int second) {
    must_run(m->db, "INSERT INTO model_covariate VALUES(%d, %d, '%s*%s', NULL)", m->model,
             m->variable, factors[first].name, factors[second].name);
    add_part(m, 1, first);
    add_part(m, 2, second);
    for (int i = 0; factors[first].labels[i]; i++)
        for (int j = 0; factors[second].labels[j]; j++) {
            char *label = sqlite3_mprintf("%s*%s", factors[first].labels[i],
                                          factors[second].labels[j]);
            add_label(m, label);
            sqlite3_free(label);
        }
    finish_factor(m);
}

static void add_number(model_maker *m, int number) {
    double scale = number == 0 || number == 1 ? 0.1 : 1;
    must_run(m->db, "INSERT INTO model_covariate VALUES(%d, %d, %Q, round(%f, 3))", m->model,
             m->variable, numbers[number], coefficient(m->dice) * scale);
}

/* Up to four covariates, no factor or number twice. */
static void add_covariates(model_maker *m) {
    unsigned used = 0;
    for (int left = below(m->dice, 5); left > 0; left--) {
        int which = below(m->dice, FACTORS + NUMBERS), other = below(m->dice, FACTORS);
        if (used >> which & 1) continue;
        used |= 1u << which;
        m->variable++;
        if (which >= FACTORS) {
            add_number(m, which - FACTORS);
        } else if (chance(m->dice, 30) && which != other) {
            add_joined(m, which, other);
        } else {
            add_factor(m, which);
        }
    }
}

static void add_model(model_maker *m, const char *age_group, const char *subcohort) {
    int n = 1 + below(m->dice, 1000);
    m->model++;
    m->variable = 0;
    must_run(m->db, "INSERT INTO model VALUES(%d, %Q, %Q, %f, %d, %d)", m->model, age_group,
             subcohort, coefficient(m->dice), n, below(m->dice, n + 1));
    add_covariates(m);
}

void random_model_make(sqlite3 *db, dice *d) {
    static const char *const age_groups[] = {"adult", "juvenile"};
    static const struct {
        const char *subcohort;
        int percent;
    } sets[] = {{NULL, 85}, {"ppo", 40}, {"Zeta", 15}, {"nowhere", 10}};
    model_maker m = {.db = db, .dice = d};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        if (!chance(d, sets[i].percent)) continue;
        for (int group = 0; group < 2; group++)
            if (chance(d, 85)) add_model(&m, age_groups[group], sets[i].subcohort);
    }
}
