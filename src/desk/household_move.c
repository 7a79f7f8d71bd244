#include "desk/act.h"
#include "desk/household_file.h"
#include "desk/resident_file.h"
#include "store/household_store.h"
#include "store/register_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/household.h>
#include <mulin/domain/kinship.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 2, UNKNOWN = 0 };

/* Who lives in a household. */
struct people {
    size_t count;
    bool too_many;
    struct mu_resident *person; /* MU_MOVE_PEOPLE */
    struct mu_resident gone;    /* a head who moved out or died; id 0: none */
};

static bool take_person(void *context, const struct mu_resident *resident)
{
    struct people *people = context;

    if (resident->status != MU_LIVING_HERE) {
        if (resident->relation == HEAD)
            people->gone = *resident;
        return true;
    }
    people->too_many = people->count == MU_MOVE_PEOPLE;
    if (people->too_many)
        return false;
    people->person[people->count++] = *resident;
    return true;
}

static enum mu_status refuse_many(struct mu_error *error)
{
    char most[16];

    snprintf(most, sizeof most, "%d", MU_MOVE_PEOPLE);
    return mu_fail(error, MU_INPUT, MU_SAY_error_move_many, most, NULL);
}

/* Free people->person afterwards, also on failure. */
static enum mu_status read_people(struct mu_desk *desk, int64_t household_id, struct people *people,
                                  struct mu_error *error)
{
    enum mu_status status = MU_OK;

    *people = (struct people){.person = calloc(MU_MOVE_PEOPLE, sizeof *people->person)};
    if (!people->person)
        return mu_fail_memory(error);
    if (household_id)
        status = mu_register_household(desk->db, household_id, take_person, people, error);
    return status == MU_OK && people->too_many ? refuse_many(error) : status;
}

static const struct mu_resident *find_person(const struct people *people, int64_t id)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->person[i].id == id)
            return &people->person[i];
    return NULL;
}

static const struct mu_resident *head_of(const struct people *people)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->person[i].relation == HEAD)
            return &people->person[i];
    return NULL;
}

/* To whom the relations of the people are told: the head, also one who is gone. NULL: to nobody. */
static const struct mu_resident *reference(const struct people *people)
{
    const struct mu_resident *head = head_of(people);

    return !head && people->gone.id ? &people->gone : head;
}

static bool chosen(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

static struct mu_kin kin_of(const struct mu_resident *resident)
{
    return (struct mu_kin){resident->relation, resident->sex, resident->birth_date};
}

/* What somebody is to the head from now on. */
static int relation_to(const struct mu_resident *person, const struct mu_resident *next,
                       const struct mu_resident *head)
{
    struct mu_kin someone, to, from;

    if (person == next)
        return HEAD;
    if (!head || !next)
        return UNKNOWN;
    someone = kin_of(person);
    to = kin_of(next);
    from = kin_of(head);
    return mu_kinship_from(&someone, &to, &from);
}

static void add_step(struct mu_move *move, const struct mu_resident *person, bool moves,
                     int relation)
{
    struct mu_move_step *step = &move->step[move->count++];

    step->resident_id = person->id;
    step->version = person->version;
    mu_text_copy(step->name, sizeof step->name, person->name);
    step->moves = moves;
    step->relation = relation;
}

/* The eldest of those who are not chosen; somebody
 * without a birth date comes last. */
static const struct mu_resident *eldest(const struct people *people, const int64_t *ids,
                                        size_t count)
{
    const struct mu_resident *best = NULL;

    for (size_t i = 0; i < people->count; i++) {
        const struct mu_resident *person = &people->person[i];
        bool dated = mu_date_known(person->birth_date);

        if (chosen(ids, count, person->id))
            continue;
        if (!best || (dated && (!mu_date_known(best->birth_date) ||
                                mu_date_compare(person->birth_date, best->birth_date) < 0)))
            best = person;
    }
    return best;
}

/* Those who stay behind. */
static size_t plan_staying(struct mu_move *move, const struct people *home, const int64_t *ids,
                           size_t count)
{
    const struct mu_resident *head = head_of(home), *next;
    size_t staying = home->count - count;

    if (!staying || !head || !chosen(ids, count, head->id))
        return staying;
    next = eldest(home, ids, count);
    for (size_t i = 0; i < home->count; i++)
        if (!chosen(ids, count, home->person[i].id))
            add_step(move, &home->person[i], false, relation_to(&home->person[i], next, head));
    return staying;
}

/* Those who move, to where `others` live already. */
static void plan_moving(struct mu_move *move, const struct people *home, const int64_t *ids,
                        size_t count, size_t others)
{
    const struct mu_resident *head = head_of(home), *next;
    bool with_head = head && chosen(ids, count, head->id);

    next = with_head ? head : find_person(home, ids[0]);
    for (size_t i = 0; i < count; i++) {
        const struct mu_resident *person = find_person(home, ids[i]);

        if (!person) /* read_movers found them all */
            continue;
        int relation = others      ? UNKNOWN
                       : with_head ? person->relation
                                   : relation_to(person, next, reference(home));

        add_step(move, person, true, relation);
    }
}

/* The people to move, all of one home or all without one, in `home`. */
static enum mu_status read_movers(struct mu_desk *desk, const int64_t *ids, size_t count,
                                  struct people *home, int64_t *from, struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = MU_OK;

    *home = (struct people){0};
    if (!count)
        return mu_fail(error, MU_INPUT, MU_SAY_error_move_nobody, NULL);
    if (count > MU_MOVE_PEOPLE)
        return refuse_many(error);
    for (size_t i = 0; i < count && status == MU_OK; i++) {
        status = mu_file_read(desk, ids[i], &resident, error);
        if (status != MU_OK)
            break;
        if (resident.status != MU_LIVING_HERE)
            return mu_fail(error, MU_INPUT, MU_SAY_error_move_not_here, resident.name, NULL);
        if (i == 0) {
            *from = resident.household_id;
            status = read_people(desk, *from, home, error);
        }
        if (status == MU_OK && (resident.household_id != *from || chosen(ids, i, ids[i])))
            return mu_fail(error, MU_INPUT, MU_SAY_error_move_several, NULL);
        if (status == MU_OK && !*from)
            home->person[home->count++] = resident;
    }
    return status;
}

static enum mu_status plan(struct mu_desk *desk, const int64_t *ids, size_t count,
                           struct people *home, struct mu_move *move, struct mu_error *error)
{
    char address[MU_ADDRESS_SIZE];
    struct people others = {0};
    int64_t id = 0;
    enum mu_status status = read_movers(desk, ids, count, home, &move->from, error);

    if (status != MU_OK)
        return status;
    mu_household_address(&move->to, address);
    if (!*address)
        return mu_fail(error, MU_INPUT, MU_SAY_error_household_address, NULL);
    status = mu_household_at(desk->db, &move->to, &id, error);
    if (status == MU_OK && id && id == move->from)
        return mu_fail(error, MU_INPUT, MU_SAY_error_move_circle, NULL);
    if (status == MU_OK && id)
        status = mu_household_file(desk, id, &move->to, error);
    if (status == MU_OK)
        status = read_people(desk, id, &others, error);
    if (status == MU_OK) {
        plan_moving(move, home, ids, count, others.count);
        move->joins = plan_staying(move, home, ids, count) == 0 && others.count > 0;
    }
    free(others.person);
    return status;
}

enum mu_status mu_plan_move(struct mu_desk *desk, const int64_t *resident_ids, size_t count,
                            const struct mu_household *to, struct mu_move *out,
                            struct mu_error *error)
{
    struct mu_move move = {.day = mu_desk_now(desk).date};
    struct people home = {0};
    enum mu_status status = mu_db_begin_read(desk->db, error);

    if (status != MU_OK)
        return status;
    memcpy(move.to.estate, to->estate, sizeof move.to.estate);
    memcpy(move.to.building, to->building, sizeof move.to.building);
    memcpy(move.to.unit, to->unit, sizeof move.to.unit);
    memcpy(move.to.room, to->room, sizeof move.to.room);
    memcpy(move.to.number, to->number, sizeof move.to.number);
    status = mu_desk_may(desk, MU_MAY_read_resident, error);
    if (status == MU_OK)
        status = plan(desk, resident_ids, count, &home, &move, error);
    mu_db_end_read(desk->db);
    free(home.person);
    if (status != MU_OK)
        return status;
    mu_household_mask(&move.to);
    *out = move;
    return MU_OK;
}

enum mu_status mu_plan_head(struct mu_desk *desk, int64_t household_id, int64_t resident_id,
                            struct mu_move *out, struct mu_error *error)
{
    struct mu_move move = {.from = household_id, .day = mu_desk_now(desk).date};
    struct people home = {0};
    const struct mu_resident *next = NULL, *head;
    char number[24];
    enum mu_status status = mu_db_begin_read(desk->db, error);

    if (status != MU_OK)
        return status;
    status = mu_desk_may(desk, MU_MAY_read_resident, error);
    if (status == MU_OK)
        status = mu_household_file(desk, household_id, &move.to, error);
    if (status == MU_OK)
        status = read_people(desk, household_id, &home, error);
    mu_db_end_read(desk->db);
    if (status == MU_OK)
        next = find_person(&home, resident_id);
    if (status == MU_OK && !next) {
        snprintf(number, sizeof number, "%lld", (long long)resident_id);
        status = mu_fail(error, MU_INPUT, MU_SAY_error_head_member, number, NULL);
    }
    head = reference(&home);
    for (size_t i = 0; status == MU_OK && i < home.count; i++)
        add_step(&move, &home.person[i], false, relation_to(&home.person[i], next, head));
    /* Who is gone is no head any more either. */
    if (status == MU_OK && home.gone.id && move.count < MU_MOVE_PEOPLE)
        add_step(&move, &home.gone, false, relation_to(&home.gone, next, head));
    free(home.person);
    if (status != MU_OK)
        return status;
    mu_household_mask(&move.to);
    *out = move;
    return MU_OK;
}

/* Carrying out. */

static enum mu_status check_move(const struct mu_move *move, struct mu_date today,
                                 struct mu_error *error)
{
    char day[MU_DATE_SIZE];
    int heads[2] = {0, 0};

    if (!move->count)
        return mu_fail(error, MU_INPUT, MU_SAY_error_move_nobody, NULL);
    for (size_t i = 0; i < move->count; i++)
        heads[move->step[i].moves] += move->step[i].relation == HEAD;
    if (heads[0] > 1 || heads[1] > 1)
        return mu_fail(error, MU_INPUT, MU_SAY_error_move_heads, NULL);
    if (mu_date_valid(move->day) && mu_date_compare(move->day, today) <= 0)
        return MU_OK;
    mu_date_format(move->day, day);
    return mu_fail(error, MU_INPUT, MU_SAY_error_move_day, day, NULL);
}

/* Somebody moves into a household that had become part of another: it is one again. */
static enum mu_status live_again(struct mu_act_writer *act, struct mu_household *home,
                                 struct mu_error *error)
{
    struct mu_household before = *home;

    home->joined_into = 0;
    return mu_household_put(act, &before, home, error);
}

/* The household that is moved to: as it is now, or made. */
static enum mu_status open_home(struct mu_act_writer *act, const struct mu_move *move,
                                struct mu_household *home, struct mu_error *error)
{
    struct mu_desk *desk = act->desk;
    struct people others = {0};
    int64_t id;
    enum mu_status status = mu_household_at(desk->db, &move->to, &id, error);

    if (status != MU_OK)
        return status;
    if (!id) {
        *home = move->to;
        home->id = 0;
        home->incomplete = false;
        return mu_household_put(act, NULL, home, error);
    }
    status = mu_household_file(desk, id, home, error);
    if (status == MU_OK)
        status = read_people(desk, id, &others, error);
    if (status == MU_OK && home->joined_into)
        status = live_again(act, home, error);
    for (size_t i = 0; status == MU_OK && i < move->count; i++)
        if (move->step[i].moves && move->step[i].relation == HEAD && head_of(&others))
            status = mu_fail(error, MU_INPUT, MU_SAY_error_move_heads, NULL);
    free(others.person);
    return status;
}

static enum mu_status carry_out(struct mu_act_writer *act, const struct mu_move_step *step,
                                const struct mu_household *home, struct mu_error *error)
{
    struct mu_resident before, after;
    enum mu_status status = mu_file_read(act->desk, step->resident_id, &before, error);

    if (status != MU_OK)
        return status;
    if (before.version != step->version)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_resident_changed, before.name, NULL);
    after = before;
    after.relation = step->relation;
    if (step->moves) {
        memcpy(after.estate, home->estate, sizeof after.estate);
        memcpy(after.building, home->building, sizeof after.building);
        memcpy(after.unit, home->unit, sizeof after.unit);
        memcpy(after.room, home->room, sizeof after.room);
        memcpy(after.household_number, home->number, sizeof after.household_number);
        memcpy(after.grid, home->grid, sizeof after.grid);
        after.occupancy = home->occupancy;
        after.household_id = home->id;
    }
    return mu_file_write(act, &before, &after, error);
}

/* Nobody is left: the household became part of the other. */
static enum mu_status join(struct mu_act_writer *act, int64_t from, int64_t into,
                           struct mu_error *error)
{
    struct mu_household before, after;
    enum mu_status status = mu_household_file(act->desk, from, &before, error);

    if (status != MU_OK)
        return status;
    after = before;
    after.joined_into = into;
    return mu_household_put(act, &before, &after, error);
}

static enum mu_status move_people(struct mu_desk *desk, const struct mu_move *move,
                                  struct mu_error *error)
{
    struct mu_household home = {0};
    struct mu_act_writer act;
    char address[MU_ADDRESS_SIZE];
    bool moving = false;
    enum mu_status status = check_move(move, mu_desk_now(desk).date, error);

    if (status != MU_OK)
        return status;
    mu_household_address(&move->to, address);
    mu_act_begin(&act, desk, MU_MAY_save_resident, address);
    act.day = move->day;
    for (size_t i = 0; i < move->count; i++)
        moving |= move->step[i].moves;
    if (moving)
        status = open_home(&act, move, &home, error);
    for (size_t i = 0; status == MU_OK && i < move->count; i++)
        status = carry_out(&act, &move->step[i], &home, error);
    if (status == MU_OK && move->joins && move->from)
        status = join(&act, move->from, home.id, error);
    return status;
}

enum mu_status mu_move(struct mu_desk *desk, const struct mu_move *move, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_save_resident, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = move_people(desk, move, error);
    return mu_desk_end(desk, status, error);
}
