#include "cli/field_options.h"
#include "cli/json.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/household.h>
#include <mulin/desk/register.h>

#include <stdlib.h>
#include <string.h>

enum { RELATIONS = MU_MOVE_PEOPLE };

/* The household number that is the first operand. 0, or the exit status after the complaint. */
static int read_id(struct mu_cli *cli, const char *command, int argc, char **argv, int64_t *id)
{
    long long number;

    if (argc < 2)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "ID");
    if (!mu_number_from_text(argv[1], &number))
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_number, argv[1]);
    *id = number;
    return MU_OK;
}

static struct json_object *member_object(const struct mu_page_member *member)
{
    struct json_object *object = json_object_new_object();
    char day[MU_DATE_SIZE];

    mu_json_number(object, "id", member->resident.id);
    mu_json_text(object, "name", member->resident.name);
    mu_json_choice(object, "relation", &mu_relations, member->resident.relation);
    mu_json_flag(object, "here", member->here);
    mu_date_format(member->until, day);
    mu_json_text(object, "until", day);
    if (member->here) {
        mu_json_choice(object, "status", &mu_statuses, member->resident.status);
        mu_json_words(object, "tags", member->resident.tags);
        mu_json_number(object, "meals", member->meals);
    }
    return object;
}

static int show_json(const struct mu_cli *cli, const struct mu_household_page *page)
{
    struct json_object *object = json_object_new_object(), *people = json_object_new_array();
    struct json_object *uses = json_object_new_array(), *use;
    char address[MU_ADDRESS_SIZE], day[MU_DATE_SIZE];

    mu_household_address(&page->household, address);
    mu_json_number(object, "id", page->household.id);
    mu_json_text(object, "address", address);
    mu_cli_print_fields(cli, mu_household_fields, mu_household_field_count, &page->household,
                        object);
    mu_json_reference(object, "joined_into", page->household.joined_into);
    for (size_t i = 0; i < page->member_count; i++)
        json_object_array_add(people, member_object(&page->member[i]));
    json_object_object_add(object, "people", people);
    for (size_t i = 0; i < page->past_count; i++) {
        use = json_object_new_object();
        mu_json_choice(use, "occupancy", &mu_occupancies, page->past[i].occupancy);
        mu_date_format(page->past[i].from, day);
        mu_json_text(use, "from", day);
        mu_date_format(page->past[i].until, day);
        mu_json_text(use, "until", day);
        json_object_array_add(uses, use);
    }
    json_object_object_add(object, "uses_before", uses);
    mu_json_number(object, "neighbours", (int64_t)page->neighbours);
    return mu_json_print(cli, object);
}

static void show_member(const struct mu_cli *cli, const struct mu_page_member *member)
{
    char number[MU_CLI_NUMBER_SIZE], day[MU_DATE_SIZE];

    mu_cli_number(member->resident.id, number);
    mu_cli_column(stdout, number, 8);
    mu_cli_column(stdout, member->resident.name, 12);
    mu_cli_column(stdout, mu_choice_word(&mu_relations, member->resident.relation, cli->language),
                  12);
    if (member->here) {
        mu_cli_column(stdout, mu_choice_word(&mu_statuses, member->resident.status, cli->language),
                      8);
        mu_cli_column(stdout, member->resident.tags, 0);
    } else {
        mu_date_format(member->until, day);
        printf("→ %s", day);
    }
    putchar('\n');
}

static int show_text(const struct mu_cli *cli, const struct mu_household_page *page)
{
    char address[MU_ADDRESS_SIZE], from[MU_DATE_SIZE], until[MU_DATE_SIZE];

    mu_household_address(&page->household, address);
    printf("%s\n", address);
    mu_cli_print_fields(cli, mu_household_fields, mu_household_field_count, &page->household, NULL);
    for (size_t i = 0; i < page->past_count; i++) {
        mu_date_format(page->past[i].from, from);
        mu_date_format(page->past[i].until, until);
        printf("%s %s … %s\n",
               mu_choice_word(&mu_occupancies, page->past[i].occupancy, cli->language), from,
               until);
    }
    for (size_t i = 0; i < page->member_count; i++)
        show_member(cli, &page->member[i]);
    return MU_OK;
}

int mu_cmd_household_show(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_household_page page = {0};
    struct mu_desk *desk;
    struct mu_error error;
    int64_t id = 0;
    int option, status;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &format))
            return mu_cli_misuse(cli, "household show", MU_SAY_error_option, argv[optind - 1]);
    status = read_id(cli, "household show", argc - optind + 1, argv + optind - 1, &id);
    if (status != MU_OK)
        return status;
    if (argc - optind > 1)
        return mu_cli_misuse(cli, "household show", MU_SAY_error_operand, argv[optind + 1]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_household(desk, id, &page, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = format == MU_FORMAT_JSON ? show_json(cli, &page) : show_text(cli, &page);
    mu_household_page_clear(&page);
    return status;
}

static int save(struct mu_cli *cli, struct mu_desk *desk, struct mu_household *household,
                enum mu_message done)
{
    char address[MU_ADDRESS_SIZE], number[MU_CLI_NUMBER_SIZE];
    struct mu_error error;

    if (mu_save_household(desk, household, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_household_address(household, address);
    mu_cli_number(household->id, number);
    mu_cli_say(cli, done, address, number, NULL);
    return MU_OK;
}

int mu_cmd_household_edit(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_household_page page = {0};
    struct mu_desk *desk;
    struct mu_error error;
    int64_t id = 0;
    bool any;
    int operand, status = read_id(cli, "household edit", argc, argv, &id);

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_household(desk, id, &page, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    struct mu_household household = page.household;
    const struct mu_field_options options = {"household edit", mu_household_fields,
                                             mu_household_field_count, &household};

    mu_household_page_clear(&page);
    status = mu_cli_read_fields(cli, &options, argc - 1, argv + 1, &operand, &any);
    if (status != MU_OK)
        return status;
    if (operand < argc - 1)
        return mu_cli_misuse(cli, "household edit", MU_SAY_error_operand, argv[operand + 1]);
    if (!any)
        return mu_cli_misuse(cli, "household edit", MU_SAY_error_operand_missing, "--FIELD");
    return save(cli, desk, &household, MU_SAY_household_saved);
}

/* An address and what else is known of a home, as options. */
static const struct mu_field *home_fields(size_t *count)
{
    static struct mu_field fields[16];
    static const char *const parts[] = {"estate", "building", "unit", "room"};
    size_t used = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct mu_field *field =
            mu_field_by_key(mu_resident_fields, mu_resident_field_count, parts[i]);

        fields[used] = *field;
        fields[used].offset = i == 0   ? offsetof(struct mu_household, estate)
                              : i == 1 ? offsetof(struct mu_household, building)
                              : i == 2 ? offsetof(struct mu_household, unit)
                                       : offsetof(struct mu_household, room);
        used++;
    }
    for (size_t i = 0; i < mu_household_field_count; i++)
        fields[used++] = mu_household_fields[i];
    *count = used;
    return fields;
}

int mu_cmd_household_add(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_household household = {0};
    struct mu_field_options options = {"household add", NULL, 0, &household};
    struct mu_desk *desk;
    struct mu_error error;
    int operand, status;

    options.fields = home_fields(&options.count);
    status = mu_cli_read_fields(cli, &options, argc, argv, &operand, NULL);
    if (status != MU_OK)
        return status;
    if (operand < argc)
        return mu_cli_misuse(cli, "household add", MU_SAY_error_operand, argv[operand]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return save(cli, desk, &household, MU_SAY_household_added);
}

/* Takes "12=子" into the plan's step of resident 12. */
static int set_relation(struct mu_cli *cli, const char *command, struct mu_move *move,
                        const char *text)
{
    char number[MU_CLI_NUMBER_SIZE];
    const char *equals = strchr(text, '=');
    const struct mu_choice *choice = equals ? mu_choice_by_text(&mu_relations, equals + 1) : NULL;
    long long id;

    if (!equals || (size_t)(equals - text) >= sizeof number || !choice)
        return mu_cli_misuse(cli, command, MU_SAY_error_option, text);
    snprintf(number, sizeof number, "%.*s", (int)(equals - text), text);
    for (size_t i = 0; mu_number_from_text(number, &id) && i < move->count; i++)
        if (move->step[i].resident_id == id) {
            move->step[i].relation = choice->code;
            return MU_OK;
        }
    return mu_cli_misuse(cli, command, MU_SAY_error_option, text);
}

/* Options that every plan takes. */
struct plan_options {
    const char *day, *relation[RELATIONS];
    size_t relations;
};

/* Completes the plan by the options, carries it out and says what is still to be asked. */
static int carry_out(struct mu_cli *cli, const char *command, struct mu_desk *desk,
                     struct mu_move *move, const struct plan_options *options)
{
    struct mu_error error;
    char address[MU_ADDRESS_SIZE];
    int status = MU_OK;

    if (options->day && !mu_date_parse(options->day, mu_desk_now(desk).date, &move->day))
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_date, options->day);
    for (size_t i = 0; status == MU_OK && i < options->relations; i++)
        status = set_relation(cli, command, move, options->relation[i]);
    if (status != MU_OK)
        return status;
    if (mu_move(desk, move, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_household_address(&move->to, address);
    for (size_t i = 0; i < move->count; i++) {
        const struct mu_move_step *step = &move->step[i];

        mu_cli_say(cli, step->moves ? MU_SAY_household_moved : MU_SAY_household_relation,
                   step->name,
                   step->relation ? mu_choice_word(&mu_relations, step->relation, cli->language)
                                  : mu_message_text(MU_SAY_household_relation_open, cli->language),
                   address, NULL);
    }
    return MU_OK;
}

/* Reads the people to move, the address and the plan's options. */
static int read_move(struct mu_cli *cli, int argc, char **argv, struct mu_household *to,
                     struct plan_options *plan, int64_t *ids, size_t *count)
{
    static const struct option options[] = {
        {"estate", required_argument, NULL, 'e'},   {"building", required_argument, NULL, 'b'},
        {"unit", required_argument, NULL, 'u'},     {"room", required_argument, NULL, 'r'},
        {"number", required_argument, NULL, 'n'},   {"on", required_argument, NULL, 'd'},
        {"relation", required_argument, NULL, 'k'}, {NULL, 0, NULL, 0}};
    char *const parts[] = {to->estate, to->building, to->unit, to->room, to->number};
    const size_t sizes[] = {sizeof to->estate, sizeof to->building, sizeof to->unit,
                            sizeof to->room, sizeof to->number};
    long long id;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        const char *part = strchr("eburn", option);

        if (option == 'd') {
            plan->day = optarg;
        } else if (option == 'k' && plan->relations < RELATIONS) {
            plan->relation[plan->relations++] = optarg;
        } else if (part && option != '\0') {
            size_t at = (size_t)(part - "eburn");

            if (!mu_text_clean(parts[at], sizes[at], optarg, false))
                return mu_cli_misuse(cli, "household move", MU_SAY_error_operand_long, optarg);
            mu_text_narrow(parts[at], sizes[at], parts[at]);
        } else {
            return mu_cli_misuse(cli, "household move", MU_SAY_error_option, argv[optind - 1]);
        }
    }
    for (int i = optind; i < argc; i++) {
        if (!mu_number_from_text(argv[i], &id))
            return mu_cli_misuse(cli, "household move", MU_SAY_error_operand_number, argv[i]);
        if (*count == MU_MOVE_PEOPLE)
            return mu_cli_misuse(cli, "household move", MU_SAY_error_operand, argv[i]);
        ids[(*count)++] = id;
    }
    return *count ? MU_OK
                  : mu_cli_misuse(cli, "household move", MU_SAY_error_operand_missing, "RESIDENT");
}

int mu_cmd_household_move(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_household to = {0};
    struct plan_options plan = {0};
    struct mu_move move;
    struct mu_desk *desk;
    struct mu_error error;
    int64_t ids[MU_MOVE_PEOPLE];
    size_t count = 0;
    int status = read_move(cli, argc, argv, &to, &plan, ids, &count);

    if (status != MU_OK)
        return status;
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_plan_move(desk, ids, count, &to, &move, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return carry_out(cli, "household move", desk, &move, &plan);
}

int mu_cmd_household_head(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"relation", required_argument, NULL, 'k'},
                                            {NULL, 0, NULL, 0}};
    struct plan_options plan = {0};
    struct mu_move move;
    struct mu_desk *desk;
    struct mu_error error;
    long long household, resident;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option != 'k' || plan.relations == RELATIONS)
            return mu_cli_misuse(cli, "household head", MU_SAY_error_option, argv[optind - 1]);
        plan.relation[plan.relations++] = optarg;
    }
    if (argc - optind < 2)
        return mu_cli_misuse(cli, "household head", MU_SAY_error_operand_missing, "ID RESIDENT");
    if (argc - optind > 2)
        return mu_cli_misuse(cli, "household head", MU_SAY_error_operand, argv[optind + 2]);
    if (!mu_number_from_text(argv[optind], &household) ||
        !mu_number_from_text(argv[optind + 1], &resident))
        return mu_cli_misuse(cli, "household head", MU_SAY_error_operand_number, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_plan_head(desk, household, resident, &move, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return carry_out(cli, "household head", desk, &move, &plan);
}

/* Who lives in a household; more than these are told of no more. */
struct leaving {
    size_t count;
    int64_t id[MU_MOVE_PEOPLE];
};

static bool take_leaving(void *context, const struct mu_resident *resident)
{
    struct leaving *leaving = context;

    if (resident->status == MU_LIVING_HERE && !resident->linked_to)
        leaving->id[leaving->count++] = resident->id;
    return leaving->count < MU_MOVE_PEOPLE;
}

int mu_cmd_household_out(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"on", required_argument, NULL, 'd'},
                                            {NULL, 0, NULL, 0}};
    const char *text = NULL;
    struct leaving leaving = {0};
    struct mu_date day;
    struct mu_desk *desk;
    struct mu_error error;
    int64_t id = 0;
    int option, status;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option != 'd')
            return mu_cli_misuse(cli, "household out", MU_SAY_error_option, argv[optind - 1]);
        text = optarg;
    }
    status = read_id(cli, "household out", argc - optind + 1, argv + optind - 1, &id);
    if (status != MU_OK)
        return status;
    if (argc - optind > 1)
        return mu_cli_misuse(cli, "household out", MU_SAY_error_operand, argv[optind + 1]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    day = mu_desk_now(desk).date;
    if (text && !mu_date_parse(text, day, &day))
        return mu_cli_misuse(cli, "household out", MU_SAY_error_operand_date, text);
    if (mu_list_household(desk, id, take_leaving, &leaving, &error) != MU_OK ||
        mu_household_out(desk, id, day, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_household_out, argv[optind], NULL);
    for (size_t i = 0; status == MU_OK && i < leaving.count; i++)
        status = mu_cli_standing(cli, desk, leaving.id[i], true);
    return status;
}

int mu_cmd_household_back(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_desk *desk;
    struct mu_error error;
    int64_t id = 0;
    int status;

    optind = 1;
    status = read_id(cli, "household back", argc, argv, &id);
    if (status != MU_OK)
        return status;
    if (argc > 2)
        return mu_cli_misuse(cli, "household back", MU_SAY_error_operand, argv[2]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK || mu_household_back(desk, id, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_household_back, argv[1], NULL);
    return MU_OK;
}
