/* Goods that points buy, and their movements. No decisions here: the desk takes them. */
#ifndef MULIN_SRC_STORE_GOODS_STORE_H
#define MULIN_SRC_STORE_GOODS_STORE_H

#include "store/db.h"

#include <mulin/domain/goods.h>
#include <mulin/domain/purse.h>

/* *found says whether there are such goods; *out is untouched if not. */
enum mu_status mu_goods_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_goods *out,
                              struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. */
typedef bool mu_goods_store_row(void *context, const struct mu_goods *goods);
/* In the order of their names; those that are no longer given only with `all`. */
enum mu_status mu_goods_all(struct mu_db *db, bool all, mu_goods_store_row *row, void *context,
                            struct mu_error *error) MU_CHECKED;
/* Sets id and version. MU_STORE, also for a name that stands there. */
enum mu_status mu_goods_add(struct mu_db *db, struct mu_goods *goods,
                            struct mu_error *error) MU_CHECKED;
/* Writes all but the stock over the goods of this id and version, which is counted up. *stale is
 * true, nothing written, when another desk changed them meanwhile. */
enum mu_status mu_goods_write(struct mu_db *db, struct mu_goods *goods, bool *stale,
                              struct mu_error *error) MU_CHECKED;

/* The number that the next movement has. */
enum mu_status mu_goods_next_move(struct mu_db *db, int64_t *id, struct mu_error *error) MU_CHECKED;
/* Adds the movement and brings the stock up to date, inside the caller's write transaction.
 * MU_STORE, also when the stock would fall below nothing. */
enum mu_status mu_goods_move_add(struct mu_db *db, const struct mu_goods_move *move,
                                 struct mu_error *error) MU_CHECKED;
/* *found is false when there is no such movement. */
enum mu_status mu_goods_move_read(struct mu_db *db, int64_t id, bool *found,
                                  struct mu_goods_move *out, struct mu_error *error) MU_CHECKED;
/* The first movement whose entry has the idempotency key `base`:1, 0 for none: baskets are posted
 * under base:1, base:2 … */
enum mu_status mu_goods_basket(struct mu_db *db, const char *base, int64_t *move_id,
                               struct mu_error *error) MU_CHECKED;
/* The movements that were posted together with this one, itself among them, in their order; at most
 * MU_BASKET. */
enum mu_status mu_goods_together(struct mu_db *db, int64_t move_id, struct mu_goods_move *out,
                                 size_t *count, struct mu_error *error) MU_CHECKED;

typedef bool mu_goods_move_store_row(void *context, const struct mu_goods_move *move);
/* Newest first; 0 and unknown dates do not narrow it down. `resident_id` means the person: the file
 * that speaks for him and those it speaks for. */
enum mu_status mu_goods_moves(struct mu_db *db, int64_t goods_id, int64_t resident_id,
                              struct mu_date from, struct mu_date to, size_t limit,
                              mu_goods_move_store_row *row, void *context,
                              struct mu_error *error) MU_CHECKED;

/* Pieces of these goods that a person had from that day on, over all linked files, without what was
 * brought back. */
enum mu_status mu_goods_taken(struct mu_db *db, int64_t goods_id, int64_t leading,
                              struct mu_date from, int64_t *pieces,
                              struct mu_error *error) MU_CHECKED;

/* What a person has on the accounts of the points book: in `named` first, then in the other files
 * with the most; and what stands there over all of them (above nothing: the person's). */
enum mu_status mu_points_purse(struct mu_db *db, int64_t leading, int64_t named,
                               struct mu_purse *out, int64_t *all,
                               struct mu_error *error) MU_CHECKED;

/* What a person had when this ledger entry was posted, over all linked files. MU_STORE. */
enum mu_status mu_points_stood(struct mu_db *db, int64_t leading, int64_t entry_id,
                               struct mu_points *out, struct mu_error *error) MU_CHECKED;

/* What a person earned up to the end of a month, what is gone, and the balance, for
 * mu_points_running_out. */
struct mu_points_ages {
    int64_t resident_id; /* who speaks for the person */
    struct mu_points earned_until, gone, balance;
};
enum mu_status mu_points_ages_of(struct mu_db *db, int64_t leading, int through,
                                 struct mu_points_ages *out, struct mu_error *error) MU_CHECKED;
/* The people behind number `after` who have points that old, at most `limit`, in order of their
 * numbers. */
enum mu_status mu_points_ages(struct mu_db *db, int through, int64_t after, size_t limit,
                              struct mu_points_ages *out, size_t *count,
                              struct mu_error *error) MU_CHECKED;

/* The first movement that does not fit its entry, or entry of goods without one, or goods whose
 * stock is not the sum of their movements; 0: all fit. MU_STORE. */
enum mu_status mu_goods_find_wrong(struct mu_db *db, int64_t *move_id, int64_t *entry_id,
                                   int64_t *goods_id, struct mu_error *error) MU_CHECKED;

#endif
