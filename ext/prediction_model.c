#include "prediction_model.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST_TABLE = 1 << 20, FIRST_MONTHS = 12, SHOWN = 40 };

static const char *const number_names[PREDICTION_NUMBERS] = {
    [PREDICTION_AGE] = "age",
    [PREDICTION_PREVIOUS_OFFENCES] = "previous_offences",
    [PREDICTION_LN_PREVIOUS_OFFENCES] = "ln_previous_offences",
    [PREDICTION_PREVIOUS_SANCTIONS] = "previous_sanctions",
    [PREDICTION_PREVIOUS_CUSTODY] = "previous_custody",
    [PREDICTION_COPAS_RATE] = "copas_rate",
    [PREDICTION_OGRS3_SCORE] = "ogrs3_score",
};

/* Breakdowns that say something of the index event, none of what follows it. */
static const breakdown_set factor_set =
    1u << BREAKDOWN_AREA_CODE | 1u << BREAKDOWN_AGE_BAND | 1u << BREAKDOWN_SEX |
    1u << BREAKDOWN_ETHNICITY | 1u << BREAKDOWN_INDEX_KIND | 1u << BREAKDOWN_INDEX_DISPOSAL |
    1u << BREAKDOWN_INDEX_OFFENCE_GROUP | 1u << BREAKDOWN_SENTENCE_BAND |
    1u << BREAKDOWN_PREVIOUS_OFFENCES_BAND;

prediction_result prediction_wrong(prediction_problem *problem, const char *format, ...) {
    va_list values;
    va_start(values, format);
    vsnprintf(problem->text, sizeof problem->text, format, values);
    va_end(values);
    return PREDICTION_WRONG;
}

/* --- covariates ------------------------------------------------------------------------------- */

static bool find_number(const char *name, size_t length, int *which) {
    for (*which = 0; *which < PREDICTION_NUMBERS; ++*which)
        if (strlen(number_names[*which]) == length &&
            memcmp(number_names[*which], name, length) == 0)
            return true;
    return false;
}

static bool find_part(const char *name, size_t length, breakdown *which) {
    for (int i = 0; i < BREAKDOWNS; i++) {
        const char *candidate = breakdown_name((breakdown)i);
        if (!(factor_set >> i & 1) || strlen(candidate) != length ||
            memcmp(candidate, name, length) != 0)
            continue;
        *which = (breakdown)i;
        return true;
    }
    return false;
}

/* Reads names joined by *. False: one of them is no factor, or there twice, or one too many. */
static bool read_factor(prediction_factor *factor, const char *name, size_t length) {
    const char *at = name, *end = name + length;
    breakdown_set seen = 0;
    for (;;) {
        const char *star = memchr(at, '*', (size_t)(end - at));
        const char *stop = star ? star : end;
        breakdown part;
        if (factor->part_count == PREDICTION_PARTS ||
            !find_part(at, (size_t)(stop - at), &part) || seen >> part & 1)
            return false;
        seen |= 1u << part;
        factor->parts[factor->part_count++] = part;
        if (!star) return true;
        at = star + 1;
    }
}

static prediction_result read_covariate(prediction_model *made, int variable, const char *name,
                                        size_t length, prediction_problem *problem) {
    const logit_variable *of =
        variable < made->fit.variable_count ? &made->fit.variables[variable] : NULL;
    prediction_factor factor = {.variable = variable};
    int shown = length < SHOWN ? (int)length : SHOWN, number;
    bool is_number = find_number(name, length, &number);
    if (!is_number && (made->factor_count == PREDICTION_FACTORS ||
                       !read_factor(&factor, name, length)))
        return prediction_wrong(problem, "'%.*s' is none of the covariates", shown, name);
    if (!of) return PREDICTION_MADE; /* counted by who calls */
    if (is_number != (of->kind == LOGIT_NUMBER))
        return prediction_wrong(problem, "'%.*s' is x%d, which is a %s in its fit", shown, name,
                                variable + 1, is_number ? "factor" : "number");
    if (is_number) {
        made->slope[number] += made->fit.terms[of->first_term].estimate;
    } else {
        made->factors[made->factor_count++] = factor;
    }
    return PREDICTION_MADE;
}

static prediction_result read_covariates(prediction_model *made, const char *names, size_t length,
                                         prediction_problem *problem) {
    const char *at = names, *end = names + length;
    int variable = 0;
    for (bool more = length > 0; more; variable++) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma ? comma : end;
        while (at < stop && *at == ' ') at++;
        while (stop > at && stop[-1] == ' ') stop--;
        prediction_result result =
            read_covariate(made, variable, at, (size_t)(stop - at), problem);
        if (result != PREDICTION_MADE) return result;
        more = comma != NULL;
        at = more ? comma + 1 : end;
    }
    if (variable == made->fit.variable_count) return PREDICTION_MADE;
    return prediction_wrong(problem, "it has %d covariates and its fit has %d variables", variable,
                            made->fit.variable_count);
}

/* --- pooled levels ---------------------------------------------------------------------------- */

static void read_pooled_level(prediction_pooled *level, const memory *from, json_reader *at) {
    char key[16];
    double variable = 0.0;
    json_enter(at, '{');
    while (json_next(at, '}') && json_key(at, key, sizeof key)) {
        if (!strcmp(key, "variable")) {
            json_read_real(at, &variable);
        } else if (!strcmp(key, "level") && !level->level) {
            json_read_string(at, from, &level->level, &level->level_length);
        } else if (!strcmp(key, "into") && !level->into) {
            json_read_string(at, from, &level->into, &level->into_length);
        } else {
            json_skip(at);
        }
    }
    bool good = variable >= 1.0 && variable <= LOGIT_VARIABLES_LIMIT && level->level && level->into;
    if (good) level->variable = (int)variable - 1;
    at->failed |= !good;
}

static prediction_result read_pooled(prediction_model *made, const memory *from, const char *text,
                                     size_t length, prediction_problem *problem) {
    json_reader at = json_read_from(text, length);
    json_enter(&at, '[');
    while (json_next(&at, ']')) {
        void *pooled = made->pooled;
        if (!memory_reserve(from, &pooled, &made->pooled_capacity, made->pooled_count + 1,
                            sizeof *made->pooled))
            return PREDICTION_NO_MEMORY;
        made->pooled = pooled;
        prediction_pooled *level = &made->pooled[made->pooled_count++];
        *level = (prediction_pooled){0};
        read_pooled_level(level, from, &at);
    }
    if (json_finished(&at)) return PREDICTION_MADE;
    return prediction_wrong(problem, "its pooled levels are not of the form "
                                     "[{\"variable\":1,\"level\":\"…\",\"into\":\"…\"}, …]");
}

static void free_pooled(prediction_model *model, const memory *from) {
    for (size_t i = 0; i < model->pooled_count; i++) {
        memory_free(from, model->pooled[i].level);
        memory_free(from, model->pooled[i].into);
    }
    memory_free(from, model->pooled);
    model->pooled = NULL;
    model->pooled_count = model->pooled_capacity = 0;
}

/* --- the model -------------------------------------------------------------------------------- */

prediction_result prediction_model_read(prediction_model *made, const memory *from,
                                        const prediction_source *source,
                                        prediction_problem *problem) {
    *made = (prediction_model){0};
    if (!logit_model_read(&made->fit, from, source->fit, source->fit_length))
        return made->fit.no_memory
                   ? PREDICTION_NO_MEMORY
                   : prediction_wrong(problem, "its fit is no text made by logit_fit()");
    made->given = true;
    if (!(made->fit.n >= 1.0 && made->fit.events >= 0.0 && made->fit.events <= made->fit.n))
        return prediction_wrong(problem, "its fit does not say of how many people it is");
    prediction_result result =
        read_covariates(made, source->covariates, source->covariates_length, problem);
    if (result != PREDICTION_MADE || !source->pooled) return result;
    return read_pooled(made, from, source->pooled, source->pooled_length, problem);
}

void prediction_model_free(prediction_model *freed, const memory *from) {
    for (int i = 0; i < freed->factor_count; i++)
        memory_free(from, freed->factors[i].coefficients);
    free_pooled(freed, from);
    if (freed->given) logit_model_free(&freed->fit);
    *freed = (prediction_model){0};
}

breakdown_set prediction_model_factors(const prediction_model *model) {
    breakdown_set used = 0;
    for (int i = 0; i < model->factor_count; i++)
        for (int part = 0; part < model->factors[i].part_count; part++)
            used |= 1u << model->factors[i].parts[part];
    return used;
}

bool prediction_model_reads_record(const prediction_model *model) {
    bool reads = prediction_model_factors(model) >> BREAKDOWN_PREVIOUS_OFFENCES_BAND & 1;
    for (int i = PREDICTION_AGE + 1; i < PREDICTION_NUMBERS; i++) reads |= model->slope[i] != 0.0;
    return reads;
}

/* --- tables of coefficients ------------------------------------------------------------------- */

/* The level's coefficient: 0 of the reference, NAN of one that was not there at the fit. */
static double coefficient_of(const prediction_model *model, int variable, const char *text,
                             size_t length) {
    const logit_variable *of = &model->fit.variables[variable];
    for (size_t i = 0; i < model->pooled_count; i++) {
        const prediction_pooled *pooled = &model->pooled[i];
        if (pooled->variable != variable || pooled->level_length != length ||
            memcmp(pooled->level, text, length) != 0)
            continue;
        text = pooled->into;
        length = pooled->into_length;
        break;
    }
    size_t level = logit_model_find_level(of, text, length);
    if (level == of->level_count) return NAN;
    return level ? model->fit.terms[of->first_term + (int)level - 1].estimate : 0.0;
}

/* The labels of a key, joined. */
static void write_level(const prediction_factor *factor, uint64_t key, json_text *level) {
    level->length = 0;
    for (int i = 0; i < factor->part_count; i++) {
        breakdown part = factor->parts[i];
        const char *label;
        size_t length;
        int64_t number;
        if (i) json_write(level, "*");
        if (breakdown_label(&factor->plan, part, breakdown_digit(&factor->plan, part, key), &label,
                            &length, &number) &&
            label) {
            json_write(level, label);
        } else {
            json_write(level, "unknown");
        }
    }
}

static prediction_result lay_out_factor(const prediction_model *model, const memory *from,
                                        prediction_factor *factor, codebook *book,
                                        prediction_problem *problem) {
    breakdown_set parts = 0;
    for (int i = 0; i < factor->part_count; i++) parts |= 1u << factor->parts[i];
    breakdown_result planned = breakdown_plan_make(&factor->plan, book, parts, FIRST_MONTHS);
    if (planned == BREAKDOWN_NO_MEMORY) return PREDICTION_NO_MEMORY;
    if (planned == BREAKDOWN_TOO_FINE || breakdown_keys(&factor->plan) > LARGEST_TABLE)
        return prediction_wrong(problem, "x%d has more levels than %d", factor->variable + 1,
                                LARGEST_TABLE);
    uint64_t keys = breakdown_keys(&factor->plan);
    factor->coefficients = memory_allocate(from, (size_t)keys * sizeof(double));
    if (!factor->coefficients) return PREDICTION_NO_MEMORY;
    json_text level = {.from = from};
    for (uint64_t key = 0; key < keys && !level.failed; key++) {
        write_level(factor, key, &level);
        factor->coefficients[key] =
            coefficient_of(model, factor->variable, level.bytes ? level.bytes : "", level.length);
    }
    bool failed = level.failed;
    json_write_free(&level);
    return failed ? PREDICTION_NO_MEMORY : PREDICTION_MADE;
}

prediction_result prediction_model_lay_out(prediction_model *model, const memory *from,
                                           codebook *book, prediction_problem *problem) {
    for (int i = 0; i < model->factor_count; i++) {
        prediction_result result =
            lay_out_factor(model, from, &model->factors[i], book, problem);
        if (result != PREDICTION_MADE) return result;
    }
    free_pooled(model, from);
    return PREDICTION_MADE;
}
