#include "desk/masked_rows.h"

#include "desk/resident_file.h"

void mu_masked_rows_init(struct mu_masked_rows *rows, struct mu_desk *desk, mu_resident_row *row,
                         void *context)
{
    rows->row = row;
    rows->context = context;
    mu_teller_init(&rows->teller, desk);
}

bool mu_pass_masked(void *context, const struct mu_resident *resident)
{
    struct mu_masked_rows *rows = context;
    struct mu_resident copy = *resident;

    if (!mu_tell_tags(&rows->teller, &copy))
        return false;
    mu_file_mask(&copy);
    return rows->row(rows->context, &copy);
}

enum mu_status mu_masked_rows_status(const struct mu_masked_rows *rows, enum mu_status status,
                                     struct mu_error *error)
{
    if (status == MU_OK && rows->teller.status != MU_OK && error)
        *error = rows->teller.error;
    return status == MU_OK ? rows->teller.status : status;
}
