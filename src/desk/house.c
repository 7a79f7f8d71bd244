#include "desk/case_file.h"
#include "store/alert_store.h"
#include "store/audit_store.h"
#include "store/canteen_store.h"
#include "store/certificate_store.h"
#include "store/closing_store.h"
#include "store/ledger_store.h"
#include "store/migration.h"
#include "store/points_month_store.h"
#include "store/points_store.h"
#include "store/register_store.h"
#include "store/round_store.h"
#include "store/sealed_column.h"
#include "store/search_store.h"
#include "store/service_store.h"
#include "store/tag_store.h"
#include "store/twin_store.h"
#include "store/vault_rows.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/closing.h>
#include <mulin/desk/house.h>
#include <mulin/desk/tag.h>
#include <mulin/domain/retention.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_KIB = 16 * 1024 };

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

static enum mu_status check_file(struct mu_desk *desk, struct mu_error *error)
{
    char finding[MU_ERROR_ARGUMENT_SIZE];
    bool sound;
    enum mu_status status = mu_db_check(desk->db, true, &sound, finding, sizeof finding, error);

    if (status == MU_OK && !sound)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_file, finding, NULL);
    return status;
}

static enum mu_status check_chain(struct mu_desk *desk, mu_progress *progress, void *context,
                                  struct mu_ledger_report *walked, struct mu_error *error)
{
    static const enum mu_message faults[] = {
        [MU_CHAIN_GAP] = MU_SAY_error_verify_gap,
        [MU_CHAIN_HASH] = MU_SAY_error_verify_hash,
        [MU_CHAIN_UNBALANCED] = MU_SAY_error_verify_unbalanced,
        [MU_CHAIN_ORPHAN] = MU_SAY_error_verify_orphan,
    };
    char number[24];
    enum mu_status status = mu_ledger_walk(desk->db, progress, context, walked, error);

    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)walked->chain.entry_id);
    if (walked->chain.fault != MU_CHAIN_SOUND)
        return mu_fail(error, MU_STORE, faults[walked->chain.fault], number, NULL);
    return MU_OK;
}

static enum mu_status check_audit(struct mu_desk *desk, mu_progress *progress, void *context,
                                  struct mu_verify_report *report, struct mu_error *error)
{
    struct mu_chain_report chain;
    char number[24];
    enum mu_status status = mu_audit_walk(desk->db, progress, context, &chain, error);

    if (status != MU_OK)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)chain.entry_id);
    if (chain.fault != MU_CHAIN_SOUND)
        return mu_fail(error, MU_STORE,
                       chain.fault == MU_CHAIN_GAP ? MU_SAY_error_verify_audit_gap
                                                   : MU_SAY_error_verify_audit_hash,
                       number, NULL);
    report->audit_entries = chain.entries;
    memcpy(report->audit_head, chain.head, sizeof report->audit_head);
    return MU_OK;
}

static enum mu_status check_meals(struct mu_desk *desk, struct mu_error *error)
{
    char number[24];
    int64_t meal_id, entry_id = 0;
    enum mu_status status = mu_meal_find_mismatch(desk->db, &meal_id, error);

    if (status == MU_OK && meal_id == 0)
        status = mu_meal_find_altered(desk->db, &meal_id, error);
    if (status == MU_OK && meal_id == 0)
        status = mu_meal_find_missing(desk->db, &entry_id, error);
    if (status != MU_OK || (meal_id == 0 && entry_id == 0))
        return status;
    snprintf(number, sizeof number, "%lld", (long long)(meal_id ? meal_id : entry_id));
    return mu_fail(error, MU_STORE,
                   meal_id ? MU_SAY_error_verify_meal : MU_SAY_error_verify_no_meal, number, NULL);
}

static enum mu_status check_closings(struct mu_desk *desk, struct mu_error *error)
{
    char number[24];
    int64_t closing_id, entry_id;
    enum mu_status status = mu_closing_find_wrong(desk->db, &closing_id, &entry_id, error);

    if (status != MU_OK || (closing_id == 0 && entry_id == 0))
        return status;
    snprintf(number, sizeof number, "%lld", (long long)(closing_id ? closing_id : entry_id));
    return mu_fail(error, MU_STORE,
                   closing_id ? MU_SAY_error_verify_closing : MU_SAY_error_verify_no_closing,
                   number, NULL);
}

static enum mu_status check_balances(const struct mu_ledger_report *walked, struct mu_error *error)
{
    char number[24];

    if (walked->wrong_account == 0)
        return MU_OK;
    snprintf(number, sizeof number, "%lld", (long long)walked->wrong_account);
    return mu_fail(error, MU_STORE, MU_SAY_error_verify_balance, number, NULL);
}

static enum mu_status check_services(struct mu_desk *desk, const struct mu_ledger_report *walked,
                                     struct mu_error *error)
{
    char number[24];
    int64_t service_id, entry_id;
    enum mu_status status = mu_service_find_wrong(desk->db, walked, &service_id, &entry_id, error);

    if (status != MU_OK || (service_id == 0 && entry_id == 0))
        return status;
    snprintf(number, sizeof number, "%lld", (long long)(service_id ? service_id : entry_id));
    return mu_fail(error, MU_STORE,
                   service_id ? MU_SAY_error_verify_service : MU_SAY_error_verify_no_service,
                   number, NULL);
}

static enum mu_status check_points(struct mu_desk *desk, const struct mu_ledger_report *walked,
                                   struct mu_error *error)
{
    char number[MU_CERTIFICATE_NUMBER_SIZE];
    enum mu_status status;

    if (walked->wrong_entry) {
        snprintf(number, sizeof number, "%lld", (long long)walked->wrong_entry);
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_points, number, NULL);
    }
    status = mu_certificate_find_wrong(desk->db, number, error);
    if (status == MU_OK && *number)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_certificate, number, NULL);
    return status;
}

static enum mu_status check_points_months(struct mu_desk *desk, struct mu_error *error)
{
    char text[24];
    int month;
    int64_t entry_id;
    enum mu_status status = mu_points_month_find_wrong(desk->db, &month, &entry_id, error);

    if (status != MU_OK || (month == 0 && entry_id == 0))
        return status;
    if (month)
        mu_month_format(mu_month_first(month), text);
    else
        snprintf(text, sizeof text, "%lld", (long long)entry_id);
    return mu_fail(error, MU_STORE,
                   month ? MU_SAY_error_verify_points_month : MU_SAY_error_verify_no_points_month,
                   text, NULL);
}

static enum mu_status check_sealed(struct mu_desk *desk, mu_progress *progress, void *context,
                                   struct mu_error *error)
{
    struct mu_vault_faults faults;
    int64_t number;
    enum mu_message message = MU_SAY_error_verify_act;
    char text[24];
    enum mu_status status = mu_vault_check(desk->db, progress, context, &faults, error);

    if (status != MU_OK)
        return status;
    number = faults.act;
    if (faults.operator) {
        message = MU_SAY_error_verify_draft;
        number = faults.operator;
    }
    if (faults.resident) {
        message = MU_SAY_error_verify_sealed;
        number = faults.resident;
    }
    if (number == 0)
        return MU_OK;
    snprintf(text, sizeof text, "%lld", (long long)number);
    return mu_fail(error, MU_STORE, message, text, NULL);
}

static enum mu_status check_columns(struct mu_desk *desk, struct mu_error *error)
{
    const char *table;
    char number[24];
    int64_t row;
    enum mu_status status = mu_sealed_columns_check(desk->db, &table, &row, error);

    if (status != MU_OK || !table)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)row);
    return mu_fail(error, MU_STORE, MU_SAY_error_verify_value, table, number, NULL);
}

static enum mu_status check_keys(struct mu_desk *desk, struct mu_error *error)
{
    bool sound = false;
    enum mu_status status = mu_search_check(desk->db, &sound, error);

    if (status == MU_OK && !sound)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_keys, NULL);
    return status;
}

static enum mu_status check_tags(struct mu_desk *desk, struct mu_error *error)
{
    int64_t resident;
    char number[24];
    enum mu_status status = mu_tag_check(desk->db, &resident, error);

    if (status != MU_OK || resident == 0)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)resident);
    return mu_fail(error, MU_STORE, MU_SAY_error_verify_tags, number, NULL);
}

static enum mu_status check_twins(struct mu_desk *desk, struct mu_error *error)
{
    int64_t resident;
    char number[24];
    enum mu_status status = mu_twin_check(desk->db, &resident, error);

    if (status != MU_OK || resident == 0)
        return status;
    snprintf(number, sizeof number, "%lld", (long long)resident);
    return mu_fail(error, MU_STORE, MU_SAY_error_verify_twins, number, NULL);
}

static enum mu_status check_schema(struct mu_desk *desk, struct mu_error *error)
{
    char name[MU_ERROR_ARGUMENT_SIZE];
    enum mu_status status = mu_schema_compare(desk->db, name, sizeof name, error);

    if (status == MU_OK && *name)
        return mu_fail(error, MU_STORE, MU_SAY_error_verify_schema, name, NULL);
    return status;
}

static enum mu_status check_all(struct mu_desk *desk, mu_progress *progress, void *context,
                                struct mu_verify_report *report, struct mu_error *error)
{
    struct mu_verify_report found = {0};
    struct mu_ledger_report walked;
    enum mu_status status = check_file(desk, error);

    if (status == MU_OK)
        status = check_chain(desk, progress, context, &walked, error);
    if (status == MU_OK)
        status = check_audit(desk, progress, context, &found, error);
    if (status == MU_OK)
        status = check_meals(desk, error);
    if (status == MU_OK)
        status = check_closings(desk, error);
    if (status == MU_OK)
        status = check_balances(&walked, error);
    if (status == MU_OK)
        status = check_points(desk, &walked, error);
    if (status == MU_OK)
        status = check_services(desk, &walked, error);
    if (status == MU_OK)
        status = check_points_months(desk, error);
    if (status == MU_OK)
        status = mu_check_goods(desk, error);
    if (status == MU_OK)
        status = mu_check_books(desk, error);
    if (status == MU_OK)
        status = mu_check_cases(desk, error);
    if (status == MU_OK)
        status = check_sealed(desk, progress, context, error);
    if (status == MU_OK)
        status = check_columns(desk, error);
    if (status == MU_OK)
        status = check_keys(desk, error);
    if (status == MU_OK)
        status = check_tags(desk, error);
    if (status == MU_OK)
        status = check_twins(desk, error);
    if (status == MU_OK)
        status = check_schema(desk, error);
    if (status != MU_OK)
        return status;
    found.entries = walked.chain.entries;
    memcpy(found.head, walked.chain.head, sizeof found.head);
    *report = found;
    return MU_OK;
}

/* With a page cache in which the upper pages of every index find room, and what has to be sorted in
 * a file: memory does not grow with the records. */
enum mu_status mu_check_records(struct mu_desk *desk, mu_progress *progress, void *context,
                                struct mu_verify_report *report, struct mu_error *error)
{
    struct mu_verify_report found;
    enum mu_status status = mu_db_bulk(desk->db, CACHE_KIB, error), ended;

    if (status == MU_OK)
        status = check_all(desk, progress, context, &found, error);
    ended = mu_db_bulk(desk->db, 0, status == MU_OK ? error : NULL);
    if (status == MU_OK && ended == MU_OK)
        *report = found;
    return status == MU_OK ? ended : status;
}

enum mu_status mu_verify(struct mu_desk *desk, mu_progress *progress, void *context,
                         struct mu_verify_report *report, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_verify, error);

    if (status == MU_OK && progress && !progress(context, 0, 0))
        return mu_fail(error, MU_REFUSED, MU_SAY_verify_stopped, NULL);
    return status == MU_OK ? mu_check_records(desk, progress, context, report, error) : status;
}
