/* A linked file stands for itself again, after a question that says what happened under the link.
 */
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/twin.h>

#include <stdio.h>

static void answered(struct mu_app *app, void *context, bool yes)
{
    struct mu_unlink_request *request = context;
    char other[MU_COUNT_SIZE], leading[MU_COUNT_SIZE];
    struct mu_twin_since since;
    struct mu_error error;

    if (!yes)
        return;
    if (mu_unlink_twin(mu_screens_desk(app), request->other, &since, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    snprintf(other, sizeof other, "%lld", (long long)since.other);
    snprintf(leading, sizeof leading, "%lld", (long long)since.leading);
    mu_app_say(app, MU_TONE_GOOD, MU_SAY_twin_unlinked, since.other_name, other, leading, NULL);
    request->done(app, request->state);
}

void mu_ask_unlink(struct mu_app *app, int64_t other, void (*done)(struct mu_app *app, void *state),
                   void *state)
{
    struct mu_unlink_request *request = &mu_screens_of(app)->unlink;
    char words[MU_MESSAGE_SIZE / 2], question[MU_MESSAGE_SIZE], number[MU_COUNT_SIZE];
    struct mu_twin_since since;
    struct mu_error error;

    if (mu_read_twin_since(mu_screens_desk(app), other, &since, &error) != MU_OK) {
        mu_app_say_error(app, &error);
        return;
    }
    *request = (struct mu_unlink_request){other, done, state};
    mu_twin_since_words(&since, mu_app_language(app), words, sizeof words);
    snprintf(number, sizeof number, "%lld", (long long)since.leading);
    mu_message_format(question, sizeof question, mu_app_language(app), MU_SAY_twin_ask_unlink,
                      since.other_name, number, words, NULL);
    mu_app_confirm(app, question, answered, request);
}
