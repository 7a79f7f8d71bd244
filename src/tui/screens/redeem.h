/* The screen that gives goods for points: the basket (redeem.c), and what else can be done for the
 * person (redeem_more.c). */
#ifndef MULIN_TUI_SCREENS_REDEEM_H
#define MULIN_TUI_SCREENS_REDEEM_H

#include "tui/screens/goods.h"
#include "tui/screens/records.h"

enum { MU_REDEEM_GIVEN = 20, MU_REDEEM_LABEL = 200 };

/* What stands on the shelf, and what of it the person takes. */
struct mu_redeem_offer {
    struct mu_goods goods;
    int64_t taken;  /* pieces this month */
    int64_t left;   /* that the person may still have this month; -1: any number */
    int64_t pieces; /* in the basket */
};

/* Goods are given to one person after the other. */
struct mu_redeem_screen {
    struct mu_records records;                   /* of struct mu_redeem_offer */
    struct mu_points_account account;            /* file_id 0: nobody yet */
    struct mu_basket basket;                     /* that outlives the rows */
    int64_t last_move;                           /* of what was given last; 0: nothing yet */
    struct mu_goods_move given[MU_REDEEM_GIVEN]; /* that may be brought back, newest first */
    char given_text[MU_REDEEM_GIVEN][MU_REDEEM_LABEL];
    size_t given_count;
    int64_t back;     /* the movement that comes back */
    int64_t receiver; /* of points that are handed on */
};

/* Lets one choose what else can be done. */
void mu_redeem_more(struct mu_app *app, void *state);

#endif
