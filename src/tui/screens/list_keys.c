#include "tui/screens/list_keys.h"

#include "tui/screens/screens.h"

#include <mulin/desk/operators.h>

static const struct mu_list_key *find(const struct mu_list_keys *keys, const struct mu_list *list,
                                      enum mu_action action)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->key[i].action == action && (list->count || !keys->key[i].on_row))
            return &keys->key[i];
    return NULL;
}

static bool press(const struct mu_list_keys *keys, struct mu_app *app, void *state,
                  const struct mu_list *list, enum mu_action action)
{
    const struct mu_list_key *key = find(keys, list, action);

    if (key)
        key->act(app, state);
    return key != NULL;
}

bool mu_list_keys_event(const struct mu_list_keys *keys, struct mu_app *app, void *state,
                        struct mu_list *list, const struct mu_event *event)
{
    if (event->kind != MU_EVENT_KEY)
        return false;
    if (event->action == MU_DO_refresh) {
        keys->read(app, state);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    }
    if (event->action != MU_DO_accept && press(keys, app, state, list, event->action))
        return true;
    switch (mu_list_event(list, event, NULL)) {
    case MU_LIST_OPENED:
        return press(keys, app, state, list, MU_DO_accept);
    case MU_LIST_MOVED:
        if (keys->moved)
            keys->moved(app, state);
        return true;
    default:
        return false;
    }
}

struct mu_offer mu_list_keys_offer(const struct mu_list_keys *keys, struct mu_app *app,
                                   const struct mu_list *list, enum mu_action action)
{
    const struct mu_list_key *key = find(keys, list, action);

    if (action == MU_DO_refresh)
        return (struct mu_offer){.kind = MU_OFFER_YES};
    if (!key)
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    if (key->why && mu_desk_ask(mu_screens_desk(app), (enum mu_operation)key->may, NULL) != MU_OK)
        return (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = key->why};
    return (struct mu_offer){.kind = MU_OFFER_YES, .label = key->label};
}
