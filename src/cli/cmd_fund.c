#include "cli/command.h"
#include "cli/json.h"

#include <mulin/desk/fund.h>

#include <string.h>

static int book(struct mu_cli *cli, const char *command, int argc, char **argv, bool receive)
{
    static const struct option options[] = {{"reason", required_argument, NULL, 'r'},
                                            {NULL, 0, NULL, 0}};
    struct mu_money amount, balance;
    enum mu_payer payer = MU_PAYER_SELF;
    const char *reason = NULL;
    struct mu_desk *desk;
    struct mu_error error;
    char text[2][MU_MONEY_SIZE];
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option != 'r')
            return mu_cli_misuse(cli, command, MU_SAY_error_option, argv[optind - 1]);
        reason = optarg;
    }
    if (argc - optind < 2)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "PAYER AMOUNT");
    if (argc - optind > 2)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[optind + 2]);
    if (!reason)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "--reason");
    if (!mu_payer_from_word(argv[optind], &payer) || payer == MU_PAYER_SELF)
        return mu_cli_misuse(cli, command, MU_SAY_error_fund_payer, argv[optind]);
    if (!mu_money_parse(argv[optind + 1], &amount) || amount.fen == 0)
        return mu_cli_misuse(cli, command, MU_SAY_error_fund_amount, argv[optind + 1]);
    if (!receive)
        amount.fen = -amount.fen;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_fund_book(desk, payer, amount, reason, &balance, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_money_format(amount, text[0]);
    mu_money_format(balance, text[1]);
    mu_cli_say(cli, MU_SAY_fund_booked, mu_message_text(mu_payer_name(payer), cli->language),
               text[0], text[1], NULL);
    return MU_OK;
}

int mu_cmd_fund_receive(struct mu_cli *cli, int argc, char **argv)
{
    return book(cli, "fund receive", argc, argv, true);
}

int mu_cmd_fund_spend(struct mu_cli *cli, int argc, char **argv)
{
    return book(cli, "fund spend", argc, argv, false);
}

static void print(const struct mu_cli *cli, const struct mu_fund *fund)
{
    char balance[MU_MONEY_SIZE];

    mu_money_format(fund->balance, balance);
    mu_cli_say(
        cli, MU_SAY_fund_balance, mu_message_text(mu_payer_name(fund->payer), cli->language),
        balance,
        mu_message_text(fund->funded ? MU_SAY_fund_funded : MU_SAY_fund_billed, cli->language),
        NULL);
}

int mu_cmd_fund_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_fund fund[MU_PAYER_COUNT - 1];
    struct mu_desk *desk;
    struct mu_error error;
    int option, status = MU_OK;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option != 'f' || !mu_format_from_word(optarg, &format))
            return mu_cli_misuse(cli, "fund list", MU_SAY_error_option, argv[optind - 1]);
    }
    if (optind < argc)
        return mu_cli_misuse(cli, "fund list", MU_SAY_error_operand, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK || mu_funds(desk, fund, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    for (size_t i = 0; i < MU_PAYER_COUNT - 1 && status == MU_OK; i++) {
        struct json_object *object;

        if (format == MU_FORMAT_TEXT) {
            print(cli, &fund[i]);
            continue;
        }
        object = mu_json_object();
        mu_json_text(object, "payer", mu_payer_word(fund[i].payer));
        mu_json_number(object, "balance_fen", fund[i].balance.fen);
        mu_json_flag(object, "funded", fund[i].funded);
        status = mu_json_print(cli, object);
    }
    return status;
}
