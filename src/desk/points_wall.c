#include "desk/points_tally.h"
#include "desk/tally_rows.h"
#include "store/ledger_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/points_wall.h>

#include <stdlib.h>

static bool stands_on_it(const struct mu_tally_row *row)
{
    return mu_points_moved(&row->person.moved) || row->person.balance.count;
}

void mu_wall_row(const struct mu_points_wall *wall, size_t place, struct mu_wall_row *out)
{
    struct mu_tally_row row;

    mu_tally_row(&wall->tally->group[MU_TALLY_BY_PERSON], place, &row);
    *out = (struct mu_wall_row){.resident_id = row.person.resident_id,
                                .moved = row.person.moved,
                                .balance = row.person.balance,
                                .stars = row.person.stars};
    if (row.shows_name)
        mu_text_copy(out->name, sizeof out->name, row.name);
    else
        mu_name_mask(row.name, out->name);
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

static enum mu_status fill(struct mu_desk *desk, struct mu_points_wall *wall,
                           struct mu_error *error)
{
    struct mu_tally_group *people = &wall->tally->group[MU_TALLY_BY_PERSON];

    wall->sum = wall->tally->sum;
    wall->over = wall->tally->over;
    wall->on = mu_desk_now(desk).date;
    mu_tally_rows_keep(people, stands_on_it);
    wall->count = people->count;
    return read_head(desk, wall, error);
}

enum mu_status mu_read_points_wall(struct mu_desk *desk, int month, mu_progress *progress,
                                   void *context, struct mu_points_wall **out,
                                   struct mu_error *error)
{
    struct mu_points_wall *wall = calloc(1, sizeof *wall);
    enum mu_status status =
        wall ? mu_desk_may(desk, MU_MAY_read_points, error) : mu_fail_memory(error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status == MU_OK) {
        status = mu_points_tally_here(desk, month, month, progress, context, &wall->tally, error);
        if (status == MU_OK)
            status = fill(desk, wall, error);
        mu_db_end_read(desk->db);
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
    mu_tally_free(&old->tally);
    free(old);
}
