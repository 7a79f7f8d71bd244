#include "cli/report_output.h"

#include <mulin/report/month.h>

/* What the command line asks for. */
struct asked {
    enum mu_month_by by;
    bool posted;
    struct mu_cli_output output;
};

static bool read_option(struct asked *asked, int option)
{
    switch (option) {
    case 'b':
        return mu_month_by_read(optarg, &asked->by);
    case 'p':
        asked->posted = true;
        return true;
    default:
        return mu_cli_output_option(&asked->output, option, false);
    }
}

static int deliver(struct mu_cli *cli, const struct asked *asked, struct mu_month *month)
{
    struct mu_error error;
    enum mu_status status = MU_OK;

    if (asked->posted)
        mu_month_for_posting(month);
    if (asked->by == MU_MONTH_BY_PERSON)
        status = mu_month_people(cli->desk, month, asked->posted,
                                 mu_cli_output_name(&asked->output), &error);
    if (status == MU_OK)
        status = mu_report_month(&asked->output.target, month, asked->by, asked->posted,
                                 cli->language, &error);
    return mu_cli_output_done(cli, &asked->output, status, &error);
}

/* The month that is the only operand. */
static bool read_month(int argc, char **argv, struct mu_date *month)
{
    return optind + 1 == argc && mu_month_parse(argv[optind], month);
}

int mu_cmd_report_canteen(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"by", required_argument, NULL, 'b'},
                                            {"format", required_argument, NULL, 'f'},
                                            {"overwrite", no_argument, NULL, 'w'},
                                            {"posted", no_argument, NULL, 'p'},
                                            {NULL, 0, NULL, 0}};
    struct asked asked = {0};
    struct mu_month *month = NULL;
    struct mu_date first;
    struct mu_desk *desk;
    struct mu_error error;
    int option, status;

    while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1)
        if (!read_option(&asked, option))
            return mu_cli_misuse(cli, "report canteen", MU_SAY_error_option, argv[optind - 1]);
    if (!read_month(argc, argv, &first))
        return mu_cli_misuse(cli, "report canteen", MU_SAY_error_operand_missing, "YYYY-MM");
    status = mu_cli_output_settle(cli, &asked.output);
    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_count_month(desk, first, &month, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = deliver(cli, &asked, month);
    mu_month_free(&month);
    return status;
}

int mu_cmd_fund_share(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option none[] = {{NULL, 0, NULL, 0}};
    struct mu_month_share share;
    struct mu_date first;
    struct mu_desk *desk;
    struct mu_error error;
    char month[MU_MONTH_SIZE], amount[MU_MONEY_SIZE];

    if (getopt_long(argc, argv, "", none, NULL) != -1)
        return mu_cli_misuse(cli, "fund share", MU_SAY_error_option, argv[optind - 1]);
    if (!read_month(argc, argv, &first))
        return mu_cli_misuse(cli, "fund share", MU_SAY_error_operand_missing, "YYYY-MM");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_book_month_share(desk, first, &share, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_month_format(first, month);
    mu_money_format(share.booked, amount);
    mu_cli_say(cli, MU_SAY_month_share_booked, month, amount, NULL);
    return MU_OK;
}
