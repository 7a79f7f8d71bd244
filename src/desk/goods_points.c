/* Points that are handed on in a household, and those that run out. */
#include "desk/goods_file.h"
#include "store/goods_store.h"

#include <mulin/base/text.h>

#include <stdio.h>

/* ---- handing on ---- */

struct handing {
    struct mu_desk *desk;
    const struct mu_rules *rules;
    struct mu_resident from, to;
    struct mu_points_account account[2];
    struct mu_points_posting posting;
};

static enum mu_status check_handing(const struct handing *handing, struct mu_error *error)
{
    const struct mu_resident *from = &handing->from, *to = &handing->to;

    if (handing->rules->points.transfers != MU_TRANSFER_HOUSEHOLD)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_transfer_rule, NULL);
    if (from->id == to->id)
        return mu_fail(error, MU_INPUT, MU_SAY_error_transfer_self, from->name, NULL);
    if (from->status != MU_LIVING_HERE && from->status != MU_DECEASED)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_transfer_ended, from->name, NULL);
    if (to->status != MU_LIVING_HERE)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_transfer_ended, to->name, NULL);
    if (from->household_id == 0 || from->household_id != to->household_id)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_transfer_household, from->name, to->name,
                       NULL);
    return MU_OK;
}

static enum mu_status read_both(struct handing *handing, int64_t from, int64_t to,
                                struct mu_error *error)
{
    const struct mu_points_rules *rules = &handing->rules->points;
    enum mu_status status = mu_points_account_of(handing->desk, rules, &handing->from, from,
                                                 &handing->account[0], error);

    return status == MU_OK ? mu_points_account_of(handing->desk, rules, &handing->to, to,
                                                  &handing->account[1], error)
                           : status;
}

static enum mu_status hand_on(struct handing *handing, int64_t from, int64_t to,
                              struct mu_points points, struct mu_error *error)
{
    struct mu_desk *desk = handing->desk;
    struct mu_points_posting *posting = &handing->posting;
    struct mu_date last;
    int64_t entry_id;
    char text[MU_POINTS_SIZE];
    enum mu_status status = mu_desk_moment(desk, &posting->now, &last, error);

    posting->date = posting->now.date;
    if (status == MU_OK)
        status =
            mu_desk_rules_on(desk, posting->date, &handing->rules, &posting->rules_version, error);
    if (status == MU_OK)
        status = mu_goods_person(desk, from, &handing->from, error);
    if (status == MU_OK)
        status = mu_goods_person(desk, to, &handing->to, error);
    if (status == MU_OK)
        status = check_handing(handing, error);
    if (status == MU_OK)
        status = read_both(handing, from, to, error);
    if (status == MU_OK)
        status = mu_points_enough(&handing->account[0], points, error);
    if (status == MU_OK)
        status = mu_points_spread(desk, &handing->account[0], (struct mu_points){-points.count},
                                  posting, error);
    if (status == MU_OK)
        status = mu_points_spread(desk, &handing->account[1], points, posting, error);
    if (status == MU_OK)
        status = mu_points_post(desk, posting, &entry_id, error);
    if (status == MU_OK)
        status = read_both(handing, from, to, error);
    mu_points_format(points, text);
    return status == MU_OK ? mu_audit_note(desk, MU_MAY_give_goods, handing->from.id,
                                           handing->to.name, "", text, posting->reason, error)
                           : status;
}

enum mu_status mu_transfer_points(struct mu_desk *desk, int64_t from, int64_t to,
                                  struct mu_points points, const char *reason,
                                  struct mu_points_account out[2], struct mu_error *error)
{
    char text[MU_REASON_SIZE], number[MU_POINTS_SIZE];
    struct handing handing = {
        .desk = desk,
        .posting = {.kind = MU_POINTS_TRANSFER, .rule_id = "transfer", .reason = text}};
    enum mu_status status = mu_desk_may(desk, MU_MAY_give_goods, error);

    if (status == MU_OK)
        status = mu_desk_text(reason, text, sizeof text, error);
    if (status != MU_OK)
        return status;
    mu_points_format(points, number);
    if (points.count <= 0 || points.count > MU_POINTS_LIMIT)
        return mu_fail(error, MU_INPUT, MU_SAY_error_transfer_points, number, NULL);
    status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = hand_on(&handing, from, to, points, error);
    status = mu_desk_end(desk, status, error);
    for (int i = 0; status == MU_OK && out && i < 2; i++)
        out[i] = handing.account[i];
    return status;
}

/* ---- running out ---- */

enum { PAGE = 256 }; /* people that are read at once */

/* What is asked and found; `post` NULL: nothing is booked. */
struct running_out {
    struct mu_desk *desk;
    struct mu_points_posting *post;
    mu_progress *progress;
    mu_expiry_row *row;
    void *context; /* of the one of them that is given */
    struct mu_expiry_report report;
};

static enum mu_status book(struct running_out *work, const struct mu_points_account *account,
                           struct mu_points points, struct mu_error *error)
{
    int64_t entry_id;
    enum mu_status status;

    work->post->move_count = 0;
    status =
        mu_points_spread(work->desk, account, (struct mu_points){-points.count}, work->post, error);
    return status == MU_OK ? mu_points_post(work->desk, work->post, &entry_id, error) : status;
}

static enum mu_status run_out(struct running_out *work, const struct mu_points_ages *ages,
                              bool *more, struct mu_error *error)
{
    struct mu_expiry expiry = {.resident_id = ages->resident_id, .balance = ages->balance};
    struct mu_points_account account = {.resident_id = ages->resident_id,
                                        .file_id = ages->resident_id};
    struct mu_resident person;
    enum mu_status status;

    expiry.points = mu_points_running_out(ages->earned_until, ages->gone, ages->balance);
    if (expiry.points.count <= 0)
        return MU_OK;
    status = mu_goods_person(work->desk, ages->resident_id, &person, error);
    if (status != MU_OK)
        return status;
    mu_text_copy(expiry.name, sizeof expiry.name, person.name);
    mu_text_copy(account.name, sizeof account.name, person.name);
    if (work->post)
        status = book(work, &account, expiry.points, error);
    work->report.people++;
    work->report.sum = mu_points_add(work->report.sum, expiry.points);
    if (status == MU_OK && work->row)
        *more = work->row(work->context, &expiry);
    return status;
}

static enum mu_status walk(struct running_out *work, struct mu_error *error)
{
    struct mu_points_ages ages[PAGE];
    size_t count = 0;
    int64_t after = 0, done = 0;
    bool more = true;
    enum mu_status status;

    do {
        status =
            mu_points_ages(work->desk->db, work->report.through, after, PAGE, ages, &count, error);
        for (size_t i = 0; status == MU_OK && more && i < count; i++) {
            after = ages[i].resident_id;
            status = run_out(work, &ages[i], &more, error);
        }
        done += (int64_t)count;
        if (status == MU_OK && work->progress && !work->progress(work->context, done, 0))
            status = mu_fail(error, MU_REFUSED, MU_SAY_error_expiry_stopped, NULL);
    } while (status == MU_OK && more && count == PAGE);
    return status;
}

/* The first of the month of the day, and the last month that is gone by then. */
static enum mu_status set_day(struct running_out *work, const struct mu_points_rules *rules,
                              struct mu_date day, struct mu_error *error)
{
    if (rules->expiry_months == 0)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_expiry_none, NULL);
    work->report.day = mu_month_first(mu_month_number(day));
    work->report.through = mu_points_gone_month(day, rules->expiry_months);
    return MU_OK;
}

enum mu_status mu_points_expiring(struct mu_desk *desk, struct mu_date day, mu_expiry_row *row,
                                  void *context, struct mu_expiry_report *report,
                                  struct mu_error *error)
{
    struct running_out work = {.desk = desk, .row = row, .context = context};
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status != MU_OK)
        return status;
    if (!mu_date_known(day))
        day = mu_month_add(mu_month_first(mu_month_number(mu_desk_now(desk).date)),
                           rules->points.expiry_notice);
    status = set_day(&work, &rules->points, day, error);
    if (status == MU_OK)
        status = walk(&work, error);
    if (status == MU_OK)
        *report = work.report;
    return status;
}

static enum mu_status expire(struct running_out *work, struct mu_error *error)
{
    const struct mu_rules *rules;
    struct mu_date last;
    struct mu_points_posting *posting = work->post;
    char sum[MU_POINTS_SIZE], through[16];
    enum mu_status status = mu_desk_moment(work->desk, &posting->now, &last, error);

    posting->date = posting->now.date;
    if (status == MU_OK)
        status =
            mu_desk_rules_on(work->desk, posting->date, &rules, &posting->rules_version, error);
    if (status == MU_OK)
        status = set_day(work, &rules->points, posting->date, error);
    if (status == MU_OK)
        status = walk(work, error);
    mu_points_format(work->report.sum, sum);
    snprintf(through, sizeof through, "%d", work->report.through);
    return status == MU_OK
               ? mu_audit_note(work->desk, MU_MAY_close_points, 0, through, "", sum, "", error)
               : status;
}

enum mu_status mu_expire_points(struct mu_desk *desk, mu_progress *progress, void *context,
                                struct mu_expiry_report *report, struct mu_error *error)
{
    struct mu_points_posting posting = {
        .kind = MU_POINTS_EXPIRY, .rule_id = "expiry", .reason = ""};
    struct running_out work = {
        .desk = desk, .post = &posting, .progress = progress, .context = context};
    enum mu_status status = mu_desk_may(desk, MU_MAY_close_points, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = expire(&work, error);
    status = mu_desk_end(desk, status, error);
    if (status == MU_OK)
        *report = work.report;
    return status;
}
