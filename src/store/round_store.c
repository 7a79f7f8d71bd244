#include "store/round_store.h"

#include "store/vault.h"

#include <string.h>

#define LAST_RETURN                                                                                \
    "t.return_id = (SELECT max(return_id) FROM delivery_return WHERE stop_id = s.stop_id)"

enum mu_status mu_round_of(struct mu_db *db, const struct mu_round *round, struct mu_moment now,
                           int64_t operator_id, int64_t *id, struct mu_error *error)
{
    char moment[MU_MOMENT_SIZE];
    struct mu_query query =
        mu_query(db, "INSERT INTO delivery_round (date, session, courier, made_at, operator_id)"
                     " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (date, session, courier)"
                     " DO UPDATE SET courier = excluded.courier RETURNING round_id");

    mu_moment_format(now, moment);
    mu_bind_date(&query, 1, round->date);
    mu_bind_text(&query, 2, round->session);
    mu_bind_text(&query, 3, round->courier);
    mu_bind_text(&query, 4, moment);
    mu_bind_integer(&query, 5, operator_id);
    while (mu_query_row(&query))
        *id = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

#define ROUNDS                                                                                     \
    "SELECT r.round_id, r.date, r.session, r.courier, count(s.stop_id),"                           \
    " sum(CASE WHEN s.stop_id IS NOT NULL AND t.return_id IS NULL THEN 1 ELSE 0 END),"             \
    " sum(CASE WHEN t.outcome = 2 THEN 1 ELSE 0 END) FROM delivery_round r"                        \
    " LEFT JOIN delivery_stop s ON s.round_id = r.round_id"                                        \
    " LEFT JOIN delivery_return t ON t.stop_id = s.stop_id AND " LAST_RETURN

static void read_round(const struct mu_query *query, struct mu_round *out)
{
    *out = (struct mu_round){.id = mu_column_integer(query, 0)};
    mu_column_date(query, 1, &out->date);
    mu_column_text(query, 2, out->session, sizeof out->session);
    mu_column_text(query, 3, out->courier, sizeof out->courier);
    mu_column_int(query, 4, &out->stops);
    mu_column_int(query, 5, &out->not_told);
    mu_column_int(query, 6, &out->no_answer);
}

enum mu_status mu_round_read(struct mu_db *db, int64_t id, bool *found, struct mu_round *out,
                             struct mu_error *error)
{
    struct mu_query query = mu_query(db, ROUNDS " WHERE r.round_id = ?1 GROUP BY r.round_id,"
                                                " r.date, r.session, r.courier");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        read_round(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_round_list(struct mu_db *db, struct mu_date date, mu_round_each *each,
                             void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, ROUNDS " WHERE r.date = ?1 GROUP BY r.round_id, r.date, r.session, r.courier"
                   " HAVING count(s.stop_id) > 0 ORDER BY r.session, r.courier, r.round_id");
    struct mu_round round;

    mu_bind_date(&query, 1, date);
    while (mu_query_row(&query)) {
        read_round(&query, &round);
        if (!each(context, &round))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_stop_add(struct mu_db *db, const struct mu_round *round, int64_t resident_id,
                           bool *added, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO delivery_stop (round_id, date, session, resident_id)"
                     " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (date, session, resident_id) DO NOTHING"
                     " RETURNING stop_id");

    mu_bind_integer(&query, 1, round->id);
    mu_bind_date(&query, 2, round->date);
    mu_bind_text(&query, 3, round->session);
    mu_bind_integer(&query, 4, resident_id);
    *added = false;
    while (mu_query_row(&query))
        *added = true;
    return mu_query_end(&query, error);
}

enum mu_status mu_stop_move(struct mu_db *db, int64_t stop_id, int64_t round_id,
                            struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "UPDATE delivery_stop SET round_id = ?2 WHERE stop_id = ?1");

    mu_bind_integer(&query, 1, stop_id);
    mu_bind_integer(&query, 2, round_id);
    return mu_query_run(&query, error);
}

#define STOPS                                                                                      \
    "SELECT s.stop_id, s.round_id, s.date, s.session, coalesce(p.linked_to, p.resident_id),"       \
    " t.return_id, t.outcome, t.meal_id, t.told, t.returned_at, o.name FROM delivery_stop s"       \
    " JOIN resident p ON p.resident_id = s.resident_id"                                            \
    " LEFT JOIN delivery_return t ON t.stop_id = s.stop_id AND " LAST_RETURN                       \
    " LEFT JOIN operator o ON o.operator_id = t.operator_id"

static void read_stop(const struct mu_query *query, struct mu_stop *out)
{
    struct mu_seal_place place = {"delivery_return", "told", 0};

    *out = (struct mu_stop){.id = mu_column_integer(query, 0),
                            .round_id = mu_column_integer(query, 1),
                            .resident_id = mu_column_integer(query, 4),
                            .return_id = mu_column_integer(query, 5),
                            .meal_id = mu_column_integer(query, 7)};
    mu_column_date(query, 2, &out->date);
    mu_column_text(query, 3, out->session, sizeof out->session);
    mu_column_int(query, 6, &out->delivery);
    place.row = out->return_id;
    mu_column_sealed(query, 8, &place, out->told, sizeof out->told);
    mu_column_moment(query, 9, &out->told_at);
    mu_column_text(query, 10, out->told_by, sizeof out->told_by);
}

enum mu_status mu_stop_read(struct mu_db *db, int64_t id, bool *found, struct mu_stop *out,
                            struct mu_error *error)
{
    struct mu_query query = mu_query(db, STOPS " WHERE s.stop_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        read_stop(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_stop_list(struct mu_db *db, int64_t round_id, mu_stop_each *each, void *context,
                            struct mu_error *error)
{
    struct mu_query query = mu_query(db, STOPS " WHERE s.round_id = ?1 ORDER BY s.stop_id");
    struct mu_stop stop;

    mu_bind_integer(&query, 1, round_id);
    while (mu_query_row(&query)) {
        read_stop(&query, &stop);
        if (!each(context, &stop))
            break;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_stop_of(struct mu_db *db, int64_t resident_id, struct mu_date date,
                          const char *session, int64_t *stop_id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT stop_id FROM delivery_stop WHERE date = ?1"
                                         " AND session = ?2 AND resident_id = ?3");

    mu_bind_date(&query, 1, date);
    mu_bind_text(&query, 2, session);
    mu_bind_integer(&query, 3, resident_id);
    *stop_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

/* A text sealed for its row; it is borrowed until the query ends. */
struct sealed_text {
    unsigned char bytes[MU_NOTE_SIZE + MU_SEAL_MORE];
};

/* Unbound parameters are NULL. */
static void bind_sealed(struct mu_query *query, int index, const struct mu_seal_keys *keys,
                        const struct mu_seal_place *place, const char *text,
                        struct sealed_text *out)
{
    size_t length = strlen(text);

    if (!length)
        return;
    mu_seal(keys, place, text, length, out->bytes);
    mu_bind_blob(query, index, out->bytes, length + MU_SEAL_MORE);
}

static enum mu_status next_return(struct mu_db *db, int64_t *id, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT coalesce(max(return_id), 0) + 1 FROM delivery_return");

    *id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_stop_tell(struct mu_db *db, const struct mu_stop *stop, const char *reason,
                            int64_t operator_id, struct mu_error *error)
{
    struct mu_seal_place told_place = {"delivery_return", "told", 0};
    struct mu_seal_place reason_place = {"delivery_return", "reason", 0};
    struct sealed_text told, why;
    char moment[MU_MOMENT_SIZE];
    const struct mu_seal_keys *keys;
    struct mu_query query;
    int64_t id = 0;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    if (status == MU_OK)
        status = next_return(db, &id, error);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "INSERT INTO delivery_return (return_id, stop_id, outcome, meal_id, told,"
                         " reason, returned_at, operator_id)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    told_place.row = reason_place.row = id;
    mu_moment_format(stop->told_at, moment);
    mu_bind_integer(&query, 1, id);
    mu_bind_integer(&query, 2, stop->id);
    mu_bind_integer(&query, 3, stop->delivery);
    mu_bind_reference(&query, 4, stop->meal_id);
    bind_sealed(&query, 5, keys, &told_place, stop->told, &told);
    bind_sealed(&query, 6, keys, &reason_place, reason, &why);
    mu_bind_text(&query, 7, moment);
    mu_bind_integer(&query, 8, operator_id);
    return mu_query_run(&query, error);
}

enum mu_status mu_stop_not_told(struct mu_db *db, struct mu_date from, struct mu_date to,
                                const char *session, int64_t *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM delivery_stop s WHERE s.date BETWEEN ?1 AND ?2"
                     " AND (?3 = '' OR s.session = ?3) AND NOT EXISTS"
                     " (SELECT 1 FROM delivery_return t WHERE t.stop_id = s.stop_id)");

    mu_bind_date(&query, 1, from);
    mu_bind_date(&query, 2, to);
    mu_bind_text(&query, 3, session);
    *count = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}
