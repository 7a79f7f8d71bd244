/* Why a meal cost what it did, of the last ones of a day. */
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>

#include <stdio.h>
#include <stdlib.h>

enum { MEALS = 100, LINE_SIZE = MU_PERSON_NAME_SIZE + 16 };

/* The meals that are offered. */
struct mu_offered_meals {
    struct mu_meal meal[MEALS];
    struct mu_pick pick[MEALS];
    char line[MEALS][LINE_SIZE], paid[MEALS][MU_MONEY_SIZE];
    size_t count;
};

static void tell(struct mu_app *app, const struct mu_meal *meal)
{
    struct mu_error error;
    char title[LINE_SIZE], number[MU_COUNT_SIZE], *text;

    if (mu_explain_past_meal(mu_screens_desk(app), meal->id, mu_app_language(app), &text, &error) !=
        MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    mu_count_text(meal->id, number);
    mu_message_format(title, sizeof title, mu_app_language(app), MU_SAY_meal_price_title, number,
                      NULL);
    mu_app_read(app, title, text);
    free(text);
}

static void meal_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    const struct mu_offered_meals *offered = context;

    if (chosen && code >= 0 && (size_t)code < offered->count)
        tell(app, &offered->meal[code]);
}

static enum mu_status read_meals(struct mu_app *app, struct mu_date day,
                                 struct mu_offered_meals *offered, struct mu_error *error)
{
    enum mu_status status =
        mu_last_meals(mu_screens_desk(app), day, MEALS, offered->meal, &offered->count, error);
    char clock[MU_CLOCK_SIZE];

    for (size_t i = 0; status == MU_OK && i < offered->count; i++) {
        mu_clock_format(offered->meal[i].served_at.minute, clock);
        snprintf(offered->line[i], LINE_SIZE, "%s %s", clock, offered->meal[i].name);
        mu_money_format(offered->meal[i].pay, offered->paid[i]);
        offered->pick[i] =
            (struct mu_pick){.code = (int)i, .text = offered->line[i], .aside = offered->paid[i]};
    }
    if (status == MU_OK && !offered->count)
        return mu_fail(error, MU_INPUT, MU_SAY_meal_price_none, NULL);
    return status;
}

void mu_ask_meal_price(struct mu_app *app, struct mu_date day, struct mu_offered_meals **kept)
{
    struct mu_error error;

    if (!*kept)
        *kept = calloc(1, sizeof **kept);
    if (!*kept)
        mu_fail_memory(&error);
    else if (read_meals(app, day, *kept, &error) == MU_OK) {
        mu_app_pick(app, mu_message_text(MU_SAY_meal_price_ask, mu_app_language(app)),
                    (*kept)->pick, (*kept)->count, 0, meal_picked, *kept);
        return;
    }
    mu_app_say_error(app, &error);
}
