#include "desk/goods_file.h"
#include "desk/resident_file.h"
#include "desk/twin_file.h"
#include "store/goods_store.h"

#include <mulin/base/text.h>

enum mu_status mu_goods_person(struct mu_desk *desk, int64_t resident_id, struct mu_resident *out,
                               struct mu_error *error)
{
    enum mu_status status = mu_file_read(desk, resident_id, out, error);

    return status == MU_OK ? mu_file_lead(desk, out, error) : status;
}

/* What runs out next: today already, or on the first of one of the months of the notice. */
static enum mu_status look_ahead(struct mu_desk *desk, const struct mu_points_rules *rules,
                                 struct mu_points_account *account, struct mu_error *error)
{
    struct mu_date first = mu_month_first(mu_month_number(mu_desk_now(desk).date));
    enum mu_status status = MU_OK;

    if (rules->expiry_months == 0)
        return MU_OK;
    for (int ahead = 0;
         status == MU_OK && account->soon.count == 0 && ahead <= rules->expiry_notice; ahead++) {
        struct mu_date day = mu_month_add(first, ahead);
        struct mu_points_ages ages = {.resident_id = 0};

        status = mu_points_ages_of(desk->db, account->resident_id,
                                   mu_points_gone_month(day, rules->expiry_months), &ages, error);
        account->soon = mu_points_running_out(ages.earned_until, ages.gone, ages.balance);
        if (account->soon.count)
            account->soon_on = day;
    }
    return status;
}

enum mu_status mu_points_account_of(struct mu_desk *desk, const struct mu_points_rules *rules,
                                    const struct mu_resident *leading, int64_t named,
                                    struct mu_points_account *out, struct mu_error *error)
{
    struct mu_points_account found = {.resident_id = leading->id,
                                      .file_id = named,
                                      .status = (enum mu_resident_status)leading->status};
    struct mu_purse purse;
    enum mu_status status =
        mu_points_purse(desk->db, leading->id, named, &purse, &found.balance.count, error);

    mu_text_copy(found.name, sizeof found.name, leading->name);
    if (status == MU_OK)
        status = look_ahead(desk, rules, &found, error);
    if (status == MU_OK)
        *out = found;
    return status;
}

enum mu_status mu_points_enough(const struct mu_points_account *account, struct mu_points points,
                                struct mu_error *error)
{
    char has[MU_POINTS_SIZE], needed[MU_POINTS_SIZE];

    if (account->balance.count >= points.count)
        return MU_OK;
    mu_points_format(account->balance, has);
    mu_points_format(points, needed);
    return mu_fail(error, MU_REFUSED, MU_SAY_error_redeem_points, account->name, has, needed, NULL);
}

enum mu_status mu_points_spread(struct mu_desk *desk, const struct mu_points_account *account,
                                struct mu_points points, struct mu_points_posting *posting,
                                struct mu_error *error)
{
    struct mu_points_account there = *account;
    struct mu_purse_part part[MU_PURSE_FILES];
    struct mu_purse purse;
    int64_t all = 0, reached = 0;
    size_t count;
    enum mu_status status =
        mu_points_purse(desk->db, account->resident_id, account->file_id, &purse, &all, error);

    if (status != MU_OK)
        return status;
    /* In the ledger what the person has stands below nothing. */
    for (size_t i = 0; i < purse.count; i++)
        reached -= purse.part[i].fen < 0 ? purse.part[i].fen : 0;
    there.balance.count = reached < all ? reached : all;
    if (points.count < 0)
        status = mu_points_enough(&there, (struct mu_points){-points.count}, error);
    if (status != MU_OK)
        return status;
    count = mu_purse_spread(&purse, -points.count, part);
    for (size_t i = 0; i < count; i++)
        posting->move[posting->move_count++] =
            (struct mu_points_move){.resident_id = part[i].resident_id, .points = {-part[i].fen}};
    return MU_OK;
}

enum mu_status mu_read_points(struct mu_desk *desk, int64_t resident_id,
                              struct mu_points_account *out, struct mu_error *error)
{
    struct mu_resident person;
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status == MU_OK)
        status = mu_goods_person(desk, resident_id, &person, error);
    return status == MU_OK
               ? mu_points_account_of(desk, &rules->points, &person, resident_id, out, error)
               : status;
}
