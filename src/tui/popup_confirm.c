/* A question with yes and no. */
#include "tui/app_state.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

struct confirm {
    char question[MU_MESSAGE_SIZE];
    bool yes; /* the answer that the cursor is on */
    void (*answered)(struct mu_app *app, void *context, bool yes);
    void *context;
};

static void answer(struct mu_app *app, const struct confirm *confirm, bool yes)
{
    struct confirm kept = *confirm;

    if (yes && !mu_app_layer(app)->seen) {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_confirm_unseen, NULL);
        return;
    }
    mu_app_pop(app); /* frees the state */
    kept.answered(app, kept.context, yes);
}

static void take_text(struct mu_app *app, const struct confirm *confirm,
                      const struct mu_event *event)
{
    if (event->kind == MU_EVENT_TEXT && (event->character == 'y' || strcmp(event->text, "是") == 0))
        answer(app, confirm, true);
    else if (event->kind == MU_EVENT_TEXT &&
             (event->character == 'n' || strcmp(event->text, "否") == 0))
        answer(app, confirm, false);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_confirm_answer, NULL);
}

static bool confirm_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct confirm *confirm = state;

    if (event->kind != MU_EVENT_KEY) {
        take_text(app, confirm, event);
        return true;
    }
    switch ((int)event->action) {
    case MU_DO_left:
    case MU_DO_right:
    case MU_DO_up:
    case MU_DO_down:
    case MU_DO_next:
    case MU_DO_previous:
        confirm->yes = !confirm->yes;
        return true;
    case MU_DO_accept:
        if (event->scan)
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_confirm_answer, NULL);
        else
            answer(app, confirm, confirm->yes);
        return true;
    case MU_DO_back:
        answer(app, confirm, false);
        return true;
    default:
        return false;
    }
}

static enum mu_typing confirm_typing(const struct mu_app *app, const void *state)
{
    (void)app;
    (void)state;
    return MU_TYPING_KEYS;
}

static int draw_choice(struct mu_grid *grid, int row, int column, const char *word, bool selected)
{
    enum mu_style style = selected ? MU_STYLE_SELECTED : MU_STYLE_NORMAL;
    int cells = mu_text_cells(word);

    mu_grid_put(grid, row, column, 2, selected ? ">" : "", MU_LEFT, style);
    mu_grid_put(grid, row, column + 2, cells + 1, word, MU_LEFT, style);
    if (selected)
        mu_grid_cursor(grid, row, column);
    return cells + 3;
}

/* Lines that a question is given: three, or more for one that would not fit. */
static int question_lines(const char *question, int columns)
{
    enum { USUAL = 3, MOST = 10 };
    int needed = mu_text_cells(question) / columns + 2; /* lines end before they are full */

    if (needed <= USUAL + 1)
        return USUAL;
    return needed < MOST ? needed : MOST;
}

static void confirm_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                         const struct mu_layout *layout)
{
    const struct confirm *confirm = state;
    enum mu_language language = mu_app_language(app);
    int columns = layout->columns < 64 ? layout->columns - 6 : 58;
    int lines = question_lines(confirm->question, columns - 2);
    struct mu_area inside = mu_grid_box(grid, mu_popup_area(layout, lines + 3, columns),
                                        mu_message_text(MU_SAY_tui_confirm_title, language));
    struct mu_area text = {inside.row + 1, inside.column + 1, inside.rows - 3, inside.columns - 2};
    int row = inside.row + inside.rows - 2, column = inside.column + 4;

    mu_grid_paragraph(grid, text, confirm->question, MU_STYLE_NORMAL);
    column += draw_choice(grid, row, column, mu_message_text(MU_SAY_tui_confirm_no, language),
                          !confirm->yes);
    draw_choice(grid, row, column + 4, mu_message_text(MU_SAY_tui_confirm_yes, language),
                confirm->yes);
}

static void confirm_close(struct mu_app *app, void *state)
{
    (void)app;
    free(state);
}

static const struct mu_screen_type confirm_type = {
    .name = "confirm",
    .title = MU_SAY_tui_confirm_title,
    .popup = true,
    .event = confirm_event,
    .draw = confirm_draw,
    .offer = mu_popup_offer,
    .typing = confirm_typing,
    .close = confirm_close,
};

void mu_app_confirm(struct mu_app *app, const char *question,
                    void (*answered)(struct mu_app *app, void *context, bool yes), void *context)
{
    struct confirm *confirm = calloc(1, sizeof *confirm);

    if (!confirm) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    mu_text_copy(confirm->question, sizeof confirm->question, question);
    confirm->answered = answered;
    confirm->context = context;
    mu_app_popup(app, &confirm_type, confirm);
}

struct mu_offer mu_popup_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    struct mu_offer offer = {MU_OFFER_NONE, 0, 0};

    (void)app;
    (void)state;
    if (action == MU_DO_accept)
        offer.kind = MU_OFFER_YES;
    return offer;
}
