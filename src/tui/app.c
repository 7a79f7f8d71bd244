#include "tui/app_state.h"

#include <mulin/base/text.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mu_app *mu_app_new(const struct mu_app_options *options, struct mu_error *error)
{
    struct mu_app *app = calloc(1, sizeof *app);

    if (!app) {
        mu_fail_memory(error);
        return NULL;
    }
    app->options = *options;
    app->language = options->language;
    app->theme = options->theme;
    if (options->keymap)
        app->keymap = *options->keymap;
    else
        mu_keymap_default(&app->keymap);
    mu_message_line_init(&app->messages);
    app->redraw = true;
    return app;
}

static void close_top(struct mu_app *app)
{
    struct mu_layer layer = app->layer[--app->count];

    if (layer.type->close)
        layer.type->close(app, layer.state);
    app->redraw = true;
}

void mu_app_free(struct mu_app **app)
{
    if (!*app)
        return;
    while ((*app)->count > 0)
        close_top(*app);
    mu_queue_clear(&(*app)->queue);
    free(*app);
    *app = NULL;
}

void *mu_app_context(const struct mu_app *app)
{
    return app->options.context;
}

enum mu_language mu_app_language(const struct mu_app *app)
{
    return app->language;
}

enum mu_theme mu_app_theme(const struct mu_app *app)
{
    return app->theme;
}

struct mu_moment mu_app_now(const struct mu_app *app)
{
    return app->options.now(app->options.context);
}

void mu_app_set_operator(struct mu_app *app, const char *name)
{
    mu_text_copy(app->options.operator_name, sizeof app->options.operator_name, name);
    app->redraw = true;
}

struct mu_layer *mu_app_layer(const struct mu_app *app)
{
    return app->count > 0 ? (struct mu_layer *)&app->layer[app->count - 1] : NULL;
}

const char *mu_app_top(const struct mu_app *app)
{
    const struct mu_layer *layer = mu_app_layer(app);

    return layer ? layer->type->name : "";
}

bool mu_app_ended(const struct mu_app *app)
{
    return app->ended;
}

void mu_app_quit(struct mu_app *app)
{
    app->ended = true;
}

size_t mu_app_covered(const struct mu_app *app)
{
    size_t i = app->count;

    while (i > 0 && !app->layer[i - 1].type->cover)
        i--;
    return i > 0 ? i - 1 : 0;
}

static size_t open_layers(const struct mu_app *app, bool popup)
{
    size_t count = 0;

    for (size_t i = 0; i < app->count; i++)
        count += app->layer[i].type->popup == popup && !app->layer[i].type->cover;
    return count;
}

enum mu_status mu_app_push(struct mu_app *app, const struct mu_screen_type *type, void *state,
                           struct mu_error *error)
{
    size_t limit = type->popup ? MU_POPUPS : MU_SCREENS;
    char count[16];

    if (type->cover ? mu_app_covered(app) > 0 : open_layers(app, type->popup) >= limit) {
        if (type->close)
            type->close(app, state);
        snprintf(count, sizeof count, "%zu", limit);
        return mu_fail(error, MU_REFUSED, MU_SAY_tui_app_deep, count, NULL);
    }
    if (type->cover)
        app->messages.showing = false; /* it may name somebody */
    app->layer[app->count++] = (struct mu_layer){.type = type, .state = state};
    app->redraw = true;
    return MU_OK;
}

void mu_app_popup(struct mu_app *app, const struct mu_screen_type *type, void *state)
{
    struct mu_error error;

    if (mu_app_push(app, type, state, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

void mu_app_pop(struct mu_app *app)
{
    bool popup = app->count > 0 && app->layer[app->count - 1].type->popup;
    struct mu_layer *layer;

    while (!popup && app->count > 0 && app->layer[app->count - 1].type->popup)
        close_top(app);
    if (app->count > 0)
        close_top(app);
    layer = mu_app_layer(app);
    if (!layer)
        app->ended = true;
    else if (!popup && layer->type->resume)
        layer->type->resume(app, layer->state);
}

bool mu_app_return(struct mu_app *app, const struct mu_screen_type *type)
{
    size_t at = app->count;

    while (at > 0 && app->layer[at - 1].type != type && !app->layer[at - 1].type->draft)
        at--;
    if (at == 0 || app->layer[at - 1].type != type)
        return false;
    while (app->count > at)
        mu_app_pop(app);
    return true;
}

void mu_app_go(struct mu_app *app, const struct mu_place *place)
{
    struct mu_error error;

    if ((app->options.may_open &&
         app->options.may_open(app->options.context, place, &error) != MU_OK) ||
        place->open(app, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

bool mu_app_open(struct mu_app *app, int number)
{
    for (size_t i = 0; i < app->options.place_count; i++) {
        if (app->options.places[i].number != number)
            continue;
        mu_app_go(app, &app->options.places[i]);
        return true;
    }
    return false;
}

void mu_app_say_text(struct mu_app *app, enum mu_tone tone, const char *text)
{
    mu_message_line_say(&app->messages, tone, mu_app_now(app), text);
    app->redraw = true;
}

void mu_app_say(struct mu_app *app, enum mu_tone tone, enum mu_message message, ...)
{
    const char *arguments[MU_ERROR_ARGUMENTS];
    char text[MU_MESSAGE_SIZE];
    size_t count = 0;
    va_list list;

    va_start(list, message);
    while (count < MU_ERROR_ARGUMENTS && (arguments[count] = va_arg(list, const char *)) != NULL)
        count++;
    va_end(list);
    mu_message_fill(text, sizeof text, app->language, message, arguments, count);
    mu_app_say_text(app, tone, text);
}

void mu_app_say_error(struct mu_app *app, const struct mu_error *error)
{
    char text[MU_MESSAGE_SIZE];

    mu_error_text(error, app->language, text, sizeof text);
    mu_app_say_text(app, error->status == MU_REFUSED ? MU_TONE_WARNING : MU_TONE_BAD, text);
}

bool mu_app_tick(struct mu_app *app)
{
    bool changed = mu_app_now(app).minute != app->minute;

    for (size_t i = 0; i < app->count; i++)
        if (app->layer[i].type->tick && app->layer[i].type->tick(app, app->layer[i].state))
            changed = true;
    app->redraw = app->redraw || changed;
    return changed;
}

bool mu_app_hurried(const struct mu_app *app)
{
    return app->hurried;
}

void mu_app_put_off(struct mu_app *app)
{
    app->put_off = true;
}

bool mu_app_draft_soon(struct mu_app *app)
{
    app->hurried = true;
    app->put_off = false;
    mu_app_draft(app);
    app->hurried = false;
    return !app->put_off;
}

void mu_app_draft(struct mu_app *app)
{
    for (size_t i = 0; i < app->count; i++)
        if (app->layer[i].type->draft)
            app->layer[i].type->draft(app, app->layer[i].state);
}
