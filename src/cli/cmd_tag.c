#include "base/growing.h"
#include "cli/command.h"
#include "cli/json.h"

#include <mulin/base/text.h>
#include <mulin/desk/register.h>
#include <mulin/desk/tag.h>

#include <stdlib.h>
#include <string.h>

/* Opens the file whose number is the first operand; the second is the word of a tag when one is
 * wanted. Options stand behind them. */
static int open_file(struct mu_cli *cli, const char *command, int argc, char **argv, bool word,
                     struct mu_desk **desk, struct mu_resident *resident)
{
    struct mu_error error;
    long long id;

    if (argc < 2 || (word && argc < 3))
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_missing, argc < 2 ? "ID" : "WORD");
    if (!mu_number_from_text(argv[1], &id))
        return mu_cli_misuse(cli, command, MU_SAY_error_operand_number, argv[1]);
    if (mu_cli_desk(cli, desk, &error) != MU_OK ||
        mu_read_resident(*desk, id, resident, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    return MU_OK;
}

static void day_text(const struct mu_cli *cli, struct mu_date day, enum mu_message unknown,
                     char *out, size_t size)
{
    char text[MU_DATE_SIZE];

    mu_date_format(day, text);
    mu_text_copy(out, size, *text ? text : mu_message_text(unknown, cli->language));
}

/* One field of the tag from its option or operand. */
static int take(struct mu_cli *cli, const char *option, const char *key, const char *text,
                struct mu_date today, struct mu_tag *tag)
{
    struct mu_error error;

    if (mu_field_read(mu_field_by_key(mu_tag_fields, mu_tag_field_count, key), text, today, tag,
                      &error) != MU_OK)
        return mu_cli_fail_option(cli, option, &error);
    return MU_OK;
}

int mu_cmd_tag_set(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"from", required_argument, NULL, 'f'},
                                            {"until", required_argument, NULL, 'u'},
                                            {"evidence", required_argument, NULL, 'e'},
                                            {NULL, 0, NULL, 0}};
    static const char *const keys[] = {"from", "until", "evidence"};
    struct mu_resident resident = {0};
    struct mu_tag tag = {0};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    char from[32], until[32];
    bool for_good = false;
    int option, index = 0;
    int status = open_file(cli, "tag set", argc, argv, true, &desk, &resident);

    if (status == MU_OK)
        status = take(cli, "WORD", "word", argv[2], mu_desk_now(desk).date, &tag);
    while (status == MU_OK &&
           (option = getopt_long(argc - 2, argv + 2, "", options, &index)) != -1) {
        if (option == '?')
            return mu_cli_misuse(cli, "tag set", MU_SAY_error_option, argv[optind + 1]);
        if (option == 'u' && strcmp(optarg, "-") == 0)
            for_good = true;
        else
            status = take(cli, keys[index], keys[index], optarg, mu_desk_now(desk).date, &tag);
    }
    if (status != MU_OK)
        return status;
    if (optind + 2 < argc)
        return mu_cli_misuse(cli, "tag set", MU_SAY_error_operand, argv[optind + 2]);
    if (mu_propose_tag(desk, resident.id, &tag, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    if (for_good)
        tag.until = (struct mu_date){0, 0, 0};
    if (mu_set_tag(desk, resident.id, &tag, NULL, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    day_text(cli, tag.from, MU_SAY_tag_no_start, from, sizeof from);
    day_text(cli, tag.until, MU_SAY_tag_no_end, until, sizeof until);
    mu_cli_say(cli, MU_SAY_tag_set_done, resident.name, tag.word, from, until, NULL);
    return MU_OK;
}

int mu_cmd_tag_end(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"last-day", required_argument, NULL, 'l'},
                                            {NULL, 0, NULL, 0}};
    struct mu_resident resident = {0};
    struct mu_date last_day = {0, 0, 0};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int option, status = open_file(cli, "tag end", argc, argv, true, &desk, &resident);

    if (status != MU_OK)
        return status;
    while ((option = getopt_long(argc - 2, argv + 2, "", options, NULL)) != -1)
        if (option == '?' || !mu_date_parse(optarg, mu_desk_now(desk).date, &last_day))
            return mu_cli_misuse(cli, "tag end",
                                 option == '?' ? MU_SAY_error_option : MU_SAY_error_operand_date,
                                 argv[optind + 1]);
    if (optind + 2 < argc)
        return mu_cli_misuse(cli, "tag end", MU_SAY_error_operand, argv[optind + 2]);
    if (mu_end_tag(desk, resident.id, argv[2], last_day, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    mu_cli_say(cli, MU_SAY_tag_ended_done, resident.name, argv[2], NULL);
    return MU_OK;
}

/* Tags are printed when they have been read: a reader who waits must not keep the other desks from
 * saving. */
struct printing {
    struct mu_cli *cli;
    enum mu_format format;
    struct mu_date today;
    struct entry {
        struct mu_resident person; /* id 0: a tag of the one who was asked for */
        struct mu_tag tag;
    } * entries; /* owned */
    size_t count, room;
    bool no_memory;
};

static bool keep(void *context, const struct mu_resident *resident, const struct mu_tag *tag)
{
    struct printing *printing = context;
    struct entry *entry;
    struct entry *larger =
        mu_grown(printing->entries, printing->count, &printing->room, sizeof *larger);

    printing->no_memory = !larger;
    if (!larger)
        return false;
    printing->entries = larger;
    entry = &printing->entries[printing->count++];
    entry->tag = *tag;
    entry->person = (struct mu_resident){0};
    if (resident)
        entry->person = *resident;
    return true;
}

static bool keep_own(void *context, const struct mu_tag *tag)
{
    return keep(context, NULL, tag);
}

static enum mu_message standing(const struct mu_tag *tag, struct mu_date today)
{
    if (mu_tag_holds(tag, today))
        return MU_SAY_tag_in_force;
    return mu_date_compare(tag->from, today) > 0 ? MU_SAY_tag_to_come : MU_SAY_tag_over;
}

static int print_json(const struct printing *printing, const struct entry *entry)
{
    struct json_object *object = json_object_new_object();
    const struct mu_tag *tag = &entry->tag;
    char from[MU_DATE_SIZE], until[MU_DATE_SIZE], moment[MU_MOMENT_SIZE];

    mu_date_format(tag->from, from);
    mu_date_format(tag->until, until);
    mu_moment_format(tag->recorded_at, moment);
    if (entry->person.id) {
        mu_json_number(object, "resident", entry->person.id);
        mu_json_text(object, "name", entry->person.name);
    }
    mu_json_text(object, "word", tag->word);
    mu_json_text(object, "from", from);
    mu_json_text(object, "until", until);
    mu_json_flag(object, "in_force", mu_tag_holds(tag, printing->today));
    mu_json_text(object, "evidence", tag->evidence);
    mu_json_text(object, "operator", tag->operator_name);
    mu_json_text(object, "recorded_at", moment);
    return mu_json_print(printing->cli, object);
}

static void print_text(const struct printing *printing, const struct entry *entry)
{
    const struct mu_cli *cli = printing->cli;
    char from[32], until[32], number[MU_CLI_NUMBER_SIZE];

    day_text(cli, entry->tag.from, MU_SAY_tag_no_start, from, sizeof from);
    day_text(cli, entry->tag.until, MU_SAY_tag_no_end, until, sizeof until);
    if (entry->person.id) {
        mu_cli_number(entry->person.id, number);
        mu_cli_column(stdout, number, 7);
        mu_cli_column(stdout, entry->person.name, 12);
    }
    mu_cli_column(stdout, entry->tag.word, 12);
    mu_cli_column(stdout, from, 10);
    mu_cli_column(stdout, until, 10);
    mu_cli_column(stdout, mu_message_text(standing(&entry->tag, printing->today), cli->language),
                  8);
    mu_cli_column(stdout, entry->tag.operator_name, 10);
    mu_cli_column(stdout, entry->tag.evidence, 0);
    putchar('\n');
}

static int print(const struct printing *printing)
{
    int status = MU_OK;

    for (size_t i = 0; i < printing->count && status == MU_OK; i++) {
        if (printing->format == MU_FORMAT_JSON)
            status = print_json(printing, &printing->entries[i]);
        else
            print_text(printing, &printing->entries[i]);
    }
    return status;
}

static int finish(struct printing *printing, enum mu_status read, struct mu_error *error,
                  enum mu_message none, const char *name)
{
    int status = MU_OK;

    if (read == MU_OK && printing->no_memory)
        read = mu_fail_memory(error);
    if (read != MU_OK)
        status = mu_cli_fail(printing->cli, error);
    else if (printing->count == 0)
        mu_cli_note(printing->cli, none, name, NULL);
    else
        status = print(printing);
    free(printing->entries);
    return status;
}

int mu_cmd_tag_list(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct printing printing = {.cli = cli};
    struct mu_resident resident = {0};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int option, status = open_file(cli, "tag list", argc, argv, false, &desk, &resident);

    if (status != MU_OK)
        return status;
    while ((option = getopt_long(argc - 1, argv + 1, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &printing.format))
            return mu_cli_misuse(cli, "tag list", MU_SAY_error_option, argv[optind]);
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "tag list", MU_SAY_error_operand, argv[optind + 1]);
    printing.today = mu_tags_day(&resident, mu_desk_now(desk).date);
    return finish(&printing, mu_list_tags(desk, resident.id, keep_own, &printing, &error), &error,
                  MU_SAY_tag_none, resident.name);
}

int mu_cmd_tag_due(struct mu_cli *cli, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    struct printing printing = {.cli = cli};
    struct mu_desk *desk = NULL;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option != 'f' || !mu_format_from_word(optarg, &printing.format))
            return mu_cli_misuse(cli, "tag due", MU_SAY_error_option, argv[optind - 1]);
    if (optind < argc)
        return mu_cli_misuse(cli, "tag due", MU_SAY_error_operand, argv[optind]);
    if (mu_cli_desk(cli, &desk, &error) != MU_OK)
        return mu_cli_fail(cli, &error);
    printing.today = mu_desk_now(desk).date;
    return finish(&printing, mu_list_due_tags(desk, keep, &printing, &error), &error,
                  MU_SAY_tag_none_due, "");
}
