#include "cli/command.h"
#include "cli/json.h"

#include <mulin/desk/calendar.h>

#include <stdio.h>
#include <string.h>

enum { LINE_SIZE = 4096 };

struct printing {
    struct mu_cli *cli;
    enum mu_format format;
    int status;
};

static const char *day_word(enum mu_session_day day)
{
    return day == MU_DAY_SERVED ? "served" : day == MU_DAY_CLOSED ? "closed" : "not_listed";
}

static struct json_object *day_object(const struct mu_canteen_day *day)
{
    struct json_object *object = mu_json_object(), *sessions = mu_json_array();
    char date[MU_DATE_SIZE];

    mu_date_format(day->date, date);
    mu_json_text(object, "date", date);
    mu_json_flag(object, "workday", day->kind.workday);
    mu_json_text(object, "holiday", day->kind.name);
    mu_json_flag(object, "announced", day->kind.announced);
    for (size_t i = 0; i < day->session_count; i++) {
        const struct mu_served_session *session = &day->session[i];
        struct json_object *one = mu_json_object();

        mu_json_text(one, "session", session->id);
        mu_json_text(one, "day", day_word(session->day));
        mu_json_text(one, "reason", session->reason);
        mu_json_number(one, "price_fen", session->price.fen);
        mu_json_append(sessions, one);
    }
    mu_json_add(object, "sessions", sessions);
    return object;
}

static bool print_day(void *context, const struct mu_canteen_day *day)
{
    struct printing *printing = context;
    char line[LINE_SIZE];

    if (printing->format == MU_FORMAT_JSON) {
        printing->status = mu_json_print(printing->cli, day_object(day));
    } else {
        mu_canteen_day_text(day, printing->cli->language, line, sizeof line);
        puts(line);
    }
    return printing->status == MU_OK;
}

/* YYYY-MM to its first day. */
static bool read_month(const char *text, struct mu_date *first)
{
    char day[MU_DATE_SIZE];

    return snprintf(day, sizeof day, "%s-01", text) == MU_DATE_SIZE - 1 && mu_date_read(day, first);
}

int mu_cmd_calendar(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct printing printing = {.cli = cli, .status = MU_OK};
    struct mu_date from, to;
    struct mu_desk *desk;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &printing.format))
            return mu_cli_misuse(cli, "calendar", MU_SAY_error_option, argv[optind - 1]);
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "calendar", MU_SAY_error_operand, argv[optind + 1]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    from = mu_desk_now(desk).date;
    from.day = 1;
    if (optind < argc && !read_month(argv[optind], &from))
        return mu_cli_misuse(cli, "calendar", MU_SAY_calendar_month, argv[optind]);
    to =
        mu_date_add_days((struct mu_date){from.year + from.month / 12, from.month % 12 + 1, 1}, -1);
    if (mu_canteen_days(desk, from, to, print_day, &printing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return printing.status;
}
