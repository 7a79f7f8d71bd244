#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/earning.h>
#include <mulin/desk/find.h>

#include <stdlib.h>
#include <string.h>

enum { WHOLE_SENTENCE = 1024, MANY = 500 };

/* What the options of all these commands say. */
struct asked {
    struct mu_desk *desk;
    struct mu_service_request request;
    const char *from_clock, *to_clock; /* that they were given at all */
    int64_t minutes, times, list, limit;
    const char *title, *file, *source;
    struct mu_date since, until;
    bool trying, forgotten, open, lists;
    struct mu_cli_output output;
};

static void add_clock(struct json_object *object, const char *key, int minute)
{
    char clock[MU_CLOCK_SIZE] = "";

    if (minute >= 0)
        mu_clock_format(minute % (24 * 60), clock);
    mu_json_text(object, key, clock);
}

static void add_service(struct json_object *object, const struct mu_service *service,
                        const char *name)
{
    char day[MU_DATE_SIZE];

    mu_date_format(service->date, day);
    mu_json_reference(object, "service_id", service->id);
    mu_json_reference(object, "entry_id", service->entry_id);
    mu_json_reference(object, "resident_id", service->resident_id);
    mu_json_text(object, "name", name);
    mu_json_text(object, "duty", service->duty);
    mu_json_text(object, "team", service->team);
    mu_json_text(object, "date", day);
    add_clock(object, "from", service->starts_at);
    add_clock(object, "to", service->ends_at);
    mu_json_number(object, "minutes", service->minutes);
    mu_json_number(object, "times", service->times);
    mu_json_number(object, "points", service->points.count);
    mu_json_text(object, "place", service->place);
    mu_json_text(object, "recipient", service->recipient);
    mu_json_text(object, "confirmed_by", service->confirmed_by);
    mu_json_flag(object, "forgotten", service->forgotten);
    mu_json_reference(object, "attendance_id", service->attendance_id);
    mu_json_text(object, "note", service->note);
    mu_json_reference(object, "reversed_by", service->reversed_by);
}

static int print_answer(struct mu_cli *cli, const struct asked *asked, const char *who,
                        const struct mu_service_answer *answer)
{
    char sentence[WHOLE_SENTENCE];
    struct json_object *object;

    mu_service_answer_text(answer, cli->language, sentence, sizeof sentence);
    if (!asked->output.json) {
        if (answer->status != MU_OK)
            fflush(stdout);
        fprintf(answer->status == MU_OK ? stdout : stderr, "%s%s\n",
                answer->status == MU_OK ? "" : "mulin: ", sentence);
        return MU_OK;
    }
    object = mu_json_object();
    mu_json_text(object, "who", who);
    mu_json_flag(object, "ok", answer->status == MU_OK);
    mu_json_flag(object, "standing", answer->standing);
    if (answer->status == MU_OK) {
        add_service(object, &answer->service, answer->name);
        mu_json_number(object, "balance", answer->balance.count);
    }
    mu_json_text(object, "message", sentence);
    return mu_json_print(cli, object);
}

/* Each WHO by itself; who is refused does not stop the others. */
typedef enum mu_status one(struct mu_desk *desk, const struct mu_service_request *request,
                           struct mu_service_answer *answer, struct mu_error *error);

static int each_who(struct mu_cli *cli, struct asked *asked, int argc, char **argv, one *does)
{
    int result = MU_OK;

    for (int i = optind; i < argc; i++) {
        struct mu_service_answer answer;
        struct mu_error error;
        enum mu_status status;
        int printed;

        asked->request.who = argv[i];
        status = does(asked->desk, &asked->request, &answer, &error);
        printed = print_answer(cli, asked, argv[i], &answer);
        if (printed != MU_OK)
            return printed;
        if (status == MU_STORE || status == MU_MEMORY)
            return mu_exit_status(status);
        if (status != MU_OK)
            result = mu_exit_status(status);
    }
    return result;
}

/* ---- earn ---- */

static bool settle_request(struct asked *asked)
{
    asked->request.minutes = (int)asked->minutes;
    asked->request.times = (int)asked->times;
    if (!asked->from_clock && !asked->to_clock)
        return true;
    return asked->from_clock && asked->to_clock &&
           mu_clock_parse(asked->from_clock, &asked->request.starts_at) &&
           mu_clock_parse(asked->to_clock, &asked->request.ends_at);
}

/* Those named on the command line behind those of the file. */
struct crowd {
    struct mu_people people;
    struct mu_attendee *attendee; /* owned */
    struct mu_service_answer *answer;
    size_t count;
};

static void crowd_clear(struct crowd *crowd)
{
    mu_people_clear(&crowd->people);
    free(crowd->attendee);
    free(crowd->answer);
}

static enum mu_status gather(const struct asked *asked, int argc, char **argv, struct crowd *crowd,
                             struct mu_error *error)
{
    size_t named = (size_t)(argc - optind);
    enum mu_status status =
        asked->file ? mu_people_read(asked->file, &crowd->people, error) : MU_OK;

    if (status != MU_OK)
        return status;
    crowd->count = crowd->people.count + named;
    crowd->attendee = calloc(crowd->count + 1, sizeof *crowd->attendee);
    crowd->answer = calloc(crowd->count + 1, sizeof *crowd->answer);
    if (!crowd->attendee || !crowd->answer)
        return mu_fail_memory(error);
    for (size_t i = 0; i < crowd->people.count; i++) {
        const struct mu_people_row *row = &crowd->people.row[i];

        crowd->attendee[i] = (struct mu_attendee){.who = row->who,
                                                  .starts_at = row->starts_at,
                                                  .ends_at = row->ends_at,
                                                  .minutes = row->minutes,
                                                  .times = row->times};
    }
    for (size_t i = 0; i < named; i++)
        crowd->attendee[crowd->people.count + i].who = argv[optind + (int)i];
    return MU_OK;
}

/* Who was refused, with the line of the file. */
static void complain(const struct mu_cli *cli, const struct asked *asked, const struct crowd *crowd,
                     size_t index)
{
    char sentence[WHOLE_SENTENCE];

    mu_service_answer_text(&crowd->answer[index], cli->language, sentence, sizeof sentence);
    if (index < crowd->people.count)
        fprintf(stderr, "mulin: %s:%lu: %s\n", asked->file, crowd->people.row[index].line,
                sentence);
    else
        fprintf(stderr, "mulin: %s\n", sentence);
}

static int report(struct mu_cli *cli, const struct asked *asked, const struct crowd *crowd,
                  const struct mu_attendance_result *result, enum mu_message recorded)
{
    char number[3][MU_CLI_NUMBER_SIZE], points[MU_POINTS_SIZE];
    int status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < crowd->count; i++) {
        if (asked->output.json)
            status = print_answer(cli, asked, crowd->attendee[i].who, &crowd->answer[i]);
        else if (crowd->answer[i].status != MU_OK)
            complain(cli, asked, crowd, i);
    }
    if (status != MU_OK)
        return status;
    mu_cli_number((int64_t)result->recorded, number[0]);
    mu_cli_number((int64_t)result->standing, number[1]);
    mu_cli_number((int64_t)result->refused, number[2]);
    mu_points_format(result->points, points);
    if (!asked->output.json && asked->title)
        mu_cli_say(cli, recorded, asked->title, number[0], points, NULL);
    else if (!asked->output.json)
        mu_cli_say(cli, recorded, number[0], points, NULL);
    if (!asked->output.json && result->standing)
        mu_cli_say(cli, MU_SAY_points_list_standing, number[1], NULL);
    if (!asked->output.json && result->refused)
        mu_cli_note(cli, MU_SAY_points_list_refused, number[2], NULL);
    return result->refused ? MU_REFUSED : MU_OK;
}

/* What would come of each. */
static enum mu_status try_list(const struct asked *asked, const struct crowd *crowd,
                               struct mu_attendance_result *result, struct mu_error *error)
{
    *result = (struct mu_attendance_result){0};
    for (size_t i = 0; i < crowd->count; i++) {
        const struct mu_attendee *attendee = &crowd->attendee[i];
        struct mu_service_answer *answer = &crowd->answer[i];
        struct mu_service_request request = asked->request;
        enum mu_status status;

        request.who = attendee->who;
        if (attendee->starts_at || attendee->ends_at || attendee->minutes) {
            request.starts_at = attendee->starts_at;
            request.ends_at = attendee->ends_at;
            request.minutes = attendee->minutes;
        }
        if (attendee->times)
            request.times = attendee->times;
        status = mu_try_service(asked->desk, &request, answer, error);
        if (status == MU_STORE || status == MU_MEMORY)
            return status;
        if (status == MU_OK)
            result->points = mu_points_add(result->points, answer->service.points);
        *(status == MU_OK ? &result->recorded : &result->refused) += 1;
    }
    return MU_OK;
}

static int earn_list(struct mu_cli *cli, const struct asked *asked, int argc, char **argv)
{
    const struct mu_attendance_request request = {asked->title, asked->request};
    struct mu_attendance_result result;
    struct crowd crowd = {0};
    struct mu_error error;
    enum mu_status done = gather(asked, argc, argv, &crowd, &error);
    int status;

    if (done == MU_OK)
        done = asked->trying ? try_list(asked, &crowd, &result, &error)
                             : mu_record_attendance(asked->desk, &request, crowd.attendee,
                                                    crowd.count, crowd.answer, &result, &error);
    if (done != MU_OK)
        status = mu_cli_fail(cli, &error);
    else
        status = report(cli, asked, &crowd, &result,
                        asked->trying ? MU_SAY_points_list_tried : MU_SAY_points_list_recorded);
    crowd_clear(&crowd);
    return status;
}

int mu_cmd_points_earn(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("duty", TEXT, request.duty),
                                               OPTION("date", DATE, request.date),
                                               OPTION("from", TEXT, from_clock),
                                               OPTION("to", TEXT, to_clock),
                                               OPTION("minutes", NUMBER, minutes),
                                               OPTION("times", NUMBER, times),
                                               OPTION("place", TEXT, request.place),
                                               OPTION("for", TEXT, request.recipient),
                                               OPTION("confirmed-by", TEXT, request.confirmed_by),
                                               OPTION("note", TEXT, request.note),
                                               OPTION("reason", TEXT, request.reason),
                                               OPTION("again", FLAG, request.again),
                                               OPTION("list", TEXT, title),
                                               OPTION("file", TEXT, file),
                                               OPTION("dry-run", FLAG, trying)};
    static const struct mu_syntax syntax = {"points earn", MANY, true, options, COUNT(options)};
    struct asked asked = {0};
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (!settle_request(&asked))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing,
                             "--from HH:MM --to HH:MM");
    if (!asked.request.duty)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "--duty");
    if (asked.file && !asked.title)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "--list");
    if (optind >= argc && !asked.file)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "WHO");
    if (asked.title)
        return earn_list(cli, &asked, argc, argv);
    return each_who(cli, &asked, argc, argv, asked.trying ? mu_try_service : mu_record_service);
}

/* ---- check-in and check-out ---- */

int mu_cmd_points_checkin(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("duty", TEXT, request.duty), OPTION("place", TEXT, request.place),
        OPTION("for", TEXT, request.recipient), OPTION("note", TEXT, request.note)};
    static const struct mu_syntax syntax = {"points checkin", MANY, true, options, COUNT(options)};
    struct asked asked = {0};
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (!asked.request.duty || optind >= argc)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing,
                             asked.request.duty ? "WHO" : "--duty");
    return each_who(cli, &asked, argc, argv, mu_service_check_in);
}

static int close_forgotten(struct mu_cli *cli, const struct asked *asked)
{
    char number[MU_CLI_NUMBER_SIZE];
    struct mu_error error;
    size_t count = 0;

    if (mu_close_forgotten(asked->desk, &count, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_number((int64_t)count, number);
    mu_cli_say(cli, MU_SAY_points_forgotten_closed, number, NULL);
    return MU_OK;
}

int mu_cmd_points_checkout(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("confirmed-by", TEXT, request.confirmed_by), OPTION("times", NUMBER, times),
        OPTION("note", TEXT, request.note), OPTION("reason", TEXT, request.reason),
        OPTION("forgotten", FLAG, forgotten)};
    static const struct mu_syntax syntax = {"points checkout", MANY, true, options, COUNT(options)};
    struct asked asked = {0};
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    asked.request.times = (int)asked.times;
    if (asked.forgotten && optind >= argc)
        return close_forgotten(cli, &asked);
    if (optind >= argc || asked.forgotten)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "WHO");
    return each_who(cli, &asked, argc, argv, mu_service_check_out);
}

/* ---- lists ---- */

struct printing {
    struct mu_cli *cli;
    const struct asked *asked;
    size_t count;
    int status;
};

static void print_cell(const struct mu_cli *cli, enum mu_message message, long long number,
                       int cells)
{
    char text[64], digits[MU_CLI_NUMBER_SIZE];

    mu_cli_number(number, digits);
    mu_message_format(text, sizeof text, cli->language, message, digits, NULL);
    mu_cli_column(stdout, text, cells);
}

static enum mu_message state_of(const struct mu_service *service)
{
    if (!service->entry_id)
        return MU_SAY_points_line_open;
    if (service->reversed_by)
        return MU_SAY_points_line_reversed;
    return service->forgotten ? MU_SAY_points_line_forgotten : MU_SAY_COUNT;
}

static bool print_service(void *context, const struct mu_service_line *line)
{
    struct printing *printing = context;
    const struct mu_service *service = &line->service;
    char number[MU_CLI_NUMBER_SIZE], day[MU_DATE_SIZE];

    printing->count++;
    if (printing->asked->output.json) {
        struct json_object *object = mu_json_object();

        add_service(object, service, line->name);
        mu_json_text(object, "duty_name", line->duty_name);
        printing->status = mu_json_print(printing->cli, object);
        return printing->status == MU_OK;
    }
    mu_cli_number(service->entry_id, number);
    mu_date_format(service->date, day);
    mu_cli_column(stdout, number, 7);
    mu_cli_column(stdout, day, 10);
    mu_cli_column(stdout, line->name, 12);
    mu_cli_column(stdout, line->duty_name, 16);
    print_cell(printing->cli, MU_SAY_points_line_minutes, service->minutes, 9);
    print_cell(printing->cli, MU_SAY_points_line_points, service->points.count, 10);
    mu_cli_column(stdout,
                  state_of(service) == MU_SAY_COUNT
                      ? ""
                      : mu_message_text(state_of(service), printing->cli->language),
                  0);
    putchar('\n');
    return true;
}

static bool print_attendance(void *context, const struct mu_attendance_sheet *attendance)
{
    struct printing *printing = context;
    char number[MU_CLI_NUMBER_SIZE], day[MU_DATE_SIZE];

    printing->count++;
    mu_date_format(attendance->date, day);
    if (printing->asked->output.json) {
        struct json_object *object = mu_json_object();

        mu_json_number(object, "attendance_id", attendance->id);
        mu_json_text(object, "title", attendance->title);
        mu_json_text(object, "duty", attendance->duty);
        mu_json_text(object, "date", day);
        mu_json_text(object, "place", attendance->place);
        mu_json_text(object, "confirmed_by", attendance->confirmed_by);
        mu_json_number(object, "people", attendance->people);
        mu_json_number(object, "minutes", attendance->minutes);
        mu_json_number(object, "points", attendance->points.count);
        printing->status = mu_json_print(printing->cli, object);
        return printing->status == MU_OK;
    }
    mu_cli_number(attendance->id, number);
    mu_cli_column(stdout, number, 7);
    mu_cli_column(stdout, day, 10);
    mu_cli_column(stdout, attendance->title, 24);
    print_cell(printing->cli, MU_SAY_points_line_people, attendance->people, 8);
    print_cell(printing->cli, MU_SAY_points_line_minutes, attendance->minutes, 10);
    print_cell(printing->cli, MU_SAY_points_line_points, attendance->points.count, 0);
    putchar('\n');
    return true;
}

static enum mu_status list(struct printing *printing, const char *who, struct mu_error *error)
{
    const struct asked *asked = printing->asked;
    struct mu_resident person = {0};
    enum mu_status status = who ? mu_find_person(asked->desk, who, &person, error) : MU_OK;
    struct mu_service_filter filter = {.resident_id = person.id,
                                       .from = asked->since,
                                       .to = asked->until,
                                       .attendance_id = asked->list,
                                       .open = asked->open,
                                       .limit = (size_t)asked->limit};
    char duty_id[MU_RULE_ID_SIZE];

    if (status == MU_OK && asked->request.duty) {
        const struct mu_duty *duty;

        /* A duty that the book has no more is known by its id. */
        if (mu_service_duty(asked->desk, asked->request.duty, filter.to, &duty, error) == MU_OK)
            mu_text_copy(duty_id, sizeof duty_id, duty->id);
        else
            mu_text_copy(duty_id, sizeof duty_id, asked->request.duty);
        filter.duty = duty_id;
    }
    if (status != MU_OK)
        return status;
    return asked->lists
               ? mu_list_attendances(asked->desk, asked->since, asked->until, (size_t)asked->limit,
                                     print_attendance, printing, error)
               : mu_list_services(asked->desk, &filter, print_service, printing, error);
}

int mu_cmd_points_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("from", DATE, since),        OPTION("to", DATE, until),
        OPTION("duty", TEXT, request.duty), OPTION("list", NUMBER, list),
        OPTION("open", FLAG, open),         OPTION("lists", FLAG, lists),
        OPTION("limit", NUMBER, limit)};
    static const struct mu_syntax syntax = {"points list", 1, true, options, COUNT(options)};
    struct asked asked = {.limit = 100};
    struct printing printing = {.cli = cli, .asked = &asked};
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (asked.output.format_given && !asked.output.json &&
        asked.output.target.format != MU_REPORT_TEXT)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, "--format");
    if (list(&printing, optind < argc ? argv[optind] : NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (!printing.count)
        mu_cli_note(cli, MU_SAY_points_none, NULL);
    return printing.status;
}

/* ---- what else ---- */

int mu_cmd_points_reverse(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("reason", TEXT, request.reason)};
    static const struct mu_syntax syntax = {"points reverse", 1, false, options, COUNT(options)};
    struct asked asked = {0};
    struct mu_earning earning;
    struct mu_error error;
    char points[MU_POINTS_SIZE], balance[MU_POINTS_SIZE];
    int64_t entry_id = 0;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &asked.desk);

    if (status == MU_OK)
        status = mu_cli_operand_number(cli, &syntax, argc, argv, "ENTRY", &entry_id);
    if (status != MU_OK)
        return status;
    if (!asked.request.reason)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "--reason");
    if (mu_reverse_points(asked.desk, entry_id, asked.request.reason, &earning, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_points_format(earning.points, points);
    mu_points_format(earning.balance, balance);
    mu_cli_say(cli, MU_SAY_points_reversed, earning.name, points, balance, NULL);
    return MU_OK;
}

int mu_cmd_points_rate(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("source", TEXT, source),
                                               OPTION("date", DATE, request.date),
                                               OPTION("note", TEXT, request.note)};
    static const struct mu_syntax syntax = {"points rate", 2, false, options, COUNT(options)};
    struct asked asked = {0};
    struct mu_rating_request request = {0};
    struct mu_earning earning;
    struct mu_error error;
    char points[MU_POINTS_SIZE], balance[MU_POINTS_SIZE];
    long long score;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &asked.desk);

    if (status != MU_OK)
        return status;
    if (argc - optind < 2)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "WHO SCORE");
    if (!mu_number_from_text(argv[optind + 1], &score) || score > MU_POINTS_LIMIT)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_number, argv[optind + 1]);
    request = (struct mu_rating_request){.who = argv[optind],
                                         .source = asked.source,
                                         .score = (int)score,
                                         .date = asked.request.date,
                                         .note = asked.request.note};
    if (mu_rate_volunteer(asked.desk, &request, &earning, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_points_format(earning.points, points);
    mu_points_format(earning.balance, balance);
    mu_cli_say(cli, MU_SAY_points_rated, earning.name, points, balance, NULL);
    return MU_OK;
}

int mu_cmd_points_opening(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_syntax syntax = {"points opening", 1, true, NULL, 0};
    struct asked asked = {0};
    struct mu_attendance_result result;
    struct crowd crowd = {0};
    struct mu_error error;
    int status = mu_cli_options(cli, &syntax, argc, argv, &asked, &asked.output, &asked.desk);

    if (status != MU_OK)
        return status;
    if (optind >= argc)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "FILE");
    asked.file = argv[optind];
    optind = argc; /* all people stand in the file */
    if (gather(&asked, argc, argv, &crowd, &error) != MU_OK ||
        mu_open_balances(asked.desk, &crowd.people, crowd.answer, &result, &error) != MU_OK)
        status = mu_cli_fail(cli, &error);
    else
        status = report(cli, &asked, &crowd, &result, MU_SAY_points_opening_recorded);
    crowd_clear(&crowd);
    return status;
}
