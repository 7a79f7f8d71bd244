#include "store/db.h"

#include <mulin/base/text.h>

#include <limits.h>
#include <string.h>

/* Unbound parameters are NULL. */
void mu_bind_optional(struct mu_query *query, int index, const char *text)
{
    if (*text)
        mu_bind_text(query, index, text);
}

void mu_bind_reference(struct mu_query *query, int index, int64_t value)
{
    if (value)
        mu_bind_integer(query, index, value);
}

enum mu_status mu_query_run(struct mu_query *query, struct mu_error *error)
{
    while (mu_query_row(query))
        continue;
    return mu_query_end(query, error);
}

bool mu_column_text(const struct mu_query *query, int column, char *out, size_t size)
{
    const char *text = mu_column_borrow(query, column);
    size_t length = mu_column_length(query, column);

    if (!*text) { /* also one for which there was no memory */
        *out = '\0';
        return length == 0;
    }
    if (length >= size) {
        mu_text_copy(out, size, text);
        return false;
    }
    memcpy(out, text, length);
    out[length] = '\0';
    return !memchr(text, '\0', length);
}

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
