/* Words in the notes of the cases that the operator may open. */
#include "tui/screens/cases.h"

#include "tui/screens/case_page.h"
#include "tui/screens/list_keys.h"
#include "tui/screens/search_box.h"

#include <mulin/base/text.h>
#include <mulin/desk/operators.h>

#include <stdlib.h>
#include <string.h>

enum { HITS = 100, QUERY_SIZE = 256 };

struct hit {
    struct mu_case_line line;
    char excerpt[MU_CASE_LINE_SIZE];
};

struct case_search {
    struct mu_line_edit box;
    bool next_anew, stale;
    struct hit *hit; /* HITS; owned */
    size_t count;
    bool failed;
    struct mu_error error;
    struct mu_list list;
};

static bool take(void *context, const struct mu_case_line *line, const char *excerpt)
{
    struct case_search *self = context;
    struct hit *hit = &self->hit[self->count++];

    hit->line = *line;
    /* One line of the list: an excerpt may hold line ends. */
    mu_text_clean(hit->excerpt, sizeof hit->excerpt, excerpt, false);
    return self->count < HITS;
}

static void read_hits(struct mu_app *app, void *state)
{
    struct case_search *self = state;
    const char *words = self->box.text;

    self->stale = false;
    self->count = 0;
    self->failed = mu_text_trim(&words) && mu_search_cases(mu_screens_desk(app), self->box.text,
                                                           HITS, take, self, &self->error) != MU_OK;
    mu_list_count(&self->list, self->count);
}

static void catch_up(struct mu_app *app, struct case_search *self)
{
    if (!self->stale)
        return;
    self->list.cursor = self->list.top = 0;
    read_hits(app, self);
}

static void open_hit(struct mu_app *app, void *state)
{
    struct case_search *self = state;
    struct mu_error error;

    self->next_anew = true;
    if (mu_open_case_page(app, self->hit[self->list.cursor].line.id, &error) != MU_OK)
        mu_app_say_error(app, &error);
}

static const struct mu_list_key search_key[] = {
    {MU_DO_accept, open_hit, MU_SAY_screen_open, true, 0, 0},
};

static const struct mu_list_keys search_keys = {search_key, 1, read_hits, NULL};

static bool search_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct case_search *self = state;

    catch_up(app, self);
    if (event->kind == MU_EVENT_KEY && event->action == MU_DO_back && self->box.length) {
        mu_line_edit_clear(&self->box);
        self->stale = true;
        return true;
    }
    return mu_list_keys_event(&search_keys, app, self, &self->list, event) ||
           mu_search_box_typed(app, &self->box, event, &self->next_anew, &self->stale);
}

static struct mu_offer search_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct case_search *self = state;

    return mu_list_keys_offer(&search_keys, app, &self->list, action);
}

/* ---- drawing ---- */

enum { NUMBER, LABEL, EXCERPT };

static const struct mu_column columns[] = {
    [NUMBER] = {MU_SAY_cases_number_column, 20, 24, 0, MU_MARK, false},
    [LABEL] = {MU_SAY_cases_label_column, 14, 30, 1, MU_MARK, false},
    [EXCERPT] = {MU_SAY_case_search_excerpt, 20, 200, 0, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct hit *hit = &((struct case_search *)context)->hit[row];
    const char *const texts[] = {
        [NUMBER] = hit->line.number, [LABEL] = hit->line.label, [EXCERPT] = hit->excerpt};

    (void)language, (void)style;
    mu_text_copy(out, size, texts[column]);
}

static const struct mu_list_source source = {.cell = cell};

static void search_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                        const struct mu_layout *layout)
{
    struct case_search *self = state;
    struct mu_layout below = *layout;
    enum mu_language language = mu_app_language(app);
    char line[MU_MESSAGE_SIZE], number[MU_COUNT_SIZE];

    catch_up(app, self);
    mu_count_text((int64_t)self->count, number);
    mu_message_format(line, sizeof line, language, MU_SAY_case_search_line, number, NULL);
    self->list.empty = self->box.length ? MU_SAY_case_search_empty : MU_SAY_case_search_hint;
    below.work.row += 1;
    below.work.rows -= 1;
    mu_app_draw_list(app, &self->list, grid, &below, line, self->failed ? &self->error : NULL,
                     MU_SAY_case_search_hint);
    mu_line_edit_draw(&self->box, grid, layout->work.row, 1, layout->columns - 2, true, language);
}

static void search_close(struct mu_app *app, void *state)
{
    struct case_search *self = state;

    (void)app;
    free(self->hit);
    free(self);
}

static const struct mu_screen_type search_type = {
    .name = "case_search",
    .title = MU_SAY_case_search_title,
    .event = search_event,
    .draw = search_draw,
    .offer = search_offer,
    .resume = read_hits,
    .close = search_close,
};

enum mu_status mu_open_case_search(struct mu_app *app, struct mu_error *error)
{
    struct case_search *self;
    enum mu_status status = mu_desk_ask(mu_screens_desk(app), MU_MAY_list_cases, error);

    if (status != MU_OK)
        return status;
    self = calloc(1, sizeof *self);
    if (self)
        self->hit = calloc(HITS, sizeof *self->hit);
    if (!self || !self->hit) {
        free(self);
        return mu_fail_memory(error);
    }
    mu_line_edit_init(&self->box, QUERY_SIZE);
    self->box.placeholder = MU_SAY_case_search_placeholder;
    mu_list_init(&self->list, columns, sizeof columns / sizeof *columns, &source, self);
    return mu_app_push(app, &search_type, self, error);
}
