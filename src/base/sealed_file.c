#include "base/sealed_file.h"

#include "base/pace.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FORMAT = 1,
    PASSES = crypto_pwhash_OPSLIMIT_MODERATE,
    MEMORY_KIB = crypto_pwhash_MEMLIMIT_MODERATE / 1024,
    /* What a header may ask for: more would be a way to stop the machine. */
    MOST_PASSES = 8,
    MOST_MEMORY_KIB = 1 << 20,
    LEAST_MEMORY_KIB = crypto_pwhash_MEMLIMIT_MIN / 1024,
    SALT = 20,                               /* where it stands in the header */
    STREAM = SALT + crypto_pwhash_SALTBYTES, /* where the stream's own header stands */
    SEALED_PIECE = MU_SEAL_PIECE_SIZE + MU_SEAL_EXTRA,
};

_Static_assert(MU_SEAL_EXTRA == crypto_secretstream_xchacha20poly1305_ABYTES, "a chunk's length");
_Static_assert(MU_SEAL_HEADER_SIZE == STREAM + crypto_secretstream_xchacha20poly1305_HEADERBYTES,
               "the header's length");

static const unsigned char magic[8] = {'M', 'U', 'L', 'I', 'N', 'B', 'A', 'K'};

/* Everything that holds text or key; wiped before it is freed. */
struct work {
    const struct mu_seal *seal;
    int sealed, plain;
    int64_t done, all; /* bytes of the file that is read */
    size_t waiting;    /* bytes of the other on their way to the disk */
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char header[MU_SEAL_HEADER_SIZE];
    unsigned char text[MU_SEAL_PIECE_SIZE];
    unsigned char chunk[SEALED_PIECE];
};

static enum mu_status start(struct work **out, int sealed, int plain, int source,
                            const struct mu_seal *seal, struct mu_error *error)
{
    struct stat about;
    struct work *work;

    if (sodium_init() < 0 || !(work = calloc(1, sizeof *work)))
        return mu_fail_memory(error);
    work->seal = seal;
    work->sealed = sealed;
    work->plain = plain;
    work->all = fstat(source, &about) == 0 ? about.st_size : 0;
    *out = work;
    return MU_OK;
}

static void finish(struct work *work)
{
    sodium_memzero(work, sizeof *work);
    free(work);
}

/* Reads up to `size` bytes, fewer only at the end of the file. */
static enum mu_status read_fully(int file, const char *name, unsigned char *out, size_t size,
                                 size_t *length, struct mu_error *error)
{
    size_t got = 0;

    while (got < size) {
        ssize_t step = read(file, out + got, size - got);

        if (step < 0 && errno == EINTR)
            continue;
        if (step < 0)
            return mu_fail(error, MU_STORE, MU_SAY_error_seal_read, name, mu_errno_text(errno),
                           NULL);
        if (step == 0)
            break;
        got += (size_t)step;
    }
    *length = got;
    return MU_OK;
}

static enum mu_status write_fully(struct work *work, int file, const char *name,
                                  const unsigned char *bytes, size_t length, struct mu_error *error)
{
    size_t done = 0;

    while (done < length) {
        ssize_t step = write(file, bytes + done, length - done);

        if (step < 0 && errno == EINTR)
            continue;
        if (step <= 0)
            break;
        done += (size_t)step;
    }
    if (done < length || !mu_pace(file, &work->waiting, length))
        return mu_fail(error, MU_STORE, MU_SAY_error_seal_write, name, mu_errno_text(errno), NULL);
    return MU_OK;
}

static enum mu_status advance(struct work *work, size_t length, struct mu_error *error)
{
    const struct mu_seal *seal = work->seal;

    work->done += (int64_t)length;
    if (seal->progress && !seal->progress(seal->context, work->done, work->all))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_seal_stopped, NULL);
    return MU_OK;
}

static void put_number(unsigned char *out, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(number >> (24 - 8 * i));
}

static uint32_t number_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* The key that the header's salt and cost make of the passphrase. */
static enum mu_status derive(const struct work *work, unsigned char *key, struct mu_error *error)
{
    const char *passphrase = work->seal->passphrase;

    if (crypto_pwhash(key, crypto_secretstream_xchacha20poly1305_KEYBYTES, passphrase,
                      strlen(passphrase), work->header + SALT, number_at(work->header + 12),
                      (size_t)number_at(work->header + 16) * 1024,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return mu_fail_memory(error);
    return MU_OK;
}

/* Writes the header and keys the stream. */
static enum mu_status write_header(struct work *work, struct mu_error *error)
{
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    enum mu_status status;

    memcpy(work->header, magic, sizeof magic);
    put_number(work->header + 8, FORMAT);
    put_number(work->header + 12, PASSES);
    put_number(work->header + 16, MEMORY_KIB);
    randombytes_buf(work->header + SALT, crypto_pwhash_SALTBYTES);
    status = derive(work, key, error);
    if (status != MU_OK)
        return status;
    crypto_secretstream_xchacha20poly1305_init_push(&work->state, work->header + STREAM, key);
    sodium_memzero(key, sizeof key);
    return write_fully(work, work->sealed, work->seal->name, work->header, sizeof work->header,
                       error);
}

static enum mu_status push(struct work *work, size_t length, bool first, bool last,
                           struct mu_error *error)
{
    unsigned char tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                             : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;

    crypto_secretstream_xchacha20poly1305_push(&work->state, work->chunk, NULL, work->text, length,
                                               first ? work->header : NULL,
                                               first ? sizeof work->header : 0, tag);
    return write_fully(work, work->sealed, work->seal->name, work->chunk, length + MU_SEAL_EXTRA,
                       error);
}

static enum mu_status seal_pieces(struct work *work, struct mu_error *error)
{
    enum mu_status status;
    size_t length;

    do {
        status = read_fully(work->plain, work->seal->plain_name, work->text, sizeof work->text,
                            &length, error);
        if (status == MU_OK)
            status = push(work, length, false, length < sizeof work->text, error);
        if (status == MU_OK)
            status = advance(work, length, error);
    } while (status == MU_OK && length == sizeof work->text);
    return status;
}

enum mu_status mu_seal_file(int sealed, int plain, const struct mu_seal *seal,
                            const unsigned char note[MU_SEAL_NOTE_SIZE], struct mu_error *error)
{
    struct work *work;
    enum mu_status status = start(&work, sealed, plain, plain, seal, error);

    if (status != MU_OK)
        return status;
    status = write_header(work, error);
    memcpy(work->text, note, MU_SEAL_NOTE_SIZE);
    if (status == MU_OK)
        status = push(work, MU_SEAL_NOTE_SIZE, true, false, error);
    if (status == MU_OK)
        status = seal_pieces(work, error);
    finish(work);
    return status;
}

/* Reads and judges the header, and keys the stream. */
static enum mu_status read_header(struct work *work, struct mu_error *error)
{
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    const char *name = work->seal->name;
    uint32_t passes, memory;
    size_t length;
    enum mu_status status =
        read_fully(work->sealed, name, work->header, sizeof work->header, &length, error);

    if (status != MU_OK)
        return status;
    if (length < sizeof work->header || memcmp(work->header, magic, sizeof magic) != 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_seal_foreign, name, NULL);
    if (number_at(work->header + 8) > FORMAT)
        return mu_fail(error, MU_INPUT, MU_SAY_error_seal_newer, name, NULL);
    passes = number_at(work->header + 12);
    memory = number_at(work->header + 16);
    if (number_at(work->header + 8) < FORMAT || passes < 1 || passes > MOST_PASSES ||
        memory < LEAST_MEMORY_KIB || memory > MOST_MEMORY_KIB)
        return mu_fail(error, MU_INPUT, MU_SAY_error_seal_damaged, name, NULL);
    status = derive(work, key, error);
    if (status != MU_OK)
        return status;
    if (crypto_secretstream_xchacha20poly1305_init_pull(&work->state, work->header + STREAM, key))
        status = mu_fail(error, MU_INPUT, MU_SAY_error_seal_damaged, name, NULL);
    sodium_memzero(key, sizeof key);
    return status;
}

/* Reads the next chunk of at most `size` bytes of text. *last: it is the final one. */
static enum mu_status pull(struct work *work, size_t size, bool first, size_t *length, bool *last,
                           struct mu_error *error)
{
    enum mu_message fault = first ? MU_SAY_error_seal_passphrase : MU_SAY_error_seal_damaged;
    const char *name = work->seal->name;
    unsigned char tag = 0;
    size_t got;
    enum mu_status status =
        read_fully(work->sealed, name, work->chunk, size + MU_SEAL_EXTRA, &got, error);

    if (status != MU_OK)
        return status;
    if (got < MU_SEAL_EXTRA || (first && got < size + MU_SEAL_EXTRA))
        return mu_fail(error, MU_INPUT, MU_SAY_error_seal_damaged, name, NULL);
    if (crypto_secretstream_xchacha20poly1305_pull(&work->state, work->text, NULL, &tag,
                                                   work->chunk, got, first ? work->header : NULL,
                                                   first ? sizeof work->header : 0) != 0)
        return mu_fail(error, MU_INPUT, fault, name, NULL);
    *length = got - MU_SEAL_EXTRA;
    *last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    /* Just the last one is short: what ends earlier was cut between two chunks. */
    if (*last != (*length < size))
        return mu_fail(error, MU_INPUT, MU_SAY_error_seal_damaged, name, NULL);
    return advance(work, got, error);
}

static enum mu_status unseal_pieces(struct work *work, struct mu_error *error)
{
    enum mu_status status;
    bool last = false;
    size_t length;

    do {
        status = pull(work, sizeof work->text, false, &length, &last, error);
        if (status == MU_OK)
            status =
                write_fully(work, work->plain, work->seal->plain_name, work->text, length, error);
    } while (status == MU_OK && !last);
    return status;
}

enum mu_status mu_unseal_file(int sealed, int plain, const struct mu_seal *seal,
                              unsigned char note[MU_SEAL_NOTE_SIZE], struct mu_error *error)
{
    unsigned char read[MU_SEAL_NOTE_SIZE];
    struct work *work;
    bool last;
    size_t length;
    enum mu_status status = start(&work, sealed, plain, sealed, seal, error);

    if (status != MU_OK)
        return status;
    status = read_header(work, error);
    if (status == MU_OK)
        status = pull(work, sizeof read, true, &length, &last, error);
    if (status == MU_OK) {
        memcpy(read, work->text, sizeof read);
        status = unseal_pieces(work, error);
    }
    if (status == MU_OK)
        memcpy(note, read, sizeof read);
    finish(work);
    return status;
}
