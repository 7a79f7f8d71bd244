#include "tui/screens/register_list.h"

#include "tui/screens/person.h"
#include "tui/screens/search_box.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>
#include <mulin/desk/register.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    FIRST_BUDGET = 10, /* milliseconds until the first people are shown, */
    BUDGET = 8,        /* and of each further slice */
    REDRAW = 200,      /* milliseconds between two drawings of a list that grows */
    CHEAP = 10,        /* milliseconds: a list that is read anew whenever others save */
    PANE = 42          /* columns of the detail pane */
};

static long long milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static bool searching(const struct mu_register_list *self)
{
    const char *text = self->box.text;

    return mu_text_trim(&text) > 0;
}

/* ---- reading ---- */

static bool take(void *context, const struct mu_resident *resident)
{
    struct mu_register_list *self = context;

    self->window[self->read++] = *resident;
    return self->read < MU_REGISTER_WINDOW;
}

const struct mu_resident *mu_register_row(struct mu_register_list *self, size_t row)
{
    size_t before = MU_REGISTER_WINDOW / 4;

    if (!self->roster)
        return NULL;
    if (self->redo || row < self->first || row >= self->first + self->read) {
        self->first = row < self->list.top || row - self->list.top > before
                          ? (row > before ? row - before : 0)
                          : self->list.top;
        self->read = 0;
        self->redo = false;
        if (mu_roster_read(self->roster, self->first, MU_REGISTER_WINDOW, take, self,
                           &self->error) != MU_OK) {
            mu_roster_free(&self->roster);
            return NULL;
        }
    }
    return row < self->first + self->read ? &self->window[row - self->first] : NULL;
}

/* The list has grown, or stands in another order. */
static void follow(struct mu_register_list *self)
{
    mu_list_count(&self->list, self->roster ? mu_roster_count(self->roster) : 0);
    if (self->at_end && self->list.count)
        self->list.cursor = self->list.count - 1;
    self->redo = true;
}

void mu_register_read(struct mu_app *app, struct mu_register_list *self)
{
    struct mu_roster_request asked = self->request;
    size_t cursor = self->list.cursor;
    int64_t chosen =
        self->roster && cursor < self->list.count ? mu_roster_id(self->roster, cursor) : 0;

    self->stale = false;
    self->shown.id = 0;
    self->today = mu_app_now(app).date;
    mu_text_copy(asked.text, sizeof asked.text, self->box.text);
    mu_roster_free(&self->roster);
    if (mu_roster_open(mu_screens_desk(app), &asked, FIRST_BUDGET, &self->roster, &self->error) !=
        MU_OK)
        self->roster = NULL;
    follow(self);
    /* Whoever was chosen stays so, if he stands near where he stood. */
    for (size_t i = cursor > 50 ? cursor - 50 : 0;
         chosen && i < cursor + 50 && i < self->list.count; i++)
        if (mu_roster_id(self->roster, i) == chosen)
            self->list.cursor = i;
}

static void catch_up(struct mu_app *app, struct mu_register_list *self)
{
    if (self->stale) {
        self->list.cursor = self->list.top = 0;
        self->at_end = false;
        mu_roster_free(&self->roster);
        mu_register_read(app, self);
    }
}

void mu_register_marked(struct mu_register_list *self)
{
    mu_roster_sum_clear(&self->sum);
}

/* Adds up those who are marked for a while; true when there was something to add. */
static bool sum_up(struct mu_app *app, struct mu_register_list *self)
{
    if (!self->marked.count || self->sum.whole)
        return false;
    if (mu_roster_sum(mu_screens_desk(app), &self->marked, BUDGET, &self->sum, NULL) != MU_OK)
        self->sum.whole = true;
    return true;
}

/* Reads on, sorts on or sums up. */
static bool register_work(struct mu_app *app, void *state)
{
    struct mu_register_list *self = state;
    bool reading = self->roster && !mu_roster_whole(self->roster);

    if (self->stale)
        return false;
    if (reading && mu_roster_go_on(self->roster, BUDGET, &self->error) != MU_OK)
        mu_roster_free(&self->roster);
    if (reading) {
        /* What is on the screen moves seldom, that it can be read. */
        bool whole = !self->roster || mu_roster_whole(self->roster);

        if (whole || milliseconds() - self->drawn > REDRAW) {
            self->drawn = milliseconds();
            follow(self);
        }
        return true;
    }
    return sum_up(app, self);
}

/* ---- keys ---- */

static void open_file(struct mu_app *app, struct mu_register_list *self)
{
    const struct mu_resident *person = mu_register_row(self, self->list.cursor);
    struct mu_error error;

    if (!person)
        return;
    self->next_anew = true;
    if (mu_open_resident_file(app, person->id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static void scanned(struct mu_app *app, struct mu_register_list *self, const char *text)
{
    mu_line_edit_set(&self->box, text);
    self->stale = true;
    catch_up(app, self);
    self->next_anew = true;
    if (self->list.count == 1)
        open_file(app, self);
    else if (!self->list.count)
        mu_app_say(app, MU_TONE_WARNING, MU_SAY_register_nobody, text, NULL);
}

static void mark(struct mu_app *app, struct mu_register_list *self, size_t row)
{
    int64_t id = mu_roster_id(self->roster, row);

    if (mu_id_set_has(&self->marked, id))
        mu_id_set_remove(&self->marked, id);
    else if (!mu_id_set_add(&self->marked, id))
        mu_app_say(app, MU_TONE_BAD, MU_SAY_error_no_memory, NULL);
    mu_register_marked(self);
}

static void sort(struct mu_app *app, struct mu_register_list *self)
{
    int column = self->list.sort_column;

    self->request.sort = column < 0 ? MU_ROSTER_COLUMN_COUNT : self->request.column[column];
    self->request.descending = self->list.descending;
    self->list.cursor = self->list.top = 0;
    self->at_end = false;
    mu_roster_free(&self->roster);
    mu_register_read(app, self);
}

static bool moved(struct mu_app *app, struct mu_register_list *self, const struct mu_event *event)
{
    size_t row;

    switch (mu_list_event(&self->list, event, &row)) {
    case MU_LIST_OPENED:
        open_file(app, self);
        return true;
    case MU_LIST_SORTED:
        sort(app, self);
        return true;
    case MU_LIST_MARKED:
        mark(app, self, row);
        return true;
    case MU_LIST_MOVED:
        self->at_end = event->action == MU_DO_last;
        return true;
    default:
        return false;
    }
}

static void register_resume(struct mu_app *app, void *state)
{
    struct mu_register_list *self = state;

    if (!self->roster || mu_roster_cost(self->roster) <= CHEAP)
        mu_register_read(app, self);
    self->redo = true;
    self->shown.id = 0;
}

static void undone(struct mu_app *app, void *state)
{
    mu_register_read(app, state);
}

static void filtered(struct mu_app *app, void *state, const struct mu_roster_request *request)
{
    struct mu_register_list *self = state;

    (void)app;
    self->request = *request;
    mu_line_edit_set(&self->box, request->text);
    *self->request.text = '\0';
    self->stale = true;
}

static void ask_filter(struct mu_app *app, struct mu_register_list *self)
{
    struct mu_roster_request request = self->request;
    struct mu_error error;

    mu_text_copy(request.text, sizeof request.text, self->box.text);
    if (mu_open_roster_form(app, &request, filtered, self, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

/* Esc empties the box, then the filter; then it leaves. */
static bool go_back(struct mu_app *app, struct mu_register_list *self)
{
    struct mu_roster_request all;

    if (self->box.length) {
        mu_line_edit_clear(&self->box);
    } else if (!mu_roster_unfiltered(&self->request)) {
        mu_roster_request_init(&all);
        memcpy(all.column, self->request.column, sizeof all.column);
        all.column_count = self->request.column_count;
        all.sort = self->request.sort;
        all.descending = self->request.descending;
        self->request = all;
        mu_app_say(app, MU_TONE_PLAIN, MU_SAY_register_unfiltered, NULL);
    } else {
        return false;
    }
    self->stale = true;
    return true;
}

static bool register_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct mu_register_list *self = state;
    struct mu_error error;

    if (event->kind != MU_EVENT_KEY)
        return mu_search_box_typed(app, &self->box, event, &self->next_anew, &self->stale);
    if (event->action == MU_DO_accept && event->scan) {
        scanned(app, self, event->scan);
        return true;
    }
    catch_up(app, self);
    switch (event->action) {
    case MU_DO_back:
        return go_back(app, self);
    case MU_DO_choose:
        ask_filter(app, self);
        return true;
    case MU_DO_save:
        mu_register_menu(app, self);
        return true;
    case MU_DO_refresh:
        mu_register_read(app, self);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    case MU_DO_undo:
        mu_ask_undo(app, undone, self);
        return true;
    case MU_DO_new:
        if (mu_open_new_resident(app, &error) != MU_OK)
            mu_app_say_error(app, &error);
        return true;
    case MU_DO_same:
        if (mu_open_import(app, &error) != MU_OK)
            mu_app_say_error(app, &error);
        return true;
    default:
        return moved(app, self, event) ||
               mu_search_box_typed(app, &self->box, event, &self->next_anew, &self->stale);
    }
}

static bool may_import(const struct mu_app *app)
{
    return mu_desk_ask(mu_screens_desk(app), MU_MAY_import_residents, NULL) == MU_OK;
}

static struct mu_offer register_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    (void)state;
    switch (action) {
    case MU_DO_choose:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_register_filter};
    case MU_DO_same:
        return (struct mu_offer){.kind = may_import(app) ? MU_OFFER_YES : MU_OFFER_NONE,
                                 .label = MU_SAY_register_import};
    case MU_DO_save:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_register_actions};
    case MU_DO_new:
    case MU_DO_refresh:
    case MU_DO_undo:
    case MU_DO_sort:
    case MU_DO_mark:
        return (struct mu_offer){.kind = MU_OFFER_YES};
    case MU_DO_accept:
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_screen_open};
    default:
        return (struct mu_offer){.kind = MU_OFFER_NONE};
    }
}

/* ---- drawing ---- */

/* The rows of a list are without their notes. */
static const struct mu_resident *whole_file(struct mu_app *app, struct mu_register_list *self,
                                            const struct mu_resident *person)
{
    if ((self->shown.id == person->id && self->shown.version == person->version) ||
        mu_read_resident(mu_screens_desk(app), person->id, &self->shown, NULL) == MU_OK)
        return &self->shown;
    return person;
}

static void draw_pane(struct mu_app *app, struct mu_register_list *self, struct mu_grid *grid,
                      struct mu_area area, enum mu_language language)
{
    const struct mu_resident *person =
        self->list.cursor < self->list.count ? mu_register_row(self, self->list.cursor) : NULL;
    char text[MU_NOTE_SIZE];
    enum mu_style style;

    if (!person)
        return;
    person = whole_file(app, self, person);
    mu_grid_put(grid, area.row, area.column, area.columns, person->name, MU_MARK, MU_STYLE_BIG);
    mu_person_whole_line(person, self->today, language, text, sizeof text);
    mu_grid_put(grid, area.row + 1, area.column, area.columns, text, MU_MARK, MU_STYLE_NORMAL);
    style = mu_person_status(person, language, text, sizeof text);
    mu_grid_put(grid, area.row + 2, area.column, area.columns, text, MU_MARK, style);
    area.row += 4;
    area.rows -= 4;
    mu_person_draw(grid, area, person, language);
}

static void draw_box(struct mu_register_list *self, struct mu_grid *grid,
                     const struct mu_layout *layout, enum mu_language language)
{
    char position[64], count[80];
    int column = 1, width, cells;
    bool more = self->roster && !mu_roster_whole(self->roster);

    column += mu_grid_run(grid, layout->status_row, column, 12,
                          mu_message_text(MU_SAY_register_find, language), MU_STYLE_LABEL);
    mu_list_position(&self->list, position, sizeof position);
    snprintf(count, sizeof count, "%s%s", position, more ? "+" : "");
    cells = mu_text_cells(count) < 17 ? 17 : mu_text_cells(count);
    width = layout->columns - column - cells - 3;
    mu_grid_put(grid, layout->status_row, layout->columns - cells - 1, cells, count, MU_RIGHT,
                MU_STYLE_HINT);
    mu_line_edit_draw(&self->box, grid, layout->status_row, column, width > 52 ? 52 : width, true,
                      language);
}

static void draw_list(struct mu_register_list *self, struct mu_grid *grid, struct mu_area rows,
                      enum mu_language language)
{
    char text[MU_MESSAGE_SIZE];
    bool filtered_out = searching(self) || !mu_roster_unfiltered(&self->request);

    if (self->roster) {
        self->list.empty = filtered_out ? MU_SAY_register_none : MU_SAY_register_empty;
        if (!mu_roster_whole(self->roster))
            self->list.empty = MU_SAY_register_wait;
        mu_list_draw(&self->list, grid, rows, true, language);
    }
    if (!self->roster) {
        mu_error_text(&self->error, language, text, sizeof text);
        mu_grid_paragraph(grid, rows, text, MU_STYLE_BAD);
    }
}

static void register_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                          const struct mu_layout *layout)
{
    struct mu_register_list *self = state;
    enum mu_language language = mu_app_language(app);
    struct mu_area rows = layout->work, pane;

    catch_up(app, self);
    sum_up(app, self);
    mu_register_draw_filter(self, grid, rows.row, layout->columns, language);
    rows.row++, rows.rows--;
    if (self->marked.count) {
        rows.rows--;
        mu_register_draw_sum(self, grid, rows.row + rows.rows, layout->columns, language);
    }
    pane = rows;
    if (layout->wide) {
        rows.columns -= PANE + 2;
        pane.column = rows.columns + 2;
        pane.columns = PANE;
        draw_pane(app, self, grid, pane, language);
    }
    draw_list(self, grid, rows, language);
    mu_grid_put(grid, layout->hint_row, 1, layout->columns - 1,
                mu_message_text(
                    may_import(app) ? MU_SAY_register_hint_import : MU_SAY_register_hint, language),
                MU_LEFT, MU_STYLE_HINT);
    draw_box(self, grid, layout, language);
}

static bool register_tick(struct mu_app *app, void *state)
{
    struct mu_register_list *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    register_resume(app, self);
    return true;
}

static void register_close(struct mu_app *app, void *state)
{
    struct mu_register_list *self = state;

    (void)app;
    mu_roster_free(&self->roster);
    mu_roster_sum_clear(&self->sum);
    mu_id_set_clear(&self->marked);
    free(self->window);
    free(self->names);
    free(self);
}

static const struct mu_screen_type register_type = {
    .name = "register_list",
    .title = MU_SAY_register_title,
    .event = register_event,
    .draw = register_draw,
    .offer = register_offer,
    .tick = register_tick,
    .work = register_work,
    .resume = register_resume,
    .close = register_close,
};

enum mu_status mu_open_register(struct mu_app *app, struct mu_error *error)
{
    struct mu_register_list *self = calloc(1, sizeof *self);

    if (self)
        self->window = malloc(MU_REGISTER_WINDOW * sizeof *self->window);
    if (!self || !self->window) {
        free(self);
        return mu_fail_memory(error);
    }
    mu_line_edit_init(&self->box, MU_ROSTER_TEXT_SIZE);
    self->box.folded = true;
    self->box.placeholder = MU_SAY_register_placeholder;
    mu_roster_request_init(&self->request);
    mu_register_columns(self);
    self->stale = true;
    self->seen = mu_screens_of(app)->changes;
    return mu_app_push(app, &register_type, self, error);
}
