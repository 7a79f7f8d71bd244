#include "tui/screens/meal_ticket.h"

#include "tui/screens/screens.h"

#include <mulin/desk/ticket.h>

#include <stdio.h>

bool mu_tickets_on(struct mu_app *app)
{
    const struct mu_ticket_rules *rules;

    return mu_ticket_rules(mu_screens_desk(app), &rules, NULL) == MU_OK &&
           rules->argument_count > 0;
}

struct mu_offer mu_ticket_offer(struct mu_app *app, bool meal)
{
    if (!mu_tickets_on(app))
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    return (struct mu_offer){.kind = meal ? MU_OFFER_YES : MU_OFFER_NOT_NOW,
                             .why = MU_SAY_ticket_no_meal,
                             .label = MU_SAY_ticket_again_label};
}

static void say_not_printed(struct mu_app *app, int number, const struct mu_error *why)
{
    char text[24], words[MU_MESSAGE_SIZE];

    mu_error_why(why, mu_app_language(app), words, sizeof words);
    snprintf(text, sizeof text, "%d", number);
    mu_app_say(app, MU_TONE_BAD, MU_SAY_ticket_not_printed, text, words, NULL);
}

void mu_ticket_of_served(struct mu_app *app, int64_t meal_id)
{
    struct mu_error error;

    if (mu_tickets_on(app) && mu_print_ticket(mu_screens_desk(app), meal_id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

void mu_ticket_again(struct mu_app *app, int64_t meal_id)
{
    struct mu_desk *desk = mu_screens_desk(app);
    struct mu_ticket ticket;
    struct mu_error error;
    char number[24];

    if (mu_read_ticket(desk, meal_id, &ticket, &error) != MU_OK ||
        mu_print_ticket(desk, meal_id, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    snprintf(number, sizeof number, "%d", ticket.number);
    mu_app_say(app, MU_TONE_PLAIN, MU_SAY_ticket_printing, number, ticket.session, NULL);
}

bool mu_tickets_tick(struct mu_app *app)
{
    struct mu_ticket_result result;
    bool said = false;

    while (mu_ticket_result(mu_screens_desk(app), &result))
        if (!result.printed) {
            say_not_printed(app, result.number, &result.why);
            said = true;
        }
    return said;
}
