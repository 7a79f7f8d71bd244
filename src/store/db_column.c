#include "store/db.h"

#include <limits.h>
#include <string.h>

bool mu_column_date(const struct mu_query *query, int column, struct mu_date *out)
{
    char text[MU_DATE_SIZE];
    bool whole = mu_column_text(query, column, text, sizeof text);

    *out = (struct mu_date){0, 0, 0};
    return mu_date_read(text, out) && whole;
}

bool mu_column_int(const struct mu_query *query, int column, int *out)
{
    int64_t value = mu_column_integer(query, column);
    bool fits = value >= INT_MIN && value <= INT_MAX;

    *out = fits ? (int)value : 0;
    return fits;
}

bool mu_column_moment(const struct mu_query *query, int column, struct mu_moment *out)
{
    char text[MU_MOMENT_SIZE], iso[MU_MOMENT_SIZE];
    bool whole = mu_column_text(query, column, text, sizeof text);

    if (!mu_moment_parse(text, out))
        *out = (struct mu_moment){{0, 0, 0}, 0, 0};
    mu_moment_format(*out, iso);
    return whole && strcmp(text, iso) == 0;
}
