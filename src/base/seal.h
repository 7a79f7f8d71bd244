/* What the one key of a home does: texts sealed for one place of the record file, and marks of
 * texts that only the holder of the key can make. Knows neither files nor the record file. */
#ifndef MULIN_SRC_BASE_SEAL_H
#define MULIN_SRC_BASE_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MU_SEAL_KEY = 32,        /* bytes of the key, and of each key that is made from it */
    MU_SEAL_MORE = 24 + 16,  /* bytes that a sealed text is longer: nonce and tag */
    MU_SEAL_LOOKUP = 16,     /* bytes of a mark that a whole number is found by */
    MU_SEAL_TAIL_SIZE = 9,   /* characters of the mark of a tail, the NUL counted */
    MU_SEAL_CHECK_SIZE = 33, /* hex digits by which keys are told apart, the NUL counted */
};

/* One for each use, so that none tells anything of the others. */
struct mu_seal_keys {
    unsigned char seal[MU_SEAL_KEY], lookup[MU_SEAL_KEY], tail[MU_SEAL_KEY], check[MU_SEAL_KEY];
};

/* Where a sealed text belongs. It opens nowhere else. The names are borrowed; at most 60 bytes of
 * each count. */
struct mu_seal_place {
    const char *table, *column;
    int64_t row;
};

/* Makes the keys from the one key (BLAKE2b, crypto_kdf). */
void mu_seal_derive(const unsigned char key[MU_SEAL_KEY], struct mu_seal_keys *out);

/* XChaCha20-Poly1305 under a random nonce; `out` has length + MU_SEAL_MORE bytes. */
void mu_seal(const struct mu_seal_keys *keys, const struct mu_seal_place *place, const void *text,
             size_t length, unsigned char *out);
/* `out` has length - MU_SEAL_MORE bytes. False, `out` of no meaning, when the bytes were altered,
 * belong to another place or another key, or are too few. */
bool mu_seal_open(const struct mu_seal_keys *keys, const struct mu_seal_place *place,
                  const void *sealed, size_t length, void *out);

/* Seals one of the pieces of a whole that is written once: ChaCha20-Poly1305 under a key of its
 * own, the piece's number for nonce. The same key and number never seal two texts. `out` has length
 * + MU_SEAL_PIECE_MORE bytes. */
enum { MU_SEAL_PIECE_MORE = 16 };
void mu_seal_piece(const unsigned char key[MU_SEAL_KEY], uint64_t number, const void *text,
                   size_t length, unsigned char *out);
/* `out` has length - MU_SEAL_PIECE_MORE bytes. False as mu_seal_open. */
bool mu_seal_piece_open(const unsigned char key[MU_SEAL_KEY], uint64_t number, const void *sealed,
                        size_t length, void *out);

/* Keyed BLAKE2b of the whole text. */
void mu_seal_lookup(const struct mu_seal_keys *keys, const char *text,
                    unsigned char out[MU_SEAL_LOOKUP]);
/* Keyed BLAKE2b of a tail of `length` bytes: 48 bits in the 64 characters of base64url. */
void mu_seal_tail(const struct mu_seal_keys *keys, const char *tail, size_t length,
                  char out[MU_SEAL_TAIL_SIZE]);
/* The same for the same key and for no other; tells nothing else of it. */
void mu_seal_check(const struct mu_seal_keys *keys, char out[MU_SEAL_CHECK_SIZE]);

#endif
