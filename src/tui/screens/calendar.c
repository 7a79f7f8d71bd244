#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/calendar.h>

#include <stdio.h>
#include <stdlib.h>

enum { DAYS = 61, LINE_SIZE = 4096 }; /* two months from today */

struct writing {
    FILE *out;
    enum mu_language language;
};

static bool write_day(void *context, const struct mu_canteen_day *day)
{
    struct writing *writing = context;
    char line[LINE_SIZE];

    mu_canteen_day_text(day, writing->language, line, sizeof line);
    return fprintf(writing->out, "%s\n", line) > 0;
}

enum mu_status mu_open_calendar(struct mu_app *app, struct mu_error *error)
{
    struct mu_date today = mu_app_now(app).date;
    char *text = NULL;
    size_t length;
    struct writing writing = {.out = open_memstream(&text, &length),
                              .language = mu_app_language(app)};
    bool cut;
    enum mu_status status;

    if (!writing.out)
        return mu_fail_memory(error);
    status = mu_canteen_days(mu_screens_desk(app), today, mu_date_add_days(today, DAYS), write_day,
                             &writing, error);
    cut = ferror(writing.out);
    cut |= fclose(writing.out) != 0 || !text;
    if (status == MU_OK && cut)
        status = mu_fail_memory(error);
    if (status == MU_OK)
        mu_app_read(app, mu_message_text(MU_SAY_calendar_title, mu_app_language(app)), text);
    free(text);
    return status;
}
