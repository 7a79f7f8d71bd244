#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/report/round.h>

#include <string.h>

/* What the options of all these commands say. */
struct asked {
    struct mu_desk *desk;
    struct mu_date date; /* of today when not given */
    const char *session, *courier, *pay, *told, *reason;
    struct mu_doors doors;
    int delivery;
    struct mu_cli_output output;
};

int mu_cmd_round_make(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("courier", TEXT, courier), OPTION("date", DATE, date),
        OPTION("session", TEXT, session), OPTION("estate", TEXT, doors.estate),
        OPTION("building", TEXT, doors.building)};
    static const struct mu_syntax syntax = {"round make", 0, false, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct mu_round round;
    struct mu_error error;
    char number[3][MU_CLI_NUMBER_SIZE];
    size_t added;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &asked.desk);

    if (status != MU_OK)
        return status;
    if (!mu_date_known(asked.date))
        asked.date = mu_desk_now(asked.desk).date;
    if (!asked.courier)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "--courier");
    if (mu_make_round(asked.desk, asked.date, asked.session, asked.courier, &asked.doors, &round,
                      &added, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_number(round.id, number[0]);
    mu_cli_number(round.stops, number[1]);
    mu_cli_number((int64_t)added, number[2]);
    mu_cli_say(cli, MU_SAY_round_made, number[0], round.courier, number[1], number[2], NULL);
    return MU_OK;
}

int mu_cmd_round_move(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("courier", TEXT, courier),
                                               OPTION("estate", TEXT, doors.estate),
                                               OPTION("building", TEXT, doors.building)};
    static const struct mu_syntax syntax = {"round move", 1, false, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct mu_error error;
    char number[MU_CLI_NUMBER_SIZE];
    int64_t id = 0;
    size_t moved;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &asked.desk);

    if (status == MU_OK)
        status = mu_cli_operand_number(cli, &syntax, argc, argv, "ROUND", &id);
    if (status != MU_OK)
        return status;
    if (!asked.courier)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "--courier");
    if (mu_move_stops(asked.desk, id, &asked.doors, asked.courier, &moved, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_number((int64_t)moved, number);
    mu_cli_say(cli, MU_SAY_round_moved, asked.courier, number, NULL);
    return MU_OK;
}

struct printing {
    struct mu_cli *cli;
    const struct asked *asked;
    size_t count;
    int status;
};

static bool print_round(void *context, const struct mu_round *round)
{
    struct printing *printing = context;
    char number[4][MU_CLI_NUMBER_SIZE], session[MU_RULE_NAME_SIZE], line[512], day[MU_DATE_SIZE];

    printing->count++;
    if (printing->asked->output.json) {
        struct json_object *object = mu_json_object();

        mu_date_format(round->date, day);
        mu_json_number(object, "round_id", round->id);
        mu_json_text(object, "date", day);
        mu_json_text(object, "session", round->session);
        mu_json_text(object, "courier", round->courier);
        mu_json_number(object, "stops", round->stops);
        mu_json_number(object, "not_told", round->not_told);
        mu_json_number(object, "no_answer", round->no_answer);
        printing->status = mu_json_print(printing->cli, object);
        return printing->status == MU_OK;
    }
    mu_cli_number(round->id, number[0]);
    mu_session_name(printing->asked->desk, round->session, session, sizeof session);
    mu_cli_column(stdout, number[0], 6);
    mu_cli_number(round->stops, number[1]);
    mu_cli_number(round->not_told, number[2]);
    mu_cli_number(round->no_answer, number[3]);
    mu_message_format(line, sizeof line, printing->cli->language, MU_SAY_round_counts, number[1],
                      number[2], number[3], NULL);
    mu_cli_column(stdout, session, 8);
    mu_cli_column(stdout, round->courier, 12);
    mu_cli_column(stdout, line, 0);
    putchar('\n');
    return true;
}

int mu_cmd_round_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"round list", 1, true, NULL, 0};
    struct asked asked = {0};
    struct printing printing = {.cli = cli, .asked = &asked};
    struct mu_rounds_left left;
    struct mu_error error;
    char number[2][MU_CLI_NUMBER_SIZE];
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    asked.date = mu_desk_now(asked.desk).date;
    if ((asked.output.format_given && !asked.output.json &&
         asked.output.target.format != MU_REPORT_TEXT) ||
        (optind < argc && !mu_date_parse(argv[optind], mu_desk_now(asked.desk).date, &asked.date)))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand, argv[argc - 1]);
    if (mu_list_rounds(asked.desk, asked.date, print_round, &printing, &error) != MU_OK ||
        mu_read_rounds_left(asked.desk, asked.date, NULL, &left, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (printing.count == 0)
        mu_cli_note(cli, MU_SAY_round_none, NULL);
    mu_cli_number((int64_t)left.unassigned, number[0]);
    mu_cli_number(left.not_told, number[1]);
    if (left.unassigned || left.not_told)
        mu_cli_note(cli, MU_SAY_round_left, number[0], number[1], NULL);
    return printing.status;
}

static int print_stops(struct mu_cli *cli, const struct mu_stops *stops)
{
    int status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < stops->count; i++) {
        const struct mu_stop_at *at = &stops->at[i];
        struct json_object *object = mu_json_object();
        char address[MU_ADDRESS_SIZE], moment[MU_MOMENT_SIZE] = "";

        mu_resident_address(&at->resident, address);
        if (at->stop.return_id)
            mu_moment_format(at->stop.told_at, moment);
        mu_json_number(object, "stop_id", at->stop.id);
        mu_json_number(object, "resident_id", at->resident.id);
        mu_json_text(object, "name", at->resident.name);
        mu_json_text(object, "address", address);
        mu_json_text(object, "phone", at->resident.phone);
        mu_json_text(object, "dish", at->dish);
        mu_json_flag(object, "cancelled", at->cancelled);
        mu_json_choice(object, "delivery", &mu_deliveries, at->stop.delivery);
        mu_json_reference(object, "meal_id", at->stop.meal_id);
        mu_json_text(object, "told_at", moment);
        mu_json_text(object, "told_by", at->stop.told_by);
        status = mu_json_print(cli, object);
    }
    return status;
}

static int write_list(struct mu_cli *cli, const struct asked *asked, const struct mu_round *round,
                      const struct mu_stops *stops)
{
    char session[MU_RULE_NAME_SIZE];
    struct mu_error error;
    enum mu_status status;

    if (asked->output.json)
        return print_stops(cli, stops);
    mu_session_name(asked->desk, round->session, session, sizeof session);
    status = mu_report_round(&asked->output.target, round, stops, session, cli->language, &error);
    return mu_cli_output_done(cli, &asked->output, status, &error);
}

int mu_cmd_round_print(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"round print", 1, true, NULL, 0};
    struct asked asked = {0};
    struct mu_round round;
    struct mu_stops stops = {0};
    struct mu_error error;
    int64_t id = 0;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status == MU_OK)
        status = mu_cli_operand_number(cli, &syntax, argc, argv, "ROUND", &id);
    if (status != MU_OK)
        return status;
    if (mu_take_out_round(asked.desk, id, mu_cli_output_name(&asked.output), &round, &stops,
                          &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = write_list(cli, &asked, &round, &stops);
    mu_stops_clear(&stops);
    return status;
}

static void say_told(struct mu_cli *cli, const struct mu_stop_answer *answer)
{
    const char *word = mu_choice_word(&mu_deliveries, answer->stop.delivery, cli->language);
    char why[512];

    if (answer->meal.refusal != MU_SERVED) {
        mu_meal_answer_text(&answer->meal, cli->language, why, sizeof why);
        mu_cli_say(cli, MU_SAY_round_told_no_meal, answer->name, word, why, NULL);
    } else {
        mu_cli_say(cli, answer->alert ? MU_SAY_round_told_alert : MU_SAY_round_told, answer->name,
                   word, NULL);
    }
}

int mu_cmd_round_return(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        {"outcome", MU_OPTION_CHOICE, offsetof(struct asked, delivery), &mu_deliveries},
        OPTION("pay", TEXT, pay),
        OPTION("told", TEXT, told),
        OPTION("reason", TEXT, reason)};
    enum mu_pay_method method = MU_PAY_ACCOUNT;
    static const struct mu_syntax syntax = {"round return", 1, false, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct mu_stop_told told;
    struct mu_stop_answer answer;
    struct mu_error error;
    int64_t id = 0;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &asked.desk);

    if (status == MU_OK)
        status = mu_cli_operand_number(cli, &syntax, argc, argv, "STOP", &id);
    if (status != MU_OK)
        return status;
    if (asked.pay && !mu_pay_method_from_word(asked.pay, &method))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.pay);
    if (!asked.delivery)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "--outcome");
    told = (struct mu_stop_told){asked.delivery, method, asked.told, asked.reason};
    if (mu_tell_stop(asked.desk, id, &told, &answer, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    say_told(cli, &answer);
    return MU_OK;
}
