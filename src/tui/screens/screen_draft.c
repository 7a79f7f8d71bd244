#include "tui/screens/screen_draft.h"

#include "tui/screens/screens.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { PUT_OFF_MOST = 20 }; /* times in a row, some five seconds, before it is told */

void mu_screen_draft_begin(struct mu_screen_draft *draft, const struct mu_app *app,
                           const char *format, ...)
{
    va_list arguments;

    draft->owner = mu_desk_operator_id(mu_screens_desk(app));
    draft->put_off = 0;
    va_start(arguments, format);
    vsnprintf(draft->name, sizeof draft->name, format, arguments);
    va_end(arguments);
}

bool mu_screen_draft_is_others(const struct mu_screen_draft *draft, const struct mu_app *app)
{
    return mu_desk_operator_id(mu_screens_desk(app)) != draft->owner;
}

bool mu_screen_draft_keep(struct mu_screen_draft *draft, struct mu_app *app, const char *body)
{
    struct mu_desk *desk = mu_screens_desk(app);
    struct mu_error error;
    enum mu_status status;

    mu_desk_hurry(desk, mu_app_hurried(app));
    status = body ? mu_desk_keep_draft(desk, draft->owner, draft->name, body, &error)
                  : mu_desk_drop_draft(desk, draft->owner, draft->name, &error);
    mu_desk_hurry(desk, false);
    if (status == MU_OK) {
        draft->put_off = 0;
        return true;
    }
    if (!mu_app_hurried(app) || error.message != MU_SAY_error_db_busy) {
        mu_app_say_error(app, &error);
        return false;
    }
    mu_app_put_off(app);
    if (++draft->put_off == PUT_OFF_MOST)
        mu_app_say_error(app, &error);
    return false;
}

void mu_screen_draft_drop(struct mu_screen_draft *draft, struct mu_app *app)
{
    (void)mu_screen_draft_keep(draft, app, NULL);
}

void mu_screen_draft_keep_form(struct mu_screen_draft *draft, struct mu_app *app,
                               struct mu_form *form, const void *base)
{
    char changes[MU_FORM_CHANGES_SIZE];

    if (!mu_form_draft_due(form))
        return;
    mu_form_draft_write(form, base, changes, sizeof changes);
    if (!mu_screen_draft_keep(draft, app, mu_form_dirty(form) ? changes : NULL))
        mu_form_draft_again(form);
}

void mu_screen_draft_take_up(const struct mu_screen_draft *draft, struct mu_app *app,
                             struct mu_form *form)
{
    struct mu_error error;
    char *body = NULL;

    if (mu_desk_draft(mu_screens_desk(app), draft->name, &body, &error) != MU_OK) {
        mu_app_say_error(app, &error);
    } else if (body) {
        mu_form_draft_read(form, body);
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_form_draft_found, NULL);
    }
    free(body);
}
