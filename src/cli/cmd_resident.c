#include "cli/command.h"
#include "cli/json.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/register.h>
#include <mulin/desk/standing.h>
#include <mulin/desk/tag.h>

#include <stdlib.h>
#include <string.h>

enum { FIELDS = 32, FIRST_FIELD = 256, VALUE_SIZE = MU_NOTE_SIZE };

/* --id-number for id_number; the table's keys are the options. Names are kept in `names`. */
static void field_options(struct option *options, char names[FIELDS][MU_WORD_SIZE])
{
    size_t count = 0;

    for (; count < mu_resident_field_count && count < FIELDS - 1; count++) {
        snprintf(names[count], MU_WORD_SIZE, "%s", mu_resident_fields[count].key);
        for (char *at = names[count]; (at = strchr(at, '_')) != NULL;)
            *at = '-';
        options[count] =
            (struct option){names[count], required_argument, NULL, FIRST_FIELD + (int)count};
    }
    options[count] = (struct option){NULL, 0, NULL, 0};
}

/* Reads the field options into the resident; *operand gets the number before them when asked for.
 */
static int read_fields(struct mu_cli *cli, const char *command, int argc, char **argv,
                       struct mu_resident *resident, struct mu_desk *desk, int *operands)
{
    struct option options[FIELDS];
    char names[FIELDS][MU_WORD_SIZE];
    bool given[FIELDS] = {false}, any = false;
    struct mu_error error;
    int option;

    field_options(options, names);
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        size_t field = (size_t)(option - FIRST_FIELD);

        if (option < FIRST_FIELD || given[field])
            return mu_cli_misuse(cli, command, MU_SAY_error_option, argv[optind - 1]);
        given[field] = any = true;
        if (mu_field_read(&mu_resident_fields[field], optarg, mu_desk_now(desk).date, resident,
                          &error) != MU_OK) {
            return mu_cli_fail_option(cli, names[field], &error);
        }
    }
    *operands = optind;
    return any ? MU_OK : mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "--FIELD");
}

static int save(struct mu_cli *cli, struct mu_desk *desk, struct mu_resident *resident,
                enum mu_message done)
{
    struct mu_error error;
    char number[MU_CLI_NUMBER_SIZE];

    if (mu_save_resident(desk, resident, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_number(resident->id, number);
    mu_cli_say(cli, done, resident->name, number, NULL);
    if (*resident->id_number && !*mu_id_number_origin(resident->id_number, cli->language)) {
        snprintf(number, sizeof number, "%.2s", resident->id_number);
        mu_cli_note(cli, MU_SAY_resident_id_origin, number, NULL);
    }
    return MU_OK;
}

int mu_cmd_resident_add(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_resident resident = {.status = MU_LIVING_HERE};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int operands = 0, status;

    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = read_fields(cli, "resident add", argc, argv, &resident, desk, &operands);
    if (status != MU_OK)
        return status;
    if (operands < argc)
        return mu_cli_misuse(cli, "resident add", MU_SAY_error_operand, argv[operands]);
    if (!*resident.name)
        return mu_cli_misuse(cli, "resident add", MU_SAY_error_operand_missing, "--name");
    return save(cli, desk, &resident, MU_SAY_resident_added);
}

/* Opens the file whose number is the first operand. */
static int open_file(struct mu_cli *cli, const char *command, int argc, char **argv,
                     struct mu_desk **desk, struct mu_resident *resident)
{
    struct mu_error error;
    long long id;

    if (argc < 2)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "ID");
    if (!mu_number_from_text(argv[1], &id))
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_number, argv[1]);
    if (mu_cli_desk(cli, desk, &error) != MU_OK ||
        mu_read_resident(*desk, id, resident, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return MU_OK;
}

int mu_cmd_resident_edit(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_resident resident = {0};
    struct mu_desk *desk = NULL;
    int operands = 0, status = open_file(cli, "resident edit", argc, argv, &desk, &resident);

    if (status == MU_OK)
        status = read_fields(cli, "resident edit", argc - 1, argv + 1, &resident, desk, &operands);
    if (status != MU_OK)
        return status;
    if (operands < argc - 1)
        return mu_cli_misuse(cli, "resident edit", MU_SAY_error_operand, argv[operands + 1]);
    return save(cli, desk, &resident, MU_SAY_resident_saved);
}

struct standing {
    const struct mu_cli *cli;
    const char *name;
};

static bool print_standing(void *context, const struct mu_standing_thing *thing)
{
    const struct standing *standing = context;
    char words[512];

    mu_standing_words(thing, standing->cli->language, words, sizeof words);
    mu_cli_say(standing->cli, MU_SAY_standing_of, standing->name, words, NULL);
    return true;
}

int mu_cli_standing(struct mu_cli *cli, struct mu_desk *desk, int64_t id, bool with_household)
{
    struct mu_resident resident;
    struct standing standing = {cli, resident.name};
    struct mu_error error;

    if (mu_read_resident(desk, id, &resident, &error) != MU_OK ||
        mu_standing_things(desk, id, with_household, print_standing, &standing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return MU_OK;
}

int mu_cmd_resident_end(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"moved-out", required_argument, NULL, MU_MOVED_OUT},
                                            {"died", required_argument, NULL, MU_DECEASED},
                                            {NULL, 0, NULL, 0}};
    static const char ways[] = "--moved-out | --died";
    enum mu_resident_status ended = MU_LIVING_HERE;
    struct mu_resident resident = {0};
    struct mu_date day = {0, 0, 0};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int option, status = open_file(cli, "resident end", argc, argv, &desk, &resident);

    if (status != MU_OK)
        return status;
    while ((option = getopt_long(argc - 1, argv + 1, "", options, NULL)) != -1) {
        if (option == '?' || !mu_date_parse(optarg, mu_desk_now(desk).date, &day))
            return mu_cli_misuse(cli, "resident end",
                                 option == '?' ? MU_SAY_error_option : MU_SAY_error_operand_date,
                                 argv[optind]);
        if (ended != MU_LIVING_HERE)
            return mu_cli_misuse(cli, "resident end", MU_SAY_error_option_twice, ways);
        ended = (enum mu_resident_status)option;
    }
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "resident end", MU_SAY_error_operand, argv[optind + 1]);
    if (ended == MU_LIVING_HERE)
        return mu_cli_misuse(cli, "resident end", MU_SAY_error_operand_missing, ways);
    if (mu_end_resident(desk, resident.id, ended, day, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_resident_ended, resident.name,
               mu_choice_word(&mu_statuses, (int)ended, cli->language), NULL);
    return mu_cli_standing(cli, desk, resident.id, false);
}

int mu_cmd_resident_restore(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_resident resident = {0};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    const struct mu_date day = {0, 0, 0};
    int status = open_file(cli, "resident restore", argc, argv, &desk, &resident);

    if (status != MU_OK)
        return status;
    if (argc > 2)
        return mu_cli_misuse(cli, "resident restore", MU_SAY_error_operand, argv[2]);
    if (mu_end_resident(desk, resident.id, MU_LIVING_HERE, day, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_resident_restored, resident.name, NULL);
    return MU_OK;
}

/* ID number and phone leave the program masked. */
static void masked_value(const struct mu_field *field, const struct mu_resident *resident,
                         enum mu_language language, char *out, size_t size)
{
    char whole[VALUE_SIZE];

    mu_field_write(field, resident, language, whole, sizeof whole);
    if (field->kind == MU_FIELD_ID_NUMBER && *whole)
        mu_id_number_mask(whole, out);
    else if (field->kind == MU_FIELD_PHONE)
        mu_phone_mask(whole, out, size);
    else
        mu_text_copy(out, size, whole);
}

/* Why the computed tags are somebody's, a line each. */
static int print_reasons(struct mu_cli *cli, struct mu_desk *desk, int64_t id)
{
    struct mu_error error;
    char *text, *rest, *line;

    if (mu_explain_tags(desk, id, cli->language, &text, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    for (rest = text; (line = strsep(&rest, "\n")) != NULL && *line;) {
        mu_cli_column(stdout, mu_message_text(MU_SAY_tag_computed, cli->language), 16);
        mu_cli_column(stdout, line, 0);
        putchar('\n');
    }
    free(text);
    return MU_OK;
}

int mu_cmd_resident_show(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    enum mu_format format = MU_FORMAT_TEXT;
    struct json_object *object = NULL;
    struct mu_resident resident = {0};
    struct mu_desk *desk = NULL;
    char value[VALUE_SIZE], day[MU_DATE_SIZE];
    const char *word;
    int option, status = open_file(cli, "resident show", argc, argv, &desk, &resident);

    if (status != MU_OK)
        return status;
    while ((option = getopt_long(argc - 1, argv + 1, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &format))
            return mu_cli_misuse(cli, "resident show", MU_SAY_error_option, argv[optind]);
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "resident show", MU_SAY_error_operand, argv[optind + 1]);
    if (format == MU_FORMAT_JSON) {
        object = mu_json_object();
        mu_json_number(object, "id", resident.id);
    }
    for (size_t i = 0; i < mu_resident_field_count; i++) {
        const struct mu_field *field = &mu_resident_fields[i];

        masked_value(field, &resident, cli->language, value, sizeof value);
        if (object && field->kind == MU_FIELD_CHOICE) {
            const char *member = (const char *)&resident + field->offset;

            mu_json_choice(object, field->key, field->choices, *(const int *)(const void *)member);
        } else if (object && field->kind == MU_FIELD_TAGS) {
            mu_json_tags(object, &resident);
        } else if (object) {
            mu_json_text(object, field->key, value);
        } else if (*value) {
            mu_cli_column(stdout, mu_message_text(field->label, cli->language), 16);
            mu_cli_column(stdout, value, 0);
            putchar('\n');
        }
    }
    word = mu_choice_word(&mu_statuses, resident.status, cli->language);
    mu_date_format(resident.ended_on, day);
    if (object) {
        mu_json_choice(object, "status", &mu_statuses, resident.status);
        mu_json_text(object, "ended_on", day);
        return mu_json_print(cli, object);
    }
    mu_cli_column(stdout, mu_message_text(MU_SAY_field_status, cli->language), 16);
    printf("%s%s%s\n", word, *day ? " " : "", day);
    return print_reasons(cli, desk, resident.id);
}
