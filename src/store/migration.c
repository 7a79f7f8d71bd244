#include "store/migration.h"

#include "base/embedded.h"

#include <stdio.h>

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
