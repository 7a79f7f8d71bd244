#include "cli/cmd_case.h"

#include "cli/field_options.h"
#include "cli/json.h"
#include "cli/options.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/mediator.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int mu_cli_case(struct mu_cli *cli, const char *command, int *argc, char ***argv,
                struct mu_desk **desk, int64_t *case_id)
{
    struct mu_error error;
    char **words = *argv;

    if (*argc < 2 || words[1][0] == '-')
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, "CASE");
    if (mu_cli_desk(cli, desk, &error) != MU_OK ||
        mu_find_case(*desk, words[1], case_id, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    words[1] = words[0];
    ++*argv;
    --*argc;
    return MU_OK;
}

static int fail_text(struct mu_cli *cli, enum mu_message why, const char *path, const char *cause)
{
    struct mu_error error;

    (void)mu_fail(&error, MU_INPUT, why, path, cause, NULL);
    return mu_cli_fail(cli, &error);
}

/* Fills the room of MU_CASE_TEXT_SIZE + 1 bytes. */
static int read_text(struct mu_cli *cli, const char *path, FILE *file, char *text)
{
    size_t length = fread(text, 1, MU_CASE_TEXT_SIZE + 1, file);
    int cause = errno;

    if (ferror(file))
        return fail_text(cli, MU_SAY_error_case_text_file, path, strerror(cause));
    if (length >= MU_CASE_TEXT_SIZE)
        return fail_text(cli, MU_SAY_error_case_text_long, path, "");
    if (memchr(text, '\0', length))
        return fail_text(cli, MU_SAY_error_text_encoding, path, "");
    text[length] = '\0';
    return MU_OK;
}

int mu_cli_case_text(struct mu_cli *cli, const char *path, char **out)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *text;
    int status;

    if (!file)
        return fail_text(cli, MU_SAY_error_case_text_file, path, strerror(errno));
    text = malloc(MU_CASE_TEXT_SIZE + 1);
    status =
        text ? read_text(cli, path, file, text) : fail_text(cli, MU_SAY_error_no_memory, path, "");
    if (file != stdin)
        fclose(file);
    if (status == MU_OK)
        *out = text;
    else
        free(text);
    return status;
}

/* ---- lists ---- */

struct asked {
    struct mu_desk *desk;
    struct mu_case_filter filter;
    struct mu_date until;
    bool all, json;
    int64_t limit;
    const char *format, *mediator;
};

struct printing {
    struct mu_cli *cli;
    const struct asked *asked;
    struct mu_date today;
    size_t count;
    int status;
};

static void due_words(const struct printing *printing, const struct mu_case_line *line, char *out,
                      size_t size)
{
    char day[MU_DATE_SIZE];

    *out = '\0';
    if (!line->due.kind)
        return;
    mu_date_format(line->due.due_on, day);
    mu_message_format(out, size, printing->cli->language,
                      mu_date_compare(line->due.due_on, printing->today) < 0 ? MU_SAY_case_due_late
                                                                             : MU_SAY_case_due_on,
                      mu_message_text(mu_case_due_name(line->due.kind), printing->cli->language),
                      day, NULL);
}

static void day(struct json_object *object, const char *key, struct mu_date date)
{
    char text[MU_DATE_SIZE];

    mu_date_format(date, text);
    mu_json_text(object, key, text);
}

static int line_json(const struct printing *printing, const struct mu_case_line *line,
                     const char *excerpt)
{
    struct json_object *object = mu_json_object();

    mu_json_number(object, "case_id", line->id);
    mu_json_text(object, "number", line->number);
    mu_json_text(object, "state", mu_case_state_word(line->state));
    day(object, "accepted_on", line->accepted_on);
    mu_json_flag(object, "hidden", line->access == MU_CASE_HIDDEN);
    if (line->access != MU_CASE_HIDDEN) {
        mu_json_text(object, "outcome", mu_case_outcome_word(line->outcome));
        mu_json_text(object, "label", line->label);
        mu_json_choice(object, "dispute", &mu_disputes, line->dispute);
        mu_json_choice(object, "level", &mu_case_levels, line->level);
        mu_json_choice(object, "source", &mu_case_sources, line->source);
        mu_json_choice(object, "weight", &mu_case_weights, line->weight);
        mu_json_text(object, "grade", line->grade);
        mu_json_text(object, "mediators", line->mediators);
        day(object, "ended_on", line->ended_on);
        day(object, "closed_on", line->closed_on);
        mu_json_text(object, "due", line->due.kind ? mu_case_due_word(line->due.kind) : "");
        day(object, "due_on", line->due.due_on);
    }
    if (excerpt)
        mu_json_text(object, "excerpt", excerpt);
    return mu_json_print(printing->cli, object);
}

static bool print_hit(void *context, const struct mu_case_line *line, const char *excerpt)
{
    struct printing *printing = context;
    enum mu_language language = printing->cli->language;
    char text[256];

    printing->count++;
    if (printing->asked->json) {
        printing->status = line_json(printing, line, excerpt);
        return printing->status == MU_OK;
    }
    mu_cli_column(stdout, line->number, 22);
    mu_date_format(line->accepted_on, text);
    mu_cli_column(stdout, text, 10);
    mu_cli_column(stdout, mu_message_text(mu_case_state_name(line->state), language), 12);
    if (line->access == MU_CASE_HIDDEN) {
        mu_cli_column(stdout, mu_message_text(MU_SAY_case_hidden_line, language), 0);
    } else {
        mu_cli_column(stdout, line->label, excerpt ? 24 : 30);
        due_words(printing, line, text, sizeof text);
        mu_cli_column(stdout, excerpt ? excerpt : text, 0);
    }
    putchar('\n');
    return true;
}

static bool print_line(void *context, const struct mu_case_line *line)
{
    return print_hit(context, line, NULL);
}

enum { LINES = 50, DUE_DAYS = 7 };

/* Opens the desk, reads the options and what they mean. */
static int begin(struct mu_cli *cli, const struct mu_syntax *syntax, int argc, char **argv,
                 struct asked *asked, struct printing *printing)
{
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_mediator mediator;
    struct mu_error error;
    int status = mu_cli_options(cli, syntax, argc, argv, asked, NULL, &asked->desk);

    if (status != MU_OK)
        return status;
    if (asked->format && !mu_format_from_word(asked->format, &format))
        return mu_cli_misuse(cli, syntax->command, MU_SAY_error_option, asked->format);
    if (asked->mediator) {
        if (mu_read_mediator(asked->desk, 0, asked->mediator, &mediator, &error) != MU_OK)
            return mu_cli_fail(cli, &error);
        asked->filter.mediator_id = mediator.id;
    }
    asked->json = format == MU_FORMAT_JSON;
    asked->filter.open = !asked->all;
    asked->limit = asked->limit ? asked->limit : LINES;
    *printing = (struct printing){
        .cli = cli, .asked = asked, .today = mu_desk_now(asked->desk).date, .status = MU_OK};
    return MU_OK;
}

static int finish(struct mu_cli *cli, enum mu_status status, const struct mu_error *error,
                  const struct printing *printing)
{
    if (status != MU_OK)
        return mu_cli_fail(cli, error);
    if (printing->count == 0)
        mu_cli_note(cli, MU_SAY_case_none, NULL);
    return printing->status;
}

int mu_cmd_case_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {
        OPTION("all", FLAG, all),
        OPTION("mine", FLAG, filter.mine),
        OPTION("from", DATE, filter.from),
        OPTION("to", DATE, filter.to),
        {"dispute", MU_OPTION_CHOICE, offsetof(struct asked, filter.dispute), &mu_disputes},
        OPTION("mediator", TEXT, mediator),
        OPTION("limit", NUMBER, limit),
        OPTION("format", TEXT, format)};
    static const struct mu_syntax syntax = {"case list", 0, false, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct printing printing = {.cli = cli};
    struct mu_error error;
    int status = begin(cli, &syntax, argc, argv, &asked, &printing);

    if (status != MU_OK)
        return status;
    return finish(cli,
                  mu_list_cases(asked.desk, &asked.filter, 0, (size_t)asked.limit, print_line,
                                &printing, &error),
                  &error, &printing);
}

int mu_cmd_case_due(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("until", DATE, until),
                                               OPTION("limit", NUMBER, limit),
                                               OPTION("format", TEXT, format)};
    static const struct mu_syntax syntax = {"case due", 0, false, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct printing printing = {.cli = cli};
    struct mu_error error;
    int status = begin(cli, &syntax, argc, argv, &asked, &printing);

    if (status != MU_OK)
        return status;
    if (!mu_date_known(asked.until))
        asked.until = mu_date_add_days(printing.today, DUE_DAYS);
    return finish(cli,
                  mu_list_case_dues(asked.desk, asked.until, (size_t)asked.limit, print_line,
                                    &printing, &error),
                  &error, &printing);
}

int mu_cmd_case_find(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("limit", NUMBER, limit),
                                               OPTION("format", TEXT, format)};
    static const struct mu_syntax syntax = {"case find", 1, false, options,
                                            sizeof options / sizeof *options};
    struct asked asked = {0};
    struct printing printing = {.cli = cli};
    struct mu_error error;
    int status = begin(cli, &syntax, argc, argv, &asked, &printing);

    if (status == MU_OK && optind == argc)
        return mu_cli_misuse(cli, syntax.command, MU_SAY_error_operand_missing, "WORDS");
    if (status != MU_OK)
        return status;
    return finish(cli,
                  mu_search_cases(asked.desk, argv[optind], (size_t)asked.limit, print_hit,
                                  &printing, &error),
                  &error, &printing);
}

int mu_cmd_case_related(struct mu_cli *cli, int argc, char **argv)
{
    static const struct mu_option options[] = {OPTION("format", TEXT, format)};
    static const struct mu_syntax syntax = {"case related", 0, false, options, 1};
    struct asked asked = {0};
    struct printing printing = {.cli = cli};
    struct mu_error error;
    int64_t case_id = 0;
    int status = mu_cli_case(cli, syntax.command, &argc, &argv, &asked.desk, &case_id);

    if (status == MU_OK)
        status = begin(cli, &syntax, argc, argv, &asked, &printing);
    if (status != MU_OK)
        return status;
    return finish(cli, mu_list_related_cases(asked.desk, case_id, print_line, &printing, &error),
                  &error, &printing);
}
