#include "cli/command.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/entry_explain.h>
#include <mulin/desk/register.h>
#include <mulin/rules.h>

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
        char number[24];

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

/* WHO now, or a meal or an entry of any day. */
struct asked {
    struct mu_meal_request request;
    long long meal_id, entry_id;
};

static enum mu_status explain(struct mu_cli *cli, const struct asked *asked, char **text,
                              struct mu_error *error)
{
    struct mu_desk *desk;
    enum mu_status status = mu_cli_desk(cli, &desk, error);

    if (status != MU_OK)
        return status;
    if (asked->entry_id)
        return mu_explain_entry(desk, asked->entry_id, cli->language, text, error);
    return asked->meal_id ? mu_explain_past_meal(desk, asked->meal_id, cli->language, text, error)
                          : mu_explain_meal(desk, &asked->request, cli->language, text, error);
}

static bool read_explain(struct asked *asked, int option)
{
    switch (option) {
    case 's':
        asked->request.session = optarg;
        return true;
    case 'm':
        return mu_number_from_text(optarg, &asked->meal_id);
    case 'e':
        return mu_number_from_text(optarg, &asked->entry_id);
    default:
        return false;
    }
}

int mu_cmd_rules_explain(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"session", required_argument, NULL, 's'},
                                            {"meal", required_argument, NULL, 'm'},
                                            {"entry", required_argument, NULL, 'e'},
                                            {NULL, 0, NULL, 0}};
    struct asked asked = {0};
    struct mu_error error;
    char *text;
    int option;
    bool past;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!read_explain(&asked, option))
            return mu_cli_misuse(cli, "rules explain", MU_SAY_error_option, argv[optind - 1]);
    past = asked.meal_id || asked.entry_id;
    if (!past && optind + 1 != argc)
        return mu_cli_misuse(cli, "rules explain", MU_SAY_error_operand_missing, "WHO");
    if (past && (optind < argc || asked.request.session))
        return mu_cli_misuse(cli, "rules explain", MU_SAY_error_operand,
                             optind < argc ? argv[optind] : "--session");
    if (asked.meal_id && asked.entry_id)
        return mu_cli_misuse(cli, "rules explain", MU_SAY_error_operand, "--meal");
    asked.request.who = argv[optind];
    if (explain(cli, &asked, &text, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    fputs(text, stdout);
    free(text);
    return MU_OK;
}
