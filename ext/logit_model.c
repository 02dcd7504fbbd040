#include "logit_model.h"

#include <math.h>
#include <string.h>

bool logit_model_start(logit_model *model, const memory *from, int variable_count) {
    size_t room = variable_count > 0 ? (size_t)variable_count : 1;
    *model = (logit_model){.from = from, .variable_count = variable_count};
    model->variables = memory_allocate(from, room * sizeof *model->variables);
    if (!model->variables) return false;
    for (int i = 0; i < variable_count; i++) model->variables[i] = (logit_variable){0};
    return true;
}

bool logit_model_make_terms(logit_model *model) {
    size_t count = 1;
    for (int i = 0; i < model->variable_count; i++) {
        const logit_variable *variable = &model->variables[i];
        size_t levels = variable->level_count;
        count += variable->kind == LOGIT_FACTOR ? levels - (levels > 0) : 1;
    }
    model->terms = memory_allocate(model->from, count * sizeof *model->terms);
    if (!model->terms) return false;
    model->terms[0] = (logit_term){.variable = -1};
    int term = 1;
    for (int i = 0; i < model->variable_count; i++) {
        logit_variable *variable = &model->variables[i];
        variable->first_term = term;
        if (variable->kind != LOGIT_FACTOR) model->terms[term++] = (logit_term){.variable = i};
        for (size_t level = 1; level < variable->level_count; level++)
            model->terms[term++] = (logit_term){.variable = i, .level = level};
    }
    model->term_count = term;
    return true;
}

void logit_model_free(logit_model *model) {
    for (int i = 0; model->variables && i < model->variable_count; i++) {
        logit_variable *variable = &model->variables[i];
        for (size_t level = 0; level < variable->level_count; level++)
            memory_free(model->from, variable->levels[level].text);
        memory_free(model->from, variable->levels);
    }
    memory_free(model->from, model->variables);
    memory_free(model->from, model->terms);
    *model = (logit_model){.from = model->from};
}

/* --- names ------------------------------------------------------------------------------------ */

static void append_bytes(json_text *text, const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const char one[2] = {bytes[i], '\0'};
        if (bytes[i]) json_write(text, one);
    }
}

static void append_variable(json_text *name, int variable, const char *names) {
    for (int i = 0; names && i < variable; i++) {
        names = strchr(names, ',');
        if (names) names++;
    }
    if (names) {
        while (*names == ' ') names++;
        append_bytes(name, names, strcspn(names, ","));
    } else {
        json_write(name, "x");
        json_write_real(name, variable + 1);
    }
}

void logit_model_term_name(const logit_model *model, int term, const char *names,
                           json_text *name) {
    const logit_term *of = &model->terms[term];
    if (of->variable < 0) {
        json_write(name, "(Intercept)");
        return;
    }
    const logit_variable *variable = &model->variables[of->variable];
    append_variable(name, of->variable, names);
    if (variable->kind != LOGIT_FACTOR) return;
    json_write(name, "=");
    append_bytes(name, variable->levels[of->level].text, variable->levels[of->level].length);
}

/* --- writing ---------------------------------------------------------------------------------- */

static const char *const state_names[] = {"fitted", "aliased", "unbounded"};

typedef struct member {
    const char *name;
    size_t offset; /* of the double in logit_model */
} member;

static const member members[] = {
    {"n", offsetof(logit_model, n)},
    {"events", offsetof(logit_model, events)},
    {"dropped", offsetof(logit_model, dropped)},
    {"weight", offsetof(logit_model, weight)},
    {"deviance", offsetof(logit_model, deviance)},
    {"null_deviance", offsetof(logit_model, null_deviance)},
    {"aic", offsetof(logit_model, aic)},
    {"rank", offsetof(logit_model, rank)},
    {"iterations", offsetof(logit_model, iterations)},
};
enum { MEMBERS = sizeof members / sizeof members[0] };

static double *member_of(logit_model *model, int i) {
    return (double *)(void *)((char *)model + members[i].offset);
}

static void write_name(const logit_model *model, int term, json_text *text) {
    json_text name = {.from = text->from};
    logit_model_term_name(model, term, NULL, &name);
    json_write_string(text, name.bytes ? name.bytes : "", name.length);
    text->failed |= name.failed;
    json_write_free(&name);
}

/* One sentence for each state other than fitted, naming the terms. */
static void write_warning(const logit_model *model, logit_state state, const char *sentence,
                          bool *first, json_text *text) {
    json_text whole = {.from = text->from};
    int count = 0;
    json_write(&whole, sentence);
    for (int term = 0; term < model->term_count; term++) {
        if (model->terms[term].state != state) continue;
        json_write(&whole, count++ ? ", " : ": ");
        logit_model_term_name(model, term, NULL, &whole);
    }
    if (count) {
        json_write(text, *first ? "" : ",");
        json_write_string(text, whole.bytes, whole.failed ? 0 : whole.length);
        *first = false;
    }
    text->failed |= whole.failed;
    json_write_free(&whole);
}

static void write_warnings(const logit_model *model, json_text *text) {
    bool first = true;
    json_write(text, ",\"warnings\":[");
    write_warning(model, LOGIT_ALIASED, "follow from earlier columns and were dropped", &first,
                  text);
    write_warning(model, LOGIT_UNBOUNDED, "the data separate, no finite estimate exists", &first,
                  text);
    if (!model->converged && first) json_write(text, "\"the estimates did not settle\"");
    json_write(text, "]");
}

static void write_term(const logit_model *model, int i, json_text *text) {
    const logit_term *term = &model->terms[i];
    json_write(text, i ? ",{\"term\":" : "{\"term\":");
    write_name(model, i, text);
    if (term->state == LOGIT_ALIASED) {
        json_write(text, ",\"estimate\":null,\"std_error\":null");
    } else {
        json_write(text, ",\"estimate\":");
        json_write_real(text, term->estimate);
        json_write(text, ",\"std_error\":");
        json_write_real(text, term->std_error);
    }
    json_write(text, ",\"state\":\"");
    json_write(text, state_names[term->state]);
    json_write(text, "\"}");
}

static void write_variable(const logit_variable *variable, json_text *text) {
    if (variable->kind != LOGIT_FACTOR) {
        json_write(text, "{\"kind\":\"number\"}");
        return;
    }
    json_write(text, "{\"kind\":\"factor\",\"levels\":[");
    for (size_t i = 0; i < variable->level_count; i++) {
        json_write(text, i ? "," : "");
        json_write_string(text, variable->levels[i].text, variable->levels[i].length);
    }
    json_write(text, "]}");
}

bool logit_model_write(const logit_model *model, json_text *text) {
    json_write(text, "{\"logit\":1");
    for (int i = 0; i < MEMBERS; i++) {
        json_write(text, ",\"");
        json_write(text, members[i].name);
        json_write(text, "\":");
        json_write_real(text, *member_of((logit_model *)(uintptr_t)model, i));
    }
    json_write(text, model->converged ? ",\"converged\":true" : ",\"converged\":false");
    write_warnings(model, text);
    json_write(text, ",\"terms\":[");
    for (int i = 0; i < model->term_count; i++) write_term(model, i, text);
    json_write(text, "],\"variables\":[");
    for (int i = 0; i < model->variable_count; i++) {
        json_write(text, i ? "," : "");
        write_variable(&model->variables[i], text);
    }
    json_write(text, "]}");
    return !text->failed;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* What is read before the variables are known. */
typedef struct reading {
    logit_model *model;
    logit_term *terms;
    size_t term_count;
    size_t term_capacity;
    size_t variable_capacity;
    double version;
    json_reader at;
} reading;

static void read_state(reading *r, logit_term *term) {
    char *name;
    size_t length;
    if (!json_read_string(&r->at, r->model->from, &name, &length)) return;
    int state = LOGIT_FITTED;
    while (state <= LOGIT_UNBOUNDED && strcmp(name, state_names[state]) != 0) state++;
    if (state > LOGIT_UNBOUNDED) r->at.failed = true;
    term->state = (logit_state)state;
    memory_free(r->model->from, name);
}

static void read_term(reading *r) {
    logit_term term = {0};
    char key[16];
    json_enter(&r->at, '{');
    while (json_next(&r->at, '}')) {
        if (!json_key(&r->at, key, sizeof key)) break;
        if (!strcmp(key, "estimate")) {
            if (!json_read_null(&r->at)) json_read_real(&r->at, &term.estimate);
        } else if (!strcmp(key, "std_error")) {
            if (!json_read_null(&r->at)) json_read_real(&r->at, &term.std_error);
        } else if (!strcmp(key, "state")) {
            read_state(r, &term);
        } else {
            json_skip(&r->at);
        }
    }
    if (r->at.failed) return;
    if (r->term_count == LOGIT_TERMS_LIMIT ||
        !memory_reserve(r->model->from, (void **)&r->terms, &r->term_capacity, r->term_count + 1,
                        sizeof *r->terms)) {
        r->at.failed = true;
        return;
    }
    r->terms[r->term_count++] = term;
}

static void read_levels(reading *r, logit_variable *variable) {
    size_t capacity = 0;
    json_enter(&r->at, '[');
    while (json_next(&r->at, ']')) {
        logit_level level;
        if (!json_read_string(&r->at, r->model->from, &level.text, &level.length)) return;
        size_t count = variable->level_count;
        bool sorted = count == 0 || logit_level_compare(variable->levels[count - 1].text,
                                                        variable->levels[count - 1].length,
                                                        level.text, level.length) < 0;
        if (!sorted || !memory_reserve(r->model->from, (void **)&variable->levels, &capacity,
                                       count + 1, sizeof level)) {
            memory_free(r->model->from, level.text);
            r->at.failed = true;
            return;
        }
        variable->levels[variable->level_count++] = level;
    }
}

static void read_variable(reading *r) {
    logit_model *model = r->model;
    char key[16], *kind;
    size_t length;
    if (model->variable_count == LOGIT_VARIABLES_LIMIT ||
        !memory_reserve(model->from, (void **)&model->variables, &r->variable_capacity,
                        (size_t)model->variable_count + 1, sizeof *model->variables)) {
        r->at.failed = true;
        return;
    }
    logit_variable *variable = &model->variables[model->variable_count++];
    *variable = (logit_variable){0};
    json_enter(&r->at, '{');
    while (json_next(&r->at, '}')) {
        if (!json_key(&r->at, key, sizeof key)) return;
        if (!strcmp(key, "kind")) {
            if (!json_read_string(&r->at, model->from, &kind, &length)) return;
            variable->kind = !strcmp(kind, "factor") ? LOGIT_FACTOR : LOGIT_NUMBER;
            memory_free(model->from, kind);
        } else if (!strcmp(key, "levels") && !variable->levels) {
            read_levels(r, variable);
        } else {
            json_skip(&r->at);
        }
    }
    if ((variable->kind == LOGIT_FACTOR) != (variable->level_count > 0)) r->at.failed = true;
}

static void read_member(reading *r, const char *key) {
    if (!strcmp(key, "terms")) {
        json_enter(&r->at, '[');
        while (json_next(&r->at, ']')) read_term(r);
        return;
    }
    if (!strcmp(key, "variables")) {
        json_enter(&r->at, '[');
        while (json_next(&r->at, ']')) read_variable(r);
        return;
    }
    if (!strcmp(key, "converged")) {
        json_read_boolean(&r->at, &r->model->converged);
        return;
    }
    if (!strcmp(key, "logit")) {
        json_read_real(&r->at, &r->version);
        return;
    }
    for (int i = 0; i < MEMBERS; i++) {
        if (strcmp(key, members[i].name) != 0) continue;
        json_read_real(&r->at, member_of(r->model, i));
        return;
    }
    json_skip(&r->at);
}

/* Gives the terms made from the variables the figures that were read. */
static bool join_terms(reading *r) {
    logit_model *model = r->model;
    if (!logit_model_make_terms(model) || (size_t)model->term_count != r->term_count) return false;
    for (int i = 0; i < model->term_count; i++) {
        model->terms[i].estimate = r->terms[i].estimate;
        model->terms[i].std_error = r->terms[i].std_error;
        model->terms[i].state = r->terms[i].state;
    }
    return true;
}

bool logit_model_read(logit_model *model, const memory *from, const char *bytes, size_t length) {
    memory_noting noting;
    memory_note(&noting, from);
    *model = (logit_model){.from = &noting.base};
    reading r = {.model = model, .at = json_read_from(bytes, length)};
    char key[24];
    json_enter(&r.at, '{');
    while (json_next(&r.at, '}'))
        if (json_key(&r.at, key, sizeof key)) read_member(&r, key);
    bool good = json_finished(&r.at) && r.version == 1.0 && join_terms(&r);
    memory_free(from, r.terms);
    if (!good) logit_model_free(model);
    model->from = from;
    model->no_memory = noting.refused;
    return good;
}

const char *logit_model_state_name(logit_state state) {
    return state_names[state];
}

logit_test logit_model_test(const logit_term *term) {
    double z = term->std_error > 0.0 ? term->estimate / term->std_error : 0.0;
    return (logit_test){z, erfc(fabs(z) / sqrt(2.0)), exp(term->estimate)};
}

/* --- predicting ------------------------------------------------------------------------------- */

size_t logit_model_find_level(const logit_variable *variable, const char *text, size_t length) {
    size_t low = 0, high = variable->level_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const logit_level *level = &variable->levels[middle];
        int order = logit_level_compare(text, length, level->text, level->length);
        if (order == 0) return middle;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return variable->level_count;
}

logit_prediction logit_model_predict(const logit_model *model, const logit_value *values,
                                     double *probability, int *variable) {
    double linear = model->terms[0].estimate;
    for (*variable = 0; *variable < model->variable_count; ++*variable) {
        const logit_variable *of = &model->variables[*variable];
        const logit_value *value = &values[*variable];
        if (of->kind != value->kind) return LOGIT_OTHER_KIND;
        if (of->kind == LOGIT_NUMBER) {
            linear += model->terms[of->first_term].estimate * value->number;
            continue;
        }
        size_t level = logit_model_find_level(of, value->text, value->length);
        if (level == of->level_count) return LOGIT_LEVEL_UNKNOWN;
        if (level > 0) linear += model->terms[of->first_term + (int)level - 1].estimate;
    }
    *probability = 1.0 / (1.0 + exp(-linear));
    return LOGIT_PREDICTED;
}
