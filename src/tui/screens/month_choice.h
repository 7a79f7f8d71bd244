/* Asking for a month, on the screens that show one. */
#ifndef MULIN_TUI_SCREENS_MONTH_CHOICE_H
#define MULIN_TUI_SCREENS_MONTH_CHOICE_H

#include "tui/app.h"

/* Asks with mu_app_prompt; `given` hands what it gets to mu_month_given. */
void mu_ask_month(struct mu_app *app, enum mu_message question,
                  void (*given)(struct mu_app *app, void *context, const char *text),
                  void *context);
/* False when the question was left, or when it is no month, which is said. *first, the first day,
 * stays when nothing was typed. */
bool mu_month_given(struct mu_app *app, const char *text, struct mu_date *first);

#endif
