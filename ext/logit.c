#include "logit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double ALIAS_TOLERANCE = 1e-12; /* of a column's squares (note 2) */
enum { HALVINGS_LIMIT = 30, STILL_MOVING_LIMIT = 5 };
enum { BATCH = 8 }; /* rows whose dense columns are added to the square together */

/* How a variable's cells become columns. Working columns are: the intercept, the numbers, then
** the levels of the factors; the first `dense` of them have a value in every row. */
typedef struct working_variable {
    double mean;   /* of a number */
    double scale;  /* of a number */
    double *score; /* of a coded number: (value - mean) / scale by code */
    int *place;    /* of a factor: working column by code, -1 the reference */
    int column;    /* of a number */
} working_variable;

typedef struct working {
    const memory *from;
    const logit_rows *rows;
    logit_model *model;
    working_variable *variables;
    int terms;
    int dense;
    int factors;
    int *place;     /* term -> working column */
    int *kept;      /* the working columns not aliased, in the order of their terms */
    int *kept_term; /* their terms */
    int kept_count;
    double *square;   /* terms x terms, lower half: information in working columns */
    double *factor;   /* kept x kept, lower half: Cholesky's */
    double *gradient; /* by working column */
    double *estimate;
    double *step;
    double *trial;
    double *batch; /* the dense columns of BATCH rows, each `terms` apart */
    double batch_weight[BATCH];
    int batched;
    double *dense_row; /* in the batch: of the row at hand */
    int *sparse_row;
} working;

/* --- setting up ------------------------------------------------------------------------------- */

static int compare_codes(const void *left, const void *right) {
    const logit_level *const *a = left, *const *b = right;
    return logit_level_compare((*a)->text, (*a)->length, (*b)->text, (*b)->length);
}

static bool copy_level(const memory *from, const logit_level *level, logit_level *copy) {
    copy->text = memory_allocate(from, level->length + 1);
    if (!copy->text) return false;
    memcpy(copy->text, level->text, level->length + 1);
    copy->length = level->length;
    return true;
}

/* Gives the model a factor's levels in sorted order; `rank` by code says where each went. */
static bool sort_levels(working *w, const logit_column *column, logit_variable *variable,
                        int *rank) {
    const logit_level **order = memory_allocate(w->from, column->distinct * sizeof *order);
    variable->levels =
        memory_allocate(w->from, column->distinct * sizeof *variable->levels);
    bool good = order && variable->levels;
    for (size_t i = 0; good && i < column->distinct; i++) order[i] = &column->levels[i];
    if (good) qsort(order, column->distinct, sizeof *order, compare_codes);
    for (size_t i = 0; good && i < column->distinct; i++) {
        good = copy_level(w->from, order[i], &variable->levels[i]);
        if (good) variable->level_count++;
        rank[order[i] - column->levels] = (int)i;
    }
    memory_free(w->from, order);
    return good;
}

static double weight_of(const logit_rows *rows, size_t row) {
    return rows->weighted ? logit_rows_number(&rows->columns[rows->variables], row) : 1.0;
}

/* Mean and spread of a number, in two passes. */
static void measure_number(const working *w, const logit_column *column, working_variable *v) {
    double sum = 0.0, squares = 0.0, weight = w->model->weight;
    for (size_t row = 0; row < w->rows->count; row++)
        sum += weight_of(w->rows, row) * logit_rows_number(column, row);
    v->mean = sum / weight;
    for (size_t row = 0; row < w->rows->count; row++) {
        double away = logit_rows_number(column, row) - v->mean;
        squares += weight_of(w->rows, row) * away * away;
    }
    v->scale = sqrt(squares / weight);
    if (!(v->scale > 1e-13 * fabs(v->mean))) v->scale = 0.0; /* constant */
}

static double centred(const working_variable *v, double number) {
    return v->scale > 0.0 ? (number - v->mean) / v->scale : 0.0;
}

static bool set_up_variable(working *w, int i) {
    const logit_column *column = &w->rows->columns[i];
    logit_variable *variable = &w->model->variables[i];
    working_variable *v = &w->variables[i];
    variable->kind = column->kind;
    if (column->kind == LOGIT_FACTOR) {
        w->factors++;
        v->place = memory_allocate(w->from, column->distinct * sizeof *v->place);
        return v->place && sort_levels(w, column, variable, v->place);
    }
    v->column = w->dense++;
    measure_number(w, column, v);
    if (column->width == 8) return true;
    v->score = memory_allocate(w->from, column->distinct * sizeof *v->score);
    for (size_t code = 0; v->score && code < column->distinct; code++)
        v->score[code] = centred(v, column->numbers[code]);
    return v->score != NULL;
}

/* Gives each term its working column. */
static void place_terms(working *w) {
    int next = w->dense;
    w->place[0] = 0;
    for (int i = 0; i < w->rows->variables; i++) {
        const logit_variable *variable = &w->model->variables[i];
        working_variable *v = &w->variables[i];
        if (variable->kind == LOGIT_NUMBER) {
            w->place[variable->first_term] = v->column;
            continue;
        }
        for (size_t code = 0; code < variable->level_count; code++)
            v->place[code] = v->place[code] ? next + v->place[code] - 1 : -1;
        for (int level = 1; level < (int)variable->level_count; level++)
            w->place[variable->first_term + level - 1] = next++;
    }
}

static bool allocate_terms(working *w) {
    size_t terms = (size_t)w->terms, reals = terms * sizeof(double), whole = terms * sizeof(int);
    w->place = memory_allocate(w->from, whole);
    w->kept = memory_allocate(w->from, whole);
    w->kept_term = memory_allocate(w->from, whole);
    w->square = memory_allocate(w->from, terms * reals);
    w->factor = memory_allocate(w->from, terms * reals);
    w->gradient = memory_allocate(w->from, reals);
    w->estimate = memory_allocate(w->from, reals);
    w->step = memory_allocate(w->from, reals);
    w->trial = memory_allocate(w->from, reals);
    w->batch = memory_allocate(w->from, BATCH * reals);
    w->sparse_row = memory_allocate(w->from, ((size_t)w->factors + 1) * sizeof(int));
    return w->place && w->kept && w->kept_term && w->square && w->factor && w->gradient &&
           w->estimate && w->step && w->trial && w->batch && w->sparse_row;
}

static void working_free(working *w) {
    void *const blocks[] = {w->place,    w->kept,     w->kept_term, w->square, w->factor,
                            w->gradient, w->estimate, w->step,      w->trial,  w->batch,
                            w->sparse_row};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) memory_free(w->from, blocks[i]);
    for (int i = 0; w->variables && i < w->rows->variables; i++) {
        memory_free(w->from, w->variables[i].score);
        memory_free(w->from, w->variables[i].place);
    }
    memory_free(w->from, w->variables);
}

static void count_rows(logit_model *model, const logit_rows *rows) {
    model->n = (double)rows->count;
    model->dropped = (double)rows->dropped;
    for (size_t row = 0; row < rows->count; row++) {
        model->events += rows->outcomes[row];
        model->weight += weight_of(rows, row);
    }
}

static logit_status working_start(working *w, logit_model *model, const logit_rows *rows) {
    *w = (working){.from = rows->from, .rows = rows, .model = model, .dense = 1};
    if (!logit_model_start(model, rows->from, rows->variables)) return LOGIT_NO_MEMORY;
    count_rows(model, rows);
    size_t room = ((size_t)rows->variables + 1) * sizeof *w->variables;
    w->variables = memory_allocate(w->from, room);
    if (!w->variables) return LOGIT_NO_MEMORY;
    memset(w->variables, 0, room);
    size_t terms = 1;
    for (int i = 0; i < rows->variables; i++) {
        if (!set_up_variable(w, i)) return LOGIT_NO_MEMORY;
        const logit_variable *variable = &model->variables[i];
        terms += variable->kind == LOGIT_FACTOR ? variable->level_count - 1 : 1;
    }
    if (terms > LOGIT_TERMS_LIMIT) return LOGIT_TOO_MANY_TERMS;
    w->terms = (int)terms;
    if (!logit_model_make_terms(model) || !allocate_terms(w)) return LOGIT_NO_MEMORY;
    place_terms(w);
    return LOGIT_OK;
}

/* --- one pass over the rows ------------------------------------------------------------------- */

/* Fills dense_row and sparse_row; returns how many sparse columns are set in this row. */
static int read_row(working *w, size_t row) {
    int set = 0;
    w->dense_row[0] = 1.0;
    for (int i = 0; i < w->rows->variables; i++) {
        const logit_column *column = &w->rows->columns[i];
        const working_variable *v = &w->variables[i];
        if (v->place) {
            int place = v->place[logit_rows_code(column, row)];
            if (place >= 0) w->sparse_row[set++] = place;
        } else if (v->score) {
            w->dense_row[v->column] = v->score[logit_rows_code(column, row)];
        } else {
            w->dense_row[v->column] = centred(v, logit_rows_number(column, row));
        }
    }
    return set;
}

/* Adds the batch's dense columns to the square: a line of it is fetched and put back once for BATCH
** rows. A row that is not there has weight 0. */
static void add_batch(working *w) {
    size_t terms = (size_t)w->terms;
    const double *restrict x = w->batch;
    if (w->batched == 0) return;
    while (w->batched < BATCH) w->batch_weight[w->batched++] = 0.0;
    for (int i = 0; i < w->dense; i++) {
        double *restrict line = w->square + (size_t)i * terms;
        double scaled[BATCH];
        for (int row = 0; row < BATCH; row++)
            scaled[row] = w->batch_weight[row] * x[(size_t)row * terms + (size_t)i];
        for (int j = 0; j <= i; j++) {
            double sum = line[j];
            for (int row = 0; row < BATCH; row++)
                sum += scaled[row] * x[(size_t)row * terms + (size_t)j];
            line[j] = sum;
        }
    }
    w->batched = 0;
    w->dense_row = w->batch;
}

/* Adds weight * x x' to the lower half of the square; the dense columns wait in the batch. */
static void add_square(working *w, int set, double weight) {
    const double *restrict x = w->dense_row;
    size_t terms = (size_t)w->terms;
    for (int i = 0; i < set; i++) {
        double *restrict line = w->square + (size_t)w->sparse_row[i] * terms;
        for (int j = 0; j < w->dense; j++) line[j] += weight * x[j];
        for (int j = 0; j <= i; j++) line[w->sparse_row[j]] += weight;
    }
    w->batch_weight[w->batched++] = weight;
    w->dense_row += terms;
    if (w->batched == BATCH) add_batch(w);
}

static void clear_square(working *w) {
    memset(w->square, 0, (size_t)w->terms * (size_t)w->terms * sizeof *w->square);
    memset(w->batch, 0, BATCH * (size_t)w->terms * sizeof *w->batch);
    w->batched = 0;
    w->dense_row = w->batch;
}

/* Adds a row's part of gradient and information. */
static void add_row(working *w, int set, double pull, double weight) {
    for (int i = 0; i < w->dense; i++) w->gradient[i] += pull * w->dense_row[i];
    for (int i = 0; i < set; i++) w->gradient[w->sparse_row[i]] += pull;
    add_square(w, set, weight);
}

static void clear_sums(working *w) {
    clear_square(w);
    memset(w->gradient, 0, (size_t)w->terms * sizeof *w->gradient);
}

/* The sums of the first step, from estimates of 0, with R's start: each case as if its probability
** were (weight * outcome + 1/2) / (weight + 1). */
static void evaluate_start(working *w) {
    clear_sums(w);
    for (size_t row = 0; row < w->rows->count; row++) {
        double weight = weight_of(w->rows, row), outcome = w->rows->outcomes[row];
        double start = (weight * outcome + 0.5) / (weight + 1.0), spread = start * (1.0 - start);
        double target = log(start / (1.0 - start)) + (outcome - start) / spread;
        add_row(w, read_row(w, row), weight * spread * target, weight * spread);
    }
    add_batch(w);
}

/* Deviance, gradient and information at `at`. */
static double evaluate(working *w, const double *at) {
    long double deviance = 0.0L;
    clear_sums(w);
    for (size_t row = 0; row < w->rows->count; row++) {
        int set = read_row(w, row);
        double linear = 0.0, weight = weight_of(w->rows, row);
        for (int i = 0; i < w->dense; i++) linear += at[i] * w->dense_row[i];
        for (int i = 0; i < set; i++) linear += at[w->sparse_row[i]];
        /* e is at most 1: no cancellation in either tail */
        double e = exp(-fabs(linear)), away = w->rows->outcomes[row] ? -linear : linear;
        double wrong = (away > 0.0 ? 1.0 : e) / (1.0 + e); /* probability of the other outcome */
        double residual = weight * (w->rows->outcomes[row] ? wrong : -wrong);
        deviance += 2.0 * weight * ((away > 0.0 ? away : 0.0) + log1p(e));
        add_row(w, set, residual, weight * e / ((1.0 + e) * (1.0 + e)));
    }
    add_batch(w);
    return (double)deviance;
}

/* --- Cholesky -------------------------------------------------------------------------------- */

static double square_at(const working *w, int a, int b) {
    size_t high = (size_t)(a > b ? a : b), low = (size_t)(a > b ? b : a);
    return w->square[high * (size_t)w->terms + low];
}

/* Appends working column `column` to the factor as row `row`. False: what is left of its squares
** is no more than `tolerance` of them. */
static bool factor_row(working *w, int row, int column, const int *columns, double tolerance) {
    double *line = w->factor + (size_t)row * (size_t)w->terms;
    double whole = square_at(w, column, column), left = whole;
    for (int k = 0; k < row; k++) {
        const double *other = w->factor + (size_t)k * (size_t)w->terms;
        double value = square_at(w, column, columns[k]);
        for (int m = 0; m < k; m++) value -= line[m] * other[m];
        line[k] = value / other[k];
        left -= line[k] * line[k];
    }
    if (!(left > tolerance * whole)) return false;
    line[row] = sqrt(left);
    return true;
}

/* Decides from the plain squares which columns follow from earlier ones (note 2). */
static void drop_aliased(working *w) {
    clear_square(w);
    for (size_t row = 0; row < w->rows->count; row++)
        add_square(w, read_row(w, row), weight_of(w->rows, row));
    add_batch(w);
    for (int term = 0; term < w->terms; term++) {
        w->kept[w->kept_count] = w->place[term];
        w->kept_term[w->kept_count] = term;
        if (factor_row(w, w->kept_count, w->place[term], w->kept, ALIAS_TOLERANCE)) {
            w->kept_count++;
        } else {
            w->model->terms[term].state = LOGIT_ALIASED;
        }
    }
    w->model->rank = w->kept_count;
}

static bool factorise(working *w) {
    for (int row = 0; row < w->kept_count; row++)
        if (!factor_row(w, row, w->kept[row], w->kept, 0.0)) return false;
    return true;
}

/* x := L^-1 x */
static void solve_lower(const working *w, double *x) {
    for (int row = 0; row < w->kept_count; row++) {
        const double *line = w->factor + (size_t)row * (size_t)w->terms;
        for (int k = 0; k < row; k++) x[row] -= line[k] * x[k];
        x[row] /= line[row];
    }
}

/* x := L'^-1 x */
static void solve_upper(const working *w, double *x) {
    for (int row = w->kept_count - 1; row >= 0; row--) {
        const double *line = w->factor + (size_t)row * (size_t)w->terms;
        x[row] /= line[row];
        for (int k = 0; k < row; k++) x[k] -= line[k] * x[row];
    }
}

/* --- Newton ---------------------------------------------------------------------------------- */

/* The step in working columns, 0 for aliased ones; returns its largest part. */
static double newton_step(working *w) {
    double largest = 0.0;
    for (int i = 0; i < w->kept_count; i++) w->trial[i] = w->gradient[w->kept[i]];
    solve_lower(w, w->trial);
    solve_upper(w, w->trial);
    memset(w->step, 0, (size_t)w->terms * sizeof *w->step);
    for (int i = 0; i < w->kept_count; i++) {
        w->step[w->kept[i]] = w->trial[i];
        largest = fmax(largest, fabs(w->trial[i]));
    }
    return largest;
}

/* Moves by the step, halved until the deviance does not rise; returns the new deviance. */
static double move(working *w, double deviance) {
    double share = 1.0, reached = deviance;
    for (int halving = 0; halving < HALVINGS_LIMIT; halving++, share *= 0.5) {
        for (int i = 0; i < w->terms; i++) w->trial[i] = w->estimate[i] + share * w->step[i];
        reached = evaluate(w, w->trial);
        if (reached <= deviance * (1.0 + 1e-11) + 1e-11) break;
    }
    memcpy(w->estimate, w->trial, (size_t)w->terms * sizeof *w->estimate);
    return reached;
}

static double largest_estimate(const working *w) {
    double largest = 0.0;
    for (int i = 0; i < w->terms; i++) largest = fmax(largest, fabs(w->estimate[i]));
    return largest;
}

/* What a step or an estimate in working columns means for a term on the scale given. */
static double on_given_scale(const working *w, const double *values, int term) {
    double value = values[w->place[term]];
    if (term > 0) {
        const logit_term *of = &w->model->terms[term];
        if (w->model->variables[of->variable].kind == LOGIT_FACTOR) return value;
        double scale = w->variables[of->variable].scale;
        return scale > 0.0 ? value / scale : 0.0;
    }
    for (int i = 0; i < w->rows->variables; i++) {
        const working_variable *v = &w->variables[i];
        if (!v->place && v->scale > 0.0) value -= values[v->column] * v->mean / v->scale;
    }
    return value;
}

/* The terms that still moved in the last step (note 3). */
static void mark_unbounded(working *w, double moved) {
    for (int i = 0; i < w->kept_count; i++) {
        int term = w->kept_term[i];
        double step = term ? w->step[w->kept[i]] : on_given_scale(w, w->step, 0);
        if (fabs(step) > 1e-3 * moved) w->model->terms[term].state = LOGIT_UNBOUNDED;
    }
}

/* Note 4. */
static bool has_settled(const working *w, double before, double after, double moved,
                        double moved_before) {
    double scale = 1.0 + largest_estimate(w);
    if (fabs(after - before) < 1e-14 * (fabs(after) + 0.1)) return true;
    return moved < 1e-12 * scale || (moved < 1e-7 * scale && moved > 0.5 * moved_before);
}

static void iterate(working *w) {
    double deviance = INFINITY, moved = 0.0, moved_before = INFINITY;
    int still_moving = 0;
    memset(w->estimate, 0, (size_t)w->terms * sizeof *w->estimate);
    evaluate_start(w);
    while (w->model->iterations < LOGIT_ITERATIONS_LIMIT && still_moving < STILL_MOVING_LIMIT) {
        if (!factorise(w)) {
            still_moving = STILL_MOVING_LIMIT; /* no information is left in some direction */
            break;
        }
        double before = deviance, fit_left = 0.0;
        moved = newton_step(w);
        for (int k = 0; k < w->terms; k++) fit_left += w->step[k] * w->gradient[k];
        deviance = move(w, deviance);
        w->model->iterations += 1;
        still_moving = fit_left < 1e-9 * (deviance + 0.1) && moved > 1e-3 ? still_moving + 1 : 0;
        if (!still_moving && has_settled(w, before, deviance, moved, moved_before)) {
            w->model->converged = true;
            break;
        }
        moved_before = moved;
    }
    if (still_moving == STILL_MOVING_LIMIT) mark_unbounded(w, moved);
    w->model->deviance = deviance;
}

/* --- what is reported ------------------------------------------------------------------------ */

/* Square root of a' V a, V the inverse of the information, a in kept order; changes a. */
static double spread(const working *w, double *a) {
    double sum = 0.0;
    solve_lower(w, a);
    for (int i = 0; i < w->kept_count; i++) sum += a[i] * a[i];
    return sqrt(sum);
}

/* How much of the k-th kept working estimate is in a term on the scale given. */
static double weight_in_term(working *w, int k, int term) {
    memset(w->step, 0, (size_t)w->terms * sizeof *w->step);
    w->step[w->kept[k]] = 1.0;
    return on_given_scale(w, w->step, term);
}

/* From the factor of the last step, as R does. */
static void report_errors(working *w) {
    for (int i = 0; i < w->kept_count; i++) {
        for (int k = 0; k < w->kept_count; k++)
            w->trial[k] = k == i || i == 0 ? weight_in_term(w, k, w->kept_term[i]) : 0.0;
        double error = spread(w, w->trial);
        w->model->terms[w->kept_term[i]].std_error = isfinite(error) ? error : 0.0;
    }
}

static double entropy_part(double share) {
    return share > 0.0 ? share * log(share) : 0.0;
}

static void report(working *w) {
    logit_model *model = w->model;
    double weighted_events = 0.0;
    for (int i = 0; i < w->kept_count; i++) {
        int term = w->kept_term[i];
        model->terms[term].estimate = on_given_scale(w, w->estimate, term);
    }
    report_errors(w);
    for (size_t row = 0; row < w->rows->count; row++)
        if (w->rows->outcomes[row]) weighted_events += weight_of(w->rows, row);
    double share = weighted_events / model->weight;
    model->null_deviance =
        -2.0 * model->weight * (entropy_part(share) + entropy_part(1.0 - share));
    model->aic = model->deviance + 2.0 * model->rank;
}

logit_status logit_fit(logit_model *model, const logit_rows *rows) {
    working w;
    logit_status status = working_start(&w, model, rows);
    if (status == LOGIT_OK) {
        drop_aliased(&w);
        iterate(&w);
        report(&w);
    }
    working_free(&w);
    if (status != LOGIT_OK) logit_model_free(model);
    return status;
}
