/* Who is to mediate: the list with what each has in hand, and a warning about those who are close
 * to a party. */
#include "tui/screens/case_intake.h"

#include "base/growing.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOBODY, ASSIGNED, CHOSEN }; /* the last two of data/codes/case_duty.def */

static bool take(void *context, const struct mu_mediator_entry *entry)
{
    struct mu_intake *self = context;
    struct mu_mediator_entry *grown =
        mu_grown(self->mediator, self->mediators, &self->mediator_room, sizeof *self->mediator);

    if (!grown)
        return false;
    self->mediator = grown;
    grown[self->mediators++] = *entry;
    return true;
}

void mu_intake_read_mediators(struct mu_intake *self)
{
    struct mu_error error;

    self->mediators = 0;
    if (mu_list_mediators(mu_screens_desk(self->app), false, take, self, &error) != MU_OK)
        mu_app_say_error(self->app, &error);
    mu_list_count(&self->mediator_list, self->mediators);
}

static struct mu_intake_mediator *chosen(struct mu_intake *self, int64_t id)
{
    for (size_t i = 0; i < self->chosen_count; i++)
        if (self->chosen[i].id == id)
            return &self->chosen[i];
    return NULL;
}

static const struct mu_mediator *by_id(const struct mu_intake *self, int64_t id)
{
    for (size_t i = 0; i < self->mediators; i++)
        if (self->mediator[i].mediator.id == id)
            return &self->mediator[i].mediator;
    return NULL;
}

static void choose(struct mu_intake *self, int consent)
{
    const struct mu_mediator *mediator = by_id(self, self->asking_about);
    struct mu_intake_mediator *at = chosen(self, self->asking_about);

    if (!mediator)
        return;
    if (!at && self->chosen_count == MU_INTAKE_MEDIATORS) {
        mu_app_say(self->app, MU_TONE_WARNING, MU_SAY_intake_mediators_many, NULL);
        return;
    }
    if (!at)
        at = &self->chosen[self->chosen_count++];
    at->id = mediator->id;
    mu_text_copy(at->name, sizeof at->name, mediator->name);
    at->duty = self->asking_duty;
    at->consent = consent;
    self->changed = true;
    mu_app_say(self->app, MU_TONE_GOOD, MU_SAY_intake_mediator_chosen, mediator->name, NULL);
}

static void drop(struct mu_intake *self, struct mu_intake_mediator *at)
{
    size_t index = (size_t)(at - self->chosen);

    memmove(at, at + 1, (self->chosen_count - index - 1) * sizeof *at);
    self->chosen_count--;
    self->changed = true;
}

static void consent_answered(struct mu_app *app, void *context, bool yes)
{
    if (yes)
        choose(context, 1);
    else
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_intake_another_mediator, NULL);
}

/* How close the mediator is to those who quarrel, as far as the draft names them. */
static enum mu_closeness closeness(struct mu_intake *self, const struct mu_mediator *mediator,
                                   const char **name)
{
    struct mu_case_person *person = calloc(MU_INTAKE_PARTIES, sizeof *person);
    struct mu_case mediated = {.person = person};
    enum mu_closeness close = MU_CLOSE_NOT;
    struct mu_error error;
    int party = 0;

    if (!person)
        return MU_CLOSE_NOT;
    for (size_t i = 0; i < self->parties; i++) {
        if (!*mu_intake_name(self, i))
            continue;
        person[i].number = (int)i + 1;
        person[i].resident_id = self->party[i].step.resident_id;
        mu_text_copy(person[i].party.name, sizeof person[i].party.name, mu_intake_name(self, i));
        person[i].party.side = mu_intake_code(self->party[i].form, "side", &mu_case_sides);
        mediated.persons = i + 1;
    }
    if (mu_mediator_closeness(mu_screens_desk(self->app), mediator, &mediated, &close, &party,
                              &error) != MU_OK)
        mu_app_say_error(self->app, &error);
    free(person);
    *name = party > 0 ? mu_intake_name(self, (size_t)party - 1) : "";
    return close;
}

static void duty_picked(struct mu_app *app, void *context, bool picked, int code)
{
    static const enum mu_message words[] = {[MU_CLOSE_KIN] = MU_SAY_intake_close_kin,
                                            [MU_CLOSE_NEIGHBOUR] = MU_SAY_intake_close_neighbour};
    struct mu_intake *self = context;
    const struct mu_mediator *mediator = by_id(self, self->asking_about);
    struct mu_intake_mediator *at = chosen(self, self->asking_about);
    const char *party;
    enum mu_closeness close;
    char question[MU_MESSAGE_SIZE];

    if (!picked || !mediator)
        return;
    if (code == NOBODY) {
        if (at)
            drop(self, at);
        return;
    }
    self->asking_duty = code;
    close = closeness(self, mediator, &party);
    if (close == MU_CLOSE_SELF) {
        mu_app_say(app, MU_TONE_BAD, MU_SAY_intake_close_self, mediator->name, NULL);
    } else if (close != MU_CLOSE_NOT) {
        mu_message_format(question, sizeof question, self->language, words[close], mediator->name,
                          party, NULL);
        mu_app_confirm(app, question, consent_answered, self);
    } else {
        choose(self, 0);
    }
}

void mu_intake_pick_duty(struct mu_intake *self)
{
    size_t row = self->mediator_list.cursor;
    const struct mu_intake_mediator *at;
    struct mu_pick picks[3];

    if (row >= self->mediators) {
        mu_app_say(self->app, MU_TONE_WARNING, MU_SAY_intake_no_mediators, NULL);
        return;
    }
    self->asking_about = self->mediator[row].mediator.id;
    at = chosen(self, self->asking_about);
    picks[0] = (struct mu_pick){.code = ASSIGNED,
                                .text = mu_message_text(MU_SAY_intake_assign, self->language)};
    picks[1] = (struct mu_pick){.code = CHOSEN,
                                .text = mu_message_text(MU_SAY_intake_choose, self->language)};
    picks[2] = (struct mu_pick){.code = NOBODY,
                                .text = mu_message_text(MU_SAY_intake_not_him, self->language)};
    mu_app_pick(self->app, self->mediator[row].mediator.name, picks, at ? 3 : 2,
                at ? at->duty : ASSIGNED, duty_picked, self);
}

/* ---- the list ---- */

enum { DUTY, NAME, TEAM, LOAD, YEAR, SKILLS };

static const struct mu_column columns[] = {
    [DUTY] = {MU_SAY_intake_duty_column, 10, 12, 0, MU_MARK, false},
    [NAME] = {MU_SAY_field_name, 8, 14, 0, MU_MARK, false},
    [TEAM] = {MU_SAY_mediators_team_column, 10, 16, 1, MU_MARK, false},
    [LOAD] = {MU_SAY_mediators_open_column, 6, 8, 0, MU_RIGHT, false},
    [YEAR] = {MU_SAY_mediators_year_column, 6, 8, 2, MU_RIGHT, false},
    [SKILLS] = {MU_SAY_mediators_skills_column, 8, 40, 3, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    struct mu_intake *self = context;
    const struct mu_mediator_entry *entry = &self->mediator[row];
    const struct mu_intake_mediator *at = chosen(self, entry->mediator.id);
    char load[MU_COUNT_SIZE], year[MU_COUNT_SIZE];

    mu_count_text(entry->open, load);
    mu_count_text(entry->year, year);
    const char *const texts[] = {[DUTY] =
                                     at ? mu_choice_word(&mu_case_duties, at->duty, language) : "",
                                 [NAME] = entry->mediator.name,
                                 [TEAM] = entry->mediator.team,
                                 [LOAD] = load,
                                 [YEAR] = year,
                                 [SKILLS] = entry->mediator.skills};

    mu_text_copy(out, size, texts[column]);
    if (at)
        *style = MU_STYLE_GOOD;
}

static const struct mu_list_source source = {.cell = cell};

void mu_intake_mediator_list(struct mu_intake *self)
{
    mu_list_init(&self->mediator_list, columns, sizeof columns / sizeof *columns, &source, self);
    self->mediator_list.empty = MU_SAY_intake_no_mediators;
}
