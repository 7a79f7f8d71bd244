/* Passwords of operators for commands: from a descriptor, or asked on the terminal. */
#ifndef MULIN_SRC_CLI_PASSWORD_H
#define MULIN_SRC_CLI_PASSWORD_H

#include "cli/command.h"

enum { MU_PASSWORD_SIZE = 257 }; /* bytes, the NUL counted: 64 characters of any length */

/* Reads one line into `out` (MU_PASSWORD_SIZE bytes): wipe it after use.
 *   descriptor  number of an open descriptor, NULL: asks on the terminal without echo
 *   name        whose password
 *   anew        a new one, typed twice
 * MU_USAGE (no such descriptor, no terminal), MU_INPUT, MU_REFUSED (stopped). */
enum mu_status mu_password_read(const struct mu_cli *cli, const char *descriptor, const char *name,
                                bool anew, char *out, struct mu_error *error) MU_CHECKED;

/* The operator of --operator signs in at an open desk with the password of --password-fd or of the
 * prompt. As mu_password_read and mu_desk_sign_in. */
enum mu_status mu_cli_sign_in(const struct mu_cli *cli, struct mu_desk *desk,
                              struct mu_error *error) MU_CHECKED;

#endif
