#include "base/growing.h"
#include "desk/replay_file.h"
#include "desk/resident_file.h"

#include "store/points_past_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/points_replay.h>
#include <mulin/domain/calendar.h>

#include <stdlib.h>
#include <string.h>

enum {
    SLICE = 200, /* services that are read between two keys, */
    PEOPLE = 40, /* and people whose services are decided */
    HALF = 50,   /* percent when everything was read */
    WHOLE = 100,
};

/* A service on its way: the sort brings those of a person together. */
struct past {
    struct mu_past_service service;
    size_t duty, team; /* indexes in the report */
};

struct mu_points_replay {
    struct mu_desk *desk;
    struct mu_rules *draft; /* owned */
    struct mu_points_replay_report report;
    size_t person_room, duty_room, team_room;
    struct past *past; /* owned */
    size_t count, room, decided;
    struct mu_past_service *one; /* owned: the services of one person */
    size_t one_room;
    int64_t all;
    struct mu_month_service after; /* the last one that was read */
    bool read, done;
    struct mu_month_service slice[SLICE];
};

struct mu_points mu_points_replay_difference(const struct mu_points_replay_sums *sums)
{
    return mu_points_subtract(sums->would, sums->was);
}

/* ---- reading ---- */

/* Index of the duty or team in `*groups`; *index of a new one is that of the last. False without
 * memory. */
static bool find_group(struct mu_points_replay_group **groups, size_t *count, size_t *room,
                       const char *id, const char *name, size_t *index)
{
    struct mu_points_replay_group *grown;

    for (*index = 0; *index < *count; ++*index)
        if (strcmp((*groups)[*index].id, id) == 0 &&
            (*id || strcmp((*groups)[*index].name, name) == 0))
            return true;
    grown = mu_grown(*groups, *count, room, sizeof *grown);
    if (!grown)
        return false;
    *groups = grown;
    grown += (*count)++;
    memset(grown, 0, sizeof *grown);
    mu_text_copy(grown->id, sizeof grown->id, id);
    mu_text_copy(grown->name, sizeof grown->name, name);
    return true;
}

/* The name of a duty: as the draft has it, or the book of today, or its id. */
static const char *duty_name(struct mu_points_replay *replay, const struct mu_month_service *from)
{
    const struct mu_duty *duty = from->service.duty;
    const struct mu_rules *rules;
    struct mu_error error;

    if (!duty && mu_desk_rules(replay->desk, &rules, NULL, &error) == MU_OK)
        duty = mu_rules_duty(rules, from->duty);
    return duty ? duty->name : from->duty;
}

static bool add_service(struct mu_points_replay *replay, struct mu_month_service *from)
{
    struct mu_points_replay_report *report = &replay->report;
    struct past *past = mu_grown(replay->past, replay->count, &replay->room, sizeof *past);

    if (!past)
        return false;
    replay->past = past;
    past += replay->count;
    from->service.duty = mu_rules_duty(replay->draft, from->duty);
    if (from->forgotten)
        from->service.minutes = replay->draft->points.forgotten;
    past->service = from->service;
    if (!find_group(&report->duty, &report->duties, &replay->duty_room, from->duty,
                    duty_name(replay, from), &past->duty) ||
        !find_group(&report->team, &report->teams, &replay->team_room, "", from->team, &past->team))
        return false;
    replay->count++;
    return true;
}

static int by_person(const void *first, const void *second)
{
    const struct mu_past_service *a = &((const struct past *)first)->service,
                                 *b = &((const struct past *)second)->service;
    int order = (a->resident_id > b->resident_id) - (a->resident_id < b->resident_id);

    return order ? order : (a->entry_id > b->entry_id) - (a->entry_id < b->entry_id);
}

static enum mu_status read_slice(struct mu_points_replay *replay, struct mu_error *error)
{
    size_t count = 0;
    enum mu_status status = mu_month_services(replay->desk->db, &replay->after, replay->report.to,
                                              SLICE, replay->slice, &count, error);

    for (size_t i = 0; status == MU_OK && i < count; i++)
        if (!add_service(replay, &replay->slice[i]))
            status = mu_fail_memory(error);
    if (status != MU_OK)
        return status;
    if (count)
        replay->after = replay->slice[count - 1];
    replay->read = count < SLICE;
    if (replay->read && replay->count)
        qsort(replay->past, replay->count, sizeof *replay->past, by_person);
    return MU_OK;
}

/* ---- deciding ---- */

static void add_sums(struct mu_points_replay_sums *sums, const struct mu_past_service *service)
{
    sums->services++;
    sums->changed += service->was.count != service->would.count;
    sums->was = mu_points_add(sums->was, service->was);
    sums->would = mu_points_add(sums->would, service->would);
}

static enum mu_status add_person(struct mu_points_replay *replay, int64_t resident_id,
                                 struct mu_error *error)
{
    struct mu_points_replay_report *report = &replay->report;
    struct mu_points_replay_person *person =
        mu_grown(report->person, report->people, &replay->person_room, sizeof *person);
    struct mu_resident resident;
    enum mu_status status;

    if (!person)
        return mu_fail_memory(error);
    report->person = person;
    person += report->people;
    memset(person, 0, sizeof *person);
    person->resident_id = resident_id;
    status = mu_file_read(replay->desk, resident_id, &resident, error);
    if (status != MU_OK)
        return status;
    mu_name_mask(resident.name, person->name);
    report->people++;
    return MU_OK;
}

/* What was taken back counts for nobody: it only stood before others for a while. */
static void count_service(struct mu_points_replay *replay, const struct past *past)
{
    struct mu_points_replay_report *report = &replay->report;
    const struct mu_past_service *service = &past->service;

    add_sums(&report->sums, service);
    add_sums(&report->person[report->people - 1].sums, service);
    add_sums(&report->duty[past->duty].sums, service);
    add_sums(&report->team[past->team].sums, service);
    report->cut = mu_points_add(report->cut, service->cut);
    report->unknown_duty += !service->duty;
}

/* The services of one person, the next ones. */
static enum mu_status decide_person(struct mu_points_replay *replay, struct mu_error *error)
{
    struct past *past = replay->past + replay->decided;
    int64_t resident_id = past->service.resident_id;
    size_t left = replay->count - replay->decided, count = 0, standing = 0;
    enum mu_status status = MU_OK;

    for (; count < left && past[count].service.resident_id == resident_id; count++) {
        struct mu_past_service *one = mu_grown(replay->one, count, &replay->one_room, sizeof *one);

        if (!one)
            return mu_fail_memory(error);
        replay->one = one;
        one[count] = past[count].service;
        standing += !one[count].reversed_by;
    }
    mu_replay_services(&replay->draft->points, replay->one, count);
    if (standing)
        status = add_person(replay, resident_id, error);
    for (size_t i = 0; status == MU_OK && i < count; i++) {
        past[i].service = replay->one[i];
        if (!past[i].service.reversed_by)
            count_service(replay, &past[i]);
    }
    replay->decided += count;
    return status;
}

static int by_sums(const struct mu_points_replay_sums *a, const struct mu_points_replay_sums *b)
{
    int64_t first = mu_points_replay_difference(a).count,
            second = mu_points_replay_difference(b).count;
    int order;

    first = first < 0 ? -first : first;
    second = second < 0 ? -second : second;
    order = (first < second) - (first > second);
    if (order == 0)
        order = (a->changed < b->changed) - (a->changed > b->changed);
    return order ? order : (a->was.count < b->was.count) - (a->was.count > b->was.count);
}

static int by_difference(const void *first, const void *second)
{
    const struct mu_points_replay_person *a = first, *b = second;
    int order = by_sums(&a->sums, &b->sums);

    return order ? order : (a->resident_id > b->resident_id) - (a->resident_id < b->resident_id);
}

static int by_group(const void *first, const void *second)
{
    const struct mu_points_replay_group *a = first, *b = second;
    int order = by_sums(&a->sums, &b->sums);

    if (order == 0)
        order = strcmp(a->id, b->id);
    return order ? order : strcmp(a->name, b->name);
}

/* Without those of which everything was taken back. */
static void sort_groups(struct mu_points_replay_group *groups, size_t *count)
{
    size_t kept = 0;

    for (size_t i = 0; i < *count; i++)
        if (groups[i].sums.services)
            groups[kept++] = groups[i];
    *count = kept;
    if (kept)
        qsort(groups, kept, sizeof *groups, by_group);
}

static enum mu_status decide_some(struct mu_points_replay *replay, struct mu_error *error)
{
    struct mu_points_replay_report *report = &replay->report;
    enum mu_status status = MU_OK;

    for (int i = 0; status == MU_OK && i < PEOPLE && replay->decided < replay->count; i++)
        status = decide_person(replay, error);
    if (status != MU_OK || replay->decided < replay->count)
        return status;
    if (report->people)
        qsort(report->person, report->people, sizeof *report->person, by_difference);
    sort_groups(report->duty, &report->duties);
    sort_groups(report->team, &report->teams);
    replay->done = true;
    return MU_OK;
}

/* ---- the way through ---- */

enum mu_status mu_replay_points_on(struct mu_points_replay *replay, bool *done,
                                   struct mu_error *error)
{
    enum mu_status status = MU_OK;

    if (!replay->done) {
        status = mu_db_begin_read(replay->desk->db, error);
        if (status != MU_OK)
            return status;
        status = replay->read ? decide_some(replay, error) : read_slice(replay, error);
        mu_db_end_read(replay->desk->db);
    }
    *done = replay->done;
    return status;
}

enum mu_status mu_replay_points(struct mu_desk *desk, const char *book, size_t length,
                                struct mu_date month, struct mu_rules_faults *faults,
                                struct mu_points_replay **out, struct mu_error *error)
{
    struct mu_rules *draft = NULL;
    struct mu_points_replay *replay;
    enum mu_status status =
        mu_replay_draft(desk, MU_MAY_read_points, month, book, length, faults, &draft, error);

    if (status != MU_OK)
        return status;
    replay = calloc(1, sizeof *replay);
    if (!replay) {
        mu_rules_free(&draft);
        return mu_fail_memory(error);
    }
    replay->desk = desk;
    replay->draft = draft;
    replay->report.from = replay->after.service.date = month;
    replay->report.to = mu_month_end(month);
    status = mu_db_begin_read(desk->db, error);
    if (status == MU_OK) {
        status = mu_month_service_count(desk->db, month, replay->report.to, &replay->all, error);
        mu_db_end_read(desk->db);
    }
    if (status == MU_OK)
        *out = replay;
    else
        mu_points_replay_free(&replay);
    return status;
}

int mu_points_replay_percent(const struct mu_points_replay *replay)
{
    int64_t all = replay->read ? (int64_t)replay->count : replay->all;
    int64_t seen = replay->read ? (int64_t)replay->decided : (int64_t)replay->count;

    if (replay->done)
        return WHOLE;
    if (all == 0)
        return 0;
    return (replay->read ? HALF : 0) + (int)(seen * (HALF - 1) / (all > seen ? all : seen));
}

const struct mu_points_replay_report *mu_points_replay_report(const struct mu_points_replay *replay)
{
    return &replay->report;
}

static enum mu_status show_names(struct mu_points_replay *replay, struct mu_error *error)
{
    struct mu_points_replay_report *report = &replay->report;
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < report->people && status == MU_OK; i++) {
        struct mu_resident resident;

        status = mu_file_read(replay->desk, report->person[i].resident_id, &resident, error);
        if (status == MU_OK)
            mu_text_copy(report->person[i].name, sizeof report->person[i].name, resident.name);
    }
    return status;
}

enum mu_status mu_points_replay_reveal(struct mu_points_replay *replay, const char *target,
                                       const char *reason, struct mu_error *error)
{
    enum mu_status status =
        mu_replay_take_out(replay->desk, replay->report.from, target, reason, error);

    return status == MU_OK ? show_names(replay, error) : status;
}

void mu_points_replay_free(struct mu_points_replay **replay)
{
    struct mu_points_replay *old = *replay;

    *replay = NULL;
    if (!old)
        return;
    mu_rules_free(&old->draft);
    free(old->report.person);
    free(old->report.duty);
    free(old->report.team);
    free(old->past);
    free(old->one);
    free(old);
}
