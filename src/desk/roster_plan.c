/* Which way a list is read: along the index that leads to the fewest, in the order that is asked
 * for if there is an index for it. */
#include "base/growing.h"
#include "desk/roster_file.h"

#include "store/place_store.h"

#include <mulin/base/text.h>
#include <mulin/domain/place.h>

#include <stdlib.h>
#include <string.h>

enum { FEW_AGES = 20000 /* people of some ages who are worth looking up one by one */ };

/* Names of estates, buildings or grids on their way into an order. */
struct names {
    char (*name)[MU_PLACE_SIZE];
    size_t count, room;
    bool no_memory;
    const char *wanted; /* "": all */
    bool (*meant)(const char *wanted, const char *name);
};

static bool take_name(void *context, const char *name)
{
    struct names *names = context;

    if (*names->wanted && !names->meant(names->wanted, name))
        return true;
    void *larger = mu_grown(names->name, names->count, &names->room, sizeof *names->name);

    names->no_memory = !larger;
    if (!larger)
        return false;
    names->name = larger;
    mu_text_copy(names->name[names->count++], MU_PLACE_SIZE, name);
    return true;
}

static int up(const void *a, const void *b)
{
    return mu_place_compare(a, b);
}

static int down(const void *a, const void *b)
{
    return mu_place_compare(b, a);
}

/* Hands the names over to *out. */
static enum mu_status take_names(struct mu_roster *roster, struct names *names,
                                 enum mu_status status, char (**out)[MU_PLACE_SIZE], size_t *count,
                                 struct mu_error *error)
{
    if (status == MU_OK && names->no_memory)
        status = mu_fail_memory(error);
    if (status != MU_OK) {
        free(names->name);
        return status;
    }
    if (names->count)
        qsort(names->name, names->count, sizeof *names->name,
              roster->request.descending ? down : up);
    free(*out);
    *out = names->name;
    *count = names->count;
    return MU_OK;
}

static enum mu_status read_outer(struct mu_roster *roster, struct mu_error *error)
{
    struct mu_place_at all = {0};
    struct names names = {.wanted = roster->by_grid ? roster->request.grid : roster->request.estate,
                          .meant = roster->by_grid ? mu_roster_grid_meant : mu_roster_estate_meant};
    enum mu_status status = roster->by_grid
                                ? mu_place_grids(roster->desk->db, take_name, &names, error)
                                : mu_place_names(roster->desk->db, &all, take_name, &names, error);

    return take_names(roster, &names, status, &roster->outer, &roster->outer_count, error);
}

enum mu_status mu_roster_buildings(struct mu_roster *roster, const char *estate,
                                   struct mu_error *error)
{
    struct mu_place_at at = {.within_estate = true};
    struct names names = {.wanted = roster->request.building, .meant = mu_roster_place_meant};
    enum mu_status status;

    mu_text_copy(at.estate, sizeof at.estate, estate);
    status = mu_place_names(roster->desk->db, &at, take_name, &names, error);
    roster->inner_next = 0;
    return take_names(roster, &names, status, &roster->inner, &roster->inner_count, error);
}

/* True when nothing is asked but the status and what the ages say. */
static bool only_ages(const struct mu_roster *roster)
{
    const struct mu_roster_request *request = &roster->request;

    return !roster->word_count && !*roster->tags && !*roster->nest && !*request->grid &&
           !*request->estate && !*request->building && !*request->unit && !*request->room &&
           !request->occupancy && !request->residence && roster->test.status <= MU_LIVING_HERE &&
           roster->last <= MU_ID_SET_HIGHEST;
}

bool mu_roster_by_age(const struct mu_roster *roster)
{
    return *roster->test.born_from || *roster->test.born_until;
}

static bool wants_homes(const struct mu_roster *roster)
{
    const struct mu_roster_request *request = &roster->request;
    enum mu_roster_column sort = request->sort;

    return *request->grid || *request->estate || *request->building || *request->unit ||
           *request->room || request->occupancy || sort == MU_ROSTER_ADDRESS ||
           sort == MU_ROSTER_HOUSEHOLD || sort == MU_ROSTER_OCCUPANCY || sort == MU_ROSTER_GRID;
}

/* The way that leads to few; false when there is none. */
static bool choose_narrow(struct mu_roster *roster)
{
    const struct mu_roster_request *request = &roster->request;
    struct mu_roster_walk *walk = &roster->walk;
    struct mu_date until;
    const char *tags = roster->tags;

    roster->by_place = *request->building != '\0';
    if (roster->by_place)
        return true;
    if (*request->grid) {
        roster->by_grid = true;
    } else if (*roster->tags) {
        walk->kind = MU_ROSTER_OF_TAG;
        mu_tag_next(&tags, walk->word, &until);
    } else if (roster->test.status > MU_LIVING_HERE) {
        walk->kind = MU_ROSTER_ENDED;
    } else {
        roster->by_place = *request->estate != '\0';
        return roster->by_place;
    }
    return true;
}

/* The order that the rows come in is the one that is asked for. */
static bool comes_sorted(const struct mu_roster *roster)
{
    const struct mu_roster_request *request = &roster->request;

    switch (request->sort) {
    case MU_ROSTER_COLUMN_COUNT:
        return true;
    case MU_ROSTER_ADDRESS:
        return roster->by_place;
    case MU_ROSTER_GRID:
        return roster->by_grid;
    case MU_ROSTER_AGE:
    case MU_ROSTER_BIRTH_DATE:
        return roster->walk.kind == MU_ROSTER_BY_BIRTH || roster->walk.kind == MU_ROSTER_BIRTH_ONLY;
    case MU_ROSTER_NUMBER:
        return !roster->by_place && !roster->by_grid &&
               (roster->walk.kind == MU_ROSTER_BARE || roster->walk.kind == MU_ROSTER_BY_NUMBER ||
                (!request->descending && roster->walk.kind != MU_ROSTER_BY_BIRTH &&
                 (roster->walk.kind != MU_ROSTER_OF_TAG || !roster->leaders.count) &&
                 roster->walk.kind != MU_ROSTER_BIRTH_ONLY));
    default:
        return false;
    }
}

static void choose_broad(struct mu_roster *roster, bool few_ages)
{
    const struct mu_roster_request *request = &roster->request;
    struct mu_roster_walk *walk = &roster->walk;
    bool age_order = request->sort == MU_ROSTER_AGE || request->sort == MU_ROSTER_BIRTH_DATE;
    bool any_order = request->sort == MU_ROSTER_COLUMN_COUNT;

    if (request->sort == MU_ROSTER_ADDRESS) {
        roster->by_place = true;
        roster->leftovers = 1;
    } else if (request->sort == MU_ROSTER_GRID) {
        roster->by_grid = true;
        roster->leftovers = 2;
    } else if (age_order || few_ages ||
               (mu_roster_by_age(roster) && any_order && only_ages(roster))) {
        walk->kind = only_ages(roster) && (age_order || any_order) ? MU_ROSTER_BIRTH_ONLY
                                                                   : MU_ROSTER_BY_BIRTH;
        /* The youngest was born last. */
        walk->descending =
            request->sort == MU_ROSTER_BIRTH_DATE ? request->descending : !request->descending;
    } else {
        walk->kind = wants_homes(roster) ? MU_ROSTER_BY_NUMBER : MU_ROSTER_BARE;
        walk->descending = request->sort == MU_ROSTER_NUMBER && request->descending;
    }
}

static bool leave_out(void *context, int64_t id)
{
    struct mu_roster *roster = context;

    if (!mu_id_set_add(&roster->left_out, id))
        roster->status = mu_fail_memory(&roster->error);
    return roster->status == MU_OK;
}

static enum mu_status read_left_out(struct mu_roster *roster, struct mu_error *error)
{
    size_t next = 0;
    enum mu_status status =
        mu_roster_left_out(roster->desk->db, roster->test.status, leave_out, roster, error);

    if (status == MU_OK && roster->status != MU_OK)
        status = mu_fail_memory(error);
    if (status != MU_OK || roster->plan != MU_ROSTER_ARITHMETIC)
        return status;
    roster->gaps = malloc((roster->left_out.count + 1) * sizeof *roster->gaps);
    if (!roster->gaps)
        return mu_fail_memory(error);
    for (int64_t id = 0; (id = mu_id_set_next(&roster->left_out, id)) != 0;)
        roster->gaps[next++] = id;
    roster->count = (size_t)roster->last - next;
    roster->read = roster->sorted = true;
    return MU_OK;
}

static bool has_number(const struct mu_roster *roster)
{
    for (size_t i = 0; i < roster->word_count; i++)
        if (*roster->word[i].id_number)
            return true;
    return false;
}

enum mu_status mu_roster_begin(struct mu_roster *roster, struct mu_error *error)
{
    const struct mu_roster_request *request = &roster->request;
    bool number_order =
        request->sort == MU_ROSTER_COLUMN_COUNT || request->sort == MU_ROSTER_NUMBER;
    enum mu_status status = mu_roster_last(roster->desk->db, &roster->last, error);

    if (status == MU_OK)
        status = mu_roster_read_leaders(roster, error);
    if (status != MU_OK)
        return status;
    roster->tested = true;
    roster->plan = MU_ROSTER_WALKING;
    if (roster->nobody) {
        roster->read = roster->sorted = true;
        return MU_OK;
    }
    if (only_ages(roster) && !mu_roster_by_age(roster) && number_order) {
        roster->plan = MU_ROSTER_ARITHMETIC;
        return read_left_out(roster, error);
    }
    if (roster->word_count) {
        /* Several words that many answer to would take longer than a slice to find. */
        roster->plan =
            roster->word_count == 1 || has_number(roster) ? MU_ROSTER_FINDING : MU_ROSTER_WALKING;
        roster->walk.ended = true;
        roster->sorts = request->sort != MU_ROSTER_COLUMN_COUNT;
    } else {
        if (!choose_narrow(roster)) {
            int64_t born = FEW_AGES;

            if (mu_roster_by_age(roster))
                status = mu_roster_born(roster->desk->db, &roster->test, FEW_AGES, &born, error);
            choose_broad(roster, born < FEW_AGES);
        }
        roster->sorts = !comes_sorted(roster);
    }
    roster->sorted = !roster->sorts;
    roster->key_column = roster->sorts ? request->sort : MU_ROSTER_ADDRESS;
    if (status == MU_OK && roster->walk.kind == MU_ROSTER_BIRTH_ONLY) {
        roster->tested = false;
        status = read_left_out(roster, error);
    }
    if (status == MU_OK && (roster->by_place || roster->by_grid))
        status = read_outer(roster, error);
    if (roster->by_place || roster->by_grid)
        roster->walk.ended = true; /* the first one is still to be chosen */
    return status;
}
