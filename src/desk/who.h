/* Who is meant by what was typed or scanned. */
#ifndef MULIN_SRC_DESK_WHO_H
#define MULIN_SRC_DESK_WHO_H

#include "desk/desk_internal.h"

#include <mulin/domain/resident.h>

enum mu_who {
    MU_WHO_FOUND,
    MU_WHO_EMPTY,   /* nothing was named */
    MU_WHO_NOBODY,  /* answers to it */
    MU_WHO_SEVERAL, /* answer to it */
    MU_WHO_CARD_ENDED
};

/* A card or a whole ID number means that person; otherwise just one must answer, or one of this
 * very name. Not inside a transaction: it is a search. No right is asked but find_resident where a
 * search is needed.
 *   out  the file, as a row of a list at least; untouched unless MU_OK
 * MU_REFUSED with *what, MU_STORE. */
enum mu_status mu_who(struct mu_desk *desk, const char *text, enum mu_who *what,
                      struct mu_resident *out, struct mu_error *error) MU_CHECKED;

#endif
