/* What a diner has paid in advance on the card, and what is owed on the monthly account. */
#ifndef MULIN_DESK_DINER_ACCOUNT_H
#define MULIN_DESK_DINER_ACCOUNT_H

#include <mulin/base/error.h>
#include <mulin/base/money.h>
#include <mulin/desk/desk.h>
#include <mulin/domain/resident.h>

struct mu_diner_account {
    int64_t resident_id; /* of the file that speaks for the person */
    int64_t file_id;     /* that was named; the same, or one that was linked to it */
    char name[MU_PERSON_NAME_SIZE];
    char card[MU_CARD_SIZE]; /* in the file that was named; "" without one */
    struct mu_money prepaid; /* on the card; never below nothing */
    struct mu_money owed;    /* for meals on the monthly account; below nothing: paid in advance */
};

/* The account of a person over all files that were linked: each keeps what was put on its card, the
 * one that is named pays first (domain/purse.h), and taking a link back leaves every fen where it
 * is. Of more than MU_PURSE_FILES cards those with the most on them count. MU_INPUT (no such file),
 * MU_REFUSED (no right), MU_STORE. */
enum mu_status mu_read_diner_account(struct mu_desk *desk, int64_t resident_id,
                                     struct mu_diner_account *out,
                                     struct mu_error *error) MU_CHECKED;

/* False stops. */
typedef bool mu_diner_account_row(void *context, const struct mu_diner_account *account);

/* Everybody whose monthly account does not stand at nothing over all files of the person, in the
 * order of the files that speak for them. */
enum mu_status mu_list_owing(struct mu_desk *desk, mu_diner_account_row *row, void *context,
                             struct mu_error *error) MU_CHECKED;

/* What can be done with money at the counter. Cash changes hands in each. */
enum mu_account_movement {
    MU_TOP_UP,  /* cash onto the card */
    MU_REFUND,  /* back from the card; needs a reason */
    MU_PAY_BILL /* cash for what is owed on the monthly account */
};

/* Posts one of them to the ledger; when MU_OK comes back it is on disk. Of linked files a top-up is
 * the named one's; a refund and what is paid of the bill are taken from it first.
 *   amount  more than nothing, at most 9999999.99
 *   reason  may be NULL but for a refund; at most MU_REASON_SIZE bytes with the NUL
 *   out     may be NULL; gets the account as it then stands
 * MU_INPUT (the amount, the reason, no such file), MU_REFUSED (no right; more than is on the card;
 * a top-up for somebody who died or moved away), MU_STORE. */
enum mu_status mu_move_diner_money(struct mu_desk *desk, int64_t resident_id,
                                   enum mu_account_movement movement, struct mu_money amount,
                                   const char *reason, struct mu_diner_account *out,
                                   struct mu_error *error) MU_CHECKED;

/* Gives a card to the file. Who has one already gets this one in its place: what stood on it stays
 * the person's, and whoever shows the old one is told that it is no longer good; that needs a
 * reason (lost).
 * MU_INPUT (no card, one that is somebody's, no reason), MU_REFUSED (no right; a card that was
 * replaced; the file has ended), MU_STORE. */
enum mu_status mu_bind_card(struct mu_desk *desk, const char *card, int64_t resident_id,
                            const char *reason, struct mu_diner_account *out,
                            struct mu_error *error) MU_CHECKED;

#endif
