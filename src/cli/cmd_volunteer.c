#include "cli/field_options.h"
#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/find.h>
#include <mulin/desk/team.h>
#include <mulin/desk/volunteer.h>
#include <mulin/domain/points.h>
#include <mulin/report/points.h>
#include <mulin/report/tally.h>

#include <string.h>

enum { LATEST = 10 }; /* services on a volunteer's page */

static const struct mu_choice orders[] = {
    {MU_VOLUNTEERS_BY_FILE, "档案", "file", ""},
    {MU_VOLUNTEERS_BY_POINTS, "积分", "points", ""},
    {MU_VOLUNTEERS_BY_HOURS, "时长", "hours", ""},
};
static const struct mu_choices volunteer_orders = {"mulin", 1, MU_SAY_error_option, orders,
                                                   sizeof orders / sizeof *orders};

struct asked {
    struct mu_volunteer_query query;
    int order;
    struct mu_date month;
    const char *note;
    struct mu_cli_output output;
};

static void put_date(struct json_object *object, const char *key, struct mu_date date)
{
    char text[MU_DATE_SIZE];

    mu_date_format(date, text);
    mu_json_text(object, key, text);
}

static void put_sum(struct json_object *object, const struct mu_volunteer_sum *sum, int stars)
{
    mu_json_number(object, "balance", sum->balance.count);
    mu_json_number(object, "earned", sum->earned.count);
    mu_json_number(object, "minutes", sum->minutes);
    mu_json_number(object, "stars", stars);
}

/* ---- all of them ---- */

struct printing {
    const struct mu_cli *cli;
    struct json_object *array;    /* that rows are added to; NULL: they are printed */
    const struct mu_rules *rules; /* that name the duties of services */
    bool json;
    int status;
};

static void say_entry(const struct mu_volunteer_entry *entry)
{
    char number[MU_CLI_NUMBER_SIZE], points[MU_POINTS_SIZE], served[MU_SERVED_SIZE],
        stars[MU_STARS_SIZE];

    mu_cli_number(entry->resident_id, number);
    mu_points_format(entry->sum.balance, points);
    mu_served_text(entry->sum.minutes, served);
    mu_stars_text(entry->stars, stars);
    mu_cli_column(stdout, number, 8);
    mu_cli_column(stdout, entry->name, 12);
    mu_cli_column(stdout, points, 8);
    mu_cli_column(stdout, served, 8);
    mu_cli_column(stdout, stars, 10);
    mu_cli_column(stdout, entry->teams, 24);
    mu_cli_column(stdout, entry->volunteer.skills, 0);
    putchar('\n');
}

static bool print_entry(void *context, const struct mu_volunteer_entry *entry)
{
    struct printing *printing = context;
    struct json_object *object;

    if (!printing->json) {
        say_entry(entry);
        return true;
    }
    object = mu_json_object();
    mu_json_number(object, "resident_id", entry->resident_id);
    mu_json_text(object, "name", entry->name);
    mu_json_text(object, "teams", entry->teams);
    mu_json_words(object, "skills", entry->volunteer.skills);
    put_date(object, "registered_on", entry->volunteer.registered_on);
    put_date(object, "left_on", entry->volunteer.left_on);
    mu_json_flag(object, "shows_name", entry->volunteer.shows_name == 1);
    put_sum(object, &entry->sum, entry->stars);
    printing->status = mu_json_print(printing->cli, object);
    return printing->status == MU_OK;
}

int mu_cmd_volunteer_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("skill", TEXT, query.skill),
        OPTION("team", TEXT, query.team),
        OPTION("left", FLAG, query.left),
        {"by", MU_OPTION_CHOICE, offsetof(struct asked, order), &volunteer_orders}};
    static const struct mu_syntax syntax = {"volunteer list", 0, true, options, COUNT(options)};
    struct asked asked = {0};
    struct printing printing = {.cli = cli};
    struct mu_desk *desk;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &desk);

    if (status != MU_OK)
        return status;
    asked.query.order = (enum mu_volunteer_order)asked.order;
    printing.json = asked.output.json;
    if (mu_list_volunteers(desk, &asked.query, print_entry, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return printing.status;
}

/* ---- one of them ---- */

static void say_row(const char *first, const char *second, const char *third)
{
    mu_cli_column(stdout, first, 22);
    mu_cli_column(stdout, second, 16);
    mu_cli_column(stdout, third, 0);
    putchar('\n');
}

static void days_text(struct mu_date from, struct mu_date until, char out[2 * MU_DATE_SIZE + 4])
{
    char first[MU_DATE_SIZE], last[MU_DATE_SIZE];

    mu_date_format(from, first);
    mu_date_format(until, last);
    snprintf(out, 2 * MU_DATE_SIZE + 4, "%s～%s", first, last);
}

static bool print_membership(void *context, const struct mu_membership *membership)
{
    const struct printing *printing = context;
    char days[2 * MU_DATE_SIZE + 4];
    struct json_object *object;

    days_text(membership->from, membership->until, days);
    if (!printing->array) {
        say_row(days, membership->team,
                mu_choice_word(&mu_team_roles, membership->role, printing->cli->language));
        return true;
    }
    object = mu_json_object();
    mu_json_text(object, "team", membership->team);
    mu_json_choice(object, "role", &mu_team_roles, membership->role);
    put_date(object, "from", membership->from);
    put_date(object, "until", membership->until);
    mu_json_append(printing->array, object);
    return true;
}

static bool print_award(void *context, const struct mu_award *award)
{
    const struct printing *printing = context;
    char month[MU_MONTH_SIZE];
    struct json_object *object;

    mu_month_format(mu_month_first(award->month), month);
    if (!printing->array) {
        say_row(month, award->name, award->note);
        return true;
    }
    object = mu_json_object();
    mu_json_text(object, "name", award->name);
    mu_json_text(object, "month", month);
    put_date(object, "given_on", award->given_on);
    mu_json_text(object, "note", award->note);
    mu_json_append(printing->array, object);
    return true;
}

static bool print_certificate(void *context, const struct mu_certificate_line *line)
{
    const struct printing *printing = context;
    char days[2 * MU_DATE_SIZE + 4], served[MU_SERVED_SIZE];
    struct json_object *object;

    days_text(line->from, line->to, days);
    mu_served_text(line->minutes, served);
    if (!printing->array) {
        say_row(days, line->number, served);
        return true;
    }
    object = mu_json_object();
    mu_json_text(object, "number", line->number);
    put_date(object, "from", line->from);
    put_date(object, "to", line->to);
    mu_json_number(object, "minutes", line->minutes);
    mu_json_append(printing->array, object);
    return true;
}

static bool print_latest(void *context, const struct mu_service *service)
{
    const struct printing *printing = context;
    const struct mu_duty *duty = mu_rules_duty(printing->rules, service->duty);
    char day[MU_DATE_SIZE], points[MU_POINTS_SIZE];
    struct json_object *object;

    mu_date_format(service->date, day);
    mu_points_format(service->points, points);
    if (!printing->array) {
        say_row(day, duty ? duty->name : service->duty, points);
        return true;
    }
    object = mu_json_object();
    mu_json_number(object, "entry_id", service->entry_id);
    mu_json_text(object, "duty", service->duty);
    mu_json_text(object, "date", day);
    mu_json_number(object, "minutes", service->minutes);
    mu_json_number(object, "points", service->points.count);
    mu_json_append(printing->array, object);
    return true;
}

static void say_sum(const struct mu_cli *cli, const struct mu_volunteer_file *file)
{
    char points[MU_POINTS_SIZE], earned[MU_POINTS_SIZE], served[MU_SERVED_SIZE],
        stars[MU_STARS_SIZE];

    mu_points_format(file->sum.balance, points);
    mu_points_format(file->sum.earned, earned);
    mu_served_text(file->sum.minutes, served);
    mu_stars_text(file->stars, stars);
    mu_cli_say(cli, MU_SAY_volunteer_sum, points, earned, *served ? served : "0:00",
               *stars ? stars : "—", NULL);
}

/* Opens the next list of the page. */
static void begin_list(struct printing *printing, struct json_object *object, const char *key,
                       enum mu_message title)
{
    if (object)
        mu_json_add(object, key, printing->array = mu_json_array());
    else
        mu_cli_say(printing->cli, title, NULL);
}

static enum mu_status print_lists(struct printing *printing, struct mu_desk *desk, int64_t id,
                                  struct json_object *object, struct mu_error *error)
{
    enum mu_status status;

    begin_list(printing, object, "teams", MU_SAY_volunteer_part_teams);
    status = mu_list_memberships(desk, id, print_membership, printing, error);
    begin_list(printing, object, "awards", MU_SAY_volunteer_part_awards);
    if (status == MU_OK)
        status = mu_list_awards(desk, id, print_award, printing, error);
    begin_list(printing, object, "certificates", MU_SAY_volunteer_part_certificates);
    if (status == MU_OK)
        status = mu_list_certificates_of(desk, id, print_certificate, printing, error);
    begin_list(printing, object, "services", MU_SAY_volunteer_part_services);
    if (status == MU_OK)
        status = mu_list_latest_services(desk, id, LATEST, print_latest, printing, error);
    return status;
}

/* Finds who is meant by the operand behind the name of the command. */
static int find_who(struct mu_cli *cli, const char *command, const char *who, struct mu_desk *desk,
                    struct mu_resident *person)
{
    struct mu_error error;

    if (!who)
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "WHO");
    return mu_find_person(desk, who, person, &error) == MU_OK ? MU_OK : mu_cli_fail(cli, &error);
}

int mu_cmd_volunteer_show(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"volunteer show", 1, true, NULL, 0};
    struct asked asked = {0};
    struct printing printing = {.cli = cli};
    struct mu_volunteer_file file;
    struct mu_resident person = {.id = 0};
    struct json_object *object = NULL;
    struct mu_desk *desk;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &desk);

    if (status == MU_OK)
        status = find_who(cli, syntax.command, argv[optind], desk, &person);
    if (status != MU_OK)
        return status;
    if (mu_read_volunteer(desk, person.id, &file, &error) != MU_OK ||
        mu_desk_rules(desk, &printing.rules, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (asked.output.json) {
        object = mu_json_object();
        mu_json_number(object, "resident_id", person.id);
        mu_json_text(object, "name", person.name);
        put_sum(object, &file.sum, file.stars);
        mu_json_reference(object, "next_level", file.next_level);
    } else {
        printf("%s\n", person.name);
        say_sum(cli, &file);
    }
    mu_cli_print_fields(cli, mu_volunteer_fields, mu_volunteer_field_count, &file.volunteer,
                        object);
    if (print_lists(&printing, desk, person.id, object, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return object ? mu_json_print(cli, object) : MU_OK;
}

int mu_cmd_volunteer_register(struct mu_cli *cli, int argc, char **argv)
{
    struct mu_volunteer_file file;
    const struct mu_field_options options = {"volunteer register", mu_volunteer_fields,
                                             mu_volunteer_field_count, &file.volunteer};
    struct mu_resident person = {.id = 0};
    struct mu_desk *desk;
    struct mu_error error;
    int operand, status;

    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = find_who(cli, options.command, argv[1], desk, &person);
    if (status != MU_OK)
        return status;
    if (mu_read_volunteer(desk, person.id, &file, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = mu_cli_read_fields(cli, &options, argc - 1, argv + 1, &operand, NULL);
    if (status != MU_OK)
        return status;
    if (operand < argc - 1)
        return mu_cli_misuse(cli, options.command, MU_SAY_error_operand, argv[operand + 1]);
    if (mu_save_volunteer(desk, &file.volunteer, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_volunteer_saved, person.name, NULL);
    return MU_OK;
}

int mu_cmd_volunteer_award(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("month", MONTH, month),
                                               OPTION("note", TEXT, note)};
    static const struct mu_syntax syntax = {"volunteer award", 2, false, options, COUNT(options)};
    struct asked asked = {0};
    struct mu_award award = {0};
    struct mu_resident person = {.id = 0};
    struct mu_desk *desk;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &desk);

    if (status == MU_OK && optind + 1 >= argc)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "WHO NAME");
    if (status == MU_OK)
        status = find_who(cli, syntax.command, argv[optind], desk, &person);
    if (status != MU_OK)
        return status;
    award.resident_id = person.id;
    award.month = mu_date_known(asked.month) ? mu_month_number(asked.month) : 0;
    mu_text_copy(award.name, sizeof award.name, argv[optind + 1]);
    mu_text_copy(award.note, sizeof award.note, asked.note ? asked.note : "");
    if (mu_give_award(desk, &award, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_award_given, person.name, award.name, NULL);
    return MU_OK;
}
