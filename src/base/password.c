#include "base/password.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <sodium.h>
#include <string.h>

enum {
    ROOM = 4 * MU_PASSWORD_MOST + 1,
    PASSES = 4,
    MEMORY = 64 * 1024 * 1024,
};

_Static_assert((int)MU_PASSWORD_HASH_SIZE == (int)crypto_pwhash_STRBYTES, "libsodium's string");

/* The form in which a password is hashed and compared. False when it breaks the rules. */
static bool settle(const char *password, char out[ROOM])
{
    char clean[ROOM];
    size_t characters = 0;
    uint32_t rune;
    bool good = mu_text_check(password, false) == MU_TEXT_GOOD &&
                mu_text_clean(clean, sizeof clean, password, false);

    if (good) {
        mu_text_narrow(out, ROOM, clean);
        for (const char *at = out; *at; at += mu_text_rune(at, &rune))
            characters++;
    }
    sodium_memzero(clean, sizeof clean);
    return good && characters >= MU_PASSWORD_LEAST && characters <= MU_PASSWORD_MOST;
}

enum mu_status mu_password_hash(const char *password, char *out, struct mu_error *error)
{
    char settled[ROOM], hash[MU_PASSWORD_HASH_SIZE];
    bool good = settle(password, settled);
    int failed = 1;

    if (good)
        failed = crypto_pwhash_str(hash, settled, strlen(settled), PASSES, MEMORY);
    sodium_memzero(settled, sizeof settled);
    if (!good)
        return mu_fail(error, MU_INPUT, MU_SAY_error_password_rule, NULL);
    if (failed)
        return mu_fail_memory(error);
    memcpy(out, hash, sizeof hash);
    return MU_OK;
}

enum mu_status mu_password_check(const char *hash, const char *password, bool *fits,
                                 struct mu_error *error)
{
    char settled[ROOM], stored[MU_PASSWORD_HASH_SIZE] = "";
    bool good = settle(password, settled);

    *fits = false;
    mu_text_copy(stored, sizeof stored, hash);
    if (good) {
        errno = 0;
        *fits = crypto_pwhash_str_verify(stored, settled, strlen(settled)) == 0;
    }
    sodium_memzero(settled, sizeof settled);
    return errno == ENOMEM && good && !*fits ? mu_fail_memory(error) : MU_OK;
}
