#include "cli/open_desk.h"

#include <unistd.h>

int mu_open_desk(struct mu_cli *cli)
{
    struct mu_error error;

    mu_fail(&error, MU_USAGE, MU_SAY_error_no_terminal, NULL);
    return mu_cli_fail(cli, &error);
}
