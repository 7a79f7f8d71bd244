#include "base/growing.h"
#include "desk/resident_file.h"
#include "desk/team_file.h"
#include "desk/twin_file.h"
#include "store/team_store.h"
#include "store/volunteer_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/volunteer.h>
#include <mulin/domain/points.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum mu_status mu_volunteer_person(struct mu_desk *desk, int64_t resident_id,
                                   struct mu_resident *out, struct mu_error *error)
{
    enum mu_status status = mu_file_read(desk, resident_id, out, error);

    return status == MU_OK ? mu_file_lead(desk, out, error) : status;
}

/* Inside the caller's write transaction. */
static enum mu_status put(struct mu_act_writer *act, const struct mu_volunteer *before,
                          struct mu_volunteer *after, struct mu_error *error)
{
    bool stale = false;
    enum mu_status status = mu_volunteer_write(act->desk->db, after, &stale, error);

    if (status == MU_OK && stale)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_volunteer_changed, act->act.subject, NULL);
    return status == MU_OK ? mu_act_change(act, "volunteer", after->resident_id, after->resident_id,
                                           act->act.subject, before, after, error)
                           : status;
}

enum mu_status mu_volunteer_enter(struct mu_act_writer *act, int64_t resident_id,
                                  struct mu_date day, struct mu_error *error)
{
    struct mu_volunteer before, after;
    enum mu_status status = mu_volunteer_of_person(act->desk->db, resident_id, &before, error);

    if (status != MU_OK || mu_volunteer_active(&before))
        return status;
    after = before;
    if (!mu_date_known(after.registered_on))
        after.registered_on = day;
    after.left_on = (struct mu_date){0, 0, 0};
    return put(act, &before, &after, error);
}

enum mu_status mu_volunteer_end(struct mu_act_writer *act, int64_t resident_id, struct mu_date day,
                                struct mu_error *error)
{
    struct mu_volunteer before, after;
    enum mu_status status = mu_memberships_end(act, resident_id, day, error);

    if (status == MU_OK)
        status = mu_volunteer_of_file(act->desk->db, resident_id, &before, error);
    if (status != MU_OK || !mu_volunteer_active(&before))
        return status;
    after = before;
    after.left_on = mu_date_compare(day, before.registered_on) < 0 ? before.registered_on : day;
    return put(act, &before, &after, error);
}

/* ---- one person ---- */

static void tell_stars(const struct mu_star_rules *rules, struct mu_date today,
                       struct mu_volunteer_file *out)
{
    int months = mu_volunteer_months(&out->volunteer, today);
    size_t stars;

    out->stars = mu_stars(rules, out->sum.minutes, out->sum.earned, months);
    stars = (size_t)out->stars;
    out->next_level = stars < rules->count ? rules->levels[stars] : 0;
    out->stars_by = (enum mu_stars_by)rules->by;
}

enum mu_status mu_read_volunteer(struct mu_desk *desk, int64_t resident_id,
                                 struct mu_volunteer_file *out, struct mu_error *error)
{
    struct mu_volunteer_file file = {0};
    struct mu_resident person;
    const struct mu_rules *rules;
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_volunteer_person(desk, resident_id, &person, error);
    if (status == MU_OK)
        status = mu_volunteer_of_person(desk->db, person.id, &file.volunteer, error);
    if (status == MU_OK)
        status = mu_volunteer_sum(desk->db, person.id, 0, &file.sum, error);
    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status != MU_OK)
        return status;
    tell_stars(&rules->points.stars, mu_desk_now(desk).date, &file);
    *out = file;
    return MU_OK;
}

static enum mu_status refuse_days(enum mu_message message, struct mu_date a, struct mu_date b,
                                  struct mu_error *error)
{
    char first[MU_DATE_SIZE], second[MU_DATE_SIZE];

    mu_date_format(a, first);
    mu_date_format(b, second);
    return mu_fail(error, MU_INPUT, message, first, second, NULL);
}

static enum mu_status check(struct mu_desk *desk, const struct mu_volunteer *volunteer,
                            const char **field, struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date, none = {0, 0, 0};
    struct mu_resident other;
    int64_t holder = 0;
    char number[24];
    enum mu_status status = MU_OK;

    *field = "registered_on";
    if (mu_date_compare(volunteer->registered_on, today) > 0)
        return refuse_days(MU_SAY_error_team_future, volunteer->registered_on, none, error);
    *field = "left_on";
    if (mu_date_known(volunteer->left_on) && mu_date_compare(volunteer->left_on, today) > 0)
        return refuse_days(MU_SAY_error_team_future, volunteer->left_on, none, error);
    if (mu_date_known(volunteer->left_on) &&
        mu_date_compare(volunteer->left_on, volunteer->registered_on) < 0)
        return refuse_days(MU_SAY_error_volunteer_days, volunteer->left_on,
                           volunteer->registered_on, error);
    *field = "volunteer_number";
    if (*volunteer->number)
        status = mu_volunteer_by_number(desk->db, volunteer->number, &holder, error);
    if (status == MU_OK && holder && holder != volunteer->resident_id) {
        status = mu_file_read(desk, holder, &other, error);
        if (status != MU_OK)
            return status;
        snprintf(number, sizeof number, "%" PRId64, holder);
        return mu_fail(error, MU_INPUT, MU_SAY_error_volunteer_number, other.name, number, NULL);
    }
    *field = NULL;
    return status;
}

static enum mu_status save(struct mu_desk *desk, struct mu_volunteer *volunteer, const char **field,
                           struct mu_error *error)
{
    struct mu_resident person;
    struct mu_volunteer before;
    struct mu_act_writer act;
    enum mu_status status = mu_volunteer_person(desk, volunteer->resident_id, &person, error);

    if (status == MU_OK)
        status = mu_volunteer_of_person(desk->db, person.id, &before, error);
    if (status != MU_OK)
        return status;
    volunteer->resident_id = before.resident_id;
    if (before.version != volunteer->version)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_volunteer_changed, person.name, NULL);
    if (before.incomplete)
        return mu_fail(error, MU_STORE, MU_SAY_error_volunteer_incomplete, person.name, NULL);
    if (!mu_date_known(volunteer->left_on) && person.status != MU_LIVING_HERE)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_volunteer_ended, person.name, NULL);
    if (!mu_date_known(volunteer->registered_on))
        volunteer->registered_on = mu_desk_now(desk).date;
    volunteer->shows_name = volunteer->shows_name == 1;
    status = check(desk, volunteer, field, error);
    if (status != MU_OK)
        return status;
    mu_act_begin(&act, desk, MU_MAY_manage_teams, person.name);
    status = put(&act, &before, volunteer, error);
    if (status == MU_OK && mu_date_known(volunteer->left_on))
        status = mu_memberships_end(&act, person.id, volunteer->left_on, error);
    return status;
}

enum mu_status mu_save_volunteer(struct mu_desk *desk, struct mu_volunteer *volunteer,
                                 const char **field, struct mu_error *error)
{
    struct mu_volunteer saved = *volunteer;
    const char *key = NULL;
    enum mu_status status = mu_desk_may(desk, MU_MAY_manage_teams, error);

    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status == MU_OK)
        status = mu_desk_end(desk, save(desk, &saved, &key, error), error);
    if (field)
        *field = status == MU_OK ? NULL : key;
    if (status == MU_OK)
        *volunteer = saved;
    return status;
}

/* ---- all of them ---- */

struct entries {
    const struct mu_volunteer_query *query;
    struct mu_volunteer_entry *entry; /* owned */
    size_t count, room;
    bool no_memory;
};

static bool take_entry(void *context, const struct mu_volunteer *volunteer, int64_t resident_id,
                       const char *name)
{
    struct entries *entries = context;
    const char *skill = entries->query->skill;
    struct mu_volunteer_entry *entry;
    void *larger;

    if (skill && *skill && !mu_volunteer_can(volunteer, skill))
        return true;
    larger = mu_grown(entries->entry, entries->count, &entries->room, sizeof *entries->entry);
    entries->no_memory = !larger;
    if (!larger)
        return false;
    entries->entry = larger;
    entry = &entries->entry[entries->count++];
    *entry = (struct mu_volunteer_entry){.volunteer = *volunteer, .resident_id = resident_id};
    mu_text_copy(entry->name, sizeof entry->name, name);
    return true;
}

/* The teams to which somebody belongs now, in words. */
struct teams {
    const char *wanted;
    bool member;
    char *words;
};

static bool take_team(void *context, const struct mu_membership *membership)
{
    struct teams *teams = context;
    size_t used = strlen(teams->words);

    if (mu_date_known(membership->until))
        return true;
    teams->member |= teams->wanted && strcmp(membership->team, teams->wanted) == 0;
    if (used)
        mu_text_copy(teams->words + used, MU_TEAM_WORDS_SIZE - used, "、");
    used = strlen(teams->words);
    mu_text_copy(teams->words + used, MU_TEAM_WORDS_SIZE - used, membership->team);
    return true;
}

/* Fills the entries in; those who do not belong to the team that is asked for go. */
static enum mu_status complete(struct mu_desk *desk, struct entries *entries,
                               struct mu_error *error)
{
    const char *wanted = entries->query->team;
    const struct mu_rules *rules;
    size_t kept = 0;
    enum mu_status status = mu_desk_rules(desk, &rules, NULL, error);

    for (size_t i = 0; status == MU_OK && i < entries->count; i++) {
        struct mu_volunteer_entry *entry = &entries->entry[i];
        struct teams teams = {wanted, false, entry->teams};

        status = mu_memberships_of_person(desk->db, entry->resident_id, take_team, &teams, error);
        if (status != MU_OK || (wanted && *wanted && !teams.member))
            continue;
        status = mu_volunteer_sum(desk->db, entry->resident_id, 0, &entry->sum, error);
        entry->stars = mu_stars(&rules->points.stars, entry->sum.minutes, entry->sum.earned,
                                mu_volunteer_months(&entry->volunteer, mu_desk_now(desk).date));
        entries->entry[kept++] = *entry;
    }
    entries->count = kept;
    return status;
}

static int by_number(const struct mu_volunteer_entry *a, const struct mu_volunteer_entry *b)
{
    return (a->resident_id > b->resident_id) - (a->resident_id < b->resident_id);
}

static int by_points(const void *first, const void *second)
{
    const struct mu_volunteer_entry *a = first, *b = second;
    int64_t x = a->sum.balance.count, y = b->sum.balance.count;

    return x != y ? (x < y) - (x > y) : by_number(a, b);
}

static int by_hours(const void *first, const void *second)
{
    const struct mu_volunteer_entry *a = first, *b = second;
    int64_t x = a->sum.minutes, y = b->sum.minutes;

    return x != y ? (x < y) - (x > y) : by_number(a, b);
}

enum mu_status mu_list_volunteers(struct mu_desk *desk, const struct mu_volunteer_query *query,
                                  mu_volunteer_row *row, void *context, struct mu_error *error)
{
    struct entries entries = {.query = query};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_volunteer_all(desk->db, query->left, take_entry, &entries, error);
    if (status == MU_OK && entries.no_memory)
        status = mu_fail_memory(error);
    if (status == MU_OK)
        status = complete(desk, &entries, error);
    if (status == MU_OK && entries.count && query->order != MU_VOLUNTEERS_BY_FILE)
        qsort(entries.entry, entries.count, sizeof *entries.entry,
              query->order == MU_VOLUNTEERS_BY_POINTS ? by_points : by_hours);
    for (size_t i = 0; status == MU_OK && i < entries.count; i++)
        if (!row(context, &entries.entry[i]))
            break;
    free(entries.entry);
    return status;
}

enum mu_status mu_count_volunteers(struct mu_desk *desk, int64_t *count, struct mu_error *error)
{
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    return status == MU_OK ? mu_volunteer_count(desk->db, count, error) : status;
}

/* ---- acts ---- */

enum mu_status mu_volunteer_act_read(struct mu_desk *desk, int64_t row, void *record,
                                     struct mu_error *error)
{
    struct mu_resident resident;
    enum mu_status status = mu_file_read(desk, row, &resident, error);

    return status == MU_OK ? mu_volunteer_of_file(desk->db, row, record, error) : status;
}

enum mu_status mu_volunteer_act_put_back(struct mu_act_writer *writer, int64_t row,
                                         const void *current, const void *wanted,
                                         struct mu_error *error)
{
    const struct mu_volunteer *before = current;
    struct mu_volunteer after = *(const struct mu_volunteer *)wanted;
    const char *field;
    enum mu_status status = MU_OK;

    (void)row;
    if (before->incomplete)
        return mu_fail(error, MU_STORE, MU_SAY_error_volunteer_incomplete, writer->act.subject,
                       NULL);
    if (mu_date_known(after.registered_on))
        status = check(writer->desk, &after, &field, error);
    return status == MU_OK ? put(writer, before, &after, error) : status;
}
