/* Fields of a record as options of a command: --floor-area for floor_area. */
#ifndef MULIN_SRC_CLI_FIELD_OPTIONS_H
#define MULIN_SRC_CLI_FIELD_OPTIONS_H

#include "cli/command.h"

#include <mulin/base/field.h>

/* What options are read into. */
struct mu_field_options {
    const char *command; /* for complaints */
    const struct mu_field *fields;
    size_t count;
    void *record; /* of that table */
};

/* Reads the options into the record, each at most once; *operand gets the index of the first
 * operand behind them, *any (may be NULL) whether there were any. 0, or the exit status after the
 * complaint. */
int mu_cli_read_fields(struct mu_cli *cli, const struct mu_field_options *options, int argc,
                       char **argv, int *operand, bool *any);

/* Prints every field that holds something, a line each, or as members of `object`. Phones and ID
 * numbers in the record are masked already. `object` may be NULL: text on stdout. */
struct json_object;
void mu_cli_print_fields(const struct mu_cli *cli, const struct mu_field *fields, size_t count,
                         const void *record, struct json_object *object);

#endif
