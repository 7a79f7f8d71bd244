/* The one ledger: double entry, append-only, hash-chained. Pure: what an entry is and its hash. */
#ifndef MULIN_DOMAIN_LEDGER_H
#define MULIN_DOMAIN_LEDGER_H

#include <mulin/base/date.h>
#include <mulin/base/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum mu_book { MU_BOOK_POINTS, MU_BOOK_MEALS, MU_BOOK_FUND };

/* "points", "meals", "fund". Static. */
const char *mu_book_word(enum mu_book book);
/* False when the word names no book. */
bool mu_book_from_word(const char *word, enum mu_book *out);

/* Sizes in bytes, the NUL counted where there is one. */
enum {
    MU_HASH_SIZE = 32, /* BLAKE2b-256, no NUL */
    MU_ACCOUNT_SIZE = 48,
    MU_POSTINGS = 8, /* lines of an entry at most */
    MU_KEY_SIZE = 48,
    MU_REASON_SIZE = 256,
    MU_RULE_SIZE = 32,
};

/* One line: an amount (fen or points) added to an account; debits are positive. */
struct mu_posting {
    char account[MU_ACCOUNT_SIZE];
    int64_t amount;
};

struct mu_entry {
    int64_t id; /* 1, 2, 3 … over all books; 0 before it is written */
    enum mu_book book;
    struct mu_date date; /* the day it counts for */
    struct mu_moment recorded_at;
    int64_t operator_id;
    char rule_id[MU_RULE_SIZE]; /* that decided the amounts */
    int rules_version;
    int64_t resident_id; /* 0: nobody's */
    int64_t reverses;    /* the entry that this one takes back, or 0 */
    char reason[MU_REASON_SIZE];
    char idempotency_key[MU_KEY_SIZE];
    bool documented; /* it was posted for something that has a hash of its own, a meal */
    unsigned char document[MU_HASH_SIZE];
    size_t posting_count;
    struct mu_posting posting[MU_POSTINGS];
    unsigned char hash[MU_HASH_SIZE];
};

/* True with 2 or more postings that sum to zero, without overflow, and can be taken back. */
bool mu_entry_balanced(const struct mu_entry *entry);

/* BLAKE2b-256 over the entry and the hash before it (32 zero bytes for the first). Each field is a
 * big-endian 32-bit length and its bytes, numbers in decimal, nothing for 0 ids, in this order:
 * "mulin-ledger-1", id, book, date, recorded_at, operator_id, rule_id, rules_version, resident_id,
 * reverses, reason, idempotency_key, number of postings, for each posting account and amount, the
 * hash before. A documented entry begins with "mulin-ledger-2" and has the document behind the
 * idempotency_key. mulin-ledger(5) says the same to others. */
void mu_entry_hash(const struct mu_entry *entry, const unsigned char previous[MU_HASH_SIZE],
                   unsigned char hash[MU_HASH_SIZE]);

/* The entry that takes the balanced `original` back: the same accounts with opposite amounts,
 * `reverses` set.
 * Date, moment, operator, reason, key and rules version stay for the caller to fill in. */
void mu_entry_reversal(const struct mu_entry *original, struct mu_entry *out);

/* Writes 2 * bytes hex digits and a NUL. */
void mu_hash_text(const unsigned char *hash, size_t bytes, char *out);

#endif
