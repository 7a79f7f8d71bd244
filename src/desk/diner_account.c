#include "desk/diner_account_file.h"
#include "desk/resident_file.h"
#include "desk/twin_file.h"

#include "store/diner_account_store.h"
#include "store/ledger_store.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { OWING_PAGE = 256 }; /* accounts that are read under one lock */

enum mu_status mu_purse_read(struct mu_desk *desk, enum mu_pay_method method, int64_t leading,
                             int64_t named, struct mu_purse *out, struct mu_money *all,
                             struct mu_error *error)
{
    int64_t sum = 0;
    enum mu_status status =
        mu_purse_accounts(desk->db, mu_pay_method_word(method), leading, named, out, &sum, error);

    if (status == MU_OK && all)
        all->fen = sum;
    return status;
}

static void post(struct mu_entry *entry, enum mu_pay_method method, int64_t resident_id,
                 int64_t fen)
{
    struct mu_posting *posting = &entry->posting[entry->posting_count++];
    const char *word = mu_pay_method_word(method);

    if (method == MU_PAY_CASH)
        mu_text_copy(posting->account, sizeof posting->account, word);
    else
        snprintf(posting->account, sizeof posting->account, "%s:%" PRId64, word, resident_id);
    posting->amount = fen;
}

void mu_purse_post(struct mu_entry *entry, enum mu_pay_method method, const struct mu_purse *purse,
                   int64_t fen)
{
    struct mu_purse_part part[MU_PURSE_FILES];
    size_t count;

    if (method == MU_PAY_CASH) {
        post(entry, method, 0, fen);
        return;
    }
    count = mu_purse_spread(purse, fen, part);
    for (size_t i = 0; i < count; i++)
        post(entry, method, part[i].resident_id, part[i].fen);
}

static enum mu_status card_of(struct mu_desk *desk, const struct mu_resident *resident,
                              int64_t named, char card[MU_CARD_SIZE], struct mu_error *error)
{
    struct mu_resident other;
    enum mu_status status = MU_OK;

    if (named != resident->id)
        status = mu_file_read(desk, named, &other, error);
    if (status == MU_OK)
        mu_text_copy(card, MU_CARD_SIZE, named == resident->id ? resident->card : other.card);
    return status;
}

enum mu_status mu_diner_account_of(struct mu_desk *desk, const struct mu_resident *resident,
                                   int64_t named, struct mu_diner_account *out,
                                   struct mu_error *error)
{
    struct mu_diner_account found = {.resident_id = resident->id, .file_id = named};
    struct mu_purse purse;
    enum mu_status status = card_of(desk, resident, named, found.card, error);

    mu_text_copy(found.name, sizeof found.name, resident->name);
    if (status == MU_OK)
        status =
            mu_purse_read(desk, MU_PAY_ACCOUNT, resident->id, named, &purse, &found.owed, error);
    if (status == MU_OK)
        status = mu_purse_read(desk, MU_PAY_CARD, resident->id, named, &purse, NULL, error);
    if (status != MU_OK)
        return status;
    for (size_t i = 0; i < purse.count; i++)
        found.prepaid.fen -= purse.part[i].fen;
    *out = found;
    return MU_OK;
}

/* The file that speaks for the person. */
static enum mu_status leading(struct mu_desk *desk, int64_t resident_id, struct mu_resident *out,
                              struct mu_error *error)
{
    enum mu_status status = mu_file_read(desk, resident_id, out, error);

    return status == MU_OK ? mu_file_lead(desk, out, error) : status;
}

enum mu_status mu_read_diner_account(struct mu_desk *desk, int64_t resident_id,
                                     struct mu_diner_account *out, struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    if (status == MU_OK)
        status = leading(desk, resident_id, &resident, error);
    return status == MU_OK ? mu_diner_account_of(desk, &resident, resident_id, out, error) : status;
}

enum mu_status mu_list_owing(struct mu_desk *desk, mu_diner_account_row *row, void *context,
                             struct mu_error *error)
{
    int64_t ids[OWING_PAGE], after = 0;
    size_t count = 0;
    bool more = true;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    do {
        if (status == MU_OK)
            status = mu_owing(desk->db, after, OWING_PAGE, ids, &count, error);
        for (size_t i = 0; status == MU_OK && more && i < count; i++) {
            struct mu_diner_account account;
            struct mu_resident resident;

            after = ids[i];
            status = mu_file_read(desk, after, &resident, error);
            if (status == MU_OK)
                status = mu_diner_account_of(desk, &resident, after, &account, error);
            more = status == MU_OK && row(context, &account);
        }
    } while (status == MU_OK && more && count == OWING_PAGE);
    return status;
}

static enum mu_status check_movement(const struct mu_diner_account *account,
                                     const struct mu_resident *resident,
                                     enum mu_account_movement movement, struct mu_money amount,
                                     struct mu_error *error)
{
    char prepaid[MU_MONEY_SIZE];

    if (movement == MU_TOP_UP && resident->status != MU_LIVING_HERE)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_account_ended, resident->name, NULL);
    if (movement != MU_REFUND || mu_money_compare(account->prepaid, amount) >= 0)
        return MU_OK;
    mu_money_format(account->prepaid, prepaid);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_account_refund, resident->name, prepaid, NULL);
}

static enum mu_status fill(struct mu_desk *desk, struct mu_entry *entry,
                           enum mu_account_movement movement,
                           const struct mu_diner_account *account, struct mu_money amount,
                           struct mu_error *error)
{
    static const char *const rules[] = {
        [MU_TOP_UP] = "card:top-up", [MU_REFUND] = "card:refund", [MU_PAY_BILL] = "account:paid"};
    enum mu_pay_method method = movement == MU_PAY_BILL ? MU_PAY_ACCOUNT : MU_PAY_CARD;
    int64_t cash = movement == MU_REFUND ? -amount.fen : amount.fen;
    struct mu_purse purse;
    enum mu_status status =
        mu_purse_read(desk, method, account->resident_id, account->file_id, &purse, NULL, error);

    if (status != MU_OK)
        return status;
    mu_text_copy(entry->rule_id, sizeof entry->rule_id, rules[movement]);
    mu_purse_post(entry, MU_PAY_CASH, NULL, cash);
    mu_purse_post(entry, method, &purse, -cash);
    return MU_OK;
}

static enum mu_status move_money(struct mu_desk *desk, int64_t resident_id,
                                 enum mu_account_movement movement, struct mu_money amount,
                                 const char *reason, struct mu_diner_account *out,
                                 struct mu_error *error)
{
    struct mu_entry entry = {.book = MU_BOOK_MEALS, .operator_id = desk->operator.id };
    struct mu_resident resident;
    const struct mu_rules *rules;
    struct mu_date last;
    char text[MU_MONEY_SIZE];
    enum mu_status status = leading(desk, resident_id, &resident, error);

    if (status == MU_OK)
        status = mu_diner_account_of(desk, &resident, resident_id, out, error);
    if (status == MU_OK)
        status = check_movement(out, &resident, movement, amount, error);
    if (status == MU_OK)
        status = mu_desk_moment(desk, &entry.recorded_at, &last, error);
    if (status == MU_OK)
        status =
            mu_desk_rules_on(desk, entry.recorded_at.date, &rules, &entry.rules_version, error);
    if (status != MU_OK)
        return status;
    entry.date = entry.recorded_at.date;
    entry.resident_id = resident.id;
    mu_text_copy(entry.reason, sizeof entry.reason, reason);
    mu_new_key(entry.idempotency_key);
    status = fill(desk, &entry, movement, out, amount, error);
    if (status == MU_OK)
        status = mu_ledger_append(desk->db, &entry, error);
    if (status == MU_OK)
        status = mu_diner_account_of(desk, &resident, resident_id, out, error);
    mu_money_format(amount, text);
    return status == MU_OK ? mu_audit_note(desk, MU_MAY_move_diner_money, resident.id,
                                           entry.rule_id, "", text, reason, error)
                           : status;
}

enum mu_status mu_move_diner_money(struct mu_desk *desk, int64_t resident_id,
                                   enum mu_account_movement movement, struct mu_money amount,
                                   const char *reason, struct mu_diner_account *out,
                                   struct mu_error *error)
{
    char text[MU_REASON_SIZE];
    struct mu_diner_account account;
    enum mu_status status = mu_desk_may(desk, MU_MAY_move_diner_money, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status != MU_OK)
        return status;
    if (amount.fen <= 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_account_amount, NULL);
    if (movement == MU_REFUND && !*text)
        return mu_fail(error, MU_INPUT, MU_SAY_error_account_reason, NULL);
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = move_money(desk, resident_id, movement, amount, text, &account, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && out)
        *out = account;
    return status;
}

/* Neither somebody's nor one that was replaced. */
static enum mu_status check_card(struct mu_desk *desk, const struct mu_resident *wanted,
                                 struct mu_error *error)
{
    struct mu_date day = {0, 0, 0};
    char text[MU_DATE_SIZE];
    enum mu_status status = mu_file_check_unique(desk->db, wanted, NULL, error);

    if (status == MU_OK)
        status = mu_card_ended(desk->db, wanted->card, &day, error);
    if (status != MU_OK || !mu_date_known(day))
        return status;
    mu_date_format(day, text);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_card_ended, wanted->card, text, NULL);
}

static enum mu_status bind(struct mu_desk *desk, const char *card, int64_t resident_id,
                           const char *reason, struct mu_diner_account *out, struct mu_error *error)
{
    struct mu_resident before, after, person;
    struct mu_act_writer act;
    enum mu_status status = mu_file_read(desk, resident_id, &before, error);

    if (status != MU_OK)
        return status;
    after = before;
    mu_text_copy(after.card, sizeof after.card, card);
    if (before.status != MU_LIVING_HERE)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_account_ended, before.name, NULL);
    if (strcmp(before.card, card) == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_card_same, before.name, NULL);
    status = check_card(desk, &after, error);
    if (status == MU_OK && *before.card && !*reason)
        return mu_fail(error, MU_INPUT, MU_SAY_error_card_reason, before.name, before.card, NULL);
    mu_act_begin(&act, desk, MU_MAY_save_resident, before.name);
    act.reason = reason;
    if (status == MU_OK)
        status = mu_file_write(&act, &before, &after, error);
    person = after;
    if (status == MU_OK)
        status = mu_file_lead(desk, &person, error);
    return status == MU_OK ? mu_diner_account_of(desk, &person, after.id, out, error) : status;
}

enum mu_status mu_bind_card(struct mu_desk *desk, const char *card, int64_t resident_id,
                            const char *reason, struct mu_diner_account *out,
                            struct mu_error *error)
{
    char text[MU_REASON_SIZE], number[MU_CARD_SIZE];
    struct mu_diner_account account;
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status == MU_OK)
        status = mu_desk_text(card, number, sizeof number, error);
    if (status != MU_OK)
        return status;
    mu_card_number(number, number);
    if (!*number)
        return mu_fail(error, MU_INPUT, MU_SAY_error_card_none, NULL);
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = bind(desk, number, resident_id, text, &account, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && out)
        *out = account;
    return status;
}
