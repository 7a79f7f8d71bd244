/* The options of a command as a table: where the value of each goes, and what it may be. */
#ifndef MULIN_SRC_CLI_OPTIONS_H
#define MULIN_SRC_CLI_OPTIONS_H

#include "cli/report_output.h"

#include <mulin/base/field.h>

#include <stddef.h>

enum mu_option_kind {
    MU_OPTION_TEXT,   /* into const char *, borrowed from argv */
    MU_OPTION_FLAG,   /* no value, true into bool */
    MU_OPTION_NUMBER, /* a whole positive number, into int64_t */
    MU_OPTION_DATE,   /* as people type it, into struct mu_date */
    MU_OPTION_MONTH,  /* likewise; its first day into struct mu_date */
    MU_OPTION_CLOCK,  /* HH:MM, into int: minutes since midnight */
    MU_OPTION_CHOICE  /* a word of `choices`, its code into int */
};

struct mu_option {
    const char *name; /* without -- */
    enum mu_option_kind kind;
    size_t offset; /* in the record */
    const struct mu_choices *choices;
};

/* A row of an option whose value goes into the member of a `struct asked`. */
#define OPTION(name, kind, member)                                                                 \
    {                                                                                              \
        name, MU_OPTION_##kind, offsetof(struct asked, member), NULL                               \
    }
#define COUNT(options) (sizeof(options) / sizeof *(options))

enum { MU_CLI_OPTIONS = 24 }; /* of one command at most */

/* How one command is called. */
struct mu_syntax {
    const char *command; /* its name, for complaints */
    int operands;        /* that may follow the options, at most */
    bool json;           /* its report comes as JSON as well */
    const struct mu_option *option;
    size_t count;
};

/* Opens the desk, reads options into `record` and checks the number of operands, which begin at
 * optind. What is not given stays as it is in the record.
 *   output  NULL, or where --format, -o and --overwrite go; it is settled, too
 * Returns MU_OK, or the exit status after the complaint. */
int mu_cli_options(struct mu_cli *cli, const struct mu_syntax *syntax, int argc, char **argv,
                   void *record, struct mu_cli_output *output, struct mu_desk **desk);

/* The operand at optind, which is a whole positive number; `what` names it when it is missing.
 * MU_OK with optind behind it, or the exit status after the complaint. */
int mu_cli_operand_number(const struct mu_cli *cli, const struct mu_syntax *syntax, int argc,
                          char **argv, const char *what, int64_t *out);

#endif
