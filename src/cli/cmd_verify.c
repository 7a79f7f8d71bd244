#include "cli/command.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { REFRESH_MS = 200 };

struct verify_command {
    struct mu_cli *cli;
    struct mu_printed_head *heads; /* owned */
    size_t count;
    int64_t drawn_at; /* ms on the monotonic clock; 0: no progress stands on the screen */
};

static int64_t milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* SQLite's own check says nothing until it is done: that it began is told at once. */
static bool show_progress(void *context, int64_t done, int64_t all)
{
    struct verify_command *command = context;
    char text[160], number[2][MU_CLI_NUMBER_SIZE];
    int64_t now = milliseconds();

    if (command->drawn_at && now - command->drawn_at < REFRESH_MS)
        return true;
    mu_cli_number(done, number[0]);
    mu_cli_number(all, number[1]);
    mu_message_format(text, sizeof text, command->cli->language,
                      all ? MU_SAY_verify_progress : MU_SAY_verify_progress_file, number[0],
                      number[1], NULL);
    fprintf(stderr, "\r\033[K%s", text);
    command->drawn_at = now;
    return true;
}

/* Reads the heads from paper. Returns MU_OK, or the exit status of a wrong use. */
static int read_options(struct verify_command *command, int argc, char **argv)
{
    static const struct option options[] = {{"head", required_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        enum mu_head_reading reading;

        if (option != 'h')
            return mu_cli_misuse(command->cli, "verify", MU_SAY_error_option, argv[optind - 1]);
        reading = mu_head_read(optarg, &command->heads[command->count++]);
        if (reading != MU_HEAD_READ)
            return mu_cli_misuse(command->cli, "verify",
                                 reading == MU_HEAD_MISTYPED ? MU_SAY_error_head_mistyped
                                                             : MU_SAY_error_head,
                                 optarg);
    }
    if (optind < argc)
        return mu_cli_misuse(command->cli, "verify", MU_SAY_error_operand, argv[optind]);
    return MU_OK;
}

static int verify(struct verify_command *command)
{
    struct mu_verify_report report;
    struct mu_desk *desk;
    struct mu_error error;
    char number[MU_CLI_NUMBER_SIZE];
    enum mu_status status = mu_cli_desk(command->cli, &desk, &error);

    if (status == MU_OK)
        status =
            mu_verify(desk, isatty(STDERR_FILENO) ? show_progress : NULL, command, &report, &error);
    if (command->drawn_at)
        fputs("\r\033[K", stderr);
    if (status == MU_OK)
        status = mu_compare_heads(desk, &report, command->heads, command->count, &error);
    if (status != MU_OK)
        return mu_cli_fail(command->cli, &error);
    mu_cli_heads(command->cli, MU_SAY_verify_sound, MU_SAY_verify_audit, &report);
    snprintf(number, sizeof number, "%zu", command->count);
    if (command->count)
        mu_cli_say(command->cli, MU_SAY_verify_heads, number, NULL);
    return MU_OK;
}

int mu_cmd_verify(struct mu_cli *cli, int argc, char **argv)
{
    struct verify_command command = {.cli = cli,
                                     .heads = calloc((size_t)argc, sizeof *command.heads)};
    struct mu_error error;
    int status;

    if (!command.heads) {
        mu_fail_memory(&error);
        return mu_cli_fail(cli, &error);
    }
    status = read_options(&command, argc, argv);
    if (status == MU_OK)
        status = verify(&command);
    free(command.heads);
    return status;
}
