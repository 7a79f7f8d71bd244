#include "base/password.h"
#include "desk/desk_internal.h"
#include "store/operator_store.h"

#include <mulin/desk/operators.h>

#include <sodium.h>
#include <string.h>

static enum mu_status refuse_locked(const struct mu_operator *operator, struct mu_error * error)
{
    char until[MU_CLOCK_SIZE];
    struct mu_moment moment = {0};

    /* A minute that has begun is not over. */
    if (mu_moment_parse(operator->locked_until, &moment) && moment.second > 0)
        moment = mu_moment_after(moment, 1);
    mu_clock_format(moment.minute, until);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_locked, operator->name, until, NULL);
}

/* Notes under the name of the one who signs in, not of the one who is at the desk. */
static enum mu_status note(struct mu_desk *desk, const struct mu_operator *operator,
                           enum mu_operation operation, const char *after, struct mu_error *error)
{
    struct mu_operator present = desk->operator;
    enum mu_status status;

    memcpy(&desk->operator, operator, sizeof * operator);
    status = mu_audit_note(desk, operation, 0, operator->name, "", after, "", error);
    memcpy(&desk->operator, & present, sizeof present);
    return status;
}

static enum mu_status count_try(struct mu_desk *desk, struct mu_operator *operator,
                                struct mu_error * error)
{
    struct mu_moment now = mu_desk_now(desk);
    int minutes = mu_lock_minutes(++operator->wrong_tries);
    char after[MU_MOMENT_SIZE + 16];
    enum mu_status status;

    if (minutes == 0)
        return mu_operator_write(desk->db, operator, error);
    mu_moment_format(mu_moment_after(now, minutes), operator->locked_until);
    snprintf(after, sizeof after, "locked_until=%s\n", operator->locked_until);
    status = mu_operator_write(desk->db, operator, error);
    return status == MU_OK ? note(desk, operator, MU_MAY_sign_in, after, error) : status;
}

/* Takes one of the tries that are left, and the hash to compare with. */
static enum mu_status take_try(struct mu_desk *desk, const char *name, struct mu_operator *operator,
                               char hash[MU_PASSWORD_HASH_SIZE], struct mu_error *error)
{
    enum mu_status status = mu_db_begin(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_operator_by_name(desk->db, name, operator, error);
    if (status == MU_OK && (operator->id == 0 || operator->ended))
        status = mu_fail(error, MU_REFUSED, MU_SAY_error_sign_in, NULL);
    else if (status == MU_OK && !operator->has_password)
        status = mu_fail(error, MU_REFUSED, MU_SAY_error_no_password, operator->name, NULL);
    else if (status == MU_OK && mu_operator_locked(operator, mu_desk_now(desk)))
        status = refuse_locked(operator, error);
    if (status == MU_OK)
        status = mu_operator_password(desk->db, operator->id, hash, MU_PASSWORD_HASH_SIZE, error);
    if (status == MU_OK)
        status = count_try(desk, operator, error);
    if (status == MU_OK)
        return mu_db_commit(desk->db, error);
    mu_db_rollback(desk->db);
    return status;
}

/* The password was right. What it was given for is noted. */
static enum mu_status enter(struct mu_desk *desk, struct mu_operator *operator,
                            enum mu_operation operation, struct mu_error *error)
{
    int64_t id = operator->id;
    enum mu_status status = mu_db_begin(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_operator_by_id(desk->db, id, operator, error);
    if (status == MU_OK && (operator->id == 0 || operator->ended))
        status = mu_fail(error, MU_REFUSED, MU_SAY_error_sign_in, NULL);
    operator->wrong_tries = 0;
    *operator->locked_until = '\0';
    if (status == MU_OK)
        status = mu_operator_write(desk->db, operator, error);
    if (status == MU_OK)
        status = note(desk, operator, operation, "", error);
    return mu_desk_end(desk, status, error);
}

static enum mu_status prove(struct mu_desk *desk, const char *name, const char *password,
                            enum mu_operation operation, struct mu_operator *out,
                            struct mu_error *error)
{
    char hash[MU_PASSWORD_HASH_SIZE];
    struct mu_operator operator;
    bool right;
    enum mu_status status = take_try(desk, name, &operator, hash, error);

    if (status != MU_OK)
        return status;
    status = mu_password_check(hash, password, &right, error);
    sodium_memzero(hash, sizeof hash);
    if (status != MU_OK)
        return status;
    if (!right)
        return mu_lock_minutes(operator.wrong_tries)
                   ? refuse_locked(&operator, error)
                   : mu_fail(error, MU_REFUSED, MU_SAY_error_sign_in, NULL);
    status = enter(desk, &operator, operation, error);
    if (status == MU_OK)
        memcpy(out, &operator, sizeof operator);
    return status;
}

enum mu_status mu_desk_sign_in(struct mu_desk *desk, const char *name, const char *password,
                               struct mu_error *error)
{
    return prove(desk, name, password, MU_MAY_sign_in, &desk->operator, error);
}

enum mu_status mu_desk_vouch(struct mu_desk *desk, const char *name, const char *password,
                             enum mu_operation operation, struct mu_operator *out,
                             struct mu_error *error)
{
    return prove(desk, name, password, operation, out, error);
}
