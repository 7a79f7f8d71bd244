#include "base/seal.h"

#include <sodium.h>
#include <string.h>

enum { NAME_BYTES = 60, TAIL_BYTES = 6, PLACE_SIZE = 2 * (NAME_BYTES + 1) + 8 };

_Static_assert(MU_SEAL_KEY == crypto_kdf_KEYBYTES &&
                   MU_SEAL_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
               "all keys are of one length");
_Static_assert(MU_SEAL_KEY == crypto_aead_chacha20poly1305_ietf_KEYBYTES &&
                   MU_SEAL_PIECE_MORE == crypto_aead_chacha20poly1305_ietf_ABYTES,
               "a piece's key and tag");
_Static_assert(MU_SEAL_MORE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +
                                   crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "nonce and tag");

void mu_seal_derive(const unsigned char key[MU_SEAL_KEY], struct mu_seal_keys *out)
{
    static const char context[crypto_kdf_CONTEXTBYTES] = {'m', 'u', 'l', 'i', 'n', 'k', 'e', 'y'};
    unsigned char *const keys[] = {out->seal, out->lookup, out->tail, out->check};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        crypto_kdf_derive_from_key(keys[i], MU_SEAL_KEY, i + 1, context, key);
}

/* Table and column end with a NUL each, so that no two places read alike. */
static size_t write_place(const struct mu_seal_place *place, unsigned char out[PLACE_SIZE])
{
    const char *const names[] = {place->table, place->column};
    uint64_t row = (uint64_t)place->row;
    size_t used = 0;

    for (size_t i = 0; i < 2; i++) {
        size_t length = strnlen(names[i], NAME_BYTES);

        memcpy(out + used, names[i], length);
        used += length;
        out[used++] = 0;
    }
    for (int shift = 56; shift >= 0; shift -= 8)
        out[used++] = (unsigned char)(row >> shift);
    return used;
}

void mu_seal(const struct mu_seal_keys *keys, const struct mu_seal_place *place, const void *text,
             size_t length, unsigned char *out)
{
    unsigned char where[PLACE_SIZE];
    unsigned char *nonce = out, *sealed = out + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

    randombytes_buf(nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, NULL, text, length, where,
                                               write_place(place, where), NULL, nonce, keys->seal);
}

bool mu_seal_open(const struct mu_seal_keys *keys, const struct mu_seal_place *place,
                  const void *sealed, size_t length, void *out)
{
    unsigned char where[PLACE_SIZE];
    const unsigned char *nonce = sealed;

    if (length < MU_SEAL_MORE)
        return false;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(
               out, NULL, NULL, nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
               length - crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, where,
               write_place(place, where), nonce, keys->seal) == 0;
}

static void write_nonce(uint64_t number,
                        unsigned char out[crypto_aead_chacha20poly1305_ietf_NPUBBYTES])
{
    memset(out, 0, crypto_aead_chacha20poly1305_ietf_NPUBBYTES);
    for (int i = 0; i < 8; i++)
        out[i] = (unsigned char)(number >> (8 * i));
}

void mu_seal_piece(const unsigned char key[MU_SEAL_KEY], uint64_t number, const void *text,
                   size_t length, unsigned char *out)
{
    unsigned char nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];

    write_nonce(number, nonce);
    crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, text, length, NULL, 0, NULL, nonce, key);
}

bool mu_seal_piece_open(const unsigned char key[MU_SEAL_KEY], uint64_t number, const void *sealed,
                        size_t length, void *out)
{
    unsigned char nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];

    write_nonce(number, nonce);
    return length >= MU_SEAL_PIECE_MORE &&
           crypto_aead_chacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed, length, NULL, 0,
                                                     nonce, key) == 0;
}

void mu_seal_lookup(const struct mu_seal_keys *keys, const char *text,
                    unsigned char out[MU_SEAL_LOOKUP])
{
    crypto_generichash(out, MU_SEAL_LOOKUP, (const unsigned char *)text, strlen(text), keys->lookup,
                       MU_SEAL_KEY);
}

void mu_seal_tail(const struct mu_seal_keys *keys, const char *tail, size_t length,
                  char out[MU_SEAL_TAIL_SIZE])
{
    unsigned char hash[crypto_generichash_BYTES_MIN];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)tail, length, keys->tail,
                       MU_SEAL_KEY);
    sodium_bin2base64(out, MU_SEAL_TAIL_SIZE, hash, TAIL_BYTES,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void mu_seal_check(const struct mu_seal_keys *keys, char out[MU_SEAL_CHECK_SIZE])
{
    static const unsigned char text[] = "mulin";
    unsigned char hash[(MU_SEAL_CHECK_SIZE - 1) / 2];

    crypto_generichash(hash, sizeof hash, text, sizeof text - 1, keys->check, MU_SEAL_KEY);
    sodium_bin2hex(out, MU_SEAL_CHECK_SIZE, hash, sizeof hash);
}
