/* From the draft to a case. */
#include "tui/screens/case_intake.h"
#include "tui/screens/case_page.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = MU_INTAKE_PARTIES + MU_INTAKE_MEDIATORS + 2 };

/* What is written down, and from which page each step came. */
struct writing {
    struct mu_case_step step[STEPS];
    struct mu_intake_place from[STEPS];
    size_t count;
};

/* Goes to what has to be mended: to its question, or to the page of the full form. */
static void mend(struct mu_intake *self, struct mu_intake_place place, const char *key)
{
    if (self->one_by_one && mu_intake_ask_about(self, place, key))
        return;
    self->one_by_one = false;
    mu_intake_go(self, place, key);
}

/* Every field of a page is read; what is wrong is said, and the caret stands there. */
static bool good(struct mu_intake *self, struct mu_intake_place place)
{
    const struct mu_event save = {.kind = MU_EVENT_KEY, .action = MU_DO_save};
    struct mu_form *form = mu_intake_form(self, place);

    if (mu_app_form(self->app, form, &save) == MU_FORM_SAVE)
        return true;
    mend(self, place, mu_form_field(form)->key);
    return false;
}

/* A page without a name on which something else was typed: whose is it? */
static bool nameless(const struct mu_intake *self, size_t party)
{
    const struct mu_form *form = self->party[party].form;

    return !*mu_intake_name(self, party) &&
           (*mu_form_text(form, "wish") || *mu_form_text(form, "phone"));
}

static bool all_good(struct mu_intake *self)
{
    struct mu_intake_place place = {MU_INTAKE_MATTER, 0};

    if (mu_intake_danger(self) && !good(self, (struct mu_intake_place){MU_INTAKE_REPORT, 0}))
        return false;
    place.part = MU_INTAKE_PARTY;
    for (place.party = 0; place.party < self->parties; place.party++) {
        bool needed = place.party == 0 || nameless(self, place.party);

        if ((needed || *mu_intake_name(self, place.party)) && !good(self, place))
            return false;
    }
    return good(self, (struct mu_intake_place){MU_INTAKE_MATTER, 0});
}

static struct mu_case_step *add(struct writing *writing, const struct mu_case_step *step,
                                enum mu_intake_part part, size_t party)
{
    writing->from[writing->count] = (struct mu_intake_place){part, party};
    writing->step[writing->count] = *step;
    return &writing->step[writing->count++];
}

/* The text is borrowed. */
static void collect(struct mu_intake *self, struct writing *writing, char *about)
{
    struct mu_case_step *step = add(writing, &self->matter.step, MU_INTAKE_MATTER, 0);
    struct mu_date day = self->matter.step.date;

    step->text = *about ? about : NULL;
    for (size_t i = 0; i < self->parties; i++)
        if (*mu_intake_name(self, i))
            add(writing, &self->party[i].step, MU_INTAKE_PARTY, i)->date = day;
    for (size_t i = 0; i < self->chosen_count; i++) {
        const struct mu_intake_mediator *at = &self->chosen[i];
        struct mu_case_step mediator = {
            .kind = MU_STEP_MEDIATOR, .date = day, .mediator_id = at->id};

        mediator.record.mediator.duty = at->duty;
        mediator.record.mediator.consent = at->consent;
        mu_text_copy(mediator.record.mediator.name, sizeof mediator.record.mediator.name, at->name);
        (void)add(writing, &mediator, MU_INTAKE_MEDIATION, 0);
    }
    if (mu_intake_danger(self))
        (void)add(writing, &self->report.step, MU_INTAKE_REPORT, 0);
}

static void say_written(struct mu_app *app, const struct mu_case_written *written)
{
    char number[MU_COUNT_SIZE];

    if (!written->repeats) {
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_intake_saved, written->number, NULL);
        return;
    }
    mu_count_text(written->repeats, number);
    mu_app_say(app, MU_TONE_WARNING, MU_SAY_intake_repeated, written->number, number, NULL);
}

/* Whoever only took it in does not see the case afterwards: its number was said, that is all. */
static void show(struct mu_app *app, int64_t case_id)
{
    struct mu_error error;
    enum mu_status status = mu_open_case_page(app, case_id, &error);

    if (status != MU_OK && status != MU_REFUSED)
        mu_app_say_error(app, &error);
}

void mu_intake_save(struct mu_intake *self)
{
    struct mu_app *app = self->app;
    struct writing *writing;
    struct mu_case_opening opening;
    struct mu_case_written written;
    struct mu_error error;
    size_t at = 0, length;
    const char *field = NULL;
    char *about;
    enum mu_status status;

    if (!all_good(self))
        return;
    writing = calloc(1, sizeof *writing);
    about = mu_text_area_copy(self->about, &length);
    if (!writing || !about) {
        free(writing);
        free(about);
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
        return;
    }
    collect(self, writing, about);
    opening = (struct mu_case_opening){.step = writing->step, .steps = writing->count};
    status = mu_open_case(mu_screens_desk(app), &opening, &written, &at, &field, &error);
    if (status != MU_OK) {
        if (at < writing->count && status == MU_INPUT)
            mend(self, writing->from[at], field);
        mu_app_say_error(app, &error);
    } else {
        mu_intake_drop(self);
        mu_app_pop(app);
        say_written(app, &written);
        show(app, written.case_id);
    }
    memset(writing, 0, sizeof *writing);
    free(writing);
    free(about);
}

/* ---- leaving without saving ---- */

enum { KEEP = 1, LOSE };

static void leave_picked(struct mu_app *app, void *context, bool picked, int code)
{
    struct mu_intake *self = context;

    if (!picked)
        return;
    if (code == KEEP) {
        mu_intake_keep(app, self);
        if (self->changed) /* it could not be kept, and why was said */
            return;
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_intake_kept, NULL);
    } else {
        mu_intake_drop(self);
    }
    mu_app_pop(app);
}

static bool anything(const struct mu_intake *self)
{
    bool typed = mu_form_dirty(self->matter.form) || mu_form_dirty(self->report.form) ||
                 *mu_text_area_text(self->about) || self->chosen_count;

    for (size_t i = 0; i < self->parties; i++)
        typed |= mu_form_dirty(self->party[i].form);
    return typed;
}

void mu_intake_leave(struct mu_intake *self)
{
    struct mu_pick picks[2];

    if (!anything(self)) {
        mu_intake_drop(self);
        mu_app_pop(self->app);
        return;
    }
    picks[0] =
        (struct mu_pick){.code = KEEP, .text = mu_message_text(MU_SAY_intake_keep, self->language)};
    picks[1] =
        (struct mu_pick){.code = LOSE, .text = mu_message_text(MU_SAY_intake_lose, self->language)};
    mu_app_pick(self->app, mu_message_text(MU_SAY_intake_leave, self->language), picks, 2, KEEP,
                leave_picked, self);
}
