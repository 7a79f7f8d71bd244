/* The command without words: the desk on the screen. */
#ifndef MULIN_SRC_CLI_OPEN_DESK_H
#define MULIN_SRC_CLI_OPEN_DESK_H

#include "cli/command.h"

/* Opens the desk at the terminal until the person leaves. Returns the exit status. */
int mu_open_desk(struct mu_cli *cli);

#endif
