#include "cli/progress.h"
#include "cli/secret.h"
#include "cli/stop.h"

#include <mulin/desk/backup.h>

#include <string.h>
#include <unistd.h>

#define CREDENTIAL "mulin-backup"

struct backup_command {
    struct mu_cli *cli;
    const char *name; /* of the command, in its usage */
    const char *path, *folder, *home;
    const char *descriptor, *credential; /* where the passphrase comes from; NULL: not said */
};

/* A backup's passphrase is typed twice: a slip of a finger would lock everybody out. */
static enum mu_status find_passphrase(const struct backup_command *command, char *out,
                                      struct mu_error *error)
{
    if (command->descriptor)
        return mu_secret_from_descriptor(command->descriptor, out, MU_PASSPHRASE_SIZE, error);
    if (command->credential || mu_secret_credential_there(CREDENTIAL))
        return mu_secret_from_credential(command->credential ? command->credential : CREDENTIAL,
                                         out, MU_PASSPHRASE_SIZE, error);
    return mu_secret_ask(command->cli, MU_SAY_passphrase_prompt,
                         command->home ? MU_SAY_COUNT : MU_SAY_passphrase_again, out,
                         MU_PASSPHRASE_SIZE, error);
}

static void print_report(const struct backup_command *command,
                         const struct mu_backup_report *report)
{
    const struct mu_backup_manifest *manifest = &report->manifest;
    char entries[MU_CLI_NUMBER_SIZE], head[MU_HEAD_SIZE], moment[MU_MINUTE_SIZE],
        number[2][MU_CLI_NUMBER_SIZE];

    mu_cli_number(manifest->heads.entries, entries);
    mu_head_print(MU_CHAIN_LEDGER, manifest->heads.entries, manifest->heads.head, head);
    mu_cli_minute(manifest->made_at, moment);
    if (command->home) {
        mu_cli_say(command->cli, MU_SAY_restored, command->home, moment, manifest->centre, NULL);
        mu_cli_say(command->cli, MU_SAY_restored_head, entries, head, NULL);
        mu_cli_say(command->cli, report->key_made ? MU_SAY_restored_key_made : MU_SAY_restored_key,
                   command->home, NULL);
        return;
    }
    mu_cli_say(command->cli, MU_SAY_backup_made, report->path, entries, head, NULL);
    if (command->folder) {
        snprintf(number[0], sizeof number[0], "%d", report->kept);
        snprintf(number[1], sizeof number[1], "%d", report->removed);
        mu_cli_say(command->cli, MU_SAY_backup_thinned, number[0], number[1], NULL);
    }
}

static enum mu_status work(struct backup_command *command, struct mu_desk *desk,
                           const char *passphrase, struct mu_backup_report *report,
                           struct mu_error *error)
{
    struct mu_cli_progress progress;
    const struct mu_backup_options options = {passphrase, mu_cli_progress, &progress};
    enum mu_status status;

    mu_cli_progress_begin(&progress, command->cli,
                          command->home ? MU_SAY_restore_progress : MU_SAY_backup_progress);
    if (command->home)
        status = mu_restore(command->path, command->home, &options, report, error);
    else if (command->folder)
        status = mu_backup_to(desk, command->folder, &options, report, error);
    else
        status = mu_backup(desk, command->path, &options, report, error);
    mu_cli_progress_end(&progress);
    return status;
}

static int run(struct backup_command *command)
{
    char passphrase[MU_PASSPHRASE_SIZE];
    struct mu_backup_report report;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    enum mu_status status = MU_OK;

    mu_stop_catch();
    if (!command->home)
        status = mu_cli_desk(command->cli, &desk, &error);
    /* Said before somebody types a passphrase twice. */
    if (status == MU_OK && !command->home && command->path && access(command->path, F_OK) == 0)
        status = mu_fail(&error, MU_INPUT, MU_SAY_error_file_exists, command->path, NULL);
    if (status == MU_OK) {
        status = find_passphrase(command, passphrase, &error);
        if (status == MU_USAGE)
            return mu_cli_misuse(command->cli, command->name, error.message, error.argument[0]);
    }
    if (status == MU_OK) {
        status = work(command, desk, passphrase, &report, &error);
        explicit_bzero(passphrase, sizeof passphrase);
    }
    if (status != MU_OK)
        return mu_cli_fail(command->cli, &error);
    print_report(command, &report);
    return MU_OK;
}

/* Reads the options of both commands. Returns MU_OK, or the exit status of a wrong use. */
static int read_options(struct backup_command *command, int argc, char **argv)
{
    static const struct option options[] = {{"to", required_argument, NULL, 't'},
                                            {"home", required_argument, NULL, 'h'},
                                            {"passphrase-fd", required_argument, NULL, 'd'},
                                            {"credential", required_argument, NULL, 'c'},
                                            {NULL, 0, NULL, 0}};
    bool restores = command->home != NULL;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 't' && !restores)
            command->folder = optarg;
        else if (option == 'h' && restores)
            command->home = optarg;
        else if (option == 'd' && !command->credential)
            command->descriptor = optarg;
        else if (option == 'c' && !command->descriptor)
            command->credential = optarg;
        else
            return mu_cli_misuse(command->cli, command->name, MU_SAY_error_option,
                                 argv[optind - 1]);
    }
    if (optind == argc && !command->folder)
        return mu_cli_misuse(command->cli, command->name, MU_SAY_error_operand_missing, "FILE");
    if (optind + (command->folder ? 0 : 1) < argc)
        return mu_cli_misuse(command->cli, command->name, MU_SAY_error_operand, argv[argc - 1]);
    command->path = command->folder ? NULL : argv[optind];
    return MU_OK;
}

int mu_cmd_backup(struct mu_cli *cli, int argc, char **argv)
{
    struct backup_command command = {.cli = cli, .name = "backup"};
    int status = read_options(&command, argc, argv);

    return status == MU_OK ? run(&command) : status;
}

int mu_cmd_restore(struct mu_cli *cli, int argc, char **argv)
{
    struct backup_command command = {.cli = cli, .name = "restore", .home = cli->desk_options.home};
    int status = read_options(&command, argc, argv);

    return status == MU_OK ? run(&command) : status;
}
