#include "cli/field_options.h"

#include "cli/json.h"

#include <mulin/domain/resident.h>

#include <string.h>

enum { FIELDS = 40, FIRST = 256, LABEL_CELLS = 16, VALUE_SIZE = MU_NOTE_SIZE };

struct names {
    char name[FIELDS][MU_WORD_SIZE];
    struct option option[FIELDS + 1];
};

static void name_options(const struct mu_field_options *options, struct names *names)
{
    size_t count = options->count < FIELDS ? options->count : FIELDS;

    memset(names, 0, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        snprintf(names->name[i], sizeof names->name[i], "%s", options->fields[i].key);
        for (char *at = names->name[i]; (at = strchr(at, '_')) != NULL;)
            *at = '-';
        names->option[i] = (struct option){names->name[i], required_argument, NULL, FIRST + (int)i};
    }
}

int mu_cli_read_fields(struct mu_cli *cli, const struct mu_field_options *options, int argc,
                       char **argv, int *operand, bool *any)
{
    bool given[FIELDS] = {false}, some = false;
    struct names names;
    struct mu_error error;
    struct mu_desk *desk;
    int option;

    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    name_options(options, &names);
    while ((option = getopt_long(argc, argv, "", names.option, NULL)) != -1) {
        size_t field = (size_t)(option - FIRST);

        if (option < FIRST || given[field])
            return mu_cli_misuse(cli, options->command, MU_SAY_error_option, argv[optind - 1]);
        given[field] = some = true;
        if (mu_field_read(&options->fields[field], optarg, mu_desk_now(desk).date, options->record,
                          &error) != MU_OK)
            return mu_cli_fail_option(cli, names.name[field], &error);
    }
    *operand = optind;
    if (any)
        *any = some;
    return MU_OK;
}

void mu_cli_print_fields(const struct mu_cli *cli, const struct mu_field *fields, size_t count,
                         const void *record, struct json_object *object)
{
    char value[VALUE_SIZE];
    int code;

    for (size_t i = 0; i < count; i++) {
        const struct mu_field *field = &fields[i];
        const char *member = (const char *)record + field->offset;

        mu_field_write(field, record, cli->language, value, sizeof value);
        if (object && field->kind == MU_FIELD_CHOICE) {
            memcpy(&code, member, sizeof code);
            mu_json_choice(object, field->key, field->choices, code);
        } else if (object && field->kind == MU_FIELD_YEAR) {
            memcpy(&code, member, sizeof code);
            mu_json_reference(object, field->key, code);
        } else if (object && field->kind == MU_FIELD_TAGS) {
            mu_json_words(object, field->key, value);
        } else if (object) {
            mu_json_text(object, field->key, value);
        } else if (*value) {
            mu_cli_column(stdout, mu_message_text(field->label, cli->language), LABEL_CELLS);
            mu_cli_column(stdout, value, 0);
            putchar('\n');
        }
    }
}
