#include "cli/command.h"
#include "cli/json.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/house.h>

#include <stdlib.h>
#include <string.h>

int mu_cmd_init(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"preset", required_argument, NULL, 'p'},
                                            {"demo", no_argument, NULL, 'd'},
                                            {"scale", required_argument, NULL, 's'},
                                            {NULL, 0, NULL, 0}};
    const char *preset = "default";
    long long scale = 0; /* as many as the community has */
    bool demo = false;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'p')
            preset = optarg;
        else if (option == 'd')
            demo = true;
        else if (option != 's' || !mu_number_from_text(optarg, &scale) || scale > MU_DEMO_LIMIT)
            return mu_cli_misuse(cli, "init", MU_SAY_error_option, argv[optind - 1]);
    }
    if (optind < argc)
        return mu_cli_misuse(cli, "init", MU_SAY_error_operand, argv[optind]);
    if ((demo ? mu_demo_create(&cli->desk_options, preset, (size_t)scale, &error)
              : mu_home_create(&cli->desk_options, preset, false, &error)) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, demo ? MU_SAY_home_made_demo : MU_SAY_home_made, cli->desk_options.home,
               cli->desk_options.system_user, NULL);
    return MU_OK;
}

static void print_backup(struct mu_cli *cli, const struct mu_figures *figures)
{
    char moment[MU_MINUTE_SIZE];

    mu_cli_minute(figures->backup_made_at, moment);
    if (mu_date_known(figures->backup_made_at.date))
        mu_cli_say(cli, figures->backup_late ? MU_SAY_today_backup_late : MU_SAY_today_backup,
                   moment, NULL);
    else if (figures->backup_late)
        mu_cli_say(cli, MU_SAY_today_backup_never, NULL);
}

static void print_cases(struct mu_cli *cli, struct mu_date today, const struct mu_figures *figures)
{
    char late[MU_COUNT_SIZE], soon[MU_COUNT_SIZE], days[16];
    int left = mu_date_days_between(today, figures->case_due.due_on);

    if (!figures->case_due_id)
        return;
    mu_count_text(figures->case_late, late);
    mu_count_text(figures->case_soon, soon);
    mu_cli_say(cli, MU_SAY_today_cases, late, soon, NULL);
    snprintf(days, sizeof days, "%d", abs(left));
    mu_cli_say(cli,
               left < 0   ? MU_SAY_today_case_late
               : left > 0 ? MU_SAY_today_case_soon
                          : MU_SAY_today_case_today,
               figures->case_due_number,
               mu_message_text(mu_case_due_name(figures->case_due.kind), cli->language), days,
               NULL);
}

static void print_figures_text(struct mu_cli *cli, struct mu_desk *desk,
                               const struct mu_figures *figures)
{
    char number[4][MU_MONEY_SIZE], date[MU_DATE_SIZE], head[MU_HEAD_SIZE];

    mu_date_format(mu_desk_now(desk).date, date);
    mu_cli_say(cli, mu_desk_demo(desk) ? MU_SAY_today_title_demo : MU_SAY_today_title, date, NULL);
    mu_cli_number(figures->living, number[0]);
    mu_cli_number(figures->files, number[1]);
    mu_cli_say(cli, MU_SAY_today_people, number[0], number[1], NULL);
    mu_cli_number(figures->due_tags, number[0]);
    if (figures->due_tags)
        mu_cli_say(cli, MU_SAY_today_due_tags, number[0], NULL);
    mu_cli_number(figures->alerts, number[0]);
    if (figures->alerts)
        mu_cli_say(cli, MU_SAY_today_alerts, number[0], NULL);
    if (mu_date_known(figures->unclosed)) {
        mu_date_format(figures->unclosed, date);
        mu_cli_say(cli, MU_SAY_today_unclosed, date, NULL);
    }
    if (mu_date_known(figures->points_due)) {
        mu_month_format(figures->points_due, date);
        mu_cli_say(cli, MU_SAY_today_points_due, date, NULL);
    }
    print_cases(cli, mu_desk_now(desk).date, figures);
    snprintf(number[0], sizeof number[0], "%d", figures->meals.meals);
    mu_money_format(figures->meals.price, number[1]);
    mu_money_format(figures->meals.payer[MU_PAYER_SELF], number[2]);
    snprintf(number[3], sizeof number[3], "%d", figures->meals.voided);
    mu_cli_say(cli, MU_SAY_today_meals, number[0], number[1], number[2], number[3], NULL);
    if (figures->quota) {
        snprintf(number[0], sizeof number[0], "%d", figures->quota_left);
        snprintf(number[1], sizeof number[1], "%d", figures->quota);
        mu_cli_say(cli, MU_SAY_today_quota, figures->quota_name, number[0], number[1], NULL);
    }
    mu_cli_number(figures->entries, number[0]);
    mu_head_print(MU_CHAIN_LEDGER, figures->entries, figures->head, head);
    mu_cli_say(cli, MU_SAY_today_ledger, number[0], head, NULL);
    print_backup(cli, figures);
}

static int print_figures_json(struct mu_cli *cli, struct mu_desk *desk,
                              const struct mu_figures *figures)
{
    char date[MU_DATE_SIZE], head[2 * MU_HASH_SIZE + 1], moment[MU_MOMENT_SIZE] = "";
    struct json_object *object = mu_json_object();

    mu_date_format(mu_desk_now(desk).date, date);
    mu_hash_text(figures->head, MU_HASH_SIZE, head);
    mu_json_text(object, "date", date);
    mu_json_flag(object, "demo", mu_desk_demo(desk));
    mu_json_number(object, "living", figures->living);
    mu_json_number(object, "files", figures->files);
    mu_json_number(object, "due_tags", figures->due_tags);
    mu_json_number(object, "alerts", figures->alerts);
    mu_date_format(figures->unclosed, date);
    mu_json_text(object, "unclosed", date);
    *date = '\0';
    if (mu_date_known(figures->points_due))
        mu_month_format(figures->points_due, date);
    mu_json_text(object, "points_due", date);
    mu_json_number(object, "case_late", figures->case_late);
    mu_json_number(object, "case_soon", figures->case_soon);
    mu_json_text(object, "case_due",
                 figures->case_due_id ? mu_case_due_word(figures->case_due.kind) : "");
    mu_date_format(figures->case_due.due_on, date);
    mu_json_text(object, "case_due_on", date);
    mu_json_text(object, "case_due_number", figures->case_due_number);
    mu_json_number(object, "meals", figures->meals.meals);
    mu_json_number(object, "voided", figures->meals.voided);
    mu_json_number(object, "price_fen", figures->meals.price.fen);
    mu_json_number(object, "pay_fen", figures->meals.payer[MU_PAYER_SELF].fen);
    mu_json_number(object, "quota", figures->quota);
    mu_json_number(object, "quota_left", figures->quota_left);
    mu_json_number(object, "entries", figures->entries);
    mu_json_text(object, "head", head);
    if (mu_date_known(figures->backup_made_at.date))
        mu_moment_format(figures->backup_made_at, moment);
    mu_json_text(object, "backup_made_at", moment);
    mu_json_flag(object, "backup_late", figures->backup_late);
    return mu_json_print(cli, object);
}

int mu_cmd_today(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_figures figures;
    struct mu_desk *desk;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &format))
            return mu_cli_misuse(cli, "today", MU_SAY_error_option, argv[optind - 1]);
    if (optind < argc)
        return mu_cli_misuse(cli, "today", MU_SAY_error_operand, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK || mu_today(desk, &figures, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (format == MU_FORMAT_JSON)
        return print_figures_json(cli, desk, &figures);
    print_figures_text(cli, desk, &figures);
    return MU_OK;
}
