/* The n-th statement of a use case fails, for every n up to EACH and
 * some later ones (under a sanitizer a third of them): it is refused as a fault of the store,
 * leaves no trace, and is done when it is asked again. Linked with --wrap for the calls of SQLite
 * below. */
#ifndef MULIN_TESTS_UNIT_BROKEN_STATEMENT_H
#define MULIN_TESTS_UNIT_BROKEN_STATEMENT_H

#include "unit/raw_file.h"
#include "unit/sanitized.h"

#include "desk/desk_internal.h"
#include "store/audit_store.h"
#include "store/ledger_store.h"

int __real_sqlite3_step(sqlite3_stmt *statement);
int __wrap_sqlite3_step(sqlite3_stmt *statement);
int __real_sqlite3_exec(sqlite3 *file, const char *sql, sqlite3_callback row, void *context,
                        char **fault);
int __wrap_sqlite3_exec(sqlite3 *file, const char *sql, sqlite3_callback row, void *context,
                        char **fault);
int __real_sqlite3_prepare_v3(sqlite3 *file, const char *sql, int length, unsigned how,
                              sqlite3_stmt **out, const char **tail);
int __wrap_sqlite3_prepare_v3(sqlite3 *file, const char *sql, int length, unsigned how,
                              sqlite3_stmt **out, const char **tail);

enum { EACH = 40 }; /* statements of which every one fails */

static long countdown; /* steps until one fails; 0: none does */

static bool fails_now(void)
{
    return countdown > 0 && --countdown == 0;
}

int __wrap_sqlite3_step(sqlite3_stmt *statement)
{
    return fails_now() ? SQLITE_IOERR : __real_sqlite3_step(statement);
}

int __wrap_sqlite3_prepare_v3(sqlite3 *file, const char *sql, int length, unsigned how,
                              sqlite3_stmt **out, const char **tail)
{
    return fails_now() ? SQLITE_NOMEM
                       : __real_sqlite3_prepare_v3(file, sql, length, how, out, tail);
}

/* What takes back cannot fail. */
int __wrap_sqlite3_exec(sqlite3 *file, const char *sql, sqlite3_callback row, void *context,
                        char **fault)
{
    return strcmp(sql, "ROLLBACK") != 0 && fails_now()
               ? SQLITE_IOERR
               : __real_sqlite3_exec(file, sql, row, context, fault);
}

/* What the use cases work on. `round` makes new names and numbers. */
struct scene {
    struct home *home;
    struct mu_desk *desk;    /* the keeper's */
    struct mu_desk *counter; /* where others sign in */
    int round;
    int64_t resident, other, meal;
    struct mu_verify_report heads;
    char name[32], sheet[96];
    struct home old; /* of the program before */
};

typedef enum mu_status use_case(struct scene *scene, struct mu_error *error);

/* The heads of both chains: every use case that changes something makes one of them longer. */
static inline struct mu_verify_report heads_of(const struct scene *scene)
{
    const struct mu_date today = mu_desk_now(scene->desk).date;
    struct mu_verify_report heads;

    memset(&heads, 0, sizeof heads);
    assert_int_equal(mu_ledger_head(scene->desk->db, &heads.entries, heads.head, NULL), MU_OK);
    assert_int_equal(
        mu_audit_head_on(scene->desk->db, today, &heads.audit_entries, heads.audit_head, NULL),
        MU_OK);
    return heads;
}

/* Ends with the use case done without a fault. Later statements are sampled: there loops go round.
 */
static inline void sweep(struct scene *scene, const char *name,
                         void (*prepare)(struct scene *scene), use_case *run)
{
    bool failed = true;

    for (long at = 1; failed;
         at += (1 + at / EACH) * (SANITIZED && !getenv("MULIN_SOAK") ? 3 : 1)) {
        struct mu_error error = {0};
        enum mu_status status;

        scene->round++;
        if (prepare)
            prepare(scene);
        scene->heads = heads_of(scene);
        countdown = at;
        status = run(scene, &error);
        failed = countdown == 0;
        countdown = 0;
        if (status != MU_OK &&
            (!failed || (status != MU_STORE && status != MU_MEMORY) || error.status != status))
            fail_msg("%s, statement %ld: told as %d, %d", name, at, status, error.message);
        if (status != MU_OK) {
            struct mu_verify_report now = heads_of(scene);

            if (memcmp(&scene->heads, &now, sizeof now) != 0)
                fail_msg("%s, statement %ld: refused, yet something of it is there", name, at);
        }
    }
}

#define SWEEP(run) sweep(scene, #run, NULL, run)
#define SWEEP_BEHIND(prepare, run) sweep(scene, #run, prepare, run)

static inline int open_scene(void **state)
{
    static struct scene scene;

    memset(&scene, 0, sizeof scene);
    home_setup(state);
    scene.home = *state;
    scene.desk = scene.home->desk;
    assert_int_equal(mu_desk_open(&(struct mu_desk_options){.home = scene.home->folder,
                                                            .system_user = "nobody",
                                                            .fixed_now = HOME_NOW,
                                                            .sign_in = true},
                                  &scene.counter, NULL),
                     MU_OK);
    snprintf(scene.sheet, sizeof scene.sheet, "%s/sheet.csv", scene.home->folder);
    scene.resident = home_add(scene.desk, "name", "张金凤", "id_number", "11010519491231002X",
                              "building", "3", "room", "201", NULL);
    *state = &scene;
    return 0;
}

static inline int close_scene(void **state)
{
    struct scene *scene = *state;
    struct mu_verify_report report;

    assert_int_equal(mu_verify(scene->desk, NULL, NULL, &report, NULL), MU_OK);
    mu_desk_free(&scene->counter);
    *state = scene->home;
    return home_teardown(state);
}

#endif
