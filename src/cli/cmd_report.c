#include "cli/json.h"
#include "cli/report_output.h"

#include <mulin/base/codes.h>
#include <mulin/report.h>

#include <string.h>

/* What the command line asks for. */
struct asked {
    enum mu_register_by by;
    struct mu_date date;
    struct mu_cli_output output;
};

static bool read_by(const char *word, enum mu_register_by *out)
{
    static const char *const words[] = {[MU_REGISTER_BY_GRID] = "grid",
                                        [MU_REGISTER_BY_ESTATE] = "estate",
                                        [MU_REGISTER_BY_TAG] = "tag",
                                        [MU_REGISTER_BY_AGE] = "age"};

    for (size_t i = MU_REGISTER_BY_GRID; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0) {
            *out = (enum mu_register_by)i;
            return true;
        }
    return false;
}

static bool read_option(struct asked *asked, int option, struct mu_date today)
{
    switch (option) {
    case 'b':
        return read_by(optarg, &asked->by);
    case 'd':
        return mu_date_parse(optarg, today, &asked->date);
    default:
        return mu_cli_output_option(&asked->output, option, true);
    }
}

static enum mu_status count(struct mu_desk *desk, struct mu_date date,
                            struct mu_register_counting **out, struct mu_error *error)
{
    bool done = false;
    enum mu_status status = mu_count_register(desk, date, out, error);

    while (status == MU_OK && !done)
        status = mu_register_count_on(*out, &done, error);
    return status;
}

static void add_uses(struct json_object *object, const int64_t by_occupancy[MU_OCCUPANCIES])
{
    static const char *const keys[MU_OCCUPANCIES] = {"occupancy_not_known", "owner_occupied",
                                                     "tenant", "homestay", "vacant"};

    for (size_t i = 1; i <= MU_OCCUPANCIES; i++)
        mu_json_number(object, keys[i % MU_OCCUPANCIES], by_occupancy[i % MU_OCCUPANCIES]);
}

static void add_people(struct json_object *object, const struct mu_register_group *group)
{
    mu_json_number(object, "people", group->people);
    mu_json_number(object, "male", group->by_sex[1]);
    mu_json_number(object, "female", group->by_sex[2]);
    mu_json_number(object, "elders", group->elders);
    mu_json_number(object, "advanced_age", group->advanced);
}

/* from and to of an age band; both null when the birth date is not known. */
static void add_ages(struct json_object *object, size_t band)
{
    int from, to;

    if (band >= MU_AGE_BANDS) {
        mu_json_add(object, "from", NULL);
        mu_json_add(object, "to", NULL);
        return;
    }
    mu_age_band(band, &from, &to);
    mu_json_number(object, "from", from);
    if (to < 0)
        mu_json_add(object, "to", NULL);
    else
        mu_json_number(object, "to", to);
}

static int print_groups(const struct mu_cli *cli, const struct mu_register_report *report,
                        enum mu_register_by by)
{
    size_t groups;
    const struct mu_register_group *rows = mu_register_rows(report, by, &groups);
    int status = MU_OK;

    for (size_t i = 0; i < groups && status == MU_OK; i++) {
        struct json_object *object = mu_json_object();

        if (by == MU_REGISTER_BY_AGE)
            add_ages(object, i);
        else
            mu_json_text(object, "name", rows[i].name);
        if (mu_register_has_homes(by)) {
            mu_json_number(object, "homes", rows[i].homes);
            add_uses(object, rows[i].by_occupancy);
        }
        add_people(object, &rows[i]);
        status = mu_json_print(cli, object);
    }
    return status;
}

static void add_group_list(struct json_object *object, const struct mu_register_report *report,
                           enum mu_register_by by, const char *key)
{
    size_t groups;
    const struct mu_register_group *rows = mu_register_rows(report, by, &groups);
    struct json_object *list = mu_json_array();

    for (size_t i = 0; i < groups; i++) {
        struct json_object *one = mu_json_object();

        if (by == MU_REGISTER_BY_AGE)
            add_ages(one, i);
        else
            mu_json_text(one, "name", rows[i].name);
        mu_json_number(one, "people", rows[i].people);
        mu_json_append(list, one);
    }
    mu_json_add(object, key, list);
}

static void add_places(struct json_object *object, const struct mu_register_report *report)
{
    static const char *const grades[MU_DANGERS] = {NULL, "grade_a", "grade_b", "grade_c",
                                                   "grade_d"};
    size_t grids = report->grids.count;

    if (grids && !*report->grids.group[grids - 1].name)
        grids--;
    mu_json_number(object, "grids", (int64_t)grids);
    mu_json_number(object, "estates", report->estate_count);
    mu_json_number(object, "estates_over_20_years", report->old_estates);
    mu_json_number(object, "buildings", report->buildings);
    mu_json_number(object, "buildings_over_20_years", report->old_buildings);
    for (int grade = 1; grade < MU_DANGERS; grade++)
        mu_json_number(object, grades[grade], report->by_danger[grade]);
    mu_json_number(object, "flood_points", report->flood_points);
}

static int print_whole(const struct mu_cli *cli, const struct mu_register_report *report)
{
    struct json_object *object = mu_json_object();
    char day[MU_DATE_SIZE];

    mu_date_format(report->date, day);
    mu_json_text(object, "date", day);
    mu_date_format(report->began, day);
    mu_json_text(object, "records_from", day);
    mu_json_flag(object, "disturbed", report->disturbed);
    mu_json_number(object, "homes", report->all.homes);
    add_uses(object, report->all.by_occupancy);
    add_people(object, &report->all);
    mu_json_number(object, "resident", report->by_residence[1]);
    mu_json_number(object, "migrant", report->by_residence[2]);
    mu_json_number(object, "moved_out", report->moved_out);
    mu_json_number(object, "died", report->deceased);
    add_group_list(object, report, MU_REGISTER_BY_AGE, "ages");
    add_group_list(object, report, MU_REGISTER_BY_TAG, "tags");
    add_places(object, report);
    return mu_json_print(cli, object);
}

static int deliver(struct mu_cli *cli, const struct asked *asked,
                   const struct mu_register_report *report)
{
    struct mu_error error;
    enum mu_status status;

    if (asked->output.json && asked->by == MU_REGISTER_WHOLE)
        return print_whole(cli, report);
    if (asked->output.json)
        return print_groups(cli, report, asked->by);
    status = mu_report_register(&asked->output.target, report, asked->by, cli->language, &error);
    return mu_cli_output_done(cli, &asked->output, status, &error);
}

int mu_cmd_report_register(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"by", required_argument, NULL, 'b'},
                                            {"date", required_argument, NULL, 'd'},
                                            {"format", required_argument, NULL, 'f'},
                                            {"overwrite", no_argument, NULL, 'w'},
                                            {NULL, 0, NULL, 0}};
    struct asked asked = {0};
    struct mu_register_counting *counting = NULL;
    struct mu_desk *desk;
    struct mu_error error;
    int option, status;

    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1)
        if (!read_option(&asked, option, mu_desk_now(desk).date))
            return mu_cli_misuse(cli, "report register", MU_SAY_error_option, argv[optind - 1]);
    if (optind < argc)
        return mu_cli_misuse(cli, "report register", MU_SAY_error_operand, argv[optind]);
    status = mu_cli_output_settle(cli, &asked.output);
    if (status != MU_OK)
        return status;
    if (count(desk, asked.date, &counting, &error) == MU_OK)
        status = deliver(cli, &asked, mu_register_report(counting));
    else
        status = mu_cli_fail(cli, &error);
    mu_register_counting_free(&counting);
    return status;
}
