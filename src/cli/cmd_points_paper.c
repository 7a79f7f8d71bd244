/* Points on paper: the list for the wall, statements, certificates. */
#include "cli/json.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/stop.h"

#include <mulin/desk/find.h>
#include <mulin/report/points.h>

#include <string.h>

/* What the options of these commands say. */
struct asked {
    struct mu_desk *desk;
    struct mu_date from, to; /* unknown when not given */
    int64_t id;
    const char *number;
    bool draft;
    struct mu_cli_output output;
};

/* ---- the wall ---- */

static int print_wall(const struct mu_cli *cli, const struct mu_points_wall *wall)
{
    char month[MU_MONTH_SIZE];
    int status = MU_OK;

    mu_month_format(mu_month_first(wall->sum.month), month);
    for (size_t i = 0; status == MU_OK && i < wall->count; i++) {
        struct mu_wall_row row;
        struct json_object *object = mu_json_object();

        mu_wall_row(wall, i, &row);
        mu_json_text(object, "month", month);
        mu_json_flag(object, "closed", wall->sum.entry_id != 0);
        mu_json_number(object, "number", (int64_t)i + 1);
        mu_json_text(object, "name", row.name);
        mu_json_number(object, "resident_id", row.resident_id);
        mu_json_number(object, "earned", row.moved.earned.count);
        mu_json_number(object, "spent", row.moved.spent.count);
        mu_json_number(object, "expired", row.moved.expired.count);
        mu_json_number(object, "balance", row.balance.count);
        mu_json_number(object, "services", row.moved.services);
        mu_json_number(object, "minutes", row.moved.minutes);
        mu_json_number(object, "stars", row.stars);
        status = mu_json_print(cli, object);
    }
    return status;
}

static int deliver_wall(struct mu_cli *cli, struct asked *asked, const struct mu_points_wall *wall)
{
    struct mu_cli_progress progress;
    struct mu_error error;
    enum mu_status status =
        mu_post_points_wall(asked->desk, wall, mu_cli_output_name(&asked->output), &error);

    if (status == MU_OK && asked->output.json)
        return print_wall(cli, wall);
    mu_cli_output_begin(cli, &asked->output, &progress);
    if (status == MU_OK)
        status = mu_report_points_wall(&asked->output.target, wall, cli->language, &error);
    mu_cli_progress_end(&progress);
    return mu_cli_output_done(cli, &asked->output, status, &error);
}

int mu_cmd_points_post(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"points post", 1, true, NULL, 0};
    struct asked asked = {0};
    struct mu_points_wall *wall = NULL;
    struct mu_cli_progress progress;
    struct mu_date first;
    struct mu_error error;
    enum mu_status read;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (optind >= argc || !mu_month_parse(argv[optind], &first))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "YYYY-MM");
    mu_stop_catch();
    mu_cli_progress_begin(&progress, cli, MU_SAY_tally_progress);
    read = mu_read_points_wall(asked.desk, mu_month_number(first), mu_cli_progress, &progress,
                               &wall, &error);
    mu_cli_progress_end(&progress);
    if (read != MU_OK)
        return mu_cli_fail(cli, &error);
    status = deliver_wall(cli, &asked, wall);
    mu_points_wall_free(&wall);
    return status;
}

/* ---- a person ---- */

/* WHO, or the number of a file. */
static int read_person(struct mu_cli *cli, const struct mu_syntax *syntax, int argc, char **argv,
                       struct asked *asked)
{
    struct mu_resident person;
    struct mu_error error;

    if (asked->id && optind < argc)
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand, argv[optind]);
    if (asked->id)
        return MU_OK;
    if (optind >= argc)
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand_missing, "WHO");
    if (mu_find_person(asked->desk, argv[optind], &person, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    asked->id = person.id;
    return MU_OK;
}

static int print_entry(const struct mu_cli *cli, const struct mu_points_entry *entry)
{
    struct json_object *object = mu_json_object();
    char day[MU_DATE_SIZE], moment[MU_MOMENT_SIZE];

    mu_date_format(entry->date, day);
    mu_moment_format(entry->recorded_at, moment);
    mu_json_number(object, "entry_id", entry->entry_id);
    mu_json_number(object, "resident_id", entry->resident_id);
    mu_json_text(object, "date", day);
    mu_json_text(object, "recorded_at", moment);
    mu_json_text(object, "kind", mu_points_kind_word(entry->kind));
    mu_json_text(object, "about", entry->about);
    mu_json_text(object, "team", entry->team);
    mu_json_text(object, "place", entry->place);
    mu_json_number(object, "minutes", entry->minutes);
    mu_json_number(object, "points", entry->points.count);
    mu_json_number(object, "balance", entry->balance.count);
    mu_json_text(object, "rule", entry->rule_id);
    mu_json_number(object, "rules_version", entry->rules_version);
    mu_json_reference(object, "reverses", entry->reverses);
    mu_json_reference(object, "reversed_by", entry->reversed_by);
    mu_json_text(object, "reason", entry->reason);
    mu_json_text(object, "operator", entry->operator_name);
    return mu_json_print(cli, object);
}

static int deliver_statement(struct mu_cli *cli, const struct asked *asked,
                             const struct mu_points_statement *statement)
{
    struct mu_error error;
    enum mu_status status;
    int printed = MU_OK;

    if (!asked->output.json) {
        status =
            asked->output.target.path
                ? mu_take_out_statement(asked->desk, statement, asked->output.target.path, &error)
                : MU_OK;
        if (status == MU_OK)
            status =
                mu_report_points_statement(&asked->output.target, statement, cli->language, &error);
        return mu_cli_output_done(cli, &asked->output, status, &error);
    }
    for (size_t i = 0; printed == MU_OK && i < statement->count; i++)
        printed = print_entry(cli, &statement->entry[i]);
    return printed;
}

int mu_cmd_points_statement(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("id", NUMBER, id), OPTION("from", MONTH, from), OPTION("to", MONTH, to)};
    static const struct mu_syntax syntax = {"points statement", 1, true, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct mu_points_statement *statement = NULL;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status == MU_OK)
        status = read_person(cli, &syntax, argc, argv, &asked);
    if (status != MU_OK)
        return status;
    if (mu_read_points_statement(asked.desk, asked.id, mu_month_number(asked.from),
                                 mu_month_number(asked.to), &statement, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = deliver_statement(cli, &asked, statement);
    mu_points_statement_free(&statement);
    return status;
}

/* ---- certificates ---- */

static void add_certificate(struct json_object *object, const struct mu_certificate *certificate)
{
    char from[MU_DATE_SIZE], to[MU_DATE_SIZE], moment[MU_MOMENT_SIZE];

    mu_date_format(certificate->from, from);
    mu_date_format(certificate->to, to);
    mu_moment_format(certificate->issued_at, moment);
    mu_json_text(object, "number", certificate->number);
    mu_json_number(object, "resident_id", certificate->resident_id);
    mu_json_text(object, "name", certificate->name);
    mu_json_text(object, "from", from);
    mu_json_text(object, "to", to);
    mu_json_number(object, "services", certificate->services);
    mu_json_number(object, "minutes", certificate->minutes);
    mu_json_text(object, "issued_at", moment);
    mu_json_text(object, "operator", certificate->operator_name);
}

static int print_paper(const struct mu_cli *cli, const struct mu_certificate_paper *paper)
{
    struct json_object *object = mu_json_object(), *duties = mu_json_array();

    add_certificate(object, &paper->certificate);
    for (size_t i = 0; i < paper->count; i++) {
        const struct mu_certificate_duty *duty = &paper->duty[i];
        struct json_object *row = mu_json_object();

        mu_json_text(row, "duty", duty->name);
        mu_json_text(row, "team", duty->team);
        mu_json_number(row, "services", duty->services);
        mu_json_number(row, "minutes", duty->minutes);
        mu_json_append(duties, row);
    }
    mu_json_add(object, "duties", duties);
    return mu_json_print(cli, object);
}

/* What is asked for: one that was given out, a draft, or a new one of this year. */
static enum mu_status make(struct asked *asked, struct mu_certificate_paper *paper,
                           struct mu_error *error)
{
    struct mu_date today = mu_desk_now(asked->desk).date;

    if (asked->number)
        return mu_read_certificate(asked->desk, asked->number, paper, error);
    if (!mu_date_known(asked->to))
        asked->to = today;
    if (!mu_date_known(asked->from))
        asked->from = (struct mu_date){asked->to.year, 1, 1};
    return asked->draft
               ? mu_draft_certificate(asked->desk, asked->id, asked->from, asked->to, paper, error)
               : mu_issue_certificate(asked->desk, asked->id, asked->from, asked->to, paper, error);
}

int mu_cmd_points_certificate(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("id", NUMBER, id), OPTION("from", DATE, from), OPTION("to", DATE, to),
        OPTION("number", TEXT, number), OPTION("draft", FLAG, draft)};
    static const struct mu_syntax syntax = {"points certificate", 1, true, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct mu_certificate_paper paper;
    struct mu_error error;
    enum mu_status made;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status == MU_OK && asked.number && optind < argc)
        status = mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand, argv[optind]);
    else if (status == MU_OK && !asked.number)
        status = read_person(cli, &syntax, argc, argv, &asked);
    if (status != MU_OK)
        return status;
    made = make(&asked, &paper, &error);
    if (made != MU_OK)
        return mu_cli_fail(cli, &error);
    /* Whatever becomes of the paper: the number is given. */
    if (!asked.number && !asked.draft)
        mu_cli_note(cli, MU_SAY_certificate_given, paper.certificate.number, NULL);
    if (asked.output.json) {
        status = print_paper(cli, &paper);
    } else {
        made = mu_report_certificate(&asked.output.target, &paper, cli->language, &error);
        status = mu_cli_output_done(cli, &asked.output, made, &error);
    }
    mu_certificate_paper_clear(&paper);
    return status;
}

struct printing {
    const struct mu_cli *cli;
    bool json;
    int status;
};

static bool print_certificate(void *context, const struct mu_certificate *certificate)
{
    struct printing *printing = context;
    char day[MU_DATE_SIZE], from[MU_DATE_SIZE], to[MU_DATE_SIZE], served[MU_SERVED_SIZE];

    if (printing->json) {
        struct json_object *object = mu_json_object();

        add_certificate(object, certificate);
        printing->status = mu_json_print(printing->cli, object);
        return printing->status == MU_OK;
    }
    mu_date_format(certificate->issued_at.date, day);
    mu_date_format(certificate->from, from);
    mu_date_format(certificate->to, to);
    mu_served_text(certificate->minutes, served);
    mu_cli_column(stdout, certificate->number, 12);
    mu_cli_column(stdout, day, 12);
    mu_cli_column(stdout, certificate->name, 14);
    mu_cli_column(stdout, from, 12);
    mu_cli_column(stdout, to, 12);
    mu_cli_column(stdout, served, 0);
    putchar('\n');
    return true;
}

int mu_cmd_points_certificates(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("id", NUMBER, id)};
    static const struct mu_syntax syntax = {"points certificates", 1, true, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct printing printing = {.cli = cli, .status = MU_OK};
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status == MU_OK && (asked.id || optind < argc))
        status = read_person(cli, &syntax, argc, argv, &asked);
    if (status != MU_OK)
        return status;
    printing.json = asked.output.json;
    if (mu_list_certificates(asked.desk, asked.id, print_certificate, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return printing.status;
}
