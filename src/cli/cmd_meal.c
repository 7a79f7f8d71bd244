#include "cli/command.h"
#include "cli/json.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>

#include <stdlib.h>
#include <string.h>

enum { LIST_LIMIT = 500, USUAL_LIMIT = 20, SENTENCE_SIZE = 1024, LINE_SIZE = 1024 };

struct checkin {
    struct mu_cli *cli;
    struct mu_desk *desk;
    enum mu_format format;
    struct mu_meal_request request;
    bool refused; /* somebody was */
};

/* One line, with what the counter must see at its end. */
static void print_sentence(const struct mu_cli *cli, const char *sentence,
                           const struct mu_meal_answer *answer)
{
    char notice[2 * MU_NOTE_SIZE];

    mu_meal_notice_text(answer, cli->language, notice, sizeof notice);
    printf("%s%s%s\n", sentence, *notice ? "  " : "", notice);
}

static int print_answer(struct checkin *checkin, const char *who,
                        const struct mu_meal_answer *answer)
{
    const struct mu_meal *meal = &answer->meal;
    struct json_object *object;
    char sentence[SENTENCE_SIZE], date[MU_DATE_SIZE];
    bool served = answer->refusal == MU_SERVED;

    mu_meal_answer_text(answer, checkin->cli->language, sentence, sizeof sentence);
    if (checkin->format == MU_FORMAT_TEXT) {
        print_sentence(checkin->cli, sentence, answer);
        return MU_OK;
    }
    object = mu_json_object();
    mu_json_text(object, "who", who);
    mu_json_flag(object, "ok", served);
    if (served) {
        mu_date_format(meal->date, date);
        mu_json_number(object, "meal_id", meal->id);
        mu_json_reference(object, "resident_id", meal->resident_id);
        mu_json_text(object, "name", meal->name);
        mu_json_text(object, "session", meal->session);
        mu_json_text(object, "date", date);
        mu_json_number(object, "price_fen", meal->price.fen);
        mu_json_number(object, "pay_fen", meal->pay.fen);
        mu_json_payers(object, meal);
        mu_json_text(object, "tier", meal->tier);
        mu_json_text(object, "diet", answer->diet);
        mu_json_flag(object, "ordered", answer->ordered);
        mu_json_text(object, "ordered_dish", answer->ordered_dish);
        mu_json_flag(object, "ordered_delivered", answer->ordered_delivered);
    } else {
        mu_json_text(object, "code", mu_meal_refusal_word(answer->refusal));
    }
    mu_json_text(object, "message", sentence);
    return mu_json_print(checkin->cli, object);
}

/* Serves one and says so. Returns an exit status; a refusal is none. */
static int serve(struct checkin *checkin, const char *who)
{
    struct mu_meal_answer answer;
    struct mu_error error;
    enum mu_status status;
    int printed;

    checkin->request.who = who;
    status = mu_serve_meal(checkin->desk, &checkin->request, &answer, &error);
    checkin->refused |= status != MU_OK;
    printed = print_answer(checkin, who, &answer);
    if (printed != MU_OK)
        return printed;
    return status == MU_STORE || status == MU_MEMORY ? mu_cli_fail(checkin->cli, &error) : MU_OK;
}

/* Reads a line into `line` without its end; false at the end of the input. What no WHO can be, a
 * line that is longer or holds a NUL, becomes "". */
static bool next_line(FILE *input, char line[LINE_SIZE])
{
    size_t used = 0;
    bool good = true;
    int byte = getc(input);

    if (byte == EOF)
        return false;
    for (; byte != EOF && byte != '\n'; byte = getc(input)) {
        good &= byte != '\0' && used + 1 < LINE_SIZE;
        if (good)
            line[used++] = (char)byte;
    }
    if (used > 0 && line[used - 1] == '\r')
        used--;
    line[good ? used : 0] = '\0';
    return true;
}

/* One WHO a line; the answer is written after the commit, before the next line is read. */
static int serve_stream(struct checkin *checkin)
{
    char line[LINE_SIZE];
    int status = MU_OK;

    checkin->format = MU_FORMAT_JSON;
    while (status == MU_OK && next_line(stdin, line))
        status = serve(checkin, line);
    checkin->request.who = NULL;
    return status;
}

static bool read_checkin_options(struct checkin *checkin, int argc, char **argv)
{
    static const struct option options[] = {{"session", required_argument, NULL, 's'},
                                            {"pay", required_argument, NULL, 'p'},
                                            {"outdoor", required_argument, NULL, 'o'},
                                            {"note", required_argument, NULL, 'n'},
                                            {"again", no_argument, NULL, 'a'},
                                            {"guest", no_argument, NULL, 'g'},
                                            {"reason", required_argument, NULL, 'r'},
                                            {"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        bool good = option != '?';

        if (option == 's')
            checkin->request.session = optarg;
        else if (option == 'o')
            checkin->request.occupation = optarg;
        else if (option == 'n')
            checkin->request.note = optarg;
        else if (option == 'r')
            checkin->request.reason = optarg;
        else if (option == 'a')
            checkin->request.again = true;
        else if (option == 'g')
            checkin->request.guest = true;
        else if (option == 'p')
            good = mu_pay_method_from_word(optarg, &checkin->request.method);
        else if (option == 'f')
            good = mu_format_from_word(optarg, &checkin->format);
        if (!good)
            return false;
    }
    return true;
}

int mu_cmd_meal_checkin(struct mu_cli *cli, int argc, char **argv)
{
    struct checkin checkin = {.cli = cli};
    struct mu_error error;
    int status = MU_OK;
    bool nameless;

    if (!read_checkin_options(&checkin, argc, argv))
        return mu_cli_misuse(cli, "meal checkin", MU_SAY_error_option, argv[optind - 1]);
    nameless = checkin.request.occupation || checkin.request.guest;
    if (nameless ? optind < argc : optind == argc)
        return mu_cli_misuse(cli, "meal checkin",
                             nameless ? MU_SAY_error_operand : MU_SAY_error_operand_missing,
                             nameless ? argv[optind] : "WHO");
    if (mu_cli_desk(cli, &checkin.desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (nameless)
        status =
            serve(&checkin, checkin.request.guest ? MU_GUEST_NAME : checkin.request.occupation);
    else if (strcmp(argv[optind], "-") == 0 && optind + 1 == argc)
        status = serve_stream(&checkin);
    else
        for (int i = optind; i < argc && status == MU_OK; i++)
            status = serve(&checkin, argv[i]);
    if (status != MU_OK)
        return status;
    return checkin.refused ? MU_REFUSED : MU_OK;
}

static struct json_object *meal_object(const struct mu_meal *meal)
{
    struct json_object *object = mu_json_object();
    char date[MU_DATE_SIZE], served_at[MU_MOMENT_SIZE];

    mu_date_format(meal->date, date);
    mu_moment_format(meal->served_at, served_at);
    mu_json_number(object, "meal_id", meal->id);
    mu_json_reference(object, "resident_id", meal->resident_id);
    mu_json_text(object, "name", meal->name);
    mu_json_text(object, "session", meal->session);
    mu_json_text(object, "date", date);
    mu_json_text(object, "served_at", served_at);
    mu_json_number(object, "price_fen", meal->price.fen);
    mu_json_number(object, "pay_fen", meal->pay.fen);
    mu_json_payers(object, meal);
    mu_json_text(object, "tier", meal->tier);
    mu_json_text(object, "pay", mu_pay_method_word(meal->method));
    mu_json_text(object, "note", meal->note);
    mu_json_text(object, "reason", meal->reason);
    mu_json_number(object, "entry_id", meal->entry_id);
    mu_json_reference(object, "void_entry_id", meal->void_entry_id);
    return object;
}

int mu_cmd_meal_void(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"reason", required_argument, NULL, 'r'},
                                            {"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    enum mu_format format = MU_FORMAT_TEXT;
    const char *reason = NULL;
    long long meal_id;
    char pay[MU_MONEY_SIZE];
    struct mu_meal meal;
    struct mu_desk *desk;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'r')
            reason = optarg;
        else if (option != 'f' || !mu_format_from_word(optarg, &format))
            return mu_cli_misuse(cli, "meal void", MU_SAY_error_option, argv[optind - 1]);
    }
    if (optind == argc)
        return mu_cli_misuse(cli, "meal void", MU_SAY_error_operand_missing, "ID");
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "meal void", MU_SAY_error_operand, argv[optind + 1]);
    if (!mu_number_from_text(argv[optind], &meal_id))
        return mu_cli_misuse(cli, "meal void", MU_SAY_error_operand_number, argv[optind]);
    if (!reason)
        return mu_cli_misuse(cli, "meal void", MU_SAY_error_operand_missing, "--reason TEXT");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_void_meal(desk, meal_id, reason, &meal, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (format == MU_FORMAT_JSON)
        return mu_json_print(cli, meal_object(&meal));
    mu_money_format(meal.pay, pay);
    mu_cli_say(cli, MU_SAY_meal_voided, meal.name, pay, NULL);
    return MU_OK;
}

static void print_meal(struct mu_cli *cli, struct mu_desk *desk, const struct mu_meal *meal)
{
    char text[MU_RULE_NAME_SIZE], number[MU_CLI_NUMBER_SIZE], money[MU_MONEY_SIZE],
        clock[MU_CLOCK_SIZE];

    mu_cli_number(meal->id, number);
    mu_clock_format(meal->served_at.minute, clock);
    mu_cli_column(stdout, number, 7);
    mu_cli_column(stdout, clock, 5);
    mu_cli_column(stdout, meal->name, 12);
    mu_session_name(desk, meal->session, text, sizeof text);
    mu_cli_column(stdout, text, 8);
    mu_tier_name(desk, meal->tier, text, sizeof text);
    mu_cli_column(stdout, *meal->tier ? text : mu_message_text(MU_SAY_full_price, cli->language),
                  22);
    mu_money_format(meal->pay, money);
    printf("%8s%s%s%s%s\n", money, meal->void_entry_id ? " " : "",
           meal->void_entry_id ? mu_message_text(MU_SAY_voided, cli->language) : "",
           *meal->reason ? "  " : "", meal->reason);
}

/* Reads the one operand DATE, today without it. False when it is none. */
static bool read_date(struct mu_desk *desk, int argc, char **argv, struct mu_date *date)
{
    *date = mu_desk_now(desk).date;
    return optind == argc || (optind + 1 == argc && mu_date_parse(argv[optind], *date, date));
}

int mu_cmd_meal_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"limit", required_argument, NULL, 'l'},
                                            {"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    enum mu_format format = MU_FORMAT_TEXT;
    long long limit = USUAL_LIMIT;
    struct mu_meal *meals;
    struct mu_date date;
    struct mu_desk *desk;
    struct mu_error error;
    size_t count = 0;
    int option, status = MU_OK;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!(option == 'l' && mu_number_from_text(optarg, &limit)) &&
            !(option == 'f' && mu_format_from_word(optarg, &format)))
            return mu_cli_misuse(cli, "meal list", MU_SAY_error_option, argv[optind - 1]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (!read_date(desk, argc, argv, &date))
        return mu_cli_misuse(cli, "meal list", MU_SAY_error_operand_date, argv[optind]);
    limit = limit < LIST_LIMIT ? limit : LIST_LIMIT;
    meals = calloc((size_t)limit, sizeof *meals);
    if (!meals) {
        mu_fail_memory(&error);
        return mu_cli_fail(cli, &error);
    }
    if (mu_last_meals(desk, date, (size_t)limit, meals, &count, &error) != MU_OK)
        status = mu_cli_fail(cli, &error);
    for (size_t i = 0; i < count && status == MU_OK; i++) {
        if (format == MU_FORMAT_JSON)
            status = mu_json_print(cli, meal_object(&meals[i]));
        else
            print_meal(cli, desk, &meals[i]);
    }
    free(meals);
    return status;
}
