#include "desk/desk_internal.h"
#include "desk/fund_file.h"

#include "store/ledger_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/fund.h>

#include <stdio.h>

void mu_fund_key(const char *key, char *out)
{
    snprintf(out, MU_KEY_SIZE, "%.40s:fund", key);
}

enum mu_status mu_funds(struct mu_desk *desk, struct mu_fund out[MU_PAYER_COUNT - 1],
                        struct mu_error *error)
{
    struct mu_fund found[MU_PAYER_COUNT - 1];
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    for (int payer = MU_PAYER_SELF + 1; status == MU_OK && payer < MU_PAYER_COUNT; payer++) {
        struct mu_fund *fund = &found[payer - 1];

        fund->payer = (enum mu_payer)payer;
        fund->funded = rules->canteen.payers[payer].funded;
        status = mu_account_balance(desk->db, MU_BOOK_FUND, mu_payer_word(fund->payer),
                                    &fund->balance.fen, error);
    }
    for (int i = 0; status == MU_OK && i < MU_PAYER_COUNT - 1; i++)
        out[i] = found[i];
    return status;
}

/* The entry that moves the amount between the account and the world outside. */
static enum mu_status movement(struct mu_desk *desk, enum mu_payer payer, struct mu_money amount,
                               const char *reason, struct mu_entry *out, struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_date last;
    struct mu_entry entry = {.book = MU_BOOK_FUND, .operator_id = desk->operator.id };
    enum mu_status status = mu_desk_moment(desk, &entry.recorded_at, &last, error);

    if (status == MU_OK)
        status =
            mu_desk_rules_on(desk, entry.recorded_at.date, &rules, &entry.rules_version, error);
    if (status != MU_OK)
        return status;
    entry.date = entry.recorded_at.date;
    entry.posting_count = 2;
    snprintf(entry.posting[0].account, sizeof entry.posting[0].account, "%s", mu_payer_word(payer));
    entry.posting[0].amount = amount.fen;
    snprintf(entry.posting[1].account, sizeof entry.posting[1].account, "%s",
             amount.fen > 0 ? "received" : "spent");
    entry.posting[1].amount = -amount.fen;
    mu_text_copy(entry.rule_id, sizeof entry.rule_id, "fund");
    mu_text_copy(entry.reason, sizeof entry.reason, reason);
    mu_new_key(entry.idempotency_key);
    *out = entry;
    return MU_OK;
}

static enum mu_status book(struct mu_desk *desk, enum mu_payer payer, struct mu_money amount,
                           const char *reason, struct mu_money *balance, struct mu_error *error)
{
    struct mu_money stands;
    struct mu_entry entry;
    char text[MU_MONEY_SIZE], name[MU_EITHER_SIZE];
    enum mu_status status =
        mu_account_balance(desk->db, MU_BOOK_FUND, mu_payer_word(payer), &stands.fen, error);

    if (status != MU_OK)
        return status;
    *balance = mu_money_add(stands, amount);
    if (balance->fen < 0) {
        mu_money_format(stands, text);
        mu_either(name, sizeof name, mu_message_text(mu_payer_name(payer), MU_CHINESE),
                  mu_message_text(mu_payer_name(payer), MU_ENGLISH));
        return mu_fail(error, MU_REFUSED, MU_SAY_error_fund_short, name, text, NULL);
    }
    status = movement(desk, payer, amount, reason, &entry, error);
    if (status == MU_OK)
        status = mu_ledger_append(desk->db, &entry, error);
    mu_money_format(amount, text);
    return status == MU_OK ? mu_audit_note(desk, MU_MAY_book_fund, 0, mu_payer_word(payer), "",
                                           text, reason, error)
                           : status;
}

enum mu_status mu_fund_book(struct mu_desk *desk, enum mu_payer payer, struct mu_money amount,
                            const char *reason, struct mu_money *balance, struct mu_error *error)
{
    char text[MU_REASON_SIZE];
    struct mu_money stands;
    enum mu_status status = mu_desk_may(desk, MU_MAY_book_fund, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status != MU_OK)
        return status;
    if (!*text)
        return mu_fail(error, MU_INPUT, MU_SAY_error_fund_reason, NULL);
    if (payer == MU_PAYER_SELF || amount.fen == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_fund_nothing, NULL);
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = book(desk, payer, amount, text, &stands, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && balance)
        *balance = stands;
    return status;
}
