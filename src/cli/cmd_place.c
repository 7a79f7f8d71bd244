#include "base/growing.h"
#include "cli/field_options.h"
#include "cli/json.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/place.h>

#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 2 * MU_PLACE_SIZE };

/* Names are gathered before each of them is counted: the desk is not called while it reads. */
struct names {
    char (*name)[NAME_SIZE];
    size_t count, room;
    bool no_memory;
};

static bool take(void *context, const char *name)
{
    struct names *names = context;
    void *larger = mu_grown(names->name, names->count, &names->room, sizeof *names->name);

    names->no_memory = !larger;
    if (!larger)
        return false;
    names->name = larger;
    snprintf(names->name[names->count++], sizeof *names->name, "%s", name);
    return true;
}

static enum mu_status gather(struct mu_desk *desk, const struct mu_place_at *at,
                             struct names *names, struct mu_error *error)
{
    enum mu_status status =
        at ? mu_list_places(desk, at, take, names, error) : mu_list_grids(desk, take, names, error);

    return status == MU_OK && names->no_memory ? mu_fail_memory(error) : status;
}

/* Counts an estate building by building. */
static enum mu_status count_estate(struct mu_desk *desk, const char *estate,
                                   struct mu_place_count *count, struct mu_error *error)
{
    struct mu_place_at at = {.within_estate = true};
    struct names names = {0};
    enum mu_status status;

    mu_text_copy(at.estate, sizeof at.estate, estate);
    status = gather(desk, &at, &names, error);
    for (size_t i = 0; status == MU_OK && i < names.count; i++)
        status = mu_count_building(desk, estate, names.name[i], count, error);
    free(names.name);
    return status;
}

static enum mu_status count_grid(struct mu_desk *desk, const char *grid,
                                 struct mu_place_count *count, struct mu_error *error)
{
    int64_t after = 0;
    enum mu_status status;

    do
        status = mu_count_grid(desk, grid, &after, count, error);
    while (status == MU_OK && after);
    return status;
}

/* 0, or the exit status after a failed write. */
static int print_count(const struct mu_cli *cli, enum mu_format format, const char *name,
                       const struct mu_place_count *count)
{
    char text[4][MU_CLI_NUMBER_SIZE];
    const int64_t numbers[] = {count->homes, count->by_occupancy[4], count->people, count->elders};

    if (format == MU_FORMAT_JSON) {
        struct json_object *object = json_object_new_object();

        mu_json_text(object, "name", name);
        mu_json_number(object, "homes", count->homes);
        mu_json_number(object, "owner_occupied", count->by_occupancy[1]);
        mu_json_number(object, "rented", count->by_occupancy[2]);
        mu_json_number(object, "homestay", count->by_occupancy[3]);
        mu_json_number(object, "vacant", count->by_occupancy[4]);
        mu_json_number(object, "people", count->people);
        mu_json_number(object, "elders", count->elders);
        return mu_json_print(cli, object);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        mu_cli_number(numbers[i], text[i]);
    mu_cli_column(stdout, *name ? name : "—", 24);
    mu_cli_say(cli, MU_SAY_place_counted, text[0], text[1], text[2], text[3], NULL);
    return MU_OK;
}

struct printing {
    struct mu_cli *cli;
    int status; /* the exit status after a failed write */
};

static bool print_home(void *context, const struct mu_household *household, int people,
                       const char *head)
{
    const struct mu_cli *cli = ((const struct printing *)context)->cli;
    char number[MU_CLI_NUMBER_SIZE], address[MU_ADDRESS_SIZE];

    mu_cli_number(household->id, number);
    mu_cli_column(stdout, number, 8);
    mu_household_address(household, address);
    mu_cli_column(stdout, address, 32);
    mu_cli_column(stdout, mu_choice_word(&mu_occupancies, household->occupancy, cli->language), 8);
    snprintf(number, sizeof number, "%d", people);
    mu_cli_column(stdout, number, 3);
    mu_cli_column(stdout, head, 0);
    putchar('\n');
    return true;
}

static bool print_home_object(void *context, const struct mu_household *household, int people,
                              const char *head)
{
    struct printing *printing = context;
    struct json_object *object = json_object_new_object();
    char address[MU_ADDRESS_SIZE];

    mu_household_address(household, address);
    mu_json_number(object, "id", household->id);
    mu_json_text(object, "address", address);
    mu_json_text(object, "number", household->number);
    mu_json_choice(object, "occupancy", &mu_occupancies, household->occupancy);
    mu_json_text(object, "grid", household->grid);
    mu_json_number(object, "people", people);
    mu_json_text(object, "head", head);
    printing->status = mu_json_print(printing->cli, object);
    return printing->status == MU_OK;
}

/* Reads --format and up to `most` operands. */
static int read_operands(struct mu_cli *cli, const char *command, int argc, char **argv, int least,
                         int most, enum mu_format *format)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, format))
            return mu_cli_misuse(cli, command, MU_SAY_error_option, argv[optind - 1]);
    if (argc - optind < least)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing,
                             least > 1 ? "ESTATE BUILDING" : "NAME");
    if (argc - optind > most)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand, argv[optind + most]);
    return MU_OK;
}

int mu_cmd_place_list(struct mu_cli *cli, int argc, char **argv)
{
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_place_at at = {0};
    struct names names = {0};
    struct mu_desk *desk;
    struct mu_error error;
    int operands, status = read_operands(cli, "place list", argc, argv, 0, 2, &format);
    enum mu_status read = MU_OK;

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    operands = argc - optind;
    at.within_estate = operands > 0;
    at.within_building = operands > 1;
    if (operands > 0)
        mu_text_copy(at.estate, sizeof at.estate, argv[optind]);
    if (operands > 1)
        mu_text_copy(at.building, sizeof at.building, argv[optind + 1]);
    if (operands > 1) {
        struct printing printing = {.cli = cli};

        read = mu_list_homes(desk, &at, format == MU_FORMAT_JSON ? print_home_object : print_home,
                             &printing, &error);
        return read == MU_OK ? printing.status : mu_cli_fail(cli, &error);
    }
    read = gather(desk, &at, &names, &error);
    for (size_t i = 0; read == MU_OK && status == MU_OK && i < names.count; i++) {
        struct mu_place_count count = {0};

        read = operands ? mu_count_building(desk, at.estate, names.name[i], &count, &error)
                        : count_estate(desk, names.name[i], &count, &error);
        if (read == MU_OK)
            status = print_count(cli, format, names.name[i], &count);
    }
    free(names.name);
    return read == MU_OK ? status : mu_cli_fail(cli, &error);
}

static int show(const struct mu_cli *cli, enum mu_format format, const char *name,
                const struct mu_field *fields, size_t count, const void *record)
{
    struct json_object *object = NULL;

    if (format == MU_FORMAT_JSON) {
        object = json_object_new_object();
        mu_json_text(object, "name", name);
    } else {
        printf("%s\n", name);
    }
    mu_cli_print_fields(cli, fields, count, record, object);
    return object ? mu_json_print(cli, object) : MU_OK;
}

int mu_cmd_place_show(struct mu_cli *cli, int argc, char **argv)
{
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_building building;
    struct mu_desk *desk;
    struct mu_error error;
    char name[NAME_SIZE];
    int status = read_operands(cli, "place show", argc, argv, 2, 2, &format);

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_building(desk, argv[optind], argv[optind + 1], &building, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    snprintf(name, sizeof name, "%s %s", building.estate, building.building);
    return show(cli, format, name, mu_building_fields, mu_building_field_count, &building);
}

int mu_cmd_place_edit(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_building building;
    const struct mu_field_options options = {"place edit", mu_building_fields,
                                             mu_building_field_count, &building};
    struct mu_desk *desk;
    struct mu_error error;
    bool any;
    int operand, status;

    if (argc < 3)
        return mu_cli_misuse(cli, "place edit", MU_SAY_error_operand_missing, "ESTATE BUILDING");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_building(desk, argv[1], argv[2], &building, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = mu_cli_read_fields(cli, &options, argc - 2, argv + 2, &operand, &any);
    if (status != MU_OK)
        return status;
    if (operand < argc - 2)
        return mu_cli_misuse(cli, "place edit", MU_SAY_error_operand, argv[operand + 2]);
    if (!any)
        return mu_cli_misuse(cli, "place edit", MU_SAY_error_operand_missing, "--FIELD");
    if (mu_save_building(desk, &building, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_place_saved, building.estate, building.building, NULL);
    return MU_OK;
}

int mu_cmd_grid_list(struct mu_cli *cli, int argc, char **argv)
{
    enum mu_format format = MU_FORMAT_TEXT;
    struct names names = {0};
    struct mu_desk *desk;
    struct mu_error error;
    int status = read_operands(cli, "grid list", argc, argv, 0, 0, &format);
    enum mu_status read;

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    read = gather(desk, NULL, &names, &error);
    for (size_t i = 0; read == MU_OK && status == MU_OK && i < names.count; i++) {
        struct mu_place_count count = {0};

        read = count_grid(desk, names.name[i], &count, &error);
        if (read == MU_OK)
            status = print_count(cli, format, names.name[i], &count);
    }
    free(names.name);
    return read == MU_OK ? status : mu_cli_fail(cli, &error);
}

int mu_cmd_grid_show(struct mu_cli *cli, int argc, char **argv)
{
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_grid_record grid;
    struct mu_desk *desk;
    struct mu_error error;
    int status = read_operands(cli, "grid show", argc, argv, 1, 1, &format);

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_grid(desk, argv[optind], &grid, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return show(cli, format, grid.name, mu_grid_fields, mu_grid_field_count, &grid);
}

int mu_cmd_grid_edit(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_grid_record grid;
    const struct mu_field_options options = {"grid edit", mu_grid_fields, mu_grid_field_count,
                                             &grid};
    struct mu_desk *desk;
    struct mu_error error;
    bool any;
    int operand, status;

    if (argc < 2)
        return mu_cli_misuse(cli, "grid edit", MU_SAY_error_operand_missing, "NAME");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_grid(desk, argv[1], &grid, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = mu_cli_read_fields(cli, &options, argc - 1, argv + 1, &operand, &any);
    if (status != MU_OK)
        return status;
    if (operand < argc - 1)
        return mu_cli_misuse(cli, "grid edit", MU_SAY_error_operand, argv[operand + 1]);
    if (!any)
        return mu_cli_misuse(cli, "grid edit", MU_SAY_error_operand_missing, "--FIELD");
    if (mu_save_grid(desk, &grid, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_grid_saved, grid.name, NULL);
    return MU_OK;
}
