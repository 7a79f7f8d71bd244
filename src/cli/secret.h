/* Words that nobody else is to see: typed without echo, or handed over by a descriptor or systemd.
 */
#ifndef MULIN_SRC_CLI_SECRET_H
#define MULIN_SRC_CLI_SECRET_H

#include "cli/command.h"

/* `out` has `size` bytes, the NUL counted; it is wiped unless MU_OK comes back. Wipe it after use.
 * A line that is too long is refused, not cut. */

/* Asks on the terminal, with echo off; with `again` asks twice until both are the same. MU_USAGE
 * without a terminal, MU_REFUSED when stopped by a signal or the end of input. */
enum mu_status mu_secret_ask(const struct mu_cli *cli, enum mu_message prompt,
                             enum mu_message again, char *out, size_t size,
                             struct mu_error *error) MU_CHECKED;
/* The first line of an open descriptor, given as a number. MU_USAGE (no number), MU_INPUT. */
enum mu_status mu_secret_from_descriptor(const char *number, char *out, size_t size,
                                         struct mu_error *error) MU_CHECKED;
/* The first line of a credential of the systemd unit that runs us. MU_INPUT. */
enum mu_status mu_secret_from_credential(const char *name, char *out, size_t size,
                                         struct mu_error *error) MU_CHECKED;
/* True when the unit hands over a credential of this name. */
bool mu_secret_credential_there(const char *name);

#endif
