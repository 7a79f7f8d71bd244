#include "cli/cmd_case.h"
#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/text.h>

#include <string.h>

struct asked {
    struct mu_desk *desk;
    const char *number, *reason, *format;
    int64_t case_id; /* 0: all */
};

static const struct mu_option options[] = {
    OPTION("case", TEXT, number), OPTION("reason", TEXT, reason), OPTION("format", TEXT, format)};

static int begin(struct mu_cli *cli, const struct mu_syntax *syntax, int argc, char **argv,
                 struct asked *asked)
{
    struct mu_error error;
    int status = mu_cli_options(cli, syntax, argc, argv, asked, NULL, &asked->desk);

    if (status == MU_OK && asked->number &&
        mu_find_case(asked->desk, asked->number, &asked->case_id, &error) != MU_OK)
        status = mu_cli_fail(cli, &error);
    return status;
}

int mu_cmd_case_reader_add(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"case reader-add", 1, false, options, 2};
    struct asked asked = {0};
    struct mu_error error;
    int status = begin(cli, &syntax, argc, argv, &asked);

    if (status == MU_OK && (optind == argc || !asked.reason))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing,
                             optind == argc ? "NAME" : "--reason");
    if (status != MU_OK)
        return status;
    if (mu_name_case_reader(asked.desk, asked.case_id, argv[optind], asked.reason, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, asked.case_id ? MU_SAY_case_reader_named : MU_SAY_case_reader_named_all,
               argv[optind], asked.number, NULL);
    return MU_OK;
}

int mu_cmd_case_reader_end(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"case reader-end", 1, false, NULL, 0};
    struct asked asked = {0};
    struct mu_error error;
    int64_t id = 0;
    int status = begin(cli, &syntax, argc, argv, &asked);

    if (status == MU_OK)
        status = mu_cli_operand_number(cli, &syntax, argc, argv, "ID", &id);
    if (status != MU_OK)
        return status;
    if (mu_end_case_reader(asked.desk, id, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_case_reader_ended, NULL);
    return MU_OK;
}

struct printing {
    struct mu_cli *cli;
    enum mu_format format;
    size_t count;
    int status;
};

/* Day, hour and minute, as columns of a list show them. */
static void short_moment(char *moment)
{
    if (!*moment)
        return;
    moment[10] = ' ';
    moment[16] = '\0';
}

static bool print(void *context, const struct mu_case_reader *reader)
{
    struct printing *printing = context;
    struct json_object *object;
    char named[MU_MOMENT_SIZE], until[MU_MOMENT_SIZE] = "", number[MU_CLI_NUMBER_SIZE];

    printing->count++;
    mu_moment_format(reader->named_at, named);
    if (mu_date_known(reader->until_at.date))
        mu_moment_format(reader->until_at, until);
    mu_cli_number(reader->id, number);
    if (printing->format == MU_FORMAT_JSON) {
        object = mu_json_object();
        mu_json_number(object, "reader_id", reader->id);
        mu_json_reference(object, "case_id", reader->case_id);
        mu_json_text(object, "operator", reader->operator_name);
        mu_json_text(object, "reason", reader->reason);
        mu_json_text(object, "named_by", reader->named_by);
        mu_json_text(object, "named_at", named);
        mu_json_text(object, "until_at", until);
        printing->status = mu_json_print(printing->cli, object);
        return printing->status == MU_OK;
    }
    short_moment(named);
    short_moment(until);
    mu_cli_column(stdout, number, 6);
    mu_cli_column(stdout, reader->operator_name, 12);
    if (reader->case_id)
        mu_cli_number(reader->case_id, number);
    mu_cli_column(
        stdout,
        reader->case_id ? number : mu_message_text(MU_SAY_case_reader_all, printing->cli->language),
        8);
    mu_cli_column(stdout, named, 16);
    mu_cli_column(stdout, until, 16);
    mu_cli_column(stdout, reader->reason, 0);
    putchar('\n');
    return true;
}

int mu_cmd_case_readers(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"case readers", 0, false, options,
                                            sizeof options / sizeof *options};
    struct printing printing = {.cli = cli};
    struct asked asked = {0};
    struct mu_error error;
    int status = begin(cli, &syntax, argc, argv, &asked);

    if (status != MU_OK)
        return status;
    if (asked.format && !mu_format_from_word(asked.format, &printing.format))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.format);
    if (mu_list_case_readers(asked.desk, asked.case_id, print, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (printing.count == 0)
        mu_cli_note(cli, MU_SAY_case_reader_none, NULL);
    return printing.status;
}
