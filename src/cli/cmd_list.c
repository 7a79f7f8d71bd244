#include "cli/command.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/stop.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/domain/tag.h>
#include <mulin/report/roster.h>

#include <string.h>

enum {
    FIRST_FIELD = 256,
    MORE_OPTIONS = 16,
    FIELDS = 16,
    QUIET_MS = 500, /* of work between two words about progress */
    CELL_SIZE = MU_ADDRESS_SIZE + MU_TOLD_SIZE
};

/* A list as it was asked for on the command line. */
struct asked {
    struct mu_cli *cli;
    const char *command; /* for complaints */
    struct mu_desk *desk;
    struct mu_roster_request request;
    struct mu_roster_export export;
    bool json, format_given, print;
    struct mu_cli_progress progress;
    int printed; /* exit status of printing JSON */
};

static bool show_progress(void *context, int64_t done, int64_t all)
{
    struct asked *asked = context;

    return mu_cli_progress(&asked->progress, done, all);
}

static bool print_json(void *context, const struct mu_resident *person)
{
    struct asked *asked = context;
    struct json_object *object = mu_json_object();
    struct mu_date today = mu_desk_now(asked->desk).date;
    char text[CELL_SIZE];
    int code;

    if (asked->request.column[0] != MU_ROSTER_NUMBER)
        mu_json_number(object, "number", person->id);
    for (size_t i = 0; i < asked->request.column_count; i++) {
        enum mu_roster_column column = asked->request.column[i];
        const struct mu_roster_column_row *row = &mu_roster_columns[column];
        const struct mu_field *field =
            row->field
                ? mu_field_by_key(mu_resident_fields, mu_resident_stored_field_count, row->field)
                : NULL;

        mu_roster_cell(person, column, today, asked->cli->language, text, sizeof text);
        if (column == MU_ROSTER_NUMBER) {
            mu_json_number(object, row->key, person->id);
        } else if (column == MU_ROSTER_AGE && *text) {
            mu_json_number(object, row->key, mu_resident_age(person, today));
        } else if (column == MU_ROSTER_TAGS) {
            mu_json_tags(object, person);
        } else if (field && field->kind == MU_FIELD_CHOICE) {
            memcpy(&code, (const char *)person + field->offset, sizeof code);
            mu_json_choice(object, row->key, field->choices, code);
        } else {
            mu_json_text(object, row->key, text);
        }
    }
    asked->printed = mu_json_print(asked->cli, object);
    return asked->printed == MU_OK;
}

/* ---- options ---- */

static const struct option more_options[] = {
    {"sort", required_argument, NULL, 's'},   {"columns", required_argument, NULL, 'c'},
    {"saved", required_argument, NULL, 'S'},  {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'}, {"replace", no_argument, NULL, 'r'},
    {"print", no_argument, NULL, 'p'},        {"full", no_argument, NULL, 'F'},
    {"reason", required_argument, NULL, 'R'},
};

static void name_options(struct option *options, bool leaves)
{
    size_t used = 0, more = leaves ? sizeof more_options / sizeof *more_options : 3;

    for (size_t i = 0; i < mu_roster_field_count && i < FIELDS; i++)
        options[used++] =
            (struct option){mu_roster_fields[i].key, required_argument, NULL, FIRST_FIELD + (int)i};
    memcpy(options + used, more_options, more * sizeof *more_options);
    options[used + more] = (struct option){NULL, 0, NULL, 0};
}

static bool take_format(struct asked *asked, const char *word)
{
    asked->format_given = true;
    asked->json = strcmp(word, "json") == 0;
    return asked->json || mu_report_format_read(word, &asked->export.format);
}

static enum mu_status take_saved(struct asked *asked, struct mu_error *error)
{
    bool whole;
    enum mu_status status = mu_read_roster(asked->desk, optarg, &asked->request, &whole, error);

    if (status == MU_OK && !whole)
        mu_cli_note(asked->cli, MU_SAY_list_saved_partly, optarg, NULL);
    return status;
}

/* One option; MU_USAGE: none of ours. */
static enum mu_status take_option(struct asked *asked, int option, struct mu_error *error)
{
    switch (option) {
    case 's':
        return mu_roster_read_sort(&asked->request, optarg, error);
    case 'c':
        return mu_roster_read_columns(&asked->request, optarg, error);
    case 'S':
        return take_saved(asked, error);
    case 'f':
        return take_format(asked, optarg) ? MU_OK : MU_USAGE;
    case 'o':
        asked->export.path = optarg;
        return MU_OK;
    case 'r':
        asked->export.overwrite = true;
        return MU_OK;
    case 'p':
        asked->print = true;
        return MU_OK;
    case 'F':
        asked->export.full = true;
        return MU_OK;
    case 'R':
        asked->export.reason = optarg;
        return MU_OK;
    default:
        if (option < FIRST_FIELD)
            return MU_USAGE;
        return mu_field_read(&mu_roster_fields[option - FIRST_FIELD], optarg,
                             mu_desk_now(asked->desk).date, &asked->request, error);
    }
}

/* Opens the desk and reads the options; 0 or the exit status after the complaint. */
static int read_options(struct asked *asked, int argc, char **argv, bool leaves)
{
    struct option options[FIELDS + MORE_OPTIONS];
    struct mu_error error;
    int option;

    if (mu_cli_desk(asked->cli, &asked->desk, &error) != MU_OK)
        return mu_cli_fail(asked->cli, &error);
    mu_roster_request_init(&asked->request);
    name_options(options, leaves);
    while ((option = getopt_long(argc, argv, leaves ? "o:" : "", options, NULL)) != -1) {
        enum mu_status status = take_option(asked, option, &error);

        if (status == MU_USAGE)
            return mu_cli_misuse(asked->cli, asked->command, MU_SAY_error_option, argv[optind - 1]);
        if (status != MU_OK && option >= FIRST_FIELD)
            return mu_cli_fail_option(asked->cli, mu_roster_fields[option - FIRST_FIELD].key,
                                      &error);
        if (status != MU_OK)
            return mu_cli_fail(asked->cli, &error);
    }
    if (mu_roster_check(&asked->request, NULL, &error) != MU_OK)
        return mu_cli_fail(asked->cli, &error);
    return MU_OK;
}

/* ---- mulin list ---- */

static int tell(const struct asked *asked, size_t people)
{
    char count[24];

    snprintf(count, sizeof count, "%zu", people);
    if (asked->print)
        mu_cli_say(asked->cli, MU_SAY_list_printed, count, NULL);
    else if (asked->export.path)
        mu_cli_say(asked->cli, MU_SAY_list_exported, count, asked->export.path, NULL);
    return MU_OK;
}

static enum mu_status take_out(struct asked *asked, struct mu_roster *roster, size_t *people,
                               struct mu_error *error)
{
    const struct mu_roster_leaving leaving = {.target = "json",
                                              .full = asked->export.full,
                                              .reason = asked->export.reason,
                                              .progress = show_progress,
                                              .row = print_json,
                                              .context = asked};

    return mu_take_out_roster(roster, &leaving, people, error);
}

static int run(struct asked *asked)
{
    struct mu_roster *roster = NULL;
    struct mu_error error;
    size_t people = 0;
    enum mu_status status;

    mu_cli_progress_begin(&asked->progress, asked->cli, MU_SAY_list_progress);
    status = mu_roster_open(asked->desk, &asked->request, QUIET_MS, &roster, &error);
    if (status == MU_OK && asked->json)
        status = take_out(asked, roster, &people, &error);
    else if (status == MU_OK)
        status = asked->print ? mu_print_roster(roster, &asked->export, &people, &error)
                              : mu_export_roster(roster, &asked->export, &people, &error);
    mu_roster_free(&roster);
    mu_cli_progress_end(&asked->progress);
    if (asked->printed != MU_OK)
        return asked->printed;
    return status == MU_OK ? tell(asked, people) : mu_cli_fail(asked->cli, &error);
}

int mu_cmd_list(struct mu_cli *cli, int argc, char **argv)
{
    struct asked asked = {.cli = cli, .command = "list"};
    int status = read_options(&asked, argc, argv, true);

    if (status != MU_OK)
        return status;
    if (optind < argc)
        return mu_cli_misuse(cli, "list", MU_SAY_error_operand, argv[optind]);
    if ((asked.json && (asked.export.path || asked.print)) || (asked.print && asked.export.path))
        return mu_cli_misuse(cli, "list", MU_SAY_error_option, asked.print ? "--print" : "-o");
    if (asked.export.path && !asked.format_given)
        mu_report_format_of(asked.export.path, &asked.export.format);
    asked.export.stream = stdout;
    asked.export.language = cli->language;
    asked.export.progress = show_progress;
    asked.export.context = &asked;
    mu_stop_catch();
    return run(&asked);
}

/* ---- lists kept by name ---- */

int mu_cmd_list_keep(struct mu_cli *cli, int argc, char **argv)
{
    struct asked asked = {.cli = cli, .command = "list keep"};
    struct mu_error error;
    int status;

    if (argc < 2)
        return mu_cli_misuse(cli, "list keep", MU_SAY_error_operand_missing, "NAME");
    status = read_options(&asked, argc - 1, argv + 1, false);
    if (status != MU_OK)
        return status;
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "list keep", MU_SAY_error_operand, argv[optind + 1]);
    if (mu_keep_roster(asked.desk, argv[1], &asked.request, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_list_kept, argv[1], NULL);
    return MU_OK;
}

int mu_cmd_list_forget(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_desk *desk;
    struct mu_error error;

    if (argc != 2)
        return mu_cli_misuse(cli, "list forget",
                             argc < 2 ? MU_SAY_error_operand_missing : MU_SAY_error_operand,
                             argc < 2 ? "NAME" : argv[2]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_forget_roster(desk, argv[1], &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_list_forgotten, argv[1], NULL);
    return MU_OK;
}

struct showing {
    struct mu_cli *cli;
    enum mu_format format;
    int status;
    size_t count;
};

static bool show_saved(void *context, const char *name, const struct mu_roster_request *request,
                       bool whole)
{
    struct showing *showing = context;
    const struct mu_cli *cli = showing->cli;
    char words[MU_ROSTER_BODY_SIZE], inert[2 * MU_ROSTER_NAME_SIZE];
    struct json_object *object;

    showing->count++;
    mu_roster_words(request, cli->language, words, sizeof words);
    if (showing->format == MU_FORMAT_JSON) {
        object = mu_json_object();
        mu_json_text(object, "name", name);
        mu_json_text(object, "filter", words);
        mu_json_flag(object, "whole", whole);
        showing->status = mu_json_print(cli, object);
        return showing->status == MU_OK;
    }
    mu_text_inert(inert, sizeof inert, name);
    mu_cli_column(stdout, inert, 20);
    mu_cli_column(stdout, *words ? words : mu_message_text(MU_SAY_list_everybody, cli->language),
                  0);
    putchar('\n');
    return true;
}

int mu_cmd_list_saved(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct showing showing = {.cli = cli};
    struct mu_desk *desk;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &showing.format))
            return mu_cli_misuse(cli, "list saved", MU_SAY_error_option, argv[optind - 1]);
    if (optind < argc)
        return mu_cli_misuse(cli, "list saved", MU_SAY_error_operand, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_list_rosters(desk, show_saved, &showing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (showing.count == 0)
        mu_cli_note(cli, MU_SAY_list_none_saved, NULL);
    return showing.status;
}
