#include "cli/cmd_mapping.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/stop.h"

#include <mulin/base/text.h>
#include <mulin/desk/import.h>

#include <stdlib.h>
#include <string.h>

enum {
    NOTES_SHOWN = 20, /* of each kind */
    NOTE_KINDS = MU_IMPORT_NOT_KEPT + 1,
    NOTE_SIZE = 1024,
};

struct import_command {
    struct mu_cli *cli;
    const char *path;
    enum mu_format format;
    struct mu_import_options options;
    const char *mapping_name;        /* NULL: none */
    struct mu_import_mapping *said;  /* with --map */
    struct mu_import_mapping *whole; /* with --map over the kept one */
    int shown[NOTE_KINDS];
    FILE *notes; /* to be printed when the records are free again; NULL: no memory for them */
    struct mu_cli_progress progress;
};

static bool show_progress(void *context, int64_t done, int64_t all)
{
    struct import_command *command = context;

    return mu_cli_progress(&command->progress, done, all);
}

/* Takes a note down: nothing is printed while the records are locked. */
static void take_note(void *context, const struct mu_import_note *note)
{
    struct import_command *command = context;
    char why[NOTE_SIZE], line[24], text[2 * NOTE_SIZE];

    if (command->shown[note->kind]++ >= NOTES_SHOWN || !command->notes)
        return;
    snprintf(line, sizeof line, "%lu", note->line);
    if (note->column)
        mu_error_why(&note->reason, command->cli->language, why, sizeof why);
    else
        mu_error_text(&note->reason, command->cli->language, why, sizeof why);
    if (note->column)
        mu_message_format(text, sizeof text, command->cli->language, MU_SAY_import_note_cell,
                          command->path, line, note->header, why, NULL);
    else
        mu_message_format(text, sizeof text, command->cli->language, MU_SAY_import_note_row,
                          command->path, line, why, NULL);
    fprintf(command->notes, "%s\n", text);
}

static void tell_rest(const struct import_command *command)
{
    static const enum mu_message more[NOTE_KINDS] = {
        [MU_IMPORT_REJECTED] = MU_SAY_import_more_rejected,
        [MU_IMPORT_TWIN] = MU_SAY_import_more_twins,
        [MU_IMPORT_OLD_ID_NUMBER] = MU_SAY_import_more_old,
        [MU_IMPORT_ID_ORIGIN] = MU_SAY_import_more_origin,
        [MU_IMPORT_NOT_KEPT] = MU_SAY_import_more_not_kept,
    };
    char number[MU_CLI_NUMBER_SIZE];

    for (size_t kind = 0; kind < NOTE_KINDS; kind++) {
        if (command->shown[kind] <= NOTES_SHOWN)
            continue;
        snprintf(number, sizeof number, "%d", command->shown[kind] - NOTES_SHOWN);
        mu_cli_note(command->cli, more[kind], command->path, number, NULL);
    }
}

static void tell_unknown_headers(const struct import_command *command,
                                 const struct mu_import_report *report)
{
    char list[NOTE_SIZE] = "", number[MU_CLI_NUMBER_SIZE];
    size_t used = 0;

    if (report->unknown_count == 0)
        return;
    for (size_t i = 0; i < report->unknown_count && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? "、" : "",
                                 report->unknown_header[i]);
    snprintf(number, sizeof number, "%zu", report->unknown_count);
    mu_cli_note(command->cli, MU_SAY_import_unknown_headers, command->path, number, list, NULL);
}

static int print_json(const struct import_command *command, const struct mu_import_report *report)
{
    struct json_object *object = mu_json_object(), *unknown = mu_json_array();

    mu_json_number(object, "rows", report->rows);
    mu_json_number(object, "added", report->added);
    mu_json_number(object, "updated", report->updated);
    mu_json_number(object, "unchanged", report->unchanged);
    mu_json_number(object, "rejected", report->rejected);
    mu_json_number(object, "homes", report->homes);
    mu_json_text(object, "rejects_file", report->rejects_file);
    mu_json_number(object, "twins", report->twins);
    mu_json_number(object, "old_id_numbers", report->old_id_numbers);
    mu_json_number(object, "id_origins", report->id_origins);
    for (size_t i = 0; i < report->unknown_count; i++) {
        char inert[NOTE_SIZE];

        mu_text_inert(inert, sizeof inert, report->unknown_header[i]);
        mu_json_append(unknown, json_object_new_string(inert));
    }
    mu_json_add(object, "unknown_headers", unknown);
    return mu_json_print(command->cli, object);
}

static void print_text(const struct import_command *command, const struct mu_import_report *report)
{
    char number[5][MU_CLI_NUMBER_SIZE], homes[MU_CLI_NUMBER_SIZE];
    const int64_t counts[] = {report->rows, report->added, report->updated, report->unchanged,
                              report->rejected};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        mu_cli_number(counts[i], number[i]);
    mu_cli_say(command->cli, MU_SAY_import_done, number[0], number[1], number[2], number[3], NULL);
    mu_cli_number(report->homes, homes);
    if (report->homes > 0)
        mu_cli_say(command->cli, MU_SAY_import_homes, homes, NULL);
    mu_cli_number(report->twins, homes);
    if (report->twins > 0)
        mu_cli_say(command->cli, MU_SAY_import_twins, homes, NULL);
    if (report->rejected > 0)
        mu_cli_say(command->cli, MU_SAY_import_rejected, number[4], NULL);
    if (report->rejects_file)
        mu_cli_say(command->cli, MU_SAY_import_rejects_file, report->rejects_file, NULL);
    if (command->options.dry_run)
        mu_cli_say(command->cli, MU_SAY_import_was_dry, NULL);
    else if (command->options.strict && report->rejected > 0)
        mu_cli_say(command->cli, MU_SAY_import_was_strict, NULL);
}

/* What was said on the line goes before what is kept. */
static enum mu_status read_mapping(struct import_command *command, struct mu_desk *desk,
                                   struct mu_error *error)
{
    enum mu_status status = MU_OK;

    if (command->mapping_name)
        status = mu_read_mapping(desk, command->mapping_name, command->whole, error);
    for (size_t i = 0; status == MU_OK && i < command->said->count; i++)
        status = mu_import_map_header(command->whole, command->said->map[i].header,
                                      command->said->map[i].field, error);
    command->options.mapping = command->whole;
    return status;
}

static int run_import(struct import_command *command)
{
    struct mu_cli *cli = command->cli;
    struct mu_import_report report = {0};
    struct mu_desk *desk;
    struct mu_error error;
    enum mu_status status = mu_cli_desk(cli, &desk, &error);
    char *notes = NULL;
    size_t length;
    int printed = MU_OK;

    command->notes = open_memstream(&notes, &length);
    if (status == MU_OK)
        status = read_mapping(command, desk, &error);
    if (status == MU_OK)
        status = mu_import_residents(desk, command->path, &command->options, &report, &error);
    mu_cli_progress_end(&command->progress);
    if (command->notes && fclose(command->notes) == 0 && notes)
        fputs(notes, stderr);
    free(notes);
    if (status != MU_OK)
        return mu_cli_fail(cli, &error);
    tell_rest(command);
    tell_unknown_headers(command, &report);
    if (command->format == MU_FORMAT_JSON)
        printed = print_json(command, &report);
    else
        print_text(command, &report);
    if (printed == MU_OK && report.rejected > 0)
        printed = MU_INPUT;
    mu_import_report_clear(&report);
    return printed;
}

static int read_arguments(struct import_command *command, int argc, char **argv)
{
    static const struct option options[] = {
        {"strict", no_argument, NULL, 's'},       {"dry-run", no_argument, NULL, 'd'},
        {"format", required_argument, NULL, 'f'}, {"mapping", required_argument, NULL, 'n'},
        {"map", required_argument, NULL, 'm'},    {NULL, 0, NULL, 0}};
    struct mu_cli *cli = command->cli;
    struct mu_error error;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 's')
            command->options.strict = true;
        else if (option == 'd')
            command->options.dry_run = true;
        else if (option == 'n')
            command->mapping_name = optarg;
        else if (option == 'm' && mu_cli_map_header(command->said, optarg, &error) != MU_OK)
            return mu_cli_fail(cli, &error);
        else if (option != 'm' && (option != 'f' || !mu_format_from_word(optarg, &command->format)))
            return mu_cli_misuse(cli, "import residents", MU_SAY_error_option, argv[optind - 1]);
    }
    if (optind == argc)
        return mu_cli_misuse(cli, "import residents", MU_SAY_error_operand_missing, "FILE");
    if (optind + 1 < argc)
        return mu_cli_misuse(cli, "import residents", MU_SAY_error_operand, argv[optind + 1]);
    command->path = argv[optind];
    return MU_OK;
}

int mu_cmd_import_residents(struct mu_cli *cli, int argc, char **argv)
{
    struct import_command command = {.cli = cli};
    struct mu_error error;
    int result;

    command.said = calloc(1, sizeof *command.said);
    command.whole = calloc(1, sizeof *command.whole);
    if (command.said && command.whole) {
        result = read_arguments(&command, argc, argv);
    } else {
        mu_fail_memory(&error);
        result = mu_cli_fail(cli, &error);
    }
    if (result == MU_OK) {
        command.options.language = cli->language;
        command.options.progress = show_progress;
        command.options.note = take_note;
        command.options.context = &command;
        mu_cli_progress_begin(&command.progress, cli, MU_SAY_import_progress);
        command.progress.ending = MU_SAY_import_sorting;
        /* A stopped import takes back what it did and leaves no half-written file of rejects. */
        mu_stop_note();
        result = run_import(&command);
    }
    free(command.said);
    free(command.whole);
    return result;
}
