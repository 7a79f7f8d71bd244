#include "cli/command.h"
#include "cli/json.h"

#include <mulin/base/codes.h>
#include <mulin/base/message.h>
#include <mulin/base/text.h>
#include <mulin/desk/alert.h>

#include <string.h>

enum { LINE = 256 }; /* bytes of a cell */

struct printing {
    struct mu_cli *cli;
    enum mu_format format;
    struct mu_desk *desk;
    size_t count;
    int status;
};

static void add_moment(struct json_object *object, const char *key, struct mu_moment moment)
{
    char text[MU_MOMENT_SIZE] = "";

    if (mu_date_known(moment.date))
        mu_moment_format(moment, text);
    mu_json_text(object, key, text);
}

static void add_day(struct json_object *object, const char *key, struct mu_date day)
{
    char text[MU_DATE_SIZE];

    mu_date_format(day, text);
    mu_json_text(object, key, text);
}

static int print_json(const struct printing *printing, const struct mu_alert_case *at)
{
    struct json_object *object = mu_json_object();
    char address[MU_ADDRESS_SIZE];

    mu_resident_address(&at->resident, address);
    mu_json_number(object, "alert_id", at->alert.id);
    mu_json_number(object, "resident_id", at->resident.id);
    mu_json_text(object, "name", at->resident.name);
    mu_json_text(object, "address", address);
    mu_json_text(object, "phone", at->resident.phone);
    mu_json_text(object, "cause", mu_alert_cause_word(at->alert.cause));
    add_day(object, "date", at->alert.date);
    mu_json_text(object, "session", at->alert.session);
    mu_json_number(object, "missed", at->alert.missed);
    add_day(object, "last_meal", at->last_meal);
    add_moment(object, "opened_at", at->alert.opened_at);
    add_moment(object, "answered_at", at->alert.answered_at);
    mu_json_text(object, "answered_by", at->alert.answered_by);
    mu_json_choice(object, "outcome", &mu_outcomes, at->alert.outcome);
    add_day(object, "again_from", at->alert.again_from);
    return mu_json_print(printing->cli, object);
}

static void print_text(const struct printing *printing, const struct mu_alert_case *at)
{
    enum mu_language language = printing->cli->language;
    char text[LINE], count[16], address[MU_ADDRESS_SIZE];

    mu_resident_address(&at->resident, address);
    mu_cli_number(at->alert.id, text);
    mu_cli_column(stdout, text, 6);
    mu_cli_minute(at->alert.opened_at, text);
    mu_cli_column(stdout, text, 16);
    mu_cli_column(stdout, at->resident.name, 10);
    snprintf(count, sizeof count, "%d", at->alert.missed);
    mu_message_format(text, sizeof text, language,
                      at->alert.cause == MU_ALERT_ABSENT ? MU_SAY_alert_absent
                                                         : MU_SAY_alert_no_answer,
                      count, NULL);
    mu_cli_column(stdout, text, 15);
    mu_date_format(at->last_meal, text);
    mu_cli_column(stdout, *text ? text : mu_message_text(MU_SAY_alert_no_meal, language), 10);
    mu_cli_column(stdout, mu_choice_word(&mu_outcomes, at->alert.outcome, language), 12);
    mu_cli_column(stdout, at->resident.phone, 11);
    mu_cli_column(stdout, address, 0);
    putchar('\n');
}

static bool print(void *context, const struct mu_alert_case *alert)
{
    struct printing *printing = context;

    printing->count++;
    if (printing->format == MU_FORMAT_JSON)
        printing->status = print_json(printing, alert);
    else
        print_text(printing, alert);
    return printing->status == MU_OK;
}

int mu_cmd_alert_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"all", no_argument, NULL, 'a'},
                                            {"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct printing printing = {.cli = cli};
    bool all = false;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'a')
            all = true;
        else if (option != 'f' || !mu_format_from_word(optarg, &printing.format))
            return mu_cli_misuse(cli, "alert list", MU_SAY_error_option, argv[optind - 1]);
    }
    if (optind < argc)
        return mu_cli_misuse(cli, "alert list", MU_SAY_error_operand, argv[optind]);
    if (mu_cli_desk(cli, &printing.desk, &error) != MU_OK ||
        mu_list_alerts(printing.desk, all, print, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (printing.count == 0)
        mu_cli_note(cli, MU_SAY_alerts_none, NULL);
    return printing.status;
}

/* One field of the answer from its option. */
static int take(struct mu_cli *cli, const char *option, const char *key, const char *text,
                struct mu_date today, struct mu_alert_answer *answer)
{
    struct mu_error error;

    if (mu_field_read(mu_field_by_key(mu_alert_answer_fields, mu_alert_answer_field_count, key),
                      text, today, answer, &error) != MU_OK)
        return mu_cli_fail_option(cli, option, &error);
    return MU_OK;
}

int mu_cmd_alert_answer(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"outcome", required_argument, NULL, 'o'},
                                            {"found", required_argument, NULL, 'f'},
                                            {"back-on", required_argument, NULL, 'b'},
                                            {NULL, 0, NULL, 0}};
    static const char *const keys[] = {"outcome", "found", "back_on"};
    struct mu_alert_answer answer = {0};
    struct mu_alert_case alert;
    struct mu_desk *desk;
    struct mu_error error;
    long long id;
    int option, index = 0, status = MU_OK;

    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    while (status == MU_OK && (option = getopt_long(argc, argv, "", options, &index)) != -1) {
        if (option == '?')
            return mu_cli_misuse(cli, "alert answer", MU_SAY_error_option, argv[optind - 1]);
        status =
            take(cli, options[index].name, keys[index], optarg, mu_desk_now(desk).date, &answer);
    }
    if (status != MU_OK)
        return status;
    if (optind == argc)
        return mu_cli_misuse(cli, "alert answer", MU_SAY_error_operand_missing, "ALERT");
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "alert answer", MU_SAY_error_operand, argv[optind + 1]);
    if (!answer.outcome)
        return mu_cli_misuse(cli, "alert answer", MU_SAY_error_operand_missing, "--outcome");
    if (!mu_number_from_text(argv[optind], &id))
        return mu_cli_misuse(cli, "alert answer", MU_SAY_error_operand_number, argv[optind]);
    if (mu_answer_alert(desk, id, &answer, NULL, NULL, &error) != MU_OK ||
        mu_read_alert(desk, id, &alert, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_alert_answered, alert.resident.name,
               mu_choice_word(&mu_outcomes, answer.outcome, cli->language), NULL);
    return MU_OK;
}

int mu_cmd_alert_check(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_desk *desk;
    struct mu_error error;
    char count[24];
    size_t opened;

    if (argc > 1)
        return mu_cli_misuse(cli, "alert check", MU_SAY_error_operand, argv[1]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_check_alerts(desk, true, &opened, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    snprintf(count, sizeof count, "%zu", opened);
    mu_cli_say(cli, MU_SAY_alert_checked, count, NULL);
    return MU_OK;
}
