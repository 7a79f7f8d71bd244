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

__extension__ typedef __int128 sum_type; /* of as many amounts as there are */

struct mu_ledger_part {
    const struct mu_ledger_span *span;
    struct mu_db *db;            /* by which is read just now */
    struct account *account;     /* owned, ACCOUNTS of them */
    sum_type *sum;               /* owned: of postings, by account */
    int64_t sums;                /* how many there is room for */
    bool summed, pointed;        /* nothing stands on other accounts, of strange persons */
    struct mu_fingerprint moved; /* of points, by entry and person, up to the last of the span */
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

static enum mu_status read_account(struct mu_ledger_part *part, int64_t id, struct account *out,
                                   struct mu_error *error)
{
    struct mu_query query =
        mu_query(part->db, "SELECT book, code FROM ledger_account WHERE account_id = ?1");

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

static enum mu_status find_account(struct mu_ledger_part *part, int64_t id,
                                   const struct account **out, struct mu_error *error)
{
    struct account *kept = &part->account[(uint64_t)id % ACCOUNTS];

    *out = kept;
    return kept->id == id && id ? MU_OK : read_account(part, id, kept, error);
}

/* ---- what postings come to ---- */

static void add_up(struct mu_ledger_part *part, int64_t entry_id, const struct account *account,
                   int64_t amount)
{
    const int64_t row[2] = {entry_id, account->person};

    if (account->id >= 0 && account->id < part->sums)
        part->sum[account->id] += amount;
    else
        part->summed = false;
    if (entry_id > part->span->last || account->person == 0)
        return;
    if (account->person < 0)
        part->pointed = false;
    else
        mu_fingerprint_add(&part->moved, row, 2, amount);
}

/* ---- the chain ---- */

/* Posting rows: entry, line, account, amount. Takes those of the entry; more than it can have are
 * counted but not kept, so that it cannot balance. */
static enum mu_status take_postings(struct mu_ledger_part *part, struct mu_query *postings,
                                    bool *more, struct mu_entry *entry, bool *whole,
                                    struct mu_error *error)
{
    for (; *more && mu_column_integer(postings, 0) == entry->id; *more = mu_query_row(postings)) {
        const struct account *account;
        enum mu_status status = find_account(part, mu_column_integer(postings, 2), &account, error);
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
        add_up(part, entry->id, account, amount);
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
static enum mu_status walk_slice(struct mu_ledger_part *part, int64_t limit,
                                 struct mu_chain_report *report, struct mu_error *error)
{
    struct mu_query entries = mu_query(part->db, "SELECT " MU_ENTRY_COLUMNS " FROM ledger_entry e"
                                                 " WHERE e.entry_id > ?1 ORDER BY e.entry_id"
                                                 " LIMIT ?2");
    struct mu_query postings =
        mu_query(part->db, "SELECT entry_id, line, account_id, amount FROM ledger_posting"
                           " WHERE entry_id > ?1 ORDER BY entry_id, line");
    bool sound = true, more;
    enum mu_status status = MU_OK, ended;
    struct mu_entry entry;

    mu_bind_integer(&entries, 1, report->entries);
    mu_bind_integer(&entries, 2, limit);
    mu_bind_integer(&postings, 1, report->entries);
    more = mu_query_row(&postings);
    while (status == MU_OK && sound && mu_query_row(&entries)) {
        bool whole = mu_entry_from_row(&entries, &entry);

        status = take_postings(part, &postings, &more, &entry, &whole, error);
        if (status == MU_OK)
            sound = entry_sound(&entry, whole, report);
    }
    ended = mu_query_end(&postings, status == MU_OK ? error : NULL);
    if (status == MU_OK)
        status = ended;
    ended = mu_query_end(&entries, status == MU_OK ? error : NULL);
    return status == MU_OK ? ended : status;
}

enum mu_status mu_ledger_part_walk(struct mu_ledger_part *part, struct mu_db *db, int64_t after,
                                   int64_t count, mu_chain_progress *progress, void *context,
                                   struct mu_chain_report *chain, struct mu_error *error)
{
    int64_t before = -1, last = after + count;
    enum mu_status status = MU_OK;

    part->db = db;
    *chain = (struct mu_chain_report){.entries = after};
    if (after > 0)
        status = mu_ledger_hash(db, after, chain->head, error);
    while (status == MU_OK && chain->fault == MU_CHAIN_SOUND && chain->entries > before &&
           chain->entries < last) {
        int64_t left = last - chain->entries;

        before = chain->entries;
        status = mu_db_begin_read(db, error);
        if (status != MU_OK)
            return status;
        status = walk_slice(part, left < SLICE ? left : SLICE, chain, error);
        mu_db_end_read(db);
        if (status == MU_OK && progress && chain->entries > before &&
            !progress(context, chain->entries, part->span->last))
            return mu_fail(error, MU_REFUSED, MU_SAY_verify_stopped, NULL);
    }
    if (status == MU_OK && chain->fault == MU_CHAIN_SOUND && chain->entries < last) {
        chain->fault = MU_CHAIN_GAP; /* they were there when the walk began */
        chain->entry_id = chain->entries + 1;
    }
    return status;
}

/* ---- the end of the chain, and balances ---- */

/* The numbers of the chain have no gap: what else is posted stands before or behind it. */
static enum mu_status find_orphan(struct mu_db *db, struct mu_chain_report *chain,
                                  struct mu_error *error)
{
    static const char *const ends[] = {
        "SELECT entry_id FROM ledger_posting WHERE entry_id < ?1 ORDER BY entry_id LIMIT 1",
        "SELECT entry_id FROM ledger_posting WHERE entry_id > ?1 ORDER BY entry_id DESC LIMIT 1"};
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < 2 && status == MU_OK && chain->fault == MU_CHAIN_SOUND; i++) {
        struct mu_query query = mu_query(db, ends[i]);

        mu_bind_integer(&query, 1, i == 0 ? 1 : chain->entries);
        if (mu_query_row(&query)) {
            chain->fault = MU_CHAIN_ORPHAN;
            chain->entry_id = mu_column_integer(&query, 0);
        }
        status = mu_query_end(&query, error);
    }
    return status;
}

static enum mu_status compare_balances(const struct mu_ledger_part *part, int64_t *wrong,
                                       struct mu_error *error)
{
    struct mu_query query =
        mu_query(part->db, "SELECT a.account_id, coalesce(b.amount, 0) FROM ledger_account a"
                           " LEFT JOIN balance b ON b.account_id = a.account_id"
                           " ORDER BY a.account_id");

    while (*wrong == 0 && mu_query_row(&query)) {
        int64_t id = mu_column_integer(&query, 0);
        sum_type sum = id >= 0 && id < part->sums ? part->sum[id] : 0;

        if (sum != mu_column_integer(&query, 1))
            *wrong = id;
    }
    return mu_query_end(&query, error);
}

/* Inside a read transaction: the end of the chain and the balances have to be of one state. */
static enum mu_status finish(struct mu_ledger_part *part, struct mu_ledger_report *report,
                             struct mu_error *error)
{
    struct mu_chain_report *chain = &report->chain;
    int64_t before;
    enum mu_status status = mu_ledger_hash(part->db, chain->entries, chain->head, error);

    do {
        before = chain->entries;
        if (status == MU_OK)
            status = walk_slice(part, SLICE, chain, error);
    } while (status == MU_OK && chain->fault == MU_CHAIN_SOUND && chain->entries > before);
    if (status == MU_OK && chain->fault == MU_CHAIN_SOUND)
        status = find_orphan(part->db, chain, error);
    if (status != MU_OK || chain->fault != MU_CHAIN_SOUND)
        return status;
    return part->summed ? compare_balances(part, &report->wrong_account, error)
                        : mu_account_find_wrong(part->db, &report->wrong_account, error);
}

enum mu_status mu_ledger_walk_end(struct mu_ledger_part *part, struct mu_db *db,
                                  struct mu_ledger_report *report, struct mu_error *error)
{
    enum mu_status status = mu_db_begin_read(db, error);

    if (status != MU_OK)
        return status;
    part->db = db;
    *report = (struct mu_ledger_report){.chain.entries = part->span->last};
    status = finish(part, report, error);
    mu_db_end_read(db);
    return status;
}

/* ---- lines of points ---- */

static enum mu_status find_rating(struct mu_db *db, int64_t entry_id, int64_t *first,
                                  struct mu_error *error)
{
    struct mu_query query = mu_query(db, "SELECT 1 FROM rating WHERE entry_id = ?1");

    mu_bind_integer(&query, 1, entry_id);
    if (!mu_query_row(&query) && (*first == 0 || entry_id < *first))
        *first = entry_id;
    return mu_query_end(&query, error);
}

static enum mu_status take_line(const struct mu_points_line *line, struct mu_db *db,
                                struct mu_ledger_lines *lines, struct mu_error *error)
{
    const int64_t moved[2] = {line->entry_id, line->resident_id};
    const int64_t served[4] = {line->entry_id, line->resident_id, line->points.count,
                               line->minutes};

    mu_fingerprint_add(&lines->moved, moved, 2, line->points.count);
    if (line->kind == MU_POINTS_SERVICE)
        mu_fingerprint_add(&lines->services, served, 4, 1);
    return line->kind == MU_POINTS_RATING
               ? find_rating(db, line->entry_id, &lines->no_rating, error)
               : MU_OK;
}

/* *at is the line that was read before, and gets the last one of the slice. Lines of entries behind
 * the span are of desks that are at work. */
static enum mu_status take_lines(const struct mu_ledger_span *span, struct mu_db *db,
                                 struct mu_points_line *at, int *count,
                                 struct mu_ledger_lines *lines, struct mu_error *error)
{
    struct mu_query query =
        mu_query(db, "SELECT month, resident_id, entry_id, kind, points, minutes FROM points_line"
                     " WHERE (month, resident_id, entry_id) > (?1, ?2, ?3)"
                     " ORDER BY month, resident_id, entry_id LIMIT ?4");
    enum mu_status status = MU_OK, ended;

    *count = 0;
    mu_bind_integer(&query, 1, at->month);
    mu_bind_integer(&query, 2, at->resident_id);
    mu_bind_integer(&query, 3, at->entry_id);
    mu_bind_integer(&query, 4, SLICE);
    while (status == MU_OK && mu_query_row(&query)) {
        int kind;

        lines->whole &= mu_column_int(&query, 0, &at->month);
        at->resident_id = mu_column_integer(&query, 1);
        at->entry_id = mu_column_integer(&query, 2);
        lines->whole &= mu_column_int(&query, 3, &kind);
        at->kind = (enum mu_points_kind)kind;
        at->points.count = mu_column_integer(&query, 4);
        lines->whole &= mu_column_int(&query, 5, &at->minutes);
        ++*count;
        if (at->entry_id <= span->last)
            status = take_line(at, db, lines, error);
    }
    ended = mu_query_end(&query, status == MU_OK ? error : NULL);
    return status == MU_OK ? ended : status;
}

enum mu_status mu_ledger_lines_read(const struct mu_ledger_span *span, struct mu_db *db,
                                    struct mu_ledger_lines *lines, struct mu_error *error)
{
    struct mu_points_line at = {.month = -1};
    int count = SLICE;
    enum mu_status status = MU_OK;

    *lines = (struct mu_ledger_lines){span->print, span->print, true, 0};
    while (status == MU_OK && count == SLICE)
        status = take_lines(span, db, &at, &count, lines, error);
    return status;
}

enum mu_status mu_ledger_compare_lines(const struct mu_ledger_part *part,
                                       const struct mu_ledger_lines *lines, struct mu_db *db,
                                       int64_t *entry_id, struct mu_error *error)
{
    struct mu_fingerprint left = part->moved; /* what a person gains is taken from the other side */

    *entry_id = 0;
    mu_fingerprint_join(&left, &lines->moved);
    if (part->pointed && lines->whole && left.sum == 0)
        return MU_OK;
    return mu_points_find_wrong(db, entry_id, error);
}

/* ---- parts ---- */

enum mu_status mu_ledger_span_read(struct mu_db *db, struct mu_ledger_span *span,
                                   struct mu_error *error)
{
    unsigned char head[MU_HASH_SIZE];
    struct mu_query query = mu_query(db, "SELECT count(*) FROM ledger_account");
    enum mu_status status;

    mu_fingerprint_begin(&span->print);
    span->accounts = mu_query_row(&query) ? mu_column_integer(&query, 0) : 0;
    status = mu_query_end(&query, error);
    return status == MU_OK ? mu_ledger_head(db, &span->last, head, error) : status;
}

enum mu_status mu_ledger_part_new(const struct mu_ledger_span *span, struct mu_ledger_part **out,
                                  struct mu_error *error)
{
    struct mu_ledger_part *part = calloc(1, sizeof *part);

    if (!part)
        return mu_fail_memory(error);
    *part = (struct mu_ledger_part){
        .span = span, .summed = true, .pointed = true, .moved = span->print};
    part->sums = span->accounts + ACCOUNTS_MORE;
    part->sum = calloc((size_t)part->sums, sizeof *part->sum);
    part->account = calloc(ACCOUNTS, sizeof *part->account);
    if (!part->sum || !part->account) {
        mu_ledger_part_free(&part);
        return mu_fail_memory(error);
    }
    *out = part;
    return MU_OK;
}

void mu_ledger_part_free(struct mu_ledger_part **part)
{
    if (!*part)
        return;
    free((*part)->sum);
    free((*part)->account);
    free(*part);
    *part = NULL;
}

void mu_ledger_part_add(struct mu_ledger_part *part, const struct mu_ledger_part *other)
{
    for (int64_t i = 0; i < part->sums; i++)
        part->sum[i] += other->sum[i];
    part->summed &= other->summed;
    part->pointed &= other->pointed;
    mu_fingerprint_join(&part->moved, &other->moved);
}
