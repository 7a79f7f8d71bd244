/* Bringing a record file up to the newest schema: data/migrations/NNNN_name.sql, append-only. */
#ifndef MULIN_SRC_STORE_MIGRATION_H
#define MULIN_SRC_STORE_MIGRATION_H

#include "store/db.h"

/* The schema version that this program writes: the number of migrations. */
int mu_schema_version(void);

/* Applies what is missing, all in one transaction, after a copy of a file that holds records
 * already (FILE.before-N of the version N that it is brought to; FILE.before-N.2 … when one stands
 * there). From version 4 on the file is sealed (store/vault.h): the key is made, and the copy,
 * which is not, is told (mu_db_plain_copy). MU_STORE, MU_MEMORY; then the file is as it was. */
enum mu_status mu_migrate(struct mu_db *db, struct mu_error *error) MU_CHECKED;

/* Compares tables, indexes and triggers with those that the migrations make. `name` (of `size`
 * bytes) gets the first that is missing, strange or changed, "" when all is as it should be.
 * MU_STORE, MU_MEMORY. */
enum mu_status mu_schema_compare(struct mu_db *db, char *name, size_t size,
                                 struct mu_error *error) MU_CHECKED;

/* What the connection does for it. */
enum mu_status mu_db_schema_version(struct mu_db *db, int *version,
                                    struct mu_error *error) MU_CHECKED;
const char *mu_db_path(const struct mu_db *db); /* borrowed */
/* Switches the checking of references off or on again, and reads it back. Outside of
 * transactions. */
enum mu_status mu_db_foreign_keys(struct mu_db *db, bool on, struct mu_error *error) MU_CHECKED;
/* Runs a migration and sets user_version, inside the caller's transaction. */
enum mu_status mu_db_apply(struct mu_db *db, const char *sql, int version,
                           struct mu_error *error) MU_CHECKED;

#endif
