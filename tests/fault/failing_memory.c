#include "fault/failing_memory.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#endif

static long countdown, failures, blocks;
static bool armed, all;

static bool fails_now(void)
{
    if (!armed || (countdown > 0 && --countdown > 0))
        return false;
    if (failures > 0 && !all)
        return false;
    failures++;
    errno = ENOMEM;
    return true;
}

void failing_memory_start(long at, bool stays)
{
    countdown = at;
    failures = 0;
    all = stays;
    armed = true;
}

long failing_memory_stop(void)
{
    armed = false;
    return failures;
}

long failing_memory_blocks(void)
{
    return blocks;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t length);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t length);

#ifdef SANITIZED

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size)
{
    return fails_now() ? NULL : __real_realloc(block, size);
}

char *__wrap_strdup(const char *text)
{
    return fails_now() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t length)
{
    return fails_now() ? NULL : __real_strndup(text, length);
}

void *failing_memory_aside(void *block, size_t size)
{
    return __real_realloc(block, size);
}

static sqlite3_mem_methods usual;

static void *sqlite_malloc(int size)
{
    return fails_now() ? NULL : usual.xMalloc(size);
}

static void *sqlite_realloc(void *block, int size)
{
    return fails_now() ? NULL : usual.xRealloc(block, size);
}

void failing_memory_install(void)
{
    sqlite3_mem_methods methods;

    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK)
        abort();
    methods = usual;
    methods.xMalloc = sqlite_malloc;
    methods.xRealloc = sqlite_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK)
        abort();
}

#else

/* What glibc calls its own functions, for those who put others in their place. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static void *counted(void *block)
{
    blocks += block != NULL;
    return block;
}

void *malloc(size_t size)
{
    return fails_now() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
    void *moved;

    if (fails_now())
        return NULL;
    moved = __libc_realloc(block, size);
    if (!block)
        counted(moved);
    else if (!moved && size == 0)
        blocks--;
    return moved;
}

void free(void *block)
{
    blocks -= block != NULL;
    __libc_free(block);
}

void *__wrap_malloc(size_t size)
{
    return malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size)
{
    return realloc(block, size);
}

char *__wrap_strdup(const char *text)
{
    return __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t length)
{
    return __real_strndup(text, length);
}

/* Freed by free, so it has to be counted. */
void *failing_memory_aside(void *block, size_t size)
{
    void *moved = __libc_realloc(block, size);

    if (!block)
        counted(moved);
    return moved;
}

void failing_memory_install(void)
{
}

#endif
