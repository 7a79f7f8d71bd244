#include "cli/options.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/entry_explain.h>
#include <mulin/desk/register.h>
#include <mulin/desk/service_explain.h>
#include <mulin/rules.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void mu_cli_faults(const struct mu_cli *cli, const char *path, const struct mu_rules_faults *faults)
{
    char text[1200];

    for (size_t i = 0; i < faults->count; i++) {
        mu_rules_fault_text(&faults->fault[i], path, cli->language, text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
    if (faults->more) {
        char number[MU_CLI_NUMBER_SIZE];

        snprintf(number, sizeof number, "%zu", faults->more);
        mu_message_format(text, sizeof text, cli->language, MU_SAY_rules_more, number, NULL);
        fprintf(stderr, "%s\n", text);
    }
}

int mu_cmd_rules_check(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_rules_faults faults = {0};
    struct mu_rules *rules = NULL;
    struct mu_error error;
    char *book = NULL;
    size_t length = 0;
    enum mu_status status;

    if (argc != 2)
        return mu_cli_misuse(cli, "rules check",
                             argc > 2 ? MU_SAY_error_operand : MU_SAY_error_operand_missing,
                             argc > 2 ? argv[2] : "FILE");
    status = mu_rules_read(argv[1], &book, &length, &error);
    if (status == MU_OK)
        status = mu_rules_parse(book, length, &faults, &rules, &error);
    mu_cli_faults(cli, argv[1], &faults);
    if (status != MU_OK)
        status = (enum mu_status)mu_cli_fail(cli, &error);
    else
        mu_cli_say(cli, MU_SAY_rules_good, rules->centre.name, NULL);
    mu_rules_faults_clear(&faults);
    mu_rules_free(&rules);
    free(book);
    return (int)status;
}

/* Byte for byte into a file; at a terminal line by line without what could act on it. */
static void print_book(const char *book)
{
    char line[MU_RULES_LIMIT + 1], inert[MU_RULES_LIMIT + 1];

    if (!isatty(STDOUT_FILENO)) {
        fputs(book, stdout);
        return;
    }
    while (*book) {
        size_t length = strcspn(book, "\n");

        snprintf(line, sizeof line, "%.*s", (int)length, book);
        mu_text_inert(inert, sizeof inert, line);
        puts(inert);
        book += length + (book[length] == '\n');
    }
}

int mu_cmd_rules_show(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_desk *desk;
    struct mu_error error;
    char *book;

    if (argc > 1)
        return mu_cli_misuse(cli, "rules show", MU_SAY_error_operand, argv[1]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_desk_rules_text(desk, &book, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    print_book(book);
    free(book);
    return MU_OK;
}

int mu_cmd_rules_adopt(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"from", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct mu_rules_faults faults = {0};
    const char *from = NULL;
    struct mu_date date;
    struct mu_desk *desk;
    struct mu_error error;
    char *book = NULL, number[16], day[MU_DATE_SIZE];
    size_t length = 0;
    int option, version = 0;
    enum mu_status status;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option != 'f')
            return mu_cli_misuse(cli, "rules adopt", MU_SAY_error_option, argv[optind - 1]);
        from = optarg;
    }
    if (optind + 1 != argc)
        return mu_cli_misuse(cli, "rules adopt", MU_SAY_error_operand_missing, "FILE");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    date = mu_desk_now(desk).date;
    if (from && !mu_date_parse(from, date, &date))
        return mu_cli_misuse(cli, "rules adopt", MU_SAY_error_operand_date, from);
    status = mu_rules_read(argv[optind], &book, &length, &error);
    if (status == MU_OK)
        status = mu_desk_adopt_rules(desk, book, length, date, &faults, &version, &error);
    mu_cli_faults(cli, argv[optind], &faults);
    mu_rules_faults_clear(&faults);
    free(book);
    if (status != MU_OK)
        return mu_cli_fail(cli, &error);
    snprintf(number, sizeof number, "%d", version);
    mu_date_format(date, day);
    mu_cli_say(cli, MU_SAY_rules_adopted, number, day, NULL);
    return MU_OK;
}

/* WHO now, a meal or an entry of any day, or a service that may come. */
struct asked {
    struct mu_desk *desk;
    const char *session, *service;
    int64_t meal_id, entry_id, minutes, times;
    struct mu_date date;
    int from, to; /* minutes since midnight; -1: not told */
};

static int within_int(int64_t number)
{
    return number < INT_MAX ? (int)number : INT_MAX;
}

static enum mu_status explain(const struct mu_cli *cli, const struct asked *asked, const char *who,
                              char **text, struct mu_error *error)
{
    const struct mu_meal_request meal = {.who = who, .session = asked->session};
    const struct mu_service_request service = {.duty = asked->service,
                                               .date = asked->date,
                                               .starts_at = asked->from < 0 ? 0 : asked->from,
                                               .ends_at = asked->to < 0 ? 0 : asked->to,
                                               .minutes = within_int(asked->minutes),
                                               .times = within_int(asked->times)};

    if (asked->service)
        return mu_explain_service(asked->desk, &service, cli->language, text, error);
    if (asked->entry_id)
        return mu_explain_entry(asked->desk, asked->entry_id, cli->language, text, error);
    if (asked->meal_id)
        return mu_explain_past_meal(asked->desk, asked->meal_id, cli->language, text, error);
    return mu_explain_meal(asked->desk, &meal, cli->language, text, error);
}

/* What is given that does not go with the rest; NULL: nothing. */
static const char *astray(const struct asked *asked, const char *who)
{
    bool of_service = mu_date_known(asked->date) || asked->from >= 0 || asked->to >= 0 ||
                      asked->minutes || asked->times;

    if (who && (asked->meal_id || asked->entry_id || asked->service))
        return who;
    if (asked->session && !who)
        return "--session";
    if (asked->meal_id && (asked->entry_id || asked->service))
        return "--meal";
    if (asked->entry_id && asked->service)
        return "--entry";
    return of_service && !asked->service ? "--date --from --to --minutes --times" : NULL;
}

int mu_cmd_rules_explain(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("session", TEXT, session),  OPTION("meal", NUMBER, meal_id),
        OPTION("entry", NUMBER, entry_id), OPTION("service", TEXT, service),
        OPTION("date", DATE, date),        OPTION("from", CLOCK, from),
        OPTION("to", CLOCK, to),           OPTION("minutes", NUMBER, minutes),
        OPTION("times", NUMBER, times)};
    static const struct mu_syntax syntax = {"rules explain", 1, false, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {.from = -1, .to = -1};
    struct mu_error error;
    const char *who, *wrong;
    char *text;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &asked.desk);

    if (status != MU_OK)
        return status;
    who = optind < argc ? argv[optind] : NULL;
    wrong = astray(&asked, who);
    if (wrong)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand, wrong);
    if (!who && !asked.meal_id && !asked.entry_id && !asked.service)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "WHO");
    if ((asked.from < 0) != (asked.to < 0))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing,
                             asked.from < 0 ? "--from" : "--to");
    if (explain(cli, &asked, who, &text, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    fputs(text, stdout);
    free(text);
    return MU_OK;
}
