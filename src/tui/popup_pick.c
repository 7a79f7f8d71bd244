/* Choosing from a list, and the menu, which is one. */
#include "tui/app_state.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum { PLACES = 1000 }; /* codes of the menu from here on are places */

struct pick {
    char title[128];
    struct mu_picker *picker;
    size_t count;
    void *owned; /* texts of the picks, freed with it; may be NULL */
    void (*picked)(struct mu_app *app, void *context, bool chosen, int code);
    void *context;
};

static bool pick_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct pick *pick = state, kept = *pick;
    int code = 0;
    enum mu_picker_result result = mu_picker_event(pick->picker, event, &code);

    if (result == MU_PICKER_CHOSEN || result == MU_PICKER_LEFT) {
        mu_app_pop(app); /* frees the state */
        kept.picked(app, kept.context, result == MU_PICKER_CHOSEN, code);
    }
    if (event->kind != MU_EVENT_KEY || !event->scan)
        return result != MU_PICKER_IGNORED;
    if (mu_app_hand_scan(app, event->scan))
        mu_picker_take_back(pick->picker, event->scan);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_tui_prompt_scan, NULL);
    return result != MU_PICKER_IGNORED;
}

static void pick_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                      const struct mu_layout *layout)
{
    struct pick *pick = state;
    int rows = pick->count < 12 ? (int)pick->count + 1 : 13;
    int columns = layout->columns < 60 ? layout->columns - 6 : 54;

    mu_picker_draw(
        pick->picker, grid,
        mu_grid_box(grid, mu_popup_area(layout, rows > 3 ? rows : 3, columns), pick->title),
        mu_app_language(app));
}

static void pick_close(struct mu_app *app, void *state)
{
    struct pick *pick = state;

    (void)app;
    mu_picker_free(&pick->picker);
    free(pick->owned);
    free(pick);
}

static const struct mu_screen_type pick_type = {
    .name = "pick",
    .title = MU_SAY_tui_menu_title,
    .popup = true,
    .event = pick_event,
    .draw = pick_draw,
    .offer = mu_popup_offer,
    .close = pick_close,
};

static void show(struct mu_app *app, const char *title, const struct mu_pick *picks, size_t count,
                 int code, void *owned,
                 void (*picked)(struct mu_app *app, void *context, bool chosen, int code),
                 void *context)
{
    struct pick *pick = calloc(1, sizeof *pick);
    struct mu_error error;

    if (pick)
        pick->picker = mu_picker_new(picks, count, code, &error);
    if (!pick || !pick->picker) {
        free(pick);
        free(owned);
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    mu_text_copy(pick->title, sizeof pick->title, title);
    pick->count = count;
    pick->owned = owned;
    pick->picked = picked;
    pick->context = context;
    mu_app_popup(app, &pick_type, pick);
}

void mu_app_pick(struct mu_app *app, const char *title, const struct mu_pick *picks, size_t count,
                 int code, void (*picked)(struct mu_app *app, void *context, bool chosen, int code),
                 void *context)
{
    show(app, title, picks, count, code, NULL, picked, context);
}

static void menu_picked(struct mu_app *app, void *context, bool chosen, int code)
{
    struct mu_event event = {.kind = MU_EVENT_KEY};

    (void)context;
    if (!chosen)
        return;
    if (code >= PLACES) {
        mu_app_go(app, &app->options.places[code - PLACES]);
        return;
    }
    event.action = (enum mu_action)code;
    event.key = mu_keymap_key(&app->keymap, event.action);
    mu_app_act(app, &event);
}

/* Moving about and typing need no menu. */
static bool stands_in_menu(enum mu_action action)
{
    const struct mu_action_row *row = mu_action_row(action);

    return action != MU_DO_menu && action != MU_DO_number && action != MU_DO_accept &&
           (row->priority > 0 || row->context == MU_CONTEXT_menu);
}

/* Fills a row of the menu for each place and each action that this screen knows; `keys` gets the
 * names of their keys. Returns the rows. */
static size_t fill_menu(struct mu_app *app, struct mu_pick *picks, char (*keys)[MU_KEY_NAME_SIZE])
{
    enum mu_language language = app->language;
    enum mu_language other = language == MU_CHINESE ? MU_ENGLISH : MU_CHINESE;
    size_t count = 0;

    for (size_t i = 0; i < app->options.place_count; i++) {
        const struct mu_place *place = &app->options.places[i];

        if (app->options.may_open &&
            app->options.may_open(app->options.context, place, NULL) != MU_OK)
            continue;
        if (place->number > 0)
            keys[count][0] = (char)('0' + place->number);
        picks[count] = (struct mu_pick){PLACES + (int)i, mu_message_text(place->title, language),
                                        keys[count], mu_message_text(place->title, other)};
        count++;
    }
    for (int action = 1; action < MU_DO_COUNT; action++) {
        const struct mu_action_row *row = mu_action_row((enum mu_action)action);
        struct mu_offer offer = mu_app_offer(app, (enum mu_action)action);

        if (!stands_in_menu((enum mu_action)action) || offer.kind == MU_OFFER_NONE)
            continue;
        if (mu_keymap_key(&app->keymap, (enum mu_action)action) != MU_KEY_NONE)
            mu_app_key_name(app, (enum mu_action)action, keys[count]);
        picks[count] = (struct mu_pick){
            action, offer.label ? mu_message_text(offer.label, language) : row->label[language],
            keys[count], row->label[other]};
        count++;
    }
    return count;
}

void mu_app_show_menu(struct mu_app *app)
{
    size_t room = MU_DO_COUNT + app->options.place_count;
    struct mu_pick *picks = calloc(room, sizeof *picks);
    char(*keys)[MU_KEY_NAME_SIZE] = calloc(room, sizeof *keys);

    if (picks && keys) {
        show(app, mu_message_text(MU_SAY_tui_menu_title, app->language), picks,
             fill_menu(app, picks, keys), 0, keys, menu_picked, NULL);
    } else {
        free(keys);
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
    }
    free(picks);
}
