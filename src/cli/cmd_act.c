#include "cli/command.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/stop.h"

#include <mulin/base/text.h>
#include <mulin/desk/act.h>

#include <string.h>

enum { USUAL_LIMIT = 50 };

struct listing {
    struct mu_cli *cli;
    enum mu_format format;
    bool subjects; /* the rows are about several files */
    size_t count;
    int status; /* of the last print */
};

/* JSON is the same in both languages. */
static enum mu_language words_of(const struct listing *listing)
{
    return listing->format == MU_FORMAT_JSON ? MU_ENGLISH : listing->cli->language;
}

static struct json_object *field_to_json(const struct mu_act_field *field)
{
    struct json_object *object = mu_json_object();

    mu_json_text(object, "kind", field->kind);
    mu_json_number(object, "row", field->row);
    mu_json_text(object, "field", field->key);
    mu_json_text(object, "before", field->before);
    mu_json_text(object, "after", field->after);
    mu_json_flag(object, "hidden", field->hidden);
    return object;
}

static int print_json(struct mu_cli *cli, const struct mu_act_view *view)
{
    struct json_object *object = mu_json_object(), *fields = mu_json_array();
    char moment[MU_MOMENT_SIZE];

    mu_moment_format(view->act.recorded_at, moment);
    mu_json_number(object, "act_id", view->act.id);
    mu_json_text(object, "recorded_at", moment);
    mu_json_text(object, "operator", view->act.operator_name);
    mu_json_text(object, "operation", view->act.operation);
    mu_json_text(object, "subject", view->act.subject);
    mu_json_text(object, "words", view->words);
    mu_json_reference(object, "undone_by", view->act.undone_by);
    for (size_t i = 0; i < view->count; i++)
        mu_json_append(fields, field_to_json(&view->field[i]));
    mu_json_add(object, "changes", fields);
    return mu_json_print(cli, object);
}

static void print_text(const struct listing *listing, const struct mu_act_view *view)
{
    char moment[MU_MINUTE_SIZE], number[MU_CLI_NUMBER_SIZE], words[MU_ACT_WORDS_SIZE + 64];
    enum mu_language language = listing->cli->language;

    mu_cli_minute(view->act.recorded_at, moment);
    mu_cli_number(view->act.id, number);
    snprintf(words, sizeof words, "%s%s%s", listing->subjects ? view->words : view->what,
             view->act.undone_by ? "  " : "",
             view->act.undone_by ? mu_message_text(MU_SAY_history_taken_back, language) : "");
    mu_cli_column(stdout, number, 6);
    mu_cli_column(stdout, moment, 16);
    mu_cli_column(stdout, view->act.operator_name, 10);
    mu_cli_column(stdout, words, 0);
    putchar('\n');
}

static bool print_row(void *context, const struct mu_act_view *view)
{
    struct listing *listing = context;

    listing->count++;
    if (listing->format == MU_FORMAT_JSON)
        listing->status = print_json(listing->cli, view);
    else
        print_text(listing, view);
    return listing->status == MU_OK;
}

/* One act in full. */
static bool print_act(void *context, const struct mu_act_view *view)
{
    struct listing *listing = context;
    enum mu_language language = listing->cli->language;
    const char *nothing = mu_message_text(MU_SAY_act_nothing, language);

    print_row(context, view);
    for (size_t i = 0; i < view->count && listing->format == MU_FORMAT_TEXT; i++) {
        const struct mu_act_field *field = &view->field[i];
        char record[128];

        snprintf(record, sizeof record, "%s %lld", field->record, (long long)field->row);
        mu_cli_column(stdout, record, 24);
        mu_cli_column(stdout, field->label, 16);
        if (field->hidden) {
            mu_cli_column(stdout, mu_message_text(MU_SAY_history_hidden, language), 0);
        } else {
            mu_cli_column(stdout, *field->before ? field->before : nothing, 24);
            mu_cli_column(stdout, *field->after ? field->after : nothing, 0);
        }
        putchar('\n');
    }
    return false;
}

static int finish(const struct listing *listing, enum mu_status status,
                  const struct mu_error *error, enum mu_message nothing)
{
    if (status != MU_OK)
        return mu_cli_fail(listing->cli, error);
    if (listing->status == MU_OK && listing->count == 0)
        mu_cli_note(listing->cli, nothing, NULL);
    return listing->status;
}

static int list_undo(struct mu_cli *cli, struct mu_desk *desk, enum mu_format format)
{
    struct listing listing = {.cli = cli, .format = format, .subjects = true};
    struct mu_error error;
    enum mu_status status = mu_list_undo(desk, words_of(&listing), print_row, &listing, &error);

    return finish(&listing, status, &error, MU_SAY_undo_nothing);
}

/* Takes back the act, or (0) the newest that can be. */
static int undo(struct mu_cli *cli, struct mu_desk *desk, long long act_id)
{
    struct mu_undone undone = {.act_id = act_id};
    struct mu_cli_progress progress;
    char kept[MU_COUNT_SIZE];
    struct mu_error error;
    enum mu_status status = act_id ? MU_OK : mu_undo_next(desk, 0, &undone, &error);

    if (status == MU_OK && undone.act_id == 0) {
        mu_cli_note(cli, MU_SAY_undo_nothing, NULL);
        return MU_REFUSED;
    }
    mu_cli_progress_begin(&progress, cli, MU_SAY_undo_progress);
    mu_stop_note();
    if (status == MU_OK)
        status = mu_undo_watched(desk, undone.act_id, mu_cli_progress, &progress, &undone, &error);
    mu_cli_progress_end(&progress);
    if (status != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_count_text(undone.kept, kept);
    if (undone.kept)
        mu_cli_say(cli, MU_SAY_undo_kept, undone.words[cli->language], kept, undone.kept_names,
                   NULL);
    else
        mu_cli_say(cli, undone.again ? MU_SAY_undo_again_done : MU_SAY_undo_done,
                   undone.words[cli->language], NULL);
    return MU_OK;
}

int mu_cmd_undo(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"list", no_argument, NULL, 'l'},
                                            {"format", required_argument, NULL, 'o'},
                                            {NULL, 0, NULL, 0}};
    enum mu_format format = MU_FORMAT_TEXT;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    long long act_id = 0;
    bool list = false;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'l')
            list = true;
        else if (option != 'o' || !mu_format_from_word(optarg, &format))
            return mu_cli_misuse(cli, "undo", MU_SAY_error_option, argv[optind - 1]);
    }
    if (optind < argc && !list && !mu_number_from_text(argv[optind++], &act_id))
        return mu_cli_misuse(cli, "undo", MU_SAY_error_operand_number, argv[optind - 1]);
    if (optind < argc)
        return mu_cli_misuse(cli, "undo", MU_SAY_error_operand, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return list ? list_undo(cli, desk, format) : undo(cli, desk, act_id);
}

static int print_history(struct listing *listing, struct mu_desk *desk, long long id,
                         long long limit)
{
    struct mu_error error;
    enum mu_status status =
        mu_list_history(desk, id, 0, limit < MU_HISTORY_LIMIT ? (size_t)limit : MU_HISTORY_LIMIT,
                        words_of(listing), print_row, listing, &error);

    return finish(listing, status, &error, MU_SAY_history_nothing);
}

int mu_cmd_history(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"act", required_argument, NULL, 'a'},
                                            {"limit", required_argument, NULL, 'l'},
                                            {"format", required_argument, NULL, 'o'},
                                            {NULL, 0, NULL, 0}};
    struct listing listing = {.cli = cli};
    long long id = 0, act_id = 0, limit = USUAL_LIMIT;
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!((option == 'a' && mu_number_from_text(optarg, &act_id)) ||
              (option == 'l' && mu_number_from_text(optarg, &limit)) ||
              (option == 'o' && mu_format_from_word(optarg, &listing.format))))
            return mu_cli_misuse(cli, "history", MU_SAY_error_option, argv[optind - 1]);
    if (!act_id && optind == argc)
        return mu_cli_misuse(cli, "history", MU_SAY_error_operand_missing, "ID");
    if (!act_id && !mu_number_from_text(argv[optind++], &id))
        return mu_cli_misuse(cli, "history", MU_SAY_error_operand_number, argv[optind - 1]);
    if (optind < argc)
        return mu_cli_misuse(cli, "history", MU_SAY_error_operand, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (!act_id)
        return print_history(&listing, desk, id, limit);
    listing.subjects = true;
    if (mu_read_act(desk, act_id, words_of(&listing), print_act, &listing, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return listing.status;
}
