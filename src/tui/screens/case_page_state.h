/* What the files of the case page share. */
#ifndef MULIN_TUI_SCREENS_CASE_PAGE_STATE_H
#define MULIN_TUI_SCREENS_CASE_PAGE_STATE_H

#include "tui/app.h"

#include <mulin/desk/case.h>

enum mu_case_part { MU_PART_PARTIES, MU_PART_PROMISES, MU_PART_STEPS };

/* A row of the page's list. */
struct mu_case_row {
    enum mu_case_part part;
    size_t index; /* in person, promise or step of the case */
};

enum { MU_OFFERS = 120, MU_OFFER_SIZE = 256 };

/* Things of which one is being chosen: their words have to outlive the choice. */
struct mu_case_offers {
    struct mu_pick pick[MU_OFFERS];
    char text[MU_OFFERS][MU_OFFER_SIZE];
    int64_t id[MU_OFFERS];
    size_t count;
};

struct mu_case_page {
    int64_t id;
    struct mu_case mediated;
    enum mu_case_access access;
    int64_t reader; /* the operator who opened it */
    bool failed;    /* it cannot be read any more: `error` says why */
    struct mu_error error;
    struct mu_date today; /* as it was last drawn */
    struct mu_case_due due[MU_CASE_DUES];
    size_t dues;
    struct mu_case_row *row; /* owned */
    size_t rows;
    struct mu_list list;
    unsigned seen;
    struct mu_case_offers offers;
    char path[1024]; /* of a scan that is being attached */
};

/* ---- case_page.c ---- */

void mu_case_page_read(struct mu_app *app, void *state);
const struct mu_case_row *mu_case_page_row(const struct mu_case_page *self);
/* Opens a form for such a step about a party, promise or step (0: none). */
void mu_case_page_write(struct mu_app *app, struct mu_case_page *self, int kind, int about);
/* Adds a row to what is being chosen from, without words yet; NULL when there is no room. */
char *mu_case_offer(struct mu_case_offers *offers, int64_t id);
/* Lets one of the rows be chosen; `code` is an index. Says `none` when there is nothing. */
void mu_case_choose(struct mu_app *app, struct mu_case_page *self, enum mu_message title,
                    enum mu_message none,
                    void (*picked)(struct mu_app *app, void *state, bool chosen, int code));

/* ---- case_page_next.c ---- */

/* F7: the next steps. */
void mu_case_page_next(struct mu_app *app, void *state);

/* ---- case_page_more.c ---- */

/* F2: puts the row at the cursor right. */
void mu_case_page_mend(struct mu_app *app, void *state);
/* F4: everything else. */
void mu_case_page_more(struct mu_app *app, void *state);
void mu_case_page_attach(struct mu_app *app, struct mu_case_page *self);

#endif
