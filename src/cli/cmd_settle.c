/* Settling a day, and closing a session. */
#include "cli/command.h"
#include "cli/json.h"
#include "cli/password.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/closing.h>
#include <mulin/desk/round.h>
#include <mulin/report/settlement.h>

#include <stdlib.h>
#include <string.h>

enum { LATE_LIMIT = 200, DAY_CLOSINGS = MU_RULES_SESSIONS + 1, LINE_SIZE = 512 };

/* All that is told of a day or session. */
struct sheet {
    struct mu_date date;
    char day[MU_DATE_SIZE];
    const char *session; /* NULL: the whole day */
    struct mu_day_totals totals;
    struct mu_verify_report heads;
    struct mu_settlement settlements[DAY_CLOSINGS]; /* that were closed */
    size_t count;
};

static void print_heading(const struct mu_cli *cli)
{
    static const enum mu_message words[] = {MU_SAY_settle_meals, MU_SAY_settle_price,
                                            MU_SAY_settle_pay};
    static const int cells[] = {5, 12, 12};

    mu_cli_column(stdout, mu_message_text(MU_SAY_settle_tier, cli->language), 22);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *word = mu_message_text(words[i], cli->language);

        printf(" %*s%s", cells[i] - mu_text_cells(word), "", word);
    }
    putchar('\n');
}

static void print_totals(struct mu_cli *cli, struct mu_desk *desk, const char *date,
                         const struct mu_day_totals *totals)
{
    char number[4][MU_MONEY_SIZE], name[MU_RULE_NAME_SIZE];

    snprintf(number[0], sizeof number[0], "%d", totals->meals);
    snprintf(number[1], sizeof number[1], "%d", totals->voided);
    mu_money_format(totals->price, number[2]);
    mu_cli_say(cli, MU_SAY_settle_title, date, number[0], number[2], number[1], NULL);
    if (totals->tier_count)
        print_heading(cli);
    for (size_t i = 0; i < totals->tier_count; i++) {
        const struct mu_tier_total *tier = &totals->tier[i];

        mu_tier_name(desk, tier->tier, name, sizeof name);
        mu_cli_column(stdout,
                      *tier->tier ? name : mu_message_text(MU_SAY_full_price, cli->language), 23);
        mu_money_format(tier->price, number[0]);
        mu_money_format(tier->pay, number[1]);
        printf("%5d %12s %12s\n", tier->meals, number[0], number[1]);
    }
    for (int payer = 0; payer < MU_PAYER_COUNT; payer++) {
        if (payer != MU_PAYER_SELF && totals->payer[payer].fen == 0)
            continue;
        mu_money_format(totals->payer[payer], number[0]);
        mu_cli_say(cli, MU_SAY_settle_payer,
                   mu_message_text(mu_payer_name((enum mu_payer)payer), cli->language), number[0],
                   NULL);
    }
    mu_money_format(totals->paid[MU_PAY_CASH], number[0]);
    mu_money_format(totals->paid[MU_PAY_CARD], number[1]);
    mu_money_format(totals->paid[MU_PAY_ACCOUNT], number[2]);
    mu_cli_say(cli, MU_SAY_settle_cash, number[0], number[1], number[2], NULL);
}

static void print_cash(const struct mu_cli *cli, const struct mu_settlement *settlement)
{
    char line[LINE_SIZE], part[96], amount[MU_MONEY_SIZE];
    size_t used = 0;

    for (int at = 0; at < MU_CASH_LINES; at++) {
        if (!settlement->figures.cash[at].fen)
            continue;
        mu_money_format(settlement->figures.cash[at], amount);
        mu_message_format(part, sizeof part, cli->language, MU_SAY_settle_cash_part,
                          mu_message_text(mu_cash_line_name((enum mu_cash_line)at), cli->language),
                          amount, NULL);
        if (used + strlen(part) + 3 < sizeof line)
            used +=
                (size_t)snprintf(line + used, sizeof line - used, "%s%s", used ? ", " : "", part);
    }
    if (used)
        printf("    %s\n", line);
}

/* Meals served late and corrected, a line each. */
static int print_late(struct mu_cli *cli, struct mu_desk *desk, const struct mu_closing *closing)
{
    struct mu_late_meal *late = calloc(LATE_LIMIT, sizeof *late);
    struct mu_error error;
    size_t count = 0;
    int status = MU_OK;

    if (!late) {
        mu_fail_memory(&error);
        return mu_cli_fail(cli, &error);
    }
    if (mu_late_meals(desk, closing, LATE_LIMIT, late, &count, &error) != MU_OK)
        status = mu_cli_fail(cli, &error);
    for (size_t i = 0; i < count && status == MU_OK; i++) {
        char what[LINE_SIZE], number[MU_CLI_NUMBER_SIZE], day[MU_DATE_SIZE], pay[MU_MONEY_SIZE];

        mu_cli_number(late[i].meal.id, number);
        mu_date_format(late[i].meal.date, day);
        mu_money_format(late[i].meal.pay, pay);
        mu_message_format(what, sizeof what, cli->language,
                          late[i].voided ? MU_SAY_settle_corrected : MU_SAY_settle_late, number,
                          day, pay, late[i].reason, NULL);
        for (size_t end = strlen(what); end > 0 && what[end - 1] == ' '; end--)
            what[end - 1] = '\0';
        printf("    %s\n", what);
    }
    free(late);
    return status;
}

static int print_closing(struct mu_cli *cli, struct mu_desk *desk,
                         const struct mu_settlement *settlement)
{
    const struct mu_closing *closing = &settlement->closing;
    char number[MU_CLI_NUMBER_SIZE], moment[MU_MINUTE_SIZE], money[3][MU_MONEY_SIZE],
        name[MU_RULE_NAME_SIZE];
    char head[MU_HEAD_SIZE];

    mu_cli_number(closing->id, number);
    mu_cli_minute(closing->closed_at, moment);
    if (*closing->session)
        mu_session_name(desk, closing->session, name, sizeof name);
    else
        mu_text_copy(name, sizeof name, mu_message_text(MU_SAY_settle_whole_day, cli->language));
    mu_cli_say(cli, MU_SAY_settle_closing, number, name, moment, NULL);
    mu_money_format(closing->expected, money[0]);
    mu_money_format(closing->counted, money[1]);
    mu_money_format(mu_money_subtract(closing->counted, closing->expected), money[2]);
    mu_cli_say(cli, MU_SAY_settle_counted, money[0], money[1], money[2], NULL);
    if (*closing->reason)
        mu_cli_say(cli, MU_SAY_settle_reason, closing->reason, NULL);
    print_cash(cli, settlement);
    mu_cli_say(cli, MU_SAY_settle_names, closing->operator_name, closing->second_name, NULL);
    mu_head_print(MU_CHAIN_LEDGER, closing->last_entry, closing->head, head);
    mu_cli_say(cli, MU_SAY_settle_closing_head, head, NULL);
    return print_late(cli, desk, closing);
}

static int print_text(struct mu_cli *cli, struct mu_desk *desk, const struct sheet *sheet)
{
    int status = MU_OK;

    print_totals(cli, desk, sheet->day, &sheet->totals);
    for (size_t i = 0; i < sheet->count && status == MU_OK; i++)
        status = print_closing(cli, desk, &sheet->settlements[i]);
    if (status == MU_OK)
        mu_cli_heads(cli, MU_SAY_settle_head, MU_SAY_settle_audit, &sheet->heads);
    return status;
}

static void add_totals(struct json_object *object, const struct mu_day_totals *totals)
{
    struct json_object *tiers = mu_json_array(), *payers = mu_json_object();

    mu_json_number(object, "meals", totals->meals);
    mu_json_number(object, "voided", totals->voided);
    mu_json_number(object, "price_fen", totals->price.fen);
    mu_json_number(object, "cash_fen", totals->paid[MU_PAY_CASH].fen);
    mu_json_number(object, "card_fen", totals->paid[MU_PAY_CARD].fen);
    mu_json_number(object, "account_fen", totals->paid[MU_PAY_ACCOUNT].fen);
    for (size_t i = 0; i < totals->tier_count; i++) {
        struct json_object *tier = mu_json_object();

        mu_json_text(tier, "tier", totals->tier[i].tier);
        mu_json_number(tier, "meals", totals->tier[i].meals);
        mu_json_number(tier, "price_fen", totals->tier[i].price.fen);
        mu_json_number(tier, "pay_fen", totals->tier[i].pay.fen);
        mu_json_append(tiers, tier);
    }
    mu_json_add(object, "tiers", tiers);
    for (int payer = 0; payer < MU_PAYER_COUNT; payer++)
        if (payer == MU_PAYER_SELF || totals->payer[payer].fen)
            mu_json_number(payers, mu_payer_word((enum mu_payer)payer), totals->payer[payer].fen);
    mu_json_add(object, "payers", payers);
}

static struct json_object *closing_object(const struct mu_settlement *settlement)
{
    const struct mu_closing *closing = &settlement->closing;
    struct json_object *object = mu_json_object(), *cash = mu_json_object();
    char text[2 * MU_HASH_SIZE + 1];

    mu_json_number(object, "closing_id", closing->id);
    mu_json_text(object, "session", closing->session);
    mu_moment_format(closing->closed_at, text);
    mu_json_text(object, "closed_at", text);
    mu_json_number(object, "meals", closing->meals);
    for (int line = 0; line < MU_CASH_LINES; line++)
        if (settlement->figures.cash[line].fen)
            mu_json_number(cash, mu_cash_line_word((enum mu_cash_line)line),
                           settlement->figures.cash[line].fen);
    mu_json_add(object, "cash", cash);
    mu_json_number(object, "expected_fen", closing->expected.fen);
    mu_json_number(object, "counted_fen", closing->counted.fen);
    mu_json_number(object, "difference_fen",
                   mu_money_subtract(closing->counted, closing->expected).fen);
    mu_json_text(object, "reason", closing->reason);
    mu_json_text(object, "operator", closing->operator_name);
    mu_json_text(object, "second", closing->second_name);
    mu_json_number(object, "late", settlement->figures.late.meals);
    mu_json_number(object, "corrected", settlement->figures.corrected.meals);
    mu_json_number(object, "last_entry", closing->last_entry);
    mu_hash_text(closing->head, MU_HASH_SIZE, text);
    mu_json_text(object, "head", text);
    return object;
}

static int print_json(struct mu_cli *cli, const struct sheet *sheet)
{
    const struct mu_verify_report *heads = &sheet->heads;
    struct json_object *object = mu_json_object(), *closings = mu_json_array();
    char head[2 * MU_HASH_SIZE + 1], printed[MU_HEAD_SIZE];

    mu_json_text(object, "date", sheet->day);
    add_totals(object, &sheet->totals);
    for (size_t i = 0; i < sheet->count; i++)
        mu_json_append(closings, closing_object(&sheet->settlements[i]));
    mu_json_add(object, "closings", closings);
    mu_hash_text(heads->head, MU_HASH_SIZE, head);
    mu_head_print(MU_CHAIN_LEDGER, heads->entries, heads->head, printed);
    mu_json_number(object, "last_entry", heads->entries);
    mu_json_text(object, "head", head);
    mu_json_text(object, "printed_head", printed);
    mu_hash_text(heads->audit_head, MU_HASH_SIZE, head);
    mu_head_print(MU_CHAIN_AUDIT, heads->audit_entries, heads->audit_head, printed);
    mu_json_number(object, "last_audit_entry", heads->audit_entries);
    mu_json_text(object, "audit_head", head);
    mu_json_text(object, "printed_audit_head", printed);
    return mu_json_print(cli, object);
}

static bool take_closing(void *context, const struct mu_closing *closing)
{
    struct sheet *sheet = context;
    bool meant = !sheet->session || strcmp(sheet->session, closing->session) == 0;

    if (meant || !*closing->session)
        sheet->settlements[sheet->count++].closing = *closing;
    return sheet->count < DAY_CLOSINGS;
}

/* What was closed under this very name is told as it was then, everything else as it is now. */
static enum mu_status read_sheet(struct mu_desk *desk, struct sheet *sheet, struct mu_error *error)
{
    enum mu_status status =
        mu_settle_day(desk, sheet->date, sheet->session, &sheet->totals, &sheet->heads, error);

    mu_date_format(sheet->date, sheet->day);
    if (status == MU_OK)
        status = mu_list_closings(desk, sheet->date, sheet->date, take_closing, sheet, error);
    for (size_t i = 0; status == MU_OK && i < sheet->count; i++) {
        struct mu_settlement *settlement = &sheet->settlements[i];
        char session[MU_RULE_ID_SIZE];

        mu_text_copy(session, sizeof session, settlement->closing.session);
        status = mu_settle(desk, sheet->date, session, settlement, error);
        if (status == MU_OK && sheet->count == 1 &&
            strcmp(settlement->closing.session, sheet->session ? sheet->session : "") == 0)
            sheet->totals = settlement->figures.totals;
    }
    return status;
}

static int print_sheet(struct mu_cli *cli, struct mu_desk *desk, struct sheet *sheet,
                       enum mu_format format)
{
    struct mu_error error;

    if (read_sheet(desk, sheet, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return format == MU_FORMAT_JSON ? print_json(cli, sheet) : print_text(cli, desk, sheet);
}

/* Reads the one operand DATE, today without it. False when it is none. */
static bool read_date(struct mu_desk *desk, int argc, char **argv, struct mu_date *date)
{
    *date = mu_desk_now(desk).date;
    return optind == argc || (optind + 1 == argc && mu_date_parse(argv[optind], *date, date));
}

/* A sheet is too large for the stack. Free it. */
static struct sheet *new_sheet(const struct mu_cli *cli, int *status)
{
    struct sheet *sheet = calloc(1, sizeof *sheet);
    struct mu_error error;

    if (!sheet) {
        mu_fail_memory(&error);
        *status = mu_cli_fail(cli, &error);
    }
    return sheet;
}

/* As a table of a printer, spreadsheet or browser. */
static int write_paper(struct mu_cli *cli, struct mu_desk *desk, struct sheet *sheet,
                       const struct mu_report_target *target)
{
    struct mu_settlement_paper paper = {.date = sheet->date,
                                        .session = sheet->session,
                                        .totals = &sheet->totals,
                                        .settlements = sheet->settlements,
                                        .heads = &sheet->heads};
    struct mu_error error;
    enum mu_status status = read_sheet(desk, sheet, &error);

    paper.count = sheet->count;
    if (status == MU_OK)
        status = mu_report_settlement(desk, target, &paper, cli->language, &error);
    if (status != MU_OK)
        return mu_cli_fail(cli, &error);
    if (target->path)
        mu_cli_say(cli, MU_SAY_report_saved, target->path, NULL);
    return MU_OK;
}

/* What stands behind `meal settle`. */
struct settle {
    enum mu_format format;
    const char *session;
    bool table; /* not the lines for a terminal or a program */
    struct mu_report_target target;
};

static bool read_settle_option(struct settle *settle, int option)
{
    switch (option) {
    case 's':
        settle->session = optarg;
        return true;
    case 'o':
        settle->target.path = optarg;
        return settle->table = mu_report_format_of(optarg, &settle->target.format);
    case 'w':
        return settle->target.overwrite = true;
    default:
        return option == 'f' && mu_format_from_word(optarg, &settle->format);
    }
}

int mu_cmd_meal_settle(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"session", required_argument, NULL, 's'},
                                            {"format", required_argument, NULL, 'f'},
                                            {"overwrite", no_argument, NULL, 'w'},
                                            {NULL, 0, NULL, 0}};
    struct settle settle = {.format = MU_FORMAT_TEXT};
    struct mu_date date;
    struct sheet *sheet;
    struct mu_desk *desk;
    struct mu_error error;
    int option, status = MU_OK;

    while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1)
        if (!read_settle_option(&settle, option))
            return mu_cli_misuse(cli, "meal settle", MU_SAY_error_option, argv[optind - 1]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (!read_date(desk, argc, argv, &date))
        return mu_cli_misuse(cli, "meal settle", MU_SAY_error_operand_date, argv[optind]);
    sheet = new_sheet(cli, &status);
    if (!sheet)
        return status;
    sheet->date = date;
    sheet->session = settle.session;
    status = settle.table ? write_paper(cli, desk, sheet, &settle.target)
                          : print_sheet(cli, desk, sheet, settle.format);
    free(sheet);
    return status;
}

/* What stands behind `meal close`. */
struct close {
    struct mu_closing_request request;
    enum mu_format format;
    const char *descriptor; /* of the second person's password */
    bool counted;
};

static bool read_close_option(struct close *close, int option)
{
    switch (option) {
    case 's':
        close->request.session = optarg;
        return true;
    case 'c':
        return close->counted = mu_money_parse(optarg, &close->request.counted);
    case 'r':
        close->request.reason = optarg;
        return true;
    case 'n':
        close->request.second_name = optarg;
        return true;
    case 'p':
        close->descriptor = optarg;
        return true;
    default:
        return option == 'f' && mu_format_from_word(optarg, &close->format);
    }
}

static enum mu_status close_session(struct mu_cli *cli, struct mu_desk *desk, struct close *close,
                                    struct mu_error *error)
{
    char password[MU_PASSWORD_SIZE] = "";
    bool signs = false;
    enum mu_status status = mu_second_signs(desk, close->request.date, &signs, error);

    if (status == MU_OK && signs)
        status = mu_password_read(cli, close->descriptor, close->request.second_name, false,
                                  password, error);
    close->request.second_password = password;
    if (status == MU_OK)
        status = mu_close_session(desk, &close->request, NULL, error);
    close->request.second_password = NULL;
    explicit_bzero(password, sizeof password);
    return status;
}

/* Doors that no courier has told of, for whoever may know. */
static void note_left(const struct mu_cli *cli, struct mu_desk *desk, const struct close *close)
{
    const char *session = *close->request.session ? close->request.session : NULL;
    struct mu_rounds_left left;
    char meals[MU_COUNT_SIZE], doors[MU_COUNT_SIZE];

    if (mu_read_rounds_left(desk, close->request.date, session, &left, NULL) != MU_OK ||
        (!left.unassigned && !left.not_told))
        return;
    mu_count_text((int64_t)left.unassigned, meals);
    mu_count_text(left.not_told, doors);
    mu_cli_note(cli, MU_SAY_round_left, meals, doors, NULL);
}

int mu_cmd_meal_close(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"session", required_argument, NULL, 's'},
                                            {"counted", required_argument, NULL, 'c'},
                                            {"second", required_argument, NULL, 'n'},
                                            {"second-password-fd", required_argument, NULL, 'p'},
                                            {"reason", required_argument, NULL, 'r'},
                                            {"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct close close = {.request = {.session = ""}, .format = MU_FORMAT_TEXT};
    struct sheet *sheet;
    struct mu_desk *desk;
    struct mu_error error;
    int option, status = MU_OK;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!read_close_option(&close, option))
            return mu_cli_misuse(cli, "meal close", MU_SAY_error_option, argv[optind - 1]);
    if (!close.counted || !close.request.second_name)
        return mu_cli_misuse(cli, "meal close", MU_SAY_error_operand_missing,
                             close.counted ? "--second NAME" : "--counted AMOUNT");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (!read_date(desk, argc, argv, &close.request.date))
        return mu_cli_misuse(cli, "meal close", MU_SAY_error_operand_date, argv[optind]);
    note_left(cli, desk, &close);
    if (close_session(cli, desk, &close, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    sheet = new_sheet(cli, &status);
    if (!sheet)
        return status;
    sheet->date = close.request.date;
    sheet->session = *close.request.session ? close.request.session : NULL;
    status = print_sheet(cli, desk, sheet, close.format);
    free(sheet);
    return status;
}
