#include <mulin/domain/canteen.h>

#include "domain/chain_hash.h"

#include <string.h>

static const char *const methods[MU_PAY_METHODS] = {
    [MU_PAY_CASH] = "cash", [MU_PAY_CARD] = "card", [MU_PAY_ACCOUNT] = "account"};

const char *mu_pay_method_word(enum mu_pay_method method)
{
    return methods[method];
}

enum mu_message mu_pay_method_name(enum mu_pay_method method)
{
    static const enum mu_message names[MU_PAY_METHODS] = {[MU_PAY_CASH] = MU_SAY_pay_cash,
                                                          [MU_PAY_CARD] = MU_SAY_pay_card,
                                                          [MU_PAY_ACCOUNT] = MU_SAY_pay_account};

    return names[method];
}

bool mu_pay_method_from_word(const char *word, enum mu_pay_method *out)
{
    for (int method = 0; method < MU_PAY_METHODS; method++)
        if (strcmp(word, methods[method]) == 0) {
            *out = (enum mu_pay_method)method;
            return true;
        }
    return false;
}

void mu_meal_hash(const struct mu_meal *meal, const char *idempotency_key,
                  const unsigned char book[MU_HASH_SIZE], unsigned char hash[MU_HASH_SIZE])
{
    struct mu_chain_hash chain;
    char date[MU_DATE_SIZE], payers[MU_PAYMENTS_SIZE];

    mu_date_format(meal->date, date);
    mu_chain_begin(&chain, "mulin-meal-1");
    mu_chain_text(&chain, idempotency_key);
    mu_chain_number(&chain, meal->id);
    mu_chain_reference(&chain, meal->resident_id);
    mu_chain_text(&chain, date);
    mu_chain_text(&chain, meal->session);
    mu_chain_text(&chain, meal->tier);
    mu_chain_reference(&chain, meal->quota_slot);
    mu_chain_number(&chain, meal->price.fen);
    mu_chain_number(&chain, meal->pay.fen);
    mu_payments_write(meal->share, meal->share_count, payers);
    mu_chain_text(&chain, payers);
    mu_chain_text(&chain, mu_pay_method_word(meal->method));
    mu_chain_text(&chain, meal->occupation);
    mu_chain_text(&chain, meal->note);
    mu_chain_moment(&chain, meal->served_at);
    mu_chain_bytes(&chain, book, MU_HASH_SIZE);
    mu_chain_end(&chain, hash);
}
