#include "cli/cmd_case.h"
#include "cli/field_options.h"
#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <string.h>

enum { HEAD_CELLS = 16, DUE_SIZE = 256, MARK = 16 };

static void row(const struct mu_cli *cli, enum mu_message label, const char *value)
{
    if (!*value)
        return;
    mu_cli_column(stdout, mu_message_text(label, cli->language), HEAD_CELLS);
    mu_cli_column(stdout, value, 0);
    putchar('\n');
}

/* Long lines go out in pieces that a column takes whole. */
static void print_text(const char *text)
{
    char piece[MU_CASE_LINE_SIZE];
    bool begins = true;

    while (text && *text) {
        size_t length = strcspn(text, "\n");
        size_t part = length < sizeof piece ? length : sizeof piece - 1;

        /* Not in the middle of a character. */
        while (part < length && part > 1 && ((unsigned char)text[part] & 0xC0) == 0x80)
            part--;
        memcpy(piece, text, part);
        piece[part] = '\0';
        fputs(begins ? "    " : "", stdout);
        mu_cli_column(stdout, piece, 0);
        begins = part == length;
        if (begins)
            putchar('\n');
        text += part + (begins && text[length] == '\n');
    }
}

static void print_step(const struct mu_cli *cli, const struct mu_case_step *step)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    char day[MU_DATE_SIZE], hash[MARK + 1];

    mu_date_format(step->date, day);
    mu_hash_text(step->hash, MARK / 2, hash);
    printf("\n%d. ", step->number);
    mu_cli_column(stdout, mu_message_text(type->name, cli->language), 14);
    mu_cli_column(stdout, day, 10);
    mu_cli_column(stdout, step->operator_name, 12);
    puts(hash);
    mu_cli_print_fields(cli, type->fields, type->field_count, &step->record, NULL);
    print_text(step->text);
}

static void print_dues(const struct mu_cli *cli, const struct mu_case *mediated,
                       struct mu_date today)
{
    struct mu_case_due due[MU_CASE_DUES];
    size_t count = mu_case_dues(mediated, due);
    char text[DUE_SIZE];

    for (size_t i = 0; i < count; i++) {
        if (!mu_case_due_stands(&due[i], today))
            continue;
        mu_case_due_text(mediated, &due[i], today, cli->language, text, sizeof text);
        row(cli, mu_case_due_name(due[i].kind), text);
    }
}

static int print_case(struct mu_cli *cli, const struct mu_case *mediated, struct mu_date today)
{
    char label[MU_CASE_LABEL_SIZE];

    mu_case_label(mediated, label);
    row(cli, MU_SAY_case_number_label, mediated->number);
    row(cli, MU_SAY_case_state_label,
        mu_message_text(mu_case_state_name(mediated->state), cli->language));
    row(cli, MU_SAY_case_label_label, label);
    for (size_t i = 0; i < mediated->mediators; i++)
        if (mediated->mediator[i].at_work)
            row(cli, MU_SAY_case_mediator_label, mediated->mediator[i].name);
    print_dues(cli, mediated, today);
    for (size_t i = 0; i < mediated->steps; i++)
        print_step(cli, &mediated->step[i]);
    return MU_OK;
}

static struct json_object *step_json(struct mu_cli *cli, const struct mu_case_step *step)
{
    const struct mu_case_step_type *type = mu_case_step_type(step->kind);
    struct json_object *object = mu_json_object();
    char text[2 * MU_HASH_SIZE + 1];

    mu_json_number(object, "number", step->number);
    mu_json_text(object, "kind", type->word);
    mu_date_format(step->date, text);
    mu_json_text(object, "date", text);
    mu_json_text(object, "operator", step->operator_name);
    mu_json_reference(object, "about", step->about);
    mu_cli_print_fields(cli, type->fields, type->field_count, &step->record, object);
    mu_json_text(object, "text", step->text);
    mu_hash_text(step->hash, MU_HASH_SIZE, text);
    mu_json_text(object, "hash", text);
    return object;
}

static int print_json(struct mu_cli *cli, const struct mu_case *mediated)
{
    struct json_object *object = mu_json_object(), *steps = mu_json_array();
    char label[MU_CASE_LABEL_SIZE];

    mu_case_label(mediated, label);
    mu_json_number(object, "case_id", mediated->id);
    mu_json_text(object, "number", mediated->number);
    mu_json_text(object, "state", mu_case_state_word(mediated->state));
    mu_json_text(object, "outcome", mu_case_outcome_word(mediated->outcome));
    mu_json_text(object, "label", label);
    mu_json_number(object, "promised", mediated->promised.fen);
    mu_json_number(object, "paid", mediated->paid.fen);
    for (size_t i = 0; i < mediated->steps; i++)
        mu_json_append(steps, step_json(cli, &mediated->step[i]));
    mu_json_add(object, "steps", steps);
    return mu_json_print(cli, object);
}

int mu_cmd_case_show(struct mu_cli *cli, int argc, char **argv)
{
    struct asked {
        const char *format, *reason; /* with a reason numbers are whole */
    } asked = {NULL, NULL};
    static const struct mu_option options[] = {
        {"format", MU_OPTION_TEXT, offsetof(struct asked, format), NULL},
        {"reason", MU_OPTION_TEXT, offsetof(struct asked, reason), NULL}};
    static const struct mu_syntax syntax = {"case show", 0, false, options,
                                            sizeof options / sizeof *options};
    enum mu_status read;
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_desk *desk = NULL;
    struct mu_case mediated;
    struct mu_error error;
    int64_t case_id = 0;
    int status = mu_cli_case(cli, syntax.command, &argc, &argv, &desk, &case_id);

    if (status == MU_OK)
        status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &desk);
    if (status != MU_OK)
        return status;
    if (asked.format && !mu_format_from_word(asked.format, &format))
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_option, asked.format);
    read = asked.reason ? mu_read_case_to_export(desk, case_id, asked.reason, &mediated, &error)
                        : mu_read_case(desk, case_id, &mediated, NULL, &error);
    if (read != MU_OK)
        return mu_cli_fail(cli, &error);
    status = format == MU_FORMAT_JSON ? print_json(cli, &mediated)
                                      : print_case(cli, &mediated, mu_desk_now(desk).date);
    mu_case_clear(&mediated);
    return status;
}

int mu_cmd_case_attach(struct mu_cli *cli, int argc, char **argv)
{
    struct asked {
        int paper;
    } asked = {0};
    static const struct mu_option options[] = {
        {"paper", MU_OPTION_CHOICE, offsetof(struct asked, paper), &mu_case_papers}};
    static const struct mu_syntax syntax = {"case attach", 1, false, options, 1};
    struct mu_case_written written;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int64_t case_id = 0;
    char number[16];
    int status = mu_cli_case(cli, syntax.command, &argc, &argv, &desk, &case_id);

    if (status == MU_OK)
        status = mu_cli_options(cli, &syntax, argc, argv, &asked, NULL, &desk);
    if (status != MU_OK)
        return status;
    if (optind == argc || !asked.paper)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing,
                             optind == argc ? "FILE" : "--paper");
    if (mu_attach_to_case(desk, case_id, argv[optind], asked.paper, &written, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    snprintf(number, sizeof number, "%d", written.steps);
    mu_cli_say(cli, MU_SAY_case_written, written.number, number,
               mu_message_text(mu_case_step_type(MU_STEP_ATTACHED)->name, cli->language), NULL);
    return MU_OK;
}
