/* The share of the canteen's month that goes into the micro-fund. */
#include "desk/desk_internal.h"
#include "desk/month_file.h"

#include "store/ledger_store.h"

#include <mulin/base/text.h>

#include <stdio.h>

void mu_month_share_key(struct mu_date first, char *out)
{
    char month[MU_MONTH_SIZE];

    mu_month_format(first, month);
    snprintf(out, MU_KEY_SIZE, "fund-share:%s", month);
}

/* Why nothing can be booked. */
static enum mu_status check(const struct mu_month *month, struct mu_error *error)
{
    const struct mu_month_share *share = &month->share;
    char text[MU_MONTH_SIZE], day[MU_DATE_SIZE], amount[MU_MONEY_SIZE];

    mu_month_format(month->from, text);
    mu_date_format(share->booked_on, day);
    mu_money_format(share->booked, amount);
    if (share->entry_id)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_share_booked, text, day, amount, NULL);
    if (!share->basis_points)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_share_no_rule, text, NULL);
    mu_date_format(month->to, day);
    if (!month->over)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_share_early, text, day, NULL);
    if (share->amount.fen <= 0)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_share_nothing, text, NULL);
    return MU_OK;
}

static enum mu_status post(struct mu_desk *desk, const struct mu_month *month, int version,
                           struct mu_entry *out, struct mu_error *error)
{
    struct mu_date last;
    char text[MU_MONTH_SIZE], amount[MU_MONEY_SIZE];
    struct mu_entry entry = {.book = MU_BOOK_FUND,
                             .operator_id = desk->operator.id,
                             .rules_version = version,
                             .posting_count = 2};
    enum mu_status status = mu_desk_moment(desk, &entry.recorded_at, &last, error);

    if (status != MU_OK)
        return status;
    entry.date = entry.recorded_at.date;
    mu_month_format(month->from, text);
    mu_text_copy(entry.rule_id, sizeof entry.rule_id, "fund-share");
    mu_text_copy(entry.reason, sizeof entry.reason, text);
    mu_month_share_key(month->from, entry.idempotency_key);
    mu_text_copy(entry.posting[0].account, MU_ACCOUNT_SIZE, mu_payer_word(MU_PAYER_FUND));
    entry.posting[0].amount = month->share.amount.fen;
    mu_text_copy(entry.posting[1].account, MU_ACCOUNT_SIZE, "canteen");
    entry.posting[1].amount = -month->share.amount.fen;
    status = mu_ledger_append(desk->db, &entry, error);
    mu_money_format(month->share.amount, amount);
    if (status == MU_OK)
        status = mu_audit_note(desk, MU_MAY_book_fund, 0, mu_payer_word(MU_PAYER_FUND), "", amount,
                               text, error);
    if (status == MU_OK)
        *out = entry;
    return status;
}

static enum mu_status book(struct mu_desk *desk, struct mu_date first, struct mu_month_share *share,
                           struct mu_error *error)
{
    struct mu_month *month = NULL;
    struct mu_entry entry;
    int version = 0;
    enum mu_status status = mu_month_read(desk, first, &month, &version, error);

    if (status == MU_OK)
        status = check(month, error);
    if (status == MU_OK)
        status = post(desk, month, version, &entry, error);
    if (status == MU_OK) {
        *share = month->share;
        share->entry_id = entry.id;
        share->booked_on = entry.date;
        share->booked = share->amount;
    }
    mu_month_free(&month);
    return status;
}

enum mu_status mu_book_month_share(struct mu_desk *desk, struct mu_date first,
                                   struct mu_month_share *share, struct mu_error *error)
{
    struct mu_month_share booked;
    enum mu_status status = mu_desk_may(desk, MU_MAY_book_fund, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = book(desk, first, &booked, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && share)
        *share = booked;
    return status;
}
