#include "desk/desk_internal.h"
#include "store/closing_store.h"
#include "store/ledger_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/closing.h>

#include <stdio.h>
#include <string.h>

static enum mu_status refuse(enum mu_status status, enum mu_message message, struct mu_date date,
                             const char *name, struct mu_error *error)
{
    char day[MU_DATE_SIZE];

    mu_date_format(date, day);
    return mu_fail(error, status, message, day, name, NULL);
}

/* The session is one of the day's book, or has meals. */
static enum mu_status check_session(struct mu_desk *desk, const struct mu_settlement *settlement,
                                    struct mu_error *error)
{
    const struct mu_closing *closing = &settlement->closing;
    const struct mu_rules *rules;
    int version;
    enum mu_status status = mu_desk_rules_on(desk, closing->date, &rules, &version, error);

    if (status != MU_OK || !*closing->session || settlement->figures.totals.meals ||
        settlement->figures.totals.voided || mu_rules_session(rules, closing->session))
        return status;
    return mu_fail(error, MU_INPUT, MU_SAY_meal_no_session, closing->session, NULL);
}

/* How a closing made now would begin: what it covers, and its number. */
static enum mu_status look_forward(struct mu_desk *desk, struct mu_closing *closing,
                                   struct mu_error *error)
{
    struct mu_closing last;
    unsigned char head[MU_HASH_SIZE];
    enum mu_status status = mu_closing_last(desk->db, &last, error);

    if (status == MU_OK)
        status =
            mu_ledger_head_on(desk->db, closing->date, &closing->last_entry, closing->head, error);
    closing->id = last.id + 1;
    closing->after_entry = last.last_entry;
    if (status == MU_OK && last.id == 0)
        status = mu_ledger_head_on(desk->db, mu_date_add_days(closing->date, -1),
                                   &closing->after_entry, head, error);
    if (status == MU_OK && closing->last_entry < closing->after_entry) {
        /* A later day was closed before: nothing is left to be counted. */
        closing->last_entry = closing->after_entry;
        status = mu_ledger_hash(desk->db, closing->last_entry, closing->head, error);
    }
    return status;
}

/* Inside the caller's transaction. */
static enum mu_status settle(struct mu_desk *desk, struct mu_date date, const char *session,
                             struct mu_settlement *out, struct mu_error *error)
{
    enum mu_status status = mu_closing_read(desk->db, date, session, &out->closing, error);

    if (status == MU_OK && out->closing.id == 0 && *session)
        status = mu_closing_read(desk->db, date, "", &out->closing, error);
    if (status == MU_OK && out->closing.id == 0) {
        out->closing.date = date;
        mu_text_copy(out->closing.session, sizeof out->closing.session, session);
        status = look_forward(desk, &out->closing, error);
    }
    if (status == MU_OK)
        status = mu_closing_figures(desk->db, &out->closing, &out->figures, error);
    return status == MU_OK ? check_session(desk, out, error) : status;
}

enum mu_status mu_settle(struct mu_desk *desk, struct mu_date date, const char *session,
                         struct mu_settlement *out, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = settle(desk, date, session, out, error);
    mu_db_end_read(desk->db);
    return status;
}

/* Nobody closes what has not begun, or nothing. */
static enum mu_status check_time(struct mu_desk *desk, const struct mu_settlement *settlement,
                                 struct mu_moment now, struct mu_error *error)
{
    const struct mu_closing *closing = &settlement->closing;
    const struct mu_rules *rules;
    int version, order = mu_date_compare(closing->date, now.date);
    bool all_closed = !*closing->session && settlement->figures.totals.meals == 0;
    enum mu_status status;

    if (order > 0)
        return refuse(MU_INPUT, MU_SAY_error_closing_future, closing->date, NULL, error);
    status = mu_desk_rules_on(desk, closing->date, &rules, &version, error);
    for (size_t i = 0; status == MU_OK && i < rules->canteen.session_count; i++) {
        const struct mu_session *session = &rules->canteen.sessions[i];
        bool meant = !*closing->session || strcmp(session->id, closing->session) == 0, closed;

        if (!meant)
            continue;
        if (order == 0 && now.minute < session->from &&
            (!*closing->session || settlement->figures.totals.meals == 0))
            return refuse(MU_REFUSED, MU_SAY_error_closing_early, closing->date, session->name,
                          error);
        status = mu_session_closed(desk->db, closing->date, session->id, &closed, error);
        if (status == MU_OK && closed && *closing->session)
            return refuse(MU_REFUSED, MU_SAY_error_closing_twice, closing->date, session->name,
                          error);
        all_closed &= closed;
    }
    if (status == MU_OK && all_closed && !*closing->session)
        return refuse(MU_REFUSED, MU_SAY_error_closing_nothing, closing->date, NULL, error);
    return status;
}

/* What was counted against what the ledger says. */
static enum mu_status check_cash(const struct mu_settlement *settlement,
                                 const struct mu_closing_request *request, const char *reason,
                                 struct mu_error *error)
{
    struct mu_money expected = settlement->figures.expected;
    char text[3][MU_MONEY_SIZE];

    mu_money_format(expected, text[0]);
    mu_money_format(request->counted, text[1]);
    mu_money_format(mu_money_subtract(request->counted, expected), text[2]);
    if (request->expected && mu_money_compare(*request->expected, expected) != 0) {
        mu_money_format(*request->expected, text[1]);
        return mu_fail(error, MU_REFUSED, MU_SAY_error_closing_moved, text[1], text[0], NULL);
    }
    if (mu_money_compare(request->counted, expected) != 0 && !*reason)
        return mu_fail(error, MU_INPUT, MU_SAY_error_closing_reason, text[1], text[0], text[2],
                       NULL);
    return MU_OK;
}

/* The settlement as it would be closed now, when nothing speaks against it. */
static enum mu_status prepare(struct mu_desk *desk, const struct mu_closing_request *request,
                              const char *reason, struct mu_settlement *out, struct mu_error *error)
{
    struct mu_moment now;
    struct mu_date last;
    enum mu_status status = settle(desk, request->date, request->session, out, error);

    if (status == MU_OK && out->closing.entry_id)
        return refuse(MU_REFUSED, MU_SAY_error_closing_twice, request->date, request->session,
                      error);
    if (status == MU_OK)
        status = mu_desk_moment(desk, &now, &last, error);
    if (status != MU_OK)
        return status;
    out->closing.closed_at = now;
    status = check_time(desk, out, now, error);
    return status == MU_OK ? check_cash(out, request, reason, error) : status;
}

bool mu_session_is_closed(struct mu_desk *desk, struct mu_date date, const char *session)
{
    bool closed = false;

    return mu_session_closed(desk->db, date, session, &closed, NULL) == MU_OK && closed;
}

enum mu_status mu_second_signs(struct mu_desk *desk, struct mu_date date, bool *signs,
                               struct mu_error *error)
{
    const struct mu_rules *rules;
    int version;
    enum mu_status status = mu_desk_rules_on(desk, date, &rules, &version, error);

    if (status == MU_OK)
        *signs = rules->canteen.closing.second == MU_SECOND_SIGNS;
    return status;
}

/* Who stands for the count besides the operator. */
static enum mu_status find_second(struct mu_desk *desk, const struct mu_closing_request *request,
                                  struct mu_closing *closing, struct mu_error *error)
{
    char name[MU_OPERATOR_NAME_SIZE];
    struct mu_operator second = {0};
    bool signs;
    enum mu_status status = mu_desk_text(request->second_name, name, sizeof name, error);

    if (status == MU_OK && !*name)
        return mu_fail(error, MU_INPUT, MU_SAY_error_closing_second, NULL);
    if (status == MU_OK && strcmp(name, desk->operator.name) == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_closing_same, name, NULL);
    if (status == MU_OK)
        status = mu_second_signs(desk, request->date, &signs, error);
    if (status == MU_OK && signs)
        status = mu_desk_vouch(desk, name, request->second_password ? request->second_password : "",
                               MU_MAY_close_session, &second, error);
    if (status != MU_OK)
        return status;
    closing->second_id = second.id;
    mu_text_copy(closing->second_name, sizeof closing->second_name, name);
    return MU_OK;
}

/* The ledger entry that moves the difference and stands for the closing. */
static enum mu_status book(struct mu_desk *desk, struct mu_closing *closing, struct mu_error *error)
{
    int64_t difference = mu_money_subtract(closing->counted, closing->expected).fen;
    struct mu_entry entry = {.book = MU_BOOK_MEALS,
                             .date = closing->date,
                             .recorded_at = closing->closed_at,
                             .operator_id = desk->operator.id,
                             .documented = true,
                             .posting_count = 2,
                             .posting = {{"cash", difference}, {"cash-difference", -difference}}};
    const struct mu_rules *rules;
    enum mu_status status =
        mu_desk_rules_on(desk, closing->date, &rules, &entry.rules_version, error);

    if (status != MU_OK)
        return status;
    mu_text_copy(entry.rule_id, sizeof entry.rule_id, MU_CLOSING_RULE);
    mu_text_copy(entry.reason, sizeof entry.reason, closing->reason);
    mu_new_key(entry.idempotency_key);
    mu_closing_hash(closing, entry.idempotency_key, entry.document);
    status = mu_ledger_append(desk->db, &entry, error);
    closing->entry_id = entry.id;
    return status == MU_OK ? mu_closing_add(desk->db, closing, error) : status;
}

static enum mu_status note(struct mu_desk *desk, const struct mu_closing *closing,
                           struct mu_error *error)
{
    char subject[MU_SUBJECT_SIZE], day[MU_DATE_SIZE], after[256];
    char expected[MU_MONEY_SIZE], counted[MU_MONEY_SIZE];

    mu_date_format(closing->date, day);
    mu_money_format(closing->expected, expected);
    mu_money_format(closing->counted, counted);
    snprintf(subject, sizeof subject, "%s%s%s", day, *closing->session ? " " : "",
             closing->session);
    snprintf(after, sizeof after, "closing=%lld\nexpected=%s\ncounted=%s\nsecond=%s\n",
             (long long)closing->id, expected, counted, closing->second_name);
    return mu_audit_note(desk, MU_MAY_close_session, 0, subject, "", after, closing->reason, error);
}

/* Closes it inside the caller's transaction; `second` has the second person. */
static enum mu_status close_it(struct mu_desk *desk, const struct mu_closing_request *request,
                               const char *reason, const struct mu_closing *second,
                               struct mu_settlement *out, struct mu_error *error)
{
    struct mu_closing *closing = &out->closing;
    enum mu_status status = prepare(desk, request, reason, out, error);

    if (status == MU_OK)
        status = mu_desk_text(request->notes, closing->notes, sizeof closing->notes, error);
    if (status != MU_OK)
        return status;
    closing->meals = out->figures.totals.meals;
    closing->price = out->figures.totals.price;
    closing->pay = out->figures.totals.payer[MU_PAYER_SELF];
    closing->expected = out->figures.expected;
    closing->counted = request->counted;
    mu_text_copy(closing->reason, sizeof closing->reason, reason);
    closing->operator_id = desk->operator.id;
    mu_text_copy(closing->operator_name, sizeof closing->operator_name, desk->operator.name);
    closing->second_id = second->second_id;
    mu_text_copy(closing->second_name, sizeof closing->second_name, second->second_name);
    status = book(desk, closing, error);
    return status == MU_OK ? note(desk, closing, error) : status;
}

enum mu_status mu_close_session(struct mu_desk *desk, const struct mu_closing_request *request,
                                struct mu_settlement *out, struct mu_error *error)
{
    char reason[MU_REASON_SIZE];
    struct mu_closing second = {0};
    struct mu_settlement settlement;
    enum mu_status status = mu_desk_may(desk, MU_MAY_close_session, error);

    if (status == MU_OK)
        status = mu_desk_text(request->reason, reason, sizeof reason, error);
    if (status == MU_OK && request->counted.fen < 0)
        status = mu_fail(error, MU_INPUT, MU_SAY_error_closing_counted, NULL);
    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    /* Nobody signs for what will be refused. */
    status = prepare(desk, request, reason, &settlement, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        status = find_second(desk, request, &second, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = close_it(desk, request, reason, &second, &settlement, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && out)
        *out = settlement;
    return status;
}

enum mu_status mu_list_closings(struct mu_desk *desk, struct mu_date from, struct mu_date to,
                                mu_closing_told *told, void *context, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    return status == MU_OK ? mu_closing_list(desk->db, from, to, told, context, error) : status;
}

enum mu_status mu_late_meals(struct mu_desk *desk, const struct mu_closing *closing, size_t limit,
                             struct mu_late_meal *out, size_t *count, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_meals, error);

    return status == MU_OK ? mu_closing_late(desk->db, closing, limit, out, count, error) : status;
}

enum mu_status mu_unclosed_day(struct mu_desk *desk, struct mu_date *date, char *session,
                               struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date;
    char found[MU_RULE_ID_SIZE] = "";
    enum mu_status status = MU_OK;

    *date = (struct mu_date){0, 0, 0};
    for (int back = 1; back <= MU_UNCLOSED_DAYS && status == MU_OK && !*found; back++) {
        struct mu_date day = mu_date_add_days(today, -back);

        status = mu_session_open_on(desk->db, day, found, error);
        if (status == MU_OK && *found)
            *date = day;
    }
    mu_text_copy(session, MU_RULE_ID_SIZE, found);
    return status;
}
