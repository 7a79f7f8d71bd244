#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <stdlib.h>

enum mu_status mu_open_rules(struct mu_app *app, struct mu_error *error)
{
    struct mu_desk *desk = mu_screens_desk(app);
    const struct mu_rules *rules;
    char title[128], number[MU_COUNT_SIZE];
    char *book = NULL;
    int version = 0;
    enum mu_status status = mu_desk_rules(desk, &rules, &version, error);

    if (status == MU_OK)
        status = mu_desk_rules_text(desk, &book, error);
    if (status != MU_OK)
        return status;
    mu_count_text(version, number);
    mu_message_format(title, sizeof title, mu_app_language(app), MU_SAY_rules_in_force, number,
                      NULL);
    mu_app_read(app, title, book);
    free(book);
    return MU_OK;
}
