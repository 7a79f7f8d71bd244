#include "cli/open_desk.h"

#include "tui/app.h"
#include "tui/screens/screens.h"
#include "tui/term/term_curses.h"

#include <stdlib.h>
#include <unistd.h>

static enum mu_status work(struct mu_app *app, struct mu_error *error)
{
    struct mu_term *term = NULL;
    enum mu_status status = mu_open_home(app, error);

    if (status == MU_OK)
        status = mu_term_curses_open(&term, error);
    if (status != MU_OK)
        return status;
    status = mu_app_run(app, term, error);
    mu_term_curses_close(&term);
    return status;
}

int mu_open_desk(struct mu_cli *cli)
{
    struct mu_screens screens;
    struct mu_app_options options;
    struct mu_app *app;
    struct mu_desk *desk;
    struct mu_error error;
    enum mu_status status;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        mu_fail(&error, MU_USAGE, MU_SAY_error_no_terminal, NULL);
        return mu_cli_fail(cli, &error);
    }
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_screens_init(&screens, desk, &options);
    options.language = cli->language;
    options.theme = mu_theme_start(getenv("MULIN_THEME"), getenv("NO_COLOR"));
    app = mu_app_new(&options, &error);
    if (!app)
        return mu_cli_fail(cli, &error);
    status = work(app, &error);
    mu_app_free(&app);
    return status == MU_OK ? MU_OK : mu_cli_fail(cli, &error);
}
