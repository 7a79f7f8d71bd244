/* Reading a list, a slice at a time. */
#include "desk/roster_file.h"

#include <mulin/base/text.h>
#include <mulin/domain/place.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    LOOK = 16,        /* rows between two looks at the clock */
    FIND_FIRST = 100, /* hits of a text that are read at once */
    EXTRA = 64
};

long long mu_roster_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Whether there is time for another row. */
static bool goes_on(struct mu_roster *roster)
{
    return ++roster->rows % LOOK != 0 || roster->rows < roster->sure ||
           mu_roster_clock() < roster->until;
}

/* ---- who stands in the list ---- */

static bool add_id(struct mu_roster *roster, int64_t id)
{
    if (roster->count == roster->room) {
        size_t room = roster->room + roster->room / 4 + EXTRA;
        int64_t *ids = realloc(roster->ids, room * sizeof *ids);

        if (!ids)
            return false;
        roster->ids = ids;
        roster->room = room;
    }
    roster->ids[roster->count++] = id;
    return true;
}

static bool fail_memory(struct mu_roster *roster)
{
    if (roster->status == MU_OK)
        roster->status = mu_fail_memory(&roster->error);
    return false;
}

/* The words that people set are in force, and the computed ones hold. */
static bool has_tags(struct mu_roster *roster, const struct mu_resident *person)
{
    struct mu_resident told;
    char word[MU_TAGS_SIZE];
    const char *rest = roster->tags;
    struct mu_date until;

    if (!*roster->tags && !*roster->nest)
        return true;
    mu_tags_on(person->tags, mu_tags_day(person, roster->teller.today), told.tags);
    if (!mu_roster_join_tags(roster, person->id, told.tags))
        return false;
    while (mu_tag_next(&rest, word, &until))
        if (!mu_tags_have(told.tags, word))
            return false;
    if (!*roster->nest)
        return true;
    told.id = person->id;
    told.household_id = person->household_id;
    told.status = person->status;
    told.birth_date = person->birth_date;
    told.ended_on = person->ended_on;
    if (!mu_tell_tags(&roster->teller, &told)) {
        roster->status = roster->teller.status;
        roster->error = roster->teller.error;
        return false;
    }
    for (rest = roster->nest; mu_tag_next(&rest, word, &until);)
        if (!mu_tags_have(told.derived, word))
            return false;
    return true;
}

static bool in_place(const struct mu_roster_request *request, const char *estate,
                     const char *building, const char *unit, const char *room)
{
    return (!*request->estate || mu_roster_estate_meant(request->estate, estate)) &&
           (!*request->building || mu_roster_place_meant(request->building, building)) &&
           (!*request->unit || mu_roster_place_meant(request->unit, unit)) &&
           (!*request->room || mu_roster_place_meant(request->room, room));
}

static bool in_grid(const struct mu_roster_request *request, const char *grid)
{
    return !*request->grid || mu_roster_grid_meant(request->grid, grid);
}

static struct mu_date date_of(const struct mu_roster_row *row, enum mu_roster_text column)
{
    struct mu_date date = {0, 0, 0};

    mu_date_read(mu_roster_row_text(row, column), &date);
    return date;
}

/* What is asked of a row that the walk does not look at. Texts that are not needed are not read. */
static bool passes(struct mu_roster *roster, const struct mu_roster_row *row)
{
    const struct mu_roster_request *request = &roster->request;
    struct mu_resident person;
    bool of_place = *request->estate || *request->building || *request->unit || *request->room;

    if (of_place && !in_place(request, mu_roster_row_text(row, MU_ROSTER_TEXT_ESTATE),
                              mu_roster_row_text(row, MU_ROSTER_TEXT_BUILDING),
                              mu_roster_row_text(row, MU_ROSTER_TEXT_UNIT),
                              mu_roster_row_text(row, MU_ROSTER_TEXT_ROOM)))
        return false;
    if (*request->grid && !in_grid(request, mu_roster_row_text(row, MU_ROSTER_TEXT_GRID)))
        return false;
    if (*roster->tags || *roster->nest) {
        mu_text_copy(person.tags, sizeof person.tags, mu_roster_row_text(row, MU_ROSTER_TEXT_TAGS));
        person.id = row->id;
        person.household_id = row->household_id;
        person.status = mu_roster_row_code(row, MU_ROSTER_TEXT_STATUS);
        person.birth_date = date_of(row, MU_ROSTER_TEXT_BIRTH_DATE);
        person.ended_on = date_of(row, MU_ROSTER_TEXT_ENDED_ON);
        return has_tags(roster, &person);
    }
    return true;
}

static bool date_within(struct mu_date date, const struct mu_roster_test *test)
{
    char text[MU_DATE_SIZE];

    if (!*test->born_from && !*test->born_until)
        return true;
    mu_date_format(date, text);
    return *text && strcmp(text, test->born_from) >= 0 &&
           (!*test->born_until || strcmp(text, test->born_until) <= 0);
}

/* The person answers to every word of the text. */
static bool answers(const struct mu_roster *roster, const struct mu_resident *resident)
{
    struct mu_search_tokens tokens;

    mu_search_tokens(resident, NULL, &tokens);
    for (size_t i = 0; i < roster->word_count; i++)
        if (!mu_search_matches(&roster->word[i], resident, &tokens, NULL))
            return false;
    return true;
}

bool mu_roster_take(struct mu_roster *roster, const struct mu_resident *resident)
{
    const struct mu_roster_request *request = &roster->request;
    const struct mu_roster_test *test = &roster->test;

    if (mu_id_set_has(&roster->found, resident->id))
        return true;
    if (!mu_id_set_add(&roster->found, resident->id))
        return fail_memory(roster);
    if (resident->status == MU_ENTERED_IN_ERROR ||
        (test->status && resident->status != test->status) ||
        (test->residence && resident->residence != test->residence) ||
        (test->occupancy && resident->occupancy != test->occupancy) ||
        !date_within(resident->birth_date, test) || !in_grid(request, resident->grid) ||
        !in_place(request, resident->estate, resident->building, resident->unit, resident->room) ||
        !has_tags(roster, resident))
        return roster->status == MU_OK;
    if (!add_id(roster, resident->id) ||
        (roster->sorts && !mu_roster_key_resident(roster, resident)))
        return fail_memory(roster);
    return true;
}

struct hit {
    struct mu_roster *roster;
    struct mu_resident resident;
};

static bool each_hit(void *context, const struct mu_why *why)
{
    const struct hit *hit = context;

    (void)why;
    return mu_roster_take(hit->roster, &hit->resident);
}

/* Somebody with a key of one word of the text; the others are looked at here. */
static bool each_token(struct mu_roster *roster, const struct mu_roster_row *row)
{
    int64_t id = row->linked_to ? row->linked_to : row->id;
    struct mu_resident resident;
    bool found = false, fits = true;

    if (!mu_id_set_has(&roster->found, id)) {
        roster->status = mu_roster_resident(roster->desk->db, row->id, roster->opens_numbers,
                                            &found, &resident, &roster->error);
        fits = roster->status == MU_OK && found && answers(roster, &resident);
        if (fits && id != row->id)
            roster->status =
                mu_roster_resident(roster->desk->db, id, false, &found, &resident, &roster->error);
        if (fits && roster->status == MU_OK && found && !mu_roster_take(roster, &resident))
            return false;
    }
    return roster->status == MU_OK && goes_on(roster);
}

static bool each_row(void *context, const struct mu_roster_row *row)
{
    struct mu_roster *roster = context;
    bool taken;

    if (roster->walk.kind == MU_ROSTER_OF_TOKEN)
        return each_token(roster, row);
    taken = roster->tested ? row->passes && passes(roster, row)
                           : !mu_id_set_has(&roster->left_out, row->id);
    if (roster->status != MU_OK)
        return false;
    if (taken && roster->walk.kind == MU_ROSTER_OF_TAG && roster->leaders.count &&
        !mu_id_set_add(&roster->found, row->id))
        return fail_memory(roster);
    if (taken && (!add_id(roster, row->id) ||
                  ((roster->sorts || roster->by_place) && !mu_roster_key_row(roster, row))))
        return fail_memory(roster);
    return goes_on(roster);
}

/* ---- reading on ---- */

/* The next building; false in *found when there is none left. */
static enum mu_status next_building(struct mu_roster *roster, bool *found, struct mu_error *error)
{
    while (roster->inner_next == roster->inner_count) {
        enum mu_status status;

        *found = roster->outer_next < roster->outer_count;
        if (!*found)
            return MU_OK;
        status = mu_roster_buildings(roster, roster->outer[roster->outer_next++], error);
        if (status != MU_OK)
            return status;
    }
    roster->walk = (struct mu_roster_walk){.kind = MU_ROSTER_OF_BUILDING};
    memcpy(roster->walk.estate, roster->outer[roster->outer_next - 1], MU_PLACE_SIZE);
    memcpy(roster->walk.building, roster->inner[roster->inner_next++], MU_PLACE_SIZE);
    *found = true;
    return MU_OK;
}

/* Goes to the keys of the next form of the longest word, which has the fewest. */
static bool next_form(struct mu_roster *roster)
{
    static const char last_rune[] = "\xF4\x8F\xBF\xBF";
    const struct mu_search_word *word = &roster->word[0];

    for (size_t i = 1; i < roster->word_count; i++)
        if (strlen(roster->word[i].form[0].prefix) > strlen(word->form[0].prefix))
            word = &roster->word[i];
    if (roster->next_form == word->count)
        return false;
    roster->walk = (struct mu_roster_walk){.kind = MU_ROSTER_OF_TOKEN};
    mu_text_copy(roster->walk.word, sizeof roster->walk.word, word->form[roster->next_form].prefix);
    snprintf(roster->walk.until, sizeof roster->walk.until, "%s%s",
             word->form[roster->next_form].prefix,
             word->form[roster->next_form].exact ? "" : last_rune);
    roster->next_form++;
    return true;
}

/* The next walk when one has ended. *found is false behind the last. */
static enum mu_status next_walk(struct mu_roster *roster, bool *found, struct mu_error *error)
{
    enum mu_roster_walk_kind kind = roster->walk.kind;
    bool by_birth = kind == MU_ROSTER_BY_BIRTH || kind == MU_ROSTER_BIRTH_ONLY;
    enum mu_status status = MU_OK;

    *found = false;
    if (roster->word_count) {
        *found = next_form(roster);
        return MU_OK;
    }
    if (roster->last_walk)
        return MU_OK;
    if (roster->by_place) {
        status = next_building(roster, found, error);
    } else if (roster->by_grid && roster->outer_next < roster->outer_count) {
        roster->walk = (struct mu_roster_walk){.kind = MU_ROSTER_OF_GRID};
        mu_text_copy(roster->walk.word, sizeof roster->walk.word,
                     roster->outer[roster->outer_next++]);
        *found = true;
    }
    if (status != MU_OK || *found)
        return status;
    if (by_birth && !mu_roster_by_age(roster)) {
        roster->walk = (struct mu_roster_walk){.kind = MU_ROSTER_NO_BIRTH};
        roster->tested = roster->last_walk = *found = true;
    } else if (roster->leftovers) {
        roster->walk = (struct mu_roster_walk){.kind = roster->leftovers == 2 ? MU_ROSTER_OF_GRID
                                                                              : MU_ROSTER_HOMELESS};
        roster->by_place = roster->by_grid = false;
        roster->leftovers--;
        *found = true;
    }
    return MU_OK;
}

/* The text alone finds whoever answers, best first; behind so many their keys are walked. */
static enum mu_status find(struct mu_roster *roster, struct mu_error *error)
{
    struct hit hit = {.roster = roster};
    const struct mu_search_request request = {.words = roster->word,
                                              .count = roster->word_count,
                                              .limit = FIND_FIRST,
                                              .resident = &hit.resident};
    bool cut;
    enum mu_status status = mu_search_find(roster->desk->db, &request, each_hit, &hit, &cut, error);

    if (status != MU_OK)
        return status;
    roster->read = roster->found.count < FIND_FIRST;
    roster->plan = MU_ROSTER_WALKING;
    return MU_OK;
}

static enum mu_status walk_on(struct mu_roster *roster, struct mu_error *error)
{
    bool more = true;
    size_t tail = roster->count - roster->sorter.count;
    enum mu_status status = MU_OK;

    if (roster->walk.ended && roster->walk.kind == MU_ROSTER_OF_TAG && !roster->word_count) {
        status = mu_roster_take_linked(roster, error);
        if (status != MU_OK)
            return status;
    }
    if (roster->walk.ended) {
        status = next_walk(roster, &more, error);
        if (status == MU_OK && !more)
            roster->read = true;
        if (status != MU_OK || !more)
            return status;
    }
    status =
        mu_roster_walk(roster->desk->db, &roster->walk, &roster->test, each_row, roster, error);
    if (status == MU_OK && roster->walk.ended && roster->by_place && !roster->sorts)
        mu_roster_sort_tail(roster, tail);
    return status;
}

enum mu_status mu_roster_read_on(struct mu_roster *roster, struct mu_error *error)
{
    do {
        enum mu_status status =
            roster->plan == MU_ROSTER_FINDING ? find(roster, error) : walk_on(roster, error);

        if (status != MU_OK)
            return status;
        if (roster->status != MU_OK && error)
            *error = roster->error;
        if (roster->status != MU_OK)
            return roster->status;
    } while (!roster->read && (++roster->rows < roster->sure || mu_roster_clock() < roster->until));
    return MU_OK;
}
