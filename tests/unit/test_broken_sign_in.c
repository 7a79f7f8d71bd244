/* Operators are hired, sign in and go while the n-th statement fails. Passwords are not hashed. */
#include "unit/broken_statement.h"

#include <mulin/desk/audit.h>
#include <mulin/desk/operators.h>

#include <errno.h>
#include <sodium.h>

int __wrap_crypto_pwhash_str(char *out, const char *password, unsigned long long length,
                             unsigned long long passes, size_t memory);
int __wrap_crypto_pwhash_str_verify(const char *hash, const char *password,
                                    unsigned long long length);

/* What happens while a password is compared. */
static struct {
    bool no_memory;
    struct mu_desk *desk; /* dismisses the operator `name`; NULL: nothing happens */
    const char *name;
} meanwhile;

int __wrap_crypto_pwhash_str(char *out, const char *password, unsigned long long length,
                             unsigned long long passes, size_t memory)
{
    (void)passes;
    (void)memory;
    snprintf(out, crypto_pwhash_STRBYTES, "%.*s", (int)length, password);
    return 0;
}

int __wrap_crypto_pwhash_str_verify(const char *hash, const char *password,
                                    unsigned long long length)
{
    if (meanwhile.desk)
        assert_int_equal(mu_end_operator(meanwhile.desk, meanwhile.name, NULL), MU_OK);
    if (meanwhile.no_memory) {
        errno = ENOMEM;
        return -1;
    }
    return strlen(hash) == length && memcmp(hash, password, length) == 0 ? 0 : -1;
}

static bool ignore_operator(void *context, const struct mu_operator *operator)
{
    (void)context;
    return operator->id> 0;
}

static bool ignore_record(void *context, const struct mu_audit_record *record)
{
    (void)context;
    return record->id > 0;
}

static enum mu_status hire(struct scene *scene, struct mu_error *error)
{
    char account[48];

    snprintf(scene->name, sizeof scene->name, "陈静%d", scene->round);
    snprintf(account, sizeof account, "chenjing%d", scene->round);
    return mu_add_operator(scene->desk, scene->name, MU_ROLE_DESK, account, error);
}

static void hire_one(struct scene *scene)
{
    assert_int_equal(hire(scene, NULL), MU_OK);
}

static enum mu_status give_password(struct scene *scene, struct mu_error *error)
{
    return mu_set_password(scene->desk, scene->name, "864201", error);
}

static enum mu_status change_own_password(struct scene *scene, struct mu_error *error)
{
    return mu_set_password(scene->desk, NULL, "135790", error);
}

static enum mu_status promote(struct scene *scene, struct mu_error *error)
{
    return mu_change_role(scene->desk, scene->name, MU_ROLE_TALLY, error);
}

static enum mu_status unbind(struct scene *scene, struct mu_error *error)
{
    return mu_bind_operator(scene->desk, scene->name, NULL, error);
}

/* Clears the tries that the faults have left. */
static void allow_tries(struct scene *scene)
{
    assert_int_equal(mu_set_password(scene->desk, scene->name, "864201", NULL), MU_OK);
}

static enum mu_status sign_in(struct scene *scene, struct mu_error *error)
{
    return mu_desk_sign_in(scene->counter, scene->name, "864201", error);
}

static enum mu_status guess(struct scene *scene, struct mu_error *error)
{
    enum mu_status status = mu_desk_sign_in(scene->counter, scene->name, "111111", error);

    return status == MU_REFUSED && error->message == MU_SAY_error_sign_in ? MU_OK : status;
}

static enum mu_status dismiss(struct scene *scene, struct mu_error *error)
{
    return mu_end_operator(scene->desk, scene->name, error);
}

static enum mu_status list_everybody(struct scene *scene, struct mu_error *error)
{
    enum mu_status status = mu_list_operators(scene->desk, ignore_operator, NULL, error);

    return status == MU_OK ? mu_list_colleagues(scene->desk, ignore_operator, NULL, error) : status;
}

static enum mu_status read_trail(struct scene *scene, struct mu_error *error)
{
    const struct mu_audit_filter filter = {.operator_name = "keeper",
                                           .action = "manage_operators",
                                           .from = {2026, 11, 22},
                                           .to = {2026, 11, 22},
                                           .before_id = 1000};

    return mu_list_audit(scene->desk, &filter, 100, ignore_record, NULL, error);
}

static void hire_keeper(struct scene *scene)
{
    hire_one(scene);
    assert_int_equal(mu_change_role(scene->desk, scene->name, MU_ROLE_KEEPER, NULL), MU_OK);
}

static void whoever_is_dismissed_while_signing_in_stays_outside(void **state)
{
    struct scene *scene = *state;
    struct mu_error error;

    hire_one(scene);
    allow_tries(scene);
    meanwhile.desk = scene->desk;
    meanwhile.name = scene->name;
    assert_int_equal(sign_in(scene, &error), MU_REFUSED);
    meanwhile.desk = NULL;
    assert_int_equal(error.message, MU_SAY_error_sign_in);
    assert_string_equal(mu_desk_operator(scene->counter), "");
    assert_int_equal(mu_desk_ask(scene->counter, MU_MAY_find_resident, NULL), MU_REFUSED);
}

static void a_password_that_could_not_be_compared_is_not_called_wrong(void **state)
{
    struct scene *scene = *state;

    hire_one(scene);
    allow_tries(scene);
    meanwhile.no_memory = true;
    assert_int_equal(sign_in(scene, NULL), MU_MEMORY);
    meanwhile.no_memory = false;
    assert_int_equal(sign_in(scene, NULL), MU_OK);
}

static void operators_come_sign_in_and_go(void **state)
{
    struct scene *scene = *state;

    SWEEP(hire);
    SWEEP(give_password);
    SWEEP(change_own_password);
    SWEEP(promote);
    SWEEP_BEHIND(allow_tries, sign_in);
    SWEEP_BEHIND(allow_tries, guess);
    SWEEP(unbind);
    SWEEP(list_everybody);
    SWEEP(read_trail);
    SWEEP_BEHIND(hire_one, dismiss);
    SWEEP_BEHIND(hire_keeper, dismiss);
    SWEEP_BEHIND(hire_keeper, unbind);
}

int main(void)
{
#define STORY(function) cmocka_unit_test_setup_teardown(function, open_scene, close_scene)
    const struct CMUnitTest tests[] = {
        STORY(operators_come_sign_in_and_go),
        STORY(whoever_is_dismissed_while_signing_in_stays_outside),
        STORY(a_password_that_could_not_be_compared_is_not_called_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
