#include "cli/command.h"

#include <mulin/desk/key.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAPER_SIZE = 4096 };

static bool no_operands(const struct mu_cli *cli, const char *command, int argc, char **argv,
                        int *status)
{
    if (argc > 1)
        *status = mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[1]);
    return argc <= 1;
}

int mu_cmd_key_show(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_key_copy copy;
    struct mu_desk *desk;
    struct mu_error error;
    char date[MU_DATE_SIZE];
    int status;

    if (!no_operands(cli, "key show", argc, argv, &status))
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK || mu_show_key(desk, &copy, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_date_format(mu_desk_now(desk).date, date);
    mu_cli_say(cli, MU_SAY_key_paper_title, copy.mark, date, cli->desk_options.home, NULL);
    printf("\n%s\n", copy.text);
    mu_key_copy_wipe(&copy);
    mu_cli_say(cli, MU_SAY_key_paper_end, NULL);
    return MU_OK;
}

static bool show_progress(void *context, int64_t done, int64_t all)
{
    const struct mu_cli *cli = context;
    char text[160], number[2][MU_CLI_NUMBER_SIZE];

    mu_cli_number(done, number[0]);
    mu_cli_number(all, number[1]);
    mu_message_format(text, sizeof text, cli->language, MU_SAY_key_change_progress, number[0],
                      number[1], NULL);
    fprintf(stderr, "\r%s", text);
    return true;
}

int mu_cmd_key_change(struct mu_cli *cli, int argc, char **argv)
{
    char before[MU_KEY_MARK_SIZE], after[MU_KEY_MARK_SIZE];
    bool watched = isatty(STDERR_FILENO);
    struct mu_desk *desk;
    struct mu_error error;
    enum mu_status done;
    int status;

    if (!no_operands(cli, "key change", argc, argv, &status))
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    done = mu_change_key(desk, watched ? show_progress : NULL, cli, before, after, &error);
    if (watched)
        fputs("\r\033[K", stderr);
    if (done != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_key_changed, before, after, NULL);
    return MU_OK;
}

int mu_cmd_key_restore(struct mu_cli *cli, int argc, char **argv)
{
    char text[PAPER_SIZE];
    struct mu_error error;
    bool written = false;
    size_t length;
    int status;

    if (!no_operands(cli, "key restore", argc, argv, &status))
        return status;
    if (isatty(STDIN_FILENO))
        mu_cli_note(cli, MU_SAY_key_ask, NULL);
    length = fread(text, 1, sizeof text - 1, stdin);
    text[length] = '\0';
    status = mu_restore_key(&cli->desk_options, text, &written, &error) == MU_OK;
    explicit_bzero(text, sizeof text);
    if (!status)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, written ? MU_SAY_key_restored : MU_SAY_key_there, NULL);
    return MU_OK;
}
