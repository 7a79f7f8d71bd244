#include "desk/desk_internal.h"
#include "store/operator_store.h"

#include <mulin/desk/operators.h>
#include <mulin/desk/rights.h>

#include <string.h>

static const struct {
    const char *word;
    enum mu_message name, refusal;
    bool granted[MU_ROLE_COUNT];
} operations[MU_OPERATION_COUNT] = {
#define RIGHT(name, chinese, english, desk, mediator, tally, keeper, auditor)                      \
    [MU_MAY_##name] = {#name,                                                                      \
                       MU_SAY_may_##name,                                                          \
                       MU_SAY_error_may_##name,                                                    \
                       {desk, mediator, tally, keeper, auditor}},
#include "rights.def"
#undef RIGHT
};

static const struct {
    const char *word;
    enum mu_message name;
} roles[MU_ROLE_COUNT] = {
    [MU_ROLE_DESK] = {"desk", MU_SAY_role_desk},
    [MU_ROLE_MEDIATOR] = {"mediator", MU_SAY_role_mediator},
    [MU_ROLE_TALLY] = {"tally", MU_SAY_role_tally},
    [MU_ROLE_KEEPER] = {"keeper", MU_SAY_role_keeper},
    [MU_ROLE_AUDITOR] = {"auditor", MU_SAY_role_auditor},
};

bool mu_role_may(enum mu_role role, enum mu_operation operation)
{
    return (unsigned)role < MU_ROLE_COUNT && (unsigned)operation < MU_OPERATION_COUNT &&
           operations[operation].granted[role];
}

const char *mu_role_word(enum mu_role role)
{
    return (unsigned)role < MU_ROLE_COUNT ? roles[role].word : "";
}

bool mu_role_from_word(const char *word, enum mu_role *out)
{
    for (int role = 0; role < MU_ROLE_COUNT; role++)
        if (strcmp(word, roles[role].word) == 0) {
            *out = (enum mu_role)role;
            return true;
        }
    return false;
}

const char *mu_role_name(enum mu_role role, enum mu_language language)
{
    return (unsigned)role < MU_ROLE_COUNT ? mu_message_text(roles[role].name, language) : "";
}

const char *mu_operation_word(enum mu_operation operation)
{
    return (unsigned)operation < MU_OPERATION_COUNT ? operations[operation].word : "";
}

bool mu_operation_from_word(const char *word, enum mu_operation *out)
{
    for (int operation = 0; operation < MU_OPERATION_COUNT; operation++)
        if (strcmp(word, operations[operation].word) == 0) {
            *out = (enum mu_operation)operation;
            return true;
        }
    return false;
}

const char *mu_operation_name(enum mu_operation operation, enum mu_language language)
{
    return (unsigned)operation < MU_OPERATION_COUNT
               ? mu_message_text(operations[operation].name, language)
               : "";
}

enum mu_status mu_desk_refresh_operator(struct mu_desk *desk, struct mu_error *error)
{
    int64_t id = desk->operator.id, counter = mu_db_change_counter(desk->db);
    struct mu_operator operator;
    enum mu_status status;

    if (id == 0 || (counter && counter == desk->operator_seen))
        return MU_OK;
    status = mu_operator_by_id(desk->db, id, &operator, error);
    if (status != MU_OK)
        return status;
    if (operator.id == 0 || operator.ended)
        *operator.role = '\0';
    operator.id = id;
    desk->operator= operator;
    desk->operator_seen = counter;
    return MU_OK;
}

static enum mu_status check_role(const struct mu_desk *desk, enum mu_operation operation,
                                 struct mu_error *error)
{
    enum mu_role role = MU_ROLE_COUNT;

    if (mu_role_from_word(desk->operator.role, &role) && mu_role_may(role, operation))
        return MU_OK;
    return mu_fail(error, MU_REFUSED, operations[operation].refusal, NULL);
}

enum mu_status mu_desk_may(struct mu_desk *desk, enum mu_operation operation,
                           struct mu_error *error)
{
    enum mu_status status = mu_desk_refresh_operator(desk, error);

    return status == MU_OK ? check_role(desk, operation, error) : status;
}

enum mu_status mu_desk_ask(struct mu_desk *desk, enum mu_operation operation,
                           struct mu_error *error)
{
    return desk->glancing ? check_role(desk, operation, error)
                          : mu_desk_may(desk, operation, error);
}

void mu_desk_glance(struct mu_desk *desk, bool on)
{
    struct mu_error error;

    /* When the operator cannot be read now, each is asked for as ever and says why. */
    desk->glancing = on && mu_desk_refresh_operator(desk, &error) == MU_OK;
}
