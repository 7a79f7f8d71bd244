#include <mulin/domain/ledger.h>

#include <sodium.h>
#include <stdio.h>
#include <string.h>

_Static_assert(MU_HASH_SIZE == crypto_generichash_BYTES, "BLAKE2b-256");

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

static void hash_bytes(crypto_generichash_state *state, const void *bytes, size_t length)
{
    const unsigned char prefix[4] = {(unsigned char)(length >> 24), (unsigned char)(length >> 16),
                                     (unsigned char)(length >> 8), (unsigned char)length};

    crypto_generichash_update(state, prefix, sizeof prefix);
    crypto_generichash_update(state, bytes, length);
}

static void hash_text(crypto_generichash_state *state, const char *text)
{
    hash_bytes(state, text, strlen(text));
}

static void hash_number(crypto_generichash_state *state, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)number);

    hash_bytes(state, digits, (size_t)length);
}

static void hash_reference(crypto_generichash_state *state, int64_t id)
{
    if (id)
        hash_number(state, id);
    else
        hash_text(state, "");
}

void mu_entry_hash(const struct mu_entry *entry, const unsigned char previous[MU_HASH_SIZE],
                   unsigned char hash[MU_HASH_SIZE])
{
    crypto_generichash_state state;
    char date[MU_DATE_SIZE], moment[MU_MOMENT_SIZE];

    mu_date_format(entry->date, date);
    mu_moment_format(entry->recorded_at, moment);
    crypto_generichash_init(&state, NULL, 0, MU_HASH_SIZE);
    hash_text(&state, "mulin-ledger-1");
    hash_number(&state, entry->id);
    hash_text(&state, mu_book_word(entry->book));
    hash_text(&state, date);
    hash_text(&state, moment);
    hash_number(&state, entry->operator_id);
    hash_text(&state, entry->rule_id);
    hash_number(&state, entry->rules_version);
    hash_reference(&state, entry->resident_id);
    hash_reference(&state, entry->reverses);
    hash_text(&state, entry->reason);
    hash_text(&state, entry->idempotency_key);
    hash_number(&state, (int64_t)entry->posting_count);
    for (size_t i = 0; i < entry->posting_count; i++) {
        hash_text(&state, entry->posting[i].account);
        hash_number(&state, entry->posting[i].amount);
    }
    hash_bytes(&state, previous, MU_HASH_SIZE);
    crypto_generichash_final(&state, hash, MU_HASH_SIZE);
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
