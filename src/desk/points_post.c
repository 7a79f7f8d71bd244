#include "desk/points_post.h"

#include "store/ledger_store.h"
#include "store/points_store.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void name_account(int64_t resident_id, char out[MU_ACCOUNT_SIZE])
{
    snprintf(out, MU_ACCOUNT_SIZE, "person:%" PRId64, resident_id);
}

static enum mu_status check_day(struct mu_desk *desk, const struct mu_points_posting *posting,
                                struct mu_error *error)
{
    char day[MU_DATE_SIZE];
    int closed = 0;
    enum mu_status status;

    mu_date_format(posting->date, day);
    if (mu_date_compare(posting->date, posting->now.date) > 0)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_points_future, day, NULL);
    status = mu_points_last_closed(desk->db, &closed, error);
    if (status != MU_OK || mu_month_number(posting->date) > closed)
        return status;
    return mu_fail(error, MU_REFUSED, MU_SAY_error_points_month_closed, day, NULL);
}

static void fill(struct mu_desk *desk, const struct mu_points_posting *posting,
                 struct mu_entry *entry)
{
    struct mu_points sum = {0};

    *entry = (struct mu_entry){.book = MU_BOOK_POINTS,
                               .date = posting->date,
                               .recorded_at = posting->now,
                               .operator_id = desk->operator.id,
                               .rules_version = posting->rules_version,
                               .resident_id = posting->move[0].resident_id,
                               .reverses = posting->reverses,
                               .documented = posting->document != NULL,
                               .posting_count = posting->move_count + 1};
    mu_text_copy(entry->rule_id, sizeof entry->rule_id, posting->rule_id);
    mu_text_copy(entry->reason, sizeof entry->reason, posting->reason);
    if (posting->key)
        mu_text_copy(entry->idempotency_key, sizeof entry->idempotency_key, posting->key);
    else
        mu_new_key(entry->idempotency_key);
    if (posting->document)
        memcpy(entry->document, posting->document, sizeof entry->document);
    for (size_t i = 0; i < posting->move_count; i++) {
        name_account(posting->move[i].resident_id, entry->posting[i].account);
        entry->posting[i].amount = -posting->move[i].points.count;
        sum = mu_points_add(sum, posting->move[i].points);
    }
    mu_text_copy(entry->posting[posting->move_count].account, MU_ACCOUNT_SIZE,
                 mu_points_kind_word(posting->kind));
    entry->posting[posting->move_count].amount = sum.count;
}

enum mu_status mu_points_post(struct mu_desk *desk, const struct mu_points_posting *posting,
                              int64_t *entry_id, struct mu_error *error)
{
    struct mu_entry entry;
    enum mu_status status = check_day(desk, posting, error);

    if (status != MU_OK)
        return status;
    fill(desk, posting, &entry);
    status = mu_ledger_append(desk->db, &entry, error);
    for (size_t i = 0; status == MU_OK && i < posting->move_count; i++) {
        struct mu_points_line line = {.month = mu_month_number(posting->date),
                                      .resident_id = posting->move[i].resident_id,
                                      .entry_id = entry.id,
                                      .kind = posting->kind,
                                      .points = posting->move[i].points,
                                      .minutes = posting->move[i].minutes};

        status = mu_points_line_add(desk->db, &line, error);
    }
    if (status == MU_OK)
        *entry_id = entry.id;
    return status;
}

enum mu_status mu_points_of(struct mu_desk *desk, int64_t resident_id, struct mu_points *out,
                            struct mu_error *error)
{
    char account[MU_ACCOUNT_SIZE];
    int64_t amount = 0;
    enum mu_status status;

    name_account(resident_id, account);
    status = mu_account_balance(desk->db, MU_BOOK_POINTS, account, &amount, error);
    if (status == MU_OK)
        out->count = -amount;
    return status;
}
