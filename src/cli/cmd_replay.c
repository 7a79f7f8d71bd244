#include "cli/report_output.h"

#include <mulin/report/points_replay.h>
#include <mulin/report/replay.h>

#include <stdlib.h>
#include <unistd.h>

/* What the command line asks for. */
struct asked {
    struct mu_date month;
    enum mu_replay_by by;
    bool points; /* services in the place of meals, */
    enum mu_points_replay_by points_by;
    bool full;
    const char *reason;
    struct mu_cli_output output;
};

static bool read_option(struct asked *asked, int option)
{
    switch (option) {
    case 'm':
        return mu_month_parse(optarg, &asked->month);
    case 'b':
        asked->points = mu_points_replay_by_read(optarg, &asked->points_by);
        return asked->points || mu_replay_by_read(optarg, &asked->by);
    case 'F':
        asked->full = true;
        return true;
    case 'R':
        asked->reason = optarg;
        return true;
    default:
        return mu_cli_output_option(&asked->output, option, false);
    }
}

/* A replay on its way: of meals, or of points. */
struct replay {
    struct mu_replay *meals;
    struct mu_points_replay *points;
};

/* How far it is, where somebody sees it. */
static void show_percent(const struct mu_cli *cli, const struct replay *replay, bool done)
{
    char percent[16], text[64];

    if (!isatty(STDERR_FILENO))
        return;
    snprintf(percent, sizeof percent, "%d",
             replay->points ? mu_points_replay_percent(replay->points)
                            : mu_replay_percent(replay->meals));
    mu_message_format(text, sizeof text, cli->language, MU_SAY_replay_percent, percent, NULL);
    fprintf(stderr, done ? "\r\033[K" : "\r%s", text);
}

static enum mu_status begin(struct mu_desk *desk, const struct asked *asked, const char *path,
                            struct mu_rules_faults *faults, struct replay *replay,
                            struct mu_error *error)
{
    char *book = NULL;
    size_t length = 0;
    enum mu_status status = mu_rules_read(path, &book, &length, error);

    if (status == MU_OK && asked->points)
        status = mu_replay_points(desk, book, length, asked->month, faults, &replay->points, error);
    else if (status == MU_OK)
        status = mu_replay_rules(desk, book, length, asked->month, faults, &replay->meals, error);
    free(book);
    return status;
}

static enum mu_status run(struct mu_cli *cli, const struct asked *asked, const char *path,
                          struct mu_rules_faults *faults, struct replay *replay,
                          struct mu_error *error)
{
    const char *name = mu_cli_output_name(&asked->output);
    struct mu_desk *desk;
    bool done = false;
    enum mu_status status = mu_cli_desk(cli, &desk, error);

    if (status == MU_OK)
        status = begin(desk, asked, path, faults, replay, error);
    while (status == MU_OK && !done) {
        status = replay->points ? mu_replay_points_on(replay->points, &done, error)
                                : mu_replay_on(replay->meals, &done, error);
        show_percent(cli, replay, done || status != MU_OK);
    }
    if (status != MU_OK || !asked->full)
        return status;
    return replay->points ? mu_points_replay_reveal(replay->points, name, asked->reason, error)
                          : mu_replay_reveal(replay->meals, name, asked->reason, error);
}

/* True when there is something to tell. */
static bool has_rows(const struct replay *replay)
{
    return replay->points ? mu_points_replay_report(replay->points)->sums.services > 0
                          : mu_replay_report(replay->meals)->meals > 0;
}

static int deliver(struct mu_cli *cli, const struct asked *asked, const struct replay *replay)
{
    const struct mu_report_target *target = &asked->output.target;
    struct mu_error error;
    enum mu_status status;
    char month[MU_MONTH_SIZE];

    if (!has_rows(replay)) {
        mu_month_format(asked->month, month);
        mu_cli_say(cli, asked->points ? MU_SAY_points_replay_nothing : MU_SAY_replay_nothing, month,
                   NULL);
        return MU_OK;
    }
    status = replay->points
                 ? mu_report_points_replay(target, mu_points_replay_report(replay->points),
                                           asked->points_by, cli->language, &error)
                 : mu_report_replay(target, mu_replay_report(replay->meals), asked->by,
                                    cli->language, &error);
    return mu_cli_output_done(cli, &asked->output, status, &error);
}

int mu_cmd_rules_replay(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"month", required_argument, NULL, 'm'},
                                            {"by", required_argument, NULL, 'b'},
                                            {"format", required_argument, NULL, 'f'},
                                            {"overwrite", no_argument, NULL, 'w'},
                                            {"full", no_argument, NULL, 'F'},
                                            {"reason", required_argument, NULL, 'R'},
                                            {NULL, 0, NULL, 0}};
    struct asked asked = {0};
    struct mu_rules_faults faults = {0};
    struct replay replay = {NULL, NULL};
    struct mu_error error;
    int option, status;

    while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1)
        if (!read_option(&asked, option))
            return mu_cli_misuse(cli, "rules replay", MU_SAY_error_option, argv[optind - 1]);
    if (optind + 1 != argc || !mu_date_known(asked.month))
        return mu_cli_misuse(cli, "rules replay", MU_SAY_error_operand_missing,
                             optind + 1 == argc ? "--month" : "FILE");
    status = mu_cli_output_settle(cli, &asked.output);
    if (status != MU_OK)
        return status;
    if (run(cli, &asked, argv[optind], &faults, &replay, &error) == MU_OK) {
        status = deliver(cli, &asked, &replay);
    } else {
        mu_cli_faults(cli, argv[optind], &faults);
        status = mu_cli_fail(cli, &error);
    }
    mu_rules_faults_clear(&faults);
    mu_replay_free(&replay.meals);
    mu_points_replay_free(&replay.points);
    return status;
}
