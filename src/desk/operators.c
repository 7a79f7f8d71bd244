#include "base/password.h"
#include "desk/desk_internal.h"
#include "store/operator_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>

#include <sodium.h>
#include <string.h>

enum { NOTE_SIZE = 256 };

/* What a change does inside its transaction; fills `before` and `after` for the trail. */
struct change {
    struct mu_operator operator; /* as it stands, then as it is to be */
    char before[NOTE_SIZE], after[NOTE_SIZE];
};

static void tell(char *out, const struct mu_operator *operator)
{
    snprintf(out, NOTE_SIZE, "role=%s\nsystem_user=%s\n", operator->role, operator->system_user);
}

const struct mu_operator *mu_desk_self(struct mu_desk *desk)
{
    /* Who cannot be read now is shown as before; every use case asks for the right anew. */
    enum mu_status status = mu_desk_refresh_operator(desk, NULL);

    (void)status;
    return &desk->operator;
}

struct colleagues {
    mu_operator_row *row;
    void *context;
};

static bool pass_colleague(void *context, const struct mu_operator *operator)
{
    const struct colleagues *colleagues = context;

    return operator->ended || colleagues->row(colleagues->context, operator);
}

enum mu_status mu_list_colleagues(struct mu_desk *desk, mu_operator_row *row, void *context,
                                  struct mu_error *error)
{
    struct colleagues colleagues = {row, context};

    return mu_operator_list(desk->db, pass_colleague, &colleagues, error);
}

enum mu_status mu_list_operators(struct mu_desk *desk, mu_operator_row *row, void *context,
                                 struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_operators, error);

    return status == MU_OK ? mu_operator_list(desk->db, row, context, error) : status;
}

/* Those who work here, by name. */
static enum mu_status find(struct mu_desk *desk, const char *name, struct mu_operator *out,
                           struct mu_error *error)
{
    enum mu_status status = mu_operator_by_name(desk->db, name, out, error);

    if (status == MU_OK && (out->id == 0 || out->ended))
        return mu_fail(error, MU_INPUT, MU_SAY_error_operator_unknown, name, NULL);
    return status;
}

/* Without a keeper who can get in nobody could ever make one; `why` says what would end that. */
static enum mu_status keep_a_keeper(struct mu_desk *desk, const struct mu_operator *operator,
                                    enum mu_message why, struct mu_error *error)
{
    const char *keeper = mu_role_word(MU_ROLE_KEEPER);
    int64_t others = 0;
    enum mu_status status;

    if (strcmp(operator->role, keeper) != 0)
        return MU_OK;
    status = mu_operator_count_others(desk->db, operator, keeper, &others, error);
    if (status == MU_OK && others == 0)
        return mu_fail(error, MU_REFUSED, why, operator->name, NULL);
    return status;
}

/* An account acts as one operator. `system_user` is cleaned into `out`; NULL: "". */
static enum mu_status take_system_user(struct mu_desk *desk, const char *system_user, int64_t id,
                                       char out[MU_SYSTEM_USER_SIZE], struct mu_error *error)
{
    struct mu_operator other;
    enum mu_status status;

    *out = '\0';
    if (!system_user)
        return MU_OK;
    if (!mu_text_clean(out, MU_SYSTEM_USER_SIZE, system_user, false) || !*out)
        return mu_fail(error, MU_INPUT, MU_SAY_error_system_user, system_user, NULL);
    status = mu_operator_by_system_user(desk->db, out, &other, error);
    if (status == MU_OK && other.id != 0 && other.id != id)
        return mu_fail(error, MU_INPUT, MU_SAY_error_bound_already, out, other.name, NULL);
    return status;
}

/* Ends the transaction of a change: notes it and commits, or takes it back. Who changed himself is
 * read anew when he next asks for a right: what is done must not be called failed now. */
static enum mu_status finish(struct mu_desk *desk, enum mu_status status,
                             enum mu_operation operation, const struct change *change,
                             struct mu_error *error)
{
    if (status == MU_OK)
        status = mu_audit_note(desk, operation, 0, change->operator.name, change->before,
                               change->after, "", error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && change->operator.id == desk->operator.id)
        desk->operator_seen = 0;
    return status;
}

/* Asks for the right, begins the transaction and reads whom it is about. */
static enum mu_status start(struct mu_desk *desk, const char *name, struct change *change,
                            struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_operators, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = find(desk, name, &change->operator, error);
    if (status != MU_OK) {
        mu_db_rollback(desk->db);
        return status;
    }
    tell(change->before, &change->operator);
    return MU_OK;
}

enum mu_status mu_add_operator(struct mu_desk *desk, const char *name, enum mu_role role,
                               const char *system_user, struct mu_error *error)
{
    struct change change = {0};
    struct mu_operator other, *who = &change.operator;
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_operators, error);

    if (status != MU_OK)
        return status;
    if (!mu_text_clean(who->name, sizeof who->name, name, false) || !*who->name)
        return mu_fail(error, MU_INPUT, MU_SAY_error_operator_name, name, NULL);
    mu_text_copy(who->role, sizeof who->role, mu_role_word(role));
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_operator_by_name(desk->db, who->name, &other, error);
    if (status == MU_OK && other.id != 0)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_operator_taken, who->name, NULL);
    if (status == MU_OK)
        status = take_system_user(desk, system_user, 0, who->system_user, error);
    if (status == MU_OK)
        status = mu_operator_add(desk->db, who->name, who->role, who->system_user,
                                 mu_desk_now(desk), &who->id, error);
    tell(change.after, who);
    return finish(desk, status, MU_MAY_manage_operators, &change, error);
}

enum mu_status mu_change_role(struct mu_desk *desk, const char *name, enum mu_role role,
                              struct mu_error *error)
{
    struct change change = {0};
    enum mu_status status = start(desk, name, &change, error);

    if (status != MU_OK)
        return status;
    if (role != MU_ROLE_KEEPER)
        status = keep_a_keeper(desk, &change.operator, MU_SAY_error_last_keeper, error);
    if (status == MU_OK) {
        mu_text_copy(change.operator.role, sizeof change.operator.role, mu_role_word(role));
        tell(change.after, &change.operator);
        status = mu_operator_write(desk->db, &change.operator, error);
    }
    return finish(desk, status, MU_MAY_manage_operators, &change, error);
}

enum mu_status mu_bind_operator(struct mu_desk *desk, const char *name, const char *system_user,
                                struct mu_error *error)
{
    struct change change = {0};
    enum mu_status status = start(desk, name, &change, error);

    if (status != MU_OK)
        return status;
    if (!system_user && !change.operator.has_password)
        status = keep_a_keeper(desk, &change.operator, MU_SAY_error_last_binding, error);
    if (status == MU_OK)
        status = take_system_user(desk, system_user, change.operator.id,
                                  change.operator.system_user, error);
    if (status == MU_OK) {
        tell(change.after, &change.operator);
        status = mu_operator_write(desk->db, &change.operator, error);
    }
    return finish(desk, status, MU_MAY_manage_operators, &change, error);
}

enum mu_status mu_end_operator(struct mu_desk *desk, const char *name, struct mu_error *error)
{
    struct change change = {0};
    enum mu_status status = start(desk, name, &change, error);

    if (status != MU_OK)
        return status;
    status = keep_a_keeper(desk, &change.operator, MU_SAY_error_last_keeper, error);
    if (status == MU_OK)
        status = mu_operator_leave(desk->db, change.operator.id, mu_desk_now(desk), error);
    snprintf(change.after, sizeof change.after, "ended=1\n");
    return finish(desk, status, MU_MAY_manage_operators, &change, error);
}

enum mu_status mu_set_password(struct mu_desk *desk, const char *name, const char *password,
                               struct mu_error *error)
{
    struct change change = {.after = "password=*\n"};
    char hash[MU_PASSWORD_HASH_SIZE];
    bool own = !name || strcmp(name, desk->operator.name) == 0;
    enum mu_operation operation = own ? MU_MAY_change_own_password : MU_MAY_manage_operators;
    enum mu_status status = mu_desk_may(desk, operation, error);

    if (status == MU_OK)
        status = mu_password_hash(password, hash, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = find(desk, own ? desk->operator.name : name, &change.operator, error);
    if (status == MU_OK && change.operator.has_password)
        snprintf(change.before, sizeof change.before, "password=*\n");
    if (status == MU_OK)
        status = mu_operator_set_password(desk->db, change.operator.id, hash, error);
    sodium_memzero(hash, sizeof hash);
    return finish(desk, status, operation, &change, error);
}
