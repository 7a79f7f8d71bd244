#include "cli/cmd_mapping.h"

#include "cli/command.h"
#include "cli/json.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum mu_status mu_cli_map_header(struct mu_import_mapping *mapping, const char *text,
                                 struct mu_error *error)
{
    char header[MU_HEADER_SIZE];
    const char *sign = strrchr(text, '=');

    if (!sign)
        return mu_fail(error, MU_USAGE, MU_SAY_error_map_option, text, NULL);
    if ((size_t)(sign - text) >= sizeof header)
        return mu_fail(error, MU_INPUT, MU_SAY_error_mapping_header, NULL);
    snprintf(header, sizeof header, "%.*s", (int)(sign - text), text);
    return mu_import_map_header(mapping, header, sign + 1, error);
}

struct listing {
    struct mu_cli *cli;
    enum mu_format format;
    int64_t count;
    int printed;
};

static void print_inert(const char *text, int cells)
{
    char inert[2 * MU_HEADER_SIZE];

    mu_text_inert(inert, sizeof inert, text);
    mu_cli_column(stdout, inert, cells);
}

static bool print_name(void *context, const char *name, int64_t headers)
{
    struct listing *listing = context;
    char number[MU_CLI_NUMBER_SIZE];

    listing->count++;
    if (listing->format == MU_FORMAT_JSON) {
        struct json_object *object = mu_json_object();

        mu_json_text(object, "name", name);
        mu_json_number(object, "headers", headers);
        listing->printed = mu_json_print(listing->cli, object);
        return listing->printed == MU_OK;
    }
    mu_cli_number(headers, number);
    print_inert(name, 32);
    print_inert(number, 0);
    putchar('\n');
    return true;
}

static int print_lines(const struct listing *listing, const struct mu_import_mapping *mapping)
{
    int printed = MU_OK;

    for (size_t i = 0; i < mapping->count && printed == MU_OK; i++) {
        const struct mu_import_map *map = &mapping->map[i];

        if (listing->format == MU_FORMAT_JSON) {
            struct json_object *object = mu_json_object();

            mu_json_text(object, "header", map->header);
            mu_json_text(object, "field", *map->field ? map->field : NULL);
            printed = mu_json_print(listing->cli, object);
            continue;
        }
        print_inert(map->header, 32);
        print_inert(*map->field ? map->field
                                : mu_message_text(MU_SAY_import_passed, listing->cli->language),
                    0);
        putchar('\n');
    }
    return printed;
}

int mu_cmd_mapping_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct listing listing = {.cli = cli, .printed = MU_OK};
    struct mu_import_mapping *mapping;
    struct mu_desk *desk;
    struct mu_error error;
    enum mu_status status;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &listing.format))
            return mu_cli_misuse(cli, "mapping list", MU_SAY_error_option, argv[optind - 1]);
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "mapping list", MU_SAY_error_operand, argv[optind + 1]);
    mapping = calloc(1, sizeof *mapping);
    status = mapping ? mu_cli_desk(cli, &desk, &error) : mu_fail_memory(&error);
    if (status == MU_OK && optind < argc)
        status = mu_read_mapping(desk, argv[optind], mapping, &error);
    else if (status == MU_OK)
        status = mu_list_mappings(desk, print_name, &listing, &error);
    if (status == MU_OK && optind < argc)
        listing.printed = print_lines(&listing, mapping);
    else if (status == MU_OK && listing.count == 0)
        mu_cli_note(cli, MU_SAY_import_no_mappings, NULL);
    free(mapping);
    return status == MU_OK ? listing.printed : mu_cli_fail(cli, &error);
}

/* The name, and what was said with --map. */
static int read_arguments(struct mu_cli *cli, const char *command, int argc, char **argv,
                          struct mu_import_mapping *mapping)
{
    static const struct option options[] = {{"map", required_argument, NULL, 'm'},
                                            {NULL, 0, NULL, 0}};
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", mapping ? options : options + 1, NULL)) != -1) {
        if (option != 'm')
            return mu_cli_misuse(cli, command, MU_SAY_error_option, argv[optind - 1]);
        if (mu_cli_map_header(mapping, optarg, &error) != MU_OK)
            return mu_cli_fail(cli, &error);
    }
    if (optind == argc)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "NAME");
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[optind + 1]);
    return MU_OK;
}

int mu_cmd_mapping_save(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_import_mapping *mapping = calloc(1, sizeof *mapping);
    struct mu_desk *desk;
    struct mu_error error;
    int result;

    if (!mapping) {
        mu_fail_memory(&error);
        return mu_cli_fail(cli, &error);
    }
    result = read_arguments(cli, "mapping save", argc, argv, mapping);
    if (result == MU_OK && (mu_cli_desk(cli, &desk, &error) != MU_OK ||
                            mu_save_mapping(desk, argv[optind], mapping, &error) != MU_OK))
        result = mu_cli_fail(cli, &error);
    else if (result == MU_OK)
        mu_cli_say(cli, MU_SAY_import_mapping_saved, argv[optind], NULL);
    free(mapping);
    return result;
}

int mu_cmd_mapping_remove(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_desk *desk;
    struct mu_error error;
    int result = read_arguments(cli, "mapping remove", argc, argv, NULL);

    if (result != MU_OK)
        return result;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_remove_mapping(desk, argv[optind], &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_import_mapping_removed, argv[optind], NULL);
    return MU_OK;
}
