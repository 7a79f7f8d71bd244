#include "domain/chain_hash.h"

#include <string.h>

_Static_assert(MU_HASH_SIZE == crypto_generichash_BYTES, "BLAKE2b-256");

static void hash_held(struct mu_chain_hash *chain)
{
    crypto_generichash_update(&chain->state, chain->held, chain->used);
    chain->used = 0;
}

static void add(struct mu_chain_hash *chain, const void *bytes, size_t length)
{
    if (length > sizeof chain->held - chain->used)
        hash_held(chain);
    if (length > sizeof chain->held) {
        crypto_generichash_update(&chain->state, bytes, length);
        return;
    }
    memcpy(chain->held + chain->used, bytes, length);
    chain->used += length;
}

void mu_chain_begin(struct mu_chain_hash *chain, const char *format)
{
    crypto_generichash_init(&chain->state, NULL, 0, MU_HASH_SIZE);
    chain->used = 0;
    mu_chain_text(chain, format);
}

void mu_chain_bytes(struct mu_chain_hash *chain, const void *bytes, size_t length)
{
    const unsigned char prefix[4] = {(unsigned char)(length >> 24), (unsigned char)(length >> 16),
                                     (unsigned char)(length >> 8), (unsigned char)length};

    add(chain, prefix, sizeof prefix);
    add(chain, bytes, length);
}

void mu_chain_text(struct mu_chain_hash *chain, const char *text)
{
    mu_chain_bytes(chain, text, strlen(text));
}

void mu_chain_number(struct mu_chain_hash *chain, int64_t number)
{
    char digits[24];
    char *first = digits + sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    do
        *--first = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        *--first = '-';
    mu_chain_bytes(chain, first, (size_t)(digits + sizeof digits - first));
}

void mu_chain_reference(struct mu_chain_hash *chain, int64_t id)
{
    if (id)
        mu_chain_number(chain, id);
    else
        mu_chain_text(chain, "");
}

void mu_chain_moment(struct mu_chain_hash *chain, struct mu_moment moment)
{
    char text[MU_MOMENT_SIZE];

    mu_moment_format(moment, text);
    mu_chain_text(chain, text);
}

void mu_chain_end(struct mu_chain_hash *chain, unsigned char hash[MU_HASH_SIZE])
{
    hash_held(chain);
    crypto_generichash_final(&chain->state, hash, MU_HASH_SIZE);
}
