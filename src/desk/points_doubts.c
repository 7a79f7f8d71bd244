#include "desk/points_doubts.h"

#include "base/growing.h"
#include "store/points_doubt_store.h"
#include "store/points_store.h"

#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is kept of a service to be compared with others of the same person. */
struct kept {
    int64_t leading, service_id, entry_id;
    char duty[MU_RULE_ID_SIZE];
    struct mu_date date;
    int starts_at, ends_at, minutes;
    struct mu_points points;
};

struct services {
    struct kept *kept; /* owned */
    size_t count, room;
};

/* What somebody earned by services of the month, and in the months before, the last one at the
 * end. */
struct past {
    int64_t leading;
    struct mu_points served, earned[MU_USUAL_MONTHS];
};

enum { STEP = 1024 /* services between two looks at the person's keys */ };

struct pasts {
    struct past *past; /* owned; by number */
    size_t count, room;
};

struct looking {
    struct mu_desk *desk;
    int month;
    const struct mu_points_rules *rules;
    const struct mu_rules *book;
    struct mu_points_links links;
    struct mu_points_watch *watch;
    struct mu_points_stretch stretch;
    size_t count;             /* services so far */
    struct services person;   /* of the file that is being read, */
    struct services of_links; /* and of those that were ever linked */
    struct pasts pasts;       /* of the stretch of files, */
    struct past *linked;      /* and of each link; owned */
    size_t past_next;         /* behind the one that was found last */
    int past_from;            /* the month of earned[0] */
    int last_closed;          /* before the month */
    struct mu_tally_doubts *out;
    bool no_memory;
};

static struct mu_tally_doubt *new_doubt(struct looking *looking, enum mu_points_doubt kind,
                                        int64_t leading)
{
    struct mu_tally_doubts *out = looking->out;
    struct mu_tally_doubt *grown = mu_grown(out->doubt, out->count, &out->room, sizeof *grown);

    looking->no_memory |= !grown;
    if (!grown)
        return NULL;
    out->doubt = grown;
    grown += out->count++;
    *grown = (struct mu_tally_doubt){
        .kind = kind, .resident_id = leading, .starts_at = -1, .ends_at = -1};
    return grown;
}

static void name_duty(const struct looking *looking, const char *id, char out[MU_RULE_NAME_SIZE])
{
    const struct mu_duty *duty = mu_rules_duty(looking->book, id);

    mu_text_copy(out, MU_RULE_NAME_SIZE, duty ? duty->name : id);
}

/* One by one. */

static struct mu_tally_doubt *doubt_service(struct looking *looking, enum mu_points_doubt kind,
                                            const struct kept *kept)
{
    struct mu_tally_doubt *doubt = new_doubt(looking, kind, kept->leading);

    if (!doubt)
        return NULL;
    doubt->service_id = kept->service_id;
    doubt->entry_id = kept->entry_id;
    doubt->date = kept->date;
    doubt->starts_at = kept->starts_at;
    doubt->ends_at = kept->ends_at;
    doubt->minutes = kept->minutes;
    doubt->points = kept->points;
    name_duty(looking, kept->duty, doubt->duty);
    return doubt;
}

/* With one another. */

static int by_person_and_time(const void *first, const void *second)
{
    const struct kept *a = first, *b = second;
    int order = (a->leading > b->leading) - (a->leading < b->leading);

    if (!order)
        order = mu_date_compare(a->date, b->date);
    if (!order)
        order = a->starts_at - b->starts_at;
    return order ? order : (a->service_id > b->service_id) - (a->service_id < b->service_id);
}

static bool at_once(const struct kept *a, const struct kept *b)
{
    const struct mu_service first = {
        .date = a->date, .starts_at = a->starts_at, .ends_at = a->ends_at, .minutes = a->minutes};
    const struct mu_service second = {
        .date = b->date, .starts_at = b->starts_at, .ends_at = b->ends_at, .minutes = b->minutes};

    return mu_services_overlap(&first, &second);
}

/* The service at `index` against those before it, back to the day before its own. */
static void find_other(struct looking *looking, const struct kept *all, size_t index)
{
    const struct kept *one = &all[index];

    for (size_t i = index; i-- > 0;) {
        const struct kept *other = &all[i];
        struct mu_tally_doubt *doubt;

        if (other->leading != one->leading || mu_date_days_between(other->date, one->date) > 1)
            return;
        if (!at_once(other, one))
            continue;
        doubt = doubt_service(looking, MU_DOUBT_TWO_PLACES, one);
        if (doubt)
            doubt->other_id = other->service_id;
        return;
    }
}

static void check_cap(struct looking *looking, enum mu_points_doubt kind, const struct kept *last,
                      struct mu_points sum, int cap)
{
    struct mu_tally_doubt *doubt;

    if (cap <= 0 || sum.count <= cap)
        return;
    doubt = kind == MU_DOUBT_DAY_CAP ? doubt_service(looking, kind, last)
                                     : new_doubt(looking, kind, last->leading);
    if (!doubt)
        return;
    doubt->points = sum;
    doubt->usual.count = cap;
}

static void add_past_of(struct looking *looking, int64_t leading, struct mu_points served)
{
    struct pasts *pasts = &looking->pasts;
    size_t place = mu_points_link_place(&looking->links, leading);
    struct past *grown;

    if (place < looking->links.count) {
        looking->linked[place].leading = leading;
        looking->linked[place].served = served;
        return;
    }
    grown = mu_grown(pasts->past, pasts->count, &pasts->room, sizeof *grown);
    looking->no_memory |= !grown;
    if (!grown)
        return;
    pasts->past = grown;
    pasts->past[pasts->count++] = (struct past){.leading = leading, .served = served};
}

/* One person's services after another, day by day; then they are forgotten. */
static void compare(struct looking *looking, struct services *services)
{
    const struct kept *all = services->kept;
    struct mu_points day = {0}, month = {0};

    if (services->count)
        qsort(services->kept, services->count, sizeof *all, by_person_and_time);
    for (size_t i = 0; i < services->count; i++) {
        const struct kept *kept = &all[i];
        const struct kept *next = i + 1 < services->count ? &all[i + 1] : NULL;
        bool last = !next || next->leading != kept->leading;

        find_other(looking, all, i);
        day = mu_points_add(day, kept->points);
        month = mu_points_add(month, kept->points);
        if (last || mu_date_compare(next->date, kept->date) != 0) {
            check_cap(looking, MU_DOUBT_DAY_CAP, kept, day, looking->rules->cap_per_day);
            day.count = 0;
        }
        if (last) {
            check_cap(looking, MU_DOUBT_MONTH_CAP, kept, month, looking->rules->cap_per_month);
            add_past_of(looking, kept->leading, month);
            month.count = 0;
        }
    }
    services->count = 0;
}

/* Services come file by file: a person is compared when the next one begins. Of linked files they
 * come apart. */
static void keep(struct looking *looking, const struct kept *kept, bool linked)
{
    struct services *services = linked ? &looking->of_links : &looking->person;
    struct kept *grown;

    if (!linked && services->count && services->kept->leading != kept->leading)
        compare(looking, services);
    grown = mu_grown(services->kept, services->count, &services->room, sizeof *grown);
    looking->no_memory |= !grown;
    if (!grown)
        return;
    services->kept = grown;
    services->kept[services->count++] = *kept;
}

static bool confirms_self(const struct looking *looking, const struct mu_points_served *served)
{
    const struct mu_service *service = &served->service;

    if (service->confirmed_id)
        return mu_points_leading(&looking->links, service->confirmed_id, NULL) ==
               mu_points_leading(&looking->links, service->resident_id, NULL);
    return *service->confirmed_by && strcmp(service->confirmed_by, served->name) == 0;
}

static bool take_served(void *context, const struct mu_points_served *served)
{
    struct looking *looking = context;
    const struct mu_service *service = &served->service;
    bool linked;
    struct kept kept = {.leading =
                            mu_points_leading(&looking->links, service->resident_id, &linked),
                        .service_id = service->id,
                        .entry_id = service->entry_id,
                        .date = service->date,
                        .starts_at = service->starts_at,
                        .ends_at = service->ends_at,
                        .minutes = service->minutes,
                        .points = service->points};
    unsigned found = mu_service_doubts(mu_rules_duty(looking->book, service->duty), service,
                                       confirms_self(looking, served));

    mu_text_copy(kept.duty, sizeof kept.duty, service->duty);
    for (int kind = 0; kind < MU_DOUBTS; kind++) {
        struct mu_tally_doubt *doubt =
            found & 1U << kind ? doubt_service(looking, (enum mu_points_doubt)kind, &kept) : NULL;

        if (doubt)
            mu_text_copy(doubt->confirmed_by, sizeof doubt->confirmed_by, service->confirmed_by);
    }
    if (service->entry_id)
        keep(looking, &kept, linked);
    return !looking->no_memory &&
           (++looking->count % STEP != 0 ||
            mu_points_watch(looking->watch, service->resident_id, looking->stretch.last_file));
}

/* The months before. */

/* They are asked for by number, most of them one after the other. */
static struct past *past_of(struct looking *looking, int64_t leading)
{
    struct past *past = looking->pasts.past;
    size_t low = 0, high = looking->pasts.count;
    size_t place = mu_points_link_place(&looking->links, leading);

    if (place < looking->links.count)
        return &looking->linked[place];
    if (looking->past_next < high && past[looking->past_next].leading == leading)
        return &past[looking->past_next++];
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (past[middle].leading < leading)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == looking->pasts.count || past[low].leading != leading)
        return NULL;
    looking->past_next = low + 1;
    return &past[low];
}

static void add_past(struct looking *looking, int month, int64_t resident_id,
                     struct mu_points earned)
{
    struct past *past = past_of(looking, mu_points_leading(&looking->links, resident_id, NULL));
    int index =
        (month / 100 - looking->past_from / 100) * 12 + month % 100 - looking->past_from % 100;

    if (past && index >= 0 && index < MU_USUAL_MONTHS)
        past->earned[index] = mu_points_add(past->earned[index], earned);
}

static bool past_line(void *context, int month, int64_t resident_id, struct mu_points earned)
{
    add_past(context, month, resident_id, earned);
    return true;
}

static bool past_sums(void *context, const struct mu_points_file_sums *sums)
{
    add_past(context, sums->month, sums->resident_id, sums->moved.earned);
    return true;
}

static enum mu_status read_past(struct looking *looking, struct mu_error *error)
{
    struct mu_db *db = looking->desk->db;
    struct mu_files files = looking->stretch.files;
    int before = mu_month_number_add(looking->month, -1);
    int open =
        looking->last_closed < looking->past_from ? looking->past_from : looking->last_closed + 1;
    bool stopped;
    enum mu_status status = mu_points_month_earned(db, looking->past_from, looking->last_closed,
                                                   files, past_line, looking, error);

    if (status == MU_OK && open <= before)
        status = mu_points_month_sums(db, open, before, files, past_sums, NULL, looking, &stopped,
                                      error);
    return status;
}

static void check_jumps(struct looking *looking, const struct past *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct past *past = &all[i];
        struct mu_points usual = mu_usual_month(past->earned);
        struct mu_tally_doubt *doubt = mu_points_jump(looking->rules, usual, past->served)
                                           ? new_doubt(looking, MU_DOUBT_JUMP, past->leading)
                                           : NULL;

        if (!doubt)
            continue;
        doubt->points = past->served;
        doubt->usual = usual;
    }
}

/* What was accepted. */

static bool take_accepted(void *context, const struct mu_points_acceptance *acceptance)
{
    struct looking *looking = context;

    for (size_t i = 0; i < looking->out->count; i++) {
        struct mu_tally_doubt *doubt = &looking->out->doubt[i];

        if (doubt->kind != acceptance->kind || doubt->service_id != acceptance->service_id ||
            (!doubt->service_id && doubt->resident_id != acceptance->resident_id))
            continue;
        mu_text_copy(doubt->word, sizeof doubt->word, acceptance->word);
        mu_text_copy(doubt->accepted_by, sizeof doubt->accepted_by, acceptance->operator_name);
    }
    return true;
}

static int open_first(const void *first, const void *second)
{
    const struct mu_tally_doubt *a = first, *b = second;
    int order = (*a->word != '\0') - (*b->word != '\0');

    if (!order)
        order = (a->resident_id > b->resident_id) - (a->resident_id < b->resident_id);
    if (!order)
        order = mu_date_compare(a->date, b->date);
    if (!order)
        order = (a->service_id > b->service_id) - (a->service_id < b->service_id);
    return order ? order : (int)a->kind - (int)b->kind;
}

static enum mu_status finish(struct looking *looking, struct mu_error *error)
{
    struct mu_tally_doubts *out = looking->out;
    enum mu_status status =
        mu_points_accepted(looking->desk->db, looking->month, take_accepted, looking, error);

    for (size_t i = 0; status == MU_OK && i < out->count; i++) {
        struct mu_points_who who;

        status = mu_points_person(looking->desk->db, out->doubt[i].resident_id, &who, error);
        mu_text_copy(out->doubt[i].name, sizeof out->doubt[i].name, who.name);
        out->open += !*out->doubt[i].word;
    }
    if (status == MU_OK && out->count)
        qsort(out->doubt, out->count, sizeof *out->doubt, open_first);
    return status;
}

/* Stretch by stretch. */

static enum mu_status begin(struct looking *looking, struct mu_error *error)
{
    struct mu_db *db = looking->desk->db;
    int version, before = mu_month_number_add(looking->month, -1);
    enum mu_status status = mu_points_read_links(looking->desk, &looking->links, error);

    if (status == MU_OK && looking->links.count) {
        looking->linked = calloc(looking->links.count, sizeof *looking->linked);
        if (!looking->linked)
            return mu_fail_memory(error);
    }
    if (status == MU_OK)
        status = mu_points_rules_of(looking->desk, looking->month, &looking->rules, &looking->book,
                                    &version, error);
    if (status == MU_OK)
        status = mu_points_last_file(db, &looking->stretch.last_file, error);
    if (status == MU_OK)
        status = mu_points_last_closed(db, &looking->last_closed, error);
    if (looking->last_closed > before)
        looking->last_closed = before;
    looking->past_from = mu_month_number_add(looking->month, -MU_USUAL_MONTHS);
    return status;
}

static enum mu_status look_through(struct looking *looking, struct mu_error *error)
{
    enum mu_status status;

    looking->pasts.count = looking->past_next = 0;
    status = mu_points_served(looking->desk->db, looking->month, looking->stretch.files,
                              take_served, looking, error);
    compare(looking, &looking->person);
    if (status == MU_OK && !looking->watch->stopped)
        status = read_past(looking, error);
    if (status == MU_OK)
        check_jumps(looking, looking->pasts.past, looking->pasts.count);
    return status == MU_OK && looking->no_memory ? mu_fail_memory(error) : status;
}

static enum mu_status look(struct looking *looking, struct mu_error *error)
{
    enum mu_status status = begin(looking, error);

    while (status == MU_OK && !looking->watch->stopped && mu_points_stretch_next(&looking->stretch))
        status = look_through(looking, error);
    if (status == MU_OK && !looking->watch->stopped)
        status = mu_points_serving(looking->desk->db, looking->month, take_served, looking, error);
    if (status == MU_OK && looking->watch->stopped)
        return mu_points_stopped(error);
    if (status != MU_OK)
        return status;
    compare(looking, &looking->of_links);
    check_jumps(looking, looking->linked, looking->links.count);
    return looking->no_memory ? mu_fail_memory(error) : finish(looking, error);
}

enum mu_status mu_points_find_doubts(struct mu_desk *desk, int month, struct mu_points_watch *watch,
                                     struct mu_tally_doubts *out, struct mu_error *error)
{
    struct mu_tally_doubts found = {0};
    struct looking looking = {.desk = desk, .month = month, .watch = watch, .out = &found};
    enum mu_status status = look(&looking, error);

    free(looking.person.kept);
    free(looking.of_links.kept);
    free(looking.pasts.past);
    free(looking.linked);
    mu_points_links_clear(&looking.links);
    if (status == MU_OK)
        *out = found;
    else
        mu_tally_doubts_clear(&found);
    return status;
}

enum mu_status mu_points_doubts(struct mu_desk *desk, int month, mu_progress *progress,
                                void *context, struct mu_tally_doubts *out, struct mu_error *error)
{
    struct mu_points_watch watch = {.progress = progress, .context = context};
    enum mu_status status = mu_desk_may(desk, MU_MAY_read_points, error);

    if (status == MU_OK)
        status = mu_db_begin_read(desk->db, error);
    if (status != MU_OK)
        return status;
    status = mu_points_find_doubts(desk, month, &watch, out, error);
    mu_db_end_read(desk->db);
    return status;
}

void mu_tally_doubts_clear(struct mu_tally_doubts *doubts)
{
    free(doubts->doubt);
    *doubts = (struct mu_tally_doubts){0};
}

/* Accepting. */

static enum mu_status accept_it(struct mu_desk *desk, int month, const struct mu_tally_doubt *doubt,
                                const char *word, struct mu_error *error)
{
    struct mu_points_acceptance acceptance = {.kind = doubt->kind,
                                              .resident_id = doubt->resident_id,
                                              .service_id = doubt->service_id,
                                              .operator_id = desk->operator.id };
    struct mu_date last;
    int closed;
    char subject[MU_MONTH_SIZE], after[96];
    enum mu_status status = mu_points_last_closed(desk->db, &closed, error);

    mu_month_format(mu_month_first(month), subject);
    if (status == MU_OK && month <= closed)
        return mu_fail(error, MU_REFUSED, MU_SAY_error_accept_closed, subject, NULL);
    if (status == MU_OK)
        status = mu_desk_moment(desk, &acceptance.accepted_at, &last, error);
    if (status != MU_OK)
        return status;
    mu_text_copy(acceptance.word, sizeof acceptance.word, word);
    status = mu_points_accept(desk->db, month, &acceptance, error);
    snprintf(after, sizeof after, "doubt=%s\nservice=%" PRId64 "\n", mu_doubt_word(doubt->kind),
             doubt->service_id);
    return status == MU_OK ? mu_audit_note(desk, MU_MAY_close_points, doubt->resident_id, subject,
                                           "", after, word, error)
                           : status;
}

enum mu_status mu_accept_doubt(struct mu_desk *desk, int month, const struct mu_tally_doubt *doubt,
                               const char *word, struct mu_error *error)
{
    char clean[MU_REASON_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_close_points, error);

    if (status == MU_OK)
        status = mu_desk_text(word, clean, sizeof clean, error);
    if (status == MU_OK && !*clean)
        return mu_fail(error, MU_INPUT, MU_SAY_error_accept_word, NULL);
    if (status == MU_OK)
        status = mu_db_begin(desk->db, error);
    if (status != MU_OK)
        return status;
    status = accept_it(desk, month, doubt, clean, error);
    return mu_desk_end(desk, status, error);
}
