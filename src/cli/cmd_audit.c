#include "cli/command.h"
#include "cli/json.h"

#include <mulin/base/text.h>
#include <mulin/desk/audit.h>
#include <mulin/desk/rights.h>

#include <stdlib.h>
#include <string.h>

enum { USUAL_LIMIT = 50, PAGE = 100 };

struct trail {
    struct mu_cli *cli;
    enum mu_format format;
    struct mu_audit_record *page; /* of PAGE records */
    size_t count;                 /* on the page */
};

static int print_json(const struct trail *trail, const struct mu_audit_record *record)
{
    struct json_object *object = mu_json_object();
    char moment[MU_MOMENT_SIZE];

    mu_moment_format(record->recorded_at, moment);
    mu_json_number(object, "entry_id", record->id);
    mu_json_text(object, "recorded_at", moment);
    mu_json_text(object, "operator", record->operator_name);
    mu_json_text(object, "terminal", record->terminal);
    mu_json_text(object, "action", record->action);
    mu_json_reference(object, "resident_id", record->resident_id);
    mu_json_text(object, "resident", record->resident_name);
    mu_json_text(object, "subject", record->subject);
    mu_json_text(object, "before", record->before);
    mu_json_text(object, "after", record->after);
    mu_json_text(object, "reason", record->reason);
    return mu_json_print(trail->cli, object);
}

static void print_text(const struct trail *trail, const struct mu_audit_record *record)
{
    char moment[MU_MOMENT_SIZE], number[MU_CLI_NUMBER_SIZE];
    enum mu_operation operation;

    mu_moment_format(record->recorded_at, moment);
    moment[10] = ' ';
    moment[16] = '\0';
    mu_cli_number(record->id, number);
    mu_cli_column(stdout, number, 6);
    mu_cli_column(stdout, moment, 16);
    mu_cli_column(stdout, record->operator_name, 10);
    mu_cli_column(stdout,
                  mu_operation_from_word(record->action, &operation)
                      ? mu_operation_name(operation, trail->cli->language)
                      : record->action,
                  16);
    mu_cli_column(stdout, record->resident_name, 10);
    mu_cli_column(stdout, record->subject, 14);
    mu_cli_column(stdout, record->reason, 0);
    putchar('\n');
}

static bool keep(void *context, const struct mu_audit_record *record)
{
    struct trail *trail = context;

    trail->page[trail->count++] = *record;
    return true;
}

/* Reads a page and prints it afterwards: a reader who waits, at a pager or behind Ctrl-S, must not
 * keep the other desks from saving. */
static int print_page(struct trail *trail, struct mu_desk *desk, struct mu_audit_filter *filter,
                      size_t limit)
{
    struct mu_error error;
    int status = MU_OK;

    trail->count = 0;
    if (mu_list_audit(desk, filter, limit, keep, trail, &error) != MU_OK)
        return mu_cli_fail(trail->cli, &error);
    for (size_t i = 0; i < trail->count && status == MU_OK; i++) {
        filter->before_id = trail->page[i].id;
        if (trail->format == MU_FORMAT_JSON)
            status = print_json(trail, &trail->page[i]);
        else
            print_text(trail, &trail->page[i]);
    }
    return status;
}

static int print_trail(struct trail *trail, struct mu_desk *desk, struct mu_audit_filter *filter,
                       long long limit)
{
    struct mu_error error;
    long long done = 0;
    int status = MU_OK;

    trail->page = calloc(PAGE, sizeof *trail->page);
    if (!trail->page) {
        mu_fail_memory(&error);
        return mu_cli_fail(trail->cli, &error);
    }
    do {
        status =
            print_page(trail, desk, filter, limit - done < PAGE ? (size_t)(limit - done) : PAGE);
        done += (long long)trail->count;
    } while (status == MU_OK && done < limit && trail->count > 0);
    if (status == MU_OK && done == 0)
        mu_cli_note(trail->cli, MU_SAY_audit_nothing, NULL);
    free(trail->page);
    return status;
}

/* What getopt_long brought; false when the value is wrong. */
static bool take_option(int option, struct mu_desk *desk, struct mu_audit_filter *filter,
                        struct trail *trail, long long *limit)
{
    struct mu_date today = mu_desk_now(desk).date;
    enum mu_operation operation;
    long long number;

    switch (option) {
    case 'r':
        if (!mu_number_from_text(optarg, &number))
            return false;
        filter->resident_id = number;
        return true;
    case 'b':
        return mu_text_copy(filter->operator_name, sizeof filter->operator_name, optarg);
    case 'a':
        return mu_operation_from_word(optarg, &operation) &&
               mu_text_copy(filter->action, sizeof filter->action, optarg);
    case 'f':
        return mu_date_parse(optarg, today, &filter->from);
    case 't':
        return mu_date_parse(optarg, today, &filter->to);
    case 'l':
        return mu_number_from_text(optarg, limit);
    case 'o':
        return mu_format_from_word(optarg, &trail->format);
    default:
        return false;
    }
}

int mu_cmd_audit(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {
        {"resident", required_argument, NULL, 'r'}, {"by", required_argument, NULL, 'b'},
        {"action", required_argument, NULL, 'a'},   {"from", required_argument, NULL, 'f'},
        {"to", required_argument, NULL, 't'},       {"limit", required_argument, NULL, 'l'},
        {"format", required_argument, NULL, 'o'},   {NULL, 0, NULL, 0},
    };
    struct trail trail = {.cli = cli};
    struct mu_audit_filter filter = {0};
    long long limit = USUAL_LIMIT;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int option;

    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!take_option(option, desk, &filter, &trail, &limit))
            return mu_cli_misuse(cli, "audit", MU_SAY_error_option, argv[optind - 1]);
    if (optind < argc)
        return mu_cli_misuse(cli, "audit", MU_SAY_error_operand, argv[optind]);
    return print_trail(&trail, desk, &filter, limit);
}

int mu_cmd_resident_reveal(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"field", required_argument, NULL, 'f'},
                                            {"reason", required_argument, NULL, 'r'},
                                            {NULL, 0, NULL, 0}};
    const char *field = "", *reason = "";
    char value[MU_PHONE_SIZE];
    struct mu_desk *desk = NULL;
    struct mu_error error;
    long long id;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?')
            return mu_cli_misuse(cli, "resident reveal", MU_SAY_error_option, argv[optind - 1]);
        *(option == 'f' ? &field : &reason) = optarg;
    }
    if (optind + 1 != argc || !mu_number_from_text(argv[optind], &id))
        return mu_cli_misuse(cli, "resident reveal", MU_SAY_error_operand_missing, "ID");
    if (mu_cli_desk(cli, &desk, &error) != MU_OK ||
        mu_reveal(desk, id, field, reason, value, sizeof value, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_column(stdout, value, 0);
    putchar('\n');
    return MU_OK;
}
