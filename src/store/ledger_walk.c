#include "store/ledger_walk.h"

#include "store/ledger_store.h"
#include "store/points_store.h"

#include <mulin/domain/points.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLICE = 8192,         /* entries or lines that are read under one lock */
    ACCOUNTS = 1 << 16,   /* that are kept: of each number modulo this the last one */
    ACCOUNTS_MORE = 1000, /* that desks may make while the chain is walked */
};

struct account {
    int64_t id;     /* 0: none is kept here */
    int64_t person; /* of 'person:' and a number in the points book, or 0 */
    enum mu_book book;
    bool whole; /* it is there, and nothing of it was lost in reading */
    char code[MU_ACCOUNT_SIZE];
};

struct walk {
    struct mu_db *db;
    struct mu_ledger_report *report;
    struct account *account;     /* owned, ACCOUNTS of them */
    int64_t *sum;                /* owned: of postings, by account */
    int64_t sums;                /* how many there is room for */
    int64_t most;                /* accounts when the walk began */
    bool summed, pointed;        /* all sums, all lines, could be taken */
    struct mu_fingerprint moved; /* of points, by entry and person */
};

/* ---- accounts ---- */

/* The number behind 'person:', as the desk writes it; 0 for anything else. */
static int64_t person_of(const char *code)
{
    static const char prefix[] = "person:";
    char again[MU_ACCOUNT_SIZE];
    int64_t person;

    if (strncmp(code, prefix, sizeof prefix - 1) != 0)
        return 0;
    person = strtoll(code + sizeof prefix - 1, NULL, 10);
    snprintf(again, sizeof again, "%s%" PRId64, prefix, person);
    return strcmp(code, again) == 0 ? person : -1;
}

static enum mu_status read_account(struct walk *walk, int64_t id, struct account *out,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(walk->db, "SELECT book, code FROM ledger_account WHERE account_id = ?1");

    *out = (struct account){.id = id};
    mu_bind_integer(&query, 1, id);
    if (mu_query_row(&query)) {
        out->whole = mu_book_from_word(mu_column_borrow(&query, 0), &out->book);
        out->whole &= mu_column_text(&query, 1, out->code, sizeof out->code);
    }
    if (out->whole && out->book == MU_BOOK_POINTS)
        out->person = person_of(out->code);
    return mu_query_end(&query, error);
}

static enum mu_status find_account(struct walk *walk, int64_t id, const struct account **out,
                                   struct mu_error *error)
{
    struct account *kept = &walk->account[(uint64_t)id % ACCOUNTS];

    *out = kept;
    return kept->id == id && id ? MU_OK : read_account(walk, id, kept, error);
}

/* ---- what postings come to ---- */

/* Numbers of accounts have no gaps where a desk made them. */
static bool make_room(struct walk *walk, int64_t id)
{
    int64_t wanted = walk->most + ACCOUNTS_MORE;

    if (walk->sum || id < 0 || id >= wanted)
        return false;
    walk->sum = calloc((size_t)wanted, sizeof *walk->sum);
    if (walk->sum)
        walk->sums = wanted;
    return walk->sum != NULL;
}

static void add_up(struct walk *walk, const struct mu_entry *entry, const struct account *account,
                   int64_t amount)
{
    const int64_t row[2] = {entry->id, account->person};

    if (walk->summed && account->id >= walk->sums)
        walk->summed = make_room(walk, account->id);
    if (walk->summed)
        walk->summed = account->id >= 0 && !__builtin_add_overflow(walk->sum[account->id], amount,
                                                                   &walk->sum[account->id]);
    if (account->person < 0)
        walk->pointed = false;
    else if (account->person)
        mu_fingerprint_add(&walk->moved, row, 2, amount);
}

/* ---- the chain ---- */

/* Posting rows: entry, line, account, amount. Takes those of the entry; more than it can have are
 * counted but not kept, so that it cannot balance. */
static enum mu_status take_postings(struct walk *walk, struct mu_query *postings, bool *more,
                                    struct mu_entry *entry, bool *whole, struct mu_error *error)
{
    for (; *more && mu_column_integer(postings, 0) == entry->id; *more = mu_query_row(postings)) {
        const struct account *account;
        enum mu_status status = find_account(walk, mu_column_integer(postings, 2), &account, error);
        int64_t amount = mu_column_integer(postings, 3);

        if (status != MU_OK)
            return status;
        if (entry->posting_count < MU_POSTINGS) {
            struct mu_posting *posting = &entry->posting[entry->posting_count];

            memcpy(posting->account, account->code, sizeof posting->account);
            posting->amount = amount;
        }
        entry->posting_count++;
        *whole &= account->whole && account->book == entry->book &&
                  mu_column_integer(postings, 1) == (int64_t)entry->posting_count;
        add_up(walk, entry, account, amount);
    }
    return MU_OK;
}

/* The entry is the next of the chain, and sound. */
static bool entry_sound(const struct mu_entry *entry, bool whole, struct mu_chain_report *report)
{
    unsigned char hash[MU_HASH_SIZE];

    report->entry_id = entry->id;
    if (entry->id != report->entries + 1)
        report->fault = MU_CHAIN_GAP;
    else if (!mu_entry_balanced(entry))
        report->fault = MU_CHAIN_UNBALANCED;
    else {
        mu_entry_hash(entry, report->head, hash);
        report->fault =
            whole && memcmp(hash, entry->hash, MU_HASH_SIZE) == 0 ? MU_CHAIN_SOUND : MU_CHAIN_HASH;
    }
    if (report->fault != MU_CHAIN_SOUND)
        return false;
    report->entry_id = 0;
    report->entries++;
    memcpy(report->head, entry->hash, MU_HASH_SIZE);
    return true;
}

/* Inside a read transaction. Entries and postings are read side by side, each in the order of its
 * own table: nothing is looked up and nothing sorted. */
static enum mu_status walk_slice(struct walk *walk, struct mu_error *error)
{
    struct mu_chain_report *report = &walk->report->chain;
    struct mu_query entries = mu_query(walk->db, "SELECT " MU_ENTRY_COLUMNS " FROM ledger_entry e"
                                                 " WHERE e.entry_id > ?1 ORDER BY e.entry_id"
                                                 " LIMIT ?2");
    struct mu_query postings =
        mu_query(walk->db, "SELECT entry_id, line, account_id, amount FROM ledger_posting"
                           " WHERE entry_id > ?1 ORDER BY entry_id, line");
    bool sound = true, more;
    enum mu_status status = MU_OK, ended;
    struct mu_entry entry;

    mu_bind_integer(&entries, 1, report->entries);
    mu_bind_integer(&entries, 2, SLICE);
    mu_bind_integer(&postings, 1, report->entries);
    more = mu_query_row(&postings);
    while (status == MU_OK && sound && mu_query_row(&entries)) {
        bool whole = mu_entry_from_row(&entries, &entry);

        status = take_postings(walk, &postings, &more, &entry, &whole, error);
        if (status == MU_OK)
            sound = entry_sound(&entry, whole, report);
    }
    ended = mu_query_end(&postings, status == MU_OK ? error : NULL);
    if (status == MU_OK)
        status = ended;
    ended = mu_query_end(&entries, status == MU_OK ? error : NULL);
    return status == MU_OK ? ended : status;
}

/* The numbers of the chain have no gap: what else is posted stands before or behind it. */
static enum mu_status find_orphan(struct walk *walk, struct mu_error *error)
{
    struct mu_chain_report *report = &walk->report->chain;
    struct mu_query query =
        mu_query(walk->db, "SELECT entry_id FROM (SELECT min(entry_id) AS entry_id"
                           " FROM ledger_posting UNION ALL SELECT max(entry_id)"
                           " FROM ledger_posting) AS ends WHERE entry_id NOT BETWEEN 1 AND ?1");

    mu_bind_integer(&query, 1, report->entries);
    if (mu_query_row(&query)) {
        report->fault = MU_CHAIN_ORPHAN;
        report->entry_id = mu_column_integer(&query, 0);
    }
    return mu_query_end(&query, error);
}

/* ---- balances ---- */

static enum mu_status compare_balances(struct walk *walk, struct mu_error *error)
{
    struct mu_query query =
        mu_query(walk->db, "SELECT a.account_id, coalesce(b.amount, 0) FROM ledger_account a"
                           " LEFT JOIN balance b ON b.account_id = a.account_id"
                           " ORDER BY a.account_id");
    int64_t *wrong = &walk->report->wrong_account;

    while (*wrong == 0 && mu_query_row(&query)) {
        int64_t id = mu_column_integer(&query, 0);
        int64_t sum = id >= 0 && id < walk->sums ? walk->sum[id] : 0;

        if (sum != mu_column_integer(&query, 1))
            *wrong = id;
    }
    return mu_query_end(&query, error);
}

/* The end of the chain and the balances have to be of one state of the records. */
static enum mu_status finish_chain(struct walk *walk, struct mu_error *error)
{
    struct mu_chain_report *report = &walk->report->chain;
    int64_t before;
    enum mu_status status = mu_db_begin_read(walk->db, error);

    if (status != MU_OK)
        return status;
    do {
        before = report->entries;
        status = walk_slice(walk, error);
    } while (status == MU_OK && report->fault == MU_CHAIN_SOUND && report->entries > before);
    if (status == MU_OK && report->fault == MU_CHAIN_SOUND)
        status = find_orphan(walk, error);
    if (status == MU_OK && report->fault == MU_CHAIN_SOUND)
        status = walk->summed
                     ? compare_balances(walk, error)
                     : mu_account_find_wrong(walk->db, &walk->report->wrong_account, error);
    mu_db_end_read(walk->db);
    return status;
}

/* ---- lines of points ---- */

static enum mu_status find_rating(struct walk *walk, int64_t entry_id, struct mu_error *error)
{
    struct mu_query query = mu_query(walk->db, "SELECT 1 FROM rating WHERE entry_id = ?1");
    int64_t *first = &walk->report->no_rating;

    mu_bind_integer(&query, 1, entry_id);
    if (!mu_query_row(&query) && (*first == 0 || entry_id < *first))
        *first = entry_id;
    return mu_query_end(&query, error);
}

/* Lines of entries behind the last one that was walked are of desks that are at work. */
static enum mu_status take_line(struct walk *walk, const struct mu_points_line *line,
                                struct mu_error *error)
{
    const int64_t moved[2] = {line->entry_id, line->resident_id};
    const int64_t served[4] = {line->entry_id, line->resident_id, line->points.count,
                               line->minutes};

    if (line->entry_id > walk->report->chain.entries)
        return MU_OK;
    mu_fingerprint_add(&walk->moved, moved, 2, line->points.count);
    if (line->kind == MU_POINTS_SERVICE)
        mu_fingerprint_add(&walk->report->services, served, 4, 1);
    return line->kind == MU_POINTS_RATING ? find_rating(walk, line->entry_id, error) : MU_OK;
}

/* *last is the line that was read before, and gets the last one of the slice. */
static enum mu_status take_lines(struct walk *walk, struct mu_points_line *last, int *count,
                                 struct mu_error *error)
{
    struct mu_query query = mu_query(
        walk->db, "SELECT month, resident_id, entry_id, kind, points, minutes FROM points_line"
                  " WHERE (month, resident_id, entry_id) > (?1, ?2, ?3)"
                  " ORDER BY month, resident_id, entry_id LIMIT ?4");
    enum mu_status status = MU_OK, ended;

    *count = 0;
    mu_bind_integer(&query, 1, last->month);
    mu_bind_integer(&query, 2, last->resident_id);
    mu_bind_integer(&query, 3, last->entry_id);
    mu_bind_integer(&query, 4, SLICE);
    while (status == MU_OK && mu_query_row(&query)) {
        int kind;

        walk->pointed &= mu_column_int(&query, 0, &last->month);
        last->resident_id = mu_column_integer(&query, 1);
        last->entry_id = mu_column_integer(&query, 2);
        walk->pointed &= mu_column_int(&query, 3, &kind);
        last->kind = (enum mu_points_kind)kind;
        last->points.count = mu_column_integer(&query, 4);
        walk->pointed &= mu_column_int(&query, 5, &last->minutes);
        ++*count;
        status = take_line(walk, last, error);
    }
    ended = mu_query_end(&query, status == MU_OK ? error : NULL);
    return status == MU_OK ? ended : status;
}

static enum mu_status compare_lines(struct walk *walk, mu_chain_progress *progress, void *context,
                                    struct mu_error *error)
{
    struct mu_points_line last = {.month = -1};
    int64_t all = walk->report->chain.entries;
    int count;
    enum mu_status status;

    mu_fingerprint_begin(&walk->report->services);
    do {
        status = take_lines(walk, &last, &count, error);
        if (status == MU_OK && progress && count && !progress(context, all, all))
            return mu_fail(error, MU_REFUSED, MU_SAY_verify_stopped, NULL);
    } while (status == MU_OK && count == SLICE);
    if (status == MU_OK && (!walk->pointed || walk->moved.sum))
        status = mu_points_find_wrong(walk->db, &walk->report->wrong_entry, error);
    return status;
}

/* ---- all of it ---- */

static enum mu_status expect_accounts(struct walk *walk, int64_t *entries, struct mu_error *error)
{
    unsigned char head[MU_HASH_SIZE];
    struct mu_query query = mu_query(walk->db, "SELECT count(*) FROM ledger_account");
    enum mu_status status;

    walk->most = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    status = mu_query_end(&query, error);
    walk->account = calloc(ACCOUNTS, sizeof *walk->account);
    if (status == MU_OK && !walk->account)
        status = mu_fail_memory(error);
    return status == MU_OK ? mu_ledger_head(walk->db, entries, head, error) : status;
}

static enum mu_status walk_slices(struct walk *walk, mu_chain_progress *progress, void *context,
                                  struct mu_error *error)
{
    struct mu_chain_report *report = &walk->report->chain;
    int64_t all, before = -1;
    enum mu_status status = expect_accounts(walk, &all, error);

    while (status == MU_OK && report->fault == MU_CHAIN_SOUND && report->entries > before) {
        before = report->entries;
        status = mu_db_begin_read(walk->db, error);
        if (status != MU_OK)
            return status;
        status = walk_slice(walk, error);
        mu_db_end_read(walk->db);
        if (status == MU_OK && progress && report->entries > before &&
            !progress(context, report->entries, all))
            return mu_fail(error, MU_REFUSED, MU_SAY_verify_stopped, NULL);
    }
    return status;
}

enum mu_status mu_ledger_walk(struct mu_db *db, mu_chain_progress *progress, void *context,
                              struct mu_ledger_report *report, struct mu_error *error)
{
    struct walk walk = {.db = db, .report = report, .summed = true, .pointed = true};
    enum mu_status status;

    *report = (struct mu_ledger_report){0};
    mu_fingerprint_begin(&walk.moved);
    status = walk_slices(&walk, progress, context, error);
    if (status == MU_OK && report->chain.fault == MU_CHAIN_SOUND)
        status = finish_chain(&walk, error);
    if (status == MU_OK && report->chain.fault == MU_CHAIN_SOUND)
        status = compare_lines(&walk, progress, context, error);
    free(walk.account);
    free(walk.sum);
    return status;
}
