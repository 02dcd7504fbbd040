#include "prediction.h"

#include "ogrs3.h"

#include <math.h>
#include <string.h>

/* --- the text --------------------------------------------------------------------------------- */

typedef struct reading {
    prediction *made;
    prediction_problem *problem;
    json_reader at;
    double version;
    int number; /* of the model at hand, from 1 */
    prediction_result result;
} reading;

/* One of the models, as its members come. */
typedef struct read_model {
    char *group, *subcohort, *covariates;
    size_t group_length, subcohort_length, covariates_length;
    const char *fit, *pooled;
    size_t fit_length, pooled_length;
} read_model;

static void fail(reading *r, prediction_result result) {
    r->result = result;
    r->at.failed = true;
}

static int age_group_of(const read_model *model) {
    for (int group = 1; group <= AGE_GROUPS; group++)
        if (model->group && strcmp(model->group, band_age_group_label(group)) == 0) return group;
    return 0;
}

/* The set of the model's sub-cohort, added when it is new; NULL: no memory, or too many. */
static prediction_set *find_set(prediction *made, read_model *model) {
    if (!model->subcohort) return &made->sets[0];
    for (size_t i = 1; i < made->set_count; i++)
        if (strcmp(made->sets[i].subcohort, model->subcohort) == 0) return &made->sets[i];
    void *sets = made->sets;
    if (made->set_count == PREDICTION_SETS ||
        !memory_reserve(made->from, &sets, &made->set_capacity, made->set_count + 1,
                        sizeof *made->sets))
        return NULL;
    made->sets = sets;
    prediction_set *set = &made->sets[made->set_count++];
    *set = (prediction_set){.subcohort = model->subcohort,
                            .subcohort_length = model->subcohort_length};
    model->subcohort = NULL;
    return set;
}

static void keep_model(reading *r, read_model *model) {
    prediction_problem inner;
    int group = age_group_of(model);
    if (!group || !model->covariates || !model->fit) {
        const char *lacks = !group ? "age_group 'adult' or 'juvenile'"
                                   : !model->covariates ? "covariates" : "fit";
        fail(r, prediction_wrong(r->problem, "model %d has no %s", r->number, lacks));
        return;
    }
    prediction_set *set = find_set(r->made, model);
    if (!set) {
        bool many = r->made->set_count == PREDICTION_SETS;
        fail(r, many ? prediction_wrong(r->problem, "more than %d sub-cohorts have models of "
                                                    "their own", PREDICTION_SETS - 1)
                     : PREDICTION_NO_MEMORY);
        return;
    }
    if (set->model[group].given) {
        fail(r, prediction_wrong(r->problem, "model %d is the second one of %ss%s", r->number,
                                 model->group, set->subcohort ? " of its sub-cohort" : ""));
        return;
    }
    const prediction_source source = {
        model->covariates,        model->fit,        model->pooled,
        model->covariates_length, model->fit_length, model->pooled_length,
    };
    prediction_result result =
        prediction_model_read(&set->model[group], r->made->from, &source, &inner);
    if (result == PREDICTION_WRONG)
        prediction_wrong(r->problem, "of model %d (%s): %s", r->number, model->group, inner.text);
    if (result != PREDICTION_MADE) fail(r, result);
}

/* Passes the next value and says where it stands. */
static void slice(json_reader *at, const char **start, size_t *length) {
    *start = at->at;
    json_skip(at);
    *length = (size_t)(at->at - *start);
}

static void read_one(reading *r) {
    read_model model = {0};
    const memory *from = r->made->from;
    char key[16];
    r->number++;
    json_enter(&r->at, '{');
    while (json_next(&r->at, '}') && json_key(&r->at, key, sizeof key)) {
        if (!strcmp(key, "age_group") && !model.group) {
            json_read_string(&r->at, from, &model.group, &model.group_length);
        } else if (!strcmp(key, "subcohort") && !model.subcohort) {
            if (!json_read_null(&r->at))
                json_read_string(&r->at, from, &model.subcohort, &model.subcohort_length);
        } else if (!strcmp(key, "covariates") && !model.covariates) {
            json_read_string(&r->at, from, &model.covariates, &model.covariates_length);
        } else if (!strcmp(key, "pooled")) {
            slice(&r->at, &model.pooled, &model.pooled_length);
        } else if (!strcmp(key, "fit")) {
            slice(&r->at, &model.fit, &model.fit_length);
        } else {
            json_skip(&r->at);
        }
    }
    if (!r->at.failed) keep_model(r, &model);
    memory_free(from, model.group);
    memory_free(from, model.subcohort);
    memory_free(from, model.covariates);
}

static prediction_result read_text(prediction *made, const char *text, size_t length,
                                   prediction_problem *problem) {
    reading r = {.made = made, .problem = problem, .at = json_read_from(text, length)};
    char key[16];
    json_enter(&r.at, '{');
    while (json_next(&r.at, '}') && json_key(&r.at, key, sizeof key)) {
        if (!strcmp(key, "models")) {
            json_enter(&r.at, '[');
            while (json_next(&r.at, ']')) read_one(&r);
        } else if (!strcmp(key, "reoffend_model")) {
            json_read_real(&r.at, &r.version);
        } else {
            json_skip(&r.at);
        }
    }
    if (r.result != PREDICTION_MADE) return r.result;
    if (json_finished(&r.at) && r.version == 1.0) return PREDICTION_MADE;
    return prediction_wrong(problem,
                            "it is not of the form {\"reoffend_model\":1,\"models\":[…]}");
}

/* --- making ----------------------------------------------------------------------------------- */

static prediction_result lay_out(prediction *made, codebook *book, prediction_problem *problem) {
    for (size_t i = 0; i < made->set_count; i++) {
        prediction_set *set = &made->sets[i];
        if (set->subcohort)
            set->code = dictionary_find(book->texts, DICTIONARY_SUBCOHORT, set->subcohort,
                                        set->subcohort_length);
        for (int group = 1; group <= AGE_GROUPS; group++) {
            prediction_model *model = &set->model[group];
            prediction_result result =
                prediction_model_lay_out(model, made->from, book, problem);
            if (result != PREDICTION_MADE) return result;
            made->with_record |= prediction_model_reads_record(model);
            made->with_described |= breakdown_reads_described(prediction_model_factors(model)) ||
                                    model->slope[PREDICTION_OGRS3_SCORE] != 0.0;
        }
    }
    return PREDICTION_MADE;
}

prediction_result prediction_make(prediction *made, const memory *from, codebook *book,
                                  const char *text, size_t length, prediction_problem *problem) {
    memory_noting noting;
    memory_note(&noting, from);
    *made = (prediction){.from = &noting.base, .book = book};
    for (int i = 1; i < PREDICTION_LOGARITHMS; i++) made->logarithm[i] = log((double)i);
    void *sets = NULL;
    prediction_result result = PREDICTION_NO_MEMORY;
    if (memory_reserve(made->from, &sets, &made->set_capacity, 1, sizeof *made->sets)) {
        made->sets = sets;
        made->sets[made->set_count++] = (prediction_set){0};
        result = read_text(made, text, length, problem);
    }
    if (result == PREDICTION_MADE) result = lay_out(made, book, problem);
    made->from = from;
    for (size_t i = 0; i < made->set_count; i++)
        for (int group = 1; group <= AGE_GROUPS; group++)
            made->sets[i].model[group].fit.from = from;
    return noting.refused ? PREDICTION_NO_MEMORY : result;
}

void prediction_free(prediction *freed) {
    for (size_t i = 0; i < freed->set_count; i++) {
        for (int group = 1; group <= AGE_GROUPS; group++)
            prediction_model_free(&freed->sets[i].model[group], freed->from);
        memory_free(freed->from, freed->sets[i].subcohort);
    }
    memory_free(freed->from, freed->sets);
    *freed = (prediction){.from = freed->from};
}

/* --- scoring ---------------------------------------------------------------------------------- */

const prediction_set *prediction_set_of(const prediction *by, uint32_t subcohort) {
    for (size_t i = 1; i < by->set_count && subcohort; i++)
        if (by->sets[i].code == subcohort) return &by->sets[i];
    return &by->sets[0];
}

/* The factor's coefficient. False: a code is not in its dictionary. */
static bool find_coefficient(const prediction_factor *factor, const breakdown_facts *facts,
                             double *coefficient) {
    uint64_t key = 0;
    for (int i = 0; i < factor->part_count; i++) {
        breakdown part = factor->parts[i];
        uint64_t digit = breakdown_digit_of(&factor->plan, part, facts);
        if (digit >= factor->plan.size[part]) return false;
        key += digit * factor->plan.stride[part];
    }
    *coefficient = factor->coefficients[key];
    return true;
}

static double logarithm(const prediction *by, uint32_t number) {
    return number < PREDICTION_LOGARITHMS ? by->logarithm[number] : log((double)number);
}

/* NAN: it is not known. */
static double ogrs3_score_of(const prediction *by, const breakdown_facts *facts, int age,
                             const criminal_history *before) {
    const packed_column *columns = facts->block->column;
    uint32_t sex = (uint32_t)column_at(&columns[PERSON_SEX], facts->person);
    uint64_t code = (uint64_t)column_at(&columns[APPEARANCE_HO_CODE], facts->appearance);
    int group = code < by->book->offence_codes ? by->book->groups[code] : 0;
    double score;
    bool known = ogrs3_score_at_index(codebook_sex(by->book, sex), age, (int)before->sanctions,
                                      before->years_since_first_sanction, group, &score);
    return known ? score : NAN;
}

static double add_numbers(const prediction *by, const prediction_model *model,
                          const breakdown_facts *facts, int age,
                          const criminal_history *before) {
    const double *slope = model->slope;
    double sum = slope[PREDICTION_AGE] * age +
                 slope[PREDICTION_PREVIOUS_OFFENCES] * before->offences +
                 slope[PREDICTION_PREVIOUS_SANCTIONS] * before->sanctions +
                 slope[PREDICTION_PREVIOUS_CUSTODY] * before->custody;
    if (slope[PREDICTION_LN_PREVIOUS_OFFENCES] != 0.0)
        sum += slope[PREDICTION_LN_PREVIOUS_OFFENCES] * logarithm(by, 1 + before->offences);
    if (slope[PREDICTION_COPAS_RATE] != 0.0)
        sum += slope[PREDICTION_COPAS_RATE] *
               (logarithm(by, 1 + before->sanctions) -
                logarithm(by, 10 + (uint32_t)before->years_since_first_sanction));
    if (slope[PREDICTION_OGRS3_SCORE] != 0.0)
        sum += slope[PREDICTION_OGRS3_SCORE] * ogrs3_score_of(by, facts, age, before);
    return sum;
}

bool prediction_score(const prediction *by, const prediction_set *set,
                      const breakdown_facts *facts, const criminal_history *before,
                      double *probability) {
    int age = breakdown_age_of(facts);
    const prediction_model *model = &set->model[band_age_group(age)];
    *probability = NAN;
    if (!model->given) return true;
    breakdown_facts with_record = *facts;
    with_record.previous_offences = before->offences;
    double linear = model->fit.terms[0].estimate;
    for (int i = 0; i < model->factor_count; i++) {
        double coefficient;
        if (!find_coefficient(&model->factors[i], &with_record, &coefficient)) return false;
        linear += coefficient;
    }
    linear += add_numbers(by, model, facts, age, before);
    *probability = 1.0 / (1.0 + exp(-linear));
    return true;
}

double prediction_base(const prediction_set *set, int age_group) {
    double events = 0.0, people = 0.0;
    for (int group = 1; group <= AGE_GROUPS; group++) {
        const prediction_model *model = &set->model[group];
        if (!model->given || (age_group && group != age_group)) continue;
        events += model->fit.events;
        people += model->fit.n;
    }
    return people > 0.0 ? events / people : NAN;
}
