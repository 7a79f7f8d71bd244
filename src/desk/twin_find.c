#include "desk/resident_file.h"
#include "store/register_store.h"
#include "store/search_find.h"
#include "store/twin_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/twin.h>

#include <stdlib.h>
#include <string.h>

enum {
    LOOKED_AT = 200, /* people of one name and birth date, or of one phone */
};

struct candidate {
    struct mu_resident resident; /* whole numbers */
    unsigned reasons;
};

/* Who may be one person with somebody, while the register is asked in several ways. */
struct candidates {
    const struct mu_resident *of; /* whole numbers */
    int64_t below;                /* only files with a smaller number; 0: all */
    size_t count;
    struct candidate found[MU_TWINS_MOST];
};

static bool is_known(const struct candidates *all, int64_t id)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->found[i].resident.id == id)
            return true;
    return false;
}

static bool take(void *context, const struct mu_resident *resident)
{
    struct candidates *all = context;
    unsigned reasons = mu_twin_reasons(all->of, resident);

    if (!reasons || resident->id == all->of->id || (all->below && resident->id > all->below) ||
        resident->status == MU_ENTERED_IN_ERROR ||
        (resident->status == MU_DECEASED && !(reasons & MU_TWIN_ID)) || is_known(all, resident->id))
        return true;
    all->found[all->count].resident = *resident;
    all->found[all->count++].reasons = reasons;
    return all->count < MU_TWINS_MOST;
}

static enum mu_status take_number(struct mu_db *db, const char *id_number, struct candidates *all,
                                  struct mu_error *error)
{
    struct mu_resident resident;
    bool found = false;
    enum mu_status status = mu_register_by_id_number(db, id_number, &found, &resident, error);

    if (status == MU_OK && found)
        take(all, &resident);
    return status;
}

/* The 15-digit form of a number left out the century and the check character. */
static enum mu_status take_old_form(struct mu_db *db, const char *id_number, struct candidates *all,
                                    struct mu_error *error)
{
    char old[MU_ID_NUMBER_SIZE] = "";

    if (strlen(id_number) != 18 || strncmp(id_number + 6, "19", 2) != 0)
        return MU_OK;
    memcpy(old, id_number, 6);
    memcpy(old + 6, id_number + 8, 9);
    return take_number(db, old, all, error);
}

/* Sealed numbers can't be searched for what is nearly one: every number that is one slip away is
 * asked for by its mark. */
static enum mu_status take_neighbours(struct mu_db *db, struct candidates *all,
                                      struct mu_error *error)
{
    char numbers[MU_ID_NEIGHBOURS][MU_ID_NUMBER_SIZE];
    size_t count = mu_id_number_neighbours(all->of->id_number, numbers);
    enum mu_status status = take_old_form(db, all->of->id_number, all, error);

    for (size_t i = 0; i < count && status == MU_OK && all->count < MU_TWINS_MOST; i++)
        status = take_number(db, numbers[i], all, error);
    return status;
}

struct limited {
    struct candidates *all;
    int left;
};

static bool take_limited(void *context, const struct mu_resident *resident)
{
    struct limited *limited = context;

    return take(limited->all, resident) && --limited->left > 0;
}

/* Inside the caller's transaction. */
static enum mu_status collect(struct mu_db *db, struct candidates *all, struct mu_error *error)
{
    struct limited limited = {all, LOOKED_AT};
    enum mu_status status = take_neighbours(db, all, error);

    if (status == MU_OK && all->count < MU_TWINS_MOST && *all->of->name &&
        mu_date_known(all->of->birth_date))
        status = mu_register_namesakes(db, all->of->name, all->of->birth_date, take_limited,
                                       &limited, error);
    if (status == MU_OK && all->count < MU_TWINS_MOST && *all->of->name)
        status = mu_search_phones(db, all->of->phone, LOOKED_AT, take, all, error);
    return status;
}

/* *settled: linked with each other, or declared two people. */
static enum mu_status is_settled(struct mu_db *db, const struct mu_resident *a,
                                 const struct mu_resident *b, bool *settled, struct mu_error *error)
{
    struct mu_twin_verdict verdict;
    int64_t first = a->linked_to ? a->linked_to : a->id;
    int64_t second = b->linked_to ? b->linked_to : b->id;
    enum mu_status status;

    *settled = first == second && first != 0;
    if (*settled || !a->id)
        return MU_OK;
    status = mu_twin_between(db, a->id, b->id, settled, &verdict, error);
    if (status != MU_OK || *settled || (first == a->id && second == b->id))
        return status;
    return mu_twin_between(db, first, second, settled, &verdict, error);
}

/* In place of a file that another one speaks for comes that one, unless it looks alike itself and
 * is told anyway, or came in place of another already. */
static enum mu_status lead(struct mu_db *db, const struct candidates *all, struct candidate *one,
                           bool *keep, struct mu_error *error)
{
    struct mu_resident leading;
    bool found = false;
    enum mu_status status = MU_OK;

    *keep = true;
    if (one->resident.linked_to)
        status = mu_register_by_id(db, one->resident.linked_to, &found, &leading, error);
    if (status != MU_OK || !found)
        return status;
    *keep = !mu_twin_reasons(all->of, &leading) && !is_known(all, leading.id);
    one->resident = leading;
    return MU_OK;
}

/* Leaves those whose pair is open. */
static enum mu_status sift(struct mu_db *db, struct candidates *all, struct mu_error *error)
{
    enum mu_status status = MU_OK;
    size_t kept = 0;

    for (size_t i = 0; i < all->count && status == MU_OK; i++) {
        struct candidate *one = &all->found[i];
        bool settled = false, keep = true;

        status = is_settled(db, all->of, &one->resident, &settled, error);
        if (status == MU_OK && !settled)
            status = lead(db, all, one, &keep, error);
        if (status == MU_OK && !settled && keep)
            all->found[kept++] = *one;
    }
    all->count = kept;
    return status;
}

static int stronger_first(const void *a, const void *b)
{
    const struct candidate *first = a, *second = b;
    int by_strength = mu_twin_strength(second->reasons) - mu_twin_strength(first->reasons);

    if (by_strength)
        return by_strength;
    return first->resident.id < second->resident.id ? -1 : 1;
}

/* The person with whole numbers. */
static enum mu_status make_whole(struct mu_desk *desk, const struct mu_resident *resident,
                                 struct mu_resident *out, struct mu_error *error)
{
    struct mu_resident stored;
    enum mu_status status;

    *out = *resident;
    if (!resident->id)
        return MU_OK;
    status = mu_file_read(desk, resident->id, &stored, error);
    if (status != MU_OK)
        return status;
    mu_file_unmask(out, &stored);
    out->linked_to = stored.linked_to;
    return MU_OK;
}

static enum mu_status find(struct mu_desk *desk, const struct mu_resident *resident,
                           struct mu_resident *whole, struct candidates *all,
                           struct mu_error *error)
{
    enum mu_status status = make_whole(desk, resident, whole, error);

    all->of = whole;
    if (status == MU_OK)
        status = collect(desk->db, all, error);
    return status == MU_OK ? sift(desk->db, all, error) : status;
}

enum mu_status mu_find_twins(struct mu_desk *desk, const struct mu_resident *resident,
                             mu_twin_row *row, void *context, struct mu_error *error)
{
    struct mu_resident whole;
    struct candidates *all;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status != MU_OK)
        return status;
    all = calloc(1, sizeof *all);
    if (!all)
        return mu_fail_memory(error);
    status = mu_db_begin_read(desk->db, error);
    if (status == MU_OK) {
        status = find(desk, resident, &whole, all, error);
        mu_db_end_read(desk->db);
    }
    if (status == MU_OK) {
        qsort(all->found, all->count, sizeof *all->found, stronger_first);
        for (size_t i = 0; i < all->count; i++) {
            mu_file_tags(&all->found[i].resident, mu_desk_now(desk).date);
            mu_file_mask(&all->found[i].resident);
            if (!row(context, &all->found[i].resident, all->found[i].reasons))
                break;
        }
    }
    free(all);
    return status;
}

/* What a walk needs on its way; too large for the stack. */
struct step {
    struct mu_date today;
    struct mu_resident person;
    struct candidates all;
    struct mu_twin_pair pair;
};

static bool tell_pair(struct step *step, const struct candidate *other, mu_twin_pair_row *row,
                      void *context)
{
    bool later = other->resident.id > step->person.id;

    step->pair.reasons = other->reasons;
    step->pair.first = later ? step->person : other->resident;
    step->pair.second = later ? other->resident : step->person;
    mu_file_tags(&step->pair.first, step->today);
    mu_file_tags(&step->pair.second, step->today);
    mu_file_mask(&step->pair.first);
    mu_file_mask(&step->pair.second);
    *step->pair.first.note = *step->pair.second.note = '\0';
    return row(context, &step->pair);
}

/* The pairs of one file with those before it. */
static enum mu_status take_step(struct mu_db *db, struct step *step, mu_twin_pair_row *row,
                                void *context, bool *on, struct mu_error *error)
{
    struct mu_resident leading;
    bool found = false;
    enum mu_status status;

    step->all = (struct candidates){.of = &step->person, .below = step->person.id};
    status = collect(db, &step->all, error);
    if (status == MU_OK)
        status = sift(db, &step->all, error);
    if (status == MU_OK && step->all.count && step->person.linked_to)
        status = mu_register_by_id(db, step->person.linked_to, &found, &leading, error);
    if (status != MU_OK)
        return status;
    if (found)
        step->person = leading;
    for (size_t i = 0; i < step->all.count && *on; i++)
        if (!found || !mu_twin_reasons(&leading, &step->all.found[i].resident))
            *on = tell_pair(step, &step->all.found[i], row, context);
    return MU_OK;
}

static enum mu_status walk(struct mu_desk *desk, struct mu_twin_walk *at, size_t files,
                           struct step *step, mu_twin_pair_row *row, void *context,
                           struct mu_error *error)
{
    int64_t living;
    bool on = true, found = true;
    enum mu_status status = mu_register_count(desk->db, &living, &at->total, error);

    for (; files > 0 && on && status == MU_OK; files--) {
        status = mu_twin_next_file(desk->db, at->after, &found, &step->person, error);
        at->ended = status == MU_OK && !found;
        if (status != MU_OK || !found)
            return status;
        at->after = step->person.id;
        at->done += !step->person.linked_to;
        status = take_step(desk->db, step, row, context, &on, error);
    }
    return status;
}

enum mu_status mu_walk_twins(struct mu_desk *desk, struct mu_twin_walk *walk_at, size_t files,
                             mu_twin_pair_row *row, void *context, struct mu_error *error)
{
    struct mu_twin_walk at = *walk_at;
    struct step *step;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status != MU_OK)
        return status;
    step = calloc(1, sizeof *step);
    if (!step)
        return mu_fail_memory(error);
    step->today = mu_desk_now(desk).date;
    status = mu_db_begin_read(desk->db, error);
    if (status == MU_OK) {
        status = walk(desk, &at, files, step, row, context, error);
        mu_db_end_read(desk->db);
    }
    if (status == MU_OK)
        *walk_at = at;
    free(step);
    return status;
}
