#include "base/growing.h"
#include "desk/desk_internal.h"
#include "desk/register_groups.h"
#include "store/report_store.h"

#include <mulin/base/text.h>
#include <mulin/desk/canteen.h>
#include <mulin/desk/report.h>
#include <mulin/domain/tag.h>

#include <stdlib.h>
#include <string.h>

enum {
    HOMES_A_SLICE = 100,
    FILES_A_SLICE = 300,
    ACTS_A_SLICE = 500,
    TRIES = 3, /* of counting while nobody saves */
    WHOLE = 100
};

enum phase { PHASE_ACTS, PHASE_HOMES, PHASE_HOMELESS, PHASE_PLACES, PHASE_DONE };

/* Somebody who lived in one of the slice's homes, as the words that are computed need it. */
struct inmate {
    size_t home;
    int relation, sex;
    struct mu_date birth_date;
};

/* A home, and whether a file in it tells that it was there on the day. */
struct home {
    struct mu_home_then then;
    bool has_files, has_old_files;
};

struct slice {
    struct home home[HOMES_A_SLICE];
    size_t homes;
    struct inmate *inmate; /* owned */
    size_t inmates, room;
    int64_t file, household; /* the one whose rows are being read, and where */
    bool lives;              /* it counts among the living */
    char tag[MU_TAGS_SIZE];
};

struct mu_register_counting {
    struct mu_desk *desk;
    struct mu_date day;
    struct mu_register_rules rules; /* numbers only */
    struct mu_register_report report;
    enum phase phase;
    int64_t act, last_act;      /* where the acts behind the day are looked at */
    int64_t new_file, new_home; /* the first of after the day; 0: there is none */
    int64_t below, last_home;   /* the household below which counting goes on */
    int64_t after;              /* the file without a household behind which it does */
    bool all_there;             /* the homes from here on were there on the day */
    size_t estate;
    int64_t change_counter;
    int tries;
    bool broken; /* a slice was counted in part: all begins anew */
    bool no_memory;
    struct slice slice;
};

static void add_home(struct mu_register_counting *counting, struct mu_register_groups *groups,
                     const char *name, int occupancy)
{
    struct mu_register_group *group = register_group(groups, name);

    counting->no_memory |= !group;
    if (group)
        register_add_home(group, occupancy);
}

static void add_person(struct mu_register_counting *counting, struct mu_register_groups *groups,
                       const char *name, int sex, int age)
{
    struct mu_register_group *group = register_group(groups, name);

    counting->no_memory |= !group;
    if (group)
        register_add_person(&counting->report, group, sex, age);
}

/* One slice: homes, then their people, then the words that follow from who lived together. */

static void take_home(void *context, const struct mu_home_then *home)
{
    struct mu_register_counting *counting = context;

    counting->slice.home[counting->slice.homes++] = (struct home){.then = *home};
}

/* Numbers are given in the order of time: below a home that was there all others were, too. Those
 * above are as old as the act that made them, or as the first file in them: a vacant home that was
 * let since has only files of later. */
static enum mu_status look_whether_there(struct mu_register_counting *counting,
                                         const struct home *home, bool *there,
                                         struct mu_error *error)
{
    bool made = false;
    enum mu_status status = MU_OK;

    counting->all_there |= home->has_old_files || home->then.had_others;
    if (!counting->all_there && home->has_files)
        status =
            mu_report_home_made(counting->desk->db, home->then.id, counting->day, &made, error);
    counting->all_there |= made;
    *there = !home->then.gone &&
             (counting->all_there ||
              (!home->has_files && (!counting->new_home || home->then.id < counting->new_home)));
    return status;
}

static enum mu_status count_home_groups(struct mu_register_counting *counting,
                                        struct mu_error *error)
{
    struct mu_register_report *report = &counting->report;
    enum mu_status status = MU_OK;

    for (size_t i = 0; i < counting->slice.homes && status == MU_OK; i++) {
        const struct home *home = &counting->slice.home[i];
        bool there;

        status = look_whether_there(counting, home, &there, error);
        if (status != MU_OK || !there)
            continue;
        register_add_home(&report->all, home->then.occupancy);
        add_home(counting, &report->grids, home->then.grid, home->then.occupancy);
        add_home(counting, &report->estates, home->then.estate, home->then.occupancy);
    }
    return status;
}

/* The index of a home in the slice, in which the highest number is first; their number for somebody
 * without one. */
static size_t home_of(const struct slice *slice, int64_t id)
{
    size_t low = 0, high = slice->homes;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (slice->home[middle].then.id > id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < slice->homes && slice->home[low].then.id == id ? low : slice->homes;
}

static bool add_inmate(struct slice *slice, const struct inmate *inmate)
{
    struct inmate *larger = mu_grown(slice->inmate, slice->inmates, &slice->room, sizeof *larger);

    if (!larger)
        return false;
    slice->inmate = larger;
    slice->inmate[slice->inmates++] = *inmate;
    return true;
}

/* True for a file that stands for somebody who was here, or had been, on the day. */
static bool counts(const struct mu_register_counting *counting, const struct mu_person_then *person)
{
    if (person->linked || !person->at_home || person->status == MU_ENTERED_IN_ERROR)
        return false;
    if (counting->new_file && person->id >= counting->new_file)
        return false;
    return !mu_date_known(person->birth_date) ||
           mu_date_compare(person->birth_date, counting->day) <= 0;
}

static bool ended(const struct mu_register_counting *counting, const struct mu_person_then *person)
{
    if (person->status == MU_LIVING_HERE)
        return false;
    return !mu_date_known(person->ended_on) ||
           mu_date_compare(person->ended_on, counting->day) <= 0;
}

static void count_person(struct mu_register_counting *counting, const struct mu_person_then *person)
{
    struct mu_register_report *report = &counting->report;
    struct slice *slice = &counting->slice;
    size_t home = home_of(slice, person->household_id);
    bool housed = home < slice->homes;
    int age = mu_age_on(person->birth_date, counting->day);
    int residence = person->residence;
    const struct inmate inmate = {home, person->relation, person->sex, person->birth_date};

    register_add_person(report, &report->all, person->sex, age);
    register_add_person(report, &report->ages[register_band(age)], person->sex, age);
    report->by_residence[residence > 0 && residence < MU_RESIDENCES ? residence : 0]++;
    add_person(counting, &report->grids, housed ? slice->home[home].then.grid : "", person->sex,
               age);
    add_person(counting, &report->estates, housed ? slice->home[home].then.estate : "", person->sex,
               age);
    counting->no_memory |= !add_inmate(slice, &inmate);
}

static void note_file(struct mu_register_counting *counting, const struct mu_person_then *person)
{
    struct slice *slice = &counting->slice;
    size_t home = home_of(slice, person->household_id);

    if (home == slice->homes)
        return;
    slice->home[home].has_files = true;
    slice->home[home].has_old_files |=
        person->at_home && (!counting->new_file || person->id < counting->new_file);
}

static void take_person(void *context, const struct mu_person_then *person)
{
    struct mu_register_counting *counting = context;
    struct slice *slice = &counting->slice;

    if (person->id != slice->file || person->household_id != slice->household) {
        slice->file = person->id;
        slice->household = person->household_id;
        note_file(counting, person);
        *slice->tag = '\0';
        slice->lives = counts(counting, person);
        if (slice->lives && ended(counting, person)) {
            slice->lives = false;
            counting->report.moved_out += person->status == MU_MOVED_OUT;
            counting->report.deceased += person->status == MU_DECEASED;
        }
        if (slice->lives)
            count_person(counting, person);
    }
    /* Two times of one tag may touch. */
    if (!slice->lives || !*person->tag || strcmp(person->tag, slice->tag) == 0)
        return;
    mu_text_copy(slice->tag, sizeof slice->tag, person->tag);
    add_person(counting, &counting->report.tags, person->tag, person->sex,
               mu_age_on(person->birth_date, counting->day));
}

static int by_home(const void *first, const void *second)
{
    const struct inmate *a = first, *b = second;

    return (a->home > b->home) - (a->home < b->home);
}

static void derive(struct mu_register_counting *counting, const struct inmate *inmate,
                   const struct mu_housemates *mates)
{
    const struct mu_resident person = {.birth_date = inmate->birth_date, .status = MU_LIVING_HERE};
    char words[MU_DERIVED_SIZE], *rest = words, *word;
    int age = mu_age_on(inmate->birth_date, counting->day);

    if (age < counting->rules.elder_from)
        return;
    mu_derive_tags(&person, mates, &counting->rules, counting->day, words);
    while ((word = strsep(&rest, " ")) != NULL)
        if (*word)
            add_person(counting, &counting->report.tags, word, inmate->sex, age);
}

static void derive_all(struct mu_register_counting *counting)
{
    struct slice *slice = &counting->slice;
    struct mu_housemates mates;

    if (slice->inmates)
        qsort(slice->inmate, slice->inmates, sizeof *slice->inmate, by_home);
    for (size_t from = 0, to; from < slice->inmates; from = to) {
        bool housed = slice->inmate[from].home < slice->homes;

        mates.count = 0;
        for (to = from; to < slice->inmates && slice->inmate[to].home == slice->inmate[from].home;
             to++) {
            if (mates.count < MU_DERIVED_MEMBERS)
                mates.member[mates.count] =
                    (struct mu_housemate){slice->inmate[to].birth_date, slice->inmate[to].relation};
            mates.count++;
        }
        for (size_t i = from; i < to; i++)
            derive(counting, &slice->inmate[i], housed ? &mates : NULL);
    }
    slice->homes = slice->inmates = 0;
    slice->file = 0;
}

static enum mu_status count_homes(struct mu_register_counting *counting, struct mu_error *error)
{
    struct slice *slice = &counting->slice;
    struct mu_db *db = counting->desk->db;
    int64_t last;
    enum mu_status status = mu_report_homes(db, counting->day, counting->below, HOMES_A_SLICE,
                                            take_home, counting, error);

    if (status != MU_OK)
        return status;
    if (slice->homes == 0) {
        counting->phase = PHASE_HOMELESS;
        return MU_OK;
    }
    last = slice->home[slice->homes - 1].then.id;
    status = mu_report_people(db, counting->day, last, counting->below - 1, take_person, counting,
                              error);
    if (status == MU_OK)
        status = count_home_groups(counting, error);
    if (status != MU_OK)
        return status;
    derive_all(counting);
    counting->below = last;
    return MU_OK;
}

static enum mu_status count_homeless(struct mu_register_counting *counting, struct mu_error *error)
{
    enum mu_status status = mu_report_homeless(counting->desk->db, counting->day, &counting->after,
                                               FILES_A_SLICE, take_person, counting, error);

    if (status != MU_OK)
        return status;
    derive_all(counting);
    if (!counting->after)
        counting->phase = PHASE_PLACES;
    return MU_OK;
}

/* Places. */

struct describing {
    struct mu_register_counting *counting;
    char estate[MU_PLACE_SIZE];
    int oldest; /* year of the estate's oldest building; 0: none is known */
};

static void end_estate(struct describing *describing)
{
    struct mu_register_report *report = &describing->counting->report;

    report->old_estates +=
        describing->oldest && report->date.year - describing->oldest > MU_OLD_BUILDING;
    describing->oldest = 0;
}

static void take_building(void *context, const struct mu_building_then *building)
{
    struct describing *describing = context;
    struct mu_register_report *report = &describing->counting->report;
    int year = building->year_built, danger = building->danger;

    if (strcmp(building->estate, describing->estate) != 0) {
        end_estate(describing);
        mu_text_copy(describing->estate, sizeof describing->estate, building->estate);
    }
    if (year > report->date.year)
        return;
    if (year && (!describing->oldest || year < describing->oldest))
        describing->oldest = year;
    report->dated_buildings += year != 0;
    report->old_buildings += year && report->date.year - year > MU_OLD_BUILDING;
    report->by_danger[danger > 0 && danger < MU_DANGERS ? danger : 0]++;
    report->flood_points += building->flood_point == 1;
}

static enum mu_status count_places(struct mu_register_counting *counting, struct mu_error *error)
{
    struct mu_register_report *report = &counting->report;
    struct describing describing = {.counting = counting};
    enum mu_status status;

    if (counting->estate < report->estates.count) {
        const struct mu_register_group *estate = &report->estates.group[counting->estate];

        status = mu_report_buildings(counting->desk->db, estate->name, &report->buildings, error);
        if (status == MU_OK) {
            report->estate_count += *estate->name && estate->homes > 0;
            counting->estate++;
        }
        return status;
    }
    status = mu_report_described(counting->desk->db, take_building, &describing, error);
    if (status != MU_OK)
        return status;
    end_estate(&describing);
    register_sort(report);
    counting->phase = PHASE_DONE;
    return MU_OK;
}

/* The beginning. */

/* Nothing counted yet; what the records say about themselves is read. */
static enum mu_status start_over(struct mu_register_counting *counting, struct mu_error *error)
{
    struct mu_register_report *report = &counting->report;
    struct mu_db *db = counting->desk->db;
    struct mu_date known_from = counting->day;
    enum mu_status status;

    register_clear(report);
    counting->slice.homes = counting->slice.inmates = 0;
    counting->slice.file = 0;
    counting->after = counting->new_file = counting->new_home = 0;
    counting->all_there = false;
    counting->estate = 0;
    counting->no_memory = false;
    report->date = counting->day;
    report->past = mu_date_compare(counting->day, mu_desk_now(counting->desk).date) < 0;
    report->elder_from = counting->rules.elder_from;
    report->advanced_age_from = counting->rules.advanced_age_from;
    status = mu_report_began(db, &report->began, error);
    if (status == MU_OK)
        status = mu_report_last(db, &counting->last_home, &counting->last_act, error);
    if (status == MU_OK && mu_date_compare(known_from, report->began) < 0)
        known_from = report->began;
    if (status == MU_OK)
        status = mu_report_first_act(db, known_from, counting->last_act, &counting->act, error);
    counting->below = counting->last_home + 1;
    counting->change_counter = mu_db_change_counter(db);
    counting->phase = counting->act ? PHASE_ACTS : PHASE_HOMES;
    return status;
}

enum mu_status mu_count_register(struct mu_desk *desk, struct mu_date date,
                                 struct mu_register_counting **out, struct mu_error *error)
{
    struct mu_date today = mu_desk_now(desk).date;
    struct mu_register_counting *counting;
    const struct mu_rules *rules;
    char day[MU_DATE_SIZE];
    enum mu_status status = mu_desk_may(desk, MU_MAY_find_resident, error);

    mu_date_format(date, day);
    if (status == MU_OK && mu_date_compare(date, today) > 0)
        return mu_fail(error, MU_INPUT, MU_SAY_error_report_future, day, NULL);
    if (status == MU_OK)
        status = mu_desk_rules(desk, &rules, NULL, error);
    if (status != MU_OK)
        return status;
    counting = calloc(1, sizeof *counting);
    if (!counting)
        return mu_fail_memory(error);
    counting->desk = desk;
    counting->day = mu_date_known(date) ? date : today;
    counting->rules.elder_from = rules->people.elder_from;
    counting->rules.advanced_age_from = rules->people.advanced_age_from;
    status = start_over(counting, error);
    if (status == MU_OK)
        *out = counting;
    else
        mu_register_counting_free(&counting);
    return status;
}

static enum mu_status look_at_acts(struct mu_register_counting *counting, struct mu_error *error)
{
    enum mu_status status = mu_report_first_new(counting->desk->db, counting->act, ACTS_A_SLICE,
                                                &counting->new_file, &counting->new_home, error);

    if (status != MU_OK)
        return status;
    counting->act += ACTS_A_SLICE;
    if (counting->act > counting->last_act || (counting->new_file && counting->new_home))
        counting->phase = PHASE_HOMES;
    return MU_OK;
}

static enum mu_status count_slice(struct mu_register_counting *counting, struct mu_error *error)
{
    switch (counting->phase) {
    case PHASE_ACTS:
        return look_at_acts(counting, error);
    case PHASE_HOMES:
        return count_homes(counting, error);
    case PHASE_HOMELESS:
        return count_homeless(counting, error);
    case PHASE_PLACES:
        return count_places(counting, error);
    case PHASE_DONE:
        break;
    }
    return MU_OK;
}

/* True when others saved since the last slice, and counting is to begin anew. */
static bool disturbed(struct mu_register_counting *counting)
{
    int64_t counter = mu_db_change_counter(counting->desk->db);
    bool changed = counter != counting->change_counter;

    counting->change_counter = counter;
    if (!changed)
        return false;
    if (counting->tries < TRIES) {
        counting->tries++;
        return true;
    }
    counting->report.disturbed = true;
    return false;
}

enum mu_status mu_register_count_on(struct mu_register_counting *counting, bool *done,
                                    struct mu_error *error)
{
    enum mu_status status = MU_OK;

    if (counting->phase != PHASE_DONE) {
        status = mu_db_begin_read(counting->desk->db, error);
        if (status != MU_OK)
            return status;
        if (disturbed(counting) || counting->broken)
            status = start_over(counting, error);
        if (status == MU_OK)
            status = count_slice(counting, error);
        mu_db_end_read(counting->desk->db);
        if (status == MU_OK && counting->no_memory)
            status = mu_fail_memory(error);
        counting->broken = status != MU_OK;
    }
    *done = status == MU_OK && counting->phase == PHASE_DONE;
    return status;
}

int mu_register_counted(const struct mu_register_counting *counting)
{
    if (counting->phase == PHASE_DONE)
        return WHOLE;
    if (counting->phase != PHASE_HOMES || counting->last_home == 0)
        return counting->phase > PHASE_HOMES ? WHOLE - 1 : 0;
    return (int)((counting->last_home + 1 - counting->below) * (WHOLE - 1) / counting->last_home);
}

const struct mu_register_report *mu_register_report(const struct mu_register_counting *counting)
{
    return &counting->report;
}

void mu_register_counting_free(struct mu_register_counting **counting)
{
    struct mu_register_counting *old = *counting;

    *counting = NULL;
    if (!old)
        return;
    register_clear(&old->report);
    free(old->slice.inmate);
    free(old);
}
