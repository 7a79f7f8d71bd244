#include "tui/screens/case_intake.h"

#include <mulin/base/codes.h>
#include <mulin/base/text.h>
#include <mulin/desk/operators.h>

#include <stdlib.h>
#include <string.h>

/* ---- the draft as it stands ---- */

struct mu_form *mu_intake_form(struct mu_intake *self, struct mu_intake_place place)
{
    switch (place.part) {
    case MU_INTAKE_MATTER:
        return self->matter.form;
    case MU_INTAKE_REPORT:
        return self->report.form;
    case MU_INTAKE_PARTY:
        return self->party[place.party].form;
    default:
        return NULL;
    }
}

int mu_intake_code(const struct mu_form *form, const char *key, const struct mu_choices *choices)
{
    const struct mu_choice *choice = mu_choice_by_text(choices, mu_form_text(form, key));

    return choice ? choice->code : 0;
}

bool mu_intake_danger(const struct mu_intake *self)
{
    return mu_intake_code(self->matter.form, "danger", &mu_answers) == 1;
}

const char *mu_intake_name(const struct mu_intake *self, size_t party)
{
    const char *name = mu_form_text(self->party[party].form, "name");

    return mu_text_trim(&name) ? name : "";
}

size_t mu_intake_pages(const struct mu_intake *self, struct mu_intake_place *out)
{
    size_t count = 0;

    out[count++] = (struct mu_intake_place){MU_INTAKE_MATTER, 0};
    if (mu_intake_danger(self))
        out[count++] = (struct mu_intake_place){MU_INTAKE_REPORT, 0};
    for (size_t i = 0; i < self->parties; i++)
        out[count++] = (struct mu_intake_place){MU_INTAKE_PARTY, i};
    out[count++] = (struct mu_intake_place){MU_INTAKE_ABOUT, 0};
    out[count++] = (struct mu_intake_place){MU_INTAKE_MEDIATION, 0};
    return count;
}

void mu_intake_go(struct mu_intake *self, struct mu_intake_place place, const char *key)
{
    self->at = place;
    if (key && mu_intake_form(self, place))
        mu_form_go(mu_intake_form(self, place), key);
}

static bool same_place(struct mu_intake_place a, struct mu_intake_place b)
{
    return a.part == b.part && (a.part != MU_INTAKE_PARTY || a.party == b.party);
}

/* The page so many behind this one, as far as there are pages. */
static void turn(struct mu_intake *self, int pages, bool to_end)
{
    struct mu_intake_place place[MU_INTAKE_PAGES];
    int count = (int)mu_intake_pages(self, place), at = 0;
    struct mu_form *form;

    while (at < count - 1 && !same_place(place[at], self->at))
        at++;
    at += pages;
    at = at < 0 ? 0 : at >= count ? count - 1 : at;
    if (same_place(place[at], self->at)) {
        if (pages > 0)
            mu_app_say(self->app, MU_TONE_PLAIN, MU_SAY_intake_last_page, NULL);
        return;
    }
    self->at = place[at];
    form = mu_intake_form(self, self->at);
    if (form && to_end)
        (void)mu_form_event(form,
                            &(struct mu_event){.kind = MU_EVENT_KEY, .action = MU_DO_page_down});
    else if (form)
        (void)mu_form_event(form,
                            &(struct mu_event){.kind = MU_EVENT_KEY, .action = MU_DO_page_up});
}

/* ---- forms ---- */

static enum mu_status new_form(struct mu_intake *self, struct mu_intake_sheet *sheet,
                               enum mu_case_step_kind kind, struct mu_error *error)
{
    const struct mu_case_step_type *type = mu_case_step_type(kind);
    struct mu_date today = mu_app_now(self->app).date;

    sheet->step.kind = kind;
    sheet->step.date = today;
    if (kind == MU_STEP_INTAKE)
        sheet->form = mu_form_new(self->matter_field, type->field_count + 1, &sheet->step,
                                  self->language, today, error);
    else
        sheet->form = mu_form_new(type->fields, type->field_count, &sheet->step.record,
                                  self->language, today, error);
    if (!sheet->form)
        return MU_MEMORY;
    mu_form_on_left(sheet->form, mu_intake_on_left, self);
    return MU_OK;
}

enum mu_status mu_intake_add_party(struct mu_intake *self, struct mu_error *error)
{
    struct mu_intake_sheet *sheet;
    enum mu_status status;

    if (self->parties == MU_INTAKE_PARTIES ||
        (self->parties > 2 && !*mu_intake_name(self, self->parties - 1)))
        return MU_OK;
    sheet = &self->party[self->parties];
    status = new_form(self, sheet, MU_STEP_PARTY, error);
    if (status != MU_OK)
        return status;
    if (self->parties < 2)
        mu_form_suggest(sheet->form, "side",
                        mu_choice_word(&mu_case_sides, self->parties ? 2 : 1, self->language));
    mu_form_go(sheet->form, "name");
    self->parties++;
    return MU_OK;
}

/* The day belongs to the step, not to its record: the form stands over the whole step. */
static void matter_fields(struct mu_intake *self)
{
    const struct mu_case_step_type *type = mu_case_step_type(MU_STEP_INTAKE);

    for (size_t i = 0; i < type->field_count; i++) {
        self->matter_field[i] = type->fields[i];
        self->matter_field[i].offset += offsetof(struct mu_case_step, record);
    }
    self->matter_field[type->field_count] =
        (struct mu_field){.key = "accepted_on",
                          .label = MU_SAY_intake_day,
                          .help = MU_SAY_intake_day_hint,
                          .kind = MU_FIELD_DATE,
                          .required = true,
                          .offset = offsetof(struct mu_case_step, date),
                          .size = sizeof(struct mu_date)};
}

static enum mu_status start(struct mu_intake *self, struct mu_error *error)
{
    enum mu_status status;

    matter_fields(self);
    self->about = mu_text_area_new(MU_CASE_TEXT_SIZE - 1, error);
    if (!self->about)
        return MU_MEMORY;
    status = new_form(self, &self->matter, MU_STEP_INTAKE, error);
    if (status == MU_OK)
        status = new_form(self, &self->report, MU_STEP_REPORTED, error);
    for (int i = 0; status == MU_OK && i < 3; i++)
        status = mu_intake_add_party(self, error);
    if (status != MU_OK)
        return status;
    mu_form_suggest(self->matter.form, "source",
                    mu_choice_word(&mu_case_sources, 1, self->language));
    mu_form_suggest(self->matter.form, "weight",
                    mu_choice_word(&mu_case_weights, 1, self->language));
    mu_intake_mediator_list(self);
    mu_intake_read_mediators(self);
    return MU_OK;
}

/* ---- events of the full form ---- */

static bool is(const struct mu_event *event, enum mu_action action)
{
    return event->kind == MU_EVENT_KEY && event->action == action;
}

/* Up from the first field and down from the last one lead to the pages before and behind. */
static bool leaves(const struct mu_form *form, const struct mu_case_step_type *type, bool matter,
                   const struct mu_event *event)
{
    const char *key = mu_form_field(form)->key;
    const char *last = matter ? "accepted_on" : type->fields[type->field_count - 1].key;

    if (is(event, MU_DO_up) || is(event, MU_DO_previous))
        return strcmp(key, type->fields[0].key) == 0;
    return (is(event, MU_DO_down) || is(event, MU_DO_next) || is(event, MU_DO_accept)) &&
           strcmp(key, last) == 0;
}

static bool form_event(struct mu_intake *self, const struct mu_event *event)
{
    struct mu_form *form = mu_intake_form(self, self->at);
    struct mu_intake_place before = self->at;
    bool matter = before.part == MU_INTAKE_MATTER;
    const struct mu_case_step_type *type =
        mu_case_step_type(matter                            ? MU_STEP_INTAKE
                          : before.part == MU_INTAKE_REPORT ? MU_STEP_REPORTED
                                                            : MU_STEP_PARTY);
    struct mu_event down = {.kind = MU_EVENT_KEY, .action = MU_DO_down};
    bool up = is(event, MU_DO_up) || is(event, MU_DO_previous), leaving;

    if (is(event, MU_DO_accept) && event->scan) {
        mu_form_take_back(form, event->scan);
        mu_intake_scanned(self, self->at, event->scan);
        return true;
    }
    leaving = leaves(form, type, matter, event);
    if (leaving && !up)
        event = &down; /* checks the field; Enter on the last one saves nothing here */
    if (mu_app_form(self->app, form, event) == MU_FORM_IGNORED)
        return false;
    if (leaving && same_place(self->at, before))
        turn(self, up ? -1 : 1, up);
    return true;
}

static bool about_event(struct mu_intake *self, const struct mu_event *event)
{
    if (is(event, MU_DO_next) || is(event, MU_DO_previous)) {
        mu_intake_about_left(self);
        turn(self, event->action == MU_DO_next ? 1 : -1, event->action != MU_DO_next);
        return true;
    }
    switch (mu_text_area_event(self->about, event)) {
    case MU_TEXT_AREA_IGNORED:
        return false;
    case MU_TEXT_AREA_FULL:
        mu_app_say(self->app, MU_TONE_WARNING, MU_SAY_intake_about_full, NULL);
        return true;
    default:
        return true;
    }
}

static bool mediation_event(struct mu_intake *self, const struct mu_event *event)
{
    if (event->kind != MU_EVENT_KEY)
        return false;
    if (event->action == MU_DO_choose || event->action == MU_DO_accept) {
        mu_intake_pick_duty(self);
        return true;
    }
    if (event->action == MU_DO_next || event->action == MU_DO_previous) {
        turn(self, event->action == MU_DO_next ? 1 : -1, event->action != MU_DO_next);
        return true;
    }
    return mu_list_event(&self->mediator_list, event, NULL) != MU_LIST_IGNORED;
}

static void found(struct mu_app *app, void *state, const struct mu_resident *resident)
{
    struct mu_intake *self = state;

    (void)app;
    mu_intake_take_person(self, self->at.party, resident->id);
    if (self->one_by_one)
        (void)mu_intake_ask_about(self, self->at, "name");
}

/* F3: somebody of the register for the party that is looked at, or else for the next empty one. */
static void find_person(struct mu_intake *self)
{
    struct mu_intake_question question[MU_INTAKE_QUESTIONS];
    struct mu_error error;

    if (self->one_by_one) {
        (void)mu_intake_questions(self, question);
        self->at = question[self->question].place;
    }
    if (self->at.part != MU_INTAKE_PARTY) {
        size_t party = 0;

        while (party + 1 < self->parties && *mu_intake_name(self, party))
            party++;
        self->at = (struct mu_intake_place){MU_INTAKE_PARTY, party};
    }
    if (mu_open_find_for(self->app, found, self, &error) != MU_OK)
        mu_app_say_error(self->app, &error);
}

static void switch_view(struct mu_intake *self)
{
    struct mu_intake_question question[MU_INTAKE_QUESTIONS];
    struct mu_form *form;

    if (self->one_by_one) {
        size_t count = mu_intake_questions(self, question);
        const struct mu_intake_question *at =
            &question[self->question < count ? self->question : count - 1];

        self->one_by_one = false;
        if (at->place.part != MU_INTAKE_READ_BACK)
            mu_intake_go(self, at->place, at->key);
    } else {
        form = mu_intake_form(self, self->at);
        self->one_by_one = true;
        self->stale = true;
        if (!mu_intake_ask_about(self, self->at, form ? mu_form_field(form)->key : NULL) &&
            !mu_intake_ask_about(self, self->at, NULL))
            self->question = 0;
    }
    self->changed = true;
}

static bool page_event(struct mu_intake *self, const struct mu_event *event)
{
    bool about = self->at.part == MU_INTAKE_ABOUT;

    if (!about && (is(event, MU_DO_page_up) || is(event, MU_DO_page_down))) {
        turn(self, event->action == MU_DO_page_down ? 1 : -1, false);
        return true;
    }
    if (about)
        return about_event(self, event);
    if (self->at.part == MU_INTAKE_MEDIATION)
        return mediation_event(self, event);
    return form_event(self, event);
}

static bool at_the_end(const struct mu_intake *self)
{
    struct mu_intake_question question[MU_INTAKE_QUESTIONS];

    return self->question + 1 >= mu_intake_questions(self, question);
}

static bool intake_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct mu_intake *self = state;
    struct mu_error error;
    bool used;

    if (mu_screen_draft_is_others(&self->draft, app)) { /* this is none of their business */
        if (is(event, MU_DO_back))
            mu_intake_keep(app, self);
        else
            mu_app_say(app, MU_TONE_WARNING, MU_SAY_intake_others, NULL);
        return !is(event, MU_DO_back); /* the draft stays its owner's */
    }
    if (is(event, MU_DO_save)) {
        mu_intake_save(self);
        return true;
    }
    if (is(event, MU_DO_new)) {
        switch_view(self);
        return true;
    }
    if (is(event, MU_DO_find)) {
        find_person(self);
        return true;
    }
    if (self->one_by_one && is(event, MU_DO_accept) && !event->scan && at_the_end(self)) {
        mu_intake_save(self); /* which may close the screen: nothing of it is touched then */
        return true;
    }
    if (is(event, MU_DO_back) && (!self->one_by_one || self->question == 0)) {
        mu_intake_leave(self);
        return true;
    }
    used = self->one_by_one ? mu_intake_ask_event(self, event) : page_event(self, event);
    if (mu_intake_add_party(self, &error) != MU_OK)
        mu_app_say_error(app, &error);
    return used;
}

static struct mu_offer intake_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct mu_intake *self = state;
    const struct mu_offer yes = {.kind = MU_OFFER_YES};

    if (mu_screen_draft_is_others(&self->draft, app))
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    switch (action) {
    case MU_DO_save:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_intake_save_label};
    case MU_DO_choose:
        return yes;
    case MU_DO_find:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_intake_find_label};
    case MU_DO_new:
        return (struct mu_offer){.kind = MU_OFFER_YES,
                                 .label = self->one_by_one ? MU_SAY_intake_form_label
                                                           : MU_SAY_intake_ask_label};
    case MU_DO_undo:
        return mu_text_area_can(self->about, true)
                   ? yes
                   : (struct mu_offer){.kind = MU_OFFER_NOT_NOW, .why = MU_SAY_intake_no_undo};
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES,
                                 .label = self->one_by_one ? MU_SAY_intake_next_label : 0};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

static void intake_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct mu_intake *self = state;

    if (mu_screen_draft_is_others(&self->draft, app))
        mu_grid_paragraph(grid, layout->work, mu_message_text(MU_SAY_intake_others, self->language),
                          MU_STYLE_WARNING);
    else if (self->one_by_one)
        mu_intake_ask_draw(self, grid, layout);
    else
        mu_intake_draw(self, grid, layout);
}

static void intake_language(struct mu_app *app, void *state)
{
    struct mu_intake *self = state;

    self->language = mu_app_language(app);
    mu_form_language(self->matter.form, self->language);
    mu_form_language(self->report.form, self->language);
    for (size_t i = 0; i < self->parties; i++)
        mu_form_language(self->party[i].form, self->language);
}

static bool intake_tick(struct mu_app *app, void *state)
{
    struct mu_intake *self = state;

    (void)app;
    mu_text_area_tick(self->about);
    return false;
}

static void intake_close(struct mu_app *app, void *state)
{
    struct mu_intake *self = state;

    (void)app;
    mu_form_free(&self->matter.form);
    mu_form_free(&self->report.form);
    for (size_t i = 0; self->party && i < self->parties; i++)
        mu_form_free(&self->party[i].form);
    mu_text_area_free(&self->about);
    free(self->party);
    free(self->mediator);
    free(self);
}

static const struct mu_screen_type intake_type = {
    .name = "case_intake",
    .title = MU_SAY_intake_title,
    .event = intake_event,
    .draw = intake_draw,
    .offer = intake_offer,
    .tick = intake_tick,
    .draft = mu_intake_keep,
    .language = intake_language,
    .close = intake_close,
};

enum mu_status mu_open_case_intake(struct mu_app *app, struct mu_error *error)
{
    struct mu_intake *self;
    enum mu_status status = mu_desk_ask(mu_screens_desk(app), MU_MAY_open_case, error);

    if (status != MU_OK)
        return status;
    self = calloc(1, sizeof *self);
    if (self)
        self->party = calloc(MU_INTAKE_PARTIES, sizeof *self->party);
    if (!self || !self->party) {
        free(self);
        return mu_fail_memory(error);
    }
    self->app = app;
    self->language = mu_app_language(app);
    mu_screen_draft_begin(&self->draft, app, "%s", MU_INTAKE_DRAFT);
    self->one_by_one = true;
    status = start(self, error);
    if (status != MU_OK) {
        intake_close(app, self);
        return status;
    }
    status = mu_app_push(app, &intake_type, self, error);
    if (status == MU_OK)
        mu_intake_take_up(self);
    return status;
}
