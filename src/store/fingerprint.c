#include "store/fingerprint.h"

#include <sodium.h>

_Static_assert(MU_FINGERPRINT_KEY == crypto_shorthash_KEYBYTES, "SipHash-2-4");

/* The sums are taken modulo a prime, so that no factor makes them more alike. */
static const uint64_t prime = (UINT64_C(1) << 61) - 1;

__extension__ typedef unsigned __int128 product_type;

static uint64_t times_modulo(uint64_t a, uint64_t b)
{
    product_type product = (product_type)a * b;
    uint64_t sum = (uint64_t)(product & prime) + (uint64_t)(product >> 61);

    return sum >= prime ? sum - prime : sum;
}

void mu_fingerprint_begin(struct mu_fingerprint *print)
{
    crypto_shorthash_keygen(print->key);
    print->sum = 0;
}

void mu_fingerprint_add(struct mu_fingerprint *print, const int64_t *row, size_t count,
                        int64_t times)
{
    uint64_t hash, factor = times < 0 ? 0 - (uint64_t)times : (uint64_t)times;

    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)row, count * sizeof *row,
                     print->key);
    hash = times_modulo(hash % prime, factor % prime);
    if (times < 0 && hash > 0)
        hash = prime - hash;
    print->sum = (print->sum + hash) % prime;
}

void mu_fingerprint_join(struct mu_fingerprint *print, const struct mu_fingerprint *other)
{
    print->sum = (print->sum + other->sum) % prime;
}

bool mu_fingerprint_same(const struct mu_fingerprint *a, const struct mu_fingerprint *b)
{
    return a->sum == b->sum;
}
