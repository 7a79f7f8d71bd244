#include "cli/json.h"
#include "cli/options.h"

#include <mulin/report/case_count.h>

enum { DECEMBER = 12 };

/* What the command line asks for. */
struct asked {
    struct mu_date from, to;
    const char *by;
};

static void add_rate(struct json_object *object, const char *key, int64_t rate)
{
    if (rate < 0)
        mu_json_add(object, key, NULL);
    else
        mu_json_number(object, key, rate);
}

static void add_figures(struct json_object *object, const struct mu_case_figures *figures)
{
    static const char *const keys[MU_CASE_MISTAKE] = {
        [MU_CASE_OPEN] = "open",           [MU_CASE_SETTLED] = "settled",
        [MU_CASE_FAILED] = "failed",       [MU_CASE_WITHDRAWN] = "withdrawn",
        [MU_CASE_HANDED_ON] = "handed_on",
    };

    mu_json_number(object, "accepted", figures->accepted);
    for (int outcome = MU_CASE_OPEN; outcome < MU_CASE_MISTAKE; outcome++)
        mu_json_number(object, keys[outcome], figures->outcome[outcome]);
    mu_json_number(object, "major", figures->major);
    mu_json_number(object, "visited", figures->visited);
    mu_json_number(object, "kept", figures->kept);
    add_rate(object, "success_basis_points", mu_case_success(figures));
    add_rate(object, "kept_basis_points", mu_case_kept_rate(figures));
    add_rate(object, "median_days", figures->timed ? figures->median : -1);
    add_rate(object, "longest_days", figures->timed ? figures->longest : -1);
    mu_json_number(object, "promised_fen", figures->promised.fen);
    mu_json_number(object, "paid_fen", figures->paid.fen);
}

static int print_json(const struct mu_cli *cli, const struct mu_case_count *count)
{
    struct json_object *all = mu_json_object();
    char day[MU_DATE_SIZE], label[MU_CASE_COUNT_LABEL_SIZE];
    int status;

    mu_date_format(count->from, day);
    mu_json_text(all, "from", day);
    mu_date_format(count->to, day);
    mu_json_text(all, "to", day);
    add_figures(all, &count->all);
    status = mu_json_print(cli, all);
    for (size_t i = 0; status == MU_OK && i < count->count; i++) {
        struct json_object *row = mu_json_object();

        mu_case_count_label(count, &count->row[i], cli->language, label);
        mu_json_number(row, "id", count->row[i].id);
        mu_json_text(row, "name", label);
        add_figures(row, &count->row[i].figures);
        status = mu_json_print(cli, row);
    }
    return status;
}

static int deliver(struct mu_cli *cli, const struct mu_cli_output *output,
                   const struct mu_case_count *count)
{
    struct mu_error error;
    enum mu_status status;

    if (output->json)
        return print_json(cli, count);
    status = mu_report_case_count(&output->target, count, cli->language, &error);
    return mu_cli_output_done(cli, output, status, &error);
}

/* The year so far is what is asked for without a word. */
static int read_period(struct mu_cli *cli, const struct mu_syntax *syntax, struct mu_desk *desk,
                       int argc, char **argv, struct asked *asked)
{
    bool days = mu_date_known(asked->from) || mu_date_known(asked->to);
    int year = mu_desk_now(desk).date.year;
    struct mu_error error;

    if (optind < argc && days)
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand, argv[optind]);
    if (optind < argc && !mu_case_period_read(argv[optind], &asked->from, &asked->to)) {
        mu_fail(&error, MU_INPUT, MU_SAY_error_case_count_period, argv[optind], NULL);
        return mu_cli_fail(cli, &error);
    }
    if (optind >= argc && !days) {
        asked->from = (struct mu_date){year, 1, 1};
        asked->to = (struct mu_date){year, DECEMBER, 31};
    }
    return MU_OK;
}

int mu_cmd_report_mediation(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("from", DATE, from), OPTION("to", DATE, to),
                                               OPTION("by", TEXT, by)};
    static const struct mu_syntax syntax = {"report mediation", 1, true, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {.by = NULL};
    struct mu_cli_output output = {.json = false};
    struct mu_case_count *count = NULL;
    enum mu_case_count_by by = MU_CASES_BY_MONTH;
    struct mu_desk *desk;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &output, &desk);

    if (status == MU_OK && asked.by && !mu_case_count_by_read(asked.by, &by))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.by);
    if (status == MU_OK)
        status = read_period(cli, &syntax, desk, argc, argv, &asked);
    if (status != MU_OK)
        return status;
    if (mu_count_cases(desk, asked.from, asked.to, by, &count, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = deliver(cli, &output, count);
    mu_case_count_free(&count);
    return status;
}
