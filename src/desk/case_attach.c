#include "desk/case_file.h"

#include <mulin/base/text.h>

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 65536 };

static enum mu_status refuse(const char *path, int number, struct mu_error *error)
{
    return mu_fail(error, MU_INPUT, MU_SAY_error_case_file, path, mu_errno_text(number), NULL);
}

/* 0, or what errno was. */
static int hash_open(int file, unsigned char hash[MU_HASH_SIZE], long long *bytes)
{
    crypto_generichash_state state;
    unsigned char *piece = malloc(PIECE);
    ssize_t length = 0;

    if (!piece)
        return ENOMEM;
    *bytes = 0;
    crypto_generichash_init(&state, NULL, 0, MU_HASH_SIZE);
    do {
        length = read(file, piece, PIECE);
        if (length > 0) {
            crypto_generichash_update(&state, piece, (unsigned long long)length);
            *bytes += length;
        }
    } while (length > 0 || (length < 0 && errno == EINTR));
    crypto_generichash_final(&state, hash, MU_HASH_SIZE);
    free(piece);
    return length < 0 ? errno : 0;
}

/* A pipe or a terminal would keep the desk waiting. */
static enum mu_status hash_file(const char *path, unsigned char hash[MU_HASH_SIZE],
                                long long *bytes, struct mu_error *error)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), number;

    if (file < 0)
        return refuse(path, errno, error);
    number = fstat(file, &about) != 0 ? errno : S_ISREG(about.st_mode) ? 0 : EINVAL;
    if (number == 0)
        number = hash_open(file, hash, bytes);
    close(file);
    return number == 0 ? MU_OK : refuse(path, number, error);
}

enum mu_status mu_attach_to_case(struct mu_desk *desk, int64_t case_id, const char *path, int paper,
                                 struct mu_case_written *out, struct mu_error *error)
{
    struct mu_case_step step = {.kind = MU_STEP_ATTACHED, .record.attachment.paper = paper};
    struct mu_case_attachment *attachment = &step.record.attachment;
    const char *name = strrchr(path, '/');
    unsigned char hash[MU_HASH_SIZE];
    long long bytes = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_handle_case, error);

    if (status == MU_OK)
        status =
            mu_desk_text(name ? name + 1 : path, attachment->file, sizeof attachment->file, error);
    if (status == MU_OK)
        status = hash_file(path, hash, &bytes, error);
    if (status != MU_OK)
        return status;
    mu_hash_text(hash, sizeof hash, attachment->hash);
    snprintf(attachment->bytes, sizeof attachment->bytes, "%lld", bytes);
    return mu_add_case_steps(desk, case_id, &step, 1, 0, out, NULL, NULL, error);
}
