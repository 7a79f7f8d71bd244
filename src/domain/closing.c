#include <mulin/domain/closing.h>

#include "domain/chain_hash.h"

#include <stdio.h>

static const struct {
    const char *word;
    enum mu_message name;
} cash_lines[MU_CASH_LINES] = {
    [MU_CASH_OWN] = {"own", MU_SAY_cash_own},
    [MU_CASH_OTHER] = {"other", MU_SAY_cash_other},
    [MU_CASH_LATE] = {"late", MU_SAY_cash_late},
    [MU_CASH_CORRECTION] = {"correction", MU_SAY_cash_correction},
    [MU_CASH_TOP_UP] = {"top_up", MU_SAY_cash_top_up},
    [MU_CASH_REFUND] = {"refund", MU_SAY_cash_refund},
    [MU_CASH_BILL] = {"bill", MU_SAY_cash_bill},
    [MU_CASH_REST] = {"rest", MU_SAY_cash_rest},
};

static const int64_t denominations[MU_DENOMINATIONS] = {10000, 5000, 2000, 1000, 500, 100, 50, 10};

const char *mu_cash_line_word(enum mu_cash_line line)
{
    return cash_lines[line].word;
}

enum mu_message mu_cash_line_name(enum mu_cash_line line)
{
    return cash_lines[line].name;
}

struct mu_money mu_denomination(size_t index)
{
    return (struct mu_money){denominations[index]};
}

struct mu_money mu_notes_sum(const int pieces[MU_DENOMINATIONS])
{
    struct mu_money sum = {0};

    for (size_t i = 0; i < MU_DENOMINATIONS; i++)
        sum.fen += denominations[i] * pieces[i];
    return sum;
}

void mu_notes_write(const int pieces[MU_DENOMINATIONS], char out[MU_NOTES_SIZE])
{
    size_t used = 0;

    *out = '\0';
    for (size_t i = 0; i < MU_DENOMINATIONS; i++)
        if (pieces[i])
            used += (size_t)snprintf(out + used, MU_NOTES_SIZE - used, "%s%lld:%d", used ? " " : "",
                                     (long long)denominations[i], pieces[i]);
}

void mu_closing_hash(const struct mu_closing *closing, const char *idempotency_key,
                     unsigned char hash[MU_HASH_SIZE])
{
    struct mu_chain_hash chain;
    char date[MU_DATE_SIZE];

    mu_date_format(closing->date, date);
    mu_chain_begin(&chain, "mulin-closing-1");
    mu_chain_text(&chain, idempotency_key);
    mu_chain_number(&chain, closing->id);
    mu_chain_text(&chain, date);
    mu_chain_text(&chain, closing->session);
    mu_chain_number(&chain, closing->after_entry);
    mu_chain_number(&chain, closing->last_entry);
    mu_chain_bytes(&chain, closing->head, MU_HASH_SIZE);
    mu_chain_number(&chain, closing->meals);
    mu_chain_number(&chain, closing->price.fen);
    mu_chain_number(&chain, closing->pay.fen);
    mu_chain_number(&chain, closing->expected.fen);
    mu_chain_number(&chain, closing->counted.fen);
    mu_chain_text(&chain, closing->notes);
    mu_chain_text(&chain, closing->reason);
    mu_chain_number(&chain, closing->operator_id);
    mu_chain_reference(&chain, closing->second_id);
    mu_chain_text(&chain, closing->second_name);
    mu_chain_moment(&chain, closing->closed_at);
    mu_chain_end(&chain, hash);
}
