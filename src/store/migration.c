#include "store/migration.h"

#include "base/embedded.h"
#include "store/db_file.h"
#include "store/schema.h"
#include "store/search_store.h"
#include "store/vault.h"

#include <mulin/base/text.h>

#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    COPIES = 100,
    SEALED = 4,     /* the version from which ID numbers, notes and half-typed forms are sealed */
    PAST_HOMES = 8, /* the version from which people are found by homes that they left */
    CACHE_KIB = 4096,
};

int mu_schema_version(void)
{
    int count = 0;

    while (mu_embedded_migrations[count].name)
        count++;
    return count;
}

/* Copies the file beside itself under a name that is free. */
static enum mu_status copy_before(struct mu_db *db, char *copy, struct mu_error *error)
{
    struct mu_error taken = {.message = MU_SAY_error_file_exists};
    enum mu_status status = MU_STORE;

    for (int i = 1; i < COPIES && status != MU_OK; i++) {
        if (taken.message != MU_SAY_error_file_exists)
            break;
        snprintf(copy, MU_PATH_SIZE, i == 1 ? "%s.before-%d" : "%s.before-%d.%d", mu_db_path(db),
                 mu_schema_version(), i);
        status = mu_db_copy(db, copy, NULL, NULL, &taken);
    }
    if (status != MU_OK && error)
        *error = taken;
    return status;
}

/* A new file has nothing to seal yet. */
static bool seals(int version)
{
    return version > 0 && version < SEALED;
}

static enum mu_status apply_from(struct mu_db *db, int version, struct mu_error *error)
{
    char home[MU_PATH_SIZE];
    enum mu_status status = MU_OK;

    mu_text_copy(home, sizeof home, mu_db_path(db));
    for (int next = version + 1; status == MU_OK && next <= mu_schema_version(); next++) {
        if (next == SEALED && seals(version))
            status = mu_vault_first(db, dirname(home), error);
        if (status == MU_OK)
            status = mu_db_apply(db, mu_embedded_migrations[next - 1].text, next, error);
        if (status == MU_OK && next == PAST_HOMES)
            status = mu_search_store_all_past(db, error);
    }
    return status;
}

static enum mu_status check(struct mu_db *db, struct mu_error *error)
{
    char finding[MU_ERROR_ARGUMENT_SIZE];
    bool sound;
    enum mu_status status = mu_db_check(db, false, &sound, finding, sizeof finding, error);

    if (status == MU_OK && !sound)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_file, finding, NULL);
    return status;
}

/* References are looked at as a whole at the end: a table that is made anew is away for a moment.
 * That can be said outside of transactions only, and so can bulk work. */
static enum mu_status prepare(struct mu_db *db, int version, struct mu_error *error)
{
    enum mu_status status = mu_db_foreign_keys(db, false, error);

    return status == MU_OK && seals(version) ? mu_db_bulk(db, CACHE_KIB, error) : status;
}

static enum mu_status tidy_up(struct mu_db *db, int version, struct mu_error *error)
{
    enum mu_status status = seals(version) ? mu_db_bulk(db, 0, error) : MU_OK, keys;

    keys = mu_db_foreign_keys(db, true, status == MU_OK ? error : NULL);
    return status == MU_OK ? keys : status;
}

/* *done, or another desk has saved something since the copy. */
static enum mu_status bring_up(struct mu_db *db, int version, int64_t counter, bool *done,
                               struct mu_error *error)
{
    enum mu_status status = mu_db_begin(db, error);

    if (status == MU_OK && mu_db_change_counter(db) == counter) {
        status = apply_from(db, version, error);
        if (status == MU_OK)
            status = check(db, error);
        if (status == MU_OK) {
            *done = true;
            return mu_db_commit(db, error);
        }
    }
    mu_db_rollback(db);
    return status;
}

/* One try. */
static enum mu_status migrate(struct mu_db *db, bool *done, struct mu_error *error)
{
    char copy[MU_PATH_SIZE] = "";
    int64_t counter = mu_db_change_counter(db);
    int version;
    enum mu_status status = mu_db_schema_version(db, &version, error), tidied;

    *done = status == MU_OK && version >= mu_schema_version();
    if (status != MU_OK || *done)
        return status;
    if (version > 0)
        status = copy_before(db, copy, error);
    if (status != MU_OK)
        return status;
    status = prepare(db, version, error);
    if (status == MU_OK)
        status = bring_up(db, version, counter, done, error);
    tidied = tidy_up(db, version, status == MU_OK ? error : NULL);
    if (status == MU_OK)
        status = tidied;
    if (!*done && *copy)
        unlink(copy);
    else if (*done && seals(version))
        mu_text_copy(mu_db_plain_copy(db), MU_PATH_SIZE, copy);
    return status;
}

enum mu_status mu_migrate(struct mu_db *db, struct mu_error *error)
{
    enum mu_status status;
    bool done;

    do {
        status = migrate(db, &done, error);
    } while (status == MU_OK && !done);
    return status;
}

static bool is_as_made(struct mu_query *found, const struct mu_schema_part *made)
{
    return strcmp(mu_column_borrow(found, 0), made->name) == 0 &&
           strcmp(mu_column_borrow(found, 1), made->type) == 0 &&
           strcmp(mu_column_borrow(found, 2), made->sql) == 0;
}

/* Both stand in the order of names: what one alone has comes first. */
enum mu_status mu_schema_compare(struct mu_db *db, char *name, size_t size, struct mu_error *error)
{
    const struct mu_schema_part *made = mu_schema;
    struct mu_query ours =
        mu_query(db, "SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
                     " ORDER BY name, type");
    bool there;

    *name = '\0';
    while ((there = mu_query_row(&ours)) && made->name && is_as_made(&ours, made))
        made++;
    if (there && (!made->name || strcmp(mu_column_borrow(&ours, 0), made->name) < 0))
        mu_text_copy(name, size, mu_column_borrow(&ours, 0));
    else if (made->name)
        mu_text_copy(name, size, made->name);
    return mu_query_end(&ours, error);
}
