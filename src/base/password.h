/* Passwords and PINs, kept as argon2id hashes (64 MiB, 4 passes: about 0.2 s for each try). */
#ifndef MULIN_SRC_BASE_PASSWORD_H
#define MULIN_SRC_BASE_PASSWORD_H

#include <mulin/base/error.h>

#include <stdbool.h>

enum {
    MU_PASSWORD_LEAST = 4,      /* characters */
    MU_PASSWORD_MOST = 64,      /* characters */
    MU_PASSWORD_HASH_SIZE = 128 /* bytes, the NUL counted */
};

/* The hash of a password. Full-width digits and letters are the same as narrow ones, because an
 * input method types them. `out` has MU_PASSWORD_HASH_SIZE bytes, untouched unless MU_OK. MU_INPUT
 * (too short or too long, control characters), MU_MEMORY. */
enum mu_status mu_password_hash(const char *password, char *out, struct mu_error *error) MU_CHECKED;

/* *fits: the password is the one of the hash. A hash that is none fits nothing. MU_MEMORY. */
enum mu_status mu_password_check(const char *hash, const char *password, bool *fits,
                                 struct mu_error *error) MU_CHECKED;

#endif
