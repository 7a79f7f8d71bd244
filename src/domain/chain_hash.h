/* How the fields of a chained record are hashed: each as a big-endian 32-bit length and its bytes,
 * numbers in decimal. */
#ifndef MULIN_SRC_DOMAIN_CHAIN_HASH_H
#define MULIN_SRC_DOMAIN_CHAIN_HASH_H

#include <mulin/domain/ledger.h>

#include <sodium.h>

struct mu_chain_hash {
    crypto_generichash_state state;
    size_t used;
    unsigned char held[512]; /* fields are short and many: they are hashed together */
};

/* Begins with the name of the format. */
void mu_chain_begin(struct mu_chain_hash *chain, const char *format);
void mu_chain_bytes(struct mu_chain_hash *chain, const void *bytes, size_t length);
void mu_chain_text(struct mu_chain_hash *chain, const char *text);
void mu_chain_number(struct mu_chain_hash *chain, int64_t number);
/* Nothing for 0. */
void mu_chain_reference(struct mu_chain_hash *chain, int64_t id);
void mu_chain_moment(struct mu_chain_hash *chain, struct mu_moment moment);
void mu_chain_end(struct mu_chain_hash *chain, unsigned char hash[MU_HASH_SIZE]);

#endif
