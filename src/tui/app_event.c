/* What the application does with an event before, or instead of, the screen on top. */
#include "tui/app_state.h"

#include <mulin/base/text.h>

#include <string.h>

enum mu_typing mu_app_typing(const struct mu_app *app)
{
    const struct mu_layer *layer = mu_app_layer(app);

    return layer && layer->type->typing ? layer->type->typing(app, layer->state) : MU_TYPING_TEXT;
}

void mu_app_key_name(const struct mu_app *app, enum mu_action action, char *out)
{
    mu_key_name(mu_keymap_key(&app->keymap, action), app->language, out);
}

static bool pass_on(struct mu_app *app, const struct mu_event *event)
{
    struct mu_layer *layer = mu_app_layer(app);

    return layer && layer->type->event && layer->type->event(app, layer->state, event);
}

static void switch_language(struct mu_app *app)
{
    app->language = app->language == MU_CHINESE ? MU_ENGLISH : MU_CHINESE;
    for (size_t i = 0; i < app->count; i++)
        if (app->layer[i].type->language)
            app->layer[i].type->language(app, app->layer[i].state);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_tui_app_language, NULL);
}

static void switch_theme(struct mu_app *app)
{
    app->theme = (enum mu_theme)((app->theme + 1) % MU_THEME_COUNT);
    if (app->term)
        app->term->theme(app->term, app->theme);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_tui_app_theme, mu_theme_word(app->theme, app->language),
               NULL);
}

static void quit_answered(struct mu_app *app, void *context, bool yes)
{
    (void)context;
    if (yes)
        mu_app_quit(app);
}

static void ask_to_quit(struct mu_app *app)
{
    mu_app_confirm(app, mu_message_text(MU_SAY_tui_app_quit, app->language), quit_answered, NULL);
}

/* True when the action is the application's own, and done. */
static bool act_alone(struct mu_app *app, enum mu_action action)
{
    const struct mu_layer *layer = mu_app_layer(app);
    bool popup = layer && (layer->type->popup || layer->type->cover);

    switch ((int)action) {
    case MU_DO_help:
        if (strcmp(mu_app_top(app), "help") != 0)
            mu_app_show_help(app);
        return true;
    case MU_DO_repaint:
        if (app->term)
            app->term->repaint(app->term);
        app->redraw = true;
        return true;
    case MU_DO_menu:
    case MU_DO_messages:
    case MU_DO_language:
    case MU_DO_theme:
    case MU_DO_quit:
        break;
    case MU_DO_change:
        if (app->options.change)
            break;
        return false;
    case MU_DO_find:
        if (popup && app->options.find)
            break;
        return false;
    default:
        return false;
    }
    if (popup)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_app_popup_first, NULL);
    else if (action == MU_DO_menu)
        mu_app_show_menu(app);
    else if (action == MU_DO_messages)
        mu_app_show_messages(app);
    else if (action == MU_DO_change)
        app->options.change(app);
    else if (action == MU_DO_language)
        switch_language(app);
    else if (action == MU_DO_theme)
        switch_theme(app);
    else
        ask_to_quit(app);
    return true;
}

static bool needs_offer(enum mu_action action)
{
    switch ((int)action) {
    case MU_DO_save:
    case MU_DO_find:
    case MU_DO_choose:
    case MU_DO_refresh:
    case MU_DO_same:
    case MU_DO_new:
    case MU_DO_undo:
    case MU_DO_redo:
    case MU_DO_sort:
    case MU_DO_mark:
        return true;
    default:
        return false;
    }
}

static void say_useless(struct mu_app *app, const struct mu_event *event)
{
    char key[MU_KEY_NAME_SIZE], help[MU_KEY_NAME_SIZE];

    mu_key_name(event->key, app->language, key);
    mu_app_key_name(app, MU_DO_help, help);
    if (event->action == MU_DO_nothing)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_app_key_unknown, key, help, NULL);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_app_key_not_here, key,
                   mu_action_row(event->action)->label[app->language], help, NULL);
}

static void go_back(struct mu_app *app)
{
    if (app->count > 1)
        mu_app_pop(app);
    else
        ask_to_quit(app);
}

/* What the screen itself says. */
static struct mu_offer own_offer(struct mu_app *app, enum mu_action action)
{
    const struct mu_layer *layer = mu_app_layer(app);

    if (!layer || !layer->type->offer)
        return (struct mu_offer){MU_OFFER_NONE, 0, 0};
    return layer->type->offer(app, layer->state, action);
}

/* Finding is the application's on every screen that does not find in its own way. */
static bool finds_everywhere(struct mu_app *app)
{
    const struct mu_layer *layer = mu_app_layer(app);

    return app->options.find && layer && !layer->type->popup && !layer->type->cover &&
           own_offer(app, MU_DO_find).kind == MU_OFFER_NONE;
}

static void find(struct mu_app *app)
{
    struct mu_layer *layer = mu_app_layer(app);

    if (layer->type->find)
        layer->type->find(app, layer->state);
    else
        app->options.find(app);
}

struct mu_offer mu_app_offer(struct mu_app *app, enum mu_action action)
{
    if (!needs_offer(action) || (action == MU_DO_find && finds_everywhere(app)))
        return (struct mu_offer){MU_OFFER_YES, 0, 0};
    return own_offer(app, action);
}

void mu_app_act(struct mu_app *app, const struct mu_event *event)
{
    struct mu_offer offer;

    if (act_alone(app, event->action))
        return;
    if (event->action == MU_DO_find && finds_everywhere(app)) {
        find(app);
        return;
    }
    offer = mu_app_offer(app, event->action);
    if (offer.kind == MU_OFFER_NOT_NOW) {
        mu_app_say(app, MU_TONE_WARNING, offer.why, NULL);
        return;
    }
    if (offer.kind == MU_OFFER_NONE) {
        say_useless(app, event);
        return;
    }
    if (event->action == MU_DO_nothing || !pass_on(app, event)) {
        if (event->action == MU_DO_back)
            go_back(app);
        else
            say_useless(app, event);
    }
}

void mu_app_do(struct mu_app *app, enum mu_action action)
{
    mu_app_act(app, &(struct mu_event){.kind = MU_EVENT_KEY, .action = action});
}

bool mu_app_hand_scan(struct mu_app *app, const char *text)
{
    size_t at = app->count > 0 ? app->count - 1 : 0;

    while (at > 0 && app->layer[at - 1].type->popup)
        at--;
    return at > 0 && app->layer[at - 1].type->scan &&
           app->layer[at - 1].type->scan(app, app->layer[at - 1].state, text);
}

/* The one character of a text, folded to ASCII; 0 for anything else. */
static char single_character(const char *text)
{
    char folded[8];

    mu_text_fold(folded, sizeof folded, text);
    return folded[0] && !folded[1] && (unsigned char)folded[0] < 0x80 ? folded[0] : '\0';
}

static void handle_text(struct mu_app *app, struct mu_event *event)
{
    char help[MU_KEY_NAME_SIZE];

    event->character = '\0';
    if (event->kind == MU_EVENT_TEXT && mu_app_typing(app) == MU_TYPING_KEYS) {
        event->character = single_character(event->text);
        event->action = mu_keymap_action(&app->keymap, (enum mu_key)event->character);
        if (event->action != MU_DO_nothing) {
            event->kind = MU_EVENT_KEY;
            event->key = (enum mu_key)event->character;
            mu_message_line_next(&app->messages, false);
            mu_app_act(app, event);
            return;
        }
    }
    mu_message_line_next(&app->messages, true);
    if (pass_on(app, event))
        return;
    mu_app_key_name(app, MU_DO_help, help);
    if (event->kind == MU_EVENT_SCAN)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_app_scan_not_here, event->text, NULL);
    else if (event->kind == MU_EVENT_PASTE)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_app_paste_not_here, NULL);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_app_text_not_here, help, NULL);
}

void mu_app_event(struct mu_app *app, struct mu_event event)
{
    app->redraw = true;
    switch (event.kind) {
    case MU_EVENT_NONE:
    case MU_EVENT_RESIZE:
        break;
    case MU_EVENT_HANGUP:
        mu_app_draft(app);
        app->ended = true;
        break;
    case MU_EVENT_KEY:
        event.action = mu_keymap_action(&app->keymap, event.key);
        if (app->small)
            break;
        mu_message_line_next(&app->messages, false);
        mu_app_act(app, &event);
        break;
    case MU_EVENT_TEXT:
    case MU_EVENT_PASTE:
    case MU_EVENT_SCAN:
        if (!app->small)
            handle_text(app, &event);
        break;
    }
}
