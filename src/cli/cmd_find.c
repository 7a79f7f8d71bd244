#include "base/growing.h"
#include "cli/command.h"
#include "cli/json.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/domain/tag.h>

#include <stdlib.h>
#include <string.h>

enum { USUAL_LIMIT = 20, QUERY_SIZE = 256, WHY_SIZE = 1024 };

struct listing {
    struct mu_cli *cli;
    enum mu_format format;
    struct mu_date today;
    struct mu_finding *findings; /* `count` of them; owned */
    size_t count, room;
    bool no_memory;
};

/* [{"by":"old_address","what":"2-301","until":"2024-05-01"}] */
static struct json_object *reasons(const struct mu_finding *finding)
{
    struct json_object *array = mu_json_array();
    char until[MU_DATE_SIZE];

    for (size_t i = 0; i < finding->why_count; i++) {
        struct json_object *reason = mu_json_object();

        mu_json_text(reason, "by", mu_found_by_code(finding->why[i].by));
        mu_json_text(reason, "what", finding->why[i].text);
        mu_date_format(finding->why[i].until, until);
        mu_json_text(reason, "until", until);
        mu_json_append(array, reason);
    }
    return array;
}

static int print_home_json(const struct listing *listing, const struct mu_finding *finding)
{
    struct json_object *object = mu_json_object();
    char address[MU_ADDRESS_SIZE];

    mu_resident_address(&finding->resident, address);
    mu_json_number(object, "household_id", finding->household_id);
    mu_json_text(object, "household", finding->resident.household_number);
    mu_json_text(object, "address", address);
    mu_json_text(object, "head", finding->resident.name);
    mu_json_number(object, "members", (int64_t)finding->members);
    mu_json_choice(object, "occupancy", &mu_occupancies, finding->resident.occupancy);
    mu_json_add(object, "why", reasons(finding));
    return mu_json_print(listing->cli, object);
}

static int print_json(const struct listing *listing, const struct mu_finding *finding)
{
    const struct mu_resident *resident = &finding->resident;
    struct json_object *object = mu_json_object();
    char phone[MU_PHONE_SIZE], id_number[MU_ID_NUMBER_SIZE], address[MU_ADDRESS_SIZE];
    int age = mu_resident_age(resident, listing->today);

    mu_phone_mask(resident->phone, phone, sizeof phone);
    mu_id_number_mask(resident->id_number, id_number);
    mu_resident_address(resident, address);
    mu_json_number(object, "id", resident->id);
    mu_json_text(object, "name", resident->name);
    mu_json_choice(object, "sex", &mu_sexes, resident->sex);
    if (age < 0)
        mu_json_add(object, "age", NULL);
    else
        mu_json_number(object, "age", age);
    mu_json_text(object, "phone", phone);
    mu_json_text(object, "id_number", id_number);
    mu_json_text(object, "address", address);
    mu_json_text(object, "household", resident->household_number);
    mu_json_tags(object, resident);
    mu_json_choice(object, "status", &mu_statuses, resident->status);
    mu_json_add(object, "why", reasons(finding));
    return mu_json_print(listing->cli, object);
}

static void print_why(const struct listing *listing, const struct mu_finding *finding)
{
    char why[WHY_SIZE];

    mu_why_text(finding->why, finding->why_count, listing->cli->language, why, sizeof why);
    mu_cli_column(stdout, why, 0);
    putchar('\n');
}

static void print_home_text(const struct listing *listing, const struct mu_finding *finding)
{
    char address[MU_ADDRESS_SIZE], members[24];

    mu_resident_address(&finding->resident, address);
    snprintf(members, sizeof members, "%zu", finding->members);
    mu_cli_column(stdout, "", 7);
    mu_cli_column(stdout, finding->resident.name, 12);
    mu_cli_column(stdout, mu_message_text(MU_SAY_find_household, listing->cli->language), 6);
    mu_cli_column(stdout, members, 3);
    mu_cli_column(stdout, "", 12);
    mu_cli_column(stdout, "", 18);
    mu_cli_column(stdout, address, 24);
    mu_cli_column(stdout, "", 12);
    mu_cli_column(stdout, "", 10);
    print_why(listing, finding);
}

static void print_text(const struct listing *listing, const struct mu_finding *finding)
{
    const struct mu_resident *resident = &finding->resident;
    char phone[MU_PHONE_SIZE], id_number[MU_ID_NUMBER_SIZE], address[MU_ADDRESS_SIZE];
    char number[MU_CLI_NUMBER_SIZE], age[12] = "", tags[MU_TOLD_SIZE];
    enum mu_language language = listing->cli->language;
    int years = mu_resident_age(resident, listing->today);

    mu_phone_mask(resident->phone, phone, sizeof phone);
    mu_id_number_mask(resident->id_number, id_number);
    mu_resident_address(resident, address);
    mu_cli_number(resident->id, number);
    if (years >= 0)
        snprintf(age, sizeof age, "%d", years);
    mu_cli_column(stdout, number, 7);
    mu_cli_column(stdout, resident->name, 12);
    mu_cli_column(stdout, resident->sex ? mu_choice_word(&mu_sexes, resident->sex, language) : "",
                  6);
    mu_cli_column(stdout, age, 3);
    mu_cli_column(stdout, phone, 12);
    mu_cli_column(stdout, id_number, 18);
    mu_cli_column(stdout, address, 24);
    mu_tags_told(resident, false, tags);
    mu_cli_column(stdout, tags, 12);
    mu_cli_column(stdout, mu_choice_word(&mu_statuses, resident->status, language), 10);
    print_why(listing, finding);
}

/* People are printed when the records are read: a reader who waits, at a pager or behind Ctrl-S,
 * must not keep the other desks from saving. */
static bool keep(void *context, const struct mu_finding *finding)
{
    struct listing *listing = context;
    struct mu_finding *larger =
        mu_grown(listing->findings, listing->count, &listing->room, sizeof *larger);

    listing->no_memory = !larger;
    if (!larger)
        return false;
    listing->findings = larger;
    listing->findings[listing->count++] = *finding;
    return true;
}

static int print_person(const struct listing *listing, struct mu_desk *desk,
                        struct mu_finding *finding)
{
    struct mu_error error;

    /* The rows of a search are without their ID numbers. */
    if (mu_read_resident(desk, finding->resident.id, &finding->resident, &error) != MU_OK)
        return mu_cli_fail(listing->cli, &error);
    if (listing->format == MU_FORMAT_JSON)
        return print_json(listing, finding);
    print_text(listing, finding);
    return MU_OK;
}

static int print(const struct listing *listing, struct mu_desk *desk)
{
    int status = MU_OK;

    for (size_t i = 0; i < listing->count && status == MU_OK; i++) {
        struct mu_finding *finding = &listing->findings[i];

        if (!finding->household_id)
            status = print_person(listing, desk, finding);
        else if (listing->format == MU_FORMAT_JSON)
            status = print_home_json(listing, finding);
        else
            print_home_text(listing, finding);
    }
    return status;
}

/* Several operands are several words of one query. */
static bool join(char *query, int argc, char **argv)
{
    size_t used = 0;

    *query = '\0';
    for (int i = optind; i < argc && used < QUERY_SIZE; i++)
        used += (size_t)snprintf(query + used, QUERY_SIZE - used, "%s%s", used ? " " : "", argv[i]);
    return used < QUERY_SIZE;
}

int mu_cmd_find(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"limit", required_argument, NULL, 'l'},
                                            {"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct listing listing = {.cli = cli};
    char query[QUERY_SIZE];
    struct mu_find_request request = {.query = query};
    long long limit = USUAL_LIMIT;
    bool cut;
    struct mu_desk *desk;
    struct mu_error error;
    enum mu_status found;
    int option, status = MU_OK;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!(option == 'l' && mu_number_from_text(optarg, &limit)) &&
            !(option == 'f' && mu_format_from_word(optarg, &listing.format)))
            return mu_cli_misuse(cli, "find", MU_SAY_error_option, argv[optind - 1]);
    if (optind == argc || !*argv[optind])
        return mu_cli_misuse(cli, "find", MU_SAY_error_operand_missing, "QUERY");
    if (!join(query, argc, argv))
        return mu_cli_misuse(cli, "find", MU_SAY_error_operand_long, "QUERY");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    listing.today = mu_desk_now(desk).date;
    request.limit = limit < MU_FIND_LIMIT ? (size_t)limit : MU_FIND_LIMIT;
    found = mu_find(desk, &request, keep, &listing, &cut, &error);
    if (found == MU_OK && listing.no_memory)
        found = mu_fail_memory(&error);
    if (found != MU_OK)
        status = mu_cli_fail(cli, &error);
    else if (listing.count == 0)
        mu_cli_note(cli, MU_SAY_find_nobody, query, NULL);
    else
        status = print(&listing, desk);
    free(listing.findings);
    return status;
}
