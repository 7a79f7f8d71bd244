#include "desk/desk_internal.h"
#include "desk/resident_file.h"
#include "desk/roster_file.h"

#include <mulin/base/text.h>

#include <stdlib.h>
#include <string.h>

enum {
    SHORT = 200, /* people that are read at once, whatever the clock says */
    SUM_LOOK = 32,
    READING_SHARE = 80 /* per cent of the work, when there is sorting to come */
};

/* ---- what is asked ---- */

/* The last birth date of somebody who is that old on the day. */
static struct mu_date born_until(struct mu_date day, int age)
{
    day.year -= age;
    if (!mu_date_valid(day)) /* 29 February of a year without */
        day.day = 28;
    return day;
}

static void narrow_ages(struct mu_roster *roster, int from, int to)
{
    struct mu_roster_test *test = &roster->test;
    struct mu_date day = roster->teller.today;
    char text[MU_DATE_SIZE];

    if (from >= 0) {
        mu_date_format(born_until(day, from), text);
        if (!*test->born_until || strcmp(text, test->born_until) < 0)
            memcpy(test->born_until, text, sizeof text);
    }
    if (to >= 0)
        mu_date_format(mu_date_add_days(born_until(day, to + 1), 1), test->born_from);
}

/* Computed words are ages of people who live here; those about the household stay as words. */
static void take_tags(struct mu_roster *roster)
{
    const struct mu_register_rules *rules = roster->teller.rules;
    const char *rest = roster->request.tags;
    char word[MU_TAGS_SIZE], *to;
    struct mu_date until;
    bool derived;
    int from, none;

    while (mu_tag_next(&rest, word, &until)) {
        derived = mu_tag_is_derived(word);
        to = derived ? roster->nest : roster->tags;
        if (derived && word[strlen(word) - 1] == '+')
            narrow_ages(roster, mu_roster_ages(word, &from, &none) ? from : 0, -1);
        else if (strcmp(word, "高龄") == 0)
            narrow_ages(roster, rules->advanced_age_from, -1);
        else
            snprintf(to + strlen(to), MU_TAGS_SIZE - strlen(to), "%s%s", *to ? " " : "", word);
        if (derived && *roster->nest)
            narrow_ages(roster, rules->elder_from, -1);
        if (derived)
            roster->nobody |= roster->request.status > MU_LIVING_HERE;
        if (derived)
            roster->test.status = MU_LIVING_HERE;
    }
}

static enum mu_status take_request(struct mu_roster *roster, struct mu_error *error)
{
    const struct mu_roster_request *request = &roster->request;
    int from, to;
    enum mu_status status;

    roster->test.status = request->status;
    roster->test.residence = request->residence;
    roster->test.occupancy = request->occupancy;
    if (*request->age && mu_roster_ages(request->age, &from, &to))
        narrow_ages(roster, from, to);
    take_tags(roster);
    status = mu_query_words(roster->desk->db, request->text, NULL, roster->word,
                            &roster->word_count, error);
    for (size_t i = 0; i < roster->word_count; i++)
        roster->opens_numbers |= *roster->word[i].id_number || *roster->word[i].tail;
    roster->nobody |=
        roster->word_count == 0 && strspn(request->text, " ") != strlen(request->text);
    return status;
}

enum mu_status mu_roster_open(struct mu_desk *desk, const struct mu_roster_request *request,
                              int budget, struct mu_roster **out, struct mu_error *error)
{
    struct mu_roster *roster;
    long long began = mu_roster_clock();
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_roster_check(request, NULL, error);
    if (status != MU_OK)
        return status;
    roster = calloc(1, sizeof *roster);
    if (!roster)
        return mu_fail_memory(error);
    roster->desk = desk;
    roster->request = *request;
    mu_teller_init(&roster->teller, desk);
    status = take_request(roster, error);
    if (status == MU_OK)
        status = mu_roster_begin(roster, error);
    roster->cost = (int)(mu_roster_clock() - began);
    if (status == MU_OK)
        status = mu_roster_go_on(roster, budget, error);
    if (status == MU_OK)
        *out = roster;
    else
        mu_roster_free(&roster);
    return status;
}

void mu_roster_free(struct mu_roster **roster)
{
    struct mu_roster *old = *roster;

    *roster = NULL;
    if (!old)
        return;
    mu_id_set_clear(&old->found);
    mu_id_set_clear(&old->leaders);
    mu_id_set_clear(&old->left_out);
    mu_roster_sorter_clear(&old->sorter);
    free(old->gaps);
    free(old->outer);
    free(old->inner);
    free(old->ids);
    free(old);
}

/* ---- reading ---- */

enum mu_status mu_roster_go_on(struct mu_roster *roster, int budget, struct mu_error *error)
{
    long long began = mu_roster_clock();
    bool reading = !roster->read;
    enum mu_status status = MU_OK;

    if (mu_roster_whole(roster))
        return MU_OK;
    roster->until = began + budget;
    roster->rows = 0;
    roster->sure = budget > 0 ? SHORT : 0;
    if (reading) {
        /* One lock for all statements of the slice. */
        status = mu_db_begin_read(roster->desk->db, error);
        if (status != MU_OK)
            return status;
        status = mu_roster_read_on(roster, error);
        mu_db_end_read(roster->desk->db);
    }
    if (status == MU_OK && roster->read && !roster->sorted &&
        (!reading || roster->count < roster->sure || mu_roster_clock() < roster->until))
        status = mu_roster_sort_on(roster, error);
    roster->cost += (int)(mu_roster_clock() - began);
    return status;
}

bool mu_roster_whole(const struct mu_roster *roster)
{
    return roster->read && roster->sorted;
}

static int share(int64_t part, int64_t whole, int of)
{
    int64_t percent = whole > 0 ? part * of / whole : of;

    return (int)(percent > of ? of : percent < 0 ? 0 : percent);
}

/* Powers of two that the runs have grown by. */
static int64_t doublings(size_t width)
{
    int64_t count = 0;

    for (; width > 1; width /= 2)
        count++;
    return count;
}

int mu_roster_progress(const struct mu_roster *roster, bool *sorting)
{
    const struct mu_roster_sorter *sorter = &roster->sorter;
    int reading = roster->sorts ? READING_SHARE : 99;
    int64_t done = (int64_t)roster->count;

    *sorting = roster->read && !roster->sorted;
    if (mu_roster_whole(roster))
        return 100;
    if (*sorting)
        return reading +
               share(doublings(sorter->width), doublings(sorter->count) + 1, 99 - reading);
    if (roster->by_place || roster->by_grid)
        return share((int64_t)roster->outer_next, (int64_t)roster->outer_count + 1, reading);
    if (roster->walk.kind == MU_ROSTER_BARE || roster->walk.kind == MU_ROSTER_BY_NUMBER)
        done = roster->walk.descending ? roster->last - roster->walk.last : roster->walk.last;
    return share(done, roster->last, reading);
}

int mu_roster_cost(const struct mu_roster *roster)
{
    return roster->cost;
}

struct mu_desk *mu_roster_desk(const struct mu_roster *roster)
{
    return roster->desk;
}

const struct mu_roster_request *mu_roster_asked(const struct mu_roster *roster)
{
    return &roster->request;
}

size_t mu_roster_count(const struct mu_roster *roster)
{
    return roster->count;
}

/* The number at this position among all that are not left out. */
static int64_t nth_number(const struct mu_roster *roster, size_t position)
{
    size_t low = 0, high = roster->left_out.count;

    /* As many gaps lie below the answer as lie at most `position` people behind the first. */
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (roster->gaps[middle] - (int64_t)middle <= (int64_t)position + 1)
            low = middle + 1;
        else
            high = middle;
    }
    return (int64_t)position + 1 + (int64_t)low;
}

int64_t mu_roster_id(const struct mu_roster *roster, size_t position)
{
    bool backwards = roster->request.sort == MU_ROSTER_NUMBER && roster->request.descending;

    if (roster->plan != MU_ROSTER_ARITHMETIC)
        return roster->ids[position];
    return nth_number(roster, backwards ? roster->count - 1 - position : position);
}

static bool shows_numbers(const struct mu_roster_request *request)
{
    for (size_t i = 0; i < request->column_count; i++)
        if (request->column[i] == MU_ROSTER_ID_NUMBER)
            return true;
    return false;
}

/* Somebody as the file is now, tags told. */
static enum mu_status read_person(struct mu_roster *roster, int64_t id, bool numbers,
                                  struct mu_resident *out, struct mu_error *error)
{
    bool found;
    enum mu_status status = mu_roster_resident(roster->desk->db, id, numbers, &found, out, error);

    if (status == MU_OK && !found)
        *out = (struct mu_resident){.id = id, .incomplete = true};
    if (status != MU_OK || !found)
        return status;
    if (mu_tell_tags(&roster->teller, out)) {
        if (!mu_roster_join_tags(roster, id, out->tags) && error)
            *error = roster->error;
        return roster->status;
    }
    if (error)
        *error = roster->teller.error;
    return roster->teller.status;
}

enum mu_status mu_roster_read(struct mu_roster *roster, size_t first, size_t count,
                              mu_resident_row *row, void *context, struct mu_error *error)
{
    bool numbers = shows_numbers(&roster->request);
    struct mu_resident resident;
    enum mu_status status = mu_desk_may(roster->desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_db_begin_read(roster->desk->db, error);
    if (status != MU_OK)
        return status;
    for (size_t i = first; i < first + count && i < roster->count && status == MU_OK; i++) {
        status = read_person(roster, mu_roster_id(roster, i), numbers, &resident, error);
        mu_file_mask(&resident);
        if (status == MU_OK && !row(context, &resident))
            break;
    }
    mu_db_end_read(roster->desk->db);
    return status;
}

enum mu_status mu_roster_people(struct mu_roster *roster, const int64_t *ids, size_t count,
                                bool full, struct mu_resident *out, size_t *read,
                                struct mu_error *error)
{
    bool numbers = shows_numbers(&roster->request);
    enum mu_status status = mu_db_begin_read(roster->desk->db, error);

    *read = 0;
    if (status != MU_OK)
        return status;
    for (size_t i = 0; i < count && status == MU_OK; i++) {
        status = read_person(roster, ids[i], numbers, &out[*read], error);
        if (!full)
            mu_file_mask(&out[*read]);
        *read += status == MU_OK && *out[*read].name;
    }
    mu_db_end_read(roster->desk->db);
    return status;
}

/* ---- sums ---- */

static enum mu_status add_person(struct mu_desk *desk, int64_t id, struct mu_date today,
                                 struct mu_roster_sum *sum, struct mu_error *error)
{
    int64_t household, area;
    struct mu_date birth;
    enum mu_status status = mu_roster_home(desk->db, id, &household, &area, &birth, error);

    if (status != MU_OK)
        return status;
    sum->people++;
    if (mu_date_known(birth)) {
        sum->aged++;
        sum->ages += mu_age_on(birth, today);
    }
    if (household && !mu_id_set_has(&sum->seen, household)) {
        if (!mu_id_set_add(&sum->seen, household))
            return mu_fail_memory(error);
        sum->homes++;
        sum->area += area;
    }
    return MU_OK;
}

enum mu_status mu_roster_sum(struct mu_desk *desk, const struct mu_id_set *ids, int budget,
                             struct mu_roster_sum *sum, struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date;
    long long until = mu_roster_clock() + budget;
    int64_t id;
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    while (status == MU_OK && (id = mu_id_set_next(ids, sum->last)) != 0) {
        status = add_person(desk, id, today, sum, error);
        if (status == MU_OK)
            sum->last = id;
        if (sum->people % SUM_LOOK == 0 && mu_roster_clock() >= until)
            break;
    }
    mu_db_end_read(desk->db);
    sum->whole = status == MU_OK && mu_id_set_next(ids, sum->last) == 0;
    return status;
}

void mu_roster_sum_clear(struct mu_roster_sum *sum)
{
    mu_id_set_clear(&sum->seen);
    *sum = (struct mu_roster_sum){0};
}
