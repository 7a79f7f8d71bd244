#include "store/migration.h"

#include "base/embedded.h"
#include "store/db_file.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { COPIES = 100 };

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
        status = mu_db_copy(db, copy, &taken);
    }
    if (status != MU_OK && error)
        *error = taken;
    return status;
}

static enum mu_status apply_from(struct mu_db *db, int version, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    while (status == MU_OK && version < mu_schema_version()) {
        const struct mu_embedded *step = &mu_embedded_migrations[version];

        status = mu_db_apply(db, step->text, ++version, error);
    }
    return status;
}

/* One try: *done, or another desk has saved something since the copy. */
static enum mu_status migrate(struct mu_db *db, bool *done, struct mu_error *error)
{
    char copy[MU_PATH_SIZE] = "";
    int64_t counter = mu_db_change_counter(db);
    int version;
    enum mu_status status = mu_db_schema_version(db, &version, error);

    *done = status == MU_OK && version >= mu_schema_version();
    if (status != MU_OK || *done)
        return status;
    if (version > 0)
        status = copy_before(db, copy, error);
    if (status != MU_OK)
        return status;
    status = mu_db_begin(db, error);
    if (status == MU_OK && mu_db_change_counter(db) == counter) {
        status = apply_from(db, version, error);
        if (status == MU_OK) {
            *done = true;
            return mu_db_commit(db, error);
        }
    }
    mu_db_rollback(db);
    if (*copy)
        unlink(copy);
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

static struct mu_query schema_of(struct mu_db *db)
{
    return mu_query(db, "SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
                        " ORDER BY name, type");
}

/* Both are read in the order of names: what one alone has comes first. */
static void find_difference(struct mu_query *model, struct mu_query *ours, char *name, size_t size)
{
    bool more = true;

    *name = '\0';
    while (more && !*name) {
        bool expected = mu_query_row(model), there = mu_query_row(ours);
        const char *wanted = expected ? mu_column_borrow(model, 0) : NULL;
        const char *found = there ? mu_column_borrow(ours, 0) : NULL;

        more = expected && there;
        if (!more || strcmp(wanted, found) != 0 ||
            strcmp(mu_column_borrow(model, 1), mu_column_borrow(ours, 1)) != 0 ||
            strcmp(mu_column_borrow(model, 2), mu_column_borrow(ours, 2)) != 0)
            mu_text_copy(name, size,
                         found && (!wanted || strcmp(found, wanted) < 0) ? found
                         : wanted                                        ? wanted
                                                                         : "");
    }
}

enum mu_status mu_schema_compare(struct mu_db *db, char *name, size_t size, struct mu_error *error)
{
    struct mu_db *model = NULL;
    struct mu_query expected, ours;
    enum mu_status status = mu_db_open_model(&model, error), read;

    for (int version = 1; status == MU_OK && version <= mu_schema_version(); version++)
        status = mu_db_apply(model, mu_embedded_migrations[version - 1].text, version, error);
    if (status == MU_OK) {
        expected = schema_of(model);
        ours = schema_of(db);
        find_difference(&expected, &ours, name, size);
        status = mu_query_end(&expected, error);
        read = mu_query_end(&ours, status == MU_OK ? error : NULL);
        if (status == MU_OK)
            status = read;
    }
    mu_db_free(&model);
    return status;
}
