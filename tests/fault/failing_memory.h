/* Allocations that fail when told: all of the program's and its libraries' (malloc itself stands
 * here); under a sanitizer, which has its own malloc, those of libmulin (linked with --wrap) and of
 * SQLite. */
#ifndef MULIN_TESTS_FAULT_FAILING_MEMORY_H
#define MULIN_TESTS_FAULT_FAILING_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* To be called before SQLite is used. */
void failing_memory_install(void);
/* The `at`-th allocation from now fails, and, with `stays`, all after it. */
void failing_memory_start(long at, bool stays);
/* No allocation fails any longer; how many did. */
long failing_memory_stop(void);
/* Blocks that are allocated and not freed; always 0 under a sanitizer, which finds leaks itself. */
long failing_memory_blocks(void);
/* realloc that never fails by order and is not counted. */
void *failing_memory_aside(void *block, size_t size);

#endif
