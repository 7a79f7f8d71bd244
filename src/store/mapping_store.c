#include "store/mapping_store.h"

enum mu_status mu_mapping_names(struct mu_db *db, mu_mapping_name_row *row, void *context,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT name, count(*) FROM header_mapping"
                                         " GROUP BY name ORDER BY name");

    while (mu_query_row(&query))
        if (!row(context, mu_column_borrow(&query, 0), mu_column_integer(&query, 1)))
            break;
    return mu_query_end(&query, error);
}

enum mu_status mu_mapping_lines(struct mu_db *db, const char *name, mu_mapping_line *line,
                                void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT header, field FROM header_mapping WHERE name = ?1 ORDER BY header");
    char header[512];

    mu_bind_text(&query, 1, name);
    while (mu_query_row(&query)) {
        mu_column_text(&query, 0, header, sizeof header);
        if (!line(context, header, mu_column_borrow(&query, 1)))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_mapping_remove(struct mu_db *db, const char *name, int64_t *lines,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "DELETE FROM header_mapping WHERE name = ?1 RETURNING header");
    int64_t count = 0;

    mu_bind_text(&query, 1, name);
    while (mu_query_row(&query))
        count++;
    if (lines)
        *lines = count;
    return mu_query_end(&query, error);
}

enum mu_status mu_mapping_add_line(struct mu_db *db, const char *name, const char *header,
                                   const char *field, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO header_mapping (name, header, field) VALUES (?1, ?2, ?3)");

    mu_bind_text(&query, 1, name);
    mu_bind_text(&query, 2, header);
    mu_bind_text(&query, 3, field);
    return mu_query_run(&query, error);
}
