#include "store/points_past_store.h"

#include <mulin/domain/calendar.h>

#include <stdio.h>

#define SERVICE_COLUMNS                                                                            \
    "s.service_id, s.entry_id, coalesce(r.linked_to, s.resident_id), s.duty, s.date, s.starts_at," \
    " s.minutes, s.times, s.forgotten, s.points, s.reversed_by, s.team"

static bool service_from_row(const struct mu_query *query, struct mu_month_service *out)
{
    bool whole;

    *out = (struct mu_month_service){.id = mu_column_integer(query, 0),
                                     .service = {.entry_id = mu_column_integer(query, 1),
                                                 .resident_id = mu_column_integer(query, 2),
                                                 .was.count = mu_column_integer(query, 9),
                                                 .reversed_by = mu_column_integer(query, 10)},
                                     .forgotten = mu_column_integer(query, 8) != 0};
    whole = mu_column_text(query, 3, out->duty, sizeof out->duty);
    whole &= mu_column_date(query, 4, &out->service.date);
    whole &= mu_column_int(query, 5, &out->service.starts_at);
    whole &= mu_column_int(query, 6, &out->service.minutes);
    whole &= mu_column_int(query, 7, &out->service.times);
    return whole & mu_column_text(query, 11, out->team, sizeof out->team);
}

enum mu_status mu_month_services(struct mu_db *db, const struct mu_month_service *after,
                                 struct mu_date to, size_t limit, struct mu_month_service *out,
                                 size_t *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " SERVICE_COLUMNS
                     " FROM service s JOIN resident r ON r.resident_id = s.resident_id"
                     " WHERE (s.date, s.duty, s.service_id) > (?1, ?2, ?3) AND s.date <= ?4"
                     " AND s.entry_id IS NOT NULL ORDER BY s.date, s.duty, s.service_id LIMIT ?5");
    char number[24];
    bool whole = true;
    size_t read = 0;
    enum mu_status status;

    mu_bind_date(&query, 1, after->service.date);
    mu_bind_text(&query, 2, after->duty);
    mu_bind_integer(&query, 3, after->id);
    mu_bind_date(&query, 4, to);
    mu_bind_integer(&query, 5, (int64_t)limit);
    while (whole && read < limit && mu_query_row(&query))
        whole = service_from_row(&query, &out[read++]);
    status = mu_query_end(&query, error);
    if (status == MU_OK && !whole) {
        snprintf(number, sizeof number, "%lld", (long long)out[read - 1].service.entry_id);
        return mu_fail(error, MU_STORE, MU_SAY_error_entry_altered, number, NULL);
    }
    if (status == MU_OK)
        *count = read;
    return status;
}

enum mu_status mu_month_service_count(struct mu_db *db, struct mu_date from, struct mu_date to,
                                      int64_t *count, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT count(*) FROM service"
                                         " WHERE date BETWEEN ?1 AND ?2 AND entry_id IS NOT NULL");
    int64_t number = 0;
    enum mu_status status;

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, to);
    if (mu_query_row(&query))
        number = mu_column_integer(&query, 0);
    status = mu_query_end(&query, error);
    if (status == MU_OK)
        *count = number;
    return status;
}

enum mu_status mu_service_of_entry(struct mu_db *db, int64_t entry_id, bool *found,
                                   struct mu_month_service *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " SERVICE_COLUMNS " FROM service s JOIN resident r"
                                         " ON r.resident_id = s.resident_id WHERE s.entry_id = ?1");
    struct mu_month_service service;
    char number[24];
    bool row, whole = true;
    enum mu_status status;

    mu_bind_integer(&query, 1, entry_id);
    row = mu_query_row(&query);
    if (row)
        whole = service_from_row(&query, &service);
    status = mu_query_end(&query, error);
    snprintf(number, sizeof number, "%lld", (long long)entry_id);
    if (status == MU_OK && !whole)
        status = mu_fail(error, MU_STORE, MU_SAY_error_entry_altered, number, NULL);
    if (status != MU_OK)
        return status;
    if (row)
        *out = service;
    *found = row;
    return MU_OK;
}

enum mu_status mu_earned_before(struct mu_db *db, int64_t resident_id, struct mu_date day,
                                int64_t entry_id, struct mu_points *of_day,
                                struct mu_points *of_month, struct mu_error *error)
{
    struct mu_date first = {day.year, day.month, 1};
    struct mu_query query =
        mu_query(db, "SELECT coalesce(sum(CASE WHEN date = ?1 THEN points END), 0),"
                     " coalesce(sum(points), 0) FROM service WHERE date BETWEEN ?2 AND ?3"
                     " AND entry_id < ?4 AND (reversed_by IS NULL OR reversed_by > ?4)"
                     " AND resident_id IN (SELECT resident_id FROM resident"
                     " WHERE coalesce(linked_to, resident_id) = (SELECT coalesce(linked_to,"
                     " resident_id) FROM resident WHERE resident_id = ?5))");
    int64_t sums[2] = {0, 0};
    enum mu_status status;

    mu_bind_date(&query, 1, day);
    mu_bind_date(&query, 2, first);
    mu_bind_date(&query, 3, mu_month_end(first));
    mu_bind_integer(&query, 4, entry_id);
    mu_bind_integer(&query, 5, resident_id);
    if (mu_query_row(&query))
        for (int i = 0; i < 2; i++)
            sums[i] = mu_column_integer(&query, i);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    of_day->count = sums[0];
    of_month->count = sums[1];
    return MU_OK;
}

enum mu_status mu_rating_of_entry(struct mu_db *db, int64_t entry_id, bool *found,
                                  struct mu_past_rating *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT source, date, score FROM rating WHERE entry_id = ?1");
    struct mu_past_rating rating;
    bool row;
    enum mu_status status;

    mu_bind_integer(&query, 1, entry_id);
    row = mu_query_row(&query);
    if (row)
        row = mu_column_text(&query, 0, rating.source, sizeof rating.source) &&
              mu_column_date(&query, 1, &rating.date) && mu_column_int(&query, 2, &rating.score);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    if (row)
        *out = rating;
    *found = row;
    return MU_OK;
}

enum mu_status mu_goods_of_entry(struct mu_db *db, int64_t entry_id, bool *found,
                                 struct mu_past_goods *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT g.name, g.unit, m.pieces FROM goods_move m JOIN goods g"
                     " ON g.goods_id = m.goods_id WHERE m.entry_id = ?1");
    struct mu_past_goods goods;
    bool row;
    enum mu_status status;

    mu_bind_integer(&query, 1, entry_id);
    row = mu_query_row(&query);
    if (row) {
        goods.pieces = mu_column_integer(&query, 2);
        row = mu_column_text(&query, 0, goods.name, sizeof goods.name) &&
              mu_column_text(&query, 1, goods.unit, sizeof goods.unit);
    }
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    if (row)
        *out = goods;
    *found = row;
    return MU_OK;
}

static enum mu_status read_id(struct mu_query *query, int64_t entry_id, int64_t *out,
                              struct mu_error *error)
{
    int64_t id = 0;
    enum mu_status status;

    mu_bind_integer(query, 1, entry_id);
    if (mu_query_row(query))
        id = mu_column_integer(query, 0);
    status = mu_query_end(query, error);
    if (status == MU_OK)
        *out = id;
    return status;
}

enum mu_status mu_reversal_of_entry(struct mu_db *db, int64_t entry_id, int64_t *reversal,
                                    struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT entry_id FROM ledger_entry WHERE reverses = ?1");

    return read_id(&query, entry_id, reversal, error);
}

enum mu_status mu_meal_of_entry(struct mu_db *db, int64_t entry_id, int64_t *meal_id,
                                struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT meal_id FROM meal WHERE entry_id = ?1");

    return read_id(&query, entry_id, meal_id, error);
}
