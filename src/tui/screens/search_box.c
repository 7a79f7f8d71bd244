#include "tui/screens/search_box.h"

bool mu_search_box_typed(struct mu_app *app, struct mu_line_edit *box, const struct mu_event *event,
                         bool *next_anew, bool *stale)
{
    enum mu_line_result result;

    if (*next_anew && event->kind != MU_EVENT_KEY)
        mu_line_edit_clear(box);
    *next_anew = false;
    result = mu_line_edit_event(box, event);
    if (result == MU_LINE_FULL)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_screen_box_full, NULL);
    *stale |= result == MU_LINE_CHANGED || result == MU_LINE_FULL;
    return result != MU_LINE_IGNORED;
}
