#include "store/ticket_store.h"

enum mu_status mu_ticket_count(struct mu_db *db, int64_t meal_id, int *printed,
                               struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM ticket WHERE meal_id = ?1 AND printed = 1");

    mu_bind_integer(&query, 1, meal_id);
    *printed = 0;
    if (mu_query_row(&query))
        mu_column_int(&query, 0, printed);
    return mu_query_end(&query, error);
}

enum mu_status mu_ticket_number(struct mu_db *db, const struct mu_meal *meal, int *number,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT count(*) FROM meal WHERE date = ?1"
                                         " AND meal_id <= ?2 AND session = ?3");

    mu_bind_date(&query, 1, meal->date);
    mu_bind_integer(&query, 2, meal->id);
    mu_bind_text(&query, 3, meal->session);
    *number = 0;
    if (mu_query_row(&query))
        mu_column_int(&query, 0, number);
    return mu_query_end(&query, error);
}

enum mu_status mu_ticket_add(struct mu_db *db, int64_t meal_id, bool printed, const char *fault,
                             struct mu_moment ended_at, int64_t operator_id, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO ticket (meal_id, printed, fault, ended_at, operator_id)"
                     " VALUES (?1, ?2, ?3, ?4, ?5)");

    mu_moment_format(ended_at, moment);
    mu_bind_integer(&query, 1, meal_id);
    mu_bind_integer(&query, 2, printed);
    mu_bind_text(&query, 3, fault);
    mu_bind_text(&query, 4, moment);
    mu_bind_integer(&query, 5, operator_id);
    return mu_query_run(&query, error);
}
