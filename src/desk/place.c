#include "base/growing.h"
#include "desk/desk_internal.h"
#include "desk/household_file.h"
#include "store/place_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/place.h>

#include <stdlib.h>
#include <string.h>

enum { GRID_SLICE = 500 /* households that are counted under one lock */ };

/* Names that are put into the order in which people count before they are told. */
struct names {
    char (*name)[2 * MU_PLACE_SIZE];
    size_t count, room;
    bool no_memory;
};

static bool take_name(void *context, const char *name)
{
    struct names *names = context;
    void *larger = mu_grown(names->name, names->count, &names->room, sizeof *names->name);

    names->no_memory = !larger;
    if (!larger)
        return false;
    names->name = larger;
    mu_text_copy(names->name[names->count++], sizeof *names->name, name);
    return true;
}

/* Digits are compared as numbers, the rest byte by byte. */
static int by_counting(const void *first, const void *second)
{
    return mu_place_compare(first, second);
}

/* Hands the names on, sorted, and frees them. */
static enum mu_status tell_names(struct names *names, enum mu_status status, mu_place_row *row,
                                 void *context, struct mu_error *error)
{
    if (status == MU_OK && names->no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK && names->count)
        qsort(names->name, names->count, sizeof *names->name, by_counting);
    for (size_t i = 0; status == MU_OK && i < names->count; i++)
        if (!row(context, names->name[i]))
            break;
    free(names->name);
    return status;
}

enum mu_status mu_list_places(struct mu_desk *desk, const struct mu_place_at *at, mu_place_row *row,
                              void *context, struct mu_error *error)
{
    struct names names = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_place_names(desk->db, at, take_name, &names, error);
    return tell_names(&names, status, row, context, error);
}

enum mu_status mu_list_grids(struct mu_desk *desk, mu_place_row *row, void *context,
                             struct mu_error *error)
{
    struct names names = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_place_grids(desk->db, take_name, &names, error);
    return tell_names(&names, status, row, context, error);
}

enum mu_status mu_list_grid_buildings(struct mu_desk *desk, const char *grid, mu_place_row *row,
                                      void *context, struct mu_error *error)
{
    struct names names = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_place_grid_buildings(desk->db, grid, take_name, &names, error);
    return tell_names(&names, status, row, context, error);
}

/* Homes on their way to the caller. */
struct homes {
    struct home {
        struct mu_household household;
        int people;
        char head[MU_PERSON_NAME_SIZE];
    } * home;
    size_t count, room;
    bool no_memory;
};

static bool take_home(void *context, const struct mu_household *household, int people,
                      const char *head)
{
    struct homes *homes = context;
    struct home *home;
    void *larger = mu_grown(homes->home, homes->count, &homes->room, sizeof *homes->home);

    homes->no_memory = !larger;
    if (!larger)
        return false;
    homes->home = larger;
    home = &homes->home[homes->count++];
    home->household = *household;
    home->people = people;
    mu_text_copy(home->head, sizeof home->head, head);
    mu_household_mask(&home->household);
    return true;
}

static int by_room(const void *first, const void *second)
{
    const struct home *a = first, *b = second;
    int order = mu_place_compare(a->household.unit, b->household.unit);

    if (!order)
        order = mu_place_compare(a->household.room, b->household.room);
    return order ? order : mu_place_compare(a->household.number, b->household.number);
}

enum mu_status mu_list_homes(struct mu_desk *desk, const struct mu_place_at *at, mu_home_row *row,
                             void *context, struct mu_error *error)
{
    struct homes homes = {0};
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_place_homes(desk->db, at, take_home, &homes, error);
    if (status == MU_OK && homes.no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK && homes.count)
        qsort(homes.home, homes.count, sizeof *homes.home, by_room);
    for (size_t i = 0; status == MU_OK && i < homes.count; i++)
        if (!row(context, &homes.home[i].household, homes.home[i].people, homes.home[i].head))
            break;
    free(homes.home);
    return status;
}

/* The last birth date of somebody who is an elder today. */
static enum mu_status elders_until(struct mu_desk *desk, struct mu_date *out,
                                   struct mu_error *error)
{
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    if (status != MU_OK)
        return status;
    *out = mu_desk_now(desk).date;
    out->year -= rules->people.elder_from;
    if (!mu_date_valid(*out)) /* a year without 29 February */
        out->day = 28;
    return MU_OK;
}

enum mu_status mu_count_building(struct mu_desk *desk, const char *estate, const char *building,
                                 struct mu_place_count *count, struct mu_error *error)
{
    struct mu_date until;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = elders_until(desk, &until, error);
    if (status == MU_OK)
        status = mu_place_count_building(desk->db, estate, building, until, count, error);
    return status;
}

enum mu_status mu_count_grid(struct mu_desk *desk, const char *grid, int64_t *after,
                             struct mu_place_count *count, struct mu_error *error)
{
    struct mu_date until;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = elders_until(desk, &until, error);
    if (status == MU_OK)
        status = mu_place_count_grid(desk->db, grid, until, GRID_SLICE, after, count, error);
    return status;
}

enum mu_status mu_list_past_grids(struct mu_desk *desk, const char *estate, const char *building,
                                  mu_grid_past_row *row, void *context, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_place_past_grids(desk->db, estate, building, row, context, error);
    return status;
}
