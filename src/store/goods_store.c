#include "store/goods_store.h"

#include "store/chain.h"

#include <mulin/domain/points.h>

#include <string.h>

#define GOODS_COLUMNS "goods_id, name, unit, price, per_month, offered, stock, version"
/* What the last line of an entry moves is what people gained: there stands the kind's account. */
#define MOVE_COLUMNS                                                                               \
    "m.move_id, m.goods_id, m.kind, m.pieces, m.date, m.resident_id, m.entry_id, m.returns,"       \
    " m.reason, m.operator_id, m.moved_at, b.move_id, g.name, g.unit, r.name, o.name,"             \
    " (SELECT l.amount FROM ledger_posting l WHERE l.entry_id = m.entry_id"                        \
    " ORDER BY l.line DESC LIMIT 1)"
enum { MOVE_COLUMN_COUNT = 17 }; /* columns behind these begin here */
#define MOVE_TABLES                                                                                \
    "goods_move m LEFT JOIN goods_move b ON b.returns = m.move_id"                                 \
    " LEFT JOIN goods g ON g.goods_id = m.goods_id"                                                \
    " LEFT JOIN resident r ON r.resident_id = m.resident_id"                                       \
    " LEFT JOIN operator o ON o.operator_id = m.operator_id"
#define FILES_OF(leading)                                                                          \
    "(SELECT " leading " UNION ALL SELECT resident_id FROM resident WHERE linked_to = " leading ")"

/* False when the row says anything that goods cannot. */
static bool goods_from_row(const struct mu_query *query, struct mu_goods *out)
{
    bool whole;

    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    whole = mu_column_text(query, 1, out->name, sizeof out->name);
    whole &= mu_column_text(query, 2, out->unit, sizeof out->unit);
    out->price.count = mu_column_integer(query, 3);
    whole &= mu_column_int(query, 4, &out->per_month);
    out->offered = mu_column_integer(query, 5) != 0;
    out->stock = mu_column_integer(query, 6);
    whole &= mu_column_int(query, 7, &out->version);
    return whole;
}

enum mu_status mu_goods_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_goods *out,
                              struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " GOODS_COLUMNS " FROM goods WHERE goods_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        goods_from_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_goods_all(struct mu_db *db, bool all, mu_goods_store_row *row, void *context,
                            struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " GOODS_COLUMNS " FROM goods"
                                         " WHERE offered = 1 OR ?1 ORDER BY name, goods_id");
    bool more = true;

    mu_bind_integer(&query, 1, all);
    while (more && mu_query_row(&query)) {
        struct mu_goods goods;

        goods_from_row(&query, &goods);
        more = row(context, &goods);
    }
    return mu_query_end(&query, error);
}

static void bind_goods(struct mu_query *query, const struct mu_goods *goods)
{
    mu_bind_text(query, 1, goods->name);
    mu_bind_text(query, 2, goods->unit);
    mu_bind_integer(query, 3, goods->price.count);
    mu_bind_integer(query, 4, goods->per_month);
    mu_bind_integer(query, 5, goods->offered);
}

enum mu_status mu_goods_add(struct mu_db *db, struct mu_goods *goods, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO goods (name, unit, price, per_month, offered)"
                                         " VALUES (?1, ?2, ?3, ?4, ?5)");
    enum mu_status status;

    bind_goods(&query, goods);
    status = mu_query_run(&query, error);
    if (status != MU_OK)
        return status;
    goods->id = mu_db_last_id(db);
    goods->version = 1;
    goods->stock = 0;
    return MU_OK;
}

enum mu_status mu_goods_write(struct mu_db *db, struct mu_goods *goods, bool *stale,
                              struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "UPDATE goods SET name = ?1, unit = ?2, price = ?3, per_month = ?4,"
                     " offered = ?5, version = version + 1 WHERE goods_id = ?6 AND version = ?7"
                     " RETURNING version, stock");

    bind_goods(&query, goods);
    mu_bind_integer(&query, 6, goods->id);
    mu_bind_integer(&query, 7, goods->version);
    *stale = !mu_query_row(&query);
    if (!*stale) {
        mu_column_int(&query, 0, &goods->version);
        goods->stock = mu_column_integer(&query, 1);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_goods_next_move(struct mu_db *db, int64_t *id, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT coalesce(max(move_id), 0) + 1 FROM goods_move");

    if (mu_query_row(&query))
        *id = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

static enum mu_status move_stock(struct mu_db *db, const struct mu_goods_move *move,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(db, "UPDATE goods SET stock = stock + ?2 WHERE goods_id = ?1");

    mu_bind_integer(&query, 1, move->goods_id);
    mu_bind_integer(&query, 2, move->pieces);
    return mu_query_run(&query, error);
}

enum mu_status mu_goods_move_add(struct mu_db *db, const struct mu_goods_move *move,
                                 struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "INSERT INTO goods_move (move_id, goods_id, kind, pieces, date, resident_id,"
                     " entry_id, returns, reason, operator_id, moved_at)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    char moment[MU_MOMENT_SIZE];
    enum mu_status status;

    mu_moment_format(move->moved_at, moment);
    mu_bind_integer(&query, 1, move->id);
    mu_bind_integer(&query, 2, move->goods_id);
    mu_bind_text(&query, 3, mu_goods_kind_word(move->kind));
    mu_bind_integer(&query, 4, move->pieces);
    mu_bind_date(&query, 5, move->date);
    mu_bind_reference(&query, 6, move->resident_id);
    mu_bind_reference(&query, 7, move->entry_id);
    mu_bind_reference(&query, 8, move->returns);
    mu_bind_text(&query, 9, move->reason);
    mu_bind_integer(&query, 10, move->operator_id);
    mu_bind_text(&query, 11, moment);
    status = mu_query_run(&query, error);
    return status == MU_OK ? move_stock(db, move, error) : status;
}

/* False when the row says anything that a movement cannot. */
static bool move_from_row(const struct mu_query *query, struct mu_goods_move *out)
{
    bool whole;

    memset(out, 0, sizeof *out);
    out->id = mu_column_integer(query, 0);
    out->goods_id = mu_column_integer(query, 1);
    whole = mu_goods_kind_from_word(mu_column_borrow(query, 2), &out->kind);
    out->pieces = mu_column_integer(query, 3);
    whole &= mu_column_date(query, 4, &out->date);
    out->resident_id = mu_column_integer(query, 5);
    out->entry_id = mu_column_integer(query, 6);
    out->returns = mu_column_integer(query, 7);
    whole &= mu_column_text(query, 8, out->reason, sizeof out->reason);
    out->operator_id = mu_column_integer(query, 9);
    whole &= mu_column_moment(query, 10, &out->moved_at);
    out->returned_by = mu_column_integer(query, 11);
    mu_column_text(query, 12, out->goods_name, sizeof out->goods_name);
    mu_column_text(query, 13, out->goods_unit, sizeof out->goods_unit);
    mu_column_text(query, 14, out->name, sizeof out->name);
    mu_column_text(query, 15, out->operator_name, sizeof out->operator_name);
    out->points.count = mu_column_integer(query, 16);
    return whole;
}

enum mu_status mu_goods_move_read(struct mu_db *db, int64_t id, bool *found,
                                  struct mu_goods_move *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " MOVE_COLUMNS " FROM " MOVE_TABLES " WHERE m.move_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        move_from_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_goods_basket(struct mu_db *db, const char *base, int64_t *move_id,
                               struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT m.move_id FROM ledger_entry e"
                                         " JOIN goods_move m ON m.entry_id = e.entry_id"
                                         " WHERE e.idempotency_key = ?1 || ':1'");

    mu_bind_text(&query, 1, base);
    *move_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_goods_together(struct mu_db *db, int64_t move_id, struct mu_goods_move *out,
                                 size_t *count, struct mu_error *error)
{
    /* The keys of one basket are the same up to the colon. */
    struct mu_query query =
        mu_query(db, "SELECT " MOVE_COLUMNS " FROM (SELECT substr(e.idempotency_key, 1,"
                     " instr(e.idempotency_key, ':')) AS base FROM goods_move x"
                     " JOIN ledger_entry e ON e.entry_id = x.entry_id WHERE x.move_id = ?1) k"
                     " JOIN ledger_entry e ON e.idempotency_key >= k.base"
                     " AND e.idempotency_key < substr(k.base, 1, length(k.base) - 1) || ';'"
                     " JOIN goods_move m ON m.entry_id = e.entry_id"
                     " LEFT JOIN goods_move b ON b.returns = m.move_id"
                     " LEFT JOIN goods g ON g.goods_id = m.goods_id"
                     " LEFT JOIN resident r ON r.resident_id = m.resident_id"
                     " LEFT JOIN operator o ON o.operator_id = m.operator_id"
                     " WHERE k.base <> '' ORDER BY m.move_id LIMIT ?2");

    mu_bind_integer(&query, 1, move_id);
    mu_bind_integer(&query, 2, MU_BASKET);
    *count = 0;
    while (*count < MU_BASKET && mu_query_row(&query))
        move_from_row(&query, &out[(*count)++]);
    return mu_query_end(&query, error);
}

/* All movements, those of goods, those of a person. */
static struct mu_query start_moves(struct mu_db *db, int64_t goods_id, int64_t resident_id)
{
    if (resident_id)
        return mu_query(db, "SELECT " MOVE_COLUMNS " FROM " MOVE_TABLES
                            " WHERE m.resident_id IN " FILES_OF(
                                "?2") " AND (?1 = 0"
                                      " OR m.goods_id = ?1) AND m.date BETWEEN ?3 AND ?4"
                                      " ORDER BY m.move_id DESC LIMIT ?5");
    if (goods_id)
        return mu_query(db, "SELECT " MOVE_COLUMNS " FROM " MOVE_TABLES
                            " WHERE m.goods_id = ?1 AND ?2 = 0 AND m.date BETWEEN ?3 AND ?4"
                            " ORDER BY m.move_id DESC LIMIT ?5");
    return mu_query(db, "SELECT " MOVE_COLUMNS " FROM " MOVE_TABLES
                        " WHERE ?1 = 0 AND ?2 = 0 AND m.date BETWEEN ?3 AND ?4"
                        " ORDER BY m.move_id DESC LIMIT ?5");
}

enum mu_status mu_goods_moves(struct mu_db *db, int64_t goods_id, int64_t resident_id,
                              struct mu_date from, struct mu_date to, size_t limit,
                              mu_goods_move_store_row *row, void *context, struct mu_error *error)
{
    struct mu_query query = start_moves(db, goods_id, resident_id);
    bool more = true;

    mu_bind_integer(&query, 1, goods_id);
    mu_bind_integer(&query, 2, resident_id);
    mu_bind_date(&query, 3, from);
    mu_bind_date(&query, 4, mu_date_known(to) ? to : (struct mu_date){2999, 12, 31});
    mu_bind_integer(&query, 5, limit ? (int64_t)limit : -1);
    while (more && mu_query_row(&query)) {
        struct mu_goods_move move;

        move_from_row(&query, &move);
        more = row(context, &move);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_goods_taken(struct mu_db *db, int64_t goods_id, int64_t leading,
                              struct mu_date from, int64_t *pieces, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT coalesce(-sum(m.pieces), 0) FROM goods_move m"
                     " LEFT JOIN goods_move b ON b.returns = m.move_id"
                     " WHERE m.resident_id IN " FILES_OF(
                         "?2") " AND m.date >= ?3"
                               " AND m.goods_id = ?1 AND m.kind = 'given' AND b.move_id IS NULL");

    mu_bind_integer(&query, 1, goods_id);
    mu_bind_integer(&query, 2, leading);
    mu_bind_date(&query, 3, from);
    if (mu_query_row(&query))
        *pieces = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

enum mu_status mu_points_purse(struct mu_db *db, int64_t leading, int64_t named,
                               struct mu_purse *out, int64_t *all, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT f.resident_id, coalesce(b.amount, 0) AS amount,"
                     " sum(coalesce(b.amount, 0)) OVER ()"
                     " FROM (SELECT ?1 AS resident_id"
                     " UNION ALL SELECT resident_id FROM resident WHERE linked_to = ?1) f"
                     " LEFT JOIN ledger_account a ON a.book = 'points'"
                     " AND a.code = 'person:' || f.resident_id"
                     " LEFT JOIN balance b ON b.account_id = a.account_id"
                     " ORDER BY f.resident_id = ?2 DESC, coalesce(b.amount, 0) LIMIT ?3");
    struct mu_purse found = {0};
    int64_t sum = 0;
    enum mu_status status;

    mu_bind_integer(&query, 1, leading);
    mu_bind_integer(&query, 2, named);
    mu_bind_integer(&query, 3, MU_PURSE_FILES);
    while (mu_query_row(&query) && found.count < MU_PURSE_FILES) {
        struct mu_purse_part *part = &found.part[found.count++];

        part->resident_id = mu_column_integer(&query, 0);
        part->fen = mu_column_integer(&query, 1);
        sum = mu_column_integer(&query, 2);
    }
    status = mu_query_end(&query, error);
    if (status == MU_OK) {
        *out = found;
        *all = -sum;
    }
    return status;
}

enum mu_status mu_points_stood(struct mu_db *db, int64_t leading, int64_t entry_id,
                               struct mu_points *out, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT coalesce(sum(points), 0) FROM points_line"
                     " WHERE resident_id IN " FILES_OF("?1") " AND entry_id <= ?2");

    mu_bind_integer(&query, 1, leading);
    mu_bind_integer(&query, 2, entry_id);
    if (mu_query_row(&query))
        out->count = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

/* What somebody gained up to the end of month ?1, but for what came back; what is gone; and both
 * together. ?2: the kind of what came back. */
#define AGES                                                                                       \
    " coalesce(sum(l.points) FILTER (WHERE l.points > 0 AND l.kind <> ?2 AND l.month <= ?1), 0),"  \
    " coalesce(-sum(l.points) FILTER (WHERE l.points < 0 OR l.kind = ?2), 0),"                     \
    " coalesce(sum(l.points), 0)"

static void ages_from_row(const struct mu_query *query, struct mu_points_ages *out)
{
    out->resident_id = mu_column_integer(query, 0);
    out->earned_until.count = mu_column_integer(query, 1);
    out->gone.count = mu_column_integer(query, 2);
    out->balance.count = mu_column_integer(query, 3);
}

enum mu_status mu_points_ages_of(struct mu_db *db, int64_t leading, int through,
                                 struct mu_points_ages *out, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT ?3," AGES " FROM points_line l WHERE l.resident_id IN " FILES_OF("?3"));

    mu_bind_integer(&query, 1, through);
    mu_bind_integer(&query, 2, MU_POINTS_RETURN);
    mu_bind_integer(&query, 3, leading);
    if (mu_query_row(&query))
        ages_from_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_points_ages(struct mu_db *db, int through, int64_t after, size_t limit,
                              struct mu_points_ages *out, size_t *count, struct mu_error *error)
{
    /* Walks the people, so that no page sorts all lines. */
    struct mu_query query = mu_query(
        db, "SELECT p.resident_id," AGES " FROM (SELECT resident_id FROM resident"
            " WHERE linked_to IS NULL AND resident_id > ?3 AND EXISTS (SELECT 1 FROM points_line o"
            " WHERE o.resident_id = resident.resident_id OR o.resident_id IN (SELECT t.resident_id"
            " FROM resident t WHERE t.linked_to = resident.resident_id))"
            " ORDER BY resident_id LIMIT ?4) p"
            " JOIN points_line l ON l.resident_id = p.resident_id OR l.resident_id IN"
            " (SELECT t.resident_id FROM resident t WHERE t.linked_to = p.resident_id)"
            " GROUP BY p.resident_id ORDER BY p.resident_id");

    mu_bind_integer(&query, 1, through);
    mu_bind_integer(&query, 2, MU_POINTS_RETURN);
    mu_bind_integer(&query, 3, after);
    mu_bind_integer(&query, 4, (int64_t)limit);
    *count = 0;
    while (*count < limit && mu_query_row(&query))
        ages_from_row(&query, &out[(*count)++]);
    return mu_query_end(&query, error);
}

/* What a movement that moved points has to be the document of. */
static bool fits(const struct mu_query *query, const struct mu_goods_move *move)
{
    unsigned char hash[MU_HASH_SIZE], document[MU_HASH_SIZE];

    mu_goods_hash(move, mu_column_integer(query, MOVE_COLUMN_COUNT),
                  mu_column_borrow(query, MOVE_COLUMN_COUNT + 1), hash);
    mu_column_hash(query, MOVE_COLUMN_COUNT + 2, document);
    return memcmp(hash, document, sizeof hash) == 0 &&
           mu_column_integer(query, MOVE_COLUMN_COUNT + 3) == 1;
}

static enum mu_status find_wrong_move(struct mu_db *db, int64_t *move_id, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT " MOVE_COLUMNS ", m.stock, e.idempotency_key, e.document,"
            " e.book = 'points' AND e.date = m.date"
            " AND e.rule_id = 'goods' AND e.reverses IS (SELECT x.entry_id FROM goods_move x"
            " WHERE x.move_id = m.returns)"
            " AND (m.returns IS NULL OR EXISTS (SELECT 1 FROM goods_move x"
            " WHERE x.move_id = m.returns AND x.pieces = -m.pieces AND x.goods_id = m.goods_id)),"
            " m.number FROM (SELECT *, sum(pieces) OVER (PARTITION BY goods_id ORDER BY move_id)"
            " AS stock, row_number() OVER (ORDER BY move_id) AS number FROM goods_move) m"
            " LEFT JOIN goods_move b ON b.returns = m.move_id"
            " LEFT JOIN goods g ON g.goods_id = m.goods_id"
            " LEFT JOIN resident r ON r.resident_id = m.resident_id"
            " LEFT JOIN operator o ON o.operator_id = m.operator_id"
            " LEFT JOIN ledger_entry e ON e.entry_id = m.entry_id ORDER BY m.move_id");

    *move_id = 0;
    while (*move_id == 0 && mu_query_row(&query)) {
        struct mu_goods_move move;
        bool whole = move_from_row(&query, &move);

        if (!whole || mu_column_integer(&query, MOVE_COLUMN_COUNT + 4) != move.id ||
            (move.entry_id && !fits(&query, &move)))
            *move_id = move.id;
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_goods_find_wrong(struct mu_db *db, int64_t *move_id, int64_t *entry_id,
                                   int64_t *goods_id, struct mu_error *error)
{
    struct mu_query query;
    enum mu_status status = find_wrong_move(db, move_id, error);

    *entry_id = *goods_id = 0;
    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT l.entry_id FROM ledger_account a"
                         " JOIN ledger_posting l ON l.account_id = a.account_id"
                         " LEFT JOIN goods_move m ON m.entry_id = l.entry_id"
                         " WHERE a.book = 'points' AND a.code IN ('goods', 'return')"
                         " AND m.move_id IS NULL ORDER BY l.entry_id LIMIT 1");
    if (mu_query_row(&query))
        *entry_id = mu_column_integer(&query, 0);
    status = mu_query_end(&query, error);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT g.goods_id FROM goods g WHERE g.stock <> (SELECT"
                         " coalesce(sum(m.pieces), 0) FROM goods_move m"
                         " WHERE m.goods_id = g.goods_id) ORDER BY g.goods_id LIMIT 1");
    if (mu_query_row(&query))
        *goods_id = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}
