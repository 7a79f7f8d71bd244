#include "domain/chain_hash.h"

#include <stdio.h>
#include <string.h>

_Static_assert(MU_HASH_SIZE == crypto_generichash_BYTES, "BLAKE2b-256");

void mu_chain_begin(struct mu_chain_hash *chain, const char *format)
{
    crypto_generichash_init(&chain->state, NULL, 0, MU_HASH_SIZE);
    mu_chain_text(chain, format);
}

void mu_chain_bytes(struct mu_chain_hash *chain, const void *bytes, size_t length)
{
    const unsigned char prefix[4] = {(unsigned char)(length >> 24), (unsigned char)(length >> 16),
                                     (unsigned char)(length >> 8), (unsigned char)length};

    crypto_generichash_update(&chain->state, prefix, sizeof prefix);
    crypto_generichash_update(&chain->state, bytes, length);
}

void mu_chain_text(struct mu_chain_hash *chain, const char *text)
{
    mu_chain_bytes(chain, text, strlen(text));
}

void mu_chain_number(struct mu_chain_hash *chain, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)number);

    mu_chain_bytes(chain, digits, (size_t)length);
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
    crypto_generichash_final(&chain->state, hash, MU_HASH_SIZE);
}
