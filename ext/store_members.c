#include "store_members.h"

static void begin_layer(members_layer *layer, store_blocks blocks, const window_plan *plan,
                        const codebook *book, bool with_record) {
    layer->blocks = blocks;
    member_walk_init(&layer->walk, &glue_memory, plan, book->weights, book->offence_codes);
    layer->walk.with_record = with_record;
}

void store_members_begin(store_members *members, const store_history *history,
                         const window_plan *plan, const codebook *book, bool with_record) {
    *members = (store_members){.history = history, .given = -1};
    for (int layer = 0; layer < STORE_LAYERS; layer++)
        begin_layer(&members->layer[layer], store_blocks_of_layer(history, (store_layer)layer),
                    plan, book, with_record);
}

void store_members_begin_for(store_members *members, const store_history *history,
                             const window_plan *plan, const codebook *book, bool with_record,
                             int64_t offender_id) {
    *members = (store_members){.history = history, .given = -1, .one = true};
    begin_layer(&members->layer[0], store_blocks_for(history, offender_id), plan, book,
                with_record);
}

void store_members_close(store_members *members) {
    for (int layer = 0; layer < STORE_LAYERS; layer++) {
        store_blocks_close(&members->layer[layer].blocks);
        member_walk_free(&members->layer[layer].walk);
    }
}

/* The first member of the block just read. */
static member_result begin_block(const store_members *members, members_layer *layer) {
    history_person person;
    if (!members->one) return member_first(&layer->walk, &layer->block, &layer->member);
    if (!history_find_person(&layer->block, layer->blocks.offender_id, &person)) return MEMBER_NONE;
    return member_only(&layer->walk, &person, &layer->member);
}

/* Puts the layer on its next member, or at its end. */
static int advance(const store_members *members, members_layer *layer, char **error) {
    member_result result =
        layer->has_member ? member_next(&layer->walk, &layer->member) : MEMBER_NONE;
    while (result == MEMBER_NONE) {
        int code = store_blocks_next(&layer->blocks, &layer->block, error);
        if (code != SQLITE_ROW) {
            layer->has_member = false;
            return code == SQLITE_DONE ? SQLITE_OK : code;
        }
        result = begin_block(members, layer);
    }
    layer->has_member = result == MEMBER_FOUND;
    if (result == MEMBER_CORRUPT)
        return store_corrupt(members->history->name, "a code is not in its dictionary", error);
    return result == MEMBER_FOUND ? SQLITE_OK : SQLITE_NOMEM;
}

/* The layer whose member has the least id, or -1 when all are at their ends. */
static int least_layer(const store_members *members) {
    int least = -1;
    for (int layer = 0; layer < STORE_LAYERS; layer++) {
        const members_layer *each = &members->layer[layer];
        if (each->has_member &&
            (least < 0 || each->member.person.id < members->layer[least].member.person.id))
            least = layer;
    }
    return least;
}

int store_members_next(store_members *members, const member **found, char **error) {
    int code = SQLITE_OK, layers = members->one ? 1 : STORE_LAYERS;
    for (int layer = 0; layer < layers && code == SQLITE_OK; layer++) {
        members_layer *each = &members->layer[layer];
        if (each->begun && layer != members->given) continue;
        each->begun = true;
        code = advance(members, each, error);
    }
    if (code != SQLITE_OK) return code;
    members->given = least_layer(members);
    if (members->given < 0) return SQLITE_DONE;
    *found = &members->layer[members->given].member;
    return SQLITE_ROW;
}
