#include <mulin/domain/ledger.h>

#include "domain/chain_hash.h"

#include <string.h>

static const char *const book_words[] = {"points", "meals", "fund"};

const char *mu_book_word(enum mu_book book)
{
    return book_words[book];
}

bool mu_book_from_word(const char *word, enum mu_book *out)
{
    for (size_t i = 0; i < sizeof book_words / sizeof *book_words; i++)
        if (strcmp(word, book_words[i]) == 0) {
            *out = (enum mu_book)i;
            return true;
        }
    return false;
}

bool mu_entry_balanced(const struct mu_entry *entry)
{
    int64_t sum = 0;

    if (entry->posting_count < 2 || entry->posting_count > MU_POSTINGS)
        return false;
    for (size_t i = 0; i < entry->posting_count; i++)
        if (entry->posting[i].amount == INT64_MIN || /* it could not be taken back */
            __builtin_add_overflow(sum, entry->posting[i].amount, &sum))
            return false;
    return sum == 0;
}

void mu_entry_hash(const struct mu_entry *entry, const unsigned char previous[MU_HASH_SIZE],
                   unsigned char hash[MU_HASH_SIZE])
{
    struct mu_chain_hash chain;
    char date[MU_DATE_SIZE];

    mu_date_format(entry->date, date);
    mu_chain_begin(&chain, entry->documented ? "mulin-ledger-2" : "mulin-ledger-1");
    mu_chain_number(&chain, entry->id);
    mu_chain_text(&chain, mu_book_word(entry->book));
    mu_chain_text(&chain, date);
    mu_chain_moment(&chain, entry->recorded_at);
    mu_chain_number(&chain, entry->operator_id);
    mu_chain_text(&chain, entry->rule_id);
    mu_chain_number(&chain, entry->rules_version);
    mu_chain_reference(&chain, entry->resident_id);
    mu_chain_reference(&chain, entry->reverses);
    mu_chain_text(&chain, entry->reason);
    mu_chain_text(&chain, entry->idempotency_key);
    if (entry->documented)
        mu_chain_bytes(&chain, entry->document, sizeof entry->document);
    mu_chain_number(&chain, (int64_t)entry->posting_count);
    for (size_t i = 0; i < entry->posting_count; i++) {
        mu_chain_text(&chain, entry->posting[i].account);
        mu_chain_number(&chain, entry->posting[i].amount);
    }
    mu_chain_bytes(&chain, previous, MU_HASH_SIZE);
    mu_chain_end(&chain, hash);
}

void mu_entry_reversal(const struct mu_entry *original, struct mu_entry *out)
{
    memset(out, 0, sizeof *out);
    out->book = original->book;
    memcpy(out->rule_id, original->rule_id, sizeof out->rule_id);
    out->resident_id = original->resident_id;
    out->reverses = original->id;
    out->posting_count = original->posting_count;
    for (size_t i = 0; i < original->posting_count; i++) {
        out->posting[i] = original->posting[i];
        out->posting[i].amount = -original->posting[i].amount;
    }
}

void mu_hash_text(const unsigned char *hash, size_t bytes, char *out)
{
    sodium_bin2hex(out, 2 * bytes + 1, hash, bytes);
}
