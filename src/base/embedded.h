/* Text files that were built into the program (see src/embed.cmake). */
#ifndef MULIN_SRC_BASE_EMBEDDED_H
#define MULIN_SRC_BASE_EMBEDDED_H

#include <stddef.h>

struct mu_embedded {
    const char *name; /* file name without folder and ending; NULL ends the table */
    const char *text; /* NUL-terminated */
    size_t length;    /* bytes without the NUL */
};

extern const struct mu_embedded mu_embedded_migrations[]; /* in order of their names */
extern const struct mu_embedded mu_embedded_presets[];

#endif
