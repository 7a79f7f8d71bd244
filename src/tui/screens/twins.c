/* The pairs of files in the whole register that may be of one person. */
#include "tui/list.h"
#include "tui/screens/person.h"
#include "tui/screens/screens.h"

#include <mulin/base/text.h>
#include <mulin/desk/twin.h>

#include <stdlib.h>
#include <string.h>

enum { PAIRS = 300, SLICE = 50 };

struct twins {
    struct mu_twin_pair *pair; /* PAIRS of them; owned */
    size_t count;
    struct mu_list list;
    bool broken_off; /* there may be more */
    struct mu_error error;
    bool failed;
};

static bool take(void *context, const struct mu_twin_pair *pair)
{
    struct twins *self = context;

    self->pair[self->count++] = *pair;
    return self->count < PAIRS;
}

static int stronger_first(const void *a, const void *b)
{
    const struct mu_twin_pair *first = a, *second = b;
    int by_strength = mu_twin_strength(second->reasons) - mu_twin_strength(first->reasons);

    if (by_strength)
        return by_strength;
    return first->first.id < second->first.id ? -1 : first->first.id > second->first.id;
}

/* Walks through the register; Esc breaks it off with what was found so far. */
static void walk(struct mu_app *app, struct twins *self)
{
    struct mu_twin_walk at = {0};

    self->count = 0;
    self->failed = self->broken_off = false;
    while (!at.ended && !self->failed && !self->broken_off) {
        self->failed =
            mu_walk_twins(mu_screens_desk(app), &at, SLICE, take, self, &self->error) != MU_OK;
        self->broken_off =
            self->count == PAIRS ||
            !mu_app_progress(app, MU_SAY_twin_walking, (size_t)at.done, (size_t)at.total);
    }
    qsort(self->pair, self->count, sizeof *self->pair, stronger_first);
    mu_list_count(&self->list, self->count);
}

static void walk_again(struct mu_app *app, void *state)
{
    walk(app, state);
}

struct look {
    int64_t other;
    bool found;
};

static bool look_for(void *context, const struct mu_resident *other, unsigned reasons)
{
    struct look *look = context;

    (void)reasons;
    look->found |= other->id == look->other;
    return !look->found;
}

/* The pair that was looked at goes when it was decided about. */
static void pair_closed(struct mu_app *app, void *state)
{
    struct twins *self = state;
    size_t at = self->list.cursor;
    struct look look = {0};

    if (at >= self->count)
        return;
    look.other = self->pair[at].second.id;
    if (mu_find_twins(mu_screens_desk(app), &self->pair[at].first, look_for, &look, NULL) !=
            MU_OK ||
        look.found)
        return;
    memmove(&self->pair[at], &self->pair[at + 1], (--self->count - at) * sizeof *self->pair);
    mu_list_count(&self->list, self->count);
}

enum { FIRST, FIRST_NUMBER, SECOND, SECOND_NUMBER, WHY, COLUMNS };

static const struct mu_column columns[COLUMNS] = {
    [FIRST] = {MU_SAY_field_name, 8, 12, 0, MU_MARK, false},
    [FIRST_NUMBER] = {MU_SAY_twin_number, 7, 7, 2, MU_RIGHT, false},
    [SECOND] = {MU_SAY_twin_other, 8, 12, 0, MU_MARK, false},
    [SECOND_NUMBER] = {MU_SAY_twin_number, 7, 7, 2, MU_RIGHT, false},
    [WHY] = {MU_SAY_twin_why, 20, 60, 0, MU_MARK, false},
};

static void cell(void *context, size_t row, size_t column, enum mu_language language, char *out,
                 size_t size, enum mu_style *style)
{
    const struct twins *self = context;
    const struct mu_twin_pair *pair = &self->pair[row];
    char number[MU_COUNT_SIZE];

    (void)style;
    switch (column) {
    case FIRST:
    case SECOND:
        mu_text_copy(out, size, column == FIRST ? pair->first.name : pair->second.name);
        break;
    case WHY:
        mu_twin_words(pair->reasons, language, out, size);
        break;
    default:
        mu_count_text(column == FIRST_NUMBER ? pair->first.id : pair->second.id, number);
        mu_text_copy(out, size, number);
    }
}

static const struct mu_list_source source = {.cell = cell};

static bool twins_event(struct mu_app *app, void *state, const struct mu_event *event)
{
    struct twins *self = state;
    struct mu_error error;

    if (event->kind != MU_EVENT_KEY)
        return false;
    if (event->action == MU_DO_refresh) {
        walk(app, self);
        mu_app_say(app, MU_TONE_GOOD, MU_SAY_screen_refreshed, NULL);
        return true;
    }
    if (event->action == MU_DO_undo) {
        mu_ask_undo(app, walk_again, self);
        return true;
    }
    if (event->action == MU_DO_choose) {
        if (mu_open_twin_verdicts(app, &error) != MU_OK)
            mu_app_say_error(app, &error);
        return true;
    }
    switch (mu_list_event(&self->list, event, NULL)) {
    case MU_LIST_OPENED: {
        const struct mu_twin_pair *pair = &self->pair[self->list.cursor];

        if (mu_open_twin_pair(app, &pair->first, &pair->second, pair->reasons, &error) != MU_OK)
            mu_app_say_error(app, &error);
        return true;
    }
    case MU_LIST_IGNORED:
        return false;
    default:
        return true;
    }
}

static struct mu_offer twins_offer(struct mu_app *app, const void *state, enum mu_action action)
{
    const struct twins *self = state;

    (void)app;
    if (action == MU_DO_accept && self->count)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_twin_compare};
    if (action == MU_DO_choose)
        return (struct mu_offer){.kind = MU_OFFER_YES, .label = MU_SAY_verdicts_label};
    if (action == MU_DO_refresh || action == MU_DO_undo)
        return (struct mu_offer){.kind = MU_OFFER_YES};
    return (struct mu_offer){.kind = MU_OFFER_NONE};
}

static void twins_draw(struct mu_app *app, void *state, struct mu_grid *grid,
                       const struct mu_layout *layout)
{
    struct twins *self = state;
    char title[MU_MESSAGE_SIZE], count[MU_COUNT_SIZE];

    mu_count_text((int64_t)self->count, count);
    mu_message_format(title, sizeof title, mu_app_language(app),
                      self->broken_off ? MU_SAY_twins_some : MU_SAY_twins_line, count, NULL);
    mu_app_draw_list(app, &self->list, grid, layout, title, self->failed ? &self->error : NULL,
                     MU_SAY_twins_hint);
}

static void twins_close(struct mu_app *app, void *state)
{
    struct twins *self = state;

    (void)app;
    free(self->pair);
    free(self);
}

static const struct mu_screen_type twins_type = {
    .name = "twins",
    .title = MU_SAY_twins_title,
    .event = twins_event,
    .draw = twins_draw,
    .offer = twins_offer,
    .typing = mu_typing_keys,
    .resume = pair_closed,
    .close = twins_close,
};

enum mu_status mu_open_twins(struct mu_app *app, struct mu_error *error)
{
    struct twins *self = calloc(1, sizeof *self);

    if (self)
        self->pair = calloc(PAIRS, sizeof *self->pair);
    if (!self || !self->pair) {
        free(self);
        return mu_fail_memory(error);
    }
    mu_list_init(&self->list, columns, COLUMNS, &source, self);
    self->list.empty = MU_SAY_twins_none;
    walk(app, self);
    return mu_app_push(app, &twins_type, self, error);
}
