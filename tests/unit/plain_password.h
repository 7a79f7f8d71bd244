/* Linked with --wrap=crypto_pwhash_str,--wrap=crypto_pwhash_str_verify: passwords are kept as they
 * are, which takes no time. */
#ifndef MULIN_TESTS_UNIT_PLAIN_PASSWORD_H
#define MULIN_TESTS_UNIT_PLAIN_PASSWORD_H

#include <sodium.h>

#include <stdio.h>
#include <string.h>

int __wrap_crypto_pwhash_str(char *out, const char *password, unsigned long long length,
                             unsigned long long passes, size_t memory);
int __wrap_crypto_pwhash_str_verify(const char *hash, const char *password,
                                    unsigned long long length);

int __wrap_crypto_pwhash_str(char *out, const char *password, unsigned long long length,
                             unsigned long long passes, size_t memory)
{
    (void)passes;
    (void)memory;
    snprintf(out, crypto_pwhash_STRBYTES, "%.*s", (int)length, password);
    return 0;
}

int __wrap_crypto_pwhash_str_verify(const char *hash, const char *password,
                                    unsigned long long length)
{
    return strlen(hash) == length && memcmp(hash, password, length) == 0 ? 0 : -1;
}

#endif
