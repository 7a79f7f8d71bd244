#include "cli/json.h"
#include "cli/report_output.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/report/round.h>

#include <string.h>

/* What the options of all these commands say. */
struct asked {
    struct mu_desk *desk;
    struct mu_date date; /* of today when not given */
    const char *session, *courier, *told, *reason;
    struct mu_doors doors;
    int delivery;
    enum mu_pay_method method;
    struct mu_cli_output output;
};

static bool read_option(struct asked *asked, int option)
{
    const struct mu_choice *choice;

    switch (option) {
    case 'd':
        return mu_date_parse(optarg, mu_desk_now(asked->desk).date, &asked->date);
    case 's':
        asked->session = optarg;
        return true;
    case 'c':
        asked->courier = optarg;
        return true;
    case 'b':
        asked->doors.building = optarg;
        return true;
    case 'e':
        asked->doors.estate = optarg;
        return true;
    case 'O':
        choice = mu_choice_by_text(&mu_deliveries, optarg);
        asked->delivery = choice ? choice->code : 0;
        return choice != NULL;
    case 'p':
        return mu_pay_method_from_word(optarg, &asked->method);
    case 't':
        asked->told = optarg;
        return true;
    case 'r':
        asked->reason = optarg;
        return true;
    default:
        return mu_cli_output_option(&asked->output, option, true);
    }
}

/* Opens the desk and reads the options; then at most `operands` operands may follow. */
static int begin(struct mu_cli *cli, const char *command, const struct option *options, int argc,
                 char **argv, int operands, struct asked *asked)
{
    struct mu_error error;
    int option;

    if (mu_cli_desk(cli, &asked->desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    asked->date = mu_desk_now(asked->desk).date;
    asked->method = MU_PAY_ACCOUNT;
    while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1)
        if (!read_option(asked, option))
            return mu_cli_misuse(cli, command, MU_SAY_error_option, argv[optind - 1]);
    if (argc - optind > operands)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[optind + operands]);
    return MU_OK;
}

/* The number that is the one operand. */
static int read_number(struct mu_cli *cli, const char *command, int argc, char **argv,
                       const char *what, long long *out)
{
    if (optind == argc)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, what);
    if (!mu_number_from_text(argv[optind], out))
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_number, argv[optind]);
    return MU_OK;
}

static void number_text(char out[24], long long number)
{
    snprintf(out, 24, "%lld", number);
}

int mu_cmd_round_make(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {
        {"courier", required_argument, NULL, 'c'},  {"date", required_argument, NULL, 'd'},
        {"session", required_argument, NULL, 's'},  {"estate", required_argument, NULL, 'e'},
        {"building", required_argument, NULL, 'b'}, {NULL, 0, NULL, 0}};
    struct asked asked = {0};
    struct mu_round round;
    struct mu_error error;
    char number[3][24];
    size_t added;
    int status = begin(cli, "round make", options, argc, argv, 0, &asked);

    if (status != MU_OK)
        return status;
    if (!asked.courier)
        return mu_cli_misuse(cli, "round make", MU_SAY_error_operand_missing, "--courier");
    if (mu_make_round(asked.desk, asked.date, asked.session, asked.courier, &asked.doors, &round,
                      &added, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    number_text(number[0], round.id);
    number_text(number[1], round.stops);
    number_text(number[2], (long long)added);
    mu_cli_say(cli, MU_SAY_round_made, number[0], round.courier, number[1], number[2], NULL);
    return MU_OK;
}

int mu_cmd_round_move(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"courier", required_argument, NULL, 'c'},
                                            {"estate", required_argument, NULL, 'e'},
                                            {"building", required_argument, NULL, 'b'},
                                            {NULL, 0, NULL, 0}};
    struct asked asked = {0};
    struct mu_error error;
    char number[24];
    long long id = 0;
    size_t moved;
    int status = begin(cli, "round move", options, argc, argv, 1, &asked);

    if (status == MU_OK)
        status = read_number(cli, "round move", argc, argv, "ROUND", &id);
    if (status != MU_OK)
        return status;
    if (!asked.courier)
        return mu_cli_misuse(cli, "round move", MU_SAY_error_operand_missing, "--courier");
    if (mu_move_stops(asked.desk, id, &asked.doors, asked.courier, &moved, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    number_text(number, (long long)moved);
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
    char number[4][24], session[MU_RULE_NAME_SIZE], line[512], day[MU_DATE_SIZE];

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
    number_text(number[0], round->id);
    mu_session_name(printing->asked->desk, round->session, session, sizeof session);
    mu_cli_column(stdout, number[0], 6);
    number_text(number[1], round->stops);
    number_text(number[2], round->not_told);
    number_text(number[3], round->no_answer);
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
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct asked asked = {0};
    struct printing printing = {.cli = cli, .asked = &asked};
    struct mu_rounds_left left;
    struct mu_error error;
    char number[2][24];
    int status = begin(cli, "round list", options, argc, argv, 1, &asked);

    if (status != MU_OK)
        return status;
    if ((asked.output.format_given && !asked.output.json &&
         asked.output.target.format != MU_REPORT_TEXT) ||
        (optind < argc && !mu_date_parse(argv[optind], mu_desk_now(asked.desk).date, &asked.date)))
        return mu_cli_misuse(cli, "round list", MU_SAY_error_operand, argv[argc - 1]);
    if (mu_list_rounds(asked.desk, asked.date, print_round, &printing, &error) != MU_OK ||
        mu_read_rounds_left(asked.desk, asked.date, NULL, &left, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (printing.count == 0)
        mu_cli_note(cli, MU_SAY_round_none, NULL);
    number_text(number[0], (long long)left.unassigned);
    number_text(number[1], left.not_told);
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
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {"overwrite", no_argument, NULL, 'w'},
                                            {NULL, 0, NULL, 0}};
    struct asked asked = {0};
    struct mu_round round;
    struct mu_stops stops = {0};
    struct mu_error error;
    long long id = 0;
    int status = begin(cli, "round print", options, argc, argv, 1, &asked);

    if (status == MU_OK)
        status = read_number(cli, "round print", argc, argv, "ROUND", &id);
    if (status == MU_OK)
        status = mu_cli_output_settle(cli, &asked.output);
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
    static const struct option options[] = {{"outcome", required_argument, NULL, 'O'},
                                            {"pay", required_argument, NULL, 'p'},
                                            {"told", required_argument, NULL, 't'},
                                            {"reason", required_argument, NULL, 'r'},
                                            {NULL, 0, NULL, 0}};
    struct asked asked = {0};
    struct mu_stop_told told;
    struct mu_stop_answer answer;
    struct mu_error error;
    long long id = 0;
    int status = begin(cli, "round return", options, argc, argv, 1, &asked);

    if (status == MU_OK)
        status = read_number(cli, "round return", argc, argv, "STOP", &id);
    if (status != MU_OK)
        return status;
    if (!asked.delivery)
        return mu_cli_misuse(cli, "round return", MU_SAY_error_operand_missing, "--outcome");
    told = (struct mu_stop_told){asked.delivery, asked.method, asked.told, asked.reason};
    if (mu_tell_stop(asked.desk, id, &told, &answer, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    say_told(cli, &answer);
    return MU_OK;
}
