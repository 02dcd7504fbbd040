/* failing_memory.h - a memory for core tests that counts blocks and fails at the n-th request.
**
** failing_memory m = {.fail_at = n}; core_call(&m.base): the n-th request that allocates or grows
** (1 is the first) returns NULL, as does every later one when `keep_failing`. `live` is the number
** of blocks not yet freed: 0 at the end of a test that leaks nothing. */
#ifndef REOFFEND_TESTS_FAILING_MEMORY_H
#define REOFFEND_TESTS_FAILING_MEMORY_H

#include "memory.h"

typedef struct failing_memory {
    memory base;  /* pass &m.base to the core, after failing_memory_start */
    long fail_at; /* 0: never */
    bool keep_failing;
    long requests;
    long live;
} failing_memory;

void failing_memory_start(failing_memory *m, long fail_at);

#endif
