/* Many hands: what they do is the same for any number of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/crew.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>

enum { PIECES = 200 };

struct job {
    atomic_int done[PIECES];
    atomic_int members_seen[MU_CREW_MOST];
    atomic_bool let_go;
    int told, first_bad, second_bad;
};

static enum mu_status work(void *context, size_t member, size_t piece, struct mu_error *error)
{
    struct job *job = context;
    char number[8];

    job->done[piece]++;
    job->members_seen[member]++;
    if ((int)piece != job->first_bad && (int)piece != job->second_bad)
        return MU_OK;
    snprintf(number, sizeof number, "%zu", piece);
    return mu_fail(error, MU_STORE, MU_SAY_error_verify_hash, number, NULL);
}

static void every_piece_is_done_once(void **state)
{
    (void)state;
    for (size_t members = 1; members <= MU_CREW_MOST; members++) {
        struct job job = {.first_bad = -1, .second_bad = -1};
        struct mu_crew *crew;
        size_t failed;

        assert_int_equal(mu_crew_begin(work, &job, members, PIECES, &crew, NULL), MU_OK);
        assert_int_equal(mu_crew_end(&crew, NULL, &failed, NULL), MU_OK);
        assert_null(crew);
        assert_int_equal(failed, PIECES);
        for (size_t i = 0; i < PIECES; i++)
            assert_int_equal(job.done[i], 1);
        for (size_t i = members; i < MU_CREW_MOST; i++)
            assert_int_equal(job.members_seen[i], 0);
    }
}

static void the_first_failure_is_told_whoever_meets_one_first(void **state)
{
    (void)state;
    for (size_t round = 0; round < 50; round++) {
        struct job job = {.first_bad = 7, .second_bad = 9};
        struct mu_crew *crew;
        struct mu_error error;
        size_t failed;

        assert_int_equal(mu_crew_begin(work, &job, 1 + round % MU_CREW_MOST, PIECES, &crew, NULL),
                         MU_OK);
        assert_int_equal(mu_crew_end(&crew, NULL, &failed, &error), MU_STORE);
        assert_int_equal(failed, 7);
        assert_string_equal(error.argument[0], "7");
        for (size_t i = 0; i <= 7; i++)
            assert_int_equal(job.done[i], 1);
    }
}

/* Until the person has been asked once. */
static enum mu_status wait_for_the_person(void *context, size_t member, size_t piece,
                                          struct mu_error *error)
{
    struct job *job = context;

    (void)member, (void)error;
    job->done[piece]++;
    while (!job->let_go)
        continue;
    return MU_OK;
}

static bool leave(void *context)
{
    struct job *job = context;

    job->told++;
    job->let_go = true;
    return false;
}

static void who_leaves_waits_for_what_has_begun_only(void **state)
{
    struct job job = {.told = 0};
    struct mu_crew *crew;
    size_t failed;
    int begun = 0;

    (void)state;
    assert_int_equal(mu_crew_begin(wait_for_the_person, &job, 2, PIECES, &crew, NULL), MU_OK);
    assert_int_equal(mu_crew_end(&crew, leave, &failed, NULL), MU_REFUSED);
    for (size_t i = 0; i < PIECES; i++)
        begun += job.done[i];
    assert_in_range(begun, 1, PIECES - 1);
    assert_true(job.told > 0);
}

static void signals_that_stop_wait_for_the_crew(void **state)
{
    struct job job = {.first_bad = -1, .second_bad = -1};
    struct mu_crew *crew;
    sigset_t before, meanwhile, after;
    size_t failed;

    (void)state;
    assert_int_equal(sigprocmask(SIG_BLOCK, NULL, &before), 0);
    assert_int_equal(mu_crew_begin(work, &job, 2, PIECES, &crew, NULL), MU_OK);
    assert_int_equal(sigprocmask(SIG_BLOCK, NULL, &meanwhile), 0);
    assert_int_equal(mu_crew_end(&crew, NULL, &failed, NULL), MU_OK);
    assert_int_equal(sigprocmask(SIG_BLOCK, NULL, &after), 0);
    assert_true(sigismember(&meanwhile, SIGTSTP));
    assert_false(sigismember(&meanwhile, SIGINT));
    assert_int_equal(sigismember(&after, SIGTSTP), sigismember(&before, SIGTSTP));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_is_done_once),
        cmocka_unit_test(the_first_failure_is_told_whoever_meets_one_first),
        cmocka_unit_test(who_leaves_waits_for_what_has_begun_only),
        cmocka_unit_test(signals_that_stop_wait_for_the_crew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
