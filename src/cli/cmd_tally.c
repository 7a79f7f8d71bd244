/* The points bank's month: tallied, doubted, approved, closed. */
#include "cli/json.h"
#include "cli/options.h"
#include "cli/password.h"
#include "cli/progress.h"
#include "cli/stop.h"

#include <mulin/base/text.h>
#include <mulin/domain/head.h>
#include <mulin/report/points.h>
#include <mulin/report/tally.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 512, DECEMBER = 12 };

/* What the options of all these commands say. */
struct asked {
    struct mu_desk *desk;
    int from, to;
    const char *quarter, *year, *by, *word, *second, *descriptor;
    struct mu_cli_output output;
};

/* The month at optind, which is passed; today's without an operand. */
static bool read_month(const struct asked *asked, int argc, char **argv, int *out)
{
    struct mu_date first = mu_desk_now(asked->desk).date;

    if (optind < argc && !mu_month_parse(argv[optind++], &first))
        return false;
    *out = mu_month_number(first);
    return true;
}

static int no_month(const struct mu_cli *cli, const struct mu_syntax *syntax)
{
    return mu_cli_misuse(cli, syntax->command, MU_SAY_error_operand_missing, "YYYY-MM");
}

static bool read_year(const char *text, struct asked *asked)
{
    struct mu_date day;
    char first[16];

    if (strlen(text) != 4)
        return false;
    snprintf(first, sizeof first, "%s-01", text);
    if (!mu_month_parse(first, &day))
        return false;
    asked->from = mu_month_number(day);
    asked->to = asked->from + DECEMBER - 1;
    return true;
}

static int tally(struct mu_cli *cli, const struct asked *asked, struct mu_tally **out)
{
    struct mu_cli_progress progress;
    struct mu_error error;
    enum mu_status status;

    mu_stop_catch();
    mu_cli_progress_begin(&progress, cli, MU_SAY_tally_progress);
    status = mu_points_tally(asked->desk, asked->from, asked->to, mu_cli_progress, &progress, out,
                             &error);
    mu_cli_progress_end(&progress);
    return status == MU_OK ? MU_OK : mu_cli_fail(cli, &error);
}

/* JSON. */

static void add_sums(struct json_object *object, const struct mu_points_sums *sums)
{
    mu_json_number(object, "services", sums->services);
    mu_json_number(object, "minutes", sums->minutes);
    mu_json_number(object, "earned", sums->earned.count);
    mu_json_number(object, "spent", sums->spent.count);
    mu_json_number(object, "expired", sums->expired.count);
}

static void add_month(struct json_object *object, const char *key, int month)
{
    char text[MU_MONTH_SIZE];

    mu_month_format(mu_month_first(month), text);
    mu_json_text(object, key, text);
}

static void add_closed(struct json_object *object, const struct mu_points_month *month)
{
    char moment[MU_MOMENT_SIZE] = "", head[MU_HEAD_SIZE] = "";

    if (month->entry_id) {
        mu_moment_format(month->closed_at, moment);
        mu_head_print(MU_CHAIN_LEDGER, month->last_entry, month->head, head);
    }
    mu_json_number(object, "people", month->people);
    add_sums(object, &month->moved);
    mu_json_number(object, "balance", month->balance.count);
    mu_json_reference(object, "entry_id", month->entry_id);
    mu_json_text(object, "closed_at", moment);
    mu_json_text(object, "operator", month->operator_name);
    mu_json_text(object, "second", month->second_name);
    mu_json_text(object, "head", head);
}

static struct json_object *row_object(enum mu_tally_by by, const struct mu_tally_row *row)
{
    struct json_object *object = mu_json_object(), *trend = mu_json_array();

    mu_json_reference(object, "resident_id", row->person.resident_id);
    mu_json_text(object, "id", row->id);
    mu_json_text(object, "name", row->name);
    add_sums(object, &row->person.moved);
    if (by == MU_TALLY_BY_PERSON) {
        mu_json_number(object, "balance", row->person.balance.count);
        mu_json_number(object, "total_minutes", row->person.total_minutes);
        mu_json_number(object, "total_earned", row->person.total_earned.count);
        mu_json_number(object, "stars", row->person.stars);
        mu_json_number(object, "stars_before", row->stars_before);
    } else {
        mu_json_number(object, "people", row->people);
    }
    for (int i = 0; i < MU_TALLY_TREND; i++)
        mu_json_append(trend, json_object_new_int64(row->trend[i]));
    mu_json_add(object, "trend", trend);
    return object;
}

static int print_json(const struct mu_cli *cli, const struct mu_tally *tally, enum mu_tally_by by)
{
    struct json_object *sum = mu_json_object();
    int status;

    add_month(sum, "from", tally->from);
    add_month(sum, "to", tally->to);
    mu_json_number(sum, "closed_months", tally->closed);
    mu_json_flag(sum, "over", tally->over);
    add_closed(sum, &tally->sum);
    status = mu_json_print(cli, sum);
    for (size_t i = 0; status == MU_OK && i < tally->group[by].count; i++) {
        struct mu_tally_row row;

        mu_tally_row(&tally->group[by], i, &row);
        status = mu_json_print(cli, row_object(by, &row));
    }
    return status;
}

/* points tally */

static int deliver(struct mu_cli *cli, struct asked *asked, struct mu_tally *tally,
                   enum mu_tally_by by)
{
    struct mu_cli_progress progress;
    struct mu_error error;
    enum mu_status status;

    mu_stop_catch();
    mu_cli_progress_begin(&progress, cli, MU_SAY_tally_progress);
    status = mu_tally_look(asked->desk, tally, by, mu_cli_progress, &progress, &error);
    mu_cli_progress_end(&progress);
    if (status == MU_OK && by == MU_TALLY_BY_PERSON)
        status = mu_tally_take_out(asked->desk, tally, mu_cli_output_name(&asked->output), &error);
    if (status != MU_OK)
        return mu_cli_fail(cli, &error);
    if (asked->output.json)
        return print_json(cli, tally, by);
    mu_cli_output_begin(cli, &asked->output, &progress);
    status = mu_report_tally(&asked->output.target, tally, by, cli->language, &error);
    mu_cli_progress_end(&progress);
    return mu_cli_output_done(cli, &asked->output, status, &error);
}

int mu_cmd_points_tally(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("quarter", TEXT, quarter),
                                               OPTION("year", TEXT, year), OPTION("by", TEXT, by)};
    static const struct mu_syntax syntax = {"points tally", 1, true, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct mu_tally *made = NULL;
    enum mu_tally_by by = MU_TALLY_BY_PERSON;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (asked.by && !mu_tally_by_read(asked.by, &by))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.by);
    if (asked.quarter && !mu_quarter_parse(asked.quarter, &asked.from, &asked.to))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.quarter);
    if (!asked.quarter && asked.year && !read_year(asked.year, &asked))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.year);
    if ((asked.quarter || asked.year) && (optind < argc || (asked.quarter && asked.year)))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand,
                             optind < argc ? argv[optind] : "--year");
    if (!asked.quarter && !asked.year) {
        if (!read_month(&asked, argc, argv, &asked.from))
            return no_month(cli, &syntax);
        asked.to = asked.from;
    }
    status = tally(cli, &asked, &made);
    if (status == MU_OK)
        status = deliver(cli, &asked, made, by);
    mu_tally_free(&made);
    return status;
}

/* points doubts, points accept */

static int64_t doubt_number(const struct mu_tally_doubt *doubt)
{
    return doubt->service_id ? doubt->service_id : doubt->resident_id;
}

static int print_doubt(const struct mu_cli *cli, bool json, const struct mu_tally_doubt *doubt)
{
    char text[LINE_SIZE], number[32], day[MU_DATE_SIZE];
    struct json_object *object;

    mu_tally_doubt_text(doubt, cli->language, text, sizeof text);
    if (json) {
        object = mu_json_object();
        mu_date_format(doubt->date, day);
        mu_json_text(object, "doubt", mu_doubt_word(doubt->kind));
        mu_json_number(object, "number", doubt_number(doubt));
        mu_json_number(object, "resident_id", doubt->resident_id);
        mu_json_text(object, "name", doubt->name);
        mu_json_reference(object, "service_id", doubt->service_id);
        mu_json_reference(object, "entry_id", doubt->entry_id);
        mu_json_text(object, "date", day);
        mu_json_number(object, "points", doubt->points.count);
        mu_json_text(object, "text", text);
        mu_json_text(object, "word", doubt->word);
        mu_json_text(object, "accepted_by", doubt->accepted_by);
        return mu_json_print(cli, object);
    }
    snprintf(number, sizeof number, "%" PRId64, doubt_number(doubt));
    mu_cli_column(stdout, mu_doubt_word(doubt->kind), 12);
    mu_cli_column(stdout, number, 7);
    mu_cli_column(stdout, doubt->name, 10);
    mu_cli_column(stdout, mu_message_text(mu_doubt_name(doubt->kind), cli->language), 22);
    mu_cli_column(stdout, text, 0);
    if (*doubt->word) {
        fputs("  ", stdout);
        mu_cli_say(cli, MU_SAY_doubt_accepted, doubt->word, doubt->accepted_by, NULL);
    } else {
        putchar('\n');
    }
    return MU_OK;
}

static int find_doubts(const struct mu_cli *cli, const struct asked *asked,
                       struct mu_tally_doubts *out)
{
    struct mu_cli_progress progress;
    struct mu_error error;
    enum mu_status status;

    mu_stop_catch();
    mu_cli_progress_begin(&progress, cli, MU_SAY_tally_progress);
    status = mu_points_doubts(asked->desk, asked->from, mu_cli_progress, &progress, out, &error);
    mu_cli_progress_end(&progress);
    return status == MU_OK ? MU_OK : mu_cli_fail(cli, &error);
}

int mu_cmd_points_doubts(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"points doubts", 1, true, NULL, 0};
    struct asked asked = {0};
    struct mu_tally_doubts doubts = {0};
    char open[24], accepted[24];
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status == MU_OK && !read_month(&asked, argc, argv, &asked.from))
        return no_month(cli, &syntax);
    if (status == MU_OK)
        status = find_doubts(cli, &asked, &doubts);
    if (status != MU_OK)
        return status;
    for (size_t i = 0; status == MU_OK && i < doubts.count; i++)
        status = print_doubt(cli, asked.output.json, &doubts.doubt[i]);
    snprintf(open, sizeof open, "%zu", doubts.open);
    snprintf(accepted, sizeof accepted, "%zu", doubts.count - doubts.open);
    if (status == MU_OK && !asked.output.json)
        mu_cli_say(cli, MU_SAY_doubts_count, open, accepted, NULL);
    mu_tally_doubts_clear(&doubts);
    return status;
}

static const struct mu_tally_doubt *doubt_of(const struct mu_tally_doubts *doubts, const char *word,
                                             int64_t number)
{
    for (size_t i = 0; i < doubts->count; i++)
        if (strcmp(mu_doubt_word(doubts->doubt[i].kind), word) == 0 &&
            doubt_number(&doubts->doubt[i]) == number)
            return &doubts->doubt[i];
    return NULL;
}

int mu_cmd_points_accept(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("word", TEXT, word)};
    static const struct mu_syntax syntax = {"points accept", 3, false, options, 1};
    struct asked asked = {0};
    struct mu_tally_doubts doubts = {0};
    const struct mu_tally_doubt *doubt;
    const char *word;
    struct mu_error error;
    int64_t number = 0;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &asked.desk);

    if (status != MU_OK)
        return status;
    if (argc - optind < 2 || !read_month(&asked, argc, argv, &asked.from))
        return no_month(cli, &syntax);
    word = argv[optind++];
    status = mu_cli_operand_number(cli, &syntax, argc, argv, "NUMBER", &number);
    if (status == MU_OK)
        status = find_doubts(cli, &asked, &doubts);
    if (status != MU_OK)
        return status;
    doubt = doubt_of(&doubts, word, number);
    if (!doubt) {
        mu_fail(&error, MU_INPUT, MU_SAY_error_accept_none, word, argv[optind - 1], NULL);
        status = mu_cli_fail(cli, &error);
    } else if (mu_accept_doubt(asked.desk, asked.from, doubt, asked.word, &error) != MU_OK) {
        status = mu_cli_fail(cli, &error);
    } else {
        mu_cli_say(cli, MU_SAY_doubt_taken, doubt->name,
                   mu_message_text(mu_doubt_name(doubt->kind), cli->language), NULL);
    }
    mu_tally_doubts_clear(&doubts);
    return status;
}

/* points awards */

static const char *award_by_word(int by)
{
    return by == MU_AWARD_BY_HOURS ? "hours" : by == MU_AWARD_BY_RATINGS ? "ratings" : "points";
}

static int print_candidate(const struct mu_cli *cli, bool json, const struct mu_tally *tally,
                           const struct mu_tally_candidate *candidate)
{
    char text[LINE_SIZE];
    struct mu_tally_row row;
    struct json_object *object;

    if (json) {
        mu_tally_row(&tally->group[MU_TALLY_BY_PERSON], candidate->row, &row);
        object = mu_json_object();
        mu_json_text(object, "award", candidate->award);
        mu_json_number(object, "place", candidate->place);
        mu_json_number(object, "resident_id", candidate->resident_id);
        mu_json_text(object, "name", row.name);
        mu_json_text(object, "by", *candidate->award ? award_by_word(candidate->by) : "stars");
        mu_json_number(object, "value", candidate->value);
        mu_json_flag(object, "given", candidate->given);
        return mu_json_print(cli, object);
    }
    mu_tally_candidate_text(tally, candidate, cli->language, text, sizeof text);
    mu_cli_column(stdout, text, 0);
    putchar('\n');
    return MU_OK;
}

int mu_cmd_points_awards(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"points awards", 1, true, NULL, 0};
    struct asked asked = {0};
    struct mu_tally *made = NULL;
    struct mu_tally_candidate *candidates = NULL;
    struct mu_error error;
    size_t count = 0;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status == MU_OK && !read_month(&asked, argc, argv, &asked.from))
        return no_month(cli, &syntax);
    asked.to = asked.from;
    if (status == MU_OK)
        status = tally(cli, &asked, &made);
    if (status == MU_OK &&
        mu_tally_candidates(asked.desk, made, &candidates, &count, &error) != MU_OK)
        status = mu_cli_fail(cli, &error);
    for (size_t i = 0; status == MU_OK && i < count; i++)
        status = print_candidate(cli, asked.output.json, made, &candidates[i]);
    if (status == MU_OK && !count && !asked.output.json)
        mu_cli_say(cli, MU_SAY_candidates_none, NULL);
    free(candidates);
    mu_tally_free(&made);
    return status;
}

/* points close, points months */

static enum mu_status close_month(struct mu_cli *cli, const struct asked *asked,
                                  struct mu_points_month *out, struct mu_error *error)
{
    struct mu_cli_progress progress;
    char password[MU_PASSWORD_SIZE] = "";
    struct mu_points_closing_request request = {.month = asked->from,
                                                .second_name = asked->second,
                                                .second_password = password,
                                                .progress = mu_cli_progress,
                                                .context = &progress};
    bool signs = false;
    enum mu_status status = mu_points_second_signs(asked->desk, asked->from, &signs, error);

    if (status == MU_OK && signs)
        status = mu_password_read(cli, asked->descriptor, asked->second, false, password, error);
    mu_stop_catch();
    mu_cli_progress_begin(&progress, cli, MU_SAY_tally_progress);
    if (status == MU_OK)
        status = mu_close_points_month(asked->desk, &request, out, error);
    mu_cli_progress_end(&progress);
    explicit_bzero(password, sizeof password);
    return status;
}

static int print_month(const struct mu_cli *cli, bool json, const struct mu_points_month *month)
{
    const struct mu_tally tally = {.from = month->month,
                                   .to = month->month,
                                   .closed = 1,
                                   .months = 1,
                                   .over = true,
                                   .sum = *month};
    char lines[MU_TALLY_LINES][MU_TALLY_LINE_SIZE], name[MU_TALLY_LINE_SIZE];
    struct json_object *object;
    size_t count;

    if (json) {
        object = mu_json_object();
        add_month(object, "month", month->month);
        add_closed(object, month);
        return mu_json_print(cli, object);
    }
    mu_tally_months(&tally, cli->language, name);
    count = mu_tally_lines(&tally, cli->language, lines);
    puts(name);
    for (size_t i = 0; i < count; i++) {
        fputs("  ", stdout);
        mu_cli_column(stdout, lines[i], 0);
        putchar('\n');
    }
    return MU_OK;
}

int mu_cmd_points_close(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("second", TEXT, second),
                                               OPTION("second-password-fd", TEXT, descriptor)};
    static const struct mu_syntax syntax = {"points close", 1, true, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct mu_points_month month;
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (optind >= argc || !read_month(&asked, argc, argv, &asked.from))
        return no_month(cli, &syntax);
    if (!asked.second)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "--second NAME");
    if (close_month(cli, &asked, &month, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return print_month(cli, asked.output.json, &month);
}

struct listing {
    const struct mu_cli *cli;
    bool json;
    int status;
};

static bool list_month(void *context, const struct mu_points_month *month)
{
    struct listing *listing = context;

    listing->status = print_month(listing->cli, listing->json, month);
    return listing->status == MU_OK;
}

int mu_cmd_points_months(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"points months", 0, true, NULL, 0};
    struct asked asked = {0};
    struct listing listing = {.cli = cli};
    struct mu_error error;
    int due = 0,
        status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);
    char month[MU_MONTH_SIZE];

    if (status != MU_OK)
        return status;
    listing.json = asked.output.json;
    if (mu_list_points_months(asked.desk, list_month, &listing, &error) != MU_OK ||
        (listing.status == MU_OK && mu_points_month_due(asked.desk, &due, &error) != MU_OK))
        return mu_cli_fail(cli, &error);
    mu_month_format(mu_month_first(due), month);
    if (listing.status == MU_OK && due && !listing.json)
        mu_cli_say(cli, MU_SAY_tally_due, month, NULL);
    return listing.status;
}
