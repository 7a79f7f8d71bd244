#include "base/growing.h"
#include "desk/points_tally.h"
#include "store/ledger_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/points_wall.h>

#include <stdlib.h>

static bool stands_on_it(const struct mu_points_month_line *line)
{
    const struct mu_points_sums *moved = &line->moved;

    return moved->services || moved->minutes || moved->earned.count || moved->spent.count ||
           moved->expired.count || line->balance.count;
}

static enum mu_status add_row(struct mu_points_wall *wall, const struct mu_tally_row *person,
                              struct mu_error *error)
{
    struct mu_wall_row *row = mu_grown(wall->row, wall->count, &wall->room, sizeof *row);

    if (!row)
        return mu_fail_memory(error);
    wall->row = row;
    row += wall->count++;
    *row = (struct mu_wall_row){.resident_id = person->person.resident_id,
                                .moved = person->person.moved,
                                .balance = person->person.balance,
                                .stars = person->person.stars};
    if (person->shows_name)
        mu_text_copy(row->name, sizeof row->name, person->name);
    else
        mu_name_mask(person->name, row->name);
    return MU_OK;
}

/* What covers the closing of the month, too. */
static enum mu_status read_head(struct mu_desk *desk, struct mu_points_wall *wall,
                                struct mu_error *error)
{
    if (!wall->sum.entry_id)
        return mu_ledger_head(desk->db, &wall->entries, wall->head, error);
    wall->entries = wall->sum.entry_id;
    return mu_ledger_hash(desk->db, wall->entries, wall->head, error);
}

static enum mu_status fill(struct mu_desk *desk, const struct mu_tally *tally,
                           struct mu_points_wall *wall, struct mu_error *error)
{
    const struct mu_tally_group *people = &tally->group[MU_TALLY_BY_PERSON];
    enum mu_status status = MU_OK;

    wall->sum = tally->sum;
    wall->sum.month = tally->to;
    wall->over = tally->over;
    wall->on = mu_desk_now(desk).date;
    for (size_t i = 0; status == MU_OK && i < people->count; i++)
        if (stands_on_it(&people->row[i].person))
            status = add_row(wall, &people->row[i], error);
    return status == MU_OK ? read_head(desk, wall, error) : status;
}

enum mu_status mu_read_points_wall(struct mu_desk *desk, int month, mu_progress *progress,
                                   void *context, struct mu_points_wall **out,
                                   struct mu_error *error)
{
    struct mu_points_wall *wall = calloc(1, sizeof *wall);
    struct mu_tally *tally = NULL;
    enum mu_status status =
        wall ? mu_desk_may(desk, MU_MAY_read_points, error) : mu_fail_memory(error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status == MU_OK) {
        status = mu_points_tally_here(desk, month, month, progress, context, &tally, error);
        if (status == MU_OK)
            status = fill(desk, tally, wall, error);
        mu_db_end_read(desk->db);
        mu_tally_free(&tally);
    }
    if (status == MU_OK)
        *out = wall;
    else
        mu_points_wall_free(&wall);
    return status;
}

enum mu_status mu_post_points_wall(struct mu_desk *desk, const struct mu_points_wall *wall,
                                   const char *target, struct mu_error *error)
{
    char month[MU_MONTH_SIZE], name[MU_SUBJECT_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_post_points, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    mu_month_format(mu_month_first(wall->sum.month), month);
    mu_text_inert(name, sizeof name, target);
    status = mu_audit_note(desk, MU_MAY_post_points, 0, month, "", name, "", error);
    return mu_desk_end(desk, status, error);
}

void mu_points_wall_free(struct mu_points_wall **wall)
{
    struct mu_points_wall *old = *wall;

    *wall = NULL;
    if (!old)
        return;
    free(old->row);
    free(old);
}
