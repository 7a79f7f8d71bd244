#include "tui/screens/cases.h"

#include "base/growing.h"
#include "tui/screens/case_intake.h"
#include "tui/screens/case_keeper.h"
#include "tui/screens/case_page.h"
#include "tui/screens/list_keys.h"
#include "tui/screens/search_box.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>

#include <stdlib.h>
#include <string.h>

enum {
    SHOWN = 500,    /* lines of a list; older ones are found by their number */
    LOOKED = 20000, /* lines that typed words are compared with */
    QUERY_SIZE = 128,
    DUE_DAYS = 30 /* how far ahead the view of what is due looks */
};

/* ---- reading ---- */

static bool fits(const struct mu_cases *self, const struct mu_case_line *line)
{
    char folded[MU_CASE_LABEL_SIZE];

    if (!*self->words)
        return true;
    mu_text_fold(folded, sizeof folded, line->number);
    if (strstr(folded, self->words))
        return true;
    mu_text_fold(folded, sizeof folded, line->label);
    return strstr(folded, self->words) != NULL;
}

static bool take(void *context, const struct mu_case_line *line)
{
    struct mu_cases *self = context;
    struct mu_case_line *grown;

    if (!fits(self, line))
        return true;
    grown = mu_grown(self->line, self->count, &self->room, sizeof *self->line);
    self->no_memory = !grown;
    if (!grown)
        return false;
    self->line = grown;
    grown[self->count++] = *line;
    return self->count < SHOWN;
}

static enum mu_status read_lines(struct mu_desk *desk, struct mu_cases *self)
{
    struct mu_case_filter filter = {.open = self->view == MU_CASES_OPEN,
                                    .mine = self->view == MU_CASES_MINE};

    if (self->view == MU_CASES_DUE)
        return mu_list_case_dues(desk, mu_date_add_days(self->today, DUE_DAYS), SHOWN, take, self,
                                 &self->error);
    return mu_list_cases(desk, &filter, 0, *self->words ? LOOKED : SHOWN, take, self, &self->error);
}

/* Nothing answers to what is typed, but a case has just this number: an older or a closed one. */
static enum mu_status read_by_number(struct mu_desk *desk, struct mu_cases *self)
{
    const struct mu_case_filter any = {.open = false};
    struct mu_error error;
    int64_t id;

    if (self->count || !*self->words || mu_find_case(desk, self->words, &id, &error) != MU_OK)
        return MU_OK;
    self->words[0] = '\0';
    return mu_list_cases(desk, &any, id + 1, 1, take, self, &self->error);
}

static int64_t at_cursor(const struct mu_cases *self)
{
    return self->list.cursor < self->count ? self->line[self->list.cursor].id : 0;
}

static void read_all(struct mu_app *app, void *state)
{
    struct mu_cases *self = state;
    int64_t at = at_cursor(self);
    enum mu_status status;

    self->stale = false;
    self->count = 0;
    self->today = mu_app_now(app).date;
    (void)mu_text_fold_word(self->words, sizeof self->words, self->box.text);
    status = read_lines(mu_screens_desk(app), self);
    if (status == MU_OK)
        status = read_by_number(mu_screens_desk(app), self);
    if (status == MU_OK && self->no_memory)
        status = mu_fail_memory(&self->error);
    self->failed = status != MU_OK;
    self->list.empty = self->view == MU_CASES_DUE ? MU_SAY_cases_none_due : MU_SAY_cases_empty;
    mu_list_count(&self->list, self->count);
    for (size_t i = 0; i < self->count; i++)
        if (self->line[i].id == at)
            self->list.cursor = i;
}

static void catch_up(struct mu_app *app, struct mu_cases *self)
{
    if (!self->stale)
        return;
    self->list.cursor = self->list.top = 0;
    self->count = 0; /* other lines: the cursor follows none of those before */
    read_all(app, self);
}

/* ---- what the keys do ---- */

static void say(struct mu_app *app, enum mu_status status, const struct mu_error *error)
{
    if (status != MU_OK)
        mu_app_say_error(app, error);
}

static void open_case(struct mu_app *app, void *state)
{
    struct mu_cases *self = state;
    struct mu_error error;

    self->next_anew = true;
    say(app, mu_open_case_page(app, at_cursor(self), &error), &error);
}

static void take_in(struct mu_app *app, void *state)
{
    struct mu_error error;

    (void)state;
    say(app, mu_open_case_intake(app, &error), &error);
}

static void search(struct mu_app *app, void *state)
{
    struct mu_error error;

    (void)state;
    say(app, mu_open_case_search(app, &error), &error);
}

enum { DO_MEDIATORS = MU_CASES_VIEWS, DO_SEARCH, DO_ASSIGN, DO_READERS, DO_ALL_READERS, CHOICES };

static const struct {
    enum mu_message words;
    bool of_line; /* about the case at the cursor */
    int need;     /* enum mu_operation */
} choices[CHOICES] = {
    [MU_CASES_OPEN] = {MU_SAY_cases_open_view, false, MU_MAY_list_cases},
    [MU_CASES_DUE] = {MU_SAY_cases_due_view, false, MU_MAY_list_cases},
    [MU_CASES_MINE] = {MU_SAY_cases_mine_view, false, MU_MAY_list_cases},
    [MU_CASES_ALL] = {MU_SAY_cases_all_view, false, MU_MAY_list_cases},
    [DO_MEDIATORS] = {MU_SAY_cases_mediators, false, MU_MAY_list_cases},
    [DO_SEARCH] = {MU_SAY_cases_search, false, MU_MAY_read_case},
    [DO_ASSIGN] = {MU_SAY_cases_assign, true, MU_MAY_manage_mediators},
    [DO_READERS] = {MU_SAY_cases_readers, true, MU_MAY_name_case_readers},
    [DO_ALL_READERS] = {MU_SAY_cases_all_readers, false, MU_MAY_name_case_readers},
};

static void read_again(struct mu_app *app, void *state)
{
    read_all(app, state);
}

static void open_readers(struct mu_app *app, const struct mu_case_line *line)
{
    struct mu_error error;

    say(app,
        mu_open_case_readers(app, line ? line->id : 0,
                             line ? line->number
                                  : mu_message_text(MU_SAY_cases_all_view, mu_app_language(app)),
                             &error),
        &error);
}

static void picked(struct mu_app *app, void *state, bool chosen, int code)
{
    struct mu_cases *self = state;
    struct mu_error error;

    if (!chosen)
        return;
    switch (code) {
    case DO_MEDIATORS:
        say(app, mu_open_mediators(app, &error), &error);
        break;
    case DO_SEARCH:
        search(app, self);
        break;
    case DO_ASSIGN:
        mu_assign_case(app, &self->line[self->list.cursor], read_again, self);
        break;
    case DO_READERS:
        open_readers(app, &self->line[self->list.cursor]);
        break;
    case DO_ALL_READERS:
        open_readers(app, NULL);
        break;
    default:
        self->view = (enum mu_cases_view)code;
        self->stale = true;
        catch_up(app, self);
    }
}

static void pick_view(struct mu_app *app, void *state)
{
    struct mu_cases *self = state;
    struct mu_pick picks[CHOICES];
    size_t count = 0;

    for (int code = 0; code < CHOICES; code++)
        if ((!choices[code].of_line || self->count) &&
            mu_desk_ask(mu_screens_desk(app), (enum mu_operation)choices[code].need, NULL) == MU_OK)
            picks[count++] = (struct mu_pick){
                .code = code, .text = mu_message_text(choices[code].words, mu_app_language(app))};
    mu_app_pick(app, mu_message_text(MU_SAY_cases_more, mu_app_language(app)), picks, count,
                (int)self->view, picked, self);
}

static const struct mu_list_key cases_key[] = {
    {MU_DO_accept, open_case, MU_SAY_screen_open, true, 0, 0},
    {MU_DO_new, take_in, MU_SAY_cases_new_label, false, MU_SAY_cases_may_new, MU_MAY_open_case},
    {MU_DO_find, search, MU_SAY_cases_search_label, false, 0, 0},
    {MU_DO_choose, pick_view, MU_SAY_cases_view_label, false, 0, 0},
};

static const struct mu_list_keys cases_keys = {cases_key, sizeof cases_key / sizeof *cases_key,
                                               read_all, NULL};

/* Tab goes through the views; Esc first empties the box. */
static bool cases_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct mu_cases *self = state;

    catch_up(app, self);
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_next) {
        self->view = (enum mu_cases_view)((self->view + 1) % MU_CASES_VIEWS);
        self->stale = true;
        return true;
    }
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back && self->box.length) {
        mu_line_edit_clear(&self->box);
        self->stale = true;
        return true;
    }
    return mu_list_keys_event(&cases_keys, app, self, &self->list, event) ||
           mu_search_box_typed(app, &self->box, event, &self->next_anew, &self->stale);
}

static struct mu_offer cases_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct mu_cases *self = state;

    return mu_list_keys_offer(&cases_keys, app, &self->list, action);
}

static void cases_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    catch_up(app, state);
    mu_cases_draw(app, state, grid, layout);
}

static bool cases_tick(struct mu_app *app, void *state)
{
    struct mu_cases *self = state;

    if (!mu_screens_changed(app, &self->seen))
        return false;
    read_all(app, self);
    return true;
}

static void cases_close(struct mu_app *app, void *state)
{
    struct mu_cases *self = state;

    (void)app;
    free(self->line);
    free(self);
}

static const struct mu_screen_type cases_type = {
    .name = "cases",
    .title = MU_SAY_cases_title,
    .event = cases_event,
    .draw = cases_draw,
    .offer = cases_offer,
    .tick = cases_tick,
    .resume = read_all,
    .close = cases_close,
};

enum mu_status mu_open_cases(struct mu_app *app, struct mu_error *error)
{
    struct mu_cases *self = calloc(1, sizeof *self);

    if (!self)
        return mu_fail_memory(error);
    mu_line_edit_init(&self->box, QUERY_SIZE);
    self->box.folded = true;
    self->box.placeholder = MU_SAY_cases_placeholder;
    mu_cases_list(self);
    self->seen = mu_screens_of(app)->changes;
    read_all(app, self);
    return mu_app_push(app, &cases_type, self, error);
}
