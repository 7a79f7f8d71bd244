#include "cli/report_output.h"

#include <string.h>

bool mu_cli_output_option(struct mu_cli_output *output, int option, bool json)
{
    switch (option) {
    case 'f':
        output->json = json && strcmp(optarg, "json") == 0;
        output->format_given = true;
        return output->json || mu_report_format_read(optarg, &output->target.format);
    case 'o':
        output->target.path = optarg;
        return true;
    case 'w':
        output->target.overwrite = true;
        return true;
    default:
        return false;
    }
}

static int fail(const struct mu_cli *cli, enum mu_message message)
{
    struct mu_error error;

    mu_fail(&error, MU_USAGE, message, NULL);
    return mu_cli_fail(cli, &error);
}

int mu_cli_output_settle(const struct mu_cli *cli, struct mu_cli_output *output)
{
    struct mu_report_target *target = &output->target;

    target->stream = stdout;
    if (output->json)
        return target->path ? fail(cli, MU_SAY_error_report_json_file) : MU_OK;
    if (target->path && !output->format_given)
        mu_report_format_of(target->path, &target->format);
    if (!target->path && target->format == MU_REPORT_XLSX)
        return fail(cli, MU_SAY_error_report_no_file);
    return MU_OK;
}

void mu_cli_output_begin(const struct mu_cli *cli, struct mu_cli_output *output,
                         struct mu_cli_progress *progress)
{
    mu_cli_progress_begin(progress, cli, MU_SAY_list_progress);
    if (!output->target.path)
        return;
    output->target.progress = mu_cli_progress;
    output->target.context = progress;
}

const char *mu_cli_output_name(const struct mu_cli_output *output)
{
    return output->target.path ? output->target.path : "-";
}

int mu_cli_output_done(const struct mu_cli *cli, const struct mu_cli_output *output,
                       enum mu_status status, const struct mu_error *error)
{
    const char *path = output->target.path;

    if (status != MU_OK)
        /* Of a broken standard output the end of the command tells. */
        return !path && ferror(stdout) ? mu_exit_status(error->status) : mu_cli_fail(cli, error);
    if (path)
        mu_cli_say(cli, MU_SAY_report_saved, path, NULL);
    return MU_OK;
}
