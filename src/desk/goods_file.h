/* What giving goods, handing on and running out of points share. */
#ifndef MULIN_SRC_DESK_GOODS_FILE_H
#define MULIN_SRC_DESK_GOODS_FILE_H

#include "desk/points_post.h"

#include <mulin/desk/goods.h>
#include <mulin/domain/purse.h>

/* MU_INPUT when there are no such goods. */
enum mu_status mu_goods_file(struct mu_desk *desk, int64_t goods_id, struct mu_goods *out,
                             struct mu_error *error) MU_CHECKED;

/* The file that speaks for the person. */
enum mu_status mu_goods_person(struct mu_desk *desk, int64_t resident_id, struct mu_resident *out,
                               struct mu_error *error) MU_CHECKED;

/* The account of a person by the book, inside any transaction.
 *   leading  the file that speaks for the person
 *   named    the file that was named */
enum mu_status mu_points_account_of(struct mu_desk *desk, const struct mu_points_rules *rules,
                                    const struct mu_resident *leading, int64_t named,
                                    struct mu_points_account *out,
                                    struct mu_error *error) MU_CHECKED;

/* MU_REFUSED when the person has fewer points. */
enum mu_status mu_points_enough(const struct mu_points_account *account, struct mu_points points,
                                struct mu_error *error) MU_CHECKED;

/* Adds to the posting what moves `points` of a person: above nothing, the named file gains; below,
 * they are taken from that file first, then from those that have most. MU_REFUSED when they have
 * fewer. */
enum mu_status mu_points_spread(struct mu_desk *desk, const struct mu_points_account *account,
                                struct mu_points points, struct mu_points_posting *posting,
                                struct mu_error *error) MU_CHECKED;

/* Adds goods or writes them, inside the caller's write transaction. */
enum mu_status mu_goods_put(struct mu_desk *desk, struct mu_goods *goods, const char **field,
                            struct mu_error *error) MU_CHECKED;
/* Notes what came, was counted or spoiled, inside the caller's write transaction; `reason` is
 * clean. goods->stock is what then stands there. */
enum mu_status mu_goods_stock(struct mu_desk *desk, struct mu_goods *goods, enum mu_goods_kind kind,
                              int64_t pieces, const char *reason,
                              struct mu_error *error) MU_CHECKED;

#endif
