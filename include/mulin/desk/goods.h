/* What volunteers' points buy: goods, their stock, and what is given, given back, handed on and run
 * out. */
#ifndef MULIN_DESK_GOODS_H
#define MULIN_DESK_GOODS_H

#include <mulin/desk/desk.h>
#include <mulin/desk/house.h>
#include <mulin/domain/goods.h>
#include <mulin/domain/points.h>

/* ---- goods ---- */

enum mu_status mu_read_goods(struct mu_desk *desk, int64_t goods_id, struct mu_goods *out,
                             struct mu_error *error) MU_CHECKED;

/* The goods that are meant by their number, their name or a part of it that no others have; a whole
 * name comes before a part. MU_INPUT (none, several), MU_REFUSED (right), MU_STORE. */
enum mu_status mu_find_goods(struct mu_desk *desk, const char *text, struct mu_goods *out,
                             struct mu_error *error) MU_CHECKED;

/* Called for each; false stops. Borrowed; must not call the desk. */
typedef bool mu_goods_row(void *context, const struct mu_goods *goods);
/* All goods in the order of their names; those that are no longer given only with `all`.
 * MU_REFUSED (right), MU_STORE. */
enum mu_status mu_list_goods(struct mu_desk *desk, bool all, mu_goods_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

/* Adds goods (id 0: then id and version are set) or writes name, unit, price, limit and whether
 * they are given. The stock stays as it is; a price counts from the next piece on.
 *   field  may be NULL; gets the key of the field to mend, static, or NULL
 * MU_INPUT (a field, a name that others have), MU_REFUSED (right; another desk changed them),
 * MU_STORE. */
enum mu_status mu_save_goods(struct mu_desk *desk, struct mu_goods_form *form, const char **field,
                             struct mu_error *error) MU_CHECKED;

/* Notes what came, was found when the shelf was counted, or spoiled.
 *   pieces  that came or spoiled, more than none; of a count those that stand on the shelf
 *   reason  may be NULL but for what spoiled and for a count that finds another number
 *   out     may be NULL; gets the goods as they then stand
 * MU_INPUT (pieces, reason, no such goods), MU_REFUSED (right; more spoiled than there is),
 * MU_STORE. */
enum mu_status mu_stock_goods(struct mu_desk *desk, int64_t goods_id, enum mu_goods_kind kind,
                              int64_t pieces, const char *reason, struct mu_goods *out,
                              struct mu_error *error) MU_CHECKED;

/* What to read of the movements: every member that is not 0 narrows it down. */
struct mu_goods_filter {
    int64_t goods_id, resident_id;
    struct mu_date from, to; /* both included */
    size_t limit;            /* 0: all */
};

typedef bool mu_goods_move_row(void *context, const struct mu_goods_move *move);
/* Newest first; over all linked files of the person. `row` must not call the desk. MU_REFUSED
 * (right), MU_STORE. */
enum mu_status mu_goods_history(struct mu_desk *desk, const struct mu_goods_filter *filter,
                                mu_goods_move_row *row, void *context,
                                struct mu_error *error) MU_CHECKED;

/* ---- a person's points ---- */

struct mu_points_account {
    int64_t resident_id; /* of the file that speaks for the person */
    int64_t file_id;     /* that was named; the same, or one that was linked to it */
    char name[MU_PERSON_NAME_SIZE];
    enum mu_resident_status status;
    struct mu_points balance; /* over all linked files */
    struct mu_points soon;    /* that run out next, within the time of the book's notice */
    struct mu_date soon_on;   /* the day on which they no longer count; unknown: none do */
};

/* Reads it in the time of one row for each linked file and the lines of the person. MU_INPUT (no
 * such file), MU_REFUSED (right), MU_STORE. */
enum mu_status mu_read_points(struct mu_desk *desk, int64_t resident_id,
                              struct mu_points_account *out, struct mu_error *error) MU_CHECKED;

/* ---- redeeming ---- */

struct mu_basket_line {
    int64_t goods_id;
    int64_t pieces;
};

struct mu_basket {
    int64_t resident_id;
    struct mu_basket_line line[MU_BASKET];
    size_t count;
    const char *reason; /* may be NULL */
    const char *key; /* of at most MU_KEY_SIZE - 4 bytes with the NUL, so that what is asked again
                      * happens once; NULL: a new one */
};

/* What was given, or given back. */
struct mu_redeemed {
    struct mu_points_account before, after;
    struct mu_points sum; /* points that it cost, or that came back */
    int64_t move_id;      /* the first movement: of the receipt */
    bool already;         /* it had been done under this key: nothing happened now */
};

/* Gives goods for points: for each line a ledger entry with the hash over its movement as document,
 * points and stock in one commit, or nothing at all. Points are taken from the named file first,
 * then from those linked with it. Goods of one kind may stand in one line only.
 * MU_INPUT (an empty basket, no such goods, pieces), MU_REFUSED (right; the person died; too few
 * points; too few pieces; more than a person may have this month; no longer given; the month is
 * closed), MU_STORE. */
enum mu_status mu_redeem(struct mu_desk *desk, const struct mu_basket *basket,
                         struct mu_redeemed *out, struct mu_error *error) MU_CHECKED;

/* Takes one movement of goods back, with all its pieces: points return to the files from which they
 * came, the pieces to the stock. Counts in this month.
 *   reason  is needed
 *   out     may be NULL
 * MU_INPUT (no such movement, no reason), MU_REFUSED (right; it was given back already, or nothing
 * was given), MU_STORE. */
enum mu_status mu_give_back(struct mu_desk *desk, int64_t move_id, const char *reason,
                            struct mu_redeemed *out, struct mu_error *error) MU_CHECKED;

/* What was given with this movement at one time, by one person. MU_INPUT (no such movement, or it
 * gave nothing), MU_REFUSED (right), MU_STORE. */
enum mu_status mu_read_receipt(struct mu_desk *desk, int64_t move_id, struct mu_receipt *out,
                               struct mu_error *error) MU_CHECKED;

/* ---- handing on, running out ---- */

/* Hands points to somebody of the same household, if the book allows it.
 *   out  may be NULL; gets both accounts as they then stand: out[0] who gave
 * What somebody who died had can be handed on; nobody who has moved away or died gets any. MU_INPUT
 * (no points, one person, no such file), MU_REFUSED (right; the book; another household; too few
 * points; the month is closed), MU_STORE. */
enum mu_status mu_transfer_points(struct mu_desk *desk, int64_t from, int64_t to,
                                  struct mu_points points, const char *reason,
                                  struct mu_points_account out[2],
                                  struct mu_error *error) MU_CHECKED;

struct mu_expiry {
    int64_t resident_id;
    char name[MU_PERSON_NAME_SIZE];
    struct mu_points points;  /* that run out */
    struct mu_points balance; /* as it stands now */
};

struct mu_expiry_report {
    struct mu_date day; /* on which they no longer count */
    int through;        /* the last month whose points do not: 202411 */
    size_t people;
    struct mu_points sum;
};

typedef bool mu_expiry_row(void *context, const struct mu_expiry *expiry);

/* Whose points no longer count on `day` (unknown: at the end of the book's notice), before
 * anything is booked: for the notice on the wall. `row` may be NULL. MU_REFUSED (right; by the book
 * points do not run out), MU_STORE, MU_MEMORY. */
enum mu_status mu_points_expiring(struct mu_desk *desk, struct mu_date day, mu_expiry_row *row,
                                  void *context, struct mu_expiry_report *report,
                                  struct mu_error *error) MU_CHECKED;

/* Books all points that no longer count today, in one commit; asked again nothing is left to be
 * booked. `progress` may be NULL; false stops, and nothing is booked. As above. */
enum mu_status mu_expire_points(struct mu_desk *desk, mu_progress *progress, void *context,
                                struct mu_expiry_report *report, struct mu_error *error) MU_CHECKED;

/* ---- a table of goods ---- */

enum { MU_GOODS_ROWS = 500 }; /* of a table at most */

struct mu_goods_import {
    size_t added, changed, same; /* goods */
    size_t stocked;              /* of which pieces came or were counted */
};

/* Called for each row that cannot be taken; `line` of the file. */
typedef void mu_goods_fault(void *context, unsigned long line, const struct mu_error *why);

/* Reads a CSV file with the columns 名称 name, 单位 unit, 积分 price, 每月 per month, 库存 stock
 * (name and price are needed). New goods are added and their stock received; of goods that are
 * there what the row says is changed (an empty cell says nothing), and the stock is a count of the
 * shelf, for the reason of which the file's name stands: so the same file twice does nothing. One
 * bad row (a negative stock, a price of nothing, a name twice) and nothing is kept, all of them
 * told.
 *   trial  only tells what would be done
 *   fault  may be NULL; must not call the desk
 * MU_INPUT (the file, a row), MU_REFUSED (right), MU_STORE, MU_MEMORY. */
enum mu_status mu_import_goods(struct mu_desk *desk, const char *path, bool trial,
                               mu_goods_fault *fault, void *context, struct mu_goods_import *out,
                               struct mu_error *error) MU_CHECKED;

#endif
