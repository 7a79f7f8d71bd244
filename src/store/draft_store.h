/* Half-typed forms, sealed: they hold what will be a resident's file. One form of one operator has
 * one draft. */
#ifndef MULIN_SRC_STORE_DRAFT_STORE_H
#define MULIN_SRC_STORE_DRAFT_STORE_H

#include "base/seal.h"
#include "store/db.h"

/* `body` is what the screen gave. Inside the caller's write transaction. */
enum mu_status mu_draft_write(struct mu_db *db, int64_t operator_id, const char *form,
                              const char *body, struct mu_moment now,
                              struct mu_error *error) MU_CHECKED;
/* *body is owned (free), NULL if there is none, or none that opens: nobody is kept from typing it
 * again. */
enum mu_status mu_draft_read(struct mu_db *db, int64_t operator_id, const char *form, char **body,
                             struct mu_error *error) MU_CHECKED;
enum mu_status mu_draft_remove(struct mu_db *db, int64_t operator_id, const char *form,
                               struct mu_error *error) MU_CHECKED;

/* The first operator with a draft that does not open; 0: none. */
enum mu_status mu_draft_check(struct mu_db *db, int64_t *operator_id,
                              struct mu_error *error) MU_CHECKED;
/* Seals all drafts with other keys, inside the caller's write transaction; those that do not open
 * go. */
enum mu_status mu_draft_reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                               struct mu_error *error) MU_CHECKED;

#endif
