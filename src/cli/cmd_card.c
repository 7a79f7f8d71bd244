#include "cli/command.h"
#include "cli/json.h"

#include <mulin/desk/diner_account.h>

static int print(const struct mu_cli *cli, enum mu_format format,
                 const struct mu_diner_account *account)
{
    struct json_object *object;
    char prepaid[MU_MONEY_SIZE], owed[MU_MONEY_SIZE];

    if (format == MU_FORMAT_TEXT) {
        mu_money_format(account->prepaid, prepaid);
        mu_money_format(account->owed, owed);
        mu_cli_say(cli, MU_SAY_account_told, account->name,
                   *account->card ? account->card
                                  : mu_message_text(MU_SAY_account_no_card, cli->language),
                   prepaid, owed, NULL);
        return MU_OK;
    }
    object = mu_json_object();
    mu_json_number(object, "resident_id", account->resident_id);
    mu_json_text(object, "name", account->name);
    mu_json_text(object, "card", account->card);
    mu_json_number(object, "prepaid_fen", account->prepaid.fen);
    mu_json_number(object, "owed_fen", account->owed.fen);
    return mu_json_print(cli, object);
}

/* What stands behind the name of the command: options, then an ID and `operands` - 1 more. */
struct request {
    const char *command;
    int operands;
    enum mu_format format;
    const char *reason;
    long long id;
    const char *second; /* amount or card */
};

static int read_request(struct mu_cli *cli, int argc, char **argv, const struct option *options,
                        struct request *request)
{
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'r')
            request->reason = optarg;
        else if (option != 'f' || !mu_format_from_word(optarg, &request->format))
            return mu_cli_misuse(cli, request->command, MU_SAY_error_option, argv[optind - 1]);
    }
    if (argc - optind < request->operands)
        return mu_cli_misuse(cli, request->command, MU_SAY_error_operand_missing,
                             argc == optind ? "ID" : "…");
    if (argc - optind > request->operands)
        return mu_cli_misuse(cli, request->command, MU_SAY_error_operand,
                             argv[optind + request->operands]);
    if (!mu_number_from_text(argv[optind], &request->id))
        return mu_cli_misuse(cli, request->command, MU_SAY_error_operand_number, argv[optind]);
    request->second = request->operands > 1 ? argv[optind + 1] : NULL;
    return MU_OK;
}

static const struct option only_format[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
static const struct option only_reason[] = {{"reason", required_argument, NULL, 'r'},
                                            {NULL, 0, NULL, 0}};

int mu_cmd_card_show(struct mu_cli *cli, int argc, char **argv)
{
    struct request request = {.command = "card show", .operands = 1};
    struct mu_diner_account account;
    struct mu_desk *desk;
    struct mu_error error;
    int status = read_request(cli, argc, argv, only_format, &request);

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_diner_account(desk, request.id, &account, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print(cli, request.format, &account);
}

int mu_cmd_card_bind(struct mu_cli *cli, int argc, char **argv)
{
    struct request request = {.command = "card bind", .operands = 2};
    struct mu_diner_account account;
    struct mu_desk *desk;
    struct mu_error error;
    int status = read_request(cli, argc, argv, only_reason, &request);

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_bind_card(desk, request.second, request.id, request.reason, &account, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print(cli, MU_FORMAT_TEXT, &account);
}

static int move_money(struct mu_cli *cli, int argc, char **argv, const struct option *options,
                      struct request *request, enum mu_account_movement movement)
{
    struct mu_diner_account account;
    struct mu_money amount;
    struct mu_desk *desk;
    struct mu_error error;
    int status = read_request(cli, argc, argv, options, request);

    if (status != MU_OK)
        return status;
    if (!mu_money_parse(request->second, &amount))
        return mu_cli_misuse(cli, request->command, MU_SAY_error_account_yuan, request->second);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_move_diner_money(desk, request->id, movement, amount, request->reason, &account,
                            &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print(cli, MU_FORMAT_TEXT, &account);
}

static const struct option no_options[] = {{NULL, 0, NULL, 0}};

int mu_cmd_card_top_up(struct mu_cli *cli, int argc, char **argv)
{
    struct request request = {.command = "card topup", .operands = 2};

    return move_money(cli, argc, argv, no_options, &request, MU_TOP_UP);
}

int mu_cmd_card_refund(struct mu_cli *cli, int argc, char **argv)
{
    struct request request = {.command = "card refund", .operands = 2};

    return move_money(cli, argc, argv, only_reason, &request, MU_REFUND);
}

int mu_cmd_account_pay(struct mu_cli *cli, int argc, char **argv)
{
    struct request request = {.command = "account pay", .operands = 2};

    return move_money(cli, argc, argv, no_options, &request, MU_PAY_BILL);
}

struct printing {
    const struct mu_cli *cli;
    enum mu_format format;
    int status;
};

static bool print_row(void *context, const struct mu_diner_account *account)
{
    struct printing *printing = context;

    printing->status = print(printing->cli, printing->format, account);
    return printing->status == MU_OK;
}

int mu_cmd_account_list(struct mu_cli *cli, int argc, char **argv)
{
    struct printing printing = {.cli = cli, .status = MU_OK};
    struct mu_desk *desk;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", only_format, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &printing.format))
            return mu_cli_misuse(cli, "account list", MU_SAY_error_option, argv[optind - 1]);
    if (optind < argc)
        return mu_cli_misuse(cli, "account list", MU_SAY_error_operand, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_list_owing(desk, print_row, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return printing.status;
}
