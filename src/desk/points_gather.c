#include "base/growing.h"
#include "desk/points_tally.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS_OF_YEAR = 12, STRETCHES = 64, LEAST_FILES = 4096 };

bool mu_points_watch(struct mu_points_watch *watch, int64_t done, int64_t all)
{
    if (watch->progress && !watch->stopped)
        watch->stopped = !watch->progress(watch->context, done, all);
    return !watch->stopped;
}

enum mu_status mu_points_stopped(struct mu_error *error)
{
    return mu_fail(error, MU_REFUSED, MU_SAY_tally_stopped, NULL);
}

bool mu_points_stretch_next(struct mu_points_stretch *stretch)
{
    int64_t length = stretch->last_file / STRETCHES + 1;
    int64_t behind = stretch->begun ? stretch->files.last : 0;

    if (length < LEAST_FILES)
        length = LEAST_FILES;
    if (stretch->begun && stretch->files.last == INT64_MAX)
        return false;
    stretch->files.first = stretch->begun ? behind + 1 : INT64_MIN;
    stretch->files.last = stretch->last_file - behind <= length ? INT64_MAX : behind + length;
    stretch->begun = true;
    return true;
}

static bool take_link(void *context, int64_t resident_id, int64_t leading)
{
    struct mu_points_links *links = context;
    struct mu_points_link *grown = mu_grown(links->link, links->count, &links->room, sizeof *grown);

    links->no_memory = !grown;
    if (!grown)
        return false;
    links->link = grown;
    links->link[links->count++] = (struct mu_points_link){resident_id, leading};
    return true;
}

enum mu_status mu_points_read_links(struct mu_desk *desk, struct mu_points_links *links,
                                    struct mu_error *error)
{
    enum mu_status status = mu_points_links(desk->db, take_link, links, error);

    return status == MU_OK && links->no_memory ? mu_fail_memory(error) : status;
}

void mu_points_links_clear(struct mu_points_links *links)
{
    free(links->link);
    *links = (struct mu_points_links){0};
}

size_t mu_points_link_place(const struct mu_points_links *links, int64_t resident_id)
{
    size_t low = 0, high = links->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (links->link[middle].resident_id < resident_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < links->count && links->link[low].resident_id == resident_id ? low : links->count;
}

int64_t mu_points_leading(const struct mu_points_links *links, int64_t resident_id, bool *ever)
{
    size_t place = mu_points_link_place(links, resident_id);

    if (ever)
        *ever = place < links->count;
    return place < links->count ? links->link[place].leading : resident_id;
}

/* Gathering. */

struct gathering {
    struct mu_points_people *people;
    const struct mu_points_links *links;
    struct mu_points_watch *watch;
    int month;
    struct mu_files files;
    int64_t last_file;
};

static struct mu_points_person *new_person(struct gathering *gathering, int64_t resident_id)
{
    struct mu_points_people *people = gathering->people;
    struct mu_points_person *grown =
        mu_grown(people->person, people->count, &people->room, sizeof *grown);

    people->no_memory = !grown;
    if (!grown)
        return NULL;
    people->person = grown;
    grown += people->count++;
    *grown = (struct mu_points_person){.resident_id = resident_id};
    return grown;
}

static void add_before(struct mu_points_person *person, const struct mu_points_sums *sums)
{
    person->before_minutes += sums->minutes;
    person->before_earned = mu_points_add(person->before_earned, sums->earned);
    person->before_balance = mu_points_add(
        person->before_balance,
        mu_points_subtract(mu_points_subtract(sums->earned, sums->spent), sums->expired));
}

/* Of linked files what was before is read from their own lines. */
static bool take_sums(void *context, const struct mu_points_file_sums *sums)
{
    struct gathering *gathering = context;
    bool linked;
    int64_t leading = mu_points_leading(gathering->links, sums->resident_id, &linked);
    struct mu_points_person *person;

    if (linked && sums->month != gathering->month)
        return true;
    person = new_person(gathering, leading);
    if (!person)
        return false;
    if (sums->month == gathering->month) {
        person->moved = sums->moved;
        person->rated = sums->rated;
    } else {
        add_before(person, &sums->moved);
    }
    return true;
}

static bool take_step(void *context, int64_t resident_id)
{
    struct gathering *gathering = context;

    return mu_points_watch(gathering->watch, resident_id, gathering->last_file);
}

static bool take_closed(void *context, int month, const struct mu_points_month_line *line)
{
    struct gathering *gathering = context;
    struct mu_points_person *person;
    bool linked;

    (void)month;
    mu_points_leading(gathering->links, line->resident_id, &linked);
    if (linked)
        return true;
    person = new_person(gathering, line->resident_id);
    if (!person)
        return false;
    person->before_minutes = line->total_minutes;
    person->before_earned = line->total_earned;
    person->before_balance = line->balance;
    return true;
}

/* A link may have been made or taken back since the last month was closed: what linked files had
 * before is read from themselves. */
static enum mu_status take_linked(struct mu_desk *desk, struct gathering *gathering,
                                  struct mu_error *error)
{
    enum mu_status status = MU_OK;

    for (size_t i = 0; status == MU_OK && i < gathering->links->count; i++) {
        const struct mu_points_link *link = &gathering->links->link[i];
        struct mu_points_sums sums = {0};
        struct mu_points_person *person;

        if (link->resident_id < gathering->files.first || link->resident_id > gathering->files.last)
            continue;
        status = mu_points_file_before(desk->db, link->resident_id, gathering->month, &sums, error);
        if (status != MU_OK || !mu_points_moved(&sums))
            continue;
        person = new_person(gathering, link->leading);
        if (!person)
            return mu_fail_memory(error);
        add_before(person, &sums);
    }
    return status;
}

static int by_number(const void *first, const void *second)
{
    const struct mu_points_person *a = first, *b = second;

    return (a->resident_id > b->resident_id) - (a->resident_id < b->resident_id);
}

static void join(struct mu_points_people *people)
{
    size_t kept = 0;

    if (people->count)
        qsort(people->person, people->count, sizeof *people->person, by_number);
    for (size_t i = 0; i < people->count; i++) {
        struct mu_points_person *next = &people->person[i];
        struct mu_points_person *last = kept ? &people->person[kept - 1] : NULL;

        if (!last || last->resident_id != next->resident_id) {
            people->person[kept++] = *next;
            continue;
        }
        mu_points_sums_add(&last->moved, &next->moved);
        last->rated = mu_points_add(last->rated, next->rated);
        last->before_minutes += next->before_minutes;
        last->before_earned = mu_points_add(last->before_earned, next->before_earned);
        last->before_balance = mu_points_add(last->before_balance, next->before_balance);
    }
    people->count = kept;
}

enum mu_status mu_points_gather(struct mu_desk *desk, int month, int closed,
                                const struct mu_points_stretch *stretch,
                                const struct mu_points_links *links, struct mu_points_watch *watch,
                                struct mu_points_people *out, struct mu_error *error)
{
    struct gathering gathering = {.people = out,
                                  .links = links,
                                  .watch = watch,
                                  .month = month,
                                  .files = stretch->files,
                                  .last_file = stretch->last_file};
    bool stopped = false;
    enum mu_status status = MU_OK;

    if (closed)
        status = mu_points_month_lines(desk->db, closed, closed, gathering.files, take_closed,
                                       &gathering, error);
    if (status == MU_OK)
        status = take_linked(desk, &gathering, error);
    if (status == MU_OK && !out->no_memory)
        status = mu_points_month_sums(desk->db, closed + 1, month, gathering.files, take_sums,
                                      take_step, &gathering, &stopped, error);
    if (status == MU_OK && out->no_memory)
        return mu_fail_memory(error);
    if (status == MU_OK && stopped)
        return mu_points_stopped(error);
    if (status == MU_OK)
        join(out);
    return status;
}

void mu_points_people_clear(struct mu_points_people *people)
{
    free(people->person);
    *people = (struct mu_points_people){0};
}

int mu_points_months_between(struct mu_date from, struct mu_date to)
{
    if (!mu_date_known(from) || mu_date_compare(from, to) > 0)
        return 0;
    return (to.year - from.year) * MONTHS_OF_YEAR + to.month - from.month - (to.day < from.day);
}

void mu_points_line_of(const struct mu_points_person *person, struct mu_points_month_line *out)
{
    const struct mu_points_sums *moved = &person->moved;

    *out = (struct mu_points_month_line){
        .resident_id = person->resident_id,
        .moved = *moved,
        .balance = mu_points_add(
            person->before_balance,
            mu_points_subtract(mu_points_subtract(moved->earned, moved->spent), moved->expired)),
        .total_minutes = person->before_minutes + moved->minutes,
        .total_earned = mu_points_add(person->before_earned, moved->earned)};
}

enum mu_status mu_points_rules_of(struct mu_desk *desk, int month,
                                  const struct mu_points_rules **out, const struct mu_rules **book,
                                  int *version, struct mu_error *error)
{
    struct mu_error why;
    const struct mu_rules *rules = NULL;
    enum mu_status status =
        mu_desk_rules_on(desk, mu_month_end(mu_month_first(month)), &rules, version, &why);

    if (status != MU_OK && why.message == MU_SAY_error_no_rule_book)
        status = mu_desk_rules(desk, &rules, version, &why);
    if (status != MU_OK) {
        if (error)
            *error = why;
        return status;
    }
    *out = &rules->points;
    if (book)
        *book = rules;
    return MU_OK;
}

bool mu_points_moved(const struct mu_points_sums *sums)
{
    return sums->services || sums->minutes || sums->earned.count || sums->spent.count ||
           sums->expired.count;
}

void mu_points_month_take(struct mu_points_month *month, const struct mu_points_month_line *line)
{
    month->people += mu_points_moved(&line->moved);
    mu_points_sums_add(&month->moved, &line->moved);
    month->balance = mu_points_add(month->balance, line->balance);
}
