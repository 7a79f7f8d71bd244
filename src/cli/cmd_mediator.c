#include "cli/field_options.h"
#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/mediator.h>

#include <string.h>

struct printing {
    struct mu_cli *cli;
    enum mu_format format;
    size_t count;
    int status;
};

static bool print(void *context, const struct mu_mediator_entry *entry)
{
    struct printing *printing = context;
    const struct mu_mediator *mediator = &entry->mediator;
    struct json_object *object;
    char open[MU_CLI_NUMBER_SIZE], year[MU_CLI_NUMBER_SIZE], text[128];

    printing->count++;
    if (printing->format == MU_FORMAT_JSON) {
        object = mu_json_object();
        mu_json_number(object, "mediator_id", mediator->id);
        mu_json_reference(object, "resident_id", mediator->resident_id);
        mu_json_text(object, "operator", mediator->operator_name);
        mu_cli_print_fields(printing->cli, mu_mediator_fields, mu_mediator_field_count, mediator,
                            object);
        mu_json_number(object, "open", entry->open);
        mu_json_number(object, "this_year", entry->year);
        printing->status = mu_json_print(printing->cli, object);
        return printing->status == MU_OK;
    }
    mu_cli_number(entry->open, open);
    mu_cli_number(entry->year, year);
    mu_message_format(text, sizeof text, printing->cli->language, MU_SAY_mediator_load, open, year,
                      NULL);
    mu_cli_column(stdout, mediator->name, 12);
    mu_cli_column(stdout, mediator->team, 16);
    mu_cli_column(stdout, text, 24);
    mu_cli_column(stdout, mediator->operator_name, 12);
    mu_cli_column(stdout, mediator->skills, 0);
    putchar('\n');
    return true;
}

int mu_cmd_mediator_list(struct mu_cli *cli, int argc, char **argv)
{
    struct asked {
        bool all;
        const char *format;
    } asked = {false, NULL};
    static const struct mu_option options[] = {
        {"all", MU_OPTION_FLAG, offsetof(struct asked, all), NULL},
        {"format", MU_OPTION_TEXT, offsetof(struct asked, format), NULL}};
    static const struct mu_syntax syntax = {"mediator list", 0, false, options, 2};
    struct printing printing = {.cli = cli};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &desk);

    if (status != MU_OK)
        return status;
    if (asked.format && !mu_format_from_word(asked.format, &printing.format))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.format);
    if (mu_list_mediators(desk, asked.all, print, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (printing.count == 0)
        mu_cli_note(cli, MU_SAY_mediator_none, NULL);
    return printing.status;
}

/* The record, and what names the person: options of the command. */
struct asked {
    struct mu_mediator mediator;
    char file[MU_PERSON_NAME_SIZE]; /* WHO of the register */
};

enum { FIELDS = 16 };

static int read_options(struct mu_cli *cli, const char *command, int argc, char **argv,
                        struct asked *asked)
{
    struct mu_field fields[FIELDS] = {{.key = NULL}};
    const struct mu_field_options options = {command, fields, mu_mediator_field_count + 1, asked};
    struct mu_resident person;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int operand, status;

    memcpy(fields, mu_mediator_fields, mu_mediator_field_count * sizeof *fields);
    fields[mu_mediator_field_count] = (struct mu_field){.key = "file",
                                                        .label = MU_SAY_field_case_party_file,
                                                        .help = MU_SAY_hint_case_party_file,
                                                        .kind = MU_FIELD_NAME,
                                                        .offset = offsetof(struct asked, file),
                                                        .size = sizeof asked->file};
    status = mu_cli_read_fields(cli, &options, argc, argv, &operand, NULL);
    if (status == MU_OK && operand < argc)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[operand]);
    if (status != MU_OK || !*asked->file)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_find_person(desk, asked->file, &person, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    asked->mediator.resident_id = person.id;
    if (!*asked->mediator.name)
        mu_text_copy(asked->mediator.name, sizeof asked->mediator.name, person.name);
    return MU_OK;
}

static int save(struct mu_cli *cli, struct mu_desk *desk, struct mu_mediator *mediator)
{
    struct mu_error error;
    const char *field = NULL;

    if (mu_save_mediator(desk, mediator, &field, &error) != MU_OK)
        return field ? mu_cli_fail_option(cli, field, &error) : mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_mediator_saved, mediator->name, NULL);
    return MU_OK;
}

int mu_cmd_mediator_add(struct mu_cli *cli, int argc, char **argv)
{
    struct asked asked = {0};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int status = read_options(cli, "mediator add", argc, argv, &asked);

    if (status == MU_OK && mu_cli_desk(cli, &desk, &error) != MU_OK)
        status = mu_cli_fail(cli, &error);
    return status == MU_OK ? save(cli, desk, &asked.mediator) : status;
}

int mu_cmd_mediator_edit(struct mu_cli *cli, int argc, char **argv)
{
    static const char command[] = "mediator edit";
    struct asked asked = {0};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int status;

    if (argc < 2 || argv[1][0] == '-')
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "NAME");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_mediator(desk, 0, argv[1], &asked.mediator, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    argv[1] = argv[0];
    status = read_options(cli, command, argc - 1, argv + 1, &asked);
    return status == MU_OK ? save(cli, desk, &asked.mediator) : status;
}
