/* Rows of people as they may be seen: tags told, numbers masked. */
#ifndef MULIN_SRC_DESK_MASKED_ROWS_H
#define MULIN_SRC_DESK_MASKED_ROWS_H

#include "desk/resident_tags.h"

#include <mulin/desk/register.h>

struct mu_masked_rows {
    mu_resident_row *row;
    void *context;
    struct mu_teller teller;
};

void mu_masked_rows_init(struct mu_masked_rows *rows, struct mu_desk *desk, mu_resident_row *row,
                         void *context);
/* A mu_register_row over struct mu_masked_rows. */
bool mu_pass_masked(void *context, const struct mu_resident *resident);
/* The status of reading rows, or that of telling them. */
enum mu_status mu_masked_rows_status(const struct mu_masked_rows *rows, enum mu_status status,
                                     struct mu_error *error) MU_CHECKED;

#endif
