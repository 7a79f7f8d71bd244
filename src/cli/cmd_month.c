#include "cli/command.h"

#include <mulin/report/month.h>

/* What the command line asks for. */
struct asked {
    enum mu_month_by by;
    bool posted, format_given;
    struct mu_report_target target;
};

static bool read_option(struct asked *asked, int option)
{
    switch (option) {
    case 'b':
        return mu_month_by_read(optarg, &asked->by);
    case 'f':
        asked->format_given = true;
        return mu_report_format_read(optarg, &asked->target.format);
    case 'o':
        asked->target.path = optarg;
        return true;
    case 'w':
        asked->target.overwrite = true;
        return true;
    case 'p':
        asked->posted = true;
        return true;
    default:
        return false;
    }
}

static int deliver(struct mu_cli *cli, const struct asked *asked, struct mu_month *month)
{
    struct mu_error error;
    const char *path = asked->target.path;

    if (asked->posted)
        mu_month_for_posting(month);
    if (asked->by == MU_MONTH_BY_PERSON &&
        mu_month_people(cli->desk, month, asked->posted, path ? path : "-", &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (mu_report_month(&asked->target, month, asked->by, asked->posted, cli->language, &error) !=
        MU_OK)
        /* Of a broken standard output the end of the command tells. */
        return !path && ferror(stdout) ? mu_exit_status(error.status) : mu_cli_fail(cli, &error);
    if (path)
        mu_cli_say(cli, MU_SAY_report_saved, path, NULL);
    return MU_OK;
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
    struct asked asked = {.target = {.stream = stdout}};
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
    if (asked.target.path && !asked.format_given)
        mu_report_format_of(asked.target.path, &asked.target.format);
    if (!asked.target.path && asked.target.format == MU_REPORT_XLSX) {
        mu_fail(&error, MU_USAGE, MU_SAY_error_report_no_file, NULL);
        return mu_cli_fail(cli, &error);
    }
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
