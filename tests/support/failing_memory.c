#include "failing_memory.h"

#include <stdlib.h>

static void *resize(void *user, void *block, size_t size) {
    failing_memory *m = user;
    if (size == 0) {
        if (block)
            m->live--;
        free(block);
        return NULL;
    }
    m->requests++;
    if (m->fail_at && (m->requests == m->fail_at || (m->keep_failing && m->requests > m->fail_at)))
        return NULL;
    void *moved = realloc(block, size);
    if (moved && !block)
        m->live++;
    return moved;
}

void failing_memory_start(failing_memory *m, long fail_at) {
    *m = (failing_memory){.fail_at = fail_at};
    m->base = (memory){resize, m};
}
