/* Counting the cash of a session and closing it. */
#ifndef MULIN_TUI_SCREENS_CLOSING_FORM_H
#define MULIN_TUI_SCREENS_CLOSING_FORM_H

#include "tui/app.h"

/* A form over the cash of the session ("": what is left of the day); it closes itself when the
 * session was closed. MU_MEMORY, MU_REFUSED, MU_STORE. */
enum mu_status mu_open_closing_form(struct mu_app *app, struct mu_date date, const char *session,
                                    struct mu_error *error) MU_CHECKED;

/* Asks a colleague to sign: name and password. `signed_by` is called with both, borrowed and wiped
 * afterwards; not after Esc. */
void mu_ask_colleague(struct mu_app *app,
                      void (*signed_by)(struct mu_app *app, void *state, const char *name,
                                        const char *password),
                      void *state);

#endif
