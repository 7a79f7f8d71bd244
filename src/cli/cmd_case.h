/* What the commands of the mediation log share. */
#ifndef MULIN_SRC_CLI_CMD_CASE_H
#define MULIN_SRC_CLI_CMD_CASE_H

#include "cli/command.h"

#include <mulin/desk/case.h>

/* Opens the desk and finds the case that the first operand names (its number, 2026-12, or 12). That
 * operand is taken out of argv: options may stand before and behind it. MU_OK, or the exit status
 * after the complaint. */
int mu_cli_case(struct mu_cli *cli, const char *command, int *argc, char ***argv,
                struct mu_desk **desk, int64_t *case_id);

/* Reads the text of a file, "-" for stdin; *out is owned. MU_OK, or the exit status after the
 * complaint. */
int mu_cli_case_text(struct mu_cli *cli, const char *path, char **out);

#endif
