#include <mulin/desk/key.h>

#include "base/key_text.h"
#include "desk/desk_internal.h"
#include "store/vault_rows.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

_Static_assert((int)MU_KEY_COPY_SIZE == (int)MU_KEY_TEXT_SIZE &&
                   (int)MU_KEY_MARK_SIZE == (int)MU_VAULT_MARK_SIZE,
               "a copy is the text of a key and its mark");

static enum mu_status note(struct mu_desk *desk, const char *what, const char *before,
                           const char *after, struct mu_error *error)
{
    return mu_audit_note(desk, MU_MAY_key, 0, what, before, after, "", error);
}

enum mu_status mu_show_key(struct mu_desk *desk, struct mu_key_copy *out, struct mu_error *error)
{
    struct mu_key_copy copy = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_key, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_vault_mark(desk->db, copy.mark, error);
    if (status == MU_OK)
        status = mu_vault_paper(desk->db, copy.text, error);
    if (status == MU_OK)
        status = note(desk, "show", "", "", error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK)
        *out = copy;
    mu_key_copy_wipe(&copy);
    return status;
}

void mu_key_copy_wipe(struct mu_key_copy *copy)
{
    sodium_memzero(copy, sizeof *copy);
}

enum mu_status mu_change_key(struct mu_desk *desk, mu_progress *progress, void *context,
                             char *before, char *after, struct mu_error *error)
{
    struct mu_vault_change change;
    char old_mark[MU_KEY_MARK_SIZE], new_mark[MU_KEY_MARK_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_key, error);

    if (status == MU_OK)
        status = mu_vault_change_begin(&change, desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_vault_mark(desk->db, old_mark, error);
    if (status == MU_OK)
        status = mu_vault_change_rows(&change, progress, context, error);
    if (status == MU_OK)
        status = mu_vault_mark(desk->db, new_mark, error);
    if (status == MU_OK)
        status = note(desk, "change", old_mark, new_mark, error);
    if (status == MU_OK)
        status = mu_vault_change_commit(&change, error);
    mu_vault_change_end(&change);
    if (status != MU_OK)
        return status;
    memcpy(before, old_mark, sizeof old_mark);
    memcpy(after, new_mark, sizeof new_mark);
    return MU_OK;
}

enum mu_status mu_restore_key(const struct mu_desk_options *options, const char *text,
                              bool *written, struct mu_error *error)
{
    char path[4096];
    struct mu_db *db = NULL;
    enum mu_status status;

    if ((size_t)snprintf(path, sizeof path, "%s/mulin.db", options->home) >= sizeof path)
        return mu_fail(error, MU_USAGE, MU_SAY_error_home, options->home,
                       mu_errno_text(ENAMETOOLONG), NULL);
    status = mu_db_open(path, MU_DB_WORK, &db, error);
    if (status == MU_OK)
        status = mu_vault_restore(db, options->home, text, written, error);
    mu_db_free(&db);
    return status;
}
