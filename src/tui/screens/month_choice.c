#include "tui/screens/month_choice.h"

#include <mulin/base/text.h>

enum { MONTH_TYPED = 24 };

void mu_ask_month(struct mu_app *app, enum mu_message question,
                  void (*given)(struct mu_app *app, void *context, const char *text), void *context)
{
    mu_app_prompt(app, mu_message_text(question, mu_app_language(app)), MONTH_TYPED, false, given,
                  context);
}

bool mu_month_given(struct mu_app *app, const char *text, struct mu_date *first)
{
    if (!text)
        return false;
    mu_text_trim(&text);
    if (!*text || mu_month_parse(text, first))
        return true;
    mu_app_say(app, MU_TONE_WARNING, MU_SAY_calendar_month, text, NULL);
    return false;
}
