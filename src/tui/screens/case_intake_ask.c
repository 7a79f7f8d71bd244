/* One question at a time, for whoever is at home with a pen: Enter goes on, Esc goes back. */
#include "tui/screens/case_intake.h"

#include <mulin/base/text.h>
#include <mulin/desk/find.h>

#include <stdio.h>
#include <string.h>

enum { LEFT = 2, BOX = 64, READ_BACK = 16 * 1024 };

static struct mu_intake_question current(const struct mu_intake *self)
{
    struct mu_intake_question question[MU_INTAKE_QUESTIONS];
    size_t count = mu_intake_questions(self, question);

    return question[self->question < count ? self->question : count - 1];
}

/* The form of the question, with the caret in its field whatever happened to it meanwhile. */
static struct mu_form *form_of(struct mu_intake *self, const struct mu_intake_question *at)
{
    struct mu_form *form = mu_intake_form(self, at->place);

    if (form)
        mu_form_go(form, at->key);
    return form;
}

static bool asks_name(const struct mu_intake_question *at)
{
    return at->place.part == MU_INTAKE_PARTY && strcmp(at->key, "name") == 0;
}

/* ---- whom the register knows under what is typed ---- */

static bool take_hit(void *context, const struct mu_resident *resident)
{
    struct mu_intake *self = context;

    self->hit[self->hits++] = *resident;
    return self->hits < MU_INTAKE_HITS;
}

static void catch_up(struct mu_intake *self, const struct mu_intake_question *at)
{
    struct mu_error error;

    if (!self->stale)
        return;
    self->stale = false;
    self->hits = self->hit_at = 0;
    if (!asks_name(at) || !*mu_intake_name(self, at->place.party) ||
        self->party[at->place.party].step.resident_id)
        return;
    if (mu_find_residents(mu_screens_desk(self->app), mu_intake_name(self, at->place.party),
                          MU_INTAKE_HITS, take_hit, self, &error) != MU_OK)
        mu_app_say_error(self->app, &error);
}

/* ---- going on and back ---- */

static void move_to(struct mu_intake *self, size_t question)
{
    struct mu_intake_question at;
    struct mu_form *form;

    self->question = question;
    self->read_back_top = 0;
    self->stale = self->changed = true;
    at = current(self);
    form = form_of(self, &at);
    if (form)
        (void)mu_form_event(form, &(struct mu_event){.kind = MU_EVENT_KEY, .action = MU_DO_last});
}

static void say_bad(struct mu_intake *self, const struct mu_form *form)
{
    char text[MU_MESSAGE_SIZE];

    mu_error_why(mu_form_error(form), self->language, text, sizeof text);
    mu_app_say(self->app, MU_TONE_BAD, MU_SAY_tui_form_wrong,
               mu_message_text(mu_form_bad_field(form)->label, self->language), text, NULL);
}

/* True when the question is answered well enough to go on. */
static bool answered(struct mu_intake *self, const struct mu_intake_question *at)
{
    const struct mu_event next = {.kind = MU_EVENT_KEY, .action = MU_DO_next};
    struct mu_form *form = form_of(self, at);
    const char *text;
    bool empty;

    if (at->place.part == MU_INTAKE_ABOUT)
        mu_intake_about_left(self);
    if (!form)
        return true;
    text = mu_form_text(form, at->key);
    empty = !mu_text_trim(&text);
    if (empty && at->required) {
        mu_app_say(self->app, MU_TONE_WARNING, MU_SAY_ask_answer, NULL);
        return false;
    }
    if (asks_name(at) && self->hit_at < self->hits) {
        struct mu_resident person = self->hit[self->hit_at];

        mu_intake_take_person(self, at->place.party, person.id);
        return self->party[at->place.party].step.resident_id == person.id;
    }
    if (mu_form_event(form, &next) == MU_FORM_BAD) {
        mu_form_go(form, at->key);
        say_bad(self, form);
        return false;
    }
    return true;
}

static void go_on(struct mu_intake *self, const struct mu_intake_question *at)
{
    size_t before = self->question;

    catch_up(self, at);
    if (!answered(self, at))
        return;
    /* A question may have come in between or gone: this one keeps its place in any case. */
    move_to(self, before + 1);
}

static bool scanned(struct mu_intake *self, const struct mu_intake_question *at, const char *scan)
{
    struct mu_form *form = form_of(self, at);

    if (form)
        mu_form_take_back(form, scan);
    mu_intake_scanned(self, at->place, scan);
    if (asks_name(at) && self->party[at->place.party].step.resident_id)
        move_to(self, self->question + 1);
    return true;
}

/* ---- events ---- */

static bool is(const struct mu_event *event, enum mu_action action)
{
    return event->kind == MU_EVENT_KEY && event->action == action;
}

/* A name that is typed over no longer means whom the register gave. */
static void typed(struct mu_intake *self, const struct mu_intake_question *at)
{
    self->stale = true;
    if (asks_name(at) && self->party[at->place.party].step.resident_id) {
        self->party[at->place.party].step.resident_id = 0;
        self->changed = true;
    }
}

static bool form_event(struct mu_intake *self, const struct mu_intake_question *at,
                       const struct mu_event *event)
{
    struct mu_form *form = form_of(self, at);
    char before[MU_CASE_LINE_SIZE];

    if (asks_name(at) && (is(event, MU_DO_up) || is(event, MU_DO_down))) {
        catch_up(self, at);
        if (is(event, MU_DO_down) && self->hit_at < self->hits)
            self->hit_at++;
        else if (is(event, MU_DO_up) && self->hit_at > 0)
            self->hit_at--;
        return true;
    }
    if (is(event, MU_DO_up) || is(event, MU_DO_down) || is(event, MU_DO_page_up) ||
        is(event, MU_DO_page_down))
        return true;
    mu_text_copy(before, sizeof before, mu_form_text(form, at->key));
    if (mu_app_form(self->app, form, event) == MU_FORM_IGNORED)
        return false;
    if (strcmp(before, mu_form_text(form, at->key)) != 0)
        typed(self, at);
    return true;
}

static bool about_event(struct mu_intake *self, const struct mu_event *event)
{
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

static bool read_back_event(struct mu_intake *self, const struct mu_event *event)
{
    if (is(event, MU_DO_down) || is(event, MU_DO_page_down))
        self->read_back_top++;
    else if ((is(event, MU_DO_up) || is(event, MU_DO_page_up)) && self->read_back_top > 0)
        self->read_back_top--;
    else
        return false;
    return true;
}

bool mu_intake_ask_event(struct mu_intake *self, const struct mu_event *event)
{
    struct mu_intake_question at = current(self);

    if (is(event, MU_DO_accept) && event->scan)
        return scanned(self, &at, event->scan);
    if (is(event, MU_DO_accept) || is(event, MU_DO_next)) {
        if (at.place.part != MU_INTAKE_READ_BACK)
            go_on(self, &at);
        return true;
    }
    if (is(event, MU_DO_back) || is(event, MU_DO_previous)) {
        if (self->question > 0)
            move_to(self, self->question - 1);
        return true;
    }
    switch (at.place.part) {
    case MU_INTAKE_ABOUT:
        return about_event(self, event);
    case MU_INTAKE_READ_BACK:
        return read_back_event(self, event);
    case MU_INTAKE_MEDIATION:
        if (is(event, MU_DO_choose)) {
            mu_intake_pick_duty(self);
            return true;
        }
        return event->kind == MU_EVENT_KEY &&
               mu_list_event(&self->mediator_list, event, NULL) != MU_LIST_IGNORED;
    default:
        return form_event(self, &at, event);
    }
}

/* ---- drawing ---- */

static void draw_choices(const struct mu_intake *self, struct mu_grid *grid, struct mu_area area,
                         const struct mu_choices *choices)
{
    int per = (int)choices->count <= area.rows ? area.rows : ((int)choices->count + 1) / 2;
    int columns = (int)choices->count <= area.rows ? 1 : 2, width;
    char line[128];

    if (per > area.rows) {
        per = area.rows;
        columns = ((int)choices->count + per - 1) / per;
    }
    width = area.columns / columns;
    for (int i = 0; i < (int)choices->count; i++) {
        const struct mu_choice *choice = &choices->choice[i];

        snprintf(line, sizeof line, "%0*d %s", choices->digits, choice->code,
                 self->language == MU_ENGLISH ? choice->english : choice->chinese);
        mu_grid_put(grid, area.row + i % per, area.column + i / per * width, width - 1, line,
                    MU_MARK, MU_STYLE_VALUE);
    }
}

static void draw_hits(struct mu_intake *self, struct mu_grid *grid, struct mu_area area,
                      size_t party)
{
    char line[512], address[MU_ADDRESS_SIZE];
    struct mu_date today = mu_app_now(self->app).date;
    char age[16];
    int row = 0;

    if (self->party[party].step.resident_id) {
        mu_grid_say(grid, area.row, area.column, area.columns, MU_MARK, MU_STYLE_GOOD,
                    self->language, MU_SAY_ask_of_register,
                    mu_form_text(self->party[party].form, "address"), NULL);
        return;
    }
    if (!self->hits)
        return;
    for (; row < (int)self->hits && row < area.rows - 1; row++) {
        const struct mu_resident *person = &self->hit[row];

        mu_resident_address(person, address);
        snprintf(age, sizeof age, "%d", mu_resident_age(person, today));
        mu_message_format(line, sizeof line, self->language, MU_SAY_ask_hit, person->name, address,
                          age, NULL);
        mu_grid_put(grid, area.row + row, area.column, area.columns, line, MU_MARK,
                    (int)self->hit_at == row ? MU_STYLE_SELECTED : MU_STYLE_NORMAL);
    }
    mu_grid_say(grid, area.row + row, area.column, area.columns, MU_MARK,
                self->hit_at == self->hits ? MU_STYLE_SELECTED : MU_STYLE_DIM, self->language,
                MU_SAY_ask_as_written, mu_intake_name(self, party), NULL);
}

/* A box of three rows with the line inside; below it the example and what there is to choose. */
static void draw_field(struct mu_intake *self, struct mu_grid *grid, struct mu_area area,
                       const struct mu_intake_question *at)
{
    struct mu_form *form = form_of(self, at);
    const struct mu_field *field = mu_form_field(form);
    struct mu_area box = area, inside, rest = area;

    box.rows = 3;
    box.columns = box.columns > BOX ? BOX : box.columns;
    inside = mu_grid_box(grid, box, NULL);
    rest.row += 3;
    rest.rows -= 3;
    mu_grid_put(grid, rest.row, rest.column, rest.columns,
                mu_message_text(at->example, self->language), MU_MARK, MU_STYLE_HINT);
    rest.row += 2;
    rest.rows -= 2;
    if (field->choices)
        draw_choices(self, grid, rest, field->choices);
    if (asks_name(at))
        draw_hits(self, grid, rest, at->place.party);
    mu_form_draw_box(form, grid, inside.row, inside.column + 1, inside.columns - 2);
}

static void draw_read_back(struct mu_intake *self, struct mu_grid *grid, struct mu_area area)
{
    char text[READ_BACK];
    const char *from = text;

    mu_intake_read_back(self, text, sizeof text);
    for (int skip = self->read_back_top; skip > 0; skip--) {
        const char *end = strchr(from, '\n');

        if (!end || !end[1]) {
            self->read_back_top -= skip;
            break;
        }
        from = end + 1;
    }
    mu_grid_paragraph(grid, area, from, MU_STYLE_VALUE);
    mu_grid_cursor(grid, area.row, area.column);
}

static void draw_rest(struct mu_intake *self, struct mu_grid *grid, struct mu_area area,
                      const struct mu_intake_question *at)
{
    if (mu_intake_form(self, at->place)) {
        draw_field(self, grid, area, at);
        return;
    }
    mu_grid_put(grid, area.row, area.column, area.columns,
                mu_message_text(at->example, self->language), MU_MARK, MU_STYLE_HINT);
    area.row += 2;
    area.rows -= 2;
    if (at->place.part == MU_INTAKE_ABOUT)
        mu_text_area_draw(self->about, grid, area, true, self->language);
    else if (at->place.part == MU_INTAKE_MEDIATION)
        mu_list_draw(&self->mediator_list, grid, area, true, self->language);
    else
        draw_read_back(self, grid, area);
}

void mu_intake_ask_draw(struct mu_intake *self, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct mu_intake_question question[MU_INTAKE_QUESTIONS];
    size_t count = mu_intake_questions(self, question);
    const struct mu_intake_question *at =
        &question[self->question < count ? self->question : count - 1];
    struct mu_area area = layout->work;
    char number[2][16], whose[MU_MESSAGE_SIZE] = "", words[MU_MESSAGE_SIZE];
    int lines;

    catch_up(self, at);
    snprintf(number[0], sizeof number[0], "%zu", self->question + 1);
    snprintf(number[1], sizeof number[1], "%zu", count);
    mu_grid_say(grid, layout->status_row, 1, layout->columns - 2, MU_MARK, MU_STYLE_TITLE,
                self->language, MU_SAY_ask_line, number[0], number[1], NULL);
    if (at->place.part == MU_INTAKE_PARTY)
        mu_text_copy(whose, sizeof whose, mu_intake_name(self, at->place.party));
    mu_message_format(words, sizeof words, self->language, at->ask, whose, NULL);
    area.row += 1;
    area.column = LEFT;
    area.columns -= 2 * LEFT;
    area.rows = 3;
    lines = mu_grid_paragraph(grid, area, words, MU_STYLE_BIG);
    area.row += lines + 1;
    area.rows = layout->work.row + layout->work.rows - area.row;
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 2,
                mu_message_text(at->place.part == MU_INTAKE_READ_BACK ? MU_SAY_ask_hint_save
                                                                      : MU_SAY_ask_hint,
                                self->language),
                MU_MARK, MU_STYLE_HINT);
    draw_rest(self, grid, area, at);
}
