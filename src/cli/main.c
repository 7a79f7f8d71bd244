#include "cli/command.h"
#include "cli/open_desk.h"

#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, USER_SIZE = 16 };

/* Files of residents are for this user alone; nothing of them may lie in a core file; a full quota
 * or a reader that went away is an error to report, not a death. */
static void settle_in(void)
{
    const struct rlimit none = {0, 0};

    umask(077);
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
}

/* English where the environment says so, Chinese otherwise. */
static enum mu_language usual_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);

        if (value && *value)
            return strncmp(value, "en", 2) == 0 ? MU_ENGLISH : MU_CHINESE;
    }
    return MU_CHINESE;
}

static const char *usual_home(char *path)
{
    const char *home = getenv("MULIN_HOME"), *data = getenv("XDG_DATA_HOME");
    const char *user = getenv("HOME");

    if (home && *home)
        return home;
    if (data && *data == '/')
        snprintf(path, PATH_SIZE, "%s/mulin", data);
    else
        snprintf(path, PATH_SIZE, "%s/.local/share/mulin", user && *user ? user : ".");
    return path;
}

/* The account's name; its number where it has none, as in some containers. */
static const char *system_user(char number[USER_SIZE])
{
    const struct passwd *account = getpwuid(getuid());

    snprintf(number, USER_SIZE, "%u", (unsigned)getuid());
    return account ? account->pw_name : number;
}

/* Reads what stands before the command. Returns false with *status set when the program is to end.
 */
static bool read_options(struct mu_cli *cli, int argc, char **argv, int *status)
{
    static const struct option options[] = {
        {"home", required_argument, NULL, 'h'},
        {"lang", required_argument, NULL, 'l'},
        {"now", required_argument, NULL, 'n'},
        {"help", no_argument, NULL, '?'},
        {"operator", required_argument, NULL, 'o'},
        {"password-fd", required_argument, NULL, 'p'},
        {"sign-in", no_argument, NULL, 's'},
        {"version", no_argument, NULL, 'v'},
        {NULL, 0, NULL, 0},
    };
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, "+", options, NULL)) != -1) {
        switch (option) {
        case 'h':
            cli->desk_options.home = optarg;
            break;
        case 'o':
            cli->operator_name = optarg;
            break;
        case 'p':
            cli->password_descriptor = optarg;
            break;
        case 's':
            cli->desk_options.sign_in = true;
            break;
        case 'n':
            cli->desk_options.fixed_now = optarg;
            break;
        case 'l':
            if (strcmp(optarg, "zh") != 0 && strcmp(optarg, "en") != 0) {
                *status = mu_cli_misuse(cli, "", MU_SAY_error_language, optarg);
                return false;
            }
            cli->language = strcmp(optarg, "en") == 0 ? MU_ENGLISH : MU_CHINESE;
            break;
        case 'v':
            puts("mulin " MULIN_VERSION);
            *status = MU_OK;
            return false;
        default:
            if (strcmp(argv[optind - 1], "--help") != 0) {
                *status = mu_cli_misuse(cli, "", MU_SAY_error_start_option, argv[optind - 1]);
                return false;
            }
            mu_command_overview(stdout, cli->language);
            *status = MU_OK;
            return false;
        }
    }
    return true;
}

static int run(struct mu_cli *cli, int argc, char **argv)
{
    const struct mu_command *command;
    char given[128];
    int words, status;

    if (!read_options(cli, argc, argv, &status))
        return status;
    argc -= optind;
    argv += optind;
    if (argc == 0)
        return mu_open_desk(cli);
    if (strcmp(argv[argc - 1], "--help") == 0 &&
        mu_command_help(stdout, argv[0], argc > 2 ? argv[1] : NULL, cli->language))
        return MU_OK;
    command = mu_command_find(argc, argv, &words);
    if (!command) {
        snprintf(given, sizeof given, "%s%s%s", argv[0], argc > 1 ? " " : "",
                 argc > 1 ? argv[1] : "");
        status = mu_cli_misuse(cli, "", MU_SAY_error_command, given);
        mu_command_help(stderr, argv[0], NULL, cli->language);
        return status;
    }
    optind = 0; /* start anew, behind the command's name */
    return command->run(cli, argc - words + 1, argv + words - 1);
}

int main(int argc, char **argv)
{
    char path[PATH_SIZE], user[USER_SIZE];
    struct mu_cli cli = {.language = usual_language()};
    struct mu_error error;
    int status;

    settle_in();
    cli.desk_options.home = usual_home(path);
    cli.desk_options.system_user = system_user(user);
    cli.desk_options.terminal = ttyname(STDIN_FILENO);
    cli.desk_options.fixed_now = getenv("MULIN_NOW");
    status = run(&cli, argc, argv);
    mu_desk_free(&cli.desk);
    if ((fflush(stdout) != 0 || ferror(stdout)) && status == MU_OK) { /* else it was told */
        mu_fail(&error, MU_STORE, MU_SAY_error_output, NULL);
        return mu_cli_fail(&cli, &error);
    }
    return status;
}
