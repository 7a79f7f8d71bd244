/* Linked with --wrap=crypto_pwhash: keys are derived with the least cost, and it is noted what cost
 * was asked for. */
#ifndef MULIN_TESTS_UNIT_FAST_KEY_H
#define MULIN_TESTS_UNIT_FAST_KEY_H

#include <sodium.h>

#include <stdbool.h>
#include <stddef.h>

int __real_crypto_pwhash(unsigned char *key, unsigned long long key_length, const char *passphrase,
                         unsigned long long length, const unsigned char *salt,
                         unsigned long long passes, size_t memory, int algorithm);
int __wrap_crypto_pwhash(unsigned char *key, unsigned long long key_length, const char *passphrase,
                         unsigned long long length, const unsigned char *salt,
                         unsigned long long passes, size_t memory, int algorithm);

/* A test that counts calls may let this one fail. */
#ifndef KEY_FAILS
#define KEY_FAILS() false
#endif

static struct {
    int keys; /* derived so far */
    unsigned long long passes;
    size_t memory;
    int algorithm;
} asked;

int __wrap_crypto_pwhash(unsigned char *key, unsigned long long key_length, const char *passphrase,
                         unsigned long long length, const unsigned char *salt,
                         unsigned long long passes, size_t memory, int algorithm)
{
    if (KEY_FAILS())
        return -1;
    asked.keys++;
    asked.passes = passes;
    asked.memory = memory;
    asked.algorithm = algorithm;
    return __real_crypto_pwhash(key, key_length, passphrase, length, salt,
                                crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN, algorithm);
}

#endif
