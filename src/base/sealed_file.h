/* A file that only its passphrase opens: a short note, then all bytes of another file.
 *
 * Header, 60 bytes: "MULINBAK"; format 1, passes and KiB of argon2id, each a big-endian 32-bit
 * number; salt (16); header of crypto_secretstream_xchacha20poly1305 (24). Then the chunks of that
 * stream, each 17 bytes longer than its text: the note (1,024 bytes, with the header as additional
 * data), then pieces of 65,536 bytes, then one shorter piece (maybe empty), the only one with
 * TAG_FINAL. Nothing follows: a file that is cut, altered, reordered or longer does not open. */
#ifndef MULIN_SRC_BASE_SEALED_FILE_H
#define MULIN_SRC_BASE_SEALED_FILE_H

#include <mulin/base/error.h>

#include <stdbool.h>
#include <stdint.h>

enum {
    MU_SEAL_HEADER_SIZE = 60,
    MU_SEAL_NOTE_SIZE = 1024,
    MU_SEAL_PIECE_SIZE = 65536,
    MU_SEAL_EXTRA = 17 /* bytes that a chunk is longer than its text */
};

/* Told after each piece, in bytes of the file that is read; false stops with MU_REFUSED. */
typedef bool mu_seal_progress(void *context, int64_t done, int64_t all);

struct mu_seal {
    const char *name;       /* of the sealed file, for messages */
    const char *plain_name; /* of the other one */
    const char *passphrase;
    mu_seal_progress *progress; /* may be NULL */
    void *context;
};

/* Seals the note and what is read from `plain` into `sealed`; both are open descriptors at their
 * start and stay open. The key is derived anew each time with 256 MiB of memory in three passes.
 * MU_STORE, MU_REFUSED (stopped), MU_MEMORY. */
enum mu_status mu_seal_file(int sealed, int plain, const struct mu_seal *seal,
                            const unsigned char note[MU_SEAL_NOTE_SIZE],
                            struct mu_error *error) MU_CHECKED;

/* The way back. Text is written to `plain` as it is read: unless MU_OK comes back, throw it away.
 * MU_INPUT (no sealed file, a newer format, wrong passphrase, damaged), MU_STORE, MU_REFUSED,
 * MU_MEMORY. `note` is untouched unless MU_OK. */
enum mu_status mu_unseal_file(int sealed, int plain, const struct mu_seal *seal,
                              unsigned char note[MU_SEAL_NOTE_SIZE],
                              struct mu_error *error) MU_CHECKED;

#endif
