/* Awards, certificates and services on a volunteer's page, and what a household's people earn. */
#include "desk/resident_file.h"
#include "desk/team_file.h"
#include "store/register_store.h"
#include "store/volunteer_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/volunteer.h>
#include <mulin/domain/points.h>

#include <string.h>

/* Who speaks for the file, for one who may see points. */
static enum mu_status find_person(struct mu_desk *desk, int64_t resident_id,
                                  struct mu_resident *out, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    return status == MU_OK ? mu_volunteer_person(desk, resident_id, out, error) : status;
}

enum mu_status mu_list_latest_services(struct mu_desk *desk, int64_t resident_id, size_t limit,
                                       mu_latest_row *row, void *context, struct mu_error *error)
{
    struct mu_resident person;
    enum mu_status status = find_person(desk, resident_id, &person, error);

    return status == MU_OK ? mu_volunteer_services(desk->db, person.id, limit, row, context, error)
                           : status;
}

enum mu_status mu_list_certificates_of(struct mu_desk *desk, int64_t resident_id,
                                       mu_certificate_row *row, void *context,
                                       struct mu_error *error)
{
    struct mu_resident person;
    enum mu_status status = find_person(desk, resident_id, &person, error);

    return status == MU_OK ? mu_volunteer_certificates(desk->db, person.id, row, context, error)
                           : status;
}

enum mu_status mu_list_awards(struct mu_desk *desk, int64_t resident_id, mu_award_row *row,
                              void *context, struct mu_error *error)
{
    struct mu_resident person;
    enum mu_status status = find_person(desk, resident_id, &person, error);

    return status == MU_OK ? mu_award_of_person(desk->db, person.id, false, row, context, error)
                           : status;
}

/* ---- giving ---- */

static bool add_award(void *context, const struct mu_award *award)
{
    return mu_award_book_add(context, award);
}

static enum mu_status read_book(struct mu_desk *desk, int64_t file, struct mu_award_book *out,
                                struct mu_error *error)
{
    *out->awards = '\0';
    return mu_award_of_person(desk->db, file, true, add_award, out, error);
}

struct namesake {
    const struct mu_award *award;
    bool found;
};

static bool take_namesake(void *context, const struct mu_award *award)
{
    struct namesake *same = context;

    same->found |=
        award->month == same->award->month && strcmp(award->name, same->award->name) == 0;
    return !same->found;
}

static enum mu_status give(struct mu_desk *desk, struct mu_award *award, struct mu_error *error)
{
    struct mu_resident person;
    struct mu_volunteer volunteer;
    struct mu_award_book before = {0}, after = {0};
    struct mu_act_writer act;
    struct namesake same = {award, false};
    enum mu_status status = mu_volunteer_person(desk, award->resident_id, &person, error);
    bool twice = false;

    if (status == MU_OK)
        status = mu_volunteer_of_person(desk->db, person.id, &volunteer, error);
    if (status == MU_OK && !mu_date_known(volunteer.registered_on))
        return mu_fail(error, MU_REFUSED, MU_SAY_error_award_no_volunteer, person.name, NULL);
    if (status == MU_OK)
        status = mu_award_of_person(desk->db, person.id, false, take_namesake, &same, error);
    if (status == MU_OK && same.found)
        return mu_fail(error, MU_INPUT, MU_SAY_error_award_twice, person.name, award->name, NULL);
    award->resident_id = person.id;
    if (status == MU_OK)
        status = read_book(desk, person.id, &before, error);
    if (status == MU_OK)
        status = mu_award_add(desk->db, award, desk->operator.id, &twice, error);
    if (status == MU_OK)
        status = read_book(desk, person.id, &after, error);
    if (status != MU_OK)
        return status;
    mu_act_begin(&act, desk, MU_MAY_manage_teams, person.name);
    return mu_act_change(&act, "award", person.id, person.id, award->name, &before, &after, error);
}

static enum mu_status clean(struct mu_desk *desk, struct mu_award *award, struct mu_error *error)
{
    struct mu_award typed = *award;
    char month[MU_MONTH_SIZE];
    enum mu_status status = mu_desk_text(typed.name, award->name, sizeof award->name, error);

    if (status == MU_OK)
        status = mu_desk_text(typed.note, award->note, sizeof award->note, error);
    if (status != MU_OK)
        return status;
    if (!*award->name)
        return mu_fail(error, MU_INPUT, MU_SAY_error_award_nameless, NULL);
    award->given_on = mu_desk_now(desk).date;
    if (!award->month)
        award->month = mu_month_number(award->given_on);
    if (award->month <= mu_month_number(award->given_on))
        return MU_OK;
    mu_month_format(mu_month_first(award->month), month);
    return mu_fail(error, MU_INPUT, MU_SAY_error_award_future, month, NULL);
}

enum mu_status mu_give_award(struct mu_desk *desk, struct mu_award *award, struct mu_error *error)
{
    struct mu_award given = *award;
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_teams, error);

    if (status == MU_OK)
        status = clean(desk, &given, error);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, give(desk, &given, error), error);
    if (status == MU_OK)
        *award = given;
    return status;
}

/* ---- acts ---- */

enum mu_status mu_award_act_read(struct mu_desk *desk, int64_t row, void *record,
                                 struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_file_read(desk, row, &resident, error);

    return status == MU_OK ? read_book(desk, row, record, error) : status;
}

/* True when the book has this award of this month. */
static bool holds(const struct mu_award_book *book, const struct mu_award *award)
{
    const char *awards = book->awards;
    struct namesake same = {award, false};
    struct mu_award other;

    while (!same.found && mu_award_book_next(&awards, &other))
        take_namesake(&same, &other);
    return same.found;
}

enum mu_status mu_award_act_put_back(struct mu_act_writer *writer, int64_t row, const void *current,
                                     const void *wanted, struct mu_error *error)
{
    const struct mu_award_book *before = current, *after = wanted;
    const char *awards = before->awards;
    struct mu_db *db = writer->desk->db;
    struct mu_award award;
    bool twice;
    enum mu_status status = MU_OK;

    while (status == MU_OK && mu_award_book_next(&awards, &award)) {
        award.resident_id = row;
        if (!holds(after, &award))
            status = mu_award_remove(db, &award, error);
    }
    for (awards = after->awards; status == MU_OK && mu_award_book_next(&awards, &award);) {
        award.resident_id = row;
        if (!holds(before, &award))
            status = mu_award_add(db, &award, writer->desk->operator.id, &twice, error);
    }
    if (status == MU_OK && *awards)
        return mu_fail(error, MU_INPUT, MU_SAY_error_snapshot, "awards", NULL);
    return status == MU_OK ? mu_act_change(writer, "award", row, row, writer->act.subject, current,
                                           wanted, error)
                           : status;
}

/* ---- a household ---- */

enum { FAMILY_PEOPLE = 200 }; /* of a household whose points count */

struct family {
    int64_t file[FAMILY_PEOPLE];
    size_t count;
};

static bool take_person(void *context, const struct mu_resident *resident)
{
    struct family *family = context;

    if (resident->status == MU_LIVING_HERE && !resident->linked_to && family->count < FAMILY_PEOPLE)
        family->file[family->count++] = resident->id;
    return true;
}

static enum mu_status add_up(struct mu_desk *desk, const struct family *people, int from,
                             struct mu_family *out, struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < people->count; i++) {
        struct mu_volunteer_sum sum, all;
        struct mu_volunteer volunteer;

        status = mu_volunteer_sum(desk->db, people->file[i], from, &sum, error);
        if (status == MU_OK)
            status = mu_volunteer_sum(desk->db, people->file[i], 0, &all, error);
        if (status == MU_OK)
            status = mu_volunteer_of_person(desk->db, people->file[i], &volunteer, error);
        if (status != MU_OK)
            break;
        out->earned = mu_points_add(out->earned, sum.earned);
        out->balance = mu_points_add(out->balance, all.balance);
        out->volunteers += mu_volunteer_active(&volunteer);
    }
    return status;
}

enum mu_status mu_read_family(struct mu_desk *desk, int64_t household_id, bool *counts,
                              struct mu_family *out, struct mu_error *error)
{
    struct mu_date month = mu_desk_now(desk).date;
    struct family people = {.count = 0};
    struct mu_family family = {0};
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status != MU_OK)
        return status;
    *counts = rules->points.duty_count > 0;
    if (*counts)
        status = mu_register_household(desk->db, household_id, take_person, &people, error);
    if (status != MU_OK || !*counts)
        return status;
    month.day = 1;
    family.months = rules->points.family_months;
    status = add_up(desk, &people, mu_month_number(mu_month_add(month, 1 - family.months)), &family,
                    error);
    if (status != MU_OK)
        return status;
    family.index = mu_family_index(&rules->points, family.earned);
    *out = family;
    return MU_OK;
}
