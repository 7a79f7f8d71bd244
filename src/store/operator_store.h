/* The people who work here, in the record file. */
#ifndef MULIN_SRC_STORE_OPERATOR_STORE_H
#define MULIN_SRC_STORE_OPERATOR_STORE_H

#include "store/db.h"

#include <mulin/domain/operator.h>

enum mu_status mu_operator_add(struct mu_db *db, const char *name, const char *role,
                               const char *system_user, struct mu_moment now, int64_t *id,
                               struct mu_error *error) MU_CHECKED;

/* Each fills *out; id 0 if there is none. */
enum mu_status mu_operator_by_id(struct mu_db *db, int64_t id, struct mu_operator *out,
                                 struct mu_error *error) MU_CHECKED;
enum mu_status mu_operator_by_name(struct mu_db *db, const char *name, struct mu_operator *out,
                                   struct mu_error *error) MU_CHECKED;
/* The operator that the system user acts as. */
enum mu_status mu_operator_by_system_user(struct mu_db *db, const char *system_user,
                                          struct mu_operator *out,
                                          struct mu_error *error) MU_CHECKED;

/* All of them, those who have left too. */
enum mu_status mu_operator_list(struct mu_db *db, mu_operator_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;
/* How many besides *operator work here in this role and can get in, by a password or an account. */
enum mu_status mu_operator_count_others(struct mu_db *db, const struct mu_operator *operator,
                                        const char * role, int64_t *count,
                                        struct mu_error *error) MU_CHECKED;

/* Writes role, system user, wrong tries and lock of *operator over those of its id. */
enum mu_status mu_operator_write(struct mu_db *db, const struct mu_operator *operator,
                                 struct mu_error * error) MU_CHECKED;
/* Notes that the operator left; nobody acts as him without signing in any longer. */
enum mu_status mu_operator_leave(struct mu_db *db, int64_t id, struct mu_moment now,
                                 struct mu_error *error) MU_CHECKED;

/* The hash of the operator's password, "" without one; `out` has `size` bytes. */
enum mu_status mu_operator_password(struct mu_db *db, int64_t id, char *out, size_t size,
                                    struct mu_error *error) MU_CHECKED;
enum mu_status mu_operator_set_password(struct mu_db *db, int64_t id, const char *hash,
                                        struct mu_error *error) MU_CHECKED;

#endif
