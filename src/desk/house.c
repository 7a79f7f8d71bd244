#include "desk/case_file.h"
#include "store/alert_store.h"
#include "store/canteen_store.h"
#include "store/closing_store.h"
#include "store/ledger_store.h"
#include "store/points_month_store.h"
#include "store/points_store.h"
#include "store/register_store.h"
#include "store/round_store.h"
#include "store/tag_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/closing.h>
#include <mulin/desk/house.h>
#include <mulin/desk/tag.h>
#include <mulin/domain/retention.h>

static enum mu_status read_backup(struct mu_desk *desk, struct mu_figures *out,
                                  struct mu_error *error)
{
    char moment[MU_SETTING_SIZE];
    enum mu_status status = mu_setting_read(desk->db, MU_SETTING_BACKUP, moment, error);

    if (status != MU_OK)
        return status;
    mu_moment_parse(moment, &out->backup_made_at);
    out->backup_late = !desk->demo && mu_backup_late(out->backup_made_at, mu_desk_now(desk));
    return MU_OK;
}

static bool first_missed(void *context, const struct mu_alert *alert)
{
    struct mu_figures *figures = context;

    mu_text_copy(figures->missed, sizeof figures->missed, alert->name);
    return false;
}

static enum mu_status read_points_due(struct mu_desk *desk, struct mu_figures *out,
                                      struct mu_error *error)
{
    int closed, month = 0;
    enum mu_status status = mu_points_last_closed(desk->db, &closed, error);

    if (status == MU_OK)
        status = mu_points_month_behind(desk->db, closed, &month, error);
    if (status == MU_OK && month && month < mu_month_number(mu_desk_now(desk).date))
        out->points_due = mu_month_first(month);
    return status;
}

static enum mu_status read_figures(struct mu_desk *desk, struct mu_figures *out,
                                   struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date;
    enum mu_status status = mu_register_count(desk->db, &out->living, &out->files, error);

    if (status == MU_OK)
        status = mu_meal_totals(desk->db, today, NULL, &out->meals, error);
    if (status == MU_OK)
        status = mu_quota_left(desk, out->quota_name, &out->quota, &out->quota_left, error);
    if (status == MU_OK)
        status = mu_ledger_head(desk->db, &out->entries, out->head, error);
    if (status == MU_OK)
        status = mu_tag_due_count(desk->db, mu_date_add_days(today, -MU_DUE_PAST_DAYS),
                                  mu_date_add_days(today, MU_DUE_DAYS), MU_DUE_LIMIT,
                                  &out->due_tags, error);
    if (status == MU_OK)
        status = mu_stop_not_told(desk->db, mu_date_add_days(today, -7), today, "", &out->not_told,
                                  error);
    if (status == MU_OK)
        status = mu_alert_count(desk->db, &out->alerts, error);
    if (status == MU_OK && out->alerts)
        status = mu_alert_list(desk->db, true, 1, first_missed, out, error);
    if (status == MU_OK)
        status = mu_unclosed_day(desk, &out->unclosed, out->unclosed_session, error);
    if (status == MU_OK)
        status = read_points_due(desk, out, error);
    if (status == MU_OK)
        status = mu_case_figures(desk, out, error);
    if (status == MU_OK)
        status = read_backup(desk, out, error);
    return status;
}

enum mu_status mu_today(struct mu_desk *desk, struct mu_figures *out, struct mu_error *error)
{
    struct mu_figures figures = {0};
    enum mu_status status = mu_db_begin_read(desk->db, error);

    if (status != MU_OK)
        return status;
    status = read_figures(desk, &figures, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        *out = figures;
    return status;
}

enum mu_status mu_verify(struct mu_desk *desk, mu_progress *progress, void *context,
                         struct mu_verify_report *report, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_verify, error);

    if (status == MU_OK && progress && !progress(context, 0, 0))
        return mu_fail(error, MU_REFUSED, MU_SAY_verify_stopped, NULL);
    return status == MU_OK ? mu_check_records(desk, progress, context, report, error) : status;
}
