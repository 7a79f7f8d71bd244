#include "store/roster_store.h"

#include "store/register_store.h"

#include <mulin/base/text.h>

#include <string.h>

enum { TOKEN_COLUMN = MU_ROSTER_TEXT_GRID + 1, LINKED_COLUMN };

/* Numbered by enum mu_roster_text; those of homes last, so that a walk may do without. */
#define BARE_COLUMNS                                                                               \
    "r.resident_id, r.household_id, r.name, r.sex, r.birth_date, r.relation, r.residence,"         \
    " r.occupation, r.tags, r.card, r.status, r.ended_on"
#define COLUMNS BARE_COLUMNS ", p.estate, p.building, p.unit, p.room, h.number, h.occupancy, h.grid"

#define STANDS " r.status <> 4 AND r.linked_to IS NULL"
#define SELECT_ALL "SELECT " COLUMNS " FROM " MU_RESIDENT_TABLES " WHERE" STANDS
#define SELECT_BARE "SELECT " BARE_COLUMNS " FROM resident r WHERE" STANDS
#define BIRTH_COLUMNS "r.resident_id, NULL, NULL, NULL, r.birth_date FROM resident r WHERE"
#define BORN_AFTER " (r.birth_date, r.resident_id) > (?6, ?7) AND r.birth_date <= ?8"
#define BORN_BEFORE                                                                                \
    " (r.birth_date, r.resident_id) < (?6, ?7) AND r.birth_date >= ?8 AND r.birth_date > ''"
#define EARLIEST_FIRST " ORDER BY r.birth_date, r.resident_id"
#define LATEST_FIRST " ORDER BY r.birth_date DESC, r.resident_id DESC"
#define OF_HOMES " JOIN resident r ON r.household_id = h.household_id"

const char *mu_roster_row_text(const struct mu_roster_row *row, enum mu_roster_text column)
{
    return mu_column_borrow(row->query, (int)column);
}

int mu_roster_row_code(const struct mu_roster_row *row, enum mu_roster_text column)
{
    int code;

    mu_column_int(row->query, (int)column, &code);
    return code;
}

static bool is_code(const struct mu_query *query, enum mu_roster_text column, int wanted)
{
    return !wanted || mu_column_integer(query, (int)column) == wanted;
}

/* What is asked is looked at here and not in SQL, so that the walk can stop at any row. */
static bool passes(const struct mu_query *query, const struct mu_roster_test *test)
{
    const char *birth;

    if (!is_code(query, MU_ROSTER_TEXT_STATUS, test->status) ||
        !is_code(query, MU_ROSTER_TEXT_RESIDENCE, test->residence) ||
        (test->occupancy && !is_code(query, MU_ROSTER_TEXT_OCCUPANCY, test->occupancy)))
        return false;
    if (!*test->born_from && !*test->born_until)
        return true;
    birth = mu_column_borrow(query, MU_ROSTER_TEXT_BIRTH_DATE);
    return *birth && strcmp(birth, test->born_from) >= 0 &&
           (!*test->born_until || strcmp(birth, test->born_until) <= 0);
}

static struct mu_query by_number(struct mu_db *db, const struct mu_roster_walk *walk)
{
    bool bare = walk->kind == MU_ROSTER_BARE;
    struct mu_query query;

    if (bare)
        query = walk->descending ? mu_query(db, SELECT_BARE " AND r.resident_id < ?6"
                                                            " ORDER BY r.resident_id DESC")
                                 : mu_query(db, SELECT_BARE " AND r.resident_id > ?6"
                                                            " ORDER BY r.resident_id");
    else
        query = walk->descending ? mu_query(db, SELECT_ALL " AND r.resident_id < ?6"
                                                           " ORDER BY r.resident_id DESC")
                                 : mu_query(db, SELECT_ALL " AND r.resident_id > ?6"
                                                           " ORDER BY r.resident_id");
    mu_bind_integer(&query, 6, walk->descending && !walk->begun ? INT64_MAX : walk->last);
    return query;
}

static const char behind_all[] = "9999-99-99";

/* From the first date on, or from the last back; a slice goes on behind the last row. */
static struct mu_query by_birth(struct mu_db *db, struct mu_roster_walk *walk,
                                const struct mu_roster_test *test)
{
    bool bare = walk->kind == MU_ROSTER_BIRTH_ONLY;
    struct mu_query query;

    if (bare)
        query = walk->descending ? mu_query(db, "SELECT " BIRTH_COLUMNS BORN_BEFORE LATEST_FIRST)
                                 : mu_query(db, "SELECT " BIRTH_COLUMNS BORN_AFTER EARLIEST_FIRST);
    else
        query = walk->descending ? mu_query(db, SELECT_ALL " AND" BORN_BEFORE LATEST_FIRST)
                                 : mu_query(db, SELECT_ALL " AND" BORN_AFTER EARLIEST_FIRST);
    if (!walk->begun && walk->descending) {
        mu_text_copy(walk->first, sizeof walk->first, test->born_until);
        walk->last = INT64_MAX;
        if (!*walk->first)
            mu_text_copy(walk->first, sizeof walk->first, behind_all);
    } else if (!walk->begun) {
        mu_text_copy(walk->first, sizeof walk->first, test->born_from);
        walk->last = *walk->first ? 0 : INT64_MAX; /* behind those without a date */
    }
    mu_bind_text(&query, 6, walk->first);
    mu_bind_integer(&query, 7, walk->last);
    if (walk->descending)
        mu_bind_text(&query, 8, test->born_from);
    else
        mu_bind_text(&query, 8, *test->born_until ? test->born_until : behind_all);
    return query;
}

static struct mu_query of_homes(struct mu_db *db, const struct mu_roster_walk *walk)
{
    struct mu_query query;

    if (walk->kind == MU_ROSTER_OF_GRID) {
        query = mu_query(db, "SELECT " COLUMNS " FROM household h" OF_HOMES
                             " LEFT JOIN place p ON p.place_id = h.place_id WHERE" STANDS
                             " AND h.grid = ?6 AND h.household_id > ?7 ORDER BY h.household_id");
        mu_bind_text(&query, 6, walk->word);
        mu_bind_integer(&query, 7, walk->last);
    } else {
        query = mu_query(db, "SELECT " COLUMNS " FROM place p"
                             " JOIN household h ON h.place_id = p.place_id" OF_HOMES " WHERE" STANDS
                             " AND p.estate = ?6 AND p.building = ?7"
                             " AND (?8 = 0 OR (p.unit, p.room) > (?9, ?10))"
                             " ORDER BY p.unit, p.room");
        mu_bind_text(&query, 6, walk->estate);
        mu_bind_text(&query, 7, walk->building);
        mu_bind_integer(&query, 8, walk->begun);
        mu_bind_text(&query, 9, walk->first);
        mu_bind_text(&query, 10, walk->second);
    }
    return query;
}

/* The keys that begin with the word, or are it. */
static struct mu_query of_token(struct mu_db *db, const struct mu_roster_walk *walk)
{
    struct mu_query query =
        mu_query(db, "SELECT " COLUMNS ", k.token, r.linked_to FROM search_key k"
                     " JOIN resident r ON r.resident_id = k.resident_id"
                     " LEFT JOIN household h ON h.household_id = r.household_id"
                     " LEFT JOIN place p ON p.place_id = h.place_id"
                     " WHERE k.token >= ?6 AND k.token <= ?7 AND r.status <> 4"
                     " AND (k.token, k.resident_id) > (?8, ?9) ORDER BY k.token, k.resident_id");

    mu_bind_text(&query, 6, walk->word);
    mu_bind_text(&query, 7, walk->until);
    mu_bind_text(&query, 8, walk->first);
    mu_bind_integer(&query, 9, walk->last);
    return query;
}

static struct mu_query start(struct mu_db *db, struct mu_roster_walk *walk,
                             const struct mu_roster_test *test)
{
    struct mu_query query;

    switch (walk->kind) {
    case MU_ROSTER_BY_BIRTH:
    case MU_ROSTER_BIRTH_ONLY:
        return by_birth(db, walk, test);
    case MU_ROSTER_OF_GRID:
    case MU_ROSTER_OF_BUILDING:
        return of_homes(db, walk);
    case MU_ROSTER_OF_TAG:
        query = mu_query(db, "SELECT " COLUMNS " FROM resident_tag t"
                             " JOIN resident r ON r.resident_id = t.resident_id"
                             " LEFT JOIN household h ON h.household_id = r.household_id"
                             " LEFT JOIN place p ON p.place_id = h.place_id WHERE" STANDS
                             " AND t.word = ?6 AND t.resident_id > ?7 ORDER BY t.resident_id");
        mu_bind_text(&query, 6, walk->word);
        mu_bind_integer(&query, 7, walk->last);
        break;
    case MU_ROSTER_OF_TOKEN:
        return of_token(db, walk);
    case MU_ROSTER_ENDED:
        query = mu_query(db, SELECT_ALL " AND r.status <> 1 AND r.status = ?6"
                                        " AND r.resident_id > ?7 ORDER BY r.resident_id");
        mu_bind_integer(&query, 6, test->status);
        mu_bind_integer(&query, 7, walk->last);
        break;
    case MU_ROSTER_HOMELESS:
        query = mu_query(db, SELECT_ALL " AND r.household_id IS NULL AND r.resident_id > ?7"
                                        " ORDER BY r.resident_id");
        mu_bind_integer(&query, 7, walk->last);
        break;
    case MU_ROSTER_NO_BIRTH:
        query = mu_query(db, SELECT_ALL " AND r.birth_date = '' AND r.resident_id > ?7"
                                        " ORDER BY r.resident_id");
        mu_bind_integer(&query, 7, walk->last);
        break;
    default:
        return by_number(db, walk);
    }
    return query;
}

/* True at a row before which a walk can be taken up again. */
static bool at_border(const struct mu_roster_walk *walk, const struct mu_roster_row *row)
{
    if (walk->cut)
        return false;
    if (walk->kind == MU_ROSTER_OF_GRID)
        return row->household_id != walk->last;
    if (walk->kind == MU_ROSTER_OF_BUILDING)
        return strcmp(mu_roster_row_text(row, MU_ROSTER_TEXT_UNIT), walk->first) != 0 ||
               strcmp(mu_roster_row_text(row, MU_ROSTER_TEXT_ROOM), walk->second) != 0;
    return true;
}

static void step(struct mu_roster_walk *walk, const struct mu_roster_row *row)
{
    walk->last = walk->kind == MU_ROSTER_OF_GRID ? row->household_id : row->id;
    walk->begun = true;
    if (walk->kind == MU_ROSTER_OF_BUILDING) {
        walk->cut = !mu_text_copy(walk->first, sizeof walk->first,
                                  mu_roster_row_text(row, MU_ROSTER_TEXT_UNIT));
        walk->cut |= !mu_text_copy(walk->second, sizeof walk->second,
                                   mu_roster_row_text(row, MU_ROSTER_TEXT_ROOM));
    } else if (walk->kind == MU_ROSTER_OF_TOKEN) {
        walk->cut = !mu_text_copy(walk->first, sizeof walk->first,
                                  mu_column_borrow(row->query, TOKEN_COLUMN));
    } else if (walk->kind == MU_ROSTER_BY_BIRTH || walk->kind == MU_ROSTER_BIRTH_ONLY) {
        walk->cut = !mu_text_copy(walk->first, sizeof walk->first,
                                  mu_roster_row_text(row, MU_ROSTER_TEXT_BIRTH_DATE));
    }
}

enum mu_status mu_roster_walk(struct mu_db *db, struct mu_roster_walk *walk,
                              const struct mu_roster_test *test, mu_roster_each *each,
                              void *context, struct mu_error *error)
{
    /* What is bound stays as it is while the walk moves on. */
    struct mu_roster_walk from = *walk;
    struct mu_query query = start(db, &from, test);
    struct mu_roster_walk next = from;
    struct mu_roster_row row = {.query = &query};
    bool more = true, stopped = false;
    enum mu_status status;

    while (!stopped && mu_query_row(&query)) {
        int64_t before = next.last;

        row.id = mu_column_integer(&query, 0);
        row.household_id = mu_column_integer(&query, 1);
        stopped = !more && at_border(&next, &row);
        if (stopped)
            break;
        step(&next, &row);
        if (next.kind == MU_ROSTER_OF_TAG && row.id == before)
            continue; /* several times of one tag */
        row.passes = next.kind == MU_ROSTER_BIRTH_ONLY || passes(&query, test);
        row.linked_to =
            next.kind == MU_ROSTER_OF_TOKEN ? mu_column_integer(&query, LINKED_COLUMN) : 0;
        more = each(context, &row) && more;
    }
    next.ended = !stopped;
    status = mu_query_end(&query, error);
    if (status == MU_OK)
        *walk = next;
    return status;
}

enum mu_status mu_roster_left_out(struct mu_db *db, int status, mu_roster_number *each,
                                  void *context, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT resident_id FROM resident WHERE status <> 1 AND (?1 = 1 OR status = 4)"
                     " UNION ALL SELECT resident_id FROM resident WHERE linked_to IS NOT NULL");

    mu_bind_integer(&query, 1, status);
    while (mu_query_row(&query))
        if (!each(context, mu_column_integer(&query, 0)))
            break;
    return mu_query_end(&query, error);
}

enum mu_status mu_roster_leaders(struct mu_db *db, const char *word, mu_roster_number *each,
                                 void *context, struct mu_error *error)
{
    struct mu_query query =
        *word ? mu_query(db, "SELECT DISTINCT r.linked_to FROM resident r"
                             " JOIN resident_tag t ON t.resident_id = r.resident_id"
                             " WHERE t.word = ?1 AND r.linked_to IS NOT NULL")
              : mu_query(db, "SELECT DISTINCT linked_to FROM resident WHERE linked_to IS NOT NULL");

    if (*word)
        mu_bind_text(&query, 1, word);
    while (mu_query_row(&query))
        if (!each(context, mu_column_integer(&query, 0)))
            break;
    return mu_query_end(&query, error);
}

enum mu_status mu_roster_born(struct mu_db *db, const struct mu_roster_test *test, int64_t most,
                              int64_t *count, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT count(*) FROM (SELECT 1 FROM resident WHERE birth_date >= ?1"
                     " AND birth_date <= ?2 AND birth_date > '' LIMIT ?3) AS some");

    mu_bind_text(&query, 1, test->born_from);
    mu_bind_text(&query, 2, *test->born_until ? test->born_until : behind_all);
    mu_bind_integer(&query, 3, most);
    *count = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_roster_last(struct mu_db *db, int64_t *last, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT max(resident_id) FROM resident");

    *last = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}

enum mu_status mu_roster_resident(struct mu_db *db, int64_t id, bool number, bool *found,
                                  struct mu_resident *out, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT " MU_RESIDENT_COLUMNS " FROM " MU_RESIDENT_TABLES
                                         " WHERE r.resident_id = ?1 AND r.status <> 4");

    mu_bind_integer(&query, 1, id);
    *found = mu_query_row(&query);
    if (*found)
        mu_resident_from_row(&query, number ? MU_OPEN_NUMBER : MU_OPEN_NOTHING, out);
    return mu_query_end(&query, error);
}

enum mu_status mu_roster_home(struct mu_db *db, int64_t id, int64_t *household, int64_t *area,
                              struct mu_date *birth, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT r.household_id, p.area, r.birth_date FROM " MU_RESIDENT_TABLES
                     " WHERE r.resident_id = ?1");

    mu_bind_integer(&query, 1, id);
    *household = *area = 0;
    *birth = (struct mu_date){0, 0, 0};
    if (mu_query_row(&query)) {
        *household = mu_column_integer(&query, 0);
        *area = mu_column_integer(&query, 1);
        mu_column_date(&query, 2, birth);
    }
    return mu_query_end(&query, error);
}

enum mu_status mu_roster_saved(struct mu_db *db, int64_t operator_id, mu_roster_saved_row *row,
                               void *context, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT name, body FROM saved_list WHERE operator_id = ?1"
                                         " ORDER BY name");

    mu_bind_integer(&query, 1, operator_id);
    while (mu_query_row(&query))
        if (!row(context, mu_column_borrow(&query, 0), mu_column_borrow(&query, 1)))
            break;
    return mu_query_end(&query, error);
}

enum mu_status mu_roster_save(struct mu_db *db, int64_t operator_id, const char *name,
                              const char *body, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "INSERT INTO saved_list (operator_id, name, body)"
                                         " VALUES (?1, ?2, ?3) ON CONFLICT (operator_id, name)"
                                         " DO UPDATE SET body = excluded.body");

    mu_bind_integer(&query, 1, operator_id);
    mu_bind_text(&query, 2, name);
    mu_bind_text(&query, 3, body);
    return mu_query_run(&query, error);
}

enum mu_status mu_roster_forget(struct mu_db *db, int64_t operator_id, const char *name,
                                bool *found, struct mu_error *error)
{
    struct mu_query query = mu_query(db, "DELETE FROM saved_list WHERE operator_id = ?1"
                                         " AND name = ?2 RETURNING name");

    mu_bind_integer(&query, 1, operator_id);
    mu_bind_text(&query, 2, name);
    *found = false;
    while (mu_query_row(&query))
        *found = true;
    return mu_query_end(&query, error);
}
