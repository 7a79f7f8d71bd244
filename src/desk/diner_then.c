#include "desk/diner_then.h"

#include "desk/resident_file.h"
#include "desk/twin_file.h"

#include "store/meal_past_store.h"
#include "store/report_store.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <string.h>

struct reading {
    struct mu_diner_then then;
    struct mu_moment moment;
    int64_t household; /* in which the person lived */
    int64_t last_mate;
};

/* What is known counts until the day before this one. */
static void change_on(struct mu_diner_then *then, struct mu_date day)
{
    if (!mu_date_known(then->before) || mu_date_compare(day, then->before) < 0)
        then->before = day;
}

static bool is_later(struct mu_moment a, struct mu_moment b)
{
    int days = mu_date_compare(a.date, b.date);

    if (days != 0)
        return days > 0;
    return a.minute != b.minute ? a.minute > b.minute : a.second > b.second;
}

static void add_word(char *tags, const char *word)
{
    size_t used = strlen(tags);

    if (!mu_tags_have(tags, word) && used + strlen(word) + 2 <= MU_TAGS_SIZE)
        snprintf(tags + used, MU_TAGS_SIZE - used, "%s%s", used ? " " : "", word);
}

/* A tag that is taken away ends the day before, and one that is given begins today: on the day
 * itself the time of the change tells which meals had it. */
static void take_tag(void *context, const struct mu_tag_then *tag)
{
    struct reading *reading = context;
    struct mu_diner_then *then = &reading->then;
    struct mu_date day = reading->moment.date, end = mu_date_add_days(tag->until, 1);
    bool begun = mu_date_compare(tag->from, day) <= 0;
    bool ended = mu_date_known(tag->until) && mu_date_compare(tag->until, day) < 0;
    bool today = mu_date_compare(tag->recorded_at.date, day) == 0;
    bool later = is_later(tag->recorded_at, reading->moment);

    if (!begun)
        change_on(then, tag->from);
    else if (!ended && mu_date_known(end))
        change_on(then, end);
    if (today && (mu_date_compare(tag->from, day) == 0 || mu_date_compare(end, day) == 0))
        change_on(then, mu_date_add_days(day, 1));
    if (begun && !ended && later && mu_date_compare(tag->from, day) == 0)
        begun = false;
    if (ended && today && later && mu_date_compare(end, day) == 0 &&
        mu_date_compare(tag->from, day) < 0)
        ended = false;
    /* Given and taken away on that day: nobody knows whether before or after the meal. */
    then->tags_later |= ended && later && mu_date_compare(tag->from, day) == 0;
    if (!begun || ended)
        return;
    add_word(then->tags, tag->word);
    then->tags_later |= later;
}

static void take_mate(void *context, const struct mu_person_then *person)
{
    struct reading *reading = context;
    struct mu_housemates *mates = &reading->then.mates;
    struct mu_date day = reading->moment.date;

    if (person->id == reading->last_mate)
        return; /* once for each tag */
    reading->last_mate = person->id;
    if (person->linked || !person->at_home || person->status == MU_ENTERED_IN_ERROR)
        return;
    if (mu_date_known(person->birth_date) && mu_date_compare(person->birth_date, day) > 0) {
        change_on(&reading->then, person->birth_date);
        return;
    }
    if (person->status != MU_LIVING_HERE) {
        if (!mu_date_known(person->ended_on) || mu_date_compare(person->ended_on, day) <= 0)
            return;
        change_on(&reading->then, person->ended_on);
    }
    if (mates->count < MU_DERIVED_MEMBERS)
        mates->member[mates->count] = (struct mu_housemate){person->birth_date, person->relation};
    mates->count++;
}

static void take_home(void *context, const struct mu_home_then *home)
{
    struct reading *reading = context;

    if (home->id == reading->household)
        reading->then.occupancy = home->occupancy;
}

static enum mu_status read_home(struct mu_desk *desk, struct reading *reading,
                                struct mu_error *error)
{
    struct mu_diner_then *then = &reading->then;
    struct mu_date day = reading->moment.date, change;
    enum mu_status status =
        mu_household_then(desk->db, then->resident_id, day, &reading->household, error);

    if (status != MU_OK || !reading->household)
        return status;
    then->housed = true;
    status = mu_report_people(desk->db, day, reading->household, reading->household, take_mate,
                              reading, error);
    if (status == MU_OK)
        status =
            mu_report_homes(desk->db, day, reading->household + 1, 1, take_home, reading, error);
    if (status == MU_OK)
        status =
            mu_home_changes(desk->db, then->resident_id, reading->household, day, &change, error);
    if (status == MU_OK && mu_date_known(change))
        change_on(then, change);
    return status;
}

enum mu_status mu_diner_then_read(struct mu_desk *desk, int64_t resident_id,
                                  struct mu_moment moment, struct mu_diner_then *out,
                                  struct mu_error *error)
{
    struct reading reading = {.moment = moment};
    struct mu_diner_then *then = &reading.then;
    struct mu_resident resident;
    enum mu_status status = mu_file_read(desk, resident_id, &resident, error);

    if (status == MU_OK)
        status = mu_file_lead(desk, &resident, error);
    if (status != MU_OK)
        return status;
    then->resident_id = resident.id;
    then->birth_date = resident.birth_date;
    then->sex = resident.sex;
    then->residence = resident.residence;
    then->occupancy = resident.occupancy;
    then->from = moment.date;
    mu_text_copy(then->name, sizeof then->name, resident.name);
    mu_text_copy(then->occupation, sizeof then->occupation, resident.occupation);
    reading.household = resident.household_id;
    status = mu_tags_then(desk->db, resident.id, take_tag, &reading, error);
    if (status == MU_OK)
        status = read_home(desk, &reading, error);
    if (status == MU_OK)
        *out = reading.then;
    return status;
}

bool mu_diner_then_counts(const struct mu_diner_then *then, struct mu_date day)
{
    return mu_date_compare(day, then->from) >= 0 &&
           (!mu_date_known(then->before) || mu_date_compare(day, then->before) < 0);
}

struct mu_diner mu_diner_then_tell(const struct mu_diner_then *then,
                                   const struct mu_register_rules *rules, struct mu_date day,
                                   char derived[MU_DERIVED_SIZE])
{
    const struct mu_resident person = {.birth_date = then->birth_date, .status = MU_LIVING_HERE};
    int age = mu_age_on(then->birth_date, day);

    *derived = '\0';
    if (age >= rules->elder_from)
        mu_derive_tags(&person, then->housed ? &then->mates : NULL, rules, day, derived);
    return (struct mu_diner){
        .age = mu_date_known(then->birth_date) ? age : -1,
        .sex = (enum mu_sex)then->sex,
        .tags = then->tags,
        .derived = derived,
        .occupation = then->occupation,
        .residence = then->residence == 1   ? "resident"
                     : then->residence == 2 ? "migrant"
                                            : "",
        .occupancy = mu_choice_word(&mu_occupancies, then->occupancy, MU_CHINESE),
    };
}
