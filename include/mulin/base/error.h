/* Errors are values: they travel up and are turned into words only where a person reads them. */
#ifndef MULIN_BASE_ERROR_H
#define MULIN_BASE_ERROR_H

#include <mulin/base/message.h>

#include <stddef.h>

/* The first five are the exit statuses of the command. */
enum mu_status {
    MU_OK = 0,
    MU_REFUSED = 1, /* a rule said no: nothing is wrong, nothing was changed */
    MU_USAGE = 2,   /* wrong use of a command or of a function */
    MU_INPUT = 3,   /* something from outside is bad: a file, a field, a rule book */
    MU_STORE = 4,   /* the record file could not be read or written */
    MU_MEMORY = 5,  /* an allocation failed; exit status 4 */
};

enum { MU_ERROR_ARGUMENTS = 4, MU_ERROR_ARGUMENT_SIZE = 192 };

/* What happened, ready to be said in either language: "what: why: what to do". */
struct mu_error {
    enum mu_status status;
    enum mu_message message;
    char argument[MU_ERROR_ARGUMENTS]
                 [MU_ERROR_ARGUMENT_SIZE]; /* UTF-8, NUL-terminated, may be cut */
};

/* Fills `error` (may be NULL) and returns `status`, so that `return mu_fail(...)` reads well.
 * Up to four strings for {0}..{3} follow; end them with NULL. They are copied. */
enum mu_status mu_fail(struct mu_error *error, enum mu_status status, enum mu_message message, ...)
    __attribute__((sentinel));

enum { MU_EITHER_SIZE = 96 };
/* Writes an argument of mu_fail that reads `chinese` in a Chinese sentence and `english` in an
 * English one. `out` has `size` bytes; MU_EITHER_SIZE for two words. */
void mu_either(char *out, size_t size, const char *chinese, const char *english);

/* What a value of errno means, as such an argument; its number when it is a rare one. Valid until
 * the next call of the same thread. */
const char *mu_errno_text(int number);

/* mu_fail for a failed allocation. */
enum mu_status mu_fail_memory(struct mu_error *error);

/* Writes the error's sentence. `out` has `size` bytes, the NUL counted. Returns bytes written. */
size_t mu_error_text(const struct mu_error *error, enum mu_language language, char *out,
                     size_t size);

/* The same without its first part, for where what it is about stands before it already; the whole
 * sentence when it has no three parts, or when the first one tells a value too. */
size_t mu_error_why(const struct mu_error *error, enum mu_language language, char *out,
                    size_t size);

/* The exit status of a command that ended with `status`. */
int mu_exit_status(enum mu_status status);

#define MU_CHECKED __attribute__((warn_unused_result))

#endif
