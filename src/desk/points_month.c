#include "desk/points_doubts.h"
#include "desk/points_tally.h"
#include "domain/points_month_seal.h"
#include "store/ledger_store.h"
#include "store/points_store.h"

#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

/* A month that is being closed. */
struct closing {
    struct mu_desk *desk;
    struct mu_points_month month;
    struct mu_points_watch watch;
    struct mu_points_people people;
    int last_closed;
    int64_t looked; /* change counter of the records when they were looked through; 0: never */
};

static enum mu_status refuse(enum mu_status status, enum mu_message message, int month,
                             const char *detail, struct mu_error *error)
{
    char text[MU_MONTH_SIZE];

    mu_month_format(mu_month_first(month), text);
    return mu_fail(error, status, message, text, detail, NULL);
}

/* Is it this month's turn? */
static enum mu_status check_turn(struct closing *closing, struct mu_error *error)
{
    struct mu_db *db = closing->desk->db;
    int month = closing->month.month, first_open = 0;
    struct mu_date end = mu_month_end(mu_month_first(month));
    char other[MU_MONTH_SIZE];
    enum mu_status status = mu_points_last_closed(db, &closing->last_closed, error);

    if (status == MU_OK && month <= closing->last_closed)
        return refuse(MU_REFUSED, MU_SAY_error_tally_closed, month, NULL, error);
    if (status == MU_OK && mu_date_compare(closing->month.closed_at.date, end) <= 0)
        return refuse(MU_REFUSED, MU_SAY_error_tally_not_over, month, NULL, error);
    if (status == MU_OK)
        status = mu_points_month_behind(db, closing->last_closed, &first_open, error);
    if (status != MU_OK || first_open == 0 || first_open >= month)
        return status;
    mu_month_format(mu_month_first(first_open), other);
    return refuse(MU_REFUSED, MU_SAY_error_tally_earlier, month, other, error);
}

static enum mu_status check_doubts(struct closing *closing, struct mu_error *error)
{
    struct mu_tally_doubts doubts = {0};
    char count[24];
    enum mu_status status =
        mu_points_find_doubts(closing->desk, closing->month.month, &closing->watch, &doubts, error);

    snprintf(count, sizeof count, "%zu", doubts.open);
    if (status == MU_OK && doubts.open)
        status = refuse(MU_REFUSED, MU_SAY_error_tally_doubts, closing->month.month, count, error);
    mu_tally_doubts_clear(&doubts);
    return status;
}

/* What nobody has to sign for: it would be refused. Inside the caller's transaction. When nobody
 * else saved anything since, the month is not looked through again. */
static enum mu_status prepare(struct closing *closing, struct mu_error *error)
{
    struct mu_date last;
    enum mu_status status = mu_desk_moment(closing->desk, &closing->month.closed_at, &last, error);
    int64_t counter = mu_db_change_counter(closing->desk->db);

    if (status == MU_OK)
        status = check_turn(closing, error);
    if (status == MU_OK && (counter == 0 || counter != closing->looked))
        status = check_doubts(closing, error);
    closing->looked = counter;
    return status;
}

enum mu_status mu_points_second_signs(struct mu_desk *desk, int month, bool *signs,
                                      struct mu_error *error)
{
    const struct mu_points_rules *rules;
    int version;
    enum mu_status status = mu_points_rules_of(desk, month, &rules, NULL, &version, error);

    if (status == MU_OK)
        *signs = rules->second == MU_SECOND_SIGNS;
    return status;
}

/* Who stands for the month besides the operator. */
static enum mu_status find_second(struct closing *closing,
                                  const struct mu_points_closing_request *request,
                                  struct mu_error *error)
{
    struct mu_desk *desk = closing->desk;
    struct mu_points_month *month = &closing->month;
    struct mu_operator second = {0};
    bool signs;
    enum mu_status status =
        mu_desk_text(request->second_name, month->second_name, sizeof month->second_name, error);

    if (status == MU_OK && !*month->second_name)
        return mu_fail(error, MU_INPUT, MU_SAY_error_tally_second, NULL);
    if (status == MU_OK && strcmp(month->second_name, desk->operator.name) == 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_tally_same, month->second_name, NULL);
    if (status == MU_OK)
        status = mu_points_second_signs(desk, month->month, &signs, error);
    if (status == MU_OK && signs)
        status = mu_desk_vouch(desk, month->second_name,
                               request->second_password ? request->second_password : "",
                               MU_MAY_close_points, &second, error);
    if (status == MU_OK)
        month->second_id = second.id;
    return status;
}

/* Gathers the lines, writes and seals them. */
static enum mu_status write_lines(struct closing *closing, struct mu_chain_hash *seal,
                                  int *rules_version, struct mu_error *error)
{
    struct mu_desk *desk = closing->desk;
    struct mu_points_links links = {0};
    struct mu_points_stretch all = {.files = MU_ALL_FILES};
    const struct mu_points_rules *rules;
    int month = closing->month.month;
    struct mu_date end = mu_month_end(mu_month_first(month));
    enum mu_status status = mu_points_read_links(desk, &links, error);

    if (status == MU_OK)
        status = mu_points_last_file(desk->db, &all.last_file, error);
    if (status == MU_OK)
        status = mu_points_gather(desk, month, closing->last_closed, &all, &links, &closing->watch,
                                  &closing->people, error);
    mu_points_links_clear(&links);
    if (status == MU_OK)
        status = mu_points_rules_of(desk, month, &rules, NULL, rules_version, error);
    for (size_t i = 0; status == MU_OK && i < closing->people.count; i++) {
        struct mu_points_month_line line;
        struct mu_points_who who;

        status = mu_points_person(desk->db, closing->people.person[i].resident_id, &who, error);
        mu_points_line_of(&closing->people.person[i], &line);
        line.stars = mu_stars(&rules->stars, line.total_minutes, line.total_earned,
                              mu_points_months_between(who.registered, end));
        if (status == MU_OK)
            status = mu_points_month_line_add(desk->db, month, &line, error);
        mu_points_seal_line(seal, &line);
        mu_points_month_take(&closing->month, &line);
        if (status == MU_OK &&
            !mu_points_watch(&closing->watch, (int64_t)i + 1, (int64_t)closing->people.count))
            status = mu_points_stopped(error);
    }
    mu_points_people_clear(&closing->people);
    return status;
}

/* The ledger entry that moves nothing and stands for the month. */
static enum mu_status book(struct closing *closing, struct mu_error *error)
{
    struct mu_desk *desk = closing->desk;
    struct mu_points_month *month = &closing->month;
    struct mu_entry entry = {.book = MU_BOOK_POINTS,
                             .date = month->closed_at.date,
                             .recorded_at = month->closed_at,
                             .operator_id = desk->operator.id,
                             .documented = true,
                             .posting_count = 2,
                             .posting = {{"months", 0}, {"closed", 0}}};
    struct mu_chain_hash seal;
    enum mu_status status = mu_ledger_head(desk->db, &month->last_entry, month->head, error);

    if (status != MU_OK)
        return status;
    mu_text_copy(entry.rule_id, sizeof entry.rule_id, MU_POINTS_MONTH_RULE);
    mu_new_key(entry.idempotency_key);
    mu_points_seal_begin(&seal, entry.idempotency_key);
    status = write_lines(closing, &seal, &entry.rules_version, error);
    if (status != MU_OK)
        return status;
    mu_points_seal_end(&seal, month, entry.document);
    status = mu_ledger_append(desk->db, &entry, error);
    month->entry_id = entry.id;
    return status == MU_OK ? mu_points_month_add(desk->db, month, error) : status;
}

static bool same_sums(const struct mu_points_sums *a, const struct mu_points_sums *b)
{
    return a->services == b->services && a->minutes == b->minutes &&
           a->earned.count == b->earned.count && a->spent.count == b->spent.count &&
           a->expired.count == b->expired.count;
}

static enum mu_status note(const struct closing *closing, struct mu_error *error)
{
    const struct mu_points_month *month = &closing->month;
    char subject[MU_MONTH_SIZE], after[256 + MU_OPERATOR_NAME_SIZE];
    char points[4][MU_POINTS_SIZE];

    mu_month_format(mu_month_first(month->month), subject);
    mu_points_format(month->moved.earned, points[0]);
    mu_points_format(month->moved.spent, points[1]);
    mu_points_format(month->moved.expired, points[2]);
    mu_points_format(month->balance, points[3]);
    snprintf(after, sizeof after,
             "entry=%lld\nservices=%lld\nearned=%s\nspent=%s\nexpired=%s\nbalance=%s\nsecond=%s\n",
             (long long)month->entry_id, (long long)month->moved.services, points[0], points[1],
             points[2], points[3], month->second_name);
    return mu_audit_note(closing->desk, MU_MAY_close_points, 0, subject, "", after, "", error);
}

/* Closes it inside the caller's transaction. */
static enum mu_status close_it(struct closing *closing,
                               const struct mu_points_closing_request *request,
                               struct mu_error *error)
{
    struct mu_points_month *month = &closing->month;
    enum mu_status status = prepare(closing, error);

    if (status != MU_OK)
        return status;
    month->operator_id = closing->desk->operator.id;
    mu_text_copy(month->operator_name, sizeof month->operator_name, closing->desk->operator.name);
    status = book(closing, error);
    if (status == MU_OK && request->expected && !same_sums(request->expected, &month->moved))
        return refuse(MU_REFUSED, MU_SAY_error_tally_moved, month->month, NULL, error);
    return status == MU_OK ? note(closing, error) : status;
}

enum mu_status mu_close_points_month(struct mu_desk *desk,
                                     const struct mu_points_closing_request *request,
                                     struct mu_points_month *out, struct mu_error *error)
{
    struct closing closing = {
        .desk = desk,
        .month = {.month = request->month},
        .watch = {.progress = request->progress, .context = request->context}};
    enum mu_status status = mu_desk_may(desk, MU_MAY_close_points, error);

    if (status == MU_OK && !mu_date_valid(mu_month_first(request->month)))
        status = mu_fail(error, MU_INPUT, MU_SAY_error_tally_future, "", NULL);
    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = prepare(&closing, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        status = find_second(&closing, request, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = close_it(&closing, request, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK && out)
        *out = closing.month;
    return status;
}

enum mu_status mu_list_points_months(struct mu_desk *desk, mu_points_month_told *told,
                                     void *context, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    return status == MU_OK ? mu_points_month_list(desk->db, told, context, error) : status;
}

enum mu_status mu_points_month_due(struct mu_desk *desk, int *month, struct mu_error *error)
{
    int closed, first = 0;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_points_last_closed(desk->db, &closed, error);
    if (status == MU_OK)
        status = mu_points_month_behind(desk->db, closed, &first, error);
    if (status == MU_OK)
        *month = first < mu_month_number(mu_desk_now(desk).date) ? first : 0;
    return status;
}
