#include "cli/open_desk.h"

#include "tui/app.h"
#include "tui/screens/screens.h"
#include "tui/term_curses.h"

#include <mulin/desk/operators.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A terminal that can't do it may not show Chinese either, so both languages are said. */
static void say_in_the_other_language(const struct mu_cli *cli, const struct mu_error *error)
{
    struct mu_cli other = *cli;

    other.language = cli->language == MU_CHINESE ? MU_ENGLISH : MU_CHINESE;
    (void)mu_cli_fail(&other, error);
}

static enum mu_status open_home(const struct mu_cli *cli, struct mu_app *app,
                                struct mu_error *error)
{
    enum mu_status status = mu_open_home(app, error);

    if (status == MU_OK && mu_desk_operator_id(cli->desk) == 0)
        status = mu_open_sign_in(app, cli->operator_name, error);
    else if (status == MU_OK && *cli->plain_copy)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_records_sealed_short, NULL);
    else if (status == MU_OK && !mu_desk_self(cli->desk)->has_password)
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_sign_in_unlockable, NULL);
    return status;
}

/* Home is read while the terminal's answers are on their way. */
static enum mu_status work(const struct mu_cli *cli, struct mu_app *app, struct mu_error *error)
{
    struct mu_term *term = NULL;
    enum mu_status status = mu_term_curses_open(&term, error);

    if (status == MU_OK) {
        mu_desk_ask_leaving(cli->desk, mu_term_curses_leaving);
        status = open_home(cli, app, error);
        if (status == MU_OK)
            status = mu_term_curses_ready(term, error);
        if (status == MU_OK)
            status = mu_app_run(app, term, error);
        mu_desk_ask_leaving(cli->desk, NULL);
        mu_term_curses_close(&term);
    }
    if (status == MU_USAGE) /* it is the terminal's */
        say_in_the_other_language(cli, error);
    return status;
}

/* The keys of actions.def, changed by the file `keys` of the home. */
static enum mu_status load_keys(const struct mu_cli *cli, struct mu_keymap *keys,
                                struct mu_error *error)
{
    char path[4096];

    mu_keymap_default(keys);
    if ((size_t)snprintf(path, sizeof path, "%s/keys", cli->desk_options.home) >= sizeof path)
        return MU_OK;
    return mu_keymap_load(keys, path, error);
}

/* Who is named without a password, is to be asked for, or whom no operator is bound to, signs in on
 * the screen. */
static enum mu_status find_desk(struct mu_cli *cli, struct mu_desk **desk, struct mu_error *error)
{
    bool asked = !cli->password_descriptor && (cli->operator_name || cli->desk_options.sign_in);
    struct mu_desk_options options = cli->desk_options;
    enum mu_status status;

    if (!asked) {
        status = mu_cli_desk(cli, desk, error);
        if (status != MU_REFUSED || cli->operator_name)
            return status;
    }
    options.sign_in = true;
    status = mu_cli_open(cli, &options, error);
    if (status == MU_OK)
        *desk = cli->desk;
    return status;
}

int mu_open_desk(struct mu_cli *cli)
{
    struct mu_screens screens;
    struct mu_app_options options;
    struct mu_keymap keys;
    struct mu_app *app;
    struct mu_desk *desk;
    struct mu_error error;
    enum mu_status status;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        mu_fail(&error, MU_USAGE, MU_SAY_error_no_terminal, NULL);
        return mu_cli_fail(cli, &error);
    }
    cli->desk_options.key_later = true;
    if (load_keys(cli, &keys, &error) != MU_OK || find_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_screens_init(&screens, desk, &options);
    options.language = cli->language;
    options.keymap = &keys;
    options.theme = mu_theme_start(getenv("MULIN_THEME"), getenv("NO_COLOR"));
    app = mu_app_new(&options, &error);
    if (!app)
        return mu_cli_fail(cli, &error);
    status = work(cli, app, &error);
    mu_app_free(&app);
    return status == MU_OK ? MU_OK : mu_cli_fail(cli, &error);
}
