#include "store/draft_store.h"

#include "store/vault.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { FORM_SIZE = 256 };

static struct mu_seal_place place_of(int64_t operator_id, const char *form)
{
    return (struct mu_seal_place){"draft", form, operator_id};
}

static void forget(char *body)
{
    if (body)
        sodium_memzero(body, strlen(body));
    free(body);
}

static unsigned char *seal(const struct mu_seal_keys *keys, int64_t operator_id, const char *form,
                           const char *body)
{
    const struct mu_seal_place place = place_of(operator_id, form);
    unsigned char *sealed = malloc(strlen(body) + MU_SEAL_MORE);

    if (sealed)
        mu_seal(keys, &place, body, strlen(body), sealed);
    return sealed;
}

enum mu_status mu_draft_write(struct mu_db *db, int64_t operator_id, const char *form,
                              const char *body, struct mu_moment now, struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    char moment[MU_MOMENT_SIZE];
    struct mu_query query;
    unsigned char *sealed;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status != MU_OK)
        return status;
    sealed = seal(keys, operator_id, form, body);
    if (!sealed)
        return mu_fail_memory(error);
    query = mu_query(db, "INSERT INTO draft (operator_id, form, saved_at, body)"
                         " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (operator_id, form)"
                         " DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body");
    mu_moment_format(now, moment);
    mu_bind_integer(&query, 1, operator_id);
    mu_bind_text(&query, 2, form);
    mu_bind_text(&query, 3, moment);
    mu_bind_blob(&query, 4, sealed, strlen(body) + MU_SEAL_MORE);
    status = mu_query_run(&query, error);
    free(sealed);
    return status;
}

/* *opened is NULL when the draft does not open. */
static enum mu_status open_body(const struct mu_query *query, int column,
                                const struct mu_seal_place *place, char **opened,
                                struct mu_error *error)
{
    size_t length;
    char *body;

    mu_column_blob(query, column, &length);
    body = malloc(length + 1);
    if (!body)
        return mu_fail_memory(error);
    *opened = mu_column_sealed(query, column, place, body, length + 1) ? body : NULL;
    if (!*opened)
        free(body);
    return MU_OK;
}

enum mu_status mu_draft_read(struct mu_db *db, int64_t operator_id, const char *form, char **body,
                             struct mu_error *error)
{
    const struct mu_seal_place place = place_of(operator_id, form);
    struct mu_query query = mu_query(db, "SELECT body FROM draft"
                                         " WHERE operator_id = ?1 AND form = ?2");
    char *text = NULL;
    enum mu_status status, opened = MU_OK;

    mu_bind_integer(&query, 1, operator_id);
    mu_bind_text(&query, 2, form);
    if (mu_query_row(&query))
        opened = open_body(&query, 0, &place, &text, error);
    status = mu_query_end(&query, opened == MU_OK ? error : NULL);
    if (opened != MU_OK)
        status = opened;
    if (status == MU_OK)
        *body = text;
    else
        forget(text);
    return status;
}

enum mu_status mu_draft_remove(struct mu_db *db, int64_t operator_id, const char *form,
                               struct mu_error *error)
{
    struct mu_query query = mu_query(db, "DELETE FROM draft WHERE operator_id = ?1 AND form = ?2");

    mu_bind_integer(&query, 1, operator_id);
    mu_bind_text(&query, 2, form);
    return mu_query_run(&query, error);
}

/* The draft after this one; operator_id is 0 when there is none. */
struct draft {
    int64_t operator_id;
    char form[FORM_SIZE];
    char *body; /* owned; NULL: does not open */
};

static enum mu_status read_next(struct mu_db *db, struct draft *draft, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT operator_id, form, body FROM draft WHERE (operator_id, form)"
                     " > (?1, ?2) ORDER BY operator_id, form LIMIT 1");
    struct draft next = {0};
    enum mu_status status, opened = MU_OK;

    mu_bind_integer(&query, 1, draft->operator_id);
    mu_bind_text(&query, 2, draft->form);
    if (mu_query_row(&query)) {
        struct mu_seal_place place;

        next.operator_id = mu_column_integer(&query, 0);
        mu_column_text(&query, 1, next.form, sizeof next.form);
        place = place_of(next.operator_id, next.form);
        opened = open_body(&query, 2, &place, &next.body, error);
    }
    status = mu_query_end(&query, opened == MU_OK ? error : NULL);
    forget(draft->body);
    *draft = next;
    return opened == MU_OK ? status : opened;
}

enum mu_status mu_draft_check(struct mu_db *db, int64_t *operator_id, struct mu_error *error)
{
    struct draft draft = {0};
    enum mu_status status;

    *operator_id = 0;
    while ((status = read_next(db, &draft, error)) == MU_OK && draft.operator_id &&
           *operator_id == 0)
        if (!draft.body)
            *operator_id = draft.operator_id;
    forget(draft.body);
    return status;
}

static enum mu_status reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                             const struct draft *draft, struct mu_error *error)
{
    unsigned char *sealed;
    struct mu_query query;
    enum mu_status status;

    if (!draft->body)
        return mu_draft_remove(db, draft->operator_id, draft->form, error);
    sealed = seal(keys, draft->operator_id, draft->form, draft->body);
    if (!sealed)
        return mu_fail_memory(error);
    query = mu_query(db, "UPDATE draft SET body = ?3 WHERE operator_id = ?1 AND form = ?2");
    mu_bind_integer(&query, 1, draft->operator_id);
    mu_bind_text(&query, 2, draft->form);
    mu_bind_blob(&query, 3, sealed, strlen(draft->body) + MU_SEAL_MORE);
    status = mu_query_run(&query, error);
    free(sealed);
    return status;
}

enum mu_status mu_draft_reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                               struct mu_error *error)
{
    struct draft draft = {0};
    enum mu_status status;

    while ((status = read_next(db, &draft, error)) == MU_OK && draft.operator_id) {
        status = reseal(db, keys, &draft, error);
        if (status != MU_OK)
            break;
    }
    forget(draft.body);
    return status;
}
