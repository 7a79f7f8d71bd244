/* A file that is there whole or not at all: it is written without a name (or under a temporary one
 * beside it) and gets its own when all of it is on the disk. */
#ifndef MULIN_SRC_BASE_OUTPUT_FILE_H
#define MULIN_SRC_BASE_OUTPUT_FILE_H

#include <stdbool.h>
#include <stdio.h>

struct mu_output_file {
    FILE *file; /* to write to; NULL when nothing is open */
    char *path;
    char *temporary; /* the name under which it stands; NULL: it has none */
};

/* Starts the file for `path`, readable by its owner only. False, and nothing is open, with errno
 * otherwise. */
bool mu_output_open(struct mu_output_file *out, const char *path);

/* Brings the file to the disk and gives it its name; what had the name is replaced, or without
 * `replace` kept, with EEXIST. Closes it in any case. False with errno: then what had the name
 * stays, and of the new one nothing is left. */
bool mu_output_finish(struct mu_output_file *output, bool replace);

/* Closes the file without a trace; nothing happens when none is open. */
void mu_output_drop(struct mu_output_file *output);

#endif
