/* Tickets as the screens of the canteen print them. */
#ifndef MULIN_TUI_SCREENS_MEAL_TICKET_H
#define MULIN_TUI_SCREENS_MEAL_TICKET_H

#include "tui/app.h"

/* True when today's book has a command that prints tickets. */
bool mu_tickets_on(struct mu_app *app);
/* Whether the ticket of a meal can be printed again; `meal`: there is one. */
struct mu_offer mu_ticket_offer(struct mu_app *app, bool meal);
/* Hands over the ticket of a meal that was just served, when tickets are on. */
void mu_ticket_of_served(struct mu_app *app, int64_t meal_id);
/* Prints it again, or says why not. */
void mu_ticket_again(struct mu_app *app, int64_t meal_id);
/* Says what became of tickets; on the tick of a screen that is always there. True when something
 * was said. */
bool mu_tickets_tick(struct mu_app *app);

#endif
