#include "cli/command.h"

#include <mulin/desk/ticket.h>

#include <string.h>
#include <time.h>

static int print_ticket(struct mu_cli *cli, struct mu_desk *desk, int64_t meal_id)
{
    static const struct timespec moment = {0, 10000000};
    struct mu_ticket_result result;
    struct mu_error error;
    char number[24];

    if (mu_print_ticket(desk, meal_id, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    while (!mu_ticket_result(desk, &result))
        nanosleep(&moment, NULL);
    if (!result.printed)
        return mu_cli_fail(cli, &result.why);
    snprintf(number, sizeof number, "%d", result.number);
    mu_cli_say(cli, MU_SAY_ticket_printed, number, NULL);
    return MU_OK;
}

static int show_ticket(struct mu_cli *cli, struct mu_desk *desk, int64_t meal_id)
{
    const struct mu_ticket_rules *rules;
    struct mu_ticket ticket;
    struct mu_error error;
    char text[MU_TICKET_SIZE];

    if (mu_read_ticket(desk, meal_id, &ticket, &error) != MU_OK ||
        mu_ticket_rules(desk, &rules, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_ticket_write(&ticket, rules->columns, cli->language, text);
    fputs(text, stdout);
    return MU_OK;
}

int mu_cmd_meal_ticket(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"print", no_argument, NULL, 'p'}, {NULL, 0, NULL, 0}};
    bool print = false;
    long long meal_id;
    struct mu_desk *desk;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option != 'p')
            return mu_cli_misuse(cli, "meal ticket", MU_SAY_error_option, argv[optind - 1]);
        print = true;
    }
    if (optind == argc)
        return mu_cli_misuse(cli, "meal ticket", MU_SAY_error_operand_missing, "ID");
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "meal ticket", MU_SAY_error_operand, argv[optind + 1]);
    if (!mu_number_from_text(argv[optind], &meal_id))
        return mu_cli_misuse(cli, "meal ticket", MU_SAY_error_operand_number, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print ? print_ticket(cli, desk, meal_id) : show_ticket(cli, desk, meal_id);
}
