#include "unit/raw_file.h"

#include "base/password.h"
#include "desk/desk_internal.h"
#include "store/operator_store.h"

#include <mulin/desk/audit.h>
#include <mulin/desk/operators.h>

#include <sys/wait.h>
#include <unistd.h>

static void hire(struct home *home, const char *name, enum mu_role role, const char *password)
{
    assert_int_equal(mu_add_operator(home->desk, name, role, NULL, NULL), MU_OK);
    if (password)
        assert_int_equal(mu_set_password(home->desk, name, password, NULL), MU_OK);
}

static struct mu_operator look(struct home *home, const char *name)
{
    struct mu_operator operator;

    assert_int_equal(mu_operator_by_name(home->desk->db, name, &operator, NULL), MU_OK);
    return operator;
}

/* A desk at which nobody has signed in yet, as another program of the same home. */
static struct mu_desk *empty_desk(const struct home *home, const char *now)
{
    const struct mu_desk_options options = {
        .home = home->folder, .system_user = "nobody", .fixed_now = now, .sign_in = true};
    struct mu_desk *desk = NULL;

    assert_int_equal(mu_desk_open(&options, &desk, NULL), MU_OK);
    return desk;
}

static enum mu_message sign_in_says(struct mu_desk *desk, const char *name, const char *password,
                                    char until[MU_ERROR_ARGUMENT_SIZE])
{
    struct mu_error error = {0};

    if (mu_desk_sign_in(desk, name, password, &error) == MU_OK)
        return MU_SAY_COUNT;
    assert_int_equal(error.status, MU_REFUSED);
    if (until)
        strcpy(until, error.argument[1]);
    return error.message;
}

struct trail {
    size_t count;
    struct mu_audit_record record[16];
};

static bool collect(void *context, const struct mu_audit_record *record)
{
    struct trail *trail = context;

    trail->record[trail->count++] = *record;
    return trail->count < 16;
}

static void the_keeper_hires_and_dismisses_on_the_record(void **state)
{
    struct home *home = *state;
    struct trail trail = {0};

    hire(home, "  陈静 ", MU_ROLE_DESK, NULL);
    assert_int_equal(mu_set_password(home->desk, "陈静", "864201", NULL), MU_OK);
    assert_int_equal(mu_change_role(home->desk, "陈静", MU_ROLE_TALLY, NULL), MU_OK);
    assert_int_equal(mu_bind_operator(home->desk, "陈静", "chenjing", NULL), MU_OK);
    assert_string_equal(look(home, "陈静").system_user, "chenjing");
    assert_int_equal(mu_end_operator(home->desk, "陈静", NULL), MU_OK);
    assert_true(look(home, "陈静").ended);

    assert_int_equal(
        mu_list_audit(home->desk, &(struct mu_audit_filter){0}, 16, collect, &trail, NULL), MU_OK);
    assert_int_equal(trail.count, 5);
    assert_string_equal(trail.record[4].after, "role=desk\nsystem_user=\n");
    assert_string_equal(trail.record[3].after, "password=*\n");
    assert_string_equal(trail.record[2].before, "role=desk\nsystem_user=\n");
    assert_string_equal(trail.record[2].after, "role=tally\nsystem_user=\n");
    assert_string_equal(trail.record[1].after, "role=tally\nsystem_user=chenjing\n");
    assert_string_equal(trail.record[0].after, "ended=1\n");
    for (size_t i = 0; i < trail.count; i++) {
        assert_string_equal(trail.record[i].subject, "陈静");
        assert_string_equal(trail.record[i].action, "manage_operators");
        assert_null(strstr(trail.record[i].after, "864201"));
    }
}

static void names_and_accounts_belong_to_one(void **state)
{
    struct home *home = *state;
    char long_name[MU_OPERATOR_NAME_SIZE + 8];
    struct mu_error error;

    hire(home, "陈静", MU_ROLE_DESK, NULL);
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_int_equal(mu_add_operator(home->desk, "陈静 ", MU_ROLE_DESK, NULL, &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_operator_taken);
    assert_int_equal(mu_add_operator(home->desk, " \u200b", MU_ROLE_DESK, NULL, NULL), MU_INPUT);
    assert_int_equal(mu_add_operator(home->desk, long_name, MU_ROLE_DESK, NULL, NULL), MU_INPUT);
    assert_int_equal(mu_add_operator(home->desk, "周洋", MU_ROLE_TALLY, "keeper", &error),
                     MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_bound_already);
    assert_int_equal(mu_bind_operator(home->desk, "陈静", "keeper", NULL), MU_INPUT);
    assert_int_equal(mu_bind_operator(home->desk, "老王", "laowang", NULL), MU_INPUT);
    /* Whoever left keeps the name but not the account. */
    assert_int_equal(mu_bind_operator(home->desk, "陈静", "desk1", NULL), MU_OK);
    assert_int_equal(mu_end_operator(home->desk, "陈静", NULL), MU_OK);
    assert_int_equal(mu_add_operator(home->desk, "陈静", MU_ROLE_DESK, NULL, NULL), MU_INPUT);
    assert_int_equal(mu_change_role(home->desk, "陈静", MU_ROLE_KEEPER, NULL), MU_INPUT);
    assert_int_equal(mu_add_operator(home->desk, "周洋", MU_ROLE_TALLY, "desk1", NULL), MU_OK);
}

static void there_is_always_a_keeper(void **state)
{
    struct home *home = *state;
    struct mu_error error;

    assert_int_equal(mu_end_operator(home->desk, "keeper", &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_last_keeper);
    assert_int_equal(mu_change_role(home->desk, "keeper", MU_ROLE_DESK, NULL), MU_REFUSED);
    /* One who cannot sign in does not count. */
    hire(home, "周洋", MU_ROLE_KEEPER, NULL);
    assert_int_equal(mu_end_operator(home->desk, "keeper", &error), MU_REFUSED);
    assert_int_equal(mu_bind_operator(home->desk, "keeper", NULL, &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_last_binding);
    assert_int_equal(mu_set_password(home->desk, "周洋", "1357", NULL), MU_OK);
    assert_int_equal(mu_bind_operator(home->desk, "keeper", NULL, NULL), MU_OK);
    assert_int_equal(mu_change_role(home->desk, "keeper", MU_ROLE_DESK, NULL), MU_OK);
    /* At once: this desk is a clerk's now. */
    assert_int_equal(mu_end_operator(home->desk, "周洋", &error), MU_REFUSED);
    assert_int_equal(error.message, MU_SAY_error_may_manage_operators);
}

static void nothing_is_granted_before_sign_in_and_the_own_role_after(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = empty_desk(home, HOME_NOW);

    for (int operation = 0; operation < MU_OPERATION_COUNT; operation++)
        assert_int_equal(mu_desk_ask(desk, (enum mu_operation)operation, NULL), MU_REFUSED);
    hire(home, "周洋", MU_ROLE_TALLY, "2468 ok");
    assert_int_equal(mu_desk_sign_in(desk, "周洋", "2468 ok", NULL), MU_OK);
    assert_string_equal(mu_desk_operator(desk), "周洋");
    for (int operation = 0; operation < MU_OPERATION_COUNT; operation++)
        assert_int_equal(mu_desk_ask(desk, (enum mu_operation)operation, NULL),
                         mu_role_may(MU_ROLE_TALLY, (enum mu_operation)operation) ? MU_OK
                                                                                  : MU_REFUSED);
    mu_desk_free(&desk);
}

static void a_change_by_the_keeper_counts_at_once_at_every_desk(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = empty_desk(home, HOME_NOW);

    hire(home, "陈静", MU_ROLE_DESK, "864201");
    assert_int_equal(mu_desk_sign_in(desk, "陈静", "864201", NULL), MU_OK);
    assert_int_equal(mu_desk_ask(desk, MU_MAY_serve_meal, NULL), MU_OK);
    assert_int_equal(mu_change_role(home->desk, "陈静", MU_ROLE_AUDITOR, NULL), MU_OK);
    assert_int_equal(mu_desk_ask(desk, MU_MAY_serve_meal, NULL), MU_REFUSED);
    assert_int_equal(mu_desk_ask(desk, MU_MAY_read_audit, NULL), MU_OK);
    assert_int_equal(mu_end_operator(home->desk, "陈静", NULL), MU_OK);
    assert_int_equal(mu_desk_ask(desk, MU_MAY_find_resident, NULL), MU_REFUSED);
    assert_int_equal(sign_in_says(desk, "陈静", "864201", NULL), MU_SAY_error_sign_in);
    mu_desk_free(&desk);
}

static void everybody_changes_the_own_password_and_nobody_elses(void **state)
{
    struct home *home = *state;

    hire(home, "陈静", MU_ROLE_AUDITOR, "864201");
    assert_int_equal(mu_desk_sign_in(home->desk, "陈静", "８６４２０１", NULL), MU_OK);
    assert_int_equal(mu_set_password(home->desk, "keeper", "1234", NULL), MU_REFUSED);
    assert_int_equal(mu_set_password(home->desk, NULL, "123", NULL), MU_INPUT);
    assert_int_equal(mu_set_password(home->desk, NULL, "12345\033", NULL), MU_INPUT);
    assert_int_equal(mu_set_password(home->desk, NULL, "新的密码", NULL), MU_OK);
    assert_int_equal(mu_desk_sign_in(home->desk, "陈静", "新的密码", NULL), MU_OK);
    assert_int_equal(sign_in_says(home->desk, "陈静", "864201", NULL), MU_SAY_error_sign_in);
    assert_int_equal(sign_in_says(home->desk, "keeper", "864201", NULL), MU_SAY_error_no_password);
    assert_string_equal(mu_desk_operator(home->desk), "陈静");
}

/* Five wrong tries lock for 1, 2, 4 … minutes, at every desk and in every program after. */
static void guessing_is_locked_for_longer_and_longer(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = empty_desk(home, "2026-11-22T11:30:30");
    char until[MU_ERROR_ARGUMENT_SIZE];

    hire(home, "陈静", MU_ROLE_DESK, "864201");
    for (int i = 1; i < MU_TRIES; i++)
        assert_int_equal(sign_in_says(desk, "陈静", "1111", NULL), MU_SAY_error_sign_in);
    assert_int_equal(sign_in_says(desk, "陈静", "1111", until), MU_SAY_error_locked);
    assert_string_equal(until, "11:32");
    mu_desk_free(&desk);

    desk = empty_desk(home, "2026-11-22T11:31:29");
    assert_int_equal(sign_in_says(desk, "陈静", "864201", until), MU_SAY_error_locked);
    mu_desk_free(&desk);

    desk = empty_desk(home, "2026-11-22T23:59:30");
    assert_int_equal(sign_in_says(desk, "陈静", "1111", until), MU_SAY_error_locked);
    assert_string_equal(until, "00:02");
    mu_desk_free(&desk);

    desk = empty_desk(home, "2026-11-23T00:01:30");
    assert_int_equal(mu_desk_sign_in(desk, "陈静", "864201", NULL), MU_OK);
    assert_int_equal(look(home, "陈静").wrong_tries, 0);
    assert_string_equal(look(home, "陈静").locked_until, "");
    mu_desk_free(&desk);
}

static void the_lock_grows_to_an_hour_and_no_further(void **state)
{
    static const int minutes[] = {0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60};
    struct mu_operator who = {.wrong_tries = 100};
    struct mu_moment now;

    (void)state;
    for (size_t tries = 0; tries < sizeof minutes / sizeof *minutes; tries++)
        assert_int_equal(mu_lock_minutes((int)tries), minutes[tries]);
    assert_int_equal(mu_lock_minutes(2000000000), 60);
    /* The clock went back a year: nobody is locked out for a year. */
    assert_true(mu_moment_parse("2026-11-22T11:30", &now));
    strcpy(who.locked_until, "2026-11-22T12:30:00");
    assert_true(mu_operator_locked(&who, now));
    strcpy(who.locked_until, "2027-11-22T12:30:00");
    assert_false(mu_operator_locked(&who, now));
}

enum { GUESSERS = 4, GUESSES = 4 };

/* Guesses as a program of its own; ends with how often it heard "wrong". */
static void guess(const struct home *home)
{
    struct mu_desk *desk = empty_desk(home, HOME_NOW);
    int wrong = 0;

    for (int i = 0; i < GUESSES; i++)
        wrong += sign_in_says(desk, "陈静", "1111", NULL) == MU_SAY_error_sign_in;
    mu_desk_free(&desk);
    _exit(wrong);
}

static void four_programs_guessing_at_once_have_five_tries_in_all(void **state)
{
    struct home *home = *state;
    pid_t child[GUESSERS];
    int wrong = 0;

    hire(home, "陈静", MU_ROLE_DESK, "864201");
    mu_desk_free(&home->desk);
    for (int i = 0; i < GUESSERS; i++) {
        child[i] = fork();
        assert_int_not_equal(child[i], -1);
        if (child[i] == 0)
            guess(home);
    }
    for (int i = 0; i < GUESSERS; i++) {
        int ended;

        assert_int_equal(waitpid(child[i], &ended, 0), child[i]);
        assert_true(WIFEXITED(ended));
        wrong += WEXITSTATUS(ended);
    }
    home->desk = home_desk(home, HOME_NOW);
    assert_int_equal(look(home, "陈静").wrong_tries, MU_TRIES);
    assert_int_equal(wrong, MU_TRIES - 1); /* the fifth hears that it locked */
    assert_int_equal(sign_in_says(home->desk, "陈静", "864201", NULL), MU_SAY_error_locked);
}

/* Guessing leaves a trace with the terminal it came from. */
static void a_lock_is_in_the_trail(void **state)
{
    struct home *home = *state;
    struct trail trail = {0};
    struct mu_operator who;

    hire(home, "陈静", MU_ROLE_DESK, "864201");
    who = look(home, "陈静");
    who.wrong_tries = MU_TRIES - 1;
    assert_int_equal(mu_operator_write(home->desk->db, &who, NULL), MU_OK);
    assert_int_equal(sign_in_says(home->desk, "陈静", "1111", NULL), MU_SAY_error_locked);
    assert_int_equal(
        mu_list_audit(home->desk, &(struct mu_audit_filter){0}, 1, collect, &trail, NULL), MU_OK);
    assert_string_equal(trail.record[0].action, "sign_in");
    assert_string_equal(trail.record[0].operator_name, "陈静");
    assert_string_equal(trail.record[0].after, "locked_until=2026-11-22T11:31:00\n");
    assert_string_equal(mu_desk_operator(home->desk), "keeper");
}

static bool stop_at_first(void *context, const struct mu_operator *operator)
{
    int *seen = context;

    assert_false(operator->ended);
    ++*seen;
    return false;
}

static void whoever_left_is_not_offered_at_sign_in(void **state)
{
    struct home *home = *state;
    int seen = 0;

    hire(home, "阿宝", MU_ROLE_DESK, NULL);
    hire(home, "陈静", MU_ROLE_DESK, NULL);
    assert_int_equal(mu_end_operator(home->desk, "阿宝", NULL), MU_OK);
    assert_int_equal(mu_list_colleagues(home->desk, stop_at_first, &seen, NULL), MU_OK);
    assert_int_equal(seen, 1);
}

static void an_account_is_bound_again_to_whom_it_is_bound(void **state)
{
    struct home *home = *state;
    char long_name[MU_SYSTEM_USER_SIZE + 8];
    struct mu_error error;

    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_int_equal(mu_bind_operator(home->desk, "keeper", "keeper", NULL), MU_OK);
    assert_int_equal(mu_bind_operator(home->desk, "keeper", " \u200b", &error), MU_INPUT);
    assert_int_equal(error.message, MU_SAY_error_system_user);
    assert_int_equal(mu_bind_operator(home->desk, "keeper", long_name, NULL), MU_INPUT);
    assert_string_equal(look(home, "keeper").system_user, "keeper");
}

/* What another program wrote into the file gives nobody more than he had. */
static void a_bent_row_of_an_operator_opens_nothing(void **state)
{
    struct home *home = *state;
    struct mu_desk *desk = empty_desk(home, HOME_NOW);

    hire(home, "陈静", MU_ROLE_DESK, "864201");
    assert_int_equal(mu_desk_sign_in(desk, "陈静", "864201", NULL), MU_OK);
    raw_run(home, "UPDATE operator SET wrong_tries = -1 WHERE name = '陈静'");
    assert_int_equal(look(home, "陈静").wrong_tries, MU_TRIES);
    raw_run(home, "UPDATE operator SET wrong_tries = 5000000000 WHERE name = '陈静'");
    assert_int_equal(look(home, "陈静").wrong_tries, MU_TRIES);
    assert_int_equal(sign_in_says(desk, "陈静", "1111", NULL), MU_SAY_error_locked);
    raw_run(home, "UPDATE operator SET wrong_tries = 0, locked_until = 'tomorrow'"
                  " WHERE name = '陈静'");
    assert_int_equal(sign_in_says(desk, "陈静", "1111", NULL), MU_SAY_error_sign_in);
    assert_int_equal(sign_in_says(desk, "陈小静", "864201", NULL), MU_SAY_error_sign_in);
    assert_int_equal(mu_desk_ask(desk, MU_MAY_serve_meal, NULL), MU_OK);
    raw_run(home, "PRAGMA ignore_check_constraints = ON;"
                  " UPDATE operator SET role = 'king' WHERE name = '陈静'");
    assert_int_equal(mu_desk_ask(desk, MU_MAY_serve_meal, NULL), MU_REFUSED);
    raw_run(home, "PRAGMA foreign_keys = OFF; DELETE FROM operator WHERE name = '陈静'");
    assert_int_equal(mu_desk_ask(desk, MU_MAY_find_resident, NULL), MU_REFUSED);
    mu_desk_free(&desk);
}

static void a_hash_that_another_program_wrote_lets_nobody_in(void **state)
{
    static const char *const hashes[] = {"", "864201", "$argon2id$v=19$m=65536,t=4,p=1$$"};
    bool fits = true;

    (void)state;
    for (size_t i = 0; i < sizeof hashes / sizeof *hashes; i++) {
        assert_int_equal(mu_password_check(hashes[i], "864201", &fits, NULL), MU_OK);
        assert_false(fits);
    }
}

int main(void)
{
#define STORY(test) cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)
    const struct CMUnitTest tests[] = {
        STORY(the_keeper_hires_and_dismisses_on_the_record),
        STORY(names_and_accounts_belong_to_one),
        STORY(there_is_always_a_keeper),
        STORY(nothing_is_granted_before_sign_in_and_the_own_role_after),
        STORY(a_change_by_the_keeper_counts_at_once_at_every_desk),
        STORY(everybody_changes_the_own_password_and_nobody_elses),
        STORY(guessing_is_locked_for_longer_and_longer),
        cmocka_unit_test(the_lock_grows_to_an_hour_and_no_further),
        STORY(four_programs_guessing_at_once_have_five_tries_in_all),
        STORY(a_lock_is_in_the_trail),
        STORY(whoever_left_is_not_offered_at_sign_in),
        STORY(an_account_is_bound_again_to_whom_it_is_bound),
        STORY(a_bent_row_of_an_operator_opens_nothing),
        cmocka_unit_test(a_hash_that_another_program_wrote_lets_nobody_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
