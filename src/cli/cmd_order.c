#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/register.h>
#include <mulin/report/kitchen.h>

#include <string.h>

/* What stands behind the name of a command. */
struct asked {
    const char *session, *reason, *until, *dish, *weekdays, *serving, *note;
    struct mu_date date; /* not known: was not given */
    int64_t id;          /* of a person or an order; 0: none was given */
    struct mu_cli_output output;
};

#define SESSION OPTION("session", TEXT, session)
#define DATE OPTION("date", DATE, date)
#define UNTIL OPTION("until", TEXT, until)
#define REASON OPTION("reason", TEXT, reason)

static const struct mu_option listed_options[] = {SESSION, DATE};
static const struct mu_option cancelled_options[] = {REASON};
static const struct mu_option absent_options[] = {SESSION, DATE, UNTIL, REASON};
static const struct mu_option back_options[] = {DATE};
static const struct mu_option ordered_options[] = {SESSION,
                                                   DATE,
                                                   UNTIL,
                                                   REASON,
                                                   OPTION("weekdays", TEXT, weekdays),
                                                   OPTION("dish", TEXT, dish),
                                                   OPTION("serving", TEXT, serving),
                                                   OPTION("note", TEXT, note)};

/* Reads the options and the number that has to follow them. */
static int read_numbered(struct mu_cli *cli, const struct mu_syntax *syntax, int argc, char **argv,
                         struct asked *asked, struct mu_desk **desk)
{
    int status = mu_cli_options(cli, syntax, argc, argv, asked, NULL, desk);

    return status == MU_OK ? mu_cli_operand_number(cli, syntax, argc, argv, "ID", &asked->id)
                           : status;
}

static struct mu_date tomorrow_unless(struct mu_date given, struct mu_desk *desk)
{
    return mu_date_known(given) ? given : mu_date_add_days(mu_desk_now(desk).date, 1);
}

/* "-": until further notice. */
static int take_until(struct mu_cli *cli, const struct mu_syntax *syntax, const struct asked *asked,
                      struct mu_desk *desk, struct mu_date *out)
{
    if (!asked->until)
        return MU_OK;
    if (strcmp(asked->until, "-") == 0)
        *out = (struct mu_date){0, 0, 0};
    else if (!mu_date_parse(asked->until, mu_desk_now(desk).date, out))
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_option, asked->until);
    return MU_OK;
}

static void put_date(struct json_object *object, const char *key, struct mu_date date)
{
    char text[MU_DATE_SIZE];

    mu_date_format(date, text);
    mu_json_text(object, key, text);
}

/* ---- orders of a day ---- */

static int print_day_order(const struct mu_cli *cli, const struct mu_day_order *order)
{
    struct json_object *object = mu_json_object();
    char address[MU_ADDRESS_SIZE], words[MU_DIET_WORDS_SIZE];

    mu_json_number(object, "order_id", order->order_id);
    mu_json_flag(object, "standing", order->standing);
    mu_json_number(object, "resident_id", order->resident.id);
    mu_json_text(object, "name", order->resident.name);
    mu_resident_address(&order->resident, address);
    mu_json_text(object, "address", address);
    mu_json_text(object, "session", order->session);
    mu_json_text(object, "dish", order->dish);
    mu_json_flag(object, "off_menu", order->off_menu);
    mu_json_flag(object, "delivered", order->delivered);
    mu_json_text(object, "diet", order->diet);
    mu_json_text(object, "note", order->note);
    mu_diet_words(order->conflict, false, MU_CHINESE, words);
    mu_json_text(object, "conflict", words);
    return mu_json_print(cli, object);
}

static void say_day_order(const struct mu_cli *cli, const struct mu_day_order *order)
{
    enum mu_language language = cli->language;
    char number[MU_CLI_NUMBER_SIZE], address[MU_ADDRESS_SIZE], conflict[MU_DIET_WORDS_SIZE];

    mu_cli_number(order->order_id, number);
    mu_resident_address(&order->resident, address);
    mu_diet_words(order->conflict, false, language, conflict);
    mu_cli_column(stdout, number, 6);
    mu_cli_column(stdout, order->resident.name, 10);
    mu_cli_column(stdout,
                  *order->dish ? order->dish : mu_message_text(MU_SAY_kitchen_any_dish, language),
                  16);
    mu_cli_column(stdout,
                  mu_message_text(
                      order->delivered ? MU_SAY_kitchen_delivered : MU_SAY_kitchen_there, language),
                  6);
    mu_cli_column(stdout, order->diet, 16);
    mu_cli_column(stdout, address, 0);
    putchar('\n');
}

static int list_day(struct mu_cli *cli, struct mu_desk *desk, const struct asked *asked)
{
    struct mu_day_orders orders;
    char session[MU_RULE_ID_SIZE] = "", meals[MU_COUNT_SIZE], absent[MU_COUNT_SIZE],
         day[MU_DATE_SIZE];
    struct mu_error error;
    int status = MU_OK;

    if (asked->session && mu_session_of(desk, asked->session, session, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (mu_orders_of_day(desk, asked->date, *session ? session : NULL, &orders, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    for (size_t i = 0; status == MU_OK && i < orders.count; i++) {
        if (asked->output.json)
            status = print_day_order(cli, &orders.order[i]);
        else
            say_day_order(cli, &orders.order[i]);
    }
    if (!asked->output.json) {
        mu_date_format(asked->date, day);
        mu_count_text((int64_t)orders.count, meals);
        mu_count_text((int64_t)orders.absent, absent);
        mu_cli_say(cli, MU_SAY_order_day, day, meals, absent, NULL);
    }
    mu_day_orders_clear(&orders);
    return status;
}

/* ---- orders of a person ---- */

struct listing {
    const struct mu_cli *cli;
    struct mu_desk *desk;
    bool json;
    int status;
};

static struct json_object *order_object(const struct mu_order *order)
{
    struct json_object *object = mu_json_object();

    mu_json_reference(object, "order_id", order->id);
    mu_json_reference(object, "absence_id", 0);
    mu_json_number(object, "resident_id", order->resident_id);
    mu_json_text(object, "session", order->session);
    mu_json_text(object, "weekdays", order->weekdays);
    put_date(object, "from", order->from);
    put_date(object, "until", order->until);
    mu_json_text(object, "dish", order->dish);
    mu_json_flag(object, "delivered", order->serving == MU_DELIVERED);
    mu_json_text(object, "note", order->note);
    return object;
}

/* "12  周一至周五 的 lunch，2026-11-23 起，送餐" */
static void say_order(const struct mu_cli *cli, struct mu_desk *desk, const struct mu_order *order)
{
    char number[MU_CLI_NUMBER_SIZE], session[MU_RULE_NAME_SIZE], from[MU_DATE_SIZE],
        until[MU_DATE_SIZE], when[MU_WEEKDAYS_SIZE + 2 * MU_DATE_SIZE + 8];
    char words[MU_WEEKDAYS_SIZE] = "";
    int weekdays;

    mu_cli_number(order->id, number);
    mu_session_name(desk, order->session, session, sizeof session);
    mu_date_format(order->from, from);
    mu_date_format(order->until, until);
    if (mu_weekdays_read(order->weekdays, &weekdays)) {
        mu_weekdays_words(weekdays, cli->language, words);
        snprintf(when, sizeof when, "%s %s～%s", words, from, until);
    } else {
        mu_text_copy(when, sizeof when, from);
    }
    mu_cli_say(cli, MU_SAY_order_told, number, session, when,
               mu_choice_word(&mu_servings, order->serving, cli->language), NULL);
}

static bool print_order(void *context, const struct mu_order *order)
{
    struct listing *listing = context;

    if (listing->json)
        listing->status = mu_json_print(listing->cli, order_object(order));
    else
        say_order(listing->cli, listing->desk, order);
    return listing->status == MU_OK;
}

static bool print_absence(void *context, const struct mu_absence *absence)
{
    struct listing *listing = context;
    char number[MU_CLI_NUMBER_SIZE], from[MU_DATE_SIZE], until[MU_DATE_SIZE];
    struct mu_order as_order = {
        .resident_id = absence->resident_id, .from = absence->from, .until = absence->until};
    struct json_object *object;

    if (listing->json) {
        mu_text_copy(as_order.session, sizeof as_order.session, absence->session);
        mu_text_copy(as_order.note, sizeof as_order.note, absence->reason);
        object = order_object(&as_order);
        mu_json_number(object, "absence_id", absence->id);
        listing->status = mu_json_print(listing->cli, object);
        return listing->status == MU_OK;
    }
    mu_cli_number(absence->id, number);
    mu_date_format(absence->from, from);
    mu_date_format(absence->until, until);
    mu_cli_say(listing->cli, MU_SAY_absence_told, number, from, until, NULL);
    return true;
}

static int list_person(struct mu_cli *cli, struct mu_desk *desk, const struct asked *asked)
{
    struct listing listing = {
        .cli = cli, .desk = desk, .json = asked->output.json, .status = MU_OK};
    struct mu_error error;

    if (mu_list_orders(desk, asked->id, print_order, &listing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (listing.status == MU_OK &&
        mu_list_absences(desk, asked->id, print_absence, &listing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return listing.status;
}

int mu_cmd_order_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"order list", 1, true, listed_options,
                                            sizeof listed_options / sizeof *listed_options};
    struct asked asked = {0};
    struct mu_desk *desk;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &desk);

    if (status == MU_OK && optind < argc)
        status = mu_cli_operand_number(cli, &syntax, argc, argv, "ID", &asked.id);
    if (status != MU_OK)
        return status;
    if (asked.output.format_given && !asked.output.json &&
        asked.output.target.format != MU_REPORT_TEXT)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, "--format");
    asked.date = tomorrow_unless(asked.date, desk);
    return asked.id ? list_person(cli, desk, &asked) : list_day(cli, desk, &asked);
}

/* ---- the kitchen's count ---- */

static int print_kitchen(const struct mu_cli *cli, const struct mu_day_orders *orders)
{
    struct mu_kitchen kitchen;
    struct mu_error error;
    char words[MU_DIET_WORDS_SIZE];
    int status = MU_OK;

    if (mu_count_kitchen(orders, &kitchen, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    for (size_t i = 0; status == MU_OK && i < kitchen.count; i++) {
        const struct mu_kitchen_line *line = &kitchen.line[i];
        struct json_object *object = mu_json_object();

        mu_json_text(object, "session", line->session);
        mu_json_text(object, "dish", line->dish);
        mu_diet_words(line->marks, false, MU_CHINESE, words);
        mu_json_text(object, "diet", words);
        mu_json_number(object, "meals", line->count);
        mu_json_number(object, "delivered", line->delivered);
        status = mu_json_print(cli, object);
    }
    mu_kitchen_clear(&kitchen);
    return status;
}

static int write_kitchen(struct mu_cli *cli, struct mu_desk *desk, struct asked *asked,
                         const struct mu_day_orders *orders)
{
    struct mu_error error;
    enum mu_status status;

    if (asked->output.json)
        return print_kitchen(cli, orders);
    status =
        mu_report_kitchen(&asked->output.target, desk, asked->date, orders, cli->language, &error);
    return mu_cli_output_done(cli, &asked->output, status, &error);
}

int mu_cmd_order_count(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"order count", 0, true, listed_options,
                                            sizeof listed_options / sizeof *listed_options};
    struct asked asked = {0};
    struct mu_day_orders orders;
    struct mu_desk *desk;
    char session[MU_RULE_ID_SIZE] = "";
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &desk);

    if (status != MU_OK)
        return status;
    asked.date = tomorrow_unless(asked.date, desk);
    if (asked.session && mu_session_of(desk, asked.session, session, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (mu_orders_of_day(desk, asked.date, *session ? session : NULL, &orders, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = write_kitchen(cli, desk, &asked, &orders);
    mu_day_orders_clear(&orders);
    return status;
}

/* ---- taking and cancelling ---- */

static int take_field(struct mu_cli *cli, const char *option, const char *key, const char *text,
                      struct mu_desk *desk, struct mu_order *order)
{
    struct mu_error error;

    if (!text || mu_field_read(mu_field_by_key(mu_order_fields, mu_order_field_count, key), text,
                               mu_desk_now(desk).date, order, &error) == MU_OK)
        return MU_OK;
    return mu_cli_fail_option(cli, option, &error);
}

static int take_fields(struct mu_cli *cli, const struct mu_syntax *syntax,
                       const struct asked *asked, struct mu_desk *desk, struct mu_order *order)
{
    struct mu_error error;
    int status = take_field(cli, "dish", "dish", asked->dish, desk, order);

    if (status == MU_OK)
        status = take_field(cli, "weekdays", "weekdays", asked->weekdays, desk, order);
    if (status == MU_OK)
        status = take_field(cli, "serving", "serving", asked->serving, desk, order);
    if (status == MU_OK)
        status = take_field(cli, "note", "order_note", asked->note, desk, order);
    if (status == MU_OK)
        status = take_until(cli, syntax, asked, desk, &order->until);
    if (status != MU_OK)
        return status;
    if ((asked->session || !order->id) &&
        mu_session_of(desk, asked->session, order->session, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return MU_OK;
}

static int save_order(struct mu_cli *cli, struct mu_desk *desk, struct mu_order *order,
                      const char *reason)
{
    struct mu_error error;

    if (mu_save_order(desk, order, reason, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    say_order(cli, desk, order);
    return MU_OK;
}

int mu_cmd_order_add(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"order add", 1, false, ordered_options,
                                            sizeof ordered_options / sizeof *ordered_options};
    struct asked asked = {0};
    struct mu_order order = {.serving = MU_EATEN_THERE};
    struct mu_desk *desk;
    int status = read_numbered(cli, &syntax, argc, argv, &asked, &desk);

    if (status == MU_OK)
        status = take_fields(cli, &syntax, &asked, desk, &order);
    if (status != MU_OK)
        return status;
    order.resident_id = asked.id;
    order.from = tomorrow_unless(asked.date, desk);
    return save_order(cli, desk, &order, asked.reason);
}

int mu_cmd_order_change(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"order change", 1, false, ordered_options,
                                            sizeof ordered_options / sizeof *ordered_options};
    struct asked asked = {0};
    struct mu_order order;
    struct mu_desk *desk;
    struct mu_error error;
    int status = read_numbered(cli, &syntax, argc, argv, &asked, &desk);

    if (status != MU_OK)
        return status;
    if (mu_read_order(desk, asked.id, &order, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    status = take_fields(cli, &syntax, &asked, desk, &order);
    if (status != MU_OK)
        return status;
    if (mu_date_known(asked.date))
        order.from = asked.date;
    return save_order(cli, desk, &order, asked.reason);
}

int mu_cmd_order_cancel(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"order cancel", 1, false, cancelled_options,
                                            sizeof cancelled_options / sizeof *cancelled_options};
    struct asked asked = {0};
    struct mu_order order;
    struct mu_desk *desk;
    struct mu_error error;
    char until[MU_DATE_SIZE];
    int status = read_numbered(cli, &syntax, argc, argv, &asked, &desk);

    if (status != MU_OK)
        return status;
    if (mu_cancel_order(desk, asked.id, asked.reason, &order, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_date_format(order.until, until);
    if (order.cancelled)
        mu_cli_say(cli, MU_SAY_orders_cancelled, NULL);
    else
        mu_cli_say(cli, MU_SAY_orders_ended, until, NULL);
    return MU_OK;
}

/* ---- absence ---- */

int mu_cmd_order_absent(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"order absent", 1, false, absent_options,
                                            sizeof absent_options / sizeof *absent_options};
    struct asked asked = {0};
    struct mu_absence absence = {0};
    struct mu_resident person;
    struct mu_desk *desk;
    struct mu_error error;
    bool cooked = false;
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE];
    int status = read_numbered(cli, &syntax, argc, argv, &asked, &desk);

    if (status != MU_OK)
        return status;
    absence.resident_id = asked.id;
    absence.from = tomorrow_unless(asked.date, desk);
    status = take_until(cli, &syntax, &asked, desk, &absence.until);
    if (status != MU_OK)
        return status;
    if (asked.session && mu_session_of(desk, asked.session, absence.session, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (asked.reason &&
        mu_field_read(mu_field_by_key(mu_absence_fields, mu_absence_field_count, "absent_reason"),
                      asked.reason, mu_desk_now(desk).date, &absence, &error) != MU_OK)
        return mu_cli_fail_option(cli, "reason", &error);
    if (mu_read_resident(desk, asked.id, &person, &error) != MU_OK ||
        mu_save_absence(desk, &absence, &cooked, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_date_format(absence.from, from);
    mu_date_format(absence.until, until);
    mu_cli_say(cli, cooked ? MU_SAY_orders_absent_cooked : MU_SAY_orders_absent, person.name, from,
               *until ? until : mu_message_text(MU_SAY_orders_until_told, cli->language), NULL);
    return MU_OK;
}

int mu_cmd_order_back(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"order back", 1, false, back_options,
                                            sizeof back_options / sizeof *back_options};
    struct asked asked = {0};
    struct mu_desk *desk;
    struct mu_error error;
    char day[MU_DATE_SIZE];
    int status = read_numbered(cli, &syntax, argc, argv, &asked, &desk);

    if (status != MU_OK)
        return status;
    if (!mu_date_known(asked.date))
        asked.date = mu_desk_now(desk).date;
    if (mu_end_absence(desk, asked.id, asked.date, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_date_format(asked.date, day);
    mu_cli_say(cli, MU_SAY_order_back, day, NULL);
    return MU_OK;
}
