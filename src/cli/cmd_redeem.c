#include "cli/json.h"
#include "cli/options.h"
#include "cli/progress.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/goods.h>

#include <stdlib.h>
#include <string.h>

enum { PAPER_COLUMNS = 32, MANY = 500 };

/* What the options of all these commands say. */
struct asked {
    struct mu_desk *desk;
    const char *reason, *key;
    bool preview;
    struct mu_cli_output output;
};

static int begin(struct mu_cli *cli, const struct mu_syntax *syntax, int argc, char **argv,
                 struct asked *asked)
{
    int status = mu_cli_options(cli, syntax, argc, argv, asked, &asked->output, &asked->desk);

    if (status != MU_OK)
        return status;
    return asked->output.format_given && !asked->output.json &&
                   asked->output.target.format != MU_REPORT_TEXT
               ? mu_cli_misuse(cli, syntax->command, MU_SAY_error_option, "--format")
               : MU_OK;
}

/* ---- accounts ---- */

static struct json_object *account_json(const struct mu_points_account *account)
{
    struct json_object *object = mu_json_object();
    char day[MU_DATE_SIZE] = "";

    if (mu_date_known(account->soon_on))
        mu_date_format(account->soon_on, day);
    mu_json_number(object, "resident_id", account->resident_id);
    mu_json_text(object, "name", account->name);
    mu_json_number(object, "balance", account->balance.count);
    mu_json_number(object, "soon", account->soon.count);
    mu_json_text(object, "soon_on", day);
    return object;
}

static int print_account(const struct mu_cli *cli, const struct asked *asked,
                         const struct mu_points_account *account)
{
    char points[MU_POINTS_SIZE], soon[MU_POINTS_SIZE], day[MU_DATE_SIZE];

    if (asked->output.json)
        return mu_json_print(cli, account_json(account));
    mu_points_format(account->balance, points);
    mu_cli_say(cli, MU_SAY_points_account, account->name, points, NULL);
    if (mu_date_known(account->soon_on)) {
        mu_points_format(account->soon, soon);
        mu_date_format(account->soon_on, day);
        mu_cli_say(cli, MU_SAY_points_soon, soon, day, NULL);
    }
    return MU_OK;
}

int mu_cmd_points_balance(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"points balance", MANY, true, NULL, 0};
    struct asked asked = {0};
    struct mu_points_account account;
    struct mu_resident person;
    struct mu_error error;
    int status = begin(cli, &syntax, argc, argv, &asked);

    if (status != MU_OK)
        return status;
    if (optind >= argc)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "WHO");
    for (int i = optind; status == MU_OK && i < argc; i++) {
        if (mu_find_person(asked.desk, argv[i], &person, &error) != MU_OK ||
            mu_read_points(asked.desk, person.id, &account, &error) != MU_OK)
            return mu_cli_fail(cli, &error);
        status = print_account(cli, &asked, &account);
    }
    return status;
}

/* ---- redeeming ---- */

static int print_receipt(struct mu_cli *cli, const struct asked *asked,
                         const struct mu_redeemed *done)
{
    struct mu_receipt receipt;
    struct mu_error error;
    struct json_object *object;
    char paper[MU_RECEIPT_SIZE];

    if (mu_read_receipt(asked->desk, done->move_id, &receipt, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (!asked->output.json) {
        mu_receipt_write(&receipt, PAPER_COLUMNS, cli->language, paper);
        fputs(paper, stdout);
        if (done->already)
            mu_cli_note(cli, MU_SAY_redeem_already, NULL);
        return MU_OK;
    }
    object = account_json(&done->after);
    mu_json_number(object, "move_id", done->move_id);
    mu_json_number(object, "entry_id", receipt.entry_id);
    mu_json_number(object, "before", done->before.balance.count);
    mu_json_number(object, "sum", done->sum.count);
    mu_json_flag(object, "back", receipt.back);
    mu_json_flag(object, "already", done->already);
    return mu_json_print(cli, object);
}

/* GOODS or GOODS=PIECES. */
static int read_line(struct mu_cli *cli, const struct mu_syntax *syntax, struct mu_desk *desk,
                     char *operand, struct mu_basket_line *line)
{
    char *equals = strrchr(operand, '=');
    struct mu_points pieces = {1};
    struct mu_goods goods;
    struct mu_error error;

    if (equals && !mu_points_parse(equals + 1, &pieces))
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand_number, operand);
    if (equals)
        *equals = '\0';
    if (mu_find_goods(desk, operand, &goods, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    *line = (struct mu_basket_line){goods.id, pieces.count};
    return MU_OK;
}

int mu_cmd_points_redeem(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("reason", TEXT, reason),
                                               OPTION("key", TEXT, key)};
    static const struct mu_syntax syntax = {"points redeem", 1 + MU_BASKET, true, options,
                                            COUNT(options)};
    struct asked asked = {0};
    struct mu_basket basket = {0};
    struct mu_redeemed done;
    struct mu_resident person;
    struct mu_error error;
    int status = begin(cli, &syntax, argc, argv, &asked);

    if (status != MU_OK)
        return status;
    if (argc - optind < 2)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "WHO GOODS");
    if (asked.key && (!*asked.key || strlen(asked.key) > MU_KEY_SIZE - 5))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.key);
    if (mu_find_person(asked.desk, argv[optind], &person, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    basket.resident_id = person.id;
    basket.reason = asked.reason;
    basket.key = asked.key;
    for (int i = optind + 1; status == MU_OK && i < argc; i++)
        status = read_line(cli, &syntax, asked.desk, argv[i], &basket.line[basket.count++]);
    if (status != MU_OK)
        return status;
    if (mu_redeem(asked.desk, &basket, &done, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print_receipt(cli, &asked, &done);
}

int mu_cmd_points_give_back(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("reason", TEXT, reason)};
    static const struct mu_syntax syntax = {"points give-back", 1, true, options, COUNT(options)};
    struct asked asked = {0};
    struct mu_redeemed done;
    struct mu_error error;
    int64_t move_id = 0;
    int status = begin(cli, &syntax, argc, argv, &asked);

    if (status == MU_OK)
        status = mu_cli_operand_number(cli, &syntax, argc, argv, "MOVE", &move_id);
    if (status != MU_OK)
        return status;
    if (!asked.reason)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "--reason");
    if (mu_give_back(asked.desk, move_id, asked.reason, &done, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print_receipt(cli, &asked, &done);
}

int mu_cmd_points_receipt(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"points receipt", 1, false, NULL, 0};
    struct asked asked = {0};
    struct mu_receipt receipt;
    struct mu_error error;
    char paper[MU_RECEIPT_SIZE];
    int64_t move_id = 0;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &asked.desk);

    if (status == MU_OK)
        status = mu_cli_operand_number(cli, &syntax, argc, argv, "MOVE", &move_id);
    if (status != MU_OK)
        return status;
    if (mu_read_receipt(asked.desk, move_id, &receipt, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_receipt_write(&receipt, PAPER_COLUMNS, cli->language, paper);
    fputs(paper, stdout);
    return MU_OK;
}

/* ---- handing on ---- */

int mu_cmd_points_transfer(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("reason", TEXT, reason)};
    static const struct mu_syntax syntax = {"points transfer", 3, true, options, COUNT(options)};
    struct asked asked = {0};
    struct mu_points_account account[2];
    struct mu_resident person[2];
    struct mu_points points;
    struct mu_error error;
    int status = begin(cli, &syntax, argc, argv, &asked);

    if (status != MU_OK)
        return status;
    if (argc - optind < 3)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "FROM TO POINTS");
    if (!mu_points_parse(argv[optind + 2], &points))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_number, argv[optind + 2]);
    for (int i = 0; i < 2; i++)
        if (mu_find_person(asked.desk, argv[optind + i], &person[i], &error) != MU_OK)
            return mu_cli_fail(cli, &error);
    if (mu_transfer_points(asked.desk, person[0].id, person[1].id, points, asked.reason, account,
                           &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    for (int i = 0; status == MU_OK && i < 2; i++)
        status = print_account(cli, &asked, &account[i]);
    return status;
}

/* ---- running out ---- */

struct printing {
    const struct mu_cli *cli;
    bool json;
    int status;
};

static bool print_expiry(void *context, const struct mu_expiry *expiry)
{
    struct printing *printing = context;
    char number[MU_CLI_NUMBER_SIZE], points[MU_POINTS_SIZE], balance[MU_POINTS_SIZE];
    struct json_object *object;

    if (printing->json) {
        object = mu_json_object();
        mu_json_number(object, "resident_id", expiry->resident_id);
        mu_json_text(object, "name", expiry->name);
        mu_json_number(object, "points", expiry->points.count);
        mu_json_number(object, "balance", expiry->balance.count);
        printing->status = mu_json_print(printing->cli, object);
        return printing->status == MU_OK;
    }
    mu_cli_number(expiry->resident_id, number);
    mu_points_format(expiry->points, points);
    mu_points_format(expiry->balance, balance);
    mu_cli_column(stdout, number, 8);
    mu_cli_column(stdout, expiry->name, 12);
    mu_cli_column(stdout, points, 8);
    mu_cli_column(stdout, balance, 0);
    putchar('\n');
    return true;
}

static int print_report(const struct mu_cli *cli, const struct mu_expiry_report *report, bool json,
                        enum mu_message message)
{
    char people[24], points[MU_POINTS_SIZE], day[MU_DATE_SIZE], month[MU_MONTH_SIZE];
    struct json_object *object;

    mu_date_format(report->day, day);
    mu_month_format(mu_month_first(report->through), month);
    if (json) {
        object = mu_json_object();
        mu_json_text(object, "day", day);
        mu_json_text(object, "through", month);
        mu_json_number(object, "people", (int64_t)report->people);
        mu_json_number(object, "points", report->sum.count);
        return mu_json_print(cli, object);
    }
    snprintf(people, sizeof people, "%zu", report->people);
    mu_points_format(report->sum, points);
    mu_cli_say(cli, message, day, month, people, points, NULL);
    return MU_OK;
}

static int preview(struct mu_cli *cli, const struct asked *asked, const char *typed)
{
    struct printing printing = {.cli = cli, .json = asked->output.json};
    struct mu_date day = {0, 0, 0};
    struct mu_expiry_report report;
    struct mu_error error;

    if (typed && !mu_date_parse(typed, mu_desk_now(asked->desk).date, &day))
        return mu_cli_misuse(cli, "points expire", MU_SAY_error_operand, typed);
    if (mu_points_expiring(asked->desk, day, print_expiry, &printing, &report, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (printing.status != MU_OK || printing.json)
        return printing.status;
    return print_report(cli, &report, false, MU_SAY_expiry_preview);
}

int mu_cmd_points_expire(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("preview", FLAG, preview)};
    static const struct mu_syntax syntax = {"points expire", 1, true, options, COUNT(options)};
    struct asked asked = {0};
    struct mu_cli_progress progress;
    struct mu_expiry_report report;
    struct mu_error error;
    enum mu_status done;
    int status = begin(cli, &syntax, argc, argv, &asked);

    if (status != MU_OK)
        return status;
    if (asked.preview)
        return preview(cli, &asked, argv[optind]);
    if (optind < argc)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand, argv[optind]);
    mu_cli_progress_begin(&progress, cli, MU_SAY_expiry_progress);
    done = mu_expire_points(asked.desk, mu_cli_progress, &progress, &report, &error);
    mu_cli_progress_end(&progress);
    if (done != MU_OK)
        return mu_cli_fail(cli, &error);
    return print_report(cli, &report, asked.output.json, MU_SAY_expiry_booked);
}
