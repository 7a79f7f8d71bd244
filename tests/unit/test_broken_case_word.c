/* Searching the notes of mediation cases while the n-th statement or allocation of the library
 * fails. Linked with --wrap, so that these come here. */
#include "unit/case_notes.h"

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
int __real_sqlite3_step(sqlite3_stmt *statement);
int __wrap_sqlite3_step(sqlite3_stmt *statement);

static long allocations, steps; /* until one fails; 0: none does */

static bool fails_now(long *countdown)
{
    return *countdown > 0 && --*countdown == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails_now(&allocations) ? NULL : __real_malloc(size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails_now(&allocations) ? NULL : __real_realloc(old, size);
}

int __wrap_sqlite3_step(sqlite3_stmt *statement)
{
    return fails_now(&steps) ? SQLITE_IOERR : __real_sqlite3_step(statement);
}

static enum mu_status find_quarrels(struct drawer *drawer, struct mu_error *error)
{
    const struct mu_case_words_search asked = {.query = "漏", .limit = 20};
    struct mu_case_words_found found = {0};
    enum mu_status status = search(drawer, &asked, &found, error);

    if (status == MU_OK)
        assert_int_equal(found.count, 2);
    mu_case_words_found_clear(&found);
    return status;
}

static enum mu_status add_a_note(struct drawer *drawer, struct mu_error *error)
{
    char text[32];

    snprintf(text, sizeof text, "第 x%ldx 笔", allocations * 1000 + steps);
    return add(drawer, 2, text, error);
}

static enum mu_status rebuild(struct drawer *drawer, struct mu_error *error)
{
    struct mu_case_texts texts = texts_of(drawer);
    enum mu_status status = mu_db_begin(db_of(drawer), error);

    if (status == MU_OK)
        status = mu_case_words_rebuild(db_of(drawer), &texts, error);
    if (status == MU_OK)
        return mu_db_commit(db_of(drawer), error);
    mu_db_rollback(db_of(drawer));
    return status;
}

static enum mu_status give_a_new_key(struct drawer *drawer, struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    enum mu_status status = mu_db_begin(db_of(drawer), error);

    if (status == MU_OK)
        status = mu_vault_keys(db_of(drawer), &keys, error);
    if (status == MU_OK)
        status = mu_case_words_reseal(db_of(drawer), keys, error);
    if (status == MU_OK)
        return mu_db_commit(db_of(drawer), error);
    mu_db_rollback(db_of(drawer));
    return status;
}

/* Each statement and each allocation fails in its turn. */
static void no_fault_is_taken_for_an_answer(void **state)
{
    static enum mu_status (*const work[])(struct drawer * drawer, struct mu_error * error) = {
        find_quarrels, checked, add_a_note, give_a_new_key, rebuild};
    struct drawer *drawer = *state;

    three_quarrels(drawer);
    for (size_t i = 0; i < sizeof work / sizeof *work; i++) {
        for (int which = 0; which < 2; which++) {
            long *countdown = which ? &allocations : &steps;
            bool happened = true;
            int told = 0;

            for (long at = 1; happened; at++) {
                struct mu_error error = {0};
                enum mu_status status;

                *countdown = at;
                status = work[i](drawer, &error);
                happened = *countdown == 0;
                *countdown = 0;
                assert_int_equal(error.status, status);
                if (status != MU_OK && (!happened || (status != MU_STORE && status != MU_MEMORY)))
                    fail_msg("work %zu, %ld: told as %d, %d", i, at, status, error.message);
                told += status != MU_OK;
            }
            assert_true(told > 0 || which == 1);
        }
        assert_int_equal(checked(drawer, NULL), MU_OK);
        assert_string_equal(find(drawer, "漏水"), "1");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_fault_is_taken_for_an_answer, case_notes_setup,
                                        case_notes_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
