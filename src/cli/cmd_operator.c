#include "base/growing.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/password.h"

#include <mulin/desk/operators.h>

#include <stdlib.h>
#include <string.h>

static int misuse(const struct mu_cli *cli, const char *command, int argc, char **argv, int wanted,
                  const char *names)
{
    return argc - optind < wanted
               ? mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, names)
               : mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[optind + wanted]);
}

static enum mu_status read_role(const char *word, enum mu_role *role, struct mu_error *error)
{
    return mu_role_from_word(word, role) ? MU_OK
                                         : mu_fail(error, MU_USAGE, MU_SAY_error_role, word, NULL);
}

int mu_cmd_operator_add(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"role", required_argument, NULL, 'r'},
                                            {"system-user", required_argument, NULL, 's'},
                                            {NULL, 0, NULL, 0}};
    const char *word = NULL, *system_user = NULL;
    enum mu_role role;
    struct mu_desk *desk;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'r')
            word = optarg;
        else if (option == 's')
            system_user = optarg;
        else
            return mu_cli_misuse(cli, "operator add", MU_SAY_error_option, argv[optind - 1]);
    }
    if (argc - optind != 1)
        return misuse(cli, "operator add", argc, argv, 1, "NAME");
    if (!word)
        return mu_cli_misuse(cli, "operator add", MU_SAY_error_operand_missing, "--role");
    if (read_role(word, &role, &error) != MU_OK || mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_add_operator(desk, argv[optind], role, system_user, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, system_user ? MU_SAY_operator_added_bound : MU_SAY_operator_added, argv[optind],
               mu_role_name(role, cli->language), system_user, NULL);
    return MU_OK;
}

int mu_cmd_operator_role(struct mu_cli *cli, int argc, char **argv)
{
    enum mu_role role;
    struct mu_desk *desk;
    struct mu_error error;

    optind = 1;
    if (argc != 3)
        return misuse(cli, "operator role", argc, argv, 2, "NAME ROLE");
    if (read_role(argv[2], &role, &error) != MU_OK || mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_change_role(desk, argv[1], role, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_operator_role, argv[1], mu_role_name(role, cli->language), NULL);
    return MU_OK;
}

int mu_cmd_operator_bind(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_desk *desk;
    struct mu_error error;
    bool none;

    optind = 1;
    if (argc != 3)
        return misuse(cli, "operator bind", argc, argv, 2, "NAME USER|-");
    none = strcmp(argv[2], "-") == 0;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_bind_operator(desk, argv[1], none ? NULL : argv[2], &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, none ? MU_SAY_operator_released : MU_SAY_operator_bound, argv[1], argv[2],
               NULL);
    return MU_OK;
}

int mu_cmd_operator_end(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_desk *desk;
    struct mu_error error;

    optind = 1;
    if (argc != 2)
        return misuse(cli, "operator end", argc, argv, 1, "NAME");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK || mu_end_operator(desk, argv[1], &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_operator_ended, argv[1], NULL);
    return MU_OK;
}

int mu_cmd_operator_passwd(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"password-fd", required_argument, NULL, 'p'},
                                            {NULL, 0, NULL, 0}};
    const char *descriptor = NULL, *name;
    char password[MU_PASSWORD_SIZE];
    struct mu_desk *desk;
    struct mu_error error;
    enum mu_status status;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option != 'p')
            return mu_cli_misuse(cli, "operator passwd", MU_SAY_error_option, argv[optind - 1]);
        descriptor = optarg;
    }
    if (argc - optind > 1)
        return misuse(cli, "operator passwd", argc, argv, 1, "NAME");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    name = optind < argc ? argv[optind] : mu_desk_operator(desk);
    status = mu_password_read(cli, descriptor, name, true, password, &error);
    if (status == MU_OK)
        status = mu_set_password(desk, name, password, &error);
    explicit_bzero(password, sizeof password);
    if (status != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_operator_password, name, NULL);
    return MU_OK;
}

struct listing {
    struct mu_operator *people;
    size_t count, room;
};

static bool collect(void *context, const struct mu_operator *operator)
{
    struct listing *listing = context;
    struct mu_operator *people =
        mu_grown(listing->people, listing->count, &listing->room, sizeof *people);

    if (!people)
        return false;
    listing->people = people;
    memcpy(&listing->people[listing->count++], operator, sizeof * operator);
    return true;
}

static int print_json(const struct mu_cli *cli, const struct mu_operator *operator)
{
    struct json_object *object = mu_json_object();

    mu_json_text(object, "name", operator->name);
    mu_json_text(object, "role", operator->role);
    mu_json_text(object, "system_user", operator->system_user);
    mu_json_flag(object, "password", operator->has_password);
    mu_json_number(object, "wrong_tries", operator->wrong_tries);
    mu_json_text(object, "locked_until", operator->locked_until);
    mu_json_flag(object, "ended", operator->ended);
    return mu_json_print(cli, object);
}

static void print_text(const struct mu_cli *cli, const struct mu_operator *operator)
{
    enum mu_role role = MU_ROLE_COUNT;
    enum mu_message standing = MU_SAY_operator_without;

    if (operator->has_password)
        standing = MU_SAY_operator_with;
    if (operator->ended)
        standing = MU_SAY_operator_left;
    mu_cli_column(stdout, operator->name, 16);
    mu_cli_column(stdout,
                  mu_role_from_word(operator->role, &role) ? mu_role_name(role, cli->language) :
                                                           operator->role,
                  10);
    mu_cli_column(stdout, *operator->system_user ? operator->system_user : "-", 16);
    mu_cli_column(stdout, mu_message_text(standing, cli->language), 0);
    putchar('\n');
}

/* Printed when the records are read: a reader that is slow must not hold them. */
int mu_cmd_operator_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    enum mu_format format = MU_FORMAT_TEXT;
    struct listing listing = {0};
    struct mu_desk *desk;
    struct mu_error error;
    int option, status = MU_OK;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &format))
            return mu_cli_misuse(cli, "operator list", MU_SAY_error_option, argv[optind - 1]);
    if (optind < argc)
        return mu_cli_misuse(cli, "operator list", MU_SAY_error_operand, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_list_operators(desk, collect, &listing, &error) != MU_OK)
        status = mu_cli_fail(cli, &error);
    for (size_t i = 0; i < listing.count && status == MU_OK; i++)
        if (format == MU_FORMAT_JSON)
            status = print_json(cli, &listing.people[i]);
        else
            print_text(cli, &listing.people[i]);
    free(listing.people);
    return status;
}
