#include "store/order_store.h"

#include "store/register_store.h"
#include "store/vault.h"
#include "store/written_row.h"

#include <stdio.h>
#include <string.h>

#define ORDER_COLUMNS                                                                              \
    "o.order_id, o.resident_id, o.version, o.session, o.weekdays, o.from_date, o.until_date,"      \
    " o.dish, o.serving, o.note, o.cancelled"
enum { ORDER_COLUMN_COUNT = 11 };

#define ABSENCE_COLUMNS                                                                            \
    "absence_id, resident_id, version, session, from_date, until_date, reason, cancelled"

/* The files of person ?1, whatever speaks for which. */
#define FILES_OF_PERSON                                                                            \
    " (SELECT ?1 AS file UNION ALL SELECT t.resident_id FROM resident t WHERE t.linked_to = ?1)"

/* The columns of an order begin at `first`. */
static void order_from_row(const struct mu_query *query, int first, struct mu_order *out)
{
    struct mu_seal_place place = {"canteen_order", "note", 0};
    bool whole = true;
    int weekdays;

    memset(out, 0, sizeof *out);
    out->id = place.row = mu_column_integer(query, first);
    out->resident_id = mu_column_integer(query, first + 1);
    whole &= mu_column_int(query, first + 2, &out->version);
    whole &= mu_column_text(query, first + 3, out->session, sizeof out->session);
    whole &= mu_column_int(query, first + 4, &weekdays);
    mu_weekdays_store(weekdays, out->weekdays);
    whole &= mu_column_date(query, first + 5, &out->from);
    whole &= mu_column_date(query, first + 6, &out->until);
    whole &= mu_column_text(query, first + 7, out->dish, sizeof out->dish);
    whole &= mu_column_int(query, first + 8, &out->serving);
    whole &= mu_column_sealed(query, first + 9, &place, out->note, sizeof out->note);
    whole &= mu_column_int(query, first + 10, &out->cancelled);
    out->incomplete = !whole;
}

enum mu_status mu_order_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_order *out,
                              struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " ORDER_COLUMNS " FROM canteen_order o WHERE o.order_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        order_from_row(&query, 0, out);
    return mu_query_end(&query, error);
}

/* What is sealed is sealed for its row, whose number must be known before. */
static enum mu_status next_number(struct mu_query query, int64_t *id, struct mu_error *error)
{
    if (mu_query_row(&query))
        *id = mu_column_integer(&query, 0);
    return mu_query_end(&query, error);
}

struct sealed_text {
    unsigned char bytes[MU_NOTE_SIZE + MU_SEAL_MORE];
    size_t length;
};

static enum mu_status seal_text(struct mu_db *db, const struct mu_seal_place *place,
                                const char *text, struct sealed_text *out, struct mu_error *error)
{
    const struct mu_seal_keys *keys;
    enum mu_status status = mu_vault_keys(db, &keys, error);

    out->length = 0;
    if (status != MU_OK || !*text)
        return status;
    mu_seal(keys, place, text, strlen(text), out->bytes);
    out->length = strlen(text) + MU_SEAL_MORE;
    return MU_OK;
}

/* Parameters that stay unbound are NULL. */
static void bind_sealed(struct mu_query *query, int index, const struct sealed_text *text)
{
    if (text->length)
        mu_bind_blob(query, index, text->bytes, text->length);
}

static enum mu_status refuse_incomplete(const char *what, int64_t id, struct mu_error *error)
{
    char number[24];

    snprintf(number, sizeof number, "%lld", (long long)id);
    return mu_fail(error, MU_STORE, MU_SAY_error_order_incomplete, what, number, NULL);
}

enum mu_status mu_order_write(struct mu_db *db, struct mu_order *order, bool *stale,
                              struct mu_error *error)
{
    struct mu_seal_place place = {"canteen_order", "note", order->id};
    struct sealed_text note;
    struct mu_query query;
    int weekdays = 0;
    enum mu_status status = MU_OK;

    *stale = false;
    if (order->incomplete || (*order->weekdays && !mu_weekdays_read(order->weekdays, &weekdays)))
        return refuse_incomplete("canteen_order", order->id, error);
    if (!order->id)
        status =
            next_number(mu_query(db, "SELECT coalesce(max(order_id), 0) + 1 FROM canteen_order"),
                        &place.row, error);
    if (status == MU_OK)
        status = seal_text(db, &place, order->note, &note, error);
    if (status != MU_OK)
        return status;
    query =
        order->id
            ? mu_query(db, "UPDATE canteen_order SET session = ?3, weekdays = ?4, from_date = ?5,"
                           " until_date = ?6, dish = ?7, serving = ?8, note = ?9,"
                           " cancelled = ?10, version = version + 1"
                           " WHERE order_id = ?1 AND resident_id = ?2 AND version = ?11"
                           " RETURNING version")
            : mu_query(db, "INSERT INTO canteen_order (order_id, resident_id, session, weekdays,"
                           " from_date, until_date, dish, serving, note, cancelled)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                           " RETURNING version");
    mu_bind_integer(&query, 1, place.row);
    mu_bind_integer(&query, 2, order->resident_id);
    mu_bind_text(&query, 3, order->session);
    mu_bind_integer(&query, 4, weekdays);
    mu_bind_date(&query, 5, order->from);
    mu_bind_date(&query, 6, order->until);
    mu_bind_text(&query, 7, order->dish);
    mu_bind_integer(&query, 8, order->serving);
    bind_sealed(&query, 9, &note);
    mu_bind_integer(&query, 10, order->cancelled);
    if (order->id)
        mu_bind_integer(&query, 11, order->version);
    status = mu_written_row(&query, NULL, &order->version, stale, error);
    if (status == MU_OK && !*stale)
        order->id = place.row;
    return status;
}

enum mu_status mu_order_of_person(struct mu_db *db, int64_t resident_id, struct mu_date from,
                                  mu_order_each *each, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT " ORDER_COLUMNS " FROM canteen_order o WHERE o.resident_id IN" FILES_OF_PERSON
            " AND o.cancelled = 0 AND (o.until_date = '' OR o.until_date >= ?2)"
            " ORDER BY o.session, o.from_date, o.order_id");
    struct mu_order order;

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_date(&query, 2, from);
    while (mu_query_row(&query)) {
        order_from_row(&query, 0, &order);
        if (!each(context, &order))
            break;
    }
    return mu_query_end(&query, error);
}

/* ---- a day ---- */

/* From orders o on: who speaks for the file, what the kitchen must know, and whether he told that
 * he will not come on day ?2. Columns: those of a resident, of the order, absent, diet. */
#define THEN_COLUMNS                                                                               \
    "SELECT " MU_RESIDENT_COLUMNS ", " ORDER_COLUMNS                                               \
    ", EXISTS (SELECT 1 FROM canteen_absence a WHERE a.resident_id IN (SELECT r.resident_id UNION" \
    " ALL SELECT t.resident_id FROM resident t WHERE t.linked_to = r.resident_id)"                 \
    " AND a.cancelled = 0 AND a.from_date <= ?2 AND (a.until_date = '' OR a.until_date >= ?2)"     \
    " AND a.session IN ('', o.session)), f.diet"
#define THEN_TABLES                                                                                \
    " JOIN resident own ON own.resident_id = o.resident_id"                                        \
    " JOIN resident r ON r.resident_id = coalesce(own.linked_to, own.resident_id)"                 \
    " LEFT JOIN household h ON h.household_id = r.household_id"                                    \
    " LEFT JOIN place p ON p.place_id = h.place_id"                                                \
    " LEFT JOIN person_file f ON f.resident_id = r.resident_id"
#define THEN_LIVING                                                                                \
    " AND (r.status = 1 OR (r.status IN (2, 3) AND r.ended_on > ?2))"                              \
    " AND (?3 = '' OR o.session = ?3)"                                                             \
    " ORDER BY o.session, r.resident_id, o.weekdays <> 0, o.order_id DESC"

static enum mu_status read_then(struct mu_query *query, mu_order_then_each *each, void *context,
                                struct mu_error *error)
{
    struct mu_seal_place place = {"person_file", "diet", 0};
    struct mu_order_then then;
    int next = MU_RESIDENT_COLUMN_COUNT + ORDER_COLUMN_COUNT;

    memset(&then, 0, sizeof then);
    while (mu_query_row(query)) {
        mu_resident_from_row(query, MU_OPEN_NOTHING, &then.resident);
        order_from_row(query, MU_RESIDENT_COLUMN_COUNT, &then.order);
        then.absent = mu_column_integer(query, next) != 0;
        place.row = then.resident.id;
        mu_column_sealed(query, next + 1, &place, then.diet, sizeof then.diet);
        if (!each(context, &then))
            break;
    }
    return mu_query_end(query, error);
}

enum mu_status mu_order_on(struct mu_db *db, struct mu_date day, const char *session,
                           mu_order_then_each *each, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, THEN_COLUMNS
        " FROM (SELECT order_id FROM canteen_order WHERE weekdays = 0 AND cancelled = 0"
        " AND from_date = ?2"
        " UNION ALL SELECT order_id FROM canteen_order WHERE weekdays <> 0 AND cancelled = 0"
        " AND until_date = '' AND from_date <= ?2"
        " UNION ALL SELECT order_id FROM canteen_order WHERE weekdays <> 0 AND cancelled = 0"
        " AND until_date >= ?2 AND from_date <= ?2) x"
        " JOIN canteen_order o ON o.order_id = x.order_id" THEN_TABLES
        " WHERE o.cancelled = 0" THEN_LIVING);

    mu_bind_date(&query, 2, day);
    mu_bind_text(&query, 3, session);
    return read_then(&query, each, context, error);
}

enum mu_status mu_order_on_of(struct mu_db *db, int64_t resident_id, struct mu_date day,
                              const char *session, mu_order_then_each *each, void *context,
                              struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, THEN_COLUMNS " FROM" FILES_OF_PERSON
                         " n CROSS JOIN canteen_order o ON o.resident_id = n.file" THEN_TABLES
                         " WHERE o.cancelled = 0 AND o.from_date <= ?2"
                         " AND (o.until_date = '' OR o.until_date >= ?2)" THEN_LIVING);

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_date(&query, 2, day);
    mu_bind_text(&query, 3, session);
    return read_then(&query, each, context, error);
}

/* ---- absence ---- */

static void absence_from_row(const struct mu_query *query, struct mu_absence *out)
{
    struct mu_seal_place place = {"canteen_absence", "reason", 0};
    bool whole = true;

    memset(out, 0, sizeof *out);
    out->id = place.row = mu_column_integer(query, 0);
    out->resident_id = mu_column_integer(query, 1);
    whole &= mu_column_int(query, 2, &out->version);
    whole &= mu_column_text(query, 3, out->session, sizeof out->session);
    whole &= mu_column_date(query, 4, &out->from);
    whole &= mu_column_date(query, 5, &out->until);
    whole &= mu_column_sealed(query, 6, &place, out->reason, sizeof out->reason);
    whole &= mu_column_int(query, 7, &out->cancelled);
    out->incomplete = !whole;
}

enum mu_status mu_absence_by_id(struct mu_db *db, int64_t id, bool *found, struct mu_absence *out,
                                struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT " ABSENCE_COLUMNS " FROM canteen_absence WHERE absence_id = ?1");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        absence_from_row(&query, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_absence_write(struct mu_db *db, struct mu_absence *absence, bool *stale,
                                struct mu_error *error)
{
    struct mu_seal_place place = {"canteen_absence", "reason", absence->id};
    struct sealed_text reason;
    struct mu_query query;
    enum mu_status status = MU_OK;

    *stale = false;
    if (absence->incomplete)
        return refuse_incomplete("canteen_absence", absence->id, error);
    if (!absence->id)
        status = next_number(
            mu_query(db, "SELECT coalesce(max(absence_id), 0) + 1 FROM canteen_absence"),
            &place.row, error);
    if (status == MU_OK)
        status = seal_text(db, &place, absence->reason, &reason, error);
    if (status != MU_OK)
        return status;
    query = absence->id
                ? mu_query(db, "UPDATE canteen_absence SET session = ?3, from_date = ?4,"
                               " until_date = ?5, reason = ?6, cancelled = ?7,"
                               " version = version + 1"
                               " WHERE absence_id = ?1 AND resident_id = ?2 AND version = ?8"
                               " RETURNING version")
                : mu_query(db, "INSERT INTO canteen_absence (absence_id, resident_id, session,"
                               " from_date, until_date, reason, cancelled)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING version");
    mu_bind_integer(&query, 1, place.row);
    mu_bind_integer(&query, 2, absence->resident_id);
    mu_bind_text(&query, 3, absence->session);
    mu_bind_date(&query, 4, absence->from);
    mu_bind_date(&query, 5, absence->until);
    bind_sealed(&query, 6, &reason);
    mu_bind_integer(&query, 7, absence->cancelled);
    if (absence->id)
        mu_bind_integer(&query, 8, absence->version);
    status = mu_written_row(&query, NULL, &absence->version, stale, error);
    if (status == MU_OK && !*stale)
        absence->id = place.row;
    return status;
}

enum mu_status mu_absence_of_person(struct mu_db *db, int64_t resident_id, struct mu_date from,
                                    mu_absence_each *each, void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(
        db, "SELECT " ABSENCE_COLUMNS " FROM canteen_absence WHERE resident_id IN" FILES_OF_PERSON
            " AND cancelled = 0 AND (until_date = '' OR until_date >= ?2)"
            " ORDER BY from_date, absence_id");
    struct mu_absence absence;

    mu_bind_integer(&query, 1, resident_id);
    mu_bind_date(&query, 2, from);
    while (mu_query_row(&query)) {
        absence_from_row(&query, &absence);
        if (!each(context, &absence))
            break;
    }
    return mu_query_end(&query, error);
}
