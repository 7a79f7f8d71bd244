/* A question that one line of text answers. */
#include "tui/app_state.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

struct prompt {
    char question[MU_MESSAGE_SIZE];
    struct mu_line_edit line;
    bool required;
    void (*answered)(struct mu_app *app, void *context, const char *text);
    void *context;
};

/* The popup is closed before the answer is given, so that the answer may open another. */
static void answer(struct mu_app *app, const struct prompt *prompt, bool given)
{
    struct prompt kept = *prompt;
    char text[MU_LINE_SIZE];

    mu_text_clean(text, sizeof text, kept.line.text, false);
    if (given && kept.required && text[0] == '\0') {
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_prompt_empty, NULL);
        return;
    }
    mu_app_pop(app);
    kept.answered(app, kept.context, given ? text : NULL);
}

static bool prompt_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct prompt *prompt = state;
    enum mu_line_result result;

    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_accept) {
        if (!event->scan)
            answer(app, prompt, true);
        else if (!prompt->line.masked && mu_app_hand_scan(app, event->scan))
            mu_line_edit_take_back(&prompt->line, event->scan);
        else
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_prompt_scan, NULL);
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back) {
        answer(app, prompt, false);
        return true;
    }
    result = mu_line_edit_event(&prompt->line, event);
    if (result == MU_LINE_FULL)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_prompt_full, NULL);
    return result != MU_LINE_IGNORED;
}

static void prompt_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct prompt *prompt = state;
    enum mu_language language = mu_app_language(app);
    int columns = layout->columns < 70 ? layout->columns - 6 : 64;
    struct mu_area inside = mu_grid_box(grid, mu_popup_area(layout, 6, columns),
                                        mu_message_text(MU_SAY_tui_prompt_title, language));
    struct mu_area text = {inside.row + 1, inside.column + 1, 2, inside.columns - 2};

    mu_grid_paragraph(grid, text, prompt->question, MU_STYLE_NORMAL);
    mu_line_edit_draw(&prompt->line, grid, inside.row + 4, inside.column + 1, inside.columns - 2,
                      true, language);
}

static void prompt_close(struct mu_app *app, void *state)
{
    struct prompt *prompt = state;

    (void)app;
    explicit_bzero(prompt->line.text, sizeof prompt->line.text); /* it may hold a password */
    free(prompt);
}

static const struct mu_screen_type prompt_type = {
    .name = "prompt",
    .title = MU_SAY_tui_prompt_title,
    .popup = true,
    .event = prompt_event,
    .draw = prompt_draw,
    .offer = mu_popup_offer,
    .close = prompt_close,
};

static void ask(struct mu_app *app, const char *question, size_t size, bool required, bool masked,
                void (*answered)(struct mu_app *app, void *context, const char *text),
                void *context)
{
    struct prompt *prompt = calloc(1, sizeof *prompt);

    if (!prompt) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    mu_text_copy(prompt->question, sizeof prompt->question, question);
    mu_line_edit_init(&prompt->line, size);
    prompt->line.masked = masked;
    prompt->required = required;
    prompt->answered = answered;
    prompt->context = context;
    mu_app_popup(app, &prompt_type, prompt);
}

void mu_app_prompt(struct mu_app *app, const char *question, size_t size, bool required,
                   void (*answered)(struct mu_app *app, void *context, const char *text),
                   void *context)
{
    ask(app, question, size, required, false, answered, context);
}

void mu_app_password(struct mu_app *app, const char *question,
                     void (*answered)(struct mu_app *app, void *context, const char *text),
                     void *context)
{
    ask(app, question, MU_LINE_SIZE, true, true, answered, context);
}
