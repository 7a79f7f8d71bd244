/* Where a report goes: the options --format, -o FILE and --overwrite, the same for every command
 * that writes one. */
#ifndef MULIN_SRC_CLI_REPORT_OUTPUT_H
#define MULIN_SRC_CLI_REPORT_OUTPUT_H

#include "cli/progress.h"

#include <mulin/report.h>

struct mu_cli_output {
    struct mu_report_target target; /* the stream: standard output, from mu_cli_output_settle on */
    bool json, format_given;
};

/* Takes the values of getopt_long 'f' (--format), 'o' (-o) and 'w' (--overwrite) with optarg. False
 * for any other, and for a format that there is not; `json`: is there JSON as well? */
bool mu_cli_output_option(struct mu_cli_output *output, int option, bool json);

/* After the options: a file's name may tell its format. MU_OK, or the exit status after the
 * complaint about JSON in a file or a workbook without one. */
int mu_cli_output_settle(const struct mu_cli *cli, struct mu_cli_output *output);

/* Before a table is written: has a file tell of its progress (cli/progress.h); end it afterwards.
 */
void mu_cli_output_begin(const struct mu_cli *cli, struct mu_cli_output *output,
                         struct mu_cli_progress *progress);

/* The file, or "-" for standard output: what a note about who took out what says. */
const char *mu_cli_output_name(const struct mu_cli_output *output);

/* After writing, which came to `status`: says where the report stands, or complains. Returns the
 * exit status. */
int mu_cli_output_done(const struct mu_cli *cli, const struct mu_cli_output *output,
                       enum mu_status status, const struct mu_error *error);

#endif
