#include "store/migration.h"

#include "base/embedded.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

enum { COPY_PATH_SIZE = 4352 };

int mu_schema_version(void)
{
    int count = 0;

    while (mu_embedded_migrations[count].name)
        count++;
    return count;
}

static enum mu_status step(struct mu_db *db, int version, struct mu_error *error)
{
    enum mu_status status = mu_db_begin(db, error);

    if (status != MU_OK)
        return status;
    /* Another process may have done the step while we waited. */
    if (mu_db_schema_version(db) >= version) {
        mu_db_rollback(db);
        return MU_OK;
    }
    status = mu_db_apply(db, mu_embedded_migrations[version - 1].text, version, error);
    if (status != MU_OK) {
        mu_db_rollback(db);
        return status;
    }
    return mu_db_commit(db, error);
}

enum mu_status mu_migrate(struct mu_db *db, struct mu_error *error)
{
    int version = mu_db_schema_version(db);

    if (version > 0 && version < mu_schema_version()) {
        char path[COPY_PATH_SIZE];
        enum mu_status status;

        snprintf(path, sizeof path, "%s.before-%d", mu_db_path(db), mu_schema_version());
        status = mu_db_copy(db, path, error);
        if (status != MU_OK)
            return status;
    }
    while (version < mu_schema_version()) {
        enum mu_status status = step(db, ++version, error);

        if (status != MU_OK)
            return status;
    }
    return MU_OK;
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
