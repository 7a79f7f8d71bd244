/* What belongs to a form on a screen: its popups and its words. */
#include "tui/app_state.h"

#include <mulin/base/text.h>

#include <stdlib.h>

enum { FORM_COLUMNS = 100 }; /* a form is not drawn wider */

static void leave_answered(struct mu_app *app, void *context, bool yes)
{
    struct mu_event back = {.kind = MU_EVENT_KEY, .action = MU_DO_back};

    if (!yes)
        return;
    mu_form_clean(context);
    mu_app_act(app, &back);
}

static void choice_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    (void)app;
    if (chosen)
        mu_form_choose(context, code);
}

static void choose(struct mu_app *app, struct mu_form *form)
{
    const struct mu_field *field = mu_form_field(form);
    const struct mu_choices *choices = field->choices;
    const struct mu_choice *now = mu_choice_by_text(choices, mu_form_text(form, field->key));
    struct mu_pick *picks = calloc(choices->count + 1, sizeof *picks);

    if (!picks) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    for (size_t i = 0; i < choices->count; i++) {
        const struct mu_choice *choice = &choices->choice[i];

        picks[i] = (struct mu_pick){choice->code,
                                    app->language == MU_ENGLISH ? choice->english : choice->chinese,
                                    NULL, choice->words};
    }
    mu_app_pick(app, mu_message_text(field->label, app->language), picks, choices->count,
                now ? now->code : 0, choice_picked, form);
    free(picks);
}

static void say_about(struct mu_app *app, const struct mu_form *form, enum mu_message message)
{
    mu_app_say(app, MU_TONE_WARNING, message,
               mu_message_text(mu_form_field(form)->label, app->language), NULL);
}

enum mu_form_result mu_app_form(struct mu_app *app, struct mu_form *form,
                                const struct mu_event *event)
{
    enum mu_form_result result = mu_form_event(form, event);
    char text[MU_MESSAGE_SIZE];

    switch (result) {
    case MU_FORM_BAD:
        mu_error_why(mu_form_error(form), app->language, text, sizeof text);
        mu_app_say(app, MU_TONE_BAD, MU_SAY_tui_form_wrong,
                   mu_message_text(mu_form_bad_field(form)->label, app->language), text, NULL);
        break;
    case MU_FORM_CHOOSE:
        choose(app, form);
        break;
    case MU_FORM_NO_CHOICES:
        say_about(app, form, MU_SAY_tui_form_no_choices);
        break;
    case MU_FORM_NO_LAST:
        say_about(app, form, MU_SAY_tui_form_no_last);
        break;
    case MU_FORM_FULL:
        say_about(app, form, MU_SAY_tui_form_full);
        break;
    case MU_FORM_ASK:
        mu_app_confirm(app, mu_message_text(MU_SAY_tui_form_leave, app->language), leave_answered,
                       form);
        break;
    case MU_FORM_IGNORED:
    case MU_FORM_USED:
    case MU_FORM_SAVE:
    case MU_FORM_LEAVE:
        return result;
    }
    return MU_FORM_USED;
}

struct mu_offer mu_form_offer(enum mu_action action)
{
    struct mu_offer offer = {MU_OFFER_NONE, 0, 0};

    if (action == MU_DO_save || action == MU_DO_choose || action == MU_DO_same ||
        action == MU_DO_accept)
        offer.kind = MU_OFFER_YES; /* on a field without choices the form says so by name */
    return offer;
}

void mu_app_draw_form(const struct mu_app *app, struct mu_form *form, struct mu_grid *grid,
                      const struct mu_layout *layout, enum mu_message line, const char *subject)
{
    struct mu_area area = layout->work;

    mu_grid_say(grid, layout->status_row, 1, layout->columns - 1, MU_MARK, MU_STYLE_TITLE,
                app->language, line, subject, NULL);
    area.columns = area.columns > FORM_COLUMNS ? FORM_COLUMNS : area.columns;
    area.row++, area.rows--;
    mu_form_draw(form, grid, area, layout->hint_row, true);
}
