#include "cli/command.h"
#include "cli/json.h"

#include <mulin/desk/person_file.h>
#include <mulin/desk/register.h>

#include <string.h>

enum { OPTIONS = 16, FIRST_FIELD = 256, FORMAT = 'f' };

static const char command[] = "resident file";

/* --guardian-phone for guardian_phone: the table's keys are the options. */
static void field_options(struct option *options, char names[OPTIONS][MU_WORD_SIZE])
{
    size_t count = 0;

    for (; count < mu_person_file_field_count && count < OPTIONS - 2; count++) {
        snprintf(names[count], MU_WORD_SIZE, "%s", mu_person_file_fields[count].key);
        for (char *at = names[count]; (at = strchr(at, '_')) != NULL;)
            *at = '-';
        options[count] =
            (struct option){names[count], required_argument, NULL, FIRST_FIELD + (int)count};
    }
    options[count] = (struct option){"format", required_argument, NULL, FORMAT};
    options[count + 1] = (struct option){NULL, 0, NULL, 0};
}

/* Reads the options into the file; *changed says whether any field was given. */
static int read_options(struct mu_cli *cli, int argc, char **argv, struct mu_date today,
                        struct mu_person_file *file, bool *changed, enum mu_format *format)
{
    struct option options[OPTIONS];
    char names[OPTIONS][MU_WORD_SIZE];
    bool given[OPTIONS] = {false};
    struct mu_error error;
    int option;

    field_options(options, names);
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        size_t field = (size_t)(option - FIRST_FIELD);

        if (option == FORMAT && mu_format_from_word(optarg, format))
            continue;
        if (option < FIRST_FIELD || given[field])
            return mu_cli_misuse(cli, command, MU_SAY_error_option, argv[optind - 1]);
        given[field] = *changed = true;
        if (mu_field_read(&mu_person_file_fields[field], optarg, today, file, &error) != MU_OK)
            return mu_cli_fail_option(cli, names[field], &error);
    }
    if (optind < argc)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[optind]);
    return MU_OK;
}

static int print_json(const struct mu_cli *cli, const struct mu_person_file *file)
{
    struct json_object *object = json_object_new_object();
    char value[MU_NOTE_SIZE];

    mu_json_number(object, "id", file->resident_id);
    for (size_t i = 0; i < mu_person_file_field_count; i++) {
        const struct mu_field *field = &mu_person_file_fields[i];

        if (field->kind == MU_FIELD_CHOICE) {
            mu_json_choice(object, field->key, field->choices, file->name_consent);
            continue;
        }
        mu_field_write(field, file, cli->language, value, sizeof value);
        mu_json_text(object, field->key, value);
    }
    return mu_json_print(cli, object);
}

static int print_text(const struct mu_cli *cli, const struct mu_person_file *file, const char *name)
{
    char value[MU_NOTE_SIZE];
    bool some = false;

    for (size_t i = 0; i < mu_person_file_field_count; i++) {
        const struct mu_field *field = &mu_person_file_fields[i];

        mu_field_write(field, file, cli->language, value, sizeof value);
        if (!*value)
            continue;
        mu_cli_column(stdout, mu_message_text(field->label, cli->language), 16);
        mu_cli_column(stdout, value, 0);
        putchar('\n');
        some = true;
    }
    if (!some)
        mu_cli_note(cli, MU_SAY_person_file_none, name, NULL);
    return MU_OK;
}

int mu_cmd_resident_file(struct mu_cli *cli, int argc, char **argv)
{
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_resident resident;
    struct mu_person_file file;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    bool changed = false;
    long long id;
    int status;

    if (argc < 2)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "ID");
    if (!mu_number_from_text(argv[1], &id))
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_number, argv[1]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_resident(desk, id, &resident, &error) != MU_OK ||
        mu_read_person_file(desk, id, &file, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status =
        read_options(cli, argc - 1, argv + 1, mu_desk_now(desk).date, &file, &changed, &format);
    if (status != MU_OK)
        return status;
    if (!changed)
        return format == MU_FORMAT_JSON ? print_json(cli, &file)
                                        : print_text(cli, &file, resident.name);
    if (mu_save_person_file(desk, &file, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_person_file_saved, resident.name, NULL);
    return MU_OK;
}
