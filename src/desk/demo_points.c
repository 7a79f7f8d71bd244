/* How a made-up community serves: who registered, in which teams, what they did in the months
 * before, and the months that were closed. */
#include "desk/demo_people.h"
#include "desk/desk_internal.h"
#include "desk/resident_tags.h"
#include "store/team_store.h"
#include "store/volunteer_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/attendance.h>
#include <mulin/desk/demo.h>
#include <mulin/desk/points_month.h>
#include <mulin/desk/register.h>
#include <mulin/domain/calendar.h>

#include <stdlib.h>
#include <string.h>

enum {
    MONTHS = 3, /* that are over and in which people served, */
    CLOSED = 2, /* of which these were closed */
    GROWN_UP = 18,
    OLDEST = 78,
    HOURS = 2, /* of an activity */
    CROWD = 120,
    MEMBERS_SHOWN = 30 /* percent who let their names be shown */
};

/* A kind of volunteer that the community has a tag for. */
struct kind {
    const char *tag;
    size_t count;
    bool men;
    int age_from, age_to;
};

/* What a community published of its volunteers; the last one is for all others. */
struct bank {
    const char *preset;
    size_t people; /* of the community that this is of */
    struct kind kind[2];
    int activities, attendees;
    int64_t points; /* that all earn together, or 0: as it comes */
};

static const struct bank banks[] = {
    {"changan", CHANGAN_PEOPLE, {{"志愿者", 656, false, GROWN_UP, OLDEST}}, 45, 64, 43000},
    {"zhonggeng",
     ZHONGGENG_PEOPLE,
     {{"热心小哥", 132, true, GROWN_UP, 45}, {"帮忙老哥", 108, true, 46, OLDEST}},
     24,
     20,
     0},
    {NULL, MU_DEMO_PEOPLE, {{"", 36, false, GROWN_UP, OLDEST}}, 9, 10, 0},
};

static const char *const skills[] = {"理发", "水电维修", "书法", "急救", "摄影", "手机教学",
                                     "裁缝", "法律",     "舞蹈", "英语", "心理", "开车"};
static const char *const places[] = {"党群服务中心", "小区广场", "老年食堂", "文化礼堂"};

struct team {
    struct mu_team team;
    size_t duties; /* of the book */
};

struct volunteers {
    struct mu_desk *desk;
    const struct bank *bank;
    struct demo dealer;
    const struct mu_points_rules *rules; /* of the book in force */
    int64_t *id;                         /* owned */
    size_t left[2];                      /* to be found of each kind */
    size_t *kind;                        /* owned; of each */
    size_t count, room;
    struct team *team; /* owned */
    size_t teams;
    int64_t earned;
};

static const struct bank *find_bank(const char *preset)
{
    const struct bank *bank = banks;

    while (bank->preset && strcmp(bank->preset, preset) != 0)
        bank++;
    return bank;
}

size_t demo_points_people(const char *preset)
{
    return find_bank(preset)->people;
}

/* ---- who they are ---- */

static bool take_volunteer(void *context, const struct mu_resident *resident)
{
    struct volunteers *all = context;
    int age = mu_resident_age(resident, all->dealer.today);

    for (size_t i = 0; i < 2; i++) {
        const struct kind *kind = &all->bank->kind[i];

        if (!all->left[i] || resident->status != MU_LIVING_HERE || age < kind->age_from ||
            age > kind->age_to || (kind->men && resident->sex != 1) ||
            !demo_chance(&all->dealer, 85))
            continue;
        all->left[i]--;
        all->kind[all->count] = i;
        all->id[all->count++] = resident->id;
        break;
    }
    return all->count < all->room;
}

static enum mu_status find_volunteers(struct volunteers *all, size_t people, struct mu_error *error)
{
    const struct bank *bank = all->bank;

    for (size_t i = 0; i < 2; i++) {
        all->left[i] = people && people < bank->people
                           ? (bank->kind[i].count * people + bank->people - 1) / bank->people
                           : bank->kind[i].count;
        all->room += all->left[i];
    }
    all->id = calloc(all->room, sizeof *all->id);
    all->kind = calloc(all->room, sizeof *all->kind);
    if (!all->id || !all->kind)
        return mu_fail_memory(error);
    return mu_list_residents(all->desk, 0, SIZE_MAX, take_volunteer, all, error);
}

static enum mu_status tag(struct volunteers *all, size_t index, struct mu_date since,
                          struct mu_error *error)
{
    const char *word = all->bank->kind[all->kind[index]].tag;
    const struct mu_tag_stamp stamp = mu_file_tag_stamp(all->desk);
    struct mu_tag tag = {.from = since};
    enum mu_status status;

    if (!*word)
        return MU_OK;
    mu_text_copy(tag.word, sizeof tag.word, word);
    mu_text_copy(tag.evidence, sizeof tag.evidence, "志愿者登记表");
    status = mu_tag_write(all->desk->db, all->id[index], &tag, &stamp, error);
    return status == MU_OK ? mu_tag_refresh(all->desk->db, all->id[index], all->dealer.today, error)
                           : status;
}

/* One registers, and joins a team: its first one leads it. */
static enum mu_status register_one(struct volunteers *all, size_t index, struct mu_error *error)
{
    struct mu_date since =
        mu_date_add_days(all->dealer.today, -130 - (int)demo_below(&all->dealer, 700));
    struct mu_volunteer volunteer = {.resident_id = all->id[index],
                                     .registered_on = since,
                                     .shows_name = demo_chance(&all->dealer, MEMBERS_SHOWN)};
    struct mu_membership membership = {.resident_id = all->id[index],
                                       .from = since,
                                       .role =
                                           index < all->teams ? MU_TEAM_LEADER : MU_TEAM_MEMBER};
    bool stale = false;
    enum mu_status status;

    if (demo_chance(&all->dealer, 25))
        mu_text_copy(volunteer.skills, sizeof volunteer.skills, PICK(&all->dealer, skills));
    status = mu_volunteer_write(all->desk->db, &volunteer, &stale, error);
    if (status == MU_OK && all->teams) {
        membership.team_id = all->team[index % all->teams].team.id;
        status = mu_membership_write(all->desk->db, &membership, error);
    }
    return status == MU_OK ? tag(all, index, since, error) : status;
}

/* The teams as the book calls them, in its order. */
static bool list_teams(struct volunteers *all)
{
    all->team = calloc(all->rules->duty_count, sizeof *all->team);
    for (size_t i = 0; all->team && i < all->rules->duty_count; i++) {
        const char *name = all->rules->duties[i].team;
        size_t at = 0;

        while (at < all->teams && strcmp(all->team[at].team.name, name) != 0)
            at++;
        if (!*name)
            continue;
        if (at == all->teams) {
            all->teams++;
            mu_text_copy(all->team[at].team.name, sizeof all->team[at].team.name, name);
        }
        all->team[at].duties++;
    }
    return all->team != NULL;
}

static enum mu_status write_volunteers(struct volunteers *all, struct mu_error *error)
{
    bool stale = false;
    enum mu_status status = mu_db_begin(all->desk->db, error);

    if (status != MU_OK)
        return status;
    for (size_t i = 0; i < all->teams && status == MU_OK; i++) {
        all->team[i].team.founded_on = mu_date_add_days(all->dealer.today, -900 - (int)i);
        status = mu_team_write(all->desk->db, &all->team[i].team, &stale, error);
    }
    for (size_t i = 0; i < all->count && status == MU_OK; i++)
        status = register_one(all, i, error);
    if (status == MU_OK)
        return mu_db_commit(all->desk->db, error);
    mu_db_rollback(all->desk->db);
    return status;
}

/* ---- what they did ---- */

/* How many have to come so that the rest of the activities comes to what is told of all. */
static size_t crowd(const struct volunteers *all, const struct mu_duty *duty, int left)
{
    int64_t each = duty->per_hour ? (int64_t)duty->per_hour * HOURS : duty->per_time;
    int64_t count = all->bank->attendees;

    if (all->bank->points && all->room >= CROWD)
        count = (all->bank->points - all->earned) / left / each + 1;
    if (count > CROWD)
        count = CROWD;
    if (count < 2)
        count = 2;
    return (size_t)count < all->count ? (size_t)count : all->count;
}

/* The nth duty of a team, counted round. */
static const struct mu_duty *duty_of(const struct volunteers *all, const struct team *team,
                                     size_t n)
{
    const struct mu_duty *duty = all->rules->duties;

    for (n %= team->duties; n || strcmp(duty->team, team->team.name) != 0; duty++)
        n -= strcmp(duty->team, team->team.name) == 0;
    return duty;
}

static enum mu_status hold(struct volunteers *all, int number, struct mu_date date,
                           struct mu_attendee *people, struct mu_service_answer *answers,
                           struct mu_error *error)
{
    const struct team *team = &all->team[(size_t)number % all->teams];
    const struct mu_duty *duty = duty_of(all, team, (size_t)number / all->teams);
    size_t count = crowd(all, duty, all->bank->activities - number);
    size_t from = (size_t)number * 97 % all->count;
    char title[MU_SERVICE_TEXT_SIZE];
    struct mu_attendance_request request = {.title = title,
                                            .all = {.duty = duty->id,
                                                    .date = date,
                                                    .starts_at = 9 * 60,
                                                    .ends_at = (9 + HOURS) * 60,
                                                    .place = places[(size_t)number % COUNT(places)],
                                                    .confirmed_by = "社区 陈静"}};
    struct mu_attendance_result result;
    enum mu_status status;

    snprintf(title, sizeof title, "%d月%d日%s", date.month, date.day, duty->name);
    for (size_t i = 0; i < count; i++)
        people[i] = (struct mu_attendee){.resident_id = all->id[(from + i) % all->count]};
    status = mu_record_attendance(all->desk, &request, people, count, answers, &result, error);
    if (status == MU_OK)
        all->earned += result.points.count;
    return status;
}

/* The activities go evenly over the months before this one. */
static enum mu_status hold_all(struct volunteers *all, struct mu_error *error)
{
    struct mu_date today = all->dealer.today;
    struct mu_date first = mu_month_add((struct mu_date){today.year, today.month, 1}, -MONTHS);
    int activities = all->bank->activities, a_month = (activities + MONTHS - 1) / MONTHS;
    struct mu_attendee *people = calloc(CROWD, sizeof *people);
    struct mu_service_answer *answers = calloc(CROWD, sizeof *answers);
    enum mu_status status = people && answers ? MU_OK : mu_fail_memory(error);

    for (int i = 0; i < activities && status == MU_OK; i++) {
        struct mu_date month = mu_month_add(first, i / a_month);

        status = hold(all, i, mu_date_add_days(month, 1 + i % a_month * 26 / a_month), people,
                      answers, error);
    }
    free(people);
    free(answers);
    return status;
}

/* ---- the months ---- */

static enum mu_status close_months(struct volunteers *all, struct mu_error *error)
{
    struct mu_date today = all->dealer.today;
    struct mu_date first = mu_month_add((struct mu_date){today.year, today.month, 1}, -MONTHS);
    enum mu_status status = MU_OK;

    for (int i = 0; i < CLOSED && status == MU_OK; i++) {
        const struct mu_points_closing_request request = {
            .month = mu_month_number(mu_month_add(first, i)),
            .second_name = DEMO_TALLY,
            .second_password = DEMO_TALLY_PIN};

        status = mu_close_points_month(all->desk, &request, NULL, error);
    }
    return status;
}

/* Something to settle in the month that is tallied next: nobody confirmed a service. */
static enum mu_status forget_to_confirm(struct volunteers *all, struct mu_error *error)
{
    struct mu_date today = all->dealer.today;
    struct mu_date day = mu_date_add_days((struct mu_date){today.year, today.month, 1}, -2);
    struct mu_service_request request = {
        .date = day, .starts_at = 14 * 60, .ends_at = (14 + HOURS) * 60, .note = "演示：等人确认"};
    struct mu_service_answer answer;

    for (size_t i = 0; i < all->rules->duty_count && !request.duty; i++)
        if (all->rules->duties[i].confirm != MU_CONFIRM_NONE)
            request.duty = all->rules->duties[i].id;
    if (!request.duty || !all->count)
        return MU_OK;
    request.resident_id = all->id[all->count - 1];
    return mu_record_service(all->desk, &request, &answer, error);
}

static enum mu_status live(struct volunteers *all, size_t people, struct mu_error *error)
{
    struct mu_rules *rules = NULL;
    int version = 0;
    const struct mu_rules *now;
    enum mu_status status = mu_desk_rules(all->desk, &now, &version, error);

    if (status != MU_OK || !now->points.duty_count)
        return status;
    /* One of its own: the use cases may read the book anew. */
    status = mu_desk_book(all->desk, version, &rules, error);
    if (status != MU_OK)
        return status;
    all->rules = &rules->points;
    status = list_teams(all) ? find_volunteers(all, people, error) : mu_fail_memory(error);
    if (status == MU_OK)
        status = write_volunteers(all, error);
    if (status == MU_OK && all->count && all->teams)
        status = hold_all(all, error);
    if (status == MU_OK)
        status = close_months(all, error);
    if (status == MU_OK)
        status = forget_to_confirm(all, error);
    if (status == MU_OK)
        status = demo_goods(all->desk, all->id, all->count, error);
    mu_rules_free(&rules);
    return status;
}

enum mu_status demo_points(struct mu_desk *desk, const char *preset, size_t people,
                           struct mu_error *error)
{
    struct volunteers all = {.desk = desk,
                             .bank = find_bank(preset),
                             .dealer = {.state = 20261124, .today = mu_desk_now(desk).date}};
    enum mu_status status = live(&all, people, error);

    free(all.id);
    free(all.kind);
    free(all.team);
    return status;
}
