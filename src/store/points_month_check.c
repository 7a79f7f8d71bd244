#include "base/growing.h"
#include "domain/points_month_seal.h"
#include "store/chain.h"
#include "store/points_month_store.h"

#include <stdlib.h>
#include <string.h>

/* Everybody under one number: files that were ever linked, one with another, are compared together,
 * because nobody knows any more which spoke for which when a month was closed. */
struct side {
    int64_t root;
    struct mu_points_sums month; /* what the entries come to, less what was sealed */
    int64_t minutes;             /* up to the month, by the entries, */
    int64_t earned, balance;     /* likewise */
    int64_t sealed_minutes, sealed_earned, sealed_balance; /* and as they were sealed */
};

struct pair {
    int64_t first, second;
};

struct check {
    struct mu_db *db;
    struct side *side; /* owned; by root */
    size_t count, room;
    struct pair *pair; /* owned; ever linked */
    size_t pairs, pair_room;
    bool no_memory;
    struct mu_points_month month, sum; /* as the row has it, as its lines have */
    struct mu_chain_hash seal;
};

/* The smallest number that is tied to this one; the pairs are few. */
static int64_t root_of(const struct check *check, int64_t resident_id)
{
    bool moved = check->pairs > 0;

    while (moved) {
        moved = false;
        for (size_t i = 0; i < check->pairs; i++)
            if (check->pair[i].second == resident_id && check->pair[i].first < resident_id) {
                resident_id = check->pair[i].first;
                moved = true;
            }
    }
    return resident_id;
}

static enum mu_status read_pairs(struct check *check, struct mu_error *error)
{
    struct mu_query query =
        mu_query(check->db, "SELECT first_id, second_id FROM twin WHERE verdict = 1"
                            " UNION SELECT min(resident_id, linked_to), max(resident_id, linked_to)"
                            " FROM resident WHERE linked_to IS NOT NULL ORDER BY 1, 2");

    while (!check->no_memory && mu_query_row(&query)) {
        struct pair *grown = mu_grown(check->pair, check->pairs, &check->pair_room, sizeof *grown);

        check->no_memory = !grown;
        if (!grown)
            break;
        check->pair = grown;
        check->pair[check->pairs++] =
            (struct pair){mu_column_integer(&query, 0), mu_column_integer(&query, 1)};
    }
    return mu_query_end(&query, error);
}

/* Two larger files that were each linked with a smaller one tie those two together. */
static void tie_roots(struct check *check)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (size_t i = 0; i < check->pairs; i++) {
            int64_t first = root_of(check, check->pair[i].first);
            int64_t second = root_of(check, check->pair[i].second);

            if (first == second)
                continue;
            check->pair[i].first = first < second ? first : second;
            check->pair[i].second = first < second ? second : first;
            changed = true;
        }
    }
}

static struct side *side_of(struct check *check, int64_t resident_id)
{
    int64_t root = root_of(check, resident_id);
    size_t low = 0, high = check->count;
    struct side *grown;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (check->side[middle].root < root)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < check->count && check->side[low].root == root)
        return &check->side[low];
    grown = mu_grown(check->side, check->count, &check->room, sizeof *grown);
    check->no_memory |= !grown;
    if (!grown)
        return NULL;
    check->side = grown;
    memmove(grown + low + 1, grown + low, (check->count++ - low) * sizeof *grown);
    grown[low] = (struct side){.root = root};
    return &grown[low];
}

static bool take_sums(void *context, const struct mu_points_file_sums *sums)
{
    struct check *check = context;
    struct side *side = side_of(check, sums->resident_id);
    const struct mu_points_sums *moved = &sums->moved;

    if (!side)
        return false;
    side->minutes += moved->minutes;
    side->earned += moved->earned.count;
    side->balance += moved->earned.count - moved->spent.count - moved->expired.count;
    if (sums->month == check->month.month)
        mu_points_sums_add(&side->month, moved);
    return true;
}

static bool take_line(void *context, int month, const struct mu_points_month_line *line)
{
    struct check *check = context;
    struct side *side = side_of(check, line->resident_id);
    struct mu_points_sums *left;

    (void)month;
    mu_points_seal_line(&check->seal, line);
    if (!side)
        return false;
    left = &side->month;
    left->services -= line->moved.services;
    left->minutes -= line->moved.minutes;
    left->earned.count -= line->moved.earned.count;
    left->spent.count -= line->moved.spent.count;
    left->expired.count -= line->moved.expired.count;
    side->sealed_minutes += line->total_minutes;
    side->sealed_earned += line->total_earned.count;
    side->sealed_balance += line->balance.count;
    mu_points_sums_add(&check->sum.moved, &line->moved);
    check->sum.balance = mu_points_add(check->sum.balance, line->balance);
    check->sum.people += line->moved.services || line->moved.minutes || line->moved.earned.count ||
                         line->moved.spent.count || line->moved.expired.count;
    return true;
}

static bool same(const struct mu_points_sums *a, const struct mu_points_sums *b)
{
    return a->services == b->services && a->minutes == b->minutes &&
           a->earned.count == b->earned.count && a->spent.count == b->spent.count &&
           a->expired.count == b->expired.count;
}

/* Begins anew for the next month; false when the sealed lines are not what the entries come to. */
static bool settle(struct check *check)
{
    static const struct mu_points_sums nothing;
    bool sound = same(&check->month.moved, &check->sum.moved) &&
                 check->month.people == check->sum.people &&
                 check->month.balance.count == check->sum.balance.count;

    for (size_t i = 0; i < check->count; i++) {
        struct side *side = &check->side[i];

        sound &= same(&side->month, &nothing) && side->minutes == side->sealed_minutes &&
                 side->earned == side->sealed_earned && side->balance == side->sealed_balance;
        side->month = nothing;
        side->sealed_minutes = side->sealed_earned = side->sealed_balance = 0;
    }
    return sound;
}

/* The row against the ledger entry that stands for it. */
struct entry {
    char key[MU_KEY_SIZE];
    unsigned char document[MU_HASH_SIZE];
    bool sound;
};

static enum mu_status read_entry(struct check *check, struct entry *out, struct mu_error *error)
{
    unsigned char head[MU_HASH_SIZE];
    struct mu_query query =
        mu_query(check->db, "SELECT e.idempotency_key, e.document, h.hash,"
                            " e.rule_id = '" MU_POINTS_MONTH_RULE "' AND e.book = 'points'"
                            " AND ?2 = ?1 - 1 FROM ledger_entry e"
                            " LEFT JOIN ledger_entry h ON h.entry_id = ?2 WHERE e.entry_id = ?1");

    *out = (struct entry){0};
    mu_bind_integer(&query, 1, check->month.entry_id);
    mu_bind_integer(&query, 2, check->month.last_entry);
    if (mu_query_row(&query)) {
        out->sound = mu_column_text(&query, 0, out->key, sizeof out->key);
        mu_column_hash(&query, 1, out->document);
        mu_column_hash(&query, 2, head);
        out->sound &= memcmp(head, check->month.head, sizeof head) == 0;
        out->sound &= mu_column_integer(&query, 3) == 1;
    }
    return mu_query_end(&query, error);
}

static enum mu_status check_month(struct check *check, int before, bool *sound,
                                  struct mu_error *error)
{
    unsigned char hash[MU_HASH_SIZE];
    int month = check->month.month;
    struct entry entry;
    bool stopped;
    enum mu_status status = read_entry(check, &entry, error);

    check->sum = (struct mu_points_month){0};
    mu_points_seal_begin(&check->seal, entry.key);
    if (status == MU_OK)
        status =
            mu_points_month_lines(check->db, month, month, MU_ALL_FILES, take_line, check, error);
    if (status == MU_OK && !check->no_memory)
        status = mu_points_month_sums(check->db, before + 1, month, MU_ALL_FILES, take_sums, NULL,
                                      check, &stopped, error);
    if (status == MU_OK && check->no_memory)
        return mu_fail_memory(error);
    mu_points_seal_end(&check->seal, &check->month, hash);
    *sound = settle(check) && entry.sound && memcmp(hash, entry.document, sizeof hash) == 0;
    return status;
}

static enum mu_status next_month(struct check *check, struct mu_error *error)
{
    int next = 0;
    struct mu_query query =
        mu_query(check->db, "SELECT coalesce(min(month), 0) FROM points_month WHERE month > ?1");
    enum mu_status status;

    mu_bind_integer(&query, 1, check->month.month);
    if (mu_query_row(&query))
        mu_column_int(&query, 0, &next);
    status = mu_query_end(&query, error);
    return status == MU_OK ? mu_points_month_read(check->db, next, &check->month, error) : status;
}

enum mu_status mu_points_month_find_wrong(struct mu_db *db, int *month, int64_t *entry_id,
                                          struct mu_error *error)
{
    struct check check = {.db = db};
    struct mu_query query;
    bool sound = true;
    enum mu_status status = read_pairs(&check, error);

    *month = 0;
    *entry_id = 0;
    tie_roots(&check);
    if (status == MU_OK && check.no_memory)
        status = mu_fail_memory(error);
    while (status == MU_OK && sound) {
        int before = check.month.month;

        status = next_month(&check, error);
        if (status != MU_OK || !check.month.month)
            break;
        status = check_month(&check, before, &sound, error);
        if (status == MU_OK && !sound)
            *month = check.month.month;
    }
    free(check.side);
    free(check.pair);
    if (status != MU_OK)
        return status;
    query = mu_query(db, "SELECT e.entry_id FROM ledger_entry e LEFT JOIN points_month p"
                         " ON p.entry_id = e.entry_id WHERE e.rule_id = '" MU_POINTS_MONTH_RULE "'"
                         " AND p.month IS NULL ORDER BY e.entry_id LIMIT 1");
    *entry_id = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    return mu_query_end(&query, error);
}
