/* Acts: what somebody did to the records of the register, with the changed fields before and after,
 * sealed. Written inside the caller's transaction. Append-only but for the mark that an act was
 * taken back. Both texts of a change are sealed for the place act_change, before or after,
 * (act number << 24) + line. */
#ifndef MULIN_SRC_STORE_ACT_STORE_H
#define MULIN_SRC_STORE_ACT_STORE_H

#include "base/seal.h"
#include "store/db.h"

#include <mulin/domain/act.h>

/* Adds the act; sets act->id. */
enum mu_status mu_act_add(struct mu_db *db, struct mu_act *act, struct mu_error *error) MU_CHECKED;
/* Writes what an import did in all: first_new, last_new, changed, homes; adds the act when it is
 * not there yet. */
enum mu_status mu_act_add_counts(struct mu_db *db, struct mu_act *act,
                                 struct mu_error *error) MU_CHECKED;
/* Adds one record's change under the next line. `before` is NULL when there was no such record. */
enum mu_status mu_act_add_change(struct mu_db *db, int64_t act_id, int line, const char *kind,
                                 int64_t row, const char *before, const char *after,
                                 struct mu_error *error) MU_CHECKED;
/* Marks the act as taken back by another. */
enum mu_status mu_act_mark_undone(struct mu_db *db, int64_t act_id, int64_t undone_by,
                                  struct mu_error *error) MU_CHECKED;

/* Takes away the marks that this act of the operator left: it was itself taken back. */
enum mu_status mu_act_release(struct mu_db *db, int64_t operator_id, int64_t undone_by,
                              struct mu_error *error) MU_CHECKED;

/* Called for each act, newest first; false stops. Borrowed; the store must not be called. */
typedef bool mu_act_row(void *context, const struct mu_act *act);

enum mu_status mu_act_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_act *out,
                            struct mu_error *error) MU_CHECKED;
/* The operator's acts before `before_id` (0: the newest), those of taking back left out. */
enum mu_status mu_act_of_operator(struct mu_db *db, int64_t operator_id, int64_t before_id,
                                  size_t limit, mu_act_row *row, void *context,
                                  struct mu_error *error) MU_CHECKED;
/* The acts before `before_id` (0: the newest) that changed one of `count` records: kinds[i] of the
 * number `row`. `count` is at most MU_ACT_KINDS. */
enum { MU_ACT_KINDS = 8 };
enum mu_status mu_act_of_record(struct mu_db *db, const char *const *kinds, size_t count,
                                int64_t row, int64_t before_id, size_t limit, mu_act_row *row_found,
                                void *context, struct mu_error *error) MU_CHECKED;
/* The newest act after `after_id` that changed this record, its number in *act_id; 0: none. Called
 * again with a smaller `before_id` for the one before (0: the newest). */
enum mu_status mu_act_later(struct mu_db *db, const char *kind, int64_t row, int64_t after_id,
                            int64_t before_id, int64_t *act_id, struct mu_error *error) MU_CHECKED;

/* *touched is true when an act after `after_id` that still counts changed one of the records
 * kinds[i] of the number `row`: what was taken back and the taking back do not count. */
enum mu_status mu_act_touched(struct mu_db *db, const char *const *kinds, size_t kind_count,
                              int64_t row, int64_t after_id, bool *touched,
                              struct mu_error *error) MU_CHECKED;

/* One record's change; the texts are owned. */
struct mu_act_change {
    int line;
    char kind[MU_ACT_KIND_SIZE];
    int64_t row;
    char *before; /* NULL: there was no such record */
    char *after;
};
void mu_act_change_clear(struct mu_act_change *change);
/* All changes of an act, in the order in which they were made; free them with mu_act_changes_free.
 * MU_STORE, also when one does not open. */
enum mu_status mu_act_changes(struct mu_db *db, int64_t act_id, struct mu_act_change **out,
                              size_t *count, struct mu_error *error) MU_CHECKED;
/* The last `limit` of them before the line `before_line` (0: of all), the last one first: an import
 * may have changed more than memory holds. */
enum mu_status mu_act_last_changes(struct mu_db *db, int64_t act_id, int before_line, size_t limit,
                                   struct mu_act_change **out, size_t *count,
                                   struct mu_error *error) MU_CHECKED;
/* The same of the records kinds[i] of the number `row` alone. `kind_count` is at most
 * MU_ACT_KINDS. */
enum mu_status mu_act_changes_of(struct mu_db *db, int64_t act_id, const char *const *kinds,
                                 size_t kind_count, int64_t row, struct mu_act_change **out,
                                 size_t *count, struct mu_error *error) MU_CHECKED;
void mu_act_changes_free(struct mu_act_change **changes, size_t count);

/* For a change of the key, and for verifying. *act_id is the first act that does not open, 0:
 * none. */
enum mu_status mu_act_reseal(struct mu_db *db, const struct mu_seal_keys *keys,
                             struct mu_error *error) MU_CHECKED;
enum mu_status mu_act_check(struct mu_db *db, int64_t *act_id, struct mu_error *error) MU_CHECKED;

#endif
