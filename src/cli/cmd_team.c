#include "cli/field_options.h"
#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/team.h>

#include <string.h>

struct asked {
    int role;
    struct mu_date from, until;
    bool ended, past;
    struct mu_cli_output output;
};

struct printing {
    const struct mu_cli *cli;
    struct json_object *array; /* that rows are added to; NULL: they are printed */
    bool json;
    int status;
};

static void put_date(struct json_object *object, const char *key, struct mu_date date)
{
    char text[MU_DATE_SIZE];

    mu_date_format(date, text);
    mu_json_text(object, key, text);
}

static void column_number(int64_t number, int cells)
{
    char text[MU_CLI_NUMBER_SIZE];

    mu_cli_number(number, text);
    mu_cli_column(stdout, text, cells);
}

static bool print_team(void *context, const struct mu_team_entry *entry)
{
    struct printing *printing = context;
    struct json_object *object;
    char founded[MU_DATE_SIZE];

    if (printing->json) {
        object = mu_json_object();
        mu_json_reference(object, "team_id", entry->team.id);
        mu_json_text(object, "name", entry->team.name);
        mu_json_text(object, "leader", entry->leader);
        mu_json_number(object, "people", entry->people);
        mu_json_number(object, "duties", entry->duties);
        put_date(object, "founded_on", entry->team.founded_on);
        put_date(object, "ended_on", entry->team.ended_on);
        printing->status = mu_json_print(printing->cli, object);
        return printing->status == MU_OK;
    }
    mu_date_format(entry->team.founded_on, founded);
    mu_cli_column(stdout, entry->team.name, 20);
    mu_cli_column(stdout, entry->leader, 12);
    column_number(entry->people, 4);
    column_number(entry->duties, 4);
    mu_cli_column(stdout, founded, 0);
    putchar('\n');
    return true;
}

int mu_cmd_team_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("ended", FLAG, ended)};
    static const struct mu_syntax syntax = {"team list", 0, true, options, COUNT(options)};
    struct asked asked = {0};
    struct printing printing = {.cli = cli};
    struct mu_desk *desk;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &desk);

    if (status != MU_OK)
        return status;
    printing.json = asked.output.json;
    if (mu_list_teams(desk, asked.ended, print_team, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return printing.status;
}

/* ---- one team ---- */

static bool print_member(void *context, const struct mu_membership *membership)
{
    struct printing *printing = context;
    struct json_object *object;
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE], days[2 * MU_DATE_SIZE + 8];

    if (printing->array) {
        object = mu_json_object();
        mu_json_number(object, "resident_id", membership->resident_id);
        mu_json_text(object, "name", membership->name);
        mu_json_choice(object, "role", &mu_team_roles, membership->role);
        put_date(object, "from", membership->from);
        put_date(object, "until", membership->until);
        mu_json_append(printing->array, object);
        return true;
    }
    mu_date_format(membership->from, from);
    mu_date_format(membership->until, until);
    snprintf(days, sizeof days, "%s～%s", from, until);
    column_number(membership->resident_id, 8);
    mu_cli_column(stdout, membership->name, 12);
    mu_cli_column(stdout, mu_choice_word(&mu_team_roles, membership->role, printing->cli->language),
                  8);
    mu_cli_column(stdout, days, 0);
    putchar('\n');
    return true;
}

static void print_duties(const struct printing *printing, const struct mu_rules *rules,
                         const char *team, struct json_object *array)
{
    for (size_t i = 0; i < rules->points.duty_count; i++) {
        const struct mu_duty *duty = &rules->points.duties[i];
        char points[MU_COUNT_SIZE], sentence[256];

        if (strcmp(duty->team, team) != 0)
            continue;
        if (array) {
            struct json_object *object = mu_json_object();

            mu_json_text(object, "id", duty->id);
            mu_json_text(object, "name", duty->name);
            mu_json_number(object, "per_hour", duty->per_hour);
            mu_json_number(object, "per_time", duty->per_time);
            mu_json_append(array, object);
            continue;
        }
        mu_count_text(duty->per_hour ? duty->per_hour : duty->per_time, points);
        mu_message_format(sentence, sizeof sentence, printing->cli->language,
                          duty->per_hour ? MU_SAY_team_duty_hour : MU_SAY_team_duty_time,
                          duty->name, points, NULL);
        mu_cli_column(stdout, duty->id, 24);
        mu_cli_column(stdout, sentence, 0);
        putchar('\n');
    }
}

static int show(struct mu_cli *cli, struct mu_desk *desk, const struct asked *asked,
                const struct mu_team *team)
{
    struct printing printing = {.cli = cli};
    struct json_object *object = asked->output.json ? mu_json_object() : NULL, *duties = NULL;
    const struct mu_rules *rules;
    struct mu_error error;

    if (object) {
        mu_json_reference(object, "team_id", team->id);
        mu_json_add(object, "members", printing.array = mu_json_array());
        mu_json_add(object, "duties", duties = mu_json_array());
    }
    mu_cli_print_fields(cli, mu_team_fields, mu_team_field_count, team, object);
    if ((team->id &&
         mu_list_members(desk, team->id, asked->past, print_member, &printing, &error) != MU_OK) ||
        mu_desk_rules(desk, &rules, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    print_duties(&printing, rules, team->name, duties);
    return object ? mu_json_print(cli, object) : MU_OK;
}

int mu_cmd_team_show(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("past", FLAG, past)};
    static const struct mu_syntax syntax = {"team show", 1, true, options, COUNT(options)};
    struct asked asked = {0};
    struct mu_team team;
    struct mu_desk *desk;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &desk);

    if (status != MU_OK)
        return status;
    if (optind >= argc)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "NAME");
    if (mu_read_team(desk, argv[optind], &team, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return show(cli, desk, &asked, &team);
}

static int save(struct mu_cli *cli, struct mu_team *team)
{
    struct mu_error error;

    if (mu_save_team(cli->desk, team, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_team_saved, team->name, NULL);
    return MU_OK;
}

int mu_cmd_team_add(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_team team = {0};
    const struct mu_field_options options = {"team add", mu_team_fields, mu_team_field_count,
                                             &team};
    int operand, status = mu_cli_read_fields(cli, &options, argc, argv, &operand, NULL);

    if (status != MU_OK)
        return status;
    if (operand < argc)
        return mu_cli_misuse(cli, "team add", MU_SAY_error_operand, argv[operand]);
    return save(cli, &team);
}

int mu_cmd_team_edit(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_team team;
    const struct mu_field_options options = {"team edit", mu_team_fields, mu_team_field_count,
                                             &team};
    struct mu_desk *desk;
    struct mu_error error;
    bool any;
    int operand, status;

    if (argc < 2)
        return mu_cli_misuse(cli, "team edit", MU_SAY_error_operand_missing, "NAME");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_read_team(desk, argv[1], &team, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = mu_cli_read_fields(cli, &options, argc - 1, argv + 1, &operand, &any);
    if (status != MU_OK)
        return status;
    if (operand < argc - 1)
        return mu_cli_misuse(cli, "team edit", MU_SAY_error_operand, argv[operand + 1]);
    if (!any)
        return mu_cli_misuse(cli, "team edit", MU_SAY_error_operand_missing, "--FIELD");
    return save(cli, &team);
}

/* ---- joining and leaving ---- */

/* The team and the person that the operands name. */
static int read_names(struct mu_cli *cli, const struct mu_syntax *syntax, int argc, char **argv,
                      struct mu_desk *desk, struct mu_resident *person)
{
    struct mu_error error;

    if (optind + 1 >= argc)
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand_missing, "NAME WHO");
    return mu_find_person(desk, argv[optind + 1], person, &error) == MU_OK
               ? MU_OK
               : mu_cli_fail(cli, &error);
}

int mu_cmd_team_join(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        {"role", MU_OPTION_CHOICE, offsetof(struct asked, role), &mu_team_roles},
        OPTION("from", DATE, from)};
    static const struct mu_syntax syntax = {"team join", 2, false, options, COUNT(options)};
    struct asked asked = {.role = MU_TEAM_MEMBER};
    struct mu_resident person = {.id = 0};
    struct mu_desk *desk;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &desk);

    if (status == MU_OK)
        status = read_names(cli, &syntax, argc, argv, desk, &person);
    if (status != MU_OK)
        return status;
    if (mu_join_team(desk, argv[optind], person.id, asked.role, asked.from, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_team_joined, person.name, argv[optind],
               mu_choice_word(&mu_team_roles, asked.role, cli->language), NULL);
    return MU_OK;
}

int mu_cmd_team_leave(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("until", DATE, until)};
    static const struct mu_syntax syntax = {"team leave", 2, false, options, COUNT(options)};
    struct asked asked = {0};
    struct mu_resident person = {.id = 0};
    struct mu_desk *desk;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &desk);

    if (status == MU_OK)
        status = read_names(cli, &syntax, argc, argv, desk, &person);
    if (status != MU_OK)
        return status;
    if (mu_leave_team(desk, argv[optind], person.id, asked.until, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_team_left, person.name, argv[optind], NULL);
    return MU_OK;
}
