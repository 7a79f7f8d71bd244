/* --map of the commands that read spreadsheets. */
#ifndef MULIN_SRC_CLI_CMD_MAPPING_H
#define MULIN_SRC_CLI_CMD_MAPPING_H

#include <mulin/desk/import.h>

/* Takes HEADER=FIELD; an empty FIELD passes the column over. MU_INPUT, MU_USAGE without a =. */
enum mu_status mu_cli_map_header(struct mu_import_mapping *mapping, const char *text,
                                 struct mu_error *error) MU_CHECKED;

#endif
