/* What is typed on a screen and not saved yet: kept for the operator who typed it, until it is
 * saved or given up. */
#ifndef MULIN_TUI_SCREENS_SCREEN_DRAFT_H
#define MULIN_TUI_SCREENS_SCREEN_DRAFT_H

#include "tui/app.h"
#include "tui/form.h"

enum { MU_SCREEN_DRAFT_SIZE = 201 }; /* bytes of its name, with the NUL */

struct mu_screen_draft {
    char name[MU_SCREEN_DRAFT_SIZE]; /* what it is kept under */
    int64_t owner;                   /* the operator who began to type: it is his */
    int put_off;                     /* how often in a row it had to wait for another desk */
};

/* Names the draft, as printf does ("household_form 12"); who is at the desk owns it. */
void mu_screen_draft_begin(struct mu_screen_draft *draft, const struct mu_app *app,
                           const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Whether somebody else is at the desk now. */
bool mu_screen_draft_is_others(const struct mu_screen_draft *draft, const struct mu_app *app);

/* Keeps `body`; NULL: there is nothing to lose any more. False when it could not be kept and is due
 * again: why has been said, unless it only waits until another desk has saved and nobody is to wait
 * for that (mu_app_hurried). */
bool mu_screen_draft_keep(struct mu_screen_draft *draft, struct mu_app *app, const char *body);
void mu_screen_draft_drop(struct mu_screen_draft *draft, struct mu_app *app);

/* The same for a form over a record: keeps, when it is due, what differs from `base`, the record as
 * it was read. And takes up what was kept of it. */
void mu_screen_draft_keep_form(struct mu_screen_draft *draft, struct mu_app *app,
                               struct mu_form *form, const void *base);
void mu_screen_draft_take_up(const struct mu_screen_draft *draft, struct mu_app *app,
                             struct mu_form *form);

#endif
