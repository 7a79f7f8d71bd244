/* Choosing a session of the book in force, on the screens of the canteen. */
#ifndef MULIN_TUI_SCREENS_SESSION_CHOICE_H
#define MULIN_TUI_SCREENS_SESSION_CHOICE_H

#include "tui/app.h"

#include <mulin/rules.h>

/* Asks with mu_app_pick; the cursor starts on the session `id`.
 *   any  the words of the first row, which stands for no session in particular */
void mu_ask_session(struct mu_app *app, enum mu_message any, const char *id,
                    void (*picked)(struct mu_app *app, void *context, bool chosen, int code),
                    void *context);
/* The session of a picked code: its id (MU_RULE_ID_SIZE bytes), "" for the first row. */
void mu_picked_session(struct mu_app *app, int code, char *id);

#endif
