#include "tui/screens/session_choice.h"

#include "tui/screens/screens.h"

#include <mulin/base/text.h>

#include <string.h>

enum { SESSIONS = 12 };

void mu_ask_session(struct mu_app *app, enum mu_message any, const char *id,
                    void (*picked)(struct mu_app *app, void *context, bool chosen, int code),
                    void *context)
{
    enum mu_language language = mu_app_language(app);
    const struct mu_rules *rules;
    struct mu_pick picks[SESSIONS + 1];
    struct mu_error error;
    size_t count = 0, i;
    int code = 0;

    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    picks[count++] = (struct mu_pick){.text = mu_message_text(any, language)};
    for (i = 0; i < rules->canteen.session_count && i < SESSIONS; i++) {
        const struct mu_session *session = &rules->canteen.sessions[i];

        picks[count++] =
            (struct mu_pick){.code = (int)i + 1, .text = session->name, .words = session->id};
        if (strcmp(id, session->id) == 0)
            code = (int)i + 1;
    }
    mu_app_pick(app, mu_message_text(MU_SAY_session_choose, language), picks, count, code, picked,
                context);
}

void mu_picked_session(struct mu_app *app, int code, char *id)
{
    const struct mu_rules *rules;
    struct mu_error error;

    *id = '\0';
    if (code <= 0)
        return;
    if (mu_desk_rules(mu_screens_desk(app), &rules, NULL, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else if ((size_t)code <= rules->canteen.session_count)
        mu_text_copy(id, MU_RULE_ID_SIZE, rules->canteen.sessions[code - 1].id);
}
