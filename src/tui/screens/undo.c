/* F8: the last step of the person at the desk, taken back after a question that says it. */
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/act.h>

static void say_words(struct mu_app *app, enum mu_tone tone, enum mu_message message,
                      const struct mu_undone *undone)
{
    mu_app_say(app, tone, message, undone->words[mu_app_language(app)], NULL);
}

static bool show_progress(void *context, int64_t done, int64_t all)
{
    return mu_app_progress(context, MU_SAY_undo_working, (size_t)done, (size_t)all);
}

/* What was changed since an import stays, and is named. */
static void say_kept(struct mu_app *app, const struct mu_undone *undone)
{
    char count[MU_COUNT_SIZE];

    mu_count_text(undone->kept, count);
    mu_app_say(app, MU_TONE_WARNING, MU_SAY_undo_kept, undone->words[mu_app_language(app)], count,
               undone->kept_names, NULL);
}

static void answered(struct mu_app *app, void *context, bool yes)
{
    struct mu_undo_request *request = context;
    struct mu_undone undone;
    struct mu_error error;

    if (!yes) {
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_undo_left, NULL);
        return;
    }
    if (mu_undo_watched(mu_screens_desk(app), request->act_id, show_progress, app, &undone,
                        &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    if (undone.kept)
        say_kept(app, &undone);
    else
        say_words(app, MU_TONE_GOOD, undone.again ? MU_SAY_undo_again_done : MU_SAY_undo_done,
                  &undone);
    request->done(app, request->state);
}

static void ask(struct mu_app *app, struct mu_undo_request request, const struct mu_undone *undone)
{
    struct mu_undo_request *kept = &mu_screens_of(app)->undo;
    char question[MU_MESSAGE_SIZE];

    request.act_id = undone->act_id;
    *kept = request;
    mu_message_format(question, sizeof question, mu_app_language(app),
                      undone->again ? MU_SAY_undo_again_ask : MU_SAY_undo_ask,
                      undone->words[mu_app_language(app)], NULL);
    mu_app_confirm(app, question, answered, kept);
}

/* Remembers what was refused, newest to oldest; true when it had been told before. */
static bool told_before(struct mu_screens *screens, int64_t act_id)
{
    bool told = act_id >= screens->refused_first && act_id <= screens->refused_last;

    if (told)
        return true;
    if (act_id > screens->refused_last)
        screens->refused_last = act_id;
    screens->refused_first = act_id;
    return false;
}

void mu_ask_undo(struct mu_app *app, void (*done)(struct mu_app *app, void *state), void *state)
{
    struct mu_screens *screens = mu_screens_of(app);
    struct mu_undone undone = {0};
    struct mu_error error;
    enum mu_status status;

    /* What can't be taken back is told once; the next F8 goes to the step before it. */
    do
        status = mu_undo_next(screens->desk, undone.act_id, &undone, &error);
    while ((status == MU_REFUSED || status == MU_INPUT) && undone.act_id &&
           told_before(screens, undone.act_id));
    if (status == MU_OK && undone.act_id)
        ask(app, (struct mu_undo_request){.done = done, .state = state}, &undone);
    else if (status == MU_OK)
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_undo_nothing, NULL);
    else
        mu_app_say_error(app, &error);
}

void mu_ask_undo_of(struct mu_app *app, int64_t act_id,
                    void (*done)(struct mu_app *app, void *state), void *state)
{
    struct mu_undone undone;
    struct mu_error error;

    if (mu_undo_look(mu_screens_desk(app), act_id, &undone, &error) != MU_OK)
        mu_app_say_error(app, &error);
    else
        ask(app, (struct mu_undo_request){.done = done, .state = state}, &undone);
}
